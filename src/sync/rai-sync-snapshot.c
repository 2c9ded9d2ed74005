/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-snapshot.h"

#include "db/rai-migration.h"
#include "db/rai-synced.h"
#include "sync/rai-sync-wire.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <zstd.h>

/* Indices are dropped before the rows come and made again after: half the time. */
static GPtrArray *
take_indices (RaiDb *file, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      file,
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
      error);

  if (statement == NULL)
    return NULL;
  g_autoptr (GPtrArray) created = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) drop = g_string_new (NULL);

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    g_string_append_printf (drop, "DROP INDEX %s;", rai_statement_text (statement, 0));
    g_ptr_array_add (created, g_strdup (rai_statement_text (statement, 1)));
  }

  rai_statement_reset (statement);
  if (step == RAI_STEP_FAILED || (created->len > 0 && !rai_db_exec (file, drop->str, error)))
    return NULL;

  return g_steal_pointer (&created);
}

static void
copy_value (RaiStatement *from, int column, RaiStatement *to, RaiValueType type) {
  if (rai_statement_is_null (from, column)) {
    rai_statement_bind_null (to, column + 1);
  } else if (type == RAI_VALUE_DOUBLE) {
    rai_statement_bind_double (to, column + 1, rai_statement_double (from, column));
  } else if (type == RAI_VALUE_TEXT || type == RAI_VALUE_UUID) {
    rai_statement_bind_text (to, column + 1, rai_statement_text (from, column));
  } else if (type == RAI_VALUE_BLOB) {
    size_t size = 0;
    const void *blob = rai_statement_blob (from, column, &size);
    rai_statement_bind_blob (to, column + 1, blob, size);
  } else {
    rai_statement_bind_int (to, column + 1, rai_statement_int (from, column));
  }
}

static bool
copy_rows (RaiStatement *select, RaiCopy *copy, const RaiSyncedTable *table, int n,
           int64_t revision, GError **error) {
  RaiStep step;
  RaiStatement *insert = rai_copy_statement (copy);
  while ((step = rai_statement_step (select, error)) == RAI_STEP_ROW) {
    for (int i = 0; i < n; i++)
      copy_value (select, i, insert, table->columns[i].type);
    rai_statement_bind_int (insert, n + 1, revision);
    if (!rai_copy_row (copy, error))
      return false;
  }

  return step == RAI_STEP_DONE;
}

static bool
copy_table (RaiDb *db, RaiDb *file, const RaiIdentity *caller, const RaiSyncedTable *table,
            int64_t revision, GError **error) {
  g_autofree char *condition = rai_synced_condition (table, caller);
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  g_autoptr (GString) order = g_string_new (NULL);
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();

  for (const RaiSyncedColumn *column = table->columns; column->name; column++) {
    g_string_append_printf (sql, "%s%s", columns->len ? ", " : "",
                            rai_synced_expression (column, caller));
    if (column->key)
      g_string_append_printf (order, "%s%s", order->len ? ", " : "", column->name);
    g_ptr_array_add (columns, (void *) column->name);
  }

  int n = (int) columns->len;
  g_ptr_array_add (columns, (void *) "rev");
  g_ptr_array_add (columns, NULL);
  g_string_append_printf (sql, " FROM %s WHERE %s ORDER BY %s", table->name, condition, order->str);

  g_autofree char *clear = g_strdup_printf ("DELETE FROM %s", table->name);
  RaiStatement *select = rai_db_prepare_query (db, sql->str, error);
  if (select == NULL || !rai_db_exec (file, clear, error))
    return false;

  RaiCopy *copy =
      rai_db_copy_begin (file, table->name, (const char *const *) columns->pdata, error);
  if (copy == NULL)
    return false;

  bool ok = copy_rows (select, copy, table, n, revision, error);
  rai_statement_reset (select);
  return rai_copy_end (copy, ok ? error : NULL) && ok;
}

static bool
write_origin (RaiDb *file, const RaiSyncOrigin *origin, GError **error) {
  const char *const pairs[][2] = { { "server", origin->server },
                                   { "epoch", origin->epoch },
                                   { "scope", origin->scope } };

  if (!rai_db_exec (file, RAI_SYNC_STATE_SQL, error))
    return false;
  for (unsigned i = 0; i < G_N_ELEMENTS (pairs); i++) {
    RaiStatement *insert =
        rai_db_prepare (file, "INSERT INTO sync_state (key, value) VALUES (?1, ?2)", error);
    if (insert == NULL)
      return false;
    rai_statement_bind_text (insert, 1, pairs[i][0]);
    rai_statement_bind_text (insert, 2, pairs[i][1]);
    if (!rai_statement_run (insert, error))
      return false;
  }

  RaiStatement *feed = rai_db_prepare (file, "UPDATE feed SET revision = ?1", error);
  if (feed == NULL)
    return false;
  rai_statement_bind_int (feed, 1, origin->revision);

  return rai_statement_run (feed, error);
}

static bool
fill (RaiDb *db, RaiDb *file, const RaiIdentity *caller, const RaiSyncOrigin *origin,
      GError **error) {
  g_autoptr (GPtrArray) indices = take_indices (file, error);
  if (indices == NULL || !rai_db_begin_write (file, error))
    return false;
  for (const RaiSyncedTable *table = rai_synced_tables; table->name; table++)
    if (rai_identity_may (caller, table->permission) &&
        !copy_table (db, file, caller, table, origin->revision, error))
      return false;

  for (unsigned i = 0; i < indices->len; i++)
    if (!rai_db_exec (file, indices->pdata[i], error))
      return false;

  return write_origin (file, origin, error) && rai_db_commit (file, error);
}

bool
rai_sync_snapshot_write (RaiDb *db, const RaiIdentity *caller, const RaiSyncOrigin *origin,
                         const char *path, GError **error) {
  g_autofree char *url = g_strdup_printf ("sqlite:%s", path);
  g_autoptr (RaiDb) file = rai_db_open (url, RAI_DB_OPEN_CREATE | RAI_DB_OPEN_BULK, error);
  if (file == NULL || !rai_migration_run (file, error) || !fill (db, file, caller, origin, error))
    return false;
  /* One file: no journal beside it. */
  return rai_db_exec (file, "PRAGMA journal_mode = DELETE", error);
}

static bool
fail_file (GError **error, const char *path, const char *what) {
  int number = errno;
  if (number == ENOSPC || number == EDQUOT)
    g_propagate_error (error, rai_sync_write_error (path, true, NULL));
  else
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_STORAGE, "%s %s: %s", what, path,
                 g_strerror (number));
  return false;
}

static bool
pump_compress (FILE *in, FILE *out, ZSTD_CCtx *context) {
  size_t in_size = ZSTD_CStreamInSize (), out_size = ZSTD_CStreamOutSize ();
  g_autofree char *in_buffer = g_malloc (in_size);
  g_autofree char *out_buffer = g_malloc (out_size);
  size_t left, n;

  do {
    n = fread (in_buffer, 1, in_size, in);
    ZSTD_EndDirective mode = n < in_size ? ZSTD_e_end : ZSTD_e_continue;
    ZSTD_inBuffer input = { in_buffer, n, 0 };
    do {
      ZSTD_outBuffer output = { out_buffer, out_size, 0 };
      left = ZSTD_compressStream2 (context, &output, &input, mode);
      if (ZSTD_isError (left) || fwrite (out_buffer, 1, output.pos, out) != output.pos)
        return false;
    } while (mode == ZSTD_e_end ? left > 0 : input.pos < input.size);
  } while (n == in_size);

  return !ferror (in);
}

static ZSTD_CCtx *
new_context (void) {
  ZSTD_CCtx *context = ZSTD_createCCtx ();
  ZSTD_CCtx_setParameter (context, ZSTD_c_compressionLevel, 3);
  ZSTD_CCtx_setParameter (context, ZSTD_c_checksumFlag, 1);
  return context;
}

bool
rai_sync_compress_file (const char *from, const char *to, GError **error) {
  FILE *in = g_fopen (from, "rb");
  if (in == NULL)
    return fail_file (error, from, "Cannot read");

  FILE *out = g_fopen (to, "wb");
  if (out == NULL) {
    fail_file (error, to, "Cannot write");
    fclose (in);
    return false;
  }

  ZSTD_CCtx *context = new_context ();
  bool ok = pump_compress (in, out, context);
  ZSTD_freeCCtx (context);
  fclose (in);
  ok = (fclose (out) == 0) && ok;

  return ok ? true : fail_file (error, to, "Cannot write");
}

GBytes *
rai_sync_compress (const char *text, size_t length, GError **error) {
  size_t bound = ZSTD_compressBound (length);
  g_autofree char *buffer = g_malloc (bound);
  ZSTD_CCtx *context = new_context ();

  size_t size = ZSTD_compress2 (context, buffer, bound, text, length);
  ZSTD_freeCCtx (context);
  if (ZSTD_isError (size)) {
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED, "Cannot compress: %s",
                 ZSTD_getErrorName (size));
    return NULL;
  }

  return g_bytes_new_take (g_realloc (g_steal_pointer (&buffer), MAX (size, 1)), size);
}

/* *left: 0 at the end of a frame. */
static bool
pump_decompress (FILE *in, FILE *out, ZSTD_DCtx *context, size_t *left) {
  size_t in_size = ZSTD_DStreamInSize (), out_size = ZSTD_DStreamOutSize (), n;
  g_autofree char *in_buffer = g_malloc (in_size);
  g_autofree char *out_buffer = g_malloc (out_size);

  *left = 1;
  while ((n = fread (in_buffer, 1, in_size, in)) > 0) {
    ZSTD_inBuffer input = { in_buffer, n, 0 };
    bool full = false;
    while (input.pos < input.size || full) {
      size_t before = input.pos;
      ZSTD_outBuffer output = { out_buffer, out_size, 0 };
      size_t result = ZSTD_decompressStream (context, &output, &input);
      if (ZSTD_isError (result)) {
        *left = 1;
        return true;
      }
      /* Without progress it only says how much a next frame would want. */
      if (output.pos > 0 || input.pos > before)
        *left = result;
      full = output.pos == output.size;
      if (fwrite (out_buffer, 1, output.pos, out) != output.pos)
        return false;
    }
  }

  return !ferror (in);
}

bool
rai_sync_decompress_file (const char *from, const char *to, GError **error) {
  FILE *in = g_fopen (from, "rb");
  if (in == NULL)
    return fail_file (error, from, "Cannot read");

  FILE *out = g_fopen (to, "wb");
  if (out == NULL) {
    fail_file (error, to, "Cannot write");
    fclose (in);
    return false;
  }

  size_t left;
  ZSTD_DCtx *context = ZSTD_createDCtx ();

  bool ok = pump_decompress (in, out, context, &left);
  int number = errno;
  ZSTD_freeDCtx (context);
  fclose (in);

  if (fclose (out) != 0 && ok) {
    number = errno;
    ok = false;
  }

  errno = number;
  if (!ok)
    return fail_file (error, to, "Cannot write");
  if (left == 0)
    return true;

  g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED, "The snapshot is cut or altered");
  return false;
}
