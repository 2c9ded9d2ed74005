/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-sign-in-page.h"

#include "client/model/rai-token-store.h"

#include <glib/gi18n.h>
#include <string.h>

struct _RaiSignInPage {
  AdwBin parent_instance;
  RaiSession *session;
  AdwEntryRow *server;
  AdwEntryRow *login;
  AdwPasswordEntryRow *password;
  GtkButton *sign_in;
  GtkLabel *problem;
  GtkSpinner *spinner;
  RaiSyncEngine *engine; /* that is signing in */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (RaiSignInPage, rai_sign_in_page, ADW_TYPE_BIN)

static const char *
text_of (AdwEntryRow *row) {
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
set_problem (RaiSignInPage *self, const char *text) {
  gtk_label_set_label (self->problem, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
fields_changed_cb (RaiSignInPage *self) {
  bool complete = *text_of (self->server) && *text_of (self->login) && *text_of (ADW_ENTRY_ROW (self->password));
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in), complete && !self->engine);
}

static void
set_busy (RaiSignInPage *self, bool busy) {
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->server), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->login), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->password), !busy);
  fields_changed_cb (self);
}

/* "shop.example" is meant as https://shop.example. */
static char *
server_url (const char *text) {
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  size_t length = strlen (stripped);
  while (length > 0 && stripped[length - 1] == '/')
    stripped[--length] = '\0';
  return strstr (stripped, "://") ? g_steal_pointer (&stripped) : g_strconcat ("https://", stripped, NULL);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (GError) error = NULL;
  bool ok = rai_sync_engine_sign_in_finish (RAI_SYNC_ENGINE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  RaiSignInPage *self = data;
  g_autoptr (RaiSyncEngine) engine = g_steal_pointer (&self->engine);
  set_busy (self, false);
  if (!ok) {
    set_problem (self, error->message);
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
    return;
  }
  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  g_autofree char *server = server_url (text_of (self->server));
  rai_session_open (self->session, engine, server, text_of (self->login));
}

static void
sign_in_cb (RaiSignInPage *self) {
  if (self->engine || !gtk_widget_get_sensitive (GTK_WIDGET (self->sign_in)))
    return;
  set_problem (self, NULL);
  g_autofree char *server = server_url (text_of (self->server));
  const char *data_dir = rai_session_get_data_dir (self->session);
  rai_session_open (self->session, NULL, NULL, NULL);
  self->engine = rai_sync_engine_new (data_dir, server, text_of (self->login), rai_token_store_get ());
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_busy (self, true);
  rai_sync_engine_sign_in_async (self->engine, text_of (ADW_ENTRY_ROW (self->password)), NULL, self->cancellable,
                                 signed_in_cb, self);
}

void
rai_sign_in_page_suggest (RaiSignInPage *self, const char *server, const char *login) {
  if (server)
    gtk_editable_set_text (GTK_EDITABLE (self->server), server);
  if (login)
    gtk_editable_set_text (GTK_EDITABLE (self->login), login);
}

void
rai_sign_in_page_set_session (RaiSignInPage *self, RaiSession *session) {
  g_set_object (&self->session, session);
  g_autoptr (GPtrArray) accounts = rai_sync_accounts (rai_session_get_data_dir (session));
  if (accounts->len > 0) {
    RaiSyncAccount *last = g_ptr_array_index (accounts, 0);
    rai_sign_in_page_suggest (self, last->server, last->login);
  }
}

static void
rai_sign_in_page_init (RaiSignInPage *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
  fields_changed_cb (self);
}

static void
rai_sign_in_page_dispose (GObject *object) {
  RaiSignInPage *self = RAI_SIGN_IN_PAGE (object);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), RAI_TYPE_SIGN_IN_PAGE);
  G_OBJECT_CLASS (rai_sign_in_page_parent_class)->dispose (object);
}

static void
rai_sign_in_page_class_init (RaiSignInPageClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_sign_in_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/retailai/RetailAI/ui/rai-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, server);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, login);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, problem);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, fields_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
}
