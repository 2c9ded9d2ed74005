/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-forecasters.h"

#include "forecast/rai-forecast.h"

#include <math.h>
#include <string.h>

/* Every row of the table of methods on every bad series: something finite and not negative comes
 * out, with a name and a reason, or a local method says that it cannot. */
#define HORIZON 10

typedef struct {
  const char *name;
  size_t n;
  double (*value) (size_t t);
} BadSeries;

static double
missing (size_t t) {
  return NAN;
}

static double
mostly_missing (size_t t) {
  return t % 9 == 4 ? 3 : NAN;
}

static double
endless (size_t t) {
  return t % 5 == 0 ? INFINITY : t % 5 == 1 ? -INFINITY : 4;
}

static double
negative (size_t t) {
  return -3 - (double) (t % 4);
}

static double
zero (size_t t) {
  return 0;
}

static double
constant (size_t t) {
  return 5;
}

static double
huge (size_t t) {
  return t % 3 == 0 ? 1e12 : 1e12 - 1e5 * (double) t;
}

static double
huge_or_nothing (size_t t) {
  return t % 2 == 0 ? 1e12 : 0;
}

static double
tiny (size_t t) {
  return 1e-300 * (double) (t + 1);
}

static double
exploding (size_t t) {
  return exp ((double) (t % 200) / 8);
}

static double
gap_of_ten_years (size_t t) {
  return t < 30 || t > 3680 ? 4 + (double) (t % 7) : NAN;
}

static double
one_peak (size_t t) {
  return t == 70 ? 1e9 : 0;
}

static double
dead (size_t t) {
  return t < 40 ? 8 : 0;
}

static const BadSeries bad[] = {
  { "nothing", 0, zero },
  { "one observation", 1, constant },
  { "two", 2, constant },
  { "missing", 60, missing },
  { "mostly missing", 90, mostly_missing },
  { "infinities", 90, endless },
  { "negative", 90, negative },
  { "zeros", 90, zero },
  { "constant", 90, constant },
  { "huge", 90, huge },
  { "huge or nothing", 90, huge_or_nothing },
  { "tiny", 90, tiny },
  { "exploding", 200, exploding },
  { "ten years' gap", 3700, gap_of_ten_years },
  { "one peak", 90, one_peak },
  { "dead", 120, dead },
};

/* Covariates: a price that is not known ahead, an event with a category never seen before, one that
 * is never known. */
static RaiPanel *
bad_panel (RaiPanelStep step) {
  RaiPanel *panel = rai_panel_new (step, step >= RAI_STEP_MONTH ? 600 : 20000, HORIZON);
  rai_panel_add_covariate (panel, "price", RAI_COVARIATE_PRICE, false);
  rai_panel_add_covariate (panel, "event", RAI_COVARIATE_EVENT, true);
  rai_panel_add_covariate (panel, "weather", RAI_COVARIATE_WEATHER, false);

  float seen = rai_panel_category (panel, 1, "seen"),
        unseen = rai_panel_category (panel, 1, "unseen");
  for (size_t k = 0; k < G_N_ELEMENTS (bad); k++) {
    size_t n = step >= RAI_STEP_MONTH ? MIN (bad[k].n, 300) : bad[k].n;
    size_t i = rai_panel_add_series (panel, k % 2 == 0 ? "here" : "there", bad[k].name, n);
    for (size_t t = 0; t < n; t++) {
      rai_panel_observations (panel, i)[t] = bad[k].value (t);
      rai_panel_covariate (panel, i, 0)[t] = t % 11 == 0 ? 1e9f : 2.5f;
      rai_panel_covariate (panel, i, 1)[t] = t % 13 == 0 ? seen : 0;
    }
    for (size_t h = 0; h < HORIZON; h++)
      rai_panel_covariate (panel, i, 1)[n + h] = unseen;
    rai_panel_closed (panel, i)[n + 3] = 1;
    if (n > 50)
      rai_panel_stockout (panel, i)[n - 2] = 1;
  }

  return panel;
}

static void
check_series (const RaiSeriesForecast *series, size_t n_levels, const char *model,
              const char *name) {
  bool fine = series->model != NULL && *series->model != '\0' && series->reason != NULL &&
              *series->reason != '\0';
  for (size_t h = 0; h < HORIZON; h++) {
    double least = 0;
    fine = fine && isfinite (series->mean[h]) && series->mean[h] >= 0 && series->mean[h] < 1e15;
    for (size_t q = 0; q < n_levels; q++) {
      double value = series->quantiles[h * n_levels + q];
      fine = fine && isfinite (value) && value >= least;
      least = value;
    }
    fine = fine && (h != 3 || series->mean[h] == 0);
  }

  if (!fine)
    g_error ("%s on \"%s\": %g, %g, ... by %s: %s", model, name, series->mean[0], series->mean[1],
             series->model, series->reason);
}

static void
check_panel (const RaiPanel *panel, const char *model) {
  g_autoptr (GError) error = NULL;
  RaiForecastOptions options = { .model = model, .threads = 2 };
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, &error);
  g_assert_no_error (error);

  size_t n_levels;
  rai_forecast_quantile_levels (forecast, &n_levels);
  for (size_t k = 0; k < G_N_ELEMENTS (bad); k++)
    check_series (rai_forecast_series (forecast, k), n_levels, model, bad[k].name);

  g_assert_cmpfloat (rai_forecast_series (forecast, 7)->mean[0], <, 1); /* zeros */
}

static void
test_panels (void) {
  static const RaiPanelStep steps[] = { RAI_STEP_DAY, RAI_STEP_HOUR, RAI_STEP_WEEK, RAI_STEP_MONTH,
                                        RAI_STEP_QUARTER };
  size_t n;
  const RaiForecaster *const *rows = rai_forecasters (&n);

  for (size_t s = 0; s < G_N_ELEMENTS (steps); s++) {
    g_autoptr (RaiPanel) panel = bad_panel (steps[s]);
    check_panel (panel, "auto");
    for (size_t m = 0; m < n; m++)
      check_panel (panel, rai_method_id (rows[m]->method));
  }
}

/* Where a method asked for cannot be used, the moving average stands in and the reason says so. */
static void
test_stand_in (void) {
  g_autoptr (RaiPanel) panel = bad_panel (RAI_STEP_DAY);
  RaiForecastOptions options = { .model = "arima" };
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, NULL);
  const RaiSeriesForecast *series = rai_forecast_series (forecast, 2);
  g_assert_cmpstr (series->model, ==, "average");
  g_assert_nonnull (strstr (series->reason, "arima"));
  g_assert_cmpfloat_with_epsilon (series->mean[0], 5, 1e-6);
  g_assert_cmpstr (rai_forecast_series (forecast, 8)->model, ==, "arima");
}

/* The rows alone, without what is around them: any length and season, values without gaps as their
 * contract has it. */
static void
test_rows (void) {
  static const size_t periods[] = { 1, 7, 12, 24, 52, 168 };
  static double (*const values[]) (size_t) = { zero, constant,  huge,     huge_or_nothing,
                                               tiny, exploding, one_peak, dead };

  size_t n_rows;
  const RaiForecaster *const *rows = rai_forecasters (&n_rows);
  double y[200], mean[HORIZON];

  for (size_t v = 0; v < G_N_ELEMENTS (values); v++) {
    for (size_t t = 0; t < 200; t++)
      y[t] = values[v](t);
    for (size_t m = 0; m < n_rows; m++)
      for (size_t p = 0; p < G_N_ELEMENTS (periods); p++)
        for (size_t n = 1; n <= 200; n += n < 12 ? 1 : 47) {
          RaiMethodInput input = { y, n, HORIZON, periods[p], NULL, 0, 0 };
          RaiFit fit = { NULL, 0 };
          if (rows[m]->fit != NULL && n >= rows[m]->min_obs &&
              (rows[m]->check == NULL || rows[m]->check (&input) == NULL) &&
              rows[m]->fit (&input, &fit))
            rows[m]->predict (&input, &fit, mean);
          g_free (fit.values);
        }
  }
}

static void
test_table (void) {
  size_t n;
  const RaiForecaster *const *rows = rai_forecasters (&n);
  for (size_t m = 0; m < n; m++) {
    const char *id = rai_method_id ((RaiMethod) m);
    if (rows[m] == NULL || rows[m]->method != (RaiMethod) m)
      g_error ("the method %s of core/rai-method.h has no row of its own", id);
    g_assert_true (rai_forecaster_find (id) == rows[m]);
    if (strlen (rows[m]->title) <= 4 || strlen (rows[m]->paper) <= 10)
      g_error ("the method %s does not say what it is, or which paper it follows", id);
    g_assert_true ((rows[m]->fit != NULL) == (rows[m]->predict != NULL));
    g_assert_cmpuint (rows[m]->min_obs + (rows[m]->fit == NULL), >=, 1);
  }

  g_assert_null (rai_forecaster_find ("auto"));
  g_assert_null (rai_forecaster_find (rai_method_id (RAI_METHOD_NONE)));
}

static void
assert_auto (unsigned uses, const char *expected) {
  const RaiForecaster *methods[RAI_N_METHODS];
  g_autoptr (GString) names = g_string_new (NULL);
  size_t n = rai_forecasters_for (uses, methods, RAI_N_METHODS);
  for (size_t m = 0; m < n; m++)
    g_string_append_printf (names, "%s ", rai_method_id (methods[m]->method));
  g_assert_cmpstr (names->str, ==, expected);
}

/* What `auto` tries, in which order: another order is another forecast. */
static void
test_auto (void) {
  assert_auto (RAI_AUTO_SMOOTH, "snaive weekday yearly ridge boost-log ");
  assert_auto (RAI_AUTO_COUNTS, "snaive weekday yearly ridge profile boost ");
  assert_auto (RAI_AUTO_SMOOTH | RAI_AUTO_SLOW, "snaive weekday yearly ridge boost-log blend ");
  assert_auto (RAI_AUTO_COUNTS | RAI_AUTO_SLOW, "snaive weekday yearly ridge profile boost blend ");
  assert_auto (RAI_AUTO_TOTALS, "snaive weekday yearly ridge ");
  assert_auto (RAI_AUTO_TOTALS | RAI_AUTO_SLOW_TOTALS, "snaive weekday yearly ridge ets dotm ");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecasters/table", test_table);
  g_test_add_func ("/forecasters/auto", test_auto);
  g_test_add_func ("/forecasters/rows", test_rows);
  g_test_add_func ("/forecasters/panels", test_panels);
  g_test_add_func ("/forecasters/stand-in", test_stand_in);
  return g_test_run ();
}
