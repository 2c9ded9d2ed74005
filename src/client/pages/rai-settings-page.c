/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-settings-page.h"

#include "client/model/rai-settings.h"
#include "core/rai-role.h"

#include <glib/gi18n.h>

struct _RaiSettingsPage {
  RaiPage parent_instance;
  AdwActionRow *account;
  AdwActionRow *server;
  AdwActionRow *data;
  AdwComboRow *theme;
  GtkSwitch *forget;
  bool showing;
};

G_DEFINE_FINAL_TYPE (RaiSettingsPage, rai_settings_page, RAI_TYPE_PAGE)

static RaiSession *
session_of (RaiSettingsPage *self) {
  return rai_page_get_session (RAI_PAGE (self));
}

static void
set_subtitle (AdwActionRow *row, const char *text) {
  g_autofree char *escaped = g_markup_escape_text (text ? text : "", -1);
  adw_action_row_set_subtitle (row, escaped);
}

static void
refresh (RaiPage *page) {
  RaiSettingsPage *self = RAI_SETTINGS_PAGE (page);
  RaiSession *session = session_of (self);
  const RaiIdentity *identity = rai_session_get_identity (session);
  rai_page_show_content (page);
  /* Translators: a person's name and role */
  g_autofree char *account =
      identity ? g_strdup_printf (_ ("%s, %s"), identity->login, _ (rai_role_title (identity->role))) : NULL;
  set_subtitle (self->account, account);
  set_subtitle (self->server, rai_session_get_server (session));
  set_subtitle (self->data, rai_session_get_data_dir (session));
  self->showing = true;
  adw_combo_row_set_selected (self->theme, rai_settings_get_theme ());
  self->showing = false;
}

static void
theme_changed_cb (RaiSettingsPage *self) {
  if (!self->showing && session_of (self))
    rai_settings_set_theme (adw_combo_row_get_selected (self->theme));
}

static void
sign_out_cb (RaiSettingsPage *self) {
  RaiSession *session = session_of (self);
  g_autoptr (RaiSyncEngine) engine = g_object_ref (rai_session_get_engine (session));
  bool forget = gtk_switch_get_active (self->forget);
  rai_session_open (session, NULL, NULL, NULL);
  rai_sync_engine_sign_out (engine, forget);
}

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
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_settings_page_dispose;
  RAI_PAGE_CLASS (klass)->refresh = refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/retailai/RetailAI/ui/rai-settings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiSettingsPage, account);
  gtk_widget_class_bind_template_child (widget_class, RaiSettingsPage, server);
  gtk_widget_class_bind_template_child (widget_class, RaiSettingsPage, data);
  gtk_widget_class_bind_template_child (widget_class, RaiSettingsPage, theme);
  gtk_widget_class_bind_template_child (widget_class, RaiSettingsPage, forget);
  gtk_widget_class_bind_template_callback (widget_class, theme_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_out_cb);
}
