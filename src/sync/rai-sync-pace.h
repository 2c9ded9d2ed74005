/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* When the client's end of sync looks again: a while after all was in step, and after a failure at
 * growing distances during which nothing is tried. Every wait is somewhere between half of it and
 * all of it, so that a crowd of clients spreads out. Belongs to the thread, and its thread-default
 * context, that made it. */
typedef struct _RaiSyncPace RaiSyncPace;

RaiSyncPace *rai_sync_pace_new (void (*due) (void *data), void *data);
void rai_sync_pace_free (RaiSyncPace *pace);
/* Milliseconds: between looks without a live channel, and after failures at most. */
void rai_sync_pace_set (RaiSyncPace *pace, unsigned poll, unsigned longest);

/* All is in step; live: the server tells of news itself. */
void rai_sync_pace_wait (RaiSyncPace *pace, bool live);
/* Something failed. failures: at least so many in a row, as the caller counted them. */
void rai_sync_pace_back_off (RaiSyncPace *pace, unsigned failures);
/* What was tried succeeded: the next failure is the first again. */
void rai_sync_pace_succeed (RaiSyncPace *pace);
/* Waits for nothing any more. */
void rai_sync_pace_cancel (RaiSyncPace *pace);
/* Since a failure, until it is due. */
bool rai_sync_pace_is_pausing (RaiSyncPace *pace);
