/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* THE writer of `command_log` and of `job`: what was done, by whom, and how it went. Nothing else
 * writes to either. All within the caller's write transaction. */

/* How a command ended, as stored and on the wire. */
#define RAI_AUDIT_APPLIED "applied"
#define RAI_AUDIT_REJECTED "rejected"
#define RAI_AUDIT_CONFLICT "conflict"

typedef struct {
  const char *id; /* UUID; its second use is a RAI_DB_ERROR_CONSTRAINT */
  const char *name;
  int64_t account_id;    /* 0: the program itself */
  int64_t site_id;       /* 0: not about one site */
  const char *arguments; /* JSON object */
  const char *status;    /* one of the above */
  const char *answer;    /* JSON object */
  const char *summary;   /* a line for people */
  int64_t acted_at;      /* ms UTC by the actor's clock */
  int64_t received_at;   /* ms UTC by this machine's */
  const char *device;    /* NULL: none */
  int64_t rev;           /* of the transaction */
} RaiAuditEntry;
/* Rows are added, never changed. */
bool rai_audit_command (RaiDb *db, const RaiAuditEntry *entry, GError **error);

typedef enum { RAI_JOB_RUNNING, RAI_JOB_DONE, RAI_JOB_FAILED } RaiJobState;

/* Work that takes its time. */
typedef struct {
  const char *id;   /* UUID: that of its command_log row, when it has one */
  const char *kind; /* "forecast", "plan", "import", "generate" */
  RaiJobState state;
  int64_t started_at;  /* ms UTC */
  int64_t ended_at;    /* ms UTC; not looked at while it runs */
  const char *message; /* a line for people */
  int64_t rev;         /* of the transaction */
} RaiAuditJob;
/* Adds the job, or brings the one with this id up to date: kind and start stay. */
bool rai_audit_job (RaiDb *db, const RaiAuditJob *job, GError **error);
/* Jobs of the kind that a crash left running have failed, now. */
bool rai_audit_interrupted (RaiDb *db, const char *kind, int64_t now, int64_t rev, GError **error);
/* When the newest failed job of the kind ended, ms UTC; 0: none failed. */
bool rai_audit_failed_at (RaiDb *db, const char *kind, int64_t *at, GError **error);
