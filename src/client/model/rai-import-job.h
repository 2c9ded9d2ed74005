/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-import-draft.h"
#include "client/model/rai-session.h"

/* One file on its way into the shop's books: sent to the server in pieces, tried or brought in
 * there. Where the connection is cut it goes on by itself. Main thread only; files are read on
 * another. Signal: "changed" (). */
#define RAI_TYPE_IMPORT_JOB (rai_import_job_get_type ())
G_DECLARE_FINAL_TYPE (RaiImportJob, rai_import_job, RAI, IMPORT_JOB, GObject)

typedef enum {
  RAI_IMPORT_JOB_IDLE,
  RAI_IMPORT_JOB_SENDING,
  RAI_IMPORT_JOB_WAITING, /* for another file, or for the planner */
  RAI_IMPORT_JOB_RUNNING,
  RAI_IMPORT_JOB_DONE,
  RAI_IMPORT_JOB_FAILED,
  RAI_IMPORT_JOB_CANCELLED,
} RaiImportJobState;

typedef struct {
  int64_t read, added, unchanged, set_aside, rejected, skipped, new_sites, new_items;
} RaiImportCounts;

/* Why rows were left out, as the server's program says it. */
typedef struct {
  char *reason;
  int64_t count;
  int64_t first_line;
  char *example; /* NULL: none */
} RaiImportWhy;

RaiImportJob *rai_import_job_new (RaiSession *session);

/* A job that is not under way begins anew; what was sent before is not sent again. dry_run: nothing
 * is changed. */
void rai_import_job_start (RaiImportJob *job, RaiImportDraft *draft, bool dry_run);
void rai_import_job_cancel (RaiImportJob *job);
/* Forgets how it ended: its file is understood in another way now. Not while it is under way. */
void rai_import_job_reset (RaiImportJob *job);

RaiImportJobState rai_import_job_get_state (RaiImportJob *job);
bool rai_import_job_is_under_way (RaiImportJob *job);
/* Of the last start. */
bool rai_import_job_is_dry_run (RaiImportJob *job);
/* From 0 to 1 of the step that is under way; negative: not known. */
double rai_import_job_get_fraction (RaiImportJob *job);
/* Failed: why. Owned by the job. */
const char *rai_import_job_get_problem (RaiImportJob *job);
/* Done: what came of it. Owned by the job. */
const RaiImportCounts *rai_import_job_get_counts (RaiImportJob *job);
GPtrArray *rai_import_job_get_reasons (RaiImportJob *job); /* RaiImportWhy */

/* Writes the rows that were left out to a file. */
void rai_import_job_save_rejects_async (RaiImportJob *job, const char *path,
                                        GAsyncReadyCallback callback, void *data);
bool rai_import_job_save_rejects_finish (RaiImportJob *job, GAsyncResult *result, GError **error);
