/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-weekdays.h"

#include <glib.h>

static void
parses (void) {
  static const struct {
    const char *text;
    int bits;
  } cases[] = {
    { "mo-sa", 63 }, { "Mon Wed Fri", 21 }, { "1,3,5", 21 },   { "Monday - x", -1 },
    { "sa-mo", 97 }, { "7", 64 },           { "Sundays", 64 }, { "tues/thurs", 10 },
    { "", -1 },      { " , ", -1 },         { "m", -1 },       { "8", -1 },
    { "monk", -1 },  { "mo-", -1 },         { "-", -1 },       { "mo-su", 127 },
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    if (rai_weekdays_parse (cases[i].text) != cases[i].bits)
      g_error ("“%s”: %d", cases[i].text, rai_weekdays_parse (cases[i].text));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/weekdays/parses", parses);
  return g_test_run ();
}
