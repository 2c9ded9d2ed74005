/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-routes.h"

#include "server/handlers/rai-handlers-account.h"
#include "server/handlers/rai-handlers-auth.h"
#include "server/handlers/rai-handlers-command.h"
#include "server/handlers/rai-handlers-import.h"
#include "server/handlers/rai-handlers-job.h"
#include "server/handlers/rai-handlers-query.h"
#include "server/handlers/rai-handlers-sales.h"
#include "server/handlers/rai-handlers-sync.h"
#include "server/handlers/rai-handlers-system.h"

#include <string.h>

#define TEXT "{\"type\":\"string\"}"
#define NUMBER "{\"type\":\"integer\"}"
#define OBJECT(members) "{\"type\":\"object\",\"properties\":{" members "}}"
#define NEEDING(needed, members) \
  "{\"type\":\"object\",\"required\":[" needed "],\"properties\":{" members "}}"
#define FLAG "{\"type\":\"boolean\"}"
#define ANY_OBJECT "{\"type\":[\"object\",\"null\"]}"
#define REF(name) "{\"$ref\":\"#/components/schemas/" name "\"}"

/* What bringing in a file takes: the permission of its command, import.file. */
#define IMPORTS RAI_ROUTE_COMPANY, RAI_PERMISSION_RECORD_SALES
#define UPLOAD \
  OBJECT ("\"id\":" TEXT ",\"name\":" TEXT ",\"size\":" NUMBER ",\"offset\":" NUMBER \
          ",\"piece\":" NUMBER)
#define IMPORT \
  OBJECT ("\"id\":" TEXT ",\"state\":{\"enum\":[\"waiting\",\"running\",\"done\",\"failed\"," \
          "\"cancelled\"]},\"cancelling\":" FLAG ",\"dry_run\":" FLAG ",\"file\":" TEXT \
          ",\"progress\":" ANY_OBJECT ",\"result\":" ANY_OBJECT ",\"error\":" ANY_OBJECT)

const RaiRoute rai_routes[] = {
  { "GET", "/healthz", RAI_ROUTE_PUBLIC, 0, rai_handle_health, "The process answers", NULL, NULL,
    OBJECT ("\"status\":" TEXT) },
  { "GET", "/readyz", RAI_ROUTE_PUBLIC, 0, rai_handle_ready, "The database answers too", NULL, NULL,
    OBJECT ("\"status\":" TEXT ",\"revision\":" NUMBER) },
  { "GET", "/metrics", RAI_ROUTE_PUBLIC, 0, rai_handle_metrics, "Counters in Prometheus' text form",
    "For callers on this computer only." },
  { "GET", "/v1/openapi.json", RAI_ROUTE_PUBLIC, 0, rai_handle_openapi, "This description", NULL,
    NULL, "{\"type\":\"object\"}" },

  { "POST", "/v1/auth/login", RAI_ROUTE_PUBLIC | RAI_ROUTE_SIGN_IN, 0, rai_handle_login, "Sign in",
    "new_password replaces the password while signing in; a one-time secret must be replaced so.",
    NEEDING ("\"login\",\"password\"",
             "\"login\":" TEXT ",\"password\":" TEXT ",\"new_password\":" TEXT ",\"device\":" TEXT),
    REF ("SignIn") },
  { "POST", "/v1/auth/refresh", RAI_ROUTE_PUBLIC | RAI_ROUTE_SIGN_IN, 0, rai_handle_refresh,
    "Trade a refresh token for a new access token and the next refresh token",
    "A refresh token works once; when it comes back later all tokens of the sign-in end. A device "
    "that names itself as "
    "it did when signing in may ask again as long as it has not used the answer, which may have "
    "been lost.",
    NEEDING ("\"refresh_token\"", "\"refresh_token\":" TEXT ",\"device\":" TEXT), REF ("SignIn") },
  { "POST", "/v1/auth/logout", RAI_ROUTE_PUBLIC, 0, rai_handle_logout, "End the sign-in, at once",
    "Known by the refresh token in the body, or by the access token.",
    OBJECT ("\"refresh_token\":" TEXT), NULL },
  { "GET", "/v1/account", 0, RAI_PERMISSION_NONE, rai_handle_account, "Who is signed in", NULL,
    NULL, REF ("Account") },
  { "POST", "/v1/accounts/{id}/secret", 0, RAI_PERMISSION_ADMINISTER, rai_handle_secret,
    "A new one-time secret for an account, whose sign-ins end", NULL, NULL,
    OBJECT ("\"account_id\":" NUMBER ",\"secret\":" TEXT) },

  { "POST", "/v1/commands", RAI_ROUTE_LARGE, RAI_PERMISSION_NONE, rai_handle_commands,
    "Change something",
    "One command or a list of up to 1000. Each is run and answered by itself, in order; its id "
    "makes that it is "
    "applied once, however often it is sent.",
    "{\"oneOf\":[" REF ("Command") ",{\"type\":\"array\",\"items\":" REF ("Command") "}]}",
    "{\"oneOf\":[" REF ("Answer") ",{\"type\":\"array\",\"items\":" REF ("Answer") "}]}" },

  { "POST", "/v1/sales", RAI_ROUTE_LARGE | RAI_ROUTE_UNTIMED, RAI_PERMISSION_RECORD_SALES,
    rai_handle_sales, "Record receipts",
    "A receipt, a list of up to 5000, {\"receipts\":[...]}, or a receipt a line "
    "(application/x-ndjson). A receipt is "
    "known "
    "by site, till, day (the business day) and number; till and day are optional, and a till that "
    "begins its numbers anew each day says at least the day. Sent again, it is counted as "
    "unchanged, "
    "also by a till that says more of itself than before; with other lines it is refused.",
    "{\"type\":\"array\",\"items\":" REF ("Receipt") "}",
    OBJECT ("\"read\":" NUMBER ",\"added\":" NUMBER ",\"unchanged\":" NUMBER
            ",\"set_aside\":" NUMBER ",\"rejected\":" NUMBER
            ",\"problems\":{\"type\":\"array\",\"items\":" OBJECT (
                "\"index\":" NUMBER ",\"code\":" TEXT ",\"message\":" TEXT) "}") },
  { "POST", "/v1/jobs", RAI_ROUTE_COMPANY, RAI_PERMISSION_SET_POLICY, rai_handle_job,
    "Start long work: forecast, plan or replan (both)",
    "One at a time; the query jobs tells how it goes.", NEEDING ("\"kind\"", "\"kind\":" TEXT),
    OBJECT ("\"kind\":" TEXT ",\"state\":" TEXT) },

  { "POST", "/v1/uploads", IMPORTS, rai_handle_upload_begin, "Begin to send a file, in pieces",
    "size is the whole file's, up to 2 GiB; piece tells the bytes that a piece may have. What "
    "nobody touches for a day is removed.",
    NEEDING ("\"name\",\"size\"", "\"name\":" TEXT ",\"size\":" NUMBER), UPLOAD },
  { "PATCH", "/v1/uploads/{id}", RAI_ROUTE_COMPANY | RAI_ROUTE_LARGE, RAI_PERMISSION_RECORD_SALES,
    rai_handle_upload_piece, "Send the next piece",
    "The body is its bytes (application/octet-stream), the header Upload-Offset says at which byte "
    "it begins. "
    "Where the file goes on at another, the answer is 409 and its Upload-Offset says where.",
    NULL, UPLOAD },
  { "GET", "/v1/uploads/{id}", IMPORTS, rai_handle_upload, "How much of a file is there", NULL,
    NULL, UPLOAD },
  { "DELETE", "/v1/uploads/{id}", IMPORTS, rai_handle_upload_remove, "Remove a file" },
  { "POST", "/v1/imports", IMPORTS, rai_handle_import_start, "Bring in a file that was sent",
    "id is a UUID, by which it is done once, however often it is asked for. dry_run changes "
    "nothing and tells what would come. The others are the options of the command line's import. "
    "One is brought in at a time; when the last one has ended well, the planner is started.",
    NEEDING ("\"id\",\"upload\",\"kind\"",
             "\"id\":" TEXT ",\"upload\":" TEXT ",\"kind\":" TEXT ",\"preset\":" TEXT
             ",\"dates\":" TEXT ",\"decimal\":" TEXT ",\"delimiter\":" TEXT ",\"site\":" TEXT
             ",\"period\":" TEXT ",\"encoding\":" TEXT
             ",\"map\":{\"type\":\"array\",\"items\":" TEXT "},\"dry_run\":" FLAG),
    IMPORT },
  { "GET", "/v1/imports/{id}", IMPORTS, rai_handle_import, "How bringing in a file goes",
    "progress tells bytes of the file and rows, result what came of it, error why it failed.", NULL,
    IMPORT },
  { "GET", "/v1/imports/{id}/rejects", IMPORTS, rai_handle_import_rejects,
    "The rows that were left out, as CSV with line and reason" },
  { "POST", "/v1/imports/{id}/cancel", IMPORTS, rai_handle_import_cancel, "Stop bringing in a file",
    NULL, NULL, IMPORT },

  { "GET", "/v1/sync/snapshot", RAI_ROUTE_DEAR | RAI_ROUTE_RESUMABLE, RAI_PERMISSION_NONE,
    rai_handle_snapshot, "All that the caller may see, as a SQLite database packed with zstd",
    "Resumable with Range and If-Range." },
  { "GET", "/v1/sync/changes", RAI_ROUTE_UNTIMED, RAI_PERMISSION_NONE, rai_handle_changes,
    "What changed after a revision, as JSON packed with zstd",
    "Parameters: since, scope, epoch, as the replica holds them." },
  { "GET", "/v1/live", RAI_ROUTE_SOCKET, RAI_PERMISSION_NONE, rai_handle_live,
    "WebSocket: {\"revision\":N} at once and after each commit" },
  { NULL },
};

const RaiRoute rai_route_query = {
  "GET", "/v1/{query}", RAI_ROUTE_DEAR, RAI_PERMISSION_NONE, rai_handle_query, "A query"
};

bool
rai_route_matches (const RaiRoute *route, const char *path, char **argument) {
  const char *hole = strstr (route->path, "{id}");

  if (hole == NULL)
    return strcmp (route->path, path) == 0;

  size_t before = (size_t) (hole - route->path);
  if (strncmp (route->path, path, before) != 0)
    return false;

  const char *end = strchrnul (path + before, '/');
  if (end == path + before || strcmp (end, hole + strlen ("{id}")) != 0)
    return false;
  if (argument != NULL)
    *argument = g_strndup (path + before, (size_t) (end - path) - before);

  return true;
}

unsigned
rai_routes_count (void) {
  unsigned n = 0;

  while (rai_routes[n].method != NULL)
    n++;
  return n;
}
