/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/trees/rai-feature-cursor.h"

#define DAYS 70
#define HORIZON 7

typedef struct {
  RaiPanel *panel;
  RaiHistory *history;
  RaiFeatureFrame *frame;
  RaiFeatureCursor *cursor;
} Fixture;

/* A week of 1, 2, ... 7; a flag on every fifth day. */
static void
set_up (Fixture *f, const void *data) {
  f->panel = rai_panel_new (RAI_STEP_DAY, 20000, HORIZON);
  rai_panel_add_covariate (f->panel, "promo", RAI_COVARIATE_PROMOTION, false);
  rai_panel_add_series (f->panel, "s", "a", DAYS);
  for (size_t t = 0; t < DAYS; t++)
    rai_panel_observations (f->panel, 0)[t] = (double) (t % 7 + 1);
  for (size_t t = 0; t < DAYS + HORIZON; t++)
    rai_panel_covariate (f->panel, 0, 0)[t] = t % 5 == 0;

  f->history = rai_history_new (f->panel, 1);
  f->frame = rai_feature_frame_new (f->panel, f->history);
  f->cursor = rai_feature_cursor_new (f->frame, 0);
}

static void
tear_down (Fixture *f, const void *data) {
  rai_feature_cursor_free (f->cursor);
  rai_feature_frame_free (f->frame);
  rai_history_free (f->history);
  rai_panel_free (f->panel);
}

static void
test_means (Fixture *f, const void *data) {
  const RaiRunningSums *all = &f->cursor->all;
  g_assert_cmpfloat (rai_running_mean (all->sum, all->count, 7, 21, 1), ==, 4);
  g_assert_cmpfloat (rai_running_mean (all->sum, all->count, -9, 3, 1), ==, 2);
  g_assert_true (isnan (rai_running_mean (all->sum, all->count, 7, 9, 3)));
  g_assert_true (isnan (rai_running_mean (all->sum, all->count, 9, 9, 0)));
}

/* Three weekdays that end at a step, and no more than there are. */
static void
test_phases (Fixture *f, const void *data) {
  const RaiRunningSums *all = &f->cursor->all;
  for (int64_t step = 0; step < DAYS; step++) {
    int64_t first = rai_running_phase_first (step, 7, 3), there = MIN (3, step / 7 + 1);
    g_assert_cmpfloat (all->phase_count[step + 7] - all->phase_count[first], ==, (double) there);
    g_assert_cmpfloat (all->phase_sum[step + 7] - all->phase_sum[first], ==,
                       (double) (there * (step % 7 + 1)));
  }
}

/* The flag's own sums, and how far its days are. */
static void
test_flag (Fixture *f, const void *data) {
  const RaiRunningSums *set = &f->cursor->matched[f->frame->matched[0]];
  g_assert_cmpfloat (set->count[35], ==, 7);
  g_assert_cmpfloat (set->sum[11], ==, 1 + 6 + 4); /* days 0, 5 and 10 */
  g_assert_cmpint (f->cursor->since[0][13], ==, 3);
  g_assert_cmpint (f->cursor->until[0][13], ==, 2);
}

/* What it is fed counts like what was sold; a closed step does not count. */
static void
test_feed (Fixture *f, const void *data) {
  const RaiRunningSums *all = &f->cursor->all;
  rai_panel_closed (f->panel, 0)[DAYS + 1] = 1;
  rai_feature_cursor_feed (f->cursor, DAYS, 10);
  rai_feature_cursor_feed (f->cursor, DAYS + 1, 99);
  g_assert_cmpfloat (all->sum[DAYS + 2] - all->sum[DAYS], ==, 10);
  g_assert_cmpfloat (all->count[DAYS + 2] - all->count[DAYS], ==, 1);
  g_assert_cmpfloat (f->cursor->matched[0].sum[DAYS + 2] - f->cursor->matched[0].sum[DAYS], ==, 10);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/feature-cursor/means", Fixture, NULL, set_up, test_means, tear_down);
  g_test_add ("/feature-cursor/phases", Fixture, NULL, set_up, test_phases, tear_down);
  g_test_add ("/feature-cursor/flag", Fixture, NULL, set_up, test_flag, tear_down);
  g_test_add ("/feature-cursor/feed", Fixture, NULL, set_up, test_feed, tear_down);
  return g_test_run ();
}
