/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/rai-forecast.h"

typedef struct _RaiHistory RaiHistory;

/* What the days around Christmas do to what their weekday usually sells, from the panel as a whole.
 * They go by their date, so that a year of whole weeks misses them and each is on another weekday
 * every year: sales are freed of it before any method sees them and forecasts are given it back, as
 * official statistics do with holidays (Findley et al., "New capabilities and methods of the
 * X-12-ARIMA program", Journal of Business & Economic Statistics 16(2), 1998, section 2). Steps are
 * those of the longest series. Read-only once made. */
typedef struct {
  size_t longest, span; /* history; and the horizon after it */
  float *own;           /* [span] ratio of a step of the history; NAN: not told */
  float *told;   /* [span] what it tells of the same date on another weekday, which may be open */
  int16_t *back; /* [span] steps to the same date a year before; 0: not near Christmas */
} RaiDates;

/* From days of a weekly season; other panels are told nothing. history is all but its dates. */
RaiDates *rai_dates_new (const RaiPanel *panel, const RaiHistory *history);
void rai_dates_free (RaiDates *dates);
/* What a step of the history was multiplied by: 1 where nothing is told. */
double rai_dates_own (const RaiDates *dates, size_t step);
/* What a step is to be multiplied by as far as is known before the step `now` <= step, from the
 * same date of the years before. */
double rai_dates_seen (const RaiDates *dates, size_t step, size_t now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiDates, rai_dates_free)
