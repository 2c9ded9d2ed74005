/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-file-ask.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct {
  RaiFileChosen chosen;
  void *data;
  GDestroyNotify free;
} Question;

static void
question_free (void *data) {
  Question *question = data;
  if (question->free != NULL)
    question->free (question->data);
  g_free (question);
}

static GtkWindow *
window_of (GtkWidget *widget) {
  GtkRoot *root = gtk_widget_get_root (widget);
  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

void
rai_file_failed (GtkWidget *widget, const char *heading, const char *message) {
  GtkWidget *dialog = adw_message_dialog_new (window_of (widget), heading, message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
response_cb (GtkNativeDialog *dialog, int response, GtkWidget *widget) {
  Question *question = g_object_get_data (G_OBJECT (dialog), "rai-question");
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    question->chosen (widget, path, question->data);
  else if (response == GTK_RESPONSE_ACCEPT)
    rai_file_failed (widget, _ ("This place cannot be used"),
                     _ ("Choose a folder on this computer."));

  g_object_unref (dialog);
}

void
rai_file_ask (GtkWidget *widget, const RaiFileQuestion *asked, RaiFileChosen chosen, void *data,
              GDestroyNotify free) {
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      asked->title, window_of (widget),
      asked->name != NULL ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN,
      asked->accept, NULL);

  Question *question = g_new0 (Question, 1);
  *question = (Question){ chosen, data, free };
  g_object_set_data_full (G_OBJECT (dialog), "rai-question", question, question_free);

  if (asked->name != NULL) {
    g_autofree char *name = g_strdelimit (g_strdup (asked->name), "/", '-');
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  }

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
