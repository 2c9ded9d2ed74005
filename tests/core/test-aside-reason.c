/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-aside-reason.h"

#include <glib.h>

/* Databases hold these. */
static void
stored (void) {
  static const char *const ids[] = { NULL, "future", "past", "day", "amount" };
  G_STATIC_ASSERT (G_N_ELEMENTS (ids) == RAI_N_ASIDE_REASONS);

  g_assert_null (rai_aside_reason_id (RAI_ASIDE_NONE));
  for (int i = RAI_ASIDE_NONE + 1; i < RAI_N_ASIDE_REASONS; i++) {
    RaiAsideReason reason = RAI_ASIDE_NONE;
    g_assert_cmpstr (rai_aside_reason_id ((RaiAsideReason) i), ==, ids[i]);
    g_assert_true (rai_aside_reason_parse (ids[i], &reason));
    g_assert_cmpint (reason, ==, i);
  }
}

static void
unknown (void) {
  RaiAsideReason reason = RAI_ASIDE_DAY;
  g_assert_false (rai_aside_reason_parse ("none", &reason));
  g_assert_false (rai_aside_reason_parse ("", &reason));
  g_assert_false (rai_aside_reason_parse (NULL, &reason));
  g_assert_cmpint (reason, ==, RAI_ASIDE_DAY);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/aside-reason/stored", stored);
  g_test_add_func ("/core/aside-reason/unknown", unknown);
  return g_test_run ();
}
