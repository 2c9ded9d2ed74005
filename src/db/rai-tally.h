/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/rai-day.h"

#include <stddef.h>

/* Sums by (site, node, day) in memory: a hash table that is emptied in key order. node is an item,
 * a department or
 * 0. */
typedef struct _RaiTally RaiTally;

typedef struct {
  int64_t site_id;
  int64_t node_id;
  RaiDay day;
  int out_of_stock; /* thousandths of the day, to add; may be negative */
  int64_t quantity;
  int64_t revenue;
  int64_t cost;
  int64_t receipts;
  int64_t from;  /* ms UTC, the earliest moment of what was added; 0: none */
  bool returned; /* some of it came back */
} RaiTallyRow;

RaiTally *rai_tally_new (void);
void rai_tally_free (RaiTally *tally);
/* The row of a key, made with zeroes when new. Valid until the next call. */
RaiTallyRow *rai_tally_row (RaiTally *tally, int64_t site_id, int64_t node_id, RaiDay day);
/* The row of a key; NULL: none was made. */
const RaiTallyRow *
rai_tally_find (const RaiTally *tally, int64_t site_id, int64_t node_id, RaiDay day);
/* All rows in the order of their keys; after this only rai_tally_clear may follow. */
const RaiTallyRow *rai_tally_sort (RaiTally *tally, size_t *n_rows);
void rai_tally_clear (RaiTally *tally);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiTally, rai_tally_free)
