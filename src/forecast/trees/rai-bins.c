/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/trees/rai-boost.h"

#include <math.h>
#include <stdlib.h>

static int
compare_floats (const void *a, const void *b) {
  float x = *(const float *) a, y = *(const float *) b;
  return (x > y) - (x < y);
}

/* Cuts of one feature from its sorted known values: between distinct values when they are few, else
 * at quantiles. */
static uint8_t
find_cuts (const float *values, size_t n, float *cuts) {
  size_t distinct = n > 0;
  for (size_t i = 1; i < n; i++)
    distinct += values[i] != values[i - 1];

  uint8_t n_cuts = 0;
  if (distinct <= RAI_BINS_MAX - 1) {
    for (size_t i = 1; i < n; i++)
      if (values[i] != values[i - 1])
        cuts[n_cuts++] = values[i - 1] + (values[i] - values[i - 1]) / 2;
    return n_cuts;
  }

  for (size_t k = 1; k < RAI_BINS_MAX - 1; k++) {
    size_t at = n * k / (RAI_BINS_MAX - 1);
    float cut = values[at - 1] + (values[at] - values[at - 1]) / 2;
    if (n_cuts == 0 || cut > cuts[n_cuts - 1])
      cuts[n_cuts++] = cut;
  }

  return n_cuts;
}

RaiBins *
rai_bins_new (const float *sample, size_t n, size_t n_features) {
  RaiBins *bins = g_new0 (RaiBins, 1);
  bins->n_features = n_features;
  bins->n_cuts = g_new0 (uint8_t, n_features);
  bins->cuts = g_new0 (float, n_features *RAI_BINS_MAX);

  g_autofree float *values = g_new (float, n + 1);
  for (size_t f = 0; f < n_features; f++) {
    size_t known = 0;
    for (size_t i = 0; i < n; i++)
      if (!isnan (sample[i * n_features + f]))
        values[known++] = sample[i * n_features + f];
    qsort (values, known, sizeof (float), compare_floats);
    bins->n_cuts[f] = find_cuts (values, known, bins->cuts + f * RAI_BINS_MAX);
  }

  return bins;
}

void
rai_bins_free (RaiBins *bins) {
  if (bins == NULL)
    return;
  g_free (bins->n_cuts);
  g_free (bins->cuts);
  g_free (bins);
}

/* Number of cuts below x, by halving without a branch. */
static unsigned
cuts_below (const float *cuts, unsigned n, float x) {
  unsigned at = 0;
  for (unsigned step = 32; step > 0; step /= 2)
    at += at + step <= n && cuts[at + step - 1] < x ? step : 0;
  return at;
}

void
rai_bins_code (const RaiBins *bins, const float *row, uint8_t *codes) {
  for (size_t f = 0; f < bins->n_features; f++)
    codes[f] =
        isnan (row[f])
            ? 0
            : (uint8_t) (1 + cuts_below (bins->cuts + f * RAI_BINS_MAX, bins->n_cuts[f], row[f]));
}
