/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/pages/rai-dashboard-data.h"
#include "client/rai-page.h"

/* The to-do list: orders to approve, deliveries due, alerts by money, and on the shop floor items
 * to look at. Each row acts in place, or leads to where it can be done. Then lists to read. All are
 * fill functions of rai_dashboard_sections. */

/* Parts: the list; the label that says so when there is nothing to do. */
bool
rai_dashboard_tasks_fill (const RaiDashboardData *data, RaiPage *page, GtkWidget *const *parts);
/* Parts: the list. On the shop floor: what was counted lately; shown when there is any. */
bool rai_dashboard_tasks_fill_counts (const RaiDashboardData *data, RaiPage *page,
                                      GtkWidget *const *parts);
/* The same for administrators: stores, jobs, what people did. */
bool rai_dashboard_tasks_fill_sites (const RaiDashboardData *data, RaiPage *page,
                                     GtkWidget *const *parts);
bool rai_dashboard_tasks_fill_jobs (const RaiDashboardData *data, RaiPage *page,
                                    GtkWidget *const *parts);
bool rai_dashboard_tasks_fill_audit (const RaiDashboardData *data, RaiPage *page,
                                     GtkWidget *const *parts);
