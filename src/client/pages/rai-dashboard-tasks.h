/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/pages/rai-dashboard-data.h"
#include "client/rai-page.h"

/* The to-do list: orders to approve, deliveries due, alerts by money, and on the shop floor items
 * to look at. Each row acts in place, or leads to where it can be done. */

/* Fills the list box anew. Returns the number of things to do. */
size_t rai_dashboard_tasks_fill (const RaiDashboardData *data, RaiPage *page, GtkListBox *list);
/* On the shop floor: what was counted lately. Returns the number of rows. */
size_t rai_dashboard_tasks_fill_counts (const RaiDashboardData *data, GtkListBox *list);
/* For administrators: jobs, or what people did. */
size_t rai_dashboard_tasks_fill_jobs (const RaiDashboardData *data, GtkListBox *list);
size_t rai_dashboard_tasks_fill_audit (const RaiDashboardData *data, GtkListBox *list);
size_t rai_dashboard_tasks_fill_sites (const RaiDashboardData *data, GtkListBox *list);
