/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-forecaster.h"

#include "forecast/methods/rai-arima.h"
#include "forecast/methods/rai-combine.h"
#include "forecast/methods/rai-croston.h"
#include "forecast/methods/rai-decomposition.h"
#include "forecast/methods/rai-ets.h"
#include "forecast/methods/rai-naive.h"
#include "forecast/methods/rai-profile.h"
#include "forecast/methods/rai-ridge.h"
#include "forecast/methods/rai-theta.h"
#include "forecast/methods/rai-yearly.h"
#include "forecast/trees/rai-global.h"

#include <string.h>

static const RaiForecaster boost_counts = {
  .name = "boost",
  .title = "Boosted trees, Tweedie loss, over all series",
  .paper = "Friedman, Annals of Statistics 29(5), 2001; Makridakis et al., M5 accuracy "
           "competition, 2022",
  .global = RAI_GLOBAL_COUNTS,
};

static const RaiForecaster boost_logs = {
  .name = "boost-log",
  .title = "Boosted trees on logarithms, over all series",
  .paper = "Friedman, Annals of Statistics 29(5), 2001",
  .global = RAI_GLOBAL_LOGS,
};

static const RaiForecaster forest = {
  .name = "forest",
  .title = "Random forest over all series",
  .paper = "Breiman, Machine Learning 45(1), 2001",
  .global = RAI_GLOBAL_FOREST,
};

static const RaiForecaster boost_counts_bands = {
  .name = "boost-bands",
  .title = "Boosted trees, Tweedie loss, one model for each band of the horizon",
  .paper = "Ben Taieb et al., Expert Systems with Applications 39(8), 2012 (direct)",
  .global = RAI_GLOBAL_COUNTS_BANDS,
};

static const RaiForecaster boost_logs_bands = {
  .name = "boost-log-bands",
  .title = "Boosted trees on logarithms, one model for each band of the horizon",
  .paper = "Ben Taieb et al., Expert Systems with Applications 39(8), 2012 (direct)",
  .global = RAI_GLOBAL_LOGS_BANDS,
};

static const RaiForecaster boost_counts_recursive = {
  .name = "boost-recursive",
  .title = "Boosted trees, Tweedie loss, fed with their own forecasts",
  .paper = "Ben Taieb et al., Expert Systems with Applications 39(8), 2012 (recursive)",
  .global = RAI_GLOBAL_COUNTS_RECURSIVE,
};

static const RaiForecaster boost_logs_recursive = {
  .name = "boost-log-recursive",
  .title = "Boosted trees on logarithms, fed with their own forecasts",
  .paper = "Ben Taieb et al., Expert Systems with Applications 39(8), 2012 (recursive)",
  .global = RAI_GLOBAL_LOGS_RECURSIVE,
};

static const RaiForecaster *const forecasters[] = {
  &rai_seasonal_naive,
  &rai_moving_average,
  &rai_weekday_mean,
  &rai_profile,
  &rai_ses,
  &rai_holt,
  &rai_damped,
  &rai_holt_winters,
  &rai_holt_winters_additive,
  &rai_ets,
  &rai_theta,
  &rai_dynamic_theta,
  &rai_arima,
  &rai_combine,
  &rai_croston,
  &rai_sba,
  &rai_tsb,
  &rai_adida,
  &rai_decomposition,
  &rai_yearly,
  &rai_ridge,
  &forest,
  &boost_counts,
  &boost_logs,
  &boost_counts_bands,
  &boost_logs_bands,
  &boost_counts_recursive,
  &boost_logs_recursive,
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
