/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-reach.h"

#include "rai-test-command.h"

/* An administrator of one store looks after its people, and gives no more than that store. */
static void
one_store (RaiDb *db) {
  const int64_t first[] = { 1 };
  g_autoptr (RaiIdentity) small = rai_identity_new (9, "kim", RAI_ROLE_ADMIN, false, first, 1);
  static const char *const refused[][2] = {
    { "user.add", "{\"login\":\"a\",\"role\":\"admin\",\"all_sites\":true}" },
    { "user.add",
      "{\"login\":\"a\",\"role\":\"associate\",\"sites\":[{\"site\":1},{\"site\":2}]}" },
    { "user.set_role", "{\"account\":3,\"role\":\"executive\",\"all_sites\":true}" },
    { "user.set_role", "{\"account\":3,\"role\":\"associate\",\"sites\":[{\"site\":2}]}" },
    { "user.set_role", "{\"account\":4,\"role\":\"associate\",\"sites\":[{\"site\":1}]}" },
    { "user.disable", "{\"account\":1}" },
    { "user.disable", "{\"account\":4}" },
    { "user.enable", "{\"account\":4}" },
    { "item.edit", "{\"item\":1,\"price\":1}" },
    { "policy.set", "{\"scope\":\"company\",\"key\":\"service_target\",\"value\":0.9}" },
  };
  rai_test_db_fill (db);
  for (size_t i = 0; i < G_N_ELEMENTS (refused); i++)
    rai_test_refused (db, small, refused[i][0], refused[i][1], "forbidden");

  rai_test_run (db, small, "user.add",
                "{\"login\":\"a\",\"role\":\"store_manager\",\"sites\":[{\"site\":1}]}",
                RAI_ANSWER_APPLIED);
  rai_test_run (db, small, "user.set_role",
                "{\"account\":3,\"role\":\"store_manager\",\"sites\":[{\"site\":1}]}",
                RAI_ANSWER_APPLIED);
  rai_test_run (db, small, "user.disable", "{\"account\":3}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM command_log WHERE status = 'applied' "
                                     "AND site_id = 1"),
                   ==, 3);
}

static bool
is_in_reach (RaiDb *db, const RaiIdentity *caller, int64_t account_id, RaiCommandError code) {
  g_autoptr (GError) error = NULL;
  bool reached = rai_reach_person (db, caller, account_id, &error);
  if (!reached)
    g_assert_error (error, RAI_COMMAND_ERROR, (int) code);
  return reached;
}

/* All of the person's stores, and there are some. */
static void
persons (RaiDb *db) {
  const int64_t sites[] = { 1, 2 };
  g_autoptr (RaiIdentity) one = rai_identity_new (9, "kim", RAI_ROLE_ADMIN, false, sites, 1);
  g_autoptr (RaiIdentity) both = rai_identity_new (9, "kim", RAI_ROLE_ADMIN, false, sites, 2);
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_admin (), "user.add",
                "{\"login\":\"b\",\"role\":\"associate\",\"sites\":[{\"site\":1},{\"site\":2}]}",
                RAI_ANSWER_APPLIED);

  g_assert_true (is_in_reach (db, one, 3, 0));
  g_assert_false (is_in_reach (db, one, 5, RAI_COMMAND_ERROR_FORBIDDEN));
  g_assert_true (is_in_reach (db, both, 5, 0));
  g_assert_false (is_in_reach (db, both, 1, RAI_COMMAND_ERROR_FORBIDDEN));
  g_assert_false (is_in_reach (db, both, 77, RAI_COMMAND_ERROR_FORBIDDEN));
  g_assert_true (is_in_reach (db, rai_test_admin (), 1, 0));
  g_assert_false (is_in_reach (db, rai_test_admin (), 77, RAI_COMMAND_ERROR_NOT_FOUND));

  g_autoptr (GError) error = NULL;
  rai_db_exec (db, "DELETE FROM account_site WHERE account_id = 5", &error);
  g_assert_no_error (error);
  g_assert_false (is_in_reach (db, both, 5, RAI_COMMAND_ERROR_FORBIDDEN));
  g_assert_true (is_in_reach (db, rai_test_admin (), 5, 0));
}

static void
ids (void) {
  g_assert_cmpstr (rai_reach_id (RAI_REACH_SITE), ==, "site");
  g_assert_cmpstr (rai_reach_id (RAI_REACH_PERSONS), ==, "persons");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command/reach/ids", ids);
  rai_test_db_add ("/command/reach/one-store", one_store);
  rai_test_db_add ("/command/reach/persons", persons);
  return rai_test_db_end (g_test_run ());
}
