/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-tally.h"

#include <stdlib.h>
#include <string.h>

/* Rows stand in one array in the order of their arrival; slots hold their position + 1, by open
 * addressing. At most half of the slots are taken. */
struct _RaiTally {
  RaiTallyRow *rows;
  size_t n_rows;
  size_t room;
  uint32_t *slots;
  size_t n_slots; /* a power of two */
};

#define FIRST_SLOTS 1024

RaiTally *
rai_tally_new (void) {
  RaiTally *tally = g_new0 (RaiTally, 1);
  tally->n_slots = FIRST_SLOTS;
  tally->slots = g_new0 (uint32_t, tally->n_slots);
  tally->room = FIRST_SLOTS / 2;
  tally->rows = g_new (RaiTallyRow, tally->room);
  return tally;
}

void
rai_tally_free (RaiTally *tally) {
  if (tally == NULL)
    return;
  g_free (tally->rows);
  g_free (tally->slots);
  g_free (tally);
}

static size_t
hash (int64_t site_id, int64_t node_id, RaiDay day) {
  uint64_t key = (uint64_t) node_id * UINT64_C (0x9e3779b97f4a7c15);
  key ^= ((uint64_t) site_id << 32) + (uint64_t) (uint32_t) day;
  key *= UINT64_C (0xbf58476d1ce4e5b9);
  return (size_t) (key ^ key >> 29);
}

static void
grow (RaiTally *tally) {
  tally->room *= 2;
  tally->rows = g_renew (RaiTallyRow, tally->rows, tally->room);
  g_free (tally->slots);
  tally->n_slots = tally->room * 2;
  tally->slots = g_new0 (uint32_t, tally->n_slots);

  for (size_t i = 0; i < tally->n_rows; i++) {
    const RaiTallyRow *row = &tally->rows[i];
    size_t slot = hash (row->site_id, row->node_id, row->day) & (tally->n_slots - 1);
    while (tally->slots[slot])
      slot = (slot + 1) & (tally->n_slots - 1);
    tally->slots[slot] = (uint32_t) i + 1;
  }
}

/* The slot that holds the key, or would. */
static size_t
find_slot (const RaiTally *tally, int64_t site_id, int64_t node_id, RaiDay day) {
  size_t slot = hash (site_id, node_id, day) & (tally->n_slots - 1);
  for (; tally->slots[slot]; slot = (slot + 1) & (tally->n_slots - 1)) {
    const RaiTallyRow *row = &tally->rows[tally->slots[slot] - 1];
    if (row->node_id == node_id && row->day == day && row->site_id == site_id)
      break;
  }
  return slot;
}

const RaiTallyRow *
rai_tally_find (const RaiTally *tally, int64_t site_id, int64_t node_id, RaiDay day) {
  const uint32_t at = tally->slots[find_slot (tally, site_id, node_id, day)];
  return at != 0 ? &tally->rows[at - 1] : NULL;
}

RaiTallyRow *
rai_tally_row (RaiTally *tally, int64_t site_id, int64_t node_id, RaiDay day) {
  if (tally->n_rows == tally->room)
    grow (tally);

  const size_t slot = find_slot (tally, site_id, node_id, day);
  if (tally->slots[slot] != 0)
    return &tally->rows[tally->slots[slot] - 1];

  RaiTallyRow *row = &tally->rows[tally->n_rows++];
  memset (row, 0, sizeof *row);
  row->site_id = site_id;
  row->node_id = node_id;
  row->day = day;
  tally->slots[slot] = (uint32_t) tally->n_rows;

  return row;
}

static int
compare (const void *a, const void *b) {
  const RaiTallyRow *x = a;
  const RaiTallyRow *y = b;
  if (x->site_id != y->site_id)
    return x->site_id < y->site_id ? -1 : 1;
  if (x->node_id != y->node_id)
    return x->node_id < y->node_id ? -1 : 1;
  return (x->day > y->day) - (x->day < y->day);
}

const RaiTallyRow *
rai_tally_sort (RaiTally *tally, size_t *n_rows) {
  qsort (tally->rows, tally->n_rows, sizeof *tally->rows, compare);
  *n_rows = tally->n_rows;
  return tally->rows;
}

void
rai_tally_clear (RaiTally *tally) {
  tally->n_rows = 0;
  memset (tally->slots, 0, tally->n_slots * sizeof *tally->slots);
}
