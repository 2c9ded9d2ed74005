/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-ledger.h"

#include "db/rai-receipt.h"
#include "db/rai-shortage-ledger.h"
#include "db/rai-shortage.h"
#include "db/rai-stock.h"
#include "util/rai-random.h"

/* Of items, each with its own troubles. */
#define SORTS 5
#define ID_FORMAT "01970000-0000-7000-8000-%012u"

void
rai_test_ledger_init (RaiTestLedger *ledger) {
  ledger->zone = g_time_zone_new_identifier ("Europe/Berlin");
  ledger->events = g_array_new (FALSE, FALSE, sizeof (RaiTestEvent));
  ledger->quiet = 0;
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

static const RaiTestEvent *
find_event (const RaiTestLedger *ledger, unsigned number) {
  for (unsigned i = 0; i < ledger->events->len; i++)
    if (g_array_index (ledger->events, RaiTestEvent, i).number == number)
      return &g_array_index (ledger->events, RaiTestEvent, i);
  g_assert_not_reached ();
}

static bool
is_receipt (const RaiTestEvent *event) {
  return event->kind == RAI_TEST_SALE || event->kind == RAI_TEST_RETURN;
}

static RaiDay
day_of (const RaiTestLedger *ledger, const RaiTestEvent *event) {
  return rai_day_from_ms (event->at, ledger->zone) - event->late;
}

static void
tell_receipt (RaiSales *sales, const RaiTestLedger *ledger, const RaiTestEvent *event) {
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup_printf ("R%u", event->number);
  const int64_t quantity = event->kind == RAI_TEST_SALE ? event->quantity : -event->quantity;
  const RaiSalesLine line = { event->item_id, quantity, quantity * 4 / 10 };
  const RaiReceipt receipt = {
    .site_id = 1, .number = number, .sold_at = event->at, .day = day_of (ledger, event)
  };
  rai_sales_add_line (sales, &receipt, &line, &error);
  g_assert_no_error (error);
}

static void
tell_void (RaiDb *db, RaiSales *sales, const RaiTestEvent *event) {
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup_printf ("R%u", event->of);
  g_autoptr (GArray) named = rai_receipt_name (db, 1, number, NULL, RAI_DAY_NONE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (named->len, ==, 1);
  g_assert_cmpint (
      rai_sales_void (sales, 1, g_array_index (named, RaiReceiptNamed, 0).id, event->at, &error),
      ==, RAI_SALES_ADDED);
}

/* As an import does it that reads another count of the same day. */
static void
tell_recount (RaiDb *db, const RaiTestLedger *ledger, const RaiTestEvent *event) {
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_strdup_printf (ID_FORMAT, event->of);
  const RaiTestEvent *count = find_event (ledger, event->of);
  const int64_t by = event->quantity - count->quantity;
  const RaiStockChange change = { .site_id = 1, .item_id = event->item_id, .on_hand = by };
  RaiStockCount next;
  int64_t rev = 0;
  g_assert_true (rai_db_revision (db, &rev, &error));
  rai_stock_recount (db, id, event->quantity, by, rev, &error);
  rai_stock_next_count (db, 1, event->item_id, count->at, id, &next, &error);
  g_assert_no_error (error);
  if (*next.id != '\0')
    rai_stock_absorb (db, next.id, -by, rev, &error);
  else
    rai_stock_add (db, &change, rev, &error);
  g_assert_no_error (error);
  rai_shortage_after_movement (db, 1, event->item_id, count->at, id, &error);
  g_assert_no_error (error);
}

static void
tell_movement (RaiDb *db, const RaiTestLedger *ledger, const RaiTestEvent *event) {
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_strdup_printf (ID_FORMAT, event->number);
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

/* What is no receipt is told by itself. */
static void
tell_other (RaiDb *db, RaiSales *sales, const RaiTestLedger *ledger, const RaiTestEvent *event) {
  if (event->kind == RAI_TEST_VOID)
    tell_void (db, sales, event);
  else if (event->kind == RAI_TEST_RECOUNT)
    tell_recount (db, ledger, event);
  else
    tell_movement (db, ledger, event);
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
      if (!is_receipt (event) && end > i)
        break;
      if (is_receipt (event)) {
        tell_receipt (sales, ledger, event);
        continue;
      }
      tell_other (db, sales, ledger, event);
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

/* A sale at the moment of something else was before it. */
static int
compare_events (const void *a, const void *b) {
  const RaiTestEvent *x = a, *y = b;
  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  if (is_receipt (x) != is_receipt (y))
    return is_receipt (x) ? -1 : 1;
  return (x->number > y->number) - (x->number < y->number);
}

/* Takes off what came back: of the last ones first, and none from before `since`. */
static int64_t
take_off (const RaiTestLedger *ledger, GArray *events, unsigned end, int64_t since,
          const RaiTestEvent *back) {
  const RaiTestEventKind other = back->kind == RAI_TEST_SALE ? RAI_TEST_RETURN : RAI_TEST_SALE;
  int64_t left = back->quantity;
  for (unsigned i = end; i-- > 0 && left > 0;) {
    RaiTestEvent *event = &g_array_index (events, RaiTestEvent, i);
    if (event->item_id != back->item_id || event->kind != other || event->at < since ||
        day_of (ledger, event) != day_of (ledger, back))
      continue;
    const int64_t taken = MIN (left, event->quantity);
    event->quantity -= taken;
    left -= taken;
  }
  return left;
}

static bool
is_gain (const RaiTestEvent *event) {
  return event->kind == RAI_TEST_RECEIVE || event->kind == RAI_TEST_RETURN ||
         event->kind == RAI_TEST_COUNT;
}

/* From what they found to by how much the books were wrong. */
static void
settle_counts (const RaiTestLedger *ledger, GArray *events) {
  g_autofree int64_t *levels = g_new0 (int64_t, ledger->n_items + 1);
  for (unsigned i = 0; i < events->len; i++) {
    RaiTestEvent *event = &g_array_index (events, RaiTestEvent, i);
    if (event->of != 0)
      continue;
    if (event->kind == RAI_TEST_COUNT)
      event->quantity -= levels[event->item_id];
    levels[event->item_id] += is_gain (event) ? event->quantity : -event->quantity;
  }
}

/* What happened after all, by time: without what was taken back, counts as they were put right, and
 * of a day's sales what is left when what came back is taken off. */
static GArray *
settle_events (const RaiTestLedger *ledger) {
  GArray *events = g_array_copy (ledger->events);
  g_array_sort (events, compare_events);
  for (unsigned i = 0; i < ledger->events->len; i++) {
    const RaiTestEvent *told = &g_array_index (ledger->events, RaiTestEvent, i);
    for (unsigned j = 0; told->of != 0 && j < events->len; j++)
      if (g_array_index (events, RaiTestEvent, j).number == told->of)
        g_array_index (events, RaiTestEvent, j).quantity =
            told->kind == RAI_TEST_VOID ? 0 : told->quantity;
  }

  settle_counts (ledger, events);
  /* Of one moment at first. */
  for (unsigned i = 0; i < 2 * events->len; i++) {
    const unsigned place = i % events->len;
    RaiTestEvent *event = &g_array_index (events, RaiTestEvent, place);
    if (is_receipt (event))
      event->quantity =
          take_off (ledger, events, place, i < events->len ? event->at : INT64_MIN, event);
  }
  for (unsigned i = events->len; i-- > 0;) {
    const RaiTestEvent *event = &g_array_index (events, RaiTestEvent, i);
    if (event->of != 0 || (is_receipt (event) && event->quantity == 0))
      g_array_remove_index (events, i);
  }
  return events;
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
  bool begun = false, empty = true, wrong = true;
  RaiDay last_sale = RAI_TEST_LEDGER_DAY - 1000;

  for (unsigned i = 0; i < sorted->len; i++) {
    const RaiTestEvent *event = &g_array_index (sorted, RaiTestEvent, i);
    if (event->item_id != item_id)
      continue;
    const bool count = event->kind == RAI_TEST_COUNT;
    level += is_gain (event) ? event->quantity : -event->quantity;
    if (event->kind == RAI_TEST_SALE)
      last_sale = rai_day_from_ms (event->at, ledger->zone);
    begun = begun || !is_receipt (event);
    if (!begun)
      continue;
    if (empty && (count || level > 0)) {
      if (!wrong)
        add_stretch (ledger, missed, n_days, since, event->at, last_sale);
      empty = false;
    }
    if (level <= 0 && !empty) {
      empty = true;
      since = event->at;
      wrong = false;
    }
    wrong = wrong || level < 0;
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
  g_autoptr (GArray) settled = settle_events (ledger);
  g_autoptr (GString) text = g_string_new (NULL);
  RaiDay last = RAI_TEST_LEDGER_DAY - 1;
  for (unsigned i = 0; i < ledger->events->len; i++)
    if (is_receipt (&g_array_index (ledger->events, RaiTestEvent, i)))
      last = MAX (last, day_of (ledger, &g_array_index (ledger->events, RaiTestEvent, i)));
  for (int item = 1; item <= ledger->n_items; item++)
    expect_item (ledger, settled, item, last + 1 - RAI_TEST_LEDGER_DAY, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- A shop that lives ---- */

/* In steps of ten minutes, so that things happen at one moment. */
static void
happen (RaiTestLedger *ledger, RaiRandom *random, RaiTestEventKind kind, int item, int day,
        int hour, int pieces) {
  rai_test_ledger_add (ledger, kind, item, day, hour, 10 * (int) rai_random_below (random, 6),
                       pieces);
}

static bool
one_in (RaiRandom *random, unsigned n) {
  return rai_random_below (random, n) == 0;
}

/* The event before is taken back, or put right. */
static void
undo (RaiTestLedger *ledger, RaiTestEventKind kind, int item, int day, int pieces) {
  const unsigned of = ledger->events->len;
  rai_test_ledger_add (ledger, kind, item, day, 22, 0, pieces);
  g_array_index (ledger->events, RaiTestEvent, of).of = of;
}

static void
move_item (RaiTestLedger *ledger, RaiRandom *random, int *shelf, int item, int day) {
  const int sort = 1 + (item - 1) % SORTS;
  if (day == 2) {
    *shelf = 12;
    happen (ledger, random, RAI_TEST_COUNT, item, day, 7, *shelf);
  }
  if (sort == 4 && one_in (random, 4))
    *shelf = MAX (0, *shelf - 2);
  if (day > 2 && one_in (random, 12)) {
    const bool misread = one_in (random, 4);
    happen (ledger, random, RAI_TEST_COUNT, item, day, 5 + (int) rai_random_below (random, 12),
            misread ? *shelf + 2 : *shelf);
    if (misread)
      undo (ledger, RAI_TEST_RECOUNT, item, day, *shelf);
  }
  if (day > 2 && one_in (random, 5)) {
    const int pieces = 4 + (int) rai_random_below (random, 12);
    *shelf += pieces;
    if (sort != 3 || one_in (random, 2))
      happen (ledger, random, RAI_TEST_RECEIVE, item, day,
              6 + (int) rai_random_below (random, sort > 2 ? 14 : 9), pieces);
  }
  if (sort == 2 && *shelf > 0 && one_in (random, 9)) {
    --*shelf;
    happen (ledger, random, RAI_TEST_WASTE, item, day, 21, 1);
  }
}

static void
live_item (RaiTestLedger *ledger, RaiRandom *random, int *shelf, int item, int day) {
  const bool kept = (item - 1) % SORTS + 1 < SORTS;
  if (kept)
    move_item (ledger, random, shelf, item, day);
  for (int hour = 15; hour < 20; hour++) {
    const int asked = (int) rai_random_below (random, 3);
    const int pieces = kept && day >= 2 ? MIN (*shelf, asked) : asked;
    if (one_in (random, 9)) {
      const int back = 1 + (int) rai_random_below (random, 2);
      *shelf += back;
      happen (ledger, random, RAI_TEST_RETURN, item, day, hour - (int) rai_random_below (random, 9),
              back);
    }
    if (pieces == 0)
      continue;
    happen (ledger, random, RAI_TEST_SALE, item, day, hour, pieces);
    if (one_in (random, 15))
      undo (ledger, RAI_TEST_VOID, item, day, 0);
    else
      *shelf -= pieces;
  }
}

void
rai_test_ledger_live (RaiTestLedger *ledger, uint64_t seed, int n_items, int n_days) {
  RaiRandom random = rai_random_new (seed, 11);
  g_autofree int *shelves = g_new0 (int, n_items + 1);
  ledger->n_items = n_items;
  for (int day = 0; day < n_days; day++)
    for (int item = 1; item <= n_items; item++)
      if (day == 2 || ledger->quiet == 0 || one_in (&random, ledger->quiet))
        live_item (ledger, &random, &shelves[item], item, day);
  g_array_sort (ledger->events, compare_events);
}

static unsigned
place_of (const RaiTestLedger *ledger, unsigned number) {
  return (unsigned) (find_event (ledger, number) - (RaiTestEvent *) (void *) ledger->events->data);
}

static void
swap_events (const RaiTestLedger *ledger, unsigned i, unsigned j) {
  RaiTestEvent *a = &g_array_index (ledger->events, RaiTestEvent, i);
  RaiTestEvent *b = &g_array_index (ledger->events, RaiTestEvent, j);
  const RaiTestEvent swap = *a;
  *a = *b;
  *b = swap;
}

void
rai_test_ledger_shuffle (RaiTestLedger *ledger, uint64_t seed) {
  RaiRandom random = rai_random_new (seed, 12);
  for (unsigned i = ledger->events->len; i-- > 1;)
    swap_events (ledger, i, rai_random_below (&random, i + 1));
  for (unsigned i = 0; i < ledger->events->len; i++) {
    const unsigned of = g_array_index (ledger->events, RaiTestEvent, i).of;
    if (of != 0 && place_of (ledger, of) > i)
      swap_events (ledger, i, place_of (ledger, of));
  }
}
