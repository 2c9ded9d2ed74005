/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sites.h"

#include "rai-test-db.h"

#define TODAY 20503 /* Thursday 19 February 2026 */
#define SUNDAY 20506

static void
run (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
expect (RaiDb *db, const char *sql, int64_t value) {
  g_autoptr (GError) error = NULL;
  int64_t found = INT64_MIN;
  rai_db_get_int (db, sql, NULL, 0, INT64_MIN, &found, &error);
  g_assert_no_error (error);
  g_assert_cmpint (found, ==, value);
}

static void
add_site (RaiDb *db) {
  run (db, "INSERT INTO site (id, code, name, open_weekdays, rev) VALUES (1, 'A', 'One', 63, 1), "
           "(2, 'B', 'Two', 63, 1)");
}

static void
edit (RaiDb *db, const RaiSiteValues *values, int64_t rev) {
  g_autoptr (GError) error = NULL;
  rai_site_edit (db, 1, values, rev, &error);
  g_assert_no_error (error);
}

/* What is not said stays, what does not differ is not written, and the other site is left alone. */
static void
edit_changes_what_differs (RaiDb *db) {
  const int64_t opens = 480, closes = 1440, none = 0;
  add_site (db);
  edit (db, &(RaiSiteValues){ .name = "New", .zone = "Europe/Berlin", .currency = "CHF" }, 2);
  expect (db,
          "SELECT rev FROM site WHERE id = 1 AND name = 'New' AND zone = 'Europe/Berlin' AND "
          "currency = 'CHF' AND region = '' AND open_weekdays = 63 AND open_since IS NULL",
          2);
  edit (db, &(RaiSiteValues){ .name = "New" }, 3);
  expect (db, "SELECT rev FROM site WHERE id = 1", 2);

  edit (db, &(RaiSiteValues){ .opens = &opens, .closes = &closes }, 4);
  expect (db, "SELECT rev FROM site WHERE opens = 480 AND closes = 1440", 4);
  edit (db, &(RaiSiteValues){ .opens = &opens, .closes = &closes }, 5);
  expect (db, "SELECT rev FROM site WHERE opens = 480 AND closes = 1440", 4);
  edit (db, &(RaiSiteValues){ .opens = &none, .closes = &none }, 6);
  expect (db, "SELECT rev FROM site WHERE opens IS NULL AND closes IS NULL AND id = 1", 6);
  edit (db, &(RaiSiteValues){ .opens = &none, .closes = &none }, 7);
  expect (db, "SELECT rev FROM site WHERE id = 1", 6);
  expect (db, "SELECT rev FROM site WHERE id = 2", 1);
}

/* A person's word holds from the day on which it was first given. */
static void
weekdays_hold_from_today (RaiDb *db) {
  const int64_t same = 63, other = 127;
  add_site (db);
  edit (db, &(RaiSiteValues){ .open_weekdays = &same, .today = TODAY }, 2);
  expect (db, "SELECT open_since FROM site WHERE rev = 2 AND open_weekdays = 63", TODAY);
  edit (db, &(RaiSiteValues){ .open_weekdays = &same, .today = TODAY + 1 }, 3);
  expect (db, "SELECT open_since FROM site WHERE rev = 2", TODAY);
  edit (db, &(RaiSiteValues){ .open_weekdays = &other, .today = TODAY + 1 }, 4);
  expect (db, "SELECT open_since FROM site WHERE rev = 4 AND open_weekdays = 127", TODAY + 1);
  edit (db, &(RaiSiteValues){ .region = "North" }, 5);
  expect (db, "SELECT open_since FROM site WHERE rev = 5 AND region = 'North'", TODAY + 1);
}

/* Days to come that a calendar closes for their weekday's sake open with it; holidays stay, and so
 * do days of the past and of other sites. */
static void
calendar_follows (RaiDb *db) {
  const int64_t all = 127;
  add_site (db);
  for (int site = 1; site <= 2; site++)
    for (int week = -1; week <= 2; week++) {
      g_autofree char *sql = g_strdup_printf (
          "INSERT INTO calendar_day (site_id, day, closed, holiday, rev) VALUES "
          "(%d, %d, 1, '%s', 1), (%d, %d, 1, '', 1)",
          site, SUNDAY + 7 * week, week == 1 ? "Feast" : "", site, SUNDAY + 7 * week - 1);
      run (db, sql);
    }

  edit (db, &(RaiSiteValues){ .open_weekdays = &all, .today = TODAY }, 2);
  expect (db, "SELECT count(*) FROM calendar_day WHERE closed = 0", 2);
  expect (db,
          "SELECT count(*) FROM calendar_day WHERE closed = 0 AND rev = 2 AND site_id = 1 AND "
          "day IN (20506, 20520)",
          2);
}

static void
faults (RaiDb *db) {
  const int64_t zero = 0, eight = 480, late = 1441, week = 128, noon = 720;
  const RaiSiteValues wrong[] = {
    { .name = "" },
    { .name = "\xc2\xa0 " },
    { .zone = "Mars/Base" },
    { .zone = "+02:00" },
    { .currency = "eur" },
    { .currency = "ABC" },
    { .opens = &eight },
    { .closes = &eight },
    { .opens = &eight, .closes = &eight },
    { .opens = &noon, .closes = &eight },
    { .opens = &eight, .closes = &late },
    { .open_weekdays = &zero },
    { .open_weekdays = &week },
  };

  add_site (db);
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_nonnull (rai_site_fault (&wrong[i]));
    g_assert_false (rai_site_edit (db, 1, &wrong[i], 2, &error));
    g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT);
  }
  expect (db, "SELECT max(rev) FROM site", 1);
}

static void
set (RaiDb *db, RaiDay day, const RaiSiteDay *what) {
  g_autoptr (GError) error = NULL;
  rai_site_set_day (db, 1, day, what, 2, &error);
  g_assert_no_error (error);
}

/* Closed and open are never both; what else is known of the day stays. */
static void
days (RaiDb *db) {
  const int64_t yes = 1, no = 0;
  add_site (db);
  run (db, "INSERT INTO calendar_day (site_id, day, event, rain, rev) VALUES (1, 20506, 'Fair', 2, "
           "1)");
  set (db, SUNDAY, &(RaiSiteDay){ .opened = &yes });
  expect (db, "SELECT closed FROM calendar_day WHERE opened = 1 AND event = 'Fair' AND rain = 2",
          0);
  set (db, SUNDAY, &(RaiSiteDay){ .closed = &yes, .holiday = "Stocktaking" });
  expect (db, "SELECT closed FROM calendar_day WHERE opened = 0 AND holiday = 'Stocktaking'", 1);
  set (db, SUNDAY, &(RaiSiteDay){ .closed = &no });
  expect (db, "SELECT closed FROM calendar_day WHERE opened = 0 AND holiday = 'Stocktaking'", 0);
  set (db, SUNDAY + 1, &(RaiSiteDay){ .closed = &yes });
  expect (db, "SELECT closed FROM calendar_day WHERE day = 20507 AND holiday = ''", 1);
}

static void
money (RaiDb *db) {
  static const char *const kept[] = {
    "INSERT INTO site_day VALUES (1, 20000, 1, 1, 1, 1, 1)",
    "DELETE FROM site_day; INSERT INTO price (site_id, item_id, first_day, price, rev) VALUES (1, "
    "1, 20000, 5, 1)",
    "DELETE FROM price; INSERT INTO stock (site_id, item_id, on_hand, rev) VALUES (1, 1, 0, 1)",
  };
  g_autoptr (GError) error = NULL;
  bool has = true;
  add_site (db);
  run (db, "INSERT INTO item (id, sku, name, department_id, price, rev) VALUES (1, 'A', 'A', 1, 9, "
           "1)");
  g_assert_true (rai_site_has_money (db, 1, &has, &error));
  g_assert_false (has);

  for (size_t i = 0; i < G_N_ELEMENTS (kept); i++) {
    run (db, kept[i]);
    g_assert_true (rai_site_has_money (db, 1, &has, &error));
    g_assert_true (has);
    g_assert_true (rai_site_has_money (db, 2, &has, &error));
    g_assert_false (has);
  }
}

/* What is not said is as the schema says; opening days that nobody said are for sales to tell. */
static void
add (RaiDb *db) {
  const int64_t weekdays = 31, opens = 480, closes = 1200, none = 0;
  g_autoptr (GError) error = NULL;
  RaiSiteValues values = { .name = "One", .zone = "Europe/Berlin", .currency = "CHF" };
  g_assert_true (rai_site_add (db, 1, "A", &values, 2, &error));
  expect (db,
          "SELECT rev FROM site WHERE id = 1 AND code = 'A' AND name = 'One' AND region = '' AND "
          "zone = 'Europe/Berlin' AND currency = 'CHF' AND open_weekdays = 127 AND "
          "open_since IS NULL AND opens IS NULL AND closes IS NULL AND active = 1",
          2);

  values.open_weekdays = &weekdays;
  values.today = TODAY;
  values.opens = &opens;
  values.closes = &closes;
  g_assert_true (rai_site_add (db, 2, "B", &values, 3, &error));
  expect (db,
          "SELECT open_since FROM site WHERE id = 2 AND open_weekdays = 31 AND opens = 480 AND "
          "closes = 1200",
          TODAY);

  values.opens = values.closes = &none;
  g_assert_true (rai_site_add (db, 3, "C", &values, 4, &error));
  expect (db, "SELECT rev FROM site WHERE id = 3 AND opens IS NULL AND closes IS NULL", 4);
  values.zone = "Mars/Base";
  g_assert_false (rai_site_add (db, 4, "D", &values, 5, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT);
  expect (db, "SELECT count(*) FROM site", 3);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/sites/add", add);
  rai_test_db_add ("/db/sites/edit", edit_changes_what_differs);
  rai_test_db_add ("/db/sites/weekdays", weekdays_hold_from_today);
  rai_test_db_add ("/db/sites/calendar", calendar_follows);
  rai_test_db_add ("/db/sites/faults", faults);
  rai_test_db_add ("/db/sites/days", days);
  rai_test_db_add ("/db/sites/money", money);
  return rai_test_db_end (g_test_run ());
}
