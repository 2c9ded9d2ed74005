/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-import-words.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct {
  const char *kind;
  const char *title;
} kinds[] = {
  { "receipts", N_ ("Sales, receipt by receipt") },
  { "sales", N_ ("Sales, as totals of a day, an hour or a week") },
  { "items", N_ ("Items") },
  { "suppliers", N_ ("Suppliers") },
  { "stock", N_ ("Stock, as counted") },
};

const char *
rai_import_words_kind (const char *kind) {
  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].kind, kind) == 0)
      return _ (kinds[i].title);
  return kind;
}

/* A layout's title begins with the program's name, "Square: item details". */
char *
rai_import_words_program (const RaiImportLayout *layout) {
  if (layout->preset == NULL)
    return g_strdup (_ ("No program"));

  const char *title = _ (layout->title);
  const char *colon = strchr (title, ':');
  return colon != NULL ? g_strndup (title, (size_t) (colon - title)) : g_strdup (title);
}

char *
rai_import_words_missing (const RaiImportLook *look) {
  GString *text = g_string_new (NULL);

  for (unsigned i = 0; i < look->missing->len; i++) {
    RaiImportField field = g_array_index (look->missing, RaiImportField, i);
    const char *title = rai_import_field_title (field);
    if (text->len > 0)
      /* Translators: stands between the names of several columns */
      g_string_append (text, _ (", "));
    g_string_append (text, _ (title));
  }

  return g_string_free (text, text->len == 0);
}

static char *
recognised (const RaiImportLook *look) {
  const char *kind = rai_import_words_kind (look->layout->kind);
  g_autofree char *program = rai_import_words_program (look->layout);

  if (look->layout->preset == NULL)
    return g_strdup (kind);
  /* Translators: what the rows of a file are, and the program that wrote it */
  return g_strdup_printf (_ ("%s, from %s"), kind, program);
}

char *
rai_import_words_draft (RaiImportDraft *draft) {
  const RaiImportLook *look = rai_import_draft_get_look (draft);

  if (rai_import_draft_get_problem (draft) != NULL)
    return g_strdup (rai_import_draft_get_problem (draft));
  if (look == NULL)
    return NULL;

  g_autofree char *what = recognised (look);
  g_autofree char *missing = rai_import_words_missing (look);
  if (missing != NULL)
    /* Translators: what the rows of a file are; names of columns */
    return g_strdup_printf (_ ("%s. Not found: %s"), what, missing);
  if (look->faults->len > 0)
    return g_strdup_printf ("%s. %s", what, (const char *) look->faults->pdata[0]);
  if (look->n_problems > 0)
    /* Translators: what the rows of a file are; a number of rows, of how many */
    return g_strdup_printf (ngettext ("%s. %u of the first %u rows cannot be read",
                                      "%s. %u of the first %u rows cannot be read",
                                      look->n_problems),
                            what, look->n_problems, look->n_looked_at);
  return g_steal_pointer (&what);
}

static void
append_count (GString *text, int64_t count, const char *format) {
  g_autofree char *number = g_strdup_printf ("%'" G_GINT64_FORMAT, count);
  GString *part = g_string_new (format);

  g_string_replace (part, "%s", number, 0);
  if (text->len > 0)
    g_string_append (text, _ (", "));
  g_string_append (text, part->str);
  g_string_free (part, TRUE);
}

/* Only what there is. */
static char *
counts_text (const RaiImportCounts *counts, bool dry_run) {
  GString *text = g_string_new (NULL);

  if (counts->added > 0 || counts->read == 0)
    append_count (text, counts->added,
                  dry_run ? ngettext ("%s new row", "%s new rows", (unsigned long) counts->added)
                          : ngettext ("%s row brought in", "%s rows brought in",
                                      (unsigned long) counts->added));
  if (counts->unchanged > 0)
    append_count (text, counts->unchanged, _ ("%s known already"));
  if (counts->rejected > 0)
    append_count (text, counts->rejected, _ ("%s left out"));
  if (counts->set_aside > 0)
    append_count (text, counts->set_aside, _ ("%s set aside"));
  if (counts->skipped > 0)
    append_count (text, counts->skipped, _ ("%s totals and payments passed over"));
  if (counts->new_items > 0)
    append_count (text, counts->new_items,
                  ngettext ("%s new item", "%s new items", (unsigned long) counts->new_items));

  return g_string_free (text, FALSE);
}

char *
rai_import_words_job (RaiImportJob *job) {
  double fraction = MAX (rai_import_job_get_fraction (job), 0);

  switch (rai_import_job_get_state (job)) {
    case RAI_IMPORT_JOB_SENDING:
      return g_strdup_printf (_ ("Being sent, %.0f %%"), fraction * 100);
    case RAI_IMPORT_JOB_WAITING:
      return g_strdup (_ ("Waits until the server has finished something else"));
    case RAI_IMPORT_JOB_RUNNING:
      return g_strdup_printf (rai_import_job_is_dry_run (job) ? _ ("Being tried, %.0f %%")
                                                              : _ ("Being brought in, %.0f %%"),
                              fraction * 100);
    case RAI_IMPORT_JOB_DONE:
      return counts_text (rai_import_job_get_counts (job), rai_import_job_is_dry_run (job));
    case RAI_IMPORT_JOB_FAILED:
      return g_strdup (rai_import_job_get_problem (job));
    case RAI_IMPORT_JOB_CANCELLED:
      return g_strdup (_ ("Cancelled"));
    default:
      return NULL;
  }
}

char *
rai_import_words_why (const RaiImportWhy *why) {
  g_autofree char *count =
      g_strdup_printf (ngettext ("%" G_GINT64_FORMAT " row", "%" G_GINT64_FORMAT " rows",
                                 (unsigned long) why->count),
                       why->count);

  if (why->example == NULL)
    /* Translators: "12 rows", why they were left out, a line of the file */
    return g_strdup_printf (_ ("%s: %s (first in line %" G_GINT64_FORMAT ")"), count,
                            why->reason != NULL ? _ (why->reason) : "", why->first_line);
  /* Translators: "12 rows", why they were left out, a line of the file, what stands there */
  return g_strdup_printf (_ ("%s: %s (first in line %" G_GINT64_FORMAT ": “%s”)"), count,
                          why->reason != NULL ? _ (why->reason) : "", why->first_line,
                          why->example);
}
