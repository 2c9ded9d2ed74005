/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-forecast-data.h"

#include "core/rai-part.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Points into the rows. */
static GBytes *
bytes_of (const RaiRows *rows, const char *column) {
  size_t size = 0;
  const void *bytes = rai_rows_blob (rows, 0, rai_rows_column (rows, column), &size);
  return g_bytes_new_static (bytes, bytes != NULL ? size : 0);
}

static double
optional (const RaiRows *rows, const char *column) {
  return rai_rows_get_is_null (rows, 0, column) ? NAN : rai_rows_get_double (rows, 0, column);
}

RaiForecastData *
rai_forecast_data_new (const RaiRows *rows) {
  if (rows == NULL || rai_rows_count (rows) == 0)
    return NULL;

  g_auto (RaiForecastColumns) columns = {
    .horizon = rai_rows_get_int (rows, 0, "horizon"),
    .means = bytes_of (rows, "means"),
    .quantiles = bytes_of (rows, "quantiles"),
    .parts = bytes_of (rows, "parts"),
    .part_names = g_strdup (rai_rows_get_text (rows, 0, "part_names")),
  };
  g_autoptr (RaiForecastData) data = g_new0 (RaiForecastData, 1);
  if (!rai_forecast_numbers_decode (&data->numbers, &columns))
    return NULL;

  data->first_day = (RaiDay) rai_rows_get_int (rows, 0, "first_day");
  data->model = g_strdup (rai_rows_get_text (rows, 0, "model"));
  data->reason = g_strdup (rai_rows_get_text (rows, 0, "reason"));
  data->wape = optional (rows, "wape");
  data->wape_naive = optional (rows, "wape_naive");
  data->bias = optional (rows, "bias");
  data->coverage_80 = optional (rows, "coverage_80");
  data->backtest_days = (int) rai_rows_get_int (rows, 0, "backtest_days");

  return g_steal_pointer (&data);
}

void
rai_forecast_data_free (RaiForecastData *data) {
  rai_forecast_numbers_clear (&data->numbers);
  g_free (data->model);
  g_free (data->reason);
  g_free (data);
}

static void
add_floats (float *sum, const float *other, size_t n) {
  for (size_t i = 0; i < n; i++)
    sum[i] += other[i];
}

bool
rai_forecast_data_add (RaiForecastData *data, const RaiForecastData *other) {
  RaiForecastNumbers *sum = &data->numbers;
  const RaiForecastNumbers *more = &other->numbers;
  if (data->first_day != other->first_day || sum->horizon != more->horizon)
    return false;

  add_floats (sum->means, more->means, sum->horizon);
  add_floats (sum->quantiles, more->quantiles, sum->horizon * RAI_N_QUANTILES);
  for (size_t i = 0; i < more->n_parts; i++) {
    float *part = rai_forecast_numbers_part (sum, more->part_names[i]);
    if (part == NULL)
      part = rai_forecast_numbers_add_part (sum, more->part_names[i]);
    add_floats (part, more->parts + i * more->horizon, more->horizon);
  }

  g_clear_pointer (&sum->dispersion, g_free);
  g_clear_pointer (&data->model, g_free);
  g_clear_pointer (&data->reason, g_free);
  data->wape = data->wape_naive = data->bias = data->coverage_80 = NAN;
  data->backtest_days = 0;
  return true;
}

/* The day's place within the horizon; -1 outside. */
static int64_t
place_of (const RaiForecastData *data, RaiDay day) {
  int64_t i = (int64_t) day - data->first_day;
  return i >= 0 && i < (int64_t) data->numbers.horizon ? i : -1;
}

double
rai_forecast_data_mean (const RaiForecastData *data, RaiDay day) {
  int64_t i = place_of (data, day);
  return i < 0 ? NAN : data->numbers.means[i];
}

double
rai_forecast_data_quantile (const RaiForecastData *data, RaiDay day, RaiQuantile quantile) {
  int64_t i = place_of (data, day);
  return i < 0 ? NAN : data->numbers.quantiles[(size_t) i * RAI_N_QUANTILES + quantile];
}

/* Sum of a part over days; the days outside the horizon count nothing. */
static double
part_sum (const RaiForecastData *data, size_t part, RaiDay from, RaiDay to) {
  double sum = 0;
  for (size_t i = 0; i < data->numbers.horizon; i++) {
    RaiDay day = data->first_day + (RaiDay) i;
    if (day >= from && day <= to)
      sum += data->numbers.parts[part * data->numbers.horizon + i];
  }
  return sum;
}

static double
mean_sum (const RaiForecastData *data, RaiDay from, RaiDay to) {
  double sum = 0;
  for (size_t i = 0; i < data->numbers.horizon; i++) {
    RaiDay day = data->first_day + (RaiDay) i;
    if (day >= from && day <= to)
      sum += data->numbers.means[i];
  }
  return sum;
}

/* "weekday" -> "Day of the week"; a newer planner may know more parts. */
static const char *
part_title (const char *name) {
  RaiPart part;
  return rai_part_find (name, &part) ? _ (rai_part_title (part)) : name;
}

/* What rounds to nothing explains nothing, but still belongs to the sum. */
#define PART_MIN 0.002
#define REST_MIN 0.005

size_t
rai_forecast_data_why (const RaiForecastData *data, RaiDay from, RaiDay to,
                       RaiWaterfallPart *parts) {
  double total = mean_sum (data, from, to), rest = total;
  size_t n = 0, largest = 0;

  for (size_t i = 0; i < data->numbers.n_parts; i++) {
    double value = part_sum (data, i, from, to);
    if (fabs (value) <= fabs (total) * PART_MIN)
      continue;
    rest -= value;
    parts[n] = (RaiWaterfallPart){ part_title (data->numbers.part_names[i]), value };
    if (fabs (value) > fabs (parts[largest].value))
      largest = n;
    n++;
  }

  if (n == 0)
    parts[n++] = (RaiWaterfallPart){ _ ("Expected"), total };
  else if (fabs (rest) > fabs (total) * REST_MIN)
    parts[n++] = (RaiWaterfallPart){ _ ("Everything else"), rest };
  else
    parts[largest].value += rest;
  return n;
}

RaiChartSeries *
rai_forecast_data_series (const RaiForecastData *data) {
  double *values = g_new (double, data->numbers.horizon);
  for (size_t i = 0; i < data->numbers.horizon; i++)
    values[i] = data->numbers.means[i];
  return rai_chart_series_new_take (data->first_day, values, data->numbers.horizon);
}

static RaiChartSeries *
quantile_series (const RaiForecastData *data, RaiQuantile quantile) {
  double *values = g_new (double, data->numbers.horizon);
  for (size_t i = 0; i < data->numbers.horizon; i++)
    values[i] = data->numbers.quantiles[i * RAI_N_QUANTILES + quantile];
  return rai_chart_series_new_take (data->first_day, values, data->numbers.horizon);
}

void
rai_forecast_data_fill_bands (const RaiForecastData *data, RaiBandLayer *layer) {
  static const struct {
    int percent;
    RaiQuantile low, high;
  } bands[] = { { 95, RAI_Q025, RAI_Q975 }, { 80, RAI_Q10, RAI_Q90 }, { 50, RAI_Q25, RAI_Q75 } };

  rai_band_layer_clear (layer);
  for (size_t i = 0; i < G_N_ELEMENTS (bands); i++) {
    g_autoptr (RaiChartSeries) low = quantile_series (data, bands[i].low);
    g_autoptr (RaiChartSeries) high = quantile_series (data, bands[i].high);
    rai_band_layer_add (layer, bands[i].percent, low, high);
  }
}

RaiChartSeries *
rai_rows_to_series (const RaiRows *rows, const char *column, double scale, double missing,
                    RaiDay to) {
  size_t n_rows = rows != NULL ? rai_rows_count (rows) : 0;
  if (n_rows == 0)
    return NULL;

  int day_column = rai_rows_column (rows, "day"), value_column = rai_rows_column (rows, column);
  RaiDay first = (RaiDay) rai_rows_int (rows, 0, day_column);
  RaiDay last = MAX (to, (RaiDay) rai_rows_int (rows, n_rows - 1, day_column));
  size_t n = (size_t) (last - first + 1);
  double *values = g_new (double, n);

  for (size_t i = 0; i < n; i++)
    values[i] = missing;
  for (size_t row = 0; row < n_rows; row++) {
    int64_t i = rai_rows_int (rows, row, day_column) - first;
    if (i >= 0 && i < (int64_t) n && !rai_rows_is_null (rows, row, value_column))
      values[i] = rai_rows_double (rows, row, value_column) * scale;
  }

  return rai_chart_series_new_take (first, values, n);
}

/* A day with so many promotions is worth a mark; single offers run all the time. */
#define MANY_PROMOTIONS 20

void
rai_rows_to_marks (const RaiRows *rows, RaiMarkerLayer *layer) {
  RaiDay first_promotion = RAI_DAY_NONE;
  size_t n = rows != NULL ? rai_rows_count (rows) : 0;
  rai_marker_layer_clear (layer);

  for (size_t row = 0; row < n; row++) {
    RaiDay day = (RaiDay) rai_rows_get_int (rows, row, "day");
    const char *holiday = rai_rows_get_text (rows, row, "holiday"),
               *event = rai_rows_get_text (rows, row, "event");
    bool promoted = rai_rows_get_int (rows, row, "promotion") >= MANY_PROMOTIONS;
    if (holiday != NULL && *holiday)
      rai_marker_layer_add (layer, RAI_MARKER_HOLIDAY, day, day, holiday);
    else if (rai_rows_get_int (rows, row, "closed") && !rai_rows_get_int (rows, row, "opened"))
      rai_marker_layer_add (layer, RAI_MARKER_CLOSED, day, day, NULL);
    if (event != NULL && *event)
      rai_marker_layer_add (layer, RAI_MARKER_EVENT, day, day, event);
    if (promoted && first_promotion == RAI_DAY_NONE)
      first_promotion = day;
    if (first_promotion != RAI_DAY_NONE && (!promoted || row + 1 == n)) {
      rai_marker_layer_add (layer, RAI_MARKER_PROMOTION, first_promotion, promoted ? day : day - 1,
                            NULL);
      first_promotion = RAI_DAY_NONE;
    }
  }
}

double
rai_rows_on_day (const RaiRows *rows, RaiDay day, const char *column) {
  for (size_t row = rows != NULL ? rai_rows_count (rows) : 0; row > 0; row--)
    if (rai_rows_get_int (rows, row - 1, "day") == day)
      return rai_rows_get_is_null (rows, row - 1, column)
                 ? NAN
                 : rai_rows_get_double (rows, row - 1, column);
  return NAN;
}
