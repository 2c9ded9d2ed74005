/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-command.h"

#define ALERT "\"alert\":\"" RAI_TEST_ALERT "\""
#define STATE(state) "SELECT count(*) FROM alert WHERE state = '" state "'"

static void
life (RaiDb *db) {
  rai_test_db_fill (db);
  const RaiAnswer *answer =
      rai_test_run (db, rai_test_manager (), "alert.snooze", "{" ALERT ",\"until\":\"2099-03-01\"}",
                    RAI_ANSWER_APPLIED);

  g_assert_cmpstr (answer->summary, ==, "Snooze alert: Rye bread, until 2099-03-01");
  g_assert_cmpint (
      rai_test_int (db, "SELECT snoozed_until FROM alert WHERE state = 'snoozed' AND owner_id = 2"),
      ==, 47176);
  rai_test_run (db, rai_test_manager (), "alert.acknowledge", "{" ALERT "}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STATE ("acknowledged")), ==, 1);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM alert WHERE snoozed_until IS NOT NULL"),
                   ==, 0);
  rai_test_refused (db, rai_test_manager (), "alert.acknowledge", "{" ALERT "}", "state");
  rai_test_run (db, rai_test_manager (), "alert.resolve", "{" ALERT "}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STATE ("resolved")), ==, 1);
  rai_test_refused (db, rai_test_manager (), "alert.snooze", "{" ALERT ",\"until\":\"2099-03-01\"}",
                    "state");
  rai_test_refused (db, rai_test_manager (), "alert.resolve",
                    "{\"alert\":\"01970000-0000-7000-8000-0000000000ff\"}", "not_found");
}

/* Words of a refusal do not tell another store's alert. */
static void
strangers_alert (RaiDb *db) {
  const int64_t second[] = { 2 };
  g_autoptr (RaiIdentity) stranger =
      rai_identity_new (9, "noah", RAI_ROLE_STORE_MANAGER, false, second, 1);
  rai_test_db_fill (db);

  const RaiAnswer *answer =
      rai_test_refused (db, stranger, "alert.resolve", "{" ALERT "}", "forbidden");
  g_assert_null (strstr (answer->summary, "Rye bread"));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/command/alert/life", life);
  rai_test_db_add ("/command/alert/strangers", strangers_alert);
  return rai_test_db_end (g_test_run ());
}
