/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-page.h"

#define RAI_TYPE_CHANGES_PAGE (rai_changes_page_get_type ())
G_DECLARE_FINAL_TYPE (RaiChangesPage, rai_changes_page, RAI, CHANGES_PAGE, RaiPage)
