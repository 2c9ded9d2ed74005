/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-restore.h"

#include "rai-test-db.h"
#include "rai-test-server.h"

#include <glib/gstdio.h>
#include <string.h>

/* A backup is put back; what is no whole backup of ours replaces nothing; what is replaced is kept.
 * Each on SQLite and PostgreSQL. */

typedef struct {
  RaiDbKind kind;
  char *folder;
  char *url;
  char *backup;
} Shop;

static int64_t
number (const char *url, const char *sql) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (url, 0, &error);
  int64_t n = -1;
  g_assert_no_error (error);
  rai_db_get_int (db, sql, NULL, 0, 0, &n, &error);
  g_assert_no_error (error);
  return n;
}

static void
change (const char *url, const char *sql) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (url, 0, &error);
  g_assert_no_error (error);
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static char *
new_filled (RaiDbKind kind) {
  char *url = NULL;
  g_autoptr (RaiDb) db = rai_test_db_new_at (kind, &url);
  change (url, "INSERT INTO account (id, login, name, role, all_sites, created_at, rev) "
               "VALUES (1, 'ada', 'Ada', 'admin', 1, 1, 1)");
  return url;
}

static void
open_shop (Shop *shop, RaiDbKind kind) {
  shop->kind = kind;
  shop->folder = g_dir_make_tmp ("retailai-restore-XXXXXX", NULL);
  shop->url = new_filled (kind);
  shop->backup = g_build_filename (shop->folder, "backup", NULL);
  g_assert_cmpint (
      rai_test_server_run (NULL, NULL, NULL, "--db", shop->url, "backup", shop->backup, NULL), ==,
      0);
}

static void
close_shop (Shop *shop) {
  g_autoptr (GDir) folder = g_dir_open (shop->folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (shop->folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (shop->folder);
  g_free (shop->folder);
  g_free (shop->url);
  g_free (shop->backup);
}

static int
restore (const Shop *shop, const char *path, char **errors) {
  return rai_test_server_run (NULL, NULL, errors, "--db", shop->url, "restore", "--force", path,
                              NULL);
}

/* Where the message says that what was replaced is kept. */
static char *
kept_path (const char *errors) {
  const char *at = strstr (errors, "is kept in ");
  g_assert_nonnull (at);
  return g_strndup (at + strlen ("is kept in "), strcspn (at + strlen ("is kept in "), "\n"));
}

/* Twice within a moment: neither takes the other's place. */
static void
kept_each_time (const void *kind) {
  Shop shop;
  open_shop (&shop, GPOINTER_TO_INT (kind));
  g_autofree char *first = NULL, *second = NULL;

  change (shop.url, "UPDATE account SET name = 'changed'");
  g_assert_cmpint (restore (&shop, shop.backup, &first), ==, 0);
  g_assert_cmpint (number (shop.url, "SELECT count(*) FROM account WHERE name = 'changed'"), ==, 0);
  g_assert_cmpint (restore (&shop, shop.backup, &second), ==, 0);

  g_autofree char *one = kept_path (first), *two = kept_path (second);
  g_assert_cmpstr (one, !=, two);
  g_assert_cmpint (restore (&shop, one, NULL), ==, 0);
  g_assert_cmpint (number (shop.url, "SELECT count(*) FROM account WHERE name = 'changed'"), >, 0);
  close_shop (&shop);
}

/* A backup of that database after `sql`, which is no whole one any more. */
static void
check_refused (Shop *shop, const char *sql, const char *word) {
  g_autofree char *url = new_filled (shop->kind), *errors = NULL;
  g_autofree char *path = g_build_filename (shop->folder, "wrong", NULL);
  int64_t before = number (shop->url, "SELECT count(*) FROM account");

  change (url, sql);
  if (shop->kind == RAI_DB_SQLITE) {
    g_autoptr (GError) error = NULL;
    g_autofree char *copy = g_strdup_printf ("VACUUM INTO '%s'", path);
    change (url, copy);
  } else {
    g_autofree char *command = g_strdup_printf ("pg_dump -Fc -f '%s' '%s'", path, url);
    g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  }

  g_assert_cmpint (restore (shop, path, &errors), ==, 1);
  if (strstr (errors, word) == NULL || strstr (errors, "nothing was replaced") == NULL)
    g_error ("“%s” does not tell of %s", errors, word);
  g_assert_cmpint (number (shop->url, "SELECT count(*) FROM account"), ==, before);
  g_unlink (path);
}

static void
wrong_replaces_nothing (const void *kind) {
  Shop shop;
  open_shop (&shop, GPOINTER_TO_INT (kind));

  check_refused (&shop, "DROP TABLE meta", "meta is missing");
  check_refused (&shop, "DROP TABLE migration", "no backup of RetailAI");
  check_refused (&shop, "DELETE FROM migration", "which schema");
  check_refused (
      &shop,
      "INSERT INTO migration (number, name, checksum, applied_at) VALUES (9999, 'x', 'y', 1)",
      "newer");
  check_refused (&shop, "DELETE FROM account_site; DELETE FROM account", "no account");
  check_refused (&shop,
                 "INSERT INTO site_day (site_id, day, quantity, revenue, cost, receipts, rev) "
                 "VALUES (1, 20500, 1000, 100, 50, 0, 1)",
                 "Sales of stores by day");
  check_refused (
      &shop,
      "/*sqlite CREATE TRIGGER evil AFTER INSERT ON command_log BEGIN DELETE FROM account; END */"
      "/*postgresql CREATE FUNCTION evil () RETURNS trigger LANGUAGE plpgsql AS "
      "'BEGIN DELETE FROM account; RETURN NEW; END'; CREATE TRIGGER evil AFTER INSERT ON "
      "command_log FOR EACH ROW EXECUTE FUNCTION evil () */",
      "trigger evil");

  g_autofree char *text = g_build_filename (shop.folder, "text", NULL);
  g_assert_true (g_file_set_contents (text, "\x1b[31m no backup at all\n", -1, NULL));
  g_autofree char *errors = NULL;
  g_assert_cmpint (restore (&shop, text, &errors), ==, 1);
  g_assert_null (strchr (errors, '\x1b'));
  g_assert_cmpint (restore (&shop, "/nonexistent", NULL), ==, 1);

  /* Nothing is left beside it, for nothing was replaced. */
  g_autoptr (GDir) folder = g_dir_open (shop.folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (folder)) != NULL)
    g_assert_true (g_str_equal (name, "backup") || g_str_equal (name, "text"));
  close_shop (&shop);
}

/* A version before the newest is brought up to date before it replaces anything. */
static void
older_is_migrated (const void *kind) {
  Shop shop;
  open_shop (&shop, GPOINTER_TO_INT (kind));
  g_autofree char *old = rai_test_db_url (shop.kind);
  g_autofree char *sql = NULL, *path = g_build_filename (shop.folder, "old", NULL);
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "data", "schema", "0001.sql", NULL);
  g_assert_true (g_file_get_contents (source, &sql, NULL, NULL));
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (RaiDb) db = rai_db_open (old, RAI_DB_OPEN_CREATE, &error);
    rai_db_exec (db, sql, &error);
    g_assert_no_error (error);
    rai_db_exec (db,
                 "INSERT INTO account (id, login, name, role, all_sites, created_at, rev) "
                 "VALUES (1, 'old', 'Old', 'admin', 1, 1, 1)",
                 &error);
    g_assert_no_error (error);
  }
  if (shop.kind == RAI_DB_SQLITE) {
    g_autofree char *copy = g_strdup_printf ("VACUUM INTO '%s'", path);
    change (old, copy);
  } else {
    g_autofree char *command = g_strdup_printf ("pg_dump -Fc -f '%s' '%s'", path, old);
    g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  }

  g_assert_cmpint (restore (&shop, path, NULL), ==, 0);
  g_assert_cmpint (number (shop.url, "SELECT count(*) FROM account WHERE login = 'old'"), ==, 1);
  g_assert_cmpint (number (shop.url, "SELECT count(*) FROM sale_aside"), ==, 0);
  close_shop (&shop);
}

/* The same database as another role. */
static char *
url_as (const char *url, const char *role) {
  g_autofree char *user = g_strdup_printf ("//%s@", role);
  g_autoptr (GString) other = g_string_new (url);
  g_assert_cmpuint (g_string_replace (other, "//retailai@", user, 1), ==, 1);
  return g_string_free (g_steal_pointer (&other), FALSE);
}

static void
check_told (const Shop *shop, const char *what) {
  g_autofree char *errors = NULL;
  g_assert_cmpint (restore (shop, shop->backup, &errors), ==, 1);
  if (strstr (errors, what) == NULL || strstr (errors, "nothing was replaced") == NULL)
    g_error ("“%s” does not tell of %s", errors, what);
}

/* What a role of PostgreSQL lacks is told with the words that give it. */
static void
rights_are_told (void) {
  Shop shop;
  open_shop (&shop, RAI_DB_POSTGRESQL);
  g_autofree char *owner = g_steal_pointer (&shop.url);
  shop.url = url_as (owner, "clerk");
  change (owner, "CREATE ROLE clerk LOGIN");

  /* A connection of a role that is not told of. */
  g_autoptr (RaiDb) service = rai_db_open (owner, 0, NULL);
  check_told (&shop, "is in use");
  g_clear_pointer (&service, rai_db_close);

  check_told (&shop, "ALTER ROLE clerk CREATEDB;");
  change (owner, "ALTER ROLE clerk CREATEDB");
  check_told (&shop, "restore as that one: retailai");
  change (owner,
          "CREATE FUNCTION give () RETURNS void LANGUAGE plpgsql AS 'DECLARE t record; BEGIN "
          "FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = ''public'' LOOP "
          "EXECUTE format (''ALTER TABLE %I OWNER TO clerk'', t.tablename); END LOOP; END';"
          "SELECT give (); DROP FUNCTION give ()");
  check_told (&shop, "GRANT CREATE ON SCHEMA public TO clerk;");
  change (owner, "GRANT CREATE ON SCHEMA public TO clerk");

  change (owner, "UPDATE account SET name = 'changed'");
  g_assert_cmpint (restore (&shop, shop.backup, NULL), ==, 0);
  g_assert_cmpint (number (shop.url, "SELECT count(*) FROM account WHERE name = 'changed'"), ==, 0);
  close_shop (&shop);
}

static void
add (const char *path, GTestDataFunc test) {
  g_autofree char *sqlite = g_strconcat (path, "/sqlite", NULL);
  g_autofree char *postgresql = g_strconcat (path, "/postgresql", NULL);
  g_test_add_data_func (sqlite, GINT_TO_POINTER (RAI_DB_SQLITE), test);
  if (rai_test_db_have_postgresql ())
    g_test_add_data_func (postgresql, GINT_TO_POINTER (RAI_DB_POSTGRESQL), test);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  add ("/cli-restore/kept", kept_each_time);
  add ("/cli-restore/wrong", wrong_replaces_nothing);
  add ("/cli-restore/older", older_is_migrated);
  if (rai_test_db_have_postgresql ())
    g_test_add_func ("/cli-restore/rights/postgresql", rights_are_told);
  return rai_test_db_end (g_test_run ());
}
