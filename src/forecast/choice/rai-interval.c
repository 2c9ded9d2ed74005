/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-interval.h"

#include "forecast/choice/rai-backtest-errors.h"
#include "forecast/choice/rai-count.h"
#include "forecast/choice/rai-dispersion.h"
#include "forecast/choice/rai-paths.h"
#include "util/rai-gsl.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Errors are parted by the size of their forecast into buckets of at least BUCKET_ERRORS. */
#define BUCKETS_MAX 16
#define BUCKET_ERRORS 300
/* Equal parts of the horizon whose errors are told apart. */
#define BANDS 4
/* A series' spread is pulled towards the panel's as if it had this many more errors of the panel's
 * size. */
#define OWN_PRIOR 14
/* Errors of counts are parted by the size of their forecast into this many equal groups. */
#define SIZES 4
/* Levels are moved to the ranks that sales had as if this many more sales had fallen where they
 * should. */
#define RANKS_PRIOR 300
/* Series of whole numbers are counts where at least this share of their steps sells nothing. */
#define COUNTS_ZEROS 0.1
/* Squared errors below this share of their mean are smaller than those of counts; said of panels
 * with so many zeros. */
#define SHARP 0.7
#define MANY_ZEROS 0.5
/* A window whose mean error is more than so many times the middle one's of its time is odd, where
 * there are at least so many. */
#define ODD_TIMES 4
#define ODD_WINDOWS 4
/* An error counts as no more than so many times the usual, and a series' usual error as no more
 * than so many times the panel's. */
#define SCALED_MAX 20
#define OWN_MAX 6
/* No mean lies above its quantile of this level. */
#define UPPER 0.975
/* What sums of counts vary by is learned from about this many windows of each size, by this many
 * paths; a squared error counts as no more than JUDGED_FREAK times its variance. */
#define JUDGED_WINDOWS 300
#define JUDGED_PATHS 100
#define JUDGED_FREAK 30
/* Below this variance a gamma distribution is taken by its normal approximation. */
#define NARROW 0.01
/* The variance of a level is pulled towards none as if there were this many more windows. */
#define LEVEL_PRIOR 50
#define SEED 11

/* The levels that distributions are kept at; those between are read off a straight line. */
static const double grid[] = { 0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1,  0.15,  0.2,  0.25,
                               0.3,   0.35,  0.4,  0.45,  0.5,  0.55,  0.6,  0.65,  0.7,  0.75,
                               0.8,   0.85,  0.9,  0.925, 0.95, 0.975, 0.99, 0.995, 0.999 };
#define GRID G_N_ELEMENTS (grid)

struct _RaiIntervals {
  size_t n_levels, horizon, n_series;
  double *levels;
  uint8_t *whole;  /* [series] sales are whole numbers */
  uint8_t *counts; /* [series] and in a panel with many zeros: negative binomials */

  /* Of scaled errors. */
  size_t n_buckets;
  double middle[BUCKETS_MAX];      /* log of a bucket's mean forecast, ascending */
  double spread[BUCKETS_MAX];      /* log of its mean absolute error: squares would let a few freaks
                                      widen all */
  double shape[BUCKETS_MAX][GRID]; /* scaled errors at each level of the grid */
  double band[BANDS];              /* spread in a part of the horizon, to that of the whole */
  /* [series][RAI_ORIGINS] spread of a series, to that of the panel at its mean: by the windows of
   * all other origins, at 0 by all. */
  float *own;

  /* Of counts. */
  float *dispersion;      /* [series] */
  double size[SIZES - 1]; /* the mean forecasts that part the groups of counts */
  /* The rank in the negative binomial to read for each level of the grid: the level itself where
   * sales fell as they should. */
  double rank[SIZES][BANDS][GRID];
  float level[SIZES][RAI_PATHS]; /* factors on a path's mean, for what all its steps share */

  RaiPaths *paths;
};

static int
compare_means (const void *a, const void *b) {
  const RaiBacktestError *x = a, *y = b;
  if (x->mean != y->mean)
    return x->mean < y->mean ? -1 : 1;
  if (x->series != y->series)
    return x->series < y->series ? -1 : 1;
  if (x->ahead != y->ahead)
    return (int) x->ahead - (int) y->ahead;
  return (int) x->origin - (int) y->origin;
}

static int
compare_doubles (const void *a, const void *b) {
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

/* The share of known steps that sold nothing. */
static double
zero_share (const RaiHistory *history, size_t i) {
  double zeros = 0, n = 0;
  for (size_t at = history->start[i]; at < history->start[i + 1]; at++)
    if (history->states[at] == RAI_DEMAND_VALID) {
      zeros += !(history->values[at] > 0);
      n++;
    }
  return n > 0 ? zeros / n : 1;
}

static bool
is_count (const RaiIntervals *intervals, size_t series, double mean) {
  return intervals->counts[series] && mean <= RAI_COUNT_MEAN_MAX;
}

/* The errors that negative binomials are for, or the others. */
static GArray *
choose (const RaiIntervals *intervals, const GArray *errors, bool counts) {
  GArray *chosen = g_array_sized_new (FALSE, FALSE, sizeof (RaiBacktestError), 256);
  for (size_t s = 0; s < errors->len; s++) {
    const RaiBacktestError *error = &g_array_index (errors, RaiBacktestError, s);
    if (is_count (intervals, error->series, (double) error->mean) == counts)
      g_array_append_vals (chosen, error, 1);
  }
  return chosen;
}

/* By mean, without those that stand apart: series that were moved to the seasonal naive err in
 * their own way, forecasts of nothing and odd windows would speak louder than all others. */
static GArray *
sort_common (const GArray *errors) {
  GArray *common = g_array_sized_new (FALSE, FALSE, sizeof (RaiBacktestError), 256);
  for (size_t s = 0; s < errors->len; s++) {
    const RaiBacktestError *error = &g_array_index (errors, RaiBacktestError, s);
    if (!error->apart)
      g_array_append_vals (common, error, 1);
  }
  g_array_sort (common, compare_means);
  return common;
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

  double slope = (intervals->spread[k + 1] - intervals->spread[k]) /
                 MAX (1e-9, intervals->middle[k + 1] - intervals->middle[k]);
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
      const RaiBacktestError *sample = &g_array_index (samples, RaiBacktestError, s);
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

/* An error is scaled by what the series' other windows show: one that had a part in its own scale
 * looks smaller than one to come. */
static void
learn_own (RaiIntervals *intervals, const GArray *errors) {
  size_t n = intervals->n_series * RAI_ORIGINS;
  g_autofree double *sizes = g_new0 (double, n + 1), *counts = g_new0 (double, n + 1);
  for (size_t s = 0; s < errors->len; s++) {
    const RaiBacktestError *error = &g_array_index (errors, RaiBacktestError, s);
    double size = MIN (fabs ((double) error->error) / spread_at (intervals, (double) error->mean),
                       SCALED_MAX);
    for (size_t origin = 0; origin < RAI_ORIGINS; origin++)
      if (origin != error->origin) {
        sizes[error->series * RAI_ORIGINS + origin] += size;
        counts[error->series * RAI_ORIGINS + origin]++;
      }
  }

  for (size_t k = 0; k < n; k++)
    intervals->own[k] = (float) MIN (OWN_MAX, (sizes[k] + OWN_PRIOR) / (counts[k] + OWN_PRIOR));
}

static size_t
band_of (const RaiIntervals *intervals, size_t ahead) {
  return MIN (BANDS - 1, ahead * BANDS / intervals->horizon);
}

static double
scaled (const RaiIntervals *intervals, const RaiBacktestError *sample) {
  double spread = spread_at (intervals, (double) sample->mean) *
                  (double) intervals->own[sample->series * RAI_ORIGINS + sample->origin];
  return CLAMP ((double) sample->error / spread, -SCALED_MAX, SCALED_MAX);
}

static void
learn_bands (RaiIntervals *intervals, const GArray *samples) {
  double sums[BANDS] = { 0 }, counts[BANDS] = { 0 }, all = 0;
  for (size_t s = 0; s < samples->len; s++) {
    const RaiBacktestError *sample = &g_array_index (samples, RaiBacktestError, s);
    double size = fabs (scaled (intervals, sample));
    sums[band_of (intervals, sample->ahead)] += size;
    counts[band_of (intervals, sample->ahead)]++;
    all += size;
  }

  for (size_t b = 0; b < BANDS; b++) {
    double ratio =
        counts[b] > 100 && all > 0 ? sums[b] / counts[b] * (double) samples->len / all : 1;
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

static void
learn_shape (RaiIntervals *intervals, const GArray *samples) {
  size_t n = intervals->n_buckets;
  g_autofree double *errors = g_new (double, samples->len + 1);
  for (size_t b = 0; b < n; b++) {
    size_t first = bucket_first (samples, n, b), last = bucket_first (samples, n, b + 1), count = 0;
    for (size_t s = first; s < last; s++) {
      const RaiBacktestError *sample = &g_array_index (samples, RaiBacktestError, s);
      errors[count++] =
          scaled (intervals, sample) / intervals->band[band_of (intervals, sample->ahead)];
    }
    qsort (errors, count, sizeof (double), compare_doubles);
    for (size_t q = 0; q < GRID; q++) /* a normal one's, where there are no errors to learn from */
      intervals->shape[b][q] = count >= 40 ? quantile_of (errors, count, grid[q])
                                           : 1.25 * gsl_cdf_ugaussian_Pinv (grid[q]);
  }
}

/* ---- counts ---- */

static size_t
size_of (const RaiIntervals *intervals, double mean) {
  size_t k = 0;
  while (k + 1 < SIZES && mean > intervals->size[k])
    k++;
  return k;
}

/* The rank of what was sold in its negative binomial. A count has a stretch of ranks as wide as its
 * probability; one of them is drawn. */
static double
rank_of (const RaiIntervals *intervals, const RaiBacktestError *error, GRand *random) {
  double share = g_rand_double (random), mean = (double) error->mean;
  return rai_count_rank (mean, (double) intervals->dispersion[error->series],
                         rint (mean + (double) error->error), share);
}

/* Where in its distribution each level of the grid should be read, by size and part of the horizon:
 * half of the way from the level to the rank that this share of the backtest's sales lay below,
 * less where there are few of them. */
static void
learn_ranks (RaiIntervals *intervals, const GArray *common) {
  for (size_t k = 0; k + 1 < SIZES; k++)
    intervals->size[k] =
        common->len > 0
            ? (double) g_array_index (common, RaiBacktestError, common->len * (k + 1) / SIZES).mean
            : 0;

  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  GArray *ranks[SIZES][BANDS];
  for (size_t c = 0; c < SIZES * BANDS; c++)
    ranks[c / BANDS][c % BANDS] =
        g_array_sized_new (FALSE, FALSE, sizeof (double), 16); /* sorting takes no NULL */

  for (size_t s = 0; s < common->len; s++) {
    const RaiBacktestError *error = &g_array_index (common, RaiBacktestError, s);
    double rank = rank_of (intervals, error, random);
    g_array_append_val (
        ranks[size_of (intervals, (double) error->mean)][band_of (intervals, error->ahead)], rank);
  }

  for (size_t c = 0; c < SIZES * BANDS; c++) {
    GArray *own = ranks[c / BANDS][c % BANDS];
    double share = 0.5 * (double) own->len / ((double) own->len + RANKS_PRIOR);
    qsort (own->data, own->len, sizeof (double), compare_doubles);
    for (size_t q = 0; q < GRID; q++)
      intervals->rank[c / BANDS][c % BANDS][q] =
          own->len > 0
              ? grid[q] + share * (quantile_of ((double *) (void *) own->data, own->len, grid[q]) -
                                   grid[q])
              : grid[q];
    g_array_unref (own);
  }
}

/* ---- levels and the grid ---- */

/* The value at a level of the grid's values, and back. */
static double
read_grid (const double *values, double level) {
  size_t k = 0;
  level = CLAMP (level, grid[0], grid[GRID - 1]);
  while (k + 2 < GRID && level > grid[k + 1])
    k++;
  double share = (level - grid[k]) / (grid[k + 1] - grid[k]);
  return values[k] + share * (values[k + 1] - values[k]);
}

static double
level_of (const double *values, double value) {
  size_t k = 0;
  while (k + 2 < GRID && value > values[k + 1])
    k++;
  double width = values[k + 1] - values[k], share = width > 0 ? (value - values[k]) / width : 0.5;
  return grid[k] + CLAMP (share, 0, 1) * (grid[k + 1] - grid[k]);
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

/* One step's distribution. */
typedef struct {
  double mean, spread, share;
  bool whole;
  size_t bucket;
  const double *ranks; /* of a count, else NULL */
  double dispersion;
} Step;

static Step
find_step (const RaiIntervals *intervals, size_t series, size_t ahead, double mean) {
  Step step = { .mean = mean, .whole = intervals->whole[series] };
  size_t band = band_of (intervals, ahead);
  if (is_count (intervals, series, mean)) {
    step.ranks = intervals->rank[size_of (intervals, mean)][band];
    step.dispersion = (double) intervals->dispersion[series];
    return step;
  }

  step.spread = spread_at (intervals, mean) * (double) intervals->own[series * RAI_ORIGINS] *
                intervals->band[band];
  step.bucket = find_bucket (intervals, mean, &step.share);

  return step;
}

static double
value_at (const RaiIntervals *intervals, const Step *step, double level) {
  double shape = read_grid (intervals->shape[step->bucket], level);
  if (step->share > 0)
    shape += step->share * (read_grid (intervals->shape[step->bucket + 1], level) - shape);
  double value = step->mean > 0 ? step->mean + step->spread * shape : 0;
  return isfinite (value) ? MAX (0, value) : 0;
}

/* The least that an upper end of 97.5 % and more is: what is expected never lies above it. */
static double
least_of_upper (const Step *step, double level) {
  if (level < UPPER)
    return 0;
  return step->whole ? ceil (step->mean) : step->mean;
}

/* Of the whole numbers that may end an interval, the one with nearest to level beyond it: rounded
 * outwards, the ends would hold half a unit too much on each side. */
static double
whole_end (double value, double level, double median) {
  if (level == 0.5)
    return median;
  return level < 0.5 ? MIN (ceil (value), median) : MAX (floor (value), median);
}

/* Values at ascending levels. */
static void
find_values (const RaiIntervals *intervals, const Step *step, const double *levels, size_t n,
             double *values) {
  if (step->ranks != NULL) {
    for (size_t q = 0; q < n; q++)
      values[q] = read_grid (step->ranks, levels[q]);
    rai_count_quantiles (step->mean, step->dispersion, values, n, values);
    for (size_t q = 0; q < n; q++)
      values[q] = MAX (values[q], least_of_upper (step, levels[q]));
    return;
  }

  double least = 0, median = step->whole ? floor (value_at (intervals, step, 0.5) + 0.5) : 0;
  for (size_t q = 0; q < n; q++) {
    double value = value_at (intervals, step, levels[q]);
    value = step->whole ? whole_end (value, levels[q], median) : value;
    values[q] = least = MAX (least, MAX (value, least_of_upper (step, levels[q])));
  }
}

/* ---- paths ---- */

/* What is sold in a step whose rank is drawn. */
static double
drawn_value (const RaiIntervals *intervals, const Step *step, double level) {
  double value;
  if (step->ranks == NULL) {
    value = value_at (intervals, step, level);
    return step->whole ? floor (value + 0.5) : value;
  }
  find_values (intervals, step, &level, 1, &value);
  return value;
}

/* The level that the sales of a past step had. */
static double
past_level (const RaiIntervals *intervals, const RaiBacktestError *error, GRand *random) {
  Step step = find_step (intervals, error->series, error->ahead, (double) error->mean);
  if (step.ranks != NULL)
    return level_of (step.ranks, rank_of (intervals, error, random));
  double band = intervals->band[band_of (intervals, error->ahead)];
  return level_of (intervals->shape[step.bucket], scaled (intervals, error) / band);
}

/* Most of it is known, and it does not stand apart. */
static bool
is_telling (const RaiIntervals *intervals, const RaiErrorWindow *window) {
  return !window->first->apart && window->n * 2 > intervals->horizon;
}

static void
learn_paths (RaiIntervals *intervals, const GArray *errors) {
  g_autofree double *ranks = g_new (double, intervals->horizon);
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  RaiErrorWindow window;
  intervals->paths = rai_paths_new (intervals->horizon);

  for (size_t at = 0; rai_error_window_next (errors, &at, &window);) {
    for (size_t h = 0; h < intervals->horizon; h++)
      ranks[h] = NAN;
    for (size_t k = 0; k < window.n; k++)
      ranks[window.first[k].ahead] = past_level (intervals, &window.first[k], random);
    if (is_telling (intervals, &window))
      rai_paths_add (intervals->paths, window.mean / (double) window.n, ranks);
  }

  rai_paths_end (intervals->paths);
}

void
rai_intervals_path (const RaiIntervals *intervals, size_t series, const double *mean, size_t path,
                    double *values) {
  double sum = 0, factor = 1;
  for (size_t h = 0; h < intervals->horizon; h++)
    sum += mean[h];
  sum /= (double) intervals->horizon;
  if (is_count (intervals, series, sum))
    factor = (double) intervals->level[size_of (intervals, sum)][path];

  const float *ranks = rai_paths_ranks (intervals->paths, sum, path);
  for (size_t h = 0; h < intervals->horizon; h++) {
    Step step = find_step (intervals, series, h, mean[h] * factor);
    values[h] = drawn_value (intervals, &step, (double) ranks[h]);
  }
}

/* ---- the level of counts ---- */

void
rai_intervals_dispersion (const RaiIntervals *intervals, size_t series, const double *mean,
                          size_t n_paths, double *dispersion) {
  size_t horizon = intervals->horizon;
  g_autofree double *path = g_new (double, horizon), *middle = g_new0 (double, horizon);
  memset (dispersion, 0, horizon * sizeof *dispersion);

  for (size_t k = 0; k < n_paths; k++) { /* Welford's running means and sums of squares */
    double sum = 0;
    rai_intervals_path (intervals, series, mean, k * (RAI_PATHS / n_paths), path);
    for (size_t h = 0; h < horizon; h++) {
      double away = (sum += path[h]) - middle[h];
      middle[h] += away / (double) (k + 1);
      dispersion[h] += away * (sum - middle[h]);
    }
  }

  double expected = 0;
  for (size_t h = 0; h < horizon; h++) {
    expected += mean[h];
    dispersion[h] = expected > 0 ? dispersion[h] / (double) n_paths / expected : 0;
  }
}

/* Of all steps of a window together, as some paths have it. */
static double
dispersion_of (const RaiIntervals *intervals, const RaiErrorWindow *window) {
  size_t horizon = intervals->horizon;
  g_autofree double *mean = g_new0 (double, horizon), *dispersion = g_new (double, horizon);
  for (size_t k = 0; k < window->n; k++)
    mean[window->first[k].ahead] = (double) window->first[k].mean;
  rai_intervals_dispersion (intervals, window->first->series, mean, JUDGED_PATHS, dispersion);
  return dispersion[horizon - 1];
}

/* Quantile of a gamma distribution with mean 1. GSL's inverse fails for narrow ones, which are near
 * enough to the cube of a normal variable (Wilson & Hilferty, PNAS 17(12), 1931). */
static double
gamma_quantile (double level, double variance) {
  double cube = 1 - variance / 9 + gsl_cdf_ugaussian_Pinv (level) * sqrt (variance) / 3;
  return variance < NARROW ? cube * cube * cube
                           : gsl_cdf_gamma_Pinv (level, 1 / variance, variance);
}

/* Fills level[RAI_PATHS] with the quantiles of a gamma distribution with mean 1, in no order. */
static void
draw_levels (double variance, GRand *random, float *level) {
  for (size_t k = 0; k < RAI_PATHS; k++)
    level[k] = variance > 0 ? (float) gamma_quantile (((double) k + 0.5) / RAI_PATHS, variance) : 1;
  for (size_t k = RAI_PATHS; k > 1; k--) {
    size_t other = (size_t) g_rand_int_range (random, 0, (int) k);
    float kept = level[k - 1];
    level[k - 1] = level[other];
    level[other] = kept;
  }
}

/* A zero's rank in its distribution is drawn, and so does not tell what the steps of a window have
 * in common. What sums vary more than the paths is put down to the level, of which a path has one:
 * a gamma mixture, its variance by the moments (McCullagh & Nelder, Generalized Linear Models, 2nd
 * edition 1989, section 6.2). */
static void
learn_levels (RaiIntervals *intervals, const GArray *counted) {
  struct {
    double dispersion, judged, n, mean, mean_square, error_square;
  } sums[SIZES] = { { 0 } };
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  RaiErrorWindow window;
  for (size_t k = 0; k < SIZES; k++)
    draw_levels (0, random, intervals->level[k]);

  size_t every = MAX (1, counted->len / intervals->horizon / (SIZES * JUDGED_WINDOWS)), number = 0;
  for (size_t at = 0; rai_error_window_next (counted, &at, &window);)
    if (is_telling (intervals, &window) && window.mean > 0 && number++ % every == 0) {
      size_t size = size_of (intervals, window.mean / (double) window.n);
      sums[size].dispersion += dispersion_of (intervals, &window);
      sums[size].judged++;
    }

  for (size_t at = 0; rai_error_window_next (counted, &at, &window);)
    if (is_telling (intervals, &window) && window.mean > 0) {
      size_t size = size_of (intervals, window.mean / (double) window.n);
      double variance = sums[size].dispersion / MAX (1, sums[size].judged) * window.mean;
      sums[size].n++;
      sums[size].mean += window.mean;
      sums[size].mean_square += window.mean * window.mean;
      sums[size].error_square += MIN (window.error * window.error, JUDGED_FREAK * variance + 1);
    }

  for (size_t k = 0; k < SIZES; k++) {
    double expected = sums[k].dispersion / MAX (1, sums[k].judged) * sums[k].mean;
    double variance = (sums[k].error_square - expected) / MAX (sums[k].mean_square, 1e-9);
    draw_levels (CLAMP (variance * sums[k].n / (sums[k].n + LEVEL_PRIOR), 0, 2), random,
                 intervals->level[k]);
  }
}

/* ---- the whole ---- */

/* Whether each series' squared errors are below so many times their mean. */
static bool *
find_sharp (const RaiIntervals *intervals, const GArray *errors, double times) {
  bool *sharp = g_new0 (bool, intervals->n_series + 1);
  g_autofree double *balance = g_new0 (double, intervals->n_series + 1);
  for (size_t s = 0; s < errors->len; s++) {
    const RaiBacktestError *error = &g_array_index (errors, RaiBacktestError, s);
    balance[error->series] += times * (double) error->mean - pow ((double) error->error, 2);
  }
  for (size_t i = 0; i < intervals->n_series; i++)
    sharp[i] = balance[i] > 0;
  return sharp;
}

/* Series of whole numbers that often sell nothing are counts. Among many of them the others are,
 * too, but for those that are foretold more sharply than counts can be; the fewer there are, the
 * less sharp a series must be to go by its own errors: a rare item more or less changes little. */
static void
find_counts (RaiIntervals *intervals, const RaiHistory *history, const GArray *errors) {
  double beyond = history->zero_share - COUNTS_ZEROS;
  g_autofree bool *sharp =
      find_sharp (intervals, errors, SHARP * (MANY_ZEROS - COUNTS_ZEROS) / MAX (beyond, 1e-9));
  for (size_t i = 0; i < history->n_series; i++)
    intervals->counts[i] =
        history->whole[i] && (zero_share (history, i) >= COUNTS_ZEROS || (beyond > 0 && !sharp[i]));
}

/* By mean, the errors that spreads are learned from. */
static GArray *
common_of_others (const RaiIntervals *intervals, const GArray *errors) {
  g_autoptr (GArray) others = choose (intervals, errors, false);
  return sort_common (others->len > 0 ? others : errors);
}

/* The mean size of a window's errors, as multiples of the usual. */
static double
size_of_window (const RaiIntervals *intervals, const RaiErrorWindow *window) {
  double sum = 0;
  for (size_t k = 0; k < window->n; k++)
    sum += fabs ((double) window->first[k].error) /
           spread_at (intervals, (double) window->first[k].mean);
  return sum / (double) window->n;
}

/* Windows that went far beyond what the others of their time did tell of their own series: one that
 * had stopped and began to sell again must not widen what all others are given. */
static void
mark_odd (RaiIntervals *intervals, GArray *errors) {
  GArray *sizes[RAI_ORIGINS];
  double limits[RAI_ORIGINS];
  RaiErrorWindow window;
  g_autoptr (GArray) common = common_of_others (intervals, errors);
  learn_spread (intervals, common);
  for (size_t origin = 0; origin < RAI_ORIGINS; origin++)
    sizes[origin] = g_array_sized_new (FALSE, FALSE, sizeof (double), 16);

  for (size_t at = 0; rai_error_window_next (errors, &at, &window);)
    if (!is_count (intervals, window.first->series, (double) window.first->mean)) {
      double size = size_of_window (intervals, &window);
      g_array_append_val (sizes[window.first->origin], size);
    }

  for (size_t origin = 0; origin < RAI_ORIGINS; origin++) {
    GArray *own = sizes[origin];
    qsort (own->data, own->len, sizeof (double), compare_doubles);
    limits[origin] =
        own->len >= ODD_WINDOWS ? ODD_TIMES * g_array_index (own, double, own->len / 2) : INFINITY;
    g_array_unref (own);
  }

  for (size_t at = 0; rai_error_window_next (errors, &at, &window);)
    if (!is_count (intervals, window.first->series, (double) window.first->mean) &&
        size_of_window (intervals, &window) > limits[window.first->origin])
      for (size_t k = 0; k < window.n; k++)
        g_array_index (errors, RaiBacktestError, at - window.n + k).apart = true;
}

RaiIntervals *
rai_intervals_new (const RaiCandidates *candidates, const RaiWeighing *weighing,
                   const RaiReconciliation *reconciliation, const double *levels, size_t n_levels) {
  const RaiHistory *history = candidates->history;
  RaiIntervals *intervals = g_new0 (RaiIntervals, 1);
  rai_gsl_begin ();
  intervals->n_levels = n_levels;
  intervals->levels = g_memdup2 (levels, n_levels * sizeof *levels);
  intervals->horizon = candidates->horizon;
  intervals->n_series = history->n_series;
  intervals->whole = g_memdup2 (history->whole, history->n_series + 1);
  intervals->counts = g_new0 (uint8_t, history->n_series + 1);
  intervals->own = g_new0 (float, history->n_series *RAI_ORIGINS + 1);
  intervals->dispersion = g_new0 (float, history->n_series + 1);
  g_autoptr (GArray) errors = rai_backtest_errors (candidates, weighing, reconciliation);
  find_counts (intervals, history, errors);
  mark_odd (intervals, errors);
  g_autoptr (GArray) counted = choose (intervals, errors, true),
                     common = common_of_others (intervals, errors);
  learn_spread (intervals, common);

  if (common->len == 0) { /* nothing to look back on: as wide as a Poisson's, and half as much again
                             of the level */
    intervals->middle[0] = log (MAX (history->level, 1e-6));
    intervals->spread[0] =
        0.5 * log (MAX (history->level + 0.25 * history->level * history->level, 1e-9)) + log (0.8);
  }

  learn_own (intervals, errors);
  learn_bands (intervals, common);
  learn_shape (intervals, common);
  rai_dispersion_learn (history, (const RaiBacktestError *) (void *) counted->data, counted->len,
                        intervals->dispersion);
  g_autoptr (GArray) common_counts = sort_common (counted);
  learn_ranks (intervals, common_counts);
  learn_paths (intervals, errors);
  learn_levels (intervals, counted);

  return intervals;
}

void
rai_intervals_free (RaiIntervals *intervals) {
  if (intervals == NULL)
    return;
  g_free (intervals->levels);
  g_free (intervals->whole);
  g_free (intervals->counts);
  g_free (intervals->own);
  g_free (intervals->dispersion);
  rai_paths_free (intervals->paths);
  g_free (intervals);
}

void
rai_intervals_quantiles (const RaiIntervals *intervals, size_t series, size_t ahead, double mean,
                         double *quantiles) {
  Step step = find_step (intervals, series, ahead, mean);
  find_values (intervals, &step, intervals->levels, intervals->n_levels, quantiles);
}

void
rai_intervals_range (const RaiIntervals *intervals, size_t series, size_t ahead, double mean,
                     double *low, double *high) {
  static const double ends[] = { 0.1, 0.9 };
  double values[2];
  Step step = find_step (intervals, series, ahead, mean);
  find_values (intervals, &step, ends, 2, values);
  *low = values[0];
  *high = values[1];
}
