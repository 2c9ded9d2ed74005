/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-parallel.h"

static void
count_cb (size_t i, void *data) {
  ((int *) data)[i]++;
}

static void
test_each_once (void) {
  for (unsigned threads = 0; threads < 9; threads++) {
    int counts[1000] = { 0 };
    g_assert_true (rai_parallel (1000, threads, count_cb, counts, NULL, NULL));
    for (size_t i = 0; i < 1000; i++)
      g_assert_cmpint (counts[i], ==, 1);
  }

  g_assert_true (rai_parallel (0, 4, count_cb, NULL, NULL, NULL));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_assert_false (rai_parallel (10, 2, count_cb, NULL, cancellable, NULL));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parallel/each-once", test_each_once);
  return g_test_run ();
}
