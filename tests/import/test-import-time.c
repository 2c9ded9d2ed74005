/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-time.h"

static void
check (const char *text, RaiDateOrder order, const char *day, int second) {
  RaiImportTime time;
  g_test_message ("%s", text);
  g_assert_true (rai_import_time_parse (text, order, &time));
  g_assert_cmpint (time.day, ==, rai_day_parse (day, -1));
  g_assert_cmpint (time.second, ==, second);
}

static void
test_forms (void) {
  check ("2024-01-31", RAI_DATE_ORDER_YMD, "2024-01-31", -1);
  check ("2024-01-31 18:05:09", RAI_DATE_ORDER_YMD, "2024-01-31", 65109);
  check ("2024-01-31T18:05:09.123Z", RAI_DATE_ORDER_YMD, "2024-01-31", 65109);
  check ("2024/1/31 00:00", RAI_DATE_ORDER_YMD, "2024-01-31", 0);
  check ("20240131", RAI_DATE_ORDER_YMD, "2024-01-31", -1);
  check ("31.1.2024", RAI_DATE_ORDER_DMY, "2024-01-31", -1);
  check ("31.01.24, 18:05", RAI_DATE_ORDER_DMY, "2024-01-31", 65100);
  check ("1/31/2024 6:05 PM", RAI_DATE_ORDER_MDY, "2024-01-31", 65100);
  check ("12/1/10 12:26 am", RAI_DATE_ORDER_MDY, "2010-12-01", 1560);
  check ("12/1/10 12:26PM", RAI_DATE_ORDER_MDY, "2010-12-01", 44760);
  check (" 2024-02-29 ", RAI_DATE_ORDER_YMD, "2024-02-29", -1);
}

static void
test_offsets (void) {
  RaiImportTime time;
  g_assert_true (rai_import_time_parse ("2024-01-31T18:05:00+01:00", RAI_DATE_ORDER_YMD, &time));
  g_assert_true (time.zoned);
  g_assert_cmpint (time.offset, ==, 3600);
  g_assert_true (rai_import_time_parse ("2024-01-31 18:05 -0530", RAI_DATE_ORDER_YMD, &time));
  g_assert_cmpint (time.offset, ==, -19800);
  g_assert_true (rai_import_time_parse ("2024-01-31 18:05", RAI_DATE_ORDER_YMD, &time));
  g_assert_false (time.zoned);
}

static void
test_wrong (void) {
  static const char *const wrong[] = {
    "",           "soon",       "2024-13-01",       "2023-02-29",       "2024-01-31x",
    "31-01-2024", "2024-01.31", "2024-01-31 24:00", "2024-01-31 12:61", "24-01-31"
  };
  RaiImportTime time;

  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (rai_import_time_parse (wrong[i], RAI_DATE_ORDER_YMD, &time));
  g_assert_false (rai_import_time_parse ("1.2.2024", RAI_DATE_ORDER_MDY, &time));
  g_assert_false (rai_import_time_parse ("1/2/2024 13:00 PM", RAI_DATE_ORDER_MDY, &time));
}

static void
vote_all (const char *const *texts, bool decided, RaiDateOrder expected, bool expect_ambiguous) {
  RaiDateOrderVote vote = { 0 };
  for (int i = 0; texts[i] != NULL; i++)
    rai_date_order_vote (&vote, texts[i]);

  RaiDateOrder order;
  bool ambiguous;
  g_assert_cmpint (rai_date_order_decide (&vote, &order, &ambiguous), ==, decided);
  if (decided)
    g_assert_cmpint (order, ==, expected);

  g_assert_cmpint (ambiguous, ==, expect_ambiguous);
}

static void
test_decision (void) {
  static const char *const iso[] = { "2024-01-02", "2024-01-03", "rubbish", NULL };
  static const char *const british[] = { "1/2/2024", "2/2/2024", "13/2/2024", NULL };
  static const char *const american[] = { "1/2/2024", "2/13/2024", NULL };
  static const char *const either[] = { "1/2/2024", "2/3/2024", NULL };
  static const char *const dotted[] = { "1.2.2024", "2.3.2024", NULL };
  static const char *const nothing[] = { "week 1", "week 2", "2024-01-01", NULL };
  static const char *const none[] = { NULL };

  vote_all (iso, true, RAI_DATE_ORDER_YMD, false);
  vote_all (british, true, RAI_DATE_ORDER_DMY, false);
  vote_all (american, true, RAI_DATE_ORDER_MDY, false);
  vote_all (either, false, RAI_DATE_ORDER_DMY, true);
  vote_all (dotted, true, RAI_DATE_ORDER_DMY, false);
  vote_all (nothing, false, RAI_DATE_ORDER_YMD, false);
  vote_all (none, false, RAI_DATE_ORDER_YMD, false);
}

static void
test_ids (void) {
  RaiDateOrder order;
  for (int i = 0; i < RAI_N_DATE_ORDERS; i++) {
    g_assert_true (rai_date_order_from_id (rai_date_order_id ((RaiDateOrder) i), &order));
    g_assert_cmpint (order, ==, i);
  }
  g_assert_false (rai_date_order_from_id ("ydm", &order));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-time/forms", test_forms);
  g_test_add_func ("/import-time/offsets", test_offsets);
  g_test_add_func ("/import-time/wrong", test_wrong);
  g_test_add_func ("/import-time/decision", test_decision);
  g_test_add_func ("/import-time/ids", test_ids);
  return g_test_run ();
}
