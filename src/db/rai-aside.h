/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-aside-reason.h"
#include "db/rai-receipt.h"
#include "util/rai-day.h"

/* Receipts that are set aside (table sale_aside): kept whole, counted nowhere, until somebody says
 * when they were sold, or that they are meant as they are; and what was decided about them (table
 * sale_settled), so that a till that sends one again is not heard again. A receipt that waits is
 * known by all that it says: another body under its number is another receipt, unless it says the
 * same of time and lines and only less of till or day. THE writer of both tables; all within the
 * caller's write transaction. */

/* Whether a receipt's time (ms UTC) can be meant: FUTURE, PAST or NONE. Up to two hours ahead is
 * taken as now, and *sold_at says so. AMOUNT is for rai_sales_is_absurd to say. */
RaiAsideReason rai_aside_judge (int64_t *sold_at, int64_t now);
/* The last time that can be meant, ms UTC. */
int64_t rai_aside_last_time (int64_t now);
/* Days by which a business day may lie beside the day of the clock: a night's work, a till that was
 * closed late after a weekend. */
#define RAI_ASIDE_DAYS_APART 3
/* The same for a business day: DAY, too. clock: the store's civil day of the receipt's time;
 * last_day: that of rai_aside_last_time. */
RaiAsideReason rai_aside_judge_day (RaiDay day, RaiDay clock, RaiDay last_day);

typedef struct {
  const RaiReceipt *receipt; /* sold_at: as it was sent */
  RaiAsideReason reason;
  const char *body; /* the arguments of sales.record, JSON: its lines come last */
  int64_t received_at;
  int64_t account_id;
} RaiAside;

typedef enum {
  RAI_ASIDE_ADDED,
  RAI_ASIDE_WAITING, /* it waited already */
  RAI_ASIDE_SETTLED, /* somebody has decided about it already */
} RaiAsideState;

bool rai_aside_add (RaiDb *db, const RaiAside *aside, RaiAsideState *state, GError **error);

/* What a receipt is known by: SHA-256 of its body, and of the list of lines in it. To be freed. */
char *rai_aside_digest (const char *body);
char *rai_aside_lines (const char *body);

/* A receipt that waits. */
typedef struct {
  unsigned n; /* so many could be meant: what follows is of the first that came */
  char *digest;
  char *body;
} RaiAsideFound;
void rai_aside_found_clear (RaiAsideFound *found);

/* digest: which; NULL or "": whatever waits under the number, and says no other till or day than the
 * receipt does. */
bool rai_aside_find (RaiDb *db, const RaiReceipt *receipt, const char *digest, RaiAsideFound *found,
                     GError **error);
/* It waits no more, for somebody has decided about it: settled_at, ms UTC. */
bool rai_aside_settle (RaiDb *db, int64_t site_id, const char *number, const RaiAsideFound *found,
                       int64_t settled_at, GError **error);

/* A receipt came whose time can be meant. One that waits with the same lines, and of no other till,
 * was this one, and waits no more (WAITING); else, when somebody has decided about such a one, that
 * stands (SETTLED); else nothing is known of it (ADDED). Only receipts that were received after
 * this one was sold are meant: a till that begins its numbers anew sells the same under the same
 * number again. */
bool rai_aside_meet (RaiDb *db, const RaiReceipt *receipt, const char *lines, RaiAsideState *state,
                     GError **error);
/* Takes one out by its digest, when it is there: *body (to be freed) is NULL when it is not. */
bool rai_aside_take (RaiDb *db, int64_t site_id, const char *number, const char *digest,
                     char **body, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiAsideFound, rai_aside_found_clear)
