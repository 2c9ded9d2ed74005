/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-money.h"

#include <glib.h>

typedef struct {
  const char *text;
  char mark;
  int64_t cents;
  const char *currency;
} Case;

static void
test_read (void) {
  static const Case cases[] = {
    { "16.00", '.', 1600, "" },
    { "$16.00", '.', 1600, "$" },
    { "-$8.00", '.', -800, "$" },
    { "$-8.00", '.', -800, "$" },
    { "($8.00)", '.', -800, "$" },
    { "$(8.00)", '.', -800, "$" },
    { "(8.00)", '.', -800, "" },
    { "8.00-", '.', -800, "" },
    { "8.00 -", '.', -800, "" },
    { "\u22128.00", '.', -800, "" },
    { "$1,299.00", '.', 129900, "$" },
    { "1299.00 USD", '.', 129900, "USD" },
    { "usd 1299", '.', 129900, "USD" },
    { "CA$5", '.', 500, "CAD" },
    { "£.50", '.', 50, "£" },
    { "16,00 €", ',', 1600, "EUR" },
    { "-16,00\u00a0€", ',', -1600, "EUR" },
    { "€ 1.299,00", ',', 129900, "EUR" },
    { "1 299,00", ',', 129900, "" },
    { "1\u202f299,00 €", ',', 129900, "EUR" },
    { "1'299,00", ',', 129900, "" },
    { "CHF 1\u2019299.50", '.', 129950, "CHF" },
    { "Fr. 12.50", '.', 1250, "CHF" },
    { "12,50 zł", ',', 1250, "PLN" },
    { "1-", '.', -100, "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    int64_t cents = 0;
    char currency[RAI_CURRENCY_SIZE];
    g_test_message ("%s", cases[i].text);
    g_assert_true (rai_import_money_parse (cases[i].text, 2, cases[i].mark, &cents, currency));
    g_assert_cmpint (cents, ==, cases[i].cents);
    g_assert_cmpstr (currency, ==, cases[i].currency);
  }
}

static void
test_refused (void) {
  static const char *const texts[] = { "",          "$",     "USD",  "free",     "--8",
                                       "(-8)",      "-8-",   "8 kg", "$8 USD €", "8..0",
                                       "USD 8 EUR", "((8))", "1,2,3" };
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++) {
    int64_t cents = 7;
    char currency[RAI_CURRENCY_SIZE];
    g_test_message ("%s", texts[i]);
    g_assert_false (rai_import_money_parse (texts[i], 2, '.', &cents, currency));
  }
}

static void
test_currencies (void) {
  g_assert_true (rai_import_money_is ("EUR", "EUR"));
  g_assert_false (rai_import_money_is ("USD", "EUR"));
  /* A dollar sign is that of the store's dollars; a code says which. */
  g_assert_true (rai_import_money_is ("$", "CAD"));
  g_assert_true (rai_import_money_is ("kr", "NOK"));
  g_assert_false (rai_import_money_is ("$", "EUR"));
  g_assert_false (rai_import_money_is ("USD", "CAD"));
  g_assert_cmpstr (rai_import_money_code ("$"), ==, "USD");
  g_assert_cmpstr (rai_import_money_code ("eur"), ==, "EUR");
  g_assert_null (rai_import_money_code ("XYZ"));
  g_assert_null (rai_import_money_code ("EURO"));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-money/read", test_read);
  g_test_add_func ("/import-money/refused", test_refused);
  g_test_add_func ("/import-money/currencies", test_currencies);
  return g_test_run ();
}
