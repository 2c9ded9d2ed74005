/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Many rows of whole numbers into one table, each put in or added to the row with its key: one
 * statement a row on SQLite, thousands of rows a statement on PostgreSQL, where every statement is
 * a journey. Private to src/db. */
typedef struct {
  const char *insert;   /* "INSERT INTO t (a, b)" */
  const char *conflict; /* "ON CONFLICT (a) DO UPDATE SET b = t.b + excluded.b"; a key may come once
                           a batch */
  int n_columns;
  int null_column; /* RAI_DAY_NONE in this column (from 1) is null; 0: no such column */
} RaiUpsertTable;

typedef struct _RaiUpsert RaiUpsert;

/* NULL + error when the SQL is wrong. */
RaiUpsert *rai_upsert_new (RaiDb *db, const RaiUpsertTable *table, GError **error);
bool rai_upsert_row (RaiUpsert *upsert, const int64_t *values, GError **error);
/* Writes what is left, unless the rows before failed (good is false), and frees it. Returns whether
 * all went well. */
bool rai_upsert_finish (RaiUpsert *upsert, bool good, GError **error);
