/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/methods/rai-forecaster.h"

/* The week as the series around this one in its site sell it, times the series' own level: for
 * items that sell too seldom to have a week of their own. */
extern const RaiForecaster rai_profile;
