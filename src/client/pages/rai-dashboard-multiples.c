/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-multiples.h"

#include "client/widgets/rai-band-layer.h"
#include "client/widgets/rai-line-layer.h"
#include "core/rai-forecast-level.h"
#include "core/rai-quantile.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>

/* Days that a small chart shows around today, and days that are read for it. */
#define DAYS_BEFORE 28
#define DAYS_AFTER 13
#define DAYS_READ 56

enum { SUM_MEAN, SUM_LOW, SUM_HIGH, N_SUMS };

struct _RaiDashboardMultiples {
  AdwBin parent_instance;
  GtkFlowBox *box;
  double most;

  /* What is being asked. */
  RaiDay today, last_day;
  char *currency;
  unsigned next;       /* the store whose chart is next */
  RaiRows *days;       /* of that store */
  GArray *sum[N_SUMS]; /* double a day from today on: the stores' forecasts together */
  bool summed;         /* all stores are in it */
};

G_DEFINE_FINAL_TYPE (RaiDashboardMultiples, rai_dashboard_multiples, ADW_TYPE_BIN)
static unsigned chosen_signal, summed_signal;

static void
rai_dashboard_multiples_finalize (GObject *object) {
  RaiDashboardMultiples *self = RAI_DASHBOARD_MULTIPLES (object);
  g_free (self->currency);
  g_clear_pointer (&self->days, rai_rows_unref);
  for (unsigned i = 0; i < N_SUMS; i++)
    g_array_unref (self->sum[i]);
  G_OBJECT_CLASS (rai_dashboard_multiples_parent_class)->finalize (object);
}

static void
rai_dashboard_multiples_class_init (RaiDashboardMultiplesClass *class) {
  G_OBJECT_CLASS (class)->finalize = rai_dashboard_multiples_finalize;
  chosen_signal = g_signal_new ("chosen", RAI_TYPE_DASHBOARD_MULTIPLES, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  summed_signal = g_signal_new ("summed", RAI_TYPE_DASHBOARD_MULTIPLES, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
rai_dashboard_multiples_init (RaiDashboardMultiples *self) {
  self->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (self->box, TRUE);
  gtk_flow_box_set_min_children_per_line (self->box, 1);
  gtk_flow_box_set_max_children_per_line (self->box, 3);
  gtk_flow_box_set_column_spacing (self->box, 12);
  gtk_flow_box_set_row_spacing (self->box, 12);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "tiles");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  for (unsigned i = 0; i < N_SUMS; i++)
    self->sum[i] = g_array_new (FALSE, TRUE, sizeof (double));
}

void
rai_dashboard_multiples_clear (RaiDashboardMultiples *self) {
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))))
    gtk_flow_box_remove (self->box, child);
  self->most = 0;
  self->summed = false;
}

static void
clicked_cb (GtkButton *button, RaiDashboardMultiples *self) {
  const int64_t *site = g_object_get_data (G_OBJECT (button), "rai-site");
  g_signal_emit (self, chosen_signal, 0, *site);
}

static GtkWidget *
new_heading (RaiDashboardMultiples *self, int64_t site, const char *name) {
  GtkWidget *button = gtk_button_new_with_label (name);
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (label, "heading");
  g_object_set_data_full (G_OBJECT (button), "rai-site", g_memdup2 (&site, sizeof site), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);

  return button;
}

static void
add_line (RaiChart *chart, const char *title, RaiChartRole role, RaiChartSeries *series) {
  if (series == NULL)
    return;
  RaiChartLayer *layer = rai_line_layer_new (title, role, false);
  rai_series_layer_set_series (RAI_SERIES_LAYER (layer), series);
  rai_chart_add_layer (chart, layer);
}

static double
most_of (RaiChartSeries *series, RaiDay today) {
  double low, high;
  return series != NULL && rai_chart_series_range (series, today - DAYS_BEFORE, today + DAYS_AFTER,
                                                   &low, &high)
             ? high
             : 0;
}

/* One scale for all: the charts that stand already grow with the greatest. */
static void
set_scale (RaiDashboardMultiples *self) {
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box)); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *card = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child));
    rai_chart_set_scale (RAI_CHART (gtk_widget_get_last_child (card)), self->most);
  }
}

/* Series may be NULL. */
static void
add_chart (RaiDashboardMultiples *self, int64_t site, const char *name, RaiChartSeries *history,
           RaiChartSeries *forecast) {
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  RaiChart *chart = RAI_CHART (rai_chart_new ());
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "multiple");
  rai_chart_freeze (chart);
  rai_chart_set_title (chart, name);
  rai_chart_set_unit (chart, RAI_CHART_UNIT_MONEY, self->currency);
  rai_chart_set_today (chart, self->today);
  rai_chart_get_scene (chart)->unnamed = true;
  add_line (chart, _ ("Sold"), RAI_CHART_ROLE_HISTORY, history);
  add_line (chart, _ ("Forecast"), RAI_CHART_ROLE_FORECAST, forecast);
  rai_chart_set_home (chart, self->today - DAYS_BEFORE, self->today + DAYS_AFTER);
  rai_chart_thaw (chart);
  g_object_set (chart, "scroll-zooms", FALSE, NULL);
  gtk_widget_set_size_request (GTK_WIDGET (chart), 240, 170);
  gtk_widget_set_vexpand (GTK_WIDGET (chart), TRUE);
  gtk_box_append (GTK_BOX (card), new_heading (self, site, name));
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (chart));
  gtk_flow_box_append (self->box, card);
  self->most =
      MAX (self->most, MAX (most_of (history, self->today), most_of (forecast, self->today)));
  set_scale (self);
}

/* ---- Asking: store after store, each when the one before is there ---- */

static void ask_next (RaiPage *page, RaiDashboardMultiples *self);

/* Answers come to the page, whose template holds the charts. */
static RaiDashboardMultiples *
of_page (RaiPage *page) {
  return RAI_DASHBOARD_MULTIPLES (
      gtk_widget_get_template_child (GTK_WIDGET (page), G_OBJECT_TYPE (page), "multiples"));
}

/* NULL after the last. */
static RaiRow *
next_site (RaiPage *page, RaiDashboardMultiples *self) {
  return g_list_model_get_item (rai_session_get_sites (rai_page_get_session (page)), self->next);
}

/* Means of stores add up to the region's. Their intervals added up are those of stores that always
 * have their good days together: the region's own is narrower, so the band says "or more". */
static void
add_to_sum (RaiDashboardMultiples *self, const RaiForecastData *forecast) {
  for (unsigned i = 0; i < RAI_DASHBOARD_DAYS_AHEAD; i++) {
    RaiDay day = self->today + (RaiDay) i;
    g_array_index (self->sum[SUM_MEAN], double, i) +=
        forecast != NULL ? rai_forecast_data_mean (forecast, day) : NAN;
    g_array_index (self->sum[SUM_LOW], double, i) +=
        forecast != NULL ? rai_forecast_data_quantile (forecast, day, RAI_Q10) : NAN;
    g_array_index (self->sum[SUM_HIGH], double, i) +=
        forecast != NULL ? rai_forecast_data_quantile (forecast, day, RAI_Q90) : NAN;
  }
}

static void
forecast_arrived (RaiPage *page, RaiRows *rows) {
  RaiDashboardMultiples *self = of_page (page);
  g_autoptr (RaiForecastData) forecast = rai_forecast_data_new (rows);
  g_autoptr (RaiChartSeries) history =
      rai_rows_to_series (self->days, "revenue", 1, 0, self->last_day);
  g_autoptr (RaiChartSeries) expected =
      forecast != NULL ? rai_forecast_data_series (forecast) : NULL;
  g_autoptr (RaiRow) site = next_site (page, self);

  if (site != NULL)
    add_chart (self, rai_row_get_int (site, "id"), rai_row_get_text (site, "name"), history,
               expected);

  add_to_sum (self, forecast);
  self->next++;
  ask_next (page, self);
}

static void
days_arrived (RaiPage *page, RaiRows *rows) {
  RaiDashboardMultiples *self = of_page (page);
  g_autoptr (RaiRow) site = next_site (page, self);
  g_clear_pointer (&self->days, rai_rows_unref);
  self->days = rai_rows_ref (rows);
  if (site == NULL)
    return;

  g_autofree char *id = g_strdup_printf ("%" PRId64, rai_row_get_int (site, "id"));
  rai_page_load (page, "forecast",
                 rai_query_arguments ("level", rai_forecast_level_id (RAI_LEVEL_SITE), "site", id,
                                      "node", "0", NULL),
                 forecast_arrived);
}

static void
ask_next (RaiPage *page, RaiDashboardMultiples *self) {
  g_autoptr (RaiRow) site = next_site (page, self);
  if (site == NULL) {
    self->summed = true;
    g_signal_emit (self, summed_signal, 0);
    return;
  }

  g_autofree char *id = g_strdup_printf ("%" PRId64, rai_row_get_int (site, "id"));
  char from[11], to[11];
  rai_page_load (page, "site-days",
                 rai_query_arguments ("site", id, "from",
                                      rai_day_format (self->last_day - DAYS_READ, from), "to",
                                      rai_day_format (self->last_day, to), NULL),
                 days_arrived);
}

void
rai_dashboard_multiples_start (const RaiDashboardData *data, RaiPage *page,
                               GtkWidget *const *parts) {
  RaiDashboardMultiples *self = RAI_DASHBOARD_MULTIPLES (parts[0]);
  rai_dashboard_multiples_clear (self);
  g_free (self->currency);
  self->currency = g_strdup (data->currency);
  self->today = data->today;
  self->last_day = data->last_day;
  self->next = 0;

  for (unsigned i = 0; i < N_SUMS; i++) {
    g_array_set_size (self->sum[i], 0);
    g_array_set_size (self->sum[i], RAI_DASHBOARD_DAYS_AHEAD);
  }

  ask_next (page, self);
}

bool
rai_dashboard_multiples_fill (const RaiDashboardData *data, RaiPage *page,
                              GtkWidget *const *parts) {
  return true;
}

static RaiChartSeries *
sum_series (RaiDashboardMultiples *self, unsigned which) {
  const GArray *sum = self->sum[which];
  return rai_chart_series_new (self->today, (const double *) (void *) sum->data, sum->len);
}

void
rai_dashboard_multiples_add_sum (RaiDashboardMultiples *self, RaiChart *chart) {
  if (!self->summed)
    return;

  g_autoptr (RaiChartSeries) series = sum_series (self, SUM_MEAN), low = sum_series (self, SUM_LOW),
                             high = sum_series (self, SUM_HIGH);

  RaiChartLayer *layer = rai_line_layer_new (_ ("Forecast"), RAI_CHART_ROLE_FORECAST, false);
  RaiChartLayer *band = rai_band_layer_new (RAI_CHART_ROLE_FORECAST);
  rai_band_layer_add (RAI_BAND_LAYER (band), 80, low, high);
  rai_band_layer_set_or_more (RAI_BAND_LAYER (band), true);
  rai_chart_add_layer (chart, band);
  rai_series_layer_set_series (RAI_SERIES_LAYER (layer), series);
  rai_chart_add_layer (chart, layer);
}
