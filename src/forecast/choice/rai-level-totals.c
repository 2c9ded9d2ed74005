/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-level-totals.h"

#include <math.h>

static void
declare_covariates (RaiPanel *totals, const RaiPanel *panel) {
  for (size_t c = 0; c < rai_panel_n_covariates (panel); c++) {
    bool categorical = rai_panel_covariate_categorical (panel, c);
    rai_panel_add_covariate (totals, rai_panel_covariate_name (panel, c),
                             rai_panel_covariate_role (panel, c), categorical);
    for (size_t k = 1; categorical && k < rai_panel_covariate_categories (panel, c); k++) {
      g_autofree char *code = g_strdup_printf ("%zu", k);
      rai_panel_category (totals, c, code);
    }
  }
}

/* The mean of the members' numbers; categories are taken from the last member that knows. */
static void
merge_covariate (RaiPanel *totals, size_t g, const RaiPanel *panel, const GArray *members, size_t c,
                 float *counts) {
  size_t n = rai_panel_length (totals, g), horizon = rai_panel_horizon (panel);
  float *out = rai_panel_covariate (totals, g, c);
  bool category = rai_panel_covariate_categorical (panel, c);

  for (size_t t = 0; t < n + horizon; t++)
    counts[t] = 0;
  for (size_t k = 0; k < members->len; k++) {
    size_t i = g_array_index (members, size_t, k), shift = n - rai_panel_length (panel, i);
    const float *values = rai_panel_covariate (panel, i, c);
    for (size_t t = shift; t < n + horizon; t++) {
      float value = values[t - shift];
      if (isnan (value))
        continue;
      out[t] = counts[t] == 0 || category ? value : out[t] + value;
      counts[t]++;
    }
  }

  for (size_t t = 0; t < n + horizon && !category; t++)
    out[t] = counts[t] > 0 ? out[t] / counts[t] : NAN;
}

static void
add_node (RaiPanel *totals, const RaiPanel *panel, const RaiHistory *history,
          const GArray *members) {
  size_t n = 0;
  for (size_t k = 0; k < members->len; k++)
    n = MAX (n, rai_panel_length (panel, g_array_index (members, size_t, k)));

  size_t g = rai_panel_add_series (totals, "total", "", n);
  double *sums = rai_panel_observations (totals, g);
  for (size_t t = 0; t < n; t++)
    sums[t] = 0;
  for (size_t k = 0; k < members->len; k++) {
    size_t i = g_array_index (members, size_t, k), length = rai_panel_length (panel, i);
    const float *values = history->values + history->start[i];
    for (size_t t = 0; t < length; t++)
      sums[n - length + t] += (double) values[t];
  }

  g_autofree float *counts = g_new (float, n + rai_panel_horizon (panel));
  for (size_t c = 0; c < rai_panel_n_covariates (panel); c++)
    merge_covariate (totals, g, panel, members, c, counts);
}

RaiPanel *
rai_level_totals_new (const RaiHierarchy *hierarchy, const RaiPanel *panel,
                      const RaiHistory *history) {
  RaiPanel *totals =
      rai_panel_new (rai_panel_step (panel), rai_panel_origin (panel), rai_panel_horizon (panel));
  declare_covariates (totals, panel);

  g_autofree GArray **members = g_new (GArray *, hierarchy->n_nodes + 1);
  for (size_t g = 0; g < hierarchy->n_nodes; g++)
    members[g] = g_array_new (FALSE, FALSE, sizeof (size_t));
  for (size_t k = 0; k < hierarchy->n_levels; k++)
    for (size_t i = 0; i < hierarchy->n_series; i++)
      g_array_append_val (members[hierarchy->levels[k].node[i]], i);

  for (size_t g = 0; g < hierarchy->n_nodes; g++) {
    add_node (totals, panel, history, members[g]);
    g_array_unref (members[g]);
  }

  return totals;
}
