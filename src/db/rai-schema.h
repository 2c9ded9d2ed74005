/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Checks that all of this program's tables are there, each with the columns, keys and indices that
 * the migrations give it, and that nothing foreign acts on them (triggers, rules, policies). Tables
 * and views that are nobody's concern here may stand beside them. Fails with RAI_DB_ERROR_SCHEMA
 * and says what differs. db must be open for writing, outside a transaction; nothing is changed. */
bool rai_schema_check (RaiDb *db, GError **error);
