/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* What a driver fills in: the face in rai-db.c does the rest. Private to src/db. SQL arrives
 * already rewritten by rai_sql_translate. Each driver's structures begin with the ones below. */
typedef struct {
  RaiDbKind kind;
  RaiDb *(*open) (const char *url, RaiDbOpenFlags flags, GError **error);
  void (*close) (RaiDb *db);
  bool (*exec) (RaiDb *db, const char *sql, GError **error);
  int64_t (*changes) (RaiDb *db);
  /* Without waiting; RAI_DB_ERROR_BUSY when another connection has it. */
  bool (*take_planner_lock) (RaiDb *db, GError **error);
  const char *begin_read;
  const char *begin_write;

  RaiStatement *(*prepare) (RaiDb *db, const char *sql, GError **error);
  void (*finalize) (RaiStatement *statement);
  void (*clear) (RaiStatement *statement); /* reset and unbind */
  void (*reset) (RaiStatement *statement);
  void (*bind_int) (RaiStatement *statement, int parameter, int64_t value);
  void (*bind_double) (RaiStatement *statement, int parameter, double value);
  void (*bind_text) (RaiStatement *statement, int parameter, const char *value);
  void (*bind_blob) (RaiStatement *statement, int parameter, const void *data, size_t size);
  void (*bind_null) (RaiStatement *statement, int parameter);
  RaiStep (*step) (RaiStatement *statement, GError **error);
  int (*n_columns) (RaiStatement *statement);
  const char *(*column_name) (RaiStatement *statement, int column);
  bool (*is_null) (RaiStatement *statement, int column);
  int64_t (*column_int) (RaiStatement *statement, int column);
  double (*column_double) (RaiStatement *statement, int column);
  const char *(*column_text) (RaiStatement *statement, int column);
  const void *(*column_blob) (RaiStatement *statement, int column, size_t *size);

  RaiCopy *(*copy_begin) (RaiDb *db, const char *table, const char *const *columns, GError **error);
  RaiStatement *(*copy_statement) (RaiCopy *copy);
  bool (*copy_row) (RaiCopy *copy, GError **error);
  bool (*copy_end) (RaiCopy *copy, GError **error);
} RaiDriver;

/* What a writer does once before its transaction is committed, whatever the number of changes; its
 * own structure begins with this. Not run when the transaction is undone. */
typedef struct _RaiAtCommit RaiAtCommit;
struct _RaiAtCommit {
  bool (*run) (RaiAtCommit *work, RaiDb *db, GError **error);
  void (*free) (RaiAtCommit *work);
};

struct _RaiDb {
  const RaiDriver *driver;
  GHashTable *statements; /* our SQL text -> RaiStatement, for the connection's life */
  GHashTable *queries; /* the same for texts made at run time: may be dropped when there are many */
  bool in_transaction;
  bool writing;
  bool replica;
  GPtrArray *savepoints;   /* names of the open ones, outermost first */
  int64_t revision;        /* of this write transaction; 0: not taken yet */
  unsigned revision_depth; /* open savepoints when it was taken */
  void *sales;             /* rai_sales_of */
  void (*free_sales) (void *sales);
  RaiAtCommit *at_commit; /* of this write transaction; NULL: none */
  bool undone;            /* a savepoint was undone since at_commit was set */
};

struct _RaiStatement {
  RaiDb *db;
};

struct _RaiCopy {
  RaiDb *db;
};

extern const RaiDriver rai_driver_sqlite;
#ifdef RAI_HAVE_POSTGRESQL
extern const RaiDriver rai_driver_postgresql;
#endif
