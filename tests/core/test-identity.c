/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-identity.h"

static void
scope (void) {
  const int64_t sites[] = { 7, 3, 5 };
  g_autoptr (RaiIdentity) manager =
      rai_identity_new (9, "ada", RAI_ROLE_STORE_MANAGER, false, sites, 3);
  g_autoptr (RaiIdentity) copy = rai_identity_copy (manager);
  g_assert_cmpint (copy->sites[0], ==, 3);
  g_assert_true (rai_identity_sees_site (copy, 7));
  g_assert_false (rai_identity_sees_site (copy, 4));
  g_assert_true (rai_identity_may (copy, RAI_PERMISSION_ORDER));
  g_assert_false (rai_identity_may (copy, RAI_PERMISSION_ADMINISTER));
  g_assert_cmpstr (copy->login, ==, "ada");
}

static void
nobody_and_system (void) {
  g_autoptr (RaiIdentity) nobody = rai_identity_new (4, NULL, RAI_ROLE_ASSOCIATE, false, NULL, 0);
  g_assert_false (rai_identity_sees_site (nobody, 1));
  g_autoptr (RaiIdentity) program = rai_identity_new_system ();
  g_assert_true (rai_identity_sees_site (program, 1));
  for (int i = 0; i < RAI_N_PERMISSIONS; i++)
    g_assert_true (rai_identity_may (program, (RaiPermission) i));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/identity/scope", scope);
  g_test_add_func ("/core/identity/nobody-and-system", nobody_and_system);
  return g_test_run ();
}
