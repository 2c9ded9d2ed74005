/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/rai-options.h"

static bool
read_one (const char *name, const char *value, RaiOptions *options) {
  g_autoptr (GVariantDict) parsed = g_variant_dict_new (NULL);
  g_autoptr (GError) error = NULL;
  g_variant_dict_insert (parsed, name, "s", value);
  bool ok = rai_options_read (options, parsed, &error);
  g_assert_true (ok == (error == NULL));
  return ok;
}

static void
check (const char *name, const char *value, bool valid) {
  RaiOptions options = { 0 };
  g_assert_cmpint (read_one (name, value, &options), ==, valid);
  rai_options_clear (&options);
}

static void
test_values (void) {
  check ("theme", "dark", true);
  check ("theme", "pink", false);
  check ("size", "1280x800", true);
  check ("size", "1280", false);
  check ("size", "1280x800x3", false);
  check ("size", "1x1", false);
  check ("server", "https://shop.example.org", true);
  check ("server", "htps://shop.example.org", false);

  RaiOptions options = { 0 };
  g_assert_true (read_one ("size", "360x720", &options));
  g_assert_cmpint (options.width, ==, 360);
  g_assert_cmpint (options.height, ==, 720);
  g_assert_nonnull (options.data_dir);
  rai_options_clear (&options);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/options/values", test_values);
  return g_test_run ();
}
