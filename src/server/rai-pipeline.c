/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-pipeline.h"

#include "server/rai-entrance.h"
#include "server/rai-http-error.h"
#include "server/rai-log.h"
#include "server/rai-problem.h"
#include "server/rai-request.h"

#include <string.h>

#define QUERIES "/v1/"

/* Sign-ins a second and address, and how many at once. */
#define ADDRESS_RATE 1
#define ADDRESS_BURST 30
/* Seconds' worth of requests that an account may send at once. */
#define ACCOUNT_BURST 5
/* Requests of an address that are answered at once: a shop's computers behind one router. */
#define ADDRESS_AT_ONCE 128

static unsigned
query_index (const RaiQuery *query) {
  return rai_routes_count () + (unsigned) (query - rai_queries);
}

unsigned
rai_pipeline_rows (void) {
  unsigned n = rai_routes_count ();

  for (const RaiQuery *query = rai_queries; query->name; query++)
    n++;
  return n + 1;
}

/* The path alone, or behind its method where an earlier route has the same. */
static const char *
route_name (unsigned row) {
  const RaiRoute *route = &rai_routes[row];
  bool shared = false;

  for (unsigned i = 0; i < row; i++)
    shared |= strcmp (rai_routes[i].path, route->path) == 0;
  if (!shared)
    return route->path;

  g_autofree char *name = g_strconcat (route->method, " ", route->path, NULL);
  return g_intern_string (name);
}

const char *
rai_pipeline_row_name (unsigned row, void *data) {
  unsigned n = rai_routes_count ();

  if (row < n)
    return route_name (row);
  return row + 1 < rai_pipeline_rows () ? rai_queries[row - n].name : "none";
}

/* Stage 1, parse: which route it is. */
static bool
find_route (RaiRequest *request, const char *path, GError **error) {
  const char *method = soup_server_message_get_method (request->message);
  g_autoptr (GString) allowed = g_string_new (NULL);

  if (strcmp (method, "HEAD") == 0)
    method = "GET";
  for (unsigned i = 0; rai_routes[i].method; i++) {
    if (!rai_route_matches (&rai_routes[i], path, NULL))
      continue;
    if (strcmp (rai_routes[i].method, method) == 0) {
      rai_route_matches (&rai_routes[i], path, &request->path_argument);
      request->route = &rai_routes[i];
      request->index = i;
      return true;
    }
    g_string_append_printf (allowed, "%s%s", allowed->len > 0 ? ", " : "", rai_routes[i].method);
  }

  if (g_str_has_prefix (path, QUERIES))
    request->query = rai_query_find (path + strlen (QUERIES));
  if (request->query != NULL) {
    request->route = &rai_route_query;
    request->index = query_index (request->query);
    if (strcmp (method, "GET") == 0)
      return true;
    g_string_append_printf (allowed, "%sGET", allowed->len > 0 ? ", " : "");
  }

  if (allowed->len == 0) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_NOT_FOUND, "there is nothing at %s", path);
    return false;
  }

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                "Allow", allowed->str);
  g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_METHOD, "%s takes %s only", path,
               allowed->str);

  return false;
}

/* Stage 2: sign-ins are counted by address, before any work is done for them. People at this
 * computer are not. */
static bool
limit_address (RaiRequest *request, GError **error) {
  int wait;

  if (!(request->route->flags & RAI_ROUTE_SIGN_IN) || request->server->options.rate == 0 ||
      rai_request_is_local (request))
    return true;

  g_autofree char *address = rai_request_address (request);
  g_autofree char *bucket = g_strconcat ("address/", address, NULL);
  return rai_limits_take (request->server->limits, bucket, 1, ADDRESS_RATE, ADDRESS_BURST,
                          request->started, &wait) ||
         rai_request_too_many (request, wait, error);
}

/* Nobody takes all the places at the counter. */
static bool
enter (RaiRequest *request, GError **error) {
  g_autofree char *address = rai_request_address (request);
  g_autofree char *place = g_strconcat ("requests/", address, NULL);

  if (request->server->options.rate > 0 &&
      !rai_crowd_enter (request->server->crowd, place, ADDRESS_AT_ONCE))
    return rai_request_too_many (request, 1, error);
  if (request->server->options.rate > 0)
    request->place = g_steal_pointer (&place);

  return true;
}

/* Stage 3: who sends it. */
static bool
authenticate (RaiRequest *request, GError **error) {
  if (!(request->route->flags & RAI_ROUTE_PUBLIC))
    request->sign_in = rai_request_authenticate (request->thread, request->message, error);

  return request->route->flags & RAI_ROUTE_PUBLIC || request->sign_in != NULL;
}

static bool
limit_account (RaiRequest *request, GError **error) {
  int rate = request->server->options.rate, wait;
  char bucket[RAI_REQUEST_BUCKET_SIZE];

  if (request->sign_in == NULL || rate == 0 || request->route->flags & RAI_ROUTE_UNTIMED)
    return true;
  rai_request_bucket (request, bucket);

  return rai_limits_take (request->server->limits, bucket, 1, rate, (double) rate * ACCOUNT_BURST,
                          request->started, &wait) ||
         rai_request_too_many (request, wait, error);
}

/* Stage 4: what the role may, and what is only for who sees all sites. Where (the sites) is
 * enforced by the queries and commands themselves. */
static bool
authorise (RaiRequest *request, GError **error) {
  RaiPermission needed =
      request->query != NULL ? request->query->permission : request->route->permission;

  if (request->route->flags & RAI_ROUTE_PUBLIC)
    return true;

  const RaiIdentity *caller = request->sign_in->identity;
  if (!rai_identity_may (caller, needed))
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_FORBIDDEN,
                 "the role %s may not do this (%s)", rai_role_id (caller->role),
                 rai_permission_id (needed));
  else if (request->route->flags & RAI_ROUTE_COMPANY && !caller->all_sites)
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_FORBIDDEN,
                         "only an account that has all stores may do this");
  else
    return true;

  return false;
}

static bool
check_size (RaiRequest *request, const char *path, GError **error) {
  SoupMessageBody *body = soup_server_message_get_request_body (request->message);
  size_t most = rai_entrance_most (path);

  if ((size_t) body->length <= most)
    return true;
  g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_LARGE,
               "the body may have %zu bytes: send less at a time", most);
  return false;
}

static bool
check_open (RaiRequest *request, GError **error) {
  if (!request->server->stopping)
    return true;
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_UNAVAILABLE, "the server is stopping");
  return false;
}

void
rai_pipeline_handle (RaiServerThread *thread, SoupServerMessage *message, const char *path,
                     GHashTable *arguments) {
  RaiRequest *request = rai_request_new (thread, message, rai_pipeline_rows () - 1);
  GError *error = NULL;

  request->arguments = arguments != NULL ? g_hash_table_ref (arguments) : NULL;
  if (check_open (request, &error) && find_route (request, path, &error) &&
      check_size (request, path, &error) && enter (request, &error) &&
      limit_address (request, &error) && authenticate (request, &error) &&
      limit_account (request, &error) && authorise (request, &error))
    request->route->handler (request);
  else
    rai_request_fail (request, error);

  if (!request->deferred)
    rai_request_free (request);
}
