/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/panel/rai-history.h"

/* An error of the backtest: sales less their forecast `mean`, `ahead` steps after one of the
 * origins of the backtest. */
typedef struct {
  float mean, error;
  uint32_t series;
  uint16_t ahead;
  uint8_t origin;
  bool guarded; /* of a series that was moved to the seasonal naive */
} RaiBacktestError;

/* How much more than a Poisson's the sales of each series vary around their forecast: variance =
 * mean x (1 + dispersion). Between what the errors say, which is pulled towards the panel's where
 * they are few and does not follow single freaks (Huber, Robust Statistics, 1981), and how the
 * series' last weeks varied by themselves. Writes dispersion[n_series], each above 0. */
void rai_dispersion_learn (const RaiHistory *history, const RaiBacktestError *errors, size_t n,
                           float *dispersion);
