/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days that an account with all stores does not hold: asked for, kept, and gone with the scope. */
#include "sync/rai-older-days.h"

#include "rai-sync-fixture.h"

/* The fixture's newest day with sales is 20000. */
#define LAST 20000
#define HELD 91
#define FILL \
  "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 399) " \
  "INSERT OR REPLACE INTO item_day (site_id, item_id, day, quantity, revenue, out_of_stock, rev) " \
  "SELECT 1, 1, 20000 - i, 1000 * i, i, 0, 1 FROM n"

static void
answered_cb (GObject *source, GAsyncResult *result, void *data) {
  GAsyncResult **place = data;
  *place = g_object_ref (result);
}

static RaiRows *
ask (RaiSyncEngine *engine, const char *item, RaiDay first, GError **error) {
  char from[11], to[11];
  g_autoptr (GHashTable) arguments =
      rai_query_arguments ("site", "1", "item", item, "from", rai_day_format (first, from), "to",
                           rai_day_format (LAST, to), NULL);

  GAsyncResult *result = NULL;
  rai_sync_engine_older_days_async (engine, rai_query_find ("item-days"), arguments, NULL,
                                    answered_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  RaiRows *rows = rai_sync_engine_older_days_finish (engine, result, error);
  g_object_unref (result);
  return rows;
}

static void
check (RaiRows *rows, RaiDay first) {
  g_assert_cmpuint (rai_rows_count (rows), ==, (size_t) (LAST - HELD + 1 - first));
  g_assert_cmpint (rai_rows_get_int (rows, 0, "day"), ==, first);
  g_assert_cmpint (rai_rows_get_int (rows, 0, "quantity"), ==, 1000 * (LAST - first));
  g_assert_cmpint (rai_rows_get_int (rows, rai_rows_count (rows) - 1, "day"), ==, LAST - HELD);
}

static bool
is_offline (void *engine) {
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (engine);
  return status->state == RAI_SYNC_OFFLINE;
}

static bool
has_no_answers (void *engine) {
  return rai_sync_fixture_look (engine, "SELECT count(*) FROM sync_answer") == 0;
}

static void
go_offline (RaiSyncFixture *fixture, RaiSyncEngine *engine) {
  rai_sync_fixture_set_online (fixture, false);
  rai_sync_engine_wake (engine);
  rai_sync_fixture_wait (is_offline, engine, "the server to be missed");
}

/* A server with a year of one item's sales. */
static RaiSyncFixture *
open_server (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  g_autoptr (GError) error = NULL;
  rai_db_exec (rai_sync_fixture_db (fixture), FILL, &error);
  g_assert_no_error (error);
  return fixture;
}

static void
check_nobody_knows (RaiSyncEngine *engine, const char *item, RaiDay first) {
  g_autoptr (GError) error = NULL;
  g_assert_null (ask (engine, item, first, &error));
  g_assert_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_OFFLINE);
}

static void
test_kept (void) {
  RaiSyncFixture *fixture = open_server ();
  RaiSyncEngine *boss = rai_sync_fixture_engine (fixture, "one", "boss");
  g_assert_cmpint (rai_sync_fixture_look (boss, "SELECT count(*) FROM item_day WHERE item_id = 1"),
                   ==, HELD);
  g_autoptr (RaiRows) rows = ask (boss, "1", LAST - 300, NULL);
  check (rows, LAST - 300);

  /* Nothing is missing. */
  g_autoptr (RaiRows) none = ask (boss, "1", LAST - HELD + 1, NULL);
  g_assert_cmpuint (rai_rows_count (none), ==, 0);
  g_assert_cmpint (rai_sync_fixture_queries_answered (fixture), ==, 1);

  /* From then on it needs nobody; what goes further back, or is another item, does. */
  go_offline (fixture, boss);
  g_autoptr (RaiRows) kept = ask (boss, "1", LAST - 300, NULL);
  check (kept, LAST - 300);
  check_nobody_knows (boss, "1", LAST - 301);
  check_nobody_knows (boss, "2", LAST - 300);
  g_assert_cmpint (rai_sync_fixture_queries_answered (fixture), ==, 1);
  g_object_unref (boss);
  rai_sync_fixture_free (fixture);
}

/* Accounts of single stores hold all days of them. */
static void
test_nothing_missing (void) {
  RaiSyncFixture *fixture = open_server ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  g_autoptr (RaiRows) rows = ask (ada, "1", LAST - 300, NULL);
  g_assert_cmpuint (rai_rows_count (rows), ==, 0);
  g_assert_cmpint (rai_sync_fixture_queries_answered (fixture), ==, 0);
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

/* 5: what was kept for a wider scope goes with it. */
static void
test_scope (void) {
  RaiSyncFixture *fixture = open_server ();
  RaiSyncEngine *boss = rai_sync_fixture_engine (fixture, "one", "boss");
  g_autoptr (RaiRows) rows = ask (boss, "1", LAST - 300, NULL);
  check (rows, LAST - 300);
  g_assert_false (has_no_answers (boss));
  rai_sync_fixture_set_account (fixture, "boss", RAI_ROLE_STORE_MANAGER, 2);
  rai_sync_engine_wake (boss);
  rai_sync_fixture_wait (has_no_answers, boss, "the answers to go");
  g_object_unref (boss);
  rai_sync_fixture_free (fixture);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/older-days/kept", test_kept);
  g_test_add_func ("/sync/older-days/nothing-missing", test_nothing_missing);
  g_test_add_func ("/sync/older-days/scope", test_scope);
  return g_test_run ();
}
