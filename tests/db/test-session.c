/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-session.h"

#include "rai-test-db.h"

static int64_t
count_open (RaiDb *db, int64_t account_id) {
  g_autoptr (GError) error = NULL;
  int64_t n = -1;
  rai_db_get_int (db, "SELECT count(*) FROM session WHERE account_id = ?1 AND revoked_at IS NULL",
                  &account_id, 1, 0, &n, &error);
  g_assert_no_error (error);
  return n;
}

static void
test_end_all (RaiDb *db) {
  g_autoptr (GError) error = NULL;

  rai_db_exec (db,
               "INSERT INTO session (token_hash, family, account_id, created_at, expires_at, "
               "revoked_at) VALUES ('a', 'x', 2, 1, 9, NULL), ('b', 'y', 2, 1, 9, NULL), "
               "('c', 'y', 2, 1, 9, 5), ('d', 'z', 3, 1, 9, NULL)",
               &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_session_end_all (db, 2, &error));
  g_assert_true (rai_db_commit (db, &error));

  g_assert_cmpint (count_open (db, 2), ==, 0);
  g_assert_cmpint (count_open (db, 3), ==, 1);
  int64_t was = 0;
  rai_db_get_int (db, "SELECT revoked_at FROM session WHERE token_hash = 'c'", NULL, 0, 0, &was,
                  &error);
  g_assert_cmpint (was, ==, 5); /* when it ended stays */
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/session/end-all", test_end_all);
  return rai_test_db_end (g_test_run ());
}
