/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecaster/rai-report.h"

#include <math.h>
#include <stdlib.h>

/* Series named one by one, worst first. */
#define WORST_MAX 50

static void
append_text (GString *json, const char *text) {
  g_string_append_c (json, '"');
  for (const unsigned char *at = (const unsigned char *) text; *at != '\0'; at++) {
    if (*at == '"' || *at == '\\')
      g_string_append_printf (json, "\\%c", *at);
    else if (*at < 0x20)
      g_string_append_printf (json, "\\u%04x", *at);
    else
      g_string_append_c (json, (char) *at);
  }

  g_string_append_c (json, '"');
}

static void
append_number (GString *json, const char *name, double value) {
  char buffer[G_ASCII_DTOSTR_BUF_SIZE] = "null";
  if (isfinite (value))
    g_ascii_formatd (buffer, sizeof buffer, "%.5g", value);
  g_string_append_printf (json, ", \"%s\": %s", name, buffer);
}

/* The error after each stage, and what it took away: the forecast value added (Gilliland, "The
 * Business Forecasting Deal", 2010), in points of WAPE. */
static void
append_stages (GString *json, const RaiLevelError *error) {
  static const char *const names[RAI_N_STAGES] = { "seasonal naive", "best method", "blend",
                                                   "reconciliation" };
  g_string_append (json, ", \"stages\": [");

  for (int stage = 0; stage < RAI_N_STAGES; stage++) {
    g_string_append_printf (json, "%s{\"stage\": \"%s\"", stage > 0 ? ", " : "", names[stage]);
    append_number (json, "wape", error->stages[stage]);
    if (stage > 0)
      append_number (json, "value_added", error->stages[stage - 1] - error->stages[stage]);
    g_string_append_c (json, '}');
  }

  g_string_append_c (json, ']');
}

static void
append_levels (GString *json, const RaiForecast *forecast) {
  size_t n;
  const RaiLevelError *errors = rai_forecast_level_errors (forecast, &n);
  g_string_append (json, "  \"levels\": [");

  for (size_t k = 0; k < n; k++) {
    g_string_append_printf (json, "%s\n    {\"level\": \"%s\", \"groups\": %zu", k > 0 ? "," : "",
                            errors[k].level, errors[k].n_groups);
    append_number (json, "wape", errors[k].wape);
    append_number (json, "seasonal_naive_wape", errors[k].naive_wape);
    append_number (json, "bias", errors[k].bias);
    append_number (json, "rmse_to_seasonal_naive", errors[k].rmsse);
    append_number (json, "latest_window_wape", errors[k].latest);
    append_number (json, "earlier_windows_wape", errors[k].earlier);
    append_number (json, "drift", errors[k].latest / errors[k].earlier);
    append_stages (json, &errors[k]);
    g_string_append_c (json, '}');
  }

  g_string_append (json, "\n  ],\n");
}

static void
append_methods (GString *json, const RaiForecast *forecast) {
  size_t n;
  const RaiMethodError *errors = rai_forecast_method_errors (forecast, &n);
  g_string_append (json, "  \"methods\": [");

  for (size_t k = 0; k < n; k++) {
    g_string_append_printf (json, "%s\n    {\"name\": \"%s\"", k > 0 ? "," : "", errors[k].name);
    append_number (json, "wape", errors[k].wape);
    append_number (json, "weight", errors[k].weight);
    g_string_append_c (json, '}');
  }

  g_string_append (json, "\n  ],\n");
}

typedef struct {
  size_t series;
  double excess; /* error beyond what the seasonal naive would have made, as a share of sales */
} Worst;

static int
compare_worst (const void *a, const void *b) {
  const Worst *x = a, *y = b;
  if (x->excess != y->excess)
    return x->excess > y->excess ? -1 : 1;
  return x->series < y->series ? -1 : 1;
}

static void
append_series (GString *json, const RaiPanel *panel, const RaiForecast *forecast) {
  size_t n = rai_panel_n_series (panel), known = 0;
  g_autofree Worst *worst = g_new (Worst, n + 1);
  for (size_t i = 0; i < n; i++) {
    const RaiBacktest *backtest = &rai_forecast_series (forecast, i)->backtest;
    if (isfinite (backtest->wape))
      worst[known++] = (Worst){ i, backtest->wape - backtest->naive_wape };
  }

  qsort (worst, known, sizeof *worst, compare_worst);
  g_string_append (json, "  \"worst_series\": [");
  for (size_t k = 0; k < MIN (known, WORST_MAX); k++) {
    const RaiSeriesForecast *series = rai_forecast_series (forecast, worst[k].series);
    g_string_append_printf (json, "%s\n    {\"site\": ", k > 0 ? "," : "");
    append_text (json, rai_panel_site (panel, worst[k].series));
    g_string_append (json, ", \"item\": ");
    append_text (json, rai_panel_item (panel, worst[k].series));
    g_string_append (json, ", \"model\": ");
    append_text (json, series->model);
    append_number (json, "wape", series->backtest.wape);
    append_number (json, "seasonal_naive_wape", series->backtest.naive_wape);
    append_number (json, "mase", series->backtest.mase);
    append_number (json, "bias", series->backtest.bias);
    append_number (json, "coverage_80", series->backtest.coverage);
    g_string_append_c (json, '}');
  }

  g_string_append (json, "\n  ]\n");
}

/* Sales that were not taken as they came, for the eyes of whoever entered them. */
static void
append_changes (GString *json, const RaiPanel *panel, const RaiForecast *forecast) {
  size_t n, counts[RAI_N_CHANGES];
  const RaiChange *changes = rai_forecast_changes (forecast, &n, counts);
  g_string_append_printf (
      json, "  \"changed_sales\": {\"outliers\": %zu, \"stockouts\": %zu, \"largest\": [",
      counts[RAI_CHANGE_OUTLIER], counts[RAI_CHANGE_STOCKOUT]);

  for (size_t k = 0; k < n; k++) {
    const RaiChange *change = &changes[k];
    char day[11];
    rai_day_format (rai_panel_day (panel, change->series, change->step), day);
    g_string_append_printf (json, "%s\n    {\"site\": ", k > 0 ? "," : "");
    append_text (json, rai_panel_site (panel, change->series));
    g_string_append (json, ", \"item\": ");
    append_text (json, rai_panel_item (panel, change->series));
    g_string_append_printf (json, ", \"date\": \"%s\", \"why\": \"%s\"", day,
                            change->kind == RAI_CHANGE_OUTLIER ? "outlier" : "stock-out");
    append_number (json, "sold", change->observed);
    append_number (json, "taken_as", change->used);
    g_string_append_c (json, '}');
  }

  g_string_append (json, "\n  ]},\n");
}

char *
rai_report_json (const RaiPanel *panel, const RaiForecast *forecast) {
  static const char *const steps[] = { "hour", "day", "week", "month" };
  GString *json = g_string_new (NULL);
  size_t n = rai_panel_n_series (panel), looked = 0;
  double coverage = 0;

  for (size_t i = 0; i < n; i++) {
    double own = rai_forecast_series (forecast, i)->backtest.coverage;
    coverage += isfinite (own) ? own : 0;
    looked += isfinite (own);
  }

  g_string_append_printf (
      json,
      "{\n  \"series\": %zu, \"step\": \"%s\", \"horizon\": %zu, \"series_looked_back_on\": %zu", n,
      steps[rai_panel_step (panel)], rai_panel_horizon (panel), looked);
  append_number (json, "coverage_80", looked > 0 ? coverage / (double) looked : NAN);
  g_string_append (json, ",\n");
  append_levels (json, forecast);
  append_methods (json, forecast);
  append_changes (json, panel, forecast);
  append_series (json, panel, forecast);
  g_string_append (json, "}\n");

  return g_string_free (json, FALSE);
}
