/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-site-switcher.h"

#include <glib/gi18n.h>
#include <string.h>

struct _RaiSiteSwitcher {
  AdwBin parent_instance;
  RaiSession *session;
  GtkMenuButton *button;
  GtkLabel *name;
  GtkPopover *popover;
  GtkSearchEntry *search;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RaiSiteSwitcher, rai_site_switcher, ADW_TYPE_BIN)

#define SITE_KEY "rai-site"
#define TEXT_KEY "rai-text"

static GtkWidget *
new_row (int64_t site, const char *name, const char *region, bool current) {
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  if (region != NULL && *region)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), region);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (current) {
    GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");
    gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Current store"), -1);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), check);
  }

  g_object_set_data_full (G_OBJECT (row), SITE_KEY, g_memdup2 (&site, sizeof site), g_free);
  g_autofree char *text = g_strconcat (name, " ", region != NULL ? region : "", NULL);
  g_object_set_data_full (G_OBJECT (row), TEXT_KEY, g_utf8_casefold (text, -1), g_free);

  return row;
}

static void
fill_list (RaiSiteSwitcher *self) {
  GtkListBoxRow *old;
  while ((old = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (old));

  int64_t current = rai_session_get_site (self->session);
  GListModel *sites = rai_session_get_sites (self->session);
  gtk_list_box_append (self->list,
                       new_row (0, rai_session_get_all_name (self->session), NULL, current == 0));

  for (unsigned i = 0; i < g_list_model_get_n_items (sites); i++) {
    g_autoptr (RaiRow) row = g_list_model_get_item (sites, i);
    int64_t id = rai_row_get_int (row, "id");
    gtk_list_box_append (self->list, new_row (id, rai_row_get_text (row, "name"),
                                              rai_row_get_text (row, "region"), id == current));
  }
}

static gboolean
matches (GtkListBoxRow *row, void *data) {
  RaiSiteSwitcher *self = data;
  g_autofree char *wanted =
      g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  return strstr (g_object_get_data (G_OBJECT (row), TEXT_KEY), wanted) != NULL;
}

static void
row_activated_cb (RaiSiteSwitcher *self, GtkListBoxRow *row) {
  int64_t *site = g_object_get_data (G_OBJECT (row), SITE_KEY);
  gtk_popover_popdown (self->popover);
  rai_session_set_site (self->session, *site);
}

static void
search_changed_cb (RaiSiteSwitcher *self) {
  gtk_list_box_invalidate_filter (self->list);
}

/* Enter in the search takes the first that matches. */
static void
search_activated_cb (RaiSiteSwitcher *self) {
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)); i++) {
    if (matches (row, self)) {
      row_activated_cb (self, row);
      return;
    }
  }
}

static void
popover_shown_cb (RaiSiteSwitcher *self) {
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  fill_list (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
session_changed_cb (RaiSiteSwitcher *self) {
  const char *name = rai_session_get_site_name (self->session);
  gtk_label_set_label (self->name, name);
  /* Translators: %s is the store that the pages are about */
  g_autofree char *spoken = g_strdup_printf (_ ("Store: %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          g_list_model_get_n_items (rai_session_get_sites (self->session)) > 1);
}

void
rai_site_switcher_set_session (RaiSiteSwitcher *self, RaiSession *session) {
  g_set_object (&self->session, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  session_changed_cb (self);
}

static void
rai_site_switcher_init (RaiSiteSwitcher *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, matches, self, NULL);
}

static void
rai_site_switcher_dispose (GObject *object) {
  RaiSiteSwitcher *self = RAI_SITE_SWITCHER (object);
  /* The bin's child is a part of the template: it goes once. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RAI_TYPE_SITE_SWITCHER);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rai_site_switcher_parent_class)->dispose (object);
}

static void
rai_site_switcher_class_init (RaiSiteSwitcherClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_site_switcher_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-site-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiSiteSwitcher, button);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteSwitcher, name);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteSwitcher, popover);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteSwitcher, search);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteSwitcher, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown_cb);
}
