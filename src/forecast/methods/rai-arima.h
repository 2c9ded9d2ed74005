/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/methods/rai-forecaster.h"

/* Automatic seasonal ARIMA: differences by tests, orders by a stepwise search on AICc, the models
 * tried averaged by their AICc; the mean of three looks at the series (seasonal terms; season taken
 * off; logarithms of that). Bounded: no polynomial leaves the unit circle, no second simple
 * difference. */
extern const RaiForecaster rai_arima;
