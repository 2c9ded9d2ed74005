/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-inventory-page.h"

struct _RaiInventoryPage {
  RaiPage parent_instance;
};

G_DEFINE_FINAL_TYPE (RaiInventoryPage, rai_inventory_page, RAI_TYPE_PAGE)

static void
rai_inventory_page_init (RaiInventoryPage *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
rai_inventory_page_dispose (GObject *object) {
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_INVENTORY_PAGE);
  G_OBJECT_CLASS (rai_inventory_page_parent_class)->dispose (object);
}

static void
rai_inventory_page_class_init (RaiInventoryPageClass *klass) {
  G_OBJECT_CLASS (klass)->dispose = rai_inventory_page_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/org/retailai/RetailAI/ui/rai-inventory-page.ui");
}
