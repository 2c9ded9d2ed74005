/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/handlers/rai-handlers-account.h"

#include "command/rai-reach.h"
#include "proto/rai-json.h"
#include "server/rai-http-error.h"
#include "server/rai-password.h"
#include "server/rai-token-family.h"

#include <string.h>

/* POST /v1/accounts/{id}/secret: an administrator lets somebody of his stores in, for the first
 * time or again. The secret is shown to the administrator once, and works once. */

typedef struct {
  RaiRequest *request;
  RaiServer *server;
  RaiIdentity *caller;
  int64_t account_id;
  char *secret;
  char *stored;
  GError *error;
} Secret;

static void
secret_free (Secret *job) {
  if (job->secret != NULL)
    explicit_bzero (job->secret, strlen (job->secret));
  g_free (job->secret);
  g_free (job->stored);
  rai_identity_free (job->caller);
  g_clear_error (&job->error);
  g_free (job);
}

static void
reply_secret (RaiRequest *request, void *data) {
  Secret *job = data;

  if (job->error != NULL) {
    rai_request_fail (request, g_steal_pointer (&job->error));
  } else {
    GString *json = g_string_new (NULL);
    g_string_append_printf (json,
                            "{\"account_id\":%" G_GINT64_FORMAT ",\"secret\":", job->account_id);
    rai_json_append_string (json, job->secret);
    g_string_append_c (json, '}');
    rai_request_reply_json (request, 200, json);
  }

  secret_free (job);
}

static bool
write_secret (RaiDb *db, void *data, GError **error) {
  Secret *job = data;

  return rai_sign_in_check (job->request->sign_in, db, error) &&
         rai_reach_person (db, job->caller, job->account_id, error) &&
         rai_account_set_password (db, job->account_id, job->stored, error);
}

static void
wrote_secret (void *data, const GError *error) {
  Secret *job = data;

  if (error != NULL)
    job->error = g_error_copy (error);
  job->server->epoch++;
  rai_request_resume (job->request, reply_secret, job);
}

static void
hash_secret (RaiDb *unused, void *data) {
  Secret *job = data;

  job->secret = rai_password_make_secret ();
  job->stored = rai_password_hash (job->secret, true, &job->error);
  if (job->stored != NULL)
    rai_writer_run (job->server->writer, write_secret, wrote_secret, job);
  else
    rai_request_resume (job->request, reply_secret, job);
}

void
rai_handle_secret (RaiRequest *request) {
  int64_t id = 0;

  if (!g_ascii_string_to_signed (request->path_argument, 10, 1, G_MAXINT64, &id, NULL)) {
    rai_request_fail (request, g_error_new (RAI_HTTP_ERROR, RAI_HTTP_ERROR_NOT_FOUND,
                                            "there is no account “%s”", request->path_argument));
    return;
  }

  Secret *job = g_new0 (Secret, 1);
  job->request = request;
  job->server = request->server;
  job->caller = rai_identity_copy (request->sign_in->identity);
  job->account_id = id;

  if (rai_pool_push (job->server->hashing, hash_secret, job)) {
    rai_request_defer (request);
    return;
  }

  secret_free (job);
  rai_request_fail (request,
                    g_error_new_literal (RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_MANY,
                                         "too many people sign in at this moment: wait a little"));
}
