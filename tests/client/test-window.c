/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window between its list of pages and a page, by the pointer and by keys. */
#include "client/rai-window.h"

#include "client/pages/rai-settings-page.h"
#include "rai-shop-fixture.h"

#include <glib/gstdio.h>

#define SITE 1

typedef struct {
  RaiShop shop; /* for its session */
  RaiWindow *window;
  char *folder;
} Windowed;

static void
turn (void) {
  for (int i = 0; i < 20; i++) {
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_usleep (5000);
  }
}

static void
open_window (Windowed *self, int width) {
  rai_shop_open (&self->shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_SETTINGS_PAGE, true);
  self->folder = g_dir_make_tmp ("rai-window-XXXXXX", NULL);
  g_autoptr (RaiLocalServer) local = rai_local_server_new (self->folder);
  self->window = rai_window_new (NULL, self->shop.session, local);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, 700);
  gtk_window_present (GTK_WINDOW (self->window));
  turn ();
}

/* The window lives as long as the program, as it does for people. */
static void
close_window (Windowed *self) {
  gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
  turn ();
  rai_shop_close (&self->shop);
  g_rmdir (self->folder);
  g_free (self->folder);
}

static GtkWidget *
find_list (Windowed *self) {
  GtkWidget *row =
      rai_shop_find_type (GTK_WIDGET (self->window), g_type_from_name ("RaiSidebarRow"));
  g_assert_nonnull (row);
  return gtk_widget_get_parent (row);
}

/* The first that can be seen and has the icon. */
static GtkWidget *
find_icon (GtkWidget *root, const char *icon) {
  if (GTK_IS_BUTTON (root) && gtk_widget_get_mapped (root) &&
      g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (root)), icon) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_icon (child, icon);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
go_back (Windowed *self) {
  GtkWidget *back = find_icon (GTK_WIDGET (self->window), "go-previous-symbolic");
  g_assert_nonnull (back);
  g_signal_emit_by_name (back, "clicked");
  turn ();
}

/* Where there is room for one of them, the button in the page's head leads to the list. */
static void
test_back_when_narrow (void) {
  Windowed self = { 0 };
  open_window (&self, 360);
  g_assert_true (rai_window_go (self.window, "settings", NULL));
  turn ();
  g_assert_false (gtk_widget_get_mapped (find_list (&self)));
  go_back (&self);
  g_assert_true (gtk_widget_get_mapped (find_list (&self)));
  close_window (&self);
}

static GtkWidget *
press_tab (Windowed *self, GtkDirectionType direction) {
  g_signal_emit_by_name (self->window, "move-focus", direction);
  turn ();
  return gtk_window_get_focus (GTK_WINDOW (self->window));
}

static void
assert_at (Windowed *self, GType page, int selected) {
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (find_list (self)));
  g_assert_true (g_type_is_a (G_OBJECT_TYPE (rai_window_get_page (self->window)), page));
  g_assert_cmpint (row != NULL ? gtk_list_box_row_get_index (row) : -1, ==, selected);
}

/* The list is one stop on the way, and opens nothing by being passed. */
static void
test_tab_passes_the_list (void) {
  Windowed self = { 0 };
  open_window (&self, 1280);
  GtkWidget *menu = rai_shop_find_type (GTK_WIDGET (self.window), GTK_TYPE_MENU_BUTTON);
  g_assert_true (rai_window_go (self.window, "settings", NULL));
  turn ();

  gtk_widget_child_focus (menu, GTK_DIR_TAB_FORWARD);
  GtkWidget *list = find_list (&self);
  GtkWidget *focus = press_tab (&self, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_is_ancestor (focus, list));
  assert_at (&self, RAI_TYPE_SETTINGS_PAGE, -1);

  focus = press_tab (&self, GTK_DIR_TAB_FORWARD);
  g_assert_false (gtk_widget_is_ancestor (focus, list));
  assert_at (&self, RAI_TYPE_SETTINGS_PAGE, -1);

  focus = press_tab (&self, GTK_DIR_TAB_BACKWARD);
  g_assert_true (gtk_widget_is_ancestor (focus, list));
  focus = press_tab (&self, GTK_DIR_TAB_BACKWARD);
  g_assert_false (gtk_widget_is_ancestor (focus, list));
  assert_at (&self, RAI_TYPE_SETTINGS_PAGE, -1);

  /* What assistive technology selects is opened as before. */
  gtk_list_box_select_row (GTK_LIST_BOX (list),
                           gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1));
  turn ();
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (rai_window_get_page (self.window)), ==, "RaiForecastPage");
  close_window (&self);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/window/back-when-narrow", test_back_when_narrow);
  g_test_add_func ("/window/tab-passes-the-list", test_tab_passes_the_list);
  return g_test_run ();
}
