/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-import-preview.h"

#include "client/rai-application.h"

#include <glib/gstdio.h>
#include <string.h>

#define TILL "site,receipt,time,item,quantity,amount\nS1,R1,2026-03-02 10:00,A1,2,3.00\n"

static AdwComboRow *
find_combo (GtkWidget *root, const char *title) {
  if (ADW_IS_COMBO_ROW (root) &&
      strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return ADW_COMBO_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    AdwComboRow *found = find_combo (child, title);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static const char *
selected (GtkWidget *root, const char *title) {
  AdwComboRow *row = find_combo (root, title);

  return gtk_string_object_get_string (adw_combo_row_get_selected_item (row));
}

static void
wait_for (RaiImportDraft *draft) {
  while (rai_import_draft_is_reading (draft))
    g_main_context_iteration (NULL, TRUE);
}

/* What was recognised is what the rows say; another choice goes to the draft, showing does not. */
static void
test_choices (void) {
  g_autofree char *folder = g_dir_make_tmp ("rai-import-preview-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "till.csv", NULL);
  g_autoptr (RaiSession) session = rai_session_new (folder);
  g_assert_true (g_file_set_contents (path, TILL, -1, NULL));

  g_autoptr (RaiImportDraft) draft = rai_import_draft_new (path);
  g_autoptr (RaiImportJob) job = rai_import_job_new (session);
  g_autoptr (GtkWidget) preview = g_object_ref_sink (g_object_new (RAI_TYPE_IMPORT_PREVIEW, NULL));
  wait_for (draft);
  rai_import_preview_show (RAI_IMPORT_PREVIEW (preview), draft, job, false);
  g_assert_cmpstr (selected (preview, "What it holds"), ==, "Sales, receipt by receipt");
  g_assert_cmpstr (selected (preview, "Columns are parted by"), ==, "Comma");
  g_assert_cmpstr (selected (preview, "Dates"), ==, "Year, month, day");
  g_assert_false (rai_import_draft_is_reading (draft));
  for (int i = 0; i < RAI_N_IMPORT_CHOICES; i++)
    g_assert_null (rai_import_draft_get_choice (draft, (RaiImportChoice) i));

  adw_combo_row_set_selected (find_combo (preview, "What it holds"), 4);
  g_assert_cmpstr (rai_import_draft_get_choice (draft, RAI_IMPORT_KIND), ==, "stock");
  wait_for (draft);
  g_assert_cmpstr (selected (preview, "What it holds"), ==, "Stock, as counted");
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  rai_application_register_resources ();
  g_test_add_func ("/client/import-preview/choices", test_choices);
  return g_test_run ();
}
