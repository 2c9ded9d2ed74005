/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-limits.h"

#define SECOND ((int64_t) G_USEC_PER_SEC)

static void
test_bucket (void) {
  g_autoptr (RaiLimits) limits = rai_limits_new ();
  int wait = 0;

  for (int i = 0; i < 5; i++)
    g_assert_true (rai_limits_take (limits, "a", 1, 0.5, 5, 0, &wait));
  g_assert_false (rai_limits_take (limits, "a", 1, 0.5, 5, 0, &wait));
  g_assert_cmpint (wait, ==, 2);
  g_assert_true (rai_limits_take (limits, "b", 1, 0.5, 5, 0, &wait));
  g_assert_false (rai_limits_take (limits, "a", 1, 0.5, 5, 1 * SECOND, &wait));
  g_assert_true (rai_limits_take (limits, "a", 1, 0.5, 5, 2 * SECOND, &wait));
  g_assert_false (rai_limits_take (limits, "a", 1, 0.5, 5, 2 * SECOND, &wait));
}

/* Asking costs nothing. */
static void
test_ask (void) {
  g_autoptr (RaiLimits) limits = rai_limits_new ();
  int wait = 0;

  for (int i = 0; i < 100; i++)
    g_assert_true (rai_limits_take (limits, "a", 0, 1, 2, 0, &wait));
  g_assert_true (rai_limits_take (limits, "a", 2, 1, 2, 0, &wait));
  g_assert_false (rai_limits_take (limits, "a", 0, 1, 2, 0, &wait));
}

/* Many names from one attacker do not fill the memory, and do not free a bucket that is empty as
 * long as there is
 * room. */
static void
test_bounded (void) {
  g_autoptr (RaiLimits) limits = rai_limits_new ();
  int wait = 0;

  g_assert_true (rai_limits_take (limits, "busy", 1, 0.001, 1, 0, &wait));
  for (int i = 0; i < 50000; i++) {
    g_autofree char *name = g_strdup_printf ("%d", i);
    g_assert_true (rai_limits_take (limits, name, 1, 1000, 1, i * SECOND / 1000, &wait));
  }
  g_assert_false (rai_limits_take (limits, "busy", 1, 0.001, 1, 60 * SECOND, &wait));
}

/* What is known only afterwards is a debt, up to one burst. */
static void
test_charge (void) {
  g_autoptr (RaiLimits) limits = rai_limits_new ();
  int wait = 0;

  g_assert_true (rai_limits_take (limits, "a", 1, 1, 10, 0, &wait));
  rai_limits_charge (limits, "a", 1000, 0);
  g_assert_false (rai_limits_take (limits, "a", 1, 1, 10, 0, &wait));
  g_assert_cmpint (wait, ==, 11);
  g_assert_true (rai_limits_take (limits, "a", 1, 1, 10, 11 * SECOND, &wait));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limits/bucket", test_bucket);
  g_test_add_func ("/limits/ask", test_ask);
  g_test_add_func ("/limits/bounded", test_bounded);
  g_test_add_func ("/limits/charge", test_charge);
  return g_test_run ();
}
