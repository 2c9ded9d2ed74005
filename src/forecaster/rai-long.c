/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecaster/rai-long.h"

#include "forecaster/rai-spacing.h"
#include "util/rai-csv.h"

#include <math.h>
#include <string.h>

#define NO_COLUMN (-1)
#define HOURS 24
#define PROGRESS_ROWS 50000

GQuark
rai_long_error_quark (void) {
  return g_quark_from_static_string ("rai-long-error");
}

typedef struct {
  char *name;
  int field;
  float *values; /* a value or, once a text was seen, a code */
  bool categorical;
  GHashTable *codes; /* text -> code + 1 */
  GPtrArray *texts;
} Column;

typedef struct {
  const char *site, *item;
  /* Ticks of its first row of history, and of the first with a sale; INT32_MAX when there is
   * none. */
  int32_t first, sold;
} Key;

/* From this row on, rows stand on consecutive lines again. */
typedef struct {
  size_t row;
  uint64_t line;
} Lines;

/* All rows as columns, before their step and their origin are known. A tick is an hour or a day. */
typedef struct {
  const RaiLongOptions *options;
  RaiCsv *csv;
  int site, item, date, quantity, stockout, closed;
  GArray *columns; /* Column */
  GHashTable *lookup;
  GArray *keys; /* Key */
  GStringChunk *texts;
  GArray *lines; /* Lines */
  size_t n, size;
  uint32_t *row_key;
  int32_t *row_tick;
  double *row_quantity;
  float *row_stockout;
  uint8_t *row_closed;
  bool hourly;
  int32_t through; /* tick */
} Rows;

static void
column_clear (Column *column) {
  g_free (column->name);
  g_free (column->values);
  g_hash_table_unref (column->codes);
  g_ptr_array_unref (column->texts);
}

static unsigned
key_hash (const void *data) {
  const Key *key = data;
  return g_str_hash (key->site) * 31 + g_str_hash (key->item);
}

static int
key_equal (const void *a, const void *b) {
  const Key *x = a, *y = b;
  return strcmp (x->site, y->site) == 0 && strcmp (x->item, y->item) == 0;
}

static void
rows_free (Rows *rows) {
  rai_csv_free (rows->csv);
  g_array_unref (rows->columns);
  g_hash_table_unref (rows->lookup);
  g_array_unref (rows->keys);
  g_string_chunk_free (rows->texts);
  g_array_unref (rows->lines);
  g_free (rows->row_key);
  g_free (rows->row_tick);
  g_free (rows->row_quantity);
  g_free (rows->row_stockout);
  g_free (rows->row_closed);
  g_free (rows);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rows, rows_free)

static Rows *
rows_new (GInputStream *stream, const RaiLongOptions *options) {
  Rows *rows = g_new0 (Rows, 1);
  rows->options = options;
  rows->csv = rai_csv_new (stream, 0);
  rows->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (rows->columns, (GDestroyNotify) column_clear);
  rows->lookup = g_hash_table_new_full (key_hash, key_equal, g_free, NULL);
  rows->keys = g_array_new (FALSE, FALSE, sizeof (Key));
  rows->texts = g_string_chunk_new (65536);
  rows->lines = g_array_new (FALSE, FALSE, sizeof (Lines));
  rows->through = INT32_MIN;

  return rows;
}

static bool
value_error (const Rows *rows, const char *column, const char *text, const char *wanted,
             GError **error) {
  g_set_error (error, RAI_LONG_ERROR, RAI_LONG_ERROR_VALUE,
               "%s, line %" G_GUINT64_FORMAT ": %s is \"%.40s\", not %s", rows->options->name,
               rai_csv_line (rows->csv), column, text, wanted);
  return false;
}

static bool
read_header (Rows *rows, GError **error) {
  const RaiCsvField *fields;
  size_t n;
  GError *local = NULL;

  if (!rai_csv_next (rows->csv, &fields, &n, &local)) {
    if (local != NULL)
      g_propagate_prefixed_error (error, local, "%s, ", rows->options->name);
    else
      g_set_error (error, RAI_LONG_ERROR, RAI_LONG_ERROR_EMPTY, "%s is empty", rows->options->name);
    return false;
  }

  struct {
    const char *name;
    int *field;
  } known[] = { { "site", &rows->site },         { "item", &rows->item },
                { "date", &rows->date },         { "quantity", &rows->quantity },
                { "stockout", &rows->stockout }, { "closed", &rows->closed } };
  for (size_t k = 0; k < G_N_ELEMENTS (known); k++)
    *known[k].field = rai_csv_column (fields, n, known[k].name);
  for (size_t f = 0; f < n; f++) {
    g_autofree char *name = g_strstrip (g_strdup (fields[f].text));
    if (rai_csv_column (fields, n, name) != (int) f) {
      g_set_error (error, RAI_LONG_ERROR, RAI_LONG_ERROR_HEADER,
                   "%s, line 1: the column \"%s\" is there twice", rows->options->name, name);
      return false;
    }
    bool covariate = true;
    for (size_t k = 0; k < G_N_ELEMENTS (known); k++)
      covariate = covariate && *known[k].field != (int) f;
    if (!covariate)
      continue;
    Column column = {
      g_steal_pointer (&name), (int) f, NULL, false, g_hash_table_new (g_str_hash, g_str_equal),
      g_ptr_array_new ()
    };
    g_array_append_val (rows->columns, column);
  }

  if (rows->date >= 0 && rows->quantity >= 0)
    return true;
  g_set_error (
      error, RAI_LONG_ERROR, RAI_LONG_ERROR_HEADER,
      "%s, line 1: there is no column \"%s\"; the first line must name the columns, for example "
      "site,item,date,quantity,price",
      rows->options->name, rows->date < 0 ? "date" : "quantity");

  return false;
}

static void
rows_grow (Rows *rows) {
  rows->size = MAX (4096, rows->size + rows->size / 2);
  rows->row_key = g_renew (uint32_t, rows->row_key, rows->size);
  rows->row_tick = g_renew (int32_t, rows->row_tick, rows->size);
  rows->row_quantity = g_renew (double, rows->row_quantity, rows->size);
  if (rows->stockout >= 0)
    rows->row_stockout = g_renew (float, rows->row_stockout, rows->size);
  if (rows->closed >= 0)
    rows->row_closed = g_renew (uint8_t, rows->row_closed, rows->size);
  for (size_t c = 0; c < rows->columns->len; c++) {
    Column *column = &g_array_index (rows->columns, Column, c);
    column->values = g_renew (float, column->values, rows->size);
  }
}

static uint64_t
line_of (const Rows *rows, size_t row) {
  for (size_t k = rows->lines->len; k-- > 0;) {
    const Lines *lines = &g_array_index (rows->lines, Lines, k);
    if (lines->row <= row)
      return lines->line + (row - lines->row);
  }
  return 0;
}

/* Remembers where the row that is being read stands; costs memory only where empty or broken lines
 * stand between. */
static void
note_line (Rows *rows) {
  Lines lines = { rows->n, rai_csv_line (rows->csv) };
  if (line_of (rows, rows->n) != lines.line)
    g_array_append_val (rows->lines, lines);
}

static uint32_t
find_key (Rows *rows, const char *site, const char *item) {
  if (rows->n > 0) {
    uint32_t last = rows->row_key[rows->n - 1];
    const Key *key = &g_array_index (rows->keys, Key, last);
    if (strcmp (key->item, item) == 0 && strcmp (key->site, site) == 0)
      return last;
  }

  Key wanted = { .site = site, .item = item };
  void *found;
  if (g_hash_table_lookup_extended (rows->lookup, &wanted, NULL, &found))
    return GPOINTER_TO_UINT (found);

  Key key = { g_string_chunk_insert_const (rows->texts, site),
              g_string_chunk_insert_const (rows->texts, item), INT32_MAX, INT32_MAX };
  g_hash_table_insert (rows->lookup, g_memdup2 (&key, sizeof key),
                       GUINT_TO_POINTER (rows->keys->len));
  g_array_append_val (rows->keys, key);

  return rows->keys->len - 1;
}

/* Reads a plain decimal quickly and leaves everything else to strtod. Returns false when the text
 * is no number. */
static bool
parse_number (const RaiCsvField *field, double *value) {
  static const double tens[] = { 1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
  const char *at = field->text;
  bool negative = *at == '-';

  at += negative;
  int64_t digits = 0;
  int n = 0, decimals = 0;
  bool point = false;

  for (; n < 15 && (g_ascii_isdigit (*at) || (*at == '.' && !point)); at++) {
    if (*at == '.') {
      point = true;
      continue;
    }
    digits = digits * 10 + (*at - '0');
    n++;
    decimals += point;
  }

  if (*at == '\0' && n > 0) {
    *value = (negative ? -(double) digits : (double) digits) / tens[decimals];
    return true;
  }

  char *end;
  *value = g_ascii_strtod (field->text, &end);
  while (*end == ' ')
    end++;

  return end != field->text && *end == '\0';
}

static bool
is_unknown (const RaiCsvField *field) {
  return field->length == 0 || g_ascii_strcasecmp (field->text, "NA") == 0 ||
         g_ascii_strcasecmp (field->text, "NaN") == 0;
}

/* "YYYY-MM-DD" or with an hour behind it ("T07", " 07:00", ":00" and so on). Ticks are days until
 * an hour is seen. */
static bool
parse_tick (Rows *rows, const RaiCsvField *field, int32_t *tick, GError **error) {
  RaiDay day = field->length >= 10 ? rai_day_parse (field->text, 10) : RAI_DAY_NONE;
  int hour = -1;
  const char *tail = field->text + MIN (field->length, 10);

  if ((*tail == 'T' || *tail == ' ') && g_ascii_isdigit (tail[1]) && g_ascii_isdigit (tail[2]))
    hour = (tail[1] - '0') * 10 + tail[2] - '0';
  if (day == RAI_DAY_NONE || hour >= HOURS || (*tail != '\0' && hour < 0))
    return value_error (rows, "date", field->text, "a date like 2024-01-31", error);
  if (rows->n == 0)
    rows->hourly = hour >= 0;
  if (rows->hourly != (hour >= 0))
    return value_error (rows, "date", field->text,
                        rows->hourly ? "a date with an hour" : "a plain date", error);

  *tick = rows->hourly ? day * HOURS + hour : day;
  return true;
}

static float
column_code (Rows *rows, Column *column, const char *text) {
  if (*text == '\0')
    return 0;

  void *code = g_hash_table_lookup (column->codes, text);
  if (code == NULL) {
    char *kept = g_string_chunk_insert (rows->texts, text);
    g_ptr_array_add (column->texts, kept);
    code = GSIZE_TO_POINTER (column->texts->len);
    g_hash_table_insert (column->codes, kept, code);
  }

  return (float) GPOINTER_TO_SIZE (code);
}

/* A text turned up in a column of numbers: what was read so far becomes texts too. */
static void
make_categorical (Rows *rows, Column *column) {
  column->categorical = true;
  for (size_t r = 0; r < rows->n; r++) {
    char text[G_ASCII_DTOSTR_BUF_SIZE] = "";
    if (!isnan (column->values[r]))
      g_ascii_formatd (text, sizeof text, "%.7g", column->values[r]);
    column->values[r] = column_code (rows, column, text);
  }
}

static void
read_covariate (Rows *rows, Column *column, const RaiCsvField *fields, size_t n_fields) {
  static const RaiCsvField nothing = { "", 0 };
  const RaiCsvField *field = column->field < (int) n_fields ? &fields[column->field] : &nothing;
  double number = NAN;
  if (!column->categorical && !is_unknown (field) &&
      (!parse_number (field, &number) || !isfinite (number)))
    make_categorical (rows, column);
  column->values[rows->n] =
      column->categorical ? column_code (rows, column, field->text) : (float) number;
}

static bool
read_number (Rows *rows, const char *name, const RaiCsvField *field, double unknown, double *value,
             GError **error) {
  if (is_unknown (field)) {
    *value = unknown;
    return true;
  }
  if (!parse_number (field, value) || !isfinite (*value) || fabs (*value) > 1e15)
    return value_error (rows, name, field->text,
                        "a number like 12.5 (up to 1e15; leave it empty when unknown)", error);
  return true;
}

static bool
is_history (const Rows *rows, int32_t tick) {
  RaiDay through = rows->options->through;
  return through == RAI_DAY_NONE || tick <= (rows->hourly ? through * HOURS + HOURS - 1 : through);
}

static bool
read_row (Rows *rows, const RaiCsvField *fields, size_t n_fields, GError **error) {
  if ((int) n_fields <= MAX (rows->date, rows->quantity)) {
    g_set_error (error, RAI_LONG_ERROR, RAI_LONG_ERROR_VALUE,
                 "%s, line %" G_GUINT64_FORMAT ": only %zu fields; is a line broken?",
                 rows->options->name, rai_csv_line (rows->csv), n_fields);
    return false;
  }

  if (rows->n == rows->size)
    rows_grow (rows);
  note_line (rows);

  size_t r = rows->n;
  const char *site =
      rows->site >= 0 && rows->site < (int) n_fields ? fields[rows->site].text : "all";
  const char *item =
      rows->item >= 0 && rows->item < (int) n_fields ? fields[rows->item].text : "all";

  rows->row_key[r] = find_key (rows, site, item);
  double quantity = NAN, stockout = 0, closed = 0;
  if (!parse_tick (rows, &fields[rows->date], &rows->row_tick[r], error))
    return false;

  bool history = is_history (rows, rows->row_tick[r]);
  if (history && !read_number (rows, "quantity", &fields[rows->quantity], NAN, &quantity, error))
    return false;
  if (history && rows->stockout >= 0 && rows->stockout < (int) n_fields &&
      !read_number (rows, "stockout", &fields[rows->stockout], 0, &stockout, error))
    return false;

  if (rows->closed >= 0 && rows->closed < (int) n_fields &&
      !read_number (rows, "closed", &fields[rows->closed], 0, &closed, error))
    return false;

  rows->row_quantity[r] = quantity;
  if (rows->stockout >= 0)
    rows->row_stockout[r] = (float) CLAMP (stockout, 0, 1);
  if (rows->closed >= 0)
    rows->row_closed[r] = closed > 0;
  for (size_t c = 0; c < rows->columns->len; c++)
    read_covariate (rows, &g_array_index (rows->columns, Column, c), fields, n_fields);
  if (!isnan (quantity)) {
    rows->through = MAX (rows->through, rows->row_tick[r]);
    Key *key = &g_array_index (rows->keys, Key, rows->row_key[r]);
    key->first = MIN (key->first, rows->row_tick[r]);
    if (quantity > 0)
      key->sold = MIN (key->sold, rows->row_tick[r]);
  }

  rows->n++;
  return true;
}

static bool
read_rows (Rows *rows, GError **error) {
  const RaiCsvField *fields;
  size_t n;
  GError *local = NULL;

  while (rai_csv_next (rows->csv, &fields, &n, &local)) {
    if (!read_row (rows, fields, n, error))
      return false;
    if (rows->options->progress != NULL && rows->n % PROGRESS_ROWS == 0)
      rows->options->progress (rai_csv_bytes (rows->csv), rows->options->data);
  }

  if (local != NULL) {
    g_propagate_prefixed_error (error, local, "%s, ", rows->options->name);
    return false;
  }

  if (rows->options->progress != NULL)
    rows->options->progress (rai_csv_bytes (rows->csv), rows->options->data);
  if (rows->through == INT32_MIN) {
    g_set_error (error, RAI_LONG_ERROR, RAI_LONG_ERROR_EMPTY, "%s has no row with a quantity%s",
                 rows->options->name,
                 rows->options->through == RAI_DAY_NONE ? "" : " on or before --through");
    return false;
  }

  return true;
}

/* Hours that are all the same hour are days that came with a time: "2024-01-31 00:00:00". */
static void
drop_hours (Rows *rows) {
  int hour = rows->hourly ? rai_spacing_common_hour (rows->row_tick, rows->n) : -1;
  if (hour < 0)
    return;

  rows->hourly = false;
  for (size_t r = 0; r < rows->n; r++)
    rows->row_tick[r] = (rows->row_tick[r] - hour) / HOURS;
  for (size_t k = 0; k < rows->keys->len; k++) {
    Key *key = &g_array_index (rows->keys, Key, k);
    if (key->first != INT32_MAX)
      key->first = (key->first - hour) / HOURS;
    if (key->sold != INT32_MAX)
      key->sold = (key->sold - hour) / HOURS;
  }
  rows->through = (rows->through - hour) / HOURS;
}

static char *
format_tick (const Rows *rows, int32_t tick) {
  char day[11];
  rai_day_format (rows->hourly ? tick / HOURS : tick, day);
  return rows->hourly ? g_strdup_printf ("%sT%02d", day, tick % HOURS) : g_strdup (day);
}

static bool
find_spacing (const Rows *rows, RaiSpacing *spacing, GError **error) {
  RaiSpacingFault fault;
  if (rai_spacing_find (rows->row_key, rows->row_tick, rows->n, rows->hourly, spacing, &fault))
    return true;

  const Key *key = &g_array_index (rows->keys, Key, rows->row_key[fault.row]);
  g_autofree char *date = format_tick (rows, rows->row_tick[fault.row]);
  g_autofree char *before =
      fault.before != RAI_DAY_NONE ? format_tick (rows, fault.before) : g_strdup ("");
  g_set_error (
      error, RAI_LONG_ERROR, RAI_LONG_ERROR_SPACING,
      "%s, line %" G_GUINT64_FORMAT
      ": date is \"%s\", which %s%s%s (site %s, item %s); write the total of every day, of "
      "every week on the same weekday, or of every month or quarter on its first or last "
      "day, and leave the quantity empty where it is unknown",
      rows->options->name, line_of (rows, fault.row), date, fault.text, *before != '\0' ? " " : "",
      before, key->site, key->item);

  return false;
}

/* The first step to forecast. */
static int64_t
find_origin (const Rows *rows, const RaiSpacing *spacing) {
  RaiDay given = rows->options->through;
  int32_t last = given == RAI_DAY_NONE ? rows->through
                 : rows->hourly        ? given * HOURS + HOURS - 1
                                       : given;
  return rai_spacing_next (spacing, last);
}

/* Steps from the origin to a tick; negative for history. */
static int64_t
steps_ahead (const RaiSpacing *spacing, int64_t origin, int32_t tick) {
  int64_t ahead = rai_spacing_step (spacing, tick) - origin;
  return spacing->step == RAI_STEP_WEEK ? ahead / 7 : ahead;
}

typedef struct {
  uint32_t key;
  int32_t tick;
} Sale;

static int
compare_sales (const void *a, const void *b) {
  const Sale *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return (x->tick > y->tick) - (x->tick < y->tick);
}

/* Returns [keys] the most steps from one sale of a series to its next, of those that sold nothing
 * at first. */
static int64_t *
find_pauses (const Rows *rows, const RaiSpacing *spacing) {
  int64_t *pauses = g_new0 (int64_t, rows->keys->len + 1);
  g_autoptr (GArray) sales = g_array_sized_new (FALSE, FALSE, sizeof (Sale), 256);
  for (size_t r = 0; r < rows->n; r++) {
    const Key *key = &g_array_index (rows->keys, Key, rows->row_key[r]);
    Sale sale = { rows->row_key[r], rows->row_tick[r] };
    if (rows->row_quantity[r] > 0 && key->first < key->sold)
      g_array_append_val (sales, sale);
  }

  g_array_sort (sales, compare_sales);
  for (size_t k = 1; k < sales->len; k++) {
    const Sale *sale = &g_array_index (sales, Sale, k), *before = sale - 1;
    if (sale->key == before->key)
      pauses[sale->key] =
          MAX (pauses[sale->key],
               steps_ahead (spacing, rai_spacing_step (spacing, before->tick), sale->tick));
  }

  return pauses;
}

/* What comes before the first sale is "not yet on sale" and so unknown, unless it never sold or
 * often pauses for as long. */
static int64_t
length_of (const Key *key, const RaiSpacing *spacing, int64_t origin, int64_t pause) {
  if (key->first == INT32_MAX)
    return 0;
  int64_t all = -steps_ahead (spacing, origin, key->first);
  int64_t since = key->sold != INT32_MAX ? -steps_ahead (spacing, origin, key->sold) : all;
  return all - since >= pause ? since : all;
}

static RaiPanel *
panel_new (Rows *rows, const RaiSpacing *spacing) {
  int64_t origin = find_origin (rows, spacing);
  RaiPanel *panel = rai_panel_new (spacing->step, origin, rows->options->horizon);
  rai_panel_set_dating (panel, spacing->month, spacing->mday);
  for (size_t c = 0; c < rows->columns->len; c++) {
    Column *column = &g_array_index (rows->columns, Column, c);
    rai_panel_add_covariate (panel, column->name, rai_covariate_role (column->name),
                             column->categorical);
    for (size_t k = 0; k < column->texts->len; k++)
      rai_panel_category (panel, c, g_ptr_array_index (column->texts, k));
  }

  g_autofree int64_t *pauses = find_pauses (rows, spacing);
  for (size_t k = 0; k < rows->keys->len; k++) {
    const Key *key = &g_array_index (rows->keys, Key, k);
    rai_panel_add_series (panel, key->site, key->item,
                          (size_t) length_of (key, spacing, origin, pauses[k]));
  }

  return panel;
}

static bool
duplicate_error (const Rows *rows, size_t r, const RaiSpacing *spacing, GError **error) {
  const Key *key = &g_array_index (rows->keys, Key, rows->row_key[r]);
  int64_t at = rai_spacing_step (spacing, rows->row_tick[r]);
  size_t first = 0;

  while (rows->row_key[first] != rows->row_key[r] || isnan (rows->row_quantity[first]) ||
         rai_spacing_step (spacing, rows->row_tick[first]) != at)
    first++;

  char day[11];
  rai_day_format (rows->hourly ? rows->row_tick[r] / HOURS : rows->row_tick[r], day);
  g_set_error (error, RAI_LONG_ERROR, RAI_LONG_ERROR_DUPLICATE,
               "%s, line %" G_GUINT64_FORMAT
               ": site %s, item %s has a second quantity for %s, after that of line "
               "%" G_GUINT64_FORMAT "; add them up, or leave one out",
               rows->options->name, line_of (rows, r), key->site, key->item, day,
               line_of (rows, first));

  return false;
}

static bool
fill_panel (const Rows *rows, RaiPanel *panel, const RaiSpacing *spacing, GError **error) {
  int64_t origin = rai_panel_origin (panel);
  for (size_t r = 0; r < rows->n; r++) {
    size_t series = rows->row_key[r], n = rai_panel_length (panel, series);
    int64_t at = (int64_t) n + steps_ahead (spacing, origin, rows->row_tick[r]);
    if (at < 0 || at >= (int64_t) (n + rai_panel_horizon (panel)))
      continue;
    if (at < (int64_t) n && !isnan (rows->row_quantity[r])) {
      double *observed = &rai_panel_observations (panel, series)[at];
      if (!isnan (*observed))
        return duplicate_error (rows, r, spacing, error);
      *observed = rows->row_quantity[r];
    }
    if (at < (int64_t) n && rows->stockout >= 0)
      rai_panel_stockout (panel, series)[at] = rows->row_stockout[r];
    if (rows->closed >= 0)
      rai_panel_closed (panel, series)[at] = rows->row_closed[r];
    for (size_t c = 0; c < rows->columns->len; c++)
      rai_panel_covariate (panel, series, c)[at] =
          g_array_index (rows->columns, Column, c).values[r];
  }

  return true;
}

RaiPanel *
rai_long_read (GInputStream *stream, const RaiLongOptions *options, GError **error) {
  g_autoptr (Rows) rows = rows_new (stream, options);
  if (!read_header (rows, error) || !read_rows (rows, error))
    return NULL;
  drop_hours (rows);
  RaiSpacing spacing;
  if (!find_spacing (rows, &spacing, error))
    return NULL;
  g_autoptr (RaiPanel) panel = panel_new (rows, &spacing);
  if (!fill_panel (rows, panel, &spacing, error))
    return NULL;
  return g_steal_pointer (&panel);
}

static bool
static_row (RaiPanel *panel, const RaiCsvField *names, size_t n_names, const RaiCsvField *fields,
            size_t n_fields, int site, int item) {
  for (size_t i = 0; i < rai_panel_n_series (panel); i++) {
    if (site >= 0 &&
        (site >= (int) n_fields || strcmp (fields[site].text, rai_panel_site (panel, i)) != 0))
      continue;
    if (item >= 0 &&
        (item >= (int) n_fields || strcmp (fields[item].text, rai_panel_item (panel, i)) != 0))
      continue;
    for (size_t f = 0; f < MIN (n_names, n_fields); f++)
      if ((int) f != site && (int) f != item)
        rai_panel_set_attribute (panel, i, names[f].text, fields[f].text);
  }

  return true;
}

bool
rai_long_read_static (RaiPanel *panel, GInputStream *stream, const char *name, GError **error) {
  g_autoptr (RaiCsv) csv = rai_csv_new (stream, 0);
  const RaiCsvField *fields;
  size_t n, n_names = 0;
  g_autofree RaiCsvField *names = NULL;

  g_autoptr (GStringChunk) texts = g_string_chunk_new (256);
  GError *local = NULL;
  int site = NO_COLUMN, item = NO_COLUMN;

  while (rai_csv_next (csv, &fields, &n, &local)) {
    if (names != NULL) {
      static_row (panel, names, n_names, fields, n, site, item);
      continue;
    }
    site = rai_csv_column (fields, n, "site");
    item = rai_csv_column (fields, n, "item");
    names = g_memdup2 (fields, n * sizeof *fields);
    n_names = n;
    for (size_t f = 0; f < n; f++)
      names[f].text = g_string_chunk_insert (texts, fields[f].text);
    if (site < 0 && item < 0) {
      g_set_error (error, RAI_LONG_ERROR, RAI_LONG_ERROR_HEADER,
                   "%s, line 1: there is no column \"site\" or \"item\"", name);
      return false;
    }
  }

  if (local == NULL)
    return true;
  g_propagate_prefixed_error (error, local, "%s, ", name);

  return false;
}

void
rai_long_append_number (GString *text, double value) {
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append_c (text, ',');
  g_string_append (
      text, g_ascii_formatd (buffer, sizeof buffer, fabs (value) < 1e5 ? "%.6g" : "%.2f", value));
}

static void
append_header (GString *text, const RaiForecast *forecast, bool reasons) {
  size_t n_levels;
  const double *levels = rai_forecast_quantile_levels (forecast, &n_levels);
  g_string_append (text, "site,item,date,mean");
  for (size_t q = 0; q < n_levels; q++)
    g_string_append_printf (text, ",q%g", levels[q]);
  g_string_append (text, reasons ? ",model,reason\n" : ",model\n");
}

void
rai_long_append_step (GString *text, const RaiPanel *panel, size_t series, size_t ahead) {
  char day[11];
  g_string_append (
      text, rai_day_format (rai_panel_day (panel, series, rai_panel_length (panel, series) + ahead),
                            day));
  if (rai_panel_step (panel) == RAI_STEP_HOUR)
    g_string_append_printf (text, "T%02d",
                            (int) ((rai_panel_origin (panel) + (int64_t) ahead) % HOURS));
}

static void
append_series (GString *text, const RaiPanel *panel, const RaiForecast *forecast, size_t i,
               const RaiLongWriteOptions *options) {
  const RaiSeriesForecast *series = rai_forecast_series (forecast, i);
  g_autoptr (GString) front = g_string_new (NULL);
  g_autoptr (GString) back = g_string_new (NULL);

  size_t n_levels;
  rai_forecast_quantile_levels (forecast, &n_levels);
  rai_csv_append (front, rai_panel_site (panel, i), ',');
  g_string_append_c (front, ',');
  rai_csv_append (front, rai_panel_item (panel, i), ',');
  g_string_append (back, options->model != NULL ? options->model : series->model);

  if (options->reasons) {
    g_string_append_c (back, ',');
    rai_csv_append (back, series->reason, ',');
  }

  for (size_t h = 0; h < rai_panel_horizon (panel); h++) {
    g_string_append_printf (text, "%s,", front->str);
    rai_long_append_step (text, panel, i, h);
    rai_long_append_number (text, series->mean[h]);
    for (size_t q = 0; q < n_levels; q++)
      rai_long_append_number (text, series->quantiles[h * n_levels + q]);
    g_string_append_printf (text, ",%s\n", back->str);
  }
}

bool
rai_long_write (const RaiPanel *panel, const RaiForecast *forecast,
                const RaiLongWriteOptions *options, GOutputStream *stream, GError **error) {
  static const RaiLongWriteOptions defaults = { 0 };
  if (options == NULL)
    options = &defaults;
  g_autoptr (GString) text = g_string_new (NULL);
  if (!options->more)
    append_header (text, forecast, options->reasons);
  for (size_t i = 0; i < rai_panel_n_series (panel); i++) {
    append_series (text, panel, forecast, i, options);
    if (text->len > 1 << 20 || i + 1 == rai_panel_n_series (panel)) {
      if (!g_output_stream_write_all (stream, text->str, text->len, NULL, NULL, error))
        return false;
      g_string_truncate (text, 0);
    }
  }

  return g_output_stream_flush (stream, NULL, error);
}
