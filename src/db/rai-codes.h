/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* The codes that are in use, and new ones (core/rai-code). All on the connection's thread; what
 * makes one in the caller's write transaction. */
typedef enum { RAI_CODE_SITE, RAI_CODE_ITEM, RAI_CODE_SUPPLIER, RAI_CODE_DEPARTMENT } RaiCodeKind;

/* The row whose code (a department's name) is this one, whatever capitals and blanks either has:
 * its id and how it is spelt there. 0 and NULL: there is none. */
bool rai_codes_find (RaiDb *db, RaiCodeKind kind, const char *code, int64_t *id, char **spelling,
                     GError **error);
/* A code that no row has, made of a name. NULL on failure; owned by the caller. */
char *rai_codes_make (RaiDb *db, RaiCodeKind kind, const char *name, GError **error);
/* The id of the next row of that kind. */
bool rai_codes_next_id (RaiDb *db, RaiCodeKind kind, int64_t *id, GError **error);
