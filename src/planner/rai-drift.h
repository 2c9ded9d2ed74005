/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "util/rai-day.h"

/* How far off a site's forecasts were lately, beside what looking back promised: forecasts that
 * drift were learned from a shop that is no more. Both are WAPE of the site's takings by day; what
 * was said of a day is what stood in the forecast on that morning; days of which only looking back
 * told say nothing of drift. */
#define RAI_DRIFT_DAYS 28
/* Fewer days say nothing. */
#define RAI_DRIFT_DAYS_MIN 14

typedef struct {
  int days;       /* that have both a forecast and sales, of the last RAI_DRIFT_DAYS */
  double live;    /* sum |forecast - takings| / sum of takings; NAN: nothing was sold */
  double usual;   /* the look back's; NAN: none was made */
  double takings; /* a day's, minor units */
} RaiDrift;

/* Of the days before `today`. */
bool rai_drift_measure (RaiDb *db, int64_t site_id, RaiDay today, RaiDrift *drift, GError **error);
