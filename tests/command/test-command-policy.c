/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-command.h"

static void
set (RaiDb *db) {
  const int64_t first[] = { 1 };
  g_autoptr (RaiIdentity) bound =
      rai_identity_new (9, "lea", RAI_ROLE_REGIONAL_MANAGER, false, first, 1);
  rai_test_db_fill (db);
  rai_test_run (db, bound, "policy.set",
                "{\"scope\":\"site\",\"scope_id\":1,\"key\":\"service_target\",\"value\":0.98}",
                RAI_ANSWER_APPLIED);
  rai_test_run (db, bound, "policy.set",
                "{\"scope\":\"site\",\"scope_id\":1,\"key\":\"service_target\",\"value\":0.9}",
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM policy WHERE value = 0.9"), ==, 1);
  rai_test_refused (db, bound, "policy.set",
                    "{\"scope\":\"site\",\"scope_id\":2,\"key\":\"service_target\",\"value\":0.9}",
                    "forbidden");
  rai_test_refused (db, bound, "policy.set",
                    "{\"scope\":\"company\",\"key\":\"service_target\",\"value\":0.9}",
                    "forbidden");
  rai_test_refused (db, rai_test_admin (), "policy.set",
                    "{\"scope\":\"company\",\"key\":\"service_target\",\"value\":2}", "argument");
  rai_test_refused (db, rai_test_admin (), "policy.set",
                    "{\"scope\":\"company\",\"key\":\"colour\",\"value\":2}", "argument");
  rai_test_refused (db, rai_test_admin (), "policy.set",
                    "{\"scope\":\"item\",\"scope_id\":1,\"key\":\"anomaly_level\",\"value\":0.9}",
                    "argument");
  rai_test_refused (db, rai_test_admin (), "policy.set",
                    "{\"scope\":\"item\",\"scope_id\":77,\"key\":\"service_target\",\"value\":0.9}",
                    "not_found");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/command/policy/set", set);
  return rai_test_db_end (g_test_run ());
}
