/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-decimal.h"

typedef struct {
  const char *text;
  int decimals;
  char mark;
  int64_t value;
} Good;

static void
test_good (void) {
  static const Good good[] = {
    { "0", 2, '.', 0 },
    { "12.5", 2, '.', 1250 },
    { "-12.5", 2, '.', -1250 },
    { "+3", 3, '.', 3000 },
    { " 7 ", 0, '.', 7 },
    { "5.", 2, '.', 500 },
    { ".5", 2, '.', 50 },
    { "12,5", 2, ',', 1250 },
    { "1,234.5", 2, '.', 123450 },
    { "1.234,5", 2, ',', 123450 },
    { "1 234 567", 0, '.', 1234567 },
    { "1\u00a0234,50", 2, ',', 123450 },
    { "1\u202f234,50", 2, ',', 123450 },
    { "1\u2009234,50", 2, ',', 123450 },
    { "1\u2019234.50", 2, '.', 123450 },
    { "1'234.50", 2, '.', 123450 },
    { "2.345", 2, '.', 235 },
    { "-2.345", 2, '.', -235 },
    { "2.3449999", 2, '.', 234 },
    { "0.0049", 2, '.', 0 },
    { "1e3", 0, '.', 1000 },
    { "1.5E-2", 3, '.', 15 },
    { "1234567.890000000000001", 2, '.', 123456789 },
    { "0.12345678901234567890", 3, '.', 123 },
    { "900000000000000.00", 2, '.', 90000000000000000 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (good); i++) {
    int64_t value = -1;
    g_test_message ("%s", good[i].text);
    g_assert_true (rai_decimal_parse (good[i].text, -1, good[i].decimals, good[i].mark, &value));
    g_assert_cmpint (value, ==, good[i].value);
  }
}

static void
test_bad (void) {
  static const char *const bad[] = { "",
                                     " ",
                                     "-",
                                     "abc",
                                     "1a",
                                     "1..2",
                                     "1.2.3",
                                     "1,23",
                                     "1234,567",
                                     "1,234 567",
                                     "12,34,567",
                                     ",123",
                                     "1,2345",
                                     "1e",
                                     "1e1000",
                                     "--1",
                                     "99999999999999999999",
                                     "1e30",
                                     "£5" };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    int64_t value = -1;
    g_test_message ("%s", bad[i]);
    g_assert_false (rai_decimal_parse (bad[i], -1, 2, '.', &value));
    g_assert_cmpint (value, ==, -1);
  }
}

static void
test_format (void) {
  g_autofree char *zero = rai_decimal_format (0, 2, 2);
  g_autofree char *money = rai_decimal_format (-123450, 2, 2);
  g_autofree char *quantity = rai_decimal_format (1500, 3, 0);
  g_autofree char *whole = rai_decimal_format (14000, 3, 0);
  g_autofree char *small = rai_decimal_format (5, 3, 0);
  g_autofree char *least = rai_decimal_format (INT64_MIN, 0, 0);

  g_assert_cmpstr (zero, ==, "0.00");
  g_assert_cmpstr (money, ==, "-1234.50");
  g_assert_cmpstr (quantity, ==, "1.5");
  g_assert_cmpstr (whole, ==, "14");
  g_assert_cmpstr (small, ==, "0.005");
  g_assert_cmpstr (least, ==, "-9223372036854775808");
}

static void
test_currencies (void) {
  g_assert_cmpint (rai_currency_decimals ("EUR"), ==, 2);
  g_assert_cmpint (rai_currency_decimals ("JPY"), ==, 0);
  g_assert_cmpint (rai_currency_decimals ("KWD"), ==, 3);
  g_assert_cmpint (rai_currency_decimals ("???"), ==, 2);
}

static void
test_mul_div (void) {
  g_assert_cmpint (rai_mul_div (10, 10, 3), ==, 33);
  g_assert_cmpint (rai_mul_div (5, 1, 2), ==, 3);
  g_assert_cmpint (rai_mul_div (-5, 1, 2), ==, -3);
  g_assert_cmpint (rai_mul_div (5, 1, -2), ==, -3);
  g_assert_cmpint (rai_mul_div (INT64_MAX, INT64_MAX, INT64_MAX), ==, INT64_MAX);
  g_assert_cmpint (rai_mul_div (INT64_MAX, 2, 1), ==, INT64_MAX);
  g_assert_cmpint (rai_mul_div (INT64_MIN, 2, 1), ==, INT64_MIN);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decimal/good", test_good);
  g_test_add_func ("/decimal/bad", test_bad);
  g_test_add_func ("/decimal/format", test_format);
  g_test_add_func ("/decimal/currencies", test_currencies);
  g_test_add_func ("/decimal/mul-div", test_mul_div);
  return g_test_run ();
}
