/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-clock.h"

#include <glib.h>
#include <stdbool.h>

/* A time is one line; more than this is no clock. */
#define LONGEST_TIME 100

static int64_t last_read; /* from a file, atomic; 0: none yet */

static bool
parse_time (const char *text, int64_t *ms) {
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, utc);
  if (time == NULL)
    return false;

  *ms = g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
  return true;
}

static void
warn_once (const char *setting) {
  static int warned;
  if (g_atomic_int_compare_and_exchange (&warned, 0, 1))
    g_printerr ("RETAILAI_NOW=%s is no time: write 2026-11-30T07:00:00Z, or @FILE with a file that "
                "holds such a time\n",
                setting);
}

/* Whoever moves the clock may be writing just now: then the time before holds. */
static bool
read_file (const char *path, int64_t *ms) {
  g_autofree char *text = NULL;
  size_t length;

  if (g_file_get_contents (path, &text, &length, NULL) && length <= LONGEST_TIME &&
      parse_time (g_strstrip (text), ms)) {
    __atomic_store_n (&last_read, *ms, __ATOMIC_RELAXED);
    return true;
  }

  *ms = __atomic_load_n (&last_read, __ATOMIC_RELAXED);
  return *ms != 0;
}

int64_t
rai_now_ms (void) {
  const char *setting = g_getenv ("RETAILAI_NOW");
  if (setting != NULL && setting[0] != '\0') {
    int64_t ms;
    if (setting[0] == '@' ? read_file (setting + 1, &ms) : parse_time (setting, &ms))
      return ms;
    warn_once (setting);
  }

  const char *offset = g_getenv ("RETAILAI_CLOCK_OFFSET");
  int64_t shift_seconds = offset != NULL ? g_ascii_strtoll (offset, NULL, 10) : 0;
  return g_get_real_time () / 1000 + shift_seconds * 1000;
}

int64_t
rai_now_seconds (void) {
  return rai_now_ms () / 1000;
}
