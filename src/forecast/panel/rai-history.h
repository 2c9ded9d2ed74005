/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/panel/rai-change.h"
#include "forecast/panel/rai-date-effects.h"
#include "forecast/panel/rai-demand.h"

/* What the panel's sales say about demand: gaps, closed steps and stock-outs are filled by what was
 * usual until then, a freak that nothing explains counts as the most that is believable. No value
 * depends on later ones and any prefix can stand for the past in a backtest. A step that sold its
 * shelf empty is learned from like those with stock: without them there would be too few good days,
 * most of all where one sale empties it. To what it sold is added what is expected of the rest of
 * it (the E step of Vulcano, van Ryzin & Ratliff, Operations Research 60(2), 2012). Reports are of
 * valid steps only. */
typedef struct {
  size_t n_series;
  size_t longest;               /* steps of the longest series */
  size_t period;                /* short season: 7 days, 24 hours, else 1 */
  size_t year;                  /* 364 days, 52 weeks, 12 months; 168 hours (a week) */
  size_t window;                /* steps of "recently": 28 days, 8 weeks, 6 months, 168 hours */
  size_t *start;                /* [n_series + 1] where a series' values begin */
  float *values;                /* demand, >= 0 */
  uint8_t *states;              /* RaiDemandState */
  double zero_share;            /* of valid steps */
  double filled_share;          /* of all steps: not valid */
  double level;                 /* mean of valid steps */
  uint8_t *whole;               /* [n_series] all sales are whole numbers */
  bool stockouts;               /* some steps were out of stock */
  RaiDateEffects *date_effects; /* still in the values; rai_history_usual is without them */
} RaiHistory;

/* Never fails: a series without sales has no values that matter. Any thread; reads the panel. */
RaiHistory *rai_history_new (const RaiPanel *panel, unsigned threads);
/* Appends the largest differences between sales and the demand they were taken for to changes
 * (RaiChange), largest first, at most RAI_CHANGES_MAX, and adds all there are to counts
 * [RAI_N_CHANGES]. */
void rai_history_changes (const RaiHistory *history, const RaiPanel *panel, GArray *changes,
                          size_t *counts);
/* The demand of a step as methods see it: of a usual day. */
double rai_history_usual (const RaiHistory *history, size_t series, size_t step);
/* How many steps a series that used to sell has not sold, when that is so much longer than ever
 * before that it is taken as discontinued; else 0. */
size_t rai_history_ended (const RaiHistory *history, size_t series, size_t length);
void rai_history_free (RaiHistory *history);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiHistory, rai_history_free)
