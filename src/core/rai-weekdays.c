/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-weekdays.h"

#include <glib.h>
#include <string.h>

/* 1-7, 0 for anything else. */
static int
weekday_of (const char *word) {
  static const char *const names[] = { "mondays", "tuesdays",  "wednesdays", "thursdays",
                                       "fridays", "saturdays", "sundays" };
  if (word[0] >= '1' && word[0] <= '7' && word[1] == '\0')
    return word[0] - '0';

  const size_t length = strlen (word);
  for (int i = 0; i < 7 && length >= 2; i++)
    if (length <= strlen (names[i]) && g_ascii_strncasecmp (word, names[i], length) == 0)
      return i + 1;
  return 0;
}

int
rai_weekdays_parse (const char *text) {
  g_auto (GStrv) parts = g_strsplit_set (text, " ,;/", -1);
  int bits = 0;
  for (int i = 0; parts[i] != NULL; i++) {
    if (*parts[i] == '\0')
      continue;
    g_auto (GStrv) ends = g_strsplit (parts[i], "-", 2);
    const int from = weekday_of (ends[0]), to = ends[1] != NULL ? weekday_of (ends[1]) : from;
    if (from == 0 || to == 0)
      return -1;
    for (int day = from;; day = day % 7 + 1) {
      bits |= 1 << (day - 1);
      if (day == to)
        break;
    }
  }

  return bits > 0 ? bits : -1;
}
