/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/rai-day.h"

/* Time in days: day d lies from d to d + 1 and is drawn at d + 0.5. Pure. */
typedef struct {
  double from, to; /* from < to */
} RaiTimeAxis;

typedef struct {
  double at;     /* on the axis, the middle of the day it names */
  char *label;   /* "Mon 23", "23 Nov", "Nov", "2026" */
  char *context; /* second line: what the label leaves out, where it changes; or NULL */
} RaiTimeTick;

double rai_time_axis_normalize (const RaiTimeAxis *axis, double day);
double rai_time_axis_denormalize (const RaiTimeAxis *axis, double at);
/* Round ticks (days, weeks that begin on Monday, months, quarters, years), as many as labels of
 * label_width fit into width, both in the same unit. Names are the locale's. An array of
 * RaiTimeTick that frees what it holds. */
GArray *rai_time_axis_ticks (const RaiTimeAxis *axis, double width, double label_width);
/* A day in the locale's words by a strftime pattern. */
char *rai_time_axis_day_text (RaiDay day, const char *pattern);
