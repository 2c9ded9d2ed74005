/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-date-effects.h"

#include "fixture.h"
#include "forecast/panel/rai-history.h"
#include "forecast/rai-forecast.h"

#include <math.h>

#define SERIES 30
#define HORIZON 28

/* What every series does on a day beside its week. */
static double
rush (RaiDay day, bool christmas) {
  int year, month, mday;
  rai_day_to_ymd (day, &year, &month, &mday);
  if (!christmas || month != 12)
    return 1;
  return mday == 23 ? 2 : mday == 24 ? 0.5 : 1;
}

/* From 2022 to 1 December 2024. */
static RaiPanel *
shops (RaiPanelStep step, bool christmas) {
  static const double week[] = { 0.8, 0.9, 1.0, 1.0, 1.2, 1.5, 0.6 };
  RaiDay first = rai_day_from_ymd (2022, 1, 3), origin = rai_day_from_ymd (2024, 12, 2);
  size_t stride = step == RAI_STEP_DAY ? 1 : 7, n = (size_t) (origin - first) / stride;
  RaiPanel *panel = rai_panel_new (step, origin, HORIZON);
  uint32_t state = 7;

  for (size_t i = 0; i < SERIES; i++) {
    g_autofree char *site = g_strdup_printf ("%02zu", i);
    double *sold = rai_panel_observations (panel, rai_panel_add_series (panel, site, "all", n));
    for (size_t t = 0; t < n; t++) {
      RaiDay day = first + (RaiDay) (t * stride);
      double noise = 0.9 + 0.2 * fixture_random (&state);
      sold[t] = (double) (20 + i) * week[rai_day_weekday (day) % 7] * rush (day, christmas) * noise;
    }
  }

  return panel;
}

static double
seen (const RaiHistory *history, int day_of_december) {
  size_t now = history->longest, ahead = (size_t) (day_of_december - 2);
  return rai_date_effects_seen (history->date_effects, now + ahead, now);
}

/* The ratios of earlier years, whatever weekdays they were on; days like any other are told nothing
 * of. */
static void
test_ratios (void) {
  g_autoptr (RaiPanel) panel = shops (RAI_STEP_DAY, true);
  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  g_assert_cmpfloat_with_epsilon (seen (history, 23), 2, 0.15);
  g_assert_cmpfloat_with_epsilon (seen (history, 24), 0.5, 0.1);
  for (int day = 2; day <= 22; day++)
    g_assert_cmpfloat_with_epsilon (seen (history, day), 1, 0.02);
}

static void
assert_nothing_told (const RaiPanel *panel) {
  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  for (size_t t = 0; t < history->longest; t++)
    g_assert_cmpfloat_with_epsilon (rai_date_effects_own (history->date_effects, t), 1, 0.02);
  for (size_t h = 0; h < HORIZON; h++)
    g_assert_cmpfloat_with_epsilon (
        rai_date_effects_seen (history->date_effects, history->longest + h, history->longest), 1,
        0.02);
}

/* Where Christmas is like any other day, and where steps are weeks. */
static void
test_nothing_told (void) {
  g_autoptr (RaiPanel) even = shops (RAI_STEP_DAY, false);
  g_autoptr (RaiPanel) weeks = shops (RAI_STEP_WEEK, true);
  assert_nothing_told (even);
  assert_nothing_told (weeks);
}

/* 23 December 2024 is a Monday, and was a Saturday and a Friday: the forecast of its Monday is
 * doubled, says that this is the event's doing, and the parts still add up. */
static void
test_forecast (void) {
  g_autoptr (RaiPanel) panel = shops (RAI_STEP_DAY, true);
  RaiForecastOptions options = { .model = "weekday" };
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, NULL);
  g_assert_nonnull (forecast);

  for (size_t i = 0; i < SERIES; i++) {
    const RaiSeriesForecast *series = rai_forecast_series (forecast, i);
    double usual = series->mean[14], rushed = series->mean[21]; /* 16 and 23 December */
    g_assert_cmpfloat_with_epsilon (rushed / usual, 2, 0.15);
    const double *parts = series->parts + (size_t) 21 * RAI_N_PARTS;
    double sum = 0;
    for (size_t p = 0; p < RAI_N_PARTS; p++)
      sum += parts[p];
    g_assert_cmpfloat_with_epsilon (sum, rushed, 1e-9 * rushed);
    g_assert_cmpfloat_with_epsilon (parts[RAI_PART_EVENT], rushed - usual, 0.15 * usual);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date-effects/ratios", test_ratios);
  g_test_add_func ("/date-effects/nothing-told", test_nothing_told);
  g_test_add_func ("/date-effects/forecast", test_forecast);
  return g_test_run ();
}
