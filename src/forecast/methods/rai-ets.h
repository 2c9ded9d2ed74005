/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/methods/rai-forecaster.h"

/* Exponential smoothing in state space form. */
extern const RaiForecaster rai_ets;                   /* the whole family, averaged by AICc */
extern const RaiForecaster rai_ses;                   /* (A,N,N) */
extern const RaiForecaster rai_holt;                  /* (A,A,N) */
extern const RaiForecaster rai_damped;                /* (A,Ad,N) */
extern const RaiForecaster rai_holt_winters;          /* (M,A,M), (A,A,A) with zeros */
extern const RaiForecaster rai_holt_winters_additive; /* (A,A,A) */
