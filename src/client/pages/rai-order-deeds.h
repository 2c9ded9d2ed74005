/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-page.h"

/* What a person does to orders on a page, one thing after the other: each command stands on the
 * version that the answer before it named, or that the list shows. An approval waits for the
 * changes before it; an order whose change was refused is left out of it, because what would be
 * approved is not what was on screen. Main thread only; the page owns it. */
typedef struct _RaiOrderDeeds RaiOrderDeeds;

/* An edit was refused: the quantity on screen is not the order's. */
typedef void (*RaiOrderRefused) (RaiPage *page, const char *order);
RaiOrderDeeds *rai_order_deeds_new (RaiPage *page, RaiOrderRefused refused);
void rai_order_deeds_free (RaiOrderDeeds *deeds);

/* shown: the order's version in the list. */
void rai_order_deeds_edit (RaiOrderDeeds *deeds, const char *order, int64_t shown, int64_t item,
                           int64_t quantity);
/* rows: RaiRow of the query `orders`. alone: say the supplier's name when it is done. */
void rai_order_deeds_approve (RaiOrderDeeds *deeds, GPtrArray *rows, bool alone);

/* The list is asked for now, and has come: from then on its versions hold, unless something was
 * answered in between. */
void rai_order_deeds_list_asked (RaiOrderDeeds *deeds);
void rai_order_deeds_list_came (RaiOrderDeeds *deeds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiOrderDeeds, rai_order_deeds_free)
