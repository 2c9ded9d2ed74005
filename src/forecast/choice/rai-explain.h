/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/choice/rai-weighing.h"

/* Opens a blended mean into parts[horizon][RAI_N_PARTS]: each method explains its own forecast, and
 * the parts are weighted as the forecasts are. A part is how much higher the mean is because of it.
 * Each row adds up to mean[h] exactly; what is left over goes to the level. */
void rai_explain (const RaiCandidates *candidates, const RaiWeighing *weighing, size_t series,
                  const double *mean, double *parts);
