/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-log.h"

#include "core/rai-names.h"
#include "proto/rai-json.h"
#include "util/rai-clock.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static const char *const names[] = {
  [RAI_LOG_ERROR] = "error",
  [RAI_LOG_WARNING] = "warning",
  [RAI_LOG_INFO] = "info",
  [RAI_LOG_DEBUG] = "debug",
};
static _Atomic int enabled = RAI_LOG_WARNING;

bool
rai_log_parse_level (const char *text, RaiLogLevel *level) {
  size_t place;
  if (!RAI_NAMES_FIND (names, text, &place))
    return false;
  *level = (RaiLogLevel) place;
  return true;
}

void
rai_log_set_level (RaiLogLevel level) {
  enabled = level;
}

bool
rai_log_enabled (RaiLogLevel level) {
  return (int) level <= enabled;
}

void
rai_log (RaiLogLevel level, const char *event, ...) {
  if (!rai_log_enabled (level))
    return;
  const int64_t ms = rai_now_ms ();
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (ms / 1000);

  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");
  g_autoptr (GString) line = g_string_new (NULL);

  va_list fields;

  g_string_append_printf (line, "{\"time\":\"%s.%03dZ\",\"level\":\"%s\",\"event\":", time,
                          (int) (ms % 1000), names[level]);
  rai_json_append_string (line, event);
  va_start (fields, event);

  for (const char *name = va_arg (fields, const char *); name;
       name = va_arg (fields, const char *)) {
    const char *text = va_arg (fields, const char *);
    g_string_append_printf (line, ",\"%s\":", name);
    rai_json_append_string (line, text);
  }

  va_end (fields);
  g_string_append (line, "}\n");

  /* One write a line, so that threads do not mix; a log that cannot be written must not stop the
   * service. */
  if (write (STDERR_FILENO, line->str, line->len) < 0)
    return;
}
