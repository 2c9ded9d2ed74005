/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-row.h"
#include "util/rai-day.h"

#include <adwaita.h>

/* One line of an order: the item, why it is there, a quantity that steps by packs, its cost, and
 * below, when opened, the parts that add up to what was proposed. Signals: "stepped" (item id, new
 * quantity in thousandths), "opened" (item id, whether it is open). */
#define RAI_TYPE_ORDER_LINE (rai_order_line_get_type ())
G_DECLARE_FINAL_TYPE (RaiOrderLine, rai_order_line, RAI, ORDER_LINE, AdwBin)

GtkWidget *rai_order_line_new (void);
/* row: of `order-lines`. quantity: what to show, which may be ahead of the row while steps are
 * being gathered. */
void rai_order_line_show (RaiOrderLine *line, RaiRow *row, int64_t quantity, const char *currency,
                          RaiDay today, bool editable, bool open);
