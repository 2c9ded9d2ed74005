/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-site-days-group.h"

#include "client/rai-application.h"
#include "client/widgets/rai-dialog-save.h"
#include "rai-made-rows.h"

#define TODAY 20001 /* Saturday 5 October 2024 */
#define SUNDAY (TODAY + 1)
#define MONDAY (TODAY + 2)
#define MON_TO_SAT 63

/* A feast on Tuesday, a Sunday that is closed anyhow, and what is over. */
static RaiSiteDaysGroup *
new_group (void) {
  g_autoptr (RaiRows) rows = rai_made_rows_new ("calendar", 3);
  const RaiDay days[] = { TODAY - 1, SUNDAY, MONDAY + 1 };
  for (size_t i = 0; i < G_N_ELEMENTS (days); i++) {
    rai_made_rows_set (rows, i, "day", days[i]);
    rai_made_rows_set (rows, i, "closed", 1);
    rai_made_rows_set (rows, i, "opened", 0);
    rai_made_rows_set_text (rows, i, "holiday", i == 2 ? "Feast" : "");
  }

  RaiSiteDaysGroup *group = g_object_ref_sink (g_object_new (RAI_TYPE_SITE_DAYS_GROUP, NULL));
  rai_site_days_group_set_weekdays (group, MON_TO_SAT);
  rai_site_days_group_set_calendar (group, rows, TODAY);
  return group;
}

/* The subtitles of what is listed, each with a semicolon. */
static void
list (GtkWidget *root, GString *text) {
  if (ADW_IS_ACTION_ROW (root) && gtk_widget_get_visible (root))
    g_string_append_printf (text, "%s;", adw_action_row_get_subtitle (ADW_ACTION_ROW (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    list (child, text);
}

static void
expect (RaiSiteDaysGroup *group, const char *rows, unsigned n_deeds) {
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) deeds = rai_dialog_deeds_new (), undo = rai_dialog_deeds_new ();
  list (GTK_WIDGET (group), text);
  g_assert_cmpstr (text->str, ==, rows);
  rai_site_days_group_add_deeds (group, 1, deeds, undo);
  g_assert_cmpuint (deeds->len, ==, n_deeds);
  g_assert_cmpuint (undo->len, ==, n_deeds);
  g_assert_cmpint (rai_site_days_group_is_changed (group), ==, n_deeds > 0);
}

#define NONE "Days on which the store is closed, or open although it usually is not;"

/* Only what differs from the weekdays is listed. */
static void
test_listed (void) {
  g_autoptr (RaiSiteDaysGroup) group = new_group ();
  expect (group, "Closed: Feast;", 0);
  rai_site_days_group_set_weekdays (group, 127);
  expect (group, "Closed;Closed: Feast;", 0);
  rai_site_days_group_set_weekdays (group, MON_TO_SAT - 2);
  expect (group, NONE, 0);
}

/* Each day becomes what it is not; what is as it was is not saved. */
static void
test_turned (void) {
  g_autoptr (RaiSiteDaysGroup) group = new_group ();
  rai_site_days_group_turn (group, SUNDAY, "Fair");
  expect (group, "Open: Fair;Closed: Feast;", 1);
  rai_site_days_group_turn (group, MONDAY, NULL);
  expect (group, "Open: Fair;Closed;Closed: Feast;", 2);
  rai_site_days_group_set_weekdays (group, MON_TO_SAT - 1);
  expect (group, "Open: Fair;Closed;Closed: Feast;", 2);
  rai_site_days_group_set_weekdays (group, MON_TO_SAT);
  rai_site_days_group_turn (group, MONDAY, NULL);
  expect (group, "Open: Fair;Closed: Feast;", 1);
  rai_site_days_group_turn (group, MONDAY + 1, NULL);
  expect (group, "Open: Fair;Open: Feast;", 2);
}

static void
test_removed (void) {
  g_autoptr (RaiSiteDaysGroup) group = new_group ();
  rai_site_days_group_turn (group, MONDAY, "Stocktaking");
  rai_site_days_group_clear_day (group, MONDAY);
  expect (group, "Closed: Feast;", 0);
  rai_site_days_group_clear_day (group, MONDAY + 1);
  expect (group, NONE, 1);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  rai_application_register_resources ();
  g_test_add_func ("/client/site-days-group/listed", test_listed);
  g_test_add_func ("/client/site-days-group/turned", test_turned);
  g_test_add_func ("/client/site-days-group/removed", test_removed);
  return g_test_run ();
}
