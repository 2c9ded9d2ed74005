/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-format.h"

#define MINUS "\xe2\x88\x92"
#define NBSP "\xc2\xa0"

static void
check (char *text, const char *expected) {
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_money (void) {
  check (rai_format_money (481235, "EUR"), "4,812.35" NBSP "EUR");
  check (rai_format_money (-5, "EUR"), MINUS "0.05" NBSP "EUR");
  check (rai_format_money (1234567, "JPY"), "1,234,567" NBSP "JPY");
  check (rai_format_money_whole (481250, "EUR"), "4,813" NBSP "EUR");
  check (rai_format_money_whole (-40, "EUR"), "0" NBSP "EUR");
  check (rai_format_money (INT64_C (123456789012345600), "EUR"),
         "1,234,567,890,123,456.00" NBSP "EUR");
}

static void
test_quantity (void) {
  check (rai_format_quantity (14000), "14");
  check (rai_format_quantity (2500), "2.5");
  check (rai_format_quantity (-2000), MINUS "2");
  check (rai_format_quantity_unit (1000, "piece"), "1" NBSP "piece");
  check (rai_format_quantity_unit (14000, "piece"), "14" NBSP "pieces");
  check (rai_format_quantity_unit (0, "piece"), "0" NBSP "pieces");
  check (rai_format_quantity_unit (2500, "kg"), "2.5" NBSP "kg");
}

static void
test_number (void) {
  check (rai_format_number (-0.04, 1), "0.0");
  check (rai_format_number (1234567.8, 1), "1,234,567.8");
  check (rai_format_percent (0.063, 0), "6" NBSP "%");
  check (rai_format_percent_signed (0.063, 1), "+6.3" NBSP "%");
  check (rai_format_percent_signed (-0.063, 1), MINUS "6.3" NBSP "%");
  check (rai_format_days (1), "1" NBSP "day");
  check (rai_format_days (12), "12" NBSP "days");
  check (rai_format_span (-192 * 60000), "3" NBSP "h 12" NBSP "min");
  check (rai_format_span (59 * 60000 + 59999), "59" NBSP "min");
  check (rai_format_span (26 * 3600000), "26" NBSP "h");
  check (rai_format_span (INT64_C (1096) * 86400000 + 5), "1,096" NBSP "days");
}

static void
test_day (void) {
  RaiDay today = rai_day_from_ymd (2025, 3, 3); /* a Monday */
  check (rai_format_day (today, today), "Today");
  check (rai_format_day (today + 1, today), "Tomorrow");
  check (rai_format_day (today - 1, today), "Yesterday");
  check (rai_format_day (today + 7, today), "Mon 10 Mar");
  check (rai_format_day (today - 365, today), "Sun 3 Mar 2024");
  check (rai_format_day_inline (today + 3, today), "Thu");
  check (rai_format_day_inline (today + 7, today), "10 Mar");
  check (rai_format_day (RAI_DAY_NONE, today), "–");
  check (rai_format_day_long (today), "Monday, 3 March 2025");
}

static void
test_weekdays (void) {
  check (rai_format_weekday (1, false), "Mon");
  check (rai_format_weekday (7, true), "Sunday");
  check (rai_format_weekdays (127), "Every day");
  check (rai_format_weekdays (63), "Mon–Sat");
  check (rai_format_weekdays (1 | 2 | 16 | 32), "Mon, Tue, Fri, Sat");
  check (rai_format_weekdays (1 | 2 | 4 | 64), "Mon–Wed, Sun");
  check (rai_format_weekdays (0), "");
  check (rai_format_minutes (485), "08:05");
  check (rai_format_minutes (1440), "24:00");
  /* That of the C locale. */
  g_assert_cmpint (rai_format_first_weekday (), ==, 7);
}

static void
test_ago (void) {
  int64_t now = INT64_C (1741000000000);
  check (rai_format_ago (now - 1000, now), "just now");
  check (rai_format_ago (now + 60000, now), "just now");
  check (rai_format_ago (now - 130000, now), "2 min ago");
  check (rai_format_ago (now - 3 * 3600000, now), "3 h ago");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_setenv ("TZ", "UTC", TRUE);
  g_test_add_func ("/client/format/money", test_money);
  g_test_add_func ("/client/format/quantity", test_quantity);
  g_test_add_func ("/client/format/number", test_number);
  g_test_add_func ("/client/format/day", test_day);
  g_test_add_func ("/client/format/weekdays", test_weekdays);
  g_test_add_func ("/client/format/ago", test_ago);
  return g_test_run ();
}
