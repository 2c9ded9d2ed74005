/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* The audit row and the job row of work that the program does as a whole (import, generate), beside
 * those of
 * commands. */
typedef struct {
  const char *id; /* UUID */
  const char *name;
  const char *arguments; /* JSON object */
  const char *answer;    /* JSON object */
  const char *summary;
  int64_t started_at;
  int64_t at; /* when it ended */
  int64_t rev;
} RaiAudit;

/* In the caller's write transaction. */
bool rai_audit_write (RaiDb *db, const RaiAudit *audit, GError **error);
