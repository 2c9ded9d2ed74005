/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-settings-page.h"

struct _RaiSettingsPage {
  RaiPage parent_instance;
};

G_DEFINE_FINAL_TYPE (RaiSettingsPage, rai_settings_page, RAI_TYPE_PAGE)

static void
rai_settings_page_init (RaiSettingsPage *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
rai_settings_page_dispose (GObject *object) {
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_SETTINGS_PAGE);
  G_OBJECT_CLASS (rai_settings_page_parent_class)->dispose (object);
}

static void
rai_settings_page_class_init (RaiSettingsPageClass *klass) {
  G_OBJECT_CLASS (klass)->dispose = rai_settings_page_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/org/retailai/RetailAI/ui/rai-settings-page.ui");
}
