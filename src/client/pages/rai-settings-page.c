/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-settings-page.h"

#include "client/model/rai-format.h"
#include "client/model/rai-local-server.h"
#include "client/model/rai-settings.h"
#include "client/pages/rai-changes-file.h"
#include "client/pages/rai-import-dialog.h"
#include "client/pages/rai-site-dialog.h"
#include "core/rai-role.h"

#include <glib/gi18n.h>

struct _RaiSettingsPage {
  RaiPage parent_instance;
  AdwActionRow *account;
  AdwActionRow *server;
  AdwActionRow *data;
  GtkWidget *demo;
  GtkWidget *files;
  AdwPreferencesGroup *sites;
  GPtrArray *site_rows; /* GtkWidget, owned by the group */
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
  g_autofree char *escaped = g_markup_escape_text (text != NULL ? text : "", -1);
  adw_action_row_set_subtitle (row, escaped);
}

/* ---- Stores ---- */

#define SITE_KEY "rai-site"

static void
site_activated_cb (RaiSettingsPage *self, GtkWidget *row) {
  RaiRow *site = g_object_get_data (G_OBJECT (row), SITE_KEY);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gtk_window_present (GTK_WINDOW (rai_site_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, session_of (self), site)));
}

/* "Mon–Sat, 08:00–20:00" */
static char *
opening_text (RaiRow *site) {
  g_autofree char *days = rai_format_weekdays ((unsigned) rai_row_get_int (site, "open_weekdays"));
  if (rai_row_is_null (site, "closes"))
    return g_steal_pointer (&days);

  g_autofree char *opens = rai_format_minutes ((int) rai_row_get_int (site, "opens"));
  g_autofree char *closes = rai_format_minutes ((int) rai_row_get_int (site, "closes"));
  /* Translators: days of the week, and hours of the day from and to */
  return g_strdup_printf (_ ("%s, %s–%s"), days, opens, closes);
}

static GtkWidget *
new_site_row (RaiSettingsPage *self, RaiRow *site) {
  g_autofree char *opening = opening_text (site);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title",
                                 rai_row_get_text (site, "name"), "subtitle", opening,
                                 "title-lines", 0, "subtitle-lines", 0, "activatable", TRUE, NULL);
  GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  g_object_set_data_full (G_OBJECT (row), SITE_KEY, g_object_ref (site), g_object_unref);
  g_signal_connect_object (row, "activated", G_CALLBACK (site_activated_cb), self,
                           G_CONNECT_SWAPPED);
  return row;
}

/* Those that the person may change: the one that is looked at, or all. */
static void
show_sites (RaiSettingsPage *self) {
  RaiSession *session = session_of (self);
  GListModel *sites = rai_session_get_sites (session);
  const unsigned n =
      rai_session_may (session, RAI_PERMISSION_EDIT_SITE) ? g_list_model_get_n_items (sites) : 0;

  for (unsigned i = 0; i < self->site_rows->len; i++)
    adw_preferences_group_remove (self->sites, self->site_rows->pdata[i]);
  g_ptr_array_set_size (self->site_rows, 0);

  for (unsigned i = 0; i < n; i++) {
    g_autoptr (RaiRow) site = g_list_model_get_item (sites, i);
    const int64_t current = rai_session_get_site (session);
    if (current != 0 && rai_row_get_int (site, "id") != current)
      continue;
    GtkWidget *row = new_site_row (self, site);
    adw_preferences_group_add (self->sites, row);
    g_ptr_array_add (self->site_rows, row);
  }

  gtk_widget_set_visible (GTK_WIDGET (self->sites), self->site_rows->len > 0);
  adw_preferences_group_set_title (self->sites,
                                   self->site_rows->len == 1 ? _ ("Store") : _ ("Stores"));
}

/* ---- The page ---- */

/* A backend of this computer's own has no address that anybody need know. */
static void
show_server (RaiSettingsPage *self) {
  RaiSession *session = session_of (self);
  const char *server = rai_session_get_server (session);
  RaiLocalKind kind = RAI_LOCAL_SHOP;
  const bool local = rai_local_server_find (rai_session_get_data_dir (session), server, &kind);
  const bool demo = local && kind == RAI_LOCAL_DEMO;
  set_subtitle (self->server, demo    ? _ ("This computer, the demo")
                              : local ? _ ("This computer")
                                      : server);
  gtk_widget_set_visible (self->demo, demo);
}

static void
rai_settings_page_refresh (RaiPage *page) {
  RaiSettingsPage *self = RAI_SETTINGS_PAGE (page);
  RaiSession *session = session_of (self);
  const RaiIdentity *identity = rai_session_get_identity (session);

  rai_page_show_content (page);
  /* Translators: a person's name and role */
  g_autofree char *account =
      identity != NULL
          ? g_strdup_printf (_ ("%s, %s"), identity->login, _ (rai_role_title (identity->role)))
          : NULL;

  set_subtitle (self->account, account);
  show_server (self);
  set_subtitle (self->data, rai_session_get_data_dir (session));
  gtk_widget_set_visible (self->files, rai_import_dialog_is_allowed (session));
  show_sites (self);
  self->showing = true;
  adw_combo_row_set_selected (self->theme, rai_settings_get_theme ());
  self->showing = false;
}

static void
theme_changed_cb (RaiSettingsPage *self) {
  if (!self->showing && session_of (self) != NULL)
    rai_settings_set_theme (adw_combo_row_get_selected (self->theme));
}

static void
sign_out (RaiPage *page) {
  RaiSettingsPage *self = RAI_SETTINGS_PAGE (page);
  RaiSession *session = session_of (self);
  if (rai_session_get_engine (session) == NULL)
    return;
  g_autoptr (RaiSyncEngine) engine = g_object_ref (rai_session_get_engine (session));
  bool forget = gtk_switch_get_active (self->forget);
  rai_session_open (session, NULL, NULL, NULL);
  rai_sync_engine_sign_out (engine, forget);
}

static void
unsent_response_cb (RaiSettingsPage *self, const char *response) {
  if (g_str_equal (response, "sign-out"))
    sign_out (RAI_PAGE (self));
  else if (g_str_equal (response, "save"))
    rai_changes_file_ask_save (RAI_PAGE (self), sign_out);
}

/* Nobody signs out without knowing what of their work the server does not have. */
static void
ask_about_unsent (RaiSettingsPage *self, unsigned n) {
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *heading = g_strdup_printf (
      ngettext ("%u change was not sent yet", "%u changes were not sent yet", n), n);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading,
      _ ("What was not sent stays on this computer, and is sent after you sign in here again. To "
         "send it from another "
         "computer instead, save it to a file and take that in there, on the page Changes.")));

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "save", _ ("_Save to a file…"),
                                    "sign-out", _ ("Sign _out"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "sign-out", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "sign-out");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (unsent_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
sign_out_cb (RaiSettingsPage *self) {
  const RaiSyncStatus *status = rai_session_get_status (session_of (self));
  if (status->waiting + status->attention > 0)
    ask_about_unsent (self, status->waiting + status->attention);
  else
    sign_out (RAI_PAGE (self));
}

static void
rai_settings_page_init (RaiSettingsPage *self) {
  self->site_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
rai_settings_page_dispose (GObject *object) {
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_SETTINGS_PAGE);
  G_OBJECT_CLASS (rai_settings_page_parent_class)->dispose (object);
}

static void
rai_settings_page_finalize (GObject *object) {
  g_ptr_array_unref (RAI_SETTINGS_PAGE (object)->site_rows);
  G_OBJECT_CLASS (rai_settings_page_parent_class)->finalize (object);
}

static void
rai_settings_page_class_init (RaiSettingsPageClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_settings_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rai_settings_page_finalize;
  RAI_PAGE_CLASS (klass)->refresh = rai_settings_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-settings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiSettingsPage, account);
  gtk_widget_class_bind_template_child (widget_class, RaiSettingsPage, server);
  gtk_widget_class_bind_template_child (widget_class, RaiSettingsPage, data);
  gtk_widget_class_bind_template_child (widget_class, RaiSettingsPage, demo);
  gtk_widget_class_bind_template_child (widget_class, RaiSettingsPage, files);
  gtk_widget_class_bind_template_child (widget_class, RaiSettingsPage, sites);
  gtk_widget_class_bind_template_child (widget_class, RaiSettingsPage, theme);
  gtk_widget_class_bind_template_child (widget_class, RaiSettingsPage, forget);
  gtk_widget_class_bind_template_callback (widget_class, theme_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_out_cb);
}
