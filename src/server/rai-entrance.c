/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-entrance.h"

#include "server/rai-http-error.h"
#include "server/rai-pipeline.h"
#include "server/rai-request.h"

#include <string.h>

#define SMALL_BODY (64 * 1024)
#define LARGE_BODY (16 * 1024 * 1024)
/* Bodies beyond SMALL_BODY that may be read at once, of an account and in all: one takes up to ten
 * times its size of memory while it is read. */
#define UPLOADS_OF_ACCOUNT 2
#define UPLOADS 4

static bool
path_has (const char *path, RaiRouteFlags flag) {
  for (unsigned i = 0; rai_routes[i].method != NULL; i++)
    if (rai_routes[i].flags & flag && rai_route_matches (&rai_routes[i], path, NULL))
      return true;
  return false;
}

size_t
rai_entrance_most (const char *path) {
  return path_has (path, RAI_ROUTE_LARGE) ? LARGE_BODY : SMALL_BODY;
}

/* The one kind of range that a transfer goes on by: "bytes=100-", "bytes=100-199". */
static bool
is_one_range (const char *range) {
  static const char unit[] = "bytes=";
  return g_str_has_prefix (range, unit) && g_ascii_isdigit (range[strlen (unit)]) &&
         strchr (range, ',') == NULL;
}

/* libsoup cuts any answer into the ranges that are asked for, each as often as it is asked for: a
 * short request then makes an answer a thousand times its file. Only what is resumable has ranges,
 * one at a time, and none that counts from the end: those longer than the file were wrong in later
 * versions still (CVE-2026-2443, CVE-2026-12549). So this holds for every version of libsoup;
 * attacks range-public and range-snapshot. */
static void
limit_ranges (SoupMessageHeaders *headers, const char *path) {
  const char *range = soup_message_headers_get_list (headers, "Range");

  if (range != NULL && (!is_one_range (range) || !path_has (path, RAI_ROUTE_RESUMABLE)))
    soup_message_headers_remove (headers, "Range");
}

/* Where a body ends must be said once (RFC 9112, 6.3): two readers that take it differently read
 * different requests. */
static bool
check_framing (SoupMessageHeaders *headers, GError **error) {
  const char *length = soup_message_headers_get_list (headers, "Content-Length");
  const char *coding = soup_message_headers_get_list (headers, "Transfer-Encoding");

  bool digits = length == NULL || (*length != '\0' && strlen (length) <= 18 &&
                                   strspn (length, "0123456789") == strlen (length));
  bool chunked = coding == NULL || g_ascii_strcasecmp (coding, "chunked") == 0;

  if (digits && chunked && (length == NULL || coding == NULL))
    return true;
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                       "the length of the body must be said once, by one Content-Length or by "
                       "“Transfer-Encoding: chunked”");
  return false;
}

/* One, or two readers take it for two services (RFC 9112, 3.2). libsoup refuses none at all. */
static bool
check_host (SoupMessageHeaders *headers, GError **error) {
  const char *host = soup_message_headers_get_list (headers, "Host");

  if (host == NULL || strchr (host, ',') == NULL)
    return true;
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                       "there must be one Host header");
  return false;
}

static bool
check_length (SoupMessageHeaders *headers, const char *path, GError **error) {
  size_t most = rai_entrance_most (path);

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH ||
      soup_message_headers_get_content_length (headers) <= (goffset) most)
    return true;
  g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_LARGE,
               "the body may have %zu bytes: send less at a time", most);
  return false;
}

static bool
is_upload (SoupMessageHeaders *headers, const char *path) {
  SoupEncoding encoding = soup_message_headers_get_encoding (headers);

  return path_has (path, RAI_ROUTE_LARGE) &&
         (encoding == SOUP_ENCODING_CHUNKED ||
          (encoding == SOUP_ENCODING_CONTENT_LENGTH &&
           soup_message_headers_get_content_length (headers) > SMALL_BODY));
}

/* Much is taken from those only who may send it, and from few at once. */
static bool
admit_upload (RaiRequest *request, SoupMessageHeaders *headers, const char *path, GError **error) {
  if (!is_upload (headers, path))
    return true;

  g_autoptr (RaiSignIn) sign_in =
      rai_request_authenticate (request->thread, request->message, error);
  if (sign_in == NULL)
    return false;

  RaiCrowd *crowd = request->server->crowd;
  GObject *message = G_OBJECT (request->message);
  g_autofree char *own =
      g_strdup_printf ("uploads/%" G_GINT64_FORMAT, sign_in->identity->account_id);

  if (request->server->options.rate == 0 ||
      (rai_crowd_enter_for (crowd, message, own, UPLOADS_OF_ACCOUNT) &&
       rai_crowd_enter_for (crowd, message, "uploads", UPLOADS)))
    return true;

  return rai_request_too_many (request, 1, error);
}

void
rai_entrance_check (RaiServerThread *thread, SoupServerMessage *message, const char *path) {
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (RaiRequest) request = rai_request_new (thread, message, rai_pipeline_rows () - 1);
  GError *error = NULL;

  limit_ranges (headers, path);
  if (check_framing (headers, &error) && check_host (headers, &error) &&
      check_length (headers, path, &error) && admit_upload (request, headers, path, &error))
    return;

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                "close");
  rai_request_fail (request, error);
}
