/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sales-counts.h"

#include "db/rai-db-run.h"
#include "db/rai-stock.h"

/* Counts of an item that are read at once. */
#define COUNTS_AT_ONCE 64

struct _RaiSalesCounts {
  RaiDb *db;
  GHashTable *spans;    /* Span -> itself: what was asked of the ledger in this flush */
  int64_t counted_site; /* the site whose newest count is known */
  int64_t newest_count; /* ms UTC; INT64_MIN: it has none */
};

/* A count, and what sales that are new were sold before it, and behind the one before: it found
 * that gone already. */
typedef struct {
  char id[RAI_UUID_SIZE];
  int64_t at;
  int64_t taken_in;
} Count;

/* An item's counts from one moment up to another. */
typedef struct {
  int64_t site_id;
  int64_t item_id;
  int64_t from, until; /* both included; INT64_MAX: all that there are behind `from` */
  GArray *counts;      /* Count by time and id */
} Span;

static unsigned
span_hash (const void *data) {
  const Span *span = data;
  return (unsigned) span->site_id * 2654435761u ^ (unsigned) span->item_id;
}

static gboolean
span_equal (const void *a, const void *b) {
  const Span *x = a, *y = b;
  return x->site_id == y->site_id && x->item_id == y->item_id;
}

static void
span_free (void *data) {
  Span *span = data;
  g_array_unref (span->counts);
  g_free (span);
}

RaiSalesCounts *
rai_sales_counts_new (RaiDb *db) {
  RaiSalesCounts *self = g_new0 (RaiSalesCounts, 1);
  self->db = db;
  self->spans = g_hash_table_new_full (span_hash, span_equal, span_free, NULL);
  return self;
}

void
rai_sales_counts_free (RaiSalesCounts *self) {
  if (self == NULL)
    return;
  g_hash_table_unref (self->spans);
  g_free (self);
}

void
rai_sales_counts_clear (RaiSalesCounts *self) {
  g_hash_table_remove_all (self->spans);
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

static bool
add_count (RaiStatement *row, void *data, GError **error) {
  Count count = { .at = rai_statement_int (row, 0) };
  g_strlcpy (count.id, rai_statement_text (row, 1), sizeof count.id);
  g_array_append_val ((GArray *) data, count);
  return true;
}

/* At most so many of [from, end), behind those that are there. */
static bool
read_counts (RaiSalesCounts *self, const Span *span, GArray *counts, int64_t from, int64_t end,
             int64_t most, GError **error) {
  return rai_db_each (self->db, add_count, counts, error,
                      "SELECT at, id FROM movement WHERE site_id = ?1 AND item_id = ?2"
                      " AND at >= ?3 AND at < ?4 AND counted IS NOT NULL ORDER BY at, id LIMIT ?5",
                      "iiiii", span->site_id, span->item_id, from, end, most);
}

static bool
read_before (RaiSalesCounts *self, Span *span, int64_t sold_at, GError **error) {
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (Count));
  if (!read_counts (self, span, counts, sold_at, span->from, INT64_MAX, error))
    return false;
  g_array_prepend_vals (span->counts, counts->data, counts->len);
  span->from = sold_at;
  return true;
}

/* Of those of one moment only the first matters: a sale at that moment was before it. */
static bool
read_behind (RaiSalesCounts *self, Span *span, int64_t sold_at, GError **error) {
  while (span->until < sold_at) {
    const unsigned n = span->counts->len;
    if (!read_counts (self, span, span->counts, span->until + 1, INT64_MAX, COUNTS_AT_ONCE, error))
      return false;
    span->until = span->counts->len < n + COUNTS_AT_ONCE
                      ? INT64_MAX
                      : g_array_index (span->counts, Count, span->counts->len - 1).at;
  }
  return true;
}

static Span *
find_span (RaiSalesCounts *self, int64_t site_id, int64_t item_id, int64_t sold_at,
           GError **error) {
  const Span key = { .site_id = site_id, .item_id = item_id };
  Span *span = g_hash_table_lookup (self->spans, &key);
  if (span == NULL) {
    span = g_memdup2 (&key, sizeof key);
    span->from = sold_at;
    span->until = sold_at - 1;
    span->counts = g_array_new (FALSE, FALSE, sizeof (Count));
    g_hash_table_add (self->spans, span);
  }

  const bool read = sold_at < span->from ? read_before (self, span, sold_at, error)
                                         : read_behind (self, span, sold_at, error);
  return read ? span : NULL;
}

/* The first at that moment or behind it; NULL: there is none. */
static Count *
find_count (const Span *span, int64_t sold_at) {
  unsigned low = 0, high = span->counts->len;
  while (low < high) {
    const unsigned middle = low + (high - low) / 2;
    if (g_array_index (span->counts, Count, middle).at < sold_at)
      low = middle + 1;
    else
      high = middle;
  }
  return low < span->counts->len ? &g_array_index (span->counts, Count, low) : NULL;
}

bool
rai_sales_counts_note (RaiSalesCounts *self, int64_t site_id, int64_t item_id, int64_t sold_at,
                       int64_t quantity, GError **error) {
  if (!read_newest_count (self, site_id, error))
    return false;
  if (sold_at > self->newest_count)
    return true;

  const Span *span = find_span (self, site_id, item_id, sold_at, error);
  if (span == NULL)
    return false;
  Count *count = find_count (span, sold_at);
  if (count != NULL)
    count->taken_in += quantity;
  return true;
}

static bool
write_span (RaiSalesCounts *self, const Span *span, int64_t rev, GError **error) {
  int64_t taken_in = 0;
  for (unsigned i = 0; i < span->counts->len; i++) {
    const Count *count = &g_array_index (span->counts, Count, i);
    taken_in += count->taken_in;
    if (count->taken_in != 0 &&
        !rai_stock_absorb (self->db, count->id, count->taken_in, rev, error))
      return false;
  }

  return taken_in == 0 || rai_db_run (self->db, error,
                                      "UPDATE stock SET on_hand = on_hand + ?3, rev = ?4"
                                      " WHERE site_id = ?1 AND item_id = ?2",
                                      "iiii", span->site_id, span->item_id, taken_in, rev);
}

bool
rai_sales_counts_write (RaiSalesCounts *self, GError **error) {
  GHashTableIter each;
  void *span;
  int64_t rev = 0;
  if (g_hash_table_size (self->spans) > 0 && !rai_db_revision (self->db, &rev, error))
    return false;

  g_hash_table_iter_init (&each, self->spans);
  while (g_hash_table_iter_next (&each, &span, NULL))
    if (!write_span (self, span, rev, error))
      return false;
  return true;
}
