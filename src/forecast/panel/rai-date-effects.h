/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/panel/rai-demand.h"
#include "forecast/panel/rai-panel.h"

/* How much more or less than their weekday usually does the days around Christmas sell, as factors
 * learned over the whole panel. These days keep their date: each year they fall on other weekdays,
 * so that neither last week nor the same week of last year tells of them. Sales are divided by the
 * factors before any method sees them, and forecasts are multiplied by them, as official statistics
 * do with holidays (Findley et al., "New capabilities and methods of the X-12-ARIMA program",
 * Journal of Business & Economic Statistics 16(2), 1998, section 2). Steps are those of the longest
 * series. Read-only once made. */
typedef struct {
  size_t longest, span; /* steps of the history; and with the horizon after it */
  float *own;           /* [span] the factor of a step of the history; NAN: none is known */
  float *bridged; /* [span] the same, but days that few series were open on (a Sunday) stand on a
                     line between their neighbours: what other years are told */
  int16_t *back;  /* [span] steps back to the same date a year before; 0: not near Christmas */
} RaiDateEffects;

/* Learns the factors where steps are days and weeks repeat; elsewhere there are none. */
RaiDateEffects *rai_date_effects_new (const RaiPanel *panel, const RaiDemand *demand);
void rai_date_effects_free (RaiDateEffects *effects);
/* The factor that is in the sales of a step of the history; 1 where none is known. */
double rai_date_effects_own (const RaiDateEffects *effects, size_t step);
/* The factor that a step is expected to have, by the same date of the years before, as far as these
 * lie before the step `now` <= step; 1 where none is known. */
double rai_date_effects_seen (const RaiDateEffects *effects, size_t step, size_t now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiDateEffects, rai_date_effects_free)
