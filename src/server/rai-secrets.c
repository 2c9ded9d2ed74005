/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-secrets.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_KEY "token_key"

/* NULL without an error: not there. */
static char *
read_meta (RaiDb *db, const char *name, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, "SELECT value FROM meta WHERE key = ?1", error);
  char *value = NULL;

  if (statement == NULL)
    return NULL;
  rai_statement_bind_text (statement, 1, name);
  if (rai_statement_step (statement, error) == RAI_STEP_ROW)
    value = g_strdup (rai_statement_text (statement, 0));

  rai_statement_reset (statement);
  return value;
}

static bool
make_key (RaiDb *db, GError **error) {
  uint8_t key[RAI_TOKEN_KEY_SIZE];
  char text[2 * sizeof key + 1];

  if (sodium_init () < 0) {
    g_set_error_literal (error, RAI_DB_ERROR, RAI_DB_ERROR_FAILED, "no random numbers can be had");
    return false;
  }

  randombytes_buf (key, sizeof key);
  sodium_bin2hex (text, sizeof text, key, sizeof key);
  if (!rai_db_begin_write (db, error))
    return false;

  RaiStatement *statement = rai_db_prepare (
      db, "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING", error);
  if (statement != NULL) {
    rai_statement_bind_text (statement, 1, TOKEN_KEY);
    rai_statement_bind_text (statement, 2, text);
  }

  sodium_memzero (text, sizeof text);
  if (statement == NULL || !rai_statement_run (statement, error) || !rai_db_commit (db, error)) {
    rai_db_rollback (db);
    return false;
  }

  return true;
}

bool
rai_secrets_load (RaiDb *db, RaiTokenKey *key, GError **error) {
  g_autoptr (GError) local = NULL;
  g_autofree char *text = read_meta (db, TOKEN_KEY, &local);
  size_t size = 0;

  if (text == NULL && local == NULL && make_key (db, &local))
    text = read_meta (db, TOKEN_KEY, &local);
  key->issuer = local != NULL ? NULL : read_meta (db, "server_id", &local);

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return false;
  }

  if (text == NULL || key->issuer == NULL ||
      sodium_hex2bin (key->key, sizeof key->key, text, strlen (text), NULL, &size, NULL) != 0 ||
      size != sizeof key->key) {
    g_set_error_literal (error, RAI_DB_ERROR, RAI_DB_ERROR_CORRUPT,
                         "the server's key or id in table meta is damaged: delete its row "
                         "token_key, and all sign in "
                         "again");
    return false;
  }

  return true;
}
