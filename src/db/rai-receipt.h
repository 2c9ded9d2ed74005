/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "util/rai-day.h"

/* What a receipt is known by: its store, till, business day and number, for there are tills that
 * begin their numbers anew each day. Till and day are what the sender said; who says neither is
 * known by store and number alone, whatever day it counts under. On the connection's thread.
 *
 * Senders change: a till is upgraded, a file has fewer columns. Two receipts of one number of which
 * one says less are the same when neither contradicts the other (no two tills, no two days) and
 * their times agree. Times agree when they are equal as finely as the coarser of the two was told
 * (milliseconds, seconds, minutes), or when one is noon, which files without times of day have, and
 * both count under the same day. Then lines have their say:
 *  - of receipts of the very same moment (other than a whole minute, which files tell), and of one
 *    whose sender says nothing, other lines are a conflict, as under one key;
 *  - else other lines are another receipt: two tills may sell their 17 in the same minute.
 * What is found to be the same learns till and day from the one that says more, so that the next of
 * its number from elsewhere is another. */
typedef struct {
  int64_t site_id;
  const char *number;
  const char *till; /* "" or NULL: not said */
  RaiDay said_day;  /* the business day; 0: not said */
  int64_t sold_at;  /* ms UTC */
  RaiDay day;       /* that it counts under */
  int n_lines;      /* 0: not known yet */
} RaiReceipt;

typedef struct {
  int64_t item_id;
  int64_t quantity; /* thousandths, negative: returned */
  int64_t amount;   /* money for the whole line */
} RaiSalesLine;

/* Longest number and till, in characters. */
#define RAI_RECEIPT_NUMBER_MAX 100
#define RAI_TILL_MAX 100
/* The second of the day that receipts of files without times of day stand at. */
#define RAI_RECEIPT_NOON (12 * 3600)

typedef enum {
  RAI_RECEIPT_NEW,   /* the database has no such receipt */
  RAI_RECEIPT_KNOWN, /* it has it, under the same key */
  RAI_RECEIPT_SAME,  /* under another key: other lines are a conflict */
  RAI_RECEIPT_ALIKE, /* under another key: the same as long as its lines are */
} RaiReceiptMatch;

typedef struct {
  RaiReceiptMatch match;
  int64_t id;  /* unless NEW */
  int n_lines; /* of it, without those that undo them */
} RaiReceiptFound;

/* "" for a receipt that says no till. */
const char *rai_receipt_till (const RaiReceipt *receipt);
/* first: its first line; NULL: whatever it is. */
bool rai_receipt_find (RaiDb *db, const RaiReceipt *receipt, const RaiSalesLine *first,
                       RaiReceiptFound *found, GError **error);
/* The stored receipt is this one, and learns what it says. *claimed is false when it has learnt
 * meanwhile that it is another's. In the caller's write transaction. */
bool
rai_receipt_claim (RaiDb *db, int64_t id, const RaiReceipt *receipt, bool *claimed, GError **error);
/* Whether line number `line` of a stored receipt is this one. */
bool rai_receipt_has_line (RaiDb *db, int64_t id, int line, const RaiSalesLine *values, bool *has,
                           GError **error);

/* Stored receipts that somebody can mean who names one. */
typedef struct {
  int64_t id;
  char *till;
  RaiDay day; /* that was said, else that it counts under */
  bool voided;
} RaiReceiptNamed;

/* till: NULL when it is not named, "" for receipts that say none. day: RAI_DAY_NONE when it is not
 * named. Those that fit best: one that says the till goes before one that says none. Newest first,
 * of RaiReceiptNamed; NULL on failure. */
GArray *rai_receipt_name (RaiDb *db, int64_t site_id, const char *number, const char *till,
                          RaiDay day, GError **error);
