/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-code.h"

#include <glib.h>

static void
same (const char *a, const char *b, bool expected) {
  g_autofree char *x = rai_code_fold (a), *y = rai_code_fold (b);
  g_test_message ("“%s” “%s”: “%s” “%s”", a, b, x, y);
  g_assert_cmpint (g_str_equal (x, y), ==, expected);
}

static void
test_fold (void) {
  same ("MUG", "mug", true);
  same ("MUG", "MUG ", true);
  same (" Mug", "MUG", true);
  same ("Tea  Pot", "tea pot", true);
  same ("Tea\xc2\xa0pot", "TEA POT", true);
  same ("K\xc3\x84SE", "k\xc3\xa4se", true);
  same ("k\xc3\xa4se", "ka\xcc\x88se", true);
  same ("TeaPot", "tea pot", true);
  same ("MUG", "\xef\xbb\xbfMUG", true);
  same ("MUG", "MUG\xe2\x80\x8b", true);
  same ("MUG", "M\xc2\xadUG", true);
  same ("\xef\xbc\xb8\xef\xbc\x91", "x1", true);
  same ("00123", "123", false);
  same ("MUG-1", "MUG1", false);
  same ("", "  ", true);
}

static void
test_cut (void) {
  g_assert_true (rai_code_is_cut ("1.23457E+11"));
  g_assert_true (rai_code_is_cut ("1,23457E+11"));
  g_assert_true (rai_code_is_cut ("4e+12"));
  g_assert_false (rai_code_is_cut ("0012345678905"));
  g_assert_false (rai_code_is_cut ("1.23457E-11"));
  g_assert_false (rai_code_is_cut ("1.5"));
  g_assert_false (rai_code_is_cut ("1E+"));
  g_assert_false (rai_code_is_cut ("1E+11X"));
  g_assert_false (rai_code_is_cut ("E+11"));
  g_assert_false (rai_code_is_cut (""));
}

static void
makes (void) {
  static const struct {
    const char *name;
    unsigned number;
    const char *code;
  } cases[] = {
    { "Harbour Street", 1, "HARBOUR-STREET" },
    { "  Käthe's Laden!", 2, "KATHE-S-LADEN-2" },
    { "A very long name of a shop in a town", 1, "A-VERY-LONG-NAME-OF-A-SH" },
    { "!", 1, "STORE" },
    { "", 12, "STORE-12" },
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *code = rai_code_make (cases[i].name, "STORE", cases[i].number);
    g_assert_cmpstr (code, ==, cases[i].code);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/code/fold", test_fold);
  g_test_add_func ("/code/cut", test_cut);
  g_test_add_func ("/code/makes", makes);
  return g_test_run ();
}
