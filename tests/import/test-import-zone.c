/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-zone.h"

#include <glib.h>

static void
test_names (void) {
  g_assert_cmpstr (rai_import_zone_name ("Eastern Time (US & Canada)"), ==, "America/New_York");
  g_assert_cmpstr (rai_import_zone_name ("berlin"), ==, "Europe/Berlin");
  g_assert_cmpstr (rai_import_zone_name ("Europe/Madrid"), ==, "Europe/Madrid");
  g_assert_cmpstr (rai_import_zone_name ("UTC"), ==, "UTC");
  g_assert_null (rai_import_zone_name ("Shop time"));
  g_assert_null (rai_import_zone_name (""));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-zone/names", test_names);
  return g_test_run ();
}
