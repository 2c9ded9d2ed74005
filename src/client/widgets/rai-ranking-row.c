/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-ranking-row.h"

#include "client/widgets/rai-chart-bar.h"

struct _RaiRankingRow {
  GtkListBoxRow parent_instance;
  int64_t key;
};

G_DEFINE_FINAL_TYPE (RaiRankingRow, rai_ranking_row, GTK_TYPE_LIST_BOX_ROW)

static void
rai_ranking_row_class_init (RaiRankingRowClass *class) {
}

static void
rai_ranking_row_init (RaiRankingRow *self) {
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *class) {
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

GtkWidget *
rai_ranking_row_new (const RaiRanking *ranking) {
  RaiRankingRow *self = g_object_new (RAI_TYPE_RANKING_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6),
            *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *bar = rai_chart_bar_new (RAI_CHART_ROLE_FORECAST);

  self->key = ranking->key;
  gtk_widget_add_css_class (box, "ranking");

  GtkWidget *name = add_label (line, ranking->name, NULL);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  add_label (line, ranking->value, "numeric");

  if (ranking->delta != NULL) {
    GtkWidget *delta = add_label (line, ranking->delta, "numeric");
    gtk_widget_add_css_class (delta, ranking->grew ? "success" : "error");
    gtk_label_set_width_chars (GTK_LABEL (delta), 6);
    gtk_label_set_xalign (GTK_LABEL (delta), 1);
  }

  rai_chart_bar_set (RAI_CHART_BAR (bar), ranking->share, ranking->mark);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);

  return GTK_WIDGET (self);
}

int64_t
rai_ranking_row_get_key (RaiRankingRow *row) {
  return row->key;
}
