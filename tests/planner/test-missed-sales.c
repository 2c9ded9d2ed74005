/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-missed-sales.h"

#include "rai-test-db.h"
#include "rai-test-retailer.h"

#define HISTORY 200
#define TODAY (RAI_TEST_LAST_DAY + 1)

/* Item 1 sells 10 and on Saturdays 20 pieces a day at 4, on six days a week: 46.67 a day. */
static void
test_of (RaiDb *db) {
  rai_test_retailer_fill (db);
  rai_test_retailer_change (db, "UPDATE item_day SET out_of_stock = 250, rev = :rev WHERE "
                                "item_id = 1 AND day = 20500;"
                                "INSERT INTO item_day (site_id, item_id, day, quantity, revenue, "
                                "out_of_stock, rev) VALUES (1, 1, 20498, 0, 0, 1000, :rev) "
                                "ON CONFLICT (site_id, item_id, day) DO UPDATE SET quantity = 0, "
                                "revenue = 0, out_of_stock = 1000, rev = excluded.rev");

  g_autoptr (GError) error = NULL;
  g_autoptr (RaiCatalogue) catalogue = rai_catalogue_new (db, RAI_TEST_LAST_DAY, &error);
  g_assert_no_error (error);
  size_t n;
  const RaiCatalogueSite *sites = rai_catalogue_sites (catalogue, &n);
  g_autoptr (RaiSiteDays) days =
      rai_site_days_new (db, &sites[0], TODAY - HISTORY, TODAY, 14, &error);
  g_assert_no_error (error);
  g_autoptr (RaiMissedSales) missed = rai_missed_sales_new (db, catalogue, 1, days, &error);
  g_assert_no_error (error);

  g_assert_null (rai_missed_sales_of (missed, 77));
  for (int64_t department = 0; department <= 1; department++) {
    const double *of_days = rai_missed_sales_of (missed, department);
    g_assert_nonnull (of_days);
    for (size_t t = 0; t < days->n_past; t++) {
      const RaiDay day = days->first + (RaiDay) t;
      const double share = day == 20500 ? 0.25 : day == 20498 ? 1 : 0;
      g_assert_cmpfloat_with_epsilon (of_days[t], share * 4667, 200);
    }
  }
}

static void
test_share (void) {
  g_assert_cmpfloat (rai_missed_sales_share (0, 0), ==, 0);
  g_assert_cmpfloat (rai_missed_sales_share (9, 91), ==, 0);
  g_assert_cmpfloat_with_epsilon (rai_missed_sales_share (25, 75), 0.25, 1e-9);
  g_assert_cmpfloat (rai_missed_sales_share (25, -5), ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/missed-sales/of", test_of);
  g_test_add_func ("/missed-sales/share", test_share);
  return rai_test_db_end (g_test_run ());
}
