/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-file.h"

#include "import/rai-import-formats.h"
#include "import/rai-import-layouts.h"
#include "proto/rai-zstd.h"

#include <gio/gfiledescriptorbased.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a look reads ahead at most, beside what is at hand anyway (rai_csv_is_at_hand). */
#define SAMPLE_ROWS 1000
/* Rows among which the headings are looked for: reports begin with a few titles. */
#define HEADING_ROWS 40
/* Layouts that are offered when none fits. */
#define GUESSES 3

static void
free_record (void *data) {
  RaiImportRecord *record = data;
  g_ptr_array_unref (record->texts);
  g_free (record->fields);
  g_free (record);
}

static void
free_error (void *data) {
  g_error_free (data);
}

void
rai_import_file_clear (RaiImportFile *file) {
  g_clear_object (&file->base);
  g_clear_pointer (&file->path, g_free);
  g_clear_pointer (&file->csv, rai_csv_free);
  g_clear_pointer (&file->header, g_ptr_array_unref);
  g_clear_pointer (&file->sample, g_ptr_array_unref);
  g_clear_pointer (&file->notices, g_ptr_array_unref);
  g_clear_pointer (&file->faults, g_ptr_array_unref);
  g_clear_pointer (&file->plausible, g_ptr_array_unref);
  g_clear_pointer (&file->shape, rai_import_shape_free);
}

uint64_t
rai_import_file_tell (const RaiImportFile *file) {
  return G_IS_SEEKABLE (file->base) ? (uint64_t) g_seekable_tell (G_SEEKABLE (file->base))
                                    : rai_csv_bytes (file->csv);
}

/* ---- Opening ---- */

static int64_t
changed_at (const struct stat *status) {
  return (int64_t) status->st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) +
         status->st_mtim.tv_nsec;
}

static bool
stat_stream (const RaiImportFile *file, struct stat *status) {
  return G_IS_FILE_DESCRIPTOR_BASED (file->base) &&
         fstat (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (file->base)), status) == 0;
}

static bool
fail (GError **error, const char *message) {
  g_set_error_literal (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FILE, message);
  return false;
}

static bool
open_stream (RaiImportFile *file, const char *path, GError **error) {
  struct stat status;
  if (strcmp (path, "-") == 0) {
    file->base = g_unix_input_stream_new (STDIN_FILENO, FALSE);
    return true;
  }
  if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FILE,
                 "“%s” is a folder: bring in the files inside, one by one", path);
    return false;
  }

  g_autoptr (GError) failure = NULL;
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (source, NULL, &failure);
  if (stream == NULL)
    return fail (error, failure->message);

  file->base = G_INPUT_STREAM (g_steal_pointer (&stream));
  if (!stat_stream (file, &status))
    return true;
  file->path = g_strdup (path);
  file->size = (uint64_t) status.st_size;
  file->changed_at = changed_at (&status);
  file->inode = status.st_ino;
  if (S_ISREG (status.st_mode) && status.st_size == 0)
    return fail (error, "the file is empty (0 bytes): export it again, or copy it to its end");

  return true;
}

bool
rai_import_file_is_same (const RaiImportFile *file, GError **error) {
  struct stat now, there;
  if (file->path == NULL || !stat_stream (file, &now))
    return true;

  if ((uint64_t) now.st_size != file->size) {
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FILE,
                 "the file %s while it was read, from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT
                 " bytes: wait until what writes it has ended, and bring it in again",
                 (uint64_t) now.st_size > file->size ? "grew" : "shrank", file->size,
                 (uint64_t) now.st_size);
    return false;
  }

  /* A file that was taken away was read to its end all the same. */
  const bool replaced = stat (file->path, &there) == 0 && (uint64_t) there.st_ino != file->inode;
  if (replaced || changed_at (&now) != file->changed_at)
    return fail (error, replaced ? "another file was put in its place while it was read: wait "
                                   "until what writes it has ended, and bring it in again"
                                 : "the file changed while it was read: wait until what writes it "
                                   "has ended, and bring it in again");
  return true;
}

static bool
open_csv (RaiImportFile *file, const RaiImportOptions *options, GError **error) {
  g_autoptr (GError) failure = NULL;
  if (!open_stream (file, options->path, error))
    return false;

  g_autoptr (GInputStream) text = rai_zstd_open_any (file->base, &failure);
  if (text == NULL)
    return fail (error, failure->message);

  file->csv = rai_csv_new (text, options->delimiter);
  rai_csv_set_trim (file->csv, true);
  if (options->encoding != NULL && *options->encoding != '\0' &&
      !rai_csv_set_encoding (file->csv, options->encoding)) {
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_USAGE,
                 "there is no encoding “%s”; most files are UTF-8, Windows-1252, UTF-16LE or "
                 "UTF-16BE",
                 options->encoding);
    return false;
  }

  return true;
}

/* ---- The first rows ---- */

static void
keep_record (RaiImportFile *file, const RaiCsvField *fields, size_t n_fields) {
  RaiImportRecord *record = g_new0 (RaiImportRecord, 1);
  record->line = rai_csv_line (file->csv);
  record->texts = g_ptr_array_new_with_free_func (g_free);
  record->fields = g_new (RaiCsvField, MAX (n_fields, 1));

  for (size_t i = 0; i < n_fields; i++) {
    char *text = g_strdup (fields[i].text);
    g_ptr_array_add (record->texts, text);
    record->fields[i] = (RaiCsvField){ text, fields[i].length };
  }

  record->broken = n_fields == 0;
  g_ptr_array_add (file->sample, record);
}

static bool
has_text (const RaiImportFile *file) {
  for (unsigned i = 0; i < file->sample->len; i++) {
    const RaiImportRecord *record = file->sample->pdata[i];
    for (unsigned t = 0; t < record->texts->len; t++)
      if (*(const char *) record->texts->pdata[t] != '\0')
        return true;
  }
  return false;
}

/* The first rows at least, then as many as stand in what was read for them. */
static bool
read_sample (RaiImportFile *file, GError **error) {
  const RaiCsvField *fields;
  size_t n_fields;
  while (file->sample->len < SAMPLE_ROWS &&
         (file->sample->len < 2 || rai_csv_is_at_hand (file->csv))) {
    g_autoptr (GError) failure = NULL;
    if (rai_csv_next (file->csv, &fields, &n_fields, &failure))
      keep_record (file, fields, n_fields);
    else if (failure == NULL)
      break;
    else if (failure->domain == RAI_CSV_ERROR && failure->code != RAI_CSV_ERROR_BINARY &&
             rai_csv_skip_line (file->csv))
      keep_record (file, NULL, 0);
    else
      return fail (error, failure->message);
  }

  return has_text (file) || fail (error, "the file is empty: it has no line with a text");
}

/* ---- Headings ---- */

static bool
is_asked_for (const RaiImportLayout *layout, const RaiImportOptions *options) {
  const char *kind = options->kind, *preset = options->preset;
  const bool any = kind == NULL || *kind == '\0' || strcmp (kind, RAI_IMPORT_AUTO) == 0;
  return (any || strcmp (layout->kind, kind) == 0) &&
         (preset == NULL || *preset == '\0' || g_strcmp0 (layout->preset, preset) == 0);
}

static bool
is_preset_given (const RaiImportOptions *options) {
  return options->preset != NULL && *options->preset != '\0';
}

/* The best layout for a line of headings. false: no better than *best. */
static bool
match_line (const RaiImportFile *file, unsigned row, const RaiImportOptions *options,
            RaiImportMatch *best) {
  g_auto (RaiImportHeadings) headings = { 0 };
  const RaiImportRecord *record = file->sample->pdata[row];
  bool better = false;
  rai_import_headings_init (&headings, record->texts);

  for (const RaiImportLayout *layout = rai_import_layouts; layout->kind != NULL; layout++) {
    RaiImportMatch match;
    if (!is_asked_for (layout, options))
      continue;
    rai_import_match (&match, layout, options, &headings);
    if (layout->preset != NULL && !match.by_itself && !is_preset_given (options))
      continue;
    if (best->layout == NULL || rai_import_match_is_better (&match, best)) {
      *best = match;
      better = true;
    }
  }

  return better;
}

/* The first line that is complete, else the one that matches best. */
static void
find_header (RaiImportFile *file, const RaiImportOptions *options, unsigned *header) {
  *header = 0;
  file->match = (RaiImportMatch){ 0 };
  for (unsigned row = 0; row < MIN (file->sample->len, HEADING_ROWS); row++) {
    if (match_line (file, row, options, &file->match))
      *header = row;
    if (file->match.n_missing == 0 || file->match.by_itself)
      return;
  }
}

static int
compare_matches (const void *a, const void *b) {
  const RaiImportMatch *left = a, *right = b;
  if (rai_import_match_is_better (left, right))
    return -1;
  return rai_import_match_is_better (right, left) ? 1 : left->layout < right->layout ? -1 : 1;
}

/* All that the headings may be, those that fit first; without any, the nearest. */
static void
list_plausible (RaiImportFile *file, const RaiImportOptions *options,
                const RaiImportHeadings *headings) {
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (RaiImportMatch));
  for (const RaiImportLayout *layout = rai_import_layouts; layout->kind != NULL; layout++) {
    RaiImportMatch match;
    rai_import_match (&match, layout, options, headings);
    if (match.n_matched > 0 && (layout->preset == NULL || match.by_itself))
      g_array_append_val (matches, match);
  }

  g_array_sort (matches, compare_matches);
  g_ptr_array_add (file->plausible, (void *) file->match.layout);
  for (unsigned i = 0; i < matches->len; i++) {
    const RaiImportMatch *match = &g_array_index (matches, RaiImportMatch, i);
    const bool fits = match->n_missing == 0 || match->by_itself;
    if (match->layout != file->match.layout && (fits || file->plausible->len < GUESSES))
      g_ptr_array_add (file->plausible, (void *) match->layout);
  }
}

/* What stands above the headings is passed over, and said. */
static void
take_header (RaiImportFile *file, unsigned row) {
  const RaiImportRecord *record = file->sample->pdata[row];
  for (unsigned i = 0; i < record->texts->len; i++)
    g_ptr_array_add (file->header, g_strdup (record->texts->pdata[i]));
  file->header_line = record->line;
  file->n_above = row;
  g_ptr_array_remove_range (file->sample, 0, row + 1);

  if (row > 0)
    g_ptr_array_add (file->notices, g_strdup_printf ("the headings are in line %" G_GUINT64_FORMAT
                                                     ": %u row%s above %s passed over",
                                                     file->header_line, row, row == 1 ? "" : "s",
                                                     row == 1 ? "was" : "were"));
}

/* Takes the error, if there is one. */
static void
keep_fault (RaiImportFile *file, GError **fault) {
  if (*fault != NULL)
    g_ptr_array_add (file->faults, g_steal_pointer (fault));
}

/* All rows are of one day, as those of a count are. */
static bool
is_of_one_day (const RaiImportFile *file) {
  const int time =
      file->match.n_parts[RAI_FIELD_TIME] > 0 ? file->match.parts[RAI_FIELD_TIME][0] : -1;
  const char *first = NULL;
  for (unsigned i = 0; i < file->sample->len && time >= 0; i++) {
    const GPtrArray *texts = ((const RaiImportRecord *) file->sample->pdata[i])->texts;
    const char *text = (unsigned) time < texts->len ? texts->pdata[time] : "";
    if (first != NULL && strcmp (first, text) != 0)
      return false;
    first = text;
  }
  return true;
}

/* Headings that fit two kinds alike: what was sold on one day, and what was counted on it. */
static void
look_for_tie (RaiImportFile *file, const RaiImportOptions *options,
              const RaiImportHeadings *headings, GError **fault) {
  const RaiImportMatch *best = &file->match;
  if (best->layout->preset != NULL || best->n_missing > 0 || !is_of_one_day (file))
    return;

  for (unsigned i = 1; i < file->plausible->len; i++) {
    const RaiImportLayout *layout = file->plausible->pdata[i];
    RaiImportMatch match;
    rai_import_match (&match, layout, options, headings);
    if (!is_asked_for (layout, options) || strcmp (layout->kind, best->layout->kind) == 0 ||
        layout->preset != NULL || match.n_missing > 0 || match.n_matched < best->n_matched)
      continue;
    g_set_error (fault, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_HEADER,
                 "these columns may be %s as well as %s: say which", best->layout->kind,
                 layout->kind);
    return;
  }
}

static void
recognise (RaiImportFile *file, RaiImport *import) {
  const RaiImportOptions *options = import->options;
  g_auto (RaiImportHeadings) headings = { 0 };
  RaiImportMatch *match = &file->match;
  GError *fault = NULL;
  unsigned row;

  find_header (file, options, &row);
  take_header (file, row);
  rai_import_headings_init (&headings, file->header);
  import->layout = file->match.layout;
  list_plausible (file, options, &headings);
  if (import->layout->preset != NULL && !is_preset_given (options))
    g_ptr_array_add (file->notices,
                     g_strdup_printf ("these columns are known: %s (--preset %s)",
                                      import->layout->title, import->layout->preset));

  look_for_tie (file, options, &headings, &fault);
  keep_fault (file, &fault);
  rai_import_match_check_map (match, options, &headings, &fault);
  keep_fault (file, &fault);
  rai_import_match_check (match, options, &headings, file->header_line, &fault);
  keep_fault (file, &fault);
  rai_import_match_settle (match, &headings, file->sample, file->notices, &fault);
  keep_fault (file, &fault);
}

/* ---- The whole ---- */

/* A kind or preset that there is none of is said before anything is read. */
static bool
check_kind (const RaiImportOptions *options, GError **error) {
  for (const RaiImportLayout *layout = rai_import_layouts; layout->kind != NULL; layout++)
    if (is_asked_for (layout, options))
      return true;
  const bool any = options->kind == NULL || *options->kind == '\0';
  return rai_import_layout_find (any ? RAI_IMPORT_AUTO : options->kind, options->preset, error) !=
         NULL;
}

bool
rai_import_file_look (RaiImportFile *file, RaiImport *import, GError **error) {
  file->header = g_ptr_array_new_with_free_func (g_free);
  file->sample = g_ptr_array_new_with_free_func (free_record);
  file->notices = g_ptr_array_new_with_free_func (g_free);
  file->faults = g_ptr_array_new_with_free_func (free_error);
  file->plausible = g_ptr_array_new ();

  if (!check_kind (import->options, error) || !open_csv (file, import->options, error) ||
      !read_sample (file, error))
    return false;

  recognise (file, import);
  rai_import_formats_decide (file, import);
  file->shape = rai_import_shape_new (import, &file->match, file->header);
  import->money = import->options->currency;
  return true;
}

bool
rai_import_file_open (RaiImportFile *file, RaiImport *import, GError **error) {
  if (!rai_import_file_look (file, import, error))
    return false;
  if (file->faults->len == 0)
    return true;
  g_propagate_error (error, g_error_copy (file->faults->pdata[0]));
  return false;
}
