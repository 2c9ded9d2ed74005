/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-query.h"

/* The answer of a query as JSON, each value as core/rai-value.h says: money and quantities are
 * whole numbers, days are "YYYY-MM-DD", blobs base64. Pure functions. */

/* [{"day":"2024-01-31","revenue":1200},...] */
void rai_rows_append_json (GString *json, const RaiRows *rows);
/* {"columns":["day","revenue"],"rows":31,"values":[["2024-01-31",...],[1200,...]]}: each name once,
 * for large
 * tables. */
void rai_rows_append_json_columns (GString *json, const RaiRows *rows);
/* Reads the answer to a query with format=columns: {"revision":N,"table":{as above}}. Columns may
 * stand in any order, those that the query does not name are left out. G_IO_ERROR_INVALID_DATA says
 * what is missing or of the wrong
 * kind. */
RaiRows *rai_rows_parse_json_columns (const char *json, size_t length, const RaiQuery *query,
                                      GError **error);
