/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecaster/rai-wide.h"

#include "util/rai-csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_YEAR 2011 /* d_1 is January 29th */

typedef struct {
  const RaiLongOptions *options;
  RaiCsv *csv;
  int site, item, first; /* first: the field of d_1 */
  size_t n_days;         /* of history */
  GPtrArray *names;      /* of the fields before d_1, owned */
  RaiPanel *panel;
} Wide;

static bool
read_header (Wide *wide, GError **error) {
  const RaiCsvField *fields;
  size_t n;
  if (!rai_csv_next (wide->csv, &fields, &n, error)) {
    if (error != NULL && *error == NULL)
      g_set_error (error, RAI_LONG_ERROR, RAI_LONG_ERROR_EMPTY, "%s is empty", wide->options->name);
    return false;
  }

  wide->site = rai_csv_column (fields, n, "store_id");
  wide->item = rai_csv_column (fields, n, "item_id");
  wide->first = rai_csv_column (fields, n, "d_1");

  if (wide->site < 0 || wide->item < 0 || wide->first < 0) {
    g_set_error (error, RAI_LONG_ERROR, RAI_LONG_ERROR_HEADER,
                 "%s, line 1: there is no column \"%s\"; is this the M5 layout? Try --format long",
                 wide->options->name,
                 wide->site < 0   ? "store_id"
                 : wide->item < 0 ? "item_id"
                                  : "d_1");
    return false;
  }

  for (int f = 0; f < wide->first; f++)
    g_ptr_array_add (wide->names, g_strdup (fields[f].text));
  wide->n_days = n - (size_t) wide->first;

  RaiDay start = rai_day_from_ymd (FIRST_YEAR, 1, 29), through = wide->options->through;
  if (through != RAI_DAY_NONE)
    wide->n_days = (size_t) CLAMP (through - start + 1, 0, (RaiDay) wide->n_days);
  if (wide->n_days == 0) {
    g_set_error (error, RAI_LONG_ERROR, RAI_LONG_ERROR_EMPTY,
                 "%s has no day on or before --through", wide->options->name);
    return false;
  }

  wide->panel = rai_panel_new (RAI_STEP_DAY, start + (RaiDay) wide->n_days, wide->options->horizon);
  return true;
}

/* A series begins with its first sale: before that it was not on the shelf. */
static bool
read_series (Wide *wide, const RaiCsvField *fields, size_t n_fields, GError **error) {
  size_t n = wide->n_days;
  g_autofree double *values = g_new (double, n);
  for (size_t t = 0; t < n; t++) {
    size_t field = (size_t) wide->first + t;
    const char *text = field < n_fields ? fields[field].text : "";
    char *end;
    values[t] = *text == '\0' ? NAN : g_ascii_strtod (text, &end);
    if (*text != '\0' && (*end != '\0' || !isfinite (values[t]))) {
      g_set_error (error, RAI_LONG_ERROR, RAI_LONG_ERROR_VALUE,
                   "%s, line %" G_GUINT64_FORMAT ": d_%zu is \"%.40s\", not a number",
                   wide->options->name, rai_csv_line (wide->csv), t + 1, text);
      return false;
    }
  }

  size_t first = 0;
  while (first < n && !(values[first] > 0))
    first++;

  size_t series = rai_panel_add_series (wide->panel, fields[wide->site].text,
                                        fields[wide->item].text, n - first);
  memcpy (rai_panel_observations (wide->panel, series), values + first,
          (n - first) * sizeof *values);

  for (int f = 0; f < wide->first; f++)
    if (f != wide->site && f != wide->item &&
        strcmp (g_ptr_array_index (wide->names, f), "id") != 0)
      rai_panel_set_attribute (wide->panel, series, g_ptr_array_index (wide->names, f),
                               fields[f].text);

  return true;
}

RaiPanel *
rai_wide_read (GInputStream *stream, const RaiLongOptions *options, GError **error) {
  Wide wide = { .options = options,
                .csv = rai_csv_new (stream, 0),
                .names = g_ptr_array_new_with_free_func (g_free) };

  GError *local = NULL;
  const RaiCsvField *fields;
  size_t n;
  bool good = read_header (&wide, &local);

  while (good && rai_csv_next (wide.csv, &fields, &n, &local)) {
    if ((int) n <= wide.first) {
      g_set_error (&local, RAI_LONG_ERROR, RAI_LONG_ERROR_VALUE,
                   "%s, line %" G_GUINT64_FORMAT ": only %zu fields", options->name,
                   rai_csv_line (wide.csv), n);
      break;
    }
    good = read_series (&wide, fields, n, &local);
  }

  if (local != NULL) {
    g_clear_pointer (&wide.panel, rai_panel_free);
    g_propagate_error (error, local);
  }

  rai_csv_free (wide.csv);
  g_ptr_array_unref (wide.names);
  return wide.panel;
}
