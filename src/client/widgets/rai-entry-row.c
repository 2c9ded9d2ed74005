/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-entry-row.h"

#include "client/model/rai-format.h"
#include "client/widgets/rai-stock-dialog.h"
#include "command/rai-arguments.h"
#include "util/rai-clock.h"

#include <glib/gi18n.h>

struct _RaiEntryRow {
  AdwPreferencesRow parent_instance;
  GtkLabel *why;
  GtkLabel *yours;
  GtkLabel *theirs;
  GtkLabel *when;
  GtkEditable *quantity;
  GtkWidget *again;
  GtkWidget *look;
  char *id;
  const RaiCommand *command;
  RaiArguments *arguments; /* NULL: this program does not know them */
  RaiAnswer answer;        /* the server's; only its result */
};

G_DEFINE_FINAL_TYPE (RaiEntryRow, rai_entry_row, ADW_TYPE_PREFERENCES_ROW)

enum { AGAIN, LOOK, DISCARD, N_SIGNALS };
static unsigned signals[N_SIGNALS];

static bool
wants_quantity (RaiEntryRow *self) {
  return gtk_widget_get_visible (GTK_WIDGET (self->quantity));
}

static void
changed_cb (RaiEntryRow *self) {
  int64_t quantity;
  bool valid = !wants_quantity (self) ||
               rai_stock_dialog_parse (gtk_editable_get_text (self->quantity), &quantity);
  gtk_widget_set_sensitive (self->again, valid);
  if (valid)
    gtk_widget_remove_css_class (GTK_WIDGET (self->quantity), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->quantity), "error");
}

static void
again_cb (RaiEntryRow *self) {
  int64_t quantity = 0;
  if (wants_quantity (self) &&
      !rai_stock_dialog_parse (gtk_editable_get_text (self->quantity), &quantity))
    return;
  g_autofree char *arguments =
      self->arguments != NULL
          ? rai_arguments_follow (self->arguments, self->command, &quantity, &self->answer)
          : NULL;
  g_signal_emit (self, signals[AGAIN], 0, self->id, arguments);
}

static void
look_cb (RaiEntryRow *self) {
  g_autofree char *target = g_strconcat ("order=", rai_entry_row_get_order (self), NULL);
  g_signal_emit (self, signals[LOOK], 0, "orders", target);
}

static void
discard_cb (RaiEntryRow *self) {
  g_signal_emit (self, signals[DISCARD], 0, self->id);
}

void
rai_entry_row_set_theirs (RaiEntryRow *self, const char *text) {
  gtk_label_set_label (self->theirs, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->theirs), text != NULL && *text);
}

const char *
rai_entry_row_get_order (RaiEntryRow *self) {
  return self->arguments != NULL && rai_arguments_takes (self->arguments, "order")
             ? rai_arguments_text (self->arguments, "order")
             : NULL;
}

static void
rai_entry_row_init (RaiEntryRow *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
rai_entry_row_dispose (GObject *object) {
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_ENTRY_ROW);
  G_OBJECT_CLASS (rai_entry_row_parent_class)->dispose (object);
}

static void
rai_entry_row_finalize (GObject *object) {
  RaiEntryRow *self = RAI_ENTRY_ROW (object);
  g_free (self->id);
  g_clear_pointer (&self->arguments, rai_arguments_free);
  rai_answer_clear (&self->answer);
  G_OBJECT_CLASS (rai_entry_row_parent_class)->finalize (object);
}

static void
rai_entry_row_class_init (RaiEntryRowClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_entry_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rai_entry_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-entry-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiEntryRow, why);
  gtk_widget_class_bind_template_child (widget_class, RaiEntryRow, yours);
  gtk_widget_class_bind_template_child (widget_class, RaiEntryRow, theirs);
  gtk_widget_class_bind_template_child (widget_class, RaiEntryRow, when);
  gtk_widget_class_bind_template_child (widget_class, RaiEntryRow, quantity);
  gtk_widget_class_bind_template_child (widget_class, RaiEntryRow, again);
  gtk_widget_class_bind_template_child (widget_class, RaiEntryRow, look);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, look_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  signals[AGAIN] = g_signal_new ("again", RAI_TYPE_ENTRY_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[LOOK] = g_signal_new ("look", RAI_TYPE_ENTRY_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[DISCARD] = g_signal_new ("discard", RAI_TYPE_ENTRY_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

GtkWidget *
rai_entry_row_new (const RaiSyncEntry *entry, const char *login) {
  RaiEntryRow *self = g_object_new (RAI_TYPE_ENTRY_ROW, NULL);
  int64_t quantity;
  self->id = g_strdup (entry->id);
  self->command = rai_command_find (entry->name);
  if (self->command != NULL && entry->arguments != NULL)
    self->arguments = rai_arguments_parse (self->command->arguments, entry->arguments, NULL);
  self->answer.result = g_strdup (entry->result);

  const char *summary = entry->summary != NULL ? entry->summary : entry->name;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), summary);
  gtk_label_set_label (self->why,
                       entry->message != NULL ? entry->message : _ ("The server did not say why."));
  gtk_label_set_label (self->yours, summary);

  g_autofree char *when = rai_format_ago (entry->acted_at, rai_now_ms ());
  /* Translators: "2 h ago, by maria" */
  g_autofree char *done = g_strdup_printf (_ ("%s, by %s"), when, login);

  gtk_label_set_label (self->when, done);
  if (self->arguments != NULL && rai_arguments_get_quantity (self->arguments, &quantity)) {
    g_autofree char *text = rai_format_quantity (quantity);
    gtk_widget_set_visible (GTK_WIDGET (self->quantity), true);
    gtk_editable_set_text (self->quantity, text);
  }

  gtk_widget_set_visible (self->look, rai_entry_row_get_order (self) != NULL);
  return GTK_WIDGET (self);
}
