/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-zone.h"

#include <glib.h>

static void
test_known (void) {
  static const char *const known[] = { "UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires",
                                       "America/Port-au-Prince", "Etc/GMT+5" };
  static const char *const unknown[] = {
    "",          "Berlin",        "Europe/Berlinn",      "Europe/",   "/Europe/Berlin",
    "+02:00",    "CET-1CEST",     "Europe/../UTC",       "AAA+5",     "Europe//Berlin",
    "a/b/c/d/e", "posix/Etc/UTC", "right/Europe/Berlin", "Eur\nope/X"
  };
  for (size_t i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_true (rai_zone_is_known (known[i]));
  for (size_t i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_false (rai_zone_is_known (unknown[i]));
  g_assert_false (rai_zone_is_known (NULL));
}

/* Comments and short lines are no zones; the last column is not always there. */
static void
test_list (void) {
  g_auto (GStrv) names = rai_zone_list ("# tab\nDE\t+5230+01322\tEurope/Berlin\tmost of Germany\n"
                                        "short\tline\n\nJP\t+353916+1394441\tAsia/Tokyo\n");
  g_assert_cmpuint (g_strv_length (names), ==, 3);
  g_assert_cmpstr (names[0], ==, "Asia/Tokyo");
  g_assert_cmpstr (names[1], ==, "Europe/Berlin");
  g_assert_cmpstr (names[2], ==, "UTC");

  g_auto (GStrv) none = rai_zone_list (NULL);
  g_assert_cmpuint (g_strv_length (none), ==, 1);
}

/* What can be chosen is what is taken. */
static void
test_all_known (void) {
  g_autofree char *path = rai_zone_list_path ();
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL)) {
    g_test_skip ("this machine has no list of time zones");
    return;
  }

  g_auto (GStrv) names = rai_zone_list (text);
  g_assert_cmpuint (g_strv_length (names), >, 300);
  for (char **name = names; *name != NULL; name++)
    g_assert_true (rai_zone_is_known (*name));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/util/zone/known", test_known);
  g_test_add_func ("/util/zone/list", test_list);
  g_test_add_func ("/util/zone/all-known", test_all_known);
  return g_test_run ();
}
