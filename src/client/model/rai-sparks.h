/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-reader.h"
#include "util/rai-day.h"

/* The last 28 days of the items that are on screen, asked for together: cells ask for one item
 * each, one query answers all that asked in the last moments. Emits "arrived" when answers are
 * there. Main thread only. */
#define RAI_TYPE_SPARKS (rai_sparks_get_type ())
G_DECLARE_FINAL_TYPE (RaiSparks, rai_sparks, RAI, SPARKS, GObject)

#define RAI_SPARKS_DAYS 28

RaiSparks *rai_sparks_new (RaiReader *reader);
/* Forgets everything: another site, other data. last_day: the newest of the days. */
void rai_sparks_reset (RaiSparks *sparks, int64_t site, RaiDay last_day);
/* RAI_SPARKS_DAYS quantities (units), or NULL: asked for, "arrived" will follow. */
const double *rai_sparks_get (RaiSparks *sparks, int64_t item);
