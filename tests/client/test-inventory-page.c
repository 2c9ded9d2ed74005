/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-inventory-page.h"

#include "client/rai-application.h"
#include "rai-shop-fixture.h"

static GtkDropDown *
status_of (GtkWidget *page) {
  return GTK_DROP_DOWN (gtk_widget_get_template_child (page, RAI_TYPE_INVENTORY_PAGE, "status"));
}

/* The list of states is that of the plan, in its order. */
static void
test_states (void) {
  static const char *const expected[] = { "All items", "Runs out", "Out of stock",
                                          "Too much",  "Fine",     "No forecast yet" };
  GtkWidget *page = g_object_ref_sink (g_object_new (RAI_TYPE_INVENTORY_PAGE, NULL));
  GtkStringList *names = GTK_STRING_LIST (gtk_drop_down_get_model (status_of (page)));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (names)), ==, G_N_ELEMENTS (expected));
  for (unsigned i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (gtk_string_list_get_string (names, i), ==, expected[i]);
  g_assert_cmpuint (gtk_drop_down_get_selected (status_of (page)), ==, 0);
  g_object_unref (page);
}

/* Other pages lead here by a state's id. */
static void
test_navigate (void) {
  static const struct {
    const char *target;
    unsigned selected;
  } cases[] = { { "status=over", 3 }, { "status=runs_out", 1 }, { "status=lost", 1 }, { "", 1 } };
  GtkWidget *page = g_object_ref_sink (g_object_new (RAI_TYPE_INVENTORY_PAGE, NULL));

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    rai_page_navigate (RAI_PAGE (page), cases[i].target);
    g_assert_cmpuint (gtk_drop_down_get_selected (status_of (page)), ==, cases[i].selected);
  }

  g_object_unref (page);
}

static GObject *
part_of (RaiShop *shop, const char *name) {
  return gtk_widget_get_template_child (GTK_WIDGET (shop->page), RAI_TYPE_INVENTORY_PAGE, name);
}

static int64_t
selected_item (RaiShop *shop) {
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (part_of (shop, "view")));
  RaiRow *row = gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (model));
  return row != NULL ? rai_row_get_int (row, "item_id") : 0;
}

static bool
selects_three (void *shop) {
  return selected_item (shop) == 3;
}

static bool
is_revealed (RaiShop *shop) {
  gboolean revealed = FALSE;
  g_object_get (part_of (shop, "flap"), "reveal-flap", &revealed, NULL);
  return revealed;
}

/* Who receives a delivery is led to its first item, and the list to that row: also by searching for
 * it where the list does not show it. */
static void
test_delivery (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_ASSOCIATE, 1, RAI_TYPE_INVENTORY_PAGE, true);
  rai_page_navigate (shop.page, "order=00000000-0000-7000-a000-000000000002");
  rai_sync_fixture_wait (selects_three, &shop, "the row of the delivery's item");
  g_assert_true (is_revealed (&shop));
  rai_shop_close (&shop);

  rai_shop_open (&shop, RAI_ROLE_ASSOCIATE, 1, RAI_TYPE_INVENTORY_PAGE, true);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (part_of (&shop, "status")), 5);
  rai_shop_wait_filled (&shop);
  rai_page_navigate (shop.page, "item=3");
  rai_sync_fixture_wait (selects_three, &shop, "the row of the item");
  g_assert_true (is_revealed (&shop));
  rai_shop_close (&shop);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  rai_application_register_resources ();
  g_test_add_func ("/client/inventory-page/states", test_states);
  g_test_add_func ("/client/inventory-page/navigate", test_navigate);
  g_test_add_func ("/client/inventory-page/delivery", test_delivery);
  return g_test_run ();
}
