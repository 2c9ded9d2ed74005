/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-mint.h"

#include "util/rai-gsl.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

/* Added to the diagonal of the system, as a share of its mean: nodes that never erred. */
#define JITTER 1e-9
/* A gap of more than so many times its usual size is no error like the past ones: it counts as no
 * more, or it would be spread over all that erred a little with it. */
#define GAP_MAX 3

/* With C = [I, -A] (a node less its series), W = shrinkage D + (1 - shrinkage) E'E / n:
 * reconciled = forecast - W C' (C W C')^-1 C forecast. */
struct _RaiMint {
  const RaiHierarchy *hierarchy;
  const float *series_errors, *node_errors;
  size_t n_errors;
  double shrinkage;
  double *series_variance; /* [n_series] */
  double *node_variance;   /* [n_nodes] */
  double *gaps;            /* [n_errors][n_nodes]: C times the errors of a step */
  double *reach;           /* [n_nodes]: a gap's usual size, GAP_MAX times */
  gsl_matrix *factor;      /* Cholesky factor of C W C' */
};

/* Sums over all pairs of series and nodes, told from sums over each alone. */
typedef struct {
  double *outer;   /* [n_errors][n_errors]: products of the standardised errors of two steps */
  double quartics; /* of standardised errors */
  double squares;  /* of mean squares: of what the pairs of one with itself add */
  size_t n;
} Pairs;

static void
add_to_pairs (Pairs *pairs, const float *errors, size_t n_errors, double variance) {
  if (!(variance > 0))
    return;

  double scale = 1 / sqrt (variance);
  for (size_t s = 0; s < n_errors; s++) {
    double own = (double) errors[s] * scale, square = own * own;
    pairs->quartics += square * square;
    for (size_t t = 0; t <= s; t++)
      pairs->outer[s * n_errors + t] += own * (double) errors[t] * scale;
  }

  pairs->n++;
}

/* Share of the diagonal: the variances of the correlations over their squares. */
static double
find_shrinkage (const RaiMint *mint) {
  size_t n = mint->n_errors;
  g_autofree double *outer = g_new0 (double, n *n);
  Pairs pairs = { .outer = outer };
  for (size_t i = 0; i < mint->hierarchy->n_series; i++)
    add_to_pairs (&pairs, mint->series_errors + i * n, n, mint->series_variance[i]);
  for (size_t g = 0; g < mint->hierarchy->n_nodes; g++)
    add_to_pairs (&pairs, mint->node_errors + g * n, n, mint->node_variance[g]);

  double all = 0, steps = 0, count = (double) n, own = (double) pairs.n; /* mean squares are 1 */
  for (size_t s = 0; s < n; s++) {
    steps += outer[s * n + s] * outer[s * n + s];
    for (size_t t = 0; t <= s; t++)
      all += (t < s ? 2 : 1) * outer[s * n + t] * outer[s * n + t];
  }

  all /= count * count; /* the sum of all squared correlations */
  double variances = steps - count * all - (pairs.quartics - count * own);
  double squares = all - own;

  if (!(squares > 0))
    return 1;
  return CLAMP (variances * count / pow (count - 1, 3) / squares, 0, 1);
}

static double
mean_square (const float *errors, size_t n) {
  double sum = 0;
  for (size_t t = 0; t < n; t++)
    sum += (double) errors[t] * (double) errors[t];
  return sum / (double) n;
}

static void
find_gaps (RaiMint *mint) {
  size_t n = mint->n_errors, n_nodes = mint->hierarchy->n_nodes;
  for (size_t g = 0; g < n_nodes; g++)
    for (size_t t = 0; t < n; t++)
      mint->gaps[t * n_nodes + g] = (double) mint->node_errors[g * n + t];

  for (size_t i = 0; i < mint->hierarchy->n_series; i++)
    for (size_t k = 0; k < mint->hierarchy->n_levels; k++)
      for (size_t t = 0; t < n; t++)
        mint->gaps[t * n_nodes + mint->hierarchy->levels[k].node[i]] -=
            (double) mint->series_errors[i * n + t];
}

/* The lower triangle of C W C'. */
static void
fill_system (RaiMint *mint) {
  const RaiHierarchy *hierarchy = mint->hierarchy;
  size_t n_nodes = hierarchy->n_nodes;
  gsl_matrix_view gaps = gsl_matrix_view_array (mint->gaps, mint->n_errors, n_nodes);
  gsl_blas_dsyrk (CblasLower, CblasTrans, (1 - mint->shrinkage) / (double) mint->n_errors,
                  &gaps.matrix, 0, mint->factor);
  for (size_t g = 0; g < n_nodes; g++)
    *gsl_matrix_ptr (mint->factor, g, g) += mint->shrinkage * mint->node_variance[g];
  for (size_t i = 0; i < hierarchy->n_series; i++)
    for (size_t a = 0; a < hierarchy->n_levels; a++)
      for (size_t b = 0; b <= a; b++)
        *gsl_matrix_ptr (mint->factor, hierarchy->levels[a].node[i],
                         hierarchy->levels[b].node[i]) +=
            mint->shrinkage * mint->series_variance[i];

  double trace = 0;
  for (size_t g = 0; g < n_nodes; g++)
    trace += gsl_matrix_get (mint->factor, g, g);
  for (size_t g = 0; g < n_nodes; g++)
    mint->reach[g] = GAP_MAX * sqrt (*gsl_matrix_ptr (mint->factor, g, g) +=
                                     JITTER * trace / (double) n_nodes + 1e-12);
}

RaiMint *
rai_mint_new (const RaiHierarchy *hierarchy, const float *series_errors, const float *node_errors,
              size_t n_errors) {
  g_return_val_if_fail (n_errors >= 2 && hierarchy->n_nodes > 0, NULL);
  g_autoptr (RaiMint) mint = g_new0 (RaiMint, 1);
  mint->hierarchy = hierarchy;
  mint->series_errors = series_errors;
  mint->node_errors = node_errors;
  mint->n_errors = n_errors;
  mint->series_variance = g_new (double, hierarchy->n_series + 1);
  mint->node_variance = g_new (double, hierarchy->n_nodes);
  mint->gaps = g_new (double, n_errors * hierarchy->n_nodes);
  mint->reach = g_new (double, hierarchy->n_nodes);
  mint->factor = gsl_matrix_alloc (hierarchy->n_nodes, hierarchy->n_nodes);
  for (size_t i = 0; i < hierarchy->n_series; i++)
    mint->series_variance[i] = mean_square (series_errors + i * n_errors, n_errors);
  for (size_t g = 0; g < hierarchy->n_nodes; g++)
    mint->node_variance[g] = mean_square (node_errors + g * n_errors, n_errors);

  mint->shrinkage = find_shrinkage (mint);
  find_gaps (mint);
  fill_system (mint);
  rai_gsl_begin ();

  int status = gsl_linalg_cholesky_decomp1 (mint->factor);
  return status == GSL_SUCCESS ? g_steal_pointer (&mint) : NULL;
}

void
rai_mint_free (RaiMint *mint) {
  if (mint == NULL)
    return;
  g_free (mint->series_variance);
  g_free (mint->node_variance);
  g_free (mint->gaps);
  g_free (mint->reach);
  gsl_matrix_free (mint->factor);
  g_free (mint);
}

double
rai_mint_shrinkage (const RaiMint *mint) {
  return mint->shrinkage;
}

void
rai_mint_apply (const RaiMint *mint, double *series, const double *nodes) {
  const RaiHierarchy *hierarchy = mint->hierarchy;
  size_t n_nodes = hierarchy->n_nodes, n = mint->n_errors;
  g_autofree double *pull = g_new0 (double, n_nodes), *steps = g_new0 (double, n);

  rai_hierarchy_sum (hierarchy, series, pull);
  for (size_t g = 0; g < n_nodes; g++)
    pull[g] = CLAMP (nodes[g] - pull[g], -mint->reach[g], mint->reach[g]);
  gsl_vector_view view = gsl_vector_view_array (pull, n_nodes);
  gsl_linalg_cholesky_svx (mint->factor, &view.vector);

  for (size_t t = 0; t < n; t++) {
    for (size_t g = 0; g < n_nodes; g++)
      steps[t] += mint->gaps[t * n_nodes + g] * pull[g];
    steps[t] *= (1 - mint->shrinkage) / (double) n;
  }

  for (size_t i = 0; i < hierarchy->n_series; i++) {
    double moved = 0;
    for (size_t k = 0; k < hierarchy->n_levels; k++)
      moved += pull[hierarchy->levels[k].node[i]];
    moved *= mint->shrinkage * mint->series_variance[i];
    for (size_t t = 0; t < n; t++)
      moved -= (double) mint->series_errors[i * n + t] * steps[t];
    series[i] = MAX (0, series[i] + moved);
  }
}
