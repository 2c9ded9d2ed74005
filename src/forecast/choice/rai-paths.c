/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-paths.h"

#include <glib.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

/* Fewer windows than this tell too little. */
#define LEAST_WINDOWS 50
/* Of the errors of two steps, where there are none to learn from. */
#define CORRELATION 0.2
#define SEED 7

typedef struct {
  double mean;
  size_t number; /* of the window, as they came */
} Window;

struct _RaiPaths {
  size_t horizon;
  GArray *windows; /* Window, by mean once ended */
  GArray *ranks;   /* float, [window as they came][horizon] */
  GRand *random;
};

RaiPaths *
rai_paths_new (size_t horizon) {
  RaiPaths *paths = g_new0 (RaiPaths, 1);
  paths->horizon = horizon;
  paths->windows = g_array_new (FALSE, FALSE, sizeof (Window));
  paths->ranks = g_array_new (FALSE, FALSE, sizeof (float));
  paths->random = g_rand_new_with_seed (SEED);
  return paths;
}

void
rai_paths_free (RaiPaths *paths) {
  if (paths == NULL)
    return;
  g_array_unref (paths->windows);
  g_array_unref (paths->ranks);
  g_rand_free (paths->random);
  g_free (paths);
}

static void
add (RaiPaths *paths, double mean, const float *ranks) {
  Window window = { mean, paths->windows->len };
  g_array_append_val (paths->windows, window);
  g_array_append_vals (paths->ranks, ranks, (unsigned) paths->horizon);
}

void
rai_paths_add (RaiPaths *paths, double mean, const double *ranks) {
  g_autofree float *own = g_new (float, paths->horizon);
  for (size_t h = 0; h < paths->horizon; h++)
    own[h] = (float) (isnan (ranks[h]) ? g_rand_double (paths->random)
                                       : CLAMP (ranks[h], 1e-4, 1 - 1e-4));
  add (paths, mean, own);
}

/* One error common to all steps, and each step's own. */
static void
draw (RaiPaths *paths) {
  g_autofree float *ranks = g_new (float, paths->horizon);
  double common = gsl_cdf_ugaussian_Pinv (CLAMP (g_rand_double (paths->random), 1e-4, 1 - 1e-4));
  for (size_t h = 0; h < paths->horizon; h++) {
    double own = gsl_cdf_ugaussian_Pinv (CLAMP (g_rand_double (paths->random), 1e-4, 1 - 1e-4));
    ranks[h] =
        (float) gsl_cdf_ugaussian_P (sqrt (CORRELATION) * common + sqrt (1 - CORRELATION) * own);
  }
  add (paths, 0, ranks);
}

static int
compare_windows (const void *a, const void *b) {
  const Window *x = a, *y = b;
  if (x->mean != y->mean)
    return x->mean < y->mean ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

void
rai_paths_end (RaiPaths *paths) {
  if (paths->windows->len < LEAST_WINDOWS) {
    g_array_set_size (paths->windows, 0);
    g_array_set_size (paths->ranks, 0);
    for (size_t k = 0; k < RAI_PATHS; k++)
      draw (paths);
  }
  g_array_sort (paths->windows, compare_windows);
}

const float *
rai_paths_ranks (const RaiPaths *paths, double mean, size_t k) {
  const Window *windows = (const Window *) (void *) paths->windows->data;
  size_t n = paths->windows->len, low = 0, high = n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (windows[middle].mean < mean)
      low = middle + 1;
    else
      high = middle;
  }

  size_t first = n > RAI_PATHS ? MIN (low - MIN (low, RAI_PATHS / 2), n - RAI_PATHS) : 0;
  return (const float *) (void *) paths->ranks->data +
         windows[(first + k) % n].number * paths->horizon;
}
