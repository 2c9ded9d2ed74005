/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-tasks.h"

#include "rai-made-rows.h"

#define DAY 20000

typedef struct {
  RaiSession *session;
  RaiPage *page;
  GtkWidget *parts[2];
  RaiDashboardData *data;
} Fixture;

static void
set_up (Fixture *fixture, const void *unused) {
  fixture->session = rai_session_new ("/nonexistent");
  fixture->page = g_object_ref_sink (g_object_new (RAI_TYPE_PAGE, NULL));
  rai_page_set_session (fixture->page, fixture->session);
  fixture->parts[0] = g_object_ref_sink (gtk_list_box_new ());
  fixture->parts[1] = g_object_ref_sink (gtk_label_new (NULL));
  fixture->data = rai_dashboard_data_new ();
  fixture->data->kind = RAI_DASHBOARD_STORE;
  fixture->data->site = 7;
  fixture->data->today = DAY;
  fixture->data->currency = g_strdup ("EUR");
}

static void
tear_down (Fixture *fixture, const void *unused) {
  rai_dashboard_data_free (fixture->data);
  g_object_unref (fixture->parts[0]);
  g_object_unref (fixture->parts[1]);
  g_object_unref (fixture->page);
  g_object_unref (fixture->session);
}

static const char *
title_of (Fixture *fixture, int row) {
  GtkListBoxRow *child = gtk_list_box_get_row_at_index (GTK_LIST_BOX (fixture->parts[0]), row);
  return child != NULL ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child)) : NULL;
}

static void
test_nothing (Fixture *fixture, const void *unused) {
  g_assert_true (rai_dashboard_tasks_fill (fixture->data, fixture->page, fixture->parts));
  g_assert_null (title_of (fixture, 0));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (fixture->parts[1])), ==,
                   "Nothing waits for you.");
}

/* Deliveries that are due come first; what has no room is one row that leads on; what is not due
 * yet is no task. */
static void
test_deliveries (Fixture *fixture, const void *unused) {
  g_autoptr (RaiRows) deliveries = rai_made_rows_new ("orders", 8),
                      orders = rai_made_rows_new ("orders", 1);
  for (size_t i = 0; i < 8; i++) {
    rai_made_rows_set_text (deliveries, i, "supplier", "Dairy co-op");
    rai_made_rows_set_text (deliveries, i, "id", "an-id");
    rai_made_rows_set (deliveries, i, "delivery_day", i < 7 ? DAY : DAY + 1);
    rai_made_rows_set (deliveries, i, "lines", 2);
  }
  rai_made_rows_set_text (orders, 0, "supplier", "Mill");
  rai_made_rows_set_text (orders, 0, "id", "another-id");
  rai_made_rows_set (orders, 0, "lines", 3);
  rai_made_rows_set (orders, 0, "total", 12000);
  rai_made_rows_set (orders, 0, "delivery_day", DAY + 2);
  rai_dashboard_data_set (fixture->data, RAI_DASHBOARD_DELIVERIES, deliveries);
  rai_dashboard_data_set (fixture->data, RAI_DASHBOARD_ORDERS, orders);

  /* Twice: a list is filled anew, not longer. */
  for (int i = 0; i < 2; i++)
    g_assert_true (rai_dashboard_tasks_fill (fixture->data, fixture->page, fixture->parts));
  g_assert_cmpstr (title_of (fixture, 0), ==, "Delivery from Dairy co-op is due today");
  g_assert_cmpstr (title_of (fixture, 5), ==, "And 2 more deliveries");
  g_assert_cmpstr (title_of (fixture, 6), ==, "Order from Mill: 3 items, 120\u00a0EUR");
  g_assert_null (title_of (fixture, 7));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (fixture->parts[1])), ==, "");

  /* Nobody is signed in here: no page is theirs, so none is offered. */
  for (int i = 0; i < 7; i++)
    g_assert_false (gtk_list_box_row_get_activatable (
        gtk_list_box_get_row_at_index (GTK_LIST_BOX (fixture->parts[0]), i)));
}

/* What is perhaps not there is to be counted, and is told why. */
static void
test_phantoms (Fixture *fixture, const void *unused) {
  g_autoptr (RaiRows) alerts = rai_made_rows_new ("alerts", 1);
  rai_made_rows_set_text (alerts, 0, "kind", "phantom_stock");
  rai_made_rows_set_text (alerts, 0, "item_name", "Oat milk");
  rai_made_rows_set (alerts, 0, "day", DAY - 3);
  fixture->data->kind = RAI_DASHBOARD_FLOOR;
  rai_dashboard_data_set (fixture->data, RAI_DASHBOARD_PHANTOMS, alerts);
  g_assert_true (rai_dashboard_tasks_fill (fixture->data, fixture->page, fixture->parts));
  g_assert_cmpstr (title_of (fixture, 0), ==, "Count: Oat milk");
  g_assert_nonnull (
      strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (
                  gtk_list_box_get_row_at_index (GTK_LIST_BOX (fixture->parts[0]), 0))),
              "Count it."));
  g_assert_null (title_of (fixture, 1));
}

/* Before its first order a store is told what it waits for; others' wants are not its own. */
static void
test_lacking (Fixture *fixture, const void *unused) {
  g_autoptr (RaiRows) sites = rai_made_rows_new ("sites", 3);
  rai_made_rows_set (sites, 0, "id", 7);
  rai_made_rows_set_text (sites, 0, "plan_verdict", "not_counted");
  rai_made_rows_set (sites, 1, "id", 8);
  rai_made_rows_set_text (sites, 1, "plan_verdict", "no_supplier");
  rai_made_rows_set_text (sites, 1, "name", "Mill Lane");
  rai_made_rows_set (sites, 2, "id", 9);
  rai_made_rows_set_text (sites, 2, "plan_verdict", "enough");
  rai_dashboard_data_set (fixture->data, RAI_DASHBOARD_SITES, sites);
  g_assert_true (rai_dashboard_tasks_fill (fixture->data, fixture->page, fixture->parts));
  g_assert_cmpstr (title_of (fixture, 0), ==, "No stock yet: count it or bring it in");
  g_assert_null (title_of (fixture, 1));

  fixture->data->site = 0;
  g_assert_true (rai_dashboard_tasks_fill (fixture->data, fixture->page, fixture->parts));
  g_assert_cmpstr (title_of (fixture, 1), ==, "No suppliers yet: bring in who brings which item");
  g_assert_null (title_of (fixture, 2));
}

/* Lists without rows are not to be shown; stores always are. */
static void
test_lists (Fixture *fixture, const void *unused) {
  g_autoptr (RaiRows) counts = rai_made_rows_new ("movements", 1),
                      sites = rai_made_rows_new ("sites", 1);
  RaiDashboardData *data = fixture->data;

  g_assert_false (rai_dashboard_tasks_fill_counts (data, fixture->page, fixture->parts));
  g_assert_false (rai_dashboard_tasks_fill_jobs (data, fixture->page, fixture->parts));
  g_assert_false (rai_dashboard_tasks_fill_audit (data, fixture->page, fixture->parts));
  g_assert_true (rai_dashboard_tasks_fill_sites (data, fixture->page, fixture->parts));
  g_assert_null (title_of (fixture, 0));

  rai_made_rows_set_text (counts, 0, "item_name", "Oat milk");
  rai_made_rows_set_text (counts, 0, "account", "mia");
  rai_made_rows_set (counts, 0, "counted", 12000);
  rai_dashboard_data_set (data, RAI_DASHBOARD_COUNTS, counts);
  g_assert_true (rai_dashboard_tasks_fill_counts (data, fixture->page, fixture->parts));
  g_assert_cmpstr (title_of (fixture, 0), ==, "Oat milk: 12 counted");

  rai_made_rows_set_text (sites, 0, "name", "Mill Lane");
  rai_dashboard_data_set (data, RAI_DASHBOARD_SITES, sites);
  g_assert_true (rai_dashboard_tasks_fill_sites (data, fixture->page, fixture->parts));
  g_assert_cmpstr (title_of (fixture, 0), ==, "Mill Lane");
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/dashboard-tasks/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  g_test_add ("/dashboard-tasks/deliveries", Fixture, NULL, set_up, test_deliveries, tear_down);
  g_test_add ("/dashboard-tasks/phantoms", Fixture, NULL, set_up, test_phantoms, tear_down);
  g_test_add ("/dashboard-tasks/lacking", Fixture, NULL, set_up, test_lacking, tear_down);
  g_test_add ("/dashboard-tasks/lists", Fixture, NULL, set_up, test_lists, tear_down);
  return g_test_run ();
}
