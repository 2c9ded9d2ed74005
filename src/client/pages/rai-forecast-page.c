/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-forecast-page.h"

#include "client/model/rai-format.h"
#include "client/pages/rai-forecast-change-dialog.h"
#include "client/pages/rai-forecast-words.h"
#include "client/pages/rai-import-dialog.h"
#include "client/widgets/rai-chart-split.h"
#include "client/widgets/rai-chart.h"
#include "client/widgets/rai-hatch-layer.h"
#include "client/widgets/rai-line-layer.h"
#include "client/widgets/rai-waterfall.h"
#include "util/rai-clock.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#define DAYS_BACK 400
#define HOME_DAYS 56

struct _RaiForecastPage {
  RaiPage parent_instance;
  GtkWidget *leaflet, *detail, *picker; /* the leaflet is only known by name in the .ui */
  GtkSearchEntry *search;
  GtkListView *nodes;
  GtkWidget *back, *why, *method, *details, *overrides_section, *change, *older;
  GtkLabel *level, *title, *why_days, *why_range, *model, *reason, *backtest, *coverage;
  GtkListBox *overrides;
  RaiChart *chart;
  RaiChartLayer *hatch, *band, *past, *sold, *expected, *marks;
  RaiWaterfall *waterfall;

  RaiQueryModel *model_of_nodes;
  /* What is shown. */
  RaiForecastLevel node_level; /* RAI_N_LEVELS: nothing is shown yet */
  int64_t site, node;
  char *name, *unit;
  char *symbol; /* the unit in words */
  bool chosen;  /* by the user: else the store follows the window's choice */
  RaiForecastData *data;
  RaiRows *calendar, *promotions, *changes;
  bool lacks_days; /* of long ago, which the server would know */
  /* Of several stores together. */
  RaiForecastData *sum;
  unsigned to_come; /* stores whose forecast is to be added */
  bool lacks_store; /* one has none: then there is no sum */
};

G_DEFINE_FINAL_TYPE (RaiForecastPage, rai_forecast_page, RAI_TYPE_PAGE)

static RaiSession *
session_of (RaiForecastPage *self) {
  return rai_page_get_session (RAI_PAGE (self));
}

static bool
is_item (RaiForecastPage *self) {
  return self->node_level == RAI_LEVEL_ITEM;
}

/* The stores of an account whose stores are named: the company's forecast is not theirs, the sum of
 * the stores' own is, as on the dashboard. */
static bool
is_region (RaiForecastPage *self) {
  const RaiIdentity *identity = rai_session_get_identity (session_of (self));
  return self->node_level == RAI_LEVEL_COMPANY && identity != NULL && !identity->all_sites;
}

/* ---- Why ---- */

/* The days that the parts are about: the chart's selection where it lies in the forecast, else all
 * of it. */
static RaiChartDays
why_days (RaiForecastPage *self) {
  RaiChartDays days = rai_chart_get_days (self->chart);
  RaiDay first = self->data->first_day, last = first + (RaiDay) self->data->numbers.horizon - 1;
  if (days.from == RAI_DAY_NONE || days.to < first || days.from > last)
    return (RaiChartDays){ first, last };
  return (RaiChartDays){ MAX (days.from, first), MIN (days.to, last) };
}

static void
get_unit (RaiForecastPage *self, RaiChartUnit *unit, const char **symbol) {
  *unit = is_item (self) ? RAI_CHART_UNIT_QUANTITY : RAI_CHART_UNIT_MONEY;
  *symbol = is_item (self) ? self->symbol : rai_session_get_currency (session_of (self));
}

static void
show_waterfall (RaiForecastPage *self, RaiChartDays days) {
  const RaiForecastData *data = self->data;
  g_autofree RaiWaterfallPart *parts = g_new0 (RaiWaterfallPart, data->numbers.n_parts + 1);
  RaiChartUnit unit;
  const char *symbol;
  size_t n = rai_forecast_data_why (data, days.from, days.to, parts);
  get_unit (self, &unit, &symbol);
  rai_waterfall_set (self->waterfall, parts, n, _ ("Forecast"), unit, symbol);
}

static void
show_why (RaiForecastPage *self) {
  gtk_widget_set_visible (self->why, self->data != NULL);
  gtk_widget_set_visible (self->method, self->data != NULL);
  if (self->data == NULL)
    return;

  RaiChartDays days = why_days (self);
  g_autofree char *text =
      rai_forecast_days_text (self->data, days, rai_session_get_today (session_of (self)));

  gtk_label_set_label (self->why_days, text);
  show_waterfall (self, days);

  bool one_day = days.from == days.to;
  if (one_day) {
    RaiValueAxis axis;
    RaiChartUnit unit;
    const char *symbol;
    get_unit (self, &unit, &symbol);
    rai_value_axis_init (&axis, unit, symbol);
    g_autofree char *low = rai_value_axis_plain_text (
        &axis, rai_forecast_data_quantile (self->data, days.from, RAI_Q10));
    g_autofree char *high = rai_value_axis_value_text (
        &axis, rai_forecast_data_quantile (self->data, days.from, RAI_Q90));
    g_autofree char *range = g_strdup_printf (_ ("80 of 100 such days: %s–%s"), low, high);
    gtk_label_set_label (self->why_range, range);
  }

  gtk_widget_set_visible (GTK_WIDGET (self->why_range), one_day);
}

static void
show_optional (GtkLabel *label, const char *text) {
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text);
}

static void
show_method (RaiForecastPage *self) {
  bool sum = is_region (self);
  g_autofree char *model = sum ? g_strdup (_ ("The forecasts of your stores added up"))
                               : rai_forecast_model_title (self->data->model);
  g_autofree char *backtest =
      sum ? NULL : rai_forecast_backtest_text (self->data, self->node_level);
  g_autofree char *coverage = rai_forecast_coverage_text (self->data);
  show_optional (self->model, model);
  gtk_label_set_label (self->reason, self->data->reason != NULL ? self->data->reason : "");
  gtk_widget_set_visible (self->details, self->data->reason != NULL && *self->data->reason);
  show_optional (self->backtest, backtest);
  show_optional (self->coverage, coverage);
}

static void
add_override (RaiForecastPage *self, const RaiRows *rows, size_t i) {
  RaiDay today = rai_session_get_today (session_of (self));
  GtkWidget *row = adw_action_row_new ();
  RaiDay first = (RaiDay) rai_rows_get_int (rows, i, "first_day"),
         last = (RaiDay) rai_rows_get_int (rows, i, "last_day");
  int64_t percent = rai_rows_get_int (rows, i, "percent");
  g_autofree char *from = rai_format_day (first, today), *to = rai_format_day (last, today);
  g_autofree char *days = first == last ? g_strdup (from) : g_strdup_printf ("%s – %s", from, to);
  g_autofree char *change = percent == 100
                                ? g_strdup (_ ("as forecast"))
                                : rai_format_percent_signed ((double) (percent - 100) / 100, 0);
  g_autofree char *title = g_strdup_printf ("%s: %s", days, change);
  const char *reason = rai_rows_get_text (rows, i, "reason"),
             *author = rai_rows_get_text (rows, i, "account");
  g_autofree char *ago = rai_format_ago (rai_rows_get_int (rows, i, "at"), rai_now_ms ());
  g_autofree char *subtitle =
      g_strdup_printf ("%s%s%s · %s", reason != NULL ? reason : "",
                       reason != NULL && *reason ? " · " : "", author != NULL ? author : "", ago);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_append (self->overrides, row);
}

static void
show_overrides (RaiForecastPage *self) {
  size_t n = self->changes != NULL ? rai_rows_count (self->changes) : 0;
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->overrides))))
    gtk_list_box_remove (self->overrides, child);
  for (size_t i = 0; i < MIN (n, 5); i++)
    add_override (self, self->changes, i);

  gtk_widget_set_visible (GTK_WIDGET (self->overrides), n > 0);
  gtk_widget_set_visible (self->overrides_section, is_item (self));
  gtk_widget_set_visible (self->change,
                          rai_session_may (session_of (self), RAI_PERMISSION_OVERRIDE) &&
                              self->data != NULL);
}

static void
days_changed_cb (RaiForecastPage *self) {
  if (self->data != NULL)
    show_why (self);
}

/* ---- Chart ---- */

static void
show_marks (RaiForecastPage *self) {
  RaiMarkerLayer *marks = RAI_MARKER_LAYER (self->marks);
  rai_chart_freeze (self->chart);
  rai_rows_to_marks (self->calendar, marks);

  for (size_t i = 0; self->promotions != NULL && i < rai_rows_count (self->promotions); i++)
    rai_marker_layer_add (marks, RAI_MARKER_PROMOTION,
                          (RaiDay) rai_rows_get_int (self->promotions, i, "first_day"),
                          (RaiDay) rai_rows_get_int (self->promotions, i, "last_day"),
                          rai_rows_get_text (self->promotions, i, "name"));

  for (size_t i = 0; self->changes != NULL && i < rai_rows_count (self->changes); i++) {
    double percent = (double) rai_rows_get_int (self->changes, i, "percent");
    g_autofree char *text = rai_format_percent_signed (percent / 100 - 1, 0);
    if (percent != 100)
      rai_marker_layer_add (marks, RAI_MARKER_OVERRIDE,
                            (RaiDay) rai_rows_get_int (self->changes, i, "first_day"),
                            (RaiDay) rai_rows_get_int (self->changes, i, "last_day"), text);
  }

  rai_chart_thaw (self->chart);
}

/* Takes the data; NULL: there is no forecast. */
static void
show_forecast (RaiForecastPage *self, RaiForecastData *data) {
  RaiDay today = rai_session_get_today (session_of (self));
  g_clear_pointer (&self->data, rai_forecast_data_free);
  self->data = data;
  g_autoptr (RaiChartSeries) series =
      self->data != NULL ? rai_forecast_data_series (self->data) : NULL;
  rai_chart_freeze (self->chart);
  rai_series_layer_set_series (RAI_SERIES_LAYER (self->expected), series);
  rai_band_layer_clear (RAI_BAND_LAYER (self->band));
  rai_band_layer_set_or_more (RAI_BAND_LAYER (self->band), is_region (self));
  if (self->data != NULL)
    rai_forecast_data_fill_bands (self->data, RAI_BAND_LAYER (self->band));

  RaiDay end =
      self->data != NULL ? self->data->first_day + (RaiDay) self->data->numbers.horizon - 1 : today;
  rai_chart_set_home (self->chart, today - HOME_DAYS, end);
  rai_chart_thaw (self->chart);
  if (self->data != NULL)
    show_method (self);

  show_why (self);
  show_overrides (self);
}

static void
forecast_arrived (RaiPage *page, RaiRows *rows) {
  show_forecast (RAI_FORECAST_PAGE (page), rai_forecast_data_new (rows));
}

/* One store's, in any order. */
static void
store_arrived (RaiPage *page, RaiRows *rows) {
  RaiForecastPage *self = RAI_FORECAST_PAGE (page);
  g_autoptr (RaiForecastData) data = rai_forecast_data_new (rows);
  if (data == NULL)
    self->lacks_store = true;
  else if (self->sum == NULL)
    self->sum = g_steal_pointer (&data);
  else if (!rai_forecast_data_add (self->sum, data))
    self->lacks_store = true;

  if (--self->to_come > 0)
    return;
  if (self->lacks_store)
    g_clear_pointer (&self->sum, rai_forecast_data_free);
  show_forecast (self, g_steal_pointer (&self->sum));
}

static void
past_arrived (RaiPage *page, RaiRows *rows) {
  RaiForecastPage *self = RAI_FORECAST_PAGE (page);
  g_autoptr (RaiChartSeries) series = rai_rows_to_series (rows, "mean", 1, NAN, RAI_DAY_NONE);
  rai_series_layer_set_series (RAI_SERIES_LAYER (self->past), series);
}

static void
history_arrived (RaiPage *page, RaiRows *rows) {
  RaiForecastPage *self = RAI_FORECAST_PAGE (page);
  RaiDay last = rai_session_get_last_day (session_of (self));
  bool item = is_item (self);

  g_autoptr (RaiChartSeries) sold =
      rai_rows_to_series (rows, item ? "quantity" : "revenue", item ? 0.001 : 1, 0, last);
  g_autoptr (RaiChartSeries) out =
      item ? rai_rows_to_series (rows, "out_of_stock", 0.001, 0, RAI_DAY_NONE) : NULL;
  rai_chart_freeze (self->chart);
  rai_series_layer_set_series (RAI_SERIES_LAYER (self->sold), sold);
  rai_series_layer_set_series (RAI_SERIES_LAYER (self->hatch), out);
  rai_chart_thaw (self->chart);
}

/* Once for each answer that lacks them; whether none did is known when the page is filled. */
static void
rai_forecast_page_days_missing (RaiPage *page) {
  RaiForecastPage *self = RAI_FORECAST_PAGE (page);
  self->lacks_days = true;
  gtk_widget_set_visible (self->older, true);
}

static void
filled_cb (RaiForecastPage *self) {
  gtk_widget_set_visible (self->older, self->lacks_days);
}

static void
keep (RaiRows **place, RaiRows *rows) {
  g_clear_pointer (place, rai_rows_unref);
  *place = rows != NULL ? rai_rows_ref (rows) : NULL;
}

static void
calendar_arrived (RaiPage *page, RaiRows *rows) {
  keep (&RAI_FORECAST_PAGE (page)->calendar, rows);
  show_marks (RAI_FORECAST_PAGE (page));
}

static void
promotions_arrived (RaiPage *page, RaiRows *rows) {
  keep (&RAI_FORECAST_PAGE (page)->promotions, rows);
  show_marks (RAI_FORECAST_PAGE (page));
}

static void
overrides_arrived (RaiPage *page, RaiRows *rows) {
  keep (&RAI_FORECAST_PAGE (page)->changes, rows);
  show_marks (RAI_FORECAST_PAGE (page));
  show_overrides (RAI_FORECAST_PAGE (page));
}

static void
show_title (RaiForecastPage *self) {
  RaiChartUnit unit;
  const char *symbol, *level = _ (rai_forecast_level_title (self->node_level));
  bool company = self->node_level == RAI_LEVEL_COMPANY;
  const char *all = is_region (self) ? rai_session_get_all_name (session_of (self)) : level;
  const char *name = self->name != NULL && *self->name ? self->name : all;

  get_unit (self, &unit, &symbol);
  show_optional (self->level, company ? NULL : level);
  gtk_label_set_label (self->title, name);
  rai_chart_set_title (self->chart, name);
  rai_chart_set_unit (self->chart, unit, symbol);
}

/* "pieces" for "piece": what stands after a number of many. */
static char *
unit_words (const char *unit) {
  g_autofree char *many = rai_format_quantity_unit (7000, unit);
  const char *words = many;
  while (*words && !g_unichar_isalpha (g_utf8_get_char (words)))
    words = g_utf8_next_char (words);
  return g_strdup (words);
}

static void
item_arrived (RaiPage *page, RaiRows *rows) {
  RaiForecastPage *self = RAI_FORECAST_PAGE (page);
  if (rai_rows_count (rows) == 0)
    return;
  g_free (self->name);
  g_free (self->unit);
  self->name = g_strdup (rai_rows_get_text (rows, 0, "name"));
  self->unit = g_strdup (rai_rows_get_text (rows, 0, "unit"));
  g_free (self->symbol);
  self->symbol = unit_words (self->unit);
  show_title (self);
  show_why (self);
}

/* ---- Asking ---- */

/* Arguments are text; those that name nothing are left out. */
static GHashTable *
arguments_of (RaiForecastPage *self, bool with_item, bool with_days) {
  GHashTable *arguments = rai_query_arguments (NULL, NULL);
  RaiDay today = rai_session_get_today (session_of (self));
  char day[11];

  if (self->site != 0)
    g_hash_table_insert (arguments, g_strdup ("site"), g_strdup_printf ("%" PRId64, self->site));
  if (with_item)
    g_hash_table_insert (arguments, g_strdup ("item"), g_strdup_printf ("%" PRId64, self->node));
  if (with_days) {
    g_hash_table_insert (arguments, g_strdup ("from"),
                         g_strdup (rai_day_format (today - DAYS_BACK, day)));
    g_hash_table_insert (arguments, g_strdup ("to"), g_strdup (rai_day_format (today + 60, day)));
  }

  return arguments;
}

static GHashTable *
node_arguments (RaiForecastPage *self, bool with_days) {
  GHashTable *arguments = arguments_of (self, false, with_days);
  g_hash_table_insert (arguments, g_strdup ("level"),
                       g_strdup (rai_forecast_level_id (self->node_level)));
  g_hash_table_insert (arguments, g_strdup ("node"), g_strdup_printf ("%" PRId64, self->node));
  return arguments;
}

static void
ask_history (RaiForecastPage *self) {
  RaiPage *page = RAI_PAGE (self);
  GHashTable *arguments = arguments_of (self, is_item (self), true);
  if (is_item (self)) {
    rai_page_load (page, "item-days", arguments, history_arrived);
  } else if (self->node_level == RAI_LEVEL_DEPARTMENT) {
    g_hash_table_insert (arguments, g_strdup ("department"),
                         g_strdup_printf ("%" PRId64, self->node));
    rai_page_load (page, "department-days", arguments, history_arrived);
  } else {
    rai_page_load (page, "site-days", arguments, history_arrived);
  }
}

/* What was forecast for days that have come is kept for each store; their sum is not shown. */
static void
ask_stores (RaiForecastPage *self) {
  GListModel *sites = rai_session_get_sites (session_of (self));
  g_clear_pointer (&self->sum, rai_forecast_data_free);
  self->lacks_store = false;
  self->to_come = g_list_model_get_n_items (sites);
  rai_series_layer_set_series (RAI_SERIES_LAYER (self->past), NULL);

  for (unsigned i = 0; i < g_list_model_get_n_items (sites); i++) {
    g_autoptr (RaiRow) row = g_list_model_get_item (sites, i);
    g_autofree char *id = g_strdup_printf ("%" PRId64, rai_row_get_int (row, "id"));
    rai_page_load (RAI_PAGE (self), "forecast",
                   rai_query_arguments ("level", rai_forecast_level_id (RAI_LEVEL_SITE), "site", id,
                                        "node", "0", NULL),
                   store_arrived);
  }
}

static void
load_node (RaiForecastPage *self) {
  RaiPage *page = RAI_PAGE (self);
  self->lacks_days = false;
  rai_chart_set_today (self->chart, rai_session_get_today (session_of (self)));
  show_marks (self);
  show_title (self);
  ask_history (self);
  if (is_region (self)) {
    ask_stores (self);
  } else {
    rai_page_load (page, "forecast-past", node_arguments (self, true), past_arrived);
    rai_page_load (page, "forecast", node_arguments (self, false), forecast_arrived);
  }

  if (self->site != 0)
    rai_page_load (page, "calendar", arguments_of (self, false, true), calendar_arrived);
  if (is_item (self)) {
    rai_page_load (page, "item", arguments_of (self, true, false), item_arrived);
    rai_page_load (page, "promotions", arguments_of (self, true, true), promotions_arrived);
    rai_page_load (page, "overrides", arguments_of (self, true, false), overrides_arrived);
  }
}

static void
set_node (RaiForecastPage *self, RaiForecastLevel level, int64_t site, int64_t node,
          const char *name) {
  g_autofree char *new_name = g_strdup (name);
  /* Marks of the one before are wrong; those of the same one stay until newer ones are there. */
  keep (&self->calendar, NULL);
  keep (&self->promotions, NULL);
  keep (&self->changes, NULL);
  g_free (self->name);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->symbol, g_free);
  self->node_level = level;
  self->name = g_steal_pointer (&new_name);
  self->site = site;
  self->node = node;
  rai_chart_set_days (self->chart, (RaiChartDays){ RAI_DAY_NONE, RAI_DAY_NONE }, false);
}

/* Without a choice: the store of the window, or all of them. */
static void
set_default_node (RaiForecastPage *self) {
  RaiSession *session = session_of (self);
  int64_t site = rai_session_get_site (session);

  if (site == 0 && g_list_model_get_n_items (rai_session_get_sites (session)) > 1) {
    if (self->node_level != RAI_LEVEL_COMPANY)
      set_node (self, RAI_LEVEL_COMPANY, 0, 0, NULL);
    return;
  }

  RaiRow *row = rai_session_get_site_row (session);
  site = rai_session_get_one_site (session);
  if (self->node_level != RAI_LEVEL_SITE || self->site != site)
    set_node (self, RAI_LEVEL_SITE, site, 0,
              row != NULL ? rai_row_get_text (row, "name") : rai_session_get_site_name (session));
}

static void
filter_nodes (RaiForecastPage *self) {
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  GHashTable *arguments = rai_session_site_arguments (session_of (self));
  if (*text)
    g_hash_table_insert (arguments, g_strdup ("search"), g_strdup (text));
  rai_query_model_set_arguments (self->model_of_nodes, arguments);
}

static void
rai_forecast_page_refresh (RaiPage *page) {
  RaiForecastPage *self = RAI_FORECAST_PAGE (page);
  RaiSession *session = session_of (self);
  int64_t site = rai_session_get_site (session);

  if (rai_session_get_last_day (session) == RAI_DAY_NONE) {
    rai_import_dialog_show_empty (
        page, "rai-forecast-symbolic", _ ("No forecasts yet"),
        _ ("Forecasts appear here after the first sales came in and the planning ran."));
    return;
  }

  rai_page_show_content (page);
  /* A store that was taken from the account meanwhile. */
  if (self->site != 0 && !rai_session_knows_site (session, self->site))
    self->chosen = false;
  if (self->chosen && site != 0 && self->site != site && is_item (self))
    self->site = site;
  else if (!self->chosen || (site != 0 && self->site != site))
    set_default_node (self);

  filter_nodes (self);
  load_node (self);
}

/* ---- Choosing ---- */

static void
show_detail (RaiForecastPage *self, bool detail) {
  g_object_set (self->leaflet, "visible-child", detail ? self->detail : self->picker, NULL);
}

static void
node_activated_cb (RaiForecastPage *self, unsigned position) {
  GtkSelectionModel *selection = gtk_list_view_get_model (self->nodes);
  g_autoptr (RaiRow) row = g_list_model_get_item (G_LIST_MODEL (selection), position);
  RaiForecastLevel level;
  if (row == NULL || !rai_row_is_loaded (row) ||
      !rai_forecast_level_parse (rai_row_get_text (row, "level"), &level))
    return;

  set_node (self, level, rai_row_get_int (row, "site_id"), rai_row_get_int (row, "node_id"),
            rai_row_get_text (row, "title"));
  self->chosen = true;
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (selection), position);
  rai_page_queue_refresh (RAI_PAGE (self));
  show_detail (self, true);
}

static void
search_changed_cb (RaiForecastPage *self) {
  if (self->model_of_nodes != NULL)
    filter_nodes (self);
}

static void
back_cb (RaiForecastPage *self) {
  show_detail (self, false);
}

static void
change_cb (RaiForecastPage *self) {
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  RaiChartDays days = rai_chart_get_days (self->chart);
  RaiDay first = self->data->first_day;

  if (days.from == RAI_DAY_NONE || days.to < first)
    days = (RaiChartDays){ first, first + 6 };

  GtkWidget *dialog =
      rai_forecast_change_dialog_new (session_of (self), self->site, self->node, self->name,
                                      self->data, days.from, days.to, self->unit);

  gtk_window_set_transient_for (GTK_WINDOW (dialog),
                                GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
rai_forecast_page_navigate (RaiPage *page, const char *target) {
  RaiForecastPage *self = RAI_FORECAST_PAGE (page);
  const char *value = strchr (target, '=');
  int64_t id = value != NULL ? g_ascii_strtoll (value + 1, NULL, 10) : 0;

  if (g_str_has_prefix (target, "item=") && id > 0)
    set_node (self, RAI_LEVEL_ITEM, rai_session_get_one_site (session_of (self)), id, NULL);
  else if (g_str_has_prefix (target, "site=") && id > 0)
    set_node (self, RAI_LEVEL_SITE, id, 0, rai_session_get_site_name (session_of (self)));
  else if (strcmp (target, "company") == 0)
    set_node (self, RAI_LEVEL_COMPANY, 0, 0, NULL);
  else
    return;

  self->chosen = true;
  show_detail (self, true);
  rai_page_queue_refresh (page);
}

static bool
rai_forecast_page_start_search (RaiPage *page) {
  RaiForecastPage *self = RAI_FORECAST_PAGE (page);
  show_detail (self, false);
  return gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* ---- Rows of the picker ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item) {
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (int i = 0; i < 2; i++) {
    GtkWidget *label = gtk_label_new (NULL);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    gtk_box_append (GTK_BOX (box), label);
  }

  GtkWidget *second = gtk_widget_get_last_child (box);
  gtk_widget_add_css_class (box, "node-row");
  gtk_widget_add_css_class (second, "caption");
  gtk_widget_add_css_class (second, "dim-label");
  gtk_list_item_set_child (item, box);
}

static void
show_node (GtkWidget *box, RaiRow *row) {
  const char *title = rai_row_get_text (row, "title"),
             *subtitle = rai_row_get_text (row, "subtitle");
  RaiForecastLevel level = RAI_N_LEVELS; /* of a row that is not loaded */
  bool known = rai_forecast_level_parse (rai_row_get_text (row, "level"), &level);
  const char *kind = known ? _ (rai_forecast_level_title (level)) : "";
  bool company = level == RAI_LEVEL_COMPANY, item = level == RAI_LEVEL_ITEM;
  g_autofree char *below =
      company ? g_strdup (_ ("Company"))
      : item  ? g_strdup (subtitle)
              : g_strjoin (subtitle != NULL && *subtitle ? " · " : "", kind, subtitle, NULL);

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)), title != NULL && *title ? title
                                                                     : company               ? kind
                                                                               : "…");
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), below != NULL ? below : "");
}

static void
row_changed_cb (RaiRow *row, GtkWidget *box) {
  show_node (box, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item) {
  RaiRow *row = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  show_node (box, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), box, 0);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item) {
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), row_changed_cb,
                                        gtk_list_item_get_child (item));
}

static void
rai_forecast_page_attached (RaiPage *page) {
  RaiForecastPage *self = RAI_FORECAST_PAGE (page);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  self->model_of_nodes =
      rai_query_model_new (rai_session_get_reader (session_of (self)), "forecast-nodes");

  GtkSingleSelection *selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_model (selection, G_LIST_MODEL (self->model_of_nodes));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_factory (self->nodes, factory);
  gtk_list_view_set_model (self->nodes, GTK_SELECTION_MODEL (selection));
  rai_page_watch_model (page, self->model_of_nodes);
  g_object_unref (factory);
  g_object_unref (selection);
}

static void
rai_forecast_page_dispose (GObject *object) {
  RaiForecastPage *self = RAI_FORECAST_PAGE (object);
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_FORECAST_PAGE);
  g_clear_object (&self->model_of_nodes);
  g_clear_pointer (&self->data, rai_forecast_data_free);
  g_clear_pointer (&self->sum, rai_forecast_data_free);
  keep (&self->calendar, NULL);
  keep (&self->promotions, NULL);
  keep (&self->changes, NULL);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->symbol, g_free);
  G_OBJECT_CLASS (rai_forecast_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, RaiForecastPage, name)

static void
bind_children (GtkWidgetClass *widget_class) {
  BIND (leaflet);
  BIND (detail);
  BIND (picker);
  BIND (search);
  BIND (nodes);
  BIND (back);
  BIND (why);
  BIND (method);
  BIND (details);
  BIND (older);
  BIND (overrides_section);
  BIND (change);
  BIND (level);
  BIND (title);
  BIND (why_days);
  BIND (why_range);
  BIND (model);
  BIND (reason);
  BIND (backtest);
  BIND (coverage);
  BIND (overrides);
  BIND (chart);
  BIND (hatch);
  BIND (band);
  BIND (past);
  BIND (sold);
  BIND (expected);
  BIND (marks);
  BIND (waterfall);
}

static void
rai_forecast_page_class_init (RaiForecastPageClass *class) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  RaiPageClass *page_class = RAI_PAGE_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = rai_forecast_page_dispose;
  page_class->refresh = rai_forecast_page_refresh;
  page_class->attached = rai_forecast_page_attached;
  page_class->navigate = rai_forecast_page_navigate;
  page_class->days_missing = rai_forecast_page_days_missing;
  page_class->start_search = rai_forecast_page_start_search;
  g_type_ensure (RAI_TYPE_CHART);
  g_type_ensure (RAI_TYPE_LINE_LAYER);
  g_type_ensure (RAI_TYPE_BAND_LAYER);
  g_type_ensure (RAI_TYPE_HATCH_LAYER);
  g_type_ensure (RAI_TYPE_MARKER_LAYER);
  g_type_ensure (RAI_TYPE_WATERFALL);
  g_type_ensure (RAI_TYPE_CHART_SPLIT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-forecast-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, days_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, node_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_cb);
}

static void
rai_forecast_page_init (RaiForecastPage *self) {
  self->node_level = RAI_N_LEVELS;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "filled", G_CALLBACK (filled_cb), NULL);
  g_object_bind_property (self->leaflet, "folded", self->back, "visible", G_BINDING_SYNC_CREATE);
}
