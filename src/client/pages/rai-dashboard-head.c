/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-head.h"

#include "client/model/rai-format.h"
#include "client/model/rai-words.h"
#include "core/rai-quantile.h"

#include <glib/gi18n.h>
#include <math.h>

static char *
money (const RaiDashboardData *data, double amount) {
  return rai_format_money_whole ((int64_t) llround (amount), data->currency);
}

/* "6 % above forecast": against the forecast of that day, else against the same weekday a week
 * before. */
static char *
comparison (const RaiDashboardData *data, double revenue) {
  double expected = rai_dashboard_data_day_value (data, RAI_DASHBOARD_PAST, data->last_day, "mean");
  double before = rai_rows_get_double (data->rows[RAI_DASHBOARD_BRIEFING], 0, "revenue_last_week");
  bool has_forecast = expected > 0;
  double reference = has_forecast ? expected : before;

  if (!(reference > 0))
    return NULL;

  double share = revenue / reference - 1;
  g_autofree char *percent = rai_format_percent (fabs (share), 0);
  if (fabs (share) < 0.005)
    return g_strdup (has_forecast ? _ ("as forecast") : _ ("the same as a week before"));
  if (has_forecast)
    return g_strdup_printf (share > 0 ? _ ("%s above forecast") : _ ("%s below forecast"), percent);

  return g_strdup_printf (
      share > 0 ? _ ("%s more than a week before") : _ ("%s less than a week before"), percent);
}

static void
say_yesterday (const RaiDashboardData *data, GString *text) {
  double revenue = rai_rows_get_double (data->rows[RAI_DASHBOARD_BRIEFING], 0, "revenue");
  g_autofree char *day = rai_format_day (data->last_day, data->today);
  g_autofree char *amount = money (data, revenue), *compared = comparison (data, revenue);
  if (compared != NULL)
    /* Translators: "Yesterday 4,812 EUR, 6 % above forecast." */
    g_string_append_printf (text, _ ("%s %s, %s."), day, amount, compared);
  else
    g_string_append_printf (text, _ ("%s %s."), day, amount);
}

/* What is special about a day: its own name, or that of the day after; NULL: nothing. */
static char *
occasion (const RaiDashboardData *data, RaiDay day) {
  const RaiRows *rows = data->rows[RAI_DASHBOARD_CALENDAR];
  for (RaiDay at = day; at <= day + 1; at++)
    for (size_t i = 0; rows != NULL && i < rai_rows_count (rows); i++) {
      const char *holiday = rai_rows_get_text (rows, i, "holiday"),
                 *event = rai_rows_get_text (rows, i, "event");
      const char *name = holiday != NULL && *holiday ? holiday : event;
      if (rai_rows_get_int (rows, i, "day") != at || name == NULL || !*name)
        continue;
      if (at == day)
        return g_strdup (name);
      /* Translators: %s is a holiday or an event of the next day. */
      if (holiday != NULL && *holiday)
        return g_strdup_printf (_ ("the day before %s"), name);
    }

  return NULL;
}

/* What people said counts before the next planning; else the planner knows best: it expects nothing
 * of days on which the store does not open. */
static bool
is_closed (const RaiDashboardData *data, RaiDay day) {
  const RaiRows *calendar = data->rows[RAI_DASHBOARD_CALENDAR];
  if (rai_rows_on_day (calendar, day, "opened") > 0)
    return false;
  if (rai_rows_on_day (calendar, day, "closed") > 0)
    return true;
  if (data->open_weekdays != 0)
    return (data->open_weekdays >> (rai_day_weekday (day) - 1) & 1) == 0;
  return rai_forecast_data_mean (data->forecast, day) == 0;
}

static void
say_today (const RaiDashboardData *data, GString *text) {
  if (data->forecast == NULL)
    return;

  double mean = rai_forecast_data_mean (data->forecast, data->today);
  if (isnan (mean))
    return;

  g_autofree char *why = occasion (data, data->today);
  if (is_closed (data, data->today)) {
    if (why != NULL)
      g_string_append_printf (text, _ (" Closed today: %s."), why);
    else
      g_string_append (text, _ (" Closed today."));
    return;
  }

  g_autofree char *amount = money (data, mean);
  g_autofree char *low = rai_format_money_whole (
      (int64_t) llround (rai_forecast_data_quantile (data->forecast, data->today, RAI_Q10)), NULL);
  g_autofree char *high = rai_format_money_whole (
      (int64_t) llround (rai_forecast_data_quantile (data->forecast, data->today, RAI_Q90)), NULL);

  if (why != NULL)
    g_string_append_printf (text, _ (" Today expect %s (%s–%s): %s."), amount, low, high, why);
  else
    g_string_append_printf (text, _ (" Today expect %s (%s–%s)."), amount, low, high);
}

static void
say_stock (const RaiDashboardData *data, GString *text) {
  int64_t runs_out = rai_rows_get_int (data->rows[RAI_DASHBOARD_BRIEFING], 0, "runs_out");
  int64_t out = rai_rows_get_int (data->rows[RAI_DASHBOARD_BRIEFING], 0, "out");
  if (runs_out > 0)
    g_string_append_printf (text,
                            ngettext (" %d item runs out before its next delivery.",
                                      " %d items run out before their next delivery.",
                                      (unsigned long) runs_out),
                            (int) runs_out);

  if (out > 0)
    g_string_append_printf (
        text,
        ngettext (" %d item is out of stock.", " %d items are out of stock.", (unsigned long) out),
        (int) out);
}

static void
say_orders (const RaiDashboardData *data, GString *text) {
  int64_t orders = rai_rows_get_int (data->rows[RAI_DASHBOARD_BRIEFING], 0, "orders");
  double protects = rai_rows_get_double (data->rows[RAI_DASHBOARD_BRIEFING], 0, "orders_protect");
  if (orders <= 0)
    return;

  g_string_append_printf (text,
                          ngettext (" %d order waits for approval", " %d orders wait for approval",
                                    (unsigned long) orders),
                          (int) orders);

  if (protects >= 100) {
    g_autofree char *amount = money (data, protects);
    g_string_append_printf (text, _ (", about %s of margin at stake."), amount);
  } else {
    g_string_append (text, ".");
  }
}

static void
say_like_for_like (const RaiDashboardData *data, GString *text) {
  double revenue, last_year;
  if (!rai_dashboard_data_like_for_like (data, &revenue, &last_year))
    return;

  g_autofree char *amount = money (data, revenue);
  g_autofree char *percent = rai_format_percent (fabs (revenue / last_year - 1), 1);
  g_string_append_printf (text,
                          revenue >= last_year
                              ? _ (" The last 28 days %s, %s above last year in the same stores.")
                              : _ (" The last 28 days %s, %s below last year in the same stores."),
                          amount, percent);
}

/* Two to four sentences made of numbers; empty before they are there. */
static char *
briefing_text (const RaiDashboardData *data) {
  GString *text = g_string_new (NULL);
  if (data->last_day == RAI_DAY_NONE ||
      rai_dashboard_data_count (data, RAI_DASHBOARD_BRIEFING) == 0)
    return g_string_free (text, FALSE);

  say_yesterday (data, text);
  say_today (data, text);
  if (data->kind != RAI_DASHBOARD_STORE)
    say_like_for_like (data, text);
  if (data->kind != RAI_DASHBOARD_COMPANY) {
    say_stock (data, text);
    say_orders (data, text);
  }

  return g_string_free (text, FALSE);
}

/* What must be known before the numbers are read; empty: nothing. Of several stores the first whose
 * sales are missing is named, and how many more there are. */
static char *
caution (RaiSession *session, RaiDay today) {
  if (rai_session_is_past (session))
    return g_strdup (
        _ ("These figures are of the past: the data say that today is the day above."));

  RaiRow *only = rai_session_get_site_row (session);
  GListModel *sites = rai_session_get_sites (session);
  g_autofree char *first = NULL;
  unsigned more = 0;
  for (unsigned i = 0; i < g_list_model_get_n_items (sites); i++) {
    g_autoptr (RaiRow) site = g_list_model_get_item (sites, i);
    g_autofree char *missing =
        only == NULL || only == site ? rai_words_sales_missing (site, today) : NULL;
    if (missing != NULL && first == NULL)
      first = only != NULL
                  ? g_steal_pointer (&missing)
                  /* Translators: a store's name and a sentence about it */
                  : g_strdup_printf (_ ("%s: %s"), rai_row_get_text (site, "name"), missing);
    else
      more += missing != NULL;
  }

  if (more > 0)
    return g_strdup_printf (ngettext ("%s Nor have those of %u other store.",
                                      "%s Nor have those of %u other stores.", more),
                            first, more);
  return first != NULL ? g_steal_pointer (&first) : g_strdup ("");
}

bool
rai_dashboard_head_fill (const RaiDashboardData *data, RaiPage *page, GtkWidget *const *parts) {
  g_autofree char *date = rai_format_day_long (data->today);
  g_autofree char *briefing = briefing_text (data);
  g_autofree char *warning = caution (rai_page_get_session (page), data->today);

  gtk_label_set_label (GTK_LABEL (parts[0]), date);
  gtk_label_set_label (GTK_LABEL (parts[1]), briefing);
  gtk_label_set_label (GTK_LABEL (parts[2]), warning);

  return true;
}
