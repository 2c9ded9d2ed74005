/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-arguments.h"
#include "core/rai-weekdays.h"
#include "db/rai-db-run.h"
#include "db/rai-query.h"
#include "db/rai-site-hours.h"
#include "proto/rai-rows-json.h"
#include "server/rai-cli-user.h"

#include <string.h>

static char *option_code;
static char *option_zone;
static char *option_currency;
static char *option_open;
static char *option_hours;
static char *option_region;
static gboolean option_json;

static const GOptionEntry options[] = {
  { "zone", 0, 0, G_OPTION_ARG_STRING, &option_zone, "Time zone: Europe/Berlin", "ZONE" },
  { "currency", 0, 0, G_OPTION_ARG_STRING, &option_currency, "EUR", "CODE" },
  { "open", 0, 0, G_OPTION_ARG_STRING, &option_open, "Days of the week: mo-sa, or mon,wed,fri",
    "DAYS" },
  { "hours", 0, 0, G_OPTION_ARG_STRING, &option_hours,
    "Opening hours, when they are the same "
    "every day: 8:00-20:00",
    "HOURS" },
  { "code", 0, 0, G_OPTION_ARG_STRING, &option_code, "What files call it (made of the name)",
    "CODE" },
  { "region", 0, 0, G_OPTION_ARG_STRING, &option_region, "Stores that belong together", "NAME" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &option_json, "List as JSON", NULL },
  { NULL },
};

static bool
fail_usage (GError **error, const char *message) {
  g_set_error_literal (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE, message);
  return false;
}

/* "8", "8:30" -> minutes; the end of what was read in *end. */
static bool
read_time (const char *text, const char **end, int64_t *minutes) {
  char *after;
  if (!g_ascii_isdigit (*text))
    return false;
  const uint64_t hour = g_ascii_strtoull (text, &after, 10);
  uint64_t minute = 0;
  if (*after == ':' && g_ascii_isdigit (after[1]))
    minute = g_ascii_strtoull (after + 1, &after, 10);

  *end = after;
  *minutes = (int64_t) (hour * 60 + minute);
  return hour <= 24 && minute < 60 && *minutes <= RAI_SITE_HOURS_END;
}

/* "8:00-20:00" */
static bool
read_hours (const char *text, int64_t *opens, int64_t *closes, GError **error) {
  const char *at = text;
  return (read_time (at, &at, opens) && *at == '-' && read_time (at + 1, &at, closes) &&
          *at == '\0') ||
         fail_usage (error, "--hours is like 8:00-20:00");
}

static bool
run_add (RaiDb *db, const char *name, GError **error) {
  if (option_zone == NULL || option_currency == NULL || option_open == NULL)
    return fail_usage (error, "--zone, --currency and --open are needed");

  const int weekdays = rai_weekdays_parse (option_open);
  int64_t opens = 0, closes = 0;
  if (weekdays < 0)
    return fail_usage (error, "--open is like mo-sa, or mon,wed,fri");
  if (option_hours != NULL && !read_hours (option_hours, &opens, &closes, error))
    return false;

  g_autofree char *arguments =
      RAI_ARGUMENTS ("site.add", { "name", .text = name }, { "code", .text = option_code },
                     { "zone", .text = option_zone }, { "currency", .text = option_currency },
                     { "region", .text = option_region }, { "open_weekdays", .number = weekdays },
                     { "opens", .number = opens }, { "closes", .number = closes });
  if (!rai_cli_change (db, "site.add", arguments, error))
    return false;

  int64_t id = 0;
  g_autofree char *code = NULL;
  if (!rai_db_get_int (db, "SELECT max(id) FROM site", NULL, 0, 0, &id, error) ||
      rai_db_row (db, error, "SELECT code FROM site WHERE id = ?1", "i>t", id, &code) ==
          RAI_STEP_FAILED)
    return false;
  g_print ("code: %s\n", code);
  return true;
}

static bool
run_list (RaiDb *db, GError **error) {
  g_autoptr (RaiIdentity) system = rai_identity_new_system ();
  g_autoptr (RaiRows) rows = rai_query_run (db, rai_query_find ("sites"), system, NULL, error);
  if (rows == NULL)
    return false;
  if (option_json) {
    g_autoptr (GString) json = g_string_new (NULL);
    rai_rows_append_json (json, rows);
    g_print ("%s\n", json->str);
    return true;
  }

  for (size_t i = 0; i < rai_rows_count (rows); i++)
    g_print ("%-24s %-24s %s  %s\n", rai_rows_get_text (rows, i, "code"),
             rai_rows_get_text (rows, i, "zone"), rai_rows_get_text (rows, i, "currency"),
             rai_rows_get_text (rows, i, "name"));
  return true;
}

static bool
run (RaiCli *cli, char **arguments, GError **error) {
  const char *verb = arguments[0] != NULL ? arguments[0] : "";
  const bool is_list = strcmp (verb, "list") == 0;
  if (!is_list && strcmp (verb, "add") != 0)
    return fail_usage (error, "say list, or add NAME");
  if (!rai_cli_check_arguments (arguments, is_list ? 1 : 2, is_list ? 1 : 2, error))
    return false;

  g_autoptr (RaiDb) db = rai_cli_open (cli, is_list ? RAI_DB_OPEN_READ_ONLY : 0, error);
  if (db == NULL)
    return false;
  return is_list ? run_list (db, error) : run_add (db, arguments[1], error);
}

const RaiCliCommand rai_cli_site = {
  .name = "site",
  .arguments = "list | add NAME",
  .title = "List and add stores",
  .help = "Examples:\n"
          "  retailai-server site add \"Harbour Street\" --zone Europe/Berlin --currency EUR "
          "--open mo-sa\n"
          "  retailai-server site add Quay --code S02 --zone Europe/London --currency GBP "
          "--open mo-su --hours 8-20\n"
          "Prints the code by which files name the store. What it is called and when it opens is "
          "changed in the window.",
  .options = options,
  .run = run,
};
