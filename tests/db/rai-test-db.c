/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-db.h"

#include "db/rai-migration.h"

#include <glib/gstdio.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static char *scratch; /* holds SQLite files and PostgreSQL's cluster */
static char *binaries;
static GPid server;
static unsigned n_databases;

typedef struct {
  RaiDbKind kind;
  void (*test) (RaiDb *db);
} Case;

static const char *
scratch_folder (void) {
  if (!scratch) { /* in memory where there is such a folder: the tests are about what is stored, not
                     where */
    const bool memory = !g_getenv ("TMPDIR") && g_access ("/dev/shm", W_OK) == 0;
    scratch = g_mkdtemp (
        g_build_filename (memory ? "/dev/shm" : g_get_tmp_dir (), "retailai-test-XXXXXX", NULL));
    g_assert_nonnull (scratch);
    g_chmod (scratch, 0755);
  }

  return scratch;
}

static char *
find_binaries (void) {
  g_autoptr (GDir) versions = g_dir_open ("/usr/lib/postgresql", 0, NULL);
  const char *version;
  while (versions && (version = g_dir_read_name (versions))) {
    g_autofree char *folder = g_build_filename ("/usr/lib/postgresql", version, "bin", NULL);
    g_autofree char *initdb = g_build_filename (folder, "initdb", NULL);
    if (g_file_test (initdb, G_FILE_TEST_IS_EXECUTABLE))
      return g_steal_pointer (&folder);
  }

  return NULL;
}

bool
rai_test_db_have_postgresql (void) {
#ifndef RAI_HAVE_POSTGRESQL
  return false;
#endif
  if (g_strcmp0 (g_getenv ("RAI_TEST_POSTGRESQL"), "0") == 0)
    return false;
  if (!binaries)
    binaries = find_binaries ();
  return binaries != NULL;
}

/* The user that runs PostgreSQL, which refuses root. */
static const struct passwd *
ordinary_user (void) {
  if (getuid () != 0)
    return NULL;
  const struct passwd *user = getpwnam ("postgres");
  return user ? user : getpwnam ("nobody");
}

/* In the child, between fork and exec. */
static void
become_ordinary (void *data) {
  const struct passwd *user = data;
  setsid ();
  if (user && (setgid (user->pw_gid) || setuid (user->pw_uid)))
    _exit (126);
  prctl (PR_SET_PDEATHSIG, SIGINT); /* a failed test takes its server along */
}

static char *
cluster_folder (void) {
  g_autofree char *folder = g_build_filename (scratch_folder (), "cluster", NULL);
  const struct passwd *user = ordinary_user ();
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  if (user != NULL)
    g_assert_cmpint (chown (folder, user->pw_uid, user->pw_gid), ==, 0);
  return g_steal_pointer (&folder);
}

static void
make_cluster (const char *folder) {
  g_autofree char *program = g_build_filename (binaries, "initdb", NULL);
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  char *command[] = { program,
                      "-D",
                      data,
                      "-U",
                      "retailai",
                      "--auth=trust",
                      "--no-sync",
                      "-E",
                      "UTF8",
                      "--locale=C.UTF-8",
                      "--no-instructions",
                      NULL };
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;

  g_autoptr (GError) error = NULL;
  int status = 0;
  g_spawn_sync (folder, command, NULL, G_SPAWN_DEFAULT, become_ordinary, (void *) ordinary_user (),
                &output, &errors, &status, &error);
  g_assert_no_error (error);
  if (status)
    g_error ("initdb: %s%s", output, errors);
}

static void
start_server (void) {
  g_autofree char *folder = cluster_folder ();
  make_cluster (folder);

  g_autofree char *program = g_build_filename (binaries, "postgres", NULL);
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  char *command[] = { program,
                      "-D",
                      data,
                      "-k",
                      folder,
                      "-c",
                      "listen_addresses=",
                      "-c",
                      "fsync=off",
                      "-c",
                      "log_min_messages=panic",
                      NULL };

  g_autoptr (GError) error = NULL;
  g_spawn_async (folder, command, NULL,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL |
                     G_SPAWN_STDOUT_TO_DEV_NULL,
                 become_ordinary, (void *) ordinary_user (), &server, &error);
  g_assert_no_error (error);
}

static char *
postgresql_url (const char *name) {
  return g_strdup_printf ("postgresql://retailai@/%s?host=%s/cluster", name, scratch_folder ());
}

static RaiDb *
connect_server (void) {
  if (!server)
    start_server ();

  g_autofree char *url = postgresql_url ("postgres");
  for (int i = 0; i < 200; i++) {
    RaiDb *db = rai_db_open (url, 0, NULL);
    if (db != NULL)
      return db;
    g_usleep (50000);
  }

  g_error ("PostgreSQL did not start");
  return NULL;
}

char *
rai_test_db_url (RaiDbKind kind) {
  g_autofree char *name = g_strdup_printf ("test_%u", ++n_databases);
  if (kind == RAI_DB_SQLITE)
    return g_strdup_printf ("sqlite:%s/%s.db", scratch_folder (), name);
  g_assert_true (rai_test_db_have_postgresql ());
  g_autoptr (RaiDb) db = connect_server ();

  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s", name);
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);

  return postgresql_url (name);
}

RaiDb *
rai_test_db_new_at (RaiDbKind kind, char **url) {
  g_autofree char *made = rai_test_db_url (kind);
  g_autoptr (GError) error = NULL;

  RaiDb *db = rai_db_open (made, RAI_DB_OPEN_CREATE, &error);
  g_assert_no_error (error);
  rai_migration_run (db, &error);
  g_assert_no_error (error);
  if (url != NULL)
    *url = g_steal_pointer (&made);

  return db;
}

RaiDb *
rai_test_db_new (RaiDbKind kind) {
  return rai_test_db_new_at (kind, NULL);
}

static void
run_case (const void *data) {
  const Case *test = data;
  if (test->kind == RAI_DB_POSTGRESQL && !rai_test_db_have_postgresql ()) {
    g_test_skip ("PostgreSQL's server is not installed");
    return;
  }
  g_autoptr (RaiDb) db = rai_test_db_new (test->kind);
  test->test (db);
}

void
rai_test_db_add (const char *path, void (*test) (RaiDb *db)) {
  const RaiDbKind kinds[] = { RAI_DB_SQLITE, RAI_DB_POSTGRESQL };
  const char *names[] = { "sqlite", "postgresql" };
  for (int i = 0; i < 2; i++) {
    g_autofree char *full = g_strdup_printf ("%s/%s", path, names[i]);
    Case *one = g_new (Case, 1);
    one->kind = kinds[i];
    one->test = test;
    g_test_add_data_func_full (full, one, run_case, g_free);
  }
}

static const char fill[] =
    "INSERT INTO site (id, code, name, region, last_day, rev) VALUES (1, 'S1', 'Harbour Street', "
    "'North', 20500, 1),"
    "  (2, 'S2', 'Mill Lane', 'South', 20500, 1);"
    "INSERT INTO department (id, name, rev) VALUES (1, 'Dairy', 1), (2, 'Bakery', 1);"
    "INSERT INTO supplier (id, code, name, lead_days, rev) VALUES (1, 'U1', 'Green Farm', 2, 1);"
    "INSERT INTO item (id, sku, name, department_id, barcode, supplier_id, pack, price, cost, "
    "shelf_life, rev) VALUES"
    "  (1, 'A1', 'Oat milk 1 l', 1, '4000000000011', 1, 6000, 100, 50, NULL, 1),"
    "  (2, 'A2', 'Butter', 1, '4000000000028', 1, 6000, 200, 100, NULL, 1),"
    "  (3, 'A3', 'Rye bread', 2, '', 1, 1000, 300, 150, NULL, 1),"
    "  (4, 'A4', 'Croissant', 2, '', 1, 1000, 400, 200, NULL, 1),"
    "  (5, 'A5', 'Fresh cheese', 1, '', NULL, 1000, 500, 250, 3, 1);"
    "INSERT INTO stock (site_id, item_id, on_hand, quantity_7, quantity_28, quantity_91, "
    "revenue_28, revenue_365,"
    "  last_sale, tracked, rev) SELECT 1, id, 10000, 1000, 1000, 1000, price, price, 20500, 1, 1 "
    "FROM item;"
    "INSERT INTO stock (site_id, item_id, on_hand, tracked, rev) SELECT 2, id, 20000, 1, 1 FROM "
    "item;"
    "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity, account_id, rev)"
    "  SELECT '01970000-0000-7000-8000-00000000000' || CAST(id AS TEXT), 1, id, 0, 20499, "
    "'opening', 11000, 0, 1"
    "  FROM item;"
    "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity, account_id, rev)"
    "  SELECT '01970000-0000-7000-8000-00000000001' || CAST(id AS TEXT), 2, id, 0, 20499, "
    "'opening', 20000, 0, 1"
    "  FROM item;"
    "INSERT INTO item_day (site_id, item_id, day, quantity, revenue, rev)"
    "  SELECT 1, id, 20500, 1000, price, 1 FROM item;"
    "INSERT INTO site_day (site_id, day, quantity, revenue, cost, receipts, rev) VALUES (1, 20500, "
    "5000, 1500, 750, 3, "
    "1);"
    "INSERT INTO department_day (site_id, department_id, day, quantity, revenue, cost, rev) VALUES"
    "  (1, 1, 20500, 3000, 800, 400, 1), (1, 2, 20500, 2000, 700, 350, 1);"
    "INSERT INTO site_month (site_id, month, quantity, revenue, cost, receipts, rev)"
    "  VALUES (1, 24313, 5000, 1500, 750, 3, 1);"
    "INSERT INTO purchase_order (id, site_id, supplier_id, status, order_day, delivery_day, total, "
    "protects, rev) "
    "VALUES"
    "  ('" RAI_TEST_ORDER "', 1, 1, 'proposed', 20501, 20503, 1200, 900, 1);"
    "INSERT INTO order_line (order_id, item_id, site_id, quantity, proposed, cost, rev) VALUES"
    "  ('" RAI_TEST_ORDER "', 1, 1, 12000, 12000, 50, 1), ('" RAI_TEST_ORDER
    "', 2, 1, 6000, 6000, 100, 1);"
    "INSERT INTO alert (id, cause, kind, site_id, item_id, severity, money, state, opened_at, "
    "changed_at, rev) VALUES"
    "  ('" RAI_TEST_ALERT
    "', 'stock_out_predicted/1/3', 'stock_out_predicted', 1, 3, 2, 4500, 'open', 0, 0, 1);"
    "INSERT INTO plan (site_id, item_id, status, reason, daily, lead_days, order_point, "
    "order_up_to, rev)"
    "  SELECT 1, id, 'fine', 'enough', 1, 2, 4000, 9000, 1 FROM item;"
    "INSERT INTO account (id, login, name, role, all_sites, created_at, rev) VALUES (1, 'root', "
    "'Ann', 'admin', 1, 0, "
    "1),"
    "  (2, 'mia', 'Mia', 'store_manager', 0, 0, 1), (3, 'sam', 'Sam', 'associate', 0, 0, 1),"
    "  (4, 'reg', 'Reg', 'regional_manager', 1, 0, 1);"
    "INSERT INTO account_site (account_id, site_id) VALUES (2, 1), (3, 1);"
    "INSERT INTO person (site_id, id, name, rev) SELECT 0, id, name, 1 FROM account "
    "WHERE all_sites = 1;"
    "INSERT INTO person (site_id, id, name, rev) SELECT s.site_id, a.id, a.name, 1 FROM account a "
    "JOIN account_site s ON s.account_id = a.id;"
    "UPDATE feed SET revision = 1;";

void
rai_test_db_fill (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_db_begin_write (db, &error);
  g_assert_no_error (error);
  rai_db_exec (db, fill, &error);
  g_assert_no_error (error);
  rai_db_commit (db, &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *path) {
  g_autoptr (GDir) folder =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (folder && (name = g_dir_read_name (folder))) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_tree (child);
  }
  g_remove (path);
}

int
rai_test_db_end (int status) {
  if (server) {
    kill (server, SIGINT);
    waitpid (server, NULL, 0);
    server = 0;
  }

  if (scratch)
    remove_tree (scratch);
  g_clear_pointer (&scratch, g_free);
  g_clear_pointer (&binaries, g_free);

  return status;
}
