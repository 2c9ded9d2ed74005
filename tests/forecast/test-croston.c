/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-croston.h"

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
  g_test_add_func ("/croston/nothing", test_nothing);
  return g_test_run ();
}
