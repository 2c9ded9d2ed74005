/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-identity.h"
#include "db/rai-rows.h"
#include "util/rai-day.h"

/* Everything that is seen is a query: a row in one table, run by the REST route GET /v1/<name>
 * against the server's database and by the client's pages against the replica. The caller's
 * permission and site scope are enforced here. */
typedef struct {
  const char *name;  /* parameter's name in the URL and in rai_query_run; in the SQL it is :name */
  RaiValueType type; /* LIST: ids separated by commas */
  bool required;
  const char *fallback; /* text form of the value when it is not given; NULL: SQL null */
  const char *help;
} RaiQueryParameter;

typedef struct {
  const char *name;
  RaiValueType type;
  RaiPermission permission; /* besides the query's: without it the value is null, and no order */
} RaiQueryColumn;

typedef struct {
  const char *name;
  const char *title; /* for the documentation */
  RaiPermission permission;
  const RaiQueryParameter *parameters; /* ends with a NULL name; NULL: none */
  const RaiQueryColumn *columns;       /* ends with a NULL name; the SELECT's columns in order */
  /* :name is a parameter; {scope X} becomes a condition that column X is one of the caller's
   * sites. */
  const char *sql;
  /* For lists that page: columns that `sort` may name (a leading '-' is descending), the first is
   * the default; the last resort for ties. NULL: the SQL's own order, and no paging. */
  const char *sorts;
  const char *tie_break;
  /* For answers by `day` between `from` and `to`: the synced table that they are read from. A
   * replica may hold only its last days; those before are the server's to tell. NULL: a replica
   * answers as the server does. */
  const char *days_of;
} RaiQuery;

/* Ends with a NULL name. */
extern const RaiQuery rai_queries[];
const RaiQuery *rai_query_find (const char *name);

/* arguments: name -> text, as in a URL (days YYYY-MM-DD, numbers in digits); may be NULL. Paged
 * queries also take `sort`, `limit` (<= 1000, default 100) and `offset`. RAI_DB_ERROR_ARGUMENT
 * names the parameter that is wrong; RAI_QUERY_ERROR_FORBIDDEN when the role may not, or not see
 * the column to sort by. Without `sort` it is the first that the role may see. */
RaiRows *rai_query_run (RaiDb *db, const RaiQuery *query, const RaiIdentity *caller,
                        GHashTable *arguments, GError **error);
/* No rows yet, with the query's columns: for rai-rows-builder.h. */
RaiRows *rai_query_new_rows (const RaiQuery *query);
/* The first day of which the caller's replica holds what the query reads, when the newest day with
 * sales in it is `last_day`; RAI_DAY_NONE: all days. */
RaiDay rai_query_first_day (const RaiQuery *query, const RaiIdentity *caller, RaiDay last_day);
/* The number of rows without limit and offset. */
bool rai_query_count (RaiDb *db, const RaiQuery *query, const RaiIdentity *caller,
                      GHashTable *arguments, int64_t *count, GError **error);
/* name, value, name, value, ..., NULL. */
GHashTable *rai_query_arguments (const char *name, ...) G_GNUC_NULL_TERMINATED;

#define RAI_QUERY_ERROR rai_query_error_quark ()
typedef enum { RAI_QUERY_ERROR_FORBIDDEN } RaiQueryError;
GQuark rai_query_error_quark (void);
