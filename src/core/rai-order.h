/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* An order's life, as one table in rai-order.c:
 *
 *   proposed --edit--> proposed
 *   proposed --approve--> approved --receive--> received
 *   approved --reopen--> proposed
 *   proposed, approved --cancel--> cancelled
 *
 * The planner replaces what is proposed; an approved order is open: its lines count as stock on
 * order until they are received or cancelled. */
typedef enum {
  RAI_ORDER_PROPOSED,
  RAI_ORDER_APPROVED,
  RAI_ORDER_RECEIVED,
  RAI_ORDER_CANCELLED,
  RAI_N_ORDER_STATUSES,
} RaiOrderStatus;

typedef enum {
  RAI_ORDER_EDIT,
  RAI_ORDER_APPROVE,
  RAI_ORDER_RECEIVE,
  RAI_ORDER_CANCEL,
  RAI_ORDER_REOPEN, /* takes an approval back, while nothing of it has come */
} RaiOrderAction;

/* "proposed", "approved", "received", "cancelled": as in the database. */
const char *rai_order_status_id (RaiOrderStatus status);
/* "Proposed", ...: untranslated; the client passes it through gettext. */
const char *rai_order_status_title (RaiOrderStatus status);
bool rai_order_status_parse (const char *id, RaiOrderStatus *status);
/* false when the action is not possible in that status. */
bool rai_order_status_after (RaiOrderStatus status, RaiOrderAction action, RaiOrderStatus *next);

/* Money for a quantity (thousandths) at a price or cost of one unit, rounded half away from
 * zero. */
int64_t rai_order_line_value (int64_t quantity, int64_t unit_price);
/* What of a line is still to come: never negative. */
int64_t rai_order_line_outstanding (int64_t quantity, int64_t received);
