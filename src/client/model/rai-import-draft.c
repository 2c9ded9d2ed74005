/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-import-draft.h"

#include "proto/rai-json.h"

#include <string.h>

struct _RaiImportDraft {
  GObject parent_instance;
  char *path;
  char *name;
  char *choices[RAI_N_IMPORT_CHOICES];
  bool site_assumed;
  GPtrArray *map; /* "FIELD=COLUMN", ends with NULL; NULL: as the headings tell */
  RaiImportLook *look;
  char *problem;
  GCancellable *cancellable; /* of the look that is under way; NULL: none */
};

static unsigned changed_signal;

G_DEFINE_FINAL_TYPE (RaiImportDraft, rai_import_draft, G_TYPE_OBJECT)

static void
look_free (RaiImportLook *look) {
  rai_import_look_clear (look);
  g_free (look);
}

/* ---- Reading ---- */

/* What the thread needs, copied. */
typedef struct {
  char *path;
  char *choices[RAI_N_IMPORT_CHOICES];
  GPtrArray *map;
} Question;

static void
question_free (void *data) {
  Question *question = data;

  g_free (question->path);
  for (int i = 0; i < RAI_N_IMPORT_CHOICES; i++)
    g_free (question->choices[i]);
  g_clear_pointer (&question->map, g_ptr_array_unref);
  g_free (question);
}

static char
first_character (const char *text) {
  return text != NULL ? *text : 0;
}

static void
look_thread (GTask *task, void *source, void *data, GCancellable *cancellable) {
  const Question *question = data;
  char *const *choices = question->choices;
  g_autofree RaiImportLook *look = g_new0 (RaiImportLook, 1);
  GError *error = NULL;
  const RaiImportOptions options = {
    .path = question->path,
    .kind = choices[RAI_IMPORT_KIND],
    .preset = choices[RAI_IMPORT_PRESET],
    .delimiter = first_character (choices[RAI_IMPORT_DELIMITER]),
    .encoding = choices[RAI_IMPORT_ENCODING],
    .dates = choices[RAI_IMPORT_DATES],
    .decimal = first_character (choices[RAI_IMPORT_DECIMAL]),
    .period = choices[RAI_IMPORT_PERIOD],
    .site = choices[RAI_IMPORT_SITE],
    .map = question->map != NULL ? (const char *const *) question->map->pdata : NULL,
  };

  if (rai_import_look (question->path, &options, look, &error))
    g_task_return_pointer (task, g_steal_pointer (&look), (GDestroyNotify) look_free);
  else
    g_task_return_error (task, error);
}

static void
looked_cb (GObject *source, GAsyncResult *result, void *data) {
  RaiImportDraft *self = RAI_IMPORT_DRAFT (source);
  g_autoptr (GError) error = NULL;
  RaiImportLook *look = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another correction was quicker. */
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable) {
    g_clear_pointer (&look, look_free);
    return;
  }

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->look, look_free);
  g_clear_pointer (&self->problem, g_free);
  self->look = look;
  if (look == NULL)
    self->problem = g_strdup (error->message);
  g_signal_emit (self, changed_signal, 0);
}

static void
look (RaiImportDraft *self) {
  Question *question = g_new0 (Question, 1);

  question->path = g_strdup (self->path);
  question->map = self->map != NULL ? g_ptr_array_ref (self->map) : NULL;
  for (int i = 0; i < RAI_N_IMPORT_CHOICES; i++)
    question->choices[i] = g_strdup (self->choices[i]);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, looked_cb, NULL);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, look_thread);
  g_signal_emit (self, changed_signal, 0);
}

/* ---- What is known ---- */

const char *
rai_import_draft_get_path (RaiImportDraft *self) {
  return self->path;
}

const char *
rai_import_draft_get_name (RaiImportDraft *self) {
  return self->name;
}

bool
rai_import_draft_is_reading (RaiImportDraft *self) {
  return self->cancellable != NULL;
}

const RaiImportLook *
rai_import_draft_get_look (RaiImportDraft *self) {
  return self->look;
}

const char *
rai_import_draft_get_problem (RaiImportDraft *self) {
  return self->problem;
}

bool
rai_import_draft_is_ready (RaiImportDraft *self) {
  return self->cancellable == NULL && self->look != NULL && self->look->missing->len == 0 &&
         self->look->faults->len == 0;
}

/* ---- Corrections ---- */

void
rai_import_draft_choose (RaiImportDraft *self, RaiImportChoice choice, const char *text) {
  g_return_if_fail (RAI_IS_IMPORT_DRAFT (self) && choice < RAI_N_IMPORT_CHOICES);

  if (g_strcmp0 (self->choices[choice], text) == 0)
    return;
  g_free (self->choices[choice]);
  self->choices[choice] = g_strdup (text);
  if (choice == RAI_IMPORT_SITE)
    self->site_assumed = false;
  if (choice == RAI_IMPORT_KIND)
    g_clear_pointer (&self->choices[RAI_IMPORT_PRESET], g_free);
  if (choice <= RAI_IMPORT_ENCODING)
    g_clear_pointer (&self->map, g_ptr_array_unref);
  look (self);
}

const char *
rai_import_draft_get_choice (RaiImportDraft *self, RaiImportChoice choice) {
  g_return_val_if_fail (choice < RAI_N_IMPORT_CHOICES, NULL);
  return choice == RAI_IMPORT_SITE && self->site_assumed ? NULL : self->choices[choice];
}

void
rai_import_draft_assume_site (RaiImportDraft *self, const char *code) {
  g_return_if_fail (RAI_IS_IMPORT_DRAFT (self));

  rai_import_draft_choose (self, RAI_IMPORT_SITE, code);
  self->site_assumed = true;
}

/* "time=2+3"; nothing behind it where no column holds the field. */
static char *
map_entry (const int *fields, unsigned n, RaiImportField field) {
  GString *entry = g_string_new (rai_import_field_name (field));
  const char *join = "=";

  for (unsigned i = 0; i < n; i++)
    if (fields[i] == (int) field) {
      g_string_append_printf (entry, "%s%u", join, i + 1);
      join = "+";
    }

  if (*join == '=')
    g_string_append_c (entry, '=');
  return g_string_free (entry, FALSE);
}

void
rai_import_draft_set_column (RaiImportDraft *self, unsigned column, int field) {
  g_return_if_fail (RAI_IS_IMPORT_DRAFT (self));
  if (self->look == NULL || column >= self->look->columns->len)
    return;

  unsigned n = self->look->columns->len;
  g_autofree int *fields = g_new (int, n);
  for (unsigned i = 0; i < n; i++) {
    const RaiImportLookColumn *known = self->look->columns->pdata[i];
    fields[i] = known->field == field ? RAI_FIELD_NONE : known->field;
  }
  fields[column] = field;

  g_clear_pointer (&self->map, g_ptr_array_unref);
  self->map = g_ptr_array_new_with_free_func (g_free);
  for (const RaiImportColumn *known = self->look->layout->columns; known->names != NULL; known++)
    g_ptr_array_add (self->map, map_entry (fields, n, known->field));
  g_ptr_array_add (self->map, NULL);
  look (self);
}

/* ---- For the server ---- */

void
rai_import_draft_append_json (RaiImportDraft *self, GString *json) {
  static const char *const names[RAI_N_IMPORT_CHOICES] = {
    [RAI_IMPORT_KIND] = "kind",           [RAI_IMPORT_PRESET] = "preset",
    [RAI_IMPORT_DELIMITER] = "delimiter", [RAI_IMPORT_ENCODING] = "encoding",
    [RAI_IMPORT_DATES] = "dates",         [RAI_IMPORT_DECIMAL] = "decimal",
    [RAI_IMPORT_PERIOD] = "period",       [RAI_IMPORT_SITE] = "site",
  };

  for (int i = 0; i < RAI_N_IMPORT_CHOICES; i++) {
    const char *text = self->choices[i];
    if (self->look != NULL && i == RAI_IMPORT_KIND)
      text = self->look->layout->kind;
    else if (self->look != NULL && i == RAI_IMPORT_PRESET)
      text = self->look->layout->preset;
    if (text == NULL)
      continue;
    rai_json_append_name (json, names[i]);
    rai_json_append_string (json, text);
  }

  if (self->map == NULL)
    return;
  rai_json_append_name (json, "map");
  for (unsigned i = 0; i + 1 < self->map->len; i++) {
    g_string_append_c (json, i == 0 ? '[' : ',');
    rai_json_append_string (json, self->map->pdata[i]);
  }
  g_string_append_c (json, ']');
}

/* ---- Life ---- */

static void
rai_import_draft_finalize (GObject *object) {
  RaiImportDraft *self = RAI_IMPORT_DRAFT (object);

  g_free (self->path);
  g_free (self->name);
  for (int i = 0; i < RAI_N_IMPORT_CHOICES; i++)
    g_free (self->choices[i]);
  g_clear_pointer (&self->map, g_ptr_array_unref);
  g_clear_pointer (&self->look, look_free);
  g_free (self->problem);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (rai_import_draft_parent_class)->finalize (object);
}

static void
rai_import_draft_class_init (RaiImportDraftClass *klass) {
  G_OBJECT_CLASS (klass)->finalize = rai_import_draft_finalize;
  changed_signal = g_signal_new ("changed", RAI_TYPE_IMPORT_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
rai_import_draft_init (RaiImportDraft *self) {
}

RaiImportDraft *
rai_import_draft_new (const char *path) {
  RaiImportDraft *self = g_object_new (RAI_TYPE_IMPORT_DRAFT, NULL);

  self->path = g_strdup (path);
  self->name = g_filename_display_basename (path);
  look (self);
  return self;
}
