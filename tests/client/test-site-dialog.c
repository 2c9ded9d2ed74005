/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store is set in the window: from its row in the settings to the server's rows, offline too. */
#include "client/pages/rai-site-dialog.h"

#include "client/pages/rai-settings-page.h"
#include "client/widgets/rai-site-days-group.h"
#include "rai-shop-fixture.h"

#include <string.h>

#define SITE 1
#define WEEKDAYS "SELECT open_weekdays FROM site WHERE id = 1"
#define HOURS "SELECT coalesce(opens, -1) * 10000 + coalesce(closes, -1) FROM site WHERE id = 1"
#define CLOSED "SELECT count(*) FROM calendar_day WHERE day = 20010 AND closed = 1"

static GtkWidget *
part_of (RaiSiteDialog *dialog, const char *name) {
  return GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (dialog), RAI_TYPE_SITE_DIALOG, name));
}

static RaiSiteDialog *
find_dialog (void) {
  GListModel *windows = gtk_window_get_toplevels ();
  for (unsigned i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    if (RAI_IS_SITE_DIALOG (window))
      return RAI_SITE_DIALOG (window);
  }
  return NULL;
}

static GtkWidget *
group_of (RaiShop *shop) {
  return GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (shop->page), RAI_TYPE_SETTINGS_PAGE, "sites"));
}

/* As a click on the store's row does. */
static RaiSiteDialog *
open_dialog (RaiShop *shop) {
  GtkWidget *row = rai_shop_find_type (group_of (shop), ADW_TYPE_ACTION_ROW);
  g_assert_nonnull (row);
  g_signal_emit_by_name (row, "activated");
  RaiSiteDialog *dialog = find_dialog ();
  g_assert_nonnull (dialog);
  return dialog;
}

static GtkToggleButton *
toggle_of (RaiSiteDialog *dialog, const char *label) {
  return GTK_TOGGLE_BUTTON (rai_shop_find_button (part_of (dialog, "weekdays"), label));
}

static bool
can_save (RaiSiteDialog *dialog) {
  return gtk_widget_get_sensitive (part_of (dialog, "save"));
}

static const char *
hint_of (RaiSiteDialog *dialog, const char *name) {
  return gtk_label_get_label (GTK_LABEL (part_of (dialog, name)));
}

static bool
is_gone (void *place) {
  return *(void **) place == NULL;
}

static void
save (RaiSiteDialog *dialog) {
  g_object_add_weak_pointer (G_OBJECT (dialog), (void **) &dialog);
  g_assert_true (can_save (dialog));
  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  g_signal_emit_by_name (part_of (dialog, "save"), "clicked");
  rai_sync_fixture_wait (is_gone, &dialog, "the dialog to close");
}

static void
set_hours (RaiSiteDialog *dialog, const char *opens, const char *closes) {
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (part_of (dialog, "hours")), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (part_of (dialog, "opens")), opens);
  gtk_spin_button_update (GTK_SPIN_BUTTON (part_of (dialog, "opens")));
  gtk_editable_set_text (GTK_EDITABLE (part_of (dialog, "closes")), closes);
  gtk_spin_button_update (GTK_SPIN_BUTTON (part_of (dialog, "closes")));
}

static int64_t
on_server (RaiShop *shop, const char *sql) {
  int64_t value = INT64_MIN;
  rai_db_get_int (rai_sync_fixture_db (shop->fixture), sql, NULL, 0, INT64_MIN, &value, NULL);
  return value;
}

static bool
is_undone (void *shop) {
  RaiSyncEngine *engine = ((RaiShop *) shop)->engine;
  return rai_sync_fixture_look (engine, WEEKDAYS) == 127 &&
         rai_sync_fixture_look (engine, CLOSED) == 0;
}

/* Unplugged: it counts here at once, arrives later, and the toast takes all of it back. */
static void
test_offline (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_SETTINGS_PAGE, true);
  rai_sync_fixture_set_online (shop.fixture, false);

  RaiSiteDialog *dialog = open_dialog (&shop);
  g_assert_false (can_save (dialog));
  gtk_toggle_button_set_active (toggle_of (dialog, "Sat"), FALSE);
  set_hours (dialog, "7:30", "24");
  rai_site_days_group_turn (RAI_SITE_DAYS_GROUP (part_of (dialog, "days")), 20010, "Stocktaking");
  g_assert_cmpstr (hint_of (dialog, "days_hint"), ==, "Mon–Fri, Sun");
  save (dialog);

  g_assert_cmpint (rai_sync_fixture_look (shop.engine, WEEKDAYS), ==, 95);
  g_assert_cmpint (rai_sync_fixture_look (shop.engine, HOURS), ==, 450 * 10000 + 1440);
  g_assert_cmpint (rai_sync_fixture_look (shop.engine, CLOSED), ==, 1);
  g_assert_cmpint (on_server (&shop, WEEKDAYS), ==, 127);
  rai_shop_wait_filled (&shop);
  g_assert_nonnull (rai_shop_find_label (group_of (&shop), "Mon–Fri, Sun, 07:30–24:00"));

  rai_sync_fixture_set_online (shop.fixture, true);
  rai_sync_fixture_settle (shop.fixture, shop.engine);
  rai_sync_fixture_compare (shop.fixture, shop.engine);
  g_assert_cmpint (on_server (&shop, WEEKDAYS), ==, 95);
  g_assert_cmpint (on_server (&shop, CLOSED), ==, 1);

  g_signal_emit_by_name (rai_shop_find_button (shop.window, "_Undo"), "clicked");
  rai_sync_fixture_wait (is_undone, &shop, "the way back");
  rai_sync_fixture_settle (shop.fixture, shop.engine);
  g_assert_cmpint (on_server (&shop, HOURS), ==, -10001);
  g_assert_cmpint (on_server (&shop, CLOSED), ==, 0);
  rai_shop_close (&shop);
}

/* What cannot be is said beside its field, and cannot be saved. */
static void
test_wrong (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_SETTINGS_PAGE, true);
  static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  RaiSiteDialog *dialog = open_dialog (&shop);
  g_assert_false (gtk_widget_get_visible (part_of (dialog, "about")));

  for (size_t i = 0; i < G_N_ELEMENTS (weekdays); i++)
    gtk_toggle_button_set_active (toggle_of (dialog, weekdays[i]), FALSE);
  g_assert_cmpstr (hint_of (dialog, "days_hint"), ==,
                   "A store opens on one day of the week at least.");
  g_assert_false (can_save (dialog));
  gtk_toggle_button_set_active (toggle_of (dialog, "Wed"), TRUE);
  g_assert_true (can_save (dialog));

  set_hours (dialog, "12:00", "8:15");
  g_assert_cmpstr (hint_of (dialog, "hours_hint"), ==, "A store closes after it opens.");
  g_assert_false (can_save (dialog));
  set_hours (dialog, "nonsense", "25:00");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (part_of (dialog, "opens"))), ==, "12:00");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (part_of (dialog, "closes"))), ==, "24:00");
  g_assert_true (can_save (dialog));
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpint (rai_sync_fixture_look (shop.engine, WEEKDAYS), ==, 127);
  rai_shop_close (&shop);
}

static bool
has_zones (void *dialog) {
  GListModel *zones = gtk_drop_down_get_model (GTK_DROP_DOWN (part_of (dialog, "zone")));
  return g_list_model_get_n_items (zones) > 100;
}

static void
choose (RaiSiteDialog *dialog, const char *list, const char *text) {
  GtkDropDown *down = GTK_DROP_DOWN (part_of (dialog, list));
  GListModel *model = gtk_drop_down_get_model (down);
  for (unsigned i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);
    if (g_str_equal (gtk_string_object_get_string (item), text))
      gtk_drop_down_set_selected (down, i);
  }
}

static bool
says_why (void *dialog) {
  return gtk_widget_get_visible (part_of (dialog, "problem"));
}

/* An administrator sets the rest; what the sales forbid is said, and what was typed stays. */
static void
test_administrator (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_ADMIN, SITE, RAI_TYPE_SETTINGS_PAGE, true);
  RaiSiteDialog *dialog = open_dialog (&shop);
  rai_sync_fixture_wait (has_zones, dialog, "the list of time zones");
  g_assert_false (can_save (dialog));

  gtk_editable_set_text (GTK_EDITABLE (part_of (dialog, "name")), "  ");
  g_assert_cmpstr (hint_of (dialog, "name_hint"), ==, "A store needs a name.");
  g_assert_false (can_save (dialog));
  gtk_editable_set_text (GTK_EDITABLE (part_of (dialog, "name")), " Quay ");
  choose (dialog, "zone", "America/Argentina/Buenos_Aires");
  choose (dialog, "currency", "JPY");
  g_signal_emit_by_name (part_of (dialog, "save"), "clicked");
  rai_sync_fixture_wait (says_why, dialog, "the reason");
  g_assert_nonnull (strstr (hint_of (dialog, "problem"), "Its currency stays."));

  choose (dialog, "currency", "EUR");
  save (dialog);
  rai_sync_fixture_settle (shop.fixture, shop.engine);
  g_assert_cmpint (on_server (&shop, "SELECT count(*) FROM site WHERE name = 'Quay' AND zone = "
                                     "'America/Argentina/Buenos_Aires' AND currency = 'EUR'"),
                   ==, 1);
  g_assert_cmpint (on_server (&shop, "SELECT count(*) FROM site WHERE open_since IS NOT NULL"), ==,
                   0);
  rai_shop_wait_filled (&shop);
  g_assert_nonnull (rai_shop_find_label (group_of (&shop), "Quay"));
  rai_shop_close (&shop);
}

/* Who may not change any of it has no such rows. */
static void
test_others (void) {
  static const RaiRole roles[] = { RAI_ROLE_ASSOCIATE, RAI_ROLE_EXECUTIVE };
  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++) {
    RaiShop shop;
    rai_shop_open (&shop, roles[i], SITE, RAI_TYPE_SETTINGS_PAGE, true);
    g_assert_false (gtk_widget_get_visible (group_of (&shop)));
    rai_shop_close (&shop);
  }
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/client/site-dialog/offline", test_offline);
  g_test_add_func ("/client/site-dialog/wrong", test_wrong);
  g_test_add_func ("/client/site-dialog/administrator", test_administrator);
  g_test_add_func ("/client/site-dialog/others", test_others);
  return g_test_run ();
}
