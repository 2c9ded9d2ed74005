/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-ets.h"

#include "forecast/rai-simplex.h"

#include <math.h>
#include <string.h>

/* Longer seasons have too many states to estimate (R's ets draws the same line). */
#define PERIOD_MAX 24
#define CALLS 500

typedef enum { NONE, ADDITIVE, MULTIPLICATIVE } Component;

typedef struct {
  Component error, season;
  bool trend, damped;
} Shape;

/* A shape with its parameters on a series. Error and season shapes share one recursion: written with e = y - mean, the
 * updates of additive and multiplicative errors are the same; only the likelihood differs (Hyndman, Koehler, Ord &
 * Snyder 2008, tables 2.2 and 2.3). */
typedef struct {
  const double *y;
  size_t n, period;
  Shape shape;
  double seasonal[PERIOD_MAX]; /* start */
  /* After a pass: */
  double level, slope, state[PERIOD_MAX];
} Model;

/* Order in parameters: alpha, level, [beta, slope, [phi]], [gamma]. */
typedef struct {
  double alpha, beta, gamma, phi, level, slope;
} Parameters;

static size_t
count_parameters (const Shape *shape) {
  return 2 + (shape->trend ? 2 : 0) + (shape->damped ? 1 : 0) + (shape->season != NONE ? 1 : 0);
}

static Parameters
unpack (const Shape *shape, const double *x) {
  Parameters p = { .alpha = x[0], .level = x[1], .phi = 1 };
  size_t k = 2;
  if (shape->trend) {
    p.beta = x[k++] * p.alpha; /* beta <= alpha */
    p.slope = x[k++];
  }
  if (shape->damped)
    p.phi = x[k++];
  if (shape->season != NONE)
    p.gamma = x[k] * (1 - p.alpha);
  return p;
}

/* One pass; returns -2 log likelihood up to a constant. */
static double
pass (const double *x, void *data) {
  Model *model = data;
  const Shape shape = model->shape;
  Parameters p = unpack (&shape, x);
  double level = p.level, slope = shape.trend ? p.slope : 0, squares = 0, logs = 0;
  double *state = model->state;
  size_t m = shape.season != NONE ? model->period : 1, place = 0;
  memcpy (state, model->seasonal, sizeof model->seasonal);
  for (size_t t = 0; t < model->n; t++) {
    double base = level + p.phi * slope, mean = base, step = 1, turn = 1;
    if (shape.season == ADDITIVE) {
      mean = base + state[place];
    } else if (shape.season == MULTIPLICATIVE) {
      mean = base * state[place];
      step = 1 / state[place];
      turn = 1 / base;
    }
    double e = model->y[t] - mean;
    level = base + p.alpha * e * step;
    slope = p.phi * slope + p.beta * e * step;
    state[place] += p.gamma * e * turn;
    if (shape.error == MULTIPLICATIVE) {
      if (mean <= 0)
        return HUGE_VAL;
      squares += e * e / (mean * mean);
      logs += log (mean);
    } else {
      squares += e * e;
    }
    place = place + 1 == m ? 0 : place + 1;
  }
  model->level = level;
  model->slope = slope;
  return (double) model->n * log (squares / (double) model->n + 1e-300) + 2 * logs;
}

/* Seasonal start values from the first seasons: mean ratio to (or difference from) a centred average over one season.
 */
static void
start_season (Model *model) {
  size_t m = model->period, n = MIN (model->n, 4 * m);
  double sums[PERIOD_MAX] = { 0 }, counts[PERIOD_MAX] = { 0 }, mean = 0;
  bool ratio = model->shape.season == MULTIPLICATIVE;
  for (size_t t = m / 2; t + m / 2 < n; t++) {
    double around = 0;
    for (size_t k = t - m / 2; k <= t + m / 2; k++)
      around += model->y[k] * (m % 2 == 0 && (k == t - m / 2 || k == t + m / 2) ? 0.5 : 1);
    around /= (double) m;
    sums[t % m] += ratio ? model->y[t] / MAX (around, 1e-12) : model->y[t] - around;
    counts[t % m]++;
  }
  for (size_t p = 0; p < m; p++) {
    model->seasonal[p] = counts[p] > 0 ? sums[p] / counts[p] : ratio;
    mean += model->seasonal[p] / (double) m;
  }
  for (size_t p = 0; p < m; p++)
    model->seasonal[p] = ratio ? MAX (0.01, model->seasonal[p] / MAX (mean, 1e-9)) : model->seasonal[p] - mean;
}

/* Level and slope of a line through the first values without their season. */
static void
start_line (const Model *model, double *level, double *slope) {
  size_t n = MIN (model->n, MAX (10, 2 * (model->shape.season != NONE ? model->period : 1)));
  double sum = 0, moment = 0, middle = (double) (n - 1) / 2, spread = 0;
  for (size_t t = 0; t < n; t++) {
    double value = model->y[t];
    if (model->shape.season == ADDITIVE)
      value -= model->seasonal[t % model->period];
    else if (model->shape.season == MULTIPLICATIVE)
      value /= model->seasonal[t % model->period];
    sum += value;
    moment += value * ((double) t - middle);
    spread += ((double) t - middle) * ((double) t - middle);
  }
  *slope = spread > 0 ? moment / spread : 0;
  *level = sum / (double) n - *slope * (middle + 1);
  if (!model->shape.trend)
    *level = sum / (double) n;
}

static double
fit_shape (Model *model, double *x) {
  double level, slope, scale = 1e-9;
  if (model->shape.season != NONE)
    start_season (model);
  else
    memset (model->seasonal, 0, sizeof model->seasonal);
  start_line (model, &level, &slope);
  for (size_t t = 0; t < model->n; t++)
    scale = MAX (scale, fabs (model->y[t]));
  double low[8] = { 1e-4, -10 * scale }, high[8] = { 0.9999, 10 * scale }, step[8] = { 0.2, 0 };
  size_t k = 2;
  x[0] = 0.3;
  x[1] = level;
  step[1] = 0.1 * fabs (level) + 0.01 * scale;
  if (model->shape.trend) {
    x[k] = 0.1, low[k] = 1e-4, high[k] = 0.9999, step[k++] = 0.2;
    x[k] = slope, low[k] = -scale, high[k] = scale, step[k++] = 0.2 * fabs (slope) + 0.002 * scale;
  }
  if (model->shape.damped)
    x[k] = 0.95, low[k] = 0.8, high[k] = 0.98, step[k++] = -0.05;
  if (model->shape.season != NONE)
    x[k] = 0.1, low[k] = 1e-4, high[k] = 0.9999, step[k++] = 0.2;
  rai_simplex_minimise (pass, model, k, x, step, low, high, CALLS);
  return pass (x, model);
}

static double
aicc (const Model *model, double fit) {
  double k = (double) count_parameters (&model->shape) + 1, n = (double) model->n;
  if (model->shape.season != NONE)
    k += (double) model->period - 1;
  return n - k - 1 > 0 ? fit + 2 * k * n / (n - k - 1) : HUGE_VAL;
}

/* What a fit keeps: the shape and the last states. */
enum { KEPT_SEASON, KEPT_PHI, KEPT_LEVEL, KEPT_SLOPE, KEPT_PERIOD, KEPT_PLACE, KEPT_STATE };

static void
keep (const Model *model, const double *x, RaiFit *fit) {
  Parameters p = unpack (&model->shape, x);
  if (fit->values == NULL) {
    fit->n = KEPT_STATE + PERIOD_MAX;
    fit->values = g_new0 (double, fit->n);
  }
  fit->values[KEPT_SEASON] = model->shape.season;
  fit->values[KEPT_PHI] = p.phi;
  fit->values[KEPT_LEVEL] = model->level;
  fit->values[KEPT_SLOPE] = model->slope;
  fit->values[KEPT_PERIOD] = model->shape.season != NONE ? (double) model->period : 1;
  fit->values[KEPT_PLACE] = (double) (model->n % (size_t) fit->values[KEPT_PERIOD]);
  memcpy (fit->values + KEPT_STATE, model->state, sizeof model->state);
}

static bool
is_positive (const RaiProblem *problem) {
  for (size_t t = 0; t < problem->n; t++)
    if (problem->y[t] <= 0)
      return false;
  return true;
}

static bool
is_seasonal (const RaiProblem *problem) {
  return problem->period > 1 && problem->period <= PERIOD_MAX && problem->n >= 2 * problem->period + 5;
}

/* Tries the shapes that fit the data and keeps the one with the least AICc. */
static bool
fit_best (const RaiProblem *problem, const Shape *shapes, size_t n_shapes, RaiFit *fit) {
  bool positive = is_positive (problem), seasonal = is_seasonal (problem);
  double best = HUGE_VAL;
  for (size_t k = 0; k < n_shapes; k++) {
    bool ratios = shapes[k].error == MULTIPLICATIVE || shapes[k].season == MULTIPLICATIVE;
    if ((ratios && !positive) || (shapes[k].season != NONE && !seasonal))
      continue;
    Model model = { .y = problem->y, .n = problem->n, .period = seasonal ? problem->period : 1, .shape = shapes[k] };
    double x[8];
    double value = aicc (&model, fit_shape (&model, x));
    if (n_shapes == 1 && !isfinite (value))
      value = 0;
    if (value < best && isfinite (model.level) && isfinite (model.slope)) {
      best = value;
      keep (&model, x, fit);
    }
  }
  return fit->values != NULL;
}

static bool
fit_ets (const RaiProblem *problem, RaiFit *fit) {
  static const Shape shapes[] = {
    { ADDITIVE, NONE, false, false },
    { ADDITIVE, NONE, true, false },
    { ADDITIVE, NONE, true, true },
    { MULTIPLICATIVE, NONE, false, false },
    { MULTIPLICATIVE, NONE, true, false },
    { MULTIPLICATIVE, NONE, true, true },
    { ADDITIVE, ADDITIVE, false, false },
    { ADDITIVE, ADDITIVE, true, false },
    { ADDITIVE, ADDITIVE, true, true },
    { MULTIPLICATIVE, ADDITIVE, false, false },
    { MULTIPLICATIVE, ADDITIVE, true, false },
    { MULTIPLICATIVE, ADDITIVE, true, true },
    { MULTIPLICATIVE, MULTIPLICATIVE, false, false },
    { MULTIPLICATIVE, MULTIPLICATIVE, true, false },
    { MULTIPLICATIVE, MULTIPLICATIVE, true, true },
  };
  return fit_best (problem, shapes, G_N_ELEMENTS (shapes), fit);
}

static bool
fit_ses (const RaiProblem *problem, RaiFit *fit) {
  return fit_best (problem, &(Shape){ ADDITIVE, NONE, false, false }, 1, fit);
}

static bool
fit_holt (const RaiProblem *problem, RaiFit *fit) {
  return fit_best (problem, &(Shape){ ADDITIVE, NONE, true, false }, 1, fit);
}

static bool
fit_damped (const RaiProblem *problem, RaiFit *fit) {
  return fit_best (problem, &(Shape){ ADDITIVE, NONE, true, true }, 1, fit);
}

static bool
fit_holt_winters (const RaiProblem *problem, RaiFit *fit) {
  Component kind = is_positive (problem) ? MULTIPLICATIVE : ADDITIVE;
  return fit_best (problem, &(Shape){ kind, kind, true, false }, 1, fit);
}

static const char *
check_season (const RaiProblem *problem) {
  return is_seasonal (problem) ? NULL : "needs two seasons of at most 24 steps";
}

static void
predict (const RaiProblem *problem, const RaiFit *fit, double *mean) {
  const double *kept = fit->values;
  double trend = 0, damp = 1;
  size_t period = (size_t) kept[KEPT_PERIOD], place = (size_t) kept[KEPT_PLACE];
  for (size_t h = 0; h < problem->horizon; h++) {
    damp *= kept[KEPT_PHI];
    trend += damp * kept[KEPT_SLOPE];
    double base = kept[KEPT_LEVEL] + trend, state = kept[KEPT_STATE + (place + h) % period];
    mean[h] = kept[KEPT_SEASON] == ADDITIVE ? base + state : kept[KEPT_SEASON] == MULTIPLICATIVE ? base * state : base;
  }
}

#define HYNDMAN "Hyndman, Koehler, Snyder & Grose, International Journal of Forecasting 18(3), 2002"

const RaiForecaster rai_ets = { .name = "ets",
                                .title = "Exponential smoothing, chosen by AICc",
                                .paper = HYNDMAN,
                                .min_obs = 4,
                                .fit = fit_ets,
                                .predict = predict };
const RaiForecaster rai_ses = { .name = "ses",
                                .title = "Simple exponential smoothing",
                                .paper = "Brown, Statistical Forecasting for Inventory Control, 1959",
                                .min_obs = 3,
                                .fit = fit_ses,
                                .predict = predict };
const RaiForecaster rai_holt = { .name = "holt",
                                 .title = "Holt's linear trend",
                                 .paper = "Holt, ONR Memorandum 52, 1957",
                                 .min_obs = 4,
                                 .fit = fit_holt,
                                 .predict = predict };
const RaiForecaster rai_damped = { .name = "damped",
                                   .title = "Damped trend",
                                   .paper = "Gardner & McKenzie, Management Science 31(10), 1985",
                                   .min_obs = 4,
                                   .fit = fit_damped,
                                   .predict = predict };
const RaiForecaster rai_holt_winters = { .name = "holt-winters",
                                         .title = "Holt-Winters seasonal smoothing",
                                         .paper = "Winters, Management Science 6(3), 1960",
                                         .min_obs = 4,
                                         .check = check_season,
                                         .fit = fit_holt_winters,
                                         .predict = predict };
