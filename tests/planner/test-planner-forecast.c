/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-planner-forecast.h"

#include "planner/rai-forecast-memory.h"
#include "planner/rai-forecast-row.h"
#include "rai-test-db.h"
#include "rai-test-retailer.h"

#include <math.h>

static RaiPlannerForecastSummary
forecast (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiPlannerForecastOptions options = { .through = RAI_DAY_NONE, .model = "weekday", .threads = 1 };
  RaiPlannerForecastSummary summary;
  rai_planner_forecast (db, &options, &summary, NULL, &error);
  g_assert_no_error (error);
  return summary;
}

static RaiForecastRow
read_row (RaiDb *db, const char *level, int64_t site, int64_t node) {
  g_autoptr (GError) error = NULL;
  RaiStatement *statement = rai_db_prepare (db,
                                            "SELECT node_id, first_day, horizon, means, quantiles, "
                                            "part_names, parts, dispersion FROM forecast "
                                            "WHERE level = ?1 AND site_id = ?2 AND node_id = ?3",
                                            &error);

  g_assert_no_error (error);
  rai_statement_bind_text (statement, 1, level);
  rai_statement_bind_int (statement, 2, site);
  rai_statement_bind_int (statement, 3, node);
  g_assert_cmpint (rai_statement_step (statement, &error), ==, RAI_STEP_ROW);

  RaiForecastRow row = { 0 };
  g_assert_true (rai_forecast_row_read (&row, statement));
  rai_statement_reset (statement);

  return row;
}

static void
test_rows (RaiDb *db) {
  rai_test_retailer_fill (db);
  RaiPlannerForecastSummary summary = forecast (db);
  g_assert_cmpuint (summary.sites, ==, 1);
  g_assert_cmpuint (summary.items, ==, RAI_TEST_ITEMS);
  g_assert_cmpuint (summary.series, ==, RAI_TEST_ITEMS + 3);
  g_assert_cmpint (summary.first_day, ==, RAI_TEST_LAST_DAY + 1);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM forecast WHERE level = 'item'"),
                   ==, 6);
  g_auto (RaiForecastRow) item = read_row (db, "item", 1, 1);
  g_auto (RaiForecastRow) company = read_row (db, "company", 0, 0);

  for (size_t h = 0; h < item.numbers.horizon; h++) {
    int weekday = rai_day_weekday (item.first_day + (RaiDay) h);
    /* Nothing was ever sold on a Sunday: it is a closing day. */
    double usual = weekday == 7 ? 0 : weekday == 6 ? 20 : 10;
    g_assert_cmpfloat_with_epsilon (item.numbers.means[h], usual, 1.5);
    g_assert_cmpint (company.numbers.means[h] > 0, ==, weekday != 7);
    float sum = 0;
    for (size_t p = 0; p < item.numbers.n_parts; p++)
      sum += item.numbers.parts[p * item.numbers.horizon + h];
    g_assert_cmpfloat_with_epsilon (sum, item.numbers.means[h], 1e-3);
  }

  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM job WHERE state = 'done'"), ==,
                   1);
  g_assert_cmpint (rai_test_retailer_int (
                       db, "SELECT COUNT(*) FROM command_log WHERE name = 'planner.forecast'"),
                   ==, 1);
}

/* A day leans on what an earlier one chose, and on nothing of its own. */
static void
test_memory (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, 7);
  rai_panel_add_series (panel, "s", "a", 60);
  for (size_t t = 0; t < 60; t++)
    rai_panel_observations (panel, 0)[t] = (double) (t % 7);

  RaiForecastOptions options = { .model = "snaive", .skip_parts = true };
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, NULL);
  for (RaiDay day = 20000; day < 20003; day++) {
    g_autoptr (RaiMemory) memory = NULL;
    rai_db_begin_write (db, &error);
    g_assert_true (rai_forecast_memory_read (db, "items 1", day, &memory, &error));
    g_assert_true ((memory != NULL) == (day > 20000));
    if (memory != NULL)
      g_assert_cmpfloat (rai_memory_weight (memory, "snaive"), ==, 1);
    g_assert_true (rai_forecast_memory_write (db, "items 1", day, forecast, &error));
    rai_db_commit (db, &error);
  }

  g_autoptr (RaiMemory) before = NULL;
  g_autoptr (RaiMemory) other = NULL;
  g_assert_true (rai_forecast_memory_read (db, "items 1", 20001, &before, &error));
  g_assert_null (before); /* two days are kept: 20001 and 20002 */
  g_assert_true (rai_forecast_memory_read (db, "totals", 20003, &other, &error));
  g_assert_null (other);
}

/* Items tell what their days together vary by, for orders; totals have no use for it. */
static void
test_dispersion (RaiDb *db) {
  rai_test_retailer_fill (db);
  forecast (db);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM forecast WHERE level = 'item' "
                                              "AND length(dispersion) = 4 * horizon"),
                   ==, 6);
  g_assert_cmpint (
      rai_test_retailer_int (
          db, "SELECT COUNT(*) FROM forecast WHERE level <> 'item' AND dispersion IS NOT NULL"),
      ==, 0);
}

static void
test_again_changes_nothing (RaiDb *db) {
  rai_test_retailer_fill (db);
  forecast (db);

  int64_t before = rai_test_retailer_int (db, "SELECT MAX(revision) FROM feed");
  forecast (db);

  g_autofree char *sql =
      g_strdup_printf ("SELECT (SELECT COUNT(*) FROM forecast WHERE rev > %1$" G_GINT64_FORMAT
                       ") + (SELECT COUNT(*) FROM forecast_past "
                       "WHERE rev > %1$" G_GINT64_FORMAT
                       ") + (SELECT COUNT(*) FROM accuracy WHERE rev > %1$" G_GINT64_FORMAT ")",
                       before);

  g_assert_cmpint (rai_test_retailer_int (db, sql), ==, 0);
}

static void
test_past (RaiDb *db) {
  rai_test_retailer_fill (db);
  forecast (db);

  /* The first run looks back 28 days at every level. */
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM forecast_past WHERE level = 'item'"), ==,
      28 * 6);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM forecast_past WHERE level = 'site'"), ==,
      28);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT MAX(day) FROM forecast_past"), ==,
                   RAI_TEST_LAST_DAY);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM forecast_past WHERE live = 1"),
                   ==, 0);

  /* Three days later what had been forecast for them is kept. */
  rai_test_retailer_change (db, "UPDATE site SET last_day = last_day + 3, rev = :rev");
  g_setenv ("RETAILAI_NOW", "2026-02-20T06:00:00Z", TRUE);
  forecast (db);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT MAX(day) FROM forecast_past WHERE level = 'item'"), ==,
      RAI_TEST_LAST_DAY + 3);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM forecast_past WHERE level = 'item'"), ==,
      31 * 6);
  g_assert_cmpint (rai_test_retailer_int (
                       db, "SELECT COUNT(*) FROM forecast_past WHERE level = 'item' AND live = 1"),
                   ==, 3 * 6);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM forecast_past WHERE naive IS NOT NULL"), >,
      100);
}

static void
test_override (RaiDb *db) {
  rai_test_retailer_fill (db);
  forecast (db);
  g_auto (RaiForecastRow) plain = read_row (db, "item", 1, 1);

  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO forecast_override VALUES ('o1', 1, 1, %d, %d, 150, 'fair', 1, 5, "
      ":rev)",
      RAI_TEST_LAST_DAY + 1, RAI_TEST_LAST_DAY + 2);

  rai_test_retailer_change (db, sql);
  forecast (db);
  g_auto (RaiForecastRow) more = read_row (db, "item", 1, 1);
  g_assert_cmpstr (more.numbers.part_names[more.numbers.n_parts - 1], ==, "override");
  for (size_t h = 0; h < more.numbers.horizon; h++)
    g_assert_cmpfloat_with_epsilon (more.numbers.means[h],
                                    plain.numbers.means[h] * (h < 2 ? 1.5 : 1), 1e-3);

  g_assert_cmpfloat_with_epsilon (more.numbers.quantiles[RAI_Q50],
                                  plain.numbers.quantiles[RAI_Q50] * 1.5, 1e-3);
}

static void
test_gone_items_leave_tombstones (RaiDb *db) {
  rai_test_retailer_fill (db);
  forecast (db);
  rai_test_retailer_change (db, "UPDATE item SET active = 0, rev = :rev WHERE id = 5;"
                                "UPDATE site SET last_day = last_day + 1, rev = :rev");
  g_setenv ("RETAILAI_NOW", "2026-02-18T06:00:00Z", TRUE);
  forecast (db);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM forecast WHERE level = 'item'"),
                   ==, 5);
  g_assert_cmpint (
      rai_test_retailer_int (
          db,
          "SELECT COUNT(*) FROM tombstone WHERE table_name = 'forecast' AND row_key = 'item/1/5'"),
      ==, 1);
  rai_test_retailer_change (db, "UPDATE item SET active = 1, rev = :rev WHERE id = 5");
  forecast (db);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM tombstone WHERE table_name = 'forecast'"),
      ==, 0);
}

static void
test_nothing_to_forecast (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiPlannerForecastOptions options = { .through = RAI_DAY_NONE };
  g_assert_false (rai_planner_forecast (db, &options, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM job WHERE state = 'failed'"),
                   ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/planner-forecast/rows", test_rows);
  rai_test_db_add ("/planner-forecast/memory", test_memory);
  rai_test_db_add ("/planner-forecast/dispersion", test_dispersion);
  rai_test_db_add ("/planner-forecast/again-changes-nothing", test_again_changes_nothing);
  rai_test_db_add ("/planner-forecast/past", test_past);
  rai_test_db_add ("/planner-forecast/override", test_override);
  rai_test_db_add ("/planner-forecast/tombstones", test_gone_items_leave_tombstones);
  rai_test_db_add ("/planner-forecast/nothing", test_nothing_to_forecast);

  return rai_test_db_end (g_test_run ());
}
