/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-look.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

/* A look at a text; the file is removed again. */
static RaiImportLook
look_at (const char *text, ssize_t length, const RaiImportOptions *options) {
  g_autofree char *path = g_build_filename (folder, "rows.csv", NULL);
  g_autoptr (GError) error = NULL;
  RaiImportLook look;
  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
  rai_import_look (path, options, &look, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return look;
}

static int
field_of (const RaiImportLook *look, unsigned column) {
  return ((const RaiImportLookColumn *) look->columns->pdata[column])->field;
}

static const RaiImportLookRow *
row_at (const RaiImportLook *look, unsigned row) {
  return look->rows->pdata[row];
}

static void
test_recognised (void) {
  g_auto (RaiImportLook) look =
      look_at ("Bericht;;;;;\n\nFiliale;Bon;Datum;Uhrzeit;Artikel;Menge;Betrag;Farbe\n"
               "S1;1;02.11.2026;09:00;MUG;2;1.016,00 \u20ac;rot\nS1;1;02.11.2026;soon;;x;1,00;\n"
               "Summe;;;;;2;17,00;\n",
               -1, NULL);

  g_assert_cmpstr (look.layout->kind, ==, "receipts");
  g_assert_true (look.layout == look.plausible->pdata[0]);
  g_assert_cmpint (look.delimiter, ==, ';');
  g_assert_cmpstr (look.encoding, ==, "UTF-8");
  g_assert_cmpint (look.decimal, ==, ',');
  g_assert_cmpint (look.dates, ==, RAI_DATE_ORDER_DMY);
  g_assert_false (look.dates_ambiguous);
  g_assert_cmpstr (look.currency, ==, "EUR");
  g_assert_cmpuint (look.heading_line, ==, 3);
  g_assert_cmpuint (look.n_above, ==, 1);
  g_assert_true (look.whole);

  g_assert_cmpuint (look.columns->len, ==, 8);
  g_assert_cmpint (field_of (&look, 2), ==, RAI_FIELD_TIME);
  g_assert_true (((const RaiImportLookColumn *) look.columns->pdata[3])->joined);
  g_assert_cmpint (field_of (&look, 7), ==, RAI_FIELD_NONE);
  g_assert_cmpuint (look.missing->len, ==, 0);
  g_assert_cmpuint (look.faults->len, ==, 0);

  g_assert_cmpuint (look.rows->len, ==, 3);
  g_assert_cmpuint (row_at (&look, 0)->line, ==, 4);
  g_assert_cmpstr (row_at (&look, 0)->texts[6], ==, "1.016,00 \u20ac");
  g_assert_null (row_at (&look, 0)->problems[6]);
  g_assert_cmpstr (row_at (&look, 1)->problems[2], ==, "the date cannot be read");
  g_assert_cmpstr (row_at (&look, 1)->problems[4], ==, "this must not be empty");
  g_assert_cmpstr (row_at (&look, 1)->problems[5], ==, "the quantity is not a number");
  g_assert_null (row_at (&look, 1)->problems[6]);
  g_assert_true (row_at (&look, 2)->skipped);
  g_assert_cmpuint (look.n_problems, ==, 1);
}

/* What cannot be decided is told, and the file is shown all the same. */
static void
test_faults (void) {
  g_auto (RaiImportLook) look = look_at ("store,receipt,when,sku,qty\nS1,1,1/2/2024,A,\"1,234\"\n",
                                         -1, &(RaiImportOptions){ .kind = "receipts" });
  g_assert_cmpuint (look.missing->len, ==, 2);
  g_assert_cmpint (g_array_index (look.missing, RaiImportField, 0), ==, RAI_FIELD_TIME);
  g_assert_true (look.decimal_ambiguous);
  g_assert_cmpuint (look.faults->len, ==, 2);
  g_assert_cmpuint (look.rows->len, ==, 1);

  const char *const map[] = { "time=when", "amount=qty", NULL };
  g_auto (RaiImportLook) told = look_at (
      "store,receipt,when,sku,qty\nS1,1,1/2/2024,A,\"1,234\"\n", -1,
      &(RaiImportOptions){ .kind = "receipts", .map = map, .dates = "dmy", .decimal = ',' });
  g_assert_cmpuint (told.faults->len, ==, 0);
  g_assert_cmpint (told.dates, ==, RAI_DATE_ORDER_DMY);
  g_assert_cmpint (told.decimal, ==, ',');
}

/* What was sold on a day and what was counted on it look alike: that is asked, not guessed. */
static void
test_tie (void) {
  const char *const text = "site,item,quantity,date\nS1,MUG,5,2024-02-01\nS1,PEN,6,2024-02-01\n";
  g_auto (RaiImportLook) look = look_at (text, -1, &(RaiImportOptions){ .kind = "auto" });
  g_assert_cmpuint (look.faults->len, ==, 1);
  g_auto (RaiImportLook) told = look_at (text, -1, &(RaiImportOptions){ .kind = "stock" });
  g_assert_cmpuint (told.faults->len, ==, 0);

  g_auto (RaiImportLook) days =
      look_at ("site,item,quantity,date\nS1,MUG,5,2024-02-01\nS1,MUG,6,2024-02-02\n", -1,
               &(RaiImportOptions){ .kind = "auto" });
  g_assert_cmpuint (days.faults->len, ==, 0);
  g_assert_cmpstr (days.layout->kind, ==, "sales");
}

/* Without a kind the headings tell it. */
static void
test_guesses (void) {
  static const struct {
    const char *text;
    const char *kind;
    const char *preset;
  } cases[] = {
    { "site,receipt,time,item,quantity,amount\n", "receipts", NULL },
    { "site,item,date,quantity,amount\n", "sales", NULL },
    { "Artikel;Bezeichnung;Lieferant;EK;VK\n", "items", NULL },
    { "Lieferant;Name;Lieferzeit\n", "suppliers", NULL },
    { "Filiale;Artikel;Bestand\n", "stock", NULL },
    { "tienda;art\u00edculo;existencias;fecha\n", "stock", NULL },
    { "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice\n", "receipts",
      "online-retail" },
    { "Date,Receipt Number,Line Type,Quantity,Subtotal,Sku\n", "receipts", "lightspeed" },
    { "date,store,item,sales\n", "sales", NULL },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (RaiImportLook) look =
        look_at (cases[i].text, -1, &(RaiImportOptions){ .kind = "auto" });
    g_test_message ("%s", cases[i].text);
    g_assert_cmpstr (look.layout->kind, ==, cases[i].kind);
    g_assert_cmpstr (look.layout->preset, ==, cases[i].preset);
  }
}

static void
test_encodings (void) {
  g_auto (RaiImportLook) latin = look_at ("item,name\n1,Caf\xe9\n", -1, NULL);
  g_assert_cmpstr (latin.encoding, ==, "Windows-1252");
  g_assert_cmpstr (row_at (&latin, 0)->texts[1], ==, "Café");
  g_auto (RaiImportLook) dos =
      look_at ("item,name\n1,Caf\x82\n", -1, &(RaiImportOptions){ .encoding = "CP850" });
  g_assert_cmpstr (row_at (&dos, 0)->texts[1], ==, "Café");

  static const char wide[] = "i\0t\0e\0m\0,\0n\0a\0m\0e\0\n\0001\0,\0\xe9\0\n\0";
  g_auto (RaiImportLook) utf16 = look_at (wide, sizeof wide - 1, NULL);
  g_assert_cmpstr (utf16.encoding, ==, "UTF-16LE");
  g_assert_cmpstr (row_at (&utf16, 0)->texts[1], ==, "é");
}

/* A long file is looked at in its beginning alone. */
static void
test_long (void) {
  g_autoptr (GString) text = g_string_new ("site,item,date,quantity\n");
  for (int i = 0; i < 400000; i++)
    g_string_append_printf (text, "S%d,I%d,2024-03-01,1\n", i % 7, i);
  g_auto (RaiImportLook) look = look_at (text->str, (ssize_t) text->len, NULL);
  g_assert_false (look.whole);
  g_assert_cmpuint (look.rows->len, ==, 50);
  g_assert_cmpuint (look.n_looked_at, <=, 1000);
  g_assert_cmpuint (look.size, ==, text->len);
}

static void
test_none (void) {
  g_autoptr (GError) error = NULL;
  g_auto (RaiImportLook) look = { 0 };
  g_assert_false (rai_import_look (folder, NULL, &look, &error));
  g_assert_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "is a folder"));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("rai-look-XXXXXX", NULL);
  g_test_add_func ("/import-look/recognised", test_recognised);
  g_test_add_func ("/import-look/faults", test_faults);
  g_test_add_func ("/import-look/tie", test_tie);
  g_test_add_func ("/import-look/guesses", test_guesses);
  g_test_add_func ("/import-look/encodings", test_encodings);
  g_test_add_func ("/import-look/long", test_long);
  g_test_add_func ("/import-look/none", test_none);

  const int status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
