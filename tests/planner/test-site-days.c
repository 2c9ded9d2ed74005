/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-site-days.h"

#include "rai-test-db.h"
#include "rai-test-retailer.h"

#define HISTORY 200
#define HORIZON 14
#define TODAY (RAI_TEST_LAST_DAY + 1)

static RaiSiteDays *
read_days (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiCatalogue) catalogue = rai_catalogue_new (db, RAI_TEST_LAST_DAY, &error);
  g_assert_no_error (error);
  size_t n;
  const RaiCatalogueSite *sites = rai_catalogue_sites (catalogue, &n);
  RaiSiteDays *days = rai_site_days_new (db, &sites[0], TODAY - HISTORY, TODAY, HORIZON, &error);
  g_assert_no_error (error);
  return days;
}

/* The last Sundays of the retailer, which never sells on one, get sales. */
static void
sell_on_sundays (RaiDb *db, int n) {
  g_autoptr (GString) sql = g_string_new (NULL);
  for (RaiDay day = RAI_TEST_LAST_DAY; n > 0; day--)
    if (rai_day_weekday (day) == 7) {
      g_string_append_printf (sql, "INSERT INTO site_day VALUES (1, %d, 9000, 900, 400, 5, :rev);",
                              day);
      n--;
    }
  rai_test_retailer_change (db, sql->str);
}

/* Sundays to come that are closed, of HORIZON / 7. */
static size_t
closed_sundays (const RaiSiteDays *days) {
  size_t closed = 0;
  for (size_t t = days->n_past; t < days->n; t++) {
    bool sunday = rai_day_weekday (days->first + (RaiDay) t) == 7;
    g_assert_true (sunday || !days->closed[t]);
    closed += days->closed[t];
  }
  return closed;
}

/* Whatever weekdays are said, a Sunday is one of them from the third on that was sold on; those
 * before the first were closed, and are no gaps. */
static void
test_begins_to_open (RaiDb *db) {
  rai_test_retailer_fill (db);
  for (int said = 0; said < 2; said++) {
    rai_test_retailer_change (db, said ? "UPDATE site SET open_weekdays = 63, rev = :rev"
                                       : "UPDATE site SET open_weekdays = 127, rev = :rev");
    g_autoptr (RaiSiteDays) never = read_days (db);
    g_assert_cmpuint (closed_sundays (never), ==, HORIZON / 7);
  }

  for (int sundays = 1; sundays <= 4; sundays++) {
    rai_test_retailer_change (db, "DELETE FROM site_day WHERE quantity = 9000");
    sell_on_sundays (db, sundays);
    g_autoptr (RaiSiteDays) days = read_days (db);
    g_assert_cmpuint (closed_sundays (days), ==, sundays < 3 ? HORIZON / 7 : 0);
    for (size_t t = 0; t < days->n_past; t++)
      if (rai_day_weekday (days->first + (RaiDay) t) == 7)
        g_assert_cmpint (days->closed[t], ==, days->revenue[t] == 0);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/site-days/begins-to-open", test_begins_to_open);
  return rai_test_db_end (g_test_run ());
}
