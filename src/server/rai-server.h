/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-arrivals.h"
#include "server/rai-auth.h"
#include "server/rai-cache.h"
#include "server/rai-crowd.h"
#include "server/rai-imports.h"
#include "server/rai-jobs.h"
#include "server/rai-limits.h"
#include "server/rai-live.h"
#include "server/rai-lockout.h"
#include "server/rai-metrics.h"
#include "server/rai-pool.h"
#include "server/rai-writer.h"

#include <libsoup/soup.h>
#include <stdatomic.h>

/* The web service: N threads, each with its own main context, SoupServer on a dup() of one
 * listening socket and read connection; one writer; pools for hashing and for longer reads. */
typedef struct {
  const char *url;       /* of the database, migrated */
  const char *listen;    /* "127.0.0.1:8080", "[::1]:8080"; port 0: any */
  unsigned n_threads;    /* 0: one a processor */
  int token_seconds;     /* life of an access token */
  int rate;              /* requests a second and account; 0: no limits at all, for measurements */
  int timeout;           /* seconds within which a request must have arrived whole */
  bool behind_proxy;     /* X-Forwarded-For is a proxy's word */
  const char *snapshots; /* folder for snapshot files */
  const char *uploads;   /* folder for files that are brought in */
} RaiServerOptions;

typedef struct _RaiServer RaiServer;

/* Belongs to its thread, but for `context`. */
typedef struct {
  RaiServer *server;
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *soup;
  GSource *accepting;
  RaiDb *db;
  RaiAuth *auth;
  RaiLive *live;
  RaiArrivals *arrivals;
  GError *error; /* why it could not start */
} RaiServerThread;

struct _RaiServer {
  RaiServerOptions options; /* its texts are owned */
  RaiTokenKey key;
  char *address; /* where it listens, with the port that was found: "127.0.0.1:8080" */
  GSocket *socket;
  GPtrArray *threads; /* of RaiServerThread */
  RaiWriter *writer;
  RaiPool *hashing;
  RaiPool *readers;
  RaiJobs *jobs;
  RaiUploads *uploads;
  RaiImports *imports;
  RaiCache *cache;
  RaiLimits *limits;
  RaiLockout *lockout;
  RaiCrowd *crowd; /* requests, uploads and WebSockets that are under way */
  RaiMetrics *metrics;
  _Atomic int64_t revision;   /* the last one that is known to be committed */
  _Atomic unsigned epoch;     /* grows when a sign-in ends */
  _Atomic unsigned n_active;  /* requests that are being answered */
  _Atomic uint64_t n_unknown; /* commands that there are not */
  _Atomic bool stopping;
  int64_t started_at; /* ms UTC */
};

/* Whether an address to listen on can be reached from this computer only; true too for what is no
 * address. */
bool rai_server_is_loopback (const char *listen);
/* Listens and serves when it returns. */
RaiServer *rai_server_new (const RaiServerOptions *options, GError **error);
/* Lets running requests end (for some seconds at most), then the writer; every acknowledged change
 * is on disk. */
void rai_server_free (RaiServer *server);

/* This thread's connection, opened anew when it was lost. */
RaiDb *rai_server_thread_db (RaiServerThread *thread, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiServer, rai_server_free)
