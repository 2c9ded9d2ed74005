/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecaster/rai-wide.h"

#include <string.h>

static RaiPanel *
read_text (const char *text, RaiDay through, GError **error) {
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  RaiLongOptions options = { "m5.csv", through, 2 };
  return rai_wide_read (stream, &options, error);
}

static void
test_read (void) {
  const char *text =
      "id,item_id,dept_id,store_id,d_1,d_2,d_3\nx,apple,fruit,CA_1,0,4,5\ny,pear,fruit,CA_1,1,2,\n";
  g_autoptr (RaiPanel) panel = read_text (text, RAI_DAY_NONE, NULL);
  g_assert_nonnull (panel);
  g_assert_cmpuint (rai_panel_n_series (panel), ==, 2);
  g_assert_cmpuint (rai_panel_length (panel, 0), ==, 2); /* from its first sale */
  g_assert_cmpuint (rai_panel_length (panel, 1), ==, 3);
  g_assert_cmpfloat (rai_panel_observations (panel, 0)[1], ==, 5);
  g_assert_cmpint (rai_panel_day (panel, 0, 0), ==, rai_day_from_ymd (2011, 1, 30));
  g_assert_cmpstr (rai_panel_attribute (panel, 0, 0), ==, "fruit");
  g_autoptr (RaiPanel) cut = read_text (text, rai_day_from_ymd (2011, 1, 30), NULL);
  g_assert_cmpuint (rai_panel_length (cut, 1), ==, 2);
}

static void
test_errors (void) {
  static const struct {
    const char *text, *wanted;
  } cases[] = {
    { "", "m5.csv is empty" },
    { "site,item,date\n", "no column \"store_id\"" },
    { "item_id,store_id,d_1\na,b,many\n", "line 2: d_1 is \"many\"" },
    { "item_id,store_id,d_1\na,b\n", "line 2: only 2 fields" },
  };

  for (size_t k = 0; k < G_N_ELEMENTS (cases); k++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (read_text (cases[k].text, RAI_DAY_NONE, &error));
    g_assert_nonnull (error);
    g_assert_nonnull (strstr (error->message, cases[k].wanted));
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wide/read", test_read);
  g_test_add_func ("/wide/errors", test_errors);
  return g_test_run ();
}
