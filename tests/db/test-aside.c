/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-aside.h"

#include "db/rai-db-run.h"
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
test_judge_day (void) {
  g_assert_cmpint (rai_aside_judge_day (20500, 20500, 20500), ==, RAI_ASIDE_NONE);
  g_assert_cmpint (rai_aside_judge_day (20501, 20500, 20500), ==, RAI_ASIDE_FUTURE);
  g_assert_cmpint (rai_aside_judge_day (10957, 10957, 20500), ==, RAI_ASIDE_NONE);
  g_assert_cmpint (rai_aside_judge_day (10956, 10957, 20500), ==, RAI_ASIDE_PAST);
}

#define BODY(sold_at, lines) "{\"sold_at\":" sold_at ",\"lines\":[" lines "]}"

static const RaiReceipt number = { .site_id = 1, .number = "r1" },
                        elsewhere = { .site_id = 2, .number = "r1" };

static RaiAsideState
add (RaiDb *db, const char *body) {
  g_autoptr (GError) error = NULL;
  const RaiReceipt receipt = { .site_id = 1, .number = "r1", .sold_at = NOW };
  const RaiAside aside = { &receipt, RAI_ASIDE_FUTURE, body, NOW, 3 };
  RaiAsideState state = RAI_ASIDE_ADDED;
  rai_aside_add (db, &aside, &state, &error);
  g_assert_no_error (error);
  return state;
}

static RaiAsideState
meet (RaiDb *db, const char *body, int64_t sold_at) {
  g_autoptr (GError) error = NULL;
  g_autofree char *lines = rai_aside_lines (body);
  RaiAsideState state = RAI_ASIDE_ADDED;
  const RaiReceipt receipt = { .site_id = 1, .number = "r1", .sold_at = sold_at };
  rai_aside_meet (db, &receipt, lines, &state, &error);
  g_assert_no_error (error);
  return state;
}

/* Other lines, or another time, under the same number: another receipt. */
static void
kept_by_body (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_auto (RaiAsideFound) found = { 0 };

  rai_test_db_fill (db);
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_cmpint (add (db, BODY ("1", "1")), ==, RAI_ASIDE_ADDED);
  g_assert_cmpint (add (db, BODY ("1", "1")), ==, RAI_ASIDE_WAITING);
  g_assert_cmpint (add (db, BODY ("1", "2")), ==, RAI_ASIDE_ADDED);
  g_assert_true (rai_aside_find (db, &elsewhere, NULL, &found, &error));
  g_assert_cmpuint (found.n, ==, 0);
  g_assert_true (rai_aside_find (db, &number, NULL, &found, &error));
  g_assert_cmpuint (found.n, ==, 2);

  g_autofree char *digest = rai_aside_digest (BODY ("1", "2"));
  g_assert_true (rai_aside_find (db, &number, digest, &found, &error));
  g_assert_cmpuint (found.n, ==, 1);
  g_assert_cmpstr (found.body, ==, BODY ("1", "2"));
  g_assert_true (rai_aside_settle (db, 1, "r1", &found, NOW, &error));
  g_assert_cmpint (add (db, BODY ("1", "2")), ==, RAI_ASIDE_SETTLED);
  g_assert_true (rai_db_commit (db, &error));
  g_assert_no_error (error);
}

/* What comes at its right time takes its like out, and nothing else. */
static void
met (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_auto (RaiAsideFound) found = { 0 };

  rai_test_db_fill (db);
  g_assert_true (rai_db_begin_write (db, &error));
  add (db, BODY ("1", "1"));
  add (db, BODY ("1", "2"));
  g_assert_cmpint (meet (db, BODY ("9", "3"), NOW), ==, RAI_ASIDE_ADDED);
  /* Sold long after it was received: another day's receipt of the same number. */
  g_assert_cmpint (meet (db, BODY ("9", "1"), NOW + 3 * HOUR), ==, RAI_ASIDE_ADDED);
  g_assert_cmpint (meet (db, BODY ("9", "1"), NOW - HOUR), ==, RAI_ASIDE_WAITING);
  g_assert_cmpint (meet (db, BODY ("9", "1"), NOW - HOUR), ==, RAI_ASIDE_ADDED);
  g_assert_cmpint (add (db, BODY ("1", "1")), ==, RAI_ASIDE_SETTLED);

  g_assert_true (rai_aside_find (db, &number, NULL, &found, &error));
  g_assert_cmpuint (found.n, ==, 1);
  g_assert_true (rai_aside_settle (db, 1, "r1", &found, NOW, &error));
  g_assert_cmpint (meet (db, BODY ("9", "2"), NOW - HOUR), ==, RAI_ASIDE_SETTLED);
  g_assert_true (rai_db_commit (db, &error));
  g_assert_no_error (error);
}

static RaiAsideState
add_of (RaiDb *db, const char *till, RaiDay day, int64_t sold_at, const char *body) {
  g_autoptr (GError) error = NULL;
  const RaiReceipt receipt = { 1, "r1", till, day, sold_at, 0, 0 };
  const RaiAside aside = { &receipt, RAI_ASIDE_FUTURE, body, NOW, 3 };
  RaiAsideState state = RAI_ASIDE_ADDED;
  rai_aside_add (db, &aside, &state, &error);
  g_assert_no_error (error);
  return state;
}

static RaiAsideState
meet_of (RaiDb *db, const char *till, const char *body) {
  g_autoptr (GError) error = NULL;
  g_autofree char *lines = rai_aside_lines (body);
  const RaiReceipt receipt = { 1, "r1", till, 20700, NOW - HOUR, 20700, 0 };
  RaiAsideState state = RAI_ASIDE_ADDED;
  rai_aside_meet (db, &receipt, lines, &state, &error);
  g_assert_no_error (error);
  return state;
}

#define OF(till, lines) "{\"till\":\"" till "\",\"lines\":[" lines "]}"

/* Two tills that sell the same under one number wait both; one that says its till only later waits
 * once; what comes at its right time takes out none of another till's. */
static void
by_till (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_auto (RaiAsideFound) found = { 0 };

  rai_test_db_fill (db);
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_cmpint (add_of (db, "A", 0, 7, OF ("A", "1")), ==, RAI_ASIDE_ADDED);
  g_assert_cmpint (add_of (db, "B", 0, 7, OF ("B", "1")), ==, RAI_ASIDE_ADDED);
  g_assert_cmpint (add_of (db, "", 0, 7, "{,\"lines\":[1]}"), ==, RAI_ASIDE_WAITING);
  g_assert_cmpint (add_of (db, "A", 20500, 7, OF ("A ", "1")), ==, RAI_ASIDE_WAITING);
  g_assert_cmpint (add_of (db, "A", 0, 8, OF ("A  ", "1")), ==, RAI_ASIDE_ADDED);

  const RaiReceipt of_b = { .site_id = 1, .number = "r1", .till = "B" };
  g_assert_true (rai_aside_find (db, &of_b, NULL, &found, &error));
  g_assert_cmpuint (found.n, ==, 1);
  g_assert_cmpstr (found.body, ==, OF ("B", "1"));
  g_assert_cmpint (meet_of (db, "C", OF ("C", "1")), ==, RAI_ASIDE_ADDED);
  g_assert_cmpint (meet_of (db, "B", OF ("B", "1")), ==, RAI_ASIDE_WAITING);
  g_assert_true (rai_aside_find (db, &of_b, NULL, &found, &error));
  g_assert_cmpuint (found.n, ==, 0);
  g_assert_cmpint (add_of (db, "B", 0, 7, OF ("B", "1")), ==, RAI_ASIDE_SETTLED);
  g_assert_true (rai_db_commit (db, &error));
}

/* A row from before has no digests: it gets them when its number is met. */
static void
from_before (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_test_db_fill (db);
  rai_db_exec (db,
               "INSERT INTO sale_aside (site_id, number, digest, lines, reason, sold_at, body,"
               " received_at, account_id)"
               " VALUES (1, 'r1', '', '', 'past', 1, '" BODY ("1", "1") "', 1790000000000, 3)",
               &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_cmpint (add (db, BODY ("1", "1")), ==, RAI_ASIDE_WAITING);
  g_assert_cmpint (meet (db, BODY ("9", "1"), NOW), ==, RAI_ASIDE_WAITING);
  g_assert_true (rai_db_commit (db, &error));
}

#define SENT(till, day, more) \
  "{\"receipt\":\"r\\\"1\"" till ",\"sold_at\":7" day ",\"lines\":[" more "]}"
#define ON(day) ",\"day\":\"" day "\""
#define FROM(till) ",\"till\":\"" till "\""

/* What was decided before tills were known stands, also when its till says since who it is; with
 * other lines it is another receipt. */
static void
decided_before (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_auto (RaiAsideFound) found = { 0 };

  rai_test_db_fill (db);
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_cmpint (add_of (db, "", 0, 7, SENT ("", "", "1")), ==, RAI_ASIDE_ADDED);
  g_assert_true (rai_aside_find (db, &number, NULL, &found, &error));
  g_assert_true (rai_aside_settle (db, 1, "r1", &found, NOW, &error));
  g_assert_cmpint (add_of (db, "", 20500, 7, SENT ("", ON ("2026-02-16"), "2")), ==,
                   RAI_ASIDE_ADDED);
  g_assert_true (rai_aside_find (db, &number, NULL, &found, &error));
  g_assert_true (rai_aside_settle (db, 1, "r1", &found, NOW, &error));
  g_assert_true (
      rai_db_run (db, &error, "UPDATE sale_settled SET sold_at = NULL, said_day = 0", ""));

  g_assert_cmpint (add_of (db, "A", 0, 7, SENT (FROM ("A"), "", "1")), ==, RAI_ASIDE_SETTLED);
  g_assert_cmpint (add_of (db, "\"", 20500, 7, SENT (FROM ("\\\""), ON ("2026-02-16"), "1")), ==,
                   RAI_ASIDE_SETTLED);
  g_assert_cmpint (add_of (db, "A", 20500, 7, SENT (FROM ("A"), ON ("2026-02-16"), "2")), ==,
                   RAI_ASIDE_SETTLED);
  g_assert_cmpint (add_of (db, "A", 0, 7, SENT (FROM ("A"), "", "3")), ==, RAI_ASIDE_ADDED);
  g_assert_true (rai_db_commit (db, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/aside/judge", test_judge);
  g_test_add_func ("/db/aside/judge-day", test_judge_day);
  rai_test_db_add ("/db/aside/kept-by-body", kept_by_body);
  rai_test_db_add ("/db/aside/met", met);
  rai_test_db_add ("/db/aside/by-till", by_till);
  rai_test_db_add ("/db/aside/from-before", from_before);
  rai_test_db_add ("/db/aside/decided-before", decided_before);
  return rai_test_db_end (g_test_run ());
}
