/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-rejects.h"

#include <string.h>

struct _RaiImportRejects {
  char *path;
  char *fallback_path;
  GString *header; /* the file's first line */
  char delimiter;
  GOutputStream *stream;
  GString *line;
  GPtrArray *reasons;
  uint64_t count;
};

static void
free_reason (void *data) {
  RaiImportReason *reason = data;
  g_free (reason->example);
  g_free (reason);
}

static void
append_fields (GString *line, const RaiCsvField *fields, size_t n_fields, char delimiter) {
  for (size_t i = 0; i < n_fields; i++) {
    g_string_append_c (line, delimiter);
    rai_csv_append (line, fields[i].text, delimiter);
  }
  g_string_append_c (line, '\n');
}

RaiImportRejects *
rai_import_rejects_new (const char *path, const char *fallback_path, const RaiCsvField *header,
                        size_t n_header, char delimiter) {
  RaiImportRejects *rejects = g_new0 (RaiImportRejects, 1);
  rejects->path = g_strdup (path);
  rejects->fallback_path = g_strdup (fallback_path);
  rejects->delimiter = delimiter;
  rejects->header = g_string_new (NULL);
  g_string_append_printf (rejects->header, "line%creason", delimiter);
  append_fields (rejects->header, header, n_header, delimiter);
  rejects->line = g_string_new (NULL);
  rejects->reasons = g_ptr_array_new_with_free_func (free_reason);

  return rejects;
}

void
rai_import_rejects_free (RaiImportRejects *rejects) {
  if (rejects == NULL)
    return;
  g_free (rejects->path);
  g_free (rejects->fallback_path);
  g_string_free (rejects->header, TRUE);
  g_string_free (rejects->line, TRUE);
  g_clear_object (&rejects->stream);
  g_ptr_array_unref (rejects->reasons);
  g_free (rejects);
}

static GOutputStream *
create (const char *path, GError **error) {
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, error);
  return stream != NULL ? g_buffered_output_stream_new (G_OUTPUT_STREAM (stream)) : NULL;
}

/* Makes the file, beside the input or, where that is not writable, in the current folder. */
static bool
open_file (RaiImportRejects *rejects, GError **error) {
  g_autoptr (GError) first = NULL;
  rejects->stream = create (rejects->path, &first);
  if (rejects->stream == NULL && rejects->fallback_path != NULL) {
    rejects->stream = create (rejects->fallback_path, NULL);
    g_free (rejects->path);
    rejects->path = g_strdup (rejects->fallback_path);
  }

  if (rejects->stream == NULL) {
    g_set_error (error, first->domain, first->code,
                 "the file for rejected rows cannot be written (%s); name another with "
                 "--rejects FILE",
                 first->message);
    return false;
  }

  return g_output_stream_write_all (rejects->stream, rejects->header->str, rejects->header->len,
                                    NULL, NULL, error);
}

static RaiImportReason *
find_reason (RaiImportRejects *rejects, const char *reason) {
  for (unsigned i = 0; i < rejects->reasons->len; i++) {
    RaiImportReason *known = rejects->reasons->pdata[i];
    if (known->reason == reason || strcmp (known->reason, reason) == 0)
      return known;
  }

  RaiImportReason *added = g_new0 (RaiImportReason, 1);
  added->reason = reason;
  g_ptr_array_add (rejects->reasons, added);

  return added;
}

bool
rai_import_rejects_add (RaiImportRejects *rejects, uint64_t line, const char *reason,
                        const char *value, const RaiCsvField *fields, size_t n_fields,
                        GError **error) {
  RaiImportReason *known = find_reason (rejects, reason);
  if (known->count++ == 0) {
    known->first_line = line;
    known->example = g_strdup (value);
  }

  rejects->count++;
  if (rejects->path == NULL)
    return true;
  if (rejects->stream == NULL && !open_file (rejects, error))
    return false;

  g_string_printf (rejects->line, "%" G_GUINT64_FORMAT "%c", line, rejects->delimiter);
  rai_csv_append (rejects->line, reason, rejects->delimiter);
  append_fields (rejects->line, fields, n_fields, rejects->delimiter);

  return g_output_stream_write_all (rejects->stream, rejects->line->str, rejects->line->len, NULL,
                                    NULL, error);
}

uint64_t
rai_import_rejects_count (const RaiImportRejects *rejects) {
  return rejects->count;
}

const char *
rai_import_rejects_close (RaiImportRejects *rejects, GError **error) {
  if (rejects->stream == NULL)
    return NULL;
  if (!g_output_stream_close (rejects->stream, NULL, error))
    return NULL;
  return rejects->path;
}

static int
compare_reasons (const void *a, const void *b) {
  const RaiImportReason *left = *(RaiImportReason *const *) a,
                        *right = *(RaiImportReason *const *) b;
  return left->count > right->count ? -1 : left->count < right->count;
}

const GPtrArray *
rai_import_rejects_reasons (RaiImportRejects *rejects) {
  g_ptr_array_sort (rejects->reasons, compare_reasons);
  return rejects->reasons;
}

char *
rai_import_rejects_path (const char *path) {
  static const char *const endings[] = { ".zst", ".gz", ".csv", ".tsv", ".txt" };
  if (strcmp (path, "-") == 0)
    return g_strdup ("stdin.rejects.csv");
  g_autofree char *stem = g_strdup (path);
  for (size_t i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (stem, endings[i]))
      stem[strlen (stem) - strlen (endings[i])] = '\0';
  return g_strconcat (stem, ".rejects.csv", NULL);
}
