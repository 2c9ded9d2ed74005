/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-order.h"

#include "core/rai-names.h"
#include "util/rai-decimal.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *id, *title;
} statuses[RAI_N_ORDER_STATUSES] = {
  [RAI_ORDER_PROPOSED] = { "proposed", N_ ("Proposed") },
  [RAI_ORDER_APPROVED] = { "approved", N_ ("Approved") },
  [RAI_ORDER_RECEIVED] = { "received", N_ ("Received") },
  [RAI_ORDER_CANCELLED] = { "cancelled", N_ ("Cancelled") },
};

static const struct {
  RaiOrderStatus from;
  RaiOrderAction action;
  RaiOrderStatus to;
} transitions[] = {
  { RAI_ORDER_PROPOSED, RAI_ORDER_EDIT, RAI_ORDER_PROPOSED },
  { RAI_ORDER_PROPOSED, RAI_ORDER_APPROVE, RAI_ORDER_APPROVED },
  { RAI_ORDER_APPROVED, RAI_ORDER_REOPEN, RAI_ORDER_PROPOSED },
  { RAI_ORDER_APPROVED, RAI_ORDER_RECEIVE, RAI_ORDER_RECEIVED },
  { RAI_ORDER_PROPOSED, RAI_ORDER_CANCEL, RAI_ORDER_CANCELLED },
  { RAI_ORDER_APPROVED, RAI_ORDER_CANCEL, RAI_ORDER_CANCELLED },
};

const char *
rai_order_status_id (RaiOrderStatus status) {
  g_return_val_if_fail (status < RAI_N_ORDER_STATUSES, NULL);
  return statuses[status].id;
}

const char *
rai_order_status_title (RaiOrderStatus status) {
  g_return_val_if_fail (status < RAI_N_ORDER_STATUSES, NULL);
  return statuses[status].title;
}

bool
rai_order_status_parse (const char *id, RaiOrderStatus *status) {
  size_t place;
  if (!RAI_NAMES_FIND (statuses, id, &place))
    return false;
  *status = (RaiOrderStatus) place;
  return true;
}

bool
rai_order_status_after (RaiOrderStatus status, RaiOrderAction action, RaiOrderStatus *next) {
  for (size_t i = 0; i < G_N_ELEMENTS (transitions); i++)
    if (transitions[i].from == status && transitions[i].action == action) {
      *next = transitions[i].to;
      return true;
    }
  return false;
}

int64_t
rai_order_line_value (int64_t quantity, int64_t unit_price) {
  return rai_mul_div (quantity, unit_price, RAI_QUANTITY_ONE);
}

int64_t
rai_order_line_outstanding (int64_t quantity, int64_t received) {
  return quantity > received ? quantity - received : 0;
}
