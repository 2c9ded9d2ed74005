/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-shape.h"

#include "import/rai-import-layouts.h"

#include <string.h>

/* What a shape is tested with: headings of a preset, matched. */
typedef struct {
  RaiImportOptions options;
  RaiImport import;
  RaiImportShape *shape;
  GPtrArray *header;
} Bench;

static GPtrArray *
split (const char *joined) {
  g_auto (GStrv) texts = g_strsplit (joined, "|", -1);
  GPtrArray *array = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; texts[i] != NULL; i++)
    g_ptr_array_add (array, g_strdup (texts[i]));
  return array;
}

static void
set_up (Bench *bench, const char *kind, const char *preset, const char *headings) {
  g_auto (RaiImportHeadings) found = { 0 };
  RaiImportMatch match;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) notices = g_ptr_array_new_with_free_func (g_free);

  *bench = (Bench){ .header = split (headings) };
  bench->import.options = &bench->options;
  bench->import.layout = rai_import_layout_find (kind, preset, NULL);
  bench->import.decimal = '.';
  rai_import_headings_init (&found, bench->header);
  rai_import_match (&match, bench->import.layout, &bench->options, &found);
  rai_import_match_settle (&match, &found, none, notices, NULL);
  bench->shape = rai_import_shape_new (&bench->import, &match, bench->header);
}

static void
tear_down (Bench *bench) {
  rai_import_shape_free (bench->shape);
  g_ptr_array_unref (bench->header);
}

/* The fields of a turned row, as "receipt/time/item/quantity/amount"; "skip", "rejected". */
static char *
turn (Bench *bench, const char *joined) {
  static const RaiImportField shown[] = { RAI_FIELD_RECEIPT, RAI_FIELD_TIME, RAI_FIELD_ITEM,
                                          RAI_FIELD_QUANTITY, RAI_FIELD_AMOUNT };
  g_autoptr (GPtrArray) texts = split (joined);
  g_autofree RaiCsvField *fields = g_new (RaiCsvField, texts->len);
  for (unsigned i = 0; i < texts->len; i++)
    fields[i] = (RaiCsvField){ texts->pdata[i], strlen (texts->pdata[i]) };

  RaiRowResult result;
  if (!rai_import_shape_turn (bench->shape, &bench->import, fields, texts->len, &result))
    return result == RAI_ROW_SKIPPED ? g_strdup ("skip")
                                     : g_strdup_printf ("rejected: %s", bench->import.reason);

  GString *row = g_string_new (NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (shown); i++)
    g_string_append_printf (row, "%s%s", i > 0 ? "/" : "",
                            rai_import_text (&bench->import, shown[i]));
  return g_string_free (row, FALSE);
}

static void
check (Bench *bench, const char *joined, const char *expected) {
  g_autofree char *row = turn (bench, joined);
  g_test_message ("%s", joined);
  g_assert_cmpstr (row, ==, expected);
}

static void
check_told (Bench *bench, const char *expected) {
  g_autoptr (GPtrArray) notices = g_ptr_array_new_with_free_func (g_free);
  rai_import_shape_tell (bench->shape, notices);
  g_ptr_array_add (notices, NULL);
  g_autofree char *joined = g_strjoinv ("; ", (char **) notices->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_plain (void) {
  Bench bench;
  set_up (&bench, "receipts", NULL, "site|receipt|time|item|quantity|amount|");
  check (&bench, "S|1|t|A|2|3|", "1/t/A/2/3");
  check (&bench, "S|1|t|A|2|3", "1/t/A/2/3");
  check (&bench, "S|1|t|A|2", "rejected: the row has fewer columns than the header");
  check (&bench, "S|1|t||2|3|", "1/t//2/3");
  g_assert_null (bench.import.made_of);

  check (&bench, "Total||||2|3|", "skip");
  check (&bench, "Grand total:||||2", "skip");
  check (&bench, "Subtotal S|1|t||2|3|", "skip");
  check (&bench, "||||||", "skip");
  /* A shop may be called so. */
  check (&bench, "Total|1|t|A|2|3|", "1/t/A/2/3");
  check_told (&bench, "3 rows were skipped: totals; 1 row was skipped: without any text");
  check_told (&bench, "");
  tear_down (&bench);
}

static void
test_joined (void) {
  Bench bench;
  set_up (&bench, "receipts", NULL, "site|receipt|date|time|item|quantity|amount");
  check (&bench, "S|1|1/2/26|9:30 PM|A|2|3", "1/1/2/26 9:30 PM/A/2/3");
  check (&bench, "S|1|1/2/26||A|2|3", "1/1/2/26/A/2/3");
  check (&bench, "S|1|||A|2|3", "1//A/2/3");
  /* The row's own texts alone are for the file of rejects. */
  g_assert_cmpuint (bench.import.n_fields, ==, 7);
  tear_down (&bench);
}

#define ODOO \
  "Order Ref|Date|Point of Sale|Total|Order Lines/Product/Internal Reference|Order " \
  "Lines/Quantity|" \
  "Order Lines/Subtotal"

static void
test_filled (void) {
  Bench bench;
  set_up (&bench, "receipts", "odoo", ODOO);
  check (&bench, "M/1|d1|M|9|A|1|5", "M/1/d1/A/1/5");
  check (&bench, "||||B|2|4", "M/1/d1/B/2/4");
  g_assert_cmpstr (rai_import_text (&bench.import, RAI_FIELD_SITE), ==, "M");
  check (&bench, "M/2|d2|M|9||1|5", "M/2/d2//1/5");
  check (&bench, "||||B|2|4", "M/2/d2/B/2/4");
  /* A row that is left out is its order's, too. */
  check (&bench, "||||B|2|4|far",
         "rejected: the row has more columns than the header (a text with "
         "the delimiter in it needs quotation marks)");
  g_assert_cmpstr (rai_import_text (&bench.import, RAI_FIELD_RECEIPT), ==, "M/2");
  g_assert_cmpuint (bench.import.n_fields, ==, 8);
  check (&bench, "||||B", "rejected: the row has fewer columns than the header");
  g_assert_cmpstr (rai_import_text (&bench.import, RAI_FIELD_RECEIPT), ==, "M/2");
  check (&bench, "||||B|2|4", "M/2/d2/B/2/4");
  /* What a new order does not tell is not the last one's. */
  check (&bench, "M/3||M|9|A|1|5", "M/3//A/1/5");
  tear_down (&bench);
}

#define SHOPIFY \
  "Name|Financial Status|Currency|Created at|Lineitem quantity|Lineitem name|Lineitem price|" \
  "Lineitem sku|Lineitem discount|Location"

static void
test_refunds (void) {
  Bench bench;
  set_up (&bench, "receipts", "shopify", SHOPIFY);
  check (&bench, "#1|paid|USD|d|2|Mug|8.00|MUG|1.50|M", "#1/d/MUG/2/14.50");
  check (&bench, "#1|||d|1|Pen|$1.005|PEN||", "#1/d/PEN/1/1.005 $");
  check (&bench, "#2|Refunded|USD|d|2|Mug|8.00|MUG|1.50|M", "#2/d/MUG/-2/-14.50");
  check (&bench, "#2|||d|1|Pen|1.00|PEN||", "#2/d/PEN/-1/-1.00");
  check (&bench, "#3|voided|USD|d|2|Mug|8.00|MUG||M", "skip");
  check (&bench, "#3|||d|1|Pen|1.00|PEN||", "skip");
  check (&bench, "#4|paid|USD|d|2|Mug|dear|MUG||M", "#4/d/MUG/2/dear");
  check_told (&bench, "2 rows were skipped: orders that were cancelled");
  tear_down (&bench);
}

static void
test_rules (void) {
  Bench bench;
  set_up (&bench, "receipts", "lightspeed", "Date|Receipt Number|Line Type|Quantity|Subtotal|Sku");
  check (&bench, "d|1|Sale|3|9|", "skip");
  check (&bench, "d|1|Sale Line|3|9|A", "1/d/A/3/9");
  check (&bench, "d|1|PAYMENT||9|", "skip");
  check_told (&bench, "2 rows were skipped: payments and summaries of a receipt");
  tear_down (&bench);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-shape/plain", test_plain);
  g_test_add_func ("/import-shape/joined", test_joined);
  g_test_add_func ("/import-shape/filled", test_filled);
  g_test_add_func ("/import-shape/refunds", test_refunds);
  g_test_add_func ("/import-shape/rules", test_rules);
  return g_test_run ();
}
