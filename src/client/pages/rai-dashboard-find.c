/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-find.h"

#include "client/model/rai-format.h"

#include <inttypes.h>

#define MAX_FOUND 6

struct _RaiDashboardFind {
  GtkBox parent_instance;
  GtkSearchEntry *entry;
  GtkListBox *found;
  int64_t site;
};

G_DEFINE_FINAL_TYPE (RaiDashboardFind, rai_dashboard_find, GTK_TYPE_BOX)

static RaiPage *
page_of (RaiDashboardFind *self) {
  return RAI_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (self), RAI_TYPE_PAGE));
}

static void
found_activated_cb (RaiDashboardFind *self, GtkListBoxRow *row) {
  const char *target = g_object_get_data (G_OBJECT (row), "rai-target");
  rai_page_go (page_of (self), "inventory", target);
}

static void
add_found (RaiDashboardFind *self, const RaiRows *rows, size_t i) {
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

/* Answers come to the page, whose template holds the section. */
static void
found_arrived (RaiPage *page, RaiRows *rows) {
  RaiDashboardFind *self = RAI_DASHBOARD_FIND (
      gtk_widget_get_template_child (GTK_WIDGET (page), G_OBJECT_TYPE (page), "find_section"));
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->found))))
    gtk_list_box_remove (self->found, child);
  for (size_t i = 0; i < rai_rows_count (rows); i++)
    add_found (self, rows, i);
  gtk_widget_set_visible (GTK_WIDGET (self->found), rai_rows_count (rows) > 0);
}

static void
find_changed_cb (RaiDashboardFind *self) {
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  if (!*text) {
    gtk_widget_set_visible (GTK_WIDGET (self->found), FALSE);
    return;
  }

  g_autofree char *site = g_strdup_printf ("%" PRId64, self->site);
  rai_page_load (page_of (self), "items",
                 rai_query_arguments ("search", text, "limit", G_STRINGIFY (MAX_FOUND),
                                      self->site != 0 ? "site" : NULL, site, NULL),
                 found_arrived);
}

/* Enter takes the first that was found: a scanner types a bar code and Enter. */
static void
find_activated_cb (RaiDashboardFind *self) {
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->found, 0);
  if (row != NULL && gtk_widget_get_visible (GTK_WIDGET (self->found)))
    found_activated_cb (self, row);
}

static gboolean
rai_dashboard_find_grab_focus (GtkWidget *widget) {
  return gtk_widget_grab_focus (GTK_WIDGET (RAI_DASHBOARD_FIND (widget)->entry));
}

static void
rai_dashboard_find_dispose (GObject *object) {
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_DASHBOARD_FIND);
  G_OBJECT_CLASS (rai_dashboard_find_parent_class)->dispose (object);
}

static void
rai_dashboard_find_class_init (RaiDashboardFindClass *class) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = rai_dashboard_find_dispose;
  widget_class->grab_focus = rai_dashboard_find_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-dashboard-find.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiDashboardFind, entry);
  gtk_widget_class_bind_template_child (widget_class, RaiDashboardFind, found);
  gtk_widget_class_bind_template_callback (widget_class, found_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_activated_cb);
}

static void
rai_dashboard_find_init (RaiDashboardFind *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
}

bool
rai_dashboard_find_fill (const RaiDashboardData *data, RaiPage *page, GtkWidget *const *parts) {
  RAI_DASHBOARD_FIND (parts[0])->site = data->site;
  return true;
}
