/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/trees/rai-boost.h"

#include "fixture.h"

#include <math.h>
#include <string.h>

#define ROWS 4000
#define FEATURES 5

typedef struct {
  float x[ROWS * FEATURES], y[ROWS];
  uint8_t codes[ROWS * FEATURES];
  RaiBins *bins;
} Problem;

/* y depends on a step of feature 0, a product of 1 and 2, and whether 3 is unknown; 4 is noise. */
static Problem *
make_problem (void) {
  Problem *p = g_new0 (Problem, 1);
  uint32_t state = 3;
  for (size_t i = 0; i < ROWS; i++) {
    float *x = p->x + i * FEATURES;
    for (size_t f = 0; f < FEATURES; f++)
      x[f] = (float) fixture_random (&state);
    if (x[3] < 0.2f)
      x[3] = NAN;
    p->y[i] = 1 + (x[0] > 0.5f ? 2.0f : 0.0f) + 2 * x[1] * x[2] + (isnan (x[3]) ? 1.0f : 0.0f);
  }

  p->bins = rai_bins_new (p->x, ROWS, FEATURES);
  for (size_t i = 0; i < ROWS; i++)
    rai_bins_code (p->bins, p->x + i * FEATURES, p->codes + i * FEATURES);

  return p;
}

static void
free_problem (Problem *p) {
  rai_bins_free (p->bins);
  g_free (p);
}

static const RaiBoostOptions usual = { .loss = RAI_LOSS_SQUARED,
                                       .power = 1.2f,
                                       .rounds = 100,
                                       .leaves = 16,
                                       .rate = 0.1f,
                                       .feature_share = 1,
                                       .row_share = 0.8f,
                                       .lambda = 1,
                                       .min_rows = 5,
                                       .seed = 1 };

static double
error_of (const Problem *p, const RaiBoost *boost, bool logs) {
  double sum = 0;
  for (size_t i = 0; i < ROWS; i++) {
    double value = (double) rai_boost_margin (boost, p->codes + i * FEATURES, 0);
    double e = (logs ? exp (value) : value) - (double) p->y[i];
    sum += e * e;
  }
  return sqrt (sum / ROWS);
}

static void
test_losses (void) {
  Problem *p = make_problem ();
  for (int loss = RAI_LOSS_SQUARED; loss <= RAI_LOSS_ABSOLUTE; loss++) {
    RaiBoostOptions options = usual;
    options.loss = (RaiLoss) loss;
    options.power = loss == RAI_LOSS_ABSOLUTE ? 0.5f : 1.2f;
    g_autoptr (RaiBoost) boost =
        rai_boost_train (p->codes, ROWS, FEATURES, p->y, NULL, NULL, &options);
    g_assert_cmpfloat (error_of (p, boost, loss == RAI_LOSS_TWEEDIE), <, 0.12);
  }

  RaiBoostOptions options = usual;
  options.forest = true;
  options.leaves = 200;
  g_autoptr (RaiBoost) forest =
      rai_boost_train (p->codes, ROWS, FEATURES, p->y, NULL, NULL, &options);
  g_assert_cmpfloat (error_of (p, forest, false), <, 0.25);
  free_problem (p);
}

/* Values add up to the margin, and noise gets next to nothing. */
static void
test_explain (void) {
  Problem *p = make_problem ();
  g_autoptr (RaiBoost) boost = rai_boost_train (p->codes, ROWS, FEATURES, p->y, NULL, NULL, &usual);

  double size[FEATURES] = { 0 }, expected = rai_boost_expected (boost);
  uint8_t groups[FEATURES];
  for (size_t f = 0; f < FEATURES; f++)
    groups[f] = (uint8_t) f;
  for (size_t i = 0; i < 200; i++) {
    double parts[RAI_SHAP_GROUPS] = { 0 }, sum = expected;
    rai_boost_explain (boost, p->codes + i * FEATURES, 1, groups, parts);
    for (size_t f = 0; f < FEATURES; f++) {
      sum += parts[f];
      size[f] += fabs (parts[f]);
    }
    g_assert_cmpfloat_with_epsilon (
        sum, (double) rai_boost_margin (boost, p->codes + i * FEATURES, 0), 1e-4);
  }

  g_assert_cmpfloat (size[4], <, 0.05 * size[0]);
  free_problem (p);
}

/* Offsets are where the margin starts: trees then learn only the rest. */
static void
test_offset (void) {
  Problem *p = make_problem ();
  g_autoptr (RaiBoost) boost = rai_boost_train (p->codes, ROWS, FEATURES, p->y, NULL, p->y, &usual);
  for (size_t i = 0; i < 100; i++)
    g_assert_cmpfloat_with_epsilon ((double) rai_boost_margin (boost, p->codes + i * FEATURES, 0),
                                    0, 1e-3);
  free_problem (p);
}

static void
test_bins (void) {
  float x[200], unknown = NAN;
  uint8_t code, last = 0;
  for (size_t i = 0; i < 200; i++)
    x[i] = (float) i;

  g_autoptr (RaiBins) bins = rai_bins_new (x, 200, 1);
  for (size_t i = 0; i < 200; i++) {
    rai_bins_code (bins, x + i, &code);
    g_assert_cmpuint (code, >=, last);
    last = code;
  }

  g_assert_cmpuint (last, <, RAI_BINS_MAX);
  g_assert_cmpuint (last, >, 50);
  rai_bins_code (bins, &unknown, &code);
  g_assert_cmpuint (code, ==, 0);
}

/* What is no number is not learned from, and nothing else comes out. */
static void
test_not_finite (void) {
  static const float odd[] = { NAN, INFINITY, -INFINITY, 3e38f };
  Problem *p = make_problem ();

  g_autofree float *weight = g_new (float, ROWS);
  for (size_t i = 0; i < ROWS; i++)
    weight[i] = 1;
  for (size_t i = 0; i < ROWS; i += 10)
    p->y[i] = odd[i / 10 % 3];

  weight[5] = NAN;
  weight[6] = -1;
  for (int loss = RAI_LOSS_SQUARED; loss <= RAI_LOSS_ABSOLUTE; loss++) {
    RaiBoostOptions options = usual;
    options.loss = (RaiLoss) loss;
    options.power = loss == RAI_LOSS_ABSOLUTE ? 0.5f : 1.2f;
    g_autoptr (RaiBoost) boost =
        rai_boost_train (p->codes, ROWS, FEATURES, p->y, weight, NULL, &options);
    for (size_t i = 0; i < ROWS; i++)
      g_assert_true (isfinite (rai_boost_margin (boost, p->codes + i * FEATURES, 0)));
    for (size_t i = 0; i < ROWS; i += 10)
      p->y[i] = NAN;
  }

  free_problem (p);
}

/* Along a feature held to rise the answer never falls, whatever the other features are: not where
 * the target rises with a dip, nor where it falls throughout. Along one that is free it does. */
static void
test_monotone (void) {
  Problem *p = make_problem ();
  for (size_t i = 0; i < ROWS; i++) {
    const float *x = p->x + i * FEATURES;
    p->y[i] = 3 + 2 * x[0] - (x[0] > 0.4f && x[0] < 0.6f ? 1.0f : 0.0f) - 2 * x[1] - 2 * x[2] +
              x[0] * x[2];
  }

  static const int8_t monotone[FEATURES] = { 1, 1, 0, 0, -1 };
  RaiBoostOptions options = usual;
  options.monotone = monotone;
  g_autoptr (RaiBoost) held =
      rai_boost_train (p->codes, ROWS, FEATURES, p->y, NULL, NULL, &options);
  g_autoptr (RaiBoost) free_one =
      rai_boost_train (p->codes, ROWS, FEATURES, p->y, NULL, NULL, &usual);

  bool fell[FEATURES] = { false };
  for (size_t i = 0; i < 300; i++)
    for (size_t f = 0; f < FEATURES; f++) {
      uint8_t row[FEATURES];
      memcpy (row, p->codes + i * FEATURES, sizeof row);
      float last = 0, last_free = 0;
      for (int code = 1; code < RAI_BINS_MAX; code++) {
        row[f] = (uint8_t) code;
        float answer = rai_boost_margin (held, row, 0), other = rai_boost_margin (free_one, row, 0);
        if (code > 1 && monotone[f] != 0)
          g_assert_cmpfloat ((float) monotone[f] * (answer - last), >=, -1e-6f);
        fell[f] = fell[f] || (code > 1 && other < last_free - 0.05f);
        last = answer;
        last_free = other;
      }
    }

  g_assert_true (fell[0] && fell[1] && fell[2]);
  free_problem (p);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/boost/losses", test_losses);
  g_test_add_func ("/boost/explain", test_explain);
  g_test_add_func ("/boost/not-finite", test_not_finite);
  g_test_add_func ("/boost/monotone", test_monotone);
  g_test_add_func ("/boost/offset", test_offset);
  g_test_add_func ("/boost/bins", test_bins);
  return g_test_run ();
}
