/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-forecast-level.h"

#include "core/rai-names.h"

#include <glib/gi18n.h>

static const struct {
  const char *id, *title, *measure;
} levels[RAI_N_LEVELS] = {
  [RAI_LEVEL_ITEM] = { "item", N_ ("Item"), N_ ("pieces of an item and day") },
  [RAI_LEVEL_DEPARTMENT] = { "department", N_ ("Department"),
                             N_ ("revenue of a department and day") },
  [RAI_LEVEL_SITE] = { "site", N_ ("Store"), N_ ("revenue of a store and day") },
  [RAI_LEVEL_COMPANY] = { "company", N_ ("All stores"), N_ ("revenue of all stores and a day") },
};

const char *
rai_forecast_level_id (RaiForecastLevel level) {
  g_return_val_if_fail (level < RAI_N_LEVELS, NULL);
  return levels[level].id;
}

bool
rai_forecast_level_parse (const char *id, RaiForecastLevel *level) {
  size_t place;
  if (!RAI_NAMES_FIND (levels, id, &place))
    return false;
  *level = (RaiForecastLevel) place;
  return true;
}

const char *
rai_forecast_level_title (RaiForecastLevel level) {
  g_return_val_if_fail (level < RAI_N_LEVELS, NULL);
  return levels[level].title;
}

const char *
rai_forecast_level_measure (RaiForecastLevel level) {
  g_return_val_if_fail (level < RAI_N_LEVELS, NULL);
  return levels[level].measure;
}
