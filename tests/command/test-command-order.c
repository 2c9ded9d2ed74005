/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-command.h"

#include <string.h>

#define ORDER "\"order\":\"" RAI_TEST_ORDER "\""
#define ON_ORDER "SELECT CAST(sum(on_order) AS BIGINT) FROM stock WHERE site_id = 1"

static void
edit (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_manager (), "order.edit",
                "{" ORDER ",\"version\":1,\"item\":1,\"quantity\":6000}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT total FROM purchase_order"), ==, 900);
  g_assert_cmpint (rai_test_int (db, "SELECT version FROM purchase_order"), ==, 2);
  g_assert_cmpint (rai_test_int (db, "SELECT edited_by FROM order_line WHERE item_id = 1"), ==, 2);
  g_assert_cmpint (rai_test_int (db, "SELECT proposed FROM order_line WHERE item_id = 1"), ==,
                   12000);
  rai_test_run (db, rai_test_manager (), "order.edit",
                "{" ORDER ",\"version\":2,\"item\":3,\"quantity\":2000}",
                RAI_ANSWER_APPLIED); /* was not on the order */
  g_assert_cmpint (rai_test_int (db, "SELECT total FROM purchase_order"), ==, 1200);
  g_assert_cmpint (rai_test_int (db, ON_ORDER), ==, 0);
}

/* A total that no sum over orders could hold is refused, and nothing of it stays. */
static void
edit_dear (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (GError) error = NULL;
  rai_db_begin_write (db, &error);
  rai_db_exec (db, "UPDATE item SET cost = 9000000000; UPDATE order_line SET cost = 9000000000",
               &error);
  rai_db_commit (db, &error);
  g_assert_no_error (error);

  rai_test_refused (db, rai_test_manager (), "order.edit",
                    "{" ORDER ",\"version\":1,\"item\":1,\"quantity\":1000000000}", "argument");
  g_assert_cmpint (rai_test_int (db, "SELECT total FROM purchase_order"), ==, 1200);
  g_assert_cmpint (rai_test_int (db, "SELECT quantity FROM order_line WHERE item_id = 1"), ==,
                   12000);
}

static void
check_answer (const RaiAnswer *answer, const char *status, int64_t version, int64_t total) {
  int64_t value = -1;
  g_autofree char *expected = g_strdup_printf ("\"status\":\"%s\"", status);
  g_assert_nonnull (strstr (answer->result, expected));
  g_assert_true (rai_answer_get_int (answer, "version", &value));
  g_assert_cmpint (value, ==, version);
  g_assert_true (rai_answer_get_int (answer, "total", &value));
  g_assert_cmpint (value, ==, total);
  g_assert_false (rai_answer_get_int (answer, "status", &value));
  g_assert_false (rai_answer_get_int (answer, "colour", &value));
}

/* What an order's commands answer is what the next command on it stands on. */
static void
answers (RaiDb *db) {
  rai_test_db_fill (db);
  const RaiIdentity *mia = rai_test_manager ();
  check_answer (rai_test_run (db, mia, "order.edit",
                              "{" ORDER ",\"version\":1,\"item\":1,\"quantity\":6000}",
                              RAI_ANSWER_APPLIED),
                "proposed", 2, 900);
  rai_test_refused (db, mia, "order.edit", "{" ORDER ",\"item\":5,\"quantity\":1000}", "argument");
  check_answer (
      rai_test_run (db, mia, "order.approve", "{" ORDER ",\"version\":2}", RAI_ANSWER_APPLIED),
      "approved", 3, 900);
  check_answer (rai_test_run_again (db, mia, "order.approve", "{" ORDER ",\"version\":2}"),
                "approved", 3, 900);
  check_answer (
      rai_test_run (db, mia, "order.reopen", "{" ORDER ",\"version\":3}", RAI_ANSWER_APPLIED),
      "proposed", 4, 900);
  rai_test_run (db, mia, "order.approve", "{" ORDER "}", RAI_ANSWER_APPLIED);
  check_answer (rai_test_run (db, mia, "stock.receive",
                              "{\"site\":1," ORDER ",\"item\":1,\"quantity\":1000}",
                              RAI_ANSWER_APPLIED),
                "approved", 5, 900);
  check_answer (
      rai_test_run (db, mia, "stock.receive", "{\"site\":1," ORDER "}", RAI_ANSWER_APPLIED),
      "received", 6, 900);
}

static void
cancelled_is_answered (RaiDb *db) {
  rai_test_db_fill (db);
  check_answer (
      rai_test_run (db, rai_test_manager (), "order.cancel", "{" ORDER "}", RAI_ANSWER_APPLIED),
      "cancelled", 2, 1200);
  g_assert_cmpint (
      rai_test_int (db, "SELECT approved_by FROM purchase_order WHERE status = 'cancelled'"), ==,
      2);
}

/* A delivery to one store cannot be booked on another's order, whoever sees both. */
static void
another_stores (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_manager (), "order.approve", "{" ORDER "}", RAI_ANSWER_APPLIED);
  const RaiAnswer *answer = rai_test_refused (db, rai_test_regional (), "stock.receive",
                                              "{\"site\":2," ORDER "}", "argument");
  g_assert_nonnull (strstr (answer->summary, "Green Farm"));
}

/* Words of a refusal tell neither another store's order, nor its cost to who may not see costs. */
static void
says_no_more_than_may_be_seen (RaiDb *db) {
  const int64_t second[] = { 2 };
  g_autoptr (RaiIdentity) stranger =
      rai_identity_new (9, "noah", RAI_ROLE_STORE_MANAGER, false, second, 1);
  rai_test_db_fill (db);

  const RaiAnswer *answer =
      rai_test_refused (db, stranger, "order.approve", "{" ORDER "}", "forbidden");
  g_assert_cmpstr (answer->summary, ==, "Approve: an order");
  answer =
      rai_test_refused (db, rai_test_associate (), "order.approve", "{" ORDER "}", "forbidden");
  g_assert_cmpstr (answer->summary, ==, "Approve: order to Green Farm");

  rai_test_run (db, rai_test_manager (), "order.approve", "{" ORDER "}", RAI_ANSWER_APPLIED);
  answer = rai_test_run (db, rai_test_associate (), "stock.receive",
                         "{\"site\":1," ORDER ",\"lines\":[{\"item\":1,\"quantity\":1000}]}",
                         RAI_ANSWER_APPLIED);
  g_assert_null (strstr (answer->result, "total"));
  g_assert_null (strstr (answer->summary, "EUR"));
}

static void
conflict_shows_both (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_regional (), "order.edit",
                "{" ORDER ",\"version\":1,\"item\":1,\"quantity\":6000}", RAI_ANSWER_APPLIED);

  const RaiAnswer *answer = rai_test_refused (db, rai_test_manager (), "order.approve",
                                              "{" ORDER ",\"version\":1}", "conflict");
  g_assert_nonnull (strstr (answer->result, "\"version\":2"));
  g_assert_nonnull (strstr (answer->result, "\"seen_version\":1"));
  g_assert_nonnull (strstr (answer->message, "9.00 EUR"));
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(*) FROM purchase_order WHERE status = 'proposed'"), ==, 1);
  answer =
      rai_test_run_again (db, rai_test_manager (), "order.approve", "{" ORDER ",\"version\":1}");
  g_assert_true (answer->repeated);
  g_assert_cmpint (answer->status, ==, RAI_ANSWER_CONFLICT);
  g_assert_nonnull (strstr (answer->result, "\"version\":2"));
}

static void
approve (RaiDb *db) {
  rai_test_db_fill (db);
  const RaiAnswer *answer = rai_test_run (db, rai_test_manager (), "order.approve",
                                          "{" ORDER ",\"version\":1}", RAI_ANSWER_APPLIED);

  g_assert_nonnull (strstr (answer->summary, "Green Farm"));
  g_assert_cmpint (rai_test_int (db, ON_ORDER), ==, 18000);
  g_assert_cmpint (
      rai_test_int (db, "SELECT approved_by FROM purchase_order WHERE status = 'approved'"), ==, 2);
  g_assert_cmpint (rai_test_int (db, "SELECT site_id FROM command_log"), ==, 1);
  rai_test_refused (db, rai_test_manager (), "order.approve", "{" ORDER "}", "state");
  rai_test_refused (db, rai_test_manager (), "order.edit",
                    "{" ORDER ",\"item\":1,\"quantity\":1000}", "state");
}

static void
limit (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_admin (), "policy.set",
                "{\"scope\":\"company\",\"key\":\"order_limit_store_manager\",\"value\":1000}",
                RAI_ANSWER_APPLIED);

  const RaiAnswer *answer =
      rai_test_refused (db, rai_test_manager (), "order.approve", "{" ORDER "}", "forbidden");
  g_assert_nonnull (strstr (answer->message, "regional manager"));
  rai_test_run (
      db, rai_test_admin (), "policy.set",
      "{\"scope\":\"site\",\"scope_id\":1,\"key\":\"order_limit_store_manager\",\"value\":1200}",
      RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_manager (), "order.approve", "{" ORDER "}", RAI_ANSWER_APPLIED);
}

static void
cancel (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_manager (), "order.approve", "{" ORDER "}", RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_manager (), "stock.receive",
                "{\"site\":1," ORDER ",\"item\":1,\"quantity\":5000}", RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_manager (), "order.cancel", "{" ORDER "}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, ON_ORDER), ==, 0);
  rai_test_refused (db, rai_test_manager (), "order.cancel", "{" ORDER "}", "state");
}

static void
reopen (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_manager (), "order.approve", "{" ORDER "}", RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_manager (), "order.reopen", "{" ORDER ",\"version\":2}",
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, ON_ORDER), ==, 0);
  g_assert_cmpint (
      rai_test_int (
          db,
          "SELECT version FROM purchase_order WHERE status = 'proposed' AND approved_by IS NULL"),
      ==, 3);
  rai_test_refused (db, rai_test_manager (), "order.reopen", "{" ORDER "}", "state");
  rai_test_run (db, rai_test_manager (), "order.approve", "{" ORDER "}", RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_manager (), "stock.receive",
                "{\"site\":1," ORDER ",\"item\":1,\"quantity\":5000}", RAI_ANSWER_APPLIED);
  rai_test_refused (db, rai_test_manager (), "order.reopen", "{" ORDER "}", "state");
}

static void
gone_or_empty (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_refused (db, rai_test_manager (), "order.approve",
                    "{\"order\":\"01970000-0000-7000-8000-0000000000ff\"}", "not_found");
  rai_test_refused (db, rai_test_manager (), "order.edit",
                    "{" ORDER ",\"item\":5,\"quantity\":1000}", "argument");
  rai_test_run (db, rai_test_manager (), "order.edit", "{" ORDER ",\"item\":1,\"quantity\":0}",
                RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_manager (), "order.edit", "{" ORDER ",\"item\":2,\"quantity\":0}",
                RAI_ANSWER_APPLIED);
  rai_test_refused (db, rai_test_manager (), "order.approve", "{" ORDER "}", "state");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/command/order/edit", edit);
  rai_test_db_add ("/command/order/edit-dear", edit_dear);
  rai_test_db_add ("/command/order/answers", answers);
  rai_test_db_add ("/command/order/answer-cancelled", cancelled_is_answered);
  rai_test_db_add ("/command/order/another-stores", another_stores);
  rai_test_db_add ("/command/order/says-no-more", says_no_more_than_may_be_seen);
  rai_test_db_add ("/command/order/conflict", conflict_shows_both);
  rai_test_db_add ("/command/order/approve", approve);
  rai_test_db_add ("/command/order/limit", limit);
  rai_test_db_add ("/command/order/cancel", cancel);
  rai_test_db_add ("/command/order/reopen", reopen);
  rai_test_db_add ("/command/order/gone-or-empty", gone_or_empty);

  return rai_test_db_end (g_test_run ());
}
