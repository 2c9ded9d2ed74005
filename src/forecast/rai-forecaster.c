/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-forecaster.h"

#include "forecast/rai-naive.h"

#include <string.h>

static const RaiForecaster *const forecasters[] = {
  &rai_seasonal_naive,
  &rai_moving_average,
  &rai_weekday_mean,
};

const RaiForecaster *const *
rai_forecasters (size_t *n) {
  *n = G_N_ELEMENTS (forecasters);
  return forecasters;
}

const RaiForecaster *
rai_forecaster_find (const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS (forecasters); i++)
    if (strcmp (forecasters[i]->name, name) == 0)
      return forecasters[i];
  return NULL;
}
