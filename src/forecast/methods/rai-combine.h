/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/methods/rai-forecaster.h"

/* The mean of exponential smoothing, dynamic optimised theta and ARIMA, each automatic: what to use
 * for a few series that have nothing to do with each other. Those of the three that a series is too
 * short for are left out. */
extern const RaiForecaster rai_combine;
