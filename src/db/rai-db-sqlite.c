/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-db-driver.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define BUSY_MS 10000

typedef struct {
  RaiDb base;
  sqlite3 *handle;
  bool bulk;
  int planner_lock; /* an open, locked file; -1: not taken */
} SqliteDb;

typedef struct {
  RaiStatement base;
  sqlite3_stmt *handle;
  SqliteDb *db;
} SqliteStatement;

typedef struct {
  RaiCopy base;
  RaiStatement *statement;
} SqliteCopy;

static RaiDbError
error_code (int code) {
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return RAI_DB_ERROR_CORRUPT;
    case SQLITE_FULL:
      return RAI_DB_ERROR_FULL;
    case SQLITE_IOERR:
      return RAI_DB_ERROR_IO;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return RAI_DB_ERROR_BUSY;
    case SQLITE_CONSTRAINT:
      return RAI_DB_ERROR_CONSTRAINT;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
      return RAI_DB_ERROR_OPEN;
    default:
      return RAI_DB_ERROR_FAILED;
  }
}

/* What to do, for the failures that a person can do something about. */
static const char *
advice (RaiDbError code) {
  switch (code) {
    case RAI_DB_ERROR_CORRUPT:
      return ": the file is damaged or is no database of ours; restore a backup";
    case RAI_DB_ERROR_FULL:
      return ": free some space on the disk and try again";
    case RAI_DB_ERROR_IO:
      return ": the disk does not read or write as it should; check it, and have a backup";
    case RAI_DB_ERROR_BUSY:
      return ": another program is writing to it; try again";
    case RAI_DB_ERROR_OPEN:
      return ": check that the folder exists and may be written to";
    default:
      return "";
  }
}

/* SQLite calls it a full disk only when a write said so; a quota, a limit on a file's size and a
 * shared memory file that cannot grow are the same to people. */
static RaiDbError
error_of (sqlite3 *handle) {
  const int code = sqlite3_extended_errcode (handle), reason = sqlite3_system_errno (handle);
  const bool writing =
      code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_TRUNCATE || code == SQLITE_IOERR_SHMSIZE;
  if (writing && (reason == ENOSPC || reason == EDQUOT || reason == EFBIG))
    return RAI_DB_ERROR_FULL;
  return error_code (code);
}

static bool
fail (SqliteDb *db, GError **error) {
  const RaiDbError code = error_of (db->handle);
  const char *file = sqlite3_db_filename (db->handle, "main");
  if (file != NULL && *file)
    g_set_error (error, RAI_DB_ERROR, code, "%s: %s%s", file, sqlite3_errmsg (db->handle),
                 advice (code));
  else
    g_set_error (error, RAI_DB_ERROR, code, "%s%s", sqlite3_errmsg (db->handle), advice (code));
  return false;
}

static bool
sqlite_exec (RaiDb *base, const char *sql, GError **error) {
  SqliteDb *db = (SqliteDb *) base;
  return sqlite3_exec (db->handle, sql, NULL, NULL, NULL) == SQLITE_OK || fail (db, error);
}

/* lower() for every script, as PostgreSQL has it: SQLite's own knows A to Z. */
static void
lower (sqlite3_context *context, int n_values, sqlite3_value **values) {
  const char *text = (const char *) sqlite3_value_text (values[0]);
  const int length = sqlite3_value_bytes (values[0]);
  if (text == NULL)
    return;

  bool ascii = true;
  for (int i = 0; ascii && i < length; i++)
    ascii = !(text[i] & 0x80);
  sqlite3_result_text (
      context, ascii ? g_ascii_strdown (text, length) : g_utf8_strdown (text, length), -1, g_free);
}

static bool
configure (SqliteDb *db, RaiDbOpenFlags flags, GError **error) {
  sqlite3_extended_result_codes (db->handle, 1);
  sqlite3_busy_timeout (db->handle, BUSY_MS);
  sqlite3_create_function (db->handle, "lower", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, lower,
                           NULL, NULL);
  if (!sqlite_exec (&db->base, "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY", error))
    return false;
  if (flags & RAI_DB_OPEN_READ_ONLY) /* reads the header, so that a damaged file is found here */
    return sqlite_exec (&db->base, "SELECT count(*) FROM sqlite_schema; PRAGMA cache_size=-16384",
                        error);

  if (!sqlite_exec (&db->base, "PRAGMA journal_mode=WAL", error))
    return false;
  if (flags & RAI_DB_OPEN_BULK)
    return sqlite_exec (
        &db->base,
        "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-262144; PRAGMA wal_autocheckpoint=32768",
        error);

  return sqlite_exec (&db->base, "PRAGMA synchronous=FULL; PRAGMA cache_size=-32768", error);
}

static void
sqlite_close (RaiDb *base) {
  SqliteDb *db = (SqliteDb *) base;
  if (db->bulk)
    sqlite_exec (base, "PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)", NULL);
  sqlite3_close_v2 (db->handle);
  if (db->planner_lock >= 0)
    close (db->planner_lock);
  g_free (db);
}

/* A file beside the database, for SQLite's own locks last no longer than a transaction. It stays
 * there: whoever removed it could take it from under another. */
static bool
sqlite_take_planner_lock (RaiDb *base, GError **error) {
  SqliteDb *db = (SqliteDb *) base;
  const char *path = sqlite3_db_filename (db->handle, "main");
  if (db->planner_lock >= 0 || path == NULL || path[0] == '\0')
    return true;

  g_autofree char *name = g_strconcat (path, "-planner", NULL);
  int file = open (name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file >= 0 && flock (file, LOCK_EX | LOCK_NB) == 0) {
    db->planner_lock = file;
    return true;
  }

  const int reason = errno;
  if (file >= 0)
    close (file);
  if (reason == EWOULDBLOCK)
    g_set_error_literal (error, RAI_DB_ERROR, RAI_DB_ERROR_BUSY, "it is being planned already");
  else
    g_set_error (error, RAI_DB_ERROR, RAI_DB_ERROR_OPEN, "%s: %s", name, g_strerror (reason));
  return false;
}

/* A database in WAL mode whose folder cannot be written to is read as a file that does not change:
 * nobody can change it there. Not when there is a log, which would be left out. */
static char *
immutable_name (const char *path) {
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  if (access (path, R_OK) != 0 || access (folder, W_OK) == 0 || access (log, F_OK) == 0)
    return NULL;
  g_autofree char *escaped = g_uri_escape_string (path, "/", false);
  return g_strconcat ("file:", escaped, "?immutable=1", NULL);
}

static RaiDb *
sqlite_open (const char *url, RaiDbOpenFlags flags, GError **error) {
  const char *path = url + strlen ("sqlite:");
  g_autofree char *fixed = flags & RAI_DB_OPEN_READ_ONLY ? immutable_name (path) : NULL;
  int how = SQLITE_OPEN_NOMUTEX | (fixed != NULL ? SQLITE_OPEN_URI : 0);
  if (flags & RAI_DB_OPEN_READ_ONLY)
    how |= SQLITE_OPEN_READONLY;
  else
    how |= SQLITE_OPEN_READWRITE | (flags & RAI_DB_OPEN_CREATE ? SQLITE_OPEN_CREATE : 0);

  if (g_str_equal (path, ":memory:"))
    how |= SQLITE_OPEN_CREATE;

  SqliteDb *db = g_new0 (SqliteDb, 1);
  db->bulk = flags & RAI_DB_OPEN_BULK;
  db->planner_lock = -1;
  if (sqlite3_open_v2 (fixed != NULL ? fixed : path, &db->handle, how, NULL) != SQLITE_OK) {
    const RaiDbError code = error_of (db->handle);
    g_set_error (error, RAI_DB_ERROR, code, "%s: %s%s", path, sqlite3_errmsg (db->handle),
                 advice (code));
  } else if (configure (db, flags, error)) {
    return &db->base;
  }

  sqlite3_close_v2 (db->handle);
  g_free (db);
  return NULL;
}

void *
rai_db_sqlite (RaiDb *db) {
  return db->driver->kind == RAI_DB_SQLITE ? ((SqliteDb *) db)->handle : NULL;
}

static int64_t
sqlite_changes (RaiDb *base) {
  return sqlite3_changes64 (((SqliteDb *) base)->handle);
}

static RaiStatement *
sqlite_prepare (RaiDb *base, const char *sql, GError **error) {
  SqliteDb *db = (SqliteDb *) base;
  sqlite3_stmt *handle = NULL;
  if (sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL) !=
      SQLITE_OK) {
    fail (db, error);
    return NULL;
  }

  SqliteStatement *statement = g_new0 (SqliteStatement, 1);
  statement->handle = handle;
  statement->db = db;

  return &statement->base;
}

static sqlite3_stmt *
handle_of (RaiStatement *statement) {
  return ((SqliteStatement *) statement)->handle;
}

static void
sqlite_finalize (RaiStatement *statement) {
  sqlite3_finalize (handle_of (statement));
  g_free (statement);
}

static void
sqlite_clear (RaiStatement *statement) {
  sqlite3_reset (handle_of (statement));
  sqlite3_clear_bindings (handle_of (statement));
}

static void
sqlite_reset (RaiStatement *statement) {
  sqlite3_reset (handle_of (statement));
}

static void
sqlite_bind_int (RaiStatement *statement, int parameter, int64_t value) {
  sqlite3_bind_int64 (handle_of (statement), parameter, value);
}

static void
sqlite_bind_double (RaiStatement *statement, int parameter, double value) {
  sqlite3_bind_double (handle_of (statement), parameter, value);
}

static void
sqlite_bind_text (RaiStatement *statement, int parameter, const char *value) {
  sqlite3_bind_text (handle_of (statement), parameter, value, -1, SQLITE_TRANSIENT);
}

static void
sqlite_bind_blob (RaiStatement *statement, int parameter, const void *data, size_t size) {
  sqlite3_bind_blob64 (handle_of (statement), parameter, data != NULL ? data : "", size,
                       SQLITE_TRANSIENT);
}

static void
sqlite_bind_null (RaiStatement *statement, int parameter) {
  sqlite3_bind_null (handle_of (statement), parameter);
}

static RaiStep
sqlite_step (RaiStatement *statement, GError **error) {
  switch (sqlite3_step (handle_of (statement))) {
    case SQLITE_ROW:
      return RAI_STEP_ROW;
    case SQLITE_DONE:
      return RAI_STEP_DONE;
    default:
      fail (((SqliteStatement *) statement)->db, error);
      sqlite3_reset (handle_of (statement));
      return RAI_STEP_FAILED;
  }
}

static int
sqlite_n_columns (RaiStatement *statement) {
  return sqlite3_column_count (handle_of (statement));
}

static const char *
sqlite_column_name (RaiStatement *statement, int column) {
  return sqlite3_column_name (handle_of (statement), column);
}

static bool
sqlite_is_null (RaiStatement *statement, int column) {
  return sqlite3_column_type (handle_of (statement), column) == SQLITE_NULL;
}

static int64_t
sqlite_column_int (RaiStatement *statement, int column) {
  return sqlite3_column_int64 (handle_of (statement), column);
}

static double
sqlite_column_double (RaiStatement *statement, int column) {
  return sqlite3_column_double (handle_of (statement), column);
}

static const char *
sqlite_column_text (RaiStatement *statement, int column) {
  return (const char *) sqlite3_column_text (handle_of (statement), column);
}

static const void *
sqlite_column_blob (RaiStatement *statement, int column, size_t *size) {
  const void *data = sqlite3_column_blob (handle_of (statement), column);
  *size = (size_t) sqlite3_column_bytes (handle_of (statement), column);
  return data;
}

static RaiCopy *
sqlite_copy_begin (RaiDb *db, const char *table, const char *const *columns, GError **error) {
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autofree char *names = g_strjoinv (", ", (char **) columns);
  g_string_printf (sql, "INSERT INTO %s (%s) VALUES (", table, names);
  for (int i = 1; columns[i - 1]; i++)
    g_string_append_printf (sql, "%s?%d", i > 1 ? ", " : "", i);

  g_string_append_c (sql, ')');
  RaiStatement *statement = rai_db_prepare (db, sql->str, error);
  if (statement == NULL)
    return NULL;

  SqliteCopy *copy = g_new0 (SqliteCopy, 1);
  copy->statement = statement;
  return &copy->base;
}

static RaiStatement *
sqlite_copy_statement (RaiCopy *copy) {
  return ((SqliteCopy *) copy)->statement;
}

static bool
sqlite_copy_row (RaiCopy *copy, GError **error) {
  return rai_statement_run (((SqliteCopy *) copy)->statement, error);
}

static bool
sqlite_copy_end (RaiCopy *copy, GError **error) {
  g_free (copy);
  return true;
}

const RaiDriver rai_driver_sqlite = {
  .kind = RAI_DB_SQLITE,
  .open = sqlite_open,
  .close = sqlite_close,
  .exec = sqlite_exec,
  .changes = sqlite_changes,
  .take_planner_lock = sqlite_take_planner_lock,
  .begin_read =
      "BEGIN; SELECT count(*) FROM sqlite_schema", /* the first read is what takes the snapshot */
  .begin_write = "BEGIN IMMEDIATE",
  .prepare = sqlite_prepare,
  .finalize = sqlite_finalize,
  .clear = sqlite_clear,
  .reset = sqlite_reset,
  .bind_int = sqlite_bind_int,
  .bind_double = sqlite_bind_double,
  .bind_text = sqlite_bind_text,
  .bind_blob = sqlite_bind_blob,
  .bind_null = sqlite_bind_null,
  .step = sqlite_step,
  .n_columns = sqlite_n_columns,
  .column_name = sqlite_column_name,
  .is_null = sqlite_is_null,
  .column_int = sqlite_column_int,
  .column_double = sqlite_column_double,
  .column_text = sqlite_column_text,
  .column_blob = sqlite_column_blob,
  .copy_begin = sqlite_copy_begin,
  .copy_statement = sqlite_copy_statement,
  .copy_row = sqlite_copy_row,
  .copy_end = sqlite_copy_end,
};
