/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-profile.h"

#include "forecast/methods/rai-place.h"

#include <math.h>
#include <string.h>

/* Series before and after this one that are looked at: what stands together in the input mostly
 * sells together. */
#define AROUND 16
/* Weeks of sales that the profile is made of. */
#define WEEKS 52
/* And no more steps than this: hours fill their week sooner. */
#define STEPS_MAX 1400
/* The neighbours' profile counts as this much quantity of the series' own. */
#define POOLED_QUANTITY 500
#define FACTOR_MIN 0.01

typedef struct {
  double sold[RAI_PLACE_WEEK_MAX], count[RAI_PLACE_WEEK_MAX];
} Sums;

/* Adds a neighbour's mean sales by place, over the root of its level so that none drowns the
 * others. The last `hidden` steps are not seen. */
static void
add_neighbour (const RaiMethodInput *input, size_t series, size_t hidden, size_t steps,
               Sums *sums) {
  const RaiPanel *panel = input->panel;
  const double *observed = rai_panel_observations (panel, series);
  const float *stockout = rai_panel_stockout (panel, series);
  const uint8_t *closed = rai_panel_closed (panel, series);
  size_t length = rai_panel_length (panel, series), n = length > hidden ? length - hidden : 0;
  RaiMethodInput own = { .n = n, .panel = panel, .series = series, .period = input->period };
  size_t first = n > steps ? n - steps : 0, places = 1;

  Sums mine = { 0 };
  double sum = 0, count = 0;
  for (size_t t = first; t < n; t++) {
    if (!isfinite (observed[t]) || closed[t] || stockout[t] > 0)
      continue;
    size_t place = rai_place_in_week (&own, t, &places);
    mine.sold[place] += MAX (0, observed[t]);
    mine.count[place]++;
    sum += MAX (0, observed[t]);
    count++;
  }

  if (!(sum > 0))
    return;

  double root = sqrt (sum / count);
  for (size_t p = 0; p < places; p++) {
    sums->sold[p] += mine.sold[p] / root;
    sums->count[p] += mine.count[p] * root;
  }
}

/* profile[places] with mean 1 from sums of sales over what was expected of them. */
static void
to_profile (const Sums *sums, size_t places, double *profile) {
  double mean = 0;
  for (size_t p = 0; p < places; p++) {
    profile[p] = sums->count[p] > 0 ? MAX (FACTOR_MIN, sums->sold[p] / sums->count[p]) : 1;
    mean += profile[p] / (double) places;
  }
  for (size_t p = 0; p < places; p++)
    profile[p] /= mean;
}

static void
find_profile (const RaiMethodInput *input, size_t places, double *profile) {
  Sums around = { 0 }, own = { 0 };
  size_t steps = MIN (WEEKS * places, STEPS_MAX), first = input->n > steps ? input->n - steps : 0;

  if (input->panel != NULL) {
    size_t all = rai_panel_n_series (input->panel), i = input->series;
    size_t hidden = rai_panel_length (input->panel, i) - input->first - input->n;
    const char *site = rai_panel_site (input->panel, i);
    for (size_t k = i > AROUND ? i - AROUND : 0; k < MIN (all, i + AROUND + 1); k++)
      if (strcmp (rai_panel_site (input->panel, k), site) == 0)
        add_neighbour (input, k, hidden, steps, &around);
  }

  to_profile (&around, places, profile);
  double sum = 0;
  for (size_t t = first; t < input->n; t++) {
    size_t place = rai_place_in_week (input, t, &places);
    own.sold[place] += input->y[t];
    own.count[place]++;
    sum += input->y[t];
  }

  double level = sum / (double) (input->n - first);
  for (size_t p = 0; p < places; p++) {
    own.sold[p] += POOLED_QUANTITY * profile[p] / (double) places;
    own.count[p] = own.count[p] * level + POOLED_QUANTITY / (double) places;
  }

  to_profile (&own, places, profile);
}

static bool
fit (const RaiMethodInput *input, RaiFit *kept) {
  size_t n = input->n, places;
  g_autofree double *shape = g_new (double, n);
  rai_place_in_week (input, 0, &places);
  kept->n = RAI_PLACE_WEEK_MAX + 1;
  kept->values = g_new0 (double, kept->n);
  find_profile (input, places, kept->values);
  for (size_t t = 0; t < n; t++)
    shape[t] = kept->values[rai_place_in_week (input, t, &places)];

  kept->values[RAI_PLACE_WEEK_MAX] = rai_place_level (input->y, shape, n);
  return isfinite (kept->values[RAI_PLACE_WEEK_MAX]);
}

static void
predict (const RaiMethodInput *input, const RaiFit *kept, double *mean) {
  size_t places;
  for (size_t h = 0; h < input->horizon; h++)
    mean[h] = kept->values[RAI_PLACE_WEEK_MAX] *
              kept->values[rai_place_in_week (input, input->n + h, &places)];
}

const RaiForecaster rai_profile = {
  .method = RAI_METHOD_PROFILE,
  .title = "Weekday profile pooled over neighbours x own level",
  .paper =
      "Dekker, van Donselaar & Ouwehand, International Journal of Production Economics 90(2), 2004",
  .min_obs = 2,
  .uses = RAI_AUTO_COUNTS,
  .turn = 4,
  .fit = fit,
  .predict = predict,
};
