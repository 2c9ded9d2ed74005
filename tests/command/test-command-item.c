/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-command.h"

#include <string.h>

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

/* What is said is stored, the rest is as the schema says; a new item is seen where it is sold. */
static void
add (RaiDb *db) {
  rai_test_db_fill (db);
  const RaiAnswer *answer = rai_test_run (
      db, rai_test_regional (), "item.add",
      "{\"name\":\"  Rye roll \",\"sku\":\"R "
      "1\",\"department\":2,\"category\":\"Rolls\",\"unit\":\"kg\","
      "\"barcode\":\"4000000000999\",\"price\":450,\"cost\":200,\"pack\":2500,\"supplier\":1,"
      "\"shelf_life\":2,\"site\":1}",
      RAI_ANSWER_APPLIED);
  int64_t id;
  g_assert_true (rai_answer_get_int (answer, "item", &id));
  g_assert_cmpstr (answer->summary, ==, "Add item: Rye roll");
  g_assert_cmpint (
      rai_test_int (db, "SELECT i.id FROM item i JOIN stock s ON s.item_id = i.id AND s.site_id = 1"
                        " WHERE i.name = 'Rye roll' AND i.sku = 'R 1' AND i.department_id = 2"
                        " AND i.category = 'Rolls' AND i.unit = 'kg' AND i.price = 450"
                        " AND i.cost = 200 AND i.pack = 2500 AND i.supplier_id = 1"
                        " AND i.shelf_life = 2 AND i.active = 1 AND i.barcode = '4000000000999'"
                        " AND s.on_hand = 0 AND s.tracked = 0"),
      ==, id);

  rai_test_run (db, rai_test_regional (), "item.add", "{\"name\":\"Rye roll\"}",
                RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_regional (), "item.add", "{\"name\":\"Rye roll\"}",
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM item i JOIN department d"
                                     " ON d.id = i.department_id WHERE d.name = 'General'"
                                     " AND i.sku IN ('RYE-ROLL', 'RYE-ROLL-2')"),
                   ==, 2);
}

/* A department by its name is the one that there is, or a new one. */
static void
departments (RaiDb *db) {
  rai_test_db_fill (db);
  const int64_t before = rai_test_int (db, "SELECT count(*) FROM department");
  rai_test_run (db, rai_test_regional (), "item.add",
                "{\"name\":\"Fork\",\"department_name\":\"Kitchen\"}", RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_regional (), "item.edit",
                "{\"item\":1,\"department_name\":\" kit chen\"}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM department"), ==, before + 1);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM item i JOIN department d"
                                     " ON d.id = i.department_id WHERE d.name = 'Kitchen'"),
                   ==, 2);
}

static void
wrong_additions (RaiDb *db) {
  static const struct {
    const char *arguments;
    const char *code;
  } wrong[] = {
    { "{}", "argument" },
    { "{\"name\":\"  \"}", "argument" },
    { "{\"name\":\"a\",\"sku\":\" \"}", "argument" },
    { "{\"name\":\"a\",\"price\":-1}", "argument" },
    { "{\"name\":\"a\",\"price\":9000000001}", "argument" },
    { "{\"name\":\"a\",\"price\":9223372036854775807}", "argument" },
    { "{\"name\":\"a\",\"pack\":0}", "argument" },
    { "{\"name\":\"a\",\"pack\":\"6\"}", "argument" },
    { "{\"name\":\"a\",\"shelf_life\":3651}", "argument" },
    { "{\"name\":\"a\",\"active\":false}", "argument" },
    { "{\"name\":\"a\",\"department\":1,\"department_name\":\"b\"}", "argument" },
    { "{\"name\":\"a\",\"department\":77}", "not_found" },
    { "{\"name\":\"a\",\"supplier\":77}", "not_found" },
    { "{\"name\":\"a\",\"site\":77}", "not_found" },
    { "{\"name\":\"a\",\"barcode\":\"4000000000028\"}", "state" },
  };

  rai_test_db_fill (db);
  const int64_t before = rai_test_int (db, "SELECT count(*) FROM item");
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    rai_test_refused (db, rai_test_regional (), "item.add", wrong[i].arguments, wrong[i].code);

  /* Another item's barcode is refused by name, its own is not. */
  const RaiAnswer *answer = rai_test_refused (
      db, rai_test_regional (), "item.edit", "{\"item\":1,\"barcode\":\"4000000000028\"}", "state");
  g_assert_nonnull (strstr (answer->message, "Butter"));
  rai_test_run (db, rai_test_regional (), "item.edit", "{\"item\":2,\"barcode\":\"4000000000028\"}",
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM item"), ==, before);
}

/* Capitals and blanks make no second item. */
static void
same_code (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_regional (), "item.add", "{\"name\":\"Mug\",\"sku\":\"MUG-É 1\"}",
                RAI_ANSWER_APPLIED);
  static const char *const like[] = { "MUG-É 1", "mug-é1", " Mug - É 1 " };
  for (size_t i = 0; i < G_N_ELEMENTS (like); i++) {
    g_autofree char *arguments = g_strdup_printf ("{\"name\":\"M\",\"sku\":\"%s\"}", like[i]);
    const RaiAnswer *answer =
        rai_test_refused (db, rai_test_regional (), "item.add", arguments, "state");
    g_assert_nonnull (strstr (answer->message, "MUG-É 1"));
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/command/item/edit", edit);
  rai_test_db_add ("/command/item/add", add);
  rai_test_db_add ("/command/item/departments", departments);
  rai_test_db_add ("/command/item/wrong-additions", wrong_additions);
  rai_test_db_add ("/command/item/same-code", same_code);
  rai_test_db_add ("/command/item/cost-of-later-sales", cost_of_later_sales);
  return rai_test_db_end (g_test_run ());
}
