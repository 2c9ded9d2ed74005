/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-page.h"

#define RAI_TYPE_ALERTS_PAGE (rai_alerts_page_get_type ())
G_DECLARE_FINAL_TYPE (RaiAlertsPage, rai_alerts_page, RAI, ALERTS_PAGE, RaiPage)
