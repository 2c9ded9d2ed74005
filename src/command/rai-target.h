/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command/rai-arguments.h"
#include "core/rai-alert.h"
#include "core/rai-order.h"

/* The row that a command is about, when its descriptor names a target: the runner reads it once,
 * before the command's own functions, and asks core's state machine whether the command's action is
 * possible in the row's state. All within the caller's transaction. */

typedef struct {
  int64_t supplier_id;
  char *supplier; /* name; NULL: not known here */
  RaiOrderStatus status;
  RaiOrderStatus next; /* after the command's action */
  int64_t total;       /* cost of its lines */
  int64_t version;
  bool has_approver;
  int64_t approved_by; /* account, when has_approver */
  int64_t approved_at; /* ms UTC; 0: never */
} RaiOrderHead;

typedef struct {
  int64_t item_id; /* 0: about the whole site */
  char *kind;
  RaiAlertState state;
  RaiAlertState next; /* after the command's action */
} RaiAlertHead;

struct _RaiTarget {
  bool found;
  int64_t site_id;
  RaiOrderHead order; /* of a RAI_TARGET_ORDER */
  RaiAlertHead alert; /* of a RAI_TARGET_ALERT */
};
void rai_target_free (RaiTarget *target);

/* Reads the row into context->target unless that was done. true also when there is no such row, or
 * the command names none. */
bool rai_target_read (RaiCommandContext *context, GError **error);
/* The same, and refuses: NOT_FOUND, FORBIDDEN for a site that the caller does not see, ARGUMENT for
 * another site than the command's, STATE when the action is not possible, CONFLICT when the row was
 * changed since the caller saw it (argument `version`; the result holds both). Sets the context's
 * site. */
bool rai_target_check (RaiCommandContext *context, GError **error);

/* Whether words for the log may say what the row is: it is there, and of a store of the caller's.
 * They are made of refused commands, too. */
bool rai_target_is_told (const RaiCommandContext *context);

/* Writes the order's head with its next status, as another version. The answer's result says what
 * it is now. */
bool rai_order_store (RaiCommandContext *context, GError **error);
/* An order that is nobody's target is received when nothing of it is to come any more. */
bool rai_order_finish (RaiCommandContext *context, const char *order_id, GError **error);
/* "status", "version" and, for who sees costs, "total" of an order whose head was not written. */
void rai_order_answer (RaiCommandContext *context);
/* "order to Dairy Valley, 12.50 EUR" for describe; works without the order, or what it costs. */
char *rai_order_words (const RaiCommandContext *context);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiTarget, rai_target_free)
