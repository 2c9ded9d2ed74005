/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-tombstone.h"

#include "rai-test-db.h"

#define LINES_OF_ORDER "order_id = ?1 AND item_id = ?2"

static int64_t
get (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (db, sql, NULL, 0, -1, &value, &error);
  g_assert_no_error (error);
  return value;
}

static int64_t
remove_line (RaiDb *db, int64_t item_id) {
  g_autoptr (GError) error = NULL;
  int64_t n_gone = -1;
  g_assert_true (rai_db_begin_write (db, &error));
  rai_tombstone_delete (db, &n_gone, &error, "order_line", LINES_OF_ORDER, "ti", RAI_TEST_ORDER,
                        item_id);
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (db, &error));
  return n_gone;
}

static void
deletes_leave_tombstones (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_test_db_fill (db);
  g_assert_cmpint (remove_line (db, 2), ==, 1);
  g_assert_true (rai_db_begin_write (db, &error));
  rai_tombstone_delete (db, NULL, &error, "purchase_order", "site_id = 1", "");
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (db, &error));

  g_assert_cmpint (get (db, "SELECT count(*) FROM order_line"), ==, 1);
  g_assert_cmpint (get (db, "SELECT count(*) FROM purchase_order"), ==, 0);
  g_assert_cmpint (get (db, "SELECT count(*) FROM tombstone"), ==, 2);
  g_assert_cmpint (
      get (db, "SELECT site_id FROM tombstone WHERE table_name = 'order_line' AND row_key = "
               "'" RAI_TEST_ORDER "/2'"),
      ==, 1);
  g_assert_cmpint (get (db, "SELECT min(rev) FROM tombstone"), ==, 2);
  g_assert_cmpint (get (db, "SELECT max(rev) FROM tombstone"), ==, 3);
}

/* Nobody has to pull when nothing is gone. */
static void
nothing_takes_no_revision (RaiDb *db) {
  rai_test_db_fill (db);
  g_assert_cmpint (remove_line (db, 99), ==, 0);
  g_assert_cmpint (get (db, "SELECT revision FROM feed"), ==, 1);
}

static void
rows_come_back (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_test_db_fill (db);
  remove_line (db, 1);
  remove_line (db, 2);

  /* Row 1 is written again; row 2 stays away. */
  int64_t revision;
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_db_revision (db, &revision, &error));
  g_autofree char *insert = g_strdup_printf (
      "INSERT INTO order_line (order_id, item_id, site_id, quantity, proposed, cost, rev)"
      " VALUES ('" RAI_TEST_ORDER "', 1, 1, 1, 1, 1, %" G_GINT64_FORMAT ")",
      revision);
  g_assert_true (rai_db_exec (db, insert, &error));
  rai_tombstone_forget (db, "order_line", &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (db, &error));

  g_assert_cmpint (get (db, "SELECT count(*) FROM tombstone"), ==, 1);
  g_assert_cmpint (
      get (db, "SELECT count(*) FROM tombstone WHERE row_key = '" RAI_TEST_ORDER "/2'"), ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/tombstone/delete", deletes_leave_tombstones);
  rai_test_db_add ("/db/tombstone/nothing", nothing_takes_no_revision);
  rai_test_db_add ("/db/tombstone/come-back", rows_come_back);
  return rai_test_db_end (g_test_run ());
}
