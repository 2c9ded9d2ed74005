/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-part.h"

#include <glib.h>

static void
table (void) {
  for (int i = 0; i < RAI_N_PARTS; i++) {
    RaiPart part = RAI_N_PARTS;
    g_assert_cmpstr (rai_part_title ((RaiPart) i), !=, NULL);
    g_assert_true (rai_part_find (rai_part_id ((RaiPart) i), &part));
    g_assert_cmpint (part, ==, i);
  }
}

/* Ids are stored in databases: they stay what they are. */
static void
ids (void) {
  static const char *const stored[] = { "level",    "trend",          "season",  "calendar",
                                        "price",    "promotion",      "weather", "event",
                                        "stockout", "reconciliation", "override" };
  G_STATIC_ASSERT (G_N_ELEMENTS (stored) == RAI_N_PARTS);
  for (int i = 0; i < RAI_N_PARTS; i++)
    g_assert_cmpstr (rai_part_id ((RaiPart) i), ==, stored[i]);
}

static void
unknown (void) {
  RaiPart part = RAI_PART_PRICE;
  g_assert_false (rai_part_find ("weekday", &part));
  g_assert_false (rai_part_find (NULL, &part));
  g_assert_cmpint (part, ==, RAI_PART_PRICE);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/part/table", table);
  g_test_add_func ("/core/part/ids", ids);
  g_test_add_func ("/core/part/unknown", unknown);
  return g_test_run ();
}
