/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli.h"

#include "rai-test-db.h"
#include "rai-test-server.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* The command line as people and scripts meet it: output, messages, exit status. */

static void
check_usage (const char *word, ...) {
  g_autofree char *errors = NULL;

  g_assert_cmpint (rai_test_server_run (NULL, NULL, &errors, word, NULL), ==, 2);
  g_assert_nonnull (strstr (errors, "--help"));
}

static void
test_usage (void) {
  g_autofree char *errors = NULL, *output = NULL;

  g_assert_cmpint (rai_test_server_run (NULL, NULL, &errors, NULL), ==, 2);
  for (int i = 0; rai_cli_commands[i]; i++)
    g_assert_nonnull (strstr (errors, rai_cli_commands[i]->name));
  g_assert_cmpint (rai_test_server_run (NULL, &output, NULL, "--help", NULL), ==, 0);
  g_assert_nonnull (strstr (output, "serve"));
  check_usage ("no-such-command", NULL);
  check_usage ("--no-such-option", NULL);
  g_clear_pointer (&errors, g_free);
  g_assert_cmpint (rai_test_server_run (NULL, NULL, &errors, "serve", "--rate", "x", NULL), ==, 2);
  g_clear_pointer (&errors, g_free);
  g_assert_cmpint (rai_test_server_run (NULL, NULL, &errors, "init", "something", NULL), ==, 2);
  g_assert_nonnull (strstr (errors, "something"));
}

/* Each command explains itself. */
static void
test_help (void) {
  for (int i = 0; rai_cli_commands[i]; i++) {
    g_autofree char *output = NULL;
    g_assert_cmpint (
        rai_test_server_run (NULL, &output, NULL, rai_cli_commands[i]->name, "--help", NULL), ==,
        0);
    g_assert_nonnull (strstr (output, rai_cli_commands[i]->title));
    g_assert_nonnull (strstr (output, "--db=URL"));
  }
}

static char *
scratch_url (void) {
  g_autofree char *folder = g_dir_make_tmp ("retailai-cli-XXXXXX", NULL);

  return g_strconcat ("sqlite:", folder, "/deep/er/shop.db", NULL);
}

static void
remove_scratch (const char *url) {
  g_autofree char *folder = g_path_get_dirname (url + strlen ("sqlite:"));
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *top = g_path_get_dirname (parent);
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", top);

  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
}

static char *
secret_in (const char *output) {
  const char *at = strstr (output, "secret: ");

  g_assert_nonnull (at);
  return g_strndup (at + strlen ("secret: "), strcspn (at + strlen ("secret: "), "\n"));
}

/* From nothing to an administrator who is signed in; no default password on the way. */
static void
test_init (void) {
  g_autofree char *url = scratch_url (), *output = NULL, *again = NULL;

  g_assert_cmpint (rai_test_server_run (NULL, &output, NULL, "--db", url, "init", NULL), ==, 0);
  g_assert_cmpint (rai_test_server_run (NULL, &again, NULL, "--db", url, "init", NULL), ==, 0);
  g_assert_cmpstr (again, ==, "");

  g_autofree char *secret = secret_in (output);
  RaiTestServer *server = rai_test_server_start (url, NULL);
  g_autofree char *bare = g_strdup_printf ("{\"login\":\"admin\",\"password\":\"%s\"}", secret);
  g_autofree char *good = g_strdup_printf (
      "{\"login\":\"admin\",\"password\":\"%s\",\"new_password\":\"" RAI_TEST_PASSWORD "\"}",
      secret);

  g_autoptr (RaiTestReply) refused =
      rai_test_server_send (server, "POST", "/v1/auth/login", NULL, bare, NULL);
  g_autoptr (RaiTestReply) done =
      rai_test_server_send (server, "POST", "/v1/auth/login", NULL, good, NULL);
  g_assert_cmpint (refused->status, ==, 403);
  g_assert_cmpint (done->status, ==, 200);
  rai_test_server_stop (server);
  remove_scratch (url);
}

/* The owner of a shop on one's own computer: made with the database, and nowhere else. */
static void
test_owner (void) {
  g_autofree char *url = scratch_url (), *output = NULL, *errors = NULL, *list = NULL;
  g_assert_cmpint (rai_test_server_run ("short\n", NULL, &errors, "--db", url, "init", "--owner",
                                        "Ada Lovelace", "--password-stdin", NULL),
                   ==, 1);
  g_clear_pointer (&errors, g_free);
  g_assert_cmpint (rai_test_server_run (RAI_TEST_PASSWORD "\n", &output, NULL, "--db", url, "init",
                                        "--owner", "Ada Lovelace", "--password-stdin", NULL),
                   ==, 0);
  g_assert_cmpstr (output, ==, "");
  g_assert_cmpint (rai_test_server_run (NULL, &list, NULL, "--db", url, "user", "list", NULL), ==,
                   0);
  g_assert_nonnull (strstr (list, "owner"));
  g_assert_nonnull (strstr (list, "Ada Lovelace"));
  g_assert_null (strstr (list, "admin"));
  g_assert_cmpint (rai_test_server_run (NULL, NULL, &errors, "--db", url, "user", "add", "eve",
                                        "--role", "owner", "--sites", "all", NULL),
                   ==, 1);
  g_assert_nonnull (strstr (errors, "nobody is given that role"));
  remove_scratch (url);
}

static void
test_users (void) {
  g_autofree char *url = scratch_url (), *output = NULL, *errors = NULL;

  g_assert_cmpint (rai_test_server_run (NULL, NULL, NULL, "--db", url, "init", NULL), ==, 0);
  g_assert_cmpint (rai_test_server_run ("nine green apples\n", NULL, NULL, "--db", url, "user",
                                        "add", "bob", "--role", "executive", "--sites", "all",
                                        "--password-stdin", NULL),
                   ==, 0);
  g_assert_cmpint (rai_test_server_run ("short\n", NULL, &errors, "--db", url, "user", "add", "eve",
                                        "--role", "executive", "--sites", "all", "--password-stdin",
                                        NULL),
                   ==, 1);
  g_assert_nonnull (strstr (errors, "15"));
  g_clear_pointer (&errors, g_free);
  g_assert_cmpint (rai_test_server_run (NULL, NULL, &errors, "--db", url, "user", "add", "bob",
                                        "--role", "executive", "--sites", "all", NULL),
                   ==, 1);
  g_clear_pointer (&errors, g_free);
  g_assert_cmpint (rai_test_server_run (NULL, NULL, &errors, "--db", url, "user", "add", "eve",
                                        "--role", "king", "--sites", "all", NULL),
                   ==, 1);
  g_assert_nonnull (strstr (errors, "king"));
  g_clear_pointer (&errors, g_free);
  g_assert_cmpint (
      rai_test_server_run (NULL, NULL, &errors, "--db", url, "user", "add", "eve", NULL), ==, 2);
  g_assert_cmpint (
      rai_test_server_run (NULL, &output, NULL, "--db", url, "user", "list", "--json", NULL), ==,
      0);
  g_assert_nonnull (strstr (output, "\"login\":\"bob\""));
  g_assert_null (strstr (output, "\"eve\""));

  RaiTestServer *server = rai_test_server_start (url, NULL);
  g_autofree char *token = rai_test_server_login (server, "bob");
  g_assert_cmpint (rai_test_server_run (NULL, NULL, NULL, "--db", url, "user", "role", "bob",
                                        "--role", "admin", "--sites", "all", NULL),
                   ==, 0);
  g_assert_cmpint (
      rai_test_server_run (NULL, NULL, NULL, "--db", url, "user", "disable", "admin", NULL), ==, 0);
  g_autofree char *last = NULL;
  g_assert_cmpint (
      rai_test_server_run (NULL, NULL, &last, "--db", url, "user", "disable", "bob", NULL), ==, 1);
  g_assert_nonnull (strstr (last, "last administrator"));
  g_usleep (700 * 1000);
  g_autoptr (RaiTestReply) accounts =
      rai_test_server_send (server, "GET", "/v1/accounts", token, NULL, NULL);
  g_assert_cmpint (accounts->status, ==, 200);
  g_assert_cmpint (rai_test_server_run (NULL, NULL, NULL, "--db", url, "user", "add", "ann",
                                        "--role", "admin", "--sites", "all", NULL),
                   ==, 0);
  g_assert_cmpint (
      rai_test_server_run (NULL, NULL, NULL, "--db", url, "user", "disable", "bob", NULL), ==, 0);
  g_usleep (700 * 1000);
  g_autoptr (RaiTestReply) reply =
      rai_test_server_send (server, "GET", "/v1/account", token, NULL, NULL);
  g_assert_cmpstr (rai_test_reply_text (reply, "code"), ==, "disabled");
  rai_test_server_stop (server);
  remove_scratch (url);
}

static void
test_wrong_database (void) {
  g_autofree char *errors = NULL, *other = NULL;

  g_assert_cmpint (rai_test_server_run (NULL, NULL, &errors, "--db", "sqlite:/no/such/folder/x.db",
                                        "serve", NULL),
                   ==, 1);
  g_assert_nonnull (strstr (errors, "init"));
  g_assert_cmpint (rai_test_server_run (NULL, NULL, &other, "--db", "mysql://x", "serve", NULL), ==,
                   2);
  g_assert_nonnull (strstr (other, "sqlite:"));
}

/* What is backed up comes back, and the sums still agree. */
static void
test_backup (void) {
  g_autofree char *url = scratch_url (), *errors = NULL, *days = NULL, *same = NULL, *checks = NULL;
  g_autofree char *copy = g_strconcat (url + strlen ("sqlite:"), ".backup", NULL);
  g_autofree char *second = g_strconcat (url, ".second", NULL);

  g_assert_cmpint (rai_test_server_run (NULL, NULL, NULL, "--db", url, "init", NULL), ==, 0);
  g_assert_cmpint (rai_test_server_run (NULL, NULL, NULL, "--db", url, "generate", "--size",
                                        "small", "-q", NULL),
                   ==, 0);
  g_assert_cmpint (rai_test_server_run (NULL, &checks, NULL, "--db", url, "verify", NULL), ==, 0);
  g_assert_null (strstr (checks, "BROKEN"));
  g_assert_cmpint (rai_test_server_run (NULL, NULL, NULL, "--db", url, "backup", copy, NULL), ==,
                   0);
  g_assert_cmpint (rai_test_server_run (NULL, NULL, &errors, "--db", url, "backup", copy, NULL), ==,
                   1);
  g_clear_pointer (&errors, g_free);
  g_assert_cmpint (rai_test_server_run (NULL, NULL, &errors, "--db", url, "restore", copy, NULL),
                   ==, 1);
  g_assert_nonnull (strstr (errors, "--force"));
  g_assert_cmpint (rai_test_server_run (NULL, NULL, NULL, "--db", second, "restore", copy, NULL),
                   ==, 0);
  g_assert_cmpint (
      rai_test_server_run (NULL, &days, NULL, "--db", url, "export", "site-months", NULL), ==, 0);
  g_assert_cmpint (
      rai_test_server_run (NULL, &same, NULL, "--db", second, "export", "site-months", NULL), ==,
      0);
  g_assert_cmpstr (days, ==, same);
  g_assert_true (strlen (days) > 200);
  remove_scratch (url);
}

static void
test_openapi (void) {
  g_autofree char *output = NULL;

  g_assert_cmpint (rai_test_server_run (NULL, &output, NULL, "openapi", NULL), ==, 0);
  g_autoptr (JsonNode) node = json_from_string (output, NULL);
  g_assert_nonnull (node);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "openapi"), ==,
                   "3.1.0");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/usage", test_usage);
  g_test_add_func ("/cli/help", test_help);
  g_test_add_func ("/cli/init", test_init);
  g_test_add_func ("/cli/owner", test_owner);
  g_test_add_func ("/cli/users", test_users);
  g_test_add_func ("/cli/wrong-database", test_wrong_database);
  g_test_add_func ("/cli/backup", test_backup);
  g_test_add_func ("/cli/openapi", test_openapi);

  return rai_test_db_end (g_test_run ());
}
