/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-local-server.h"

#include <adwaita.h>

/* What is asked of a shop of one's own before it opens: who owns it, its name, its days, clock and
 * money, beginning with what this computer tells of the last two. Signals: "changed", and "entered"
 * for Enter in a field. */
#define RAI_TYPE_SHOP_FORM (rai_shop_form_get_type ())
G_DECLARE_FINAL_TYPE (RaiShopForm, rai_shop_form, RAI, SHOP_FORM, AdwBin)

bool rai_shop_form_is_complete (RaiShopForm *form);
/* Texts are the form's, and stay until it changes. */
RaiLocalShop rai_shop_form_read (RaiShopForm *form);
/* The focus goes where there is something to say. */
void rai_shop_form_begin (RaiShopForm *form);
