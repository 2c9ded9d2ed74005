/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-theta.h"

#include "forecast/methods/rai-season.h"
#include "forecast/methods/rai-simplex.h"

#include <math.h>
#include <string.h>

#define CALLS 250

typedef struct {
  const double *y;
  size_t n;
  bool dynamic;
} Model;

typedef struct {
  double level, mean, a, b, power; /* power: (1 - alpha)^t */
} State;

/* One step of Fiorucci et al. 2016, equations of the DOTM: what is expected at step t, then the
 * update with y. */
static double
expect (const State *state, double alpha, double theta) {
  double power = state->power;
  return state->level +
         (1 - 1 / theta) * (state->a * power + state->b * (1 - power * (1 - alpha)) / alpha);
}

static void
update (State *state, size_t t, double y, double alpha) {
  double i = (double) t;
  state->level = alpha * y + (1 - alpha) * state->level;
  state->b = ((i - 1) * state->b + 6 * (y - state->mean) / (i + 1)) / (i + 2);
  state->mean = (i * state->mean + y) / (i + 1);
  state->a = state->mean - state->b * (i + 2) / 2;
  state->power *= 1 - alpha;
}

static State
start (const Model *model, const double *x) {
  return (State){ x[1] * model->y[0] + (1 - x[1]) * x[0], model->y[0], model->y[0], 0, 1 - x[1] };
}

/* x: level, alpha, theta. */
static double
error_of (const double *x, void *data) {
  const Model *model = data;
  State state = start (model, x);

  double sum = 0;
  for (size_t t = 1; t < model->n; t++) {
    double e = model->y[t] - expect (&state, x[1], x[2]);
    sum += t >= 3 ? e * e : 0;
    update (&state, t, model->y[t], x[1]);
  }

  return sum;
}

static bool
fit_dynamic (const RaiMethodInput *input, RaiFit *fit) {
  RaiSeason season;
  size_t n = input->n;
  g_autofree double *y = g_memdup2 (input->y, n * sizeof (double));

  rai_season_estimate (y, n, input->period, &season);
  rai_season_strip (&season, y, n, 0);
  Model model = { y, n, true };

  double scale = 1e-9;
  for (size_t t = 0; t < n; t++)
    scale = MAX (scale, fabs (y[t]));

  double x[3] = { y[0] / 2, 0.5, 2 }, step[3] = { 0.3 * scale, 0.2, 1 };
  double low[3] = { -10 * scale, 0.1, 1 }, high[3] = { 10 * scale, 0.99, 1e6 };
  rai_simplex_minimise (error_of, &model, 3, x, step, low, high, CALLS);
  State state = start (&model, x);
  for (size_t t = 1; t < n; t++)
    update (&state, t, y[t], x[1]);

  fit->n = input->horizon;
  fit->values = g_new (double, fit->n);
  for (size_t h = 0; h < input->horizon; h++) {
    fit->values[h] = expect (&state, x[1], x[2]);
    update (&state, n + h, fit->values[h], x[1]);
  }

  rai_season_restore (&season, fit->values, input->horizon, n);
  return true;
}

/* SES by its own error, plus half of the line's slope (Hyndman & Billah 2003). */
static double
ses_error (const double *x, void *data) {
  const Model *model = data;
  double level = x[1], sum = 0;
  for (size_t t = 0; t < model->n; t++) {
    double e = model->y[t] - level;
    level += x[0] * e;
    sum += e * e;
  }
  return sum;
}

static bool
fit_theta (const RaiMethodInput *input, RaiFit *fit) {
  double seasonal[RAI_SEASON_MAX];
  size_t n = input->n;
  g_autofree double *y = g_memdup2 (input->y, n * sizeof (double));
  size_t period = rai_season_remove (y, n, input->period, seasonal);

  Model model = { y, n, false };
  double scale = 1e-9, sum = 0, moment = 0;
  for (size_t t = 0; t < n; t++) {
    scale = MAX (scale, fabs (y[t]));
    sum += y[t];
    moment += y[t] * ((double) t - (double) (n - 1) / 2);
  }

  double x[2] = { 0.3, y[0] }, step[2] = { 0.2, 0.1 * scale }, low[2] = { 1e-4, -10 * scale };
  double high[2] = { 0.9999, 10 * scale };
  rai_simplex_minimise (ses_error, &model, 2, x, step, low, high, CALLS);

  double level = x[1],
         slope = n > 1 ? moment * 12 / ((double) n * ((double) n * (double) n - 1)) : 0;
  for (size_t t = 0; t < n; t++)
    level += x[0] * (y[t] - level);

  fit->n = input->horizon;
  fit->values = g_new (double, fit->n);
  for (size_t h = 0; h < input->horizon; h++) {
    double drift = slope / 2 * ((double) h + (1 - pow (1 - x[0], (double) n)) / x[0]);
    fit->values[h] = (level + drift) * seasonal[(n + h) % period];
  }

  return true;
}

static void
predict (const RaiMethodInput *input, const RaiFit *fit, double *mean) {
  memcpy (mean, fit->values, input->horizon * sizeof (double));
}

const RaiForecaster rai_theta = {
  .method = RAI_METHOD_THETA,
  .title = "Theta",
  .paper = "Assimakopoulos & Nikolopoulos, International Journal of Forecasting 16(4), 2000",
  .min_obs = 4,
  .fit = fit_theta,
  .predict = predict,
};

const RaiForecaster rai_dynamic_theta = {
  .method = RAI_METHOD_DOTM,
  .title = "Dynamic optimised theta, shrunk season",
  .paper = "Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler, International Journal of "
           "Forecasting 32(4), 2016; "
           "Miller & Williams, the same 19(4), 2003",
  .min_obs = 4,
  .uses = RAI_AUTO_SLOW_TOTALS,
  .turn = 9,
  .fit = fit_dynamic,
  .predict = predict,
};
