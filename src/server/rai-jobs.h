/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Long work of the planner beside the web service, by a child (rai-child.h). One at a time. Safe
 * from any thread. */
typedef struct _RaiJobs RaiJobs;

RaiJobs *rai_jobs_new (const char *url);
/* Ends a child that is running. */
void rai_jobs_free (RaiJobs *jobs);

/* kind: "forecast", "plan", or "replan" (both). RAI_HTTP_ERROR_NOT_FOUND for others,
 * RAI_HTTP_ERROR_CONFLICT while one is running. Returns at once; table job tells how it went. */
bool rai_jobs_start (RaiJobs *jobs, const char *kind, GError **error);
bool rai_jobs_are_running (RaiJobs *jobs);
/* Work that does not go together with a job, as a file that is brought in: no job starts until it
 * is given back. false: one is running. */
bool rai_jobs_take (RaiJobs *jobs);
void rai_jobs_give_back (RaiJobs *jobs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiJobs, rai_jobs_free)
