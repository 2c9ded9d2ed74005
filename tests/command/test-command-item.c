/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-command.h"

static void
edit (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_regional (), "item.edit",
                "{\"item\":1,\"name\":\"Oat drink\",\"cost\":60,\"supplier\":1,\"active\":false}",
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (
      rai_test_int (
          db, "SELECT cost FROM item WHERE name = 'Oat drink' AND active = 0 AND price = 100"),
      ==, 60);
  rai_test_refused (db, rai_test_regional (), "item.edit", "{\"item\":1}", "argument");
  rai_test_refused (db, rai_test_regional (), "item.edit", "{\"item\":1,\"department\":77}",
                    "not_found");
  rai_test_refused (db, rai_test_regional (), "item.edit", "{\"item\":1,\"price\":-1}", "argument");
  rai_test_refused (db, rai_test_regional (), "item.edit", "{\"item\":1,\"unit\":\"kg\"}",
                    "argument");
  rai_test_refused (db, rai_test_regional (), "item.edit",
                    "{\"item\":1,\"barcode\":\"1.23457E+11\"}", "argument");
  rai_test_refused (db, rai_test_regional (), "item.edit", "{\"item\":1,\"supplier\":77}",
                    "not_found");
  rai_test_run (db, rai_test_regional (), "item.edit",
                "{\"item\":5,\"department\":2,\"shelf_life\":0}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (
      rai_test_int (
          db,
          "SELECT count(*) FROM item WHERE id = 5 AND department_id = 2 AND shelf_life IS NULL"),
      ==, 1);
  rai_test_refused (db, rai_test_manager (), "item.edit", "{\"item\":1,\"price\":1}", "forbidden");
}

/* A changed cost counts from the next receipt on, also for a connection that has sold before. */
static void
cost_of_later_sales (RaiDb *db) {
  const char *receipt = "{\"site\":1,\"receipt\":\"%s\",\"sold_at\":1771285000000,\"lines\":[{"
                        "\"item\":1,\"quantity\":1000,"
                        "\"amount\":100}]}";

  rai_test_db_fill (db);
  g_auto (GStrv) parts = g_strsplit (receipt, "%s", 2);

  g_autofree char *first = g_strjoin ("r1", parts[0], parts[1], NULL);
  g_autofree char *second = g_strjoin ("r2", parts[0], parts[1], NULL);
  rai_test_run (db, rai_test_associate (), "sales.record", first, RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_regional (), "item.edit", "{\"item\":1,\"cost\":80}",
                RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_associate (), "sales.record", second, RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT cost FROM site_day WHERE site_id = 1"), ==,
                   750 + 50 + 80);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/command/item/edit", edit);
  rai_test_db_add ("/command/item/cost-of-later-sales", cost_of_later_sales);
  return rai_test_db_end (g_test_run ());
}
