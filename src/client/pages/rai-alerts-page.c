/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-alerts-page.h"

struct _RaiAlertsPage {
  RaiPage parent_instance;
};

G_DEFINE_FINAL_TYPE (RaiAlertsPage, rai_alerts_page, RAI_TYPE_PAGE)

static void
rai_alerts_page_init (RaiAlertsPage *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
rai_alerts_page_dispose (GObject *object) {
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_ALERTS_PAGE);
  G_OBJECT_CLASS (rai_alerts_page_parent_class)->dispose (object);
}

static void
rai_alerts_page_class_init (RaiAlertsPageClass *klass) {
  G_OBJECT_CLASS (klass)->dispose = rai_alerts_page_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/org/retailai/RetailAI/ui/rai-alerts-page.ui");
}
