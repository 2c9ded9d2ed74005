/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-query.h"
#include "sync/rai-sync-direct.h"
#include "sync/rai-sync-store.h"

/* Days that the replica does not hold: of an account that sees all stores it keeps the last weeks
 * of item detail. What the server tells of the days before is kept with the replica, answers at
 * once from then on, offline too, and is asked for anew when it is a day old. On the engine's
 * thread. */

/* rows: the query's answer for the days from `from` (or some earlier ones) up to the replica's
 * first day, without it; none when nothing is missing. Or the error: RAI_SYNC_ERROR_OFFLINE when
 * nobody can tell. Both are the caller's. */
typedef RaiSyncDirectRows RaiOlderDaysDone;

/* query: one with days_of; arguments as for rai_query_run. Without `online` nobody is asked. */
void
rai_older_days_ask (RaiSyncStore *store, RaiSyncDirect *direct, bool online, const RaiQuery *query,
                    GHashTable *arguments, RaiOlderDaysDone done, void *data);
