/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* A business day ends at midnight of the site's zone: nothing closes later. */
#define RAI_SITE_HOURS_END 1440

/* A guess, for sites of which nobody said: what most shops are open for. Minutes after midnight. */
#define RAI_SITE_HOURS_GUESSED_OPENS (8 * 60)
#define RAI_SITE_HOURS_GUESSED_CLOSES (20 * 60)

/* When the site opens and closes on an opening day, minutes after midnight in its zone: what was
 * set, else the guess. closes > opens. */
bool rai_site_hours (RaiDb *db, int64_t site_id, int *opens, int *closes, GError **error);
