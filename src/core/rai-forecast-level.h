/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* What a forecast that is kept can be of, narrowest first: units of one item at a site, or the
 * takings of a department of a site, of a site, of the company. */
typedef enum {
  RAI_LEVEL_ITEM,
  RAI_LEVEL_DEPARTMENT,
  RAI_LEVEL_SITE,
  RAI_LEVEL_COMPANY,
  RAI_N_LEVELS,
} RaiForecastLevel;

/* "item", "department", "site", "company": as in tables `forecast`, `forecast_past` and
 * `accuracy`. */
const char *rai_forecast_level_id (RaiForecastLevel level);
/* false when the text names no level. */
bool rai_forecast_level_parse (const char *id, RaiForecastLevel *level);
/* "All stores", "Store": a heading above a name. Untranslated; the client passes it through
 * gettext. */
const char *rai_forecast_level_title (RaiForecastLevel level);
/* What its errors are measured in: "revenue of a store and day". Untranslated. */
const char *rai_forecast_level_measure (RaiForecastLevel level);
