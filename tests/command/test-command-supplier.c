/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-command.h"

#include <string.h>

static void
add (RaiDb *db) {
  rai_test_db_fill (db);
  const RaiAnswer *answer = rai_test_run (
      db, rai_test_regional (), "supplier.add",
      "{\"name\":\" North mill \",\"code\":\"M1\",\"lead_days\":3,\"lead_spread\":0.5,"
      "\"order_weekdays\":31,\"minimum_order\":5000}",
      RAI_ANSWER_APPLIED);
  int64_t id;
  g_assert_true (rai_answer_get_int (answer, "supplier", &id));
  g_assert_cmpstr (answer->summary, ==, "Add supplier: North mill");
  g_assert_cmpint (rai_test_int (db, "SELECT id FROM supplier WHERE name = 'North mill'"
                                     " AND code = 'M1' AND lead_days = 3 AND lead_spread = 0.5"
                                     " AND order_weekdays = 31 AND minimum_order = 5000"),
                   ==, id);

  rai_test_run (db, rai_test_regional (), "supplier.add", "{\"name\":\"North mill\"}",
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM supplier WHERE code = 'NORTH-MILL'"
                                     " AND order_weekdays = 127 AND minimum_order = 0"),
                   ==, 1);
  answer = rai_test_refused (db, rai_test_regional (), "supplier.add",
                             "{\"name\":\"Other\",\"code\":\"north-MILL\"}", "state");
  g_assert_nonnull (strstr (answer->message, "NORTH-MILL"));
}

static void
edit (RaiDb *db) {
  rai_test_db_fill (db);
  const RaiAnswer *answer =
      rai_test_run (db, rai_test_regional (), "supplier.edit",
                    "{\"supplier\":1,\"lead_days\":9,\"minimum_order\":100}", RAI_ANSWER_APPLIED);
  g_assert_true (g_str_has_suffix (answer->summary, " (delivery time, smallest order)"));
  g_assert_cmpint (
      rai_test_int (db, "SELECT lead_days FROM supplier WHERE id = 1 AND minimum_order = 100"), ==,
      9);
  rai_test_refused (db, rai_test_regional (), "supplier.edit", "{\"supplier\":77,\"lead_days\":1}",
                    "not_found");
  rai_test_refused (db, rai_test_manager (), "supplier.edit", "{\"supplier\":1,\"lead_days\":1}",
                    "forbidden");
}

static void
wrong (RaiDb *db) {
  static const char *const wrong[] = {
    "\"lead_days\":-1",
    "\"lead_days\":366",
    "\"lead_days\":1.5",
    "\"lead_spread\":-0.5",
    "\"lead_spread\":366",
    "\"lead_spread\":\"1\"",
    "\"order_weekdays\":0",
    "\"order_weekdays\":128",
    "\"minimum_order\":-1",
    "\"minimum_order\":1000000000001",
    "\"minimum_order\":9223372036854775807",
    "\"colour\":\"red\"",
  };
  rai_test_db_fill (db);
  const int64_t revision = rai_test_int (db, "SELECT max(rev) FROM supplier");
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *added = g_strdup_printf ("{\"name\":\"a\",%s}", wrong[i]);
    g_autofree char *edited = g_strdup_printf ("{\"supplier\":1,%s}", wrong[i]);
    rai_test_refused (db, rai_test_regional (), "supplier.add", added, "argument");
    rai_test_refused (db, rai_test_regional (), "supplier.edit", edited, "argument");
  }
  rai_test_refused (db, rai_test_regional (), "supplier.add", "{}", "argument");
  rai_test_refused (db, rai_test_regional (), "supplier.add", "{\"name\":\" \"}", "argument");
  rai_test_refused (db, rai_test_regional (), "supplier.edit", "{\"supplier\":1}", "argument");
  g_assert_cmpint (rai_test_int (db, "SELECT max(rev) FROM supplier"), ==, revision);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/command/supplier/add", add);
  rai_test_db_add ("/command/supplier/edit", edit);
  rai_test_db_add ("/command/supplier/wrong", wrong);
  return rai_test_db_end (g_test_run ());
}
