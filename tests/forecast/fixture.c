/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <math.h>

double
fixture_random (uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return (double) (*state >> 8) / (1 << 24);
}

static void
fill (RaiPanel *panel, size_t series, size_t days, double level, uint32_t *state) {
  static const double week[] = { 0.8, 0.9, 1.0, 1.0, 1.2, 1.5, 0.6 };
  double *observed = rai_panel_observations (panel, series);
  float *promotion = rai_panel_covariate (panel, series, 0);

  for (size_t t = 0; t < days + FIXTURE_HORIZON; t++) {
    promotion[t] = (t / 10 + series) % 6 == 0;
    double mean =
        level * week[t % 7] * (1 + 0.5 * (double) promotion[t]) * (1 + 0.0005 * (double) t);
    double noise = (fixture_random (state) + fixture_random (state) - 1) * sqrt (mean);
    if (t < days)
      observed[t] = MAX (0, floor (mean + noise + fixture_random (state)));
  }
}

RaiPanel *
fixture_panel (size_t items, size_t days) {
  RaiPanel *panel = rai_panel_new (RAI_STEP_DAY, rai_day_from_ymd (2024, 6, 3), FIXTURE_HORIZON);
  rai_panel_add_covariate (panel, "promotion", RAI_COVARIATE_PROMOTION, false);

  uint32_t state = 7;
  for (size_t k = 0; k < 2 * items; k++) {
    g_autofree char *item = g_strdup_printf ("item-%zu", k % items);
    size_t series = rai_panel_add_series (panel, k < items ? "north" : "south", item, days);
    fill (panel, series, days, k % items + 1 == items ? 0.3 : 5 + 10 * (double) (k % items),
          &state);
  }

  return panel;
}
