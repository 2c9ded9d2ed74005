/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-jobs.h"
#include "server/rai-uploads.h"

/* Uploads that are brought in: the command line's import, run by a child (rai-child.h), one at a
 * time and never beside a job of the planner. The others wait in the order in which they were asked
 * for. Once what changes something has ended well, and no other follows within seconds, forecast
 * and plan are made anew. Safe from any thread.
 *
 *   waiting -> running -> done | failed | cancelled
 *      '------------------------------------^      (rai_imports_cancel)
 *
 * How they went is kept in memory, of the last ones; what they changed is in the audit log. */
typedef struct _RaiImports RaiImports;

/* An import that is asked for; all is copied. */
typedef struct {
  const char *id; /* UUID of the command; asked for again, nothing is done again */
  int64_t account_id;
  const RaiUpload *upload; /* whole */
  const char *kind;
  const char *const *options; /* of the command line: "--preset=square", ...; NULL-terminated */
  bool dry_run;
} RaiImportsOrder;

RaiImports *rai_imports_new (const char *url, RaiUploads *uploads, RaiJobs *jobs);
/* Ends a child that is running. */
void rai_imports_free (RaiImports *imports);

/* RAI_HTTP_ERROR_CONFLICT: the id stands for another import; _TOO_MANY: too many wait. */
bool rai_imports_start (RaiImports *imports, const RaiImportsOrder *order, GError **error);
/* Whether an account asked for an import of this id before. */
bool rai_imports_know (RaiImports *imports, int64_t account_id, const char *id);
/* What is known of it, as a JSON object: id, state, file, dry_run, and as the child told them
 * progress, result and error. RAI_HTTP_ERROR_NOT_FOUND also for those of others. */
bool rai_imports_append_json (RaiImports *imports, int64_t account_id, const char *id,
                              GString *json, GError **error);
/* Returns at once. What has ended stays as it is. */
bool rai_imports_cancel (RaiImports *imports, int64_t account_id, const char *id, GError **error);
/* Where the rejected rows are; owned by the caller. */
char *rai_imports_rejects (RaiImports *imports, int64_t account_id, const char *id, GError **error);
/* Whether an upload waits to be brought in, or is being. */
bool rai_imports_use (RaiImports *imports, const char *upload_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiImports, rai_imports_free)
