/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-keys.h"

typedef struct {
  uint64_t keys;
  int64_t values;
} Sums;

static bool
sum_up (uint64_t key, int64_t value, void *data) {
  Sums *sums = data;
  sums->keys += key;
  sums->values += value;
  return true;
}

static bool
stop (uint64_t key, int64_t value, void *data) {
  ++*(int *) data;
  return false;
}

static void
test_many (void) {
  g_autoptr (RaiImportKeys) keys = rai_import_keys_new ();
  bool added;
  uint64_t expected = 0;

  for (uint64_t i = 1; i <= 50000; i++) {
    *rai_import_keys_at (keys, i << 24, &added) = (int64_t) i;
    g_assert_true (added);
    expected += i << 24;
  }

  for (uint64_t i = 1; i <= 50000; i++) {
    g_assert_cmpint (*rai_import_keys_at (keys, i << 24, &added), ==, (int64_t) i);
    g_assert_false (added);
  }

  int64_t value = 0;
  g_assert_true (rai_import_keys_find (keys, UINT64_C (77) << 24, &value));
  g_assert_cmpint (value, ==, 77);
  g_assert_false (rai_import_keys_find (keys, 77, &value));

  Sums sums = { 0 };
  g_assert_true (rai_import_keys_visit (keys, sum_up, &sums));
  g_assert_cmpuint (sums.keys, ==, expected);
  g_assert_cmpint (sums.values, ==, 50000 * INT64_C (50001) / 2);

  int visited = 0;
  g_assert_false (rai_import_keys_visit (keys, stop, &visited));
  g_assert_cmpint (visited, ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-keys/many", test_many);
  return g_test_run ();
}
