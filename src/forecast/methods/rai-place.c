/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-place.h"

#include <math.h>

#define HOURS 24
#define WEEKDAYS 7
/* 1970-01-01 was a Thursday, three days after a Monday. */
#define EPOCH_WEEKDAY 3
/* A rate whose squared error is a percent above the least counts 1/e of it. */
#define CLOSENESS 100

size_t
rai_place_in_week (const RaiMethodInput *input, size_t step, size_t *places) {
  size_t at = input->first + step;
  if (input->panel == NULL) {
    *places = CLAMP (input->period, 1, RAI_PLACE_WEEK_MAX);
    return at % *places;
  }

  switch (rai_panel_step (input->panel)) {
    case RAI_STEP_HOUR: {
      int64_t ahead = (int64_t) at - (int64_t) rai_panel_length (input->panel, input->series);
      int64_t hour = rai_panel_origin (input->panel) + ahead + EPOCH_WEEKDAY * HOURS;
      *places = WEEKDAYS * HOURS;
      return (size_t) ((hour % (WEEKDAYS * HOURS) + WEEKDAYS * HOURS) % (WEEKDAYS * HOURS));
    }
    case RAI_STEP_DAY:
      *places = WEEKDAYS;
      return (size_t) rai_day_weekday (rai_panel_day (input->panel, input->series, at)) - 1;
    case RAI_STEP_WEEK:
    case RAI_STEP_MONTH:
    case RAI_STEP_QUARTER:
      break;
  }

  *places = 1;
  return 0;
}

size_t
rai_place_in_year (const RaiMethodInput *input, size_t step) {
  if (input->panel == NULL)
    return 0;
  int year, month, mday;
  rai_day_to_ymd (rai_panel_day (input->panel, input->series, input->first + step), &year, &month,
                  &mday);
  return (size_t) month - 1;
}

size_t
rai_place_year_steps (const RaiMethodInput *input) {
  static const size_t steps[] = {
    [RAI_STEP_HOUR] = 8736, [RAI_STEP_DAY] = 364,   [RAI_STEP_WEEK] = 52,
    [RAI_STEP_MONTH] = 12,  [RAI_STEP_QUARTER] = 4,
  };
  return input->panel != NULL ? steps[rai_panel_step (input->panel)] : 0;
}

double
rai_place_level (const double *y, const double *shape, size_t n) {
  static const double rates[] = { 0.01, 0.02, 0.04, 0.08, 0.16 };
  double levels[G_N_ELEMENTS (rates)], errors[G_N_ELEMENTS (rates)], least = HUGE_VAL, sum = 0,
                                                                     all = 0;

  for (size_t k = 0; k < G_N_ELEMENTS (rates); k++) {
    double sold = 0, expected = 0, kept = 1 - rates[k];
    errors[k] = 0;
    for (size_t t = 0; t < n; t++) {
      double e = expected > 0 ? y[t] - sold / expected * shape[t] : 0;
      errors[k] += e * e;
      sold = kept * sold + y[t];
      expected = kept * expected + shape[t];
    }
    levels[k] = expected > 0 ? sold / expected : 0;
    least = MIN (least, errors[k]);
  }

  for (size_t k = 0; k < G_N_ELEMENTS (rates); k++) {
    double weight = least > 0 ? exp (-CLOSENESS * (errors[k] / least - 1)) : errors[k] <= 0;
    sum += weight * levels[k];
    all += weight;
  }

  return all > 0 ? sum / all : 0;
}
