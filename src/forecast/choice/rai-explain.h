/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/choice/rai-blend.h"

/* Opens a blended mean into parts[horizon][RAI_N_PARTS]: each method explains its own forecast, and
 * the parts are weighted as the forecasts are. A part is how much higher the mean is because of it.
 * Each row adds up to mean[h] exactly; what is left over goes to the level. */
void rai_explain (const RaiCandidates *candidates, const RaiBlend *blend, size_t series,
                  const double *mean, double *parts);

/* Adds to parts what contributions to a logarithm, contribution[i] told as part[i], make of a
 * product that starts at `base` and ends at `end`: shares of the difference by the logarithmic mean
 * (LMDI, Ang 2004), which leave no remainder. */
void rai_explain_product (double base, double end, const double *contribution, const RaiPart *part,
                          size_t n, double *parts);
/* What a covariate of a role is told as. */
RaiPart rai_explain_part (RaiCovariateRole role);
