/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Whether it is time to forecast and plan: at some site that lives another day has begun than the
 * one it was last planned for. After a failure it is tried again in ten minutes. Reads only. */
bool rai_planner_is_due (RaiDb *db, bool *due, GError **error);
