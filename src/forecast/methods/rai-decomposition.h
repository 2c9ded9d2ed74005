/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/methods/rai-forecaster.h"

/* Weekday (or hour of the week) x month x trend x level, each a factor: robust, quick, easy to
 * explain. */
extern const RaiForecaster rai_decomposition;
