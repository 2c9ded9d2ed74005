/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-tally.h"

static void
sums_in_order (void) {
  g_autoptr (RaiTally) tally = rai_tally_new ();
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < 30000; i++) {
      const int key = (i * 7919) % 10000; /* each key three times, in no order */
      rai_tally_row (tally, 1 + key % 3, key % 100, key / 300)->quantity += key;
    }
    size_t n_rows = 0;
    int64_t sum = 0;
    const RaiTallyRow *rows = rai_tally_sort (tally, &n_rows);
    for (size_t i = 0; i < n_rows; i++) {
      sum += rows[i].quantity;
      if (i == 0 || rows[i].site_id > rows[i - 1].site_id)
        continue;
      g_assert_cmpint (rows[i].site_id, ==, rows[i - 1].site_id);
      g_assert_true (rows[i].node_id > rows[i - 1].node_id ||
                     (rows[i].node_id == rows[i - 1].node_id && rows[i].day > rows[i - 1].day));
    }
    g_assert_cmpint (sum, ==, INT64_C (3) * 9999 * 10000 / 2);
    rai_tally_clear (tally);
  }
}

/* Looking makes no row. */
static void
finds (void) {
  g_autoptr (RaiTally) tally = rai_tally_new ();
  size_t n_rows = 0;
  rai_tally_row (tally, 1, 2, 3)->quantity = 5;
  g_assert_cmpint (rai_tally_find (tally, 1, 2, 3)->quantity, ==, 5);
  g_assert_null (rai_tally_find (tally, 1, 2, 4));
  g_assert_null (rai_tally_find (tally, 2, 2, 3));
  rai_tally_sort (tally, &n_rows);
  g_assert_cmpuint (n_rows, ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/tally/sums-in-order", sums_in_order);
  g_test_add_func ("/db/tally/finds", finds);
  return g_test_run ();
}
