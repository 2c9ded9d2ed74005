/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-ets.h"

#include "forecast/methods/rai-least-squares.h"
#include "forecast/methods/rai-season.h"

#include <math.h>
#include <string.h>

/* Longer seasons have too many states to estimate (R's ets draws the same line); they are taken off
 * before. */
#define PERIOD_MAX 24
#define TURNS 8
#define PARAMETERS_MAX 4
#define SHAPES_MAX 16
/* Akaike's weights have 2; forecasts gain from trusting the differences between models less. */
#define WEIGHT_SCALE 4

typedef enum { NONE, ADDITIVE, MULTIPLICATIVE } Component;

typedef struct {
  Component error, season;
  bool trend, damped;
} Shape;

typedef struct {
  double level, slope, season[PERIOD_MAX];
} State;

typedef struct {
  double alpha, beta, gamma, phi;
} Parameters;

typedef struct {
  const double *y, *reversed; /* [n] */
  size_t n, period;
  Shape shape;
  State first;  /* a first guess */
  State last;   /* after the last run */
  double *work; /* [(PARAMETERS_MAX + 2) n] */
} Model;

/* One pass, from and into state. Error and season shapes share one recursion: written with e = y -
 * mean, the updates of additive and multiplicative errors are the same (Hyndman, Koehler, Ord &
 * Snyder 2008, tables 2.2 and 2.3). Writes, when residuals is not NULL, what has the least squares
 * where the likelihood is greatest: the errors, or the relative errors times the geometric mean of
 * the means. Returns false when a mean was not positive that has to be. Inlined once for each
 * shape. */
static inline __attribute__ ((always_inline)) bool
pass (const double *y, size_t n, size_t m, Parameters p, State *state, double *residuals,
      Component error, Component season, bool trend) {
  double level = state->level, slope = trend ? state->slope : 0, logs = 0, product = 1;
  size_t place = 0;
  for (size_t t = 0; t < n; t++) {
    double base = trend ? level + p.phi * slope : level,
           own = season != NONE ? state->season[place] : 0;
    double mean = season == ADDITIVE ? base + own : season == MULTIPLICATIVE ? base * own : base;
    double e = y[t] - mean, step = season == MULTIPLICATIVE ? e / own : e;
    level = base + p.alpha * step;
    if (trend)
      slope = p.phi * slope + p.beta * step;
    if (season != NONE) {
      state->season[place] = own + p.gamma * (season == MULTIPLICATIVE ? e / base : e);
      place = place + 1 == m ? 0 : place + 1;
    }
    if (error == MULTIPLICATIVE) {
      if (!(mean > 0))
        return false;
      product *= mean;
      if (product > 1e100 || product < 1e-100) { /* one logarithm for many steps */
        logs += log (product);
        product = 1;
      }
    }
    if (residuals != NULL)
      residuals[t] = error == MULTIPLICATIVE ? e / mean : e;
  }

  state->level = level;
  state->slope = slope;
  if (error == MULTIPLICATIVE && residuals != NULL) {
    double factor = exp ((logs + log (product)) / (double) n);
    for (size_t t = 0; t < n; t++)
      residuals[t] *= factor;
  }

  return true;
}

static bool
run (const Model *model, const double *y, Parameters p, State *state, double *residuals) {
  const Shape *s = &model->shape;
  size_t n = model->n, m = model->period;
#define CASE(error_kind, season_kind) \
  if (s->error == error_kind && s->season == season_kind) \
  return s->trend ? pass (y, n, m, p, state, residuals, error_kind, season_kind, true) \
                  : pass (y, n, m, p, state, residuals, error_kind, season_kind, false)
  CASE (ADDITIVE, NONE);

  CASE (MULTIPLICATIVE, NONE);
  CASE (ADDITIVE, ADDITIVE);
  CASE (MULTIPLICATIVE, ADDITIVE);
  CASE (MULTIPLICATIVE, MULTIPLICATIVE);
#undef CASE
  g_return_val_if_reached (false);
}

/* States as the other direction of time has them: the season's places in reverse, the slope with
 * the other sign. */
static void
reverse (const Model *model, State *state) {
  double season[PERIOD_MAX];
  size_t m = model->period;
  for (size_t k = 0; k < m; k++) /* step k from the other end is step n - 1 - k */
    season[k] = state->season[(model->n - 1 + m - k) % m];
  memcpy (state->season, season, m * sizeof *season);
  state->slope = -state->slope;
}

/* Any number to one between the bounds, and back. */
static double
squeeze (double x, double low, double high) {
  return low + (high - low) / (1 + exp (-x));
}

static double
stretch (double value, double low, double high) {
  return log ((value - low) / (high - value));
}

#define SHARE_MIN 1e-4
#define SHARE_MAX 0.9999
#define PHI_MIN 0.8
#define PHI_MAX 0.98

/* Order in x: alpha, [beta as a share of alpha, [phi]], [gamma as a share of 1 - alpha]. */
static Parameters
unpack (const Shape *shape, const double *x) {
  Parameters p = { .alpha = squeeze (x[0], SHARE_MIN, SHARE_MAX), .phi = 1 };
  size_t k = 1;
  if (shape->trend)
    p.beta = squeeze (x[k++], SHARE_MIN, SHARE_MAX) * p.alpha;
  if (shape->damped)
    p.phi = squeeze (x[k++], PHI_MIN, PHI_MAX);
  if (shape->season != NONE)
    p.gamma = squeeze (x[k], SHARE_MIN, SHARE_MAX) * (1 - p.alpha);

  return p;
}

/* The states before the first step come from a pass backwards over the series, so that only the
 * parameters are searched (Svetunkov, Forecasting and Analytics with ADAM, 2023, section 11.4). */
static void
residuals_of (const double *x, double *residuals, void *data) {
  Model *model = data;
  Parameters p = unpack (&model->shape, x);
  State state = model->first;
  reverse (model, &state);

  bool valid = run (model, model->reversed, p, &state, NULL);
  reverse (model, &state);
  if (!valid || !run (model, model->y, p, &state, residuals))
    residuals[0] = INFINITY;

  model->last = state;
}

/* Seasonal values from the first seasons: mean ratio to (or difference from) a centred average over
 * one season. */
static void
guess_season (Model *model) {
  size_t m = model->period, n = MIN (model->n, 4 * m);
  double counts[PERIOD_MAX] = { 0 }, mean = 0, *season = model->first.season;
  bool ratio = model->shape.season == MULTIPLICATIVE;

  for (size_t t = m / 2; t + m / 2 < n; t++) {
    double around = 0;
    for (size_t k = t - m / 2; k <= t + m / 2; k++)
      around += model->y[k] * (m % 2 == 0 && (k == t - m / 2 || k == t + m / 2) ? 0.5 : 1);
    around /= (double) m;
    season[t % m] += ratio ? model->y[t] / MAX (around, 1e-12) : model->y[t] - around;
    counts[t % m]++;
  }

  for (size_t p = 0; p < m; p++) {
    season[p] = counts[p] > 0 ? season[p] / counts[p] : ratio;
    mean += season[p] / (double) m;
  }

  for (size_t p = 0; p < m; p++)
    season[p] = ratio ? MAX (0.01, season[p] / MAX (mean, 1e-9)) : season[p] - mean;
}

/* Level and slope of a line through the first values without their season. */
static void
guess_line (Model *model) {
  size_t m = model->shape.season != NONE ? model->period : 1, n = MIN (model->n, MAX (10, 2 * m));
  double sum = 0, moment = 0, middle = (double) (n - 1) / 2, spread = 0;
  for (size_t t = 0; t < n; t++) {
    double value = model->y[t], own = model->first.season[t % m];
    if (model->shape.season != NONE)
      value = model->shape.season == ADDITIVE ? value - own : value / own;
    sum += value;
    moment += value * ((double) t - middle);
    spread += ((double) t - middle) * ((double) t - middle);
  }

  if (model->shape.trend)
    model->first.slope = spread > 0 ? moment / spread : 0;
  model->first.level = sum / (double) n - model->first.slope * (middle + 1);
}

static size_t
start_from (const Shape *shape, double alpha, double share, double *x) {
  size_t k = 1;
  x[0] = stretch (alpha, SHARE_MIN, SHARE_MAX);
  if (shape->trend)
    x[k++] = stretch (share, SHARE_MIN, SHARE_MAX);
  if (shape->damped)
    x[k++] = stretch (0.95, PHI_MIN, PHI_MAX);
  if (shape->season != NONE)
    x[k++] = stretch (share, SHARE_MIN, SHARE_MAX);

  return k;
}

/* Searches the parameters; leaves the last states in the model. Returns -2 log likelihood up to a
 * constant, HUGE_VAL when no start gives means that the shape can have. */
static double
fit_shape (Model *model, Parameters *p) {
  static const double starts[][2] = { { 0.3, 0.1 }, { 0.05, 0.01 }, { 0.8, 0.002 } };
  double x[PARAMETERS_MAX], n = (double) model->n, squares = HUGE_VAL;
  if (model->shape.season != NONE)
    guess_season (model);

  guess_line (model);
  for (size_t k = 0; k < G_N_ELEMENTS (starts) && !isfinite (squares); k++) {
    size_t count = start_from (&model->shape, starts[k][0], starts[k][1], x);
    squares = rai_least_squares (residuals_of, model, count, model->n, x, TURNS, model->work);
  }

  *p = unpack (&model->shape, x);
  residuals_of (x, model->work, model);
  return isfinite (squares) ? n * log (squares / n + 1e-300) : HUGE_VAL;
}

static double
aicc (const Model *model, double value) {
  const Shape *s = &model->shape;
  double k = 3 + 2 * s->trend + s->damped, n = (double) model->n;
  if (s->season != NONE)
    k += (double) model->period;
  return value + 2 * k * n / MAX (n - k - 1, 0.1);
}

static bool
is_positive (const RaiMethodInput *input) {
  for (size_t t = 0; t < input->n; t++)
    if (input->y[t] <= 0)
      return false;
  return true;
}

static bool
is_seasonal (const RaiMethodInput *input) {
  return input->period > 1 && input->period <= PERIOD_MAX && input->n >= 2 * input->period + 5;
}

/* Returns false when something in mean[horizon] is not finite. */
static bool
forecast (const Model *model, double phi, size_t horizon, double *mean) {
  double trend = 0, damp = 1;
  size_t m = model->shape.season != NONE ? model->period : 1;
  bool finite = true;

  for (size_t h = 0; h < horizon; h++) {
    damp *= phi;
    trend += damp * model->last.slope;
    double base = model->last.level + trend, own = model->last.season[(model->n + h) % m];
    mean[h] = model->shape.season == ADDITIVE         ? base + own
              : model->shape.season == MULTIPLICATIVE ? base * own
                                                      : base;
    finite = finite && isfinite (mean[h]);
  }

  return finite;
}

/* Fits the shapes that suit the data and writes their mean, weighted by AICc (Kolassa,
 * International Journal of Forecasting 27(2), 2011). Returns false when none could be fitted. */
static bool
average (const RaiMethodInput *input, const Shape *shapes, size_t n_shapes, double *mean) {
  bool positive = is_positive (input), seasonal = is_seasonal (input);
  size_t n = input->n, horizon = input->horizon, kept = 0;
  g_autofree double *reversed = g_new (double, n);
  g_autofree double *means = g_new (double, n_shapes *horizon);
  g_autofree double *work = g_new (double, (PARAMETERS_MAX + 2) * n);
  double values[SHAPES_MAX], best = HUGE_VAL, all = 0;

  for (size_t t = 0; t < n; t++)
    reversed[t] = input->y[n - 1 - t];
  for (size_t k = 0; k < n_shapes; k++) {
    bool ratios = shapes[k].error == MULTIPLICATIVE || shapes[k].season == MULTIPLICATIVE;
    if ((ratios && !positive) || (shapes[k].season != NONE && !seasonal))
      continue;
    Model model = { .y = input->y,
                    .reversed = reversed,
                    .n = n,
                    .period = seasonal ? input->period : 1,
                    .shape = shapes[k],
                    .work = work };
    Parameters p;
    values[kept] = aicc (&model, fit_shape (&model, &p));
    if (!isfinite (values[kept]) || !forecast (&model, p.phi, horizon, means + kept * horizon))
      continue;
    best = MIN (best, values[kept]);
    kept++;
  }

  memset (mean, 0, horizon * sizeof *mean);
  for (size_t k = 0; k < kept; k++)
    all += values[k] = exp ((best - values[k]) / WEIGHT_SCALE);
  for (size_t k = 0; k < kept; k++)
    for (size_t h = 0; h < horizon; h++)
      mean[h] += values[k] / all * means[k * horizon + h];

  return kept > 0;
}

static bool
fit_shapes (const RaiMethodInput *input, const Shape *shapes, size_t n_shapes, RaiFit *fit) {
  fit->n = input->horizon;
  fit->values = g_new (double, fit->n);
  return average (input, shapes, n_shapes, fit->values);
}

static bool
fit_ets (const RaiMethodInput *input, RaiFit *fit) {
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

  G_STATIC_ASSERT (G_N_ELEMENTS (shapes) <= SHAPES_MAX);
  if (input->period <= PERIOD_MAX)
    return fit_shapes (input, shapes, G_N_ELEMENTS (shapes), fit);

  RaiSeason season;
  RaiMethodInput adjusted = *input;
  g_autofree double *y = g_memdup2 (input->y, input->n * sizeof *y);

  rai_season_estimate (y, input->n, input->period, &season);
  rai_season_strip (&season, y, input->n, 0);
  adjusted.y = y;
  adjusted.period = 1;

  bool done = fit_shapes (&adjusted, shapes, G_N_ELEMENTS (shapes), fit);
  rai_season_restore (&season, fit->values, input->horizon, input->n);
  return done;
}

static bool
fit_ses (const RaiMethodInput *input, RaiFit *fit) {
  return fit_shapes (input, &(Shape){ ADDITIVE, NONE, false, false }, 1, fit);
}

static bool
fit_holt (const RaiMethodInput *input, RaiFit *fit) {
  return fit_shapes (input, &(Shape){ ADDITIVE, NONE, true, false }, 1, fit);
}

static bool
fit_damped (const RaiMethodInput *input, RaiFit *fit) {
  return fit_shapes (input, &(Shape){ ADDITIVE, NONE, true, true }, 1, fit);
}

static bool
fit_additive (const RaiMethodInput *input, RaiFit *fit) {
  return fit_shapes (input, &(Shape){ ADDITIVE, ADDITIVE, true, false }, 1, fit);
}

static bool
fit_holt_winters (const RaiMethodInput *input, RaiFit *fit) {
  if (is_positive (input) &&
      fit_shapes (input, &(Shape){ MULTIPLICATIVE, MULTIPLICATIVE, true, false }, 1, fit))
    return true;
  g_free (fit->values);
  return fit_additive (input, fit);
}

static const char *
check_season (const RaiMethodInput *input) {
  return is_seasonal (input) ? NULL : "needs two seasons of at most 24 steps";
}

static void
predict (const RaiMethodInput *input, const RaiFit *fit, double *mean) {
  memcpy (mean, fit->values, input->horizon * sizeof *mean);
}

#define HYNDMAN "Hyndman, Koehler, Snyder & Grose, International Journal of Forecasting 18(3), 2002"

const RaiForecaster rai_ets = { .method = RAI_METHOD_ETS,
                                .title = "Exponential smoothing, the whole family averaged by AICc",
                                .paper = HYNDMAN "; Kolassa, the same 27(2), 2011",
                                .min_obs = 4,
                                .uses = RAI_AUTO_SLOW_TOTALS,
                                .turn = 8,
                                .fit = fit_ets,
                                .predict = predict };
const RaiForecaster rai_ses = { .method = RAI_METHOD_SES,
                                .title = "Simple exponential smoothing",
                                .paper =
                                    "Brown, Statistical Forecasting for Inventory Control, 1959",
                                .min_obs = 3,
                                .fit = fit_ses,
                                .predict = predict };
const RaiForecaster rai_holt = { .method = RAI_METHOD_HOLT,
                                 .title = "Holt's linear trend",
                                 .paper = "Holt, ONR Memorandum 52, 1957",
                                 .min_obs = 4,
                                 .fit = fit_holt,
                                 .predict = predict };
const RaiForecaster rai_damped = { .method = RAI_METHOD_DAMPED,
                                   .title = "Damped trend",
                                   .paper = "Gardner & McKenzie, Management Science 31(10), 1985",
                                   .min_obs = 4,
                                   .fit = fit_damped,
                                   .predict = predict };
const RaiForecaster rai_holt_winters = {
  .method = RAI_METHOD_HOLT_WINTERS,
  .title = "Holt-Winters, multiplicative season (additive where sales are 0)",
  .paper = "Winters, Management Science 6(3), 1960",
  .min_obs = 4,
  .check = check_season,
  .fit = fit_holt_winters,
  .predict = predict
};
const RaiForecaster rai_holt_winters_additive = { .method = RAI_METHOD_HOLT_WINTERS_ADD,
                                                  .title = "Holt-Winters, additive season",
                                                  .paper = "Winters, Management Science 6(3), 1960",
                                                  .min_obs = 4,
                                                  .check = check_season,
                                                  .fit = fit_additive,
                                                  .predict = predict };
