/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-sync-pill.h"

static void
check (RaiSyncStatus status, const char *expected) {
  g_autofree char *text = rai_sync_pill_text (&status, 1000000);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_text (void) {
  check ((RaiSyncStatus){ .state = RAI_SYNC_ONLINE, .last_sync = 1000000 - 130000 }, "Synced 2 min ago");
  check ((RaiSyncStatus){ .state = RAI_SYNC_ONLINE, .last_sync = 1, .waiting = 3 }, "3 waiting");
  check ((RaiSyncStatus){ .state = RAI_SYNC_OFFLINE, .waiting = 3 }, "Offline, 3 waiting");
  check ((RaiSyncStatus){ .state = RAI_SYNC_OFFLINE }, "Offline");
  check ((RaiSyncStatus){ .state = RAI_SYNC_ONLINE, .attention = 1, .waiting = 2 }, "Needs attention 1");
  check ((RaiSyncStatus){ .state = RAI_SYNC_SIGNED_OUT, .waiting = 2 }, "Sign in again");
  check ((RaiSyncStatus){ .state = RAI_SYNC_FIRST }, "Fetching data");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/sync-pill/text", test_text);
  return g_test_run ();
}
