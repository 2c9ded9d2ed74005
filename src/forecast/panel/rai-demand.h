/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* What is known of the demand of a step. */
typedef enum {
  RAI_DEMAND_VALID,    /* an open step with stock: its sales are the demand */
  RAI_DEMAND_CENSORED, /* partly out of stock */
  RAI_DEMAND_FILLED,   /* missing, closed, or out of stock: the usual of its place in the season */
} RaiDemandState;

/* The demand of all series, one after the other; a view, which owns nothing. */
typedef struct {
  size_t n_series, longest; /* longest: steps of the longest series */
  size_t period;            /* short season: 7 days, 24 hours, else 1 */
  const size_t *start;      /* [n_series + 1] where a series' values begin */
  const float *values;      /* >= 0 */
  const uint8_t *states;    /* RaiDemandState */
} RaiDemand;
