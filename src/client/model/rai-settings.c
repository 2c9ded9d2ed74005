/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-settings.h"

#include <glib/gstdio.h>
#include <string.h>

static char *path;
static RaiTheme theme;

static const char *const theme_names[] = { "desktop", "light", "dark" };

static void
apply (RaiTheme value) {
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[value]);
}

static RaiTheme
parse (const char *name) {
  for (unsigned i = 0; name != NULL && i < G_N_ELEMENTS (theme_names); i++) {
    if (strcmp (name, theme_names[i]) == 0)
      return (RaiTheme) i;
  }
  return RAI_THEME_DESKTOP;
}

void
rai_settings_load (const char *data_dir) {
  g_free (path);
  path = g_build_filename (data_dir, "client.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  g_autofree char *name = g_key_file_get_string (file, "window", "theme", NULL);
  theme = parse (name);
  apply (theme);
}

void
rai_settings_override_theme (const char *name) {
  apply (name != NULL ? parse (name) : theme);
}

RaiTheme
rai_settings_get_theme (void) {
  return theme;
}

void
rai_settings_set_theme (RaiTheme value) {
  g_return_if_fail (value <= RAI_THEME_DARK);
  theme = value;
  apply (theme);
  if (path == NULL)
    return;

  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  g_key_file_set_string (file, "window", "theme", theme_names[theme]);

  g_autofree char *folder = g_path_get_dirname (path);
  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (file, path, &error))
    g_warning ("The settings could not be saved: %s", error->message);
}
