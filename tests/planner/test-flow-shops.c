/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random shops live for some days. Whatever they are like, what a manager relies on holds:
 *  1. on a day on which the supplier takes orders, what is short is ordered;
 *  2. planning later on the same day orders the same, within a pack;
 *  3. no mean lies above its own 97.5 %, and of what sells regularly that is no 20 times the mean;
 *  4. the order in which receipts come in changes nothing;
 *  5. a till whose clock is wrong moves no day;
 *  6. what is said of an item's stock is what the planner says, and after a count, an approval or a
 *     delivery what the planner says when it runs next.
 * RAI_SHOPS=N tries N seeds (20, on PostgreSQL 4), RAI_SHOPS_FIRST=S begins with S. */
#include "core/rai-quantile.h"
#include "db/rai-query.h"
#include "inventory/rai-delivery.h"
#include "planner/rai-forecast-row.h"
#include "rai-made-shop.h"
#include "rai-test-db.h"
#include "rai-test-retailer.h"
#include "util/rai-progress.h"

#include <math.h>

#define DAYS 9
#define NOON (12 * 3600)
#define MORNING (7 * 3600)
#define EVENING (20 * 3600)
/* Less than this a day is not "regular": its forecasts are mostly noughts. */
#define REGULAR 1.0
/* That a weekday is forecast from, by the method that the shops use. */
#define WEEKS 4

static int64_t
number (const RaiMadeShop *shop, const char *sql, int64_t item) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (shop->db, sql, &item, 1, 0, &value, &error);
  g_assert_no_error (error);
  return value;
}

#define ON_HAND "SELECT COALESCE(MAX(on_hand), 0) FROM stock WHERE item_id = ?1"
#define ON_ORDER \
  "SELECT COALESCE(SUM(l.quantity - l.received), 0) FROM order_line l JOIN purchase_order o " \
  "ON o.id = l.order_id WHERE o.status = 'approved' AND l.item_id = ?1"
#define PROPOSED \
  "SELECT COALESCE(SUM(l.quantity), 0) FROM order_line l JOIN purchase_order o " \
  "ON o.id = l.order_id WHERE o.status = 'proposed' AND l.item_id = ?1"

/* A day's mean on the last four of its weekday that are over. */
static double
sold_on_weekday (const RaiMadeShop *shop, int item, RaiDay day) {
  int sum = 0, n = 0;
  for (day -= 7; day >= shop->begin && n < WEEKS; day -= 7)
    if (day < shop->today && rai_made_shop_is_open (shop, day)) {
      sum += shop->items[item].sold[day - shop->begin];
      n++;
    }
  return n > 0 ? (double) sum / n : 0;
}

/* What will be asked for from today until a day for sure: as the one who made the shop knows, and
 * as can be seen of it. What sells a piece a day may by chance have sold half of it for weeks. */
static double
demand_until (const RaiMadeShop *shop, int item, RaiDay until) {
  double made = 0, seen = 0;
  for (RaiDay day = shop->today; day < until; day++)
    if (rai_made_shop_is_open (shop, day)) {
      made += shop->items[item].daily;
      seen += sold_on_weekday (shop, item, day);
    }
  return MIN (made, seen);
}

/* 1: half of what will be asked for before the delivery after the next is short for sure. */
static void
check_orders (const RaiMadeShop *shop) {
  if ((shop->order_weekdays >> (rai_day_weekday (shop->today) - 1) & 1) == 0)
    return;
  RaiDelivery delivery =
      rai_delivery_find (shop->today, shop->order_weekdays, shop->lead_days, 1, NULL, 0);

  for (int i = 0; i < RAI_MADE_ITEMS; i++) {
    double wanted = demand_until (shop, i, delivery.next_delivery_day);
    double position =
        (double) (MAX (0, number (shop, ON_HAND, i + 1)) + number (shop, ON_ORDER, i + 1)) / 1000;
    if (shop->items[i].daily < REGULAR || position >= wanted / 2 || wanted < 4)
      continue;
    if (number (shop, PROPOSED, i + 1) <= 0) {
      char day[11];
      g_autofree char *reason =
          rai_test_retailer_text (shop->db, "SELECT group_concat(item_id || ' ' || reason) FROM "
                                            "plan");
      g_error ("seed %" G_GUINT64_FORMAT ", %s: item %d has %.1f of %.1f that will be asked for, "
               "and is not ordered (%s)",
               shop->seed, rai_day_format (shop->today, day), i + 1, position, wanted, reason);
    }
  }
}

/* 3 */
static void
check_ranges (const RaiMadeShop *shop) {
  g_autoptr (GError) error = NULL;
  RaiStatement *statement =
      rai_db_prepare (shop->db,
                      "SELECT node_id, first_day, horizon, means, quantiles, part_names, parts, "
                      "dispersion FROM forecast WHERE level = 'item'",
                      &error);
  g_assert_no_error (error);

  while (rai_statement_step (statement, &error) == RAI_STEP_ROW) {
    g_auto (RaiForecastRow) row = { 0 };
    g_assert_true (rai_forecast_row_read (&row, statement));
    int item = (int) rai_statement_int (statement, 0) - 1;
    for (size_t h = 0; h < row.numbers.horizon; h++) {
      double mean = row.numbers.means[h];
      double most = row.numbers.quantiles[h * RAI_N_QUANTILES + RAI_N_QUANTILES - 1];
      g_assert_true (isfinite (mean) && isfinite (most) && mean >= 0);
      if (mean > most + 1e-3 ||
          (shop->items[item].daily >= REGULAR && mean > 0.5 && most > 20 * mean))
        g_error ("seed %" G_GUINT64_FORMAT ": item %d, which sells %.2f a day, is forecast %.3f "
                 "with %.3f at 97.5 %%",
                 shop->seed, item + 1, shop->items[item].daily, mean, most);
    }
  }

  g_assert_no_error (error);
  rai_statement_reset (statement);
}

/* What is known of empty shelves on the days before today. */
static char *
empty_shelves (const RaiMadeShop *shop) {
  const bool sqlite = rai_db_kind (shop->db) == RAI_DB_SQLITE;
  g_autofree char *sql = g_strdup_printf (
      sqlite ? "SELECT group_concat(x, ',') FROM (SELECT item_id || '@' || day || ':' || "
               "out_of_stock AS x FROM item_day WHERE out_of_stock > 0 AND day < %d ORDER BY x)"
             : "SELECT string_agg(x, ',' ORDER BY x) FROM (SELECT item_id || '@' || day || ':' || "
               "out_of_stock AS x FROM item_day WHERE out_of_stock > 0 AND day < %d) AS s",
      shop->today);
  return rai_test_retailer_text (shop->db, sql);
}

/* 2. But for what is sold from a shelf that the books call empty: they were wrong on the days
 * before, too, and what is known of these days is another thing then. */
static void
check_noon (RaiMadeShop *shop) {
  g_autofree char *shelves = empty_shelves (shop);
  int64_t before[RAI_MADE_ITEMS];
  unsigned first = shop->receipts->len;
  for (int i = 0; i < RAI_MADE_ITEMS; i++)
    before[i] = number (shop, PROPOSED, i + 1);

  rai_made_shop_sell (shop, shop->today, MORNING + 3600, NOON, 0.4);
  rai_made_shop_set_clock (shop, shop->today, NOON);
  rai_made_shop_send (shop, first, false);
  rai_made_shop_plan (shop);
  g_autofree char *seen = empty_shelves (shop);
  if (g_strcmp0 (seen, shelves) != 0)
    return;

  for (int i = 0; i < RAI_MADE_ITEMS; i++) {
    int64_t now = number (shop, PROPOSED, i + 1);
    if (ABS (now - before[i]) > shop->items[i].pack)
      g_error ("seed %" G_GUINT64_FORMAT ": item %d: %d at seven, %d at noon", shop->seed, i + 1,
               (int) before[i], (int) now);
  }
}

/* 5 */
static void
send_nonsense (RaiMadeShop *shop) {
  static const char *const times[] = { "4070908800000", "86400000" };
  for (size_t i = 0; i < G_N_ELEMENTS (times); i++) {
    g_autofree char *receipt =
        g_strdup_printf ("{\"site\":1,\"receipt\":\"X%zu\",\"sold_at\":%s,\"lines\":"
                         "[{\"item\":1,\"quantity\":50000,\"amount\":20000}]}",
                         i, times[i]);
    rai_made_shop_run (shop, "sales.record", receipt);
  }
}

static void
approve_and_receive (RaiMadeShop *shop) {
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autofree char *due = NULL;
  g_string_printf (sql,
                   "SELECT MIN(id) FROM purchase_order WHERE status = 'approved' AND "
                   "delivery_day <= %d",
                   shop->today);
  due = rai_test_retailer_text (shop->db, sql->str);
  /* One in ten never comes. */
  if (due != NULL && rai_random_chance (&shop->random, 0.9)) {
    g_autofree char *arguments = g_strdup_printf ("{\"site\":1,\"order\":\"%s\"}", due);
    rai_made_shop_run (shop, "stock.receive", arguments);
  }

  g_autofree char *proposed = rai_test_retailer_text (
      shop->db, "SELECT MIN(id) FROM purchase_order WHERE status = 'proposed'");
  if (proposed != NULL) {
    g_autofree char *arguments = g_strdup_printf ("{\"order\":\"%s\"}", proposed);
    rai_made_shop_run (shop, "order.approve", arguments);
  }
}

static RaiRows *
ask (const RaiMadeShop *shop, const char *query) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiIdentity) system = rai_identity_new_system ();
  g_autoptr (GHashTable) arguments = rai_query_arguments ("site", "1", NULL);
  RaiRows *rows = rai_query_run (shop->db, rai_query_find (query), system, arguments, &error);
  g_assert_no_error (error);
  return rows;
}

/* "out 0 20501 20503" an item: how it stands, how long it lasts, when it runs out, when more
 * comes. */
static char *
words_now (const RaiMadeShop *shop) {
  static const char *const columns[] = { "cover_days", "stockout_day", "next_delivery" };
  g_autoptr (RaiRows) rows = ask (shop, "items");
  GString *text = g_string_new (NULL);
  for (int item = 1; item <= RAI_MADE_ITEMS; item++)
    for (size_t row = 0; row < rai_rows_count (rows); row++) {
      if (rai_rows_get_int (rows, row, "item_id") != item)
        continue;
      g_string_append_printf (text, "%d %s", item, rai_rows_get_text (rows, row, "status"));
      for (size_t i = 0; i < G_N_ELEMENTS (columns); i++)
        if (rai_rows_get_is_null (rows, row, columns[i]))
          g_string_append (text, " -");
        else
          g_string_append_printf (text, " %" G_GINT64_FORMAT,
                                  rai_rows_get_int (rows, row, columns[i]));
      g_string_append (text, "; ");
    }

  return g_string_free (text, FALSE);
}

static char *
words_planned (const RaiMadeShop *shop) {
#define WORDS \
  "item_id || ' ' || status || ' ' || coalesce(CAST(cover_days AS TEXT), '-') || ' ' || " \
  "coalesce(CAST(stockout_day AS TEXT), '-') || ' ' || " \
  "coalesce(CAST(next_delivery AS TEXT), '-') || '; '"
  const bool sqlite = rai_db_kind (shop->db) == RAI_DB_SQLITE;
  return rai_test_retailer_text (
      shop->db, sqlite ? "SELECT group_concat(w, '') FROM (SELECT " WORDS " AS w FROM plan "
                         "ORDER BY item_id)"
                       : "SELECT string_agg(" WORDS ", '' ORDER BY item_id) FROM plan");
}

static void
check_words (const RaiMadeShop *shop, const char *now) {
  g_autofree char *planned = words_planned (shop);
  if (!g_str_equal (now, planned))
    g_error ("seed %" G_GUINT64_FORMAT ", day %d: said \"%s\", planned \"%s\"", shop->seed,
             shop->today, now, planned);
}

/* Alerts that are not shown any more, and are not resolved yet: ids, as SQL. */
static char *
answered (const RaiMadeShop *shop) {
  g_autoptr (RaiRows) rows = ask (shop, "alerts");
  GString *ids = g_string_new ("''");
  for (size_t i = 0; i < rai_rows_count (rows); i++)
    if (g_str_equal (rai_rows_get_text (rows, i, "state"), "resolved"))
      g_string_append_printf (ids, ", '%s'", rai_rows_get_text (rows, i, "id"));
  return g_string_free (ids, FALSE);
}

/* 6 */
static void
check_followed (RaiMadeShop *shop) {
  for (int i = 0; i < RAI_MADE_ITEMS; i += 2) {
    g_autofree char *count =
        g_strdup_printf ("{\"site\":1,\"item\":%d,\"quantity\":%d000}", i + 1,
                         (int) (shop->items[i].daily * rai_random_between (&shop->random, 0, 90)));
    rai_made_shop_run (shop, "stock.count", count);
  }

  g_autofree char *now = words_now (shop), *ids = answered (shop);
  rai_made_shop_plan (shop);
  check_words (shop, now);
  g_autofree char *sql =
      g_strdup_printf ("SELECT count(*) FROM alert WHERE state <> 'resolved' AND id IN (%s)", ids);
  g_assert_cmpint (rai_test_retailer_int (shop->db, sql), ==, 0);
}

static void
begin (RaiMadeShop *shop, RaiDb *db, uint64_t seed, bool shuffled) {
  rai_made_shop_init (shop, db, seed);
  RaiDay late = rai_random_chance (&shop->random, 0.2) ? 3 : 0;
  for (RaiDay day = shop->begin; day < shop->today - late; day++) {
    rai_made_shop_sell (shop, day, MORNING + 3600, NOON, 0.4);
    rai_made_shop_sell (shop, day, NOON, EVENING, 0.6);
  }

  rai_made_shop_set_clock (shop, shop->today, MORNING);
  rai_made_shop_send (shop, 0, shuffled);
  for (int i = 0; i < RAI_MADE_ITEMS; i++) {
    g_autofree char *count =
        g_strdup_printf ("{\"site\":1,\"item\":%d,\"quantity\":%d000}", i + 1,
                         (int) (shop->items[i].daily * rai_random_between (&shop->random, 0, 6)));
    rai_made_shop_run (shop, "stock.count", count);
  }
}

static void
live (RaiMadeShop *shop) {
  for (int i = 0; i < DAYS; i++) {
    RaiDay day = shop->today;
    unsigned first = shop->receipts->len;
    rai_made_shop_plan (shop);
    g_assert_cmpint (rai_test_retailer_int (shop->db, "SELECT planned_day FROM site"), ==, day);
    check_orders (shop);
    check_ranges (shop);
    g_autofree char *now = words_now (shop);
    check_words (shop, now);
    if (i == 2)
      check_noon (shop);
    if (i == 4)
      send_nonsense (shop);
    approve_and_receive (shop);
    if (i == 2 || i == 6)
      check_followed (shop);

    rai_made_shop_sell (shop, day, NOON, EVENING, i == 2 ? 0.6 : 1);
    rai_made_shop_set_clock (shop, day, EVENING + 3600);
    rai_made_shop_send (shop, i == 2 ? MIN (first + 1, shop->receipts->len) : first, false);
    g_assert_cmpint (rai_test_retailer_int (shop->db, "SELECT last_day FROM site"), <=, day);
    rai_made_shop_set_clock (shop, day + 1, MORNING);
  }
}

/* Everything that planning wrote, but for revisions and ids. */
static char *
planned (const RaiMadeShop *shop) {
  const bool sqlite = rai_db_kind (shop->db) == RAI_DB_SQLITE;
  g_autofree char *forecasts = rai_test_retailer_text (
      shop->db, sqlite ? "SELECT group_concat(x, ',') FROM (SELECT node_id || hex(means) || "
                         "hex(quantiles) AS x FROM forecast WHERE level = 'item' ORDER BY node_id)"
                       : "SELECT string_agg(node_id || encode(means, 'hex') || encode(quantiles, "
                         "'hex'), ',' ORDER BY node_id) FROM forecast WHERE level = 'item'");
  g_autofree char *plans = rai_test_retailer_text (
      shop->db, sqlite ? "SELECT group_concat(x, ',') FROM (SELECT item_id || reason || status || "
                         "order_point AS x FROM plan ORDER BY item_id)"
                       : "SELECT string_agg(item_id || reason || status || order_point, ',' ORDER "
                         "BY item_id) FROM plan");
  return g_strconcat (forecasts, ";", plans, NULL);
}

/* 4 */
static void
check_order_of_events (RaiDbKind kind, uint64_t seed) {
  char *seen[2] = { NULL, NULL };
  for (int i = 0; i < 2; i++) {
    g_autoptr (RaiDb) db = rai_test_db_new (kind);
    RaiMadeShop shop;
    begin (&shop, db, seed, i == 1);
    rai_made_shop_plan (&shop);
    seen[i] = planned (&shop);
    rai_made_shop_clear (&shop);
  }
  if (!g_str_equal (seen[0], seen[1]))
    g_error ("seed %" G_GUINT64_FORMAT ": the order in which receipts came in changed the plan",
             seed);
  g_free (seen[0]);
  g_free (seen[1]);
}

static uint64_t
setting (const char *name, uint64_t fallback) {
  const char *text = g_getenv (name);
  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : fallback;
}

static void
test_shops (const void *data) {
  const RaiDbKind kind = (RaiDbKind) GPOINTER_TO_INT (data);
  if (kind == RAI_DB_POSTGRESQL && !rai_test_db_have_postgresql ()) {
    g_test_skip ("PostgreSQL is not installed");
    return;
  }

  const uint64_t first = setting ("RAI_SHOPS_FIRST", 1);
  const uint64_t n = setting ("RAI_SHOPS", kind == RAI_DB_SQLITE ? 20 : 4);
  for (uint64_t seed = first; seed < first + n; seed++) {
    g_autoptr (RaiDb) db = rai_test_db_new (kind);
    RaiMadeShop shop;
    begin (&shop, db, seed, false);
    live (&shop);
    rai_made_shop_clear (&shop);
    if (seed % 4 == 0)
      check_order_of_events (kind, seed);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  g_test_add_data_func ("/flow-shops/sqlite", GINT_TO_POINTER (RAI_DB_SQLITE), test_shops);
  g_test_add_data_func ("/flow-shops/postgresql", GINT_TO_POINTER (RAI_DB_POSTGRESQL), test_shops);
  return rai_test_db_end (g_test_run ());
}
