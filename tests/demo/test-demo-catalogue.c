/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/rai-demo-catalogue.h"

static void
test_goods (void) {
  unsigned all = rai_demo_catalogue_size ();
  g_assert_cmpuint (all, >, 1150);
  g_autoptr (GPtrArray) goods = rai_demo_catalogue_new (all);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_assert_cmpuint (goods->len, ==, all);

  for (unsigned i = 0; i < all; i++) {
    const RaiDemoGoods *item = goods->pdata[i];
    if (!g_hash_table_add (names, item->name))
      g_error ("there are two of “%s”", item->name);
    g_assert_cmpint (item->price, >, 0);
    g_assert_cmpint (item->price, <, 10000);
    g_assert_cmpint (rai_demo_supplier_index (item->family->supplier), >=, 0);
    g_assert_cmpint (item->family->department, <, rai_demo_n_departments);
  }
}

/* A small demo has goods of every department. */
static void
test_spread (void) {
  g_autoptr (GPtrArray) goods = rai_demo_catalogue_new (120);
  int counts[16] = { 0 };
  g_assert_cmpuint (goods->len, ==, 120);
  for (unsigned i = 0; i < goods->len; i++)
    counts[((const RaiDemoGoods *) goods->pdata[i])->family->department]++;
  for (int i = 0; i < rai_demo_n_departments; i++)
    g_assert_cmpint (counts[i], >=, 5);
}

static void
test_suppliers (void) {
  for (int i = 0; i < rai_demo_n_suppliers; i++) {
    g_assert_cmpint (rai_demo_supplier_index (rai_demo_suppliers[i].code), ==, i);
    g_assert_cmpint (rai_demo_suppliers[i].lead_days, >, 0);
    g_assert_cmpint (rai_demo_suppliers[i].order_weekdays & 0x7f, !=, 0);
  }
  g_assert_cmpint (rai_demo_supplier_index ("none"), ==, -1);
  g_assert_cmpint (rai_demo_n_sites, ==, 10);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo-catalogue/goods", test_goods);
  g_test_add_func ("/demo-catalogue/spread", test_spread);
  g_test_add_func ("/demo-catalogue/suppliers", test_suppliers);
  return g_test_run ();
}
