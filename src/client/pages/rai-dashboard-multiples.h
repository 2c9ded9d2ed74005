/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/pages/rai-dashboard-data.h"
#include "client/rai-page.h"
#include "client/widgets/rai-chart.h"

/* One small chart a store, all on one scale: what was sold in the last weeks and what is expected
 * in the next; and the stores' forecasts added up. Asks for its numbers by itself, through the page
 * whose template holds it as "multiples". A click or Enter on a store's name emits "chosen" (site);
 * when all stores are there, "summed" is emitted. */
#define RAI_TYPE_DASHBOARD_MULTIPLES (rai_dashboard_multiples_get_type ())
G_DECLARE_FINAL_TYPE (RaiDashboardMultiples, rai_dashboard_multiples, RAI, DASHBOARD_MULTIPLES,
                      AdwBin)

void rai_dashboard_multiples_clear (RaiDashboardMultiples *multiples);
/* Begins anew, with the stores of the page's session. Parts: the RaiDashboardMultiples. */
void rai_dashboard_multiples_start (const RaiDashboardData *data, RaiPage *page,
                                    GtkWidget *const *parts);
/* Nothing is to do: charts come one by one. */
bool
rai_dashboard_multiples_fill (const RaiDashboardData *data, RaiPage *page, GtkWidget *const *parts);
/* Puts the sum on top of a chart; nothing before "summed". */
void rai_dashboard_multiples_add_sum (RaiDashboardMultiples *multiples, RaiChart *chart);
