/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/trees/rai-feature-frame.h"

#include <math.h>

#define DAYS 90
#define HORIZON 7

/* Covariates by the values they have, not by their names. */
static void
test_kinds (void) {
  static const char *const names[] = { "price", "promo", "same", "event", "unknown" };
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, HORIZON);
  for (size_t c = 0; c < G_N_ELEMENTS (names); c++)
    rai_panel_add_covariate (panel, names[c], rai_covariate_role (names[c]), c == 3);

  rai_panel_add_series (panel, "s", "a", DAYS);
  for (size_t t = 0; t < DAYS + HORIZON; t++) {
    rai_panel_covariate (panel, 0, 0)[t] = 1 + (float) (t % 3);
    rai_panel_covariate (panel, 0, 1)[t] = t % 5 == 0;
    rai_panel_covariate (panel, 0, 2)[t] = 4;
  }

  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  g_autoptr (RaiFeatureFrame) frame = rai_feature_frame_new (panel, history);
  g_assert_cmpuint (frame->n_covariates, ==, G_N_ELEMENTS (names));
  g_assert_cmpint (frame->kinds[0], ==, RAI_KIND_NUMBER);
  g_assert_cmpint (frame->kinds[1], ==, RAI_KIND_FLAG);
  g_assert_cmpint (frame->kinds[2], ==, RAI_KIND_CONSTANT);
  g_assert_cmpint (frame->kinds[3], ==, RAI_KIND_CATEGORY);
  g_assert_cmpint (frame->kinds[4], ==, RAI_KIND_CONSTANT);
  g_assert_cmpuint (frame->matched[0], ==, RAI_FEATURE_MATCHED_MAX);
  g_assert_cmpuint (frame->matched[1], ==, 0);
}

/* Easter 2024 was on 31 March; a date is in mind for some weeks only. */
static void
test_calendar (void) {
  RaiDay origin = rai_day_from_ymd (2024, 3, 29);
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, origin, HORIZON);
  rai_panel_add_series (panel, "s", "a", DAYS);
  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  g_autoptr (RaiFeatureFrame) frame = rai_feature_frame_new (panel, history);

  g_assert_cmpfloat (frame->easter[DAYS], ==, -2);
  g_assert_cmpfloat (frame->easter[DAYS + 4], ==, 2);
  g_assert_true (isnan (frame->easter[0]));
  g_assert_true (isnan (frame->thanksgiving[DAYS]));
  g_assert_cmpfloat (frame->month_day[DAYS], ==, 29);
  g_assert_cmpfloat (frame->month_left[DAYS], ==, 2);
  g_assert_cmpfloat (frame->weekday[DAYS], ==, 5);
  g_assert_cmpint (frame->back[0][DAYS], ==, 357); /* 7 April 2023: Good Friday too */
  g_assert_false (frame->closings);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/feature-frame/kinds", test_kinds);
  g_test_add_func ("/feature-frame/calendar", test_calendar);
  return g_test_run ();
}
