/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Whether it is time to forecast and plan: at some site that lives another day has begun than the
 * one it was last planned for. After a failure it is tried again in ten minutes. Reads only. */
bool rai_planner_is_due (RaiDb *db, bool *due, GError **error);
/* Whether something was counted or received for the first time since the last plan, which knows
 * nothing of it: to be planned again, by the forecasts that there are. Not soon after a failure. */
bool rai_planner_is_outdone (RaiDb *db, bool *outdone, GError **error);
