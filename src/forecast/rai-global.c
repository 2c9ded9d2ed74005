/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-global.h"

#include "forecast/rai-explain.h"
#include "forecast/rai-parallel.h"

#include <math.h>
#include <string.h>

/* Rows from which the bins' cut points are taken. */
#define SAMPLE_ROWS 20000
#define LEAST_ROWS 50
/* Logs are taken of sales plus this share of the base, so that a zero is a small number and not minus infinity. */
#define LOG_SHIFT 0.02

typedef struct {
  uint32_t series, origin;
  uint16_t ahead;
  uint8_t look; /* whole horizons between its target and the end of the series, at most RAI_ORIGINS - 1 */
} Row;

struct _RaiGlobal {
  const RaiPanel *panel;
  const RaiHistory *history;
  const RaiFeatures *features;
  RaiGlobalOptions options;
  GArray *rows;                       /* Row, by series */
  size_t *first;                      /* [n_series + 1] in rows */
  size_t *place;                      /* [rows]: where its codes go: the latest look comes last */
  size_t n_rows, n_seen[RAI_ORIGINS]; /* rows that the model of an origin may learn from: the first ones */
  RaiBins *bins;
  uint8_t *codes;
  float *target, *base, *weight;
  RaiBoost *models[RAI_N_GLOBALS][RAI_ORIGINS];
  GThread *caller;
  GArray *tasks; /* of kind * RAI_ORIGINS + origin */
};

static inline uint32_t
mix (uint32_t x) {
  x ^= x >> 16;
  x *= 0x7feb352dU;
  x ^= x >> 15;
  x *= 0x846ca68bU;
  return x ^ (x >> 16);
}

static uint32_t
hash_row (size_t series, size_t step, uint32_t salt) {
  return mix (mix ((uint32_t) series * 0x9e3779b9U + salt) ^ (uint32_t) step * 0x85ebca6bU);
}

/* Steps of history that a row needs behind its origin. */
static size_t
least_past (const RaiGlobal *global) {
  return MAX (global->history->period, 2);
}

/* A step that can be learned from: open, known, with stock all the time. */
static bool
is_target (const RaiGlobal *global, const uint8_t *states, size_t t) {
  return states[t] == RAI_HISTORY_VALID;
}

/* How much a row's step counts when there are more rows than wanted: half as much two years ago. */
static double
recency (const RaiGlobal *global, size_t age) {
  return exp2 (-(double) age / (2.0 * (double) MAX (global->history->year, 50)));
}

static double
weigh_all (const RaiGlobal *global) {
  double sum = 0;
  for (size_t i = 0; i < global->history->n_series; i++) {
    size_t n = rai_panel_length (global->panel, i);
    const uint8_t *states = global->history->states + global->history->start[i];
    for (size_t t = least_past (global); t < n; t++)
      if (is_target (global, states, t))
        sum += recency (global, n - t);
  }
  return sum;
}

static void
add_row (RaiGlobal *global, size_t i, size_t n, size_t t, unsigned copy) {
  size_t horizon = rai_panel_horizon (global->panel), past = least_past (global);
  size_t reach = MIN (horizon, t - past + 1);
  size_t ahead = hash_row (i, t, 77 + copy) % reach;
  size_t look = MIN ((n - 1 - t) / horizon, RAI_ORIGINS - 1);
  Row row = { (uint32_t) i, (uint32_t) (t - ahead), (uint16_t) ahead, (uint8_t) look };
  g_array_append_val (global->rows, row);
}

/* Draws the rows: each target once, seen from a random number of steps before; twice when there are few. */
static void
draw_rows (RaiGlobal *global) {
  double total = weigh_all (global), wanted = (double) global->options.max_rows;
  unsigned copies = total * 4 <= wanted ? 2 : 1;
  global->first = g_new0 (size_t, global->history->n_series + 1);
  for (size_t i = 0; i < global->history->n_series; i++) {
    size_t n = rai_panel_length (global->panel, i);
    const uint8_t *states = global->history->states + global->history->start[i];
    for (size_t t = least_past (global); t < n; t++) {
      double chance = recency (global, n - t) * wanted / total;
      if (!is_target (global, states, t) || (double) hash_row (i, t, 1) > chance * (double) UINT32_MAX)
        continue;
      for (unsigned copy = 0; copy < copies; copy++)
        add_row (global, i, n, t, copy);
    }
    global->first[i + 1] = global->rows->len;
  }
  global->n_rows = global->rows->len;
  global->place = g_new (size_t, global->n_rows + 1);
  size_t next[RAI_ORIGINS] = { 0 };
  for (size_t r = 0; r < global->n_rows; r++)
    for (size_t origin = 0; origin <= g_array_index (global->rows, Row, r).look; origin++)
      global->n_seen[origin]++;
  for (size_t origin = 0; origin + 1 < RAI_ORIGINS; origin++)
    next[origin] = global->n_seen[origin + 1];
  for (size_t r = 0; r < global->n_rows; r++)
    global->place[r] = next[g_array_index (global->rows, Row, r).look]++;
}

typedef struct {
  RaiGlobal *global;
  float *sample; /* [taken][n_features] */
  size_t every;
} Sampling;

static void
sample_cb (size_t i, void *data) {
  Sampling *sampling = data;
  RaiGlobal *global = sampling->global;
  size_t every = sampling->every, begin = (global->first[i] + every - 1) / every * every;
  if (begin >= global->first[i + 1])
    return;
  g_autoptr (RaiFeatureCursor) cursor = rai_features_open (global->features, i);
  for (size_t r = begin; r < global->first[i + 1]; r += every) {
    const Row *row = &g_array_index (global->rows, Row, r);
    rai_features_row (cursor, row->origin, row->ahead,
                      sampling->sample + r / every * rai_features_count (global->features));
  }
}

static void
code_cb (size_t i, void *data) {
  RaiGlobal *global = data;
  if (global->first[i] == global->first[i + 1])
    return;
  size_t n_features = rai_features_count (global->features);
  g_autofree float *values = g_new (float, n_features);
  g_autoptr (RaiFeatureCursor) cursor = rai_features_open (global->features, i);
  const float *demand = global->history->values + global->history->start[i];
  for (size_t r = global->first[i]; r < global->first[i + 1]; r++) {
    const Row *row = &g_array_index (global->rows, Row, r);
    size_t at = global->place[r];
    global->base[at] = rai_features_row (cursor, row->origin, row->ahead, values);
    global->target[at] = demand[row->origin + row->ahead];
    rai_bins_code (global->bins, values, global->codes + at * n_features);
  }
}

static void
code_rows (RaiGlobal *global) {
  size_t n_features = rai_features_count (global->features), n = global->n_rows;
  size_t every = MAX (1, n / SAMPLE_ROWS), taken = (n + every - 1) / every;
  Sampling sampling = { global, g_new (float, taken *n_features), every };
  rai_parallel (global->history->n_series, global->options.threads, sample_cb, &sampling, NULL, NULL);
  global->bins = rai_bins_new (sampling.sample, taken, n_features);
  g_free (sampling.sample);
  global->codes = g_malloc (n * n_features);
  global->target = g_new (float, n);
  global->base = g_new (float, n);
  rai_parallel (global->history->n_series, global->options.threads, code_cb, global, NULL, NULL);
}

/* A booster on the calling thread stands for all: they run side by side and are alike. */
static void
progress_cb (double share, void *data) {
  const RaiGlobal *global = data;
  global->options.progress (share, global->options.data);
}

static float
margin_of (RaiGlobalKind kind, float value, float base) {
  if (kind == RAI_GLOBAL_LOGS)
    return logf ((value + (float) LOG_SHIFT * base) / (base * (float) (1 + LOG_SHIFT)));
  return kind == RAI_GLOBAL_FOREST ? value / base : value;
}

static RaiBoostOptions
boost_options (const RaiGlobal *global, RaiGlobalKind kind) {
  RaiBoostOptions options = { .loss = RAI_LOSS_SQUARED,
                              .rounds = global->options.rounds,
                              .leaves = kind == RAI_GLOBAL_COUNTS ? 24 : 64,
                              .rate = kind == RAI_GLOBAL_COUNTS ? 0.04f : 0.06f,
                              .feature_share = 0.5f,
                              .row_share = 0.7f,
                              .lambda = 20,
                              .min_rows = 30,
                              .seed = 42,
                              .monotone = rai_features_monotone (global->features),
                              .cancellable = global->options.cancellable };
  if (kind == RAI_GLOBAL_COUNTS) {
    options.loss = RAI_LOSS_TWEEDIE;
    options.power = 1.2f;
  } else if (kind == RAI_GLOBAL_FOREST) {
    options.forest = true;
    options.rounds = 100;
    options.leaves = 255;
    options.feature_share = 0.35f;
    options.row_share = 0.5f;
    options.lambda = 5;
    options.min_rows = 10;
  }
  return options;
}

static void
train_cb (size_t k, void *data) {
  RaiGlobal *global = data;
  int task = g_array_index (global->tasks, int, k);
  RaiGlobalKind kind = (RaiGlobalKind) (task / RAI_ORIGINS);
  int origin = task % RAI_ORIGINS;
  size_t n = global->n_seen[origin];
  if (n < LEAST_ROWS)
    return;
  g_autofree float *target = g_new (float, n);
  g_autofree float *weight = kind == RAI_GLOBAL_FOREST ? g_new (float, n) : NULL;
  g_autofree float *offset = kind == RAI_GLOBAL_COUNTS ? g_new (float, n) : NULL;
  for (size_t r = 0; r < n; r++) {
    target[r] = margin_of (kind, global->target[r], global->base[r]);
    if (weight != NULL)
      weight[r] = global->base[r];
    if (offset != NULL)
      offset[r] = logf (global->base[r]);
  }
  RaiBoostOptions options = boost_options (global, kind);
  if (global->options.progress != NULL && g_thread_self () == global->caller) {
    options.progress = progress_cb;
    options.data = global;
  }
  global->models[kind][origin] =
      rai_boost_train (global->codes, n, rai_features_count (global->features), target, weight, offset, &options);
}

static void
choose_rounds (RaiGlobal *global) {
  if (global->options.rounds == 0)
    global->options.rounds = global->n_rows < 20000 ? 150 : 300;
}

RaiGlobal *
rai_global_train (const RaiPanel *panel, const RaiHistory *history, const RaiFeatures *features,
                  const RaiGlobalOptions *options) {
  g_autoptr (RaiGlobal) global = g_new0 (RaiGlobal, 1);
  global->panel = panel;
  global->history = history;
  global->features = features;
  global->options = *options;
  global->caller = g_thread_self ();
  global->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  global->tasks = g_array_new (FALSE, FALSE, sizeof (int));
  if (history->longest >= UINT32_MAX || rai_panel_horizon (panel) >= UINT16_MAX)
    return NULL;
  draw_rows (global);
  if (global->n_rows < LEAST_ROWS)
    return NULL;
  choose_rounds (global);
  code_rows (global);
  for (int kind = 0; kind < RAI_N_GLOBALS; kind++)
    for (int origin = 0; options->wanted[kind] && origin < RAI_ORIGINS; origin++) {
      int task = kind * RAI_ORIGINS + origin;
      g_array_append_val (global->tasks, task);
    }
  bool done = rai_parallel (global->tasks->len, options->threads, train_cb, global, options->cancellable, NULL);
  g_clear_pointer (&global->codes, g_free);
  return done ? g_steal_pointer (&global) : NULL;
}

void
rai_global_free (RaiGlobal *global) {
  if (global == NULL)
    return;
  for (int kind = 0; kind < RAI_N_GLOBALS; kind++)
    for (int origin = 0; origin < RAI_ORIGINS; origin++)
      rai_boost_free (global->models[kind][origin]);
  g_array_unref (global->rows);
  g_array_unref (global->tasks);
  rai_bins_free (global->bins);
  g_free (global->first);
  g_free (global->place);
  g_free (global->codes);
  g_free (global->target);
  g_free (global->base);
  g_free (global);
}

static double
answer_of (RaiGlobalKind kind, double margin, double base) {
  double value = 0;
  if (kind == RAI_GLOBAL_COUNTS)
    value = exp (MIN (margin, 40)) * base;
  else if (kind == RAI_GLOBAL_LOGS)
    value = (exp (MIN (margin, 40)) * (1 + LOG_SHIFT) - LOG_SHIFT) * base;
  else
    value = margin * base;
  return isfinite (value) ? MAX (0, value) : base;
}

static double
margin_at (const RaiGlobal *global, RaiGlobalKind kind, size_t origin, RaiFeatureCursor *cursor, size_t step,
           size_t ahead, float *row, uint8_t *codes, double *base) {
  const RaiBoost *boost = global->models[kind][origin];
  *base = (double) rai_features_row (cursor, step, ahead, row);
  rai_bins_code (global->bins, row, codes);
  return boost != NULL ? (double) rai_boost_margin (boost, codes, 0) : kind == RAI_GLOBAL_FOREST;
}

void
rai_global_predict (const RaiGlobal *global, RaiGlobalKind kind, RaiFeatureCursor *cursor, size_t origin, size_t step,
                    double *mean) {
  size_t n_features = rai_features_count (global->features), horizon = rai_panel_horizon (global->panel);
  g_autofree float *row = g_new (float, n_features);
  g_autofree uint8_t *codes = g_new (uint8_t, n_features);
  for (size_t h = 0; h < horizon; h++) {
    double base, margin = margin_at (global, kind, origin, cursor, step, h, row, codes, &base);
    mean[h] = answer_of (kind, margin, base);
  }
}

/* The groups of features whose contributions are told apart. */
static const RaiPart every_part[] = {
  RAI_PART_LEVEL,   RAI_PART_TREND, RAI_PART_SEASON,   RAI_PART_CALENDAR,       RAI_PART_PRICE,    RAI_PART_PROMOTION,
  RAI_PART_WEATHER, RAI_PART_EVENT, RAI_PART_STOCKOUT, RAI_PART_RECONCILIATION, RAI_PART_OVERRIDE,
};
G_STATIC_ASSERT (G_N_ELEMENTS (every_part) == RAI_N_PARTS && RAI_N_PARTS <= RAI_SHAP_GROUPS);

void
rai_global_explain (const RaiGlobal *global, RaiGlobalKind kind, RaiFeatureCursor *cursor, size_t step, double *parts) {
  size_t n_features = rai_features_count (global->features), horizon = rai_panel_horizon (global->panel);
  const RaiBoost *boost = global->models[kind][0];
  g_autofree float *row = g_new (float, n_features);
  g_autofree uint8_t *codes = g_new (uint8_t, horizon * n_features), *groups = g_new (uint8_t, n_features);
  g_autofree double *values = g_new0 (double, horizon *RAI_SHAP_GROUPS), *answers = g_new (double, 3 * horizon);
  double *level = answers, *base = answers + horizon, *mean = answers + 2 * horizon;
  for (size_t f = 0; f < n_features; f++)
    groups[f] = (uint8_t) rai_features_part (global->features, f);
  for (size_t h = 0; h < horizon; h++) {
    double margin = margin_at (global, kind, 0, cursor, step, h, row, codes + h * n_features, &base[h]);
    level[h] = exp ((double) row[RAI_FEATURE_LEVEL]);
    mean[h] = answer_of (kind, margin, base[h]);
  }
  if (boost != NULL)
    rai_boost_explain (boost, codes, horizon, groups, values);
  double expected = boost != NULL ? rai_boost_expected (boost) : 0;
  for (size_t h = 0; h < horizon; h++, parts += RAI_N_PARTS) {
    double *own = values + h * RAI_SHAP_GROUPS;
    parts[RAI_PART_LEVEL] += level[h];
    parts[RAI_PART_SEASON] += base[h] - level[h];
    own[RAI_PART_LEVEL] += expected;
    rai_explain_product (base[h], mean[h], own, every_part, RAI_N_PARTS, parts);
  }
}
