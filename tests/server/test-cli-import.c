/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* The program itself: retailai-server import and generate, as scripts call them. */

static char *folder;
static char *url;

typedef struct {
  int status;
  char *output;
  char *errors;
} Outcome;

static void
outcome_clear (Outcome *outcome) {
  g_free (outcome->output);
  g_free (outcome->errors);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

/* Runs `retailai-server --db URL words...` with the input. */
static Outcome
run (const char *input, const char *words) {
  g_autofree char *program =
      g_build_filename (g_getenv ("RAI_BUILD_DIR"), "src", "server", "retailai-server", NULL);
  g_auto (GStrv) split = g_strsplit (words, " ", -1);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_ptr_array_add (arguments, program);
  g_ptr_array_add (arguments, "--db");
  g_ptr_array_add (arguments, url);
  for (int i = 0; split[i] != NULL; i++)
    g_ptr_array_add (arguments, split[i]);

  g_ptr_array_add (arguments, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                 G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_cwd (launcher, folder);
  g_autoptr (GSubprocess) process =
      g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments->pdata, &error);
  g_assert_no_error (error);
  Outcome outcome = { 0 };
  g_subprocess_communicate_utf8 (process, input, NULL, &outcome.output, &outcome.errors, &error);
  g_assert_no_error (error);
  outcome.status = g_subprocess_get_exit_status (process);
  g_test_message ("%s: %d\n%s%s", words, outcome.status, outcome.output, outcome.errors);

  return outcome;
}

static void
expect (const char *input, const char *words, int status, const char *message) {
  g_auto (Outcome) outcome = run (input, words);
  g_assert_cmpint (outcome.status, ==, status);
  g_assert_true (message == NULL || strstr (outcome.output, message) != NULL ||
                 strstr (outcome.errors, message) != NULL);
}

static int64_t
member (JsonObject *object, const char *name) {
  g_assert_true (json_object_has_member (object, name));
  return json_object_get_int_member (object, name);
}

#define ROWS \
  "site,item,date,quantity,price\nS1,100,2024-03-01,5,2.00\nS1,100,2024-03-02,7,2.00\nS1,100," \
  "2024-03-03,many,2.00\n"

static void
test_json (void) {
  g_auto (Outcome) outcome = run (ROWS, "import sales - --json");
  g_assert_cmpint (outcome.status, ==, 3);
  g_assert_cmpstr (outcome.errors, ==, "");
  g_autoptr (JsonNode) root = json_from_string (outcome.output, NULL);

  JsonObject *object = json_node_get_object (root);
  g_assert_cmpint (member (object, "read"), ==, 3);
  g_assert_cmpint (member (object, "added"), ==, 2);
  g_assert_cmpint (member (object, "unchanged"), ==, 0);
  g_assert_cmpint (member (object, "skipped"), ==, 0);
  g_assert_cmpint (member (object, "rejected"), ==, 1);

  JsonObject *reason =
      json_array_get_object_element (json_object_get_array_member (object, "reasons"), 0);
  g_assert_cmpint (member (reason, "first_line"), ==, 4);
  g_assert_cmpstr (json_object_get_string_member (reason, "example"), ==, "many");
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (object, "notices")), ==, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "rejects_file"), ==, "stdin.rejects.csv");

  g_autofree char *rejects = g_build_filename (folder, "stdin.rejects.csv", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (rejects, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "line,reason,site,item,date,quantity,price\n"
                   "4,the quantity is not a number,S1,100,2024-03-03,many,2.00\n");
}

static void
test_text (void) {
  expect (ROWS, "import sales -", 3,
          "3 rows read: 0 added, 2 unchanged, 0 set aside, 0 skipped, 1 rejected");
  expect (ROWS, "import sales - --dry-run", 3, "Dry run, nothing was changed. 3 rows read");
  expect (ROWS, "import sales -", 3, "1 × the quantity is not a number (first in line 4: “many”)");
}

/* 0 only when nothing of a real line was left out: what waits is kept, and what is no sale is
 * none. */
static void
test_status (void) {
  static const char aside[] = "site,receipt,time,item,quantity,amount\n"
                              "S1,1,2099-03-01 09:00,100,1,2.00\n";
  static const char charges[] = "Invoice,StockCode,Description,Quantity,InvoiceDate,Price\n"
                                "1,22111,Bottle,1,2010-12-01 11:45,4.95\n"
                                "2,22112,Lost,-5,2010-12-01 11:45,0\n";
  static const char items[] = "item,name,barcode\n200,Bottle,1.23457E+11\n";
  expect (aside, "import receipts -", 0, "1 receipts set aside");
  expect (charges, "import receipts - --preset online-retail --site S1", 0,
          "2 rows read: 1 added, 0 unchanged, 0 set aside, 1 skipped, 0 rejected");
  expect (items, "import items -", 0, "1 barcodes were cut by a spreadsheet");
  expect (items, "import items - --json", 0, "\"notices\":[\"1 barcodes were cut");
  expect ("item,name,unit\n100,Bottle,kg\n", "import items -", 3,
          "the item has stock or sales in another unit");
}

/* How a file would be read, without a database. */
static void
test_look (void) {
  expect (ROWS, "import auto - --look", 0, "sales: Totals of an hour");
  expect (ROWS, "import auto - --look", 0, "line 4, quantity: the quantity is not a number");
  expect (ROWS, "import auto - --look --json", 0, "\"encoding\":\"UTF-8\"");
  expect (ROWS, "import sales - --look --map quantity=price", 0, "quantity");
  expect ("", "import auto - --look", 1, "the file is empty");
  expect (ROWS, "import auto - --look --encoding none", 2, "there is no encoding “none”");
  expect (ROWS, "import sales - --map colour=1", 2, "--map is FIELD=COLUMN");
  expect ("Laden;Ware;Wann;Wieviel\nS1;100;2024-03-05;2\n",
          "import sales - --map date=Wann --map item=Ware --map quantity=4", 2, "the fields are");
  expect ("Laden;Ware;Wann;Wieviel\nS1;100;2024-03-05;2\n",
          "import sales - --map time=Wann --map item=Ware --map quantity=4", 0, "1 added");
}

static void
test_failures (void) {
  expect ("", "import sales -", 1, "the file is empty");
  expect ("", "import sales nowhere.csv", 1, "nowhere.csv");
  expect (ROWS, "import receipts -", 1, "the column receipt is missing");
  expect (ROWS, "import sales", 2, "--help");
  expect (ROWS, "import tickets -", 2, "there is no kind “tickets”");
  expect (ROWS, "import sales - --decimal x", 2, "--decimal is . or ,");
  expect (ROWS, "import sales - --preset other", 2, "there is no preset “other”");
  expect (ROWS, "import --help", 0, "Examples:");
  expect ("", "generate", 1, "already holds 1 stores");
  expect ("", "generate --size huge", 2, "--size is small or full");
  expect ("", "generate --through tomorrow", 2, "--through wants a day");
}

/* A store that is not there is asked for. */
static void
test_unknown_site (void) {
  static const char rows[] = "site,item,date,quantity\nS9,100,2024-03-01,5\n";
  expect (rows, "import sales -", 1, "there is no store “S9”");
  expect (rows, "import sales - --new-sites", 2, "--zone Europe/Berlin");
  expect (rows, "import sales - --new-sites --zone UTC --currency EUR --dry-run", 0,
          "1 new stores");
}

static void
test_generate (void) {
  g_autofree char *other = g_strdup_printf ("sqlite:%s/demo.db", folder);
  g_free (g_steal_pointer (&url));
  url = g_strdup (other);
  expect ("", "init", 0, NULL);
  g_auto (Outcome) outcome = run ("", "generate --size small --through 2026-06-30 --json");
  g_assert_cmpint (outcome.status, ==, 0);
  g_autoptr (JsonNode) root = json_from_string (outcome.output, NULL);

  JsonObject *object = json_node_get_object (root);
  g_assert_cmpint (member (object, "sites"), ==, 2);
  g_assert_cmpint (member (object, "lines"), >, 40000);
  g_assert_cmpstr (json_object_get_string_member (object, "through"), ==, "2026-06-30");
}

static void
remove_folder (void) {
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (folder);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("rai-cli-import-XXXXXX", NULL);
  url = g_strdup_printf ("sqlite:%s/shop.db", folder);
  expect ("", "import sales -", 1, NULL);
  expect ("", "init", 0, NULL);
  expect ("", "site add S1 --zone UTC --currency EUR --open mo-su", 0, "code: S1");
  g_test_add_func ("/cli-import/json", test_json);
  g_test_add_func ("/cli-import/text", test_text);
  g_test_add_func ("/cli-import/look", test_look);
  g_test_add_func ("/cli-import/status", test_status);
  g_test_add_func ("/cli-import/unknown-site", test_unknown_site);
  g_test_add_func ("/cli-import/failures", test_failures);
  g_test_add_func ("/cli-import/generate", test_generate);

  int status = g_test_run ();
  remove_folder ();
  g_free (url);
  g_free (folder);

  return status;
}
