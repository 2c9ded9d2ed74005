/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-query.h"
#include "util/rai-day.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* bench-query URL: the CPU time of every query of the table on a filled database, as the pages ask
 * it: for one store and for all. Prints a line of JSON a query: name, rows, the median of eleven
 * runs in ms. */

#define RUNS 11

static double
now_ms (clockid_t clock) {
  struct timespec now;
  clock_gettime (clock, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static int
compare (const void *a, const void *b) {
  const double x = *(const double *) a;
  const double y = *(const double *) b;
  return (x > y) - (x < y);
}

static char *
text_of (RaiDb *db, const char *sql) {
  RaiStatement *statement = rai_db_prepare (db, sql, NULL);
  char *text = NULL;
  if (statement && rai_statement_step (statement, NULL) == RAI_STEP_ROW)
    text = g_strdup (rai_statement_text (statement, 0));
  if (statement != NULL)
    rai_statement_reset (statement);
  return text ? text : g_strdup ("0");
}

static char *
argument_for (RaiDb *db, const RaiQueryParameter *parameter, RaiDay last_day) {
  char day[11];
  if (g_str_equal (parameter->name, "items"))
    return g_strdup (
        "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30");

  if (g_str_equal (parameter->name, "order"))
    return text_of (
        db, "SELECT order_id FROM order_line GROUP BY order_id ORDER BY count(*) DESC LIMIT 1");

  if (g_str_equal (parameter->name, "id"))
    return text_of (db, "SELECT id FROM alert LIMIT 1");
  if (g_str_equal (parameter->name, "level"))
    return g_strdup ("item");
  if (parameter->type == RAI_VALUE_DAY)
    return g_strdup (
        rai_day_format (g_str_equal (parameter->name, "from") ? last_day - 365 : last_day, day));

  return g_strdup ("1");
}

static GHashTable *
arguments_for (RaiDb *db, const RaiQuery *query, bool site, RaiDay last_day) {
  GHashTable *arguments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (const RaiQueryParameter *parameter = query->parameters; parameter && parameter->name;
       parameter++)
    if (parameter->required || (site && g_str_equal (parameter->name, "site")) ||
        (parameter->type == RAI_VALUE_INT && parameter->fallback))
      g_hash_table_insert (arguments, g_strdup (parameter->name),
                           argument_for (db, parameter, last_day));
  return arguments;
}

static bool
measure (RaiDb *db, const RaiQuery *query, bool site, RaiDay last_day) {
  g_autoptr (RaiIdentity) everything = rai_identity_new_system ();
  g_autoptr (GHashTable) arguments = arguments_for (db, query, site, last_day);
  g_autoptr (GError) error = NULL;

  double cpu[RUNS], wall[RUNS];
  size_t n_rows = 0;
  for (int i = -1; i < RUNS; i++) {
    const double cpu_start = now_ms (CLOCK_PROCESS_CPUTIME_ID),
                 wall_start = now_ms (CLOCK_MONOTONIC);
    g_autoptr (RaiRows) rows = rai_query_run (db, query, everything, arguments, &error);
    if (rows == NULL) {
      fprintf (stderr, "%s: %s\n", query->name, error->message);
      return false;
    }
    if (i >= 0) {
      cpu[i] = now_ms (CLOCK_PROCESS_CPUTIME_ID) - cpu_start;
      wall[i] = now_ms (CLOCK_MONOTONIC) - wall_start;
    }
    n_rows = rai_rows_count (rows);
  }

  qsort (cpu, RUNS, sizeof *cpu, compare);
  qsort (wall, RUNS, sizeof *wall, compare);
  printf ("{\"query\":\"%s\",\"stores\":\"%s\",\"rows\":%zu,\"ms\":%.3f,\"wall_ms\":%.3f}\n",
          query->name, site ? "one" : "all", n_rows, cpu[RUNS / 2], wall[RUNS / 2]);

  return true;
}

static bool
has_site (const RaiQuery *query) {
  for (const RaiQueryParameter *parameter = query->parameters; parameter && parameter->name;
       parameter++)
    if (g_str_equal (parameter->name, "site"))
      return true;
  return false;
}

static bool
is_site_required (const RaiQuery *query) {
  for (const RaiQueryParameter *parameter = query->parameters; parameter && parameter->name;
       parameter++)
    if (g_str_equal (parameter->name, "site"))
      return parameter->required;
  return false;
}

int
main (int argc, char **argv) {
  g_autoptr (GError) error = NULL;
  if (argc != 2) {
    fprintf (stderr, "usage: %s sqlite:PATH|postgresql://...\n", argv[0]);
    return 2;
  }

  g_autoptr (RaiDb) db = rai_db_open (argv[1], RAI_DB_OPEN_READ_ONLY, &error);
  int64_t last_day = 0;
  if (db == NULL ||
      !rai_db_get_int (db, "SELECT max(last_day) FROM site", NULL, 0, 0, &last_day, &error)) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }

  bool good = true;
  for (const RaiQuery *query = rai_queries; query->name; query++) {
    if (has_site (query))
      good = measure (db, query, true, (RaiDay) last_day) && good;
    if (!is_site_required (query))
      good = measure (db, query, false, (RaiDay) last_day) && good;
  }

  return good ? 0 : 1;
}
