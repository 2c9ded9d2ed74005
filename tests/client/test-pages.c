/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/rai-pages.h"

#include "client/rai-application.h"
#include "client/rai-page.h"

#include <string.h>

/* Every page of the table is made, gets a session without an account, and goes without leaving
 * anything behind. */
static void
test_new_destroy (const void *data) {
  const RaiPageInfo *info = data;
  g_autoptr (RaiSession) session = rai_session_new ("/nonexistent");

  GtkWidget *window = gtk_window_new ();
  GtkWidget *page = g_object_new (info->get_type (), NULL);
  g_assert_true (RAI_IS_PAGE (page));
  gtk_window_set_child (GTK_WINDOW (window), page);
  rai_page_set_session (RAI_PAGE (page), session);
  gtk_window_present (GTK_WINDOW (window));
  for (int i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);

  g_object_add_weak_pointer (G_OBJECT (page), (void **) &page);
  gtk_window_destroy (GTK_WINDOW (window));
  while (page && g_main_context_iteration (NULL, FALSE))
    ;

  g_assert_null (page);
}

static void
test_table (void) {
  for (const RaiPageInfo *info = rai_pages; info->id; info++) {
    g_assert_true (rai_page_info_find (info->id) == info);
    g_assert_true (strlen (info->title) > 0);
    g_assert_true (g_type_is_a (info->get_type (), RAI_TYPE_PAGE));
  }
  g_assert_null (rai_page_info_find ("no such page"));
}

/* GTK finds the list of keys by its place, and opens it for Ctrl+?. */
static void
test_shortcuts (void) {
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/org/retailai/RetailAI/gtk/help-overlay.ui");
  GObject *window = gtk_builder_get_object (builder, "help_overlay");
  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  rai_application_register_resources ();
  g_test_add_func ("/client/pages/table", test_table);
  g_test_add_func ("/client/pages/shortcuts", test_shortcuts);

  for (const RaiPageInfo *info = rai_pages; info->id; info++) {
    g_autofree char *path = g_strdup_printf ("/client/pages/new-destroy/%s", info->id);
    g_test_add_data_func (path, info, test_new_destroy);
  }

  return g_test_run ();
}
