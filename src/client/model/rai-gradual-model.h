/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Shows a list's beginning at once and the rest a few rows at a time while the main loop is idle: a
 * list view makes the widgets of some 200 rows in one go, which takes longer than a frame. Main
 * thread only. */
#define RAI_TYPE_GRADUAL_MODEL (rai_gradual_model_get_type ())
G_DECLARE_FINAL_TYPE (RaiGradualModel, rai_gradual_model, RAI, GRADUAL_MODEL, GObject)

/* Rows at each step; past RAI_GRADUAL_ALL of them the view makes no more widgets, and all are
 * shown. */
#define RAI_GRADUAL_STEP 6
#define RAI_GRADUAL_ALL 240

/* first: rows that fill the screen. Takes a reference. */
RaiGradualModel *rai_gradual_model_new (GListModel *source, unsigned first);
/* Shows all rows now: somebody wants one that is not shown yet. */
void rai_gradual_model_finish (RaiGradualModel *model);
