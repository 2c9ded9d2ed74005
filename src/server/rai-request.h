/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-query.h"
#include "server/rai-routes.h"
#include "server/rai-server.h"

#include <json-glib/json-glib.h>

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
  bool deferred;
  bool gone; /* the client hung up: replies go nowhere */
};

void rai_request_free (RaiRequest *request);
const char *rai_request_argument (const RaiRequest *request, const char *name);
GBytes *rai_request_body (RaiRequest *request);
/* The body as a JSON object; RAI_HTTP_ERROR_MALFORMED says where it is wrong. Owned by the
 * caller. */
JsonNode *rai_request_json (RaiRequest *request, GError **error);
/* JSON text that the parser can read without running out of stack. */
bool rai_request_is_shallow (const char *text, size_t size);
/* Text of a member of an object; NULL when it is absent. Sets the error when it is not text or a
 * required one lacks. */
const char *
rai_request_member (JsonObject *object, const char *name, bool required, GError **error);
/* The peer; what the proxy says (last X-Forwarded-For) when the peer is this computer. Owned by the
 * caller. */
char *rai_request_address (RaiRequest *request);
bool rai_request_is_local (RaiRequest *request);

/* Replies. Bodies are taken. */
void rai_request_reply (RaiRequest *request, int status, const char *type, GBytes *body);
void rai_request_reply_json (RaiRequest *request, int status, GString *json);
/* Frees the error. */
void rai_request_fail (RaiRequest *request, GError *error);

typedef void (*RaiRequestFunc) (RaiRequest *request, void *data);
/* The handler returns without an answer; the connection waits. */
void rai_request_defer (RaiRequest *request);
/* From any thread, once for each defer: func answers, on the request's thread; the request is freed
 * behind it. */
void rai_request_resume (RaiRequest *request, RaiRequestFunc func, void *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiRequest, rai_request_free)
