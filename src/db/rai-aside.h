/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Receipts that are set aside (table sale_aside): kept whole, counted nowhere, until somebody says
 * when they were sold, or that they are meant as they are. THE writer of that table; all within the
 * caller's write transaction. */
typedef enum {
  RAI_ASIDE_NONE,   /* nothing is wrong with it */
  RAI_ASIDE_FUTURE, /* more than two hours ahead of this machine's clock */
  RAI_ASIDE_PAST,   /* before 2000 */
  RAI_ASIDE_DAY,    /* its business day is not the day of its time, nor near it */
  RAI_ASIDE_AMOUNT, /* a line sells more, or for more, than a till does */
} RaiAsideReason;

/* "future", "past", "day", "amount": as stored. */
const char *rai_aside_reason_id (RaiAsideReason reason);
/* How a receipt's time (ms UTC) is taken: up to two hours ahead is now, and *sold_at says so. */
RaiAsideReason rai_aside_judge (int64_t *sold_at, int64_t now);

typedef struct {
  int64_t site_id;
  const char *number;
  RaiAsideReason reason;
  int64_t sold_at;  /* as it was sent, ms UTC */
  const char *body; /* the arguments of sales.record, JSON */
  int64_t received_at;
  int64_t account_id;
} RaiAside;

/* The same receipt again changes nothing, and *added is false. */
bool rai_aside_add (RaiDb *db, const RaiAside *aside, bool *added, GError **error);
/* Takes a receipt out, when it is there: *body (the caller's to free) is NULL when it is not. */
bool rai_aside_take (RaiDb *db, int64_t site_id, const char *number, char **body, GError **error);
