/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-order.h"

#include "util/rai-decimal.h"

#include <glib.h>

static const char *const ids[] = { "proposed", "approved", "received", "cancelled" };

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
  g_return_val_if_fail ((size_t) status < G_N_ELEMENTS (ids), NULL);
  return ids[status];
}

bool
rai_order_status_parse (const char *id, RaiOrderStatus *status) {
  for (size_t i = 0; id != NULL && i < G_N_ELEMENTS (ids); i++)
    if (g_str_equal (ids[i], id)) {
      *status = (RaiOrderStatus) i;
      return true;
    }
  return false;
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
