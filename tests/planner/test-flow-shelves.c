/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shelves that run empty, known by receipts and counts alone, and what is forecast and ordered
 * then. The same customers ask for four items, one of them for each piece:
 *  1. never empty;
 *  2. empty for a part or all of one day in five;
 *  3. sold out twelve days ago, and nothing has come since;
 *  4. never empty, but its books say so: they are wrong, not its shelf.
 * The store's own forecast (item 0 here, for one item) knows of the empty shelves, too.
 * RAI_SHELVES=N tries N seeds (12, on PostgreSQL 2). */
#include "planner/rai-planner-forecast.h"
#include "planner/rai-planner-plan.h"
#include "rai-test-db.h"
#include "rai-test-ledger.h"
#include "rai-test-retailer.h"
#include "util/rai-progress.h"
#include "util/rai-random.h"

#include <math.h>
#include <string.h>

#define DAYS 112
#define ITEMS 4
#define DAILY 20
#define EMPTY_SINCE (DAYS - 12)
#define SEEDS 12
#define SEEDS_POSTGRESQL 2
#define PACK 6
/* Of the mean over all seeds; and of one, where 28 forecasts learn from other days than the twin's,
 * which differ by luck. */
#define BIAS 0.03
#define BIAS_OF_ONE 0.15

/* What is on the shelf when the store opens; it is counted or filled up before. */
static int
stock_up (RaiTestLedger *ledger, RaiRandom *random, int item, int day, int left) {
  const int plenty = 3 * DAILY;
  if (day == 0) {
    rai_test_ledger_add (ledger, RAI_TEST_COUNT, item, day, 6, 10 * item, plenty);
    return plenty;
  }
  if (item == 3 && day >= EMPTY_SINCE)
    return left;
  if (item == 4)
    return plenty;

  const bool short_day = item == 2 && rai_random_below (random, 5) == 0;
  const int pieces = short_day ? (int) rai_random_below (random, 18) : plenty;
  if (short_day || pieces < left) {
    rai_test_ledger_add (ledger, RAI_TEST_COUNT, item, day, 6, 10 * item, pieces);
    return pieces;
  }
  if (pieces > left)
    rai_test_ledger_add (ledger, RAI_TEST_RECEIVE, item, day, 6, 10 * item, pieces - left);
  return MAX (pieces, left);
}

/* A piece at a time, whenever somebody asks for one. */
static int
sell (RaiTestLedger *ledger, RaiRandom *random, int item, int day, int shelf) {
  for (int minute = 0; minute < 12 * 60; minute++) {
    if (rai_random_between (random, 0, 1) >= (double) DAILY / (12 * 60) || shelf == 0)
      continue;
    rai_test_ledger_add (ledger, RAI_TEST_SALE, item, day, 8 + minute / 60, minute % 60, 1);
    shelf--;
  }
  return shelf;
}

static void
live (RaiTestLedger *ledger, uint64_t seed) {
  RaiRandom randoms[ITEMS + 1], asked[ITEMS + 1];
  int shelves[ITEMS + 1] = { 0 };
  for (int item = 1; item <= ITEMS; item++) {
    randoms[item] = rai_random_new (seed, (uint64_t) item);
    asked[item] = rai_random_new (seed, ITEMS + 1);
  }
  for (int day = 0; day < DAYS; day++)
    for (int item = 1; item <= ITEMS; item++) {
      const int shelf = stock_up (ledger, &randoms[item], item, day, shelves[item]);
      shelves[item] = sell (ledger, &asked[item], item, day, shelf);
    }
  /* The same stands on all shelves when orders are made. */
  for (int item = 1; item <= ITEMS; item++)
    rai_test_ledger_add (ledger, RAI_TEST_COUNT, item, DAYS, 7, 10 * item, 0);
}

static void
plan (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  const RaiPlannerForecastOptions forecast = { .through = RAI_DAY_NONE, .threads = 1 };
  const RaiPlannerPlanOptions orders = { .through = RAI_DAY_NONE };
  rai_planner_forecast (db, &forecast, NULL, NULL, &error);
  g_assert_no_error (error);
  rai_planner_plan (db, &orders, NULL, NULL, &error);
  g_assert_no_error (error);
}

static double
daily (RaiDb *db, int item) {
  g_autofree char *sql =
      g_strdup_printf ("SELECT CAST(daily * 1000 AS BIGINT) FROM plan WHERE item_id = %d", item);
  return (double) rai_test_retailer_int (db, sql) / 1000.0;
}

/* Pieces that the store's own forecast, in money, stands for; at 4 EUR each. */
static double
store_daily (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiStatement *statement =
      rai_db_prepare (db, "SELECT means FROM forecast WHERE level = 'site'", &error);
  g_assert_no_error (error);
  g_assert_cmpint (rai_statement_step (statement, &error), ==, RAI_STEP_ROW);

  size_t size;
  const void *means = rai_statement_blob (statement, 0, &size);
  double sum = 0;
  for (size_t i = 0; i < size / sizeof (float); i++) {
    float mean;
    memcpy (&mean, (const char *) means + i * sizeof mean, sizeof mean);
    sum += (double) mean;
  }
  rai_statement_reset (statement);

  return sum / 400 / (double) (size / sizeof (float));
}

static int
ordered (RaiDb *db, int item) {
  g_autofree char *sql = g_strdup_printf (
      "SELECT coalesce(CAST(sum(quantity) AS BIGINT), 0) FROM order_line WHERE item_id = %d", item);
  return (int) (rai_test_retailer_int (db, sql) / 1000);
}

static void
try_seed (RaiDb *db, uint64_t seed, double *sums) {
  g_auto (RaiTestLedger) ledger;
  rai_test_ledger_init (&ledger);
  rai_test_ledger_open (db, ITEMS);
  rai_test_retailer_change (
      db, "INSERT INTO supplier (id, code, name, lead_days, rev) VALUES (1, 'SUP', 'S', 1, :rev);"
          "UPDATE item SET supplier_id = 1, pack = 6000, rev = :rev");
  live (&ledger, seed);
  rai_test_ledger_tell (&ledger, db, 0, 2000);
  g_setenv ("RETAILAI_NOW", "2026-06-08T06:00:00Z", TRUE);
  plan (db);

  const double usual = daily (db, 1);
  for (int item = 1; item <= ITEMS; item++) {
    const double found = daily (db, item);
    g_test_message ("seed %" G_GUINT64_FORMAT " item %d: %.2f a day, ordered %d", seed, item, found,
                    ordered (db, item));
    g_assert_cmpfloat (fabs (found / usual - 1), <, BIAS_OF_ONE);
    g_assert_cmpint (ABS (ordered (db, item) - ordered (db, 1)), <=, PACK);
    sums[item] += found;
  }

  const double store = store_daily (db) / ITEMS;
  g_test_message ("seed %" G_GUINT64_FORMAT " store: %.2f a day and item", seed, store);
  g_assert_cmpfloat (fabs (store / usual - 1), <, BIAS_OF_ONE);
  sums[0] += store;
}

static void
try_all (RaiDbKind kind, unsigned n_seeds) {
  const char *wanted = g_getenv ("RAI_SHELVES");
  double sums[ITEMS + 1] = { 0 };
  if (wanted != NULL)
    n_seeds = (unsigned) g_ascii_strtoull (wanted, NULL, 10);
  for (unsigned seed = 1; seed <= n_seeds; seed++) {
    g_autoptr (RaiDb) db = rai_test_db_new (kind);
    try_seed (db, seed, sums);
  }

  for (int item = 0; item <= ITEMS; item++) {
    g_test_message ("item %d: %.2f %% more than its twin, %.2f a day", item,
                    (sums[item] / sums[1] - 1) * 100, sums[item] / n_seeds);
    if (n_seeds >= SEEDS)
      g_assert_cmpfloat (fabs (sums[item] / sums[1] - 1), <, BIAS);
  }
}

static void
on_sqlite (void) {
  try_all (RAI_DB_SQLITE, SEEDS);
}

static void
on_postgresql (void) {
  if (!rai_test_db_have_postgresql ()) {
    g_test_skip ("PostgreSQL is not installed");
    return;
  }
  try_all (RAI_DB_POSTGRESQL, SEEDS_POSTGRESQL);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  g_test_add_func ("/planner/flow-shelves/sqlite", on_sqlite);
  g_test_add_func ("/planner/flow-shelves/postgresql", on_postgresql);
  return rai_test_db_end (g_test_run ());
}
