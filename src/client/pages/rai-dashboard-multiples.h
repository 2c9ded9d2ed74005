/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-page.h"
#include "client/widgets/rai-chart-series.h"

/* One small chart a store, all on one scale: what was sold in the last weeks and what is expected
 * in the next. A click or Enter on a store's name emits "chosen" (site). */
#define RAI_TYPE_DASHBOARD_MULTIPLES (rai_dashboard_multiples_get_type ())
G_DECLARE_FINAL_TYPE (RaiDashboardMultiples, rai_dashboard_multiples, RAI, DASHBOARD_MULTIPLES,
                      AdwBin)

void rai_dashboard_multiples_clear (RaiDashboardMultiples *multiples);
/* Series may be NULL; references are taken. */
void rai_dashboard_multiples_add (RaiDashboardMultiples *multiples, int64_t site, const char *name,
                                  RaiChartSeries *history, RaiChartSeries *forecast, RaiDay today,
                                  const char *currency);
