/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-ridge.h"

#include "fixture.h"
#include "forecast/rai-forecast.h"

#include <math.h>

/* Learns the week and the promotion of the fixture; its parts add up and name the promotion. */
static void
test_fixture (void) {
  g_autoptr (RaiPanel) panel = fixture_panel (4, 250);
  double mean[FIXTURE_HORIZON], parts[FIXTURE_HORIZON * RAI_N_PARTS] = { 0 };
  RaiMethodInput input = {
    rai_panel_observations (panel, 2), 250, FIXTURE_HORIZON, 7, panel, 2, 0
  };
  RaiFit fit = { NULL, 0 };

  g_assert_true (rai_ridge.fit (&input, &fit));
  rai_ridge.predict (&input, &fit, mean);
  rai_ridge.explain (&input, &fit, mean, parts);
  g_free (fit.values);

  static const double week[] = { 0.8, 0.9, 1.0, 1.0, 1.2, 1.5, 0.6 };
  const float *promotion = rai_panel_covariate (panel, 2, 0);
  for (size_t h = 0; h < FIXTURE_HORIZON; h++) {
    double wanted = 25 * week[(250 + h) % 7] * (1 + 0.5 * (double) promotion[250 + h]) *
                    (1 + 0.0005 * (250 + (double) h));
    double sum = 0;
    g_assert_cmpfloat_with_epsilon (mean[h], wanted, 0.15 * wanted);
    for (size_t p = 0; p < RAI_N_PARTS; p++)
      sum += parts[h * RAI_N_PARTS + p];
    g_assert_cmpfloat_with_epsilon (sum, mean[h], 1e-6 * mean[h]);
    g_assert_true ((parts[h * RAI_N_PARTS + RAI_PART_PROMOTION] > 2) == (promotion[250 + h] > 0));
  }
}

/* Sales that rose while the price did, and fell while there was a promotion: coincidence is not
 * learned. The same columns by names that promise nothing are. */
static void
test_signs (void) {
  static const char *const names[][2] = { { "price", "promotion" }, { "rival price", "activity" } };
  for (size_t k = 0; k < G_N_ELEMENTS (names); k++) {
    g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, 2);
    for (size_t c = 0; c < 2; c++)
      rai_panel_add_covariate (panel, names[k][c], rai_covariate_role (names[k][c]), false);
    rai_panel_add_series (panel, "s", "a", 200);
    double *sales = rai_panel_observations (panel, 0), mean[2];
    for (size_t t = 0; t < 202; t++) { /* the two steps ahead: cheap, then dear with a promotion */
      bool dear = t >= 200 ? t == 201 : t / 10 % 2, promoted = t >= 200 ? t == 201 : t % 3 == 0;
      rai_panel_covariate (panel, 0, 0)[t] = dear ? 3 : 2;
      rai_panel_covariate (panel, 0, 1)[t] = promoted;
      if (t < 200)
        sales[t] = 20 + (dear ? 6 : 0) - (promoted ? 3 : 0);
    }
    RaiMethodInput input = { sales, 200, 2, 7, panel, 0, 0 };
    RaiFit fit = { NULL, 0 };
    g_assert_true (rai_ridge.fit (&input, &fit));
    rai_ridge.predict (&input, &fit, mean);
    g_free (fit.values);
    if (k == 0)
      g_assert_cmpfloat_with_epsilon (mean[1], mean[0], 1);
    else
      g_assert_cmpfloat (mean[1], >, mean[0] + 2);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ridge/fixture", test_fixture);
  g_test_add_func ("/ridge/signs", test_signs);
  return g_test_run ();
}
