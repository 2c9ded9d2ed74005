/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-receipts.h"

#include "db/rai-db-run.h"
#include "rai-test-db.h"
#include "rai-test-import.h"
#include "util/rai-progress.h"

#include <glib/gstdio.h>
#include <string.h>

static const RaiImportOptions receipts = { .kind = "receipts", .zone = "Europe/Berlin" };

#define HEADER "site,receipt,time,item,quantity,amount\n"
/* Receipts of two tills take turns; a line of one of them, and a receipt of one line, are wrong. */
#define CLEAN \
  HEADER "S1,1,2024-03-01 09:00,100,2,3.00\n" \
         "S1,2,2024-03-01 09:01,101,1,2.50\n" \
         "S1,1,2024-03-01 09:00,102,1,1.00\n" \
         "S1,2,2024-03-01 09:01,100,1,1.50\n" \
         "S2,1,2024-03-02 09:00,100,4,6.00\n" \
         "S1,3,2024-03-02 09:30,103,1,9.00\n"

static char *
with (const char *text, const char *from, const char *to) {
  g_auto (GStrv) parts = g_strsplit (text, from, 2);
  g_assert_nonnull (parts[1]);
  return g_strjoinv (to, parts);
}

static char *
wrong_of_clean (void) {
  g_autofree char *one = with (CLEAN, ",102,1,", ",102,many,");
  return with (one, ",103,1,", ",103,none,");
}

/* Imports and gives back what the rejects file holds. */
static char *
import_rejects (RaiDb *db, const char *text, uint64_t added, uint64_t unchanged,
                uint64_t rejected) {
  char *written = NULL;
  g_autofree char *folder = g_dir_make_tmp ("rai-receipts-XXXXXX", NULL);
  g_autofree char *rejects = g_build_filename (folder, "rejects.csv", NULL);
  RaiImportOptions options = receipts;
  options.rejects = rejects;
  rai_test_import_expect (db, options, text, added, unchanged, rejected);
  if (rejected > 0)
    g_assert_true (g_file_get_contents (rejects, &written, NULL, NULL));
  g_unlink (rejects);
  g_rmdir (folder);
  return written;
}

/* All that is told of sales, as a text; ids are left out, for they follow the order of files. */
static bool
add_row (RaiStatement *row, void *data, GError **error) {
  g_string_append_printf (data, "%s|", rai_statement_text (row, 0));
  return true;
}

static char *
state_of (RaiDb *db) {
  static const char *const queries[] = {
    "SELECT s.code || r.number || '/' || CAST(l.line AS TEXT) || i.sku || CAST(l.quantity AS TEXT)"
    " || CAST(l.amount AS TEXT) || CAST(r.sold_at AS TEXT) AS told FROM receipt_line l"
    " JOIN receipt r ON r.id = l.receipt_id JOIN site s ON s.id = r.site_id"
    " JOIN item i ON i.id = l.item_id ORDER BY told",
    "SELECT s.code || i.sku || CAST(d.day AS TEXT) || CAST(d.quantity AS TEXT)"
    " || CAST(d.revenue AS TEXT) AS told FROM item_day d JOIN site s ON s.id = d.site_id"
    " JOIN item i ON i.id = d.item_id ORDER BY told",
    "SELECT s.code || CAST(d.day AS TEXT) || CAST(d.receipts AS TEXT) || CAST(d.revenue AS TEXT)"
    " AS told FROM site_day d JOIN site s ON s.id = d.site_id ORDER BY told",
    "SELECT sku || CAST(price AS TEXT) || CAST(first_day AS TEXT) AS told FROM item ORDER BY told",
    "SELECT code FROM site ORDER BY code",
    "SELECT name FROM department ORDER BY name",
  };
  GString *state = g_string_new (NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autoptr (GError) error = NULL;
    rai_db_each (db, add_row, state, &error, queries[i], "");
    g_assert_no_error (error);
  }
  return g_string_free (state, FALSE);
}

/* The clean file once, on an empty database, and back to nothing. */
static char *
clean_state (RaiDb *db) {
  static const char *const tables[] = { "receipt",    "receipt_line",   "item_day", "site_day",
                                        "site_month", "department_day", "stock",    "item",
                                        "site",       "department" };
  rai_test_import_expect (db, receipts, CLEAN, 6, 0, 0);
  char *state = state_of (db);
  for (size_t i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *sql = g_strconcat ("DELETE FROM ", tables[i], NULL);
    rai_db_exec (db, sql, &error);
    g_assert_no_error (error);
  }
  return state;
}

/* A receipt is left out whole, and leaves nothing behind; repaired, it goes in, by either file
 * first, and all is as of the clean one. */
static void
whole (RaiDb *db) {
  g_autofree char *clean = clean_state (db);
  g_autofree char *wrong = wrong_of_clean ();
  g_autofree char *rejects = import_rejects (db, wrong, 3, 0, 3);
  g_test_message ("%s", rejects);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt"), ==, 2);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item"), ==, 2);
  g_assert_nonnull (strstr (rejects, "\n2,another line of this receipt was left out,S1,1,"));
  g_assert_nonnull (strstr (rejects, "\n4,the quantity is not a number,S1,1,"));
  g_assert_nonnull (strstr (rejects, "\n7,the quantity is not a number,S1,3,"));
  rai_test_verify (db);

  g_autofree char *half = with (rejects, ",102,many,", ",102,1,");
  g_autofree char *repaired = with (half, ",103,none,", ",103,1,");
  g_free (import_rejects (db, wrong, 0, 3, 3));
  g_free (import_rejects (db, repaired, 3, 0, 0));
  g_autofree char *state = state_of (db);
  g_assert_cmpstr (state, ==, clean);
  g_free (import_rejects (db, CLEAN, 0, 6, 0));
  g_free (import_rejects (db, repaired, 0, 3, 0));
  g_autofree char *after = state_of (db);
  g_assert_cmpstr (after, ==, clean);
  rai_test_verify (db);
}

static void
whole_file_first (RaiDb *db) {
  g_autofree char *clean = clean_state (db);
  g_autofree char *wrong = wrong_of_clean ();
  g_autofree char *rejects = import_rejects (db, wrong, 3, 0, 3);
  g_autofree char *half = with (rejects, ",102,many,", ",102,1,");
  g_autofree char *repaired = with (half, ",103,none,", ",103,1,");
  g_free (import_rejects (db, CLEAN, 3, 3, 0));
  g_free (import_rejects (db, repaired, 0, 3, 0));
  g_autofree char *state = state_of (db);
  g_assert_cmpstr (state, ==, clean);
  rai_test_verify (db);
}

/* What speaks against a receipt is found in the database, too: one that is stored with other lines
 * is left out whole, and the item that is new in it is not made. */
static void
stored (RaiDb *db) {
  rai_test_import_expect (db, receipts, CLEAN, 6, 0, 0);
  g_autofree char *rejects = import_rejects (db,
                                             HEADER "S1,1,2024-03-01 09:00,100,2,3.00\n"
                                                    "S1,1,2024-03-01 09:00,new,1,1.00\n"
                                                    "S1,2,2024-03-01 09:01,101,1,2.50\n"
                                                    "S1,2,2024-03-01 09:01,100,7,1.50\n",
                                             0, 0, 4);
  g_assert_nonnull (strstr (rejects, "\n2,another line of this receipt was left out,"));
  g_assert_nonnull (strstr (rejects, "\n3,\"the receipt is stored already, with other lines\","));
  g_assert_nonnull (strstr (rejects, "\n4,another line of this receipt was left out,"));
  g_assert_nonnull (strstr (rejects, "\n5,\"the receipt is stored already, with other lines\","));
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item WHERE sku = 'new'"), ==, 0);
  rai_test_verify (db);
}

/* Rows that are rejected name stores that are none. */
static void
nothing_behind (RaiDb *db) {
  rai_test_import_expect (
      db, receipts,
      "site,receipt,time,item,quantity,amount,department\n"
      "S1,1,2024-03-01 09:00,MUG,2,16.00,Kitchen\nS8,1,2024-03-01 23:59,,2,16.00,Sum\n"
      "S2,2,2024-03-01 10:00,MUG,1,8.00,Kitchen\nS9,2,2024-03-01,CUP,3,n/a,Sums\n",
      2, 0, 2);
  const RaiImportOptions items = { .kind = "items" }, suppliers = { .kind = "suppliers" },
                         sales = { .kind = "sales" }, stock = { .kind = "stock" };
  rai_test_import_expect (db, items, "item,name,department,supplier,price\nX,X,New,NEW,dear\n", 0,
                          0, 1);
  rai_test_import_expect (db, suppliers, "supplier,name,lead_days\nNEW,New,soon\n", 0, 0, 1);
  rai_test_import_expect (db, sales,
                          "site,item,date,quantity,price,department\nS3,X,2024-03-01,many,1,New\n"
                          "S4,Y,2024-03-01,1,dear,New\n",
                          0, 0, 2);
  rai_test_import_expect (db, sales, "site,item,date,quantity\nS5,X,2099-03-01,1\n", 0, 0, 1);
  rai_test_import_expect (db, stock, "site,item,quantity\nS6,MUG,0.5\nS7,CUP,1\n", 0, 0, 2);

  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM site"), ==, 2);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item"), ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM department"), ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM supplier"), ==, 0);
  rai_test_verify (db);
}

/* More rows than are held, of receipts that come back far below. */
static GString *
scattered (const char *last) {
  GString *text = g_string_new (HEADER "S1,first,2024-03-01 09:00,100,1,1.00\n"
                                       "S1,bad,2024-03-01 09:00,100,many,1.00\n");
  for (int i = 0; i < RAI_IMPORT_ROWS_HELD + 100; i++)
    g_string_append_printf (text, "S1,%d,2024-03-01 10:00,100,1,1.00\n", i / 2);
  g_string_append (text, "S1,bad,2024-03-01 09:00,101,1,1.00\n");
  g_string_append (text, last);
  return text;
}

static void
come_back (RaiDb *db) {
  const uint64_t n = RAI_IMPORT_ROWS_HELD + 100;
  g_autoptr (GString) good = scattered ("S1,first,2024-03-01 09:00,101,2,2.00\n");
  g_autofree char *rejects = import_rejects (db, good->str, n + 2, 0, 2);
  g_assert_nonnull (strstr (rejects, ",another line of this receipt was left out,S1,bad,"));
  g_assert_cmpint (rai_test_number (db, "SELECT n_lines FROM receipt WHERE number = 'first'"), ==,
                   2);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt WHERE number = 'bad'"), ==,
                   0);
  rai_test_verify (db);
}

int
main (int argc, char **argv) {
  g_setenv ("RETAILAI_NOW", "2024-06-01T12:00:00Z", TRUE);
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  rai_test_db_add ("/import/receipts/whole", whole);
  rai_test_db_add ("/import/receipts/whole-file-first", whole_file_first);
  rai_test_db_add ("/import/receipts/stored", stored);
  rai_test_db_add ("/import/receipts/nothing-behind", nothing_behind);
  rai_test_db_add ("/import/receipts/come-back", come_back);
  return rai_test_db_end (g_test_run ());
}
