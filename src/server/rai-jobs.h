/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Long work of the planner beside the web service: this program again, as a child with low
 * priority, so that neither its memory nor a failure touches the service. One at a time. Safe from
 * any thread. */
typedef struct _RaiJobs RaiJobs;

RaiJobs *rai_jobs_new (const char *url);
/* Ends a child that is running. */
void rai_jobs_free (RaiJobs *jobs);

/* kind: "forecast", "plan", or "replan" (both). RAI_HTTP_ERROR_NOT_FOUND for others,
 * RAI_HTTP_ERROR_CONFLICT while one is running. Returns at once; table job tells how it went. */
bool rai_jobs_start (RaiJobs *jobs, const char *kind, GError **error);
bool rai_jobs_are_running (RaiJobs *jobs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiJobs, rai_jobs_free)
