/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-mint.h"

#include "fixture.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <string.h>

#define ITEMS 3
#define SERIES (2 * ITEMS)
#define NODES (1 + 2 + ITEMS)
#define ALL (NODES + SERIES)
#define ERRORS 9

typedef struct {
  RaiPanel *panel;
  RaiHierarchy *hierarchy;
  float series[SERIES * ERRORS], nodes[NODES * ERRORS];
} Fixture;

/* Errors that the series of a site share, and some of their own; nodes err a little. */
static void
set_up (Fixture *fixture, const void *data) {
  uint32_t state = 5;
  fixture->panel = fixture_panel (ITEMS, 30);
  fixture->hierarchy = rai_hierarchy_new (fixture->panel, 100);
  g_assert_cmpuint (fixture->hierarchy->n_levels, ==, 3);
  g_assert_cmpuint (fixture->hierarchy->n_nodes, ==, NODES);

  for (size_t t = 0; t < ERRORS; t++) {
    double common[2] = { fixture_random (&state) - 0.4, fixture_random (&state) - 0.6 };
    for (size_t i = 0; i < SERIES; i++)
      fixture->series[i * ERRORS + t] =
          (float) (common[i / ITEMS] * (double) (i + 1) + fixture_random (&state) - 0.5);
    for (size_t g = 0; g < NODES; g++)
      fixture->nodes[g * ERRORS + t] = (float) (2 * fixture_random (&state) - 1);
  }
}

static void
tear_down (Fixture *fixture, const void *data) {
  rai_hierarchy_free (fixture->hierarchy);
  rai_panel_free (fixture->panel);
}

/* The levels add up as sites and items do. */
static void
test_levels (Fixture *fixture, const void *data) {
  double values[SERIES] = { 1, 2, 4, 8, 16, 32 }, sums[NODES] = { 0 };
  rai_hierarchy_sum (fixture->hierarchy, values, sums);
  const double expected[NODES] = { 63, 7, 56, 9, 18, 36 };
  for (size_t g = 0; g < NODES; g++)
    g_assert_cmpfloat (sums[g], ==, expected[g]);
  g_autoptr (RaiHierarchy) small = rai_hierarchy_new (fixture->panel, 3);
  g_assert_cmpuint (small->n_levels, ==, 2); /* no room for items */
}

/* (S' W^-1 S)^-1 S' W^-1 forecasts, as the paper writes it, with everything written out. */
static void
solve_dense (const Fixture *fixture, double shrinkage, const double *forecasts,
             double *reconciled) {
  gsl_matrix *w = gsl_matrix_calloc (ALL, ALL), *s = gsl_matrix_calloc (ALL, SERIES);
  gsl_matrix *ws = gsl_matrix_calloc (ALL, SERIES), *sws = gsl_matrix_calloc (SERIES, SERIES);
  gsl_vector *right = gsl_vector_calloc (SERIES);

  const float *rows[ALL];
  for (size_t a = 0; a < ALL; a++)
    rows[a] = a < NODES ? fixture->nodes + a * ERRORS : fixture->series + (a - NODES) * ERRORS;
  for (size_t a = 0; a < ALL; a++)
    for (size_t b = 0; b < ALL; b++) {
      double sum = 0;
      for (size_t t = 0; t < ERRORS; t++)
        sum += (double) rows[a][t] * (double) rows[b][t] / ERRORS;
      gsl_matrix_set (w, a, b, a == b ? sum : (1 - shrinkage) * sum);
    }

  for (size_t i = 0; i < SERIES; i++) {
    gsl_matrix_set (s, NODES + i, i, 1);
    for (size_t k = 0; k < fixture->hierarchy->n_levels; k++)
      gsl_matrix_set (s, fixture->hierarchy->levels[k].node[i], i, 1);
  }

  gsl_linalg_cholesky_decomp1 (w);
  gsl_linalg_cholesky_invert (w);
  gsl_blas_dgemm (CblasNoTrans, CblasNoTrans, 1, w, s, 0, ws);
  gsl_blas_dgemm (CblasTrans, CblasNoTrans, 1, s, ws, 0, sws);
  gsl_vector_const_view view = gsl_vector_const_view_array (forecasts, ALL);
  gsl_blas_dgemv (CblasTrans, 1, ws, &view.vector, 0, right);
  gsl_linalg_cholesky_decomp1 (sws);
  gsl_linalg_cholesky_svx (sws, right);
  for (size_t i = 0; i < SERIES; i++)
    reconciled[i] = gsl_vector_get (right, i);

  gsl_matrix_free (w);
  gsl_matrix_free (s);
  gsl_matrix_free (ws);
  gsl_matrix_free (sws);
  gsl_vector_free (right);
}

static void
test_dense (Fixture *fixture, const void *data) {
  g_autoptr (RaiMint) mint =
      rai_mint_new (fixture->hierarchy, fixture->series, fixture->nodes, ERRORS);

  double shrinkage = rai_mint_shrinkage (mint);
  g_assert_cmpfloat (shrinkage, >, 0);
  g_assert_cmpfloat (shrinkage, <, 1);

  double forecasts[ALL] = { 60, 20.5, 38.5, 16.2, 19.5, 23.5, 5, 7, 9, 11, 13, 14 },
         expected[SERIES], series[SERIES];
  solve_dense (fixture, shrinkage, forecasts, expected);
  memcpy (series, forecasts + NODES, sizeof series);
  rai_mint_apply (mint, series, forecasts);
  for (size_t i = 0; i < SERIES; i++)
    g_assert_cmpfloat_with_epsilon (series[i], expected[i], 1e-6);
}

/* The shrinkage as the paper writes it, pair by pair. */
static void
test_shrinkage (Fixture *fixture, const void *data) {
  double x[ALL][ERRORS], variances = 0, squares = 0;
  for (size_t a = 0; a < ALL; a++) {
    const float *row =
        a < NODES ? fixture->nodes + a * ERRORS : fixture->series + (a - NODES) * ERRORS;
    double sum = 0;
    for (size_t t = 0; t < ERRORS; t++)
      sum += (double) row[t] * (double) row[t] / ERRORS;
    for (size_t t = 0; t < ERRORS; t++)
      x[a][t] = (double) row[t] / sqrt (sum);
  }

  for (size_t a = 0; a < ALL; a++)
    for (size_t b = 0; b < ALL; b++) {
      double mean = 0, spread = 0;
      for (size_t t = 0; t < ERRORS; t++)
        mean += x[a][t] * x[b][t] / ERRORS;
      for (size_t t = 0; t < ERRORS; t++)
        spread += pow (x[a][t] * x[b][t] - mean, 2);
      variances += a == b ? 0 : spread * ERRORS / pow (ERRORS - 1, 3);
      squares += a == b ? 0 : mean * mean;
    }

  g_autoptr (RaiMint) mint =
      rai_mint_new (fixture->hierarchy, fixture->series, fixture->nodes, ERRORS);
  g_assert_cmpfloat_with_epsilon (rai_mint_shrinkage (mint), variances / squares, 1e-9);
}

/* A gap that no past error comes near moves the others no further than a large one. */
static void
test_freak (Fixture *fixture, const void *data) {
  g_autoptr (RaiMint) mint =
      rai_mint_new (fixture->hierarchy, fixture->series, fixture->nodes, ERRORS);
  double nodes[NODES] = { 59, 21, 1e6, 16, 20, 23 }, series[SERIES] = { 5, 7, 9, 11, 13, 14 };
  rai_mint_apply (mint, series, nodes);
  for (size_t i = 0; i < SERIES; i++)
    g_assert_cmpfloat (series[i], <, 40);
}

/* Zeros everywhere, and forecasts that want to go below them: finite, and not negative. */
static void
test_zeros (Fixture *fixture, const void *data) {
  memset (fixture->series, 0, sizeof fixture->series);
  memset (fixture->nodes, 0, sizeof fixture->nodes);
  g_autoptr (RaiMint) still =
      rai_mint_new (fixture->hierarchy, fixture->series, fixture->nodes, ERRORS);

  double series[SERIES] = { 0 }, nodes[NODES] = { 0 };
  rai_mint_apply (still, series, nodes);
  for (size_t i = 0; i < SERIES; i++)
    g_assert_cmpfloat (series[i], ==, 0);
  for (size_t t = 0; t < ERRORS; t++)
    fixture->series[t] = (float) t - 4;

  g_autoptr (RaiMint) mint =
      rai_mint_new (fixture->hierarchy, fixture->series, fixture->nodes, ERRORS);
  series[0] = 3;
  rai_mint_apply (mint, series, nodes);
  for (size_t i = 0; i < SERIES; i++)
    g_assert_true (isfinite (series[i]) && series[i] >= 0);

  g_assert_cmpfloat (series[0], <, 0.1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/mint/levels", Fixture, NULL, set_up, test_levels, tear_down);
  g_test_add ("/mint/dense", Fixture, NULL, set_up, test_dense, tear_down);
  g_test_add ("/mint/shrinkage", Fixture, NULL, set_up, test_shrinkage, tear_down);
  g_test_add ("/mint/freak", Fixture, NULL, set_up, test_freak, tear_down);
  g_test_add ("/mint/zeros", Fixture, NULL, set_up, test_zeros, tear_down);
  return g_test_run ();
}
