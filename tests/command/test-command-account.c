/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-command.h"

static void
add (RaiDb *db) {
  rai_test_db_fill (db);
  const RaiAnswer *answer = rai_test_run (db, rai_test_admin (), "user.add",
                                          "{\"login\":\"leo\",\"name\":\"Leo\",\"role\":"
                                          "\"associate\",\"sites\":[{\"site\":1},{\"site\":2}]}",
                                          RAI_ANSWER_APPLIED);

  g_assert_cmpstr (answer->result, ==, "{\"account_id\":5}");
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM account_site WHERE account_id = 5"), ==,
                   2);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM person WHERE id = 5 AND name = 'Leo' "
                                     "AND site_id IN (1, 2)"),
                   ==, 2);
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(*) FROM account WHERE id = 5 AND password_hash = ''"), ==, 1);
  rai_test_refused (db, rai_test_admin (), "user.add",
                    "{\"login\":\"leo\",\"role\":\"executive\",\"all_sites\":true}", "state");
  rai_test_refused (db, rai_test_admin (), "user.add",
                    "{\"login\":\"max\",\"role\":\"boss\",\"all_sites\":true}", "argument");
  rai_test_refused (
      db, rai_test_admin (), "user.add",
      "{\"login\":\"max\",\"role\":\"associate\",\"all_sites\":true,\"password\":\"x\"}",
      "argument");
  rai_test_refused (db, rai_test_admin (), "user.add",
                    "{\"login\":\"max\",\"role\":\"associate\",\"sites\":[{\"site\":7}]}",
                    "not_found");
  rai_test_refused (db, rai_test_manager (), "user.add",
                    "{\"login\":\"max\",\"role\":\"associate\",\"sites\":[{\"site\":1}]}",
                    "forbidden");
}

static void
disable (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_admin (), "user.disable", "{\"account\":2}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT disabled FROM account WHERE id = 2"), ==, 1);
  rai_test_refused (db, rai_test_admin (), "user.disable", "{\"account\":2,\"enable\":true}",
                    "argument");
  const RaiAnswer *answer =
      rai_test_run (db, rai_test_admin (), "user.enable", "{\"account\":2}", RAI_ANSWER_APPLIED);
  g_assert_cmpstr (answer->summary, ==, "Enable account 2");
  g_assert_cmpint (rai_test_int (db, "SELECT disabled FROM account WHERE id = 2"), ==, 0);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM command_log WHERE status = 'applied' "
                                     "AND name = 'user.enable'"),
                   ==, 1);
  rai_test_refused (db, rai_test_admin (), "user.disable", "{\"account\":1}", "state");
  rai_test_refused (db, rai_test_admin (), "user.disable", "{\"account\":99}", "not_found");
}

static void
set_role (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (
      db, rai_test_admin (), "user.set_role",
      "{\"account\":3,\"role\":\"regional_manager\",\"sites\":[{\"site\":1},{\"site\":2}]}",
      RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM account WHERE id = 3 AND all_sites = 0 "
                                     "AND role = 'regional_manager' AND rev > 1"),
                   ==, 1);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM account_site WHERE account_id = 3"), ==,
                   2);
  rai_test_run (db, rai_test_admin (), "user.set_role",
                "{\"account\":3,\"role\":\"executive\",\"all_sites\":true}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM account_site WHERE account_id = 3"), ==,
                   0);

  rai_test_refused (db, rai_test_admin (), "user.set_role",
                    "{\"account\":3,\"role\":\"boss\",\"all_sites\":true}", "argument");
  rai_test_refused (db, rai_test_admin (), "user.set_role", "{\"account\":3,\"role\":\"admin\"}",
                    "argument");
  rai_test_refused (db, rai_test_admin (), "user.set_role",
                    "{\"account\":1,\"role\":\"executive\",\"all_sites\":true}", "state");
  rai_test_refused (db, rai_test_admin (), "user.set_role",
                    "{\"account\":99,\"role\":\"executive\",\"all_sites\":true}", "not_found");
}

/* Named at each store that they come to, and still at those that they left; everywhere once they
 * have all stores. */
static void
named (RaiDb *db) {
  static const char *const scopes[] = { "\"sites\":[{\"site\":2}]", "\"all_sites\":true",
                                        "\"sites\":[{\"site\":1}]" };
  static const int64_t rows[] = { 2, 3, 3 };
  rai_test_db_fill (db);
  g_assert_cmpint (rai_test_int (db, "SELECT site_id FROM person WHERE id = 3"), ==, 1);

  for (size_t i = 0; i < G_N_ELEMENTS (scopes); i++) {
    g_autofree char *arguments =
        g_strdup_printf ("{\"account\":3,\"role\":\"associate\",%s}", scopes[i]);
    rai_test_run (db, rai_test_admin (), "user.set_role", arguments, RAI_ANSWER_APPLIED);
    g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM person WHERE id = 3"), ==, rows[i]);
  }

  /* What says the same is not sent again. */
  g_assert_cmpint (rai_test_int (db, "SELECT rev FROM person WHERE id = 3 AND site_id = 1"), ==, 1);
  g_assert_cmpint (rai_test_int (db, "SELECT count(DISTINCT rev) FROM person WHERE id = 3"), ==, 3);
}

/* Not even by the program itself. */
static void
last_administrator (RaiDb *db) {
  g_autoptr (RaiIdentity) program = rai_identity_new_system ();
  static const char demote[] = "{\"account\":1,\"role\":\"admin\",\"sites\":[{\"site\":1}]}";
  rai_test_db_fill (db);
  rai_test_refused (db, program, "user.disable", "{\"account\":1}", "state");
  rai_test_refused (db, program, "user.set_role", demote, "state");
  rai_test_run (db, program, "user.set_role",
                "{\"account\":1,\"role\":\"admin\",\"all_sites\":true}", RAI_ANSWER_APPLIED);

  rai_test_run (db, program, "user.set_role",
                "{\"account\":4,\"role\":\"admin\",\"all_sites\":true}", RAI_ANSWER_APPLIED);
  rai_test_run (db, program, "user.set_role", demote, RAI_ANSWER_APPLIED);
  rai_test_refused (db, program, "user.disable", "{\"account\":4}", "state");
}

/* Made by the program, as the first account of all, and given to nobody. */
static void
owner (RaiDb *db) {
  static const char add[] = "{\"login\":\"owner\",\"role\":\"owner\",\"all_sites\":true}";
  g_autoptr (RaiIdentity) program = rai_identity_new_system ();
  rai_test_refused (db, rai_test_admin (), "user.add", add, "state");
  rai_test_refused (db, program, "user.add",
                    "{\"login\":\"owner\",\"role\":\"owner\",\"sites\":[]}", "argument");
  rai_test_run (db, program, "user.add", add, RAI_ANSWER_APPLIED);
  rai_test_refused (db, program, "user.disable", "{\"account\":1}", "state");
  rai_test_refused (db, program, "user.set_role",
                    "{\"account\":1,\"role\":\"executive\",\"all_sites\":true}", "state");

  rai_test_refused (db, program, "user.add",
                    "{\"login\":\"two\",\"role\":\"owner\",\"all_sites\":true}", "state");
  rai_test_run (db, program, "user.add",
                "{\"login\":\"ada\",\"role\":\"admin\",\"all_sites\":true}", RAI_ANSWER_APPLIED);
  rai_test_refused (db, program, "user.set_role",
                    "{\"account\":2,\"role\":\"owner\",\"all_sites\":true}", "state");

  /* A shop that outgrew one computer: its administrator takes over. */
  rai_test_run (db, program, "user.set_role",
                "{\"account\":1,\"role\":\"executive\",\"all_sites\":true}", RAI_ANSWER_APPLIED);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/command/account/add", add);
  rai_test_db_add ("/command/account/disable", disable);
  rai_test_db_add ("/command/account/set-role", set_role);
  rai_test_db_add ("/command/account/named", named);
  rai_test_db_add ("/command/account/owner", owner);
  rai_test_db_add ("/command/account/last-administrator", last_administrator);
  return rai_test_db_end (g_test_run ());
}
