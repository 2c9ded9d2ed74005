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

/* A person said today that the site opens on these weekdays. */
static void
say_weekdays (RaiDb *db, int weekdays, RaiDay since) {
  g_autofree char *sql = g_strdup_printf (
      "UPDATE site SET open_weekdays = %d, open_since = %d, rev = :rev", weekdays, since);
  rai_test_retailer_change (db, sql);
}

static size_t
closed_ahead (const RaiSiteDays *days, int weekday) {
  size_t closed = 0;
  for (size_t t = days->n_past; t < days->n; t++)
    closed += days->closed[t] && rai_day_weekday (days->first + (RaiDay) t) == weekday;
  return closed;
}

/* What a person says counts at once, whatever was sold before; Sundays of the past were closed. */
static void
test_said (RaiDb *db) {
  rai_test_retailer_fill (db);
  say_weekdays (db, 127, TODAY);
  g_autoptr (RaiSiteDays) opened = read_days (db);
  g_assert_cmpuint (closed_sundays (opened), ==, 0);
  for (size_t t = 0; t < opened->n_past; t++)
    if (rai_day_weekday (opened->first + (RaiDay) t) == 7)
      g_assert_true (opened->closed[t] && !opened->gap[t]);

  say_weekdays (db, 31, TODAY);
  g_autoptr (RaiSiteDays) shut = read_days (db);
  g_assert_cmpuint (closed_ahead (shut, 6), ==, HORIZON / 7);
  g_assert_cmpuint (closed_ahead (shut, 5), ==, 0);
  for (size_t t = 0; t < shut->n_past; t++)
    if (rai_day_weekday (shut->first + (RaiDay) t) == 6)
      g_assert_cmpint (shut->closed[t], ==, shut->revenue[t] == 0);
}

/* Sales since then speak against it as they do without anybody's word. */
static void
test_said_and_sold (RaiDb *db) {
  rai_test_retailer_fill (db);
  for (int sundays = 2; sundays <= 3; sundays++) {
    rai_test_retailer_change (db, "DELETE FROM site_day WHERE quantity = 9000");
    sell_on_sundays (db, sundays);
    say_weekdays (db, 63, TODAY - 7 * 4);
    g_autoptr (RaiSiteDays) days = read_days (db);
    g_assert_cmpuint (closed_sundays (days), ==, sundays < 3 ? HORIZON / 7 : 0);
  }

  /* Those before are not counted. */
  say_weekdays (db, 63, TODAY - 7);
  g_autoptr (RaiSiteDays) later = read_days (db);
  g_assert_cmpuint (closed_sundays (later), ==, HORIZON / 7);

  /* Eight weeks without a sale, and it is closed after all. */
  rai_test_retailer_change (db, "DELETE FROM site_day WHERE quantity = 9000");
  say_weekdays (db, 127, TODAY - 7 * 8);
  g_autoptr (RaiSiteDays) quiet = read_days (db);
  g_assert_cmpuint (closed_sundays (quiet), ==, HORIZON / 7);
  say_weekdays (db, 127, TODAY - 7 * 7);
  g_autoptr (RaiSiteDays) patient = read_days (db);
  g_assert_cmpuint (closed_sundays (patient), ==, 0);
}

/* One Sunday on which it opens, and one day on which it does not. */
static void
test_exceptions (RaiDb *db) {
  rai_test_retailer_fill (db);
  say_weekdays (db, 63, TODAY);
  rai_test_retailer_change (
      db, "INSERT INTO calendar_day (site_id, day, opened, closed, rev) VALUES "
          "(1, 20506, 1, 0, :rev), (1, 20507, 0, 1, :rev), (1, 20513, 1, 1, :rev)");
  g_autoptr (RaiSiteDays) days = read_days (db);
  g_assert_false (days->closed[20506 - days->first]);
  g_assert_true (days->closed[20507 - days->first]);
  g_assert_false (days->closed[20513 - days->first]);
  g_assert_cmpuint (closed_ahead (days, 7), ==, 0);
  g_assert_cmpuint (closed_ahead (days, 1), ==, 1);
}

/* Weeks in which nothing at all was sold say nothing of weekdays, and are no zeros. Since it was
 * shut it has sold on Saturday and Monday; today is Tuesday. */
static void
test_shut_for_weeks (RaiDb *db) {
  rai_test_retailer_fill (db);
  for (int shut = 55; shut <= 65; shut++) {
    g_autofree char *sql = g_strdup_printf ("DELETE FROM site_day WHERE day BETWEEN %d AND %d",
                                            TODAY - 3 - shut, TODAY - 4);
    rai_test_retailer_change (db, sql);
    g_autoptr (RaiSiteDays) days = read_days (db);
    g_assert_cmpuint (closed_sundays (days), ==, HORIZON / 7);
    for (size_t t = 0; t < days->n_past; t++)
      g_assert_cmpint (days->gap[t], ==, !days->closed[t] && days->revenue[t] == 0);
    g_assert_true (days->gap[days->n_past - 30] || days->gap[days->n_past - 31]);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/site-days/begins-to-open", test_begins_to_open);
  rai_test_db_add ("/site-days/said", test_said);
  rai_test_db_add ("/site-days/said-and-sold", test_said_and_sold);
  rai_test_db_add ("/site-days/exceptions", test_exceptions);
  rai_test_db_add ("/site-days/shut-for-weeks", test_shut_for_weeks);
  return rai_test_db_end (g_test_run ());
}
