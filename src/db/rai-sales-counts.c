/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sales-counts.h"

#include "db/rai-db-run.h"
#include "db/rai-stock.h"

struct _RaiSalesCounts {
  RaiDb *db;
  GHashTable *spans;    /* CountSpan -> itself: what was asked of the ledger in this flush */
  GHashTable *taken_in; /* id of a count -> TakenIn */
  int64_t counted_site; /* the site whose newest count is known */
  int64_t newest_count; /* ms UTC; INT64_MIN: it has none */
};

/* All sales of an item from one moment up to another were before the same count, or before none. */
typedef struct {
  int64_t site_id;
  int64_t item_id;
  int64_t from;
  RaiStockCount count;
} CountSpan;

/* What sales that are new were sold before a count that is there: it found it gone already. */
typedef struct {
  int64_t site_id;
  int64_t item_id;
  int64_t quantity;
} TakenIn;

static unsigned
span_hash (const void *data) {
  const CountSpan *span = data;
  return (unsigned) span->site_id * 2654435761u ^ (unsigned) span->item_id;
}

static gboolean
span_equal (const void *a, const void *b) {
  const CountSpan *x = a, *y = b;
  return x->site_id == y->site_id && x->item_id == y->item_id;
}

RaiSalesCounts *
rai_sales_counts_new (RaiDb *db) {
  RaiSalesCounts *self = g_new0 (RaiSalesCounts, 1);
  self->db = db;
  self->spans = g_hash_table_new_full (span_hash, span_equal, g_free, NULL);
  self->taken_in = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
rai_sales_counts_free (RaiSalesCounts *self) {
  if (self == NULL)
    return;
  g_hash_table_unref (self->spans);
  g_hash_table_unref (self->taken_in);
  g_free (self);
}

void
rai_sales_counts_clear (RaiSalesCounts *self) {
  g_hash_table_remove_all (self->spans);
  g_hash_table_remove_all (self->taken_in);
  self->counted_site = 0;
}

static bool
read_newest_count (RaiSalesCounts *self, int64_t site_id, GError **error) {
  if (self->counted_site == site_id)
    return true;
  self->newest_count = INT64_MIN;
  self->counted_site = site_id;
  return rai_db_row (self->db, error,
                     "SELECT max(at) FROM movement WHERE site_id = ?1 AND counted IS NOT NULL",
                     "i>i", site_id, &self->newest_count) != RAI_STEP_FAILED;
}

bool
rai_sales_counts_note (RaiSalesCounts *self, int64_t site_id, int64_t item_id, int64_t sold_at,
                       int64_t quantity, GError **error) {
  if (!read_newest_count (self, site_id, error))
    return false;
  if (sold_at > self->newest_count)
    return true;

  const CountSpan key = { .site_id = site_id, .item_id = item_id };
  CountSpan *span = g_hash_table_lookup (self->spans, &key);
  if (span == NULL) {
    span = g_memdup2 (&key, sizeof key);
    span->from = INT64_MAX;
    g_hash_table_add (self->spans, span);
  }

  const bool ends = *span->count.id != '\0' && sold_at > span->count.at;
  if (sold_at < span->from || ends) {
    span->from = sold_at;
    if (!rai_stock_next_count (self->db, site_id, item_id, sold_at, NULL, &span->count, error))
      return false;
  }
  if (*span->count.id == '\0')
    return true;

  TakenIn *taken = g_hash_table_lookup (self->taken_in, span->count.id);
  if (taken == NULL) {
    taken = g_new0 (TakenIn, 1);
    taken->site_id = site_id;
    taken->item_id = item_id;
    g_hash_table_insert (self->taken_in, g_strdup (span->count.id), taken);
  }
  taken->quantity += quantity;
  return true;
}

bool
rai_sales_counts_write (RaiSalesCounts *self, GError **error) {
  GHashTableIter each;
  void *id, *value;
  int64_t rev = 0;
  if (g_hash_table_size (self->taken_in) > 0 && !rai_db_revision (self->db, &rev, error))
    return false;

  g_hash_table_iter_init (&each, self->taken_in);
  while (g_hash_table_iter_next (&each, &id, &value)) {
    const TakenIn *taken = value;
    if (!rai_stock_absorb (self->db, id, taken->quantity, rev, error) ||
        !rai_db_run (self->db, error,
                     "UPDATE stock SET on_hand = on_hand + ?3, rev = ?4"
                     " WHERE site_id = ?1 AND item_id = ?2",
                     "iiii", taken->site_id, taken->item_id, taken->quantity, rev))
      return false;
  }
  return true;
}
