/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-combine.h"

#include "forecast/methods/rai-arima.h"
#include "forecast/methods/rai-ets.h"
#include "forecast/methods/rai-theta.h"

#include <math.h>
#include <string.h>

/* Writes a member's mean[horizon]; false when it cannot say anything finite. */
static bool
run_member (const RaiForecaster *member, const RaiMethodInput *input, double *mean) {
  RaiFit fit = { NULL, 0 };
  bool usable = input->n >= member->min_obs && member->fit (input, &fit);
  if (usable)
    member->predict (input, &fit, mean);
  g_free (fit.values);
  for (size_t h = 0; h < input->horizon; h++)
    usable = usable && isfinite (mean[h]);
  return usable;
}

static bool
fit_combine (const RaiMethodInput *input, RaiFit *fit) {
  const RaiForecaster *const members[] = { &rai_ets, &rai_dynamic_theta, &rai_arima };
  size_t horizon = input->horizon, count = 0;
  g_autofree double *mean = g_new0 (double, horizon);

  fit->n = horizon;
  fit->values = g_new0 (double, horizon);
  for (size_t m = 0; m < G_N_ELEMENTS (members); m++) {
    if (!run_member (members[m], input, mean))
      continue;
    count++;
    for (size_t h = 0; h < horizon; h++)
      fit->values[h] += mean[h];
  }

  for (size_t h = 0; h < horizon && count > 0; h++)
    fit->values[h] /= (double) count;
  return count > 0;
}

static void
predict (const RaiMethodInput *input, const RaiFit *fit, double *mean) {
  memcpy (mean, fit->values, input->horizon * sizeof (double));
}

const RaiForecaster rai_combine = {
  .method = RAI_METHOD_COMBINE,
  .title = "Mean of automatic ETS, dynamic theta and ARIMA",
  .paper = "Clemen, International Journal of Forecasting 5(4), 1989; Petropoulos & Svetunkov, the "
           "same 36(1), 2020",
  .min_obs = 4,
  .uses = RAI_AUTO_SLOW,
  .turn = 7,
  .fit = fit_combine,
  .predict = predict,
};
