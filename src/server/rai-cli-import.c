/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import.h"
#include "proto/rai-json.h"
#include "server/rai-cli-look.h"
#include "server/rai-cli.h"
#include "server/rai-token-family.h"
#include "util/rai-progress.h"
#include "util/rai-uuid.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#define REASONS_SHOWN 12
/* Exit status: done, but rows of real lines were left out. What is set aside is kept. */
#define LEFT_OUT 3
/* Between two lines of --progress json. */
#define TELL_US (G_USEC_PER_SEC / 5)

static char *option_preset;
static char *option_rejects;
static char *option_dates;
static char *option_period;
static char *option_site;
static char *option_currency;
static char *option_zone;
static char **option_map;
static char *option_encoding;
static char *option_decimal;
static char *option_delimiter;
static gboolean option_look;
static gboolean option_new_sites;
static gboolean option_dry_run;
static gboolean option_json;
static char *option_progress;
static gint64 option_account;
static char *option_id;
static char *option_name;

static const GOptionEntry options[] = {
  { "preset", 'p', 0, G_OPTION_ARG_STRING, &option_preset,
    "Columns of a known program: square, shopify, odoo, lightspeed, ... (found by its headings)",
    "NAME" },
  { "map", 'm', 0, G_OPTION_ARG_STRING_ARRAY, &option_map,
    "The column of a field, by heading or number; two are joined: time=Date+Time (repeatable)",
    "FIELD=COLUMN" },
  { "look", 'l', 0, G_OPTION_ARG_NONE, &option_look,
    "Say how the file would be read, and bring nothing in", NULL },
  { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &option_dry_run, "Check everything, change nothing",
    NULL },
  { "rejects", 0, 0, G_OPTION_ARG_FILENAME, &option_rejects,
    "Where rejected rows go (beside PATH: NAME.rejects.csv)", "FILE" },
  { "site", 0, 0, G_OPTION_ARG_STRING, &option_site, "The store of rows that name none", "CODE" },
  { "date-format", 0, 0, G_OPTION_ARG_STRING, &option_dates,
    "ymd, dmy or mdy (found from the first rows)", "ORDER" },
  { "decimal", 0, 0, G_OPTION_ARG_STRING, &option_decimal,
    "The decimal mark, . or , (found from the first rows)", "MARK" },
  { "encoding", 0, 0, G_OPTION_ARG_STRING, &option_encoding,
    "UTF-8, Windows-1252, UTF-16LE, ... (found)", "NAME" },
  { "delimiter", 0, 0, G_OPTION_ARG_STRING, &option_delimiter,
    "What parts the columns (comma, semicolon, tab or bar are found)", "CHARACTER" },
  { "period", 0, 0, G_OPTION_ARG_STRING, &option_period,
    "Sales: a row is the total of an hour, a day or a week", "PERIOD" },
  { "new-sites", 0, 0, G_OPTION_ARG_NONE, &option_new_sites,
    "Make the stores that the file names and that are not there", NULL },
  { "currency", 0, 0, G_OPTION_ARG_STRING, &option_currency, "Of new stores: EUR", "CODE" },
  { "zone", 0, 0, G_OPTION_ARG_STRING, &option_zone, "Time zone of new stores: Europe/Berlin",
    "ZONE" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &option_json, "Print the counts as JSON", NULL },
  { "progress", 0, 0, G_OPTION_ARG_STRING, &option_progress,
    "json: tell how far it is, and how it ended, in lines of JSON; SIGTERM cancels", "HOW" },
  { "account", 0, 0, G_OPTION_ARG_INT64, &option_account,
    "In the name of this account, if its role may (the program itself)", "ID" },
  { "id", 0, 0, G_OPTION_ARG_STRING, &option_id,
    "UUID of the command: given again, nothing is done again", "UUID" },
  { "name", 0, 0, G_OPTION_ARG_FILENAME, &option_name,
    "What the file is called in the log (the end of PATH)", "NAME" },
  { NULL },
};

static bool
read_options (char **arguments, RaiImportOptions *import, GError **error) {
  if (!rai_cli_check_arguments (arguments, 2, 2, error))
    return false;
  *import = (RaiImportOptions){
    .kind = arguments[0],
    .path = arguments[1],
    .preset = option_preset,
    .rejects = option_rejects,
    .dates = option_dates,
    .period = option_period,
    .site = option_site,
    .currency = option_currency,
    .zone = option_zone,
    .map = (const char *const *) option_map,
    .encoding = option_encoding,
    .dry_run = option_dry_run,
    .new_sites = option_new_sites,
    .id = option_id,
    .name = option_name,
  };

  if (option_progress != NULL && strcmp (option_progress, "json") != 0) {
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE, "--progress is json and not “%s”",
                 option_progress);
    return false;
  }

  if (option_id != NULL && !rai_uuid_is_valid (option_id)) {
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE, "--id is a UUID and not “%s”",
                 option_id);
    return false;
  }

  if (option_decimal != NULL && strcmp (option_decimal, ".") != 0 &&
      strcmp (option_decimal, ",") != 0) {
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE, "--decimal is . or , and not “%s”",
                 option_decimal);
    return false;
  }

  import->decimal = option_decimal != NULL ? *option_decimal : 0;
  const char *delimiter = g_strcmp0 (option_delimiter, "\\t") == 0 ? "\t" : option_delimiter;
  if (delimiter != NULL && (strlen (delimiter) != 1 || *delimiter == '"')) {
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE,
                 "--delimiter is one character, not “%s”", delimiter);
    return false;
  }

  import->delimiter = delimiter != NULL ? *delimiter : 0;
  return true;
}

/* What was typed wrong is told as such. */
static bool
fail (GError **error) {
  if (error != NULL && g_error_matches (*error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_USAGE))
    (*error)->domain = RAI_CLI_ERROR, (*error)->code = RAI_CLI_ERROR_USAGE;
  return false;
}

static bool
look_at (const RaiImportOptions *import, GError **error) {
  g_auto (RaiImportLook) look = { 0 };
  if (!rai_import_look (import->path, import, &look, error))
    return fail (error);
  if (!option_json) {
    rai_cli_look_print (&look);
    return true;
  }

  g_autofree char *json = rai_cli_look_json (&look);
  puts (json);
  return true;
}

static void
append_count (GString *json, const char *name, uint64_t count) {
  rai_json_append_name (json, name);
  rai_json_append_int (json, (int64_t) count);
}

static void
append_result (GString *json, const RaiImportResult *result) {
  g_string_append_c (json, '{');
  append_count (json, "read", result->read);
  append_count (json, "added", result->added);
  append_count (json, "unchanged", result->unchanged);
  append_count (json, "set_aside", result->aside);
  append_count (json, "receipts_set_aside", result->receipts_aside);
  append_count (json, "skipped", result->skipped);
  append_count (json, "rejected", result->rejected);
  rai_json_append_name (json, "rejects_file");
  rai_json_append_string (json, result->rejects_file);
  append_count (json, "new_sites", result->new_sites);
  append_count (json, "new_items", result->new_items);
  rai_json_append_name (json, "reasons");
  g_string_append_c (json, '[');

  for (unsigned i = 0; i < result->reasons->len; i++) {
    const RaiImportReason *reason = result->reasons->pdata[i];
    g_string_append (json, i > 0 ? ",{" : "{");
    rai_json_append_name (json, "reason");
    rai_json_append_string (json, reason->reason);
    append_count (json, "count", reason->count);
    append_count (json, "first_line", reason->first_line);
    rai_json_append_name (json, "example");
    rai_json_append_string (json, reason->example);
    g_string_append_c (json, '}');
  }

  g_string_append (json, "],\"notices\":[");
  for (unsigned i = 0; i < result->notices->len; i++) {
    if (i > 0)
      g_string_append_c (json, ',');
    rai_json_append_string (json, result->notices->pdata[i]);
  }

  g_string_append_printf (json, "],\"repeated\":%s}", result->repeated ? "true" : "false");
}

static void
print_json (const RaiImportResult *result) {
  g_autoptr (GString) json = g_string_new (NULL);

  append_result (json, result);
  puts (json->str);
}

/* ---- Lines for the program that started this one (rai-imports.c) ---- */

static volatile sig_atomic_t cancelled;

static void
cancel_signal (int number) {
  cancelled = 1;
}

static void
tell_line (const char *name, const char *value) {
  printf ("{\"%s\":%s}\n", name, value);
  fflush (stdout);
}

static bool
tell_progress (const RaiImportProgress *progress, void *data) {
  int64_t *told = data;
  int64_t now = g_get_monotonic_time ();

  if (now - *told < TELL_US && progress->bytes < progress->size)
    return !cancelled;
  *told = now;

  g_autoptr (GString) json = g_string_new ("{");
  append_count (json, "bytes", progress->bytes);
  append_count (json, "size", progress->size);
  append_count (json, "read", progress->read);
  append_count (json, "added", progress->added);
  append_count (json, "unchanged", progress->unchanged);
  append_count (json, "set_aside", progress->aside);
  append_count (json, "skipped", progress->skipped);
  append_count (json, "rejected", progress->rejected);
  g_string_append_c (json, '}');
  tell_line ("progress", json->str);

  return !cancelled;
}

static void
tell_error (const GError *error) {
  g_autoptr (GString) json = g_string_new ("{\"code\":");

  rai_json_append_string (
      json, error->domain == RAI_IMPORT_ERROR ? rai_import_error_id (error->code) : "failed");
  rai_json_append_name (json, "message");
  rai_json_append_string (json, error->message);
  g_string_append_c (json, '}');
  tell_line ("error", json->str);
}

static void
tell_result (const RaiImportResult *result) {
  g_autoptr (GString) json = g_string_new (NULL);

  append_result (json, result);
  tell_line ("result", json->str);
}

static void
print_reasons (const RaiImportResult *result) {
  for (unsigned i = 0; i < MIN (result->reasons->len, REASONS_SHOWN); i++) {
    const RaiImportReason *reason = result->reasons->pdata[i];
    g_printerr ("  %" G_GUINT64_FORMAT " × %s (first in line %" G_GUINT64_FORMAT, reason->count,
                reason->reason, reason->first_line);
    if (reason->example != NULL)
      g_printerr (": “%s”", reason->example);
    g_printerr (")\n");
  }

  if (result->rejects_file != NULL)
    g_printerr ("The rejected rows are in %s.\n", result->rejects_file);
}

static void
print_text (const RaiCli *cli, const RaiImportResult *result) {
  for (unsigned i = 0; i < result->notices->len && !cli->quiet; i++)
    g_printerr ("Note: %s.\n", (const char *) result->notices->pdata[i]);
  print_reasons (result);
  if (result->receipts_aside > 0)
    g_printerr ("%u receipts set aside: their time lies more than two hours ahead, before 2000, or "
                "far from "
                "the business day that they say. They count once somebody says when they were sold "
                "(in the window, page Changes); "
                "`retailai-server export sales-set-aside` lists them.\n",
                result->receipts_aside);
  g_print ("%s%" G_GUINT64_FORMAT " rows read: %" G_GUINT64_FORMAT " added, %" G_GUINT64_FORMAT
           " unchanged, %" G_GUINT64_FORMAT " set aside, %" G_GUINT64_FORMAT
           " skipped, %" G_GUINT64_FORMAT " rejected; %u new stores, %u new items; %.1f s\n",
           option_dry_run ? "Dry run, nothing was changed. " : "", result->read, result->added,
           result->unchanged, result->aside, result->skipped, result->rejected, result->new_sites,
           result->new_items, result->seconds);
}

static bool
import_file (RaiCli *cli, RaiImportOptions *import, RaiImportResult *result, GError **error) {
  g_autoptr (RaiDb) db = rai_cli_open (cli, RAI_DB_OPEN_BULK, error);
  g_autoptr (RaiIdentity) caller = NULL;

  if (db == NULL)
    return false;
  if (option_account != 0) {
    caller = rai_account_identity (db, option_account, error);
    if (caller == NULL)
      return false;
  }

  import->caller = caller;
  return rai_import_run (db, import, result, error);
}

static bool
run (RaiCli *cli, char **arguments, GError **error) {
  RaiImportOptions import;
  g_auto (RaiImportResult) result = { 0 };
  g_autoptr (GError) failure = NULL;
  int64_t told = 0;

  if (!read_options (arguments, &import, &failure)) {
    if (option_progress != NULL)
      tell_error (failure);
    g_propagate_error (error, g_steal_pointer (&failure));
    return false;
  }
  if (option_look)
    return look_at (&import, error);
  if (option_json || option_progress != NULL)
    rai_progress_set_quiet (true);

  if (option_progress != NULL) {
    import.progress = tell_progress;
    import.progress_data = &told;
    signal (SIGTERM, cancel_signal);
  }

  if (!import_file (cli, &import, &result, &failure)) {
    if (option_progress != NULL)
      tell_error (failure);
    g_propagate_error (error, g_steal_pointer (&failure));
    return fail (error);
  }

  if (option_progress != NULL)
    tell_result (&result);
  else if (option_json)
    print_json (&result);
  else
    print_text (cli, &result);

  cli->status = result.rejected > 0 ? LEFT_OUT : 0;
  return true;
}

const RaiCliCommand rai_cli_import = {
  .name = "import",
  .arguments = "KIND PATH",
  .title = "Bring in files: receipts, sales, items, suppliers, stock",
  .help =
      "KIND is receipts, sales (totals of an hour, a day or a week), items, suppliers or stock, "
      "or auto: found by\n"
      "the headings. PATH is a CSV file,\n"
      "also packed as .csv.zst or .csv.gz; - reads standard input. Items and departments that are "
      "new are made;\n"
      "stores are added first (see `site --help'), or made by --new-sites with --zone and "
      "--currency. Rows that are wrong are left out, a receipt with all of its lines, counted by "
      "reason "
      "and written to a\n"
      "file that can be mended and brought in; the same file again adds nothing. The exit status "
      "is "
      "0 when all rows\n"
      "went in (rows that are no sales are skipped), 3 when some were left out.\n\n"
      "Our own columns (others may follow, in any order):\n"
      "  receipts   site,receipt,time,item,quantity,amount or price[,till,day,name,department]\n"
      "             till and day (the business day) where numbers begin anew each day\n"
      "  sales      "
      "site,item,date,quantity[,amount,price,promotion,stockout,closed,holiday,event,temperature,"
      "rain]\n"
      "  items      "
      "item,name[,department,category,barcode,unit,supplier,pack,price,cost,shelf_life,active]\n"
      "  suppliers  supplier,name[,lead_days,lead_spread,order_weekdays,minimum_order]\n"
      "  stock      site,item,quantity[,date]\n\n"
      "Exports of Square, Shopify, Odoo and Lightspeed are known by their headings. Headings in "
      "English, German, French\n"
      "and Spanish are known by their common words; --look says how a file would be read, --map "
      "corrects it.\n\n"
      "Examples:\n"
      "  retailai-server import auto export.csv --look\n"
      "  retailai-server import receipts receipts.csv --dry-run\n"
      "  retailai-server import receipts till.csv --map time=Day+Clock --map amount=7\n"
      "  retailai-server import receipts online_retail.csv.zst --preset online-retail\n"
      "  retailai-server import sales rossmann_train.csv.zst --preset rossmann --json\n"
      "  zcat till.csv.gz | retailai-server import sales - --site S01 --date-format dmy",
  .options = options,
  .run = run,
};
