/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-query.h"
#include "server/rai-routes.h"
#include "server/rai-server.h"

/* One request on its way through the pipeline. It belongs to the thread that serves it. A handler
 * answers exactly once, by one of the replies; when it cannot at once it defers, and resumes from
 * any thread. */
struct _RaiRequest {
  RaiServer *server;
  RaiServerThread *thread;
  SoupServerMessage *message;
  const RaiRoute *route;
  const RaiQuery *query; /* for the routes made from the table of queries */
  unsigned index;        /* row for the metrics */
  char *path_argument;   /* what stands in the path for {id}; NULL: nothing */
  GHashTable *arguments; /* of the URL, name -> text; NULL: none */
  RaiSignIn *sign_in;    /* NULL on public routes */
  int64_t started;       /* monotonic microseconds */
  char *place;           /* in the server's crowd; NULL: it takes none */
  bool deferred;
  bool gone; /* the client hung up: replies go nowhere */
};

/* index: the row of the metrics until its route is known. */
RaiRequest *rai_request_new (RaiServerThread *thread, SoupServerMessage *message, unsigned index);
void rai_request_free (RaiRequest *request);
/* Who sends a message, by the text behind "Bearer". Owned by the caller. */
RaiSignIn *
rai_request_authenticate (RaiServerThread *thread, SoupServerMessage *message, GError **error);
const char *rai_request_token (SoupServerMessage *message);
const char *rai_request_argument (const RaiRequest *request, const char *name);
GBytes *rai_request_body (RaiRequest *request);
/* Who it comes from, as limits name it (rai_crowd_address): the peer, or behind a proxy what that
 * says (the last X-Forwarded-For). Owned by the caller. */
char *rai_request_address (RaiRequest *request);
/* From this computer, and not through a proxy that says so. */
bool rai_request_is_local (RaiRequest *request);

/* Replies. Bodies are taken. */
void rai_request_reply (RaiRequest *request, int status, const char *type, GBytes *body);
void rai_request_reply_json (RaiRequest *request, int status, GString *json);
/* The bucket of its account's rate. */
#define RAI_REQUEST_BUCKET_SIZE 40
void rai_request_bucket (const RaiRequest *request, char bucket[RAI_REQUEST_BUCKET_SIZE]);
/* Sets TOO_MANY and Retry-After; always returns false. */
bool rai_request_too_many (RaiRequest *request, int wait, GError **error);
/* Frees the error. */
void rai_request_fail (RaiRequest *request, GError *error);

typedef void (*RaiRequestFunc) (RaiRequest *request, void *data);
/* The handler returns without an answer; the connection waits. */
void rai_request_defer (RaiRequest *request);
/* From any thread, once for each defer: func answers, on the request's thread; the request is freed
 * behind it. */
void rai_request_resume (RaiRequest *request, RaiRequestFunc func, void *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiRequest, rai_request_free)
