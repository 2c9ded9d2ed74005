/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-profile.h"

#include <math.h>

#define DAYS 140

static RaiPanel *
make_panel (void) {
  RaiPanel *panel = rai_panel_new (RAI_STEP_DAY, rai_day_from_ymd (2024, 3, 4), 7); /* a Monday */
  for (size_t i = 0; i < 5; i++) {
    size_t k = rai_panel_add_series (panel, i < 4 ? "here" : "there",
                                     (char[]){ (char) ('a' + i), 0 }, DAYS);
    for (size_t t = 0; t < DAYS;
         t++) /* three times as much on Saturdays; the other site on Mondays */
      rai_panel_observations (panel, k)[t] =
          (t % 7 == (i < 4 ? 5 : 0) ? 30 : 10) * (double) (i + 1);
  }

  return panel;
}

static void
forecast (const RaiPanel *panel, size_t series, const double *y, size_t n, double *mean) {
  RaiMethodInput input = { y, n, 7, 7, panel, series, rai_panel_length (panel, series) - n };
  RaiFit fit = { NULL, 0 };
  g_assert_true (rai_profile.fit (&input, &fit));
  rai_profile.predict (&input, &fit, mean);
  g_free (fit.values);
}

/* An item that sold twice, never on a Saturday, has its neighbours' Saturday; another site does not
 * matter. */
static void
test_pooled (void) {
  g_autoptr (RaiPanel) panel = make_panel ();
  size_t rare = rai_panel_add_series (panel, "here", "rare", 14);
  double y[14] = { [1] = 1, [9] = 1 }, mean[7];
  for (size_t t = 0; t < 14; t++)
    rai_panel_observations (panel, rare)[t] = y[t];
  forecast (panel, rare, y, 14, mean);
  g_assert_cmpfloat_with_epsilon (mean[5] / mean[0], 3, 0.15);
  g_assert_cmpfloat_with_epsilon ((mean[0] * 6 + mean[5]) / 7, 1.0 / 7, 0.03);
}

/* An item that sells much keeps its own week. */
static void
test_own (void) {
  g_autoptr (RaiPanel) panel = make_panel ();
  double mean[7];
  forecast (panel, 4, rai_panel_observations (panel, 4), DAYS, mean);
  g_assert_cmpfloat_with_epsilon (mean[0], 150, 2);
  g_assert_cmpfloat_with_epsilon (mean[5], 50, 1);
}

/* What comes after the origin is not looked at. */
static void
test_blind (void) {
  g_autoptr (RaiPanel) panel = make_panel ();
  double early[7], late[7];
  RaiMethodInput input = { rai_panel_observations (panel, 0), DAYS - 28, 7, 7, panel, 0, 0 };
  RaiFit fit = { NULL, 0 };

  g_assert_true (rai_profile.fit (&input, &fit));
  rai_profile.predict (&input, &fit, early);
  g_free (fit.values);
  for (size_t t = DAYS - 28; t < DAYS; t++)
    rai_panel_observations (panel, 1)[t] = 1e6;

  fit = (RaiFit){ NULL, 0 };
  g_assert_true (rai_profile.fit (&input, &fit));
  rai_profile.predict (&input, &fit, late);
  g_free (fit.values);
  g_assert_cmpmem (early, sizeof early, late, sizeof late);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/pooled", test_pooled);
  g_test_add_func ("/profile/own", test_own);
  g_test_add_func ("/profile/blind", test_blind);
  return g_test_run ();
}
