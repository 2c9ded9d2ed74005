/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-history.h"

#include "forecast/rai-parallel.h"

#include <math.h>
#include <string.h>

/* Steps of stock-out share: the curve of what is still sold has one point per sixteenth of a day. */
#define SHARES 16
/* Beyond this share of a step without stock its sales say little, and the usual takes their place. */
#define SHARE_MAX 0.55f
/* Weight of the newest value in the usual of its place in the season. */
#define USUAL_RATE 0.25

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
    [RAI_STEP_HOUR] = { 24, 168, 168 },
    [RAI_STEP_DAY] = { 7, 364, 28 },
    [RAI_STEP_WEEK] = { 1, 52, 8 },
    [RAI_STEP_MONTH] = { 1, 12, 6 },
  };
  history->period = seasons[step].period;
  history->year = seasons[step].year;
  history->window = seasons[step].window;
}

static int
share_of (float stockout) {
  return (int) ceilf (CLAMP (stockout, 0, 1) * SHARES);
}

/* One pass in time order. The usual is a running mean for each place in the season, from valid steps only, over a level
 * that follows faster. With keeps NULL, the sales at each share of stock-out are compared with the usual instead. */
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
    states[t] = RAI_HISTORY_VALID;
    if (known && share > 0 && keeps != NULL && stockout[t] <= SHARE_MAX) {
      states[t] = RAI_HISTORY_CENSORED;
      sold = sold / (double) keeps[share];
    } else if (!known || share > 0) {
      states[t] = RAI_HISTORY_FILLED;
      sold = known ? MAX (sold, expected) : expected;
    }
    values[t] = (float) sold;
    if (states[t] == RAI_HISTORY_FILLED)
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

/* What is still sold at each share of stock-out, from all series together; never rising, between 0.3 and 1. */
static void
learn_shares (Cleaning *cleaning) {
  for (size_t i = 0; i < cleaning->history->n_series; i++)
    clean_series (cleaning, i, NULL);
  double whole = cleaning->usual[0] > 0 ? cleaning->sold[0] / cleaning->usual[0] : 1;
  cleaning->keeps[0] = 1;
  for (int k = 1; k <= SHARES; k++) {
    double blind = 1 - 0.8 * k / SHARES, prior = cleaning->usual[0] * 0.002;
    double kept = (cleaning->sold[k] + blind * whole * prior) / (cleaning->usual[k] + prior + 1e-30);
    kept = whole > 0 ? kept / whole : 1;
    cleaning->keeps[k] = (float) CLAMP (kept, 0.3, (double) cleaning->keeps[k - 1]);
  }
}

static void
describe (RaiHistory *history, const RaiPanel *panel) {
  double sum = 0;
  size_t valid = 0, zeros = 0;
  history->integers = true;
  for (size_t i = 0; i < history->n_series; i++) {
    const double *observed = rai_panel_observations (panel, i);
    for (size_t t = 0; t < rai_panel_length (panel, i); t++) {
      if (history->states[history->start[i] + t] != RAI_HISTORY_VALID)
        continue;
      valid++;
      sum += (double) history->values[history->start[i] + t];
      zeros += observed[t] <= 0;
      history->integers = history->integers && observed[t] == floor (observed[t]);
    }
  }
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
  return history;
}

void
rai_history_free (RaiHistory *history) {
  if (history == NULL)
    return;
  g_free (history->start);
  g_free (history->values);
  g_free (history->states);
  g_free (history);
}
