/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-migration.h"
#include "db/rai-sales.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* bench-import [--quick]: receipt lines through rai_sales (compare, roll-ups, stock windows)
 * against the floor: the same receipts, lines and finished roll-up rows put into the same tables
 * and indices by prepared INSERTs and nothing else, both with the same settings and commits of the
 * same size. Five alternating pairs; prints figures as JSON
 * lines. */

#define SITES 10
#define ITEMS 800
#define FIRST_DAY 20000
#define LINES_A_RECEIPT 4
#define LINES_A_COMMIT 200000
#define PAIRS 5

typedef struct {
  int64_t site_id;
  RaiDay day;
  int receipt;
  RaiSalesLine values;
} Line;

typedef struct {
  const char *table;
  const char *columns;
  int n_columns;
  GArray *values; /* int64_t, row after row */
} Rollup;

static Rollup rollups[] = {
  { "item_day", "site_id, item_id, day, quantity, revenue, out_of_stock, rev", 7, NULL },
  { "department_day", "site_id, department_id, day, quantity, revenue, cost, rev", 7, NULL },
  { "site_day", "site_id, day, quantity, revenue, cost, receipts, rev", 7, NULL },
  { "site_month", "site_id, month, quantity, revenue, cost, receipts, rev", 7, NULL },
  { "stock",
    "site_id, item_id, on_hand, quantity_7, quantity_28, quantity_91, revenue_28, revenue_365, "
    "last_sale, rev",
    10, NULL },
};

static double
cpu_seconds (void) {
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void
must (bool done, GError *error) {
  if (done)
    return;
  fprintf (stderr, "%s\n", error ? error->message : "failed");
  exit (1);
}

/* Day after day, store after store, as tills send them; the popular items sell most. */
static Line *
make_lines (size_t n) {
  Line *lines = g_new (Line, n);
  const size_t n_days = MAX (1, n / 2800);
  uint64_t state = 42;

  for (size_t i = 0; i < n; i++) {
    state = state * UINT64_C (6364136223846793005) + 1442695040888963407u;
    const uint32_t random = (uint32_t) (state >> 33);
    const double skew = (double) (random & 0xffff) / 65536;
    lines[i].receipt = (int) (i / LINES_A_RECEIPT);
    lines[i].day = FIRST_DAY + (RaiDay) ((size_t) lines[i].receipt * LINES_A_RECEIPT * n_days / n);
    lines[i].site_id = 1 + lines[i].receipt / 20 % SITES;
    lines[i].values.item_id = 1 + (int64_t) (skew * skew * ITEMS);
    lines[i].values.quantity = 1000 * (1 + (random >> 16) % 3);
    lines[i].values.amount = 100 + (random >> 18) % 900;
  }

  return lines;
}

static RaiDb *
open_fresh (const char *path) {
  GError *error = NULL;
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *url = g_strconcat ("sqlite:", path, NULL);

  g_remove (path);
  g_remove (wal);

  RaiDb *db = rai_db_open (url, RAI_DB_OPEN_CREATE | RAI_DB_OPEN_BULK, &error);
  must (db != NULL, error);
  must (rai_migration_run (db, &error), error);
  must (rai_db_begin_write (db, &error), error);
  g_autoptr (GString) sql =
      g_string_new ("INSERT INTO department (id, name, rev) VALUES (1, 'A', 1), (2, 'B', 1);");

  for (int i = 1; i <= SITES; i++)
    g_string_append_printf (
        sql, "INSERT INTO site (id, code, name, rev) VALUES (%d, 'S%d', 'S', 1);", i, i);

  for (int i = 1; i <= ITEMS; i++)
    g_string_append_printf (sql,
                            "INSERT INTO item (id, sku, name, department_id, cost, rev) VALUES "
                            "(%d, 'I%d', 'I', %d, 70, 1);",
                            i, i, 1 + i % 2);

  must (rai_db_exec (db, sql->str, &error), error);
  must (rai_db_commit (db, &error), error);
  return db;
}

static char *
receipt_number (const Line *line, char *buffer, size_t size) {
  g_snprintf (buffer, size, "R%09d", line->receipt);
  return buffer;
}

static double
load_ours (const char *path, const Line *lines, size_t n) {
  GError *error = NULL;
  g_autoptr (RaiDb) db = open_fresh (path);
  g_autoptr (RaiSales) sales = rai_sales_new (db, &error);

  char number[16];
  const double start = cpu_seconds ();
  must (rai_db_begin_write (db, &error), error);

  for (size_t i = 0; i < n; i++) {
    if (i && i % LINES_A_COMMIT == 0) {
      must (rai_sales_flush (sales, &error) && rai_db_commit (db, &error), error);
      must (rai_db_begin_write (db, &error), error);
    }
    const RaiReceipt receipt = { .site_id = lines[i].site_id,
                                 .number = receipt_number (&lines[i], number, sizeof number),
                                 .sold_at = lines[i].day * RAI_MS_PER_DAY,
                                 .day = lines[i].day };
    must (rai_sales_add_line (sales, &receipt, &lines[i].values, &error) == RAI_SALES_ADDED, error);
  }

  must (rai_sales_flush (sales, &error) && rai_db_commit (db, &error), error);
  return cpu_seconds () - start;
}

static sqlite3_stmt *
prepare (RaiDb *db, const char *sql) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2 (rai_db_sqlite (db), sql, -1, &statement, NULL) != SQLITE_OK) {
    fprintf (stderr, "%s: %s\n", sql, sqlite3_errmsg (rai_db_sqlite (db)));
    exit (1);
  }
  return statement;
}

static void
step (sqlite3_stmt *statement) {
  if (sqlite3_step (statement) != SQLITE_DONE) {
    fprintf (stderr, "%s\n", sqlite3_errmsg (sqlite3_db_handle (statement)));
    exit (1);
  }
  sqlite3_reset (statement);
}

static void
insert_rollup (RaiDb *db, const Rollup *rollup) {
  g_autoptr (GString) sql = g_string_new (NULL);
  g_string_printf (sql, "INSERT INTO %s (%s) VALUES (?1", rollup->table, rollup->columns);
  for (int i = 2; i <= rollup->n_columns; i++)
    g_string_append_printf (sql, ", ?%d", i);

  g_string_append_c (sql, ')');
  sqlite3_stmt *statement = prepare (db, sql->str);
  for (unsigned row = 0; row < rollup->values->len; row += (unsigned) rollup->n_columns) {
    for (int i = 0; i < rollup->n_columns; i++)
      sqlite3_bind_int64 (statement, i + 1,
                          g_array_index (rollup->values, int64_t, row + (unsigned) i));
    step (statement);
  }

  sqlite3_finalize (statement);
}

/* Receipts need their totals, so that they are known beforehand: not counted. */
static double
load_bare (const char *path, const Line *lines, size_t n, bool with_rollups) {
  GError *error = NULL;
  g_autoptr (RaiDb) db = open_fresh (path);

  const size_t n_receipts = n / LINES_A_RECEIPT + 1;
  g_autofree int64_t *totals = g_new0 (int64_t, n_receipts);
  for (size_t i = 0; i < n; i++)
    totals[lines[i].receipt] += lines[i].values.amount;

  char number[16];
  const double start = cpu_seconds ();
  must (rai_db_begin_write (db, &error), error);

  sqlite3_stmt *receipt =
      prepare (db, "INSERT INTO receipt (id, site_id, number, day, sold_at, total, n_lines) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  sqlite3_stmt *insert =
      prepare (db, "INSERT INTO receipt_line (receipt_id, line, item_id, quantity, amount) "
                   "VALUES (?1, ?2, ?3, ?4, ?5)");

  for (size_t i = 0; i < n; i++) {
    const Line *line = &lines[i];
    if (i && i % LINES_A_COMMIT == 0) {
      must (rai_db_commit (db, &error), error);
      must (rai_db_begin_write (db, &error), error);
    }
    if (i % LINES_A_RECEIPT == 0) {
      sqlite3_bind_int64 (receipt, 1, line->receipt + 1);
      sqlite3_bind_int64 (receipt, 2, line->site_id);
      sqlite3_bind_text (receipt, 3, receipt_number (line, number, sizeof number), -1,
                         SQLITE_STATIC);
      sqlite3_bind_int64 (receipt, 4, line->day);
      sqlite3_bind_int64 (receipt, 5, line->day * RAI_MS_PER_DAY);
      sqlite3_bind_int64 (receipt, 6, totals[line->receipt]);
      sqlite3_bind_int64 (receipt, 7, LINES_A_RECEIPT);
      step (receipt);
    }
    sqlite3_bind_int64 (insert, 1, line->receipt + 1);
    sqlite3_bind_int64 (insert, 2, (int64_t) (i % LINES_A_RECEIPT));
    sqlite3_bind_int64 (insert, 3, line->values.item_id);
    sqlite3_bind_int64 (insert, 4, line->values.quantity);
    sqlite3_bind_int64 (insert, 5, line->values.amount);
    step (insert);
  }

  sqlite3_finalize (receipt);
  sqlite3_finalize (insert);
  for (size_t i = 0; with_rollups && i < G_N_ELEMENTS (rollups); i++)
    insert_rollup (db, &rollups[i]);

  must (rai_db_commit (db, &error), error);
  return cpu_seconds () - start;
}

/* What the roll-ups came to, for the floor to insert. */
static void
read_rollups (const char *path) {
  g_autofree char *url = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (RaiDb) db = rai_db_open (url, RAI_DB_OPEN_READ_ONLY, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (rollups); i++) {
    g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s ORDER BY 1, 2, 3",
                                            rollups[i].columns, rollups[i].table);
    rollups[i].values = g_array_new (FALSE, FALSE, sizeof (int64_t));
    RaiStatement *statement = rai_db_prepare (db, sql, NULL);
    while (rai_statement_step (statement, NULL) == RAI_STEP_ROW)
      for (int column = 0; column < rollups[i].n_columns; column++) {
        const int64_t value = rai_statement_int (statement, column);
        g_array_append_val (rollups[i].values, value);
      }
  }
}

static int
compare (const void *a, const void *b) {
  const double x = *(const double *) a;
  const double y = *(const double *) b;
  return (x > y) - (x < y);
}

static double
median (double *values) {
  qsort (values, PAIRS, sizeof *values, compare);
  return values[PAIRS / 2];
}

static void
figure (const char *name, double value, const char *unit, double floor, double target) {
  printf ("{\"group\":\"import\",\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"floor\":%.3f,"
          "\"peer\":null,"
          "\"target\":%.3f,\"ok\":%s}\n",
          name, value, unit, floor, target, value >= target ? "true" : "false");
}

int
main (int argc, char **argv) {
  const size_t n = argc > 1 && g_str_equal (argv[1], "--quick") ? 100000 : 600000;
  g_autofree Line *lines = make_lines (n);
  g_autofree char *folder = g_dir_make_tmp ("retailai-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "import.db", NULL);
  double ours[PAIRS], ratios[PAIRS], plain[PAIRS], floors[PAIRS];

  load_ours (path, lines, n);
  read_rollups (path);
  for (int i = 0; i < PAIRS; i++) {
    const double mine = load_ours (path, lines, n);
    const double bare = load_bare (path, lines, n, true);
    const double lines_only = load_bare (path, lines, n, false);
    ours[i] = (double) n / mine;
    floors[i] = (double) n / bare;
    ratios[i] = bare / mine;
    plain[i] = lines_only / mine;
  }

  const double rate = median (ours);
  const double floor_rate = median (floors);
  figure ("receipt lines a second", rate, "rows/s", floor_rate, 0.5 * floor_rate);
  figure ("receipt lines against a bare load of the same rows", median (ratios), "ratio", 1, 0.5);
  figure ("receipt lines against a bare load without roll-ups", median (plain), "ratio", 1, 0.25);
  g_remove (path);
  g_rmdir (folder);

  return 0;
}
