/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/pages/rai-dashboard-data.h"
#include "client/rai-page.h"

/* The four tiles: revenue, margin, availability, forecast accuracy; for administrators stores in
 * place of margin. Parts: four RaiTile. */
bool
rai_dashboard_tiles_fill (const RaiDashboardData *data, RaiPage *page, GtkWidget *const *parts);
