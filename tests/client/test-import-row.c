/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-import-row.h"

#include "client/rai-application.h"

#include <glib/gstdio.h>
#include <string.h>

static void
count_cb (RaiImportRow *row, int *n) {
  (*n)++;
}

/* It says what the file is as soon as that is known. */
static void
test_row (void) {
  g_autofree char *folder = g_dir_make_tmp ("rai-import-row-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "items & more.csv", NULL);
  g_autoptr (RaiSession) session = rai_session_new (folder);
  int changed = 0;

  g_assert_true (g_file_set_contents (path, "item,name\nA1,Oat milk\n", -1, NULL));
  g_autoptr (RaiImportDraft) draft = rai_import_draft_new (path);
  g_autoptr (RaiImportJob) job = rai_import_job_new (session);
  g_autoptr (RaiImportRow) row = g_object_ref_sink (rai_import_row_new (draft, job));
  AdwActionRow *shown = ADW_ACTION_ROW (row);

  g_signal_connect (row, "changed", G_CALLBACK (count_cb), &changed);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==,
                   "items & more.csv");
  g_assert_cmpstr (adw_action_row_get_subtitle (shown), ==, "Being read…");
  while (rai_import_draft_is_reading (draft))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (changed, ==, 1);
  g_assert_cmpstr (adw_action_row_get_subtitle (shown), ==, "Items");
  rai_import_row_set_removable (row, false);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  rai_application_register_resources ();
  g_test_add_func ("/client/import-row/row", test_row);
  return g_test_run ();
}
