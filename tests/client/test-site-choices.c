/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-site-choices.h"

static GtkWidget *
show (GtkWidget *widget) {
  GtkWidget *window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), widget);
  return window;
}

/* What is stored stays chosen when the list of all zones has come. */
static void
test_zone (void) {
  GtkDropDown *list = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  GtkWidget *window = show (GTK_WIDGET (list));
  rai_site_choices_set_zone (list, "Europe/Berlin");
  g_assert_cmpstr (rai_site_choices_get (list), ==, "Europe/Berlin");
  while (g_list_model_get_n_items (gtk_drop_down_get_model (list)) < 100)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (rai_site_choices_get (list), ==, "Europe/Berlin");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_currency (void) {
  GtkDropDown *list = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  GtkWidget *window = show (GTK_WIDGET (list));
  rai_site_choices_set_currency (list, "JPY");
  g_assert_cmpstr (rai_site_choices_get (list), ==, "JPY");
  rai_site_choices_set_currency (list, NULL);
  g_assert_null (rai_site_choices_get (list));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
count_cb (unsigned *count) {
  (*count)++;
}

static void
toggled_cb (GtkWidget *box) {
  count_cb (g_object_get_data (G_OBJECT (box), "count"));
}

static void
test_weekdays (void) {
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *window = show (box);
  unsigned count = 0, n = 0;
  g_object_set_data (G_OBJECT (box), "count", &count);
  rai_site_choices_add_weekdays (GTK_BOX (box), 65, G_CALLBACK (toggled_cb), box);
  g_assert_cmpuint (rai_site_choices_get_weekdays (GTK_BOX (box)), ==, 65);
  for (GtkWidget *at = gtk_widget_get_first_child (box); at != NULL;
       at = gtk_widget_get_next_sibling (at), n++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (at), TRUE);

  g_assert_cmpuint (n, ==, 7);
  g_assert_cmpuint (count, ==, 5);
  g_assert_cmpuint (rai_site_choices_get_weekdays (GTK_BOX (box)), ==, 127);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/site-choices/zone", test_zone);
  g_test_add_func ("/client/site-choices/currency", test_currency);
  g_test_add_func ("/client/site-choices/weekdays", test_weekdays);
  return g_test_run ();
}
