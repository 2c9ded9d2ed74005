/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-page.h"

#define RAI_TYPE_SETTINGS_PAGE (rai_settings_page_get_type ())
G_DECLARE_FINAL_TYPE (RaiSettingsPage, rai_settings_page, RAI, SETTINGS_PAGE, RaiPage)
