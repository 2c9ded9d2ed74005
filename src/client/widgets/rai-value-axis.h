/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <stdbool.h>

typedef enum {
  RAI_CHART_UNIT_NUMBER,
  RAI_CHART_UNIT_MONEY,    /* values are minor units of a currency */
  RAI_CHART_UNIT_QUANTITY, /* values are units of an item */
  RAI_CHART_UNIT_PERCENT,  /* values are shares: 0.5 is 50 % */
} RaiChartUnit;

#define RAI_TYPE_CHART_UNIT (rai_chart_unit_get_type ())
GType rai_chart_unit_get_type (void);

/* The vertical axis: linear from low to high, with grid lines at round values of what is shown.
 * Pure. */
typedef struct {
  double low, high; /* low < high */
  double step;      /* between grid lines, in values */
  RaiChartUnit unit;
  char symbol[16]; /* "EUR", "pieces"; shown once */
  int decimals;    /* of the currency */
} RaiValueAxis;

/* symbol: the ISO code for money, the unit's name for quantities; may be NULL. */
void rai_value_axis_init (RaiValueAxis *axis, RaiChartUnit unit, const char *symbol);
/* Chooses low, high and step so that they are round and hold the values. zero: the axis must hold 0
 * (bars); else it does when the values come near enough. At most max_steps steps. */
void rai_value_axis_fit (RaiValueAxis *axis, double low, double high, bool zero, int max_steps);
double rai_value_axis_normalize (const RaiValueAxis *axis, double value);

/* The short form at a grid line, without the unit: "12,500", "2.5k", "40 %". */
char *rai_value_axis_tick_text (const RaiValueAxis *axis, double value);
/* A value in full without its unit: "4,812", "3.5", "40 %". */
char *rai_value_axis_plain_text (const RaiValueAxis *axis, double value);
/* A value in full with its unit: "4,812 EUR", "3.5 kg". */
char *rai_value_axis_value_text (const RaiValueAxis *axis, double value);
