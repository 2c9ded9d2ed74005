/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/methods/rai-forecaster.h"

/* The methods of rai-global.h: trees over the whole panel. They have no functions of their own. */
extern const RaiForecaster rai_forest;
extern const RaiForecaster rai_boost_counts; /* one model that is told the steps ahead */
extern const RaiForecaster rai_boost_logs;
extern const RaiForecaster rai_boost_counts_bands; /* one model for each stretch of the horizon */
extern const RaiForecaster rai_boost_logs_bands;
extern const RaiForecaster rai_boost_counts_recursive; /* fed with their own answers */
extern const RaiForecaster rai_boost_logs_recursive;
