/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-class.h"

#include <glib.h>
#include <math.h>
#include <stdint.h>

static int
compare_descending (const void *a, const void *b, void *data) {
  const double *values = data;
  uint32_t i = *(const uint32_t *) a, j = *(const uint32_t *) b;
  if (values[i] != values[j])
    return values[i] < values[j] ? 1 : -1;
  return (i > j) - (i < j);
}

void
rai_class_abc (const double *values, size_t n, char *classes) {
  g_autofree uint32_t *order = g_new (uint32_t, MAX (n, 1));
  double total = 0, sum = 0;
  for (size_t i = 0; i < n; i++) {
    order[i] = (uint32_t) i;
    total += MAX (0, values[i]);
  }

  g_qsort_with_data (order, (int) n, sizeof *order, compare_descending, (void *) values);
  for (size_t i = 0; i < n; i++) {
    double value = MAX (0, values[order[i]]);
    classes[order[i]] = value <= 0 || sum >= 0.95 * total ? 'C' : sum >= 0.8 * total ? 'B' : 'A';
    sum += value;
  }
}

char
rai_class_xyz (double week_mean, double week_variance) {
  if (!(week_mean > 0))
    return 'Z';
  double variation = sqrt (MAX (0, week_variance)) / week_mean;
  return variation <= 0.35 ? 'X' : variation <= 0.75 ? 'Y' : 'Z';
}
