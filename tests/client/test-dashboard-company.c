/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-company.h"

#include "client/widgets/rai-chart.h"
#include "client/widgets/rai-heat-map.h"
#include "client/widgets/rai-line-layer.h"
#include "client/widgets/rai-ranking-row.h"
#include "rai-made-rows.h"

#include <math.h>

#define DAY 20000

static RaiDashboardData *
new_data (void) {
  RaiDashboardData *data = rai_dashboard_data_new ();
  data->kind = RAI_DASHBOARD_COMPANY;
  data->today = DAY + 1;
  data->last_day = DAY;
  data->currency = g_strdup ("EUR");
  return data;
}

static void
test_compare (void) {
  g_autoptr (RaiDashboardData) data = new_data ();
  g_autoptr (RaiRows) ranking = rai_made_rows_new ("ranking", 2),
                      heat = rai_made_rows_new ("heat", 3);
  GtkWidget *parts[] = { g_object_ref_sink (gtk_list_box_new ()),
                         g_object_ref_sink (rai_heat_map_new ()),
                         g_object_ref_sink (gtk_label_new (NULL)) };

  g_assert_true (rai_dashboard_company_fill_compare (data, NULL, parts));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (parts[2])), ==, "No stock is kept yet.");
  g_assert_cmpint (rai_dashboard_company_heat_site (data, 0), ==, 0);

  for (size_t i = 0; i < 2; i++) {
    rai_made_rows_set (ranking, i, "site_id", 7 + (double) i);
    rai_made_rows_set_text (ranking, i, "site_name", "A store");
    rai_made_rows_set (ranking, i, "revenue", 100000);
    rai_made_rows_set (ranking, i, "cost", 28000);
    rai_made_rows_set (ranking, i, "stock_value", 10000);
  }
  for (size_t i = 0; i < 3; i++) {
    rai_made_rows_set (heat, i, "site_id", i < 2 ? 7 : 8);
    rai_made_rows_set_text (heat, i, "site_name", "A store");
    rai_made_rows_set (heat, i, "weekday", 1 + (double) i);
    rai_made_rows_set (heat, i, "revenue", 1000);
  }
  rai_dashboard_data_set (data, RAI_DASHBOARD_RANKING, ranking);
  rai_dashboard_data_set (data, RAI_DASHBOARD_HEAT, heat);
  g_assert_true (rai_dashboard_company_fill_compare (data, NULL, parts));

  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (parts[0]), 1);
  g_assert_cmpint (rai_ranking_row_get_key (RAI_RANKING_ROW (row)), ==, 8);
  g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (parts[0]), 2));
  g_assert_cmpint (rai_dashboard_company_heat_site (data, 1), ==, 8);
  g_assert_cmpint (rai_dashboard_company_heat_site (data, 2), ==, 0);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (parts[2])), ==,
                   "Stock worth 200\u00a0EUR at cost turns 36.5 times a year: it lasts 10 days.");
  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    g_object_unref (parts[i]);
}

static RaiChartSeries *
line_of (GtkWidget *chart, const char *title) {
  GPtrArray *layers = rai_chart_get_scene (RAI_CHART (chart))->layers;
  for (unsigned i = 0; i < layers->len; i++)
    if (g_strcmp0 (rai_chart_layer_get_title (layers->pdata[i]), title) == 0)
      return rai_series_layer_get_series (RAI_SERIES_LAYER (layers->pdata[i]));
  return NULL;
}

/* Ten percent off every day are an accuracy of 90 % from the seventh day on. */
static void
test_accuracy (void) {
  g_autoptr (RaiDashboardData) data = new_data ();
  g_autoptr (RaiRows) days = rai_made_rows_new ("site-days", 8),
                      past = rai_made_rows_new ("forecast-past", 8);
  GtkWidget *chart = g_object_ref_sink (rai_chart_new ());

  for (size_t i = 0; i < 8; i++) {
    rai_made_rows_set (days, i, "day", DAY - 7 + (double) i);
    rai_made_rows_set (days, i, "revenue", 1000);
    rai_made_rows_set (past, i, "day", DAY - 7 + (double) i);
    rai_made_rows_set (past, i, "mean", i % 2 ? 900 : 1100);
    rai_made_rows_set (past, i, "naive", 500);
  }
  rai_dashboard_data_set (data, RAI_DASHBOARD_DAYS, days);
  rai_dashboard_data_set (data, RAI_DASHBOARD_PAST, past);
  g_assert_true (rai_dashboard_company_fill_accuracy (data, NULL, &chart));

  RaiChartSeries *ours = line_of (chart, "Forecast"), *naive = line_of (chart, "Last week's day");
  g_assert_true (isnan (rai_chart_series_get (ours, DAY - 2)));
  g_assert_cmpfloat_with_epsilon (rai_chart_series_get (ours, DAY), 0.9, 1e-9);
  g_assert_cmpfloat_with_epsilon (rai_chart_series_get (naive, DAY), 0.5, 1e-9);
  g_object_unref (chart);
}

/* What is not known is not drawn; the title says whose revenue it is. */
static void
test_chart (void) {
  g_autoptr (RaiDashboardData) data = new_data ();
  g_autoptr (RaiRows) days = rai_made_rows_new ("site-days", 1);
  GtkWidget *parts[] = { g_object_ref_sink (gtk_label_new (NULL)),
                         g_object_ref_sink (rai_chart_new ()), NULL };
  rai_made_rows_set (days, 0, "day", DAY);
  rai_made_rows_set (days, 0, "revenue", 1000);
  rai_dashboard_data_set (data, RAI_DASHBOARD_DAYS, days);

  g_assert_true (rai_dashboard_company_fill_chart (data, NULL, parts));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (parts[0])), ==, "Revenue a day, all stores");
  g_assert_cmpfloat (rai_chart_series_get (line_of (parts[1], "Sold"), DAY), ==, 1000);
  g_assert_null (line_of (parts[1], "Forecast"));
  g_object_unref (parts[0]);
  g_object_unref (parts[1]);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/dashboard-company/compare", test_compare);
  g_test_add_func ("/dashboard-company/accuracy", test_accuracy);
  g_test_add_func ("/dashboard-company/chart", test_chart);
  return g_test_run ();
}
