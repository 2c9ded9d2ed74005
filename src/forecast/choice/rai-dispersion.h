/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/choice/rai-backtest-errors.h"

/* How much more than a Poisson's the sales of each series vary around their forecast: variance =
 * mean x (1 + dispersion). Between what the errors say, which is pulled towards the panel's where
 * they are few and does not follow single freaks (Huber, Robust Statistics, 1981), and how the
 * series' last weeks varied by themselves. Writes dispersion[n_series], each above 0. */
void rai_dispersion_learn (const RaiHistory *history, const RaiBacktestError *errors, size_t n,
                           float *dispersion);
