/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-method.h"

#include "core/rai-names.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *id, *words;
} methods[RAI_N_METHODS + 1] = {
  [RAI_METHOD_SNAIVE] = { "snaive", N_ ("same day of the week before") },
  [RAI_METHOD_AVERAGE] = { "average", N_ ("mean of the last weeks") },
  [RAI_METHOD_WEEKDAY] = { "weekday", N_ ("mean of four same days of the week") },
  [RAI_METHOD_PROFILE] = { "profile", N_ ("share of the weekday at shops alike") },
  [RAI_METHOD_SES] = { "ses", N_ ("exponential smoothing") },
  [RAI_METHOD_HOLT] = { "holt", N_ ("exponential smoothing with a trend") },
  [RAI_METHOD_DAMPED] = { "damped", N_ ("exponential smoothing with a damped trend") },
  [RAI_METHOD_HOLT_WINTERS] = { "holt-winters", N_ ("Holt-Winters smoothing") },
  [RAI_METHOD_HOLT_WINTERS_ADD] = { "holt-winters-add", N_ ("Holt-Winters smoothing, additive") },
  [RAI_METHOD_ETS] = { "ets", N_ ("exponential smoothing") },
  [RAI_METHOD_THETA] = { "theta", N_ ("Theta method") },
  [RAI_METHOD_DOTM] = { "dotm", N_ ("optimised Theta method") },
  [RAI_METHOD_ARIMA] = { "arima", N_ ("seasonal ARIMA") },
  [RAI_METHOD_COMBINE] = { "blend", N_ ("mean of smoothing, Theta and ARIMA") },
  [RAI_METHOD_CROSTON] = { "croston", N_ ("Croston's method for slow sellers") },
  [RAI_METHOD_SBA] = { "sba", N_ ("Syntetos-Boylan method for slow sellers") },
  [RAI_METHOD_TSB] = { "tsb", N_ ("TSB method for slow sellers") },
  [RAI_METHOD_ADIDA] = { "adida", N_ ("ADIDA method for slow sellers") },
  [RAI_METHOD_DECOMPOSITION] = { "decomposition", N_ ("weekday times month times trend") },
  [RAI_METHOD_YEARLY] = { "yearly", N_ ("same time of earlier years with growth") },
  [RAI_METHOD_RIDGE] = { "ridge", N_ ("regression on calendar, price and weather") },
  [RAI_METHOD_FOREST] = { "forest", N_ ("random forest over all items") },
  [RAI_METHOD_BOOST] = { "boost", N_ ("boosted trees over all items") },
  [RAI_METHOD_BOOST_LOG] = { "boost-log", N_ ("boosted trees over all series") },
  [RAI_METHOD_BOOST_BANDS] = { "boost-bands", N_ ("boosted trees by distance, over all items") },
  [RAI_METHOD_BOOST_LOG_BANDS] = { "boost-log-bands",
                                   N_ ("boosted trees by distance, over all series") },
  [RAI_METHOD_BOOST_RECURSIVE] = { "boost-recursive",
                                   N_ ("boosted trees day after day, over all items") },
  [RAI_METHOD_BOOST_LOG_RECURSIVE] = { "boost-log-recursive",
                                       N_ ("boosted trees day after day, over all series") },
  [RAI_METHOD_NONE] = { "none", N_ ("too little history") },
};

const char *
rai_method_id (RaiMethod method) {
  g_return_val_if_fail (method < G_N_ELEMENTS (methods), "");
  return methods[method].id;
}

const char *
rai_method_words (RaiMethod method) {
  g_return_val_if_fail (method < G_N_ELEMENTS (methods), "");
  return methods[method].words;
}

bool
rai_method_find (const char *id, RaiMethod *method) {
  size_t place;
  if (!RAI_NAMES_FIND (methods, id, &place))
    return false;
  *method = (RaiMethod) place;
  return true;
}
