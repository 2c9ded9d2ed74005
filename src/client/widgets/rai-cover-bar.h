/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* How long stock lasts, as a bar of up to 28 days with a mark where the next order could arrive: a
 * bar that ends before the mark is short. The number of days stands beside it. */
#define RAI_TYPE_COVER_BAR (rai_cover_bar_get_type ())
G_DECLARE_FINAL_TYPE (RaiCoverBar, rai_cover_bar, RAI, COVER_BAR, GtkWidget)

GtkWidget *rai_cover_bar_new (void);
/* cover_days < 0: not known. lead_days: days until an order placed now arrives. */
void rai_cover_bar_set (RaiCoverBar *bar, int64_t cover_days, int64_t lead_days);
