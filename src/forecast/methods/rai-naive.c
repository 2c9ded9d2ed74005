/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-naive.h"

/* Seasons that the averages look back over. */
#define SEASONS 4
/* A history shorter than this and than a season tells a level and no season. */
#define SHORT 7

static double
mean_of_last (const RaiMethodInput *input, size_t window) {
  double sum = 0;
  for (size_t t = input->n - window; t < input->n; t++)
    sum += input->y[t];
  return sum / (double) window;
}

/* The mean of the last `seasons` values at the place in the season of step n + h. */
static double
same_place_mean (const RaiMethodInput *input, size_t h, size_t seasons) {
  if (input->n < MIN (input->period, SHORT))
    return mean_of_last (input, input->n);
  size_t period = MIN (input->period, input->n);
  size_t back = period - h % period; /* 1..period before the end */
  double sum = 0;
  size_t count = 0;
  for (; count < seasons && back <= input->n; back += period, count++)
    sum += input->y[input->n - back];
  return sum / (double) count;
}

static bool
fit_nothing (const RaiMethodInput *input, RaiFit *fit) {
  return input->n > 0;
}

static void
predict_naive (const RaiMethodInput *input, const RaiFit *fit, double *mean) {
  for (size_t h = 0; h < input->horizon; h++)
    mean[h] = same_place_mean (input, h, 1);
}

static void
predict_weekday (const RaiMethodInput *input, const RaiFit *fit, double *mean) {
  for (size_t h = 0; h < input->horizon; h++)
    mean[h] = same_place_mean (input, h, SEASONS);
}

static void
predict_average (const RaiMethodInput *input, const RaiFit *fit, double *mean) {
  double usual = mean_of_last (input, MIN (input->n, MAX (input->period, 2) * SEASONS));
  for (size_t h = 0; h < input->horizon; h++)
    mean[h] = usual;
}

const RaiForecaster rai_seasonal_naive = {
  .method = RAI_METHOD_SNAIVE,
  .title = "Seasonal naive",
  .paper = "Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 5.2",
  .min_obs = 1,
  .uses = RAI_AUTO_SMOOTH | RAI_AUTO_COUNTS | RAI_AUTO_TOTALS,
  .turn = 0,
  .fit = fit_nothing,
  .predict = predict_naive,
};

const RaiForecaster rai_moving_average = {
  .method = RAI_METHOD_AVERAGE,
  .title = "Moving average",
  .paper = "Brown, Statistical Forecasting for Inventory Control, 1959",
  .min_obs = 1,
  .fit = fit_nothing,
  .predict = predict_average,
};

const RaiForecaster rai_weekday_mean = {
  .method = RAI_METHOD_WEEKDAY,
  .title = "Four same weekdays",
  .paper =
      "Makridakis, Spiliotis & Assimakopoulos, M5 accuracy competition, benchmark sMA family, 2022",
  .min_obs = 1,
  .uses = RAI_AUTO_SMOOTH | RAI_AUTO_COUNTS | RAI_AUTO_TOTALS,
  .turn = 1,
  .fit = fit_nothing,
  .predict = predict_weekday,
};
