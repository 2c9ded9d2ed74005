/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-import-table.h"

#include "client/rai-application.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

static char *folder;

static RaiImportDraft *
open_draft (const char *name, const char *text) {
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  RaiImportDraft *draft = rai_import_draft_new (path);
  while (rai_import_draft_is_reading (draft))
    g_main_context_iteration (NULL, TRUE);
  g_unlink (path);

  return draft;
}

static GtkLabel *
find_label (GtkWidget *root, const char *text) {
  if (GTK_IS_LABEL (root) && strcmp (gtk_label_get_text (GTK_LABEL (root)), text) == 0)
    return GTK_LABEL (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkLabel *found = find_label (child, text);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
settle (void) {
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Wrong cells carry a sign and say what is wrong. */
static void
test_cells (void) {
  g_autoptr (RaiImportDraft) draft =
      open_draft ("till.csv", "item,name,price\nA1,Oat milk,many\nA2,Butter,2.00\n");
  g_autoptr (GtkWidget) table = g_object_ref_sink (g_object_new (RAI_TYPE_IMPORT_TABLE, NULL));

  rai_import_table_set_draft (RAI_IMPORT_TABLE (table), draft);
  settle ();
  g_assert_nonnull (find_label (table, "Butter"));
  g_assert_nonnull (find_label (table, "price"));
  GtkLabel *wrong = find_label (table, "⚠ many");
  g_assert_nonnull (wrong);
  g_assert_nonnull (gtk_widget_get_tooltip_text (GTK_WIDGET (wrong)));

  rai_import_table_set_draft (RAI_IMPORT_TABLE (table), NULL);
  g_assert_null (find_label (table, "Butter"));
}

/* Another file takes the place of the first, and a wide one is cut. */
static void
test_other (void) {
  g_autoptr (GString) wide = g_string_new ("item,name");
  for (int i = 0; i < 60; i++)
    g_string_append_printf (wide, ",more%d", i);
  g_string_append (wide, "\nA9,Wide");
  for (int i = 0; i < 60; i++)
    g_string_append_printf (wide, ",v%d", i);
  g_string_append_c (wide, '\n');

  g_autoptr (RaiImportDraft) first = open_draft ("a.csv", "item,name\nA1,Oat milk\n");
  g_autoptr (RaiImportDraft) second = open_draft ("b.csv", wide->str);
  g_autoptr (GtkWidget) table = g_object_ref_sink (g_object_new (RAI_TYPE_IMPORT_TABLE, NULL));

  rai_import_table_set_draft (RAI_IMPORT_TABLE (table), first);
  settle ();
  rai_import_table_set_draft (RAI_IMPORT_TABLE (table), second);
  settle ();
  g_assert_null (find_label (table, "Oat milk"));
  g_assert_nonnull (find_label (table, "Wide"));
  g_assert_nonnull (find_label (table, "more37"));
  g_assert_null (find_label (table, "more38"));
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  rai_application_register_resources ();
  folder = g_dir_make_tmp ("rai-import-table-XXXXXX", NULL);
  g_test_add_func ("/client/import-table/cells", test_cells);
  g_test_add_func ("/client/import-table/other", test_other);

  int status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);

  return status;
}
