/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/panel/rai-panel.h"

#define FIXTURE_HORIZON 14

/* Two sites of `items` items, `days` days with a weekly season, growth, a promotion that lifts
 * sales by half, and noise that is the same at every run. The last item of each site sells seldom.
 * The covariate 0 is "promotion". */
RaiPanel *fixture_panel (size_t items, size_t days);
/* The same numbers 0..1 at every run. */
double fixture_random (uint32_t *state);
