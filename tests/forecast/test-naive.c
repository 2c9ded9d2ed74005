/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-naive.h"

#include "competition.h"

static void
test_all (void) {
  double y[35], mean[10];
  for (size_t t = 0; t < 35; t++)
    y[t] = (double) (t / 7 * 10 + t % 7);
  competition_run (&rai_seasonal_naive, y, 35, 7, mean, 10);
  g_assert_cmpfloat (mean[0], ==, 40);
  g_assert_cmpfloat (mean[6], ==, 46);
  g_assert_cmpfloat (mean[8], ==, 41);
  competition_run (&rai_weekday_mean, y, 35, 7, mean, 10);
  g_assert_cmpfloat (mean[0], ==, 25);
  g_assert_cmpfloat (mean[9], ==, 27);
  competition_run (&rai_moving_average, y, 35, 7, mean, 10);
  g_assert_cmpfloat (mean[9], ==, 28);
  competition_run (&rai_seasonal_naive, y, 3, 7, mean, 10);
  g_assert_cmpfloat (mean[0], ==, 1); /* less than a week tells a level and no weekdays */
  g_assert_cmpfloat (mean[3], ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/naive/all", test_all);
  return g_test_run ();
}
