/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-command.h"
#include "util/rai-uuid.h"
#define STOCK(column, item) "SELECT " column " FROM stock WHERE site_id = 1 AND item_id = " item
#define ORDER "\"order\":\"" RAI_TEST_ORDER "\""

static void
count (RaiDb *db) {
  rai_test_db_fill (db);
  const RaiAnswer *answer = rai_test_run (
      db, rai_test_associate (), "stock.count",
      "{\"site\":1,\"item\":1,\"quantity\":14000,\"note\":\"shelf\"}", RAI_ANSWER_APPLIED);

  g_assert_cmpstr (answer->result, ==, "{\"on_hand\":14000,\"difference\":4000}");
  g_assert_cmpstr (answer->summary, ==, "Count: Oat milk 1 l, 14 pieces");
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "1")), ==, 14000);

  g_autofree char *sql =
      g_strdup_printf ("SELECT counted FROM movement WHERE id = '%s' AND quantity = 4000 AND "
                       "kind = 'count' AND account_id = 3 AND note = 'shelf'",
                       rai_test_last_id ());

  g_assert_cmpint (rai_test_int (db, sql), ==, 14000);
  g_assert_cmpint (rai_test_int (db, "SELECT site_id FROM command_log"), ==, 1);
}

/* Two clerks count offline, one after the other: the later word holds, and the ledger still adds
 * up. */
static void
two_counts (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_associate (), "stock.count",
                "{\"site\":1,\"item\":1,\"quantity\":9000}", RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_manager (), "stock.count", "{\"site\":1,\"item\":1,\"quantity\":8000}",
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "1")), ==, 8000);
  g_assert_cmpint (
      rai_test_int (
          db,
          "SELECT CAST(sum(quantity) AS BIGINT) FROM movement WHERE site_id = 1 AND item_id = 1"),
      ==, 9000); /* 1000 were sold */
}

static void
new_item_and_waste (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, "DELETE FROM stock WHERE item_id = 5", &error);
  g_assert_no_error (error);
  rai_test_run (db, rai_test_associate (), "stock.waste",
                "{\"site\":1,\"item\":5,\"quantity\":2000}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "5")), ==, -2000);
  g_assert_cmpint (rai_test_int (db, STOCK ("tracked", "5")), ==, 1);
  rai_test_refused (db, rai_test_associate (), "stock.waste",
                    "{\"site\":1,\"item\":5,\"quantity\":0}", "argument");
}

static void
receive_one (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_associate (), "stock.receive",
                "{\"site\":1,\"item\":1,\"quantity\":6000}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "1")), ==, 16000);
  rai_test_run (
      db, rai_test_associate (), "stock.receive",
      "{\"site\":1,\"lines\":[{\"item\":1,\"quantity\":1000},{\"item\":2,\"quantity\":2000}]}",
      RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "2")), ==, 12000);
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(DISTINCT id) FROM movement WHERE kind = 'receive'"), ==, 3);
  rai_test_refused (db, rai_test_associate (), "stock.receive", "{\"site\":1}", "argument");
  rai_test_refused (db, rai_test_associate (), "stock.receive", "{\"site\":1,\"item\":1}",
                    "argument");
}

static void
receive_order (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_refused (db, rai_test_associate (), "stock.receive", "{\"site\":1," ORDER "}", "state");
  rai_test_run (db, rai_test_manager (), "order.approve", "{" ORDER "}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_order", "1")), ==, 12000);
  rai_test_run (db, rai_test_associate (), "stock.receive",
                "{\"site\":1," ORDER ",\"item\":1,\"quantity\":5000}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_order", "1")), ==, 7000);
  g_assert_cmpint (rai_test_int (db, "SELECT received FROM order_line WHERE item_id = 1"), ==,
                   5000);
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(*) FROM purchase_order WHERE status = 'approved'"), ==, 1);
  rai_test_run (db, rai_test_associate (), "stock.receive", "{\"site\":1," ORDER "}",
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_order", "1")), ==, 0);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_order", "2")), ==, 0);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "1")), ==, 22000);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "2")), ==, 16000);
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(*) FROM purchase_order WHERE status = 'received'"), ==, 1);
  rai_test_refused (db, rai_test_associate (), "stock.receive", "{\"site\":1," ORDER "}", "state");
}

static void
receive_less_and_close (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_manager (), "order.approve", "{" ORDER "}", RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_associate (), "stock.receive",
                "{\"site\":1," ORDER
                ",\"lines\":[{\"item\":1,\"quantity\":15000}],\"complete\":true}",
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_order", "1")), ==,
                   0); /* more came than was ordered */
  g_assert_cmpint (rai_test_int (db, STOCK ("on_order", "2")), ==, 0); /* the rest will not come */
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "1")), ==, 25000);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "2")), ==, 10000);
}

/* ---- The order of times, not of arrival ---- */

/* 2026-02-17 00:00 UTC: the day of the fixture's sales and the next are before. */
#define MORNING INT64_C (1771286400000)
#define MINUTE INT64_C (60000)

typedef struct {
  const char *name;
  const char *arguments; /* %s: its time, of a receipt */
  int64_t minute;
} Event;

/* A count of 10, then 4 sold, 6 received, 1 wasted; a count of 11; 2 sold. */
static const Event events[] = {
  { "stock.count", "{\"site\":1,\"item\":2,\"quantity\":10000}", 60 },
  { "sales.record", "4000", 90 },
  { "stock.receive", "{\"site\":1,\"item\":2,\"quantity\":6000}", 120 },
  { "stock.waste", "{\"site\":1,\"item\":2,\"quantity\":1000}", 150 },
  { "stock.count", "{\"site\":1,\"item\":2,\"quantity\":11000}", 180 },
  { "sales.record", "2000", 200 },
  { "sales.record", "3000", 30 },
};

static void
happen (RaiDb *db, const Event *event) {
  g_autoptr (GError) error = NULL;
  g_auto (RaiAnswer) answer = { 0 };
  char id[RAI_UUID_SIZE];
  const int64_t at = MORNING + event->minute * MINUTE;
  const bool sale = g_str_equal (event->name, "sales.record");
  g_autofree char *arguments =
      sale ? g_strdup_printf ("{\"site\":1,\"receipt\":\"m%d\",\"sold_at\":%" G_GINT64_FORMAT
                              ",\"lines\":[{\"item\":2,\"quantity\":%s,\"amount\":100}]}",
                              (int) event->minute, at, event->arguments)
           : g_strdup (event->arguments);
  const RaiCommandCall call = { rai_uuid_new (id), (char *) event->name, arguments, at,
                                (char *) "till 1" };
  rai_command_run_once (db, rai_test_manager (), &call, &answer, &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer.status, ==, RAI_ANSWER_APPLIED);
}

static int64_t
differences (RaiDb *db) {
  return rai_test_int (db, "SELECT CAST(sum(quantity * at % 1000003) AS BIGINT) FROM movement"
                           " WHERE kind = 'count' AND item_id = 2");
}

/* Whatever the order in which they come, stock and every count's difference end the same. */
static void
any_order (RaiDb *db) {
  g_autoptr (GRand) random = g_rand_new_with_seed (18);
  int64_t expected = 0;

  for (int round = 0; round < 40; round++) {
    g_autoptr (RaiDb) fresh = rai_test_db_new (rai_db_kind (db));
    int order[G_N_ELEMENTS (events)];
    rai_test_db_fill (fresh);
    for (int i = 0; i < (int) G_N_ELEMENTS (events); i++) {
      const int j = round > 0 ? g_rand_int_range (random, 0, i + 1) : i;
      order[i] = order[j];
      order[j] = i;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS (events); i++)
      happen (fresh, &events[order[i]]);

    g_assert_cmpint (rai_test_int (fresh, STOCK ("on_hand", "2")), ==, 9000);
    expected = round == 0 ? differences (fresh) : expected;
    g_assert_cmpint (differences (fresh), ==, expected);
    if (rai_db_kind (db) == RAI_DB_POSTGRESQL && round == 5)
      break;
  }
}

/* A receipt that was sold before the count, and is taken back after it. */
static void
voided_before_count (RaiDb *db) {
  rai_test_db_fill (db);
  happen (db, &(Event){ "sales.record", "4000", 30 });
  happen (db, &events[0]);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "2")), ==, 10000);
  rai_test_run (db, rai_test_manager (), "sales.void",
                "{\"site\":1,\"receipt\":\"m30\",\"reason\":\"a test\"}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "2")), ==, 10000);
}

/* Goods that name no order close the oldest line that waits for them. */
static void
receive_unnamed (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_manager (), "order.approve", "{" ORDER "}", RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_associate (), "stock.receive",
                "{\"site\":1,\"item\":1,\"quantity\":15000}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_order", "1")), ==, 0);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "1")), ==, 25000);
  g_assert_cmpint (rai_test_int (db, "SELECT received FROM order_line WHERE item_id = 1"), ==,
                   12000);
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(*) FROM movement WHERE item_id = 1 AND kind = 'receive'"), ==,
      2);
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(*) FROM purchase_order WHERE status = 'approved'"), ==, 1);

  rai_test_run (db, rai_test_associate (), "stock.receive",
                "{\"site\":1,\"item\":2,\"quantity\":6000}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(*) FROM purchase_order WHERE status = 'received'"), ==, 1);
}

static void
whole_pieces (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_refused (db, rai_test_associate (), "stock.count",
                    "{\"site\":1,\"item\":1,\"quantity\":9500}", "argument");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/command/stock/count", count);
  rai_test_db_add ("/command/stock/two-counts", two_counts);
  rai_test_db_add ("/command/stock/new-item-and-waste", new_item_and_waste);
  rai_test_db_add ("/command/stock/receive-one", receive_one);
  rai_test_db_add ("/command/stock/receive-order", receive_order);
  rai_test_db_add ("/command/stock/receive-less-and-close", receive_less_and_close);
  rai_test_db_add ("/command/stock/any-order", any_order);
  rai_test_db_add ("/command/stock/voided-before-count", voided_before_count);
  rai_test_db_add ("/command/stock/receive-unnamed", receive_unnamed);
  rai_test_db_add ("/command/stock/whole-pieces", whole_pieces);
  return rai_test_db_end (g_test_run ());
}
