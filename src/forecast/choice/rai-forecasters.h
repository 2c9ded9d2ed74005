/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/methods/rai-forecaster.h"

/* THE table of methods: how each name of core/rai-method.h is forecast. What --model may name, what
 * --list-models lists and what `auto` tries all come from here. */

/* All methods, [RAI_N_METHODS], by RaiMethod. */
const RaiForecaster *const *rai_forecasters (size_t *n);
/* NULL when there is no such method. */
const RaiForecaster *rai_forecaster_find (const char *id);
/* Writes the methods that serve any of the uses (RaiAutoUse) to methods[room], by their turn, and
 * returns how many. There must be room. */
size_t rai_forecasters_for (unsigned uses, const RaiForecaster **methods, size_t room);
