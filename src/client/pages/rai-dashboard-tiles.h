/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/pages/rai-dashboard-data.h"
#include "client/widgets/rai-tile.h"

/* The four tiles: revenue, margin, availability, forecast accuracy; for administrators stores in
 * place of margin. */
#define RAI_DASHBOARD_N_TILES 4
void rai_dashboard_tiles_fill (const RaiDashboardData *data,
                               RaiTile *const tiles[RAI_DASHBOARD_N_TILES]);
