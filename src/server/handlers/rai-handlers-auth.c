/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/handlers/rai-handlers-auth.h"

#include "proto/rai-json.h"
#include "server/rai-body.h"
#include "server/rai-device.h"
#include "server/rai-http-error.h"
#include "server/rai-log.h"
#include "server/rai-password.h"
#include "server/rai-pipeline.h"
#include "server/rai-token-family.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"

#include <string.h>

/* Signing in and staying signed in:
 *
 *   login    parse -> hashing pool (verify) -> writer (new sign-in) -> answer
 *   refresh  parse -> writer (trade the token) -> answer
 *   logout   parse -> writer (revoke) -> answer
 */

/* Sign-ins of strangers that may wait for hashing; the rest of the queue is for those who are known
 * here. */
#define STRANGERS_WAITING 32

typedef struct {
  RaiRequest *request;
  RaiServer *server;
  char *login;
  char *password;
  char *new_password;
  char **words; /* that the new one may not be made of */
  char *device;
  char *proof; /* that the device signed in before */
  char *address;
  char device_name[RAI_DEVICE_NAME_SIZE]; /* empty: it proved nothing */
  char *refresh;
  RaiAccount *account;
  char *stored; /* new form of the password; NULL: it stays */
  bool changed; /* the password, not only its hash */
  char *name;
  RaiTokenFamily tokens;
  RaiIdentity *identity;
  GError *error;
} SignIn;

/* As strdup for what is secret: wiped when freed. */
static void
wipe (char **secret) {
  if (*secret)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

static void
sign_in_free (SignIn *job) {
  wipe (&job->password);
  wipe (&job->new_password);
  wipe (&job->refresh);
  g_strfreev (job->words);
  g_free (job->login);
  wipe (&job->proof);
  g_free (job->address);
  g_free (job->device);
  g_free (job->stored);
  g_free (job->name);
  g_clear_pointer (&job->account, rai_account_free);
  g_clear_pointer (&job->identity, rai_identity_free);
  rai_token_family_clear (&job->tokens);
  g_clear_error (&job->error);
  g_free (job);
}

static void
append_account (GString *json, const RaiIdentity *identity, const char *id_name, const char *name) {
  g_string_append_printf (json, "{\"%s\":%" G_GINT64_FORMAT ",\"login\":", id_name,
                          identity->account_id);
  rai_json_append_string (json, identity->login);

  if (name != NULL) {
    g_string_append (json, ",\"name\":");
    rai_json_append_string (json, name);
  }

  g_string_append_printf (json, ",\"role\":\"%s\",\"all_sites\":%s,\"sites\":[",
                          rai_role_id (identity->role), identity->all_sites ? "true" : "false");
  for (size_t i = 0; i < identity->n_sites; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", identity->sites[i]);

  g_string_append (json, "]}");
}

static void
append_tokens (GString *json, SignIn *job) {
  int64_t now = rai_now_seconds ();
  RaiTokenClaims claims = { .account_id = job->tokens.account_id };

  g_strlcpy (claims.family, job->tokens.family, sizeof claims.family);
  claims.expires_at = now + job->server->options.token_seconds;

  g_autofree char *access = rai_token_issue (&job->server->key, &claims, now);
  g_string_append (json, "{\"access_token\":");
  rai_json_append_string (json, access);
  g_string_append_printf (json, ",\"token_type\":\"Bearer\",\"expires_in\":%d,\"refresh_token\":",
                          job->server->options.token_seconds);
  rai_json_append_string (json, job->tokens.refresh);

  if (job->account != NULL) {
    const char *stored = job->stored != NULL ? job->stored : job->account->password;
    g_autofree char *proof =
        rai_device_issue (&job->server->key, job->tokens.account_id, stored, now);
    g_string_append (json, ",\"device_proof\":");
    rai_json_append_string (json, proof);
  }
}

static void
reply_sign_in (RaiRequest *request, void *data) {
  SignIn *job = data;

  if (job->error != NULL) {
    rai_log (RAI_LOG_INFO, "sign-in refused", "login", job->login != NULL ? job->login : "",
             "reason", job->error->message, NULL);
    rai_request_fail (request, g_steal_pointer (&job->error));
    sign_in_free (job);
    return;
  }

  GString *json = g_string_new (NULL);
  append_tokens (json, job);
  g_string_append (json, ",\"account\":");
  append_account (json, job->identity, "id", job->name);
  g_string_append (json, ",\"identity\":");
  append_account (json, job->identity, "account_id", NULL);
  g_string_append (json, ",\"server_id\":");
  rai_json_append_string (json, job->server->key.issuer);
  g_string_append_printf (json, ",\"server_time_ms\":%" G_GINT64_FORMAT "}", rai_now_ms ());
  rai_request_reply_json (request, 200, json);
  sign_in_free (job);
}

static char *
read_name (RaiDb *db, int64_t account_id, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, "SELECT name FROM account WHERE id = ?1", error);
  char *name = NULL;

  if (statement == NULL)
    return NULL;
  rai_statement_bind_int (statement, 1, account_id);
  if (rai_statement_step (statement, error) == RAI_STEP_ROW)
    name = g_strdup (rai_statement_text (statement, 0));

  rai_statement_reset (statement);
  return name;
}

/* On the writer's thread, as the two below. */
static bool
load_account (RaiDb *db, SignIn *job, GError **error) {
  g_clear_pointer (&job->identity, rai_identity_free);
  g_clear_pointer (&job->name, g_free);
  job->identity = rai_account_identity (db, job->tokens.account_id, error);
  if (job->identity != NULL)
    job->name = read_name (db, job->tokens.account_id, error);
  return job->name != NULL;
}

static bool
write_login (RaiDb *db, void *data, GError **error) {
  SignIn *job = data;
  int64_t id = job->account->id;

  rai_token_family_clear (&job->tokens);
  if (!rai_account_check_password (db, id, job->account->password, error))
    return false;
  if (job->stored != NULL && job->changed && !rai_account_set_password (db, id, job->stored, error))
    return false;
  if (job->stored != NULL && !job->changed &&
      !rai_account_upgrade_password (db, id, job->stored, error))
    return false;

  return rai_token_family_start (db, id, job->device, rai_now_ms (), &job->tokens, error) &&
         load_account (db, job, error);
}

static void
wrote (void *data, const GError *error) {
  SignIn *job = data;

  if (error != NULL) {
    g_clear_error (&job->error);
    job->error = g_error_copy (error);
  }
  if (job->changed || job->error != NULL)
    job->server->epoch++;
  rai_request_resume (job->request, reply_sign_in, job);
}

static bool
judge (SignIn *job, GError **error) {
  bool outdated = false;
  bool right = rai_password_verify (job->account != NULL ? job->account->password : NULL,
                                    job->password, &outdated);

  if (!right) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_CREDENTIALS,
                         "login or password is wrong");
    return false;
  }

  if (job->account->disabled) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_DISABLED,
                         "the account is disabled: ask an administrator");
    return false;
  }

  if (rai_password_is_once (job->account->password) && job->new_password == NULL) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_NEW_PASSWORD,
                         "this secret works once: send “new_password” along to replace it");
    return false;
  }

  if (job->new_password != NULL && strcmp (job->new_password, job->password) == 0) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_WEAK_PASSWORD,
                         "the new password is the old one: choose another");
    return false;
  }

  if (job->new_password != NULL &&
      !rai_password_check (job->new_password, (const char *const *) job->words, error))
    return false;

  job->changed = job->new_password != NULL;
  if (!job->changed && !outdated)
    return true;
  job->stored = rai_password_hash (job->changed ? job->new_password : job->password, false, error);

  return job->stored != NULL;
}

static RaiTry
attempt_of (const SignIn *job) {
  return (RaiTry){ job->login, job->address, *job->device_name ? job->device_name : NULL };
}

/* On a thread of the hashing pool. */
static void
verify (RaiDb *unused, void *data) {
  SignIn *job = data;

  if (judge (job, &job->error)) {
    RaiTry attempt = attempt_of (job);
    rai_lockout_was_right (job->server->lockout, &attempt);
    rai_writer_run (job->server->writer, write_login, wrote, job);
    return;
  }

  if (job->error->code == RAI_HTTP_ERROR_CREDENTIALS && job->server->options.rate > 0) {
    RaiTry attempt = attempt_of (job);
    rai_lockout_was_wrong (job->server->lockout, &attempt, g_get_monotonic_time ());
  }

  rai_request_resume (job->request, reply_sign_in, job);
}

static bool
read_login (SignIn *job, GError **error) {
  GError *local = NULL;
  json_auto_t *object = rai_body_object (job->request, error);

  if (object == NULL)
    return false;
  job->login = g_strdup (rai_body_text (object, "login", RAI_BODY_NAME, true, &local));
  if (local == NULL)
    job->password = g_strdup (rai_body_text (object, "password", RAI_BODY_SECRET, true, &local));
  if (local == NULL)
    job->new_password =
        g_strdup (rai_body_text (object, "new_password", RAI_BODY_SECRET, false, &local));
  if (local == NULL)
    job->device = g_strdup (rai_body_text (object, "device", RAI_BODY_NAME, false, &local));
  if (local == NULL)
    job->proof = g_strdup (rai_body_text (object, "device_proof", RAI_BODY_SECRET, false, &local));
  if (local != NULL)
    g_propagate_error (error, local);

  return local == NULL;
}

static bool
check_failures (SignIn *job, GError **error) {
  RaiTry attempt = attempt_of (job);
  int wait;

  if (job->server->options.rate == 0 ||
      rai_lockout_may (job->server->lockout, &attempt, g_get_monotonic_time (), &wait))
    return true;

  g_autofree char *seconds = g_strdup_printf ("%d", wait);
  soup_message_headers_replace (soup_server_message_get_response_headers (job->request->message),
                                "Retry-After", seconds);
  g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_LOCKED_OUT,
               "too many wrong passwords for this login: wait %d s", wait);

  return false;
}

static bool
find_account (SignIn *job, GError **error) {
  RaiDb *db = rai_server_thread_db (job->request->thread, error);
  GError *local = NULL;

  if (db == NULL)
    return false;
  job->account = rai_account_find (db, job->login, &local);
  if (job->account != NULL)
    rai_device_verify (&job->server->key, job->account->id, job->account->password, job->proof,
                       rai_now_ms () / 1000, job->device_name);
  if (local == NULL && job->new_password != NULL)
    job->words = rai_account_words (db, job->login, &local);
  if (local != NULL)
    g_propagate_error (error, local);

  return local == NULL;
}

static bool
queue_hashing (SignIn *job, GError **error) {
  RaiTry attempt = attempt_of (job);
  bool may = rai_pool_waiting (job->server->hashing) < STRANGERS_WAITING ||
             rai_lockout_is_known (job->server->lockout, &attempt);

  if (may && rai_pool_push (job->server->hashing, verify, job))
    return true;
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_MANY,
                       "too many people sign in at this moment: wait a little");
  return false;
}

void
rai_handle_login (RaiRequest *request) {
  SignIn *job = g_new0 (SignIn, 1);
  GError *error = NULL;

  job->request = request;
  job->server = request->server;
  job->address = rai_request_address (request);
  if (read_login (job, &error) && find_account (job, &error) && check_failures (job, &error) &&
      queue_hashing (job, &error)) {
    rai_request_defer (request);
    return;
  }

  sign_in_free (job);
  rai_request_fail (request, error);
}

static bool
write_refresh (RaiDb *db, void *data, GError **error) {
  SignIn *job = data;

  g_clear_error (&job->error);
  rai_token_family_clear (&job->tokens);
  if (!rai_token_family_refresh (db, &job->server->key, job->refresh, job->device, rai_now_ms (),
                                 &job->tokens, &job->error, error))
    return false;
  return job->error != NULL || load_account (db, job, error);
}

static bool
read_refresh (SignIn *job, bool required, GError **error) {
  GError *local = NULL;
  json_auto_t *object = rai_body_object (job->request, error);

  if (object == NULL)
    return false;
  job->refresh =
      g_strdup (rai_body_text (object, "refresh_token", RAI_BODY_SECRET, required, &local));
  if (local == NULL)
    job->device = g_strdup (rai_body_text (object, "device", RAI_BODY_NAME, false, &local));
  if (local != NULL)
    g_propagate_error (error, local);

  return local == NULL;
}

void
rai_handle_refresh (RaiRequest *request) {
  SignIn *job = g_new0 (SignIn, 1);
  GError *error = NULL;

  job->request = request;
  job->server = request->server;
  if (!read_refresh (job, true, &error)) {
    sign_in_free (job);
    rai_request_fail (request, error);
    return;
  }

  rai_writer_run (job->server->writer, write_refresh, wrote, job);
  rai_request_defer (request);
}

static bool
write_logout (RaiDb *db, void *data, GError **error) {
  SignIn *job = data;
  const char *family = *job->tokens.family ? job->tokens.family : NULL;

  return rai_token_family_revoke (db, job->refresh, family, rai_now_ms (), error);
}

static void
reply_logout (RaiRequest *request, void *data) {
  SignIn *job = data;

  if (job->error != NULL)
    rai_request_fail (request, g_steal_pointer (&job->error));
  else
    rai_request_reply (request, 204, NULL, NULL);
  sign_in_free (job);
}

static void
wrote_logout (void *data, const GError *error) {
  SignIn *job = data;

  if (error != NULL)
    job->error = g_error_copy (error);
  job->server->epoch++;
  rai_request_resume (job->request, reply_logout, job);
}

/* By the refresh token in the body, as the access token may have run out; by the access token too
 * when there is one. */
void
rai_handle_logout (RaiRequest *request) {
  SignIn *job = g_new0 (SignIn, 1);
  GError *error = NULL;
  SoupMessageBody *body = soup_server_message_get_request_body (request->message);
  RaiTokenClaims claims;
  const char *token = rai_request_token (request->message);

  job->request = request;
  job->server = request->server;

  bool known = token != NULL &&
               rai_token_verify (&job->server->key, token, rai_now_seconds (), &claims, NULL);
  if (known)
    g_strlcpy (job->tokens.family, claims.family, sizeof job->tokens.family);
  if ((body->length > 0 || !known) && !read_refresh (job, !known, &error)) {
    sign_in_free (job);
    rai_request_fail (request, error);
    return;
  }

  rai_writer_run (job->server->writer, write_logout, wrote_logout, job);
  rai_request_defer (request);
}

void
rai_handle_account (RaiRequest *request) {
  GError *error = NULL;
  RaiDb *db = rai_server_thread_db (request->thread, &error);
  g_autofree char *name =
      db != NULL ? read_name (db, request->sign_in->identity->account_id, &error) : NULL;

  if (name == NULL) {
    rai_request_fail (request, error != NULL
                                   ? error
                                   : g_error_new_literal (RAI_HTTP_ERROR, RAI_HTTP_ERROR_NOT_FOUND,
                                                          "there is no such account any more"));
    return;
  }

  GString *json = g_string_new (NULL);
  append_account (json, request->sign_in->identity, "id", name);
  rai_request_reply_json (request, 200, json);
}
