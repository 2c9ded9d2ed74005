/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-aside.h"

#include "command/rai-arguments.h"
#include "command/rai-commands.h"
#include "db/rai-db-run.h"
#include "proto/rai-json.h"

#include <string.h>

/* How the body of a receipt ends: its list of lines is its last member. */
#define BODY_END "]}"

typedef struct {
  RaiReceipt receipt;    /* sold_at: of its first line, as it was told; texts are its own */
  RaiAsideReason reason; /* NONE: its time can be meant, and its like waits */
  unsigned n_lines;
  unsigned n_known; /* of them, found to have been there before */
  GString *body;    /* up to its last line; NULL: it is written, and was not met since */
  char *digest;     /* of what was written; NULL: nothing */
  bool ours;        /* what was written was not there before */
} Waiting;

struct _RaiImportAside {
  RaiDb *db;
  int64_t account_id;
  int64_t now;
  GHashTable *waiting; /* Waiting, by what its receipt is known by */
  GPtrArray *dirty;    /* of them, with lines that are not written */
  bool some_stored;    /* receipts waited before this file came */
  int n_receipts;
  int n_known;
};

static unsigned
waiting_hash (const void *key) {
  const Waiting *waiting = key;
  return g_str_hash (waiting->receipt.number) ^ g_int64_hash (&waiting->receipt.site_id) ^
         g_str_hash (waiting->receipt.till) * 31u ^ (unsigned) waiting->receipt.said_day * 40503u;
}

static gboolean
waiting_equal (const void *a, const void *b) {
  const RaiReceipt *one = &((const Waiting *) a)->receipt, *other = &((const Waiting *) b)->receipt;
  return one->site_id == other->site_id && one->said_day == other->said_day &&
         g_str_equal (one->number, other->number) && g_str_equal (one->till, other->till);
}

static void
waiting_free (void *data) {
  Waiting *waiting = data;
  g_free ((char *) waiting->receipt.number);
  g_free ((char *) waiting->receipt.till);
  g_free (waiting->digest);
  if (waiting->body != NULL)
    g_string_free (waiting->body, TRUE);
  g_free (waiting);
}

RaiImportAside *
rai_import_aside_new (RaiDb *db, int64_t account_id, int64_t now, GError **error) {
  const RaiStep step = rai_db_row (db, error, "SELECT 1 FROM sale_aside LIMIT 1", "");
  if (step == RAI_STEP_FAILED)
    return NULL;

  RaiImportAside *self = g_new0 (RaiImportAside, 1);
  self->db = db;
  self->account_id = account_id;
  self->now = now;
  self->some_stored = step == RAI_STEP_ROW;
  self->waiting = g_hash_table_new_full (waiting_hash, waiting_equal, waiting_free, NULL);
  self->dirty = g_ptr_array_new ();

  return self;
}

void
rai_import_aside_free (RaiImportAside *self) {
  if (self == NULL)
    return;
  g_ptr_array_unref (self->dirty);
  g_hash_table_unref (self->waiting);
  g_free (self);
}

unsigned
rai_import_aside_n_receipts (const RaiImportAside *self) {
  return (unsigned) self->n_receipts;
}

int
rai_import_aside_take_known (RaiImportAside *self) {
  const int known = self->n_known;
  self->n_known = 0;
  return known;
}

/* The bound of an argument of sales.record, which takes the receipt when its time is known. */
static int64_t
longest (const char *name) {
  for (const RaiArgument *each = rai_command_sales_record.arguments; each->name != NULL; each++)
    if (g_str_equal (each->name, name))
      return (int64_t) each->maximum;
  g_assert_not_reached ();
}

/* ---- Receipts of this file ---- */

static void
append_number (GString *json, const char *name, int64_t number) {
  rai_json_append_name (json, name);
  rai_json_append_int (json, number);
}

/* In the order of sales.record's arguments, so that a till's own is the same. */
static void
begin_body (Waiting *waiting) {
  const RaiReceipt *receipt = &waiting->receipt;
  char day[11];

  waiting->body = g_string_new ("{");
  append_number (waiting->body, "site", receipt->site_id);
  rai_json_append_name (waiting->body, "receipt");
  rai_json_append_string (waiting->body, receipt->number);
  if (*receipt->till != '\0') {
    rai_json_append_name (waiting->body, "till");
    rai_json_append_string (waiting->body, receipt->till);
  }
  append_number (waiting->body, "sold_at", receipt->sold_at);
  if (receipt->said_day != 0) {
    rai_json_append_name (waiting->body, "day");
    rai_json_append_string (waiting->body, rai_day_format (receipt->said_day, day));
  }
  rai_json_append_name (waiting->body, "lines");
  g_string_append_c (waiting->body, '[');
}

/* A receipt whose lines do not stand together in the file goes on where a commit has ended it. */
static bool
open_body (RaiImportAside *self, Waiting *waiting, GError **error) {
  g_autofree char *body = NULL;
  g_auto (RaiAsideFound) found = { 0 };
  if (waiting->body != NULL)
    return true;

  g_ptr_array_add (self->dirty, waiting);
  if (waiting->ours && !rai_aside_take (self->db, waiting->receipt.site_id, waiting->receipt.number,
                                        waiting->digest, &body, error))
    return false;
  if (waiting->digest != NULL && !waiting->ours) {
    if (!rai_aside_find (self->db, &waiting->receipt, waiting->digest, &found, error))
      return false;
    body = g_strdup (found.body);
  }

  if (body == NULL)
    begin_body (waiting);
  else
    waiting->body = g_string_new_len (body, (ssize_t) (strlen (body) - strlen (BODY_END)));
  self->n_receipts -= waiting->ours;
  waiting->ours = false;

  return true;
}

static RaiImportAsideResult
append (RaiImportAside *self, Waiting *waiting, const RaiSalesLine *line, GError **error) {
  if (waiting->n_lines >= longest ("lines") ||
      g_utf8_strlen (waiting->receipt.number, -1) > longest ("receipt"))
    return RAI_IMPORT_ASIDE_TOO_LONG;
  if (!open_body (self, waiting, error))
    return RAI_IMPORT_ASIDE_FAILED;

  g_string_append (waiting->body, g_str_has_suffix (waiting->body->str, "[") ? "{" : ",{");
  append_number (waiting->body, "item", line->item_id);
  append_number (waiting->body, "quantity", line->quantity);
  append_number (waiting->body, "amount", line->amount);
  g_string_append_c (waiting->body, '}');

  waiting->n_lines++;
  return RAI_IMPORT_ASIDE_ADDED;
}

/* Whether the whole was there before is known only now: the lines that were told to be set aside
 * are told again. */
static bool
write (RaiImportAside *self, Waiting *waiting, GError **error) {
  const RaiAside row = {
    .receipt = &waiting->receipt,
    .reason = waiting->reason,
    .body = waiting->body->str,
    .received_at = self->now,
    .account_id = self->account_id,
  };

  RaiAsideState state;
  if (!rai_aside_add (self->db, &row, &state, error))
    return false;

  g_free (waiting->digest);
  waiting->digest = rai_aside_digest (waiting->body->str);
  waiting->ours = state == RAI_ASIDE_ADDED;
  self->n_receipts += waiting->ours;

  const unsigned known = waiting->ours ? 0 : waiting->n_lines;
  self->n_known += (int) known - (int) waiting->n_known;
  waiting->n_known = known;
  return true;
}

/* One that is recorded, with the lines of one that waits, was that one. */
static bool
release (RaiImportAside *self, Waiting *waiting, GError **error) {
  g_autofree char *lines = rai_aside_lines (waiting->body->str);
  RaiAsideState state;
  return rai_aside_meet (self->db, &waiting->receipt, lines, &state, error);
}

bool
rai_import_aside_flush (RaiImportAside *self, GError **error) {
  for (unsigned i = 0; i < self->dirty->len; i++) {
    Waiting *waiting = self->dirty->pdata[i];
    g_string_append (waiting->body, BODY_END);
    const bool done = waiting->reason == RAI_ASIDE_NONE ? release (self, waiting, error)
                                                        : write (self, waiting, error);
    g_string_free (g_steal_pointer (&waiting->body), TRUE);
    if (!done)
      return false;
  }

  g_ptr_array_set_size (self->dirty, 0);
  return true;
}

/* ---- Lines ---- */

static Waiting *
add (RaiImportAside *self, const Waiting *key) {
  Waiting *fresh = g_memdup2 (key, sizeof *key);
  fresh->receipt.number = g_strdup (key->receipt.number);
  fresh->receipt.till = g_strdup (key->receipt.till);
  g_hash_table_add (self->waiting, fresh);
  return fresh;
}

/* A receipt whose time can be meant is watched when its like waits: *waiting is NULL when none
 * does. */
static bool
watch (RaiImportAside *self, const Waiting *key, Waiting **waiting, GError **error) {
  g_auto (RaiAsideFound) found = { 0 };
  if (!self->some_stored)
    return true;

  /* What day it said was as wrong as its time. */
  RaiReceipt like = key->receipt;
  like.said_day = 0;
  if (!rai_aside_find (self->db, &like, NULL, &found, error))
    return false;
  if (found.n > 0)
    *waiting = add (self, key);
  return true;
}

RaiImportAsideResult
rai_import_aside_line (RaiImportAside *self, const RaiReceipt *receipt, RaiAsideReason reason,
                       const RaiSalesLine *line, GError **error) {
  Waiting key = { .receipt = *receipt, .reason = reason };
  key.receipt.till = rai_receipt_till (receipt);
  Waiting *waiting =
      g_hash_table_size (self->waiting) > 0 ? g_hash_table_lookup (self->waiting, &key) : NULL;

  if (waiting == NULL && key.reason != RAI_ASIDE_NONE)
    waiting = add (self, &key);
  if (waiting == NULL && !watch (self, &key, &waiting, error))
    return RAI_IMPORT_ASIDE_FAILED;
  if (waiting == NULL)
    return RAI_IMPORT_ASIDE_NOT;

  const RaiImportAsideResult result = append (self, waiting, line, error);
  return waiting->reason == RAI_ASIDE_NONE && result != RAI_IMPORT_ASIDE_FAILED
             ? RAI_IMPORT_ASIDE_NOT
             : result;
}
