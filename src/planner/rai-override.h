/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "util/rai-day.h"

/* What people changed about forecasts (table forecast_override): percentages of the models' mean
 * for some days of an item at a site. The newest that covers a day holds. */
typedef struct _RaiOverrides RaiOverrides;

/* Those that still concern days from `from` on. */
RaiOverrides *rai_overrides_new (RaiDb *db, RaiDay from, GError **error);
void rai_overrides_free (RaiOverrides *overrides);
/* Writes the factor of each day from first_day on (1: as forecast). Returns false, writing nothing,
 * when there is none for the item. */
bool rai_overrides_find (const RaiOverrides *overrides, int64_t site_id, int64_t item_id,
                         RaiDay first_day, size_t horizon, double *factors);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiOverrides, rai_overrides_free)
