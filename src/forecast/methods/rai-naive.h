/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/methods/rai-forecaster.h"

/* Methods that only look back: what everything else has to beat. */
extern const RaiForecaster rai_seasonal_naive; /* the last season, repeated */
extern const RaiForecaster rai_moving_average; /* the mean of the last four seasons */
extern const RaiForecaster rai_weekday_mean;   /* the mean of the last four same weekdays */
