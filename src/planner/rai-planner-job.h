/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "util/rai-uuid.h"

/* Kinds of its runs, as in table `job`. */
#define RAI_JOB_FORECAST "forecast"
#define RAI_JOB_PLAN "plan"
#define RAI_JOB_SHORTAGES "shortages"

/* A run of the planner as people see it: a row of `job`, and at its end a row of the audit log.
 * Each call is a write transaction of its own. */
typedef struct {
  char id[RAI_UUID_SIZE];
  const char *kind; /* RAI_JOB_... */
  int64_t started_at;
} RaiPlannerJob;

/* Takes the planner's lock: RAI_DB_ERROR_BUSY while another plans. Runs of the same kind that a
 * crash left running are marked as failed. */
bool rai_planner_job_begin (RaiPlannerJob *job, RaiDb *db, const char *kind, GError **error);
/* arguments: JSON of the options; summary: one line for people. */
bool rai_planner_job_done (RaiPlannerJob *job, RaiDb *db, const char *arguments,
                           const char *summary, GError **error);
/* Rolls back what is open and notes the failure, as far as the database still lets it; stores get
 * an alert about it. */
void rai_planner_job_failed (RaiPlannerJob *job, RaiDb *db, const char *arguments,
                             const GError *failure);
