/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-policy.h"

#include <glib.h>

static void
rows_are_sane (void) {
  for (const RaiPolicy *policy = rai_policies; policy->key; policy++) {
    g_assert_true (rai_policy_find (policy->key) == policy);
    g_assert_cmpfloat (policy->minimum, <=, policy->fallback);
    g_assert_cmpfloat (policy->fallback, <=, policy->maximum);
    g_assert_true (policy->scopes & RAI_POLICY_COMPANY);
    g_assert_true (g_str_has_suffix (policy->help, "."));
  }

  g_assert_null (rai_policy_find ("nonsense"));
  g_assert_null (rai_policy_find (NULL));
}

static void
scopes_round_trip (void) {
  for (int bit = 0; bit < 4; bit++) {
    RaiPolicyScope scope;
    g_assert_true (rai_policy_scope_parse (rai_policy_scope_id (1 << bit), &scope));
    g_assert_cmpint (scope, ==, 1 << bit);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/policy/rows", rows_are_sane);
  g_test_add_func ("/core/policy/scopes", scopes_round_trip);
  return g_test_run ();
}
