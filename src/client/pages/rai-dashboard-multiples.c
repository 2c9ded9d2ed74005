/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-multiples.h"

#include "client/model/rai-format.h"
#include "client/widgets/rai-chart.h"
#include "client/widgets/rai-line-layer.h"

#include <glib/gi18n.h>
#include <math.h>

#define DAYS_BEFORE 28
#define DAYS_AFTER 13

struct _RaiDashboardMultiples {
  AdwBin parent_instance;
  GtkFlowBox *box;
  double most;
};

G_DEFINE_FINAL_TYPE (RaiDashboardMultiples, rai_dashboard_multiples, ADW_TYPE_BIN)
static unsigned chosen_signal;

static void
rai_dashboard_multiples_class_init (RaiDashboardMultiplesClass *class) {
  chosen_signal = g_signal_new ("chosen", RAI_TYPE_DASHBOARD_MULTIPLES, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
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
}

void
rai_dashboard_multiples_clear (RaiDashboardMultiples *self) {
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))))
    gtk_flow_box_remove (self->box, child);
  self->most = 0;
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
  rai_line_layer_set_series (RAI_LINE_LAYER (layer), series);
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

void
rai_dashboard_multiples_add (RaiDashboardMultiples *self, int64_t site, const char *name,
                             RaiChartSeries *history, RaiChartSeries *forecast, RaiDay today,
                             const char *currency) {
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  RaiChart *chart = RAI_CHART (rai_chart_new ());
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "multiple");
  rai_chart_freeze (chart);
  rai_chart_set_title (chart, name);
  rai_chart_set_unit (chart, RAI_CHART_UNIT_MONEY, currency);
  rai_chart_set_today (chart, today);
  rai_chart_get_scene (chart)->unnamed = true;
  add_line (chart, _ ("Sold"), RAI_CHART_ROLE_HISTORY, history);
  add_line (chart, _ ("Forecast"), RAI_CHART_ROLE_FORECAST, forecast);
  rai_chart_set_home (chart, today - DAYS_BEFORE, today + DAYS_AFTER);
  rai_chart_thaw (chart);
  g_object_set (chart, "scroll-zooms", FALSE, NULL);
  gtk_widget_set_size_request (GTK_WIDGET (chart), 240, 170);
  gtk_widget_set_vexpand (GTK_WIDGET (chart), TRUE);
  gtk_box_append (GTK_BOX (card), new_heading (self, site, name));
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (chart));
  gtk_flow_box_append (self->box, card);
  self->most = MAX (self->most, MAX (most_of (history, today), most_of (forecast, today)));
  set_scale (self);
}
