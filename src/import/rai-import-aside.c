/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-aside.h"

#include "command/rai-arguments.h"
#include "command/rai-commands.h"
#include "db/rai-aside.h"
#include "db/rai-db-run.h"
#include "proto/rai-json.h"

#include <string.h>

/* How the body of a receipt ends: its list of lines is its last member. */
#define BODY_END "]}"

typedef struct {
  int64_t site_id;
  char *number;
  RaiAsideReason reason;
  int64_t sold_at; /* of its first line */
  unsigned n_lines;
  GString *body;        /* up to its last line; NULL: it is written, and was not met since */
  RaiArguments *stored; /* it waited before this file: only compared */
  bool written;
} Waiting;

struct _RaiImportAside {
  RaiDb *db;
  int64_t account_id;
  int64_t now;
  GHashTable *waiting; /* Waiting, by site and number */
  GPtrArray *dirty;    /* of them, with lines that are not written */
  bool some_stored;    /* receipts waited before this file came */
  int64_t last_site;   /* of the last line that was not set aside */
  char *last_number;
  unsigned n_receipts;
};

static unsigned
waiting_hash (const void *key) {
  const Waiting *waiting = key;
  return g_str_hash (waiting->number) ^ g_int64_hash (&waiting->site_id);
}

static gboolean
waiting_equal (const void *a, const void *b) {
  const Waiting *one = a, *other = b;
  return one->site_id == other->site_id && g_str_equal (one->number, other->number);
}

static void
waiting_free (void *data) {
  Waiting *waiting = data;
  g_free (waiting->number);
  g_clear_pointer (&waiting->stored, rai_arguments_free);
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
  g_free (self->last_number);
  g_free (self);
}

unsigned
rai_import_aside_n_receipts (const RaiImportAside *self) {
  return self->n_receipts;
}

/* The bound of an argument of sales.record, which takes the receipt when its time is known. */
static int64_t
longest (const char *name) {
  for (const RaiArgument *each = rai_command_sales_record.arguments; each->name != NULL; each++)
    if (g_str_equal (each->name, name))
      return (int64_t) each->maximum;
  g_assert_not_reached ();
}

/* ---- Receipts that waited before the file ---- */

static bool
read_stored (RaiImportAside *self, Waiting *waiting, GError **error) {
  g_autofree char *body = NULL;
  if (rai_db_row (self->db, error, "SELECT body FROM sale_aside WHERE site_id = ?1 AND number = ?2",
                  "it>t", waiting->site_id, waiting->number, &body) == RAI_STEP_FAILED)
    return false;
  if (body == NULL)
    return true;

  waiting->stored = rai_arguments_parse (rai_command_sales_record.arguments, body, error);
  return waiting->stored != NULL;
}

static RaiImportAsideResult
compare (Waiting *waiting, const RaiSalesLine *line) {
  const unsigned position = waiting->n_lines++;
  if (position >= rai_arguments_list_length (waiting->stored, "lines"))
    return RAI_IMPORT_ASIDE_DIFFERENT;

  const RaiArguments *stored = rai_arguments_list_at (waiting->stored, "lines", position);
  const bool same = rai_arguments_int (stored, "item") == line->item_id &&
                    rai_arguments_int (stored, "quantity") == line->quantity &&
                    rai_arguments_int (stored, "amount") == line->amount;
  return same ? RAI_IMPORT_ASIDE_UNCHANGED : RAI_IMPORT_ASIDE_DIFFERENT;
}

/* ---- Receipts of this file ---- */

static void
append_number (GString *json, const char *name, int64_t number) {
  rai_json_append_name (json, name);
  rai_json_append_int (json, number);
}

static void
begin_body (Waiting *waiting) {
  waiting->body = g_string_new ("{");
  append_number (waiting->body, "site", waiting->site_id);
  rai_json_append_name (waiting->body, "receipt");
  rai_json_append_string (waiting->body, waiting->number);
  append_number (waiting->body, "sold_at", waiting->sold_at);
  rai_json_append_name (waiting->body, "lines");
  g_string_append_c (waiting->body, '[');
}

/* A receipt whose lines do not stand together in the file goes on where a commit has ended it. */
static bool
open_body (RaiImportAside *self, Waiting *waiting, GError **error) {
  if (waiting->body != NULL)
    return true;

  g_ptr_array_add (self->dirty, waiting);
  if (!waiting->written) {
    begin_body (waiting);
    return true;
  }

  g_autofree char *body = NULL;
  if (!rai_aside_take (self->db, waiting->site_id, waiting->number, &body, error))
    return false;
  g_return_val_if_fail (body != NULL && g_str_has_suffix (body, BODY_END), false);
  waiting->body = g_string_new_len (body, (ssize_t) (strlen (body) - strlen (BODY_END)));

  return true;
}

static RaiImportAsideResult
append (RaiImportAside *self, Waiting *waiting, const RaiSalesLine *line, GError **error) {
  if (waiting->n_lines >= longest ("lines") ||
      g_utf8_strlen (waiting->number, -1) > longest ("receipt"))
    return RAI_IMPORT_ASIDE_TOO_LONG;
  if (!open_body (self, waiting, error))
    return RAI_IMPORT_ASIDE_FAILED;

  g_string_append (waiting->body, waiting->n_lines > 0 ? ",{" : "{");
  append_number (waiting->body, "item", line->item_id);
  append_number (waiting->body, "quantity", line->quantity);
  append_number (waiting->body, "amount", line->amount);
  g_string_append_c (waiting->body, '}');

  if (waiting->n_lines++ == 0)
    self->n_receipts++;
  return RAI_IMPORT_ASIDE_ADDED;
}

static bool
write (RaiImportAside *self, Waiting *waiting, GError **error) {
  g_string_append (waiting->body, BODY_END);
  const RaiAside row = {
    .site_id = waiting->site_id,
    .number = waiting->number,
    .reason = waiting->reason,
    .sold_at = waiting->sold_at,
    .body = waiting->body->str,
    .received_at = self->now,
    .account_id = self->account_id,
  };

  bool added;
  const bool done = rai_aside_add (self->db, &row, &added, error);
  g_string_free (g_steal_pointer (&waiting->body), TRUE);
  waiting->written = true;

  return done;
}

bool
rai_import_aside_flush (RaiImportAside *self, GError **error) {
  for (unsigned i = 0; i < self->dirty->len; i++)
    if (!write (self, self->dirty->pdata[i], error))
      return false;

  g_ptr_array_set_size (self->dirty, 0);
  return true;
}

/* ---- Lines ---- */

/* *waiting is NULL when the receipt is recorded: then there is nothing to wait for. */
static bool
find (RaiImportAside *self, RaiSales *sales, const Waiting *key, Waiting **waiting,
      GError **error) {
  bool recorded = false;
  *waiting = g_hash_table_lookup (self->waiting, key);
  if (*waiting != NULL)
    return true;
  if (!rai_sales_has_receipt (sales, key->site_id, key->number, &recorded, error) || recorded)
    return recorded;

  Waiting *fresh = g_memdup2 (key, sizeof *key);
  fresh->number = g_strdup (key->number);
  if (self->some_stored && !read_stored (self, fresh, error)) {
    waiting_free (fresh);
    return false;
  }

  g_hash_table_add (self->waiting, fresh);
  *waiting = fresh;
  return true;
}

/* What waited for its time has got it. Once a receipt is enough. */
static bool
release (RaiImportAside *self, int64_t site_id, const char *number, GError **error) {
  g_autofree char *body = NULL;
  if (!self->some_stored ||
      (site_id == self->last_site && g_strcmp0 (number, self->last_number) == 0))
    return true;

  self->last_site = site_id;
  g_free (self->last_number);
  self->last_number = g_strdup (number);

  return rai_aside_take (self->db, site_id, number, &body, error);
}

RaiImportAsideResult
rai_import_aside_line (RaiImportAside *self, RaiSales *sales, int64_t site_id, const char *number,
                       int64_t *sold_at, const RaiSalesLine *line, GError **error) {
  const int64_t told = *sold_at;
  const Waiting key = { .site_id = site_id,
                        .number = (char *) number,
                        .reason = rai_aside_judge (sold_at, self->now),
                        .sold_at = told };
  Waiting *waiting = NULL;

  if (key.reason != RAI_ASIDE_NONE) {
    if (!find (self, sales, &key, &waiting, error))
      return RAI_IMPORT_ASIDE_FAILED;
  } else if (g_hash_table_size (self->waiting) > 0) {
    waiting = g_hash_table_lookup (self->waiting, &key);
  }

  if (waiting != NULL)
    return waiting->stored != NULL ? compare (waiting, line) : append (self, waiting, line, error);
  return release (self, site_id, number, error) ? RAI_IMPORT_ASIDE_NOT : RAI_IMPORT_ASIDE_FAILED;
}
