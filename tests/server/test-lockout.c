/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-lockout.h"

/* A stranger who is wrong again and again uses up what strangers have, and nothing else. */
static void
test_stranger (void) {
  g_autoptr (RaiLimits) limits = rai_limits_new ();
  g_autoptr (RaiLockout) lockout = rai_lockout_new (limits);
  const RaiTry stranger = { "mia", "198.51.100.7", NULL }, home = { "mia", "192.0.2.1", NULL },
               device = { "mia", "203.0.113.5", "abc" }, nobody = { "noah", "198.51.100.7", NULL };
  int wait = 0;

  rai_lockout_was_right (lockout, &home);
  for (int i = 0; i < 100; i++)
    rai_lockout_was_wrong (lockout, &stranger, 0);

  g_assert_false (rai_lockout_may (lockout, &stranger, 0, &wait));
  g_assert_cmpint (wait, >, 0);
  g_assert_true (rai_lockout_may (lockout, &home, 0, &wait));
  g_assert_true (rai_lockout_may (lockout, &device, 0, &wait));
  g_assert_true (rai_lockout_may (lockout, &nobody, 0, &wait));
}

/* They have a limit too: a stolen device is no oracle. */
static void
test_known (void) {
  g_autoptr (RaiLimits) limits = rai_limits_new ();
  g_autoptr (RaiLockout) lockout = rai_lockout_new (limits);
  const RaiTry device = { "mia", "203.0.113.5", "abc" }, other = { "mia", "203.0.113.5", "def" };
  int wait = 0;

  for (int i = 0; i < 100; i++)
    rai_lockout_was_wrong (lockout, &device, 0);
  g_assert_false (rai_lockout_may (lockout, &device, 0, &wait));
  g_assert_true (rai_lockout_may (lockout, &other, 0, &wait));
  g_assert_true (rai_lockout_may (lockout, &device, INT64_C (3600) * G_USEC_PER_SEC, &wait));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lockout/stranger", test_stranger);
  g_test_add_func ("/lockout/known", test_known);
  return g_test_run ();
}
