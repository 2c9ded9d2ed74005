/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-forecasters.h"

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
#include "forecast/trees/rai-global-methods.h"

static const RaiForecaster *const forecasters[RAI_N_METHODS] = {
  [RAI_METHOD_SNAIVE] = &rai_seasonal_naive,
  [RAI_METHOD_AVERAGE] = &rai_moving_average,
  [RAI_METHOD_WEEKDAY] = &rai_weekday_mean,
  [RAI_METHOD_PROFILE] = &rai_profile,
  [RAI_METHOD_SES] = &rai_ses,
  [RAI_METHOD_HOLT] = &rai_holt,
  [RAI_METHOD_DAMPED] = &rai_damped,
  [RAI_METHOD_HOLT_WINTERS] = &rai_holt_winters,
  [RAI_METHOD_HOLT_WINTERS_ADD] = &rai_holt_winters_additive,
  [RAI_METHOD_ETS] = &rai_ets,
  [RAI_METHOD_THETA] = &rai_theta,
  [RAI_METHOD_DOTM] = &rai_dynamic_theta,
  [RAI_METHOD_ARIMA] = &rai_arima,
  [RAI_METHOD_COMBINE] = &rai_combine,
  [RAI_METHOD_CROSTON] = &rai_croston,
  [RAI_METHOD_SBA] = &rai_sba,
  [RAI_METHOD_TSB] = &rai_tsb,
  [RAI_METHOD_ADIDA] = &rai_adida,
  [RAI_METHOD_DECOMPOSITION] = &rai_decomposition,
  [RAI_METHOD_YEARLY] = &rai_yearly,
  [RAI_METHOD_RIDGE] = &rai_ridge,
  [RAI_METHOD_FOREST] = &rai_forest,
  [RAI_METHOD_BOOST] = &rai_boost_counts,
  [RAI_METHOD_BOOST_LOG] = &rai_boost_logs,
  [RAI_METHOD_BOOST_BANDS] = &rai_boost_counts_bands,
  [RAI_METHOD_BOOST_LOG_BANDS] = &rai_boost_logs_bands,
  [RAI_METHOD_BOOST_RECURSIVE] = &rai_boost_counts_recursive,
  [RAI_METHOD_BOOST_LOG_RECURSIVE] = &rai_boost_logs_recursive,
};

const RaiForecaster *const *
rai_forecasters (size_t *n) {
  *n = RAI_N_METHODS;
  return forecasters;
}

const RaiForecaster *
rai_forecaster_find (const char *id) {
  RaiMethod method;
  return rai_method_find (id, &method) && method < RAI_N_METHODS ? forecasters[method] : NULL;
}

size_t
rai_forecasters_for (unsigned uses, const RaiForecaster **methods, size_t room) {
  size_t n = 0;
  for (size_t i = 0; i < RAI_N_METHODS; i++) {
    if ((forecasters[i]->uses & uses) == 0)
      continue;
    g_assert (n < room);

    size_t at = n++;
    for (; at > 0 && methods[at - 1]->turn > forecasters[i]->turn; at--)
      methods[at] = methods[at - 1];
    methods[at] = forecasters[i];
  }

  return n;
}
