/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-quantile.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The numbers of a row of table `forecast`, and THE codec between them and its columns. Stored they
 * are little-endian float32, day after day. A plain value, of one thread at a time. */

/* Days; the planner makes no more than 366. */
#define RAI_FORECAST_HORIZON_MAX 1000

typedef struct {
  size_t horizon;
  float *means;      /* [horizon] */
  float *quantiles;  /* [horizon][RAI_N_QUANTILES] */
  char **part_names; /* [n_parts], then NULL */
  float *parts;      /* [n_parts][horizon] */
  size_t n_parts;
  float
      *dispersion; /* [horizon] variance over mean of what the first days sell together, or NULL */
} RaiForecastNumbers;

/* As they stand in the row. NULL where a column is. */
typedef struct {
  int64_t horizon;
  GBytes *means, *quantiles, *parts, *dispersion;
  char *part_names; /* joined by ',' */
} RaiForecastColumns;

/* Means and quantiles of a horizon, all zero, without parts and dispersion. */
void rai_forecast_numbers_init (RaiForecastNumbers *numbers, size_t horizon);
void rai_forecast_numbers_clear (RaiForecastNumbers *numbers);

/* Whether the columns hold a forecast: the horizon is within bounds, means and quantiles have its
 * size, and all are finite; else the numbers are left empty. Parts and dispersion that are not
 * whole are left out. Names of parts are taken as they are: a newer planner may know more. */
bool rai_forecast_numbers_decode (RaiForecastNumbers *numbers, const RaiForecastColumns *columns);
/* The caller clears the columns. */
void rai_forecast_numbers_encode (const RaiForecastNumbers *numbers, RaiForecastColumns *columns);
void rai_forecast_columns_clear (RaiForecastColumns *columns);

/* The days of a part; NULL when there is none of that name. */
float *rai_forecast_numbers_part (const RaiForecastNumbers *numbers, const char *name);
/* A new part, zero on every day. */
float *rai_forecast_numbers_add_part (RaiForecastNumbers *numbers, const char *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiForecastNumbers, rai_forecast_numbers_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiForecastColumns, rai_forecast_columns_clear)
