/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-dialog-save.h"

#include "client/widgets/rai-toast.h"

#include <glib/gi18n.h>

#define UNDO_KEY "rai-undoing"

typedef struct {
  char *command;
  char *arguments; /* JSON */
} Deed;

typedef struct {
  RaiDialogSave parts; /* holds the dialog, and its children with it */
  GtkWindow *behind;   /* may be NULL */
  GPtrArray *deeds;
  unsigned next;   /* of them: the one that is on its way */
  GPtrArray *undo; /* NULL: there is no way back */
  char *done;
} Saving;

static void
deed_free (void *data) {
  Deed *deed = data;
  g_free (deed->command);
  g_free (deed->arguments);
  g_free (deed);
}

GPtrArray *
rai_dialog_deeds_new (void) {
  return g_ptr_array_new_with_free_func (deed_free);
}

void
rai_dialog_deeds_add (GPtrArray *deeds, const char *command, char *arguments) {
  Deed *deed = g_new0 (Deed, 1);
  *deed = (Deed){ g_strdup (command), arguments };
  g_ptr_array_add (deeds, deed);
}

static void
saving_free (Saving *saving) {
  g_object_unref (saving->parts.dialog);
  g_clear_object (&saving->behind);
  g_ptr_array_unref (saving->deeds);
  g_clear_pointer (&saving->undo, g_ptr_array_unref);
  g_free (saving->done);
  g_free (saving);
}

/* ---- Taking it back ---- */

typedef struct {
  RaiSession *session;
  GtkWindow *behind;
  GPtrArray *deeds;
  unsigned next;
} Undoing;

static void undo_next (Undoing *undoing);

static void
undoing_free (Undoing *undoing) {
  g_object_unref (undoing->session);
  g_object_unref (undoing->behind);
  g_ptr_array_unref (undoing->deeds);
  g_free (undoing);
}

static void
undone_cb (GObject *source, GAsyncResult *result, void *data) {
  Undoing *undoing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiAnswer) answer = rai_session_submit_finish (RAI_SESSION (source), result, &error);
  const bool applied = answer != NULL && answer->status == RAI_ANSWER_APPLIED;

  if (applied && undoing->next < undoing->deeds->len) {
    undo_next (undoing);
    return;
  }

  const char *why = answer != NULL ? answer->message : error->message;
  rai_toast_show (rai_toast_overlay (GTK_WIDGET (undoing->behind)),
                  rai_toast_new (applied       ? _ ("Taken back")
                                 : why != NULL ? why
                                               : _ ("This is not possible now.")));
  undoing_free (undoing);
}

static void
undo_next (Undoing *undoing) {
  const Deed *deed = undoing->deeds->pdata[undoing->next++];
  rai_session_submit_async (undoing->session, deed->command, deed->arguments, NULL, undone_cb,
                            undoing);
}

static void
undo_cb (AdwToast *toast) {
  Undoing *undoing = g_object_steal_data (G_OBJECT (toast), UNDO_KEY);
  if (undoing != NULL)
    undo_next (undoing);
}

/* ---- Saving ---- */

static void
toast_behind (Saving *saving, const char *text, bool with_undo) {
  if (saving->behind == NULL)
    return;

  AdwToast *toast = rai_toast_new (text);
  if (with_undo) {
    Undoing *undoing = g_new0 (Undoing, 1);
    *undoing = (Undoing){ g_object_ref (saving->parts.session), g_object_ref (saving->behind),
                          g_steal_pointer (&saving->undo), 0 };
    adw_toast_set_button_label (toast, _ ("_Undo"));
    g_object_set_data_full (G_OBJECT (toast), UNDO_KEY, undoing, (GDestroyNotify) undoing_free);
    g_signal_connect (toast, "button-clicked", G_CALLBACK (undo_cb), NULL);
  }
  rai_toast_show (rai_toast_overlay (GTK_WIDGET (saving->behind)), toast);
}

static void
show_problem (const RaiDialogSave *parts, const char *text) {
  gtk_label_set_label (parts->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (parts->problem), text != NULL);
}

static void
finish (Saving *saving, const char *why, bool applied) {
  bool open = gtk_widget_get_visible (GTK_WIDGET (saving->parts.dialog));
  if (applied) {
    toast_behind (saving, saving->done, saving->undo != NULL && saving->undo->len > 0);
    if (open)
      gtk_window_close (saving->parts.dialog);
    saving_free (saving);
    return;
  }

  g_autofree char *text =
      g_strdup_printf (_ ("Not saved. %s"), why != NULL ? why : _ ("This is not possible now."));
  if (open) {
    show_problem (&saving->parts, text);
    gtk_widget_set_sensitive (saving->parts.save, TRUE);
  } else {
    toast_behind (saving, text, false);
  }

  saving_free (saving);
}

static void save_next (Saving *saving);

static void
submitted_cb (GObject *source, GAsyncResult *result, void *data) {
  Saving *saving = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiAnswer) answer = rai_session_submit_finish (RAI_SESSION (source), result, &error);
  const bool applied = answer != NULL && answer->status == RAI_ANSWER_APPLIED;

  if (applied && saving->next < saving->deeds->len)
    save_next (saving);
  else
    finish (saving, answer != NULL ? answer->message : error->message, applied);
}

static void
save_next (Saving *saving) {
  const Deed *deed = saving->deeds->pdata[saving->next++];
  rai_session_submit_async (saving->parts.session, deed->command, deed->arguments, NULL,
                            submitted_cb, saving);
}

void
rai_dialog_save_all (const RaiDialogSave *parts, GPtrArray *deeds, GPtrArray *undo,
                     const char *done) {
  g_return_if_fail (RAI_IS_SESSION (parts->session) && deeds->len > 0);
  GtkWindow *behind = gtk_window_get_transient_for (parts->dialog);
  Saving *saving = g_new0 (Saving, 1);
  *saving = (Saving){ *parts,         behind != NULL ? g_object_ref (behind) : NULL, deeds, 0, undo,
                      g_strdup (done) };
  g_object_ref (saving->parts.dialog);

  show_problem (parts, NULL);
  gtk_widget_set_sensitive (parts->save, FALSE);
  save_next (saving);
}

void
rai_dialog_save (const RaiDialogSave *parts, const char *command, const char *arguments,
                 const char *done) {
  GPtrArray *deeds = rai_dialog_deeds_new ();
  rai_dialog_deeds_add (deeds, command, g_strdup (arguments));
  rai_dialog_save_all (parts, deeds, NULL, done);
}
