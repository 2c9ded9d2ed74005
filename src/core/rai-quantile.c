/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-quantile.h"

const double rai_quantile_levels[RAI_N_QUANTILES] = {
  [RAI_Q025] = 0.025, [RAI_Q05] = 0.05, [RAI_Q10] = 0.1,  [RAI_Q25] = 0.25,   [RAI_Q50] = 0.5,
  [RAI_Q75] = 0.75,   [RAI_Q90] = 0.9,  [RAI_Q95] = 0.95, [RAI_Q975] = 0.975,
};
