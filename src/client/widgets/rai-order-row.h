/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-row.h"
#include "util/rai-day.h"

#include <adwaita.h>

/* An order in the list: supplier, delivery, value, what it protects, and a tick that says whether
 * it is approved together with the others. Signal "ticked" (order id, whether). */
#define RAI_TYPE_ORDER_ROW (rai_order_row_get_type ())
G_DECLARE_FINAL_TYPE (RaiOrderRow, rai_order_row, RAI, ORDER_ROW, AdwBin)

GtkWidget *rai_order_row_new (void);
/* row: of `orders`. show_site: name the store too. */
void rai_order_row_show (RaiOrderRow *order, RaiRow *row, const char *currency, RaiDay today,
                         bool show_site, bool ticked);
/* "Delivery Thu", "Delivery was due 7 Nov": when it has not come yet. Owned by the caller. */
char *rai_order_row_delivery (RaiRow *row, RaiDay today);
/* "Avoids 3 stock-outs, about 410 EUR margin"; NULL when it protects nothing. Owned by the
 * caller. */
char *rai_order_row_protects (RaiRow *row, const char *currency);
