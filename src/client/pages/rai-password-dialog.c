/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-password-dialog.h"

#include <glib/gi18n.h>

struct _RaiPasswordDialog {
  AdwWindow parent_instance;
  AdwWindowTitle *title;
  AdwEntryRow *password;
  AdwEntryRow *new_password; /* seen when the password given works only once */
  GtkLabel *problem;
  GtkWidget *sign_in;

  RaiSyncEngine *engine;
  GCancellable *cancellable;
  bool busy;
};

G_DEFINE_FINAL_TYPE (RaiPasswordDialog, rai_password_dialog, ADW_TYPE_WINDOW)

static const char *
text_of (AdwEntryRow *row) {
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static bool
is_renewing (RaiPasswordDialog *self) {
  return gtk_widget_get_visible (GTK_WIDGET (self->new_password));
}

static void
changed_cb (RaiPasswordDialog *self) {
  bool complete =
      *text_of (self->password) && (!is_renewing (self) || *text_of (self->new_password));
  gtk_widget_set_sensitive (self->sign_in, complete && !self->busy);
}

static void
set_busy (RaiPasswordDialog *self, bool busy) {
  self->busy = busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->password), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->new_password), !busy);
  changed_cb (self);
}

static void
set_problem (RaiPasswordDialog *self, const char *text) {
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
show_failure (RaiPasswordDialog *self, const GError *error) {
  bool renew = g_error_matches (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_NEW_PASSWORD);
  if (renew)
    gtk_widget_set_visible (GTK_WIDGET (self->new_password), TRUE);
  set_busy (self, false);
  set_problem (
      self,
      renew ? _ ("This password works once. Choose one of your own, with 15 characters or more.")
            : error->message);
  gtk_widget_grab_focus (GTK_WIDGET (renew ? self->new_password : self->password));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (GError) error = NULL;
  bool ok = rai_sync_engine_sign_in_finish (RAI_SYNC_ENGINE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  RaiPasswordDialog *self = data;
  if (ok)
    gtk_window_close (GTK_WINDOW (self));
  else
    show_failure (self, error);
}

static void
sign_in_cb (RaiPasswordDialog *self) {
  if (!gtk_widget_get_sensitive (self->sign_in))
    return;
  set_problem (self, NULL);
  set_busy (self, true);
  rai_sync_engine_sign_in_async (self->engine, text_of (self->password),
                                 is_renewing (self) ? text_of (self->new_password) : NULL,
                                 self->cancellable, signed_in_cb, self);
}

static void
rai_password_dialog_init (RaiPasswordDialog *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

static void
rai_password_dialog_dispose (GObject *object) {
  RaiPasswordDialog *self = RAI_PASSWORD_DIALOG (object);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_PASSWORD_DIALOG);
  G_OBJECT_CLASS (rai_password_dialog_parent_class)->dispose (object);
}

static void
rai_password_dialog_class_init (RaiPasswordDialogClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_password_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiPasswordDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RaiPasswordDialog, password);
  gtk_widget_class_bind_template_child (widget_class, RaiPasswordDialog, new_password);
  gtk_widget_class_bind_template_child (widget_class, RaiPasswordDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RaiPasswordDialog, sign_in);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

RaiPasswordDialog *
rai_password_dialog_new (GtkWindow *parent, RaiSession *session) {
  RaiPasswordDialog *self = g_object_new (RAI_TYPE_PASSWORD_DIALOG, "transient-for", parent, NULL);
  self->engine = g_object_ref (rai_session_get_engine (session));
  /* Translators: a person's name, and the address of the server */
  g_autofree char *account = g_strdup_printf (_ ("%s at %s"), rai_session_get_login (session),
                                              rai_session_get_server (session));
  adw_window_title_set_subtitle (self->title, account);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
  return self;
}
