/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-panel-reader.h"

#include "rai-test-db.h"
#include "rai-test-retailer.h"

#include <math.h>

#define HORIZON 7
#define HISTORY 365

/* The items of all sites. The catalogue must live as long as the panel is read. */
static RaiPanel *
read_items (RaiDb *db, GArray *nodes) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiCatalogue) catalogue = rai_catalogue_new (db, RAI_TEST_LAST_DAY, &error);
  g_assert_no_error (error);
  size_t n_sites;
  const RaiCatalogueSite *all = rai_catalogue_sites (catalogue, &n_sites);
  g_autofree const RaiCatalogueSite **sites = g_new (const RaiCatalogueSite *, n_sites);
  for (size_t s = 0; s < n_sites; s++)
    sites[s] = &all[s];

  g_autoptr (RaiPanelReader) reader =
      rai_panel_reader_new (db, catalogue, RAI_TEST_LAST_DAY + 1, HORIZON, HISTORY, &error);
  g_assert_no_error (error);
  RaiPanel *panel = rai_panel_reader_items (reader, sites, n_sites, nodes, NULL, NULL, &error);
  g_assert_no_error (error);

  return panel;
}

static size_t
length_of (const RaiPanel *panel, const GArray *nodes, int64_t site, int64_t item) {
  for (size_t k = 0; k < nodes->len; k++) {
    const RaiForecastNode *node = &g_array_index (nodes, RaiForecastNode, k);
    if (node->site_id == site && node->node_id == item)
      return rai_panel_length (panel, k);
  }
  g_assert_not_reached ();
}

/* Site 2 sells item 1 for ten days and item 3 for five, after days on which nothing of it was sold;
 * item 2 only came back. Their first days do not depend on those of site 1, nor on when an item
 * first became known. */
static void
test_first_day_of_the_pair (RaiDb *db) {
  rai_test_retailer_fill (db);
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO site (id, code, name, last_day, rev) VALUES (2, 'S2', 'Site', %1$d, :rev);"
      "INSERT INTO stock (site_id, item_id, on_hand, quantity_28, revenue_28, revenue_365, rev) "
      "SELECT 2, item_id, on_hand, 0, 0, 0, :rev FROM stock WHERE item_id <= 3;"
      "INSERT INTO item_day (site_id, item_id, day, quantity, revenue, rev) VALUES "
      "(2, 1, %1$d - 9, 4000, 800, :rev), (2, 1, %1$d, 4000, 800, :rev),"
      "(2, 2, %1$d - 3, -1000, -6000, :rev),"
      "(2, 3, %1$d - 40, 0, 0, :rev), (2, 3, %1$d - 30, -1000, -2000, :rev),"
      "(2, 3, %1$d - 4, 2000, 4000, :rev);",
      RAI_TEST_LAST_DAY);
  rai_test_retailer_change (db, sql);

  for (int known = 0; known < 2; known++) {
    g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (RaiForecastNode));
    g_autoptr (RaiPanel) panel = read_items (db, nodes);
    g_assert_cmpuint (length_of (panel, nodes, 2, 1), ==, 10);
    g_assert_cmpuint (length_of (panel, nodes, 2, 2), ==, 0);
    g_assert_cmpuint (length_of (panel, nodes, 2, 3), ==, 5);
    g_assert_cmpuint (length_of (panel, nodes, 1, 1), >, 100);
    g_autofree char *update =
        g_strdup_printf ("UPDATE item SET first_day = %d, rev = :rev", RAI_TEST_LAST_DAY - 300);
    rai_test_retailer_change (db, update);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/panel-reader/first-day-of-the-pair", test_first_day_of_the_pair);
  return rai_test_db_end (g_test_run ());
}
