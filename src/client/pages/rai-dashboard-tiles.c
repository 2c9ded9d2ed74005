/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-tiles.h"

#include "client/model/rai-format.h"
#include "client/widgets/rai-tile.h"

#include <glib/gi18n.h>
#include <math.h>

#define SPARK_DAYS 28

static void
clear (RaiTile *tile, const char *title) {
  g_object_set (tile, "title", title, NULL);
  rai_tile_set_value (tile, "–");
  rai_tile_set_caption (tile, NULL);
  for (unsigned i = 0; i < 2; i++)
    rai_tile_set_delta (tile, i, NULL, RAI_TILE_NEUTRAL);
  rai_tile_set_values (tile, NULL, 0);
}

static double
on_day (const RaiDashboardData *data, RaiDay day, const char *column) {
  return rai_dashboard_data_day_value (data, RAI_DASHBOARD_DAYS, day, column);
}

/* Share of the revenue that is margin; NAN on days without revenue. */
static double
margin_on (const RaiDashboardData *data, RaiDay day) {
  double revenue = on_day (data, day, "revenue"), cost = on_day (data, day, "cost");
  return revenue > 0 ? (revenue - cost) / revenue : NAN;
}

static double
revenue_on (const RaiDashboardData *data, RaiDay day) {
  double revenue = on_day (data, day, "revenue");
  return isnan (revenue) ? 0 : revenue;
}

/* Days without a value are left out of the line. */
static void
set_spark (RaiTile *tile, const RaiDashboardData *data,
           double (*value) (const RaiDashboardData *, RaiDay)) {
  double values[SPARK_DAYS];
  size_t n = 0;
  for (RaiDay day = data->last_day - SPARK_DAYS + 1; day <= data->last_day; day++) {
    double at = value (data, day);
    if (!isnan (at))
      values[n++] = at;
  }
  rai_tile_set_values (tile, values, n);
}

static void
fill_revenue (const RaiDashboardData *data, RaiTile *tile) {
  double revenue = on_day (data, data->last_day, "revenue");
  double expected = rai_dashboard_data_day_value (data, RAI_DASHBOARD_PAST, data->last_day, "mean");
  double last_year = on_day (data, data->last_day - 364, "revenue");

  clear (tile, _ ("Revenue"));
  if (isnan (revenue))
    return;

  g_autofree char *value = rai_format_money_whole ((int64_t) llround (revenue), data->currency);
  g_autofree char *forecast = rai_tile_compare (revenue, expected, _ ("%s above forecast"),
                                                _ ("%s below forecast"), _ ("As forecast"));
  g_autofree char *year = rai_tile_compare (revenue, last_year, _ ("%s above last year"),
                                            _ ("%s below last year"), _ ("As last year"));
  g_autofree char *day = rai_format_day (data->last_day, data->today);
  g_autofree char *caption = g_strdup_printf (_ ("%s, and 28 days as a line"), day);

  rai_tile_set_value (tile, value);
  rai_tile_set_delta (tile, 0, forecast, rai_tile_mood (revenue, expected));
  rai_tile_set_delta (tile, 1, year, rai_tile_mood (revenue, last_year));
  rai_tile_set_caption (tile, caption);
  set_spark (tile, data, revenue_on);
}

/* "1.2 points above last year"; NULL when there is nothing to compare or no difference to speak
 * of. */
static char *
points (double share, double reference, const char *above, const char *below) {
  if (isnan (share) || isnan (reference) || fabs (share - reference) < 0.0005)
    return NULL;
  g_autofree char *number = rai_format_number (fabs (share - reference) * 100, 1);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (share > reference ? above : below, number);
#pragma GCC diagnostic pop
}

static void
fill_margin (const RaiDashboardData *data, RaiTile *tile) {
  const RaiRows *briefing = data->rows[RAI_DASHBOARD_BRIEFING];
  double share = margin_on (data, data->last_day), year = margin_on (data, data->last_day - 364),
         month = NAN;

  clear (tile, _ ("Margin"));
  if (isnan (share))
    return;
  if (briefing != NULL && rai_rows_count (briefing) > 0 &&
      rai_rows_get_double (briefing, 0, "revenue_28") > 0)
    month = 1 - rai_rows_get_double (briefing, 0, "cost_28") /
                    rai_rows_get_double (briefing, 0, "revenue_28");

  g_autofree char *value = rai_format_percent (share, 1);
  g_autofree char *against_month =
      points (share, month, _ ("%s points above 28 days"), _ ("%s points below 28 days"));
  g_autofree char *against_year =
      points (share, year, _ ("%s points above last year"), _ ("%s points below last year"));
  double amount = on_day (data, data->last_day, "revenue") - on_day (data, data->last_day, "cost");
  g_autofree char *amount_text =
      rai_format_money_whole ((int64_t) llround (amount), data->currency);
  g_autofree char *caption = g_strdup_printf (_ ("%s of revenue less cost"), amount_text);

  rai_tile_set_value (tile, value);
  rai_tile_set_delta (tile, 0, against_month, share > month ? RAI_TILE_GOOD : RAI_TILE_BAD);
  rai_tile_set_delta (tile, 1, against_year, share > year ? RAI_TILE_GOOD : RAI_TILE_BAD);
  rai_tile_set_caption (tile, caption);
  set_spark (tile, data, margin_on);
}

static void
fill_availability (const RaiDashboardData *data, RaiTile *tile) {
  const RaiRows *rows = data->rows[RAI_DASHBOARD_BRIEFING];
  clear (tile, _ ("Availability"));
  if (rows == NULL || rai_rows_count (rows) == 0 || rai_rows_get_int (rows, 0, "carried") <= 0) {
    rai_tile_set_caption (tile, _ ("No stock is kept yet: count or receive an item"));
    return;
  }

  int64_t carried = rai_rows_get_int (rows, 0, "carried"),
          available = rai_rows_get_int (rows, 0, "available");
  int64_t runs_out = rai_rows_get_int (rows, 0, "runs_out"),
          missing = rai_rows_get_int (rows, 0, "out");

  /* The plan knows which of the empty shelves matter, and Inventory lists the same; before the
   * first plan all do. */
  if (missing == 0)
    missing = carried - available;

  g_autofree char *value = rai_format_percent ((double) (carried - missing) / (double) carried, 1);
  g_autofree char *out = g_strdup_printf (
      ngettext ("%d item out of stock", "%d items out of stock", (unsigned long) missing),
      (int) missing);
  g_autofree char *soon =
      g_strdup_printf (ngettext ("%d runs out before delivery", "%d run out before delivery",
                                 (unsigned long) runs_out),
                       (int) runs_out);
  g_autofree char *number = rai_format_number ((double) carried, 0);
  g_autofree char *caption = g_strdup_printf (_ ("of %s items whose stock is kept"), number);

  rai_tile_set_value (tile, value);
  rai_tile_set_delta (tile, 0, out, missing > 0 ? RAI_TILE_BAD : RAI_TILE_GOOD);
  rai_tile_set_delta (tile, 1, soon, runs_out > 0 ? RAI_TILE_BAD : RAI_TILE_NEUTRAL);
  rai_tile_set_caption (tile, caption);
}

/* One minus the relative miss of a day's forecast. */
static double
hit_on (const RaiDashboardData *data, RaiDay day) {
  double expected = rai_dashboard_data_day_value (data, RAI_DASHBOARD_PAST, day, "mean");
  double revenue = on_day (data, day, "revenue");
  return isnan (expected) || !(revenue > 0) ? NAN
                                            : MAX (0, 1 - fabs (expected - revenue) / revenue);
}

static void
fill_accuracy (const RaiDashboardData *data, RaiTile *tile) {
  const RaiRows *rows = data->rows[RAI_DASHBOARD_ACCURACY];
  RaiForecastLevel level = rai_dashboard_data_level (data);
  int row = rai_dashboard_data_accuracy_row (data, level);

  if (row < 0) {
    level = RAI_LEVEL_SITE;
    row = rai_dashboard_data_accuracy_row (data, level);
  }

  clear (tile, _ ("Forecast accuracy"));
  if (row < 0) {
    rai_tile_set_caption (tile,
                          data->kind == RAI_DASHBOARD_REGION || (data->some && data->site == 0)
                              ? _ ("Choose a store to see it")
                              : _ ("Known after the first forecasts came due"));
    return;
  }

  double wape = rai_rows_get_double (rows, (size_t) row, "wape");
  double naive = rai_rows_get_double (rows, (size_t) row, "wape_naive");
  g_autofree char *value = rai_format_percent (MAX (0, 1 - wape), 1);
  g_autofree char *baseline = rai_format_percent (MAX (0, 1 - naive), 1);
  g_autofree char *delta = g_strdup_printf (_ ("%s by taking last week's day"), baseline);
  g_autofree char *caption =
      g_strdup_printf (_ ("%s, up to %d days ahead"), _ (rai_forecast_level_measure (level)),
                       (int) rai_rows_get_int (rows, (size_t) row, "horizon"));

  rai_tile_set_value (tile, value);
  rai_tile_set_delta (tile, 0, delta, RAI_TILE_NEUTRAL);
  rai_tile_set_caption (tile, caption);
  set_spark (tile, data, hit_on);
}

/* ---- For administrators ---- */

static void
fill_stores (const RaiDashboardData *data, RaiTile *tile) {
  const RaiRows *rows = data->rows[RAI_DASHBOARD_SITES];
  size_t n = rai_dashboard_data_count (data, RAI_DASHBOARD_SITES), current = 0;
  clear (tile, _ ("Stores up to date"));
  for (size_t i = 0; i < n; i++)
    current += !rai_rows_get_is_null (rows, i, "last_day") &&
               rai_rows_get_int (rows, i, "last_day") >= (int64_t) data->today - 1;

  g_autofree char *value = g_strdup_printf (_ ("%d of %d"), (int) current, (int) n);
  rai_tile_set_value (tile, value);
  rai_tile_set_caption (tile, _ ("have yesterday's sales"));
}

bool
rai_dashboard_tiles_fill (const RaiDashboardData *data, RaiPage *page, GtkWidget *const *parts) {
  fill_revenue (data, RAI_TILE (parts[0]));
  (data->kind == RAI_DASHBOARD_SYSTEM ? fill_stores : fill_margin) (data, RAI_TILE (parts[1]));
  fill_availability (data, RAI_TILE (parts[2]));
  fill_accuracy (data, RAI_TILE (parts[3]));
  return true;
}
