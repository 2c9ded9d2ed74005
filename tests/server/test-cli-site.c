/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-server.h"

#include <glib/gstdio.h>
#include <string.h>

/* A server's first real store, from a terminal: `retailai-server site`, as scripts call it. */

static char *url;

static void
expect (const char *words, int status, const char *message) {
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_auto (GStrv) split = g_strsplit (words, "|", -1);
  const unsigned n = g_strv_length (split);
  const char *word[12] = { NULL };
  g_assert_cmpuint (n, <=, G_N_ELEMENTS (word));
  for (unsigned i = 0; i < n; i++)
    word[i] = split[i];

  const int ended = rai_test_server_run (NULL, &output, &errors, "--db", url, word[0], word[1],
                                         word[2], word[3], word[4], word[5], word[6], word[7],
                                         word[8], word[9], word[10], word[11], NULL);
  if (ended != status || (strstr (output, message) == NULL && strstr (errors, message) == NULL))
    g_error ("%s: %d\n%s%s", words, ended, output, errors);
}

static void
test_usage (void) {
  expect ("site", 2, "say list, or add NAME");
  expect ("site|add", 2, "--help");
  expect ("site|add|Quay", 2, "--zone, --currency and --open are needed");
  expect ("site|add|Quay|--zone|UTC|--currency|EUR|--open|never", 2, "--open is like");
  expect ("site|add|Quay|--zone|UTC|--currency|EUR|--open|mo|--hours|8", 2, "--hours is like");
  expect ("site|add|Quay|--zone|UTC|--currency|EUR|--open|mo|--hours|8-25", 2, "--hours is like");
}

static void
test_refused (void) {
  expect ("site|add|Quay|--zone|UTC|--currency|EUR|--open|mo|--hours|20-8", 1, "closes after");
  expect ("site|add|Quay|--zone|Mars|--currency|EUR|--open|mo", 1, "no such time zone");
  expect ("site|add|Quay|--zone|UTC|--currency|EURO|--open|mo", 1, "no such currency");
  expect ("site|add|  |--zone|UTC|--currency|EUR|--open|mo", 1, "name");
  expect ("site|list", 0, "");
}

static void
test_added (void) {
  expect ("site|add|The Quay|--zone|Europe/Rome|--currency|EUR|--open|mo-sa|--hours|8-19:30", 0,
          "code: THE-QUAY");
  expect ("site|add|Other|--zone|UTC|--currency|EUR|--open|mo|--code|the-quay", 1, "“THE-QUAY”");
  expect ("site|list|--json", 0, "\"open_weekdays\":63");
  expect ("site|list|--json", 0, "\"opens\":480,\"closes\":1170");
  expect ("site|list", 0, "Europe/Rome");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = g_dir_make_tmp ("retailai-cli-site-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "shop.db", NULL);
  url = g_strconcat ("sqlite:", path, NULL);
  expect ("init", 0, "secret");
  g_test_add_func ("/cli-site/usage", test_usage);
  g_test_add_func ("/cli-site/refused", test_refused);
  g_test_add_func ("/cli-site/added", test_added);

  const int status = g_test_run ();
  g_unlink (path);
  g_rmdir (folder);
  g_free (url);
  return status;
}
