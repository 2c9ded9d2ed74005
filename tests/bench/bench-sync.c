/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-migration.h"
#include "db/rai-synced.h"
#include "sync/rai-replica.h"
#include "sync/rai-sync-account.h"
#include "sync/rai-sync-apply.h"
#include "sync/rai-sync-server.h"
#include "sync/rai-sync-snapshot.h"
#include "sync/rai-sync-store.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* bench-sync [--quick]: what 10,000 changed rows cost on the wire and to apply, beside writing the
 * same rows with bare prepared statements; and what the first sync of a store costs the client,
 * beside inserting the same rows. CPU time of this thread, medians of five alternating pairs. Then
 * how long a replica of a gigabyte takes to open. Prints a line of JSON a figure. */

#define PAIRS 5

typedef struct {
  const RaiSyncedTable *table;
  int n_columns;
  GArray *numbers;  /* row after row */
  GPtrArray *texts; /* NULL where it is a number */
} Rows;

static double
cpu_ms (void) {
  struct timespec now;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static int
compare (const void *a, const void *b) {
  const double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static double
median (double *values) {
  qsort (values, PAIRS, sizeof *values, compare);
  return values[PAIRS / 2];
}

static void
check (GError *error) {
  if (error != NULL)
    g_error ("%s", error->message);
}

static void
exec (RaiDb *db, const char *sql) {
  GError *error = NULL;
  rai_db_exec (db, sql, &error);
  check (error);
}

static void
fill (RaiDb *db, int n_items, int n_days) {
  GError *error = NULL;
  rai_migration_run (db, &error);
  check (error);
  rai_sync_server_prepare (db, &error);
  check (error);

  g_autofree char *sql = g_strdup_printf (
      "BEGIN; UPDATE feed SET revision = 1;"
      "INSERT INTO site (id, code, name, last_day, rev) VALUES (1, 'A', 'Harbour Street', 20000, "
      "1);"
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
      "INSERT INTO item (id, sku, name, department_id, price, cost, rev) "
      "  SELECT i, 'SKU' || i, 'Item number ' || i, 1 + i %% 9, 199, 120, 1 FROM n;"
      "INSERT INTO stock (site_id, item_id, on_hand, quantity_7, quantity_28, revenue_28, tracked, "
      "rev) "
      "  SELECT 1, id, abs (random ()) %% 50 * 1000, abs (random ()) %% 90 * 1000, abs (random ()) "
      "%% 500 * 1000, "
      "  abs (random ()) %% 70000, 1, 1 FROM item;"
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
      "INSERT INTO item_day (site_id, item_id, day, quantity, revenue, rev) "
      "  SELECT 1, item.id, 20000 - i, abs (random ()) %% 12 * 1000, abs (random ()) %% 5000, 1 "
      "FROM item, n; COMMIT",
      n_items, n_days);

  exec (db, sql);
}

/* Some 10,000 rows, as a day's sales change them: the stock of every item, the last days of
 * some. */
static void
change (RaiDb *db) {
  exec (db, "BEGIN; UPDATE feed SET revision = 2;"
            "UPDATE stock SET on_hand = on_hand - abs (random ()) % 9 * 1000, quantity_7 = "
            "quantity_7 + 1000, rev = 2;"
            "UPDATE item_day SET quantity = quantity + 1000, revenue = revenue + 199, rev = 2 "
            "  WHERE day > 19992 AND item_id <= 1000; COMMIT");
}

static Rows *
read_rows (RaiDb *db, const char *name, int64_t since) {
  Rows *rows = g_new0 (Rows, 1);
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  rows->table = rai_synced_find (name);
  rows->numbers = g_array_new (FALSE, FALSE, sizeof (int64_t));
  rows->texts = g_ptr_array_new_with_free_func (g_free);
  for (const RaiSyncedColumn *column = rows->table->columns; column->name; column++)
    g_string_append_printf (sql, "%s%s", rows->n_columns++ ? ", " : "", column->name);

  g_string_append_printf (sql, " FROM %s WHERE rev > %d", name, (int) since);
  RaiStatement *select = rai_db_prepare (db, sql->str, NULL);
  while (rai_statement_step (select, NULL) == RAI_STEP_ROW)
    for (int i = 0; i < rows->n_columns; i++) {
      RaiValueType type = rows->table->columns[i].type;
      bool text = type == RAI_VALUE_TEXT || type == RAI_VALUE_UUID;
      int64_t number = text ? 0 : rai_statement_int (select, i);
      g_array_append_val (rows->numbers, number);
      g_ptr_array_add (rows->texts, text ? g_strdup (rai_statement_text (select, i)) : NULL);
    }

  rai_statement_reset (select);
  return rows;
}

static void
rows_free (Rows *rows) {
  g_array_unref (rows->numbers);
  g_ptr_array_unref (rows->texts);
  g_free (rows);
}

/* The floor: nothing but the statements. */
static void
write_rows (RaiDb *db, const Rows *rows) {
  GError *error = NULL;
  g_autoptr (GString) sql = g_string_new (NULL);
  g_string_printf (sql, "INSERT OR REPLACE INTO %s (", rows->table->name);
  for (int i = 0; i < rows->n_columns; i++)
    g_string_append_printf (sql, "%s, ", rows->table->columns[i].name);

  g_string_append (sql, "rev) VALUES (");
  for (int i = 0; i < rows->n_columns; i++)
    g_string_append (sql, "?, ");
  g_string_append (sql, "2)");

  RaiStatement *insert = rai_db_prepare (db, sql->str, &error);
  check (error);

  const int64_t *numbers = (const int64_t *) rows->numbers->data;
  for (unsigned row = 0; row < rows->texts->len; row += (unsigned) rows->n_columns) {
    for (int i = 0; i < rows->n_columns; i++)
      if (rows->texts->pdata[row + (unsigned) i])
        rai_statement_bind_text (insert, i + 1, rows->texts->pdata[row + (unsigned) i]);
      else
        rai_statement_bind_int (insert, i + 1, numbers[row + (unsigned) i]);
    rai_statement_run (insert, &error);
    check (error);
  }
}

static void
print (const char *name, double value, const char *unit, double floor, double target) {
  printf ("{\"group\":\"sync\",\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"floor\":", name,
          value, unit);
  floor > 0 ? printf ("%.3f", floor) : printf ("null");
  printf (",\"peer\":null,\"target\":");
  target > 0 ? printf ("%.3f,\"ok\":%s}\n", target, value <= target ? "true" : "false")
             : printf ("null,\"ok\":null}\n");
}

static RaiReplica *
take_snapshot (RaiDb *db, const RaiIdentity *caller, const char *folder, double *server_ms,
               double *client_ms) {
  GError *error = NULL;
  double start = cpu_ms ();
  g_autoptr (RaiSyncSnapshot) snapshot =
      rai_sync_server_snapshot (db, caller, folder, NULL, &error);
  check (error);
  *server_ms = cpu_ms () - start;

  struct stat info;
  g_stat (snapshot->path, &info);

  g_autofree char *path = g_strdup_printf ("%s/replica.db", folder);
  g_unlink (path);
  start = cpu_ms ();
  rai_sync_decompress_file (snapshot->path, path, &error);
  check (error);
  rai_replica_check_file (path, false, &error);
  check (error);

  RaiReplica *replica = rai_replica_open (path, &error);
  check (error);
  *client_ms = cpu_ms () - start;
  g_unlink (snapshot->path);

  return replica;
}

/* Inserting the same rows into an empty database with the same indices. */
static double
insert_all (RaiDb *from, const char *folder) {
  static const char *const tables[] = { "item", "stock", "item_day" };
  GError *error = NULL;
  g_autofree char *path = g_strdup_printf ("%s/import.db", folder);
  g_autofree char *url = g_strconcat ("sqlite:", path, NULL);

  g_unlink (path);
  RaiDb *db = rai_db_open (url, RAI_DB_OPEN_CREATE | RAI_DB_OPEN_BULK, &error);
  check (error);
  rai_migration_run (db, &error);
  check (error);

  double ms = 0;
  for (unsigned i = 0; i < G_N_ELEMENTS (tables); i++) {
    Rows *rows = read_rows (from, tables[i], 0);
    double start = cpu_ms ();
    rai_db_begin_write (db, &error);
    write_rows (db, rows);
    rai_db_commit (db, &error);
    check (error);
    ms += cpu_ms () - start;
    rows_free (rows);
  }

  rai_db_close (db);
  return ms;
}

static void
bench_first (RaiDb *db, const RaiIdentity *caller, const char *folder, int pairs) {
  double client[PAIRS], insert[PAIRS], ratio[PAIRS], server = 0;
  for (int i = 0; i < PAIRS; i++) {
    if (i >= pairs) {
      client[i] = client[0], insert[i] = insert[0], ratio[i] = ratio[0];
      continue;
    }
    rai_replica_close (take_snapshot (db, caller, folder, &server, &client[i]));
    insert[i] = insert_all (db, folder);
    ratio[i] = client[i] / insert[i];
  }

  print ("first sync: client / inserting the rows, CPU", median (ratio), "ratio", 0, 0.1);
  print ("first sync: client, CPU", median (client), "ms", median (insert), 0);
  print ("first sync: server, CPU", server, "ms", 0, 0);
}

static void
bench_changes (RaiDb *db, const RaiIdentity *caller, const char *folder) {
  GError *error = NULL;
  double ratio[PAIRS], ours[PAIRS], floor[PAIRS], unused;
  g_autoptr (RaiReplica) replica = take_snapshot (db, caller, folder, &unused, &unused);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  change (db);
  g_autoptr (GBytes) packed =
      rai_sync_server_changes (db, caller, 1, rai_replica_get (replica, "scope"),
                               rai_replica_get (replica, "epoch"), &error);
  check (error);
  Rows *stock = read_rows (db, "stock", 1), *days = read_rows (db, "item_day", 1);

  unsigned n = stock->texts->len / (unsigned) stock->n_columns +
               days->texts->len / (unsigned) days->n_columns;
  for (int i = 0; i < PAIRS; i++) {
    g_auto (RaiSyncHead) head = { 0 };
    double start = cpu_ms ();
    g_autoptr (GBytes) page = rai_sync_unpack (packed, &error);
    rai_sync_read_head (page, &head, &error);
    rai_replica_rebase (replica, caller, page, head.revision, false, none, &error);
    check (error);
    ours[i] = cpu_ms () - start;
    start = cpu_ms ();
    rai_db_begin_write (rai_replica_db (replica), &error);
    write_rows (rai_replica_db (replica), stock);
    write_rows (rai_replica_db (replica), days);
    rai_db_commit (rai_replica_db (replica), &error);
    check (error);
    floor[i] = cpu_ms () - start;
    ratio[i] = ours[i] / floor[i];
  }

  print ("10,000 changes on the wire", (double) g_bytes_get_size (packed) / n * 10, "kB", 0, 150);
  print ("10,000 changes: parse + apply / apply, CPU", median (ratio), "ratio", 0, 1.5);
  print ("10,000 changes: parse + apply, CPU", median (ours) / n * 1e4, "ms",
         median (floor) / n * 1e4, 0);
  rows_free (stock);
  rows_free (days);
}

static void
remove_tree (const char *path) {
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    g_unlink (child);
  }
  g_rmdir (path);
}

static double
wall_ms (void) {
  return (double) g_get_monotonic_time () / 1e3;
}

#define FIRST_QUESTION \
  "SELECT count(*) FROM item_day WHERE site_id = 1 AND item_id = 7 AND day > 19600"

static void
ask (RaiDb *db) {
  GError *error = NULL;
  int64_t n = 0;
  rai_db_get_int (db, FIRST_QUESTION, NULL, 0, 0, &n, &error);
  check (error);
}

/* A large replica, from the program's start to the first answer, beside opening the file and
 * asking. Most of its pages belong to forecasts: how many there are is what matters here. */
static void
bench_open (const RaiIdentity *caller, const char *folder, int forecast_bytes) {
  GError *error = NULL;
  double ours[PAIRS], floor[PAIRS], unused;
  struct stat info;
  g_autofree char *path = g_strdup_printf ("%s/large.db", folder);
  g_autofree char *url = g_strconcat ("sqlite:", path, NULL);
  g_autofree char *account = g_strdup_printf ("%s/account", folder);
  g_autofree char *made = g_strdup_printf ("%s/replica.db", folder);
  g_autofree char *replica = g_strdup_printf ("%s/replica-1.db", account);
  g_autofree char *replica_url = g_strconcat ("sqlite:", replica, NULL);
  RaiDb *db = rai_db_open (url, RAI_DB_OPEN_CREATE, &error);

  check (error);
  fill (db, 3000, 100);

  g_autofree char *forecasts = g_strdup_printf (
      "INSERT INTO forecast (level, site_id, node_id, first_day, horizon, model, means, quantiles, "
      "rev) "
      "SELECT 'item', 1, id, 20001, 28, 'naive', x'00', zeroblob (%d), 1 FROM item",
      forecast_bytes);

  exec (db, forecasts);
  rai_replica_close (take_snapshot (db, caller, folder, &unused, &unused));
  rai_db_close (db);
  g_unlink (path);
  g_mkdir (account, 0700);
  rai_sync_account_save (account, "http://bench", "ada", caller, 1, &error);
  check (error);
  if (g_rename (made, replica) != 0 || g_stat (replica, &info) != 0)
    g_error ("no replica");
  for (int i = 0; i < PAIRS; i++) {
    double start = wall_ms ();
    RaiSyncStore *store = rai_sync_store_new (account, "http://bench", "ada");
    rai_sync_store_open (store, &error);
    check (error);
    ask (rai_replica_db (store->replica));
    ours[i] = wall_ms () - start;
    rai_sync_store_free (store);
    start = wall_ms ();
    RaiDb *bare = rai_db_open (replica_url, RAI_DB_OPEN_READ_ONLY, &error);
    check (error);
    ask (bare);
    floor[i] = wall_ms () - start;
    rai_db_close (bare);
  }

  g_autofree char *name = g_strdup_printf ("opening a replica of %.0f MB, to the first answer",
                                           (double) info.st_size / 1e6);
  print (name, median (ours), "ms", median (floor), 50);
  remove_tree (account);
}

int
main (int argc, char **argv) {
  GError *error = NULL;
  bool quick = argc > 1 && strcmp (argv[1], "--quick") == 0;
  int64_t site = 1;
  g_autofree char *folder = g_dir_make_tmp ("bench-sync-XXXXXX", NULL);
  g_autofree char *url = g_strdup_printf ("sqlite:%s/server.db", folder);

  g_autoptr (RaiIdentity) caller =
      rai_identity_new (5, "ada", RAI_ROLE_STORE_MANAGER, false, &site, 1);

  RaiDb *db = rai_db_open (url, RAI_DB_OPEN_CREATE, &error);
  check (error);
  fill (db, 3000, quick ? 20 : 365);
  bench_first (db, caller, folder, quick ? 1 : PAIRS);
  bench_changes (db, caller, folder);
  rai_db_close (db);
  bench_open (caller, folder, quick ? 1000 : 330000);
  remove_tree (folder);

  return 0;
}
