/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-alerts-page.h"

#include "client/rai-application.h"
#include "core/rai-alert-kind.h"

/* The list of causes is that of the table: what the planner raises, in its order. */
static void
test_causes (void) {
  GtkWidget *page = g_object_ref_sink (g_object_new (RAI_TYPE_ALERTS_PAGE, NULL));
  GObject *causes = gtk_widget_get_template_child (page, RAI_TYPE_ALERTS_PAGE, "kind");
  GtkStringList *names = GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (causes)));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (names)), ==, 1 + RAI_N_ALERT_KINDS);
  g_assert_cmpstr (gtk_string_list_get_string (names, 0), ==, "All causes");
  for (unsigned kind = 0; kind < RAI_N_ALERT_KINDS; kind++)
    g_assert_cmpstr (gtk_string_list_get_string (names, 1 + kind), ==, rai_alert_kinds[kind].word);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (causes)), ==, 0);
  g_object_unref (page);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  rai_application_register_resources ();
  g_test_add_func ("/client/alerts-page/causes", test_causes);
  return g_test_run ();
}
