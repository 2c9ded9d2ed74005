/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-import-dialog.h"

#include "client/pages/rai-import-preview.h"
#include "client/pages/rai-import-row.h"
#include "client/widgets/rai-file-ask.h"

#include <glib/gi18n.h>
#include <string.h>

typedef enum { CHOSEN, TRYING, TRIED, BRINGING, BROUGHT } Phase;

struct _RaiImportDialog {
  AdwWindow parent_instance;
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkButton *cancel, *back, *primary;
  AdwStatusPage *choose;
  GtkWidget *choose_button;
  GtkLabel *summary;
  GtkListBox *list;
  GtkWidget *more;
  RaiImportPreview *preview;

  RaiSession *session;
  GPtrArray *rows;       /* RaiImportRow, owned by the list */
  RaiImportRow *current; /* being sent, tried or brought in; NULL: none */
  RaiImportRow *shown;   /* looked at closely; NULL: none */
  Phase phase;
};

G_DEFINE_FINAL_TYPE (RaiImportDialog, rai_import_dialog, ADW_TYPE_WINDOW)

static void run_next (RaiImportDialog *self);

bool
rai_import_dialog_is_allowed (RaiSession *session) {
  const RaiIdentity *identity = rai_session_get_identity (session);

  return identity != NULL && identity->all_sites &&
         rai_session_may (session, RAI_PERMISSION_RECORD_SALES);
}

void
rai_import_dialog_show_empty (RaiPage *page, const char *icon, const char *title,
                              const char *description) {
  bool allowed = rai_import_dialog_is_allowed (rai_page_get_session (page));

  rai_page_show_empty (page, icon, title, description, allowed ? _ ("_Bring in files…") : NULL,
                       allowed ? "win.bring-in" : NULL);
}

static bool
is_online (RaiImportDialog *self) {
  const RaiSyncStatus *status = rai_session_get_status (self->session);

  return status->state == RAI_SYNC_ONLINE || status->state == RAI_SYNC_BUSY;
}

static bool
is_busy (RaiImportDialog *self) {
  return self->phase == TRYING || self->phase == BRINGING;
}

/* ---- What it shows ---- */

typedef struct {
  unsigned n, ready, reading, done, failed;
  int64_t added, rejected;
} Sum;

static Sum
sum_up (RaiImportDialog *self) {
  Sum sum = { .n = self->rows->len };

  for (unsigned i = 0; i < self->rows->len; i++) {
    RaiImportJob *job = rai_import_row_get_job (self->rows->pdata[i]);
    RaiImportDraft *draft = rai_import_row_get_draft (self->rows->pdata[i]);
    RaiImportJobState state = rai_import_job_get_state (job);
    sum.ready += rai_import_draft_is_ready (draft);
    sum.reading += rai_import_draft_is_reading (draft);
    sum.failed += state == RAI_IMPORT_JOB_FAILED;
    if (state != RAI_IMPORT_JOB_DONE)
      continue;
    sum.done++;
    sum.added += rai_import_job_get_counts (job)->added;
    sum.rejected += rai_import_job_get_counts (job)->rejected;
  }

  return sum;
}

static char *
chosen_text (const Sum *sum) {
  unsigned open = sum->n - sum->ready;

  if (sum->reading > 0)
    return g_strdup (_ ("Being read…"));
  if (open > 0)
    return g_strdup_printf (
        ngettext ("%u file needs a word from you. Open it to see what is missing.",
                  "%u files need a word from you. Open them to see what is missing.", open),
        open);
  return g_strdup (_ ("Nothing is changed yet. Try it first: you then see what would be brought "
                      "in, and what not."));
}

static char *
tried_text (const Sum *sum) {
  if (sum->failed > 0)
    return g_strdup_printf (ngettext ("%u file cannot be brought in as it is.",
                                      "%u files cannot be brought in as they are.", sum->failed),
                            sum->failed);
  if (sum->rejected > 0)
    return g_strdup_printf (ngettext ("Nothing is changed yet. %" G_GINT64_FORMAT
                                      " row would be left out: open its file to see why.",
                                      "Nothing is changed yet. %" G_GINT64_FORMAT
                                      " rows would be left out: open their files to see why.",
                                      (unsigned long) sum->rejected),
                            sum->rejected);
  return g_strdup (_ ("Nothing is changed yet. All rows can be brought in."));
}

static char *
brought_text (const Sum *sum) {
  if (sum->done == 0)
    return g_strdup (_ ("Nothing was brought in."));
  if (sum->done < sum->n)
    return g_strdup_printf (_ ("%u of %u files were brought in."), sum->done, sum->n);
  return g_strdup_printf (
      ngettext ("The file was brought in. Forecast and plan follow by themselves within minutes.",
                "%u files were brought in. Forecast and plan follow by themselves within minutes.",
                sum->n),
      sum->n);
}

static char *
summary_text (RaiImportDialog *self, const Sum *sum) {
  if (!is_online (self) && !is_busy (self) && self->phase != BROUGHT)
    return g_strdup (_ ("The server cannot be reached. The files wait here until it is."));

  switch (self->phase) {
    case CHOSEN:
      return chosen_text (sum);
    case TRYING:
      return g_strdup (_ ("Being tried. Nothing is changed."));
    case TRIED:
      return tried_text (sum);
    case BRINGING:
      return g_strdup (_ ("Being brought in."));
    default:
      return brought_text (sum);
  }
}

static bool
may_go_on (RaiImportDialog *self, const Sum *sum) {
  switch (self->phase) {
    case CHOSEN:
      return is_online (self) && sum->n > 0 && sum->ready == sum->n;
    case TRIED:
      return is_online (self) && sum->failed == 0;
    default:
      return self->phase == BROUGHT;
  }
}

static void
show_header (RaiImportDialog *self, const Sum *sum) {
  static const char *const labels[] = {
    [CHOSEN] = N_ ("_Try it"),     [TRYING] = N_ ("_Try it"), [TRIED] = N_ ("_Bring in"),
    [BRINGING] = N_ ("_Bring in"), [BROUGHT] = N_ ("_Done"),
  };
  bool close_up = self->shown != NULL;

  adw_window_title_set_title (
      self->title, close_up ? rai_import_draft_get_name (rai_import_row_get_draft (self->shown))
                            : _ ("Bring in files"));
  gtk_button_set_label (self->primary, _ (labels[self->phase]));
  gtk_widget_set_visible (GTK_WIDGET (self->primary), !close_up && sum->n > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->primary), may_go_on (self, sum));
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), !close_up && self->phase != BROUGHT);
  gtk_widget_set_visible (GTK_WIDGET (self->back), close_up);
}

static void
show_choose (RaiImportDialog *self) {
  bool online = is_online (self);

  adw_status_page_set_icon_name (self->choose,
                                 online ? "document-open-symbolic" : "network-offline-symbolic");
  adw_status_page_set_title (self->choose,
                             online ? _ ("Your files") : _ ("The server cannot be reached"));
  adw_status_page_set_description (
      self->choose,
      online ? _ ("Sales, items, suppliers and stock, as your till or your program writes them "
                  "(CSV). Choose one or more, in any order, or drop them here.")
             : _ ("Files are brought in when the server is reached. Everything else goes on."));
  gtk_widget_set_visible (self->choose_button, online);
}

static void
show (RaiImportDialog *self) {
  Sum sum = sum_up (self);
  g_autofree char *summary = summary_text (self, &sum);
  bool editable = self->phase == CHOSEN || self->phase == TRIED;

  gtk_label_set_label (self->summary, summary);
  gtk_widget_set_visible (self->more, self->phase != BROUGHT);
  gtk_widget_set_sensitive (self->more, editable);
  for (unsigned i = 0; i < self->rows->len; i++)
    rai_import_row_set_removable (self->rows->pdata[i], editable);
  show_choose (self);
  show_header (self, &sum);
  gtk_stack_set_visible_child_name (self->stack, self->shown != NULL ? "file"
                                                 : sum.n > 0         ? "files"
                                                                     : "choose");
}

static void
set_phase (RaiImportDialog *self, Phase phase) {
  self->phase = phase;
  show (self);
}

/* ---- One after the other ---- */

/* What others refer to comes first. */
static int
turn_of (RaiImportRow *row) {
  static const char *const order[] = { "suppliers", "items", "receipts", "sales", "stock" };
  const RaiImportLook *look = rai_import_draft_get_look (rai_import_row_get_draft (row));

  for (size_t i = 0; look != NULL && i < G_N_ELEMENTS (order); i++)
    if (strcmp (look->layout->kind, order[i]) == 0)
      return (int) i;
  return (int) G_N_ELEMENTS (order);
}

static bool
waits_its_turn (RaiImportDialog *self, RaiImportRow *row) {
  RaiImportJob *job = rai_import_row_get_job (row);
  bool dry_run = self->phase == TRYING;

  return rai_import_job_get_state (job) == RAI_IMPORT_JOB_IDLE ||
         rai_import_job_is_dry_run (job) != dry_run;
}

static RaiImportRow *
next_row (RaiImportDialog *self) {
  RaiImportRow *next = NULL;

  for (unsigned i = 0; i < self->rows->len; i++) {
    RaiImportRow *row = self->rows->pdata[i];
    if (waits_its_turn (self, row) && (next == NULL || turn_of (row) < turn_of (next)))
      next = row;
  }

  return next;
}

static void
run_next (RaiImportDialog *self) {
  bool dry_run = self->phase == TRYING;

  self->current = next_row (self);
  if (self->current != NULL)
    rai_import_job_start (rai_import_row_get_job (self->current),
                          rai_import_row_get_draft (self->current), dry_run);
  else
    set_phase (self, dry_run ? TRIED : BROUGHT);
}

/* A try that was cut short is none; what was brought in before a cancel stays. */
static void
stop (RaiImportDialog *self) {
  bool brought = self->phase == BRINGING;

  self->current = NULL;
  set_phase (self, brought ? BROUGHT : CHOSEN);
}

static void
row_changed_cb (RaiImportDialog *self, RaiImportRow *row) {
  RaiImportJob *job = rai_import_row_get_job (row);

  if (row == self->current && !rai_import_job_is_under_way (job)) {
    if (rai_import_job_get_state (job) == RAI_IMPORT_JOB_CANCELLED)
      stop (self);
    else
      run_next (self);
    return;
  }

  /* What was corrected is tried again. */
  if (row != self->current && !is_busy (self) && self->phase != BROUGHT &&
      rai_import_draft_is_reading (rai_import_row_get_draft (row))) {
    self->phase = CHOSEN;
    rai_import_job_reset (job);
  }
  show (self);
}

/* ---- Files ---- */

static void
remove_cb (RaiImportDialog *self, RaiImportRow *row) {
  g_ptr_array_remove (self->rows, row);
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
  show (self);
}

static bool
has_file (RaiImportDialog *self, const char *path) {
  for (unsigned i = 0; i < self->rows->len; i++)
    if (strcmp (rai_import_draft_get_path (rai_import_row_get_draft (self->rows->pdata[i])),
                path) == 0)
      return true;
  return false;
}

void
rai_import_dialog_add (RaiImportDialog *self, const char *path) {
  g_return_if_fail (RAI_IS_IMPORT_DIALOG (self) && path);

  if (has_file (self, path) || is_busy (self) || self->phase == BROUGHT)
    return;
  g_autoptr (RaiImportDraft) draft = rai_import_draft_new (path);
  GListModel *sites = rai_session_get_sites (self->session);
  g_autoptr (RaiImportJob) job = rai_import_job_new (self->session);
  RaiImportRow *row = rai_import_row_new (draft, job);

  if (g_list_model_get_n_items (sites) == 1) {
    g_autoptr (RaiRow) site = g_list_model_get_item (sites, 0);
    rai_import_draft_assume_site (draft, rai_row_get_text (site, "code"));
  }

  g_ptr_array_add (self->rows, row);
  gtk_list_box_append (self->list, GTK_WIDGET (row));
  g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  set_phase (self, CHOSEN);
}

GStrv
rai_import_dialog_paths (const GValue *value) {
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *at = files; at != NULL; at = at->next) {
    g_autofree char *path = g_file_get_path (at->data);
    if (path != NULL)
      g_strv_builder_add (paths, path);
  }

  g_slist_free (files);
  return g_strv_builder_end (paths);
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, void *data) {
  g_auto (GStrv) paths = rai_import_dialog_paths (value);

  for (int i = 0; paths[i] != NULL; i++)
    rai_import_dialog_add (data, paths[i]);
  return paths[0] != NULL;
}

static void
files_response_cb (GtkNativeDialog *chooser, int response, RaiImportDialog *self) {
  g_autoptr (GListModel) files = response == GTK_RESPONSE_ACCEPT
                                     ? gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser))
                                     : NULL;

  for (unsigned i = 0; files != NULL && i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (files, i);
    g_autofree char *path = g_file_get_path (file);
    if (path != NULL)
      rai_import_dialog_add (self, path);
  }

  g_object_unref (chooser);
}

static void
choose_cb (RaiImportDialog *self) {
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Bring in files"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), NULL);

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (files_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* ---- Buttons ---- */

static void
row_activated_cb (RaiImportDialog *self, GtkListBoxRow *row) {
  bool locked = is_busy (self) || self->phase == BROUGHT;

  self->shown = RAI_IMPORT_ROW (row);
  rai_import_preview_show (self->preview, rai_import_row_get_draft (self->shown),
                           rai_import_row_get_job (self->shown), locked);
  show (self);
}

static void
back_cb (RaiImportDialog *self) {
  RaiImportRow *row = self->shown;

  self->shown = NULL;
  show (self);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
primary_cb (RaiImportDialog *self) {
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (self->phase == BROUGHT) {
    if (parent != NULL)
      gtk_widget_activate_action (GTK_WIDGET (parent), "win.go", "(ss)", "dashboard", "");
    gtk_window_destroy (GTK_WINDOW (self));
    return;
  }

  set_phase (self, self->phase == CHOSEN ? TRYING : BRINGING);
  run_next (self);
}

/* Escape closes one thing: the file that is looked at, what is under way, the dialog. */
static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  RaiImportDialog *self = RAI_IMPORT_DIALOG (widget);

  if (self->shown != NULL)
    back_cb (self);
  else if (self->current != NULL)
    rai_import_job_cancel (rai_import_row_get_job (self->current));
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

/* Closing the window while something is brought in would hide how it ends. */
static gboolean
rai_import_dialog_close_request (GtkWindow *window) {
  RaiImportDialog *self = RAI_IMPORT_DIALOG (window);

  if (self->current == NULL)
    return GTK_WINDOW_CLASS (rai_import_dialog_parent_class)->close_request (window);
  rai_import_job_cancel (rai_import_row_get_job (self->current));
  return TRUE;
}

/* ---- Life ---- */

static void
rai_import_dialog_init (RaiImportDialog *self) {
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
rai_import_dialog_dispose (GObject *object) {
  RaiImportDialog *self = RAI_IMPORT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RAI_TYPE_IMPORT_DIALOG);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rai_import_dialog_parent_class)->dispose (object);
}

static void
rai_import_dialog_finalize (GObject *object) {
  g_ptr_array_unref (RAI_IMPORT_DIALOG (object)->rows);
  G_OBJECT_CLASS (rai_import_dialog_parent_class)->finalize (object);
}

static void
rai_import_dialog_class_init (RaiImportDialogClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rai_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rai_import_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = rai_import_dialog_close_request;
  g_type_ensure (RAI_TYPE_IMPORT_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiImportDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RaiImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RaiImportDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, RaiImportDialog, back);
  gtk_widget_class_bind_template_child (widget_class, RaiImportDialog, primary);
  gtk_widget_class_bind_template_child (widget_class, RaiImportDialog, choose);
  gtk_widget_class_bind_template_child (widget_class, RaiImportDialog, choose_button);
  gtk_widget_class_bind_template_child (widget_class, RaiImportDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, RaiImportDialog, list);
  gtk_widget_class_bind_template_child (widget_class, RaiImportDialog, more);
  gtk_widget_class_bind_template_child (widget_class, RaiImportDialog, preview);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, primary_cb);
  gtk_widget_class_install_action (widget_class, "files.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "files.cancel", NULL);
}

RaiImportDialog *
rai_import_dialog_new (GtkWindow *parent, RaiSession *session) {
  RaiImportDialog *self = g_object_new (RAI_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "status", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  gtk_widget_grab_focus (self->choose_button);

  return self;
}
