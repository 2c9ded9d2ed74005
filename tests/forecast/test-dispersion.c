/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-dispersion.h"

#include <math.h>

#define SERIES 40
#define STEPS 400
#define ERRORS 84
#define MEAN 4.0

/* Negative binomial draws of which the odd series vary five times as much as the even ones. */
static double
dispersion_of (size_t i) {
  return i % 2 ? 4 : 0.8;
}

static double
draw (GRand *random, double mean, double dispersion) {
  double levels = g_rand_double (random), own = pow (1 + dispersion, -mean / dispersion), sum = own,
         count = 0;
  while (sum < levels && count < 1000) {
    own *= (count + mean / dispersion) / (count + 1) * dispersion / (1 + dispersion);
    sum += own;
    count++;
  }
  return count;
}

typedef struct {
  RaiPanel *panel;
  RaiHistory *history;
  GArray *errors;
} Drawn;

static Drawn
draw_all (void) {
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  Drawn drawn = { rai_panel_new (RAI_STEP_DAY, 20000, 28), NULL,
                  g_array_new (FALSE, FALSE, sizeof (RaiBacktestError)) };

  for (size_t i = 0; i < SERIES; i++) {
    g_autofree char *item = g_strdup_printf ("item %zu", i);
    double *sales = rai_panel_observations (
        drawn.panel, rai_panel_add_series (drawn.panel, "shop", item, STEPS));
    for (size_t t = 0; t < STEPS; t++)
      sales[t] = draw (random, MEAN, dispersion_of (i));
    for (size_t t = STEPS - ERRORS; t < STEPS; t++) {
      RaiBacktestError error = { .mean = (float) MEAN,
                                 .error = (float) (sales[t] - MEAN),
                                 .series = (uint32_t) i };
      g_array_append_val (drawn.errors, error);
    }
  }

  drawn.history = rai_history_new (drawn.panel, 1);
  return drawn;
}

static void
drawn_clear (Drawn *drawn) {
  rai_history_free (drawn->history);
  rai_panel_free (drawn->panel);
  g_array_unref (drawn->errors);
}

static double
mean_dispersion (const float *dispersion, size_t first) {
  double sum = 0;
  for (size_t i = first; i < SERIES; i += 2)
    sum += 2.0 / SERIES * (double) dispersion[i];
  return sum;
}

/* What the sales were drawn with comes back for calm series, and most of it for wild ones: the
 * limit on freaks takes some of their long tail. */
static void
test_known (void) {
  Drawn drawn = draw_all ();
  float dispersion[SERIES];
  rai_dispersion_learn (drawn.history, (RaiBacktestError *) (void *) drawn.errors->data,
                        drawn.errors->len, dispersion);
  g_assert_cmpfloat_with_epsilon (mean_dispersion (dispersion, 0), dispersion_of (0), 0.3);
  g_assert_cmpfloat (mean_dispersion (dispersion, 1), >, 0.55 * dispersion_of (1));
  g_assert_cmpfloat (mean_dispersion (dispersion, 1), <, 1.1 * dispersion_of (1));
  drawn_clear (&drawn);
}

/* One freak error moves its series little, and no other. */
static void
test_freak (void) {
  Drawn drawn = draw_all ();
  float before[SERIES], after[SERIES];
  RaiBacktestError *errors = (RaiBacktestError *) (void *) drawn.errors->data;

  rai_dispersion_learn (drawn.history, errors, drawn.errors->len, before);
  errors[10].error = 500;
  rai_dispersion_learn (drawn.history, errors, drawn.errors->len, after);
  g_assert_cmpfloat ((double) after[0], <, 1.5 * (double) before[0]);

  for (size_t i = 1; i < SERIES; i++)
    g_assert_cmpfloat_with_epsilon ((double) after[i], (double) before[i],
                                    0.05 * (double) before[i]);

  drawn_clear (&drawn);
}

/* Nothing to look back on is no reason not to answer. */
static void
test_nothing (void) {
  Drawn drawn = draw_all ();
  float dispersion[SERIES];
  rai_dispersion_learn (drawn.history, NULL, 0, dispersion);
  for (size_t i = 0; i < SERIES; i++)
    g_assert_true (isfinite ((double) dispersion[i]) && dispersion[i] > 0);
  drawn_clear (&drawn);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dispersion/known", test_known);
  g_test_add_func ("/dispersion/freak", test_freak);
  g_test_add_func ("/dispersion/nothing", test_nothing);
  return g_test_run ();
}
