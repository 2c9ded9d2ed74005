/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-part-share.h"

#include <math.h>

void
rai_part_share_product (double base, double end, const double *contribution, const RaiPart *part,
                        size_t n, double *parts) {
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += contribution[i];
  /* The difference a unit of logarithm makes; at no difference, the value itself. */
  double unit = fabs (sum) > 1e-9 ? (end - base) / sum : base;
  for (size_t i = 0; i < n; i++)
    parts[part[i]] += unit * contribution[i];
}

RaiPart
rai_part_share_of_role (RaiCovariateRole role) {
  static const RaiPart parts[] = {
    [RAI_COVARIATE_CALENDAR] = RAI_PART_CALENDAR,   [RAI_COVARIATE_PRICE] = RAI_PART_PRICE,
    [RAI_COVARIATE_PROMOTION] = RAI_PART_PROMOTION, [RAI_COVARIATE_WEATHER] = RAI_PART_WEATHER,
    [RAI_COVARIATE_EVENT] = RAI_PART_EVENT,
  };
  return parts[role];
}
