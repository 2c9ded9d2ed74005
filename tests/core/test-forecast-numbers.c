/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-forecast-numbers.h"

#include <math.h>
#include <string.h>

#define HORIZON 3

static void
fill (RaiForecastNumbers *numbers) {
  rai_forecast_numbers_init (numbers, HORIZON);
  float *level = rai_forecast_numbers_add_part (numbers, "level");
  for (int h = 0; h < HORIZON; h++) {
    numbers->means[h] = level[h] = 10.25f + (float) h;
    for (int q = 0; q < RAI_N_QUANTILES; q++)
      numbers->quantiles[h * RAI_N_QUANTILES + q] = numbers->means[h] + (float) (q - RAI_Q50);
  }

  /* Adding a part may move the others. */
  rai_forecast_numbers_add_part (numbers, "override")[1] = -0.5f;
}

static void
encode (RaiForecastColumns *columns) {
  g_auto (RaiForecastNumbers) numbers = { 0 };
  fill (&numbers);
  numbers.dispersion = g_new0 (float, HORIZON);
  numbers.dispersion[2] = 1.5f;
  rai_forecast_numbers_encode (&numbers, columns);
}

static void
replace (GBytes **column, const void *bytes, size_t size) {
  g_clear_pointer (column, g_bytes_unref);
  *column = g_bytes_new (bytes, size);
}

static void
set_number (GBytes **column, size_t place, float value) {
  size_t size;
  const float *old = g_bytes_get_data (*column, &size);
  g_autofree float *numbers = g_memdup2 (old, size);
  numbers[place] = value;
  replace (column, numbers, size);
}

static void
round_trip (void) {
  g_auto (RaiForecastNumbers) before = { 0 }, after = { 0 };
  g_auto (RaiForecastColumns) columns = { 0 };
  fill (&before);
  rai_forecast_numbers_encode (&before, &columns);
  g_assert_cmpint (columns.horizon, ==, HORIZON);
  g_assert_cmpstr (columns.part_names, ==, "level,override");
  g_assert_null (columns.dispersion);

  g_assert_true (rai_forecast_numbers_decode (&after, &columns));
  g_assert_cmpuint (after.horizon, ==, HORIZON);
  g_assert_cmpmem (after.means, HORIZON * sizeof (float), before.means, HORIZON * sizeof (float));
  g_assert_cmpmem (after.quantiles, HORIZON * RAI_N_QUANTILES * sizeof (float), before.quantiles,
                   HORIZON * RAI_N_QUANTILES * sizeof (float));
  g_assert_cmpuint (after.n_parts, ==, 2);
  g_assert_cmpfloat (rai_forecast_numbers_part (&after, "level")[2], ==, 12.25f);
  g_assert_cmpfloat (rai_forecast_numbers_part (&after, "override")[1], ==, -0.5f);
  g_assert_null (rai_forecast_numbers_part (&after, "weather"));
  g_assert_null (after.dispersion);
}

static void
with_dispersion (void) {
  g_auto (RaiForecastNumbers) numbers = { 0 };
  g_auto (RaiForecastColumns) columns = { 0 };
  encode (&columns);
  g_assert_true (rai_forecast_numbers_decode (&numbers, &columns));
  g_assert_cmpfloat (numbers.dispersion[2], ==, 1.5f);
}

/* Databases of all machines read alike: 1.0 and -2.0 in little-endian float32. */
static void
bytes (void) {
  static const unsigned char expected[] = { 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0 };
  g_auto (RaiForecastNumbers) numbers = { 0 };
  g_auto (RaiForecastColumns) columns = { 0 };
  rai_forecast_numbers_init (&numbers, 2);
  numbers.means[0] = 1;
  numbers.means[1] = -2;
  rai_forecast_numbers_encode (&numbers, &columns);

  size_t size;
  const void *means = g_bytes_get_data (columns.means, &size);
  g_assert_cmpmem (means, size, expected, sizeof expected);
  g_assert_cmpstr (columns.part_names, ==, "");
  g_assert_cmpuint (g_bytes_get_size (columns.parts), ==, 0);
}

static void
refuse (RaiForecastColumns *columns) {
  g_auto (RaiForecastNumbers) numbers = { 0 };
  g_assert_false (rai_forecast_numbers_decode (&numbers, columns));
  g_assert_null (numbers.means);
  g_assert_null (numbers.quantiles);
  g_assert_null (numbers.part_names);
  rai_forecast_columns_clear (columns);
  encode (columns);
}

static void
broken (void) {
  static const float few[HORIZON * RAI_N_QUANTILES] = { 1, 2, 3 };
  g_auto (RaiForecastColumns) columns = { 0 };
  encode (&columns);

  replace (&columns.means, few, HORIZON * sizeof (float) - 1);
  refuse (&columns);
  replace (&columns.means, few, (HORIZON + 1) * sizeof (float));
  refuse (&columns);
  replace (&columns.quantiles, few, sizeof few - sizeof (float));
  refuse (&columns);
  g_clear_pointer (&columns.quantiles, g_bytes_unref);
  refuse (&columns);
  set_number (&columns.means, 1, NAN);
  refuse (&columns);
  set_number (&columns.quantiles, HORIZON * RAI_N_QUANTILES - 1, INFINITY);
  refuse (&columns);
}

static void
horizon_bounds (void) {
  static const int64_t wrong[] = {
    0, -5, HORIZON - 1, RAI_FORECAST_HORIZON_MAX + 1, INT64_MAX, INT64_MIN, INT64_C (1) << 62
  };
  g_auto (RaiForecastColumns) columns = { 0 };
  encode (&columns);
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
    columns.horizon = wrong[i];
    refuse (&columns);
  }

  for (size_t horizon = RAI_FORECAST_HORIZON_MAX; horizon < RAI_FORECAST_HORIZON_MAX + 2;
       horizon++) {
    g_auto (RaiForecastNumbers) numbers = { 0 }, again = { 0 };
    g_auto (RaiForecastColumns) many = { 0 };
    rai_forecast_numbers_init (&numbers, horizon);
    rai_forecast_numbers_encode (&numbers, &many);
    g_assert_true (rai_forecast_numbers_decode (&again, &many) ==
                   (horizon <= RAI_FORECAST_HORIZON_MAX));
  }
}

/* What explains and what is told besides goes without harm to the forecast itself. */
static void
broken_parts (void) {
  static const float few[HORIZON] = { 1, 2, 3 };
  for (int damage = 0; damage < 5; damage++) {
    g_auto (RaiForecastNumbers) numbers = { 0 };
    g_auto (RaiForecastColumns) columns = { 0 };
    encode (&columns);

    if (damage == 0)
      replace (&columns.parts, few, 2);
    else if (damage == 1)
      replace (&columns.parts, few, sizeof few);
    else if (damage == 2)
      set_number (&columns.parts, 0, NAN);
    else if (damage == 3)
      g_clear_pointer (&columns.part_names, g_free);
    else
      set_number (&columns.dispersion, 0, -INFINITY);

    g_assert_true (rai_forecast_numbers_decode (&numbers, &columns));
    g_assert_cmpuint (numbers.n_parts, ==, damage == 4 ? 2 : 0);
    g_assert_true ((numbers.parts == NULL) == (damage != 4));
    g_assert_true ((numbers.dispersion == NULL) == (damage == 4));
  }
}

static void
unknown_parts (void) {
  g_auto (RaiForecastNumbers) before = { 0 }, after = { 0 };
  g_auto (RaiForecastColumns) columns = { 0 };
  rai_forecast_numbers_init (&before, HORIZON);
  rai_forecast_numbers_add_part (&before, "tides")[0] = 7;
  rai_forecast_numbers_encode (&before, &columns);
  g_assert_true (rai_forecast_numbers_decode (&after, &columns));
  g_assert_cmpstr (after.part_names[0], ==, "tides");
  g_assert_null (after.part_names[1]);
  g_assert_cmpfloat (rai_forecast_numbers_part (&after, "tides")[0], ==, 7);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/forecast-numbers/round-trip", round_trip);
  g_test_add_func ("/core/forecast-numbers/dispersion", with_dispersion);
  g_test_add_func ("/core/forecast-numbers/bytes", bytes);
  g_test_add_func ("/core/forecast-numbers/broken", broken);
  g_test_add_func ("/core/forecast-numbers/horizon", horizon_bounds);
  g_test_add_func ("/core/forecast-numbers/broken-parts", broken_parts);
  g_test_add_func ("/core/forecast-numbers/unknown-parts", unknown_parts);
  return g_test_run ();
}
