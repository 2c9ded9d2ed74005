/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-import-preview.h"

#include "client/model/rai-import-words.h"
#include "client/pages/rai-import-table.h"
#include "client/widgets/rai-file-ask.h"

#include <glib/gi18n.h>
#include <string.h>

#define REASONS_SHOWN 20

struct _RaiImportPreview {
  AdwBin parent_instance;
  GtkLabel *problem;
  AdwComboRow *kind, *program, *period, *delimiter, *encoding, *dates, *decimal;
  AdwEntryRow *site;
  GtkWidget *recognised;
  GtkWidget *table_group;
  RaiImportTable *table;
  AdwPreferencesGroup *left_out;
  GtkWidget *save;
  GPtrArray *reason_rows; /* GtkWidget, owned by the group */
  GPtrArray *programs;    /* char*: ids behind the entries of `program` */

  RaiImportDraft *draft;
  RaiImportJob *job;
  bool locked;
  bool showing;
};

G_DEFINE_FINAL_TYPE (RaiImportPreview, rai_import_preview, ADW_TYPE_BIN)

/* Entries of the rows: what is given to the draft, and its words. */
typedef struct {
  const char *id;
  const char *title;
} Entry;

static const char *const kind_ids[] = { "receipts", "sales", "items", "suppliers", "stock" };
static const Entry delimiters[] = {
  { ",", N_ ("Comma") }, { ";", N_ ("Semicolon") }, { "\t", N_ ("Tab") }, { "|", N_ ("Bar") }
};
static const Entry encodings[] = {
  { "UTF-8", N_ ("UTF-8, most programs") },
  { "Windows-1252", N_ ("Windows-1252, older ones in the west of Europe") },
  { "UTF-16LE", N_ ("UTF-16, some exports of Windows") },
  { "UTF-16BE", N_ ("UTF-16BE") },
};
static const Entry dates[] = {
  { "ymd", N_ ("Year, month, day") },
  { "dmy", N_ ("Day, month, year") },
  { "mdy", N_ ("Month, day, year") },
};
static const Entry decimals[] = { { ".", N_ ("1,234.56") }, { ",", N_ ("1.234,56") } };
static const Entry periods[] = { { "day", N_ ("A day") },
                                 { "hour", N_ ("An hour") },
                                 { "week", N_ ("A week") } };

static unsigned
find_entry (const Entry *entries, unsigned n, const char *id) {
  for (unsigned i = 0; i < n; i++)
    if (g_strcmp0 (entries[i].id, id) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void
fill_row (AdwComboRow *row, const Entry *entries, unsigned n) {
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (unsigned i = 0; i < n; i++)
    gtk_string_list_append (titles, _ (entries[i].title));
  adw_combo_row_set_model (row, G_LIST_MODEL (titles));
}

/* ---- What was recognised ---- */

static void
fill_programs (RaiImportPreview *self, const RaiImportLook *look) {
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  unsigned selected = 0;

  g_ptr_array_set_size (self->programs, 0);
  for (const RaiImportLayout *layout = rai_import_layouts; layout->kind != NULL; layout++) {
    bool known = layout->preset == NULL || layout->known_by != NULL || layout == look->layout;
    if (strcmp (layout->kind, look->layout->kind) != 0 || !known)
      continue;
    g_autofree char *title = rai_import_words_program (layout);
    if (layout == look->layout)
      selected = self->programs->len;
    gtk_string_list_append (titles, title);
    g_ptr_array_add (self->programs, g_strdup (layout->preset != NULL ? layout->preset : ""));
  }

  adw_combo_row_set_model (self->program, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->program, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->program), self->programs->len > 1);
}

static void
select_entry (AdwComboRow *row, const Entry *entries, unsigned n, const char *id) {
  adw_combo_row_set_selected (row, find_entry (entries, n, id));
}

static void
show_choices (RaiImportPreview *self, const RaiImportLook *look) {
  const char delimiter[] = { look->delimiter, '\0' }, decimal[] = { look->decimal, '\0' };
  const char *given = rai_import_draft_get_choice (self->draft, RAI_IMPORT_SITE);
  unsigned kind = 0;

  while (kind + 1 < G_N_ELEMENTS (kind_ids) && strcmp (kind_ids[kind], look->layout->kind) != 0)
    kind++;
  adw_combo_row_set_selected (self->kind, kind);
  fill_programs (self, look);
  select_entry (self->period, periods, G_N_ELEMENTS (periods), look->period);
  select_entry (self->delimiter, delimiters, G_N_ELEMENTS (delimiters), delimiter);
  select_entry (self->encoding, encodings, G_N_ELEMENTS (encodings), look->encoding);
  adw_combo_row_set_selected (self->dates, look->dates_ambiguous ? GTK_INVALID_LIST_POSITION
                                                                 : (unsigned) look->dates);
  select_entry (self->decimal, decimals, G_N_ELEMENTS (decimals),
                look->decimal_ambiguous ? NULL : decimal);

  bool lacks_site = given != NULL;
  for (unsigned i = 0; i < look->missing->len; i++)
    lacks_site |= g_array_index (look->missing, RaiImportField, i) == RAI_FIELD_SITE;
  gtk_widget_set_visible (GTK_WIDGET (self->site), lacks_site);
  gtk_widget_set_visible (GTK_WIDGET (self->period), strcmp (look->layout->kind, "sales") == 0);
}

static char *
problem_text (RaiImportPreview *self, const RaiImportLook *look) {
  if (look == NULL)
    return g_strdup (rai_import_draft_get_problem (self->draft));

  g_autofree char *missing = rai_import_words_missing (look);
  if (missing != NULL)
    /* Translators: %s are names of columns, as "Item code, Quantity" */
    return g_strdup_printf (_ ("Not found: %s. Say above a column that it holds this, or correct "
                               "what was recognised."),
                            missing);
  if (look->faults->len > 0)
    return g_strdup (look->faults->pdata[0]);
  return NULL;
}

static void
show_draft (RaiImportPreview *self) {
  const RaiImportLook *look = rai_import_draft_get_look (self->draft);
  g_autofree char *problem = problem_text (self, look);

  self->showing = true;
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->recognised, look != NULL);
  gtk_widget_set_visible (self->table_group, look != NULL);
  gtk_widget_set_sensitive (self->recognised, !self->locked);
  if (look != NULL)
    show_choices (self, look);
  self->showing = false;
}

/* What was chosen stays on screen until it is known what comes of it. */
static void
draft_changed_cb (RaiImportPreview *self) {
  if (!rai_import_draft_is_reading (self->draft))
    show_draft (self);
}

/* ---- Corrections ---- */

static const char *
selected_id (AdwComboRow *row, const Entry *entries, unsigned n) {
  unsigned selected = adw_combo_row_get_selected (row);

  return selected < n ? entries[selected].id : NULL;
}

static void
kind_cb (RaiImportPreview *self) {
  unsigned selected = adw_combo_row_get_selected (self->kind);

  if (!self->showing && selected < G_N_ELEMENTS (kind_ids))
    rai_import_draft_choose (self->draft, RAI_IMPORT_KIND, kind_ids[selected]);
}

static void
program_cb (RaiImportPreview *self) {
  unsigned selected = adw_combo_row_get_selected (self->program);

  if (!self->showing && selected < self->programs->len)
    rai_import_draft_choose (self->draft, RAI_IMPORT_PRESET, self->programs->pdata[selected]);
}

/* The other rows: whichever was changed. */
static void
choice_cb (RaiImportPreview *self, GParamSpec *property, AdwComboRow *row) {
  const struct {
    AdwComboRow *row;
    RaiImportChoice choice;
    const Entry *entries;
    unsigned n;
  } rows[] = {
    { self->period, RAI_IMPORT_PERIOD, periods, G_N_ELEMENTS (periods) },
    { self->delimiter, RAI_IMPORT_DELIMITER, delimiters, G_N_ELEMENTS (delimiters) },
    { self->encoding, RAI_IMPORT_ENCODING, encodings, G_N_ELEMENTS (encodings) },
    { self->dates, RAI_IMPORT_DATES, dates, G_N_ELEMENTS (dates) },
    { self->decimal, RAI_IMPORT_DECIMAL, decimals, G_N_ELEMENTS (decimals) },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows) && !self->showing; i++) {
    const char *id = selected_id (rows[i].row, rows[i].entries, rows[i].n);
    if (rows[i].row == row && id != NULL)
      rai_import_draft_choose (self->draft, rows[i].choice, id);
  }
}

static void
site_cb (RaiImportPreview *self) {
  g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->site))));

  rai_import_draft_choose (self->draft, RAI_IMPORT_SITE, *code != '\0' ? code : NULL);
}

/* ---- What was left out ---- */

static void
show_job (RaiImportPreview *self) {
  GPtrArray *reasons = rai_import_job_get_reasons (self->job);
  bool done = rai_import_job_get_state (self->job) == RAI_IMPORT_JOB_DONE;

  for (unsigned i = 0; i < self->reason_rows->len; i++)
    adw_preferences_group_remove (self->left_out, self->reason_rows->pdata[i]);
  g_ptr_array_set_size (self->reason_rows, 0);

  for (unsigned i = 0; done && i < MIN (reasons->len, REASONS_SHOWN); i++) {
    g_autofree char *text = rai_import_words_why (reasons->pdata[i]);
    GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", text,
                                   "title-lines", 0, NULL);
    adw_preferences_group_add (self->left_out, row);
    g_ptr_array_add (self->reason_rows, row);
  }

  gtk_widget_set_visible (GTK_WIDGET (self->left_out), self->reason_rows->len > 0);
  gtk_widget_set_visible (self->save, rai_import_job_get_counts (self->job)->rejected > 0);
}

static void
saved_cb (GObject *job, GAsyncResult *result, void *data) {
  g_autoptr (GtkWidget) self = data;
  g_autoptr (GError) error = NULL;

  if (!rai_import_job_save_rejects_finish (RAI_IMPORT_JOB (job), result, &error))
    rai_file_failed (self, _ ("The rows were not saved"), error->message);
}

static void
save_chosen_cb (GtkWidget *widget, const char *path, void *data) {
  RaiImportPreview *self = RAI_IMPORT_PREVIEW (widget);

  rai_import_job_save_rejects_async (self->job, path, saved_cb, g_object_ref (self));
}

static void
save_cb (RaiImportPreview *self) {
  const char *name = rai_import_draft_get_name (self->draft);
  const char *dot = strrchr (name, '.');
  g_autofree char *stem = dot != NULL ? g_strndup (name, (size_t) (dot - name)) : g_strdup (name);
  /* Translators: the proposed name of a file with rows that were left out; %s is the file's name */
  g_autofree char *proposed = g_strdup_printf (_ ("%s, left out.csv"), stem);
  const RaiFileQuestion question = { _ ("Save the rows that were left out"), _ ("Save"), proposed };

  rai_file_ask (GTK_WIDGET (self), &question, save_chosen_cb, NULL, NULL);
}

/* ---- The whole ---- */

void
rai_import_preview_show (RaiImportPreview *self, RaiImportDraft *draft, RaiImportJob *job,
                         bool locked) {
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_set_object (&self->draft, draft);
  g_set_object (&self->job, job);
  self->locked = locked;
  g_signal_connect_object (draft, "changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (job, "changed", G_CALLBACK (show_job), self, G_CONNECT_SWAPPED);

  const char *site = rai_import_draft_get_choice (draft, RAI_IMPORT_SITE);
  gtk_editable_set_text (GTK_EDITABLE (self->site), site != NULL ? site : "");
  rai_import_table_set_locked (self->table, locked);
  rai_import_table_set_draft (self->table, draft);
  show_draft (self);
  show_job (self);
}

static void
rai_import_preview_init (RaiImportPreview *self) {
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->reason_rows = g_ptr_array_new ();
  self->programs = g_ptr_array_new_with_free_func (g_free);
  self->showing = true;
  for (size_t i = 0; i < G_N_ELEMENTS (kind_ids); i++)
    gtk_string_list_append (kinds, rai_import_words_kind (kind_ids[i]));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (kinds));
  fill_row (self->period, periods, G_N_ELEMENTS (periods));
  fill_row (self->delimiter, delimiters, G_N_ELEMENTS (delimiters));
  fill_row (self->encoding, encodings, G_N_ELEMENTS (encodings));
  fill_row (self->dates, dates, G_N_ELEMENTS (dates));
  fill_row (self->decimal, decimals, G_N_ELEMENTS (decimals));
  self->showing = false;
}

static void
rai_import_preview_dispose (GObject *object) {
  RaiImportPreview *self = RAI_IMPORT_PREVIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RAI_TYPE_IMPORT_PREVIEW);
  g_clear_object (&self->draft);
  g_clear_object (&self->job);
  G_OBJECT_CLASS (rai_import_preview_parent_class)->dispose (object);
}

static void
rai_import_preview_finalize (GObject *object) {
  RaiImportPreview *self = RAI_IMPORT_PREVIEW (object);

  g_ptr_array_unref (self->reason_rows);
  g_ptr_array_unref (self->programs);
  G_OBJECT_CLASS (rai_import_preview_parent_class)->finalize (object);
}

static void
rai_import_preview_class_init (RaiImportPreviewClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rai_import_preview_dispose;
  G_OBJECT_CLASS (klass)->finalize = rai_import_preview_finalize;
  g_type_ensure (RAI_TYPE_IMPORT_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-import-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiImportPreview, problem);
  gtk_widget_class_bind_template_child (widget_class, RaiImportPreview, kind);
  gtk_widget_class_bind_template_child (widget_class, RaiImportPreview, program);
  gtk_widget_class_bind_template_child (widget_class, RaiImportPreview, period);
  gtk_widget_class_bind_template_child (widget_class, RaiImportPreview, delimiter);
  gtk_widget_class_bind_template_child (widget_class, RaiImportPreview, encoding);
  gtk_widget_class_bind_template_child (widget_class, RaiImportPreview, dates);
  gtk_widget_class_bind_template_child (widget_class, RaiImportPreview, decimal);
  gtk_widget_class_bind_template_child (widget_class, RaiImportPreview, site);
  gtk_widget_class_bind_template_child (widget_class, RaiImportPreview, recognised);
  gtk_widget_class_bind_template_child (widget_class, RaiImportPreview, table_group);
  gtk_widget_class_bind_template_child (widget_class, RaiImportPreview, table);
  gtk_widget_class_bind_template_child (widget_class, RaiImportPreview, left_out);
  gtk_widget_class_bind_template_child (widget_class, RaiImportPreview, save);
  gtk_widget_class_bind_template_callback (widget_class, kind_cb);
  gtk_widget_class_bind_template_callback (widget_class, program_cb);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
  gtk_widget_class_bind_template_callback (widget_class, site_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}
