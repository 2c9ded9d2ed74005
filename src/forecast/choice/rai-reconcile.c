/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-reconcile.h"

#include "forecast/choice/rai-forecasters.h"
#include "forecast/choice/rai-level-totals.h"
#include "forecast/choice/rai-mint.h"

#include <math.h>
#include <string.h>

#define LEAST_SERIES 8
/* One total gives a look a window: too few to trust it over the sum. */
#define LEAST_NODES 2
#define NODES_MAX 1600
/* Totals of which more than this was filled in tell of the filling. */
#define FILLED_MAX 0.3
/* A window of a node is one look at a weight; fewer looks than about this many tell little. */
#define LOOKS 8
#define LOOKS_MAX 40 /* nodes err together: more of them tell no more */
/* What a series may be moved to, as a multiple of what it was. */
#define RATIO_MIN 0.6
#define RATIO_MAX 1.6
/* Steps of history of the totals up to which the slow methods are tried on them. */
#define SLOW_STEPS 30000
#define WINDOWS (RAI_ORIGINS - 1)
/* What a way that learned much from few errors must be better by than one that learned nothing. */
#define MINT_MARGIN 0.1

struct _RaiReconciliation {
  size_t n_series, horizon;
  RaiReconcileMethod method;
  double weight;
  float *ratio; /* [series][origin][horizon] */
};

/* All that the ways are tried on. */
typedef struct {
  RaiHierarchy *hierarchy;
  size_t horizon;
  double *series; /* [origin][h][n_series]: blended means */
  double *came;   /* the same: demand that came, in the windows of the backtest */
  double *nodes;  /* [origin][h][n_nodes]: direct means, the sums of series where there are none */
} Field;

/* What a way leads to, and how it did. */
typedef struct {
  double *moved; /* [origin][h][n_series] */
  double weight; /* the share of the way that would have been best */
  double score;  /* error to that of the series as they are, over all levels; 1 is no better */
} Way;

/* ---- the field ---- */

static void
field_clear (Field *field) {
  rai_hierarchy_free (field->hierarchy);
  g_free (field->series);
  g_free (field->came);
  g_free (field->nodes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Field, field_clear)

static double *
series_at (const Field *field, double *values, size_t origin, size_t h) {
  return values + (origin * field->horizon + h) * field->hierarchy->n_series;
}

static double *
nodes_at (const Field *field, size_t origin, size_t h) {
  return field->nodes + (origin * field->horizon + h) * field->hierarchy->n_nodes;
}

static void
fill_series (Field *field, const RaiCandidates *candidates, const RaiWeighing *weighing) {
  const RaiHistory *history = candidates->history;
  g_autofree double *mean = g_new (double, field->horizon);
  for (size_t i = 0; i < field->hierarchy->n_series; i++)
    for (size_t origin = 0; origin < RAI_ORIGINS; origin++) {
      size_t step;
      if (!rai_candidates_first_step (candidates, i, origin, &step) ||
          !rai_weighing_mean (weighing, candidates, i, origin, mean))
        continue;
      for (size_t h = 0; h < field->horizon; h++) {
        series_at (field, field->series, origin, h)[i] = mean[h];
        if (origin > 0)
          series_at (field, field->came, origin, h)[i] =
              (double) history->values[history->start[i] + step + h];
      }
    }
}

static void
fill_nodes (Field *field, const RaiCandidates *direct, const RaiWeighing *weighing) {
  g_autofree double *mean = g_new (double, field->horizon);
  for (size_t origin = 0; origin < RAI_ORIGINS; origin++) {
    for (size_t h = 0; h < field->horizon; h++)
      rai_hierarchy_sum (field->hierarchy, series_at (field, field->series, origin, h),
                         nodes_at (field, origin, h));
    for (size_t g = 0; g < field->hierarchy->n_nodes; g++) {
      size_t step;
      if (rai_candidates_first_step (direct, g, origin, &step) &&
          rai_weighing_mean (weighing, direct, g, origin, mean))
        for (size_t h = 0; h < field->horizon; h++)
          nodes_at (field, origin, h)[g] = mean[h];
    }
  }
}

static void
choose_methods (RaiCandidates *direct) {
  size_t steps = direct->history->start[direct->history->n_series];
  unsigned uses = RAI_AUTO_TOTALS | (steps < SLOW_STEPS ? RAI_AUTO_SLOW_TOTALS : 0);
  direct->n_methods = rai_forecasters_for (uses, direct->methods, RAI_CANDIDATES_MAX);
}

/* Forecasts the nodes for themselves; false when cancelled. */
static bool
fill_field (Field *field, const RaiCandidates *candidates, const RaiWeighing *weighing,
            const RaiReconciliationOptions *options) {
  size_t steps = RAI_ORIGINS * candidates->horizon;
  field->horizon = candidates->horizon;
  field->series = g_new0 (double, steps * field->hierarchy->n_series);
  field->came = g_new0 (double, steps * field->hierarchy->n_series);
  field->nodes = g_new0 (double, steps * field->hierarchy->n_nodes);
  fill_series (field, candidates, weighing);
  g_autoptr (RaiPanel) totals =
      rai_level_totals_new (field->hierarchy, candidates->panel, candidates->history);
  g_autoptr (RaiHistory) history = rai_history_new (totals, options->threads);

  RaiCandidates direct = { .panel = totals, .history = history };
  choose_methods (&direct);

  RaiCandidatesOptions run = { options->threads, options->cancellable, NULL, NULL };
  bool done = rai_candidates_run (&direct, &run);
  if (done) {
    g_autoptr (RaiWeighing) direct_weighing = rai_weighing_new (&direct, options->threads);
    fill_nodes (field, &direct, direct_weighing);
  }

  rai_candidates_clear (&direct);
  return done;
}

/* ---- the ways ---- */

static void
scale_to_level (const Field *field, const RaiHierarchyLevel *level, double *moved) {
  g_autofree double *sums = g_new (double, field->hierarchy->n_nodes);
  for (size_t origin = 0; origin < RAI_ORIGINS; origin++)
    for (size_t h = 0; h < field->horizon; h++) {
      double *before = series_at (field, field->series, origin, h),
             *after = series_at (field, moved, origin, h);
      const double *nodes = nodes_at (field, origin, h);
      memset (sums, 0, field->hierarchy->n_nodes * sizeof *sums);
      rai_hierarchy_sum (field->hierarchy, before, sums);
      for (size_t i = 0; i < field->hierarchy->n_series; i++) {
        size_t g = level->node[i];
        after[i] = sums[g] > 0 ? before[i] * nodes[g] / sums[g] : before[i];
      }
    }
}

/* Errors of the windows but one (0: of all), side by side for each series or node. Returns how
 * many. */
static size_t
gather_errors (const Field *field, size_t but, float *series, float *nodes) {
  const RaiHierarchy *hierarchy = field->hierarchy;
  size_t n = (but > 0 ? WINDOWS - 1 : WINDOWS) * field->horizon, at = 0;
  g_autofree double *came = g_new (double, hierarchy->n_nodes);

  for (size_t origin = 1; origin < RAI_ORIGINS; origin++)
    for (size_t h = 0; origin != but && h < field->horizon; h++, at++) {
      const double *mean = series_at (field, field->series, origin, h),
                   *own = series_at (field, field->came, origin, h);
      memset (came, 0, hierarchy->n_nodes * sizeof *came);
      rai_hierarchy_sum (hierarchy, own, came);
      for (size_t i = 0; i < hierarchy->n_series; i++)
        series[i * n + at] = (float) (mean[i] - own[i]);
      for (size_t g = 0; g < hierarchy->n_nodes; g++)
        nodes[g * n + at] = (float) (nodes_at (field, origin, h)[g] - came[g]);
    }

  return n;
}

/* Each window by the errors of the others, the forecast by all. */
static void
reconcile_mint (const Field *field, double *moved) {
  size_t most = WINDOWS * field->horizon, n_series = field->hierarchy->n_series;
  g_autofree float *series = g_new (float, n_series *most);
  g_autofree float *nodes = g_new (float, field->hierarchy->n_nodes *most);

  memcpy (moved, field->series, RAI_ORIGINS * field->horizon * n_series * sizeof *moved);
  for (size_t origin = 0; origin < RAI_ORIGINS; origin++) {
    size_t n = gather_errors (field, origin, series, nodes);
    g_autoptr (RaiMint) mint = n >= 2 ? rai_mint_new (field->hierarchy, series, nodes, n) : NULL;
    for (size_t h = 0; mint != NULL && h < field->horizon; h++)
      rai_mint_apply (mint, series_at (field, moved, origin, h), nodes_at (field, origin, h));
  }
}

/* No series far from what it was: totals tell of many. */
static void
hold (const Field *field, double *moved) {
  size_t n = RAI_ORIGINS * field->horizon * field->hierarchy->n_series;
  for (size_t k = 0; k < n; k++)
    moved[k] = CLAMP (moved[k], RATIO_MIN * field->series[k], RATIO_MAX * field->series[k]);
}

/* Products of errors and moves, of one level: each node's on the scale of its sales in the
 * window. */
typedef struct {
  double errors, moves, both;
} Products;

static void
add_products (Products *products, double scale, double before, double after, double came) {
  if (!(scale > 0))
    return;
  double error = (came - before) / scale, move = (after - before) / scale;
  products->errors += error * error;
  products->moves += move * move;
  products->both += error * move;
}

/* Window sums of what came: [n_nodes]. */
static void
sum_window (const Field *field, size_t origin, double *sums) {
  memset (sums, 0, field->hierarchy->n_nodes * sizeof *sums);
  for (size_t h = 0; h < field->horizon; h++)
    rai_hierarchy_sum (field->hierarchy, series_at (field, field->came, origin, h), sums);
}

static void
judge (const Field *field, Way *way) {
  const RaiHierarchy *hierarchy = field->hierarchy;
  size_t n_nodes = hierarchy->n_nodes;
  Products products[RAI_HIERARCHY_LEVELS] = { { 0, 0, 0 } };

  g_autofree double *sums = g_new (double, 4 * n_nodes);
  double *scale = sums, *before = scale + n_nodes, *after = before + n_nodes,
         *came = after + n_nodes;

  for (size_t origin = 1; origin < RAI_ORIGINS; origin++) {
    sum_window (field, origin, scale);
    for (size_t h = 0; h < field->horizon; h++) {
      memset (before, 0, 3 * n_nodes * sizeof *before);
      rai_hierarchy_sum (hierarchy, series_at (field, field->series, origin, h), before);
      rai_hierarchy_sum (hierarchy, series_at (field, way->moved, origin, h), after);
      rai_hierarchy_sum (hierarchy, series_at (field, field->came, origin, h), came);
      for (size_t k = 0; k < hierarchy->n_levels; k++)
        for (size_t g = hierarchy->levels[k].first;
             g < hierarchy->levels[k].first + hierarchy->levels[k].n_nodes; g++)
          add_products (&products[k], scale[g], before[g], after[g], came[g]);
    }
  }

  double up = 0, down = 0, looks = (double) MIN (n_nodes * WINDOWS, LOOKS_MAX);
  for (size_t k = 0; k < hierarchy->n_levels; k++)
    if (products[k].errors > 0) { /* levels count alike */
      up += products[k].both / products[k].errors;
      down += products[k].moves / products[k].errors;
    }

  way->weight = down > 0 ? CLAMP (up / down, 0, 1) * looks / (looks + LOOKS) : 0;
  way->score =
      1 + (way->weight * way->weight * down - 2 * way->weight * up) / (double) hierarchy->n_levels;
}

static void
take (const Field *field, RaiReconcileMethod method, Way *way) {
  const RaiHierarchy *hierarchy = field->hierarchy;
  way->moved = g_new (double, RAI_ORIGINS * field->horizon * hierarchy->n_series);
  if (method == RAI_RECONCILE_MINT)
    reconcile_mint (field, way->moved);
  else
    scale_to_level (
        field,
        &hierarchy->levels[method == RAI_RECONCILE_TOP_DOWN ? 0 : MIN (1, hierarchy->n_levels - 1)],
        way->moved);

  hold (field, way->moved);
  judge (field, way);
}

static void
keep_ratios (RaiReconciliation *r, const Field *field, const Way *way) {
  r->ratio = g_new (float, r->n_series *RAI_ORIGINS * r->horizon);
  for (size_t i = 0; i < r->n_series; i++)
    for (size_t origin = 0; origin < RAI_ORIGINS; origin++)
      for (size_t h = 0; h < r->horizon; h++) {
        double before = series_at (field, field->series, origin, h)[i],
               after = series_at (field, way->moved, origin, h)[i];
        r->ratio[(i * RAI_ORIGINS + origin) * r->horizon + h] =
            (float) (before > 0 ? 1 + r->weight * (after / before - 1) : 1);
      }
}

RaiReconciliation *
rai_reconciliation_new (const RaiCandidates *candidates, const RaiWeighing *weighing,
                        const RaiReconciliationOptions *options) {
  size_t n = candidates->history->n_series;
  bool automatic = options->method == RAI_RECONCILE_AUTO;
  if (options->method == RAI_RECONCILE_BOTTOM_UP || n < (automatic ? LEAST_SERIES : 2) ||
      (automatic && candidates->history->filled_share > FILLED_MAX) ||
      candidates->history->longest < (size_t) (RAI_ORIGINS + 1) * candidates->horizon)
    return NULL;

  g_auto (Field) field = { .hierarchy = rai_hierarchy_new (candidates->panel, NODES_MAX) };
  if ((automatic && field.hierarchy->n_nodes < LEAST_NODES) ||
      !fill_field (&field, candidates, weighing, options))
    return NULL;

  Way best = { NULL, 0, 1 };
  RaiReconciliation *r = g_new0 (RaiReconciliation, 1);
  r->n_series = n;
  r->horizon = candidates->horizon;

  for (RaiReconcileMethod method = RAI_RECONCILE_TOP_DOWN; method < RAI_N_RECONCILE; method++) {
    if (!automatic && method != options->method)
      continue;
    Way way;
    take (&field, method, &way);
    g_debug ("reconciling %s: score %.4f at weight %.3f", rai_reconcile_method_name (method),
             way.score, way.weight);
    if (best.moved == NULL ||
        way.score + (method == RAI_RECONCILE_MINT ? MINT_MARGIN : 0) < best.score) {
      g_free (best.moved);
      best = way;
      r->method = method;
    } else {
      g_free (way.moved);
    }
  }

  r->weight = automatic ? best.weight : 1;
  keep_ratios (r, &field, &best);
  g_free (best.moved);

  return r;
}

void
rai_reconciliation_free (RaiReconciliation *r) {
  if (r == NULL)
    return;
  g_free (r->ratio);
  g_free (r);
}

double
rai_reconciliation_mean (const RaiReconciliation *r, size_t series, size_t origin, size_t ahead,
                         double before) {
  return r != NULL
             ? before * (double) r->ratio[(series * RAI_ORIGINS + origin) * r->horizon + ahead]
             : before;
}

bool
rai_reconciled_mean (const RaiReconciliation *r, const RaiWeighing *weighing,
                     const RaiCandidates *candidates, size_t series, size_t origin, double *mean) {
  if (!rai_weighing_mean (weighing, candidates, series, origin, mean))
    return false;
  for (size_t h = 0; h < candidates->horizon; h++)
    mean[h] = rai_reconciliation_mean (r, series, origin, h, mean[h]);
  return true;
}

RaiReconcileMethod
rai_reconciliation_method (const RaiReconciliation *r) {
  return r != NULL ? r->method : RAI_RECONCILE_BOTTOM_UP;
}

double
rai_reconciliation_weight (const RaiReconciliation *r) {
  return r != NULL ? r->weight : 0;
}
