/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-db-driver.h"

#include <libpq-fe.h>
#include <string.h>

/* Parameters travel as text, but blobs as bytes. A statement is prepared on the server at its first
 * step, when the parameters' types are known from what was bound; a null then leaves its type to
 * the server. Answers are taken whole, so that other statements may run while one is being read. */

/* Oids of pg_type that never change. */
#define OID_BYTEA 17
#define OID_INT8 20
#define OID_TEXT 25
#define OID_FLOAT8 701

/* "retailai": the lock that one writer at a time holds, see rai_db_begin_write. */
#define WRITE_LOCK "8241961234567"
/* The next: see rai_db_take_planner_lock. */
#define PLANNER_LOCK "8241961234568"

#define COPY_BUFFER 65536

typedef struct {
  RaiDb base;
  PGconn *connection;
  unsigned n_prepared;
  int64_t changes;
} PostgresqlDb;

typedef struct {
  char *value; /* owned; NULL: null */
  size_t size; /* allocated */
  int length;
  Oid type;
  bool is_null;
} Parameter;

typedef struct {
  RaiStatement base;
  PostgresqlDb *db;
  char *sql;
  char name[24]; /* empty until prepared */
  GArray *parameters;
  PGresult *result;
  PGresult *description; /* column names before the first step */
  int row;               /* -1: before the first */
  GHashTable *blobs;     /* text of a bytea -> GBytes, for the current row */
} PostgresqlStatement;

typedef struct {
  RaiCopy base;
  PostgresqlDb *db;
  PostgresqlStatement *statement;
  int n_columns;
  GString *buffer;
} PostgresqlCopy;

static RaiDbError
error_code (PostgresqlDb *db, const char *state) {
  if (PQstatus (db->connection) == CONNECTION_BAD)
    return RAI_DB_ERROR_LOST;
  if (state == NULL)
    return RAI_DB_ERROR_FAILED;
  if (g_str_has_prefix (state, "23"))
    return RAI_DB_ERROR_CONSTRAINT;
  if (g_str_equal (state, "22003")) /* numeric value out of range */
    return RAI_DB_ERROR_ARGUMENT;
  if (g_str_has_prefix (state, "40") || g_str_equal (state, "55P03"))
    return RAI_DB_ERROR_BUSY;
  if (g_str_equal (state, "53100"))
    return RAI_DB_ERROR_FULL;
  if (g_str_equal (state, "58030"))
    return RAI_DB_ERROR_IO;
  if (g_str_has_prefix (state, "57P") || g_str_has_prefix (state, "08"))
    return RAI_DB_ERROR_LOST;
  if (g_str_has_prefix (state, "XX00"))
    return RAI_DB_ERROR_CORRUPT;
  if (g_str_has_prefix (state, "28") || g_str_has_prefix (state, "3D"))
    return RAI_DB_ERROR_OPEN;

  return RAI_DB_ERROR_FAILED;
}

/* Takes the result. */
static bool
fail (PostgresqlDb *db, PGresult *result, GError **error) {
  const char *said = result != NULL ? PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  g_autofree char *text = g_strdup (said != NULL ? said : PQerrorMessage (db->connection));
  g_set_error (
      error, RAI_DB_ERROR,
      error_code (db, result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL),
      "PostgreSQL: %s", g_strchomp (text));
  PQclear (result);
  return false;
}

static bool
succeeded (const PGresult *result) {
  const ExecStatusType status = PQresultStatus (result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

static bool
postgresql_exec (RaiDb *base, const char *sql, GError **error) {
  PostgresqlDb *db = (PostgresqlDb *) base;
  PGresult *result = PQexec (db->connection, sql);
  if (!succeeded (result))
    return fail (db, result, error);
  db->changes = g_ascii_strtoll (PQcmdTuples (result), NULL, 10);
  PQclear (result);
  return true;
}

static bool
postgresql_take_planner_lock (RaiDb *base, GError **error) {
  PostgresqlDb *db = (PostgresqlDb *) base;
  PGresult *result =
      PQexec (db->connection, "SELECT pg_try_advisory_lock (" PLANNER_LOCK ")::integer");
  if (!succeeded (result))
    return fail (db, result, error);

  bool taken = strcmp (PQgetvalue (result, 0, 0), "1") == 0;
  PQclear (result);
  if (!taken)
    g_set_error_literal (error, RAI_DB_ERROR, RAI_DB_ERROR_BUSY, "it is being planned already");
  return taken;
}

static void
ignore_notice (void *data, const PGresult *result) {
}

static void
postgresql_close (RaiDb *base) {
  PostgresqlDb *db = (PostgresqlDb *) base;
  PQfinish (db->connection);
  g_free (db);
}

static RaiDb *
postgresql_open (const char *url, RaiDbOpenFlags flags, GError **error) {
  PostgresqlDb *db = g_new0 (PostgresqlDb, 1);
  db->connection = PQconnectdb (url);
  if (PQstatus (db->connection) != CONNECTION_OK) {
    g_autofree char *text = g_strdup (PQerrorMessage (db->connection));
    g_set_error (error, RAI_DB_ERROR, RAI_DB_ERROR_OPEN, "PostgreSQL: %s", g_strchomp (text));
    postgresql_close (&db->base);
    return NULL;
  }

  PQsetNoticeReceiver (db->connection, ignore_notice, NULL);
  PQsetClientEncoding (db->connection, "UTF8");

  /* Statements here are many and short: compiling one to machine code takes longer than it runs. */
  const bool ready =
      postgresql_exec (&db->base,
                       "SET lock_timeout = '10s'; SET TimeZone = 'UTC'; SET bytea_output = 'hex'; "
                       "SET jit = off",
                       error) &&
      (!(flags & RAI_DB_OPEN_BULK) ||
       postgresql_exec (&db->base, "SET synchronous_commit = off", error)) &&
      (!(flags & RAI_DB_OPEN_READ_ONLY) ||
       postgresql_exec (&db->base, "SET default_transaction_read_only = on", error));

  if (!ready) {
    postgresql_close (&db->base);
    return NULL;
  }

  return &db->base;
}

static int64_t
postgresql_changes (RaiDb *base) {
  return ((PostgresqlDb *) base)->changes;
}

static PostgresqlStatement *
statement_new (PostgresqlDb *db, const char *sql) {
  PostgresqlStatement *statement = g_new0 (PostgresqlStatement, 1);
  statement->base.db = &db->base;
  statement->db = db;
  statement->sql = g_strdup (sql);
  statement->parameters = g_array_new (FALSE, TRUE, sizeof (Parameter));
  statement->row = -1;
  return statement;
}

static RaiStatement *
postgresql_prepare (RaiDb *db, const char *sql, GError **error) {
  return &statement_new ((PostgresqlDb *) db, sql)->base;
}

static void
postgresql_reset (RaiStatement *base) {
  PostgresqlStatement *statement = (PostgresqlStatement *) base;
  g_clear_pointer (&statement->result, PQclear);
  g_clear_pointer (&statement->blobs, g_hash_table_unref);
  statement->row = -1;
}

static void
postgresql_finalize (RaiStatement *base) {
  PostgresqlStatement *statement = (PostgresqlStatement *) base;
  postgresql_reset (base);
  if (*statement->name && PQstatus (statement->db->connection) == CONNECTION_OK &&
      PQtransactionStatus (statement->db->connection) != PQTRANS_INERROR) {
    g_autofree char *sql = g_strdup_printf ("DEALLOCATE %s", statement->name);
    PQclear (PQexec (statement->db->connection, sql));
  }

  for (unsigned i = 0; i < statement->parameters->len; i++)
    g_free (g_array_index (statement->parameters, Parameter, i).value);
  g_array_unref (statement->parameters);
  g_clear_pointer (&statement->description, PQclear);
  g_free (statement->sql);
  g_free (statement);
}

static Parameter *
parameter_at (RaiStatement *base, int parameter, size_t size, Oid type) {
  GArray *parameters = ((PostgresqlStatement *) base)->parameters;
  g_assert (parameter >= 1);
  if ((unsigned) parameter > parameters->len)
    g_array_set_size (parameters, (unsigned) parameter);

  Parameter *slot = &g_array_index (parameters, Parameter, parameter - 1);
  if (slot->size < size) {
    slot->size = MAX (size, 32);
    slot->value = g_realloc (slot->value, slot->size);
  }

  slot->type = type;
  slot->is_null = false;
  return slot;
}

static void
postgresql_clear (RaiStatement *base) {
  GArray *parameters = ((PostgresqlStatement *) base)->parameters;
  postgresql_reset (base);
  for (unsigned i = 0; i < parameters->len; i++)
    g_array_index (parameters, Parameter, i).is_null = true;
}

static void
postgresql_bind_int (RaiStatement *base, int parameter, int64_t value) {
  Parameter *slot = parameter_at (base, parameter, 24, OID_INT8);
  slot->length = g_snprintf (slot->value, 24, "%" G_GINT64_FORMAT, value);
}

static void
postgresql_bind_double (RaiStatement *base, int parameter, double value) {
  Parameter *slot = parameter_at (base, parameter, G_ASCII_DTOSTR_BUF_SIZE, OID_FLOAT8);
  g_ascii_dtostr (slot->value, G_ASCII_DTOSTR_BUF_SIZE, value);
  slot->length = (int) strlen (slot->value);
}

static void
postgresql_bind_text (RaiStatement *base, int parameter, const char *value) {
  const size_t length = strlen (value);
  Parameter *slot = parameter_at (base, parameter, length + 1, OID_TEXT);
  memcpy (slot->value, value, length + 1);
  slot->length = (int) length;
}

static void
postgresql_bind_blob (RaiStatement *base, int parameter, const void *data, size_t size) {
  Parameter *slot = parameter_at (base, parameter, size + 1, OID_BYTEA);
  if (size)
    memcpy (slot->value, data, size);
  slot->length = (int) size;
}

static void
postgresql_bind_null (RaiStatement *base, int parameter) {
  parameter_at (base, parameter, 0, 0)->is_null = true;
}

static bool
prepare_on_server (PostgresqlStatement *statement, GError **error) {
  const int n = (int) statement->parameters->len;
  g_autofree Oid *types = g_new0 (Oid, n + 1);
  for (int i = 0; i < n; i++) {
    const Parameter *slot = &g_array_index (statement->parameters, Parameter, i);
    types[i] = slot->is_null ? 0 : slot->type;
  }

  char name[sizeof statement->name];
  g_snprintf (name, sizeof name, "rai_%u", ++statement->db->n_prepared);
  PGresult *result = PQprepare (statement->db->connection, name, statement->sql, n, types);
  if (!succeeded (result))
    return fail (statement->db, result, error);

  PQclear (result);
  g_strlcpy (statement->name, name, sizeof statement->name);
  return true;
}

static bool
execute (PostgresqlStatement *statement, GError **error) {
  const int n = (int) statement->parameters->len;
  const char **values = g_newa (const char *, n + 1);
  int *lengths = g_newa (int, n + 1);
  int *formats = g_newa (int, n + 1);

  for (int i = 0; i < n; i++) {
    const Parameter *slot = &g_array_index (statement->parameters, Parameter, i);
    values[i] = slot->is_null ? NULL : slot->value;
    lengths[i] = slot->length;
    formats[i] = !slot->is_null && slot->type == OID_BYTEA;
  }

  PGresult *result =
      PQexecPrepared (statement->db->connection, statement->name, n, values, lengths, formats, 0);
  if (!succeeded (result))
    return fail (statement->db, result, error);

  statement->db->changes = g_ascii_strtoll (PQcmdTuples (result), NULL, 10);
  statement->result = result;
  statement->row = -1;

  return true;
}

static RaiStep
postgresql_step (RaiStatement *base, GError **error) {
  PostgresqlStatement *statement = (PostgresqlStatement *) base;
  if (statement->result == NULL) {
    if ((!*statement->name && !prepare_on_server (statement, error)) || !execute (statement, error))
      return RAI_STEP_FAILED;
  }

  g_clear_pointer (&statement->blobs, g_hash_table_unref);
  if (++statement->row < PQntuples (statement->result))
    return RAI_STEP_ROW;
  postgresql_reset (base);

  return RAI_STEP_DONE;
}

/* What describes the columns: the answer, or before the first step what the server says of the
 * statement. */
static const PGresult *
description_of (PostgresqlStatement *statement) {
  if (statement->result != NULL)
    return statement->result;
  if (statement->description == NULL && (*statement->name || prepare_on_server (statement, NULL)))
    statement->description = PQdescribePrepared (statement->db->connection, statement->name);
  return statement->description;
}

static int
postgresql_n_columns (RaiStatement *base) {
  return PQnfields (description_of ((PostgresqlStatement *) base));
}

static const char *
postgresql_column_name (RaiStatement *base, int column) {
  return PQfname (description_of ((PostgresqlStatement *) base), column);
}

static bool
postgresql_is_null (RaiStatement *base, int column) {
  PostgresqlStatement *statement = (PostgresqlStatement *) base;
  return PQgetisnull (statement->result, statement->row, column);
}

static const char *
raw (RaiStatement *base, int column) {
  PostgresqlStatement *statement = (PostgresqlStatement *) base;
  return PQgetvalue (statement->result, statement->row, column);
}

static int64_t
postgresql_column_int (RaiStatement *base, int column) {
  const char *text = raw (base, column);
  if (*text == 't')
    return 1;
  return g_ascii_strtoll (text, NULL, 10);
}

static double
postgresql_column_double (RaiStatement *base, int column) {
  return g_ascii_strtod (raw (base, column), NULL);
}

static const char *
postgresql_column_text (RaiStatement *base, int column) {
  return postgresql_is_null (base, column) ? NULL : raw (base, column);
}

static const void *
postgresql_column_blob (RaiStatement *base, int column, size_t *size) {
  PostgresqlStatement *statement = (PostgresqlStatement *) base;
  *size = 0;
  if (postgresql_is_null (base, column))
    return NULL;
  if (statement->blobs == NULL)
    statement->blobs = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);

  GBytes *bytes = g_hash_table_lookup (statement->blobs, GINT_TO_POINTER (column));
  if (bytes == NULL) {
    size_t length = 0;
    unsigned char *data = PQunescapeBytea ((const unsigned char *) raw (base, column), &length);
    bytes = g_bytes_new_with_free_func (data, length, PQfreemem, data);
    g_hash_table_insert (statement->blobs, GINT_TO_POINTER (column), bytes);
  }

  return g_bytes_get_data (bytes, size);
}

static RaiCopy *
postgresql_copy_begin (RaiDb *base, const char *table, const char *const *columns, GError **error) {
  PostgresqlDb *db = (PostgresqlDb *) base;
  g_autofree char *names = g_strjoinv (", ", (char **) columns);
  g_autofree char *sql = g_strdup_printf ("COPY %s (%s) FROM STDIN", table, names);

  PGresult *result = PQexec (db->connection, sql);
  if (PQresultStatus (result) != PGRES_COPY_IN) {
    fail (db, result, error);
    return NULL;
  }

  PQclear (result);
  PostgresqlCopy *copy = g_new0 (PostgresqlCopy, 1);
  copy->db = db;
  copy->statement = statement_new (db, "");
  copy->n_columns = (int) g_strv_length ((char **) columns);
  copy->buffer = g_string_sized_new (COPY_BUFFER + 4096);
  parameter_at (&copy->statement->base, copy->n_columns, 0, 0);
  postgresql_clear (&copy->statement->base);

  return &copy->base;
}

static RaiStatement *
postgresql_copy_statement (RaiCopy *copy) {
  return &((PostgresqlCopy *) copy)->statement->base;
}

static void
append_field (GString *buffer, const Parameter *slot) {
  if (slot->is_null) {
    g_string_append (buffer, "\\N");
  } else if (slot->type == OID_BYTEA) {
    g_string_append (buffer, "\\\\x");
    for (int i = 0; i < slot->length; i++)
      g_string_append_printf (buffer, "%02x", (unsigned char) slot->value[i]);
  } else if (slot->type == OID_TEXT) {
    for (const char *c = slot->value; *c; c++) {
      const char *special = strchr ("\\\t\n\r", *c);
      if (special != NULL)
        g_string_append_c (buffer, '\\');
      g_string_append_c (buffer, *c == '\t' ? 't' : *c == '\n' ? 'n' : *c == '\r' ? 'r' : *c);
    }
  } else {
    g_string_append_len (buffer, slot->value, slot->length);
  }
}

static bool
send_buffer (PostgresqlCopy *copy, GError **error) {
  if (copy->buffer->len &&
      PQputCopyData (copy->db->connection, copy->buffer->str, (int) copy->buffer->len) != 1)
    return fail (copy->db, NULL, error);
  g_string_truncate (copy->buffer, 0);
  return true;
}

static bool
postgresql_copy_row (RaiCopy *base, GError **error) {
  PostgresqlCopy *copy = (PostgresqlCopy *) base;
  for (int i = 0; i < copy->n_columns; i++) {
    if (i)
      g_string_append_c (copy->buffer, '\t');
    append_field (copy->buffer, &g_array_index (copy->statement->parameters, Parameter, i));
  }
  g_string_append_c (copy->buffer, '\n');
  return copy->buffer->len < COPY_BUFFER || send_buffer (copy, error);
}

static bool
postgresql_copy_end (RaiCopy *base, GError **error) {
  PostgresqlCopy *copy = (PostgresqlCopy *) base;
  PostgresqlDb *db = copy->db;

  bool done = send_buffer (copy, error);
  if (done && PQputCopyEnd (db->connection, NULL) != 1)
    done = fail (db, NULL, error);
  for (PGresult *result = PQgetResult (db->connection); result;
       result = PQgetResult (db->connection)) {
    if (done && !succeeded (result))
      done = fail (db, result, error);
    else
      PQclear (result);
  }

  postgresql_finalize (&copy->statement->base);
  g_string_free (copy->buffer, TRUE);
  g_free (copy);

  return done;
}

const RaiDriver rai_driver_postgresql = {
  .kind = RAI_DB_POSTGRESQL,
  .open = postgresql_open,
  .close = postgresql_close,
  .exec = postgresql_exec,
  .changes = postgresql_changes,
  .take_planner_lock = postgresql_take_planner_lock,
  .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1",
  .begin_write = "BEGIN; SELECT pg_advisory_xact_lock (" WRITE_LOCK ")",
  .prepare = postgresql_prepare,
  .finalize = postgresql_finalize,
  .clear = postgresql_clear,
  .reset = postgresql_reset,
  .bind_int = postgresql_bind_int,
  .bind_double = postgresql_bind_double,
  .bind_text = postgresql_bind_text,
  .bind_blob = postgresql_bind_blob,
  .bind_null = postgresql_bind_null,
  .step = postgresql_step,
  .n_columns = postgresql_n_columns,
  .column_name = postgresql_column_name,
  .is_null = postgresql_is_null,
  .column_int = postgresql_column_int,
  .column_double = postgresql_column_double,
  .column_text = postgresql_column_text,
  .column_blob = postgresql_column_blob,
  .copy_begin = postgresql_copy_begin,
  .copy_statement = postgresql_copy_statement,
  .copy_row = postgresql_copy_row,
  .copy_end = postgresql_copy_end,
};
