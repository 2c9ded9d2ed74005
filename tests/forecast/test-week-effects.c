/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-week-effects.h"

#include "fixture.h"
#include "forecast/panel/rai-history.h"
#include "forecast/rai-forecast.h"

#include <math.h>

#define HORIZON 9
#define WEEKS (4 * 52 + 44)

/* Of the week that begins, or ends, on a day: three times as much in that of 24 December, twice as
 * much in the one before. */
static double
rush (RaiDay day, bool last_day) {
  for (RaiDay k = 0; k < 14; k++) {
    int year, month, mday;
    rai_day_to_ymd (last_day ? day - 6 + k : day + k, &year, &month, &mday);
    if (month == 12 && mday == 24)
      return k < 7 ? 3 : 2;
  }
  return 1;
}

/* From 2020 to 2 November 2024; the second series knows no Christmas, and the third has a freak. */
static RaiPanel *
shop (RaiDay origin, bool last_day) {
  RaiPanel *panel = rai_panel_new (RAI_STEP_WEEK, origin, HORIZON);
  uint32_t state = 7;
  for (size_t i = 0; i < 3; i++) {
    static const char *const names[] = { "toys", "bolts", "fuses" };
    size_t series = rai_panel_add_series (panel, "s", names[i], WEEKS);
    for (size_t t = 0; t < WEEKS; t++) {
      RaiDay day = rai_panel_day (panel, series, t);
      double noise = 0.95 + 0.1 * fixture_random (&state);
      double freak = i == 2 && t == 150 ? 9 : 1;
      rai_panel_observations (panel, series)[t] =
          80 * noise * freak * (i == 0 ? rush (day, last_day) : 1);
    }
  }
  return panel;
}

static void
check_factors (RaiDay origin, bool last_day) {
  g_autoptr (RaiPanel) panel = shop (origin, last_day);
  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  g_assert_nonnull (history->week_effects);
  for (size_t i = 0; i < 3; i++)
    for (size_t h = 0; h < HORIZON; h++) {
      RaiWeekEffect effect = { 1, 1, 0 };
      bool known = rai_week_effects_seen (history->week_effects, i, WEEKS + h, WEEKS, &effect);
      double wanted = i == 0 ? rush (rai_panel_day (panel, i, WEEKS + h), last_day) : 1;
      g_assert_cmpfloat_with_epsilon (known ? pow (effect.factor, effect.kept) : 1, wanted,
                                      0.1 * wanted);
      g_assert_true (known || wanted == 1);
    }

  /* Of a Christmas that is still to come nothing is known. */
  RaiWeekEffect effect;
  for (size_t t = 40; t < 60; t++)
    g_assert_false (rai_week_effects_seen (history->week_effects, 0, t, 40, &effect));
}

static void
test_usual (void) {
  double values[] = { 900, 10, 11, 12, 0, 10, 11, 12, 500 };
  g_assert_cmpfloat_with_epsilon (rai_week_effects_usual (values, 9), 11, 1e-9);
  g_assert_true (isnan (rai_week_effects_usual (values, 3)));
}

/* In whatever year it falls, and whichever day of the week is its date. */
static void
test_factors (void) {
  for (RaiDay day = 0; day < 7; day++) {
    check_factors (rai_day_from_ymd (2024, 11, 4) + day, false);
    check_factors (rai_day_from_ymd (2024, 11, 4) + day, true);
  }
}

static void
test_other_steps (void) {
  g_autoptr (RaiPanel) days = fixture_panel (2, 100);
  g_autoptr (RaiHistory) history = rai_history_new (days, 1);
  g_assert_null (history->week_effects);
  RaiWeekEffect effect;
  g_assert_false (rai_week_effects_seen (NULL, 0, 3, 2, &effect));
}

/* The forecast knows Christmas, and leaves alone what does not. */
static void
test_forecast (void) {
  g_autoptr (RaiPanel) panel = shop (rai_day_from_ymd (2024, 11, 4), false);
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, NULL, NULL);
  for (size_t i = 0; i < 3; i++) {
    const RaiSeriesForecast *series = rai_forecast_series (forecast, i);
    for (size_t h = 0; h < HORIZON; h++) {
      double wanted = 80 * (i == 0 ? rush (rai_panel_day (panel, i, WEEKS + h), false) : 1);
      double parts = 0;
      g_assert_cmpfloat_with_epsilon (series->mean[h], wanted, 0.12 * wanted);
      for (size_t p = 0; p < RAI_N_PARTS; p++)
        parts += series->parts[h * RAI_N_PARTS + p];
      g_assert_cmpfloat_with_epsilon (parts, series->mean[h], 1e-9 * wanted);
    }
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/week-effects/factors", test_factors);
  g_test_add_func ("/week-effects/usual", test_usual);
  g_test_add_func ("/week-effects/other-steps", test_other_steps);
  g_test_add_func ("/week-effects/forecast", test_forecast);
  return g_test_run ();
}
