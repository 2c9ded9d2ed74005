/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-data.h"

#include "db/rai-query.h"

#include <inttypes.h>

RaiDashboardData *
rai_dashboard_data_new (void) {
  RaiDashboardData *data = g_new0 (RaiDashboardData, 1);
  data->last_day = data->today = RAI_DAY_NONE;
  return data;
}

void
rai_dashboard_data_free (RaiDashboardData *data) {
  for (size_t i = 0; i < RAI_DASHBOARD_N_SLOTS; i++)
    g_clear_pointer (&data->rows[i], rai_rows_unref);
  g_clear_pointer (&data->forecast, rai_forecast_data_free);
  g_free (data->currency);
  g_free (data);
}

void
rai_dashboard_data_set (RaiDashboardData *data, RaiDashboardSlot slot, RaiRows *rows) {
  g_clear_pointer (&data->rows[slot], rai_rows_unref);
  data->rows[slot] = rai_rows_ref (rows);
  if (slot == RAI_DASHBOARD_FORECAST) {
    g_clear_pointer (&data->forecast, rai_forecast_data_free);
    data->forecast = rai_forecast_data_new (rows);
  }
}

size_t
rai_dashboard_data_count (const RaiDashboardData *data, RaiDashboardSlot slot) {
  return data->rows[slot] != NULL ? rai_rows_count (data->rows[slot]) : 0;
}

double
rai_dashboard_data_day_value (const RaiDashboardData *data, RaiDashboardSlot slot, RaiDay day,
                              const char *column) {
  return rai_rows_on_day (data->rows[slot], day, column);
}

bool
rai_dashboard_data_like_for_like (const RaiDashboardData *data, double *revenue,
                                  double *last_year) {
  const RaiRows *rows = data->rows[RAI_DASHBOARD_RANKING];
  *revenue = *last_year = 0;
  for (size_t i = 0; rows != NULL && i < rai_rows_count (rows); i++) {
    if (rai_rows_get_int (rows, i, "revenue_last_year") <= 0 ||
        rai_rows_get_int (rows, i, "revenue") <= 0)
      continue;
    *revenue += rai_rows_get_double (rows, i, "revenue");
    *last_year += rai_rows_get_double (rows, i, "revenue_last_year");
  }

  return *last_year > 0;
}

int
rai_dashboard_data_accuracy_row (const RaiDashboardData *data, RaiForecastLevel level) {
  const RaiRows *rows = data->rows[RAI_DASHBOARD_ACCURACY];
  for (size_t i = 0; rows != NULL && i < rai_rows_count (rows); i++)
    if (g_strcmp0 (rai_rows_get_text (rows, i, "level"), rai_forecast_level_id (level)) == 0)
      return (int) i;
  return -1;
}

RaiForecastLevel
rai_dashboard_data_level (const RaiDashboardData *data) {
  return data->site != 0 ? RAI_LEVEL_SITE : RAI_LEVEL_COMPANY;
}

GHashTable *
rai_dashboard_data_site_arguments (const RaiDashboardData *data) {
  g_autofree char *site = g_strdup_printf ("%" PRId64, data->site);
  return data->site != 0 ? rai_query_arguments ("site", site, NULL)
                         : rai_query_arguments (NULL, NULL);
}
