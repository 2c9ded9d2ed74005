/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-croston.h"

#include "competition.h"

/* Six every third step is two a step, whatever the rate; SBA takes rate / 2 off. */
static void
test_regular (void) {
  double y[60] = { 0 }, mean[3];
  for (size_t t = 2; t < 60; t += 3)
    y[t] = 6;
  competition_run (&rai_croston, y, 60, 7, mean, 3);
  g_assert_cmpfloat_with_epsilon (mean[0], 2, 1e-9);
  competition_run (&rai_sba, y, 60, 7, mean, 3);
  g_assert_cmpfloat (mean[0], <, 2);
  g_assert_cmpfloat (mean[0], >, 1.69);
  competition_run (&rai_adida, y, 60, 7, mean, 3);
  g_assert_cmpfloat_with_epsilon (mean[0], 2, 1e-9);
}

/* An item that stopped selling: Croston never notices, TSB forgets. */
static void
test_stopped (void) {
  double y[120] = { 0 }, croston[1], tsb[1];
  for (size_t t = 0; t < 60; t += 2)
    y[t] = 4;
  competition_run (&rai_croston, y, 120, 7, croston, 1);
  competition_run (&rai_tsb, y, 120, 7, tsb, 1);
  g_assert_cmpfloat (croston[0], >, 1.5);
  g_assert_cmpfloat (tsb[0], <, 0.5);
}

/* R 4.2, forecast 8.20: croston (z, h = 1, alpha = a)$mean for a in 0.03, 0.07, 0.15, 0.3: ours
 * picks one of the
 * rates. */
static void
test_reference (void) {
  static const double
      z[] = { 0, 2, 0, 0, 1, 0, 4, 0, 0, 0, 3, 0, 1, 0, 0, 2, 0, 5, 0, 0, 0, 0, 2, 1 },
      means[] = { 0.96259072, 0.92904405, 0.88930606, 0.84632319 },
      rates[] = { 0.03, 0.07, 0.15, 0.3 };
  double croston, sba;

  competition_run (&rai_croston, z, 24, 7, &croston, 1);
  competition_run (&rai_sba, z, 24, 7, &sba, 1);

  size_t k = 0;
  while (k < 4 && !G_APPROX_VALUE (croston, means[k], 1e-6))
    k++;
  g_assert_cmpuint (k, <, 4);
  g_assert_cmpfloat_with_epsilon (sba, means[k] * (1 - rates[k] / 2), 1e-6);
}

/* By hand at each rate a, from 0, 4, 0, 4: mean size 4 and chance 1/2, so size stays 4, and the
 * chance after four steps is 1/2 (1 - a)^4 + a (1 - a)^2 + a. Buckets of two hold 4 each: ADIDA
 * says 2. */
static void
test_by_hand (void) {
  static const double y[] = { 0, 4, 0, 4 }, rates[] = { 0.03, 0.07, 0.15, 0.3 };
  double tsb, adida;
  competition_run (&rai_tsb, y, 4, 1, &tsb, 1);
  competition_run (&rai_adida, y, 4, 1, &adida, 1);
  g_assert_cmpfloat_with_epsilon (adida, 2, 1e-12);

  size_t k = 0;
  for (double kept; k < 4; k++) {
    kept = 1 - rates[k];
    if (G_APPROX_VALUE (
            tsb, 4 * (0.5 * kept * kept * kept * kept + rates[k] * kept * kept + rates[k]), 1e-12))
      break;
  }

  g_assert_cmpuint (k, <, 4);
}

static void
test_nothing (void) {
  double y[10] = { 0 }, mean[2];
  competition_run (&rai_croston, y, 10, 7, mean, 2);
  g_assert_cmpfloat (mean[1], ==, 0);
  competition_run (&rai_tsb, y, 10, 7, mean, 2);
  competition_run (&rai_adida, y, 10, 7, mean, 2);
  g_assert_cmpfloat (mean[1], ==, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/croston/regular", test_regular);
  g_test_add_func ("/croston/stopped", test_stopped);
  g_test_add_func ("/croston/reference", test_reference);
  g_test_add_func ("/croston/by-hand", test_by_hand);
  g_test_add_func ("/croston/nothing", test_nothing);
  return g_test_run ();
}
