/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-week-effects.h"

#include "forecast/panel/rai-anchor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WEEK 7
/* Weeks before and after the one of Christmas that have a factor. */
#define BEFORE 2
#define AFTER 1
#define PLACES (BEFORE + 1 + AFTER)
/* What is usual is the median of so many weeks before those; not known with fewer than WEEKS_LEAST
 * of them. */
#define WEEKS 8
#define WEEKS_LEAST 4
/* Bounds of a factor. */
#define RATIO_MAX 12
/* Earlier years that a factor is foretold by. */
#define YEARS 3
/* A factor that is not further from 1 than this many standard deviations of its noise is taken for
 * noise; the deviation is told by the median's. */
#define NOISES 2
#define NORMAL_MAD 1.4826
#define NOISE_LEAST 0.02
/* A week's date is its first day, unless years agree so much better when it is the last, or agree
 * as well and the week after Christmas would be the busier one. */
#define AGREEMENT 0.5

struct _RaiWeekEffects {
  const RaiPanel *panel;
  bool last_day; /* weeks are dated by their last day */
  int first_year;
  size_t n_years;
  float *logs; /* [series][year][PLACES]: NAN where none is known */
  float *kept; /* [series] how sure the surest place is: then a week without an effect is, too */
};

/* The place of a week around a Christmas, and its year; false when it is not near one. */
static bool
find_place (RaiDay day, bool last_day, int *year, int *place) {
  int now, month, mday;
  rai_day_to_ymd (day, &now, &month, &mday);
  for (*year = now - 1; *year <= now; ++*year) {
    /* The eve is what is bought for. */
    RaiDay eve = rai_anchor_christmas (*year) - 1;
    int away = day - eve + (last_day ? 0 : WEEK - 1);
    *place = BEFORE + away / WEEK - (away % WEEK < 0);
    if (*place >= 0 && *place < PLACES)
      return true;
  }
  return false;
}

static int
compare (const void *a, const void *b) {
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

/* The median of values[n], which it sorts. */
static double
median (double *values, size_t n) {
  qsort (values, n, sizeof *values, compare);
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/* How far years are from their mean over all series, and what the week of Christmas and the one
 * after it sell. */
typedef struct {
  double between, eve, after;
} Verdict;

typedef struct {
  const RaiDemand *demand;
  RaiWeekEffects *effects;
  double *square, *count; /* [series] of the noise */
} Look;

static float *
log_at (const RaiWeekEffects *effects, size_t series, int year, int place) {
  size_t at = series * effects->n_years + (size_t) (year - effects->first_year);
  return effects->logs + at * PLACES + place;
}

double
rai_week_effects_usual (const double *values, size_t n) {
  double sold[WEEKS];
  size_t count = 0;
  for (size_t t = n - MIN (n, WEEKS); t < n; t++)
    if (values[t] > 0)
      sold[count++] = values[t];
  return count >= WEEKS_LEAST ? median (sold, count) : NAN;
}

/* What is usual in the weeks before a step; NAN when it is not known. Notes how far they are from
 * it. */
static double
usual_before (const Look *look, size_t i, size_t step) {
  const float *values = look->demand->values + look->demand->start[i];
  const uint8_t *states = look->demand->states + look->demand->start[i];
  double sold[WEEKS], away[WEEKS];
  size_t n = 0;

  for (size_t t = step - MIN (step, WEEKS); t < step; t++)
    if (states[t] != RAI_DEMAND_FILLED && values[t] > 0)
      sold[n++] = (double) values[t];
  if (n < WEEKS_LEAST)
    return NAN;

  double usual = median (sold, n);
  for (size_t k = 0; k < n; k++)
    away[k] = fabs (log (sold[k] / usual));
  double spread = MAX (NOISE_LEAST, NORMAL_MAD * median (away, n));
  look->square[i] += spread * spread;
  look->count[i]++;

  return usual;
}

/* By what was sold, and not by what a freak counts for: Christmas explains it. */
static void
tell_series (const Look *look, size_t i) {
  const RaiWeekEffects *effects = look->effects;
  const double *observed = rai_panel_observations (effects->panel, i);
  const uint8_t *states = look->demand->states + look->demand->start[i];
  size_t n = look->demand->start[i + 1] - look->demand->start[i];
  double usual = NAN;
  int told = 0;

  for (size_t t = 0; t < n; t++) {
    int year, place;
    if (!find_place (rai_panel_day (effects->panel, i, t), effects->last_day, &year, &place))
      continue;
    if (year != told)
      usual = usual_before (look, i, t - MIN (t, (size_t) place));
    told = year;
    if (states[t] != RAI_DEMAND_VALID || !(observed[t] > 0) || !(usual > 0))
      continue;
    double ratio = CLAMP (observed[t] / usual, 1.0 / RATIO_MAX, RATIO_MAX);
    *log_at (effects, i, year, place) = (float) log (ratio);
  }
}

/* Adds to the verdict, and finds how far a place's factors look like noise: the nonnegative garrote
 * (Breiman, Technometrics 37(4), 1995). */
static void
settle_place (const Look *look, size_t i, int place, Verdict *verdict) {
  const RaiWeekEffects *effects = look->effects;
  double mean = 0, square = 0, n = 0;
  for (size_t y = 0; y < effects->n_years; y++) {
    double own = (double) *log_at (effects, i, effects->first_year + (int) y, place);
    mean += isnan (own) ? 0 : own;
    square += isnan (own) ? 0 : own * own;
    n += !isnan (own);
  }
  if (!(n > 0))
    return;

  mean /= n;
  double between = MAX (0, square - n * mean * mean);
  double noise = look->count[i] > 0 ? look->square[i] / look->count[i] : 1;
  double variance = (noise + between) / (n * n);
  double kept = MAX (0, 1 - NOISES * NOISES * variance / MAX (mean * mean, 1e-12));
  verdict->between += between;
  verdict->eve += place == BEFORE ? kept * mean : 0;
  verdict->after += place == BEFORE + 1 ? kept * mean : 0;
  effects->kept[i] = MAX (effects->kept[i], (float) kept);
}

/* Learns the factors for weeks that are dated by their first or their last day. */
static Verdict
learn (RaiWeekEffects *effects, const RaiDemand *demand, bool last_day) {
  Verdict verdict = { 0, 0, 0 };
  size_t n = demand->n_series;
  g_autofree double *square = g_new0 (double, n + 1), *count = g_new0 (double, n + 1);
  Look look = { demand, effects, square, count };
  effects->last_day = last_day;
  for (size_t k = 0; k < n * effects->n_years * PLACES; k++)
    effects->logs[k] = NAN;
  memset (effects->kept, 0, n * sizeof *effects->kept);
  for (size_t i = 0; i < n; i++) {
    tell_series (&look, i);
    for (int place = 0; place < PLACES; place++)
      settle_place (&look, i, place, &verdict);
  }
  return verdict;
}

RaiWeekEffects *
rai_week_effects_new (const RaiPanel *panel, const RaiDemand *demand) {
  if (rai_panel_step (panel) != RAI_STEP_WEEK || demand->longest == 0)
    return NULL;

  RaiWeekEffects *effects = g_new0 (RaiWeekEffects, 1);
  int last, month, mday;
  RaiDay origin = (RaiDay) rai_panel_origin (panel);
  rai_day_to_ymd (origin - WEEK * (RaiDay) demand->longest, &effects->first_year, &month, &mday);
  rai_day_to_ymd (origin, &last, &month, &mday);
  effects->panel = panel;
  effects->first_year--;
  effects->n_years = (size_t) (last - effects->first_year) + 1;
  effects->logs = g_new (float, demand->n_series * effects->n_years * PLACES + 1);
  effects->kept = g_new0 (float, demand->n_series + 1);

  Verdict first = learn (effects, demand, false), last_day = learn (effects, demand, true);
  if (last_day.between >= AGREEMENT * first.between &&
      (last_day.between * AGREEMENT > first.between || first.after <= first.eve))
    learn (effects, demand, false);

  return effects;
}

void
rai_week_effects_free (RaiWeekEffects *effects) {
  if (effects == NULL)
    return;
  g_free (effects->logs);
  g_free (effects->kept);
  g_free (effects);
}

bool
rai_week_effects_seen (const RaiWeekEffects *effects, size_t series, size_t step, size_t now,
                       RaiWeekEffect *effect) {
  int year, place;
  if (effects == NULL ||
      !find_place (rai_panel_day (effects->panel, series, step), effects->last_day, &year, &place))
    return false;

  double logs = 0, n = 0;
  RaiDay before = rai_panel_day (effects->panel, series, now);
  while (n < YEARS && --year >= effects->first_year) {
    double own = (double) *log_at (effects, series, year, place);
    RaiDay then = rai_anchor_christmas (year) + WEEK * (place - BEFORE);
    if (isnan (own) || then >= before)
      continue;
    logs += own;
    n++;
  }

  *effect =
      (RaiWeekEffect){ n > 0 ? exp (logs / n) : 1, (double) effects->kept[series], (size_t) place };
  return n > 0 && effect->kept > 0;
}
