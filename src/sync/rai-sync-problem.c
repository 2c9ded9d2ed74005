/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-problem.h"

#include "proto/rai-json-read.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

/* Seconds to wait where the server names none. */
#define SOON 30
/* RFC 6585; libsoup has no name for it. */
#define TOO_MANY_REQUESTS 429

#define OFFLINE(...) g_error_new (RAI_SYNC_ERROR, RAI_SYNC_ERROR_OFFLINE, __VA_ARGS__)

/* What a problem document (RFC 9457) says; NULL where it is none. Points into the parser. */
typedef struct {
  const char *code, *words;
} Problem;

static Problem
read_problem (JsonParser *parser, GBytes *body) {
  size_t size;
  const char *text = body != NULL ? g_bytes_get_data (body, &size) : NULL;
  if (text == NULL || !json_parser_load_from_data (parser, text, (ssize_t) size, NULL))
    return (Problem){ NULL, NULL };

  JsonNode *root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return (Problem){ NULL, NULL };
  JsonObject *object = json_node_get_object (root);
  const char *detail = rai_json_get_text (object, "detail");

  return (Problem){ rai_json_get_text (object, "code"),
                    detail != NULL ? detail : rai_json_get_text (object, "title") };
}

static int
seconds_to_wait (SoupMessage *message) {
  const char *text =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  int64_t seconds = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  return seconds > 0 && seconds < 86400 ? (int) seconds : SOON;
}

static GError *
fault (RaiSyncError code, const char *words, const char *otherwise) {
  return g_error_new_literal (RAI_SYNC_ERROR, code, words != NULL ? words : otherwise);
}

/* Codes of the server's that say more than the status; NULL for others. */
static GError *
answer_by_code (SoupMessage *message, const Problem *problem) {
  const char *code = problem->code;
  if (g_strcmp0 (code, "disabled") == 0 || g_strcmp0 (code, "account_disabled") == 0)
    return fault (RAI_SYNC_ERROR_DISABLED, NULL,
                  _ ("This account is disabled. Ask an administrator"));

  if (g_strcmp0 (code, "new_password") == 0)
    return fault (RAI_SYNC_ERROR_NEW_PASSWORD, problem->words, _ ("Choose a new password"));

  if (g_strcmp0 (code, "credentials") == 0)
    return fault (RAI_SYNC_ERROR_REFUSED, NULL, _ ("Name or password is wrong"));

  if (g_strcmp0 (code, "locked_out") == 0)
    return g_error_new (RAI_SYNC_ERROR, RAI_SYNC_ERROR_TOO_MANY,
                        _ ("Too many wrong passwords. Try again in %d seconds"),
                        seconds_to_wait (message));

  return NULL;
}

static GError *
answer_elsewhere (SoupMessage *message) {
  const char *place =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  return g_error_new (
      RAI_SYNC_ERROR, RAI_SYNC_ERROR_ADDRESS,
      _ ("This address leads on to %s. Sign in with the address of the server itself"),
      place != NULL ? place : _ ("another one"));
}

/* Only what says that the request itself is wrong counts as a refusal: a proxy's or a hotel's page
 * must not cost anybody a command. */
GError *
rai_sync_problem_answer (SoupMessage *message, GBytes *body, bool bare) {
  g_autoptr (JsonParser) parser = json_parser_new ();
  unsigned status = soup_message_get_status (message);
  Problem problem = read_problem (parser, body);

  GError *by_code = answer_by_code (message, &problem);
  if (by_code != NULL)
    return by_code;
  if (status == SOUP_STATUS_UNAUTHORIZED)
    return fault (RAI_SYNC_ERROR_SIGNED_OUT, problem.words, _ ("Sign in again to sync"));
  if (bare && status >= 300 && status < 400)
    return answer_elsewhere (message);

  if (bare && (status == 404 || status == 405))
    return g_error_new (RAI_SYNC_ERROR, RAI_SYNC_ERROR_ADDRESS,
                        _ ("This address answers, but not as a RetailAI server; check it (%u)"),
                        status);

  if (status == TOO_MANY_REQUESTS)
    return OFFLINE (_ ("The server has too much to do. Try again in %d seconds"),
                    seconds_to_wait (message));

  if ((bare && status < 500) || status == 400 || status == 413 || status == 422)
    return g_error_new (RAI_SYNC_ERROR, RAI_SYNC_ERROR_REFUSED, "%s (%u)",
                        problem.words != NULL ? problem.words : _ ("The server refused"), status);

  return OFFLINE (_ ("The server cannot answer now. Try again in a while (%u%s%s)"), status,
                  problem.words != NULL ? ": " : "", problem.words != NULL ? problem.words : "");
}

GError *
rai_sync_problem_request (SoupMessage *message, GBytes *body) {
  g_autoptr (JsonParser) parser = json_parser_new ();
  unsigned status = soup_message_get_status (message);
  Problem problem = read_problem (parser, body);
  bool ours = problem.code != NULL && problem.words != NULL && status >= 400 && status < 500;

  if (ours && status != SOUP_STATUS_UNAUTHORIZED && status != TOO_MANY_REQUESTS)
    return fault (RAI_SYNC_ERROR_REFUSED, problem.words, NULL);
  return rai_sync_problem_answer (message, body, false);
}

static const char *
host_of (SoupMessage *message) {
  const char *host = message != NULL ? g_uri_get_host (soup_message_get_uri (message)) : NULL;
  return host != NULL ? host : _ ("the server");
}

/* A certificate that is not of this time is mostly a clock that is not: the system's, by which TLS
 * looks at it. */
static GError *
unsafe (SoupMessage *message, const GError *cause) {
  GTlsCertificateFlags flaws =
      message != NULL ? soup_message_get_tls_peer_certificate_errors (message) : 0;
  const char *host = host_of (message);

  if (flaws & (G_TLS_CERTIFICATE_NOT_ACTIVATED | G_TLS_CERTIFICATE_EXPIRED)) {
    g_autoptr (GDateTime) now = g_date_time_new_now_local ();
    g_autofree char *today = g_date_time_format (now, "%-e %B %Y, %H:%M");
    return g_error_new (RAI_SYNC_ERROR, RAI_SYNC_ERROR_OFFLINE,
                        _ ("The server's certificate is not valid on %s. If that is not the time, "
                           "set this computer's "
                           "date and time; otherwise tell whoever runs the server"),
                        today);
  }

  if (flaws & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return OFFLINE (
        _ ("The certificate of %s is for another name. Check the address, or tell whoever "
           "runs the server"),
        host);
  if (flaws != 0)
    return OFFLINE (_ ("This computer does not trust the certificate of %s. Tell whoever runs the "
                       "server"),
                    host);
  if (cause != NULL && cause->domain == G_TLS_ERROR)
    return OFFLINE (
        _ ("%s gives no safe connection. Check the address; a server without encryption "
           "is reached with http:// in front"),
        host);

  return NULL;
}

GError *
rai_sync_problem_connection (SoupMessage *message, const GError *cause) {
  const char *host = host_of (message);
  GError *not_safe = unsafe (message, cause);
  if (not_safe != NULL)
    return not_safe;

  if (cause != NULL && cause->domain == G_RESOLVER_ERROR)
    return OFFLINE (
        _ ("%s was not found. Check the address, and whether this computer has a network"), host);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return OFFLINE (
        _ ("Nothing answers at %s. Check the address and its port; the server may not be "
           "running"),
        host);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
      g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    return OFFLINE (_ ("There is no way to %s. Check this computer's network"), host);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return OFFLINE (
        _ ("%s does not answer. Check the address, and whether this computer has a network"), host);

  return OFFLINE (_ ("The connection to %s broke off. Try again"), host);
}

GError *
rai_sync_problem_address (const char *server) {
  return g_error_new (
      RAI_SYNC_ERROR, RAI_SYNC_ERROR_ADDRESS,
      _ ("“%s” is not the address of a server; it looks like https://shop.example.com"), server);
}
