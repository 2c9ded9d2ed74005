/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/trees/rai-global.h"

#include "forecast/panel/rai-parallel.h"
#include "forecast/panel/rai-part-share.h"

#include <math.h>
#include <string.h>

/* Logs are taken of sales plus this share of the base, so that a zero is a small number and not
 * minus infinity. */
#define LOG_SHIFT 0.02
/* Of the horizon: its first quarter, the second, and the rest, where what a series did last matters
 * less. */
#define BANDS 3

typedef enum { ANSWER_COUNT, ANSWER_LOG, ANSWER_RATIO } Answer;
typedef enum { SCHEME_DIRECT, SCHEME_BANDS, SCHEME_RECURSIVE, N_SCHEMES } Scheme;

static const struct {
  Answer answer;
  Scheme scheme;
} kinds[RAI_N_GLOBALS] = {
  [RAI_GLOBAL_COUNTS] = { ANSWER_COUNT, SCHEME_DIRECT },
  [RAI_GLOBAL_LOGS] = { ANSWER_LOG, SCHEME_DIRECT },
  [RAI_GLOBAL_FOREST] = { ANSWER_RATIO, SCHEME_DIRECT },
  [RAI_GLOBAL_COUNTS_BANDS] = { ANSWER_COUNT, SCHEME_BANDS },
  [RAI_GLOBAL_LOGS_BANDS] = { ANSWER_LOG, SCHEME_BANDS },
  [RAI_GLOBAL_COUNTS_RECURSIVE] = { ANSWER_COUNT, SCHEME_RECURSIVE },
  [RAI_GLOBAL_LOGS_RECURSIVE] = { ANSWER_LOG, SCHEME_RECURSIVE },
};

/* The models that answer for some steps ahead. */
typedef struct {
  Scheme scheme;
  size_t first, end;
  RaiBins *bins;
  RaiBoost *models[RAI_N_GLOBALS][RAI_ORIGINS];
} Learner;

struct _RaiGlobal {
  const RaiPanel *panel;
  const RaiFeatures *features;
  RaiGlobalOptions options;
  size_t horizon;
  Learner learners[2 + BANDS];
  size_t n_learners;
};

/* What one call to learn shares between its threads. */
typedef struct {
  RaiGlobal *global;
  Learner *learner;
  const RaiTraining *training;
  GThread *caller;
  GArray *tasks; /* of kind * RAI_ORIGINS + origin */
  unsigned rounds;
} Lesson;

/* A booster on the calling thread stands for all: they run side by side and are alike. */
static void
progress_cb (double share, void *data) {
  const Lesson *lesson = data;
  const RaiGlobal *global = lesson->global;
  double done = (double) (lesson->learner - global->learners);
  global->options.progress ((done + share) / (double) global->n_learners, global->options.data);
}

/* What a model is to answer. Multiples of a base that is next to nothing, zeros and beginnings
 * again, are no lesson for others: such a row counts as usual. */
static float
margin_of (Answer answer, float value, float base, bool idle) {
  if (answer == ANSWER_COUNT)
    return value;
  if (idle)
    value = base;
  return answer == ANSWER_LOG
             ? logf ((value + (float) LOG_SHIFT * base) / (base * (float) (1 + LOG_SHIFT)))
             : value / base;
}

static RaiBoostOptions
boost_options (const Lesson *lesson, Answer answer) {
  RaiBoostOptions options = { .loss = RAI_LOSS_SQUARED,
                              .rounds = lesson->rounds,
                              .leaves = answer == ANSWER_COUNT ? 24 : 64,
                              .rate = answer == ANSWER_COUNT ? 0.04f : 0.06f,
                              .feature_share = 0.5f,
                              .row_share = 0.7f,
                              .lambda = 20,
                              .min_rows = 30,
                              .seed = 42,
                              .monotone = rai_features_monotone (lesson->global->features),
                              .cancellable = lesson->global->options.cancellable };

  if (answer == ANSWER_COUNT) {
    options.loss = RAI_LOSS_TWEEDIE;
    options.power = 1.2f;
  } else if (answer == ANSWER_RATIO) {
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
  Lesson *lesson = data;
  const RaiTraining *training = lesson->training;
  int task = g_array_index (lesson->tasks, int, k), kind = task / RAI_ORIGINS,
      origin = task % RAI_ORIGINS;

  Answer answer = kinds[kind].answer;
  size_t n = training->n_seen[origin];
  if (n < RAI_TRAINING_LEAST)
    return;

  g_autofree float *target = g_new (float, n);
  g_autofree float *weight = answer == ANSWER_RATIO ? g_new (float, n) : NULL;
  g_autofree float *offset = answer == ANSWER_COUNT ? g_new (float, n) : NULL;

  for (size_t r = 0; r < n; r++) {
    target[r] = margin_of (answer, training->target[r], training->base[r], training->idle[r]);
    if (weight != NULL)
      weight[r] = training->base[r];
    if (offset != NULL)
      offset[r] = logf (training->base[r]);
  }

  RaiBoostOptions options = boost_options (lesson, answer);
  if (lesson->global->options.progress != NULL && g_thread_self () == lesson->caller) {
    options.progress = progress_cb;
    options.data = lesson;
  }

  lesson->learner->models[kind][origin] =
      rai_boost_train (training->codes, n, rai_features_count (lesson->global->features), target,
                       weight, offset, &options);
}

/* Returns false when there is nothing to learn from or when cancelled. */
static bool
learn (RaiGlobal *global, Learner *learner, const RaiHistory *history) {
  size_t shared =
      learner->scheme == SCHEME_BANDS ? BANDS : 1; /* the bands together learn from as many rows */
  RaiTrainingOptions drawing = { learner->first, learner->end, learner->scheme == SCHEME_RECURSIVE,
                                 global->options.max_rows / shared, global->options.threads };

  g_autoptr (RaiTraining) training =
      rai_training_new (global->panel, history, global->features, &drawing);
  if (training == NULL)
    return learner->first > 0; /* no series is long enough to look that far ahead */

  learner->bins = g_steal_pointer (&training->bins);
  g_autoptr (GArray) tasks = g_array_new (FALSE, FALSE, sizeof (int));
  for (int kind = 0; kind < RAI_N_GLOBALS; kind++)
    for (int origin = 0; kinds[kind].scheme == learner->scheme && global->options.wanted[kind] &&
                         origin < RAI_ORIGINS;
         origin++) {
      int task = kind * RAI_ORIGINS + origin;
      g_array_append_val (tasks, task);
    }

  unsigned rounds = global->options.rounds > 0 ? global->options.rounds
                    : training->n_rows < 20000 ? 150
                                               : 300;

  Lesson lesson = { global, learner, training, g_thread_self (), tasks, rounds };
  return rai_parallel (tasks->len, global->options.threads, train_cb, &lesson,
                       global->options.cancellable, NULL);
}

static void
add_learner (RaiGlobal *global, Scheme scheme, size_t first, size_t end) {
  if (first < end)
    global->learners[global->n_learners++] =
        (Learner){ .scheme = scheme, .first = first, .end = end };
}

static void
list_learners (RaiGlobal *global) {
  bool wanted[N_SCHEMES] = { false };
  for (int kind = 0; kind < RAI_N_GLOBALS; kind++)
    wanted[kinds[kind].scheme] = wanted[kinds[kind].scheme] || global->options.wanted[kind];

  size_t horizon = global->horizon, quarter = (horizon + 3) / 4;
  if (wanted[SCHEME_DIRECT])
    add_learner (global, SCHEME_DIRECT, 0, horizon);
  if (wanted[SCHEME_BANDS]) {
    add_learner (global, SCHEME_BANDS, 0, quarter);
    add_learner (global, SCHEME_BANDS, quarter, MIN (2 * quarter, horizon));
    add_learner (global, SCHEME_BANDS, 2 * quarter, horizon);
  }

  if (wanted[SCHEME_RECURSIVE])
    add_learner (global, SCHEME_RECURSIVE, 0, horizon);
}

RaiGlobal *
rai_global_train (const RaiPanel *panel, const RaiHistory *history, const RaiFeatures *features,
                  const RaiGlobalOptions *options) {
  g_autoptr (RaiGlobal) global = g_new0 (RaiGlobal, 1);
  global->panel = panel;
  global->features = features;
  global->options = *options;
  global->horizon = rai_panel_horizon (panel);
  list_learners (global);

  for (size_t k = 0; k < global->n_learners; k++)
    if (!learn (global, &global->learners[k], history))
      return NULL;

  return g_steal_pointer (&global);
}

void
rai_global_free (RaiGlobal *global) {
  if (global == NULL)
    return;
  for (size_t k = 0; k < global->n_learners; k++) {
    for (int kind = 0; kind < RAI_N_GLOBALS; kind++)
      for (int origin = 0; origin < RAI_ORIGINS; origin++)
        rai_boost_free (global->learners[k].models[kind][origin]);
    rai_bins_free (global->learners[k].bins);
  }

  g_free (global);
}

static double
value_of (Answer answer, double margin, double base) {
  double value = 0;
  if (answer == ANSWER_COUNT)
    value = exp (MIN (margin, 40)) * base;
  else if (answer == ANSWER_LOG)
    value = (exp (MIN (margin, 40)) * (1 + LOG_SHIFT) - LOG_SHIFT) * base;
  else
    value = margin * base;
  return isfinite (value) ? MAX (0, value) : base;
}

static const Learner *
find_learner (const RaiGlobal *global, RaiGlobalKind kind, size_t ahead) {
  const Learner *learner = global->learners;
  while (learner->scheme != kinds[kind].scheme || ahead < learner->first || ahead >= learner->end)
    learner++;
  return learner;
}

/* What was found out about one step ahead. */
typedef struct {
  const RaiBoost *boost; /* NULL: there was nothing to learn from, and the base stands */
  double base, margin, value;
} Step;

/* Steps must be asked for in turn: the recursive ones build on what was answered before. */
static Step
step_at (const RaiGlobal *global, RaiGlobalKind kind, size_t origin, RaiFeatureCursor *cursor,
         size_t step, size_t ahead, float *row, uint8_t *codes) {
  const Learner *learner = find_learner (global, kind, ahead);
  bool recursive = learner->scheme == SCHEME_RECURSIVE;
  Answer answer = kinds[kind].answer;
  Step found = { .boost = learner->models[kind][origin], .margin = answer == ANSWER_RATIO };
  found.base =
      (double) (recursive ? rai_features_row_recursive (global->features, cursor, step, ahead, row)
                          : rai_features_row (global->features, cursor, step, ahead, row));

  if (found.boost != NULL) {
    rai_bins_code (learner->bins, row, codes);
    found.margin = (double) rai_boost_margin (found.boost, codes, 0);
  }

  found.value = value_of (answer, found.margin, found.base);
  if (recursive)
    rai_feature_cursor_feed (cursor, step + ahead, (float) found.value);

  return found;
}

void
rai_global_predict (const RaiGlobal *global, RaiGlobalKind kind, RaiFeatureCursor *cursor,
                    size_t origin, size_t step, double *mean) {
  size_t n_features = rai_features_count (global->features);
  g_autofree float *row = g_new (float, n_features);
  g_autofree uint8_t *codes = g_new (uint8_t, n_features);
  for (size_t h = 0; h < global->horizon; h++)
    mean[h] = step_at (global, kind, origin, cursor, step, h, row, codes).value;
}

/* The groups of features whose contributions are told apart. */
static const RaiPart every_part[] = {
  RAI_PART_LEVEL,    RAI_PART_TREND,          RAI_PART_SEASON,   RAI_PART_CALENDAR,
  RAI_PART_PRICE,    RAI_PART_PROMOTION,      RAI_PART_WEATHER,  RAI_PART_EVENT,
  RAI_PART_STOCKOUT, RAI_PART_RECONCILIATION, RAI_PART_OVERRIDE,
};
G_STATIC_ASSERT (G_N_ELEMENTS (every_part) == RAI_N_PARTS && RAI_N_PARTS <= RAI_SHAP_GROUPS);

void
rai_global_explain (const RaiGlobal *global, RaiGlobalKind kind, RaiFeatureCursor *cursor,
                    size_t step, double *parts) {
  size_t n_features = rai_features_count (global->features), horizon = global->horizon;
  g_autofree float *row = g_new (float, n_features);
  g_autofree uint8_t *codes = g_new (uint8_t, horizon * n_features),
                     *groups = g_new (uint8_t, n_features);
  g_autofree double *values = g_new0 (double, horizon *RAI_SHAP_GROUPS),
                    *level = g_new (double, horizon);
  g_autofree Step *steps = g_new (Step, horizon);

  for (size_t f = 0; f < n_features; f++)
    groups[f] = (uint8_t) rai_features_part (global->features, f);
  for (size_t h = 0; h < horizon; h++) {
    steps[h] = step_at (global, kind, 0, cursor, step, h, row, codes + h * n_features);
    level[h] = exp ((double) row[RAI_FEATURE_LEVEL]);
  }

  for (size_t h = 0, end; h < horizon; h = end) { /* the steps of one model at a time */
    for (end = h + 1; end < horizon && steps[end].boost == steps[h].boost;)
      end++;
    if (steps[h].boost != NULL)
      rai_boost_explain (steps[h].boost, codes + h * n_features, end - h, groups,
                         values + h * RAI_SHAP_GROUPS);
  }

  for (size_t h = 0; h < horizon; h++, parts += RAI_N_PARTS) {
    double *own = values + h * RAI_SHAP_GROUPS;
    parts[RAI_PART_LEVEL] += level[h];
    parts[RAI_PART_SEASON] += steps[h].base - level[h];
    own[RAI_PART_LEVEL] += steps[h].boost != NULL ? rai_boost_expected (steps[h].boost) : 0;
    rai_part_share_product (steps[h].base, steps[h].value, own, every_part, RAI_N_PARTS, parts);
  }
}
