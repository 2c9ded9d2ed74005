/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/panel/rai-change.h"
#include "forecast/panel/rai-date-effects.h"
#include "forecast/panel/rai-demand.h"
#include "forecast/panel/rai-week-effects.h"

/* What the panel's sales say about demand. Steps that are missing, closed or were out of stock are
 * filled with what was usual until then; a freak that nothing explains counts as the most that is
 * believable. No value depends on later ones, so that the first n steps are what was known after n
 * steps: a backtest reads no future.
 *
 * A step that was out of stock for a part of it is still learned from: if it were left out, the
 * days that sold best, which empty the shelf, would be missing. What would have sold in the rest of
 * it is added to what it sold (the E step of Vulcano, van Ryzin & Ratliff, Operations Research
 * 60(2), 2012). Errors of the backtest are reported of valid steps only. */
typedef struct {
  size_t n_series;
  size_t longest;      /* steps of the longest series */
  size_t period;       /* short season: 7 days, 24 hours, else 1 */
  size_t year;         /* 364 days, 52 weeks, 12 months, 4 quarters; 168 hours (a week) */
  size_t recent;       /* steps of "recently": 28 days, 8 weeks, 6 months, 4 quarters, 168 hours */
  size_t *start;       /* [n_series + 1] where a series' values begin */
  float *values;       /* demand, >= 0 */
  uint8_t *states;     /* RaiDemandState */
  double zero_share;   /* of valid steps */
  double filled_share; /* of all steps: not valid */
  double level;        /* mean of valid steps */
  uint8_t *whole;      /* [n_series] all sales are whole numbers */
  bool stockouts;      /* some steps were out of stock */
  RaiDateEffects *date_effects; /* still in `values`; rai_history_usual gives them without */
  RaiWeekEffects *week_effects; /* of weeks, which stay in what methods see; or NULL */
} RaiHistory;

/* Never fails: a series without sales has no values that matter. Any thread; reads the panel. */
RaiHistory *rai_history_new (const RaiPanel *panel, unsigned threads);
/* Appends the largest differences between sales and the demand they were taken for to changes
 * (RaiChange), largest first, at most RAI_CHANGES_MAX, and adds all there are to counts
 * [RAI_N_CHANGES]. */
void rai_history_changes (const RaiHistory *history, const RaiPanel *panel, GArray *changes,
                          size_t *counts);
/* The demand of a step as methods see it: without the effect of its date (rai-date-effects.h). */
double rai_history_usual (const RaiHistory *history, size_t series, size_t step);
/* 0 for a series that goes on. For one that has sold nothing for so much longer than ever before
 * that it is taken as discontinued: how many steps that is. length: steps that are known. */
size_t rai_history_ended (const RaiHistory *history, size_t series, size_t length);
void rai_history_free (RaiHistory *history);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiHistory, rai_history_free)
