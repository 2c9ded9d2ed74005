/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-import-dialog.h"

#include "client/pages/rai-import-row.h"
#include "client/rai-application.h"
#include "rai-real-shop.h"

#include <string.h>

#define GOOD \
  "site,receipt,time,item,quantity,amount\n" \
  "S1,R1,2026-03-02 10:00,A1,2,3.00\nS1,R2,2026-03-02 11:00,A1,1,1.50\n"
#define WRONG GOOD "S1,R3,2026-03-02 12:00,A1,many,1.50\n"
#define ITEMS "item,name,price\nA1,Oat milk,1.50\nA2,Butter,2.00\n"
#define LINES "SELECT count(*) FROM receipt_line"

static RaiRealShop *shop;
static RaiImportDialog *dialog;

/* ---- What is on screen ---- */

typedef bool (*Test) (GtkWidget *widget, const char *text);

static GtkWidget *
find (GtkWidget *root, Test test, const char *text) {
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (test (root, text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, test, text);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static bool
says (GtkWidget *widget, const char *text) {
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

static bool
is_button (GtkWidget *widget, const char *label) {
  return GTK_IS_BUTTON (widget) && gtk_widget_is_sensitive (widget) &&
         g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static bool
is_row (GtkWidget *widget, const char *name) {
  return RAI_IS_IMPORT_ROW (widget) &&
         strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name) == 0;
}

static bool
is_menu (GtkWidget *widget, const char *unused) {
  return GTK_IS_DROP_DOWN (widget);
}

static bool
is_said (void *text) {
  return find (GTK_WIDGET (dialog), says, text) != NULL;
}

static bool
can_press (void *label) {
  return find (GTK_WIDGET (dialog), is_button, label) != NULL;
}

static void
wait_for (const char *text) {
  rai_real_shop_wait (is_said, (void *) text, text);
}

static void
press (const char *label) {
  rai_real_shop_wait (can_press, (void *) label, label);
  g_signal_emit_by_name (find (GTK_WIDGET (dialog), is_button, label), "clicked");
}

static void
add (const char *name, const char *text) {
  g_autofree char *path = rai_real_shop_write (shop, name, text);

  rai_import_dialog_add (dialog, path);
}

static void
open_row (const char *name) {
  GtkWidget *row = find (GTK_WIDGET (dialog), is_row, name);

  g_assert_nonnull (row);
  gtk_widget_activate (row);
}

/* ---- Tests ---- */

/* Chosen in any order, tried, brought in. */
static void
test_bring_in (void) {
  wait_for ("Choose one or more");
  g_assert_false (can_press ((void *) "_Try it"));
  add ("till.csv", WRONG);
  add ("items.csv", ITEMS);
  add ("items.csv", ITEMS);
  wait_for ("Sales, receipt by receipt");
  wait_for ("Nothing is changed yet. Try it first");

  press ("_Try it");
  wait_for ("1 row would be left out");
  g_assert_cmpint (rai_real_shop_count (shop, LINES), ==, 0);
  open_row ("till.csv");
  wait_for ("the quantity is not a number");
  wait_for ("“many”");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "files.cancel", NULL);

  press ("_Bring in");
  wait_for ("2 files were brought in");
  g_assert_cmpint (rai_real_shop_count (shop, LINES), ==, 2);
  g_assert_cmpint (rai_real_shop_count (shop, "SELECT count(*) FROM item WHERE name = 'Oat milk'"),
                   ==, 1);
  g_assert_false (can_press ((void *) "_Bring in"));
  press ("_Done");
}

static bool
has_menu (void *unused) {
  return find (GTK_WIDGET (dialog), is_menu, NULL) != NULL;
}

/* What is missing is said in words, and what a person says above a column counts. */
static void
test_columns (void) {
  add ("odd.csv", "site,receipt,time,thing,quantity,amount\nS1,R1,2026-03-02 10:00,A1,2,3.00\n");
  wait_for ("Not found: Item code");
  wait_for ("1 file needs a word from you");
  g_assert_false (can_press ((void *) "_Try it"));

  open_row ("odd.csv");
  rai_real_shop_wait (has_menu, NULL, "the table");
  wait_for ("Not found: Item code. Say above a column");
  GtkWidget *heading = find (GTK_WIDGET (dialog), says, "thing");
  g_assert_nonnull (heading);

  GtkGrid *grid = GTK_GRID (gtk_widget_get_parent (heading));
  GtkDropDown *menu = GTK_DROP_DOWN (gtk_grid_get_child_at (grid, 4, 0));
  GListModel *titles = gtk_drop_down_get_model (menu);
  unsigned i = 0;
  while (strcmp (gtk_string_list_get_string (GTK_STRING_LIST (titles), i), "Item code") != 0)
    i++;
  gtk_drop_down_set_selected (menu, i);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "files.cancel", NULL);
  wait_for ("Nothing is changed yet. Try it first");
  press ("_Try it");
  wait_for ("All rows can be brought in");
}

/* A file that names no store is about the only one; what failed is tried again once it is
 * corrected. */
static void
test_store (void) {
  add ("none.csv", "receipt,time,item,quantity,amount\nR8,2026-03-02 10:00,A1,2,3.00\n");
  wait_for ("Nothing is changed yet. Try it first");
  add ("other.csv", "site,receipt,time,item,quantity,amount\nS7,R9,2026-03-02 10:00,A1,2,3.00\n");
  press ("_Try it");
  wait_for ("names a store that is not here");

  open_row ("other.csv");
  rai_real_shop_wait (has_menu, NULL, "the table");
  GtkWidget *heading = find (GTK_WIDGET (dialog), says, "site");
  g_assert_nonnull (heading);
  gtk_drop_down_set_selected (
      GTK_DROP_DOWN (gtk_grid_get_child_at (GTK_GRID (gtk_widget_get_parent (heading)), 1, 0)), 0);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "files.cancel", NULL);
  press ("_Try it");
  wait_for ("All rows can be brought in");
}

/* Errors stand where the file is; nothing else of the dialog changes. */
static void
test_wrong_files (void) {
  add ("empty.csv", "");
  wait_for ("empty");
  g_assert_false (can_press ((void *) "_Try it"));
  add ("picture.png", "\x89PNG\r\n\x1a\n0000IHDR");
  wait_for ("2 files need a word from you");
}

static bool
is_offline (void *unused) {
  return rai_session_get_status (shop->session)->state == RAI_SYNC_OFFLINE;
}

/* Says so, and does nothing else. */
static void
test_offline (void) {
  rai_real_shop_stop_server (shop);
  rai_real_shop_wait (is_offline, NULL, "the server to be missed");
  wait_for ("The server cannot be reached");
  g_assert_false (can_press ((void *) "C_hoose files…"));
  add ("till.csv", GOOD);
  wait_for ("The files wait here until it is");
  g_assert_false (can_press ((void *) "_Try it"));
  rai_real_shop_start_server (shop);
  press ("_Try it");
  wait_for ("All rows can be brought in");
}

/* Escape closes one thing. */
static void
test_cancel (void) {
  g_autoptr (GString) text = g_string_new ("site,receipt,time,item,quantity,amount\n");
  for (unsigned i = 0; i < 100000; i++)
    g_string_append_printf (text, "S1,R%u,2026-03-02 10:00,A1,2,3.00\n", i);

  add ("large.csv", text->str);
  press ("_Try it");
  wait_for ("Being tried. Nothing");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "files.cancel", NULL);
  wait_for ("Cancelled");
  g_assert_true (can_press ((void *) "_Try it"));
}

static void
run_case (const void *data) {
  void (*test) (void) = data;

  shop = rai_real_shop_open ("regional_manager");
  dialog = rai_import_dialog_new (NULL, shop->session);
  g_object_add_weak_pointer (G_OBJECT (dialog), (void **) &dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  test ();
  if (dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (dialog));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  rai_real_shop_close (shop);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  rai_application_register_resources ();
  g_test_add_data_func ("/client/import-dialog/bring-in", test_bring_in, run_case);
  g_test_add_data_func ("/client/import-dialog/columns", test_columns, run_case);
  g_test_add_data_func ("/client/import-dialog/store", test_store, run_case);
  g_test_add_data_func ("/client/import-dialog/wrong-files", test_wrong_files, run_case);
  g_test_add_data_func ("/client/import-dialog/offline", test_offline, run_case);
  g_test_add_data_func ("/client/import-dialog/cancel", test_cancel, run_case);
  return g_test_run ();
}
