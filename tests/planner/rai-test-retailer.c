/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-retailer.h"

#define DAYS 120

static const struct {
  int daily, saturday, on_hand, cost, pack, supplier, tracked;
} items[RAI_TEST_ITEMS + 1] = {
  [1] = { 10, 20, 15, 200, 6, 1, 1 }, [2] = { 2, 2, 500, 3000, 1, 1, 1 },
  [3] = { 4, 4, 0, 1000, 1, 1, 1 },   [4] = { 10, 20, 15, 200, 6, 0, 1 },
  [5] = { 10, 20, 0, 200, 6, 1, 0 },  [6] = { 3, 3, -5, 500, 1, 1, 1 },
};

static int
sold (int item, RaiDay day) {
  if (rai_day_weekday (day) == 7)
    return 0;
  /* A little noise, the same in every run. */
  int noise = (int) ((uint32_t) (day * 2654435761u + (uint32_t) item * 40503u) >> 30) - 1;
  int usual = rai_day_weekday (day) == 6 ? items[item].saturday : items[item].daily;
  return MAX (0, usual + noise);
}

static void
insert_items (GString *sql) {
  for (int i = 1; i <= RAI_TEST_ITEMS; i++) {
    g_autofree char *supplier =
        items[i].supplier > 0 ? g_strdup_printf ("%d", items[i].supplier) : g_strdup ("NULL");
    g_string_append_printf (
        sql,
        "INSERT INTO item (id, sku, name, department_id, supplier_id, pack, price, cost, rev) "
        "VALUES (%d, 'I%d', 'Item %d', 1, %s, %d, %d, %d, :rev);",
        i, i, i, supplier, items[i].pack * 1000, items[i].cost * 2, items[i].cost);
  }
}

static void
insert_sales (GString *sql) {
  for (RaiDay day = RAI_TEST_LAST_DAY - DAYS + 1; day <= RAI_TEST_LAST_DAY; day++) {
    int64_t quantity = 0, revenue = 0, cost = 0;
    for (int i = 1; i <= RAI_TEST_ITEMS; i++) {
      int pieces = sold (i, day);
      if (pieces == 0)
        continue;
      g_string_append_printf (
          sql,
          "INSERT INTO item_day (site_id, item_id, day, quantity, revenue, rev) "
          "VALUES (1, %d, %d, %d, %d, :rev);",
          i, day, pieces * 1000, pieces * items[i].cost * 2);
      quantity += pieces * 1000;
      revenue += pieces * items[i].cost * 2;
      cost += pieces * items[i].cost;
    }
    if (quantity == 0)
      continue;
    g_string_append_printf (sql, "INSERT INTO site_day VALUES (1, %d, %d, %d, %d, 10, :rev);", day,
                            (int) quantity, (int) revenue, (int) cost);
    g_string_append_printf (sql, "INSERT INTO department_day VALUES (1, 1, %d, %d, %d, %d, :rev);",
                            day, (int) quantity, (int) revenue, (int) cost);
  }
}

static void
insert_stock (GString *sql) {
  for (int i = 1; i <= RAI_TEST_ITEMS; i++) {
    int quantity = 0;
    for (RaiDay day = RAI_TEST_LAST_DAY - 27; day <= RAI_TEST_LAST_DAY; day++)
      quantity += sold (i, day);
    g_string_append_printf (
        sql,
        "INSERT INTO stock (site_id, item_id, on_hand, quantity_28, revenue_28, revenue_365, "
        "last_sale, tracked, rev) VALUES (1, %d, %d, %d, %d, %d, %d, %d, :rev);",
        i, items[i].on_hand * 1000, quantity * 1000, quantity * items[i].cost * 2,
        quantity * items[i].cost * 8, RAI_TEST_LAST_DAY, items[i].tracked);
  }
}

void
rai_test_retailer_fill (RaiDb *db) {
  g_setenv ("RETAILAI_NOW", RAI_TEST_NOW, TRUE);
  g_autoptr (GString) sql =
      g_string_new ("INSERT INTO department (id, name, rev) VALUES (1, 'All', :rev);"
                    "INSERT INTO supplier (id, code, name, lead_days, rev) "
                    "VALUES (1, 'SUP', 'Supplier', 2, :rev);");
  g_string_append_printf (
      sql, "INSERT INTO site (id, code, name, last_day, rev) VALUES (1, 'S1', 'Site', %d, :rev);",
      RAI_TEST_LAST_DAY);
  insert_items (sql);
  insert_sales (sql);
  insert_stock (sql);
  rai_test_retailer_change (db, sql->str);
}

void
rai_test_retailer_change (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t revision = 0;
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_db_revision (db, &revision, &error));

  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, revision);
  g_auto (GStrv) pieces = g_strsplit (sql, ":rev", -1);

  g_autofree char *text = g_strjoinv (number, pieces);
  rai_db_exec (db, text, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (db, &error));
}

int64_t
rai_test_retailer_int (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (db, sql, NULL, 0, INT64_MIN, &value, &error);
  g_assert_no_error (error);
  return value;
}

char *
rai_test_retailer_text (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  RaiStatement *statement = rai_db_prepare (db, sql, &error);
  g_assert_no_error (error);
  RaiStep step = rai_statement_step (statement, &error);
  g_assert_no_error (error);
  char *text = step == RAI_STEP_ROW ? g_strdup (rai_statement_text (statement, 0)) : NULL;
  rai_statement_reset (statement);
  return text;
}
