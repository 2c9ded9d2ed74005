/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-dialog-save.h"

#include "client/widgets/rai-toast.h"

#include <glib/gi18n.h>

typedef struct {
  RaiDialogSave parts; /* holds the dialog, and its children with it */
  GtkWindow *behind;   /* may be NULL */
  char *done;
} Saving;

static void
saving_free (Saving *saving) {
  g_object_unref (saving->parts.dialog);
  g_clear_object (&saving->behind);
  g_free (saving->done);
  g_free (saving);
}

static void
toast_behind (Saving *saving, const char *text) {
  if (saving->behind != NULL)
    rai_toast_show (rai_toast_overlay (GTK_WIDGET (saving->behind)), rai_toast_new (text));
}

static void
show_problem (const RaiDialogSave *parts, const char *text) {
  gtk_label_set_label (parts->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (parts->problem), text != NULL);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, void *data) {
  Saving *saving = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiAnswer) answer = rai_session_submit_finish (RAI_SESSION (source), result, &error);
  bool open = gtk_widget_get_visible (GTK_WIDGET (saving->parts.dialog));

  if (answer != NULL && answer->status == RAI_ANSWER_APPLIED) {
    toast_behind (saving, saving->done);
    if (open)
      gtk_window_close (saving->parts.dialog);
    saving_free (saving);
    return;
  }

  const char *why = answer != NULL ? answer->message : error->message;
  g_autofree char *text =
      g_strdup_printf (_ ("Not saved. %s"), why != NULL ? why : _ ("This is not possible now."));
  if (open) {
    show_problem (&saving->parts, text);
    gtk_widget_set_sensitive (saving->parts.save, TRUE);
  } else {
    toast_behind (saving, text);
  }

  saving_free (saving);
}

void
rai_dialog_save (const RaiDialogSave *parts, const char *command, const char *arguments,
                 const char *done) {
  g_return_if_fail (RAI_IS_SESSION (parts->session));
  GtkWindow *behind = gtk_window_get_transient_for (parts->dialog);
  Saving *saving = g_new0 (Saving, 1);
  *saving = (Saving){ *parts, behind != NULL ? g_object_ref (behind) : NULL, g_strdup (done) };
  g_object_ref (saving->parts.dialog);

  show_problem (parts, NULL);
  gtk_widget_set_sensitive (parts->save, FALSE);
  rai_session_submit_async (parts->session, command, arguments, NULL, submitted_cb, saving);
}
