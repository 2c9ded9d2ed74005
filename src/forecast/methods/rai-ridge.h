/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/methods/rai-forecaster.h"

/* Linear regression held back by a penalty (Hoerl & Kennard 1970) on trend, weekday, waves of the
 * year and the month, and the panel's covariates: prices, promotions, events by name, weather.
 * Recent steps weigh more. Works on logarithms where sales are rarely zero. */
extern const RaiForecaster rai_ridge;
