/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-reader.h"
#include "client/model/rai-row.h"
#include "sync/rai-sync-engine.h"
#include "util/rai-day.h"

/* Who is signed in, on what data, at which store: what every page is given. Main thread only.
 * Signals: "changed" ()  what pages show may be different: other data, another store, another account
 *          "status" ()   the state of sync or the list of what waits is different
 *          "opened" ()   another account, or none; identity and permissions are different */
#define RAI_TYPE_SESSION (rai_session_get_type ())
G_DECLARE_FINAL_TYPE (RaiSession, rai_session, RAI, SESSION, GObject)

RaiSession *rai_session_new (const char *data_dir);
const char *rai_session_get_data_dir (RaiSession *session);

/* Makes the engine of an account the current one; NULL closes. The engine should be started or
 * signed in. */
void rai_session_open (RaiSession *session, RaiSyncEngine *engine, const char *server,
                       const char *login);
RaiSyncEngine *rai_session_get_engine (RaiSession *session);
const char *rai_session_get_server (RaiSession *session);
const char *rai_session_get_login (RaiSession *session);

/* NULL before the first sign-in. */
const RaiIdentity *rai_session_get_identity (RaiSession *session);
bool rai_session_may (RaiSession *session, RaiPermission permission);
RaiReader *rai_session_get_reader (RaiSession *session);
/* Sites are known and the replica can be asked. */
bool rai_session_is_ready (RaiSession *session);
/* Never NULL; owned by the session, replaced when "status" is emitted. */
const RaiSyncStatus *rai_session_get_status (RaiSession *session);

/* RaiRow of the query `sites`. */
GListModel *rai_session_get_sites (RaiSession *session);
bool rai_session_knows_site (RaiSession *session, int64_t site);
/* 0: all of the account's stores together. */
int64_t rai_session_get_site (RaiSession *session);
void rai_session_set_site (RaiSession *session, int64_t site);
/* The store to begin with, by code or name, once the stores are known; NULL: all. */
void rai_session_set_start_site (RaiSession *session, const char *code);
/* The current store, or the only one, or NULL for all together; owned by the session. */
RaiRow *rai_session_get_site_row (RaiSession *session);
/* A store for pages that need one: the current one, else the first. 0 when there is none. */
int64_t rai_session_get_one_site (RaiSession *session);
/* What the account's stores are called together: "All stores", or "Your stores" when they are some
 * of the company's. */
const char *rai_session_get_all_name (RaiSession *session);
/* For messages and headings: the store's name, or that of all together. */
const char *rai_session_get_site_name (RaiSession *session);
/* Of the current store, or of the first. */
const char *rai_session_get_currency (RaiSession *session);

/* The day that pages call today: the clock's, or the one that the stores were last planned for when
 * that is not of these weeks (data of the past): then rai_session_is_past is true and pages say
 * so. */
RaiDay rai_session_get_today (RaiSession *session);
bool rai_session_is_past (RaiSession *session);
/* The newest day before today with sales: what has been sold today is no day yet. RAI_DAY_NONE when
 * there are none. */
RaiDay rai_session_get_last_day (RaiSession *session);

/* Of the query `counts`, for badges: "orders", "alerts"; 0 for other names. */
int64_t rai_session_get_count (RaiSession *session, const char *name);

/* The argument "site" for a query: the current store, absent for all. Free with
 * g_hash_table_unref. */
GHashTable *rai_session_site_arguments (RaiSession *session);

/* Runs a command. An answer of APPLIED: it is safe on this disk and shown. Any other: nothing
 * happened, and its message and code say why; of a conflict, its result holds both values. NULL: it
 * could not be run, and the error says why, in words for people. arguments: a JSON object. Free the
 * answer with rai_answer_free. */
void rai_session_submit_async (RaiSession *session, const char *command, const char *arguments,
                               GCancellable *cancellable, GAsyncReadyCallback callback, void *data);
RaiAnswer *rai_session_submit_finish (RaiSession *session, GAsyncResult *result, GError **error);
