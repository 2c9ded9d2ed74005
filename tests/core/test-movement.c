/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-movement.h"

#include <glib.h>

static void
names (void) {
  for (int i = 0; i < RAI_N_MOVEMENTS; i++) {
    RaiMovementKind kind = RAI_N_MOVEMENTS;
    g_assert_true (rai_movement_kind_parse (rai_movement_kind_id ((RaiMovementKind) i), &kind));
    g_assert_cmpint (kind, ==, i);
  }

  RaiMovementKind kind = RAI_MOVEMENT_WASTE;
  g_assert_false (rai_movement_kind_parse ("sale", &kind));
  g_assert_false (rai_movement_kind_parse (NULL, &kind));
  g_assert_cmpstr (rai_movement_kind_id (kind), ==, "waste");
  g_assert_cmpstr (rai_movement_kind_title (RAI_MOVEMENT_RECEIVE), ==, "Delivery");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/movement/names", names);
  return g_test_run ();
}
