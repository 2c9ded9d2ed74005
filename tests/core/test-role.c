/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-role.h"

static void
ids_round_trip (void) {
  for (int i = 0; i < RAI_N_ROLES; i++) {
    RaiRole role;
    g_assert_true (rai_role_parse (rai_role_id ((RaiRole) i), &role));
    g_assert_cmpint (role, ==, i);
    g_assert_nonnull (rai_role_title (role));
    g_assert_true (rai_role_may (role, RAI_PERMISSION_NONE));
  }

  RaiRole role;
  g_assert_false (rai_role_parse ("boss", &role));
  g_assert_false (rai_role_parse (NULL, &role));
}

static void
matrix (void) {
  g_assert_true (rai_role_may (RAI_ROLE_ASSOCIATE, RAI_PERMISSION_CHANGE_STOCK));
  g_assert_false (rai_role_may (RAI_ROLE_ASSOCIATE, RAI_PERMISSION_SEE_RESULTS));
  g_assert_false (rai_role_may (RAI_ROLE_ASSOCIATE, RAI_PERMISSION_ORDER));
  g_assert_true (rai_role_may (RAI_ROLE_STORE_MANAGER, RAI_PERMISSION_ORDER));
  g_assert_false (rai_role_may (RAI_ROLE_STORE_MANAGER, RAI_PERMISSION_SET_POLICY));
  g_assert_true (rai_role_may (RAI_ROLE_REGIONAL_MANAGER, RAI_PERMISSION_SET_POLICY));
  g_assert_false (rai_role_may (RAI_ROLE_EXECUTIVE, RAI_PERMISSION_CHANGE_STOCK));
  g_assert_true (rai_role_may (RAI_ROLE_EXECUTIVE, RAI_PERMISSION_SEE_RESULTS));

  for (int i = 0; i < RAI_N_ROLES; i++) {
    g_assert_cmpint (rai_role_may ((RaiRole) i, RAI_PERMISSION_SEE_COSTS), ==,
                     i != RAI_ROLE_ASSOCIATE);
    g_assert_cmpint (rai_role_may ((RaiRole) i, RAI_PERMISSION_SEE_RESULTS), ==,
                     i != RAI_ROLE_ASSOCIATE);
  }

  /* Who answers for takings puts receipts right. */
  for (int i = 0; i < RAI_N_ROLES; i++)
    g_assert_cmpint (rai_role_may ((RaiRole) i, RAI_PERMISSION_CORRECT_SALES), ==,
                     i != RAI_ROLE_ASSOCIATE && i != RAI_ROLE_EXECUTIVE);

  for (int i = 0; i < RAI_N_ROLES; i++)
    g_assert_cmpint (rai_role_may ((RaiRole) i, RAI_PERMISSION_EDIT_SITE), ==,
                     i != RAI_ROLE_ASSOCIATE && i != RAI_ROLE_EXECUTIVE);

  for (int i = 0; i < RAI_N_ROLES; i++)
    g_assert_cmpint (rai_role_may ((RaiRole) i, RAI_PERMISSION_ADMINISTER), ==,
                     i == RAI_ROLE_ADMIN || i == RAI_ROLE_OWNER);

  for (int i = 0; i < RAI_N_PERMISSIONS; i++)
    g_assert_true (rai_role_may (RAI_ROLE_OWNER, (RaiPermission) i));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/role/ids", ids_round_trip);
  g_test_add_func ("/core/role/matrix", matrix);
  return g_test_run ();
}
