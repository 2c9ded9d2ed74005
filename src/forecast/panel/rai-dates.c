/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-dates.h"

#include "forecast/panel/rai-anchor.h"
#include "forecast/panel/rai-history.h"

#include <math.h>

/* Days from Christmas that go by their date, and those before them that say how far any day is from
 * its usual. */
#define BEFORE 14
#define AFTER 7
#define ORDINARY 7
/* The usual of a weekday: so many weeks before all of those, at least so many of them with the same
 * promotion. */
#define WEEKS 8
#define WEEKS_LEAST 3
/* Series that a ratio of 1 counts for, and how far a ratio may be from it. */
#define PRIOR 3
#define RATIO_MIN 0.4
#define RATIO_MAX 2.5
#define YEARS 3
/* Standard deviations of an ordinary day that a ratio is held against. */
#define NOISES 2
/* Of the most series that are open on a day, the share that a day needs to stand for itself. */
#define OPEN_SHARE 0.25

typedef struct {
  const RaiPanel *panel;
  const RaiHistory *history;
  size_t promotion; /* covariate, or as many as there are */
  double square, n; /* sums over ordinary days */
} Look;

typedef struct {
  double sold, usual, n;
} Sums;

/* Mean of a series on the same weekday, with the same promotion, before a step; NAN when there are
 * too few. */
static double
usual_of (const Look *look, size_t i, size_t t, size_t before) {
  const float *values = look->history->values + look->history->start[i];
  const uint8_t *states = look->history->states + look->history->start[i];
  const float *promotion = look->promotion < rai_panel_n_covariates (look->panel)
                               ? rai_panel_covariate (look->panel, i, look->promotion)
                               : NULL;
  size_t period = look->history->period, at = t, n = 0;
  double sum = 0;

  while (at >= period && at > before)
    at -= period;
  for (size_t weeks = 0; weeks < WEEKS; weeks++) {
    if (at <= before && states[at] != RAI_HISTORY_FILLED &&
        (promotion == NULL || promotion[at] == promotion[t])) {
      sum += (double) values[at];
      n++;
    }
    if (at < period)
      break;
    at -= period;
  }

  return n >= WEEKS_LEAST ? sum / (double) n : NAN;
}

/* What all series sold on a day and what would have been usual; before: the last day that tells the
 * usual. */
static Sums
sum_day (const Look *look, size_t day, size_t before) {
  Sums sums = { 0, 0, 0 };
  for (size_t i = 0; i < look->history->n_series; i++) {
    size_t n = look->history->start[i + 1] - look->history->start[i],
           shift = look->history->longest - n;
    if (before < shift ||
        look->history->states[look->history->start[i] + day - shift] == RAI_HISTORY_FILLED)
      continue;
    double usual = usual_of (look, i, day - shift, before - shift);
    if (isnan (usual))
      continue;
    sums.sold += (double) look->history->values[look->history->start[i] + day - shift];
    sums.usual += usual;
    sums.n++;
  }

  return sums;
}

/* The ratios of a year whose Christmas is on that step, which may be beyond the history, as logs.
 * open: [span] series that tell of a step. */
static void
tell_year (Look *look, int64_t christmas, RaiDates *dates, float *open) {
  int64_t first = christmas - BEFORE - ORDINARY,
          end = MIN (christmas + AFTER + 1, (int64_t) dates->longest);
  for (int64_t t = first; first > 0 && t < end; t++) {
    Sums day = sum_day (look, (size_t) t, (size_t) first - 1);
    if (!(day.sold > 0) || !(day.usual > 0))
      continue;
    double ratio = (day.n * day.sold / day.usual + PRIOR) / (day.n + PRIOR);
    ratio = log (CLAMP (ratio, RATIO_MIN, RATIO_MAX));
    if (t < first + ORDINARY) {
      look->square += day.n * ratio * ratio;
      look->n += day.n;
    } else {
      dates->own[t] = (float) ratio;
      open[t] = (float) day.n;
    }
  }
}

static double
log_at (const RaiDates *dates, int64_t step) {
  return step >= 0 && step < (int64_t) dates->span ? (double) dates->own[step] : NAN;
}

/* A date's mean ratio over the years that is not far beyond the noise of ordinary days and of the
 * years themselves is taken for noise: the nonnegative garrote (Breiman, Technometrics 37(4),
 * 1995). From logs to ratios; christmases[n] are steps. */
static void
shrink (const Look *look, const int64_t *christmases, size_t n, RaiDates *dates) {
  double noise = look->n > 0 ? look->square / look->n : INFINITY;
  for (int64_t k = -BEFORE; k <= AFTER; k++) {
    double mean = 0, square = 0, years = 0;
    for (size_t y = 0; y < n; y++) {
      double ratio = log_at (dates, christmases[y] + k);
      mean += isnan (ratio) ? 0 : ratio;
      square += isnan (ratio) ? 0 : ratio * ratio;
      years += !isnan (ratio);
    }
    mean /= MAX (years, 1);
    double variance = years > 0 ? (noise + square - years * mean * mean) / (years * years)
                                : noise; /* of the mean */
    double kept = MAX (0, 1 - NOISES * NOISES * variance / MAX (mean * mean, 1e-12));
    for (size_t y = 0; y < n; y++)
      if (!isnan (log_at (dates, christmases[y] + k)))
        dates->own[christmases[y] + k] = (float) exp (kept * log_at (dates, christmases[y] + k));
  }
}

/* Tells what the days of one Christmas say of another weekday: those that few were open on stand
 * between their neighbours, by logs on a straight line. */
static void
bridge (RaiDates *dates, const float *open, size_t first, size_t days) {
  size_t last = days;
  float most = 0;
  for (size_t t = first; t < first + days; t++)
    most = MAX (most, open[t]);
  for (size_t k = 0; k < days; k++) {
    dates->told[first + k] = dates->own[first + k];
    if (isnan (dates->own[first + k]) || open[first + k] < OPEN_SHARE * most)
      continue;
    for (size_t at = last + 1; last < days && at < k; at++) {
      double share = (double) (at - last) / (double) (k - last);
      double from = log ((double) dates->own[first + last]),
             to = log ((double) dates->own[first + k]);
      dates->told[first + at] = (float) exp (from + share * (to - from));
    }
    last = k;
  }
}

/* Marks the days around each Christmas, and tells those of the history. */
static void
tell_years (Look *look, size_t longest_series, RaiDates *dates) {
  g_autofree float *open = g_new0 (float, dates->span + 1);
  RaiDay day = rai_panel_day (look->panel, longest_series, 0);
  int64_t span = (int64_t) dates->span;
  int first, last, month, mday;

  rai_day_to_ymd (day, &first, &month, &mday);
  rai_day_to_ymd (day + (RaiDay) span + BEFORE, &last, &month, &mday);

  size_t n = (size_t) (last - --first) + 1;
  g_autofree int64_t *christmases = g_new (int64_t, n);
  for (size_t y = 0; y < n; y++) {
    christmases[y] = (int64_t) rai_anchor_christmas (first + (int) y) - day;
    tell_year (look, christmases[y], dates, open);
  }

  shrink (look, christmases, n, dates);
  for (size_t y = 0; y < n; y++) {
    int64_t begin = CLAMP (christmases[y] - BEFORE, 0, span),
            end = CLAMP (christmases[y] + AFTER + 1, 0, span);
    for (int64_t t = begin; t < end; t++)
      dates->back[t] = (int16_t) (rai_anchor_christmas (first + (int) y) -
                                  rai_anchor_christmas (first + (int) y - 1));
    bridge (dates, open, (size_t) begin, (size_t) (end - begin));
  }
}

RaiDates *
rai_dates_new (const RaiPanel *panel, const RaiHistory *history) {
  RaiDates *dates = g_new0 (RaiDates, 1);
  dates->longest = history->longest;
  dates->span = history->longest + rai_panel_horizon (panel);
  dates->own = g_new (float, dates->span + 1);
  dates->told = g_new (float, dates->span + 1);
  dates->back = g_new0 (int16_t, dates->span + 1);
  for (size_t t = 0; t < dates->span; t++)
    dates->own[t] = dates->told[t] = NAN;

  Look look = { panel, history, 0, 0, 0 };
  size_t longest_series = 0;
  while (look.promotion < rai_panel_n_covariates (panel) &&
         rai_panel_covariate_role (panel, look.promotion) != RAI_COVARIATE_PROMOTION)
    look.promotion++;

  while (longest_series < history->n_series &&
         rai_panel_length (panel, longest_series) < history->longest)
    longest_series++;

  if (history->longest > 0 && rai_panel_step (panel) == RAI_STEP_DAY && history->period > 1)
    tell_years (&look, longest_series, dates);
  return dates;
}

void
rai_dates_free (RaiDates *dates) {
  if (dates == NULL)
    return;
  g_free (dates->own);
  g_free (dates->told);
  g_free (dates->back);
  g_free (dates);
}

double
rai_dates_own (const RaiDates *dates, size_t step) {
  return isnan (dates->own[step]) ? 1 : (double) dates->own[step];
}

double
rai_dates_seen (const RaiDates *dates, size_t step, size_t now) {
  double logs = 0;
  size_t n = 0;
  for (size_t at = step; n < YEARS && dates->back[at] > 0 && at >= (size_t) dates->back[at];) {
    at -= (size_t) dates->back[at];
    if (at < now && !isnan (dates->told[at])) {
      logs += log ((double) dates->told[at]);
      n++;
    }
  }

  return n > 0 ? exp (logs / (double) n) : 1;
}
