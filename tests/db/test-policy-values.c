/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-policy-values.h"

#include "rai-test-db.h"

static double
value (RaiDb *db, int64_t site, int64_t department, int64_t item) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiPolicyValues) one = rai_policy_values_new (db, "service_target", &error);
  g_assert_no_error (error);
  g_autoptr (RaiPolicyValues) all = rai_policy_values_new (db, NULL, &error);
  g_assert_no_error (error);

  const double found = rai_policy_values_get (one, "service_target", site, department, item);
  g_assert_cmpfloat (rai_policy_values_get (all, "service_target", site, department, item), ==,
                     found);
  return found;
}

static void
set (RaiDb *db, const char *row) {
  g_autoptr (GError) error = NULL;
  g_autofree char *sql =
      g_strdup_printf ("INSERT INTO policy (scope, scope_id, key, value, rev) VALUES (%s, 1)", row);
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
narrowest_holds (RaiDb *db) {
  g_assert_cmpfloat (value (db, 1, 2, 3), ==, 0.95);
  set (db, "'company', 0, 'service_target', 0.9");
  g_assert_cmpfloat (value (db, 1, 2, 3), ==, 0.9);
  set (db, "'site', 1, 'service_target', 0.91");
  set (db, "'department', 2, 'service_target', 0.92");
  set (db, "'item', 3, 'service_target', 0.93");
  set (db, "'item', 3, 'cover_max_days', 7");
  g_assert_cmpfloat (value (db, 1, 0, 0), ==, 0.91);
  g_assert_cmpfloat (value (db, 1, 2, 0), ==, 0.92);
  g_assert_cmpfloat (value (db, 1, 2, 3), ==, 0.93);
  g_assert_cmpfloat (value (db, 4, 5, 6), ==, 0.9);
  g_assert_cmpfloat (value (db, 0, 0, 0), ==, 0.9);

  /* What an older program let through is held to the rule's bounds. */
  set (db, "'site', 7, 'service_target', 2");
  g_assert_cmpfloat (value (db, 7, 5, 6), ==, 0.999);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/policy-values/narrowest-holds", narrowest_holds);
  return rai_test_db_end (g_test_run ());
}
