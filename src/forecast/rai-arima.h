/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/rai-forecaster.h"

/* Automatic seasonal ARIMA: differences by tests, orders by a stepwise search on AICc, coefficients by conditional sum
 * of squares. Coefficients are searched as partial autocorrelations inside the unit circle, so that no forecast
 * explodes. */
extern const RaiForecaster rai_arima;
