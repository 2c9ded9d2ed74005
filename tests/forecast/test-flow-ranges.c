/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-forecast.h"

#include "fixture.h"

#include <math.h>

/* Whether one series can spoil what the others are given. */
#define DAYS 200
#define HORIZON 28
#define REGULAR 8
#define LAST 8 /* of the nine levels: 97.5 % */

typedef double (*Seller) (size_t t, uint32_t *state);

static double
regular (size_t t, uint32_t *state) {
  static const double week[] = { 0.8, 0.9, 1.0, 1.0, 1.2, 1.5, 0.6 };
  return floor (100 * week[t % 7] + 6 * (fixture_random (state) - 0.5) + 0.5);
}

/* Sold once, then nothing for long, and now goes like others: by weight, so that it is no count. */
static double
begins_again (size_t t, uint32_t *state) {
  return t == 140 ? 8.2 : t < 185 ? 0 : 9 + 3 * fixture_random (state);
}

static double
rare (size_t t, uint32_t *state) {
  return fixture_random (state) < 0.03;
}

static double
ended_and_back (size_t t, uint32_t *state) {
  return t < 90 || t >= 170 ? 12 + floor (4 * fixture_random (state)) : 0;
}

static double
back_for_three_days (size_t t, uint32_t *state) {
  return t == 60 ? 8 : t + 3 >= DAYS ? 9 + floor (3 * fixture_random (state)) : 0;
}

/* REGULAR ones, then n of another kind, from its first sale on. */
static RaiPanel *
make_panel (Seller other, size_t n, uint32_t seed) {
  RaiPanel *panel = rai_panel_new (RAI_STEP_DAY, rai_day_from_ymd (2026, 11, 30), HORIZON);
  for (size_t i = 0; i < REGULAR + n; i++) {
    double sold[DAYS];
    uint32_t state = seed + (uint32_t) i * 7919;
    size_t first = 0;
    for (size_t t = 0; t < DAYS; t++)
      sold[t] = (i < REGULAR ? regular : other) (t, &state);
    while (first + 1 < DAYS && !(sold[first] > 0))
      first++;
    g_autofree char *item = g_strdup_printf ("%zu", i);
    size_t series = rai_panel_add_series (panel, "s", item, DAYS - first);
    for (size_t t = first; t < DAYS; t++)
      rai_panel_observations (panel, series)[t - first] = sold[t];
  }
  return panel;
}

/* The mean forecast and the mean width of the ranges of 80 % and 95 % of the regular series; no
 * mean above its own upper end, no end far from any mean. */
static void
find_widths (const RaiPanel *panel, double *mean, double *width_80, double *width_95) {
  RaiForecastOptions options = { .threads = 2, .skip_parts = true };
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, NULL);
  *mean = *width_80 = *width_95 = 0;

  for (size_t i = 0; i < rai_panel_n_series (panel); i++)
    for (size_t h = 0; h < HORIZON; h++) {
      const RaiSeriesForecast *series = rai_forecast_series (forecast, i);
      const double *quantiles = series->quantiles + h * (LAST + 1);
      g_assert_cmpfloat (quantiles[LAST], >=, series->mean[h]);
      if (i >= REGULAR)
        continue;
      g_assert_cmpfloat (quantiles[LAST], <, 2 * series->mean[h]);
      *mean += series->mean[h] / (REGULAR * HORIZON);
      *width_80 += (quantiles[6] - quantiles[2]) / (REGULAR * HORIZON);
      *width_95 += (quantiles[LAST] - quantiles[0]) / (REGULAR * HORIZON);
    }
}

static void
test_others (void) {
  static const struct {
    const char *name;
    Seller other;
    size_t n;
    double times; /* as wide as alone, at most */
  } cases[] = {
    { "begins again", begins_again, 1, 1.5 },
    { "two rare", rare, 2, 1.5 },
    { "many rare", rare, 12, 1.5 },
    { "ended and back", ended_and_back, 1, 2 },
    { "back for three days", back_for_three_days, 1, 2 },
  };
  for (uint32_t seed = 1; seed <= 3; seed++) {
    double alone_mean, alone_80, alone_95, mean, beside_80, beside_95;
    g_autoptr (RaiPanel) alone = make_panel (NULL, 0, seed);
    find_widths (alone, &alone_mean, &alone_80, &alone_95);
    for (size_t k = 0; k < G_N_ELEMENTS (cases); k++) {
      g_autoptr (RaiPanel) beside = make_panel (cases[k].other, cases[k].n, seed);
      find_widths (beside, &mean, &beside_80, &beside_95);
      g_assert_cmpfloat_with_epsilon (mean, alone_mean, 0.05 * alone_mean);
      if (beside_80 > cases[k].times * alone_80 || beside_95 > cases[k].times * alone_95)
        g_error ("%s: %g and %g wide beside it, %g and %g alone", cases[k].name, beside_80,
                 beside_95, alone_80, alone_95);
    }
  }
}

/* Right after a beginning, of which there is little to learn: what was sold since, and no more. */
static void
test_young (void) {
  for (size_t n = 1; n < 30; n++) {
    RaiForecastOptions options = { .skip_parts = true };
    g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, HORIZON);
    size_t series = rai_panel_add_series (panel, "s", "x", n);
    for (size_t t = 0; t < n; t++)
      rai_panel_observations (panel, series)[t] = t % 2 == 0 ? 9 : 11;
    g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, NULL);
    const RaiSeriesForecast *found = rai_forecast_series (forecast, 0);
    g_assert_cmpstr (found->model, !=, "");
    for (size_t h = 0; h < HORIZON; h++) {
      g_assert_cmpfloat_with_epsilon (found->mean[h], 10, 1.5);
      g_assert_cmpfloat (found->quantiles[h * (LAST + 1) + LAST], >=, found->mean[h]);
      g_assert_cmpfloat (found->quantiles[h * (LAST + 1) + LAST], <=, 40);
    }
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow-ranges/others", test_others);
  g_test_add_func ("/flow-ranges/young", test_young);
  return g_test_run ();
}
