/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-report.h"

#include <glib/gstdio.h>

typedef struct {
  char *folder;
  RaiSyncStore *files;
} Scene;

static void
set_up (Scene *scene, const void *data) {
  g_autoptr (GError) error = NULL;
  scene->folder = g_dir_make_tmp ("rai-sync-report-XXXXXX", &error);
  g_assert_no_error (error);
  scene->files = rai_sync_store_new (scene->folder, "http://shop", "mia");
}

static void
tear_down (Scene *scene, const void *data) {
  rai_sync_store_free (scene->files);
  g_rmdir (scene->folder);
  g_free (scene->folder);
}

/* Files that are not open yet: what is known of the network is told, and nothing is claimed. */
static void
test_nothing_there (Scene *scene, const void *data) {
  const RaiSyncStatus network = {
    .state = RAI_SYNC_OFFLINE, .has_replica = true, .revision = 9, .skew = 1200
  };
  RaiSyncReport *report = rai_sync_report_new (scene->files, &network, true);

  g_assert_cmpint (report->status->state, ==, RAI_SYNC_OFFLINE);
  g_assert_cmpint (report->status->skew, ==, 1200);
  g_assert_false (report->status->has_replica);
  g_assert_cmpint (report->status->revision, ==, 0);
  g_assert_cmpuint (report->status->waiting, ==, 0);
  g_assert_null (report->entries);
  g_assert_null (report->identity);
  g_assert_null (report->replica_url);
  g_assert_true (report->changed);

  rai_sync_report_free (report);
}

/* What the files remark is heard unless the network has something to say. */
static void
test_message (Scene *scene, const void *data) {
  scene->files->remark = g_strdup ("damaged");
  RaiSyncStatus network = { .state = RAI_SYNC_ONLINE };
  RaiSyncReport *remark = rai_sync_report_new (scene->files, &network, false);
  g_assert_cmpstr (remark->status->message, ==, "damaged");
  rai_sync_report_free (remark);

  g_autofree char *message = g_strdup ("no route");
  network.message = message;
  RaiSyncReport *report = rai_sync_report_new (scene->files, &network, false);
  g_assert_cmpstr (report->status->message, ==, "no route");
  rai_sync_report_free (report);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/report/nothing-there", Scene, NULL, set_up, test_nothing_there, tear_down);
  g_test_add ("/sync/report/message", Scene, NULL, set_up, test_message, tear_down);
  return g_test_run ();
}
