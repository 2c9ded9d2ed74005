/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-company.h"

#include "client/model/rai-format.h"
#include "client/pages/rai-dashboard-multiples.h"
#include "client/widgets/rai-heat-map.h"
#include "client/widgets/rai-line-layer.h"
#include "client/widgets/rai-ranking-row.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_WEEKDAYS 7
/* 2024-01-01 was a Monday. */
#define A_MONDAY 19723

static void
fill_ranking (const RaiDashboardData *data, GtkListBox *list) {
  const RaiRows *rows = data->rows[RAI_DASHBOARD_RANKING];
  size_t n = rai_dashboard_data_count (data, RAI_DASHBOARD_RANKING);
  double greatest = 1;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, child);
  for (size_t i = 0; i < n; i++)
    greatest = MAX (greatest, MAX (rai_rows_get_double (rows, i, "revenue"),
                                   rai_rows_get_double (rows, i, "revenue_last_year")));

  for (size_t i = 0; i < n; i++) {
    double revenue = rai_rows_get_double (rows, i, "revenue");
    double last_year = rai_rows_get_double (rows, i, "revenue_last_year");
    g_autofree char *value = rai_format_money_whole ((int64_t) revenue, data->currency);
    g_autofree char *delta =
        last_year > 0 ? rai_format_percent_signed (revenue / last_year - 1, 0) : NULL;
    RaiRanking ranking = {
      .key = rai_rows_get_int (rows, i, "site_id"),
      .name = rai_rows_get_text (rows, i, "site_name"),
      .value = value,
      .delta = delta,
      .share = revenue / greatest,
      .mark = last_year > 0 ? last_year / greatest : -1,
      .grew = revenue >= last_year,
    };
    gtk_list_box_append (list, rai_ranking_row_new (&ranking));
  }
}

/* Rows of `heat` come by site and weekday. */
static void
fill_heat (const RaiDashboardData *data, RaiHeatMap *map) {
  const RaiRows *rows = data->rows[RAI_DASHBOARD_HEAT];
  size_t n = rai_dashboard_data_count (data, RAI_DASHBOARD_HEAT), n_sites = 0;
  g_autofree const char **names = g_new0 (const char *, n + 1);
  g_autofree double *values = g_new (double, n *N_WEEKDAYS + 1);
  char *weekdays[N_WEEKDAYS + 1] = { NULL };
  int64_t site = 0;

  for (size_t i = 0; i < n; i++) {
    int64_t weekday = rai_rows_get_int (rows, i, "weekday");
    if (n_sites == 0 || rai_rows_get_int (rows, i, "site_id") != site) {
      for (size_t day = 0; day < N_WEEKDAYS; day++)
        values[n_sites * N_WEEKDAYS + day] = NAN;
      site = rai_rows_get_int (rows, i, "site_id");
      names[n_sites++] = rai_rows_get_text (rows, i, "site_name");
    }
    if (weekday >= 1 && weekday <= N_WEEKDAYS)
      values[(n_sites - 1) * N_WEEKDAYS + (size_t) weekday - 1] =
          rai_rows_get_double (rows, i, "revenue");
  }

  for (int day = 0; day < N_WEEKDAYS; day++)
    weekdays[day] = rai_time_axis_day_text (A_MONDAY + day, "%a");
  rai_heat_map_set (map, names, n_sites, (const char *const *) weekdays, N_WEEKDAYS, values,
                    RAI_CHART_UNIT_MONEY, data->currency);
  for (size_t day = 0; day < N_WEEKDAYS; day++)
    g_free (weekdays[day]);
}

int64_t
rai_dashboard_company_heat_site (const RaiDashboardData *data, unsigned row) {
  const RaiRows *rows = data->rows[RAI_DASHBOARD_HEAT];
  size_t n = rai_dashboard_data_count (data, RAI_DASHBOARD_HEAT);
  int64_t site = 0;
  unsigned seen = 0;

  for (size_t i = 0; i < n; i++) {
    if (i > 0 && rai_rows_get_int (rows, i, "site_id") == site)
      continue;
    site = rai_rows_get_int (rows, i, "site_id");
    if (seen++ == row)
      return site;
  }

  return 0;
}

/* One minus the summed misses over the summed sales of the seven days up to each day. */
static RaiChartSeries *
rolling_accuracy (const RaiDashboardData *data, const char *column) {
  const RaiRows *past = data->rows[RAI_DASHBOARD_PAST];
  g_autoptr (RaiChartSeries) expected = rai_rows_to_series (past, column, 1, NAN, RAI_DAY_NONE);
  g_autoptr (RaiChartSeries) sold =
      rai_rows_to_series (data->rows[RAI_DASHBOARD_DAYS], "revenue", 1, NAN, RAI_DAY_NONE);
  if (expected == NULL || sold == NULL)
    return NULL;

  RaiDay first = rai_chart_series_first_day (expected);
  size_t n = rai_chart_series_length (expected);
  double *values = g_new (double, n);

  for (size_t i = 0; i < n; i++) {
    double missed = 0, total = 0;
    for (RaiDay day = first + (RaiDay) i - 6; day <= first + (RaiDay) i; day++) {
      double forecast = rai_chart_series_get (expected, day),
             revenue = rai_chart_series_get (sold, day);
      if (isnan (forecast) || isnan (revenue))
        continue;
      missed += fabs (forecast - revenue);
      total += revenue;
    }
    values[i] = i >= 6 && total > 0 ? 1 - missed / total : NAN;
  }

  return rai_chart_series_new_take (first, values, n);
}

static void
add_line (RaiChart *chart, const char *title, RaiChartRole role, bool dotted,
          RaiChartSeries *series) {
  RaiChartLayer *layer = rai_line_layer_new (title, role, dotted);
  rai_series_layer_set_series (RAI_SERIES_LAYER (layer), series);
  rai_chart_add_layer (chart, layer);
}

bool
rai_dashboard_company_fill_accuracy (const RaiDashboardData *data, RaiPage *page,
                                     GtkWidget *const *parts) {
  RaiChart *chart = RAI_CHART (parts[0]);
  g_autoptr (RaiChartSeries) ours = rolling_accuracy (data, "mean"),
                             naive = rolling_accuracy (data, "naive");
  rai_chart_freeze (chart);
  rai_chart_remove_layers (chart);
  rai_chart_set_unit (chart, RAI_CHART_UNIT_PERCENT, NULL);
  if (naive != NULL)
    add_line (chart, _ ("Last week's day"), RAI_CHART_ROLE_COMPARISON, false, naive);
  if (ours != NULL)
    add_line (chart, _ ("Forecast"), RAI_CHART_ROLE_FORECAST, false, ours);

  rai_chart_thaw (chart);
  return true;
}

/* Stock value, turns and margin as words for one line. */
static char *
stock_text (const RaiDashboardData *data) {
  const RaiRows *rows = data->rows[RAI_DASHBOARD_RANKING];
  double value = 0, cost = 0;
  for (size_t i = 0; i < rai_dashboard_data_count (data, RAI_DASHBOARD_RANKING); i++) {
    value += rai_rows_get_double (rows, i, "stock_value");
    cost += rai_rows_get_double (rows, i, "cost");
  }

  if (!(value > 0))
    return g_strdup (_ ("No stock is kept yet."));

  g_autofree char *money = rai_format_money_whole ((int64_t) value, data->currency);
  /* Cost of 28 days' sales, as a year, over what lies in the stores now. */
  g_autofree char *turns = rai_format_number (cost / 28 * 365 / value, 1);
  g_autofree char *days = rai_format_number (cost > 0 ? value / (cost / 28) : 0, 0);

  return g_strdup_printf (_ ("Stock worth %s at cost turns %s times a year: it lasts %s days."),
                          money, turns, days);
}

bool
rai_dashboard_company_fill_compare (const RaiDashboardData *data, RaiPage *page,
                                    GtkWidget *const *parts) {
  g_autofree char *stock = stock_text (data);
  fill_ranking (data, GTK_LIST_BOX (parts[0]));
  fill_heat (data, RAI_HEAT_MAP (parts[1]));
  gtk_label_set_label (GTK_LABEL (parts[2]), stock);
  return true;
}

static void
fill_chart (const RaiDashboardData *data, RaiChart *chart) {
  g_autoptr (RaiChartSeries) history =
      rai_rows_to_series (data->rows[RAI_DASHBOARD_DAYS], "revenue", 1, 0, data->last_day);
  g_autoptr (RaiChartSeries) past =
      rai_rows_to_series (data->rows[RAI_DASHBOARD_PAST], "mean", 1, NAN, RAI_DAY_NONE);

  RaiChartLayer *marks = rai_marker_layer_new (),
                *band = rai_band_layer_new (RAI_CHART_ROLE_FORECAST);
  rai_chart_freeze (chart);
  rai_chart_remove_layers (chart);
  rai_chart_set_unit (chart, RAI_CHART_UNIT_MONEY, data->currency);
  rai_chart_set_today (chart, data->today);
  if (data->forecast != NULL)
    rai_forecast_data_fill_bands (data->forecast, RAI_BAND_LAYER (band));

  rai_rows_to_marks (data->rows[RAI_DASHBOARD_CALENDAR], RAI_MARKER_LAYER (marks));
  rai_chart_add_layer (chart, band);
  if (past != NULL)
    add_line (chart, _ ("Forecast then"), RAI_CHART_ROLE_FORECAST, true, past);
  if (history != NULL)
    add_line (chart, _ ("Sold"), RAI_CHART_ROLE_HISTORY, false, history);
  if (data->forecast != NULL) {
    g_autoptr (RaiChartSeries) forecast = rai_forecast_data_series (data->forecast);
    add_line (chart, _ ("Forecast"), RAI_CHART_ROLE_FORECAST, false, forecast);
  }

  rai_chart_add_layer (chart, marks);
  rai_chart_set_home (chart, data->today - 28, data->today + 13);
  rai_chart_thaw (chart);
}

bool
rai_dashboard_company_fill_chart (const RaiDashboardData *data, RaiPage *page,
                                  GtkWidget *const *parts) {
  gtk_label_set_label (GTK_LABEL (parts[0]), data->site != 0 ? _ ("Revenue a day")
                                             : data->some    ? _ ("Revenue a day, your stores")
                                                             : _ ("Revenue a day, all stores"));
  fill_chart (data, RAI_CHART (parts[1]));
  if (data->kind == RAI_DASHBOARD_REGION)
    rai_dashboard_multiples_add_sum (RAI_DASHBOARD_MULTIPLES (parts[2]), RAI_CHART (parts[1]));
  return true;
}
