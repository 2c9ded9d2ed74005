/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-page.h"

#define RAI_TYPE_INVENTORY_PAGE (rai_inventory_page_get_type ())
G_DECLARE_FINAL_TYPE (RaiInventoryPage, rai_inventory_page, RAI, INVENTORY_PAGE, RaiPage)
