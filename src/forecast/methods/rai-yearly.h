/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/methods/rai-forecaster.h"

/* The same time of earlier years, scaled by the growth since then. */
extern const RaiForecaster rai_yearly;
