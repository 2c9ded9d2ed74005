/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/rai-options.h"

#include "client/model/rai-server-address.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

const GOptionEntry rai_option_entries[] = {
  { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Keep this computer's data in DIR"),
    N_ ("DIR") },
  { "server", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Sign in to the server at URL"), N_ ("URL") },
  { "login", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Sign in with NAME"), N_ ("NAME") },
  { "password-stdin", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Read the password from the first line of standard input"), NULL },
  { "pictures", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("Write a picture of each page into DIR and end"), N_ ("DIR") },
  { "theme", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("light or dark"), N_ ("THEME") },
  { "size", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("The window's size, as in 1280x800"), N_ ("WxH") },
  { "pages", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Pages to take pictures of or to visit, separated by commas"), N_ ("LIST") },
  { "site", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Start with the store of this code"),
    N_ ("CODE") },
  { "stall-log", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("Write start-up times and stalls into FILE"), N_ ("FILE") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and end"), NULL },
  { NULL },
};

static bool
fail (GError **error, const char *text, const char *value) {
  /* Translators: the first %s says what is wrong, the second is what was given */
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s: “%s”"), text, value);
  return false;
}

static char *
read_password (void) {
  char line[1024];
  if (fgets (line, sizeof line, stdin) == NULL)
    return NULL;
  line[strcspn (line, "\r\n")] = '\0';
  return g_strdup (line);
}

static bool
read_size (RaiOptions *options, GVariantDict *parsed, GError **error) {
  g_autofree char *size = NULL;
  if (!g_variant_dict_lookup (parsed, "size", "s", &size))
    return true;

  char rest;
  if (sscanf (size, "%dx%d%c", &options->width, &options->height, &rest) == 2 &&
      options->width >= 300 && options->height >= 200 && options->width <= 8000 &&
      options->height <= 8000)
    return true;

  return fail (error, _ ("--size wants a width and a height such as 1280x800"), size);
}

/* As on the sign-in page: nothing is sent to what is no address. */
static bool
read_server (RaiOptions *options, GVariantDict *parsed, GError **error) {
  g_autofree char *text = NULL, *problem = NULL;
  if (!g_variant_dict_lookup (parsed, "server", "s", &text))
    return true;
  options->server = rai_server_address_url (text, &problem);
  if (options->server == NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, problem);
  return options->server != NULL;
}

bool
rai_options_read (RaiOptions *options, GVariantDict *parsed, GError **error) {
  g_variant_dict_lookup (parsed, "data-dir", "^ay", &options->data_dir);
  g_variant_dict_lookup (parsed, "login", "s", &options->login);
  g_variant_dict_lookup (parsed, "pictures", "^ay", &options->pictures);
  g_variant_dict_lookup (parsed, "theme", "s", &options->theme);
  g_variant_dict_lookup (parsed, "pages", "s", &options->pages);
  g_variant_dict_lookup (parsed, "site", "s", &options->site);
  g_variant_dict_lookup (parsed, "stall-log", "^ay", &options->stall_log);
  options->version = g_variant_dict_contains (parsed, "version");
  if (options->data_dir == NULL)
    options->data_dir = g_build_filename (g_get_user_data_dir (), "retailai", NULL);
  if (options->theme != NULL && strcmp (options->theme, "light") != 0 &&
      strcmp (options->theme, "dark") != 0)
    return fail (error, _ ("--theme is light or dark"), options->theme);

  if (!read_size (options, parsed, error) || !read_server (options, parsed, error))
    return false;
  if (g_variant_dict_contains (parsed, "password-stdin"))
    options->password = read_password ();
  else
    options->password = g_strdup (g_getenv ("RETAILAI_PASSWORD"));

  return true;
}

void
rai_options_clear (RaiOptions *options) {
  g_free (options->data_dir);
  g_free (options->server);
  g_free (options->login);
  g_free (options->password);
  g_free (options->pictures);
  g_free (options->theme);
  g_free (options->pages);
  g_free (options->site);
  g_free (options->stall_log);
  memset (options, 0, sizeof *options);
}
