/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-sidebar-row.h"

#include <glib/gi18n.h>

struct _RaiSidebarRow {
  GtkListBoxRow parent_instance;
  const RaiPageInfo *info;
  GtkWidget *badge;
};

G_DEFINE_FINAL_TYPE (RaiSidebarRow, rai_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
rai_sidebar_row_init (RaiSidebarRow *self) {
}

static void
rai_sidebar_row_class_init (RaiSidebarRowClass *klass) {
}

GtkWidget *
rai_sidebar_row_new (const RaiPageInfo *info) {
  RaiSidebarRow *self = g_object_new (RAI_TYPE_SIDEBAR_ROW, NULL);
  self->info = info;

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (info->icon));

  GtkWidget *label = gtk_label_new (_ (info->title));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  self->badge = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->badge, "badge");
  gtk_widget_add_css_class (self->badge, "numeric");
  gtk_widget_set_visible (self->badge, FALSE);
  gtk_widget_set_valign (self->badge, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  rai_sidebar_row_set_count (self, 0);

  return GTK_WIDGET (self);
}

const RaiPageInfo *
rai_sidebar_row_get_info (RaiSidebarRow *self) {
  return self->info;
}

void
rai_sidebar_row_set_count (RaiSidebarRow *self, int64_t count) {
  g_autofree char *text = count > 999 ? g_strdup ("999+") : g_strdup_printf ("%d", (int) count);
  gtk_label_set_label (GTK_LABEL (self->badge), text);
  gtk_widget_set_visible (self->badge, count > 0);
  /* Translators: a page's name and the number of things that wait there */
  g_autofree char *spoken =
      count > 0 ? g_strdup_printf (_ ("%s, %s waiting"), _ (self->info->title), text)
                : g_strdup (_ (self->info->title));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}
