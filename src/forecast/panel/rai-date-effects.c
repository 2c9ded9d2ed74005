/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-date-effects.h"

#include "forecast/panel/rai-anchor.h"

#include <math.h>

/* Days before and after Christmas that have a factor. */
#define BEFORE 14
#define AFTER 7
/* Days before those, by which it is measured how far an ordinary day is from its usual. */
#define ORDINARY 7
/* What is usual for a day: the mean of its weekday in this many weeks before all of those days, as
 * far as the promotion was the same; not known with fewer than WEEKS_LEAST of them. */
#define WEEKS 8
#define WEEKS_LEAST 3
/* A factor is pulled towards 1 as if this many more series had sold as usual, and has bounds. */
#define PRIOR 3
#define RATIO_MIN 0.4
#define RATIO_MAX 2.5
/* Earlier years that a factor is foretold by. */
#define YEARS 3
/* A factor that is not further from 1 than this many standard deviations of its noise is taken for
 * noise. */
#define NOISES 2
/* A day on which fewer series were open than this share of the fullest day's is bridged. */
#define OPEN_SHARE 0.25

typedef struct {
  const RaiPanel *panel;
  const RaiDemand *demand;
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
  const float *values = look->demand->values + look->demand->start[i];
  const uint8_t *states = look->demand->states + look->demand->start[i];
  const float *promotion = look->promotion < rai_panel_n_covariates (look->panel)
                               ? rai_panel_covariate (look->panel, i, look->promotion)
                               : NULL;
  size_t period = look->demand->period, at = t, n = 0;
  double sum = 0;

  while (at >= period && at > before)
    at -= period;
  for (size_t weeks = 0; weeks < WEEKS; weeks++) {
    if (at <= before && states[at] != RAI_DEMAND_FILLED &&
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
  for (size_t i = 0; i < look->demand->n_series; i++) {
    size_t n = look->demand->start[i + 1] - look->demand->start[i],
           shift = look->demand->longest - n;
    if (before < shift ||
        look->demand->states[look->demand->start[i] + day - shift] == RAI_DEMAND_FILLED)
      continue;
    double usual = usual_of (look, i, day - shift, before - shift);
    if (isnan (usual))
      continue;
    sums.sold += (double) look->demand->values[look->demand->start[i] + day - shift];
    sums.usual += usual;
    sums.n++;
  }

  return sums;
}

/* Writes the logs of the factors around one Christmas, which is on that step and may lie beyond the
 * history, and to open[span] how many series tell of a step. */
static void
tell_year (Look *look, int64_t christmas, RaiDateEffects *effects, float *open) {
  int64_t first = christmas - BEFORE - ORDINARY,
          end = MIN (christmas + AFTER + 1, (int64_t) effects->longest);
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
      effects->own[t] = (float) ratio;
      open[t] = (float) day.n;
    }
  }
}

static double
log_at (const RaiDateEffects *effects, int64_t step) {
  return step >= 0 && step < (int64_t) effects->span ? (double) effects->own[step] : NAN;
}

/* A date's mean ratio over the years that is not far beyond the noise of ordinary days and of the
 * years themselves is taken for noise: the nonnegative garrote (Breiman, Technometrics 37(4),
 * 1995). From logs to ratios; christmases[n] are steps. */
static void
shrink (const Look *look, const int64_t *christmases, size_t n, RaiDateEffects *effects) {
  double noise = look->n > 0 ? look->square / look->n : INFINITY;
  for (int64_t k = -BEFORE; k <= AFTER; k++) {
    double mean = 0, square = 0, years = 0;
    for (size_t y = 0; y < n; y++) {
      double ratio = log_at (effects, christmases[y] + k);
      mean += isnan (ratio) ? 0 : ratio;
      square += isnan (ratio) ? 0 : ratio * ratio;
      years += !isnan (ratio);
    }
    mean /= MAX (years, 1);
    double variance = years > 0 ? (noise + square - years * mean * mean) / (years * years)
                                : noise; /* of the mean */
    double kept = MAX (0, 1 - NOISES * NOISES * variance / MAX (mean * mean, 1e-12));
    for (size_t y = 0; y < n; y++)
      if (!isnan (log_at (effects, christmases[y] + k)))
        effects->own[christmases[y] + k] =
            (float) exp (kept * log_at (effects, christmases[y] + k));
  }
}

/* Fills what the days of one Christmas tell other years: days on which few series were open stand
 * on a line between their neighbours, in logs. */
static void
bridge (RaiDateEffects *effects, const float *open, size_t first, size_t days) {
  size_t last = days;
  float most = 0;
  for (size_t t = first; t < first + days; t++)
    most = MAX (most, open[t]);
  for (size_t k = 0; k < days; k++) {
    effects->bridged[first + k] = effects->own[first + k];
    if (isnan (effects->own[first + k]) || open[first + k] < OPEN_SHARE * most)
      continue;
    for (size_t at = last + 1; last < days && at < k; at++) {
      double share = (double) (at - last) / (double) (k - last);
      double from = log ((double) effects->own[first + last]),
             to = log ((double) effects->own[first + k]);
      effects->bridged[first + at] = (float) exp (from + share * (to - from));
    }
    last = k;
  }
}

/* Marks the days around each Christmas, and learns the factors of those in the history. */
static void
tell_years (Look *look, size_t longest_series, RaiDateEffects *effects) {
  g_autofree float *open = g_new0 (float, effects->span + 1);
  RaiDay day = rai_panel_day (look->panel, longest_series, 0);
  int64_t span = (int64_t) effects->span;
  int first, last, month, mday;

  rai_day_to_ymd (day, &first, &month, &mday);
  rai_day_to_ymd (day + (RaiDay) span + BEFORE, &last, &month, &mday);

  size_t n = (size_t) (last - --first) + 1;
  g_autofree int64_t *christmases = g_new (int64_t, n);
  for (size_t y = 0; y < n; y++) {
    christmases[y] = (int64_t) rai_anchor_christmas (first + (int) y) - day;
    tell_year (look, christmases[y], effects, open);
  }

  shrink (look, christmases, n, effects);
  for (size_t y = 0; y < n; y++) {
    int64_t begin = CLAMP (christmases[y] - BEFORE, 0, span),
            end = CLAMP (christmases[y] + AFTER + 1, 0, span);
    for (int64_t t = begin; t < end; t++)
      effects->back[t] = (int16_t) (rai_anchor_christmas (first + (int) y) -
                                    rai_anchor_christmas (first + (int) y - 1));
    bridge (effects, open, (size_t) begin, (size_t) (end - begin));
  }
}

RaiDateEffects *
rai_date_effects_new (const RaiPanel *panel, const RaiDemand *demand) {
  RaiDateEffects *effects = g_new0 (RaiDateEffects, 1);
  effects->longest = demand->longest;
  effects->span = demand->longest + rai_panel_horizon (panel);
  effects->own = g_new (float, effects->span + 1);
  effects->bridged = g_new (float, effects->span + 1);
  effects->back = g_new0 (int16_t, effects->span + 1);
  for (size_t t = 0; t < effects->span; t++)
    effects->own[t] = effects->bridged[t] = NAN;

  Look look = { panel, demand, 0, 0, 0 };
  size_t longest_series = 0;
  while (look.promotion < rai_panel_n_covariates (panel) &&
         rai_panel_covariate_role (panel, look.promotion) != RAI_COVARIATE_PROMOTION)
    look.promotion++;

  while (longest_series < demand->n_series &&
         rai_panel_length (panel, longest_series) < demand->longest)
    longest_series++;

  if (demand->longest > 0 && rai_panel_step (panel) == RAI_STEP_DAY && demand->period > 1)
    tell_years (&look, longest_series, effects);
  return effects;
}

void
rai_date_effects_free (RaiDateEffects *effects) {
  if (effects == NULL)
    return;
  g_free (effects->own);
  g_free (effects->bridged);
  g_free (effects->back);
  g_free (effects);
}

double
rai_date_effects_own (const RaiDateEffects *effects, size_t step) {
  return isnan (effects->own[step]) ? 1 : (double) effects->own[step];
}

double
rai_date_effects_seen (const RaiDateEffects *effects, size_t step, size_t now) {
  double logs = 0;
  size_t n = 0;
  for (size_t at = step; n < YEARS && effects->back[at] > 0 && at >= (size_t) effects->back[at];) {
    at -= (size_t) effects->back[at];
    if (at < now && !isnan (effects->bridged[at])) {
      logs += log ((double) effects->bridged[at]);
      n++;
    }
  }

  return n > 0 ? exp (logs / (double) n) : 1;
}
