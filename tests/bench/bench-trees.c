/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure.h"
#include "forecast/trees/rai-boost.h"

#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef HAVE_XGBOOST
#include <xgboost/c_api.h>
#endif

/* bench-trees [--quick]: the processor time of 120 rounds of boosting with the Tweedie loss over 30
 * features, and how far the model is from what came on rows that were held back, with XGBoost's C
 * API beside ours where it was there when this was built (Debian's libxgboost-dev): the same rows,
 * shares of rows and features, rate, leaves, one thread each. Prints a line of JSON a figure. */

#define GROUP "forecast"
#define FEATURES 30
#define ROUNDS 120
#define HELD_BACK 100000
#define POWER 1.2f
#define RATE 0.1f
#define ROW_SHARE 0.7f
#define FEATURE_SHARE 0.5f
#define DEPTH 6 /* of XGBoost's trees: as many leaves as ours */
#define LEAVES 64
#define PAIRS_SMALL 5
#define EQUAL 0.001 /* what two models may differ by and still be called alike */

typedef struct {
  size_t n;
  float *features; /* [n][FEATURES] */
  float *sales;
} Rows;

typedef struct {
  double seconds; /* of the processor, from numbers to a trained model */
  double deviance;
} Result;

/* Counts of which the mean follows a level, a week, a price, a promotion and their product; the
 * other columns are noise, as most of a real table's are. */
static Rows
make_rows (size_t n, uint32_t seed) {
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  Rows rows = { n, g_new (float, n *FEATURES), g_new (float, n) };
  for (size_t i = 0; i < n; i++) {
    float *x = rows.features + i * FEATURES;
    for (size_t f = 0; f < FEATURES; f++)
      x[f] = (float) g_rand_double (random);
    x[1] = (float) g_rand_int_range (random, 0, 7);
    x[2] = g_rand_double (random) < 0.15;
    double level = exp (3 * (double) x[0] - 1.5), week = 1 + 0.4 * (x[1] >= 5);
    double price = pow (0.6 + (double) x[3], -1.5),
           promotion = 1 + (double) x[2] * (0.5 + (double) x[4]);
    double mean = level * week * price * promotion * (1 + 0.3 * sin (12 * (double) x[5]));
    double shape = 2, rate = 0; /* gamma of shape 2, then Poisson: a negative binomial */
    for (int k = 0; k < (int) shape; k++)
      rate -= log (1 - g_rand_double (random)) * mean / shape;
    double left = exp (-MIN (rate, 600)), count = 0;
    for (double p = g_rand_double (random); p > left; p *= g_rand_double (random))
      count++;
    rows.sales[i] = (float) count;
  }

  return rows;
}

static void
rows_clear (Rows *rows) {
  g_free (rows->features);
  g_free (rows->sales);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

static double
processor_seconds (void) {
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

/* Mean Tweedie deviance of means from what came (Jorgensen, The Theory of Dispersion Models, 1997,
 * chapter 4). */
static double
deviance (const Rows *rows, const float *means) {
  double p = (double) POWER, sum = 0;
  for (size_t i = 0; i < rows->n; i++) {
    double y = (double) rows->sales[i], m = MAX (1e-9, (double) means[i]);
    sum += 2 * (pow (y, 2 - p) / ((1 - p) * (2 - p)) - y * pow (m, 1 - p) / (1 - p) +
                pow (m, 2 - p) / (2 - p));
  }
  return sum / (double) rows->n;
}

static Result
train_ours (const Rows *train, const Rows *test) {
  RaiBoostOptions options = { .loss = RAI_LOSS_TWEEDIE,
                              .power = POWER,
                              .rounds = ROUNDS,
                              .leaves = LEAVES,
                              .rate = RATE,
                              .feature_share = FEATURE_SHARE,
                              .row_share = ROW_SHARE,
                              .lambda = 1,
                              .min_rows = 10,
                              .seed = 1 };
  double begun = processor_seconds (), mean = 0;
  size_t sample = MIN (train->n, 20000);

  g_autoptr (RaiBins) bins = rai_bins_new (train->features, sample, FEATURES);
  g_autofree uint8_t *codes = g_malloc (train->n * FEATURES);
  g_autofree float *offset = g_new (float, train->n);

  for (size_t i = 0; i < train->n; i++) {
    rai_bins_code (bins, train->features + i * FEATURES, codes + i * FEATURES);
    mean += (double) train->sales[i] / (double) train->n;
  }

  for (size_t i = 0; i < train->n; i++)
    offset[i] = (float) log (mean);
  g_autoptr (RaiBoost) boost =
      rai_boost_train (codes, train->n, FEATURES, train->sales, NULL, offset, &options);
  Result result = { processor_seconds () - begun, 0 };

  g_autofree float *means = g_new (float, test->n);
  for (size_t i = 0; i < test->n; i++) {
    uint8_t row[FEATURES];
    rai_bins_code (bins, test->features + i * FEATURES, row);
    means[i] = expf (rai_boost_margin (boost, row, offset[0]));
  }

  result.deviance = deviance (test, means);
  return result;
}

#ifdef HAVE_XGBOOST
static void
check (int status) {
  if (status != 0)
    g_error ("XGBoost: %s", XGBGetLastError ());
}

static DMatrixHandle
give (const Rows *rows) {
  DMatrixHandle matrix;
  check (XGDMatrixCreateFromMat (rows->features, rows->n, FEATURES, NAN, &matrix));
  check (XGDMatrixSetFloatInfo (matrix, "label", rows->sales, rows->n));
  return matrix;
}

static Result
train_theirs (const Rows *train, const Rows *test) {
  static const char *const settings[][2] = {
    { "objective", "reg:tweedie" },
    { "tweedie_variance_power", "1.2" },
    { "tree_method", "hist" },
    { "max_depth", G_STRINGIFY (DEPTH) },
    { "eta", "0.1" },
    { "subsample", "0.7" },
    { "colsample_bytree", "0.5" },
    { "min_child_weight", "10" },
    { "nthread", "1" },
    { "verbosity", "0" },
    { "seed", "1" },
  };
  double begun = processor_seconds ();

  DMatrixHandle matrix = give (train), held = give (test);
  BoosterHandle booster;
  check (XGBoosterCreate (&matrix, 1, &booster));
  for (size_t k = 0; k < G_N_ELEMENTS (settings); k++)
    check (XGBoosterSetParam (booster, settings[k][0], settings[k][1]));
  for (int round = 0; round < ROUNDS; round++)
    check (XGBoosterUpdateOneIter (booster, round, matrix));

  Result result = { processor_seconds () - begun, 0 };
  bst_ulong n;

  const float *means;
  check (XGBoosterPredict (booster, held, 0, 0, 0, &n, &means));
  result.deviance = deviance (test, means);
  check (XGBoosterFree (booster));
  check (XGDMatrixFree (matrix));
  check (XGDMatrixFree (held));

  return result;
}
#endif

static void
run (size_t n, size_t pairs, double target) {
  g_auto (Rows) train = make_rows (n, 1);
  g_auto (Rows) test = make_rows (HELD_BACK, 2);

  g_autofree double *times = g_new (double, 3 * pairs);
  double *theirs = times + pairs, *ratios = theirs + pairs;
  Result ours = { 0, 0 }, peer = { 0, 0 };

  bool beside = false;
  for (size_t k = 0; k < pairs; k++) {
    ours = train_ours (&train, &test);
    times[k] = ours.seconds;
#ifdef HAVE_XGBOOST
    peer = train_theirs (&train, &test);
    theirs[k] = peer.seconds;
    ratios[k] = ours.seconds / peer.seconds;
    beside = true;
#endif
  }

  g_autofree char *time =
      g_strdup_printf ("boosted trees, 120 Tweedie rounds x 30 features, %zu rows", n);
  g_autofree char *away =
      g_strdup_printf ("boosted trees, %zu rows, deviance on 100,000 others", n);
  double peer_time = beside ? figure_median (theirs, pairs) : 0;

  if (beside) {
    g_autofree char *ratio = g_strdup_printf ("boosted trees against XGBoost's time, %zu rows", n);
    figure_tell (GROUP, ratio, figure_median (ratios, pairs), "ratio", NULL, 0.5);
  }

  figure_tell (GROUP, time, figure_median (times, pairs), "s", beside ? &peer_time : NULL, target);
  figure_tell (GROUP, away, ours.deviance, "", beside ? &peer.deviance : NULL,
               peer.deviance * (1 + EQUAL));
}

int
main (int argc, char **argv) {
  bool quick = argc > 1 && g_str_equal (argv[1], "--quick");
  if (quick) {
    run (30000, 1, 0);
    return 0;
  }
  run (300000, PAIRS_SMALL, 3.7);
  run (2000000, 1, 25);
  return 0;
}
