/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-history.h"

#include "forecast/panel/rai-parallel.h"

#include <math.h>
#include <string.h>

/* Steps of stock-out share: the curve of what is still sold has one point per sixteenth of a
 * day. */
#define SHARES 16
/* Beyond this share of a step without stock its sales say little, and the usual takes their
 * place. */
#define SHARE_MAX 0.55f
/* Weight of the newest value in the usual of its place in the season. */
#define USUAL_RATE 0.25
/* More above the usual than this many times how far sales usually are from it, and more than so
 * many times the most of before: a freak (a wholesale order, a slip of a key). It counts as no more
 * than that. */
#define FREAK_SPREADS 12
#define FREAK_TIMES 2
/* Discontinued: sold often enough, and nothing for so long, and for so many times the longest pause
 * before. */
#define ENDED_SALES 10
#define ENDED_WINDOWS 2
#define ENDED_TIMES 4
/* Seasons that must have been seen before anything is a freak. */
#define FREAK_SEASONS 8

typedef struct {
  const RaiPanel *panel;
  RaiHistory *history;
  double sold[SHARES + 1], usual[SHARES + 1];
  float keeps[SHARES + 1]; /* share of demand still sold at a share of stock-out */
} Cleaning;

static void
set_seasons (RaiHistory *history, RaiPanelStep step) {
  static const struct {
    size_t period, year, window;
  } seasons[] = {
    [RAI_STEP_HOUR] = { 24, 168, 168 }, [RAI_STEP_DAY] = { 7, 364, 28 },
    [RAI_STEP_WEEK] = { 1, 52, 8 },     [RAI_STEP_MONTH] = { 1, 12, 6 },
    [RAI_STEP_QUARTER] = { 1, 4, 4 },
  };

  history->period = seasons[step].period;
  history->year = seasons[step].year;
  history->recent = seasons[step].window;
}

static int
share_of (float stockout) {
  return (int) ceilf (CLAMP (stockout, 0, 1) * SHARES);
}

/* What is remembered of one series to tell a freak by. */
typedef struct {
  double spread, most; /* mean distance from the usual; the most sold in a step */
  size_t seen;
} Habit;

/* Flags of that step that may explain anything: promotions and events. */
static bool
is_special (const RaiPanel *panel, size_t i, size_t t) {
  for (size_t c = 0; c < rai_panel_n_covariates (panel); c++) {
    RaiCovariateRole role = rai_panel_covariate_role (panel, c);
    if ((role == RAI_COVARIATE_PROMOTION || role == RAI_COVARIATE_EVENT) &&
        rai_panel_covariate (panel, i, c)[t] > 0)
      return true;
  }
  return false;
}

/* What a step's sales count for, by the habit so far, which it then becomes part of. */
static double
tame (const Cleaning *cleaning, size_t i, size_t t, Habit *habit, double sold, double expected) {
  double limit = MAX (expected + FREAK_SPREADS * habit->spread, FREAK_TIMES * habit->most);
  if (habit->seen >= FREAK_SEASONS * cleaning->history->period && sold > limit && habit->most > 0 &&
      !is_special (cleaning->panel, i, t))
    sold = limit;

  double away = fabs (sold - expected);
  habit->seen++;
  habit->spread += (away - habit->spread) / (double) MIN (habit->seen, 100);
  habit->most = MAX (habit->most, sold);

  return sold;
}

/* One pass in time order. The usual is a running mean for each place in the season, from valid
 * steps only, over a level that follows faster. With keeps NULL, the sales at each share of
 * stock-out are compared with the usual instead. */
static void
clean_series (Cleaning *cleaning, size_t i, const float *keeps) {
  const RaiPanel *panel = cleaning->panel;
  RaiHistory *history = cleaning->history;
  size_t n = rai_panel_length (panel, i), period = history->period;
  const double *observed = rai_panel_observations (panel, i);
  const float *stockout = rai_panel_stockout (panel, i);
  const uint8_t *closed = rai_panel_closed (panel, i);
  float *values = history->values + history->start[i];
  uint8_t *states = history->states + history->start[i];
  double usual[24], level = NAN;

  Habit habit = { 0, 0, 0 };
  for (size_t p = 0; p < period; p++)
    usual[p] = NAN;
  for (size_t t = 0; t < n; t++) {
    double *own = &usual[t % period];
    double expected = !isnan (*own) ? *own : isnan (level) ? 0 : level;
    bool known = isfinite (observed[t]) && !closed[t];
    double sold = known ? MAX (0, observed[t]) : 0;
    int share = share_of (stockout[t]);
    if (known && keeps == NULL && !isnan (*own)) {
      cleaning->sold[share] += sold;
      cleaning->usual[share] += expected;
    }
    states[t] = RAI_DEMAND_VALID;
    if (known && share > 0 && keeps != NULL && stockout[t] <= SHARE_MAX) {
      states[t] = RAI_DEMAND_CENSORED;
      sold += (1 - (double) keeps[share]) * expected;
    } else if (!known || share > 0) {
      states[t] = RAI_DEMAND_FILLED;
      sold = known ? MAX (sold, expected) : expected;
    } else {
      sold = tame (cleaning, i, t, &habit, sold, expected);
    }
    values[t] = (float) sold;
    if (states[t] == RAI_DEMAND_FILLED)
      continue;
    *own = isnan (*own) ? sold : *own + USUAL_RATE * (sold - *own);
    level = isnan (level) ? sold : level + 0.1 * (sold - level);
  }
}

static void
clean_cb (size_t i, void *data) {
  Cleaning *cleaning = data;
  clean_series (cleaning, i, cleaning->keeps);
}

/* What is still sold at each share of stock-out, from all series together; never rising, between
 * 0.3 and 1. */
static void
learn_shares (Cleaning *cleaning) {
  for (size_t i = 0; i < cleaning->history->n_series; i++)
    clean_series (cleaning, i, NULL);

  double whole = cleaning->usual[0] > 0 ? cleaning->sold[0] / cleaning->usual[0] : 1;
  cleaning->keeps[0] = 1;
  for (int k = 1; k <= SHARES; k++) {
    double blind = 1 - 0.8 * k / SHARES, prior = cleaning->usual[0] * 0.002;
    double kept =
        (cleaning->sold[k] + blind * whole * prior) / (cleaning->usual[k] + prior + 1e-30);
    kept = whole > 0 ? kept / whole : 1;
    cleaning->keeps[k] = (float) CLAMP (kept, 0.3, (double) cleaning->keeps[k - 1]);
  }
}

static void
describe (RaiHistory *history, const RaiPanel *panel) {
  double sum = 0;
  size_t valid = 0, zeros = 0;
  history->whole = g_new0 (uint8_t, history->n_series + 1);

  bool fractions = false;
  g_autofree uint8_t *sells = g_new0 (uint8_t, history->n_series + 1);
  for (size_t i = 0; i < history->n_series; i++) {
    const double *observed = rai_panel_observations (panel, i);
    bool whole = true;
    for (size_t t = 0; t < rai_panel_length (panel, i); t++) {
      if (history->states[history->start[i] + t] != RAI_DEMAND_VALID)
        continue;
      valid++;
      sum += (double) history->values[history->start[i] + t];
      zeros += observed[t] <= 0;
      sells[i] = sells[i] || observed[t] > 0;
      whole = whole && observed[t] == floor (observed[t]);
    }
    history->whole[i] = whole;
    fractions = fractions || !whole;
  }

  for (size_t i = 0; i < history->n_series; i++) /* what never sold is like the others */
    history->whole[i] = history->whole[i] && (sells[i] || !fractions);
  history->zero_share = valid > 0 ? (double) zeros / (double) valid : 1;

  size_t all = history->start[history->n_series];
  history->filled_share = all > 0 ? 1 - (double) valid / (double) all : 1;
  history->level = valid > 0 ? sum / (double) valid : 0;
}

RaiHistory *
rai_history_new (const RaiPanel *panel, unsigned threads) {
  RaiHistory *history = g_new0 (RaiHistory, 1);
  history->n_series = rai_panel_n_series (panel);
  set_seasons (history, rai_panel_step (panel));
  history->start = g_new0 (size_t, history->n_series + 1);

  for (size_t i = 0; i < history->n_series; i++) {
    size_t n = rai_panel_length (panel, i);
    history->start[i + 1] = history->start[i] + n;
    history->longest = MAX (history->longest, n);
    const float *stockout = rai_panel_stockout (panel, i);
    for (size_t t = 0; t < n && !history->stockouts; t++)
      history->stockouts = stockout[t] > 0;
  }

  history->values = g_new0 (float, history->start[history->n_series] + 1);
  history->states = g_new0 (uint8_t, history->start[history->n_series] + 1);
  Cleaning cleaning = { .panel = panel, .history = history };
  if (history->stockouts)
    learn_shares (&cleaning);

  rai_parallel (history->n_series, threads, clean_cb, &cleaning, NULL, NULL);
  describe (history, panel);
  RaiDemand demand = { history->n_series, history->longest, history->period,
                       history->start,    history->values,  history->states };
  history->date_effects = rai_date_effects_new (panel, &demand);
  history->week_effects = rai_week_effects_new (panel, &demand);

  return history;
}

double
rai_history_usual (const RaiHistory *history, size_t series, size_t step) {
  size_t first = history->start[series],
         shift = history->longest - (history->start[series + 1] - first);
  return (double) history->values[first + step] /
         rai_date_effects_own (history->date_effects, step + shift);
}

size_t
rai_history_ended (const RaiHistory *history, size_t series, size_t length) {
  const float *values = history->values + history->start[series];
  const uint8_t *states = history->states + history->start[series];
  size_t gap = 0, longest = 0, sales = 0;

  for (size_t t = 0; t < length; t++) {
    if (states[t] != RAI_DEMAND_VALID)
      continue;
    if (values[t] > 0) {
      longest = sales > 0 ? MAX (longest, gap) : 0;
      gap = 0;
      sales++;
    } else {
      gap++;
    }
  }

  return sales >= ENDED_SALES && gap >= MAX (ENDED_WINDOWS * history->recent, ENDED_TIMES * longest)
             ? gap
             : 0;
}

static int
compare_changes (const void *a, const void *b) {
  const RaiChange *x = a, *y = b;
  double p = fabs (x->observed - x->used), q = fabs (y->observed - y->used);
  if (p != q)
    return p > q ? -1 : 1;
  if (x->series != y->series)
    return x->series < y->series ? -1 : 1;
  return x->step < y->step ? -1 : 1;
}

static void
keep_largest (GArray *changes) {
  g_array_sort (changes, compare_changes);
  if (changes->len > RAI_CHANGES_MAX)
    g_array_set_size (changes, RAI_CHANGES_MAX);
}

void
rai_history_changes (const RaiHistory *history, const RaiPanel *panel, GArray *changes,
                     size_t *counts) {
  for (size_t i = 0; i < history->n_series; i++) {
    const double *observed = rai_panel_observations (panel, i);
    const float *stockout = rai_panel_stockout (panel, i),
                *values = history->values + history->start[i];
    const uint8_t *closed = rai_panel_closed (panel, i);
    for (size_t t = 0; t < rai_panel_length (panel, i); t++) {
      double used = (double) values[t];
      if (!isfinite (observed[t]) || closed[t] || fabs (used - MAX (0, observed[t])) <= 1e-5 * used)
        continue;
      RaiChangeKind kind = stockout[t] > 0 ? RAI_CHANGE_STOCKOUT : RAI_CHANGE_OUTLIER;
      RaiChange change = { i, t, observed[t], used, kind };
      g_array_append_val (changes, change);
      counts[kind]++;
      if (changes->len >= 8 * RAI_CHANGES_MAX)
        keep_largest (changes);
    }
  }

  keep_largest (changes);
}

void
rai_history_free (RaiHistory *history) {
  if (history == NULL)
    return;
  g_free (history->start);
  g_free (history->values);
  g_free (history->states);
  g_free (history->whole);
  rai_date_effects_free (history->date_effects);
  rai_week_effects_free (history->week_effects);
  g_free (history);
}
