/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-rows.h"

/* The answer of a query as JSON, each value as core/rai-value.h says: money and quantities are whole numbers, days are
 * "YYYY-MM-DD", blobs base64. Pure functions. */

/* [{"day":"2024-01-31","revenue":1200},...] */
void rai_rows_append_json (GString *json, const RaiRows *rows);
/* One row as an object. */
void rai_rows_append_json_row (GString *json, const RaiRows *rows, size_t row);
/* {"columns":["day","revenue"],"rows":31,"values":[["2024-01-31",...],[1200,...]]}: each name once, for large tables.
 */
void rai_rows_append_json_columns (GString *json, const RaiRows *rows);
