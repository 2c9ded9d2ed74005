/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-zone.h"

#include <glib.h>
#include <string.h>

#define UTC "UTC"
/* Where the system keeps the database, unless TZDIR says otherwise: as GLib does. */
#define ZONES_DIR "/usr/share/zoneinfo"
/* The longest name has 32 characters (America/Argentina/ComodRivadavia). */
#define NAME_MAX_LENGTH 64
/* Columns of zone.tab: country, coordinates, name, and sometimes a comment. */
#define NAME_COLUMN 2

/* "Area/Place" of letters, digits and _ + -; no copy of the database within it. */
static bool
is_well_formed (const char *name) {
  const char *start = name;
  int parts = 0;
  if (strlen (name) > NAME_MAX_LENGTH || g_str_has_prefix (name, "posix/") ||
      g_str_has_prefix (name, "right/"))
    return false;

  for (const char *c = name;; c++) {
    if (*c == '/' || *c == '\0') {
      if (!g_ascii_isalpha (*start))
        return false;
      parts++;
      start = c + 1;
    } else if (!g_ascii_isalnum (*c) && *c != '_' && *c != '-' && *c != '+')
      return false;
    if (*c == '\0')
      return parts > 1;
  }
}

bool
rai_zone_is_known (const char *name) {
  if (name == NULL || !(g_str_equal (name, UTC) || is_well_formed (name)))
    return false;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);
  return zone != NULL;
}

char *
rai_zone_list_path (void) {
  const char *dir = g_getenv ("TZDIR");
  return g_build_filename (dir != NULL ? dir : ZONES_DIR, "zone.tab", NULL);
}

static int
compare (const void *a, const void *b) {
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
rai_zone_list (const char *text) {
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    g_auto (GStrv) columns = g_strsplit (g_strchomp (*line), "\t", -1);
    if (**line != '#' && g_strv_length (columns) > NAME_COLUMN)
      g_ptr_array_add (names, g_strdup (columns[NAME_COLUMN]));
  }

  g_ptr_array_sort (names, compare);
  g_ptr_array_add (names, g_strdup (UTC));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
