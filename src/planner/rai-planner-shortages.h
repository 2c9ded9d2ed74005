/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

#include <gio/gio.h>

/* What sales and movements from before say of empty shelves (db/rai-shortage-fill.h): done once, as
 * a job of its own kind, before the first forecast that asks for history. Nothing
 * happens when nobody asks for it; one that is interrupted goes on the next time. Write
 * transactions are short, so that tills and people come in between. */
bool rai_planner_shortages (RaiDb *db, GCancellable *cancellable, GError **error);
