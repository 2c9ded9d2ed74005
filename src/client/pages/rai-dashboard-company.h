/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/pages/rai-dashboard-data.h"
#include "client/widgets/rai-chart.h"
#include "client/widgets/rai-heat-map.h"

/* What compares stores: the ranking, the heat map of weekdays, accuracy over time, and one small
 * chart a store. */

/* Rows are RaiRankingRow whose key is the site. */
void rai_dashboard_company_fill_ranking (const RaiDashboardData *data, GtkListBox *list);
void rai_dashboard_company_fill_heat (const RaiDashboardData *data, RaiHeatMap *map);
/* The site in a row of the heat map as it was filled. */
int64_t rai_dashboard_company_heat_site (const RaiDashboardData *data, unsigned row);
/* Accuracy of the last days, seven at a time, beside that of seasonal naive. */
void rai_dashboard_company_fill_accuracy (const RaiDashboardData *data, RaiChart *chart);
/* Stock value, turns and margin as words for one line. */
char *rai_dashboard_company_stock_text (const RaiDashboardData *data);
/* History, forecast, interval and marks. */
void rai_dashboard_company_fill_chart (const RaiDashboardData *data, RaiChart *chart);
