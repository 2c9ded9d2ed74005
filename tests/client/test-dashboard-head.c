/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-head.h"

#include "rai-made-rows.h"

#define DAY 20000 /* Friday 4 October 2024 */

/* Fills the three labels; returns what the briefing says. */
static char *
briefing_of (const RaiDashboardData *data) {
  g_autoptr (RaiSession) session = rai_session_new ("/nonexistent");
  g_autoptr (RaiPage) page = g_object_ref_sink (g_object_new (RAI_TYPE_PAGE, NULL));
  GtkWidget *parts[3];
  rai_page_set_session (page, session);

  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    parts[i] = g_object_ref_sink (gtk_label_new ("before"));
  g_assert_true (rai_dashboard_head_fill (data, page, parts));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (parts[0])), ==, "Saturday, 5 October 2024");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (parts[2])), ==, "");

  char *text = g_strdup (gtk_label_get_label (GTK_LABEL (parts[1])));
  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    g_object_unref (parts[i]);

  return text;
}

static RaiDashboardData *
new_data (RaiDashboardKind kind) {
  RaiDashboardData *data = rai_dashboard_data_new ();
  g_autoptr (RaiRows) briefing = rai_made_rows_new ("briefing", 1);
  data->kind = kind;
  data->today = DAY + 1;
  data->last_day = DAY;
  data->currency = g_strdup ("EUR");
  rai_made_rows_set (briefing, 0, "revenue", 120000);
  rai_made_rows_set (briefing, 0, "revenue_last_week", 100000);
  rai_made_rows_set (briefing, 0, "runs_out", 2);
  rai_made_rows_set (briefing, 0, "orders", 1);
  rai_made_rows_set (briefing, 0, "orders_protect", 41000);
  rai_dashboard_data_set (data, RAI_DASHBOARD_BRIEFING, briefing);
  return data;
}

/* Before there are sales, and where no results are shown, it says nothing. */
static void
test_silent (void) {
  g_autoptr (RaiDashboardData) floor = rai_dashboard_data_new ();
  floor->kind = RAI_DASHBOARD_FLOOR;
  floor->today = DAY + 1;
  floor->last_day = DAY;
  g_autofree char *text = briefing_of (floor);
  g_assert_cmpstr (text, ==, "");
}

/* Without a forecast the week before is what there is to compare with. */
static void
test_store (void) {
  g_autoptr (RaiDashboardData) data = new_data (RAI_DASHBOARD_STORE);
  g_autofree char *text = briefing_of (data);
  g_assert_cmpstr (text, ==,
                   "Yesterday 1,200\u00a0EUR, 20\u00a0% more than a week before. 2 items run out "
                   "before their next delivery. 1 order waits for approval, about 410\u00a0EUR of "
                   "margin at stake.");
}

/* All stores: like for like, and no errands. */
static void
test_company (void) {
  g_autoptr (RaiDashboardData) data = new_data (RAI_DASHBOARD_COMPANY);
  g_autoptr (RaiRows) ranking = rai_made_rows_new ("ranking", 1),
                      past = rai_made_rows_new ("forecast-past", 1);
  rai_made_rows_set (ranking, 0, "revenue", 2000000);
  rai_made_rows_set (ranking, 0, "revenue_last_year", 2500000);
  rai_made_rows_set (past, 0, "day", DAY);
  rai_made_rows_set (past, 0, "mean", 120100);
  rai_dashboard_data_set (data, RAI_DASHBOARD_RANKING, ranking);
  rai_dashboard_data_set (data, RAI_DASHBOARD_PAST, past);
  g_autofree char *text = briefing_of (data);
  g_assert_cmpstr (text, ==,
                   "Yesterday 1,200\u00a0EUR, as forecast. The last 28 days 20,000\u00a0EUR, "
                   "20.0\u00a0% below last year in the same stores.");
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/dashboard-head/silent", test_silent);
  g_test_add_func ("/dashboard-head/store", test_store);
  g_test_add_func ("/dashboard-head/company", test_company);
  return g_test_run ();
}
