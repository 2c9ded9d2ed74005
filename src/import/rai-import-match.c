/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-match.h"

#include "import/rai-import-heading.h"
#include "import/rai-import-layouts.h"
#include "import/rai-import-money.h"
#include "util/rai-decimal.h"

#include <stdlib.h>
#include <string.h>

/* Words for a field that a message gives: more than these make it unreadable. */
/* Headings that a message lists: a table of a shop has fewer. */
#define HEADINGS_SHOWN 40
#define NAMES_SHOWN 4

/* ---- Headings ---- */

void
rai_import_headings_init (RaiImportHeadings *headings, const GPtrArray *texts) {
  headings->texts = g_ptr_array_new_with_free_func (g_free);
  headings->keys = g_ptr_array_new_with_free_func (g_free);
  for (unsigned i = 0; i < texts->len; i++) {
    g_ptr_array_add (headings->texts, g_strdup (texts->pdata[i]));
    g_ptr_array_add (headings->keys, rai_import_heading_key (texts->pdata[i]));
  }
}

void
rai_import_headings_clear (RaiImportHeadings *headings) {
  g_clear_pointer (&headings->texts, g_ptr_array_unref);
  g_clear_pointer (&headings->keys, g_ptr_array_unref);
}

/* ---- --map ---- */

/* The column that a word means: a heading, or its number from 1. */
static int
find_heading (const RaiImportHeadings *headings, const char *word) {
  for (unsigned i = 0; i < headings->texts->len; i++)
    if (strcmp (headings->texts->pdata[i], word) == 0)
      return (int) i;

  g_autofree char *key = rai_import_heading_key (word);
  for (unsigned i = 0; i < headings->keys->len && *key != '\0'; i++)
    if (strcmp (headings->keys->pdata[i], key) == 0)
      return (int) i;

  char *end;
  const unsigned long number = strtoul (word, &end, 10);
  return g_ascii_isdigit (*word) && *end == '\0' && number >= 1 && number <= headings->texts->len
             ? (int) number - 1
             : -1;
}

static const RaiImportColumn *
find_field (const RaiImportLayout *layout, const char *name) {
  g_autofree char *key = rai_import_heading_key (name);
  for (const RaiImportColumn *column = layout->columns; column->names != NULL; column++) {
    g_autofree char *own = rai_import_heading_key (rai_import_field_name (column->field));
    if (strcmp (own, key) == 0)
      return column;
  }
  return NULL;
}

/* "time=Date+Time" -> its positions; their number, -1 when a word is no column. */
static int
find_parts (const RaiImportHeadings *headings, const char *words, int parts[RAI_MATCH_PARTS]) {
  if (*words == '\0')
    return 0;
  if ((parts[0] = find_heading (headings, words)) >= 0)
    return 1;

  g_auto (GStrv) split = g_strsplit (words, "+", RAI_MATCH_PARTS + 1);
  int n = 0;
  for (; split[n] != NULL; n++)
    if (n == RAI_MATCH_PARTS || (parts[n] = find_heading (headings, g_strstrip (split[n]))) < 0)
      return -1;
  return n;
}

/* A field that is mapped to nothing has no column, whatever the headings say. */
static void
apply_map (RaiImportMatch *match, const RaiImportOptions *options,
           const RaiImportHeadings *headings, bool *used, bool mapped[RAI_N_FIELDS]) {
  for (int i = 0; options->map != NULL && options->map[i] != NULL; i++) {
    g_auto (GStrv) halves = g_strsplit (options->map[i], "=", 2);
    const RaiImportColumn *column =
        g_strv_length (halves) == 2 ? find_field (match->layout, halves[0]) : NULL;
    int parts[RAI_MATCH_PARTS];
    const int n = column != NULL ? find_parts (headings, halves[1], parts) : -1;
    if (n < 0)
      continue;

    mapped[column->field] = true;
    match->n_parts[column->field] = n;
    for (int p = 0; p < n; p++) {
      match->parts[column->field][p] = parts[p];
      used[parts[p]] = true;
    }
  }
}

static char *
list_fields (const RaiImportLayout *layout) {
  g_autoptr (GString) list = g_string_new (NULL);
  for (const RaiImportColumn *column = layout->columns; column->names != NULL; column++)
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "",
                            rai_import_field_name (column->field));
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
list_headings (const RaiImportHeadings *headings) {
  g_autoptr (GString) list = g_string_new (NULL);
  const unsigned n = headings->texts->len;
  for (unsigned i = 0; i < MIN (n, HEADINGS_SHOWN); i++) {
    g_autofree char *text = g_utf8_substring (
        headings->texts->pdata[i], 0, MIN (60, g_utf8_strlen (headings->texts->pdata[i], -1)));
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", text);
  }
  if (n > HEADINGS_SHOWN)
    g_string_append_printf (list, " and %u more", n - HEADINGS_SHOWN);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

bool
rai_import_match_check_map (const RaiImportMatch *match, const RaiImportOptions *options,
                            const RaiImportHeadings *headings, GError **error) {
  for (int i = 0; options->map != NULL && options->map[i] != NULL; i++) {
    g_auto (GStrv) halves = g_strsplit (options->map[i], "=", 2);
    int parts[RAI_MATCH_PARTS];
    if (g_strv_length (halves) != 2 || find_field (match->layout, halves[0]) == NULL) {
      g_autofree char *fields = list_fields (match->layout);
      g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_USAGE,
                   "--map is FIELD=COLUMN, not “%s”; the fields are %s", options->map[i], fields);
      return false;
    }
    if (find_parts (headings, halves[1], parts) < 0) {
      g_autofree char *found = list_headings (headings);
      g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_USAGE,
                   "--map %s: the file has no such column. Found: %s. A column may also be given "
                   "by its number, and two be joined: time=Date+Time",
                   options->map[i], found);
      return false;
    }
  }

  return true;
}

/* ---- By headings ---- */

/* The column whose heading comes first among the field's names. */
static void
find_column (RaiImportMatch *match, const RaiImportColumn *column,
             const RaiImportHeadings *headings, bool *used) {
  const int *ranks;
  const char *const *names = rai_import_heading_keys (column->names, &ranks);
  int best = -1, best_rank = 0, rival = -1;

  for (unsigned i = 0; i < headings->keys->len; i++)
    for (int n = 0; names[n] != NULL && !used[i]; n++) {
      if (*names[n] == '\0' || strcmp (names[n], headings->keys->pdata[i]) != 0)
        continue;
      if (best < 0 || ranks[n] < best_rank) {
        best = (int) i;
        best_rank = ranks[n];
        rival = -1;
      } else if (ranks[n] == best_rank && rival < 0) {
        rival = (int) i;
      }
      break;
    }

  if (best < 0)
    return;
  match->n_parts[column->field] = 1;
  match->parts[column->field][0] = best;
  match->rivals[column->field] = rival;
  used[best] = true;
  if (rival >= 0)
    used[rival] = true;
}

static bool
knows (const RaiImportLayout *layout, const RaiImportHeadings *headings) {
  if (layout->known_by == NULL)
    return false;
  const char *const *names = rai_import_heading_keys (layout->known_by, NULL);
  for (int n = 0; names[n] != NULL; n++) {
    bool found = false;
    for (unsigned i = 0; i < headings->keys->len && !found; i++)
      found = strcmp (names[n], headings->keys->pdata[i]) == 0;
    if (!found)
      return false;
  }
  return true;
}

bool
rai_import_match_lacks (const RaiImportMatch *match, const RaiImportColumn *column,
                        const RaiImportOptions *options) {
  if (match->n_parts[column->field] > 0)
    return false;
  if (column->field == RAI_FIELD_SITE &&
      (options->site != NULL || match->layout->site_code != NULL))
    return false;
  /* Of a line's amount and the price of one, either tells. */
  if (column->field == RAI_FIELD_AMOUNT && strcmp (match->layout->kind, "receipts") == 0)
    return match->n_parts[RAI_FIELD_PRICE] == 0;
  return column->required;
}

void
rai_import_match (RaiImportMatch *match, const RaiImportLayout *layout,
                  const RaiImportOptions *options, const RaiImportHeadings *headings) {
  g_autofree bool *used = g_new0 (bool, headings->keys->len + 1);
  bool mapped[RAI_N_FIELDS] = { false };

  *match = (RaiImportMatch){ .layout = layout, .by_itself = knows (layout, headings) };
  for (int field = 0; field < RAI_N_FIELDS; field++)
    match->rivals[field] = -1;

  apply_map (match, options, headings, used, mapped);
  for (const RaiImportColumn *column = layout->columns; column->names != NULL; column++) {
    if (!mapped[column->field])
      find_column (match, column, headings, used);
    match->n_matched += match->n_parts[column->field] > 0;
  }
  for (const RaiImportColumn *column = layout->columns; column->names != NULL; column++)
    match->n_missing += rai_import_match_lacks (match, column, options);
}

bool
rai_import_match_is_better (const RaiImportMatch *match, const RaiImportMatch *than) {
  const bool whole = match->n_missing == 0, than_whole = than->n_missing == 0;
  if (match->by_itself != than->by_itself)
    return match->by_itself;
  return whole != than_whole ? whole : match->n_matched > than->n_matched;
}

/* ---- What is missing ---- */

/* "site (or store, shop, branch)" */
static void
append_names (GString *text, const RaiImportColumn *column) {
  g_auto (GStrv) names = g_strsplit (column->names, "|", -1);
  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", names[0]);
  for (int i = 1; names[i] != NULL && i < NAMES_SHOWN; i++)
    g_string_append_printf (text, "%s%s", i == 1 ? " (or " : ", ", names[i] + (*names[i] == '>'));
  if (names[1] != NULL)
    g_string_append_c (text, ')');
}

static const RaiImportLayout *
fitting_layout (const RaiImportOptions *options, const RaiImportHeadings *headings) {
  for (const RaiImportLayout *layout = rai_import_layouts; layout->kind != NULL; layout++) {
    RaiImportMatch match;
    rai_import_match (&match, layout, options, headings);
    if (match.n_missing == 0 && (layout->preset == NULL || match.by_itself))
      return layout;
  }
  return NULL;
}

static void
append_advice (GString *text, const RaiImportMatch *match, const RaiImportOptions *options,
               const RaiImportHeadings *headings) {
  const RaiImportLayout *fitting = fitting_layout (options, headings);
  const bool site_only = match->n_missing == 1 && match->n_parts[RAI_FIELD_SITE] == 0;

  if (headings->texts->len == 1)
    g_string_append (
        text,
        " The line is a single column: if its columns are parted by something else than comma, "
        "semicolon, tab or bar, say so with --delimiter.");
  else if (site_only && (fitting == NULL || fitting->kind == match->layout->kind))
    g_string_append (text, " If the whole file is about one site, give its code with --site.");
  else if (fitting != NULL && fitting->preset != NULL)
    g_string_append_printf (text, " These columns fit %s --preset %s.", fitting->kind,
                            fitting->preset);
  else if (fitting != NULL)
    g_string_append_printf (text, " These columns fit the kind %s.", fitting->kind);
  else
    g_string_append (text, " A column with another heading is told with --map FIELD=COLUMN.");
}

bool
rai_import_match_check (const RaiImportMatch *match, const RaiImportOptions *options,
                        const RaiImportHeadings *headings, uint64_t line, GError **error) {
  if (match->n_missing == 0)
    return true;

  g_autoptr (GString) missing = g_string_new (NULL);
  g_autoptr (GString) wanted = g_string_new (NULL);
  for (const RaiImportColumn *column = match->layout->columns; column->names != NULL; column++) {
    if (column->required)
      append_names (wanted, column);
    if (!rai_import_match_lacks (match, column, options))
      continue;
    const bool either = column->field == RAI_FIELD_AMOUNT && !column->required;
    g_string_append_printf (missing, "%s%s%s", missing->len > 0 ? ", " : "",
                            rai_import_field_name (column->field), either ? " (or price)" : "");
  }

  g_autofree char *found = list_headings (headings);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_printf (text,
                   "line %" G_GUINT64_FORMAT ": the column%s %s %s missing. Looked for: %s. "
                   "Found: %s.",
                   line, match->n_missing > 1 ? "s" : "", missing->str,
                   match->n_missing > 1 ? "are" : "is", wanted->str, found);
  append_advice (text, match, options, headings);
  g_set_error_literal (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_HEADER, text->str);
  return false;
}

/* ---- Rivals ---- */

static const char *
text_at (const RaiImportRecord *record, int position) {
  return position >= 0 && (unsigned) position < record->texts->len ? record->texts->pdata[position]
                                                                   : "";
}

static bool
are_alike (const GPtrArray *sample, int one, int other) {
  for (unsigned i = 0; i < sample->len; i++)
    if (strcmp (text_at (sample->pdata[i], one), text_at (sample->pdata[i], other)) != 0)
      return false;
  return sample->len > 0;
}

/* A column instead of the price times the quantity. */
#define PRICED (-1)

static bool
line_value (const RaiImportMatch *match, const RaiImportRecord *record, int part, char mark,
            int64_t *value) {
  char currency[RAI_CURRENCY_SIZE];
  int64_t price, quantity;
  if (part != PRICED)
    return rai_import_money_parse (text_at (record, part), 4, mark, value, currency);

  if (!rai_import_money_parse (text_at (record, match->parts[RAI_FIELD_PRICE][0]), 4, mark, &price,
                               currency) ||
      !rai_import_money_parse (text_at (record, match->parts[RAI_FIELD_QUANTITY][0]),
                               RAI_QUANTITY_DECIMALS, mark, &quantity, currency))
    return false;
  *value = rai_mul_div (price, quantity, RAI_QUANTITY_ONE);
  return true;
}

/* Whether `whole` says of each line what the lines of its receipt come to by `part`: with either
 * decimal mark, and for one receipt of several lines at least. */
static bool
is_sum_of (const RaiImportMatch *match, const GPtrArray *sample, int whole, int part, char mark) {
  const int receipt = match->parts[RAI_FIELD_RECEIPT][0];
  unsigned n_several = 0;
  for (unsigned i = 0; i < sample->len;) {
    const char *number = text_at (sample->pdata[i], receipt);
    const char *told = text_at (sample->pdata[i], whole);
    int64_t total, sum = 0, value;
    char currency[RAI_CURRENCY_SIZE];
    if (!rai_import_money_parse (told, 4, mark, &total, currency))
      return false;

    unsigned n = 0;
    for (; i < sample->len && strcmp (text_at (sample->pdata[i], receipt), number) == 0; i++, n++) {
      if (strcmp (text_at (sample->pdata[i], whole), told) != 0 ||
          !line_value (match, sample->pdata[i], part, mark, &value))
        return false;
      sum += value;
    }
    /* The sample may end within a receipt. */
    if (sum != total && i < sample->len)
      return false;
    n_several += n > 1 && sum == total;
  }

  return n_several > 0;
}

static bool
is_receipts_sum (const RaiImportMatch *match, const GPtrArray *sample, int whole, int part) {
  return match->n_parts[RAI_FIELD_RECEIPT] > 0 && (is_sum_of (match, sample, whole, part, '.') ||
                                                   is_sum_of (match, sample, whole, part, ','));
}

static bool
settle_rival (RaiImportMatch *match, const RaiImportColumn *column,
              const RaiImportHeadings *headings, const GPtrArray *sample, GPtrArray *notices,
              GError **error) {
  int *chosen = &match->parts[column->field][0];
  const int one = *chosen, other = match->rivals[column->field];
  if (other < 0 || are_alike (sample, one, other))
    return true;

  const bool money = column->field == RAI_FIELD_AMOUNT;
  const bool one_is_sum = money && is_receipts_sum (match, sample, one, other);
  if (one_is_sum || (money && is_receipts_sum (match, sample, other, one))) {
    *chosen = one_is_sum ? other : one;
    g_ptr_array_add (notices,
                     g_strdup_printf ("“%s” is read from column %d: column %d of the same name "
                                      "holds the sums of the receipts",
                                      (const char *) headings->texts->pdata[*chosen], *chosen + 1,
                                      (one_is_sum ? one : other) + 1));
    return true;
  }

  const char *name = rai_import_field_name (column->field);
  g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_HEADER,
               "two columns may be the %s: “%s” (column %d) and “%s” (column %d); say which with "
               "--map %s=%d or --map %s=%d",
               name, (const char *) headings->texts->pdata[one], one + 1,
               (const char *) headings->texts->pdata[other], other + 1, name, one + 1, name,
               other + 1);
  return false;
}

/* What stands on each line of a receipt may be the receipt's: then it is not the line's. */
static void
settle_total (RaiImportMatch *match, const RaiImportHeadings *headings, const GPtrArray *sample,
              GPtrArray *notices) {
  const int amount = match->parts[RAI_FIELD_AMOUNT][0];
  if (match->n_parts[RAI_FIELD_AMOUNT] != 1 || match->n_parts[RAI_FIELD_PRICE] == 0 ||
      match->n_parts[RAI_FIELD_QUANTITY] == 0 || !is_receipts_sum (match, sample, amount, PRICED))
    return;

  match->n_parts[RAI_FIELD_AMOUNT] = 0;
  g_ptr_array_add (notices,
                   g_strdup_printf ("“%s” holds the sums of the receipts: the amount of a line is "
                                    "its price times its quantity",
                                    (const char *) headings->texts->pdata[amount]));
}

/* A column of times may hold dates as well: it is the time then, alone. */
static void
settle_clock (RaiImportMatch *match, const GPtrArray *sample) {
  if (match->n_parts[RAI_FIELD_CLOCK] == 0)
    return;

  const int clock = match->parts[RAI_FIELD_CLOCK][0];
  bool dated = false;
  for (unsigned i = 0; i < sample->len && !dated; i++) {
    const char *text = text_at (sample->pdata[i], clock);
    RaiImportTime time;
    for (int order = 0; order < RAI_N_DATE_ORDERS && !dated; order++)
      dated = *text != '\0' && rai_import_time_parse (text, (RaiDateOrder) order, &time);
  }

  match->n_parts[RAI_FIELD_CLOCK] = 0;
  int *n = &match->n_parts[RAI_FIELD_TIME];
  if (dated)
    *n = 0;
  if (*n < RAI_MATCH_PARTS)
    match->parts[RAI_FIELD_TIME][(*n)++] = clock;
}

static bool
is_used (const RaiImportMatch *match, int position) {
  for (int field = 0; field < RAI_N_FIELDS; field++) {
    if (match->rivals[field] == position)
      return true;
    for (int p = 0; p < match->n_parts[field]; p++)
      if (match->parts[field][p] == position)
        return true;
  }
  return false;
}

/* Columns that could have been a field, if another were not. */
static void
tell_passed_over (const RaiImportMatch *match, const RaiImportColumn *column,
                  const RaiImportHeadings *headings, GPtrArray *notices) {
  const char *const *names = rai_import_heading_keys (column->names, NULL);
  if (match->n_parts[column->field] == 0)
    return;

  const char *taken = headings->texts->pdata[match->parts[column->field][0]];
  for (unsigned i = 0; i < headings->keys->len; i++)
    if (!is_used (match, (int) i) && g_strv_contains (names, headings->keys->pdata[i]) &&
        *(const char *) headings->keys->pdata[i] != '\0')
      g_ptr_array_add (notices,
                       g_strdup_printf ("the column “%s” is not read: “%s” is taken for the %s",
                                        (const char *) headings->texts->pdata[i], taken,
                                        rai_import_field_name (column->field)));
}

bool
rai_import_match_settle (RaiImportMatch *match, const RaiImportHeadings *headings,
                         const GPtrArray *sample, GPtrArray *notices, GError **error) {
  for (const RaiImportColumn *column = match->layout->columns; column->names != NULL; column++) {
    tell_passed_over (match, column, headings, notices);
    if (!settle_rival (match, column, headings, sample, notices, error))
      return false;
  }

  settle_total (match, headings, sample, notices);
  settle_clock (match, sample);
  return true;
}
