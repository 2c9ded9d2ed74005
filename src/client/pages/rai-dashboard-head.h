/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/pages/rai-dashboard-data.h"
#include "client/rai-page.h"

/* The head of a dashboard: the day, the briefing in two to four sentences made of numbers, and a
 * note when the figures are old. Parts: labels of the three; an empty one is hidden by the
 * template. */
bool rai_dashboard_head_fill (const RaiDashboardData *data, RaiPage *page, GtkWidget *const *parts);
