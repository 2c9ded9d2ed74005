/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/pages/rai-dashboard-data.h"
#include "client/rai-page.h"

/* A big search field over items, for the shop floor: a row for each of the first that are found,
 * which leads to the item. Focus goes to the field. Asks through the page whose template holds it
 * as "find_section". */
#define RAI_TYPE_DASHBOARD_FIND (rai_dashboard_find_get_type ())
G_DECLARE_FINAL_TYPE (RaiDashboardFind, rai_dashboard_find, RAI, DASHBOARD_FIND, GtkBox)

/* Parts: the RaiDashboardFind, which searches in the dashboard's store. */
bool rai_dashboard_find_fill (const RaiDashboardData *data, RaiPage *page, GtkWidget *const *parts);
