/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-forecast-numbers.h"

#include <math.h>
#include <string.h>

G_STATIC_ASSERT (sizeof (float) == sizeof (uint32_t));

/* n numbers; NULL when there are not exactly so many bytes, or when one is not finite. */
static float *
unpack (GBytes *bytes, size_t n) {
  size_t size = 0;
  const unsigned char *stored = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  if (stored == NULL || size != n * sizeof (float))
    return NULL;

  g_autofree float *values = g_new (float, n);
  for (size_t i = 0; i < n; i++) {
    uint32_t bits;
    memcpy (&bits, stored + i * sizeof bits, sizeof bits);
    bits = GUINT32_FROM_LE (bits);
    memcpy (&values[i], &bits, sizeof bits);
    if (!isfinite (values[i]))
      return NULL;
  }

  return g_steal_pointer (&values);
}

static GBytes *
pack (const float *values, size_t n) {
  unsigned char *stored = g_new (unsigned char, n * sizeof (float));
  for (size_t i = 0; i < n; i++) {
    uint32_t bits;
    memcpy (&bits, &values[i], sizeof bits);
    bits = GUINT32_TO_LE (bits);
    memcpy (stored + i * sizeof bits, &bits, sizeof bits);
  }

  return g_bytes_new_take (stored, n * sizeof (float));
}

void
rai_forecast_numbers_init (RaiForecastNumbers *numbers, size_t horizon) {
  *numbers = (RaiForecastNumbers){ .horizon = horizon };
  numbers->means = g_new0 (float, horizon);
  numbers->quantiles = g_new0 (float, horizon *RAI_N_QUANTILES);
}

void
rai_forecast_numbers_clear (RaiForecastNumbers *numbers) {
  g_free (numbers->means);
  g_free (numbers->quantiles);
  g_strfreev (numbers->part_names);
  g_free (numbers->parts);
  g_free (numbers->dispersion);
  *numbers = (RaiForecastNumbers){ 0 };
}

static void
decode_parts (RaiForecastNumbers *numbers, const RaiForecastColumns *columns) {
  if (columns->part_names == NULL || *columns->part_names == '\0')
    return;

  g_auto (GStrv) names = g_strsplit (columns->part_names, ",", -1);
  size_t n = g_strv_length (names);
  numbers->parts = unpack (columns->parts, n * numbers->horizon);
  if (numbers->parts == NULL)
    return;

  numbers->part_names = g_steal_pointer (&names);
  numbers->n_parts = n;
}

bool
rai_forecast_numbers_decode (RaiForecastNumbers *numbers, const RaiForecastColumns *columns) {
  *numbers = (RaiForecastNumbers){ 0 };
  if (columns->horizon < 1 || columns->horizon > RAI_FORECAST_HORIZON_MAX)
    return false;

  numbers->horizon = (size_t) columns->horizon;
  numbers->means = unpack (columns->means, numbers->horizon);
  numbers->quantiles = unpack (columns->quantiles, numbers->horizon * RAI_N_QUANTILES);
  if (numbers->means == NULL || numbers->quantiles == NULL) {
    rai_forecast_numbers_clear (numbers);
    return false;
  }

  numbers->dispersion = unpack (columns->dispersion, numbers->horizon);
  decode_parts (numbers, columns);
  return true;
}

void
rai_forecast_numbers_encode (const RaiForecastNumbers *numbers, RaiForecastColumns *columns) {
  size_t n = numbers->horizon;
  *columns = (RaiForecastColumns){
    .horizon = (int64_t) n,
    .means = pack (numbers->means, n),
    .quantiles = pack (numbers->quantiles, n * RAI_N_QUANTILES),
    .parts = pack (numbers->parts, numbers->n_parts * n),
    .dispersion = numbers->dispersion != NULL ? pack (numbers->dispersion, n) : NULL,
    .part_names = numbers->n_parts > 0 ? g_strjoinv (",", numbers->part_names) : g_strdup (""),
  };
}

void
rai_forecast_columns_clear (RaiForecastColumns *columns) {
  g_clear_pointer (&columns->means, g_bytes_unref);
  g_clear_pointer (&columns->quantiles, g_bytes_unref);
  g_clear_pointer (&columns->parts, g_bytes_unref);
  g_clear_pointer (&columns->dispersion, g_bytes_unref);
  g_clear_pointer (&columns->part_names, g_free);
}

float *
rai_forecast_numbers_part (const RaiForecastNumbers *numbers, const char *name) {
  for (size_t i = 0; i < numbers->n_parts; i++)
    if (g_str_equal (numbers->part_names[i], name))
      return numbers->parts + i * numbers->horizon;
  return NULL;
}

float *
rai_forecast_numbers_add_part (RaiForecastNumbers *numbers, const char *name) {
  size_t i = numbers->n_parts++;
  numbers->part_names = g_renew (char *, numbers->part_names, numbers->n_parts + 1);
  numbers->part_names[i] = g_strdup (name);
  numbers->part_names[i + 1] = NULL;

  numbers->parts = g_renew (float, numbers->parts, numbers->n_parts * numbers->horizon);
  float *days = numbers->parts + i * numbers->horizon;
  memset (days, 0, numbers->horizon * sizeof *days);
  return days;
}
