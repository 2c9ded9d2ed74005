/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/rai-sync-engine.h"

/* A server for the tests of sync: a real database, the real functions of the server's end behind a
 * thin libsoup skin on loopback, and the misfortunes that a test asks for. It runs on a thread of
 * its own. */
typedef struct _RaiSyncFixture RaiSyncFixture;

RaiSyncFixture *rai_sync_fixture_new (void);
void rai_sync_fixture_free (RaiSyncFixture *fixture);

const char *rai_sync_fixture_url (RaiSyncFixture *fixture);
const char *rai_sync_fixture_folder (RaiSyncFixture *fixture);
/* The server's database, through a connection of the test's own. */
RaiDb *rai_sync_fixture_db (RaiSyncFixture *fixture);

/* Everybody signs in with the password "right"; sites -1: all of them. */
void rai_sync_fixture_set_account (RaiSyncFixture *fixture, const char *login, RaiRole role,
                                   int64_t site);
/* Some of the company's sites, by name. */
void rai_sync_fixture_set_region (RaiSyncFixture *fixture, const char *login, RaiRole role,
                                  const int64_t *sites, size_t n_sites);
void rai_sync_fixture_disable (RaiSyncFixture *fixture, const char *login);
/* Existing access tokens stop working. */
void rai_sync_fixture_expire_tokens (RaiSyncFixture *fixture);

/* Unplugged: connections are closed without an answer. */
void rai_sync_fixture_set_online (RaiSyncFixture *fixture, bool online);
/* The server's clock is ahead of this computer's by so many seconds. */
void rai_sync_fixture_set_clock (RaiSyncFixture *fixture, int seconds);
/* The next n pushes are carried out, but their answers never leave. */
void rai_sync_fixture_lose_answers (RaiSyncFixture *fixture, int n);
/* The next n snapshots break off after half of their bytes. */
void rai_sync_fixture_cut_snapshots (RaiSyncFixture *fixture, int n);
/* Pushes are answered with status 500 and not looked at. */
void rai_sync_fixture_refuse_pushes (RaiSyncFixture *fixture, bool refuse);
/* The state of the server's database at the time of the backup comes back, with a new epoch. */
void rai_sync_fixture_backup (RaiSyncFixture *fixture);
void rai_sync_fixture_restore (RaiSyncFixture *fixture);
int rai_sync_fixture_ranges_served (RaiSyncFixture *fixture);
int rai_sync_fixture_queries_answered (RaiSyncFixture *fixture);
/* Runs a command on the server, as somebody else would. */
void rai_sync_fixture_run (RaiSyncFixture *fixture, const char *login, const char *name,
                           const char *arguments);

/* Tokens are kept in memory for the process. */
const RaiTokenStore *rai_sync_fixture_tokens (void);
/* Milliseconds between polls, for engines made from now on (200). */
void rai_sync_fixture_set_pace (RaiSyncFixture *fixture, unsigned poll);
unsigned rai_sync_fixture_get_pace (RaiSyncFixture *fixture);
/* Until somebody listens on the live channel. */
void rai_sync_fixture_wait_live (RaiSyncFixture *fixture);
/* An engine at test pace, signed in, in step with the server. */
RaiSyncEngine *
rai_sync_fixture_engine (RaiSyncFixture *fixture, const char *device, const char *login);
/* Runs the main context until the condition holds; fails the test after 20 s. */
typedef bool (*RaiSyncFixtureTest) (void *data);
void rai_sync_fixture_wait (RaiSyncFixtureTest test, void *data, const char *what);
/* Until the engine has nothing waiting and holds the server's last revision. */
void rai_sync_fixture_settle (RaiSyncFixture *fixture, RaiSyncEngine *engine);
RaiAnswer *rai_sync_fixture_submit (RaiSyncEngine *engine, const char *name, const char *arguments);
/* Fails unless the engine's replica holds exactly the server's rows within the scope of `login`
 * (invariants 3, 5). */
void rai_sync_fixture_compare (RaiSyncFixture *fixture, RaiSyncEngine *engine);
/* One number from the engine's replica. */
int64_t rai_sync_fixture_look (RaiSyncEngine *engine, const char *sql);
