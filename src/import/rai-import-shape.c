/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-shape.h"

#include "import/rai-import-heading.h"
#include "import/rai-import-money.h"
#include "util/rai-decimal.h"

#include <string.h>

/* Decimals of an amount that is worked out here: its reader rounds to those of the store's
 * money. */
#define AMOUNT_DECIMALS 4

/* Columns that are made of others: behind the file's own. */
typedef enum {
  MADE_TIME,     /* a date and a time, joined */
  MADE_QUANTITY, /* with the sign of what came back */
  MADE_AMOUNT,   /* price times quantity, less the discount */
  N_MADE_MAX
} Made;

struct _RaiImportShape {
  RaiImportMatch match;
  unsigned n_header;
  unsigned n_needed;      /* of them: empty headings at the end need no text */
  int keys[RAI_N_FIELDS]; /* columns that every sale fills */
  int n_keys;
  int receipt; /* whose line a row is, when texts are filled down; -1: they are not */
  int filled[RAI_N_FIELDS];
  int n_filled;
  GString *above[RAI_N_FIELDS]; /* texts to fill down, by place in filled */
  GString *receipt_above;
  Made made[N_MADE_MAX];
  GString *texts[N_MADE_MAX];
  int n_made;
  bool plain; /* rows pass as they are */
  GArray *row;
  uint64_t *n_skipped; /* by rule */
  uint64_t n_totals, n_blank;
};

/* ---- Making ---- */

static bool
has (const RaiImportShape *shape, RaiImportField field) {
  return shape->match.n_parts[field] > 0;
}

static void
add_made (RaiImportShape *shape, RaiImport *import, Made made, RaiImportField field) {
  import->columns[field] = (int) shape->n_header + shape->n_made;
  shape->texts[shape->n_made] = g_string_new (NULL);
  shape->made[shape->n_made++] = made;
}

static bool
takes_off (const RaiImportLayout *layout) {
  for (const RaiImportRule *rule = layout->rules; rule != NULL && rule->values != NULL; rule++)
    if (rule->deed == RAI_RULE_TAKE_OFF)
      return true;
  return false;
}

static void
plan_made (RaiImportShape *shape, RaiImport *import) {
  const bool takes = takes_off (import->layout);
  if (shape->match.n_parts[RAI_FIELD_TIME] > 1)
    add_made (shape, import, MADE_TIME, RAI_FIELD_TIME);
  if (takes && has (shape, RAI_FIELD_QUANTITY))
    add_made (shape, import, MADE_QUANTITY, RAI_FIELD_QUANTITY);
  if (has (shape, RAI_FIELD_PRICE) && has (shape, RAI_FIELD_QUANTITY) &&
      !has (shape, RAI_FIELD_AMOUNT) && has (shape, RAI_FIELD_DISCOUNT))
    add_made (shape, import, MADE_AMOUNT, RAI_FIELD_AMOUNT);
}

static void
plan_columns (RaiImportShape *shape, RaiImport *import) {
  const RaiImportLayout *layout = import->layout;
  for (int field = 0; field < RAI_N_FIELDS; field++)
    import->columns[field] = has (shape, field) ? shape->match.parts[field][0] : -1;

  shape->receipt = -1;
  for (const RaiImportColumn *column = layout->columns; column->names != NULL; column++) {
    if (!has (shape, column->field))
      continue;
    const int position = shape->match.parts[column->field][0];
    const bool otherwise =
        column->filled || (column->field == RAI_FIELD_ITEM && layout->item_by_name);
    if (column->required && !otherwise &&
        (column->type == RAI_COLUMN_TEXT || column->type == RAI_COLUMN_TIME))
      shape->keys[shape->n_keys++] = position;
    if (!column->filled)
      continue;
    shape->above[shape->n_filled] = g_string_new (NULL);
    shape->filled[shape->n_filled++] = position;
  }

  if (shape->n_filled > 0 && has (shape, RAI_FIELD_RECEIPT))
    shape->receipt = shape->match.parts[RAI_FIELD_RECEIPT][0];
}

RaiImportShape *
rai_import_shape_new (RaiImport *import, const RaiImportMatch *match, const GPtrArray *header) {
  RaiImportShape *shape = g_new0 (RaiImportShape, 1);
  size_t n_rules = 0;
  for (const RaiImportRule *rule = import->layout->rules; rule != NULL && rule->values != NULL;
       rule++)
    n_rules++;

  shape->match = *match;
  shape->n_header = shape->n_needed = header->len;
  while (shape->n_needed > 0 && *(const char *) header->pdata[shape->n_needed - 1] == '\0')
    shape->n_needed--;
  shape->n_skipped = g_new0 (uint64_t, n_rules + 1);
  shape->receipt_above = g_string_new (NULL);
  shape->row = g_array_new (FALSE, FALSE, sizeof (RaiCsvField));
  plan_columns (shape, import);
  plan_made (shape, import);
  shape->plain = shape->receipt < 0 && shape->n_made == 0 && n_rules == 0;

  return shape;
}

void
rai_import_shape_free (RaiImportShape *shape) {
  if (shape == NULL)
    return;
  for (int i = 0; i < shape->n_filled; i++)
    g_string_free (shape->above[i], TRUE);
  for (int i = 0; i < shape->n_made; i++)
    g_string_free (shape->texts[i], TRUE);
  g_string_free (shape->receipt_above, TRUE);
  g_array_unref (shape->row);
  g_free (shape->n_skipped);
  g_free (shape);
}

/* ---- Rows that are none ---- */

static const char *
text_at (const RaiCsvField *fields, size_t n_fields, int position) {
  return position >= 0 && (size_t) position < n_fields ? fields[position].text : "";
}

static bool
lacks_key (const RaiImportShape *shape, const RaiCsvField *fields, size_t n_fields) {
  for (int i = 0; i < shape->n_keys; i++)
    if (*text_at (fields, n_fields, shape->keys[i]) == '\0')
      return true;
  return false;
}

/* A row that lacks what every sale has, and begins with a word for a total; or has no text. */
static bool
is_none (RaiImportShape *shape, const RaiCsvField *fields, size_t n_fields) {
  size_t first = 0;
  while (first < n_fields && fields[first].length == 0)
    first++;

  if (first == n_fields) {
    shape->n_blank++;
    return true;
  }
  if (!rai_import_heading_is_total (fields[first].text))
    return false;
  shape->n_totals++;
  return true;
}

/* Whether the row has the header's columns; more are fine when they are empty. */
static bool
fits_header (const RaiImportShape *shape, RaiImport *import) {
  if (import->n_fields < shape->n_needed) {
    rai_import_reject (import, "the row has fewer columns than the header", NULL);
    return false;
  }

  for (size_t i = shape->n_header; i < import->n_fields; i++)
    if (import->fields[i].length > 0) {
      rai_import_reject (
          import,
          "the row has more columns than the header (a text with the delimiter in it needs "
          "quotation marks)",
          import->fields[i].text);
      return false;
    }

  return true;
}

/* ---- Turning ---- */

static RaiCsvField *
field_at (RaiImportShape *shape, int position) {
  return &g_array_index (shape->row, RaiCsvField, position);
}

/* A row of the receipt above has its texts where its own are empty, also one that is rejected: so
 * it can be told whose it was. */
static void
fill_down (RaiImportShape *shape) {
  const unsigned n = shape->row->len;
  const char *receipt = (unsigned) shape->receipt < n ? field_at (shape, shape->receipt)->text : "";
  const bool goes_on = *receipt == '\0' || strcmp (receipt, shape->receipt_above->str) == 0;
  if (*receipt != '\0')
    g_string_assign (shape->receipt_above, receipt);

  for (int i = 0; i < shape->n_filled; i++) {
    const bool there = (unsigned) shape->filled[i] < n;
    RaiCsvField *field = there ? field_at (shape, shape->filled[i]) : NULL;
    if (!goes_on)
      g_string_assign (shape->above[i], there ? field->text : "");
    else if (there && field->length == 0)
      *field = (RaiCsvField){ shape->above[i]->str, shape->above[i]->len };
  }
}

static bool
is_one_of (const char *text, const char *values) {
  const size_t length = strlen (text);
  for (const char *at = values; *at != '\0';) {
    const size_t n = strcspn (at, "|");
    if (n == length && g_ascii_strncasecmp (at, text, n) == 0)
      return true;
    at += n + (at[n] == '|');
  }
  return false;
}

/* The rule that the row falls under; NULL: none. */
static const RaiImportRule *
find_rule (RaiImportShape *shape, const RaiImportLayout *layout) {
  for (const RaiImportRule *rule = layout->rules; rule != NULL && rule->values != NULL; rule++)
    if (has (shape, rule->field) &&
        is_one_of (field_at (shape, shape->match.parts[rule->field][0])->text, rule->values))
      return rule;
  return NULL;
}

static const char *
part_text (RaiImportShape *shape, RaiImportField field) {
  return field_at (shape, shape->match.parts[field][0])->text;
}

static void
make_time (RaiImportShape *shape, GString *text) {
  for (int p = 0; p < shape->match.n_parts[RAI_FIELD_TIME]; p++) {
    const char *part = field_at (shape, shape->match.parts[RAI_FIELD_TIME][p])->text;
    if (*part != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", part);
  }
}

static void
make_quantity (RaiImportShape *shape, bool off, GString *text) {
  const char *quantity = part_text (shape, RAI_FIELD_QUANTITY);
  if (off && *quantity == '-')
    quantity++;
  else if (off && *quantity != '\0')
    g_string_append_c (text, '-');
  g_string_append (text, quantity);
}

/* What cannot be read is passed on as it is: the reader says so. */
static void
make_amount (RaiImportShape *shape, const RaiImport *import, bool off, GString *text) {
  const char *told[] = { part_text (shape, RAI_FIELD_PRICE), part_text (shape, RAI_FIELD_QUANTITY),
                         part_text (shape, RAI_FIELD_DISCOUNT) };
  const int decimals[] = { AMOUNT_DECIMALS, RAI_QUANTITY_DECIMALS, AMOUNT_DECIMALS };
  int64_t values[G_N_ELEMENTS (told)] = { 0 };
  char currencies[G_N_ELEMENTS (told)][RAI_CURRENCY_SIZE] = { 0 };

  for (size_t i = 0; i < G_N_ELEMENTS (told); i++)
    if (*told[i] != '\0' && !rai_import_money_parse (told[i], decimals[i], import->decimal,
                                                     &values[i], currencies[i])) {
      g_string_append (text, told[i]);
      return;
    }
  if (*told[0] == '\0')
    return;

  const int64_t gross = rai_mul_div (values[0], values[1], RAI_QUANTITY_ONE);
  const int64_t net = gross - values[2];
  g_autofree char *number = rai_decimal_format (off ? -net : net, AMOUNT_DECIMALS, 2);
  for (char *at = number; *at != '\0'; at++)
    if (*at == '.')
      *at = import->decimal;
  g_string_append_printf (text, "%s%s%s", number, *currencies[0] != '\0' ? " " : "", currencies[0]);
}

static void
append_made (RaiImportShape *shape, const RaiImport *import, bool off) {
  for (int i = 0; i < shape->n_made; i++) {
    GString *text = g_string_truncate (shape->texts[i], 0);
    switch (shape->made[i]) {
      case MADE_TIME:
        make_time (shape, text);
        break;
      case MADE_QUANTITY:
        make_quantity (shape, off, text);
        break;
      default:
        make_amount (shape, import, off, text);
    }
    const RaiCsvField field = { text->str, text->len };
    g_array_append_val (shape->row, field);
  }
}

static void
take_row (RaiImportShape *shape, RaiImport *import) {
  import->fields = (const RaiCsvField *) shape->row->data;
  import->n_fields = shape->row->len;
}

static bool
turn_row (RaiImportShape *shape, RaiImport *import, RaiRowResult *result) {
  g_array_set_size (shape->row, 0);
  g_array_append_vals (shape->row, import->fields, (unsigned) import->n_fields);
  if (shape->receipt >= 0)
    fill_down (shape);
  take_row (shape, import);

  *result = RAI_ROW_REJECTED;
  if (!fits_header (shape, import))
    return false;
  g_array_set_size (shape->row, MIN (shape->row->len, shape->n_header));
  while (shape->row->len < shape->n_header)
    g_array_append_vals (shape->row, &(RaiCsvField){ "", 0 }, 1);

  const RaiImportRule *rule = find_rule (shape, import->layout);
  *result = RAI_ROW_SKIPPED;
  if (rule != NULL && rule->deed == RAI_RULE_SKIP) {
    shape->n_skipped[rule - import->layout->rules]++;
    return false;
  }

  append_made (shape, import, rule != NULL);
  take_row (shape, import);
  import->n_fields = shape->n_header;
  import->n_made = (size_t) shape->n_made;
  import->made_of = import->fields;
  return true;
}

bool
rai_import_shape_turn (RaiImportShape *shape, RaiImport *import, const RaiCsvField *fields,
                       size_t n_fields, RaiRowResult *result) {
  import->fields = fields;
  import->n_fields = n_fields;
  import->made_of = NULL;
  import->reason = import->value = NULL;

  *result = RAI_ROW_SKIPPED;
  if (lacks_key (shape, fields, n_fields) && is_none (shape, fields, n_fields))
    return false;
  if (!shape->plain)
    return turn_row (shape, import, result);

  *result = RAI_ROW_REJECTED;
  return fits_header (shape, import);
}

static void
tell_count (GPtrArray *notices, uint64_t *n, const char *what) {
  if (*n > 0)
    g_ptr_array_add (notices, g_strdup_printf ("%" G_GUINT64_FORMAT " row%s skipped: %s", *n,
                                               *n == 1 ? " was" : "s were", what));
  *n = 0;
}

void
rai_import_shape_tell (RaiImportShape *shape, GPtrArray *notices) {
  tell_count (notices, &shape->n_totals, "totals");
  tell_count (notices, &shape->n_blank, "without any text");
  for (const RaiImportRule *rule = shape->match.layout->rules; rule != NULL && rule->values != NULL;
       rule++)
    tell_count (notices, &shape->n_skipped[rule - shape->match.layout->rules], rule->what);
}
