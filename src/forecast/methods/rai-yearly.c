/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-yearly.h"

#include "forecast/panel/rai-anchor.h"

#include <math.h>

#define YEARS 3
/* A year further back counts this much less. */
#define YEAR_WEIGHT 0.5
/* Growth is told from this share of a year before the origin. */
#define GROWTH_SHARE 6
#define GROWTH_MAX 3

typedef struct {
  size_t year, reach, window;
} Span;

/* A year in steps that keeps the weekday, and how far a time of the year is smeared. */
static Span
find_span (const RaiMethodInput *input) {
  RaiPanelStep step = input->panel != NULL ? rai_panel_step (input->panel) : RAI_STEP_MONTH;
  static const Span spans[] = {
    [RAI_STEP_HOUR] = { 168 * 52, 0, 672 },
    [RAI_STEP_DAY] = { 364, 3, 364 / GROWTH_SHARE },
    [RAI_STEP_WEEK] = { 52, 0, 52 / GROWTH_SHARE },
    [RAI_STEP_MONTH] = { 12, 0, 3 },
    [RAI_STEP_QUARTER] = { 4, 0, 2 },
  };
  return spans[step];
}

static const char *
check (const RaiMethodInput *input) {
  Span span = find_span (input);
  return input->n >= span.year + span.window ? NULL : "needs more than a year of history";
}

static double
mean_of (const double *y, size_t first, size_t n) {
  double sum = 0;
  for (size_t t = first; t < first + n; t++)
    sum += y[t];
  return sum / (double) n;
}

/* The time of the year around a step: half the day itself, half its week at the weekday's recent
 * share of the week. */
static double
around (const RaiMethodInput *input, const Span *span, size_t at, size_t h) {
  double own = input->y[at];
  if (span->reach == 0 || at < span->reach || at + span->reach >= input->n)
    return own;

  size_t period = 2 * span->reach + 1, back = input->n + h - period * (h / period + 1);
  double week = mean_of (input->y, at - span->reach, period), share = 0, sum = 0;
  for (size_t k = 0; k < 8 && back >= k * period; k++) {
    share += input->y[back - k * period];
    sum += mean_of (input->y, input->n - MIN (input->n, (k + 1) * period), period);
  }

  return sum > 0 ? 0.5 * own + 0.5 * week * share / sum : own;
}

/* Steps from step h of the forecast back to the one that played its part some years ago. */
static size_t
steps_back (const RaiMethodInput *input, const Span *span, size_t h, size_t years) {
  RaiPanelStep step = input->panel != NULL ? rai_panel_step (input->panel) : RAI_STEP_MONTH;
  if (step != RAI_STEP_DAY && step != RAI_STEP_WEEK)
    return span->year * years;
  RaiDay day = rai_panel_day (input->panel, input->series, input->first + input->n + h);
  return (size_t) rai_anchor_years_back (day, (int) years) / (step == RAI_STEP_DAY ? 1 : 7);
}

static bool
fit_nothing (const RaiMethodInput *input, RaiFit *fit) {
  return true;
}

static void
predict (const RaiMethodInput *input, const RaiFit *fit, double *mean) {
  Span span = find_span (input);
  double now = mean_of (input->y, input->n - span.window, span.window);
  for (size_t h = 0; h < input->horizon; h++) {
    double sum = 0, all = 0, weight = 1;
    for (size_t k = 1; k <= YEARS; k++, weight *= YEAR_WEIGHT) {
      size_t years = k + h / span.year, ago = span.year * years,
             back = steps_back (input, &span, h, years);
      if (ago + span.window > input->n || back > input->n + h || back <= h)
        break;
      double then = mean_of (input->y, input->n - ago - span.window, span.window);
      double growth = then > 0 ? MIN (now / then, GROWTH_MAX) : 1;
      sum += weight * growth * around (input, &span, input->n + h - back, h);
      all += weight;
    }
    mean[h] = all > 0 ? sum / all : now;
  }
}

const RaiForecaster rai_yearly = {
  .method = RAI_METHOD_YEARLY,
  .title = "The same time of earlier years, with growth",
  .paper = "Makridakis, Wheelwright & Hyndman, Forecasting: Methods and Applications, 1998, ch. 4",
  .min_obs = 15,
  .uses = RAI_AUTO_SMOOTH | RAI_AUTO_COUNTS | RAI_AUTO_TOTALS,
  .turn = 2,
  .check = check,
  .fit = fit_nothing,
  .predict = predict,
};
