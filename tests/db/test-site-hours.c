/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-site-hours.h"

#include "rai-test-db.h"

static void
run (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
check (RaiDb *db, int64_t site_id, int want_opens, int want_closes) {
  g_autoptr (GError) error = NULL;
  int opens = -1, closes = -1;
  g_assert_true (rai_site_hours (db, site_id, &opens, &closes, &error));
  g_assert_no_error (error);
  g_assert_cmpint (opens, ==, want_opens);
  g_assert_cmpint (closes, ==, want_closes);
}

/* What was said holds for that site; others are guessed at, and half of an answer is none. */
static void
said_or_guessed (RaiDb *db) {
  run (db, "INSERT INTO site (id, code, name, rev) VALUES (1, 'A', 'Said', 1), (2, 'B', 'Not', 1), "
           "(3, 'C', 'Half', 1)");
  run (db, "UPDATE site SET opens = 390, closes = 1440 WHERE id = 1");
  run (db, "UPDATE site SET opens = 540 WHERE id = 3");
  check (db, 1, 390, RAI_SITE_HOURS_END);
  check (db, 2, 480, 1200);
  check (db, 3, 480, 1200);
}

static void
failure_is_told (RaiDb *db) {
  run (db, "ALTER TABLE site RENAME TO elsewhere");
  g_autoptr (GError) error = NULL;
  int opens, closes;
  g_assert_false (rai_site_hours (db, 1, &opens, &closes, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/site-hours/said-or-guessed", said_or_guessed);
  rai_test_db_add ("/db/site-hours/failure-is-told", failure_is_told);
  return rai_test_db_end (g_test_run ());
}
