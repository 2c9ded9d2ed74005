/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/rai-demo.h"
#include "server/rai-cli.h"

#include <string.h>

static char *option_size;
static char *option_through;
static int64_t option_seed = 1;
static gboolean option_json;

static const GOptionEntry options[] = {
  { "size", 0, 0, G_OPTION_ARG_STRING, &option_size,
    "small (2 stores, 120 items, 400 days) or full (the default)", "SIZE" },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &option_seed, "Another retailer for another number (1)",
    "N" },
  { "through", 0, 0, G_OPTION_ARG_STRING, &option_through,
    "The last day with sales, YYYY-MM-DD (yesterday)", "DAY" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &option_json, "Print the counts as JSON", NULL },
  { NULL },
};

static bool
read_options (RaiDemoOptions *demo, GError **error) {
  *demo = (RaiDemoOptions){ RAI_DEMO_FULL, (uint64_t) option_seed, RAI_DAY_NONE };
  if (g_strcmp0 (option_size, "small") == 0) {
    demo->size = RAI_DEMO_SMALL;
  } else if (option_size != NULL && strcmp (option_size, "full") != 0) {
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE, "--size is small or full, not “%s”",
                 option_size);
    return false;
  }

  if (option_through == NULL)
    return true;
  demo->through = rai_day_parse (option_through, -1);

  if (demo->through < rai_day_from_ymd (1975, 1, 1)) {
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE,
                 "--through wants a day like 2026-01-31, not “%s”", option_through);
    return false;
  }

  return true;
}

static void
print_result (const RaiCli *cli, const RaiDemoResult *result) {
  char first[11], last[11];
  rai_day_format (result->first_day, first);
  rai_day_format (result->through, last);

  if (option_json)
    g_print ("{\"first_day\":\"%s\",\"through\":\"%s\",\"sites\":%" G_GINT64_FORMAT
             ",\"items\":%" G_GINT64_FORMAT ",\"receipts\":%" G_GINT64_FORMAT
             ",\"lines\":%" G_GINT64_FORMAT ",\"movements\":%" G_GINT64_FORMAT
             ",\"orders\":%" G_GINT64_FORMAT "}\n",
             first, last, result->sites, result->items, result->receipts, result->lines,
             result->movements, result->orders);
  else if (!cli->quiet)
    g_print ("%" G_GINT64_FORMAT " stores, %" G_GINT64_FORMAT " items, %s to %s: %" G_GINT64_FORMAT
             " receipts with %" G_GINT64_FORMAT " lines, %" G_GINT64_FORMAT
             " stock movements, %" G_GINT64_FORMAT " orders\n",
             result->sites, result->items, first, last, result->receipts, result->lines,
             result->movements, result->orders);
}

static bool
run (RaiCli *cli, char **arguments, GError **error) {
  RaiDemoOptions demo;
  RaiDemoResult result;
  if (!read_options (&demo, error))
    return false;

  g_autoptr (RaiDb) db = rai_cli_open (cli, RAI_DB_OPEN_BULK, error);
  if (db == NULL || !rai_demo_generate (db, &demo, &result, error))
    return false;
  print_result (cli, &result);

  return true;
}

const RaiCliCommand rai_cli_generate = {
  .name = "generate",
  .arguments = NULL,
  .title = "Fill an empty database with a demo retailer",
  .help =
      "Ten stores, 1,150 items and two years of receipts with seasons, holidays, weather, prices, "
      "promotions,\n"
      "stock-outs, stock and orders. The same size, seed and last day give the same rows.\n\n"
      "Examples:\n"
      "  retailai-server --db sqlite:demo.db init\n"
      "  retailai-server --db sqlite:demo.db generate\n"
      "  retailai-server --db sqlite:small.db generate --size small --seed 7 --through 2026-06-30",
  .options = options,
  .run = run,
};
