/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-reconcile-method.h"

#include <glib.h>

static void
test_names (void) {
  for (int k = 0; k < RAI_N_RECONCILE; k++) {
    RaiReconcileMethod method = (RaiReconcileMethod) k;
    g_assert_cmpint (rai_reconcile_method_find (rai_reconcile_method_name (method)), ==, method);
  }
  g_assert_cmpstr (rai_reconcile_method_name (RAI_RECONCILE_MIDDLE_OUT), ==, "middle-out");
  g_assert_cmpint (rai_reconcile_method_find ("sideways"), ==, RAI_N_RECONCILE);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reconcile-method/names", test_names);
  return g_test_run ();
}
