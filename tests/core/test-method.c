/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-method.h"

#include <glib.h>

/* Each method, and none, has an id that finds it again and words of its own. */
static void
table (void) {
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);
  for (int i = 0; i <= RAI_METHOD_NONE; i++) {
    RaiMethod method = RAI_N_METHODS;
    if (rai_method_id ((RaiMethod) i) == NULL)
      g_error ("the method number %d of core/rai-method.h has no row in rai-method.c", i);
    g_assert_true (rai_method_find (rai_method_id ((RaiMethod) i), &method));
    g_assert_cmpint (method, ==, i);
    g_assert_nonnull (rai_method_words (method));
    g_assert_cmpstr (rai_method_words (method), !=, rai_method_id (method));
    g_hash_table_add (words, (char *) rai_method_words (method));
  }

  /* "ses" and "ets" are both exponential smoothing to a shop. */
  g_assert_cmpuint (g_hash_table_size (words), ==, RAI_METHOD_NONE);
}

static void
unknown (void) {
  RaiMethod method = RAI_METHOD_RIDGE;
  g_assert_false (rai_method_find (RAI_METHOD_AUTO_ID, &method));
  g_assert_false (rai_method_find (NULL, &method));
  g_assert_cmpint (method, ==, RAI_METHOD_RIDGE);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/method/table", table);
  g_test_add_func ("/core/method/unknown", unknown);
  return g_test_run ();
}
