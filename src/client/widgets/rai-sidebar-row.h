/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-pages.h"

#include <gtk/gtk.h>

/* A page in the sidebar, with the number of things that wait there. */
#define RAI_TYPE_SIDEBAR_ROW (rai_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (RaiSidebarRow, rai_sidebar_row, RAI, SIDEBAR_ROW, GtkListBoxRow)

GtkWidget *rai_sidebar_row_new (const RaiPageInfo *info);
const RaiPageInfo *rai_sidebar_row_get_info (RaiSidebarRow *row);
/* 0 hides the badge. */
void rai_sidebar_row_set_count (RaiSidebarRow *row, int64_t count);
