/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* A bin that asks for a fixed natural width whatever its child asks for, and for no more than its
 * child's least: so the window folds at one width on every page. Property "natural-width". */
#define RAI_TYPE_WIDTH_BIN (rai_width_bin_get_type ())
G_DECLARE_FINAL_TYPE (RaiWidthBin, rai_width_bin, RAI, WIDTH_BIN, GtkWidget)
