/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-match.h"

#include "import/rai-import-layouts.h"

#include <string.h>

/* Headings are joined by '|'. */
static RaiImportHeadings
read_headings (const char *joined) {
  g_auto (GStrv) texts = g_strsplit (joined, "|", -1);
  g_autoptr (GPtrArray) array = g_ptr_array_new ();
  RaiImportHeadings headings;
  for (int i = 0; texts[i] != NULL; i++)
    g_ptr_array_add (array, texts[i]);
  rai_import_headings_init (&headings, array);
  return headings;
}

static RaiImportMatch
match_as (const char *kind, const char *joined, const RaiImportOptions *options) {
  g_auto (RaiImportHeadings) headings = read_headings (joined);
  RaiImportMatch match;
  rai_import_match (&match, rai_import_layout_find (kind, NULL, NULL), options, &headings);
  return match;
}

/* Where each field of the second text ("field=column", blanks between) is found in the first. */
static void
check (const char *kind, const char *joined, const char *expected) {
  const RaiImportOptions options = { 0 };
  const RaiImportMatch match = match_as (kind, joined, &options);
  g_autoptr (GString) found = g_string_new (NULL);
  for (const RaiImportColumn *column = match.layout->columns; column->names != NULL; column++)
    if (match.n_parts[column->field] > 0)
      g_string_append_printf (found, "%s%s=%d", found->len > 0 ? " " : "",
                              rai_import_field_name (column->field), match.parts[column->field][0]);
  g_test_message ("%s", joined);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_words (void) {
  check ("receipts", "Store|receipt-no|sold at|Article|QTY.|Unit Price",
         "site=0 receipt=1 time=2 item=3 quantity=4 price=5");
  check ("receipts",
         "Filiale|Bonnummer|Datum|Uhrzeit|Artikelnummer|Artikel|Menge|Einzelpreis|Betrag",
         "site=0 receipt=1 time=2 clock=3 item=4 quantity=6 amount=8 price=7 name=5");
  check ("receipts",
         "Magasin|N° ticket|Date|Heure|Référence|Libellé|Quantité|Prix unitaire|Montant TTC",
         "site=0 receipt=1 time=2 clock=3 item=4 quantity=6 amount=8 price=7 name=5");
  check ("receipts", "TIENDA|Ticket|FECHA|Artículo|Descripción|Cantidad|Precio|Importe",
         "site=0 receipt=1 time=2 item=3 quantity=5 amount=7 price=6 name=4");
  check ("sales", "Filiale;|Artikel|Woche|Absatz|Umsatz|Aktion",
         "site=0 item=1 time=2 quantity=3 amount=4 promotion=5");
  check ("items", "Artikel-Nr.|Bezeichnung|Warengruppe|EAN|VPE|EK-Preis|VK-Preis|Lieferant|Einheit",
         "item=0 name=1 department=2 barcode=3 unit=8 supplier=7 pack=4 price=6 cost=5");
  check ("items", "Code article|Désignation|Rayon|Prix d'achat|Prix de vente|Fournisseur",
         "item=0 name=1 department=2 supplier=5 price=4 cost=3");
  check ("items", "Código|Descripción|Familia|Proveedor|PVP|Precio de compra",
         "item=0 name=1 department=2 supplier=3 price=4 cost=5");
  check ("suppliers", "Lieferanten-Nr.|Lieferant|Lieferzeit|Bestelltage|Mindestbestellwert",
         "supplier=0 name=1 lead_days=2 order_weekdays=3 minimum_order=4");
  check ("suppliers", "Fournisseur|Raison sociale|Délai de livraison",
         "supplier=0 name=1 lead_days=2");
  check ("stock", "Filiale|Artikel|Bestand|Stichtag", "site=0 item=1 quantity=2 time=3");
  check ("stock", "Tienda|Artículo|Existencias|Fecha", "site=0 item=1 quantity=2 time=3");
}

/* A code outranks a name, a line's amount a total, a date the time of day beside it. */
static void
test_ranks (void) {
  check ("receipts", "site|receipt|Date|Time|Item|SKU|qty|total|line total",
         "site=0 receipt=1 time=2 clock=3 item=5 quantity=6 amount=8 name=4");
  check ("receipts", "site|receipt|time|item|quantity|amount",
         "site=0 receipt=1 time=2 item=3 quantity=4 amount=5");
}

static void
test_map (void) {
  const char *const map[] = { "time=Day+Clock", "amount=7", "item=Ware", "name=", NULL };
  const RaiImportOptions options = { .map = map };
  const RaiImportMatch match =
      match_as ("receipts", "shop|bon|Day|Clock|Ware|name|qty|worth", &options);
  g_assert_cmpint (match.n_missing, ==, 0);
  g_assert_cmpint (match.n_parts[RAI_FIELD_TIME], ==, 2);
  g_assert_cmpint (match.parts[RAI_FIELD_TIME][1], ==, 3);
  g_assert_cmpint (match.parts[RAI_FIELD_AMOUNT][0], ==, 6);
  g_assert_cmpint (match.parts[RAI_FIELD_ITEM][0], ==, 4);
  g_assert_cmpint (match.n_parts[RAI_FIELD_NAME], ==, 0);
  /* A column that was given away is no other field's. */
  g_assert_cmpint (match.n_parts[RAI_FIELD_QUANTITY], ==, 0);
}

static void
test_map_faults (void) {
  static const struct {
    const char *entry;
    const char *part;
  } cases[] = {
    { "color=1", "the fields are site, receipt" },
    { "item", "--map is FIELD=COLUMN" },
    { "item=Colour", "Found: a, b" },
    { "item=3", "no such column" },
    { "time=a+c", "no such column" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *const map[] = { cases[i].entry, NULL };
    const RaiImportOptions options = { .map = map };
    g_auto (RaiImportHeadings) headings = read_headings ("a|b");
    g_autoptr (GError) error = NULL;
    const RaiImportMatch match = match_as ("receipts", "a|b", &options);
    g_assert_false (rai_import_match_check_map (&match, &options, &headings, &error));
    g_assert_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_USAGE);
    g_assert_nonnull (strstr (error->message, cases[i].part));
  }
}

static void
test_missing (void) {
  const RaiImportOptions options = { 0 };
  g_auto (RaiImportHeadings) headings = read_headings ("Laden|Wann|Was|Menge");
  const RaiImportMatch match = match_as ("receipts", "Laden|Wann|Was|Menge", &options);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (match.n_missing, ==, 4);
  g_assert_false (rai_import_match_check (&match, &options, &headings, 3, &error));
  g_assert_true (g_str_has_prefix (
      error->message, "line 3: the columns receipt, time, item, amount (or price) are missing."));
  g_assert_nonnull (strstr (error->message, "Found: Laden, Wann, Was, Menge."));
  g_assert_nonnull (strstr (error->message, "--map FIELD=COLUMN"));
}

/* ---- Two columns of one name ---- */

static void
free_record (void *data) {
  RaiImportRecord *record = data;
  g_ptr_array_unref (record->texts);
  g_free (record);
}

/* Rows are parted by '/', their texts by '|'. */
static GPtrArray *
read_sample (const char *joined) {
  g_auto (GStrv) rows = g_strsplit (joined, "/", -1);
  GPtrArray *sample = g_ptr_array_new_with_free_func (free_record);
  for (int i = 0; rows[i] != NULL; i++) {
    RaiImportRecord *record = g_new0 (RaiImportRecord, 1);
    g_auto (GStrv) texts = g_strsplit (rows[i], "|", -1);
    record->texts = g_ptr_array_new_with_free_func (g_free);
    for (int t = 0; texts[t] != NULL; t++)
      g_ptr_array_add (record->texts, g_strdup (texts[t]));
    g_ptr_array_add (sample, record);
  }
  return sample;
}

/* column -1: it must be asked for. */
static void
check_rivals (const char *rows, int column) {
  const RaiImportOptions options = { 0 };
  const char *joined = "site|receipt|time|item|quantity|Total|name|total";
  g_auto (RaiImportHeadings) headings = read_headings (joined);
  g_autoptr (GPtrArray) sample = read_sample (rows);
  g_autoptr (GPtrArray) notices = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  RaiImportMatch match = match_as ("receipts", joined, &options);
  const bool settled = rai_import_match_settle (&match, &headings, sample, notices, &error);

  g_assert_cmpint (settled, ==, column >= 0);
  if (settled)
    g_assert_cmpint (match.parts[RAI_FIELD_AMOUNT][0], ==, column);
  else
    g_assert_nonnull (strstr (error->message, "--map amount=6 or --map amount=8"));
}

static void
test_rivals (void) {
  check_rivals ("S|1|t|A|2|24.00|a|16.00/S|1|t|B|4|24.00|b|8.00/S|2|t|B|1|2.00|b|2.00", 7);
  check_rivals ("S|1|t|A|2|16,00|a|24,00 €/S|1|t|B|4|8,00|b|24,00 €/S|2|t|B|1|2,00|b|2,00 €", 5);
  check_rivals ("S|1|t|A|2|24.00|a|24.00/S|2|t|B|4|8.00|b|8.00", 5);
  check_rivals ("S|1|t|A|2|24.00|a|16.00/S|2|t|B|4|24.00|b|8.00", -1);
  check_rivals ("S|1|t|A|2|25.00|a|16.00/S|1|t|B|4|25.00|b|8.00/S|2|t|B|1|2.00|b|2.00", -1);
}

/* A receipt's sum on each of its lines is not the lines'. */
static void
check_total (const char *rows, int n_amounts) {
  const RaiImportOptions options = { 0 };
  const char *joined = "site|receipt|time|item|quantity|price|total";
  g_auto (RaiImportHeadings) headings = read_headings (joined);
  g_autoptr (GPtrArray) sample = read_sample (rows);
  g_autoptr (GPtrArray) notices = g_ptr_array_new_with_free_func (g_free);
  RaiImportMatch match = match_as ("receipts", joined, &options);
  g_assert_true (rai_import_match_settle (&match, &headings, sample, notices, NULL));
  g_assert_cmpint (match.n_parts[RAI_FIELD_AMOUNT], ==, n_amounts);
  g_assert_cmpuint (notices->len, ==, 1 - (unsigned) n_amounts);
}

static void
test_total (void) {
  check_total ("S|1|t|A|2|8,00|24,00 €/S|1|t|B|4|2,00|24,00 €/S|2|t|B|1|2,00|2,00 €", 0);
  check_total ("S|1|t|A|2|8.00|16.00/S|1|t|B|4|2.00|8.00", 1);
  check_total ("S|1|t|A|2|8.00|16.00/S|2|t|B|4|2.00|8.00", 1);
  check_total ("S|1|t|A|2|8.00|16.00/S|1|t|B|2|8.00|16.00", 1);
}

static void
test_clock (void) {
  const RaiImportOptions options = { 0 };
  const char *joined = "site|receipt|date|time|item|quantity|amount";
  g_auto (RaiImportHeadings) headings = read_headings (joined);
  g_autoptr (GPtrArray) notices = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) apart = read_sample ("S|1|2024-03-01|09:00|A|1|1");
  g_autoptr (GPtrArray) whole = read_sample ("S|1|2024-03-01|2024-03-01 09:00|A|1|1");
  RaiImportMatch match = match_as ("receipts", joined, &options);

  g_assert_true (rai_import_match_settle (&match, &headings, apart, notices, NULL));
  g_assert_cmpint (match.n_parts[RAI_FIELD_TIME], ==, 2);
  g_assert_cmpint (match.parts[RAI_FIELD_TIME][1], ==, 3);
  g_assert_cmpint (match.n_parts[RAI_FIELD_CLOCK], ==, 0);

  match = match_as ("receipts", joined, &options);
  g_assert_true (rai_import_match_settle (&match, &headings, whole, notices, NULL));
  g_assert_cmpint (match.n_parts[RAI_FIELD_TIME], ==, 1);
  g_assert_cmpint (match.parts[RAI_FIELD_TIME][0], ==, 3);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-match/words", test_words);
  g_test_add_func ("/import-match/ranks", test_ranks);
  g_test_add_func ("/import-match/map", test_map);
  g_test_add_func ("/import-match/map-faults", test_map_faults);
  g_test_add_func ("/import-match/missing", test_missing);
  g_test_add_func ("/import-match/rivals", test_rivals);
  g_test_add_func ("/import-match/total", test_total);
  g_test_add_func ("/import-match/clock", test_clock);
  return g_test_run ();
}
