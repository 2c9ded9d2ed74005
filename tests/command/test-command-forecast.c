/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-command.h"

static void
override (RaiDb *db) {
  rai_test_db_fill (db);
  const RaiAnswer *answer =
      rai_test_run (db, rai_test_manager (), "forecast.override",
                    "{\"site\":1,\"item\":1,\"first_day\":\"2026-03-01\",\"last_day\":\"2026-03-"
                    "02\",\"percent\":150,\"reason\":\"fair\"}",
                    RAI_ANSWER_APPLIED);

  g_assert_nonnull (answer->summary);
  g_assert_cmpint (
      rai_test_int (db,
                    "SELECT percent FROM forecast_override WHERE site_id = 1 AND item_id = 1 AND "
                    "account_id = 2 AND reason = 'fair' AND last_day - first_day = 1"),
      ==, 150);
  rai_test_refused (db, rai_test_manager (), "forecast.override",
                    "{\"site\":1,\"item\":1,\"first_day\":\"2026-03-02\",\"last_day\":\"2026-03-"
                    "01\",\"percent\":150}",
                    "argument");
  rai_test_refused (db, rai_test_manager (), "forecast.override",
                    "{\"site\":1,\"item\":1,\"first_day\":\"2026-03-01\",\"last_day\":\"2026-03-"
                    "01\",\"percent\":-5}",
                    "argument");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/command/forecast/override", override);
  return rai_test_db_end (g_test_run ());
}
