/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-ledger.h"

#include "db/rai-shortage.h"
#include "db/rai-stock.h"
#include "util/rai-random.h"

#define ITEMS 5

void
rai_test_ledger_init (RaiTestLedger *ledger) {
  ledger->zone = g_time_zone_new_identifier ("Europe/Berlin");
  ledger->events = g_array_new (FALSE, FALSE, sizeof (RaiTestEvent));
}

void
rai_test_ledger_clear (RaiTestLedger *ledger) {
  g_time_zone_unref (ledger->zone);
  g_array_unref (ledger->events);
}

void
rai_test_ledger_add (RaiTestLedger *ledger, RaiTestEventKind kind, int64_t item_id, int day,
                     int hour, int minute, int pieces) {
  const RaiTestEvent event = {
    .kind = kind,
    .item_id = item_id,
    .at = rai_day_to_ms (RAI_TEST_LEDGER_DAY + day, hour * 3600 + minute * 60, ledger->zone),
    .quantity = pieces * INT64_C (1000),
    .number = ledger->events->len + 1,
  };
  g_array_append_val (ledger->events, event);
}

void
rai_test_ledger_open (RaiDb *db, int n_items) {
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) sql = g_string_new ("INSERT INTO site (id, code, name, zone, rev) VALUES"
                                          " (1, 'S1', 'Site', 'Europe/Berlin', 0);"
                                          "INSERT INTO department (id, name, rev)"
                                          " VALUES (1, 'All', 0);");
  for (int i = 1; i <= n_items; i++)
    g_string_append_printf (sql,
                            "INSERT INTO item (id, sku, name, department_id, price, cost, rev)"
                            " VALUES (%d, 'I%d', 'Item', 1, 400, 200, 0);",
                            i, i);
  rai_db_exec (db, sql->str, &error);
  g_assert_no_error (error);
}

static void
tell_sale (RaiSales *sales, const RaiTestLedger *ledger, const RaiTestEvent *event) {
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup_printf ("R%u", event->number);
  const RaiSalesLine line = { event->item_id, event->quantity, event->quantity * 4 / 10 };
  const RaiReceipt receipt = { .site_id = 1,
                               .number = number,
                               .sold_at = event->at,
                               .day = rai_day_from_ms (event->at, ledger->zone) };
  rai_sales_add_line (sales, &receipt, &line, &error);
  g_assert_no_error (error);
}

static void
tell_movement (RaiDb *db, const RaiTestLedger *ledger, const RaiTestEvent *event) {
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_strdup_printf ("01970000-0000-7000-8000-%012u", event->number);
  int64_t before = 0, rev = 0;
  const bool count = event->kind == RAI_TEST_COUNT;
  if (count)
    rai_stock_before (db, 1, event->item_id, event->at, id, &before, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_revision (db, &rev, &error));

  const RaiMovement movement = {
    .id = id,
    .site_id = 1,
    .item_id = event->item_id,
    .at = event->at,
    .day = rai_day_from_ms (event->at, ledger->zone),
    .kind = count                             ? RAI_MOVEMENT_COUNT
            : event->kind == RAI_TEST_RECEIVE ? RAI_MOVEMENT_RECEIVE
                                              : RAI_MOVEMENT_WASTE,
    .quantity = count                             ? event->quantity - before
                : event->kind == RAI_TEST_RECEIVE ? event->quantity
                                                  : -event->quantity,
    .counted = count ? &event->quantity : NULL,
    .rev = rev,
  };
  rai_stock_move (db, &movement, 0, &error);
  g_assert_no_error (error);
}

void
rai_test_ledger_tell (const RaiTestLedger *ledger, RaiDb *db, unsigned first, unsigned together) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiSales) sales = rai_sales_new (db, &error);
  g_assert_no_error (error);

  for (unsigned i = first; i < ledger->events->len;) {
    g_assert_true (rai_db_begin_write (db, &error));
    unsigned end = i;
    for (; end < ledger->events->len && end < i + together; end++) {
      const RaiTestEvent *event = &g_array_index (ledger->events, RaiTestEvent, end);
      if (event->kind != RAI_TEST_SALE && end > i)
        break;
      if (event->kind == RAI_TEST_SALE) {
        tell_sale (sales, ledger, event);
        continue;
      }
      tell_movement (db, ledger, event);
      end++;
      break;
    }
    i = end;
    rai_sales_flush (sales, &error);
    g_assert_no_error (error);
    g_assert_true (rai_db_commit (db, &error));
  }
}

char *
rai_test_ledger_shares (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  RaiStatement *statement = rai_db_prepare (db,
                                            "SELECT item_id, day, out_of_stock FROM item_day"
                                            " WHERE out_of_stock <> 0 ORDER BY item_id, day",
                                            &error);
  g_assert_no_error (error);

  while (rai_statement_step (statement, &error) == RAI_STEP_ROW)
    g_string_append_printf (text, "%d/%d:%d ", (int) rai_statement_int (statement, 0),
                            (int) rai_statement_int (statement, 1) - RAI_TEST_LEDGER_DAY,
                            (int) rai_statement_int (statement, 2));
  g_assert_no_error (error);
  rai_statement_reset (statement);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- What is right ---- */

static int
compare_events (const void *a, const void *b) {
  const RaiTestEvent *x = a, *y = b;
  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  return (x->number > y->number) - (x->number < y->number);
}

/* Milliseconds without stock in the open hours of each day. */
static void
add_stretch (const RaiTestLedger *ledger, int64_t *missed, int n_days, int64_t from, int64_t until,
             RaiDay last_sale) {
  for (int d = 0; d < n_days && RAI_TEST_LEDGER_DAY + d <= last_sale + RAI_SHORTAGE_DAYS; d++) {
    const int64_t opens = rai_day_to_ms (RAI_TEST_LEDGER_DAY + d, 8 * 3600, ledger->zone);
    const int64_t closes = rai_day_to_ms (RAI_TEST_LEDGER_DAY + d, 20 * 3600, ledger->zone);
    missed[d] += MAX (0, MIN (closes, until) - MAX (opens, from));
  }
}

static void
expect_item (const RaiTestLedger *ledger, const GArray *sorted, int64_t item_id, int n_days,
             GString *text) {
  g_autofree int64_t *missed = g_new0 (int64_t, n_days);
  int64_t level = 0, since = 0;
  bool begun = false, empty = false, wrong = true;
  RaiDay last_sale = RAI_TEST_LEDGER_DAY - 1000;

  for (unsigned i = 0; i < sorted->len; i++) {
    const RaiTestEvent *event = &g_array_index (sorted, RaiTestEvent, i);
    if (event->item_id != item_id)
      continue;
    const bool count = event->kind == RAI_TEST_COUNT;
    level = count ? event->quantity
                  : level + (event->kind == RAI_TEST_RECEIVE ? event->quantity : -event->quantity);
    if (event->kind != RAI_TEST_SALE && !begun)
      begun = count || level > 0;
    if (empty && (count || level > 0)) {
      if (!wrong)
        add_stretch (ledger, missed, n_days, since, event->at, last_sale);
      empty = false;
    }
    if (level <= 0 && !empty) {
      empty = true;
      since = event->at;
      wrong = !begun;
    }
    wrong = wrong || level < 0;
    if (event->kind == RAI_TEST_SALE)
      last_sale = rai_day_from_ms (event->at, ledger->zone);
  }

  if (empty && !wrong)
    add_stretch (ledger, missed, n_days, since, INT64_MAX, last_sale);
  for (int d = 0; d < n_days; d++) {
    const int share = (int) ((missed[d] * 1000 + 21600000) / 43200000);
    if (share > 0)
      g_string_append_printf (text, "%d/%d:%d ", (int) item_id, d, share);
  }
}

char *
rai_test_ledger_expected (const RaiTestLedger *ledger) {
  g_autoptr (GArray) sorted = g_array_copy (ledger->events);
  g_autoptr (GString) text = g_string_new (NULL);
  RaiDay last = RAI_TEST_LEDGER_DAY - 1;
  g_array_sort (sorted, compare_events);
  for (unsigned i = 0; i < sorted->len; i++)
    if (g_array_index (sorted, RaiTestEvent, i).kind == RAI_TEST_SALE)
      last = rai_day_from_ms (g_array_index (sorted, RaiTestEvent, i).at, ledger->zone);
  for (int item = 1; item <= ITEMS; item++)
    expect_item (ledger, sorted, item, last + 1 - RAI_TEST_LEDGER_DAY, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- A shop that lives ---- */

static void
live_item (RaiTestLedger *ledger, RaiRandom *random, int *shelf, int item, int day) {
  const bool kept = item < 5;
  if (kept && day == 2) {
    *shelf = 12;
    rai_test_ledger_add (ledger, RAI_TEST_COUNT, item, day, 7, 10 + item, *shelf);
  }
  if (item == 4 && rai_random_below (random, 4) == 0)
    *shelf = MAX (0, *shelf - 2);
  if (kept && day > 2 && rai_random_below (random, 12) == 0)
    rai_test_ledger_add (ledger, RAI_TEST_COUNT, item, day, 5, 30 + item, MAX (0, *shelf));
  if (kept && day > 2 && rai_random_below (random, 5) == 0) {
    const int pieces = 4 + (int) rai_random_below (random, 12);
    *shelf += pieces;
    if (item != 3 || rai_random_below (random, 2) == 0)
      rai_test_ledger_add (ledger, RAI_TEST_RECEIVE, item, day,
                           6 + (int) rai_random_below (random, item > 2 ? 14 : 9), 50 + item,
                           pieces);
  }
  if (item == 2 && *shelf > 0 && rai_random_below (random, 9) == 0) {
    --*shelf;
    rai_test_ledger_add (ledger, RAI_TEST_WASTE, item, day, 21, item, 1);
  }

  for (int hour = 15; hour < 20; hour++) {
    const int asked = (int) rai_random_below (random, 3);
    const int pieces = kept && day >= 2 ? MIN (*shelf, asked) : asked;
    if (pieces == 0)
      continue;
    *shelf -= pieces;
    rai_test_ledger_add (ledger, RAI_TEST_SALE, item, day, hour,
                         6 * item + (int) rai_random_below (random, 6), pieces);
  }
}

void
rai_test_ledger_live (RaiTestLedger *ledger, uint64_t seed, int n_days) {
  RaiRandom random = rai_random_new (seed, 11);
  int shelves[ITEMS + 1] = { 0 };
  for (int day = 0; day < n_days; day++)
    for (int item = 1; item <= ITEMS; item++)
      live_item (ledger, &random, &shelves[item], item, day);
  g_array_sort (ledger->events, compare_events);
}

void
rai_test_ledger_shuffle (RaiTestLedger *ledger, uint64_t seed) {
  RaiRandom random = rai_random_new (seed, 12);
  for (unsigned i = ledger->events->len; i-- > 1;) {
    const unsigned other = rai_random_below (&random, i + 1);
    RaiTestEvent *a = &g_array_index (ledger->events, RaiTestEvent, i);
    RaiTestEvent *b = &g_array_index (ledger->events, RaiTestEvent, other);
    const RaiTestEvent swap = *a;
    *a = *b;
    *b = swap;
  }
}
