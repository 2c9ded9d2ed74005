/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-simplex.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define TOLERANCE 1e-8

typedef struct {
  double (*f) (const double *x, void *data);
  void *data;
  size_t n;
  const double *low, *high;
  double points[RAI_SIMPLEX_MAX + 1][RAI_SIMPLEX_MAX];
  double values[RAI_SIMPLEX_MAX + 1];
  double centre[RAI_SIMPLEX_MAX];
  int calls;
} Simplex;

static double
value_of (Simplex *s, double *x) {
  for (size_t i = 0; i < s->n; i++)
    x[i] = CLAMP (x[i], s->low[i], s->high[i]);
  s->calls--;
  double value = s->f (x, s->data);
  return isfinite (value) ? value : HUGE_VAL;
}

/* The point at `factor` from the centre through the worst one; its value. */
static double
try_point (Simplex *s, size_t worst, double factor, double *x) {
  for (size_t i = 0; i < s->n; i++)
    x[i] = s->centre[i] + factor * (s->points[worst][i] - s->centre[i]);
  return value_of (s, x);
}

static void
take (Simplex *s, size_t k, const double *x, double value) {
  memcpy (s->points[k], x, s->n * sizeof *x);
  s->values[k] = value;
}

static void
shrink (Simplex *s, size_t best) {
  for (size_t k = 0; k <= s->n; k++) {
    if (k == best)
      continue;
    for (size_t i = 0; i < s->n; i++)
      s->points[k][i] = s->points[best][i] + 0.5 * (s->points[k][i] - s->points[best][i]);
    s->values[k] = value_of (s, s->points[k]);
  }
}

static void
rank (const Simplex *s, size_t *best, size_t *worst, size_t *next) {
  *best = *worst = 0;
  for (size_t k = 1; k <= s->n; k++) {
    *best = s->values[k] < s->values[*best] ? k : *best;
    *worst = s->values[k] > s->values[*worst] ? k : *worst;
  }

  *next = *best;
  for (size_t k = 0; k <= s->n; k++)
    if (k != *worst && s->values[k] > s->values[*next])
      *next = k;
}

static void
find_centre (Simplex *s, size_t worst) {
  memset (s->centre, 0, sizeof s->centre);
  for (size_t k = 0; k <= s->n; k++)
    for (size_t i = 0; k != worst && i < s->n; i++)
      s->centre[i] += s->points[k][i] / (double) s->n;
}

double
rai_simplex_minimise (double (*f) (const double *x, void *data), void *data, size_t n, double *x,
                      const double *step, const double *low, const double *high, int calls) {
  g_return_val_if_fail (n > 0 && n <= RAI_SIMPLEX_MAX, HUGE_VAL);
  Simplex s = { .f = f, .data = data, .n = n, .low = low, .high = high, .calls = calls };
  for (size_t k = 0; k <= n; k++) {
    memcpy (s.points[k], x, n * sizeof *x);
    if (k > 0) /* away from the nearer bound */
      s.points[k][k - 1] += x[k - 1] + step[k - 1] <= high[k - 1] ? step[k - 1] : -step[k - 1];
    s.values[k] = value_of (&s, s.points[k]);
  }

  size_t best, worst, next;
  rank (&s, &best, &worst, &next);
  while (s.calls > 0 && fabs (s.values[worst] - s.values[best]) >
                            TOLERANCE * (fabs (s.values[best]) + TOLERANCE)) {
    double first[RAI_SIMPLEX_MAX], second[RAI_SIMPLEX_MAX];
    find_centre (&s, worst);
    double value = try_point (&s, worst, -1, first);
    if (value < s.values[best]) {
      double further = try_point (&s, worst, -2, second);
      take (&s, worst, further < value ? second : first, MIN (further, value));
    } else if (value < s.values[next]) {
      take (&s, worst, first, value);
    } else {
      double nearer = try_point (&s, worst, value < s.values[worst] ? -0.5 : 0.5, second);
      if (nearer < MIN (value, s.values[worst]))
        take (&s, worst, second, nearer);
      else
        shrink (&s, best);
    }
    rank (&s, &best, &worst, &next);
  }

  memcpy (x, s.points[best], n * sizeof *x);
  return s.values[best];
}
