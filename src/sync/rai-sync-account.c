/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-account.h"

#include "sync/rai-sync-wire.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define GROUP "account"

/* Everything but letters, digits and a few marks as %XX; never "." or "..". */
static char *
file_name (const char *text) {
  g_autofree char *escaped = g_uri_escape_string (text, NULL, TRUE);
  return escaped[0] == '.' ? g_strconcat ("%2E", escaped + 1, NULL) : g_steal_pointer (&escaped);
}

char *
rai_sync_account_folder (const char *data_dir, const char *server, const char *login) {
  g_autoptr (GUri) uri = g_uri_parse (server, G_URI_FLAGS_NONE, NULL);
  g_autofree char *host = NULL;
  if (uri != NULL && g_uri_get_host (uri) != NULL && g_uri_get_port (uri) > 0)
    host = g_strdup_printf ("%s_%d", g_uri_get_host (uri), g_uri_get_port (uri));
  else
    host = g_strdup (uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : server);

  g_autofree char *lower = g_ascii_strdown (host, -1);
  g_autofree char *first = file_name (lower);
  g_autofree char *second = file_name (login);

  return g_build_filename (data_dir, first, second, NULL);
}

bool
rai_sync_account_save (const char *folder, const char *server, const char *login,
                       const RaiIdentity *identity, int64_t used_at, GError **error) {
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (folder, "account.ini", NULL);
  g_autoptr (GString) json = g_string_new (NULL);
  rai_sync_append_identity (json, identity);
  g_key_file_set_string (file, GROUP, "server", server);
  g_key_file_set_string (file, GROUP, "login", login);
  g_key_file_set_string (file, GROUP, "identity", json->str);
  g_key_file_set_int64 (file, GROUP, "used-at", used_at);

  return g_key_file_save_to_file (file, path, error);
}

RaiIdentity *
rai_sync_account_load (const char *folder, GError **error) {
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (folder, "account.ini", NULL);
  g_autofree char *json = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    json = g_key_file_get_string (file, GROUP, "identity", NULL);

  RaiIdentity *identity = json != NULL ? rai_sync_parse_identity (json, NULL) : NULL;
  if (identity == NULL)
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_NO_ACCOUNT,
                 _ ("Nobody has signed in here before"));

  return identity;
}

static void
account_free (void *data) {
  RaiSyncAccount *account = data;
  g_free (account->server);
  g_free (account->login);
  g_free (account);
}

static void
add_account (GPtrArray *accounts, const char *folder) {
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (folder, "account.ini", NULL);
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return;

  RaiSyncAccount *account = g_new0 (RaiSyncAccount, 1);
  account->server = g_key_file_get_string (file, GROUP, "server", NULL);
  account->login = g_key_file_get_string (file, GROUP, "login", NULL);
  account->used_at = g_key_file_get_int64 (file, GROUP, "used-at", NULL);

  if (account->server != NULL && account->login != NULL)
    g_ptr_array_add (accounts, account);
  else
    account_free (account);
}

static int
compare_accounts (const void *a, const void *b) {
  const RaiSyncAccount *one = *(RaiSyncAccount *const *) a, *two = *(RaiSyncAccount *const *) b;
  return one->used_at < two->used_at   ? 1
         : one->used_at > two->used_at ? -1
                                       : strcmp (one->login, two->login);
}

GPtrArray *
rai_sync_accounts (const char *data_dir) {
  GPtrArray *accounts = g_ptr_array_new_with_free_func (account_free);
  g_autoptr (GDir) servers = g_dir_open (data_dir, 0, NULL);

  const char *server, *login;
  while (servers != NULL && (server = g_dir_read_name (servers))) {
    g_autofree char *path = g_build_filename (data_dir, server, NULL);
    g_autoptr (GDir) logins = g_dir_open (path, 0, NULL);
    while (logins != NULL && (login = g_dir_read_name (logins))) {
      g_autofree char *folder = g_build_filename (path, login, NULL);
      add_account (accounts, folder);
    }
  }

  g_ptr_array_sort (accounts, compare_accounts);
  return accounts;
}
