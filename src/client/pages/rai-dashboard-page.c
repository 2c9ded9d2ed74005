/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-page.h"

#include "client/model/rai-format.h"
#include "client/pages/rai-dashboard-company.h"
#include "client/pages/rai-dashboard-multiples.h"
#include "client/pages/rai-dashboard-tasks.h"
#include "client/pages/rai-dashboard-tiles.h"
#include "client/widgets/rai-chart-split.h"
#include "client/widgets/rai-line-layer.h"
#include "client/widgets/rai-ranking-row.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#define DAYS_BACK 392 /* 56 weeks: last year's day of each of the last 28 */
#define DAYS_AHEAD 28
#define MAX_FOUND 6

/* From here on, four tiles have room beside each other. */
#define FOUR_TILES_WIDTH 900

enum { SUM_MEAN, SUM_LOW, SUM_HIGH, N_SUMS };

struct _RaiDashboardPage {
  RaiPage parent_instance;
  GtkLabel *date, *briefing, *note, *chart_title, *stock_text, *tasks_done;
  GtkWidget *find_section, *tiles_section, *chart_section, *multiples_section, *tasks_section,
      *compare_section;
  GtkWidget *accuracy_section, *counts_section, *jobs_section, *audit_section, *sites_section;
  GtkSearchEntry *find;
  GtkListBox *found, *tasks, *ranking, *counts, *jobs, *audit, *sites;
  RaiTile *tile_1, *tile_2, *tile_3, *tile_4;
  RaiChart *chart, *accuracy;
  RaiHeatMap *heat;
  RaiDashboardMultiples *multiples;

  RaiDashboardData *data;
  unsigned waiting;       /* answers that the data still miss */
  unsigned multiple;      /* the store whose small chart is next */
  RaiRows *multiple_days; /* of that store */
  GArray *sum[N_SUMS];    /* double a day from today on: the stores' forecasts together */
  bool sum_ready;
};

G_DEFINE_FINAL_TYPE (RaiDashboardPage, rai_dashboard_page, RAI_TYPE_PAGE)

static RaiSession *
session_of (RaiDashboardPage *self) {
  return rai_page_get_session (RAI_PAGE (self));
}

static RaiDashboardKind
kind_of (RaiSession *session) {
  const RaiIdentity *identity = rai_session_get_identity (session);
  bool one_site = rai_session_get_site (session) != 0 ||
                  g_list_model_get_n_items (rai_session_get_sites (session)) == 1;

  if (!rai_session_may (session, RAI_PERMISSION_SEE_RESULTS))
    return RAI_DASHBOARD_FLOOR;
  if (identity != NULL && identity->role == RAI_ROLE_ADMIN && rai_session_get_site (session) == 0)
    return RAI_DASHBOARD_SYSTEM;
  if (one_site)
    return RAI_DASHBOARD_STORE;

  return identity != NULL && identity->role >= RAI_ROLE_EXECUTIVE ? RAI_DASHBOARD_COMPANY
                                                                  : RAI_DASHBOARD_REGION;
}

/* ---- Showing ---- */

static void
show_sections (RaiDashboardPage *self) {
  RaiDashboardKind kind = self->data->kind;
  bool system = kind == RAI_DASHBOARD_SYSTEM;
  bool several = kind == RAI_DASHBOARD_REGION || kind == RAI_DASHBOARD_COMPANY;
  const struct {
    GtkWidget *section;
    bool shown;
  } sections[] = {
    { self->find_section, kind == RAI_DASHBOARD_FLOOR },
    { self->tiles_section, kind != RAI_DASHBOARD_FLOOR },
    { self->chart_section, kind != RAI_DASHBOARD_FLOOR },
    { self->multiples_section, kind == RAI_DASHBOARD_REGION },
    { self->tasks_section, !system && kind != RAI_DASHBOARD_COMPANY },
    { self->compare_section, several },
    { self->accuracy_section, kind == RAI_DASHBOARD_COMPANY },
    { self->counts_section, kind == RAI_DASHBOARD_FLOOR },
    { self->jobs_section, system && rai_dashboard_data_count (self->data, RAI_DASHBOARD_JOBS) > 0 },
    { self->audit_section,
      system && rai_dashboard_data_count (self->data, RAI_DASHBOARD_AUDIT) > 0 },
    { self->sites_section, system },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (sections); i++)
    gtk_widget_set_visible (sections[i].section, sections[i].shown);
}

static void
show_text (GtkLabel *label, const char *text) {
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
show_head (RaiDashboardPage *self) {
  g_autofree char *date = rai_format_day_long (self->data->today);
  g_autofree char *briefing = rai_dashboard_briefing (self->data);
  bool past = rai_session_is_past (session_of (self));

  gtk_label_set_label (self->date, date);
  show_text (self->briefing, briefing);
  show_text (self->note,
             past ? _ ("These figures are of the past: today is the day after the last sales.")
                  : "");
  gtk_label_set_label (self->chart_title, self->data->site == 0 ? _ ("Revenue a day, all stores")
                                                                : _ ("Revenue a day"));
}

/* Means of stores add up to the region's. Their intervals added up are those of stores that always
 * have their good days together: the region's own is narrower, so the band says "or more". */
static void
add_to_sum (RaiDashboardPage *self, const RaiForecastData *forecast) {
  for (unsigned i = 0; i < DAYS_AHEAD; i++) {
    RaiDay day = self->data->today + (RaiDay) i;
    g_array_index (self->sum[SUM_MEAN], double, i) +=
        forecast != NULL ? rai_forecast_data_mean (forecast, day) : NAN;
    g_array_index (self->sum[SUM_LOW], double, i) +=
        forecast != NULL ? rai_forecast_data_quantile (forecast, day, 2) : NAN;
    g_array_index (self->sum[SUM_HIGH], double, i) +=
        forecast != NULL ? rai_forecast_data_quantile (forecast, day, 6) : NAN;
  }
}

static RaiChartSeries *
sum_series (RaiDashboardPage *self, unsigned which) {
  const GArray *sum = self->sum[which];
  return rai_chart_series_new (self->data->today, (const double *) (void *) sum->data, sum->len);
}

static void
show_sum (RaiDashboardPage *self) {
  g_autoptr (RaiChartSeries) series = sum_series (self, SUM_MEAN), low = sum_series (self, SUM_LOW),
                             high = sum_series (self, SUM_HIGH);

  RaiChartLayer *layer = rai_line_layer_new (_ ("Forecast"), RAI_CHART_ROLE_FORECAST, false);
  RaiChartLayer *band = rai_band_layer_new (RAI_CHART_ROLE_FORECAST);
  rai_band_layer_add (RAI_BAND_LAYER (band), 80, low, high);
  rai_band_layer_set_or_more (RAI_BAND_LAYER (band), true);
  rai_chart_add_layer (self->chart, band);
  rai_line_layer_set_series (RAI_LINE_LAYER (layer), series);
  rai_chart_add_layer (self->chart, layer);
}

static void
show_all (RaiDashboardPage *self) {
  RaiTile *tiles[RAI_DASHBOARD_N_TILES] = { self->tile_1, self->tile_2, self->tile_3,
                                            self->tile_4 };
  RaiDashboardKind kind = self->data->kind;

  show_sections (self);
  show_head (self);
  if (kind != RAI_DASHBOARD_FLOOR)
    rai_dashboard_tiles_fill (self->data, tiles);
  if (kind == RAI_DASHBOARD_SYSTEM) {
    rai_dashboard_tasks_fill_jobs (self->data, self->jobs);
    rai_dashboard_tasks_fill_audit (self->data, self->audit);
    rai_dashboard_tasks_fill_sites (self->data, self->sites);
    rai_dashboard_company_fill_chart (self->data, self->chart);
    return;
  }

  size_t n_tasks = rai_dashboard_tasks_fill (self->data, RAI_PAGE (self), self->tasks);
  gtk_widget_set_visible (GTK_WIDGET (self->tasks), n_tasks > 0);
  show_text (self->tasks_done, n_tasks > 0 ? "" : _ ("Nothing waits for you."));

  if (kind == RAI_DASHBOARD_FLOOR) {
    size_t n_counts = rai_dashboard_tasks_fill_counts (self->data, self->counts);
    gtk_widget_set_visible (self->counts_section, n_counts > 0);
    return;
  }

  rai_dashboard_company_fill_chart (self->data, self->chart);
  if (kind == RAI_DASHBOARD_STORE)
    return;
  if (kind == RAI_DASHBOARD_REGION && self->sum_ready)
    show_sum (self);

  g_autofree char *stock = rai_dashboard_company_stock_text (self->data);
  rai_dashboard_company_fill_ranking (self->data, self->ranking);
  rai_dashboard_company_fill_heat (self->data, self->heat);
  rai_dashboard_company_fill_accuracy (self->data, self->accuracy);
  gtk_label_set_label (self->stock_text, stock);
}

/* ---- Asking ---- */

static void
arrived (RaiPage *page, RaiDashboardSlot slot, RaiRows *rows) {
  RaiDashboardPage *self = RAI_DASHBOARD_PAGE (page);
  rai_dashboard_data_set (self->data, slot, rows);
  if (--self->waiting == 0)
    show_all (self);
}

#define ARRIVED(name, SLOT) \
  static void name##_arrived (RaiPage *page, RaiRows *rows) { \
    arrived (page, RAI_DASHBOARD_##SLOT, rows); \
  }
ARRIVED (briefing, BRIEFING)
ARRIVED (days, DAYS)
ARRIVED (forecast, FORECAST)
ARRIVED (past, PAST)
ARRIVED (accuracy, ACCURACY)
ARRIVED (calendar, CALENDAR)
ARRIVED (orders, ORDERS)
ARRIVED (deliveries, DELIVERIES)
ARRIVED (alerts, ALERTS)
ARRIVED (ranking, RANKING)
ARRIVED (heat, HEAT)
ARRIVED (out, OUT)
ARRIVED (counts, COUNTS)
ARRIVED (sites, SITES)
ARRIVED (jobs, JOBS)
ARRIVED (audit, AUDIT)

static void
ask (RaiDashboardPage *self, const char *query, GHashTable *arguments, RaiPageLoaded loaded) {
  self->waiting++;
  rai_page_load (RAI_PAGE (self), query, arguments, loaded);
}

static void
set (GHashTable *arguments, const char *name, const char *value) {
  g_hash_table_insert (arguments, g_strdup (name), g_strdup (value));
}

static void
set_days (GHashTable *arguments, RaiDay from, RaiDay to) {
  char text[11];
  set (arguments, "from", rai_day_format (from, text));
  set (arguments, "to", rai_day_format (to, text));
}

/* The store that is shown, or none for all together. */
static GHashTable *
site_arguments (RaiDashboardPage *self) {
  GHashTable *arguments = rai_query_arguments (NULL, NULL);
  g_autofree char *site = g_strdup_printf ("%" PRId64, self->data->site);
  if (self->data->site != 0)
    set (arguments, "site", site);
  return arguments;
}

static GHashTable *
forecast_arguments (RaiDashboardPage *self) {
  g_autofree char *site = g_strdup_printf ("%" PRId64, self->data->site);
  return rai_query_arguments ("level", self->data->site ? "site" : "company", "site", site, "node",
                              "0", NULL);
}

static void
ask_results (RaiDashboardPage *self) {
  RaiDashboardData *data = self->data;
  char last[11];
  GHashTable *arguments = site_arguments (self);

  set (arguments, "day", rai_day_format (data->last_day, last));
  ask (self, "briefing", arguments, briefing_arrived);
  arguments = site_arguments (self);
  set_days (arguments, data->last_day - DAYS_BACK, data->last_day);
  ask (self, "site-days", arguments, days_arrived);
  ask (self, "accuracy", site_arguments (self), accuracy_arrived);

  if (data->site != 0 || data->kind != RAI_DASHBOARD_REGION) {
    ask (self, "forecast", forecast_arguments (self), forecast_arrived);
    arguments = forecast_arguments (self);
    set_days (arguments, data->last_day - DAYS_BACK, data->today);
    ask (self, "forecast-past", arguments, past_arrived);
  }

  if (data->site != 0) {
    arguments = site_arguments (self);
    set_days (arguments, data->last_day - DAYS_BACK, data->today + DAYS_AHEAD);
    ask (self, "calendar", arguments, calendar_arrived);
  }
}

static void
ask_stores (RaiDashboardPage *self) {
  GHashTable *arguments = rai_query_arguments (NULL, NULL);
  set_days (arguments, self->data->last_day - 27, self->data->last_day);
  ask (self, "ranking", arguments, ranking_arrived);
  arguments = rai_query_arguments (NULL, NULL);
  set_days (arguments, self->data->last_day - 83, self->data->last_day);
  ask (self, "heat", arguments, heat_arrived);
}

static void
ask_tasks (RaiDashboardPage *self) {
  GHashTable *arguments = site_arguments (self);
  set (arguments, "status", "approved");
  ask (self, "orders", arguments, deliveries_arrived);
  if (self->data->kind == RAI_DASHBOARD_FLOOR)
    return;

  arguments = site_arguments (self);
  set (arguments, "status", "proposed");
  ask (self, "orders", arguments, orders_arrived);
  arguments = site_arguments (self);
  set (arguments, "state", "open");
  set (arguments, "limit", "10");
  ask (self, "alerts", arguments, alerts_arrived);
}

static void
ask_floor (RaiDashboardPage *self) {
  GHashTable *arguments = site_arguments (self);
  set (arguments, "status", "out");
  set (arguments, "sort", "-revenue_28");
  set (arguments, "limit", "8");
  ask (self, "items", arguments, out_arrived);
  arguments = site_arguments (self);
  set (arguments, "kind", "count");
  set (arguments, "limit", "8");
  ask (self, "movements", arguments, counts_arrived);
}

static void
ask_system (RaiDashboardPage *self) {
  ask (self, "sites", NULL, sites_arrived);
  ask (self, "jobs", rai_query_arguments ("limit", "20", NULL), jobs_arrived);
  ask (self, "audit", rai_query_arguments ("limit", "50", NULL), audit_arrived);
}

/* Small charts: store after store, each asked for when the one before is there. */
static void ask_multiple (RaiDashboardPage *self);

static void
multiple_forecast_arrived (RaiPage *page, RaiRows *rows) {
  RaiDashboardPage *self = RAI_DASHBOARD_PAGE (page);
  g_autoptr (RaiForecastData) forecast = rai_forecast_data_new (rows);
  g_autoptr (RaiChartSeries) history =
      rai_rows_to_series (self->multiple_days, "revenue", 1, 0, self->data->last_day);
  g_autoptr (RaiChartSeries) expected =
      forecast != NULL ? rai_forecast_data_series (forecast) : NULL;
  g_autoptr (RaiRow) site =
      g_list_model_get_item (rai_session_get_sites (session_of (self)), self->multiple);

  if (site != NULL)
    rai_dashboard_multiples_add (self->multiples, rai_row_get_int (site, "id"),
                                 rai_row_get_text (site, "name"), history, expected,
                                 self->data->today, self->data->currency);

  add_to_sum (self, forecast);
  self->multiple++;
  ask_multiple (self);
}

static char *
multiple_site (RaiDashboardPage *self) {
  g_autoptr (RaiRow) site =
      g_list_model_get_item (rai_session_get_sites (session_of (self)), self->multiple);
  return site != NULL ? g_strdup_printf ("%" PRId64, rai_row_get_int (site, "id")) : NULL;
}

static void
multiple_days_arrived (RaiPage *page, RaiRows *rows) {
  RaiDashboardPage *self = RAI_DASHBOARD_PAGE (page);
  g_autofree char *site = multiple_site (self);
  g_clear_pointer (&self->multiple_days, rai_rows_unref);
  self->multiple_days = rai_rows_ref (rows);
  if (site != NULL)
    rai_page_load (page, "forecast",
                   rai_query_arguments ("level", "site", "site", site, "node", "0", NULL),
                   multiple_forecast_arrived);
}

static void
ask_multiple (RaiDashboardPage *self) {
  g_autofree char *site = multiple_site (self);
  if (site == NULL) {
    self->sum_ready = true;
    if (self->waiting == 0)
      show_sum (self);
    return;
  }

  GHashTable *arguments = rai_query_arguments ("site", site, NULL);
  set_days (arguments, self->data->last_day - 56, self->data->last_day);
  rai_page_load (RAI_PAGE (self), "site-days", arguments, multiple_days_arrived);
}

static void
refresh (RaiPage *page) {
  RaiDashboardPage *self = RAI_DASHBOARD_PAGE (page);
  RaiSession *session = session_of (self);
  RaiDashboardData *data = rai_dashboard_data_new ();

  data->kind = kind_of (session);
  data->today = rai_session_get_today (session);
  data->last_day = rai_session_get_last_day (session);
  data->currency = g_strdup (rai_session_get_currency (session));
  data->site = data->kind == RAI_DASHBOARD_STORE || data->kind == RAI_DASHBOARD_FLOOR
                   ? rai_session_get_one_site (session)
                   : 0;
  g_clear_pointer (&self->data, rai_dashboard_data_free);
  self->data = data;
  self->waiting = 0;
  rai_dashboard_multiples_clear (self->multiples);

  if (data->last_day == RAI_DAY_NONE) {
    rai_page_show_empty (
        page, "rai-dashboard-symbolic", _ ("No sales yet"),
        _ ("As soon as tills or a file bring sales, this page says how yesterday went, what today "
           "will bring and what there is to do."),
        NULL, NULL);
    return;
  }

  rai_page_show_content (page);
  if (data->kind == RAI_DASHBOARD_SYSTEM)
    ask_system (self);
  else
    ask_tasks (self);

  if (data->kind == RAI_DASHBOARD_FLOOR) {
    ask_floor (self);
    return;
  }

  ask_results (self);
  if (data->kind == RAI_DASHBOARD_REGION || data->kind == RAI_DASHBOARD_COMPANY)
    ask_stores (self);
  if (data->kind == RAI_DASHBOARD_REGION) {
    self->multiple = 0;
    self->sum_ready = false;
    for (unsigned i = 0; i < N_SUMS; i++) {
      g_array_set_size (self->sum[i], 0);
      g_array_set_size (self->sum[i], DAYS_AHEAD);
    }
    ask_multiple (self);
  }
}

/* ---- Acting ---- */

static void
choose_site (RaiDashboardPage *self, int64_t site) {
  if (site != 0)
    rai_session_set_site (session_of (self), site);
}

static void
ranking_activated_cb (RaiDashboardPage *self, GtkListBoxRow *row) {
  choose_site (self, rai_ranking_row_get_key (RAI_RANKING_ROW (row)));
}

static void
heat_activated_cb (RaiDashboardPage *self, unsigned row) {
  choose_site (self, rai_dashboard_company_heat_site (self->data, row));
}

static void
multiple_chosen_cb (RaiDashboardPage *self, int64_t site) {
  choose_site (self, site);
}

static void
found_activated_cb (RaiDashboardPage *self, GtkListBoxRow *row) {
  const char *target = g_object_get_data (G_OBJECT (row), "rai-target");
  rai_page_go (RAI_PAGE (self), "inventory", target);
}

static void
add_found (RaiDashboardPage *self, const RaiRows *rows, size_t i) {
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  g_autofree char *stock = rai_format_quantity_unit (rai_rows_get_int (rows, i, "on_hand"),
                                                     rai_rows_get_text (rows, i, "unit"));
  GtkWidget *label = gtk_label_new (stock);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rai_rows_get_text (rows, i, "name"));
  adw_action_row_set_subtitle (row, rai_rows_get_text (rows, i, "sku"));
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "heading");
  adw_action_row_add_suffix (row, label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "rai-target",
                          g_strdup_printf ("item=%" PRId64, rai_rows_get_int (rows, i, "item_id")),
                          g_free);
  gtk_list_box_append (self->found, GTK_WIDGET (row));
}

static void
found_arrived (RaiPage *page, RaiRows *rows) {
  RaiDashboardPage *self = RAI_DASHBOARD_PAGE (page);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->found))))
    gtk_list_box_remove (self->found, child);
  for (size_t i = 0; i < rai_rows_count (rows); i++)
    add_found (self, rows, i);
  gtk_widget_set_visible (GTK_WIDGET (self->found), rai_rows_count (rows) > 0);
}

static void
find_changed_cb (RaiDashboardPage *self) {
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->find));
  if (self->data == NULL || !*text) {
    gtk_widget_set_visible (GTK_WIDGET (self->found), FALSE);
    return;
  }

  GHashTable *arguments = site_arguments (self);
  set (arguments, "search", text);
  set (arguments, "limit", G_STRINGIFY (MAX_FOUND));
  rai_page_load (RAI_PAGE (self), "items", arguments, found_arrived);
}

/* Enter takes the first that was found: a scanner types a bar code and Enter. */
static void
find_activated_cb (RaiDashboardPage *self) {
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->found, 0);
  if (row != NULL && gtk_widget_get_visible (GTK_WIDGET (self->found)))
    found_activated_cb (self, row);
}

static void
open_forecast_cb (RaiDashboardPage *self) {
  g_autofree char *target = self->data != NULL && self->data->site
                                ? g_strdup_printf ("site=%" PRId64, self->data->site)
                                : g_strdup ("company");
  rai_page_go (RAI_PAGE (self), "forecast", target);
}

static bool
start_search (RaiPage *page) {
  RaiDashboardPage *self = RAI_DASHBOARD_PAGE (page);
  if (!gtk_widget_get_visible (self->find_section))
    return false;
  return gtk_widget_grab_focus (GTK_WIDGET (self->find));
}

static void
dispose (GObject *object) {
  RaiDashboardPage *self = RAI_DASHBOARD_PAGE (object);
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_DASHBOARD_PAGE);
  g_clear_pointer (&self->data, rai_dashboard_data_free);
  g_clear_pointer (&self->multiple_days, rai_rows_unref);
  for (unsigned i = 0; i < N_SUMS; i++)
    g_clear_pointer (&self->sum[i], g_array_unref);
  G_OBJECT_CLASS (rai_dashboard_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, RaiDashboardPage, name)

static void
bind_children (GtkWidgetClass *widget_class) {
  BIND (date);
  BIND (briefing);
  BIND (note);
  BIND (chart_title);
  BIND (stock_text);
  BIND (tasks_done);
  BIND (find_section);
  BIND (tiles_section);
  BIND (chart_section);
  BIND (multiples_section);
  BIND (tasks_section);
  BIND (compare_section);
  BIND (accuracy_section);
  BIND (counts_section);
  BIND (jobs_section);
  BIND (audit_section);
  BIND (sites_section);
  BIND (find);
  BIND (found);
  BIND (tasks);
  BIND (ranking);
  BIND (counts);
  BIND (jobs);
  BIND (audit);
  BIND (sites);
  BIND (tile_1);
  BIND (tile_2);
  BIND (tile_3);
  BIND (tile_4);
  BIND (chart);
  BIND (accuracy);
  BIND (heat);
  BIND (multiples);
}

/* Four tiles stand in one row, two or four: never one alone below three. */
static void
resized (RaiPage *page, int width) {
  GtkFlowBox *tiles = GTK_FLOW_BOX (RAI_DASHBOARD_PAGE (page)->tiles_section);
  gtk_flow_box_set_max_children_per_line (tiles, width >= FOUR_TILES_WIDTH ? 4 : 2);
}

static void
rai_dashboard_page_class_init (RaiDashboardPageClass *class) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  RaiPageClass *page_class = RAI_PAGE_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = dispose;
  page_class->refresh = refresh;
  page_class->start_search = start_search;
  page_class->resized = resized;
  g_type_ensure (RAI_TYPE_TILE);
  g_type_ensure (RAI_TYPE_CHART);
  g_type_ensure (RAI_TYPE_HEAT_MAP);
  g_type_ensure (RAI_TYPE_CHART_SPLIT);
  g_type_ensure (RAI_TYPE_DASHBOARD_MULTIPLES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-dashboard-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, ranking_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, heat_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, multiple_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, found_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_forecast_cb);
}

static void
rai_dashboard_page_init (RaiDashboardPage *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
  for (unsigned i = 0; i < N_SUMS; i++)
    self->sum[i] = g_array_new (FALSE, TRUE, sizeof (double));
}
