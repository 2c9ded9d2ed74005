/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-part.h"
#include "forecast/panel/rai-panel.h"

/* How a mean is shared out to its parts, for the methods that open their forecasts. Pure. */

/* Adds to parts[RAI_N_PARTS] what a product that starts at `base` and ends at `end` gains by each
 * of its factors: contribution[n] are the factors' logarithms, contribution[i] counts as part[i].
 * The difference is shared by the logarithmic mean (LMDI: Ang, Energy Policy 32(9), 2004), which
 * leaves no remainder. */
void rai_part_share_product (double base, double end, const double *contribution,
                             const RaiPart *part, size_t n, double *parts);
/* The part that a covariate of a role counts as. */
RaiPart rai_part_share_of_role (RaiCovariateRole role);
