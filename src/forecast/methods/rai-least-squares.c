/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-least-squares.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define DIFFERENCE 1e-5
#define DAMPING_FIRST 1e-2
#define DAMPING_MAX 1e6
#define TOLERANCE 1e-6

typedef struct {
  double gram[RAI_LEAST_SQUARES_MAX][RAI_LEAST_SQUARES_MAX];
  double slope[RAI_LEAST_SQUARES_MAX];
} Normal;

static double
sum_squares (const double *r, size_t m) {
  double sum = 0;
  for (size_t t = 0; t < m; t++)
    sum += r[t] * r[t];
  return isfinite (sum) ? sum : HUGE_VAL;
}

/* Derivatives of the residuals, then their products. columns[n][m]. */
static void
set_normal (RaiResiduals residuals, void *data, size_t n, size_t m, double *x, const double *at,
            double *columns, Normal *normal) {
  for (size_t i = 0; i < n; i++) {
    double kept = x[i], *column = columns + i * m;
    x[i] += DIFFERENCE;
    residuals (x, column, data);
    x[i] = kept;
    normal->slope[i] = 0;
    for (size_t t = 0; t < m; t++) {
      column[t] = (column[t] - at[t]) / DIFFERENCE;
      normal->slope[i] += column[t] * at[t];
    }
    for (size_t j = 0; j <= i; j++) {
      const double *other = columns + j * m;
      double sum = 0;
      for (size_t t = 0; t < m; t++)
        sum += column[t] * other[t];
      normal->gram[i][j] = normal->gram[j][i] = sum;
    }
  }
}

/* Cholesky of gram + damping on its diagonal; false when that is not positive. */
static bool
solve (const Normal *normal, size_t n, double damping, double *step) {
  double factor[RAI_LEAST_SQUARES_MAX][RAI_LEAST_SQUARES_MAX] = { 0 };
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j <= i; j++) {
      double sum = normal->gram[i][j] + (i == j ? damping * (normal->gram[i][i] + 1e-12) : 0);
      for (size_t k = 0; k < j; k++)
        sum -= factor[i][k] * factor[j][k];
      if (i == j && !(sum > 0))
        return false;
      factor[i][j] = i == j ? sqrt (sum) : sum / factor[j][j];
    }

  for (size_t i = 0; i < n; i++) {
    step[i] = -normal->slope[i];
    for (size_t k = 0; k < i; k++)
      step[i] -= factor[i][k] * step[k];
    step[i] /= factor[i][i];
  }

  for (size_t i = n; i-- > 0;) {
    for (size_t k = i + 1; k < n; k++)
      step[i] -= factor[k][i] * step[k];
    step[i] /= factor[i][i];
  }

  return true;
}

double
rai_least_squares (RaiResiduals residuals, void *data, size_t n, size_t m, double *x, int rounds,
                   double *work) {
  g_return_val_if_fail (n <= RAI_LEAST_SQUARES_MAX, HUGE_VAL);
  double *at = work, *next = work + m, *columns = work + 2 * m, damping = DAMPING_FIRST;
  residuals (x, at, data);

  double value = sum_squares (at, m);
  if (n == 0 || !isfinite (value))
    return value;
  for (int round = 0; round < rounds; round++) {
    Normal normal;
    double step[RAI_LEAST_SQUARES_MAX], tried[RAI_LEAST_SQUARES_MAX], least = HUGE_VAL;
    set_normal (residuals, data, n, m, x, at, columns, &normal);
    for (; damping < DAMPING_MAX; damping *= 8) {
      if (!solve (&normal, n, damping, step))
        continue;
      for (size_t i = 0; i < n; i++)
        tried[i] = x[i] + step[i];
      residuals (tried, next, data);
      least = sum_squares (next, m);
      if (least < value)
        break;
    }
    if (!(least < value))
      break;
    double gained = value - least;
    value = least;
    damping = MAX (damping / 8, 1e-9);
    memcpy (x, tried, n * sizeof *x);
    memcpy (at, next, m * sizeof *at);
    if (gained < TOLERANCE * value)
      break;
  }

  return value;
}
