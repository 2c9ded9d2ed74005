/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-forecast-data.h"
#include "client/pages/rai-forecast-words.h"
#include "rai-shop-fixture.h"

#include <math.h>

static RaiSyncFixture *fixture;

static RaiRows *
item_forecast (RaiDb *db) {
  return rai_shop_fixture_query (
      db, "forecast", rai_query_arguments ("level", "item", "site", "1", "node", "1", NULL));
}

static void
test_unpack (void) {
  g_autoptr (RaiRows) rows = item_forecast (rai_sync_fixture_db (fixture));
  g_autoptr (RaiForecastData) data = rai_forecast_data_new (rows);
  g_assert_nonnull (data);
  g_assert_cmpfloat (rai_forecast_data_mean (data, RAI_SHOP_TODAY), ==, 11);
  g_assert_cmpfloat (rai_forecast_data_mean (data, RAI_SHOP_TODAY + 27), ==, 9);
  g_assert_true (isnan (rai_forecast_data_mean (data, RAI_SHOP_TODAY + 28)));
  g_assert_cmpfloat (rai_forecast_data_quantile (data, RAI_SHOP_TODAY, RAI_Q975), ==, 15);
  g_assert_cmpuint (data->numbers.n_parts, ==, 2);

  /* Parts add up to the mean, on any days; those outside the horizon count nothing. */
  double sum = 0;
  for (RaiDay last = RAI_SHOP_TODAY; last < RAI_SHOP_TODAY + 30; last++) {
    RaiWaterfallPart parts[3] = { 0 };
    double mean = rai_forecast_data_mean (data, last);
    sum += isnan (mean) ? 0 : mean;
    g_assert_cmpuint (rai_forecast_data_why (data, RAI_SHOP_TODAY, last, parts), <=, 2);
    g_assert_cmpfloat_with_epsilon (parts[0].value + parts[1].value, sum, 1e-9);
  }

  g_autofree char *days = rai_forecast_days_text (
      data, (RaiChartDays){ RAI_SHOP_TODAY, RAI_SHOP_TODAY }, RAI_SHOP_TODAY);
  g_assert_cmpstr (days, ==, "Today");
}

/* The parts that are told add up to the number beside the chart, whatever is too small for a line.
 */
static void
test_why (void) {
  g_autoptr (RaiRows) rows = item_forecast (rai_sync_fixture_db (fixture));
  g_autoptr (RaiForecastData) data = rai_forecast_data_new (rows);
  RaiWaterfallPart parts[3];
  g_assert_cmpuint (rai_forecast_data_why (data, RAI_SHOP_TODAY, RAI_SHOP_TODAY, parts), ==, 2);
  g_assert_cmpfloat (parts[0].value, ==, 10);
  g_assert_cmpfloat (parts[1].value, ==, 1);

  data->numbers.parts[0] = 10.97F;
  data->numbers.parts[RAI_SHOP_HORIZON] = 0.015F;
  g_assert_cmpuint (rai_forecast_data_why (data, RAI_SHOP_TODAY, RAI_SHOP_TODAY, parts), ==, 1);
  g_assert_cmpfloat_with_epsilon (parts[0].value, 11, 1e-9);

  data->numbers.parts[0] = 8;
  g_assert_cmpuint (rai_forecast_data_why (data, RAI_SHOP_TODAY, RAI_SHOP_TODAY, parts), ==, 2);
  g_assert_cmpstr (parts[1].name, ==, "Everything else");
  g_assert_cmpfloat_with_epsilon (parts[1].value, 3, 1e-9);

  /* A closed day. */
  data->numbers.means[0] = data->numbers.parts[0] = data->numbers.parts[RAI_SHOP_HORIZON] = 0;
  g_assert_cmpuint (rai_forecast_data_why (data, RAI_SHOP_TODAY, RAI_SHOP_TODAY, parts), ==, 1);
  g_assert_cmpstr (parts[0].name, ==, "Expected");
  g_assert_cmpfloat (parts[0].value, ==, 0);
}

/* Two stores together: everything doubles but what is known of how good it is. */
static void
test_add (void) {
  g_autoptr (RaiRows) rows = item_forecast (rai_sync_fixture_db (fixture));
  g_autoptr (RaiForecastData) sum = rai_forecast_data_new (rows),
                              other = rai_forecast_data_new (rows);
  g_assert_true (rai_forecast_data_add (sum, other));
  g_assert_cmpfloat (rai_forecast_data_mean (sum, RAI_SHOP_TODAY), ==, 22);
  g_assert_cmpfloat (rai_forecast_data_quantile (sum, RAI_SHOP_TODAY, RAI_Q975), ==, 30);
  RaiWaterfallPart parts[3];
  g_assert_cmpuint (rai_forecast_data_why (sum, RAI_SHOP_TODAY, RAI_SHOP_TODAY, parts), ==, 2);
  g_assert_cmpfloat (parts[0].value, ==, 20);
  g_assert_true (isnan (sum->wape));
  g_assert_null (sum->model);

  other->first_day++;
  g_assert_false (rai_forecast_data_add (sum, other));
  g_assert_cmpfloat (rai_forecast_data_mean (sum, RAI_SHOP_TODAY), ==, 22);
}

static void
set_blob (RaiDb *db, const char *assignment) {
  g_autofree char *sql =
      g_strdup_printf ("UPDATE forecast SET %s WHERE level = 'item'", assignment);
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* Blobs of the wrong size, of NaN, a horizon of nonsense: no forecast. Parts that are not whole:
 * one without parts. */
static void
test_broken (void) {
  static const char *const damages[] = { "means = x'00'",
                                         "quantiles = x''",
                                         "horizon = 0",
                                         "horizon = 1000000000",
                                         "horizon = -5",
                                         "means = zeroblob (111)",
                                         "means = x'0000C07F' || zeroblob (108)" };
  RaiDb *db = rai_sync_fixture_db (fixture);

  for (size_t i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_assert_true (rai_db_begin_write (db, NULL));
    set_blob (db, damages[i]);
    g_autoptr (RaiRows) rows = item_forecast (db);
    g_assert_null (rai_forecast_data_new (rows));
    rai_db_rollback (db);
  }

  g_assert_true (rai_db_begin_write (db, NULL));
  set_blob (db, "parts = x'0102'");
  g_autoptr (RaiRows) rows = item_forecast (db);
  g_autoptr (RaiForecastData) data = rai_forecast_data_new (rows);
  g_assert_cmpuint (data->numbers.n_parts, ==, 0);
  rai_db_rollback (db);
}

static void
test_rows (void) {
  RaiDb *db = rai_sync_fixture_db (fixture);
  g_autoptr (RaiRows) days =
      rai_shop_fixture_query (db, "item-days",
                              rai_query_arguments ("site", "1", "item", "1", "from", "2024-09-24",
                                                   "to", "2024-10-31", NULL));
  g_autoptr (RaiChartSeries) sold =
      rai_rows_to_series (days, "quantity", 0.001, 0, RAI_SHOP_LAST_DAY + 2);
  g_assert_cmpuint (rai_chart_series_length (sold), ==, 13);
  g_assert_cmpfloat (rai_chart_series_get (sold, RAI_SHOP_LAST_DAY), ==, 3);
  g_assert_cmpfloat (rai_chart_series_get (sold, RAI_SHOP_LAST_DAY + 1), ==, 0);
  g_assert_cmpfloat (rai_rows_on_day (days, RAI_SHOP_LAST_DAY - 1, "quantity"), ==, 4000);
  g_assert_true (isnan (rai_rows_on_day (days, RAI_SHOP_LAST_DAY + 1, "quantity")));
  g_assert_null (rai_rows_to_series (NULL, "quantity", 1, 0, RAI_DAY_NONE));
  g_autoptr (RaiRows) calendar = rai_shop_fixture_query (
      db, "calendar",
      rai_query_arguments ("site", "1", "from", "2024-10-01", "to", "2024-10-31", NULL));

  RaiMarkerLayer *marks = RAI_MARKER_LAYER (rai_marker_layer_new ());
  rai_rows_to_marks (calendar, marks);
  g_assert_true (rai_marker_layer_shows (marks, RAI_MARKER_HOLIDAY, 20002, 20002));
  g_assert_false (rai_marker_layer_shows (marks, RAI_MARKER_CLOSED, 20002, 20002));
  g_assert_true (rai_marker_layer_shows (marks, RAI_MARKER_EVENT, 20003, 20003));
  g_object_unref (marks);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast-data/unpack", test_unpack);
  g_test_add_func ("/forecast-data/why", test_why);
  g_test_add_func ("/forecast-data/add", test_add);
  g_test_add_func ("/forecast-data/broken", test_broken);
  g_test_add_func ("/forecast-data/rows", test_rows);
  fixture = rai_sync_fixture_new ();
  rai_shop_fixture_fill (rai_sync_fixture_db (fixture));

  int status = g_test_run ();
  rai_sync_fixture_free (fixture);
  return status;
}
