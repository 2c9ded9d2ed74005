/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/rai-day.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* One thin face over SQLite and PostgreSQL. SQL is written once, in the dialect both speak, with ?1
 * ?2 ... as parameters; text between slash-star-sqlite or slash-star-postgresql and star-slash is
 * seen by that driver only.
 *
 * A RaiDb and its statements belong to the thread that opened it. Errors carry RAI_DB_ERROR and say
 * what the database said; nothing here logs. Strings and blobs returned by a statement live until
 * its next step or reset. */
typedef struct _RaiDb RaiDb;
typedef struct _RaiStatement RaiStatement;

#define RAI_DB_ERROR rai_db_error_quark ()
typedef enum {
  RAI_DB_ERROR_FAILED,  /* anything without a code of its own */
  RAI_DB_ERROR_URL,     /* not sqlite:PATH or postgresql://... */
  RAI_DB_ERROR_OPEN,    /* no such database, no permission, server down */
  RAI_DB_ERROR_CORRUPT, /* not a database, or damaged */
  RAI_DB_ERROR_FULL,    /* disk full */
  RAI_DB_ERROR_IO,      /* the disk does not read or write; says nothing of what is on it */
  RAI_DB_ERROR_BUSY, /* locked by another for longer than the time-out; a serialisation failure */
  RAI_DB_ERROR_CONSTRAINT, /* unique, foreign key, check */
  RAI_DB_ERROR_LOST,       /* the connection broke */
  RAI_DB_ERROR_SCHEMA,     /* older or newer than this program, or a migration was altered */
  RAI_DB_ERROR_ARGUMENT,   /* a query's parameter is missing or wrong */
} RaiDbError;
GQuark rai_db_error_quark (void);

typedef enum {
  RAI_DB_OPEN_CREATE = 1 << 0, /* make the SQLite file when absent */
  RAI_DB_OPEN_READ_ONLY = 1 << 1,
  RAI_DB_OPEN_BULK =
      1 << 2, /* large cache, commits durable at checkpoints and rai_db_close only: for imports */
} RaiDbOpenFlags;

typedef enum { RAI_DB_SQLITE, RAI_DB_POSTGRESQL } RaiDbKind;

/* url: "sqlite:PATH" (":memory:" allowed) or
 * "postgresql://user@host:port/name?host=/socket/dir". */
RaiDb *rai_db_open (const char *url, RaiDbOpenFlags flags, GError **error);
void rai_db_close (RaiDb *db);
RaiDbKind rai_db_kind (const RaiDb *db);
/* The sqlite3* of a SQLite connection (session extension, backup), else NULL. Declared void to keep
 * sqlite3.h out. */
void *rai_db_sqlite (RaiDb *db);

/* Runs one or more statements without parameters. */
bool rai_db_exec (RaiDb *db, const char *sql, GError **error);

/* A statement from the connection's cache, reset and unbound; owned by the connection, prepared
 * once per text. Using the same text again while it is being stepped is a programmer's error. NULL
 * when the SQL is wrong (PostgreSQL says so at the first step, when it knows the parameters' types;
 * a null bound first must have its type written: CAST(?1 AS BIGINT)). */
RaiStatement *rai_db_prepare (RaiDb *db, const char *sql, GError **error);
/* As rai_db_prepare, for texts that are made at run time (a caller's scope, a chosen order): kept
 * while there are few. The statement may go at the next call of this function. */
RaiStatement *rai_db_prepare_query (RaiDb *db, const char *sql, GError **error);

/* Parameters count from 1. Text and blobs are copied. */
void rai_statement_bind_int (RaiStatement *statement, int parameter, int64_t value);
void rai_statement_bind_double (RaiStatement *statement, int parameter, double value);
void rai_statement_bind_text (RaiStatement *statement, int parameter,
                              const char *value); /* NULL binds null */
void
rai_statement_bind_blob (RaiStatement *statement, int parameter, const void *data, size_t size);
void rai_statement_bind_null (RaiStatement *statement, int parameter);
/* RAI_DAY_NONE binds null. */
void rai_statement_bind_day (RaiStatement *statement, int parameter, RaiDay day);

typedef enum { RAI_STEP_ROW, RAI_STEP_DONE, RAI_STEP_FAILED } RaiStep;
RaiStep rai_statement_step (RaiStatement *statement, GError **error);
/* For statements that return no rows: steps once and resets. */
bool rai_statement_run (RaiStatement *statement, GError **error);
void rai_statement_reset (RaiStatement *statement);

/* Columns count from 0. */
int rai_statement_n_columns (RaiStatement *statement);
const char *rai_statement_column_name (RaiStatement *statement, int column);
bool rai_statement_is_null (RaiStatement *statement, int column);
int64_t rai_statement_int (RaiStatement *statement, int column);
double rai_statement_double (RaiStatement *statement, int column);
RaiDay rai_statement_day (RaiStatement *statement, int column);       /* RAI_DAY_NONE for null */
const char *rai_statement_text (RaiStatement *statement, int column); /* NULL for null */
const void *rai_statement_blob (RaiStatement *statement, int column, size_t *size);

/* Runs "SELECT one number" with up to four integer parameters; fallback when there is no row or it
 * is null. */
bool rai_db_get_int (RaiDb *db, const char *sql, const int64_t *arguments, int n_arguments,
                     int64_t fallback, int64_t *value, GError **error);

/* Planning is done by one at a time, in whatever process: takes that right for the connection's
 * life, without waiting. RAI_DB_ERROR_BUSY when another connection has it. A process that ends,
 * however it ends, has given it back. */
bool rai_db_take_planner_lock (RaiDb *db, GError **error);

/* A read transaction sees one snapshot. A write transaction is the only one of the whole database
 * until it ends (SQLite: BEGIN IMMEDIATE; PostgreSQL: an advisory lock), so that revisions become
 * visible in their order. */
bool rai_db_begin_read (RaiDb *db, GError **error);
bool rai_db_begin_write (RaiDb *db, GError **error);
bool rai_db_commit (RaiDb *db, GError **error);
void rai_db_rollback (RaiDb *db);
bool rai_db_in_transaction (const RaiDb *db);
/* Nested undo inside a write transaction, named by the caller. Rolling back ends the savepoint;
 * releasing one that has ended does nothing. */
bool rai_db_savepoint (RaiDb *db, const char *name, GError **error);
bool rai_db_release (RaiDb *db, const char *name, GError **error);
void rai_db_rollback_to (RaiDb *db, const char *name);
/* Rows changed by the last statement. */
int64_t rai_db_changes (RaiDb *db);

/* Appends many rows as fast as the database can: COPY on PostgreSQL, one prepared INSERT on SQLite.
 * Bind the columns in their order as parameters 1..n of the returned statement, then
 * rai_db_copy_row. Ends before anything else runs. */
typedef struct _RaiCopy RaiCopy;
RaiCopy *
rai_db_copy_begin (RaiDb *db, const char *table, const char *const *columns, GError **error);
RaiStatement *rai_copy_statement (RaiCopy *copy);
bool rai_copy_row (RaiCopy *copy, GError **error);
bool rai_copy_end (RaiCopy *copy, GError **error); /* frees it, also on failure */

/* The revision that rows written in the current write transaction are stamped with: one more than
 * the last committed one, taken at the first call within the transaction and stored in `feed`.
 * Everything in a transaction shares it. */
bool rai_db_revision (RaiDb *db, int64_t *revision, GError **error);
/* The last committed revision, as this connection sees it. */
bool rai_db_last_revision (RaiDb *db, int64_t *revision, GError **error);
/* On a replica rows keep the revision of the last pull: commands that run there optimistically take
 * no new one. */
void rai_db_set_replica (RaiDb *db, bool replica);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiDb, rai_db_close)
