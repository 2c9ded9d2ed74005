/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-multiples.h"

#include "client/pages/rai-dashboard-page.h"
#include "client/widgets/rai-band-layer.h"
#include "rai-shop-fixture.h"

static void
choose (int64_t *chosen, int64_t site) {
  *chosen = site;
}

static unsigned
n_layers (RaiChart *chart) {
  return rai_chart_get_scene (chart)->layers->len;
}

/* A chart a store, on one scale; then there is a sum. */
static void
test_region (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_REGIONAL_MANAGER, -1, RAI_TYPE_DASHBOARD_PAGE, true);
  RaiDashboardMultiples *multiples = RAI_DASHBOARD_MULTIPLES (
      rai_shop_find_type (GTK_WIDGET (shop.page), RAI_TYPE_DASHBOARD_MULTIPLES));
  RaiChart *first = RAI_CHART (rai_shop_find_type (GTK_WIDGET (multiples), RAI_TYPE_CHART));
  g_assert_cmpfloat (rai_chart_get_scene (first)->held, >=, 100000);

  RaiChart *chart = RAI_CHART (g_object_ref_sink (rai_chart_new ()));
  rai_dashboard_multiples_add_sum (multiples, chart);
  g_assert_cmpuint (n_layers (chart), ==, 2);
  g_assert_true (
      rai_band_layer_get_or_more (RAI_BAND_LAYER (rai_chart_get_scene (chart)->layers->pdata[0])));

  int64_t chosen = 0;
  g_signal_connect_swapped (multiples, "chosen", G_CALLBACK (choose), &chosen);
  g_signal_emit_by_name (rai_shop_find_button (GTK_WIDGET (multiples), "Mill Lane"), "clicked");
  g_assert_cmpint (chosen, !=, 0);
  g_object_unref (chart);
  rai_shop_close (&shop);
}

/* Before all stores are there, and after a clear, there is no sum. */
static void
test_no_sum (void) {
  RaiDashboardMultiples *multiples =
      g_object_ref_sink (g_object_new (RAI_TYPE_DASHBOARD_MULTIPLES, NULL));
  RaiChart *chart = RAI_CHART (g_object_ref_sink (rai_chart_new ()));
  rai_dashboard_multiples_add_sum (multiples, chart);
  g_assert_cmpuint (n_layers (chart), ==, 0);
  rai_dashboard_multiples_clear (multiples);
  rai_dashboard_multiples_add_sum (multiples, chart);
  g_assert_cmpuint (n_layers (chart), ==, 0);
  g_object_unref (chart);
  g_object_add_weak_pointer (G_OBJECT (multiples), (void **) &multiples);
  g_object_unref (multiples);
  g_assert_null (multiples);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/dashboard-multiples/region", test_region);
  g_test_add_func ("/dashboard-multiples/no-sum", test_no_sum);
  return g_test_run ();
}
