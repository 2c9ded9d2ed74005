/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-heading.h"

static void
check_key (const char *text, const char *expected) {
  g_autofree char *key = rai_import_heading_key (text);
  g_assert_cmpstr (key, ==, expected);
}

static void
test_keys (void) {
  check_key ("Receipt-No.", "receiptno");
  check_key (" receipt_no ", "receiptno");
  check_key ("RECEIPT NO", "receiptno");
  check_key ("Référence", "reference");
  check_key ("Re\u0301fe\u0301rence", "reference");
  check_key ("Größe", "grosse");
  check_key ("Order Lines/Unit Price", "orderlinesunitprice");
  check_key ("n° ticket", "nticket");
  check_key ("—", "");
  check_key ("\xff", "");
}

static void
test_names (void) {
  const int *ranks;
  const char *const *keys = rai_import_heading_keys ("item|>SKU|Artikel-Nr", &ranks);
  g_assert_cmpuint (g_strv_length ((char **) keys), ==, 3);
  g_assert_cmpstr (keys[1], ==, "sku");
  g_assert_cmpstr (keys[2], ==, "artikelnr");
  g_assert_cmpint (ranks[1], <, ranks[0]);
  g_assert_cmpint (ranks[0], <, ranks[2]);
  /* Made once. */
  g_assert_true (keys == rai_import_heading_keys ("item|>SKU|Artikel-Nr", NULL));
}

static void
test_totals (void) {
  static const char *const totals[] = { "Total",       "TOTAL:",        "Grand total",
                                        "Subtotal S1", "Sub-Total",     "Summe",
                                        "Gesamt",      "Total général", "Suma total" };
  static const char *const others[] = { "", "S1", "Totally", "Sumatra", "Store total", "MUG" };
  for (size_t i = 0; i < G_N_ELEMENTS (totals); i++) {
    g_test_message ("%s", totals[i]);
    g_assert_true (rai_import_heading_is_total (totals[i]));
  }
  for (size_t i = 0; i < G_N_ELEMENTS (others); i++) {
    g_test_message ("%s", others[i]);
    g_assert_false (rai_import_heading_is_total (others[i]));
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-heading/keys", test_keys);
  g_test_add_func ("/import-heading/names", test_names);
  g_test_add_func ("/import-heading/totals", test_totals);
  return g_test_run ();
}
