/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-session.h"

#include <adwaita.h>

/* The store that pages are about: a button with its name, and a searchable list to change it.
 * Hidden while the account has one store or none. */
#define RAI_TYPE_SITE_SWITCHER (rai_site_switcher_get_type ())
G_DECLARE_FINAL_TYPE (RaiSiteSwitcher, rai_site_switcher, RAI, SITE_SWITCHER, AdwBin)

void rai_site_switcher_set_session (RaiSiteSwitcher *switcher, RaiSession *session);
