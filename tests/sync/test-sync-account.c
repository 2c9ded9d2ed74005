/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-account.h"

#include "sync/rai-sync-engine.h"

#include <glib/gstdio.h>
#include <string.h>

/* One folder an account, inside the data folder whatever the names are. */
static void
test_folder (void) {
  g_autofree char *one = rai_sync_account_folder ("/d", "https://Shop.example.com/", "ada");
  g_autofree char *two = rai_sync_account_folder ("/d", "https://shop.example.com", "ada");
  g_autofree char *port = rai_sync_account_folder ("/d", "http://127.0.0.1:8080", "ada");
  g_autofree char *wild = rai_sync_account_folder ("/d", "../..", "../etc/passwd");
  g_autofree char *dots = rai_sync_account_folder ("/d", "http://x", "..");

  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (port, ==, "/d/127.0.0.1_8080/ada");
  g_assert_null (strstr (wild, "/.."));
  g_assert_null (strstr (wild, "/etc/"));
  g_assert_null (strstr (dots, "/.."));
}

static void
test_store (void) {
  g_autoptr (GError) error = NULL;
  g_autofree char *data = g_dir_make_tmp ("rai-account-XXXXXX", NULL);
  g_autoptr (RaiIdentity) identity = rai_identity_new (7, "ada", RAI_ROLE_EXECUTIVE, true, NULL, 0);

  const char *const logins[] = { "ada", "bob" };
  for (int i = 0; i < 2; i++) {
    g_autofree char *folder = rai_sync_account_folder (data, "http://x:1", logins[i]);
    g_assert_null (rai_sync_account_load (folder, &error));
    g_assert_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_NO_ACCOUNT);
    g_clear_error (&error);
    g_mkdir_with_parents (folder, 0700);
    g_assert_true (rai_sync_account_save (folder, "http://x:1", logins[i], identity, i, &error));
    g_autoptr (RaiIdentity) again = rai_sync_account_load (folder, &error);
    g_assert_no_error (error);
    g_assert_true (again->all_sites);
    g_assert_cmpint (again->role, ==, RAI_ROLE_EXECUTIVE);
  }

  g_autoptr (GPtrArray) accounts = rai_sync_accounts (data);
  g_assert_cmpuint (accounts->len, ==, 2);
  g_assert_cmpstr (((RaiSyncAccount *) accounts->pdata[0])->login, ==, "bob");

  for (int i = 0; i < 2; i++) {
    g_autofree char *folder = rai_sync_account_folder (data, "http://x:1", logins[i]);
    g_autofree char *file = g_build_filename (folder, "account.ini", NULL);
    g_unlink (file);
    g_rmdir (folder);
  }

  g_autofree char *server = g_build_filename (data, "x_1", NULL);
  g_rmdir (server);
  g_rmdir (data);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/account/folder", test_folder);
  g_test_add_func ("/sync/account/store", test_store);
  return g_test_run ();
}
