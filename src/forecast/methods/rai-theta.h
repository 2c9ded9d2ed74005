/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/methods/rai-forecaster.h"

extern const RaiForecaster rai_theta;         /* the standard method of the M3 competition */
extern const RaiForecaster rai_dynamic_theta; /* dynamic optimised theta */
