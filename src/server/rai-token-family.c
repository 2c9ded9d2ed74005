/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-token-family.h"

#include "db/rai-db-run.h"
#include "db/rai-session.h"
#include "server/rai-http-error.h"
#include "util/rai-day.h"
#include "util/rai-uuid.h"

#include <string.h>

/* A refresh token's life:
 *
 *   stored (start, refresh) -> used (refresh) -> forgotten (sweep, after its expiry)
 *                           \-> revoked (revoke, re-use, set_password, user.disable)
 */

#define LIFE_MS (60 * RAI_MS_PER_DAY)

typedef struct {
  char *family;
  int64_t account_id;
  char *device;
  int64_t expires_at;
  bool used;
  bool revoked;
} Row;

static void
row_clear (Row *row) {
  g_clear_pointer (&row->family, g_free);
  g_clear_pointer (&row->device, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

void
rai_account_free (RaiAccount *account) {
  g_free (account->login);
  g_free (account->name);
  g_free (account->password);
  g_free (account);
}

void
rai_token_family_clear (RaiTokenFamily *tokens) {
  g_clear_pointer (&tokens->refresh, g_free);
}

RaiAccount *
rai_account_find (RaiDb *db, const char *login, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db, "SELECT id, login, name, password_hash, disabled FROM account WHERE login = ?1", error);
  RaiAccount *account = NULL;

  if (statement == NULL)
    return NULL;
  rai_statement_bind_text (statement, 1, login);

  if (rai_statement_step (statement, error) == RAI_STEP_ROW) {
    account = g_new0 (RaiAccount, 1);
    account->id = rai_statement_int (statement, 0);
    account->login = g_strdup (rai_statement_text (statement, 1));
    account->name = g_strdup (rai_statement_text (statement, 2));
    account->password = g_strdup (rai_statement_text (statement, 3));
    account->disabled = rai_statement_int (statement, 4) != 0;
  }

  rai_statement_reset (statement);
  return account;
}

char **
rai_account_words (RaiDb *db, const char *login, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, "SELECT name FROM site", error);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  RaiStep step;

  if (statement == NULL)
    return NULL;
  g_ptr_array_add (words, g_strdup (login));
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW)
    g_ptr_array_add (words, g_strdup (rai_statement_text (statement, 0)));

  rai_statement_reset (statement);
  if (step != RAI_STEP_DONE)
    return NULL;
  g_ptr_array_add (words, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

bool
rai_account_upgrade_password (RaiDb *db, int64_t account_id, const char *stored, GError **error) {
  RaiStatement *statement =
      rai_db_prepare (db, "UPDATE account SET password_hash = ?1 WHERE id = ?2", error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, stored);
  rai_statement_bind_int (statement, 2, account_id);
  if (!rai_statement_run (statement, error))
    return false;
  if (rai_db_changes (db) == 1)
    return true;

  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_NOT_FOUND, "there is no such account");
  return false;
}

bool
rai_account_set_password (RaiDb *db, int64_t account_id, const char *stored, GError **error) {
  int64_t revision;

  if (!rai_db_revision (db, &revision, error) ||
      !rai_account_upgrade_password (db, account_id, stored, error))
    return false;

  RaiStatement *statement = rai_db_prepare (db, "UPDATE account SET rev = ?1 WHERE id = ?2", error);
  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, revision);
  rai_statement_bind_int (statement, 2, account_id);
  return rai_statement_run (statement, error) && rai_session_end_all (db, account_id, error);
}

bool
rai_account_check_password (RaiDb *db, int64_t account_id, const char *stored, GError **error) {
  int64_t n = 0;
  if (rai_db_row (db, error, "SELECT count(*) FROM account WHERE id = ?1 AND password_hash = ?2",
                  "it>i", account_id, stored, &n) == RAI_STEP_FAILED)
    return false;
  if (n > 0)
    return true;

  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_CONFLICT,
                       "the password was changed at this moment: sign in with the new one");
  return false;
}

static bool
read_sites (RaiDb *db, int64_t account_id, GArray *sites, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db, "SELECT site_id FROM account_site WHERE account_id = ?1 ORDER BY site_id", error);
  RaiStep step;

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, account_id);

  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    int64_t site = rai_statement_int (statement, 0);
    g_array_append_val (sites, site);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

RaiIdentity *
rai_account_identity (RaiDb *db, int64_t account_id, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db, "SELECT login, role, all_sites, disabled FROM account WHERE id = ?1", error);
  g_autoptr (GArray) sites = g_array_new (FALSE, FALSE, sizeof (int64_t));

  g_autofree char *login = NULL;
  RaiRole role = RAI_ROLE_ASSOCIATE;
  bool all_sites = false, usable = false;

  if (statement == NULL)
    return NULL;
  rai_statement_bind_int (statement, 1, account_id);

  RaiStep step = rai_statement_step (statement, error);
  if (step == RAI_STEP_ROW) {
    login = g_strdup (rai_statement_text (statement, 0));
    all_sites = rai_statement_int (statement, 2) != 0;
    usable = rai_role_parse (rai_statement_text (statement, 1), &role) &&
             rai_statement_int (statement, 3) == 0;
  }

  rai_statement_reset (statement);
  if (step == RAI_STEP_FAILED)
    return NULL;
  if (login == NULL) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_UNAUTHENTICATED,
                         "there is no such account any more");
    return NULL;
  }

  if (!usable) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_DISABLED,
                 "the account “%s” is disabled: ask an administrator", login);
    return NULL;
  }

  if (!read_sites (db, account_id, sites, error))
    return NULL;
  return rai_identity_new (account_id, login, role, all_sites,
                           (const int64_t *) (void *) sites->data, sites->len);
}

bool
rai_token_family_check (RaiDb *db, const char *family, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db, "SELECT count (*) FROM session WHERE family = ?1 AND revoked_at IS NULL", error);
  bool alive = false;

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, family);

  RaiStep step = rai_statement_step (statement, error);
  if (step == RAI_STEP_ROW)
    alive = rai_statement_int (statement, 0) > 0;
  rai_statement_reset (statement);

  if (step == RAI_STEP_ROW && !alive)
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_UNAUTHENTICATED,
                         "this sign-in has ended: sign in again");

  return alive;
}

static bool
insert_token (RaiDb *db, const RaiTokenFamily *tokens, const char *device, int64_t now,
              GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db,
      "INSERT INTO session (token_hash, family, account_id, device, created_at, expires_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (token_hash) DO NOTHING",
      error);
  g_autofree char *hash = rai_token_hash (tokens->refresh);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, hash);
  rai_statement_bind_text (statement, 2, tokens->family);
  rai_statement_bind_int (statement, 3, tokens->account_id);
  rai_statement_bind_text (statement, 4, device != NULL ? device : "");
  rai_statement_bind_int (statement, 5, now);
  rai_statement_bind_int (statement, 6, now + LIFE_MS);

  return rai_statement_run (statement, error);
}

bool
rai_token_family_start (RaiDb *db, int64_t account_id, const char *device, int64_t now,
                        RaiTokenFamily *tokens, GError **error) {
  tokens->account_id = account_id;
  rai_uuid_new (tokens->family);
  tokens->refresh = rai_token_new_refresh ();
  return insert_token (db, tokens, device, now, error);
}

static RaiStep
find_token (RaiDb *db, const char *refresh, Row *row, GError **error) {
  RaiStatement *statement =
      rai_db_prepare (db,
                      "SELECT family, account_id, device, expires_at, used_at, revoked_at FROM "
                      "session WHERE token_hash = ?1",
                      error);
  g_autofree char *hash = rai_token_hash (refresh);

  if (statement == NULL)
    return RAI_STEP_FAILED;
  rai_statement_bind_text (statement, 1, hash);

  RaiStep step = rai_statement_step (statement, error);
  if (step == RAI_STEP_ROW) {
    row->family = g_strdup (rai_statement_text (statement, 0));
    row->account_id = rai_statement_int (statement, 1);
    row->device = g_strdup (rai_statement_text (statement, 2));
    row->expires_at = rai_statement_int (statement, 3);
    row->used = !rai_statement_is_null (statement, 4);
    row->revoked = !rai_statement_is_null (statement, 5);
  }

  rai_statement_reset (statement);
  return step;
}

static bool
mark_used (RaiDb *db, const char *refresh, int64_t now, GError **error) {
  RaiStatement *statement =
      rai_db_prepare (db, "UPDATE session SET used_at = ?1 WHERE token_hash = ?2", error);
  g_autofree char *hash = rai_token_hash (refresh);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, now);
  rai_statement_bind_text (statement, 2, hash);
  return rai_statement_run (statement, error);
}

static bool
revoke_family (RaiDb *db, const char *family, int64_t now, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db, "UPDATE session SET revoked_at = ?1 WHERE family = ?2 AND revoked_at IS NULL", error);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, now);
  rai_statement_bind_text (statement, 2, family);
  return rai_statement_run (statement, error);
}

static bool
refuse (GError **refused, const char *reason) {
  g_set_error_literal (refused, RAI_HTTP_ERROR, RAI_HTTP_ERROR_UNAUTHENTICATED, reason);
  return true;
}

/* A used token came back: fine when it is the device that never heard its answer, theft
 * otherwise. */
static bool
refresh_again (RaiDb *db, const Row *row, const char *next, int64_t now, RaiTokenFamily *tokens,
               GError **refused, GError **error) {
  g_auto (Row) successor = { NULL };
  RaiStep step = next != NULL ? find_token (db, next, &successor, error) : RAI_STEP_DONE;

  if (step == RAI_STEP_FAILED)
    return false;
  if (step == RAI_STEP_ROW && !successor.used && !successor.revoked) {
    tokens->refresh = g_strdup (next);
    return true;
  }

  refuse (refused, "this refresh token was used before: the sign-in has been ended, sign in again");
  return revoke_family (db, row->family, now, error);
}

bool
rai_token_family_refresh (RaiDb *db, const RaiTokenKey *key, const char *refresh,
                          const char *device, int64_t now, RaiTokenFamily *tokens, GError **refused,
                          GError **error) {
  g_auto (Row) row = { NULL };
  RaiStep step = find_token (db, refresh, &row, error);

  if (step == RAI_STEP_FAILED)
    return false;
  if (step != RAI_STEP_ROW || row.revoked || row.expires_at <= now)
    return refuse (refused, "the refresh token is not valid, or has expired: sign in again");

  tokens->account_id = row.account_id;
  g_strlcpy (tokens->family, row.family, sizeof tokens->family);

  bool known = device != NULL && *device && strcmp (device, row.device) == 0;
  g_autofree char *next = known ? rai_token_next_refresh (key, refresh, device) : NULL;
  if (row.used)
    return refresh_again (db, &row, next, now, tokens, refused, error);

  tokens->refresh = next != NULL ? g_steal_pointer (&next) : rai_token_new_refresh ();
  return mark_used (db, refresh, now, error) && insert_token (db, tokens, row.device, now, error);
}

bool
rai_token_family_revoke (RaiDb *db, const char *refresh, const char *family, int64_t now,
                         GError **error) {
  if (family != NULL && !revoke_family (db, family, now, error))
    return false;
  if (refresh == NULL)
    return true;

  g_auto (Row) row = { NULL };
  RaiStep step = find_token (db, refresh, &row, error);
  if (step == RAI_STEP_FAILED)
    return false;

  return step != RAI_STEP_ROW || revoke_family (db, row.family, now, error);
}

bool
rai_token_family_sweep (RaiDb *db, int64_t now, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, "DELETE FROM session WHERE expires_at < ?1", error);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, now - RAI_MS_PER_DAY);
  return rai_statement_run (statement, error);
}
