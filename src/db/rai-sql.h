/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Rewrites our one dialect for a driver: text in slash-star-sqlite or slash-star-postgresql
 * comments is uncovered for the driver it names, and for PostgreSQL ?1 becomes $1. Literals, quoted
 * names and comments are left alone. Pure. The result is the caller's. */
char *rai_sql_translate (const char *sql, RaiDbKind kind);
