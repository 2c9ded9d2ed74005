/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/pages/rai-dashboard-data.h"
#include "client/rai-page.h"

/* What is charted, and what compares stores. The fill functions are those of
 * rai_dashboard_sections. */

/* Revenue: history, forecast, interval and marks; a region's forecast is the sum of its stores'.
 * Parts: the title, the RaiChart, the RaiDashboardMultiples that add up. */
bool rai_dashboard_company_fill_chart (const RaiDashboardData *data, RaiPage *page,
                                       GtkWidget *const *parts);
/* Parts: the list of RaiRankingRow, whose key is the site; the RaiHeatMap of weekdays; the label
 * that says how fast stock turns. */
bool rai_dashboard_company_fill_compare (const RaiDashboardData *data, RaiPage *page,
                                         GtkWidget *const *parts);
/* Accuracy of the last days, seven at a time, beside seasonal naive's. Parts: the RaiChart. */
bool rai_dashboard_company_fill_accuracy (const RaiDashboardData *data, RaiPage *page,
                                          GtkWidget *const *parts);

/* The site in a row of the heat map as it was filled; 0: none. */
int64_t rai_dashboard_company_heat_site (const RaiDashboardData *data, unsigned row);
