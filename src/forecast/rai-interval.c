/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS_MAX 16
#define BUCKET_ERRORS 300 /* fewer errors than this do not make a bucket */
#define BANDS 4           /* of the horizon */
/* Own errors that the panel's spread counts for. */
#define OWN_PRIOR 14
#define SAMPLES_MAX 400000
#define RANGE_LEVELS 2

typedef struct {
  float mean, error;
  uint32_t series;
  uint16_t ahead;
} Sample;

struct _RaiIntervals {
  size_t n_levels, horizon;
  double *levels;
  bool integers;
  size_t n_buckets;
  double middle[BUCKETS_MAX]; /* log of a bucket's mean forecast */
  double spread[BUCKETS_MAX]; /* log of its mean absolute error: squares would let a few freaks widen all */
  double *shape;              /* [bucket][level] of scaled errors; behind the levels asked for 0.1 and 0.9 */
  double band[BANDS];         /* spread of a part of the horizon to the whole */
  float *own;                 /* [series] spread to the panel's */
  double correlation;
};

static int
compare_means (const void *a, const void *b) {
  const Sample *x = a, *y = b;
  if (x->mean != y->mean)
    return x->mean < y->mean ? -1 : 1;
  if (x->series != y->series)
    return x->series < y->series ? -1 : 1;
  return (int) x->ahead - (int) y->ahead;
}

static int
compare_doubles (const void *a, const void *b) {
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

/* Series that were moved to the seasonal naive err in their own way: they tell of themselves only. */
typedef struct {
  GArray *common, *guarded; /* Sample */
} Samples;

/* Adds the errors of one series from one origin, and what their sum says of correlation. */
static void
add_window (Samples *samples, const RaiCandidates *candidates, const RaiBlend *blend, size_t i, size_t origin,
            size_t step, double *mean, double *sums) {
  const RaiHistory *history = candidates->history;
  if (!rai_blend_mean (blend, candidates, i, origin, mean))
    return;
  double total = 0, squares = 0, singles = 0;
  for (size_t h = 0; h < candidates->horizon; h++) {
    size_t at = history->start[i] + step + h;
    if (history->states[at] != RAI_HISTORY_VALID)
      continue;
    double error = (double) history->values[at] - mean[h];
    Sample sample = { (float) mean[h], (float) error, (uint32_t) i, (uint16_t) h };
    g_array_append_val (blend->guarded[i] ? samples->guarded : samples->common, sample);
    total += error;
    squares += error * error;
    singles += fabs (error);
  }
  if (singles > 0) {
    sums[0] += (total * total - squares) / (singles * singles);
    sums[1] += 1 - squares / (singles * singles);
  }
}

static Samples
collect (RaiIntervals *intervals, const RaiCandidates *candidates, const RaiBlend *blend) {
  /* Room from the start: sorting may not be given NULL, even for nothing. */
  Samples samples = { g_array_sized_new (FALSE, FALSE, sizeof (Sample), 256),
                      g_array_sized_new (FALSE, FALSE, sizeof (Sample), 256) };
  g_autofree double *mean = g_new (double, candidates->horizon);
  double sums[2] = { 0, 0 };
  size_t n = candidates->history->n_series;
  size_t every = MAX (1, n * 2 * candidates->horizon / SAMPLES_MAX);
  for (size_t i = 0; i < n; i++)
    for (size_t origin = 1; origin < RAI_ORIGINS; origin++) {
      size_t step;
      if ((i + origin) % every == 0 && rai_candidates_origin (candidates, i, origin, &step))
        add_window (&samples, candidates, blend, i, origin, step, mean, sums);
    }
  intervals->correlation = sums[1] > 0 ? CLAMP (sums[0] / sums[1], 0.02, 0.9) : 0.2;
  return samples;
}

/* Line through the buckets' points in logs; beyond them the spread goes with the mean. */
static double
spread_at (const RaiIntervals *intervals, double mean) {
  double x = log (MAX (mean, 1e-9));
  size_t k = 0, n = intervals->n_buckets;
  if (n == 1 || x <= intervals->middle[0])
    return exp (intervals->spread[0] + (x - intervals->middle[0]) * (n == 1 ? 0.75 : 0.9));
  while (k + 2 < n && x > intervals->middle[k + 1])
    k++;
  double slope =
      (intervals->spread[k + 1] - intervals->spread[k]) / MAX (1e-9, intervals->middle[k + 1] - intervals->middle[k]);
  if (x > intervals->middle[n - 1])
    return exp (intervals->spread[n - 1] + (x - intervals->middle[n - 1]) * 0.9);
  return exp (intervals->spread[k] + (x - intervals->middle[k]) * slope);
}

static size_t
bucket_first (const GArray *samples, size_t n_buckets, size_t bucket) {
  return samples->len * bucket / n_buckets;
}

static void
learn_spread (RaiIntervals *intervals, const GArray *samples) {
  size_t n = CLAMP (samples->len / BUCKET_ERRORS, 1, BUCKETS_MAX), kept = 0;
  for (size_t b = 0; b < n; b++) {
    double mean = 0, size = 0;
    size_t first = bucket_first (samples, n, b), last = bucket_first (samples, n, b + 1);
    for (size_t s = first; s < last; s++) {
      const Sample *sample = &g_array_index (samples, Sample, s);
      mean += (double) sample->mean;
      size += fabs ((double) sample->error);
    }
    mean /= (double) MAX (1, last - first);
    size /= (double) MAX (1, last - first);
    double x = log (MAX (mean, 1e-9)), y = log (MAX (size, 1e-9 + 1e-3 * mean));
    if (kept > 0 && x < intervals->middle[kept - 1] + 1e-3)
      continue;
    intervals->middle[kept] = x;
    intervals->spread[kept++] = y;
  }
  intervals->n_buckets = MAX (kept, 1);
}

static void
learn_own (RaiIntervals *intervals, const Samples *samples, size_t n_series) {
  g_autofree double *sizes = g_new0 (double, n_series + 1);
  g_autofree size_t *counts = g_new0 (size_t, n_series + 1);
  for (size_t s = 0; s < samples->common->len + samples->guarded->len; s++) {
    const Sample *sample = s < samples->common->len
                               ? &g_array_index (samples->common, Sample, s)
                               : &g_array_index (samples->guarded, Sample, s - samples->common->len);
    sizes[sample->series] += MIN (fabs ((double) sample->error) / spread_at (intervals, (double) sample->mean), 20);
    counts[sample->series]++;
  }
  for (size_t i = 0; i < n_series; i++)
    intervals->own[i] = (float) ((sizes[i] + OWN_PRIOR) / ((double) counts[i] + OWN_PRIOR));
}

static size_t
band_of (const RaiIntervals *intervals, size_t ahead) {
  return MIN (BANDS - 1, ahead * BANDS / intervals->horizon);
}

static double
scaled (const RaiIntervals *intervals, const Sample *sample) {
  return (double) sample->error /
         (spread_at (intervals, (double) sample->mean) * (double) intervals->own[sample->series]);
}

static void
learn_bands (RaiIntervals *intervals, const GArray *samples) {
  double sums[BANDS] = { 0 }, counts[BANDS] = { 0 }, all = 0;
  for (size_t s = 0; s < samples->len; s++) {
    const Sample *sample = &g_array_index (samples, Sample, s);
    double size = fabs (scaled (intervals, sample));
    sums[band_of (intervals, sample->ahead)] += size;
    counts[band_of (intervals, sample->ahead)]++;
    all += size;
  }
  for (size_t b = 0; b < BANDS; b++) {
    double ratio = counts[b] > 100 && all > 0 ? sums[b] / counts[b] * (double) samples->len / all : 1;
    intervals->band[b] = CLAMP (ratio, 0.7, 1.4);
  }
}

/* Linear between the order statistics that the level lies between. */
static double
quantile_of (const double *sorted, size_t n, double level) {
  double at = CLAMP (level * (double) (n + 1) - 1, 0, (double) n - 1);
  size_t below = (size_t) at;
  double share = at - (double) below;
  return below + 1 < n ? sorted[below] * (1 - share) + sorted[below + 1] * share : sorted[below];
}

/* Standard normal quantile (Acklam 2003), for when there are no errors to learn from. */
static double
normal_quantile (double p) {
  double q = p - 0.5;
  if (fabs (q) <= 0.42) { /* Beasley & Springer 1977 */
    double r = q * q;
    return q * (((-25.44106049637 * r + 41.39119773534) * r - 18.61500062529) * r + 2.50662823884) /
           ((((3.13082909833 * r - 21.06224101826) * r + 23.08336743743) * r - 8.47351093090) * r + 1);
  }
  double r = sqrt (-log (MIN (p, 1 - p)));
  double x = (((2.32121276858 * r + 4.85014127135) * r - 2.29796479134) * r - 2.78718931138) /
             ((1.63706781897 * r + 3.54388924762) * r + 1);
  return q < 0 ? -x : x;
}

static void
learn_shape (RaiIntervals *intervals, const GArray *samples) {
  size_t n = intervals->n_buckets;
  intervals->shape = g_new0 (double, (size_t) (n * (intervals->n_levels + RANGE_LEVELS)));
  g_autofree double *errors = g_new (double, samples->len + 1);
  for (size_t b = 0; b < n; b++) {
    size_t first = bucket_first (samples, n, b), last = bucket_first (samples, n, b + 1), count = 0;
    for (size_t s = first; s < last; s++) {
      const Sample *sample = &g_array_index (samples, Sample, s);
      errors[count++] = scaled (intervals, sample) / intervals->band[band_of (intervals, sample->ahead)];
    }
    qsort (errors, count, sizeof (double), compare_doubles);
    for (size_t q = 0; q < intervals->n_levels + RANGE_LEVELS; q++)
      intervals->shape[b * (intervals->n_levels + RANGE_LEVELS) + q] =
          count >= 40 ? quantile_of (errors, count, intervals->levels[q])
                      : 1.25 * normal_quantile (intervals->levels[q]);
  }
}

RaiIntervals *
rai_intervals_new (const RaiCandidates *candidates, const RaiBlend *blend, const double *levels, size_t n_levels) {
  RaiIntervals *intervals = g_new0 (RaiIntervals, 1);
  intervals->n_levels = n_levels;
  intervals->levels = g_new (double, n_levels + RANGE_LEVELS);
  memcpy (intervals->levels, levels, n_levels * sizeof (double));
  intervals->levels[n_levels] = 0.1;
  intervals->levels[n_levels + 1] = 0.9;
  intervals->horizon = candidates->horizon;
  intervals->integers = candidates->history->integers;
  intervals->own = g_new0 (float, candidates->history->n_series + 1);
  Samples samples = collect (intervals, candidates, blend);
  g_array_sort (samples.common, compare_means);
  learn_spread (intervals, samples.common);
  if (samples.common->len ==
      0) { /* nothing to look back on: as wide as a Poisson's, and half as much again of the level */
    intervals->middle[0] = log (MAX (candidates->history->level, 1e-6));
    intervals->spread[0] =
        0.5 * log (MAX (candidates->history->level + 0.25 * candidates->history->level * candidates->history->level,
                        1e-9)) +
        log (0.8);
  }
  learn_own (intervals, &samples, candidates->history->n_series);
  learn_bands (intervals, samples.common);
  learn_shape (intervals, samples.common);
  g_array_unref (samples.common);
  g_array_unref (samples.guarded);
  return intervals;
}

void
rai_intervals_free (RaiIntervals *intervals) {
  if (intervals == NULL)
    return;
  g_free (intervals->levels);
  g_free (intervals->shape);
  g_free (intervals->own);
  g_free (intervals);
}

/* The two buckets around a mean and the weight of the upper one. */
static size_t
find_bucket (const RaiIntervals *intervals, double mean, double *share) {
  double x = log (MAX (mean, 1e-9));
  size_t k = 0, n = intervals->n_buckets;
  *share = 0;
  while (k + 1 < n && x > intervals->middle[k + 1])
    k++;
  if (k + 1 < n && x > intervals->middle[k])
    *share = (x - intervals->middle[k]) / (intervals->middle[k + 1] - intervals->middle[k]);
  return k;
}

typedef struct {
  double mean, spread, share;
  size_t bucket;
} Place;

static Place
find_place (const RaiIntervals *intervals, size_t series, size_t ahead, double mean) {
  Place place = { .mean = mean };
  place.spread =
      spread_at (intervals, mean) * (double) intervals->own[series] * intervals->band[band_of (intervals, ahead)];
  place.bucket = find_bucket (intervals, mean, &place.share);
  return place;
}

static double
value_at (const RaiIntervals *intervals, const Place *place, size_t q) {
  size_t stride = intervals->n_levels + RANGE_LEVELS;
  double shape = intervals->shape[place->bucket * stride + q];
  if (place->share > 0)
    shape += place->share * (intervals->shape[(place->bucket + 1) * stride + q] - shape);
  double value = place->mean > 0 ? place->mean + place->spread * shape : 0;
  if (intervals->integers)
    value = floor (value + 0.5);
  return isfinite (value) ? MAX (0, value) : 0;
}

void
rai_intervals_quantiles (const RaiIntervals *intervals, size_t series, size_t ahead, double mean, double *quantiles) {
  Place place = find_place (intervals, series, ahead, mean);
  double least = 0;
  for (size_t q = 0; q < intervals->n_levels; q++)
    quantiles[q] = least = MAX (least, value_at (intervals, &place, q));
}

void
rai_intervals_range (const RaiIntervals *intervals, size_t series, size_t ahead, double mean, double *low,
                     double *high) {
  Place place = find_place (intervals, series, ahead, mean);
  *low = value_at (intervals, &place, intervals->n_levels);
  *high = value_at (intervals, &place, intervals->n_levels + 1);
}

double
rai_intervals_correlation (const RaiIntervals *intervals) {
  return intervals->correlation;
}
