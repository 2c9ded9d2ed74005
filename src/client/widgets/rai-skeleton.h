/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Grey rows where content will be: shown while the first answers are on their way. Does not
 * move. */
#define RAI_TYPE_SKELETON (rai_skeleton_get_type ())
G_DECLARE_FINAL_TYPE (RaiSkeleton, rai_skeleton, RAI, SKELETON, GtkWidget)

GtkWidget *rai_skeleton_new (void);
