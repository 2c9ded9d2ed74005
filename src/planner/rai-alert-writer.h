/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "planner/rai-alert-finder.h"

/* Table `alert` at a site against what was found today: one alert that is not resolved for each
 * cause. */
typedef struct {
  size_t open; /* not resolved after the run */
  size_t opened;
  size_t updated;
  size_t resolved;
} RaiAlertSummary;

/* Within the caller's write transaction. New causes open an alert up to the kind's limit; known
 * ones are updated when their numbers changed and wake when their snooze has ended; causes that are
 * gone are resolved. What a person resolved stays closed for a week. */
bool rai_alert_write (const RaiSitePlan *plan, const GArray *found, RaiDb *db,
                      RaiAlertSummary *summary, GError **error);

/* Tells every store that its forecasts and orders were not renewed; the next plan of a store
 * resolves it. Within the caller's write transaction. */
bool rai_alert_job_failed (RaiDb *db, GError **error);
