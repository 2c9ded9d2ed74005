/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Progress of long work on standard error: a bar with percentage and time left on a terminal, a
 * line every ten seconds elsewhere, nothing when quiet. For a program that shows it in its own way,
 * which sets RAI_PROGRESS_LINES: only lines "progress N", N in thousandths. Safe to advance from any
 * thread. */
#define RAI_PROGRESS_LINES "RETAILAI_PROGRESS_LINES" /* in the environment, of any value */
#define RAI_PROGRESS_LINE "progress "
typedef struct _RaiProgress RaiProgress;

/* title is shown in front ("Forecasting"); total in units of work, 0 when unknown. */
RaiProgress *rai_progress_new (const char *title, uint64_t total);
void rai_progress_set_total (RaiProgress *progress, uint64_t total);
/* The units are bytes: shown as MB. */
void rai_progress_set_bytes (RaiProgress *progress);
/* NULL progress is allowed, so that callers need not ask. */
void rai_progress_advance (RaiProgress *progress, uint64_t units);
/* Ends the line with the time taken. */
void rai_progress_free (RaiProgress *progress);

/* Silences (or not) every bar of the process: --quiet and --json. */
void rai_progress_set_quiet (bool quiet);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiProgress, rai_progress_free)
