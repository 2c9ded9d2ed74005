/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/rai-application.h"

#include "client/model/rai-settings.h"
#include "client/model/rai-stall-log.h"
#include "client/model/rai-token-store.h"
#include "client/rai-options.h"
#include "client/rai-pictures.h"
#include "client/rai-resources.h"
#include "client/rai-window.h"
#include "sync/rai-sync-account.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

struct _RaiApplication {
  AdwApplication parent_instance;
  RaiOptions options;
  RaiSession *session;
  RaiLocalServer *local;
  RaiWindow *window;
  RaiStallLog *stall_log;
  RaiSyncEngine *engine; /* that signs in by options */
  RaiPictures *pictures;
  int status;
};

G_DEFINE_FINAL_TYPE (RaiApplication, rai_application, ADW_TYPE_APPLICATION)

void
rai_application_register_resources (void) {
  static size_t once = 0;
  if (!g_once_init_enter (&once))
    return;
  g_resources_register (rai_get_resource ());
  g_once_init_leave (&once, 1);
}

int
rai_application_get_status (RaiApplication *self) {
  return self->status;
}

static void
say_problem (RaiApplication *self, const char *text) {
  fprintf (stderr, "retailai: %s\n", text);
  if (self->window != NULL)
    rai_window_toast (self->window, text);
  self->status = 1;
  if (self->options.pictures != NULL)
    g_application_quit (G_APPLICATION (self));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (RaiApplication) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiSyncEngine) engine = g_steal_pointer (&self->engine);
  g_application_release (G_APPLICATION (self));

  if (rai_sync_engine_sign_in_finish (engine, result, &error)) {
    rai_session_open (self->session, engine, self->options.server, self->options.login);
    return;
  }

  g_autoptr (GError) offline = NULL;
  if (g_error_matches (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_OFFLINE) &&
      rai_sync_engine_start (engine, &offline))
    rai_session_open (self->session, engine, self->options.server, self->options.login);
  else
    say_problem (self, error->message);
}

static void
local_started_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (RaiApplication) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = rai_local_server_start_finish (RAI_LOCAL_SERVER (source), result, &error);
  RaiSyncEngine *engine = rai_session_get_engine (self->session);
  if (url == NULL)
    say_problem (self, error->message);
  else if (engine != NULL && g_strcmp0 (url, rai_session_get_server (self->session)) == 0)
    rai_sync_engine_wake (engine);
}

/* When the account is of a backend of this computer's own, that one starts behind the pages. */
static void
start_local_server (RaiApplication *self, const char *server) {
  RaiLocalKind kind;
  if (rai_local_server_find (self->options.data_dir, server, &kind))
    rai_local_server_start_async (self->local, kind, NULL, NULL, NULL, NULL, local_started_cb,
                                  g_object_ref (self));
}

/* An account that was here before works at once, with or without a network. */
static bool
start_known_account (RaiApplication *self, const char *server, const char *login) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiSyncEngine) engine =
      rai_sync_engine_new (self->options.data_dir, server, login, rai_token_store_get ());

  if (!rai_sync_engine_start (engine, &error)) {
    if (!g_error_matches (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_NO_ACCOUNT))
      say_problem (self, error->message);
    return false;
  }

  rai_session_open (self->session, engine, server, login);
  start_local_server (self, server);
  return true;
}

static void
start_session (RaiApplication *self) {
  RaiOptions *options = &self->options;
  if (options->server != NULL && options->login != NULL && options->password != NULL) {
    self->engine = rai_sync_engine_new (options->data_dir, options->server, options->login,
                                        rai_token_store_get ());
    g_application_hold (G_APPLICATION (self));
    rai_sync_engine_sign_in_async (self->engine, options->password, NULL, NULL, signed_in_cb,
                                   g_object_ref (self));
    return;
  }

  g_autoptr (GPtrArray) accounts = rai_sync_accounts (options->data_dir);
  for (unsigned i = 0; i < accounts->len; i++) {
    RaiSyncAccount *account = g_ptr_array_index (accounts, i);
    bool wanted = (options->server == NULL || strcmp (options->server, account->server) == 0) &&
                  (options->login == NULL || strcmp (options->login, account->login) == 0);
    if (wanted && start_known_account (self, account->server, account->login))
      return;
  }

  rai_window_suggest (self->window, options->server, options->login);
  if (options->pictures != NULL && g_strcmp0 (options->pages, "sign-in") != 0)
    say_problem (
        self,
        _ ("nobody is signed in on this computer: give --server, --login and --password-stdin"));
}

static void
filled_cb (RaiApplication *self, const char *page, int64_t started) {
  rai_stall_log_filled (self->stall_log, page, started);
}

static void
pictures_done_cb (RaiPictures *pictures, bool ok, void *data) {
  RaiApplication *self = data;
  if (!ok)
    self->status = 1;
  g_application_quit (G_APPLICATION (self));
}

static void
rai_application_activate (GApplication *application) {
  RaiApplication *self = RAI_APPLICATION (application);
  if (self->window != NULL) {
    gtk_window_present (GTK_WINDOW (self->window));
    return;
  }

  rai_settings_load (self->options.data_dir);
  rai_settings_override_theme (self->options.theme);
  self->session = rai_session_new (self->options.data_dir);
  self->local = rai_local_server_new (self->options.data_dir);
  self->window = rai_window_new (GTK_APPLICATION (self), self->session, self->local);
  g_object_add_weak_pointer (G_OBJECT (self->window), (void **) &self->window);

  if (self->options.width > 0)
    gtk_window_set_default_size (GTK_WINDOW (self->window), self->options.width,
                                 self->options.height);

  if (self->stall_log != NULL)
    g_signal_connect_object (self->window, "filled", G_CALLBACK (filled_cb), self,
                             G_CONNECT_SWAPPED);

  rai_session_set_start_site (self->session, self->options.site);
  gtk_window_present (GTK_WINDOW (self->window));
  start_session (self);

  bool visits = self->options.stall_log != NULL && self->options.pages != NULL;
  if ((self->options.pictures != NULL || visits) && self->status == 0)
    self->pictures =
        rai_pictures_start (self->window, self->session, &self->options, pictures_done_cb, self);
}

static int
rai_application_handle_local_options (GApplication *application, GVariantDict *parsed) {
  RaiApplication *self = RAI_APPLICATION (application);
  g_autoptr (GError) error = NULL;
  if (!rai_options_read (&self->options, parsed, &error)) {
    fprintf (stderr, "retailai: %s\n", error->message);
    return 2;
  }

  if (self->options.version) {
    printf ("retailai %s\n", RAI_VERSION);
    return 0;
  }

  if (g_variant_dict_contains (parsed, "data-dir") || self->options.pictures != NULL)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return -1;
}

static void
about_action (GSimpleAction *action, GVariant *parameter, void *data) {
  RaiApplication *self = data;
  adw_show_about_window (GTK_WINDOW (self->window), "application-name", "RetailAI",
                         "application-icon", RAI_APPLICATION_ID, "version", RAI_VERSION,
                         "developer-name", _ ("The RetailAI developers"), "license-type",
                         GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Shows what will sell, what to order and what needs attention."), NULL);
}

static void
settings_action (GSimpleAction *action, GVariant *parameter, void *data) {
  RaiApplication *self = data;
  if (self->window != NULL)
    rai_window_go (self->window, "settings", NULL);
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, void *data) {
  RaiApplication *self = data;
  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
}

static void
rai_application_startup (GApplication *application) {
  RaiApplication *self = RAI_APPLICATION (application);
  static const GActionEntry actions[] = {
    { "about", about_action },
    { "settings", settings_action },
    { "quit", quit_action },
  };

  rai_application_register_resources ();
  G_APPLICATION_CLASS (rai_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit",
                                         (const char *[]){ "<Control>q", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.settings",
                                         (const char *[]){ "<Control>comma", NULL });
  if (self->options.stall_log != NULL)
    self->stall_log = rai_stall_log_new (self->options.stall_log);
}

static void
rai_application_shutdown (GApplication *application) {
  RaiApplication *self = RAI_APPLICATION (application);
  g_clear_pointer (&self->pictures, rai_pictures_free);
  RaiSyncEngine *engine = self->session != NULL ? rai_session_get_engine (self->session) : NULL;
  if (engine != NULL)
    rai_sync_engine_stop (engine);
  g_clear_object (&self->local);
  g_clear_pointer (&self->stall_log, rai_stall_log_free);
  G_APPLICATION_CLASS (rai_application_parent_class)->shutdown (application);
}

static void
rai_application_finalize (GObject *object) {
  RaiApplication *self = RAI_APPLICATION (object);
  g_clear_object (&self->session);
  rai_options_clear (&self->options);
  G_OBJECT_CLASS (rai_application_parent_class)->finalize (object);
}

static void
rai_application_init (RaiApplication *self) {
  g_application_add_main_option_entries (G_APPLICATION (self), rai_option_entries);
}

static void
rai_application_class_init (RaiApplicationClass *klass) {
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);
  application_class->startup = rai_application_startup;
  application_class->activate = rai_application_activate;
  application_class->shutdown = rai_application_shutdown;
  application_class->handle_local_options = rai_application_handle_local_options;
  G_OBJECT_CLASS (klass)->finalize = rai_application_finalize;
}

RaiApplication *
rai_application_new (void) {
  return g_object_new (RAI_TYPE_APPLICATION, "application-id", RAI_APPLICATION_ID,
                       "resource-base-path", "/org/retailai/RetailAI", NULL);
}
