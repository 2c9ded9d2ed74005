/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* The forecasting methods by name: what forecasts are stored with and people read. In the order of
 * --list-models.
 *
 * To add one: a value here and a row in rai-method.c, a const RaiForecaster that says how it works
 * (forecast/methods/rai-forecaster.h), and that row's place in forecast/choice/rai-forecasters.c.
 * The test of that table names what is missing. */
typedef enum {
  RAI_METHOD_SNAIVE,
  RAI_METHOD_AVERAGE,
  RAI_METHOD_WEEKDAY,
  RAI_METHOD_PROFILE,
  RAI_METHOD_SES,
  RAI_METHOD_HOLT,
  RAI_METHOD_DAMPED,
  RAI_METHOD_HOLT_WINTERS,
  RAI_METHOD_HOLT_WINTERS_ADD,
  RAI_METHOD_ETS,
  RAI_METHOD_THETA,
  RAI_METHOD_DOTM,
  RAI_METHOD_ARIMA,
  RAI_METHOD_COMBINE,
  RAI_METHOD_CROSTON,
  RAI_METHOD_SBA,
  RAI_METHOD_TSB,
  RAI_METHOD_ADIDA,
  RAI_METHOD_DECOMPOSITION,
  RAI_METHOD_YEARLY,
  RAI_METHOD_RIDGE,
  RAI_METHOD_FOREST,
  RAI_METHOD_BOOST,
  RAI_METHOD_BOOST_LOG,
  RAI_METHOD_BOOST_BANDS,
  RAI_METHOD_BOOST_LOG_BANDS,
  RAI_METHOD_BOOST_RECURSIVE,
  RAI_METHOD_BOOST_LOG_RECURSIVE,
  RAI_N_METHODS,
  RAI_METHOD_NONE = RAI_N_METHODS /* what a series without any history is forecast by */
} RaiMethod;

/* Asked for in place of a method: those that suit the panel are tried and weighed. */
#define RAI_METHOD_AUTO_ID "auto"

/* "boost-log"; as given to --model, stored and sent. */
const char *rai_method_id (RaiMethod method);
/* "boosted trees over all series", to stand within a sentence; untranslated, the client passes it
 * through gettext. */
const char *rai_method_words (RaiMethod method);
/* false when the text names no method; "none" is one here. */
bool rai_method_find (const char *id, RaiMethod *method);
