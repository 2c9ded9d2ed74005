/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-currency.h"

#include <glib.h>
#include <string.h>

static void
test_list (void) {
  size_t n = 0;
  for (; rai_currencies[n] != NULL; n++) {
    g_assert_cmpuint (strlen (rai_currencies[n]), ==, 3);
    g_assert_true (rai_currency_is_known (rai_currencies[n]));
    if (n > 0)
      g_assert_cmpstr (rai_currencies[n - 1], <, rai_currencies[n]);
  }
  g_assert_cmpuint (n, >, 140);
}

static void
test_unknown (void) {
  static const char *const unknown[] = { "", "eur", "EU", "EURO", "€", "ZZZ", "XAU", "DEM" };
  for (size_t i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_false (rai_currency_is_known (unknown[i]));
  g_assert_false (rai_currency_is_known (NULL));
}

static void
of_zones (void) {
  g_assert_cmpstr (rai_currency_of_zone ("Europe/Berlin"), ==, "EUR");
  g_assert_cmpstr (rai_currency_of_zone ("Asia/Tokyo"), ==, "JPY");
  g_assert_true (rai_currency_is_known (rai_currency_of_zone ("Europe/Zurich")));
  g_assert_null (rai_currency_of_zone ("UTC"));
  g_assert_null (rai_currency_of_zone (NULL));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/currency/list", test_list);
  g_test_add_func ("/core/currency/unknown", test_unknown);
  g_test_add_func ("/core/currency/of-zones", of_zones);
  return g_test_run ();
}
