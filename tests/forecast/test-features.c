/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/trees/rai-features.h"

#include "fixture.h"

#include <math.h>
#include <string.h>

/* What comes after an origin must not show in its rows: not sales, not covariates past the
 * horizon. */
static void
test_no_peeking (void) {
  g_autoptr (RaiPanel) before = fixture_panel (3, 200), after = fixture_panel (3, 200);
  size_t origin = 150;
  for (size_t i = 0; i < rai_panel_n_series (after); i++)
    for (size_t t = origin; t < 200; t++) {
      rai_panel_observations (after, i)[t] = 77;
      if (t >= origin + FIXTURE_HORIZON)
        rai_panel_covariate (after, i, 0)[t] = 1 - rai_panel_covariate (after, i, 0)[t];
    }

  g_autoptr (RaiHistory) history = rai_history_new (before, 1), other = rai_history_new (after, 1);
  other->level = history->level;
  g_autoptr (RaiFeatures) features = rai_features_new (before, history),
                          changed = rai_features_new (after, other);

  size_t n = rai_features_count (features);
  g_assert_cmpuint (n, ==, rai_features_count (changed));

  g_autofree float *a = g_new (float, n), *b = g_new (float, n);
  for (size_t i = 0; i < rai_panel_n_series (before); i++) {
    g_autoptr (RaiFeatureCursor) one = rai_features_open (features, i),
                                 two = rai_features_open (changed, i);
    for (size_t h = 0; h < FIXTURE_HORIZON; h++) {
      g_assert_cmpfloat (rai_features_row (features, one, origin, h, a), ==,
                         rai_features_row (changed, two, origin, h, b));
      for (size_t f = 0; f < n; f++)
        if (!(isnan (a[f]) && isnan (b[f])) && a[f] != b[f])
          g_error ("feature \"%s\" saw the future: %g, %g", rai_features_name (features, f),
                   (double) a[f], (double) b[f]);
    }
  }
}

/* A cursor that is fed with what was then sold tells the same as one that knew it. */
static void
test_fed (void) {
  g_autoptr (RaiPanel) known = fixture_panel (3, 200), unknown = fixture_panel (3, 200);
  size_t origin = 150;
  for (size_t i = 0; i < rai_panel_n_series (unknown); i++)
    for (size_t t = origin; t < 200; t++)
      rai_panel_observations (unknown, i)[t] = 77;

  g_autoptr (RaiHistory) history = rai_history_new (known, 1), other = rai_history_new (unknown, 1);
  other->level = history->level;
  g_autoptr (RaiFeatures) features = rai_features_new (known, history),
                          blind = rai_features_new (unknown, other);

  size_t n = rai_features_count (features), moved = 0;
  g_autofree float *a = g_new (float, n), *b = g_new (float, n);
  for (size_t i = 0; i < rai_panel_n_series (known); i++) {
    g_autoptr (RaiFeatureCursor) one = rai_features_open (features, i),
                                 two = rai_features_open (blind, i);
    for (size_t h = 0; h < FIXTURE_HORIZON; h++) {
      g_assert_cmpfloat (rai_features_row_recursive (features, one, origin, h, a), ==,
                         rai_features_row_recursive (blind, two, origin, h, b));
      for (size_t f = 0; f < n; f++)
        if (!(isnan (a[f]) && isnan (b[f])) && a[f] != b[f])
          g_error ("%zu ahead, \"%s\": %g, %g", h, rai_features_name (features, f), (double) a[f],
                   (double) b[f]);
      rai_features_row (features, one, origin, h, b);
      for (size_t f = 0; f < n; f++)
        moved += a[f] != b[f] && !isnan (a[f]) && h > 0;
      if (h == 0)
        g_assert_cmpmem (a, n * sizeof *a, b, n * sizeof *b);
      rai_feature_cursor_feed (two, origin + h, history->values[history->start[i] + origin + h]);
    }
  }

  g_assert_cmpuint (moved, >, FIXTURE_HORIZON);
}

/* A noiseless week: the base is the weekday's sales, the ratio of same weekdays to level is the
 * week's shape. */
static void
test_week (void) {
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, 7);
  rai_panel_add_series (panel, "s", "a", 140);
  for (size_t t = 0; t < 140; t++)
    rai_panel_observations (panel, 0)[t] = (double) (t % 7 + 1);

  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  g_autoptr (RaiFeatures) features = rai_features_new (panel, history);
  g_autoptr (RaiFeatureCursor) cursor = rai_features_open (features, 0);

  g_autofree float *row = g_new (float, rai_features_count (features));
  for (size_t h = 0; h < 7; h++) {
    float base = rai_features_row (features, cursor, 140, h, row);
    g_assert_cmpfloat_with_epsilon ((double) row[RAI_FEATURE_LEVEL], log (4), 0.01);
    g_assert_cmpfloat (fabs ((double) base - (double) (h + 1)), <, 1);
    for (size_t f = 0; f < rai_features_count (features); f++)
      if (strcmp (rai_features_name (features, f), "mean of 4 same weekdays") == 0)
        g_assert_cmpfloat_with_epsilon ((double) row[f], (double) (h + 1) / 4, 0.01);
  }
}

/* A price beside what it was cannot raise demand, nor a promotion lower it; a rival's price may do
 * either. */
static void
test_monotone (void) {
  static const char *const names[] = { "price", "promo", "rival_price" };
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, 7);
  for (size_t c = 0; c < G_N_ELEMENTS (names); c++)
    rai_panel_add_covariate (panel, names[c], rai_covariate_role (names[c]), false);

  rai_panel_add_series (panel, "s", "a", 140);
  for (size_t t = 0; t < 140; t++)
    rai_panel_observations (panel, 0)[t] = (double) (t % 7 + 1);
  for (size_t c = 0; c < G_N_ELEMENTS (names); c++)
    for (size_t t = 0; t < 147; t++)
      rai_panel_covariate (panel, 0, c)[t] = c == 1 ? (float) (t % 5 == 0) : 1 + (float) (t % 3);

  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  g_autoptr (RaiFeatures) features = rai_features_new (panel, history);

  size_t held = 0;
  for (size_t f = 0; f < rai_features_count (features); f++) {
    const char *name = rai_features_name (features, f);
    int way = rai_features_monotone (features)[f];
    if (g_str_has_prefix (name, "price to its"))
      g_assert_cmpint (way, ==, -1);
    else
      g_assert_cmpint (way, ==, g_str_equal (name, "promo") ? 1 : 0);
    held += way != 0;
  }

  g_assert_cmpuint (held, ==, 3);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/features/no-peeking", test_no_peeking);
  g_test_add_func ("/features/fed", test_fed);
  g_test_add_func ("/features/week", test_week);
  g_test_add_func ("/features/monotone", test_monotone);
  return g_test_run ();
}
