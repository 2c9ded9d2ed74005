/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-reconcile.h"

#include <math.h>

#define LEAST_SERIES 8
#define LEAST_GROUPS 2 /* one total gives a look a window: too few to trust it over the sum */
/* Totals of which more than this was filled in tell of the filling. */
#define FILLED_MAX 0.3
#define LEAST_MEMBERS 3 /* a group, on average */
/* A window of a group is one look at a weight; fewer looks than about this many tell little. */
#define LOOKS 8
#define LOOKS_MAX 40 /* groups err together: more of them tell no more */
#define RATIO_MIN 0.75
#define RATIO_MAX 1.33

struct _RaiReconciliation {
  size_t n_groups, horizon;
  uint32_t *group; /* [series] */
  double *ratio;   /* [group][horizon] */
  double weight;
};

/* Groups by site; by nothing when sites have hardly more than a series each. Returns how many. */
static size_t
find_groups (const RaiPanel *panel, uint32_t *group) {
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  size_t n = rai_panel_n_series (panel);
  for (size_t i = 0; i < n; i++) {
    void *found;
    if (!g_hash_table_lookup_extended (seen, rai_panel_site (panel, i), NULL, &found)) {
      found = GUINT_TO_POINTER (g_hash_table_size (seen));
      g_hash_table_insert (seen, (char *) rai_panel_site (panel, i), found);
    }
    group[i] = GPOINTER_TO_UINT (found);
  }
  if (g_hash_table_size (seen) * LEAST_MEMBERS <= n)
    return g_hash_table_size (seen);
  for (size_t i = 0; i < n; i++)
    group[i] = 0;
  return 1;
}

static void
declare_covariates (RaiPanel *totals, const RaiPanel *panel) {
  for (size_t c = 0; c < rai_panel_n_covariates (panel); c++)
    rai_panel_add_covariate (totals, rai_panel_covariate_name (panel, c), rai_panel_covariate_role (panel, c),
                             rai_panel_covariate_categorical (panel, c));
}

/* The mean of the members' numbers; categories are taken from the last member that knows. */
static void
merge_covariate (RaiPanel *totals, size_t g, const RaiPanel *panel, const GArray *members, size_t c) {
  size_t n = rai_panel_length (totals, g), horizon = rai_panel_horizon (panel);
  float *out = rai_panel_covariate (totals, g, c);
  g_autofree float *counts = g_new0 (float, n + horizon);
  bool category = rai_panel_covariate_categorical (panel, c);
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

/* Sums of the members' demand (filled where a series was closed or out of stock), as series of their own. */
static RaiPanel *
sum_groups (const RaiCandidates *candidates, const uint32_t *group, size_t n_groups) {
  const RaiPanel *panel = candidates->panel;
  RaiPanel *totals = rai_panel_new (rai_panel_step (panel), rai_panel_origin (panel), rai_panel_horizon (panel));
  declare_covariates (totals, panel);
  for (size_t c = 0; c < rai_panel_n_covariates (panel); c++)
    for (size_t k = 1; rai_panel_covariate_categorical (panel, c) && k < rai_panel_covariate_categories (panel, c);
         k++) {
      g_autofree char *code = g_strdup_printf ("%zu", k);
      rai_panel_category (totals, c, code);
    }
  for (size_t g = 0; g < n_groups; g++) {
    g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (size_t));
    size_t n = 0;
    for (size_t i = 0; i < rai_panel_n_series (panel); i++)
      if (group[i] == g) {
        g_array_append_val (members, i);
        n = MAX (n, rai_panel_length (panel, i));
      }
    rai_panel_add_series (totals, "total", "", n);
    double *sums = rai_panel_observations (totals, g);
    for (size_t t = 0; t < n; t++)
      sums[t] = 0;
    for (size_t k = 0; k < members->len; k++) {
      size_t i = g_array_index (members, size_t, k), length = rai_panel_length (panel, i);
      const float *values = candidates->history->values + candidates->history->start[i];
      for (size_t t = 0; t < length; t++)
        sums[n - length + t] += (double) values[t];
    }
    for (size_t c = 0; c < rai_panel_n_covariates (panel); c++)
      merge_covariate (totals, g, panel, members, c);
  }
  return totals;
}

/* Sums of the series' blended means seen from an origin: [group][horizon]. */
static void
sum_means (const RaiCandidates *candidates, const RaiBlend *blend, const uint32_t *group, size_t origin, double *sums) {
  g_autofree double *mean = g_new (double, candidates->horizon);
  for (size_t i = 0; i < candidates->history->n_series; i++) {
    size_t step;
    if (!rai_candidates_origin (candidates, i, origin, &step) || !rai_blend_mean (blend, candidates, i, origin, mean))
      continue;
    for (size_t h = 0; h < candidates->horizon; h++)
      sums[group[i] * candidates->horizon + h] += mean[h];
  }
}

/* Demand that came, of the series that sum_means counted. */
static void
sum_demand (const RaiCandidates *candidates, const uint32_t *group, size_t origin, double *sums) {
  const RaiHistory *history = candidates->history;
  for (size_t i = 0; i < history->n_series; i++) {
    size_t step;
    for (size_t h = 0; rai_candidates_origin (candidates, i, origin, &step) && h < candidates->horizon; h++)
      sums[group[i] * candidates->horizon + h] += (double) history->values[history->start[i] + step + h];
  }
}

typedef struct {
  const RaiCandidates *candidates, *direct;
  const RaiBlend *blend, *direct_blend;
} Pair;

/* The weight of the direct forecasts that would have been best in the backtest; each group's errors on its own scale.
 */
static double
learn_weight (const RaiReconciliation *r, const Pair *pair) {
  size_t cells = r->n_groups * r->horizon;
  g_autofree double *mean = g_new (double, r->horizon);
  double up = 0, down = 0, looks = (double) MIN (r->n_groups * (RAI_ORIGINS - 1), LOOKS_MAX);
  for (size_t origin = 1; origin < RAI_ORIGINS; origin++) {
    g_autofree double *sums = g_new0 (double, cells), *came = g_new0 (double, cells);
    sum_means (pair->candidates, pair->blend, r->group, origin, sums);
    sum_demand (pair->candidates, r->group, origin, came);
    for (size_t g = 0; g < r->n_groups; g++) {
      double scale = 0;
      size_t step;
      if (!rai_candidates_origin (pair->direct, g, origin, &step) ||
          !rai_blend_mean (pair->direct_blend, pair->direct, g, origin, mean))
        continue;
      for (size_t h = 0; h < r->horizon; h++)
        scale += came[g * r->horizon + h];
      for (size_t h = 0; scale > 0 && h < r->horizon; h++) {
        size_t at = g * r->horizon + h;
        double apart = (mean[h] - sums[at]) / scale;
        up += apart * (came[at] - sums[at]) / scale;
        down += apart * apart;
      }
    }
  }
  return down > 0 ? CLAMP (up / down, 0, 1) * looks / (looks + LOOKS) : 0;
}

static void
find_ratios (RaiReconciliation *r, const Pair *pair) {
  g_autofree double *sums = g_new0 (double, r->n_groups * r->horizon);
  g_autofree double *mean = g_new (double, r->horizon);
  sum_means (pair->candidates, pair->blend, r->group, 0, sums);
  for (size_t g = 0; g < r->n_groups; g++) {
    bool known = rai_blend_mean (pair->direct_blend, pair->direct, g, 0, mean);
    for (size_t h = 0; h < r->horizon; h++) {
      double sum = sums[g * r->horizon + h];
      double ratio = known && sum > 0 ? (r->weight * mean[h] + (1 - r->weight) * sum) / sum : 1;
      r->ratio[g * r->horizon + h] = CLAMP (ratio, RATIO_MIN, RATIO_MAX);
    }
  }
}

static void
choose_methods (RaiCandidates *direct) {
  static const char *const names[] = { "snaive", "weekday", "yearly", "ridge" };
  static const char *const slow[] = { "ets", "dotm" };
  for (size_t k = 0; k < G_N_ELEMENTS (names); k++)
    direct->methods[direct->n_methods++] = rai_forecaster_find (names[k]);
  for (size_t k = 0; k < G_N_ELEMENTS (slow) && direct->history->start[direct->history->n_series] < 30000; k++)
    direct->methods[direct->n_methods++] = rai_forecaster_find (slow[k]);
}

RaiReconciliation *
rai_reconciliation_new (const RaiCandidates *candidates, const RaiBlend *blend,
                        const RaiReconciliationOptions *options) {
  size_t n = candidates->history->n_series;
  if (n < LEAST_SERIES || candidates->history->filled_share > FILLED_MAX ||
      candidates->history->longest < 4 * candidates->horizon)
    return NULL;
  g_autoptr (RaiReconciliation) r = g_new0 (RaiReconciliation, 1);
  r->horizon = candidates->horizon;
  r->group = g_new0 (uint32_t, n);
  r->n_groups = find_groups (candidates->panel, r->group);
  if (r->n_groups < LEAST_GROUPS)
    return NULL;
  r->ratio = g_new0 (double, r->n_groups * r->horizon);
  g_autoptr (RaiPanel) totals = sum_groups (candidates, r->group, r->n_groups);
  g_autoptr (RaiHistory) history = rai_history_new (totals, options->threads);
  RaiCandidates direct = { .panel = totals, .history = history };
  choose_methods (&direct);
  RaiCandidatesOptions run = { options->threads, options->cancellable, NULL, NULL };
  bool done = rai_candidates_run (&direct, &run);
  if (done) {
    g_autoptr (RaiBlend) direct_blend = rai_blend_new (&direct, options->threads);
    Pair pair = { candidates, &direct, blend, direct_blend };
    r->weight = learn_weight (r, &pair);
    find_ratios (r, &pair);
  }
  rai_candidates_clear (&direct);
  return done ? g_steal_pointer (&r) : NULL;
}

void
rai_reconciliation_free (RaiReconciliation *r) {
  if (r == NULL)
    return;
  g_free (r->group);
  g_free (r->ratio);
  g_free (r);
}

double
rai_reconciliation_ratio (const RaiReconciliation *r, size_t series, size_t ahead) {
  return r != NULL ? r->ratio[r->group[series] * r->horizon + ahead] : 1;
}

double
rai_reconciliation_weight (const RaiReconciliation *r) {
  return r != NULL ? r->weight : 0;
}
