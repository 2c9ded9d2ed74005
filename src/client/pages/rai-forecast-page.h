/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-page.h"

/* What will sell: any level from the company to an item, with its past, its forecast and why the
 * number is what it is. Targets: "item=ID" (of the current store), "site=ID", "company". */
#define RAI_TYPE_FORECAST_PAGE (rai_forecast_page_get_type ())
G_DECLARE_FINAL_TYPE (RaiForecastPage, rai_forecast_page, RAI, FORECAST_PAGE, RaiPage)
