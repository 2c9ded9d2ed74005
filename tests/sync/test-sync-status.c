/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-status.h"

/* A copy holds all that the status holds, and a message of its own. */
static void
test_copy (void) {
  g_autofree char *message = g_strdup ("The disk is full");
  RaiSyncStatus status = {
    .state = RAI_SYNC_FAILED, .has_replica = true, .revision = 7, .waiting = 2, .message = message
  };
  g_autoptr (RaiSyncStatus) copy = rai_sync_status_copy (&status);
  message[0] = '?';

  g_assert_cmpint (copy->state, ==, RAI_SYNC_FAILED);
  g_assert_true (copy->has_replica);
  g_assert_cmpint (copy->revision, ==, 7);
  g_assert_cmpuint (copy->waiting, ==, 2);
  g_assert_cmpstr (copy->message, ==, "The disk is full");
}

static void
test_no_message (void) {
  const RaiSyncStatus status = { .state = RAI_SYNC_ONLINE };
  g_autoptr (RaiSyncStatus) copy = rai_sync_status_copy (&status);
  g_assert_null (copy->message);
  rai_sync_status_free (NULL);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/status/copy", test_copy);
  g_test_add_func ("/sync/status/no-message", test_no_message);
  return g_test_run ();
}
