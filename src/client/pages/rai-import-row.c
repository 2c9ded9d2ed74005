/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-import-row.h"

#include "client/model/rai-import-words.h"

#include <glib/gi18n.h>

struct _RaiImportRow {
  AdwActionRow parent_instance;
  RaiImportDraft *draft;
  RaiImportJob *job;
  GtkImage *icon;
  GtkProgressBar *bar;
  GtkButton *remove;
};

enum { CHANGED, REMOVE, N_SIGNALS };
static unsigned signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RaiImportRow, rai_import_row, ADW_TYPE_ACTION_ROW)

/* The sign in front says in a shape what the words say. */
static void
show_icon (RaiImportRow *self) {
  RaiImportJobState state = rai_import_job_get_state (self->job);
  bool wrong = state == RAI_IMPORT_JOB_FAILED ||
               (state == RAI_IMPORT_JOB_IDLE && !rai_import_draft_is_reading (self->draft) &&
                !rai_import_draft_is_ready (self->draft));
  bool done = state == RAI_IMPORT_JOB_DONE;

  gtk_image_set_from_icon_name (self->icon, wrong  ? "dialog-warning-symbolic"
                                            : done ? "emblem-ok-symbolic"
                                                   : "text-x-generic-symbolic");
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "warning");
}

static void
show (RaiImportRow *self) {
  g_autofree char *of_job = rai_import_words_job (self->job);
  g_autofree char *of_draft = of_job == NULL ? rai_import_words_draft (self->draft) : NULL;
  const char *text = of_job != NULL ? of_job : of_draft;
  double fraction = rai_import_job_get_fraction (self->job);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text != NULL ? text : _ ("Being read…"));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), rai_import_job_is_under_way (self->job));
  gtk_progress_bar_set_fraction (self->bar, CLAMP (fraction, 0, 1));
  show_icon (self);
}

static void
changed_cb (RaiImportRow *self) {
  show (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

RaiImportDraft *
rai_import_row_get_draft (RaiImportRow *self) {
  return self->draft;
}

RaiImportJob *
rai_import_row_get_job (RaiImportRow *self) {
  return self->job;
}

void
rai_import_row_set_removable (RaiImportRow *self, bool removable) {
  gtk_widget_set_visible (GTK_WIDGET (self->remove), removable);
}

static void
remove_cb (RaiImportRow *self) {
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
rai_import_row_init (RaiImportRow *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
rai_import_row_dispose (GObject *object) {
  RaiImportRow *self = RAI_IMPORT_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RAI_TYPE_IMPORT_ROW);
  g_clear_object (&self->draft);
  g_clear_object (&self->job);
  G_OBJECT_CLASS (rai_import_row_parent_class)->dispose (object);
}

static void
rai_import_row_class_init (RaiImportRowClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rai_import_row_dispose;
  signals[CHANGED] = g_signal_new ("changed", RAI_TYPE_IMPORT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[REMOVE] = g_signal_new ("remove", RAI_TYPE_IMPORT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-import-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiImportRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RaiImportRow, bar);
  gtk_widget_class_bind_template_child (widget_class, RaiImportRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

RaiImportRow *
rai_import_row_new (RaiImportDraft *draft, RaiImportJob *job) {
  RaiImportRow *self = g_object_new (RAI_TYPE_IMPORT_ROW, "use-markup", FALSE, NULL);

  /* Names of files are no markup: that must be known before. */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), rai_import_draft_get_name (draft));
  self->draft = g_object_ref (draft);
  self->job = g_object_ref (job);
  g_signal_connect_object (draft, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (job, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  show (self);

  return self;
}
