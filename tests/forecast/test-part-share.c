/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-part-share.h"

/* 10 x e^0.3 x e^-0.1: three parts to one of the rise, without a remainder. */
static void
test_product (void) {
  double contribution[] = { 0.3, -0.1 }, parts[RAI_N_PARTS] = { 0 }, end = 12.214027581601698;
  RaiPart part[] = { RAI_PART_PRICE, RAI_PART_EVENT };
  rai_part_share_product (10, end, contribution, part, 2, parts);
  g_assert_cmpfloat_with_epsilon (parts[RAI_PART_PRICE] + parts[RAI_PART_EVENT], end - 10, 1e-12);
  g_assert_cmpfloat_with_epsilon (parts[RAI_PART_PRICE], -3 * parts[RAI_PART_EVENT], 1e-12);

  double none[] = { 0.2, -0.2 }, still[RAI_N_PARTS] = { 0 };
  rai_part_share_product (10, 10, none, part, 2, still);
  g_assert_cmpfloat_with_epsilon (still[RAI_PART_PRICE], 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (still[RAI_PART_EVENT], -2, 1e-12);
  g_assert_cmpint (rai_part_share_of_role (RAI_COVARIATE_WEATHER), ==, RAI_PART_WEATHER);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/part-share/product", test_product);
  return g_test_run ();
}
