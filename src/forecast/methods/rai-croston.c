/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-croston.h"

#include <math.h>

static const double rates[] = { 0.03, 0.07, 0.15, 0.3 };

typedef struct {
  double mean;  /* a step */
  double error; /* sum of squares one step ahead */
} Run;

/* Croston's two smoothings at one rate. */
static Run
run_croston (const RaiMethodInput *input, double rate) {
  double size = 0, gap = 1, since = 1, error = 0;
  bool started = false;
  for (size_t t = 0; t < input->n; t++) {
    double y = input->y[t];
    if (started) {
      double e = y - size / gap;
      error += e * e;
    }
    if (y > 0) {
      size = started ? size + rate * (y - size) : y;
      gap = started ? gap + rate * (since - gap) : since;
      started = true;
      since = 0;
    }
    since++;
  }

  return (Run){ size / gap, error };
}

/* Size and chance of a sale; the chance decays at every step without one. */
static Run
run_tsb (const RaiMethodInput *input, double rate) {
  double size = 0, chance = 0, error = 0, sold = 0, sum = 0;
  for (size_t t = 0; t < input->n; t++) {
    sold += input->y[t] > 0;
    sum += input->y[t];
  }

  if (sold > 0) {
    size = sum / sold;
    chance = sold / (double) input->n;
  }

  for (size_t t = 0; t < input->n; t++) {
    double y = input->y[t], e = y - size * chance;
    error += e * e;
    chance += rate * ((y > 0) - chance);
    if (y > 0)
      size += rate * (y - size);
  }

  return (Run){ size * chance, error };
}

/* Simple smoothing of the sums over buckets as long as the mean gap. */
static Run
run_adida (const RaiMethodInput *input, double rate) {
  size_t sold = 0;
  for (size_t t = 0; t < input->n; t++)
    sold += input->y[t] > 0;

  size_t bucket = sold > 0 ? CLAMP ((input->n + sold - 1) / sold, 1, input->n) : input->n;
  double level = NAN, error = 0;
  for (size_t first = input->n % bucket; first + bucket <= input->n; first += bucket) {
    double sum = 0;
    for (size_t t = first; t < first + bucket; t++)
      sum += input->y[t];
    if (isnan (level))
      level = sum;
    error += (sum - level) * (sum - level);
    level += rate * (sum - level);
  }

  return (Run){ isnan (level) ? 0 : level / (double) bucket, error };
}

static bool
fit_best (const RaiMethodInput *input, Run (*run) (const RaiMethodInput *, double), double factor,
          RaiFit *fit) {
  Run best = { 0, INFINITY };
  double best_rate = rates[0];
  for (size_t k = 0; k < G_N_ELEMENTS (rates); k++) {
    Run one = run (input, rates[k]);
    if (one.error < best.error) {
      best = one;
      best_rate = rates[k];
    }
  }

  fit->n = 1;
  fit->values = g_new (double, 1);
  fit->values[0] = best.mean * (factor > 0 ? 1 - best_rate * factor : 1);

  return isfinite (fit->values[0]);
}

static bool
fit_croston (const RaiMethodInput *input, RaiFit *fit) {
  return fit_best (input, run_croston, 0, fit);
}

static bool
fit_sba (const RaiMethodInput *input, RaiFit *fit) {
  return fit_best (input, run_croston, 0.5, fit);
}

static bool
fit_tsb (const RaiMethodInput *input, RaiFit *fit) {
  return fit_best (input, run_tsb, 0, fit);
}

static bool
fit_adida (const RaiMethodInput *input, RaiFit *fit) {
  return fit_best (input, run_adida, 0, fit);
}

static void
predict (const RaiMethodInput *input, const RaiFit *fit, double *mean) {
  for (size_t h = 0; h < input->horizon; h++)
    mean[h] = fit->values[0];
}

const RaiForecaster rai_croston = { .method = RAI_METHOD_CROSTON,
                                    .title = "Croston",
                                    .paper = "Croston, Operational Research Quarterly 23(3), 1972",
                                    .min_obs = 2,
                                    .fit = fit_croston,
                                    .predict = predict };
const RaiForecaster rai_sba = {
  .method = RAI_METHOD_SBA,
  .title = "Syntetos-Boylan approximation",
  .paper = "Syntetos & Boylan, International Journal of Forecasting 21(2), 2005",
  .min_obs = 2,
  .fit = fit_sba,
  .predict = predict
};
const RaiForecaster rai_tsb = {
  .method = RAI_METHOD_TSB,
  .title = "Teunter-Syntetos-Babai",
  .paper = "Teunter, Syntetos & Babai, European Journal of Operational Research 214(3), 2011",
  .min_obs = 2,
  .fit = fit_tsb,
  .predict = predict
};
const RaiForecaster rai_adida = {
  .method = RAI_METHOD_ADIDA,
  .title = "Aggregate-disaggregate",
  .paper = "Nikolopoulos et al., Journal of the Operational Research Society 62(3), 2011",
  .min_obs = 2,
  .fit = fit_adida,
  .predict = predict
};
