/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-export.h"

#include "db/rai-query.h"
#include "proto/rai-json.h"
#include "server/rai-cli-database.h"
#include "util/rai-csv.h"
#include "util/rai-day.h"

#include <stdio.h>
#include <string.h>

/* Any query as CSV: what the web service answers, in a file. Money and quantities stay whole
 * numbers, as everywhere on the wire, so that nothing is rounded. */

#define PAGE 1000

static char *option_output;
static gboolean option_list;

static const GOptionEntry options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output, "Write to a file", "FILE" },
  { "list", 'l', 0, G_OPTION_ARG_NONE, &option_list, "List the queries and their parameters",
    NULL },
  { NULL },
};

static void
list_queries (void) {
  for (const RaiQuery *query = rai_queries; query->name; query++) {
    g_print ("%-18s", query->name);
    for (const RaiQueryParameter *parameter = query->parameters;
         parameter != NULL && parameter->name != NULL; parameter++)
      g_print (parameter->required ? " %s=" : " [%s=]", parameter->name);
    g_print ("\n");
  }
}

static GHashTable *
read_parameters (char **words, GError **error) {
  g_autoptr (GHashTable) parameters =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (; *words; words++) {
    const char *equals = strchr (*words, '=');
    if (equals == NULL) {
      g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE, "“%s” is no NAME=VALUE", *words);
      return NULL;
    }
    g_hash_table_replace (parameters, g_strndup (*words, (size_t) (equals - *words)),
                          g_strdup (equals + 1));
  }

  return g_steal_pointer (&parameters);
}

static void
append_value (GString *line, const RaiRows *rows, size_t row, int column) {
  char day[16];

  if (rai_rows_is_null (rows, row, column))
    return;
  switch (rai_rows_column_type (rows, column)) {
    case RAI_VALUE_TEXT:
    case RAI_VALUE_UUID:
      rai_csv_append_text (line, rai_rows_text (rows, row, column), ',');
      break;
    case RAI_VALUE_DOUBLE:
      rai_json_append_double (line, rai_rows_double (rows, row, column));
      break;
    case RAI_VALUE_DAY:
      g_string_append (line, rai_day_format ((RaiDay) rai_rows_int (rows, row, column), day));
      break;
    case RAI_VALUE_BLOB:
      break;
    default:
      g_string_append_printf (line, "%" G_GINT64_FORMAT, rai_rows_int (rows, row, column));
  }
}

static void
write_rows (FILE *file, const RaiRows *rows, bool header) {
  g_autoptr (GString) line = g_string_new (NULL);
  int n = rai_rows_n_columns (rows);

  for (int column = 0; header && column < n; column++)
    g_string_append_printf (line, "%s%s", column > 0 ? "," : "",
                            rai_rows_column_name (rows, column));

  if (header)
    fprintf (file, "%s\n", line->str);
  for (size_t row = 0; row < rai_rows_count (rows); row++) {
    g_string_truncate (line, 0);
    for (int column = 0; column < n; column++) {
      if (column > 0)
        g_string_append_c (line, ',');
      append_value (line, rows, row, column);
    }
    fprintf (file, "%s\n", line->str);
  }
}

/* Paged queries page after page, within one snapshot of the database. */
static bool
write_all (FILE *file, RaiDb *db, const RaiQuery *query, GHashTable *parameters, GError **error) {
  g_autoptr (RaiIdentity) system = rai_identity_new_system ();
  bool pages = query->sorts != NULL && !g_hash_table_contains (parameters, "limit");
  size_t offset = 0;

  for (;;) {
    if (pages) {
      g_hash_table_replace (parameters, g_strdup ("limit"), g_strdup_printf ("%d", PAGE));
      g_hash_table_replace (parameters, g_strdup ("offset"), g_strdup_printf ("%zu", offset));
    }
    g_autoptr (RaiRows) rows = rai_query_run (db, query, system, parameters, error);
    if (rows == NULL)
      return false;
    write_rows (file, rows, offset == 0);
    offset += rai_rows_count (rows);
    if (!pages || rai_rows_count (rows) < PAGE)
      return true;
  }
}

static bool
run_export (RaiCli *cli, char **arguments, GError **error) {
  if (option_list) {
    list_queries ();
    return true;
  }

  if (!rai_cli_check_arguments (arguments, 1, 100, error))
    return false;

  const RaiQuery *query = rai_query_find (arguments[0]);
  if (query == NULL) {
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE,
                 "there is no query “%s”: --list names them all", arguments[0]);
    return false;
  }

  g_autoptr (GHashTable) parameters = read_parameters (arguments + 1, error);
  g_autoptr (RaiDb) db =
      parameters != NULL ? rai_cli_open (cli, RAI_DB_OPEN_READ_ONLY, error) : NULL;
  if (db == NULL || !rai_db_begin_read (db, error))
    return false;

  FILE *file = option_output != NULL ? fopen (option_output, "w") : stdout;
  if (file == NULL) {
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED, "cannot write %s: %s", option_output,
                 g_strerror (errno));
    return false;
  }

  bool done = write_all (file, db, query, parameters, error);
  rai_db_rollback (db);

  bool written = fflush (file) == 0 && !ferror (file);
  if (file != stdout)
    written = fclose (file) == 0 && written;
  if (done && !written)
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED,
                 "the output could not be written whole: %s", g_strerror (errno));

  return done && written;
}

const RaiCliCommand rai_cli_export = {
  .name = "export",
  .arguments = "QUERY [NAME=VALUE…]",
  .title = "Write what a query answers as CSV",
  .help = "Examples:\n"
          "  retailai-server export --list\n"
          "  retailai-server export site-days from=2026-01-01 to=2026-03-31 --output days.csv\n"
          "Money is in minor units, quantities are in thousandths of the item's unit.",
  .options = options,
  .run = run_export,
};
