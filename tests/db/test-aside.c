/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-aside.h"

#include "rai-test-db.h"

#define NOW INT64_C (1790000000000)
#define HOUR (60 * 60 * INT64_C (1000))

static void
check_judged (int64_t sold_at, RaiAsideReason reason, int64_t taken) {
  g_assert_cmpint (rai_aside_judge (&sold_at, NOW), ==, reason);
  g_assert_cmpint (sold_at, ==, taken);
}

/* A clock that runs a little ahead is not worth a word. */
static void
test_judge (void) {
  check_judged (NOW - HOUR, RAI_ASIDE_NONE, NOW - HOUR);
  check_judged (NOW + 2 * HOUR, RAI_ASIDE_NONE, NOW);
  check_judged (NOW + 2 * HOUR + 1, RAI_ASIDE_FUTURE, NOW + 2 * HOUR + 1);
  check_judged (INT64_MAX, RAI_ASIDE_FUTURE, INT64_MAX);
  check_judged (INT64_C (946684800000), RAI_ASIDE_NONE, INT64_C (946684800000));
  check_judged (INT64_C (946684799999), RAI_ASIDE_PAST, INT64_C (946684799999));
  check_judged (INT64_MIN, RAI_ASIDE_PAST, INT64_MIN);
}

static void
kept_once (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  const RaiAside aside = { 1, "r1", RAI_ASIDE_FUTURE, NOW, "{\"a\":1}", NOW, 3 };
  g_autofree char *body = NULL;
  bool added = false;

  rai_test_db_fill (db);
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_aside_add (db, &aside, &added, &error));
  g_assert_true (added);
  g_assert_true (rai_aside_add (db, &aside, &added, &error));
  g_assert_false (added);

  g_assert_true (rai_aside_take (db, 2, "r1", &body, &error));
  g_assert_null (body);
  g_assert_true (rai_aside_take (db, 1, "r1", &body, &error));
  g_assert_cmpstr (body, ==, "{\"a\":1}");
  g_free (g_steal_pointer (&body));
  g_assert_true (rai_aside_take (db, 1, "r1", &body, &error));
  g_assert_null (body);
  g_assert_true (rai_db_commit (db, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/aside/judge", test_judge);
  rai_test_db_add ("/db/aside/kept-once", kept_once);
  return rai_test_db_end (g_test_run ());
}
