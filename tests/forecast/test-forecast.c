/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-forecast.h"

#include "fixture.h"
#include "forecast/choice/rai-forecasters.h"

#include <math.h>
#include <string.h>

static void
check_sane (const RaiPanel *panel, const RaiForecast *forecast) {
  size_t n_levels, horizon = rai_panel_horizon (panel);
  rai_forecast_quantile_levels (forecast, &n_levels);
  for (size_t i = 0; i < rai_panel_n_series (panel); i++) {
    const RaiSeriesForecast *series = rai_forecast_series (forecast, i);
    g_assert_nonnull (series->model);
    g_assert_nonnull (series->reason);
    for (size_t h = 0; h < horizon; h++) {
      double sum = 0, least = 0;
      g_assert_true (isfinite (series->mean[h]) && series->mean[h] >= 0);
      for (size_t p = 0; p < RAI_N_PARTS; p++)
        sum += series->parts[h * RAI_N_PARTS + p];
      g_assert_cmpfloat_with_epsilon (sum, series->mean[h], 1e-9 * (1 + series->mean[h]));
      for (size_t q = 0; q < n_levels; q++) {
        g_assert_true (isfinite (series->quantiles[h * n_levels + q]));
        g_assert_cmpfloat (series->quantiles[h * n_levels + q], >=, least);
        least = series->quantiles[h * n_levels + q];
      }
      g_assert_cmpfloat (least, >=, series->mean[h]); /* the last level is 97.5 % */
      if (rai_panel_closed (panel, i)[rai_panel_length (panel, i) + h]) {
        g_assert_cmpfloat (series->mean[h], ==, 0);
        g_assert_cmpfloat (least, ==, 0);
      }
    }
  }
}

static RaiForecast *
run (const RaiPanel *panel, const char *model, unsigned threads) {
  g_autoptr (GError) error = NULL;
  RaiForecastOptions options = { .model = model, .threads = threads };
  RaiForecast *forecast = rai_forecast_run (panel, &options, &error);
  g_assert_no_error (error);
  check_sane (panel, forecast);
  return forecast;
}

/* The same bits whatever the number of threads. */
static void
test_threads (void) {
  g_autoptr (RaiPanel) panel = fixture_panel (6, 300);
  g_autoptr (RaiForecast) one = run (panel, NULL, 1);
  for (unsigned threads = 2; threads <= 8; threads *= 2) {
    g_autoptr (RaiForecast) many = run (panel, NULL, threads);
    for (size_t i = 0; i < rai_panel_n_series (panel); i++) {
      const RaiSeriesForecast *a = rai_forecast_series (one, i), *b = rai_forecast_series (many, i);
      g_assert_cmpmem (a->mean, FIXTURE_HORIZON * sizeof (double), b->mean,
                       FIXTURE_HORIZON * sizeof (double));
      g_assert_cmpmem (a->quantiles, FIXTURE_HORIZON * 9 * sizeof (double), b->quantiles,
                       FIXTURE_HORIZON * 9 * sizeof (double));
      g_assert_cmpmem (a->parts, FIXTURE_HORIZON * RAI_N_PARTS * sizeof (double), b->parts,
                       FIXTURE_HORIZON * RAI_N_PARTS * sizeof (double));
      g_assert_cmpstr (a->reason, ==, b->reason);
    }
  }
}

/* The fixture has a week and a promotion: the blend must see both, and beat the seasonal naive. */
static void
test_learns (void) {
  g_autoptr (RaiPanel) panel = fixture_panel (6, 300);
  g_autoptr (RaiForecast) forecast = run (panel, "auto", 0);

  const RaiSeriesForecast *series = rai_forecast_series (forecast, 4);
  g_assert_cmpuint (series->backtest.n_origins, ==, 3);
  g_assert_cmpfloat (series->backtest.wape, <, 0.8 * series->backtest.naive_wape);
  g_assert_cmpfloat (series->backtest.coverage, >, 0.6);

  for (size_t t = 301; t < 300 + FIXTURE_HORIZON - 7; t++)
    if (t % 7 == 5) /* the best day against the worst */
      g_assert_cmpfloat (series->mean[t - 300], >, series->mean[t - 300 + 1]);
}

/* Trees of every kind see the week and the promotion, to the end of the horizon, each in a way of
 * its own. */
static void
test_trees (void) {
  static const char *const models[] = {
    "forest", "boost", "boost-bands", "boost-recursive", "boost-log-bands", "boost-log-recursive"
  };

  g_autoptr (RaiPanel) panel = fixture_panel (5, 300);
  double last[G_N_ELEMENTS (models)];
  for (size_t m = 0; m < G_N_ELEMENTS (models); m++) {
    g_autoptr (RaiForecast) forecast = run (panel, models[m], 2);
    const RaiSeriesForecast *series = rai_forecast_series (forecast, 3);
    g_assert_cmpstr (series->model, ==, models[m]);
    g_assert_cmpfloat (series->backtest.wape, <, 0.8 * series->backtest.naive_wape);
    g_assert_cmpfloat (series->mean[FIXTURE_HORIZON - 1], >, series->mean[FIXTURE_HORIZON - 7]);
    last[m] = series->mean[FIXTURE_HORIZON - 1];
    for (size_t other = 0; other < m; other++)
      g_assert_cmpfloat (last[other], !=, last[m]);
  }
}

/* Every method on every odd series: finite, non-negative, adding up. */
static void
test_odd_series (void) {
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, 10);
  rai_panel_add_covariate (panel, "price", RAI_COVARIATE_PRICE, false);
  rai_panel_add_covariate (panel, "event", RAI_COVARIATE_EVENT, true);

  static const size_t lengths[] = { 0, 1, 2, 60, 60, 60, 60, 60, 4000 };
  for (size_t k = 0; k < G_N_ELEMENTS (lengths); k++) {
    size_t i = rai_panel_add_series (panel, "s", (char[]){ (char) ('a' + k), '\0' }, lengths[k]);
    double *y = rai_panel_observations (panel, i);
    for (size_t t = 0; t < lengths[k]; t++)
      y[t] = k == 3               ? 0
             : k == 4             ? 5
             : k == 5             ? (t % 2 == 0 ? 1e12 : 0)
             : k == 6             ? -3
             : k == 7             ? NAN
             : t < 10 || t > 3990 ? 4
                                  : NAN;
    rai_panel_covariate (panel, i, 0)[lengths[k] / 2] = 1e9f;
    rai_panel_covariate (panel, i, 1)[lengths[k]] = 40; /* a category never seen */
    rai_panel_closed (panel, i)[lengths[k] + 3] = 1;
  }

  size_t n;
  const RaiForecaster *const *methods = rai_forecasters (&n);
  for (size_t m = 0; m <= n; m++) {
    g_autoptr (RaiForecast) forecast =
        run (panel, m < n ? rai_method_id (methods[m]->method) : NULL, 2);
    g_assert_cmpfloat (rai_forecast_series (forecast, 3)->mean[0], <, 1);
  }
}

/* Poisson sales of half a piece a day and goods by weight beside them, in one shop. The pieces have
 * whole quantiles and the weights do not; what pieces sell together varies by as much as its mean,
 * however many days, and by more where the level of the item comes and goes. */
static void
test_mixed (void) {
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, 14);
  uint32_t state = 5;
  for (size_t i = 0; i < 160; i++) {
    double a_day = 0.5;
    rai_panel_add_series (panel, "s",
                          (char[]){ (char) ('A' + i / 10), (char) ('0' + i % 10), '\0' }, 300);
    for (size_t t = 0; t < 300; t++) {
      if (i >= 90 && t % 14 == 0)
        a_day = fixture_random (&state) < 0.5 ? 0.1 : 2;
      double count = 0, left = -log (1 - fixture_random (&state));
      for (; left < a_day; count++)
        left -= log (1 - fixture_random (&state));
      rai_panel_observations (panel, i)[t] = i < 20 ? 2 + fixture_random (&state) : count;
    }
  }

  g_autoptr (GError) error = NULL;
  RaiForecastOptions options = { .dispersion = true };
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, &error);
  g_assert_no_error (error);

  double steady = 0, restless = 0, fractions = 0;
  for (size_t i = 0; i < 160; i++) {
    const RaiSeriesForecast *series = rai_forecast_series (forecast, i);
    for (size_t q = 0; q < 9; q++)
      fractions += i < 20 ? fabs (series->quantiles[q] - rint (series->quantiles[q])) : 0;
    for (size_t q = 0; q < 9 && i >= 20; q++)
      g_assert_cmpfloat (series->quantiles[q], ==, rint (series->quantiles[q]));
    steady += i >= 20 && i < 90 ? series->dispersion[13] / 70 : 0;
    restless += i >= 90 ? series->dispersion[13] / 70 : 0;
  }

  g_assert_cmpfloat (fractions, >, 1);
  g_assert_cmpfloat (steady, >, 0.7);
  g_assert_cmpfloat (steady, <, 3);
  g_assert_cmpfloat (restless, >, 1.3 * steady);
  g_autoptr (RaiForecast) plain = run (panel, "average", 1);
  g_assert_null (rai_forecast_series (plain, 0)->dispersion);
}

static void
test_new_item (void) {
  g_autoptr (RaiPanel) panel = fixture_panel (4, 120);
  rai_panel_add_series (panel, "north", "brand-new", 0);
  rai_panel_add_series (panel, "east", "item-2", 0);
  rai_panel_add_series (panel, "east", "item-3", 0);
  g_autoptr (RaiForecast) forecast = run (panel, NULL, 0);

  const RaiSeriesForecast *series = rai_forecast_series (forecast, 8);
  g_assert_cmpfloat (series->mean[0], >, 0.1);
  g_assert_cmpfloat (series->mean[0], <, 100);

  double elsewhere = 0, own = 0,
         rare = 0; /* item 2 sells 25 a day elsewhere, item 3 hardly anything */
  for (size_t h = 0; h < FIXTURE_HORIZON; h++) {
    own += rai_forecast_series (forecast, 9)->mean[h];
    elsewhere += rai_forecast_series (forecast, 2)->mean[h];
    rare += rai_forecast_series (forecast, 10)->mean[h];
  }

  g_assert_cmpfloat (own, >, 0.6 * elsewhere);
  g_assert_cmpfloat (own, <, 1.6 * elsewhere);
  g_assert_cmpfloat (rare, <, 0.2 * own);
}

static void
test_wrong_options (void) {
  g_autoptr (RaiPanel) panel = fixture_panel (2, 30);
  g_autoptr (GError) error = NULL;

  RaiForecastOptions options = { .model = "crystal ball" };
  g_assert_null (rai_forecast_run (panel, &options, &error));
  g_assert_error (error, RAI_FORECAST_ERROR, RAI_FORECAST_ERROR_MODEL);
  g_clear_error (&error);

  double levels[] = { 0.9, 0.1 };
  options = (RaiForecastOptions){ .quantile_levels = levels, .n_quantile_levels = 2 };
  g_assert_null (rai_forecast_run (panel, &options, &error));
  g_assert_error (error, RAI_FORECAST_ERROR, RAI_FORECAST_ERROR_LEVEL);
  g_clear_error (&error);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  options = (RaiForecastOptions){ .cancellable = cancellable };
  g_assert_null (rai_forecast_run (panel, &options, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* One piece on the shelf: a day in ten sells it, and then two days sell nothing for want of stock.
 * What is asked for is a tenth a day, neither the nothing of the days that kept their stock nor a
 * thirteenth with the empty ones. */
static void
test_emptied_shelf (void) {
  enum { SHOPS = 60, DAYS = 400, HORIZON = 28 };
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, HORIZON);

  uint32_t state = 3;
  for (size_t i = 0; i < SHOPS; i++) {
    g_autofree char *site = g_strdup_printf ("%02zu", i);
    size_t series = rai_panel_add_series (panel, site, "rare", DAYS), empty = 0;
    for (size_t t = 0; t < DAYS; t++) {
      bool sells = empty == 0 && fixture_random (&state) < 0.1;
      rai_panel_observations (panel, series)[t] = sells;
      rai_panel_stockout (panel, series)[t] = empty > 0 ? 1 : sells ? 0.4f : 0;
      empty = sells ? 2 : empty > 0 ? empty - 1 : 0;
    }
  }

  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, NULL, NULL);
  g_assert_nonnull (forecast);

  double sum = 0;
  for (size_t i = 0; i < SHOPS; i++)
    for (size_t h = 0; h < HORIZON; h++)
      sum += rai_forecast_series (forecast, i)->mean[h];

  g_assert_cmpfloat_with_epsilon (sum / (SHOPS * HORIZON), 0.1, 0.015);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/threads", test_threads);
  g_test_add_func ("/forecast/learns", test_learns);
  g_test_add_func ("/forecast/trees", test_trees);
  g_test_add_func ("/forecast/odd-series", test_odd_series);
  g_test_add_func ("/forecast/mixed", test_mixed);
  g_test_add_func ("/forecast/new-item", test_new_item);
  g_test_add_func ("/forecast/emptied-shelf", test_emptied_shelf);
  g_test_add_func ("/forecast/wrong-options", test_wrong_options);

  return g_test_run ();
}
