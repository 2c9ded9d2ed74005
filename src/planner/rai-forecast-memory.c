/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-forecast-memory.h"

#include <string.h>

/* The lines "YYYY-MM-DD weights", newest first; *text is NULL when there are none. */
static bool
read_lines (RaiDb *db, const char *what, char **text, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, "SELECT value FROM meta WHERE key = ?1", error);
  if (statement == NULL)
    return false;

  g_autofree char *key = g_strconcat ("forecast.chosen.", what, NULL);
  rai_statement_bind_text (statement, 1, key);

  RaiStep step = rai_statement_step (statement, error);
  *text = step == RAI_STEP_ROW ? g_strdup (rai_statement_text (statement, 0)) : NULL;
  rai_statement_reset (statement);

  return step != RAI_STEP_FAILED;
}

/* The newest line of a day before first_day, or NULL. */
static const char *
find_earlier (char **lines, RaiDay first_day) {
  for (size_t k = 0; lines[k] != NULL; k++) {
    RaiDay day = strlen (lines[k]) > 10 ? rai_day_parse (lines[k], 10) : RAI_DAY_NONE;
    if (day != RAI_DAY_NONE && day < first_day)
      return lines[k];
  }
  return NULL;
}

bool
rai_forecast_memory_read (RaiDb *db, const char *what, RaiDay first_day, RaiMemory **memory,
                          GError **error) {
  g_autofree char *text = NULL;
  *memory = NULL;
  if (!read_lines (db, what, &text, error))
    return false;

  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  const char *line = find_earlier (lines, first_day);
  if (line != NULL)
    *memory = rai_memory_parse (line + 10);

  return true;
}

bool
rai_forecast_memory_write (RaiDb *db, const char *what, RaiDay first_day,
                           const RaiForecast *forecast, GError **error) {
  size_t n;
  const RaiMethodError *methods = rai_forecast_method_errors (forecast, &n);
  g_autofree char *text = NULL, *weights = rai_memory_format (methods, n);
  if (!read_lines (db, what, &text, error))
    return false;
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  const char *earlier = find_earlier (lines, first_day);
  char day[11];
  g_autofree char *value =
      g_strdup_printf ("%s %s%s%s", rai_day_format (first_day, day), weights,
                       earlier != NULL ? "\n" : "", earlier != NULL ? earlier : "");
  RaiStatement *statement =
      rai_db_prepare (db,
                      "INSERT INTO meta (key, value) VALUES (?1, ?2) "
                      "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                      error);

  if (statement == NULL)
    return false;

  g_autofree char *key = g_strconcat ("forecast.chosen.", what, NULL);
  rai_statement_bind_text (statement, 1, key);
  rai_statement_bind_text (statement, 2, value);

  return rai_statement_run (statement, error);
}
