/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-page.h"

/* The morning's three questions: how did yesterday go, what will happen today, what is there to do.
 * What it shows depends on the account's role and on whether one store is chosen; every part leads
 * one level down. */
#define RAI_TYPE_DASHBOARD_PAGE (rai_dashboard_page_get_type ())
G_DECLARE_FINAL_TYPE (RaiDashboardPage, rai_dashboard_page, RAI, DASHBOARD_PAGE, RaiPage)
