/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-receipts.h"

#include "core/rai-code.h"
#include "core/rai-value.h"

#include <string.h>

#define OTHER_LINE "another line of this receipt was left out"
#define BESIDE \
  "a line beside it cannot be read and may be one of this receipt: mend it, and import both"

typedef struct {
  uint64_t line; /* of the file */
  size_t first_field;
  size_t n_fields;
  const char *reason;  /* why it is left out; NULL: nothing speaks against it */
  const char *value;   /* what was wrong in it; may be NULL */
  RaiImportLine told;  /* when nothing does */
  RaiImportItem *item; /* what was written is of */
  RaiRowResult result;
} Row;

/* While rows are added, texts are offsets + 1 into `text`, for it may move; then pointers. */
typedef struct {
  char *key; /* by which lines find together */
  GString *text;
  GArray *fields; /* RaiCsvField of all rows */
  GArray *rows;   /* Row */
  bool beside;    /* of a line that cannot be read */
} Receipt;

struct _RaiImportReceipts {
  RaiImport *import;
  RaiImportDone done;
  void *data;
  GQueue open;             /* of Receipt, oldest first */
  GHashTable *by_key;      /* of them */
  GPtrArray *spare;        /* of Receipt, to be used again */
  Receipt *last;           /* of the row before; NULL: it was of none */
  RaiImportKeys *left_out; /* by the hash of their key */
  GString *key;            /* scratch */
  char *site;              /* code that was folded last */
  char *site_fold;
  unsigned n_held;
  bool broken; /* the line before cannot be read */
};

static void
receipt_free (void *data) {
  Receipt *receipt = data;
  g_free (receipt->key);
  g_string_free (receipt->text, TRUE);
  g_array_unref (receipt->fields);
  g_array_unref (receipt->rows);
  g_free (receipt);
}

RaiImportReceipts *
rai_import_receipts_new (RaiImport *import, RaiImportDone done, void *data) {
  RaiImportReceipts *self = g_new0 (RaiImportReceipts, 1);
  self->import = import;
  self->done = done;
  self->data = data;
  g_queue_init (&self->open);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->spare = g_ptr_array_new_with_free_func (receipt_free);
  self->left_out = rai_import_keys_new ();
  self->key = g_string_new (NULL);
  return self;
}

void
rai_import_receipts_free (RaiImportReceipts *self) {
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_key);
  g_queue_clear_full (&self->open, receipt_free);
  g_ptr_array_unref (self->spare);
  rai_import_keys_free (self->left_out);
  g_string_free (self->key, TRUE);
  g_free (self->site);
  g_free (self->site_fold);
  g_free (self);
}

unsigned
rai_import_receipts_n_held (const RaiImportReceipts *self) {
  return self->n_held;
}

/* ---- Which receipt a row is of ---- */

/* Set whether the row could be read or not. The day as a number, for it may be written in two ways;
 * one that cannot be read is no day. */
static void
make_key (RaiImportReceipts *self) {
  RaiImport *import = self->import;
  const char *reason = import->reason, *value = import->value;
  const char *site = rai_import_row_site_code (import);
  RaiImportTime day = { 0 };
  import->reason = reason;
  import->value = value;

  if (site == NULL)
    site = "";
  if (self->site == NULL || strcmp (self->site, site) != 0) {
    g_free (self->site);
    g_free (self->site_fold);
    self->site = g_strdup (site);
    self->site_fold = rai_code_fold (site);
  }

  const char *day_text = rai_import_text (import, RAI_FIELD_DAY);
  if (*day_text != '\0')
    rai_import_time_parse (day_text, import->date_order, &day);

  GString *key = self->key;
  g_string_assign (key, self->site_fold);
  g_string_append_c (key, '\x1f');
  g_string_append (key, rai_import_text (import, RAI_FIELD_RECEIPT));
  g_string_append_c (key, '\x1f');
  g_string_append (key, rai_import_text (import, RAI_FIELD_TILL));
  g_string_append_c (key, '\x1f');
  if (day.day > 0)
    g_string_append_printf (key, "%d", day.day);
}

/* FNV-1a; never 0. */
static uint64_t
hash_key (const char *key) {
  uint64_t hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  for (; *key != '\0'; key++)
    hash = (hash ^ (unsigned char) *key) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash != 0 ? hash : 1;
}

static bool
was_left_out (RaiImportReceipts *self, const char *key) {
  int64_t value;
  return rai_import_keys_find (self->left_out, hash_key (key), &value);
}

static Receipt *
open_receipt (RaiImportReceipts *self) {
  if (self->last != NULL && strcmp (self->last->key, self->key->str) == 0)
    return self->last;
  Receipt *receipt = g_hash_table_lookup (self->by_key, self->key->str);
  if (receipt != NULL)
    return receipt;

  if (self->spare->len > 0) {
    receipt = g_ptr_array_steal_index_fast (self->spare, self->spare->len - 1);
  } else {
    receipt = g_new0 (Receipt, 1);
    receipt->text = g_string_new (NULL);
    receipt->fields = g_array_new (FALSE, FALSE, sizeof (RaiCsvField));
    receipt->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  }

  receipt->key = g_strdup (self->key->str);
  g_queue_push_tail (&self->open, receipt);
  g_hash_table_insert (self->by_key, receipt->key, receipt);
  return receipt;
}

/* ---- Holding ---- */

static const char *
keep (Receipt *receipt, const char *text, size_t length) {
  const size_t at = receipt->text->len;
  g_string_append_len (receipt->text, text, (ssize_t) length);
  g_string_append_c (receipt->text, '\0');
  return GSIZE_TO_POINTER (at + 1);
}

static const char *
keep_text (Receipt *receipt, const char *text) {
  return keep (receipt, text, strlen (text));
}

static const char *
kept (const Receipt *receipt, const char *offset) {
  return offset != NULL ? receipt->text->str + GPOINTER_TO_SIZE (offset) - 1 : NULL;
}

static void
add_row (Receipt *receipt, const RaiImport *import, RaiRowResult read, uint64_t line) {
  Row row = { .line = line, .first_field = receipt->fields->len, .n_fields = import->n_fields };
  for (size_t i = 0; i < import->n_fields; i++) {
    const RaiCsvField *field = &import->fields[i];
    const RaiCsvField copy = { keep (receipt, field->text, field->length), field->length };
    g_array_append_val (receipt->fields, copy);
  }

  if (read == RAI_ROW_REJECTED) {
    row.reason = import->reason;
    row.value = import->value != NULL ? keep_text (receipt, import->value) : NULL;
  } else {
    row.told = import->line;
    row.told.site = keep_text (receipt, import->line.site);
    row.told.receipt = keep_text (receipt, import->line.receipt);
    row.told.till = keep_text (receipt, import->line.till);
    row.told.item = keep_text (receipt, import->line.item);
    row.told.name = keep_text (receipt, import->line.name);
    row.told.department = keep_text (receipt, import->line.department);
  }
  g_array_append_val (receipt->rows, row);
}

/* A day that cannot be read leaves open which receipt of its number the line is of. */
static bool
names_its_receipt (const RaiImport *import) {
  RaiImportTime day;
  const char *text = rai_import_text (import, RAI_FIELD_DAY);
  return *text == '\0' || rai_import_time_parse (text, import->date_order, &day);
}

bool
rai_import_receipts_hold (RaiImportReceipts *self, RaiRowResult read, uint64_t line,
                          GError **error) {
  RaiImport *import = self->import;
  if (*rai_import_text (import, RAI_FIELD_RECEIPT) == '\0') {
    self->last = NULL;
    return self->done (self->data, read, line, error);
  }

  make_key (self);
  self->broken = self->broken || !names_its_receipt (import);
  if (self->broken && self->last != NULL)
    self->last->beside = true;
  self->last = open_receipt (self);
  self->last->beside = self->last->beside || self->broken;
  self->broken = !names_its_receipt (import);
  add_row (self->last, import, read, line);
  self->n_held++;
  return true;
}

void
rai_import_receipts_break (RaiImportReceipts *self) {
  if (self->last != NULL)
    self->last->beside = true;
  self->broken = true;
}

/* ---- Deciding ---- */

static const char *const differs = "the receipt is stored already, with other lines";

static Row *
row_at (const Receipt *receipt, unsigned i) {
  return &g_array_index (receipt->rows, Row, i);
}

static void
refuse (Row *row, const char *reason, const char *value) {
  row->reason = reason;
  row->value = value;
}

static void
find_texts (Receipt *receipt) {
  for (unsigned i = 0; i < receipt->fields->len; i++) {
    RaiCsvField *field = &g_array_index (receipt->fields, RaiCsvField, i);
    field->text = kept (receipt, field->text);
  }

  for (unsigned i = 0; i < receipt->rows->len; i++) {
    Row *row = row_at (receipt, i);
    RaiImportLine *told = &row->told;
    row->value = kept (receipt, row->value);
    told->site = kept (receipt, told->site);
    told->receipt = kept (receipt, told->receipt);
    told->till = kept (receipt, told->till);
    told->item = kept (receipt, told->item);
    told->name = kept (receipt, told->name);
    told->department = kept (receipt, told->department);
  }
}

static bool
is_whole (const Receipt *receipt) {
  for (unsigned i = 0; i < receipt->rows->len; i++)
    if (row_at (receipt, i)->reason != NULL)
      return false;
  return true;
}

/* What no receipt can mean is said of the line that takes it there. */
static void
check_bounds (Receipt *receipt) {
  int64_t units = 0, money = 0;
  for (unsigned i = 0; i < receipt->rows->len; i++) {
    Row *row = row_at (receipt, i);
    units += ABS (row->told.quantity);
    money += ABS (row->told.amount);
    if (i >= RAI_RECEIPT_LINES_MAX || units > RAI_QUANTITY_MAX || money > RAI_MONEY_MAX) {
      refuse (row,
              "the receipt would have more than 2,000 lines, a million units or ten thousand "
              "million in money: correct the quantity, the amount or the receipt's number",
              row->told.receipt);
      return;
    }
  }
}

/* Whether the receipt's time, and the day that it says, can be meant: as sales.record does. A clock
 * that runs ahead a little stands for now. */
static RaiAsideReason
judge (const RaiImport *import, const RaiImportSite *site, RaiReceipt *receipt) {
  const int64_t told = receipt->sold_at;
  const RaiAsideReason reason = rai_aside_judge (&receipt->sold_at, import->now);
  if (receipt->sold_at != told)
    receipt->day = rai_day_from_ms (receipt->sold_at, site->zone);
  if (reason != RAI_ASIDE_NONE || receipt->said_day == 0)
    return reason;

  const RaiDay clock = receipt->day;
  receipt->day = receipt->said_day;
  return rai_aside_judge_day (receipt->said_day, clock,
                              rai_day_from_ms (rai_aside_last_time (import->now), site->zone));
}

/* The receipt as its first line tells it; its time may be that of no sale. */
typedef struct {
  RaiReceipt told;
  RaiReceipt meant;
  RaiAsideReason reason;
} Sold;

static Sold
sold_of (const RaiImport *import, const Receipt *receipt, const RaiImportSite *site) {
  const RaiImportLine *first = &row_at (receipt, 0)->told;
  Sold sold = { .told = { .site_id = site->id,
                          .number = first->receipt,
                          .till = first->till,
                          .said_day = first->said_day,
                          .sold_at = first->sold_at,
                          .day = first->day } };
  sold.meant = sold.told;
  sold.reason = judge (import, site, &sold.meant);
  return sold;
}

/* A stored receipt has no line of an item that is new. */
static bool
check_stored (RaiImport *import, Receipt *receipt, const Sold *sold, GError **error) {
  if (sold->told.site_id == 0 || sold->reason != RAI_ASIDE_NONE)
    return true;

  for (unsigned i = 0; i < receipt->rows->len; i++) {
    Row *row = row_at (receipt, i);
    bool stored;
    if (rai_import_names_known_item (import->names, row->told.item) != NULL)
      continue;
    if (!rai_sales_is_stored (import->sales, &sold->meant, &stored, error))
      return false;
    if (stored)
      refuse (row, differs, row->told.receipt);
    return true;
  }
  return true;
}

static bool
record_line (RaiImport *import, const Sold *sold, const RaiSalesLine *line, Row *row,
             GError **error) {
  switch (rai_sales_add_line (import->sales, &sold->meant, line, error)) {
    case RAI_SALES_ADDED:
      row->result = RAI_ROW_ADDED;
      return true;
    case RAI_SALES_UNCHANGED:
      row->result = RAI_ROW_UNCHANGED;
      return true;
    case RAI_SALES_FAILED:
      return false;
    default:
      refuse (row, differs, sold->told.number);
      return true;
  }
}

static bool
write_line (RaiImport *import, const Sold *sold, Row *row, GError **error) {
  const RaiImportLine *told = &row->told;
  row->item =
      rai_import_names_item (import->names, told->item, told->name, told->department, error);
  if (row->item == NULL)
    return false;

  const RaiSalesLine line = { row->item->id, told->quantity, told->amount };
  switch (rai_import_aside_line (import->aside, &sold->told, sold->reason, &line, error)) {
    case RAI_IMPORT_ASIDE_NOT:
      return record_line (import, sold, &line, row, error);
    case RAI_IMPORT_ASIDE_ADDED:
      row->result = RAI_ROW_ASIDE;
      return true;
    case RAI_IMPORT_ASIDE_TOO_LONG:
      refuse (row, "the time cannot be meant, and the receipt is too long to be set aside", NULL);
      return true;
    default:
      return false;
  }
}

static void
note_sales (RaiImportSite *site, const Sold *sold, const Receipt *receipt) {
  for (unsigned i = 0; i < receipt->rows->len; i++) {
    const Row *row = row_at (receipt, i);
    /* UNCHANGED too: an import that was cut off did not come to write what it had learnt. */
    if (row->result != RAI_ROW_ASIDE)
      rai_import_names_note_sale (site, row->item, sold->meant.day, row->told.quantity,
                                  row->told.amount);
  }
}

/* Names are made behind the last check that can speak against one that makes them: rows that differ
 * from a stored receipt know all of its items. */
static bool
take (RaiImportReceipts *self, Receipt *receipt, GError **error) {
  RaiImport *import = self->import;
  const char *code = row_at (receipt, 0)->told.site;
  RaiImportSite *site = rai_import_names_find_site (import->names, code);
  Sold sold = sold_of (import, receipt, site);

  if (sold.reason != RAI_ASIDE_NONE &&
      g_utf8_strlen (sold.told.number, -1) > RAI_RECEIPT_NUMBER_MAX)
    refuse (row_at (receipt, 0),
            "the time cannot be meant, and the receipt is too long to be set aside", NULL);
  check_bounds (receipt);
  if (!check_stored (import, receipt, &sold, error))
    return false;
  if (!is_whole (receipt))
    return true;

  site = rai_import_names_site (import->names, code, error);
  if (site == NULL)
    return false;
  sold.told.site_id = sold.meant.site_id = site->id;
  for (unsigned i = 0; i < receipt->rows->len; i++)
    if (!write_line (import, &sold, row_at (receipt, i), error))
      return false;
  if (is_whole (receipt))
    note_sales (site, &sold, receipt);
  return true;
}

static bool
tell (RaiImportReceipts *self, Receipt *receipt, bool whole, GError **error) {
  RaiImport *import = self->import;
  for (unsigned i = 0; i < receipt->rows->len; i++) {
    const Row *row = row_at (receipt, i);
    import->fields = &g_array_index (receipt->fields, RaiCsvField, row->first_field);
    import->n_fields = row->n_fields;
    import->reason = row->reason;
    import->value = row->value;
    if (!whole && row->reason == NULL)
      rai_import_reject (import, receipt->beside ? BESIDE : OTHER_LINE, row->told.receipt);
    if (!self->done (self->data, whole ? row->result : RAI_ROW_REJECTED, row->line, error))
      return false;
  }
  return true;
}

static void
put_away (RaiImportReceipts *self, Receipt *receipt) {
  self->n_held -= receipt->rows->len;
  if (self->last == receipt)
    self->last = NULL;
  g_clear_pointer (&receipt->key, g_free);
  g_string_truncate (receipt->text, 0);
  g_array_set_size (receipt->fields, 0);
  g_array_set_size (receipt->rows, 0);
  receipt->beside = false;
  g_ptr_array_add (self->spare, receipt);
}

bool
rai_import_receipts_decide (RaiImportReceipts *self, GError **error) {
  Receipt *receipt = g_queue_pop_head (&self->open);
  g_hash_table_remove (self->by_key, receipt->key);
  find_texts (receipt);

  bool added;
  bool whole = is_whole (receipt) && !receipt->beside && !was_left_out (self, receipt->key);
  bool good = !whole || take (self, receipt, error);
  whole = good && whole && is_whole (receipt);
  if (good && !whole)
    rai_import_keys_at (self->left_out, hash_key (receipt->key), &added);

  good = good && tell (self, receipt, whole, error);
  put_away (self, receipt);
  return good;
}
