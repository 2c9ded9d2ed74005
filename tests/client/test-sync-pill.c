/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-sync-pill.h"

static void
check (RaiSyncStatus status, const char *expected) {
  g_autofree char *text = rai_sync_pill_text (&status, 1000000);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_text (void) {
  check ((RaiSyncStatus){ .state = RAI_SYNC_ONLINE, .last_sync = 1000000 - 130000 },
         "Synced 2 min ago");
  check ((RaiSyncStatus){ .state = RAI_SYNC_ONLINE, .last_sync = 1, .waiting = 3 }, "3 waiting");
  check ((RaiSyncStatus){ .state = RAI_SYNC_OFFLINE, .waiting = 3 }, "Offline, 3 waiting");
  check ((RaiSyncStatus){ .state = RAI_SYNC_OFFLINE }, "Offline");
  check ((RaiSyncStatus){ .state = RAI_SYNC_ONLINE, .attention = 1, .waiting = 2 },
         "Needs attention 1");
  check ((RaiSyncStatus){ .state = RAI_SYNC_SIGNED_OUT, .waiting = 2 }, "Sign in again");
  check ((RaiSyncStatus){ .state = RAI_SYNC_FIRST }, "Fetching data");
  check ((RaiSyncStatus){ .state = RAI_SYNC_FAILED }, "Not syncing");
  check ((RaiSyncStatus){ .state = RAI_SYNC_FAILED, .waiting = 2 }, "Not syncing, 2 waiting");
}

/* A clock that is wrong is said when nothing else is; a minute is nobody's business. */
static void
test_clock (void) {
  RaiSyncStatus status = { .state = RAI_SYNC_ONLINE,
                           .last_sync = 1000000 - 130000,
                           .skew = 5 * 60000 };

  check (status, "Clock 5\xc2\xa0min behind");
  status.skew = -status.skew;
  check (status, "Clock 5\xc2\xa0min ahead");
  status.waiting = 1;
  check (status, "1 waiting");
  status.waiting = 0;
  status.skew = 110000;
  check (status, "Synced 2 min ago");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/sync-pill/text", test_text);
  g_test_add_func ("/client/sync-pill/clock", test_clock);
  return g_test_run ();
}
