/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-sign-in-page.h"

#include "client/model/rai-server-address.h"
#include "client/model/rai-token-store.h"
#include "client/pages/rai-shop-form.h"
#include "sync/rai-sync-account.h"

#include <glib/gi18n.h>

typedef enum { VIEW_CHOICE, VIEW_SERVER, VIEW_SHOP, VIEW_BUSY } View;

/* What each view is called; the first has the application's own words. */
static const struct {
  const char *name; /* in the .ui */
  const char *icon;
  const char *title;
  const char *text;
} views[] = {
  [VIEW_CHOICE] = { "choice", RAI_APPLICATION_ID, "RetailAI",
                    N_ ("What will sell, what to order, what needs attention") },
  [VIEW_SERVER] = { "server", NULL, N_ ("Our server"),
                    N_ ("For several people, or several shops") },
  [VIEW_SHOP] = { "shop", NULL, N_ ("My shop"),
                  N_ ("All of this can be changed later, but for the currency once something was "
                      "sold.") },
  [VIEW_BUSY] = { "busy", RAI_APPLICATION_ID, "RetailAI", "" },
};

struct _RaiSignInPage {
  AdwBin parent_instance;
  RaiSession *session;
  AdwEntryRow *server;
  AdwEntryRow *login;
  AdwPasswordEntryRow *password;
  AdwPasswordEntryRow *new_password; /* seen when the password given works only once */
  GtkButton *sign_in;
  GtkLabel *problem;
  GtkWidget *waiting; /* instead of the button, while the answer is on its way */
  GtkWidget *cancel;
  GtkWidget *back;
  AdwStatusPage *status;
  GtkStack *views;
  AdwActionRow *my_shop, *our_server, *try_demo;
  RaiShopForm *form;
  GtkWidget *open_shop;
  GtkProgressBar *bar;
  GtkLabel *step;
  GtkWidget *give_up;
  RaiLocalServer *local;
  RaiLocalKind starting; /* the backend of this computer that is being started */
  View before;           /* where a start that ends without one leads back to */
  RaiSyncEngine *engine; /* that is signing in */
  char *signing_server;
  char *signing_login;
  char *accepted; /* the address that may have the password without encryption */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (RaiSignInPage, rai_sign_in_page, ADW_TYPE_BIN)

static const char *
text_of (AdwEntryRow *row) {
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* Its room is kept: what is wrong moves nothing. */
static void
set_problem (RaiSignInPage *self, const char *text) {
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), text);
}

static View
get_view (RaiSignInPage *self) {
  const char *name = gtk_stack_get_visible_child_name (self->views);
  for (int i = 0; i < (int) G_N_ELEMENTS (views); i++)
    if (g_strcmp0 (views[i].name, name) == 0)
      return (View) i;
  return VIEW_CHOICE;
}

static void
focus_choice (RaiSignInPage *self, View from) {
  AdwActionRow *row = from == VIEW_SERVER                ? self->our_server
                      : self->starting == RAI_LOCAL_DEMO ? self->try_demo
                                                         : self->my_shop;
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_view (RaiSignInPage *self, View view) {
  const char *text = *views[view].text != '\0' ? _ (views[view].text) : NULL;
  gtk_stack_set_visible_child_name (self->views, views[view].name);
  adw_status_page_set_icon_name (self->status, views[view].icon);
  adw_status_page_set_title (self->status, _ (views[view].title));
  adw_status_page_set_description (self->status, text);
  gtk_widget_set_visible (self->back, view == VIEW_SERVER || view == VIEW_SHOP);
}

static void
fields_changed_cb (RaiSignInPage *self) {
  bool renewing = gtk_widget_get_visible (GTK_WIDGET (self->new_password));
  bool complete = *text_of (self->server) && *text_of (self->login) &&
                  *text_of (ADW_ENTRY_ROW (self->password)) &&
                  (!renewing || *text_of (ADW_ENTRY_ROW (self->new_password)));
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in), complete && self->engine == NULL);
}

static void
set_busy (RaiSignInPage *self, bool busy) {
  gtk_widget_set_visible (self->waiting, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_in), !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.cancel", busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->server), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->login), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->password), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->new_password), !busy);
  fields_changed_cb (self);
  if (busy)
    gtk_widget_grab_focus (get_view (self) == VIEW_BUSY ? self->give_up : self->cancel);
}

static void
show_step (const char *text, double share, void *data) {
  RaiSignInPage *self = data;
  gtk_label_set_label (self->step, text);
  gtk_progress_bar_set_fraction (self->bar, share);
}

/* The way back from what did not come to an end. */
static void
fail (RaiSignInPage *self, const char *text) {
  const View view = get_view (self);
  if (view == VIEW_BUSY)
    show_view (self, self->before);
  set_busy (self, false);
  set_problem (self, text);
  if (view == VIEW_BUSY && self->before == VIEW_CHOICE)
    focus_choice (self, view);
  else if (view == VIEW_BUSY)
    gtk_widget_grab_focus (self->open_shop);
}

/* A one-time secret opens the account once, for choosing a password. */
static void
show_new_password (RaiSignInPage *self, bool show) {
  gtk_editable_set_text (GTK_EDITABLE (self->new_password), "");
  gtk_widget_set_visible (GTK_WIDGET (self->new_password), show);
  fields_changed_cb (self);
}

/* Where a person mends what was wrong. */
static GtkWidget *
field_of (RaiSignInPage *self, const GError *error) {
  switch (error->domain == RAI_SYNC_ERROR ? (int) error->code : -1) {
    case RAI_SYNC_ERROR_NEW_PASSWORD:
      return GTK_WIDGET (self->new_password);
    case RAI_SYNC_ERROR_OFFLINE:
    case RAI_SYNC_ERROR_ADDRESS:
      return GTK_WIDGET (self->server);
    default:
      return GTK_WIDGET (self->password);
  }
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (GError) error = NULL;
  bool ok = rai_sync_engine_sign_in_finish (RAI_SYNC_ENGINE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  RaiSignInPage *self = data;
  g_autoptr (RaiSyncEngine) engine = g_steal_pointer (&self->engine);
  if (!ok) {
    bool renew = g_error_matches (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_NEW_PASSWORD);
    if (renew)
      show_new_password (self, true);
    fail (self,
          renew
              ? _ ("This password works once. Choose one of your own, with 15 characters or more.")
              : error->message);
    if (get_view (self) == VIEW_SERVER)
      gtk_widget_grab_focus (field_of (self, error));
    return;
  }

  set_busy (self, false);
  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  show_new_password (self, false);
  rai_session_open (self->session, engine, self->signing_server, self->signing_login);
}

static void
start_sign_in (RaiSignInPage *self, const char *server, const char *login, const char *password,
               const char *new_password) {
  g_free (self->signing_server);
  self->signing_server = g_strdup (server);
  g_free (self->signing_login);
  self->signing_login = g_strdup (login);
  rai_session_open (self->session, NULL, NULL, NULL);
  self->engine = rai_sync_engine_new (rai_session_get_data_dir (self->session), server, login,
                                      rai_token_store_get ());
  set_busy (self, true);
  rai_sync_engine_sign_in_async (self->engine, password, new_password, self->cancellable,
                                 signed_in_cb, self);
}

static void
renew_cancellable (RaiSignInPage *self) {
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}

static void sign_in_cb (RaiSignInPage *self);

static void
open_response_cb (RaiSignInPage *self, const char *response, GtkWidget *dialog) {
  if (!g_str_equal (response, "go-on")) {
    gtk_widget_grab_focus (GTK_WIDGET (self->server));
    return;
  }
  g_free (self->accepted);
  self->accepted = g_strdup (g_object_get_data (G_OBJECT (dialog), "rai-url"));
  sign_in_cb (self);
}

/* A server of one's own may have no encryption; but then its password is for everybody on the
 * way. */
static void
ask_about_open (RaiSignInPage *self, const char *url) {
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *body = g_strdup_printf (
      _ ("%s has no encryption. Whoever is on the way there can read your password and all data. "
         "If the server has a certificate, begin its address with https://."),
      url);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Send the password unprotected?"), body));

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "go-on", _ ("_Send anyway"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "go-on", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "rai-url", g_strdup (url), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (open_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
sign_in_cb (RaiSignInPage *self) {
  if (self->engine != NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->sign_in)))
    return;

  g_autofree char *problem = NULL;
  g_autofree char *server = rai_server_address_url (text_of (self->server), &problem);
  set_problem (self, problem);
  if (server == NULL) {
    gtk_widget_grab_focus (GTK_WIDGET (self->server));
    return;
  }

  if (rai_server_address_is_open (server) && g_strcmp0 (self->accepted, server) != 0) {
    ask_about_open (self, server);
    return;
  }

  renew_cancellable (self);
  bool renewing = gtk_widget_get_visible (GTK_WIDGET (self->new_password));
  start_sign_in (self, server, text_of (self->login), text_of (ADW_ENTRY_ROW (self->password)),
                 renewing ? text_of (ADW_ENTRY_ROW (self->new_password)) : NULL);
}

/* ---- This computer ---- */

static void
local_started_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (GError) error = NULL;
  g_autofree char *url = rai_local_server_start_finish (RAI_LOCAL_SERVER (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  RaiSignInPage *self = data;
  if (url == NULL) {
    fail (self, error->message);
    return;
  }

  g_autofree char *password = rai_local_server_get_password (self->local, self->starting);
  if (password != NULL)
    start_sign_in (self, url, rai_local_server_get_login (), password, NULL);
  else
    fail (self, _ ("The keyring did not give the password of this computer's own backend. Unlock "
                   "the keyring and try "
                   "again."));
}

static void
start_local (RaiSignInPage *self, RaiLocalKind kind, const RaiLocalShop *shop) {
  const bool making = !rai_local_server_is_set_up (self->local, kind);
  self->starting = kind;
  self->before = get_view (self);
  set_problem (self, NULL);
  renew_cancellable (self);
  show_view (self, VIEW_BUSY);
  adw_status_page_set_title (self->status, kind == RAI_LOCAL_SHOP ? _ ("My shop")
                                           : making               ? _ ("Making the demo")
                                                                  : _ ("Demo"));
  adw_status_page_set_description (
      self->status,
      making && kind == RAI_LOCAL_DEMO
          ? _ ("A made-up shop with two years of sales. This takes a minute or two, once.")
          : NULL);
  gtk_progress_bar_set_fraction (self->bar, 0);
  gtk_label_set_label (self->step, _ ("Starting"));
  set_busy (self, true);
  rai_local_server_start_async (self->local, kind, shop, show_step, self, self->cancellable,
                                local_started_cb, self);
}

static void
form_changed_cb (RaiSignInPage *self) {
  gtk_widget_set_sensitive (self->open_shop, rai_shop_form_is_complete (self->form));
}

static void
open_shop_cb (RaiSignInPage *self) {
  if (get_view (self) != VIEW_SHOP || !rai_shop_form_is_complete (self->form))
    return;
  const RaiLocalShop shop = rai_shop_form_read (self->form);
  start_local (self, RAI_LOCAL_SHOP, &shop);
}

/* A shop that there is already opens at once. */
static void
my_shop_cb (RaiSignInPage *self) {
  set_problem (self, NULL);
  if (rai_local_server_is_set_up (self->local, RAI_LOCAL_SHOP)) {
    start_local (self, RAI_LOCAL_SHOP, NULL);
    return;
  }
  self->starting = RAI_LOCAL_SHOP;
  show_view (self, VIEW_SHOP);
  form_changed_cb (self);
  rai_shop_form_begin (self->form);
}

static void
demo_cb (RaiSignInPage *self) {
  start_local (self, RAI_LOCAL_DEMO, NULL);
}

/* ---- The server ---- */

static void
focus_server (RaiSignInPage *self) {
  if (!*text_of (self->server))
    gtk_widget_grab_focus (GTK_WIDGET (self->server));
  else if (!*text_of (self->login))
    gtk_widget_grab_focus (GTK_WIDGET (self->login));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
our_server_cb (RaiSignInPage *self) {
  set_problem (self, NULL);
  show_view (self, VIEW_SERVER);
  focus_server (self);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  RaiSignInPage *self = RAI_SIGN_IN_PAGE (widget);
  const View from = get_view (self);
  if (from == VIEW_CHOICE)
    return;
  if (gtk_widget_get_visible (self->waiting))
    gtk_widget_activate_action (widget, "sign-in.cancel", NULL);
  set_problem (self, NULL);
  show_view (self, VIEW_CHOICE);
  focus_choice (self, from);
}

/* What is on its way is given up; whatever comes of it is not heard. */
static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  RaiSignInPage *self = RAI_SIGN_IN_PAGE (widget);
  g_autoptr (RaiSyncEngine) engine = g_steal_pointer (&self->engine);
  g_cancellable_cancel (self->cancellable);
  if (engine != NULL)
    rai_sync_engine_stop (engine);

  fail (self, NULL);
  if (get_view (self) == VIEW_SERVER)
    gtk_widget_grab_focus (GTK_WIDGET (self->server));
}

/* Escape ends what runs, else leads back. */
static gboolean
escaped_cb (GtkWidget *widget, GVariant *arguments, void *data) {
  const bool busy = gtk_widget_get_visible (RAI_SIGN_IN_PAGE (widget)->waiting);
  return gtk_widget_activate_action (widget, busy ? "sign-in.cancel" : "sign-in.back", NULL);
}

void
rai_sign_in_page_begin (RaiSignInPage *self, const char *reason) {
  set_problem (self, reason);
  if (get_view (self) == VIEW_SERVER)
    focus_server (self);
  else
    focus_choice (self, VIEW_CHOICE);
}

void
rai_sign_in_page_suggest (RaiSignInPage *self, const char *server, const char *login) {
  if (server != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->server), server);
  if (login != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->login), login);
  if (server != NULL)
    show_view (self, VIEW_SERVER);
}

void
rai_sign_in_page_set_session (RaiSignInPage *self, RaiSession *session, RaiLocalServer *local) {
  g_set_object (&self->session, session);
  g_set_object (&self->local, local);
  g_autoptr (GPtrArray) accounts = rai_sync_accounts (rai_session_get_data_dir (session));

  if (accounts->len > 0) {
    RaiSyncAccount *last = g_ptr_array_index (accounts, 0);
    RaiLocalKind kind;
    if (!rai_local_server_find (rai_session_get_data_dir (session), last->server, &kind))
      rai_sign_in_page_suggest (self, last->server, last->login);
  }
}

static void
rai_sign_in_page_init (RaiSignInPage *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
  show_view (self, VIEW_CHOICE);
  set_busy (self, false);
}

static void
rai_sign_in_page_dispose (GObject *object) {
  RaiSignInPage *self = RAI_SIGN_IN_PAGE (object);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);
  g_clear_object (&self->session);
  g_clear_object (&self->local);
  g_clear_pointer (&self->signing_server, g_free);
  g_clear_pointer (&self->signing_login, g_free);
  g_clear_pointer (&self->accepted, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), RAI_TYPE_SIGN_IN_PAGE);
  G_OBJECT_CLASS (rai_sign_in_page_parent_class)->dispose (object);
}

static void
rai_sign_in_page_class_init (RaiSignInPageClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_sign_in_page_dispose;
  g_type_ensure (RAI_TYPE_SHOP_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, server);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, login);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, new_password);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, problem);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, back);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, status);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, views);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, my_shop);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, our_server);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, try_demo);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, form);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, open_shop);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, bar);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, step);
  gtk_widget_class_bind_template_child (widget_class, RaiSignInPage, give_up);
  gtk_widget_class_bind_template_callback (widget_class, fields_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, my_shop_cb);
  gtk_widget_class_bind_template_callback (widget_class, our_server_cb);
  gtk_widget_class_bind_template_callback (widget_class, demo_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_shop_cb);
  gtk_widget_class_install_action (widget_class, "sign-in.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "sign-in.back", NULL, back_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escaped_cb, NULL);
}
