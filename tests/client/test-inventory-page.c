/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-inventory-page.h"

#include "client/rai-application.h"

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

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  rai_application_register_resources ();
  g_test_add_func ("/client/inventory-page/states", test_states);
  g_test_add_func ("/client/inventory-page/navigate", test_navigate);
  return g_test_run ();
}
