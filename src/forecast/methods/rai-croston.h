/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/methods/rai-forecaster.h"

/* Intermittent demand: sizes and gaps apart. */
extern const RaiForecaster rai_croston;
extern const RaiForecaster rai_sba;   /* Croston without its bias */
extern const RaiForecaster rai_tsb;   /* forgets items that stopped selling */
extern const RaiForecaster rai_adida; /* smooths sums over the mean gap */
