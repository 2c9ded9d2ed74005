/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* A business day ends at midnight of the site's zone: nothing closes later. */
#define RAI_SITE_HOURS_END 1440

/* When the site opens and closes on an opening day, minutes after midnight in its zone: what was
 * set, else a guess (8:00 to 20:00). closes > opens. */
bool rai_site_hours (RaiDb *db, int64_t site_id, int *opens, int *closes, GError **error);
