/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-rows.h"
#include "util/rai-day.h"

#include <glib.h>

/* What moved an item's stock, as a bank tells of an account: movements and what each day sold in
 * one list, newest first, with what was on hand after each. It is reckoned backwards from what is
 * on hand, so a balance is right although a computer holds only the last weeks. */
typedef struct {
  RaiDay day;
  int movement;     /* row of the movements; -1: what was sold */
  int64_t quantity; /* thousandths, signed */
  int64_t balance;  /* on hand after it */
} RaiLedgerLine;

/* movements: answer of the query `movements` for the item, newest first, at least `most` of them
 * when there are more; days: of `item-days`. A day's sales stand after its other movements; those
 * before a count of the same day, which are known from what it found, before it. Where stock is
 * kept from a count on the list ends. Array of RaiLedgerLine, at most `most`; free with
 * g_array_unref. */
GArray *
rai_ledger_lines (const RaiRows *movements, const RaiRows *days, int64_t on_hand, size_t most);
