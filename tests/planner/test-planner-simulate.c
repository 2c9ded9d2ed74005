/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-planner-simulate.h"

#include "rai-test-db.h"
#include "rai-test-retailer.h"
#include "util/rai-progress.h"

#include <glib/gstdio.h>

static void
test_csv (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("simulate-XXXXXX", NULL);
  g_autofree char *output = g_build_filename (folder, "policies.csv", NULL);
  RaiPlannerSimulateOptions options = { .service = 0.95,
                                        .days = 28,
                                        .items = 100,
                                        .through = RAI_DAY_NONE,
                                        .model = "weekday",
                                        .threads = 1,
                                        .output = output };
  RaiPlannerSimulateSummary summary;

  rai_test_retailer_fill (db);
  rai_planner_simulate (db, &options, &summary, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.items, ==, RAI_TEST_ITEMS);

  /* Sales here hardly vary, and so the shelves are hardly ever empty. */
  double fill_rate = rai_simulation_fill_rate (&summary.retailai);
  g_assert_cmpfloat (fill_rate, >, 0.93);
  g_assert_cmpfloat (rai_simulation_fill_rate (&summary.average), >=, fill_rate - 1e-9);

  g_autofree char *csv = NULL;
  g_file_get_contents (output, &csv, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  g_assert_cmpstr (lines[0], ==, "policy,target,fill_rate,average_stock,waste,orders,cost");
  g_assert_true (g_str_has_prefix (lines[1], "retailai,0.9500,"));
  g_assert_true (g_str_has_prefix (lines[2], "average,0.9500,"));
  g_unlink (output);
  g_rmdir (folder);
}

static void
test_nothing_to_replay (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiPlannerSimulateOptions options = {
    .service = 0.95, .days = 28, .items = 100, .through = RAI_DAY_NONE
  };
  g_assert_false (rai_planner_simulate (db, &options, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  rai_test_db_add ("/planner-simulate/csv", test_csv);
  rai_test_db_add ("/planner-simulate/nothing", test_nothing_to_replay);
  return rai_test_db_end (g_test_run ());
}
