/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-sales.h"

/* A shop in Berlin (site 1, open from 8:00 to 20:00) and what happens to the stock of its items: a
 * list of events, told to a database in any order. Errors end the test. */
typedef enum {
  RAI_TEST_SALE,
  RAI_TEST_RETURN,
  RAI_TEST_VOID, /* of a sale or a return */
  RAI_TEST_RECEIVE,
  RAI_TEST_COUNT,
  RAI_TEST_RECOUNT, /* what a count found was put right */
  RAI_TEST_WASTE,
} RaiTestEventKind;

typedef struct {
  RaiTestEventKind kind;
  int64_t item_id;
  int64_t at;       /* ms UTC */
  int64_t quantity; /* thousandths; what was sold, came, was found, was thrown away */
  unsigned number;  /* its own: of its receipt, in its id */
  unsigned of;      /* of what is taken back or put right: told before; 0: nothing */
  int late;         /* days by which the business day is before that of the clock */
} RaiTestEvent;

#define RAI_TEST_LEDGER_DAY 20500

typedef struct {
  GTimeZone *zone;
  GArray *events; /* RaiTestEvent */
  int n_items;    /* that live */
  unsigned quiet; /* one day in so many has something of an item; 0: each */
} RaiTestLedger;

void rai_test_ledger_init (RaiTestLedger *ledger);
void rai_test_ledger_clear (RaiTestLedger *ledger);
/* day: from RAI_TEST_LEDGER_DAY on; pieces: whole. */
void rai_test_ledger_add (RaiTestLedger *ledger, RaiTestEventKind kind, int64_t item_id, int day,
                          int hour, int minute, int pieces);
/* The site and items 1 to n_items in a fresh database, without stock. */
void rai_test_ledger_open (RaiDb *db, int n_items);
/* Events [first, n), each in a transaction of its own, or sales of up to `together` in one. */
void
rai_test_ledger_tell (const RaiTestLedger *ledger, RaiDb *db, unsigned first, unsigned together);
/* The shares that the database holds, "item/day:share ..."; owned by the caller. */
char *rai_test_ledger_shares (RaiDb *db);
/* What they should be, reckoned from all events by themselves. */
char *rai_test_ledger_expected (const RaiTestLedger *ledger);
/* A shop that lives for that many days: of each five items 1 and 2 with good books that run out, 3
 * with books that miss a delivery, 4 with things stolen, 5 without kept stock. Some of what was
 * sold comes back, receipts are taken back, counts are put right. In the order of time. */
void rai_test_ledger_live (RaiTestLedger *ledger, uint64_t seed, int n_items, int n_days);
/* What is taken back or put right stays behind what it is about. */
void rai_test_ledger_shuffle (RaiTestLedger *ledger, uint64_t seed);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiTestLedger, rai_test_ledger_clear)
