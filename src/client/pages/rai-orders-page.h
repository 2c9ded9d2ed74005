/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-page.h"

/* Targets: "order=UUID", whatever its status is; "item=ID": the shown orders' first of its supplier,
 * "item=ID,late" of those on the way. */
#define RAI_TYPE_ORDERS_PAGE (rai_orders_page_get_type ())
G_DECLARE_FINAL_TYPE (RaiOrdersPage, rai_orders_page, RAI, ORDERS_PAGE, RaiPage)
