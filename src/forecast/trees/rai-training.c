/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/trees/rai-training.h"

#include "forecast/panel/rai-mix.h"
#include "forecast/panel/rai-parallel.h"

#include <math.h>

/* Rows from which the bins' cut points are taken. */
#define SAMPLE_ROWS 20000

typedef struct {
  uint32_t series, origin;
  uint16_t ahead;
  uint8_t look; /* whole horizons between its target and the end of the series, at most RAI_ORIGINS
                   - 1 */
} Row;

typedef struct {
  const RaiPanel *panel;
  const RaiHistory *history;
  const RaiFeatures *features;
  const RaiTrainingOptions *options;
  GArray *rows;  /* Row, by series */
  size_t *first; /* [n_series + 1] in rows */
  size_t *slot;  /* [rows]: where its codes go: the latest look comes last */
  float *sample; /* [taken][features] */
  size_t every;
  RaiTraining *training;
} Draw;

static uint32_t
hash_row (size_t series, size_t step, uint32_t salt) {
  return rai_mix (rai_mix ((uint32_t) series * 0x9e3779b9U + salt) ^ (uint32_t) step * 0x85ebca6bU);
}

/* The first step that can be seen from far enough, with some history behind. */
static size_t
first_target (const Draw *draw) {
  return MAX (draw->history->period, 2) + draw->options->first;
}

/* A step that can be learned from: open and known, with some stock. */
static bool
is_target (const uint8_t *states, size_t t) {
  return states[t] != RAI_DEMAND_FILLED;
}

/* How much a row's step counts when there are more rows than wanted: half as much two years ago. */
static double
recency (const Draw *draw, size_t age) {
  return exp2 (-(double) age / (2.0 * (double) MAX (draw->history->year, 50)));
}

static double
weigh_all (const Draw *draw) {
  double sum = 0;
  for (size_t i = 0; i < draw->history->n_series; i++) {
    size_t n = rai_panel_length (draw->panel, i);
    const uint8_t *states = draw->history->states + draw->history->start[i];
    for (size_t t = first_target (draw); t < n; t++)
      if (is_target (states, t))
        sum += recency (draw, n - t);
  }

  return sum;
}

static void
add_row (Draw *draw, size_t i, size_t n, size_t t, unsigned copy) {
  size_t horizon = rai_panel_horizon (draw->panel), first = draw->options->first;
  size_t reach = MIN (draw->options->end - first, t - first_target (draw) + 1);
  size_t ahead = first + hash_row (i, t, 77 + copy) % reach;
  size_t look = MIN ((n - 1 - t) / horizon, RAI_ORIGINS - 1);
  Row row = { (uint32_t) i, (uint32_t) (t - ahead), (uint16_t) ahead, (uint8_t) look };
  g_array_append_val (draw->rows, row);
}

/* Draws the rows: each target once, twice when there are few. */
static void
draw_rows (Draw *draw) {
  double total = weigh_all (draw), wanted = (double) draw->options->max_rows;
  unsigned copies = total * 4 <= wanted ? 2 : 1;
  draw->first = g_new0 (size_t, draw->history->n_series + 1);

  for (size_t i = 0; i < draw->history->n_series; i++) {
    size_t n = rai_panel_length (draw->panel, i);
    const uint8_t *states = draw->history->states + draw->history->start[i];
    for (size_t t = first_target (draw); t < n; t++) {
      double chance = recency (draw, n - t) * wanted / total;
      if (!is_target (states, t) || (double) hash_row (i, t, 1) > chance * (double) UINT32_MAX)
        continue;
      for (unsigned copy = 0; copy < copies; copy++)
        add_row (draw, i, n, t, copy);
    }
    draw->first[i + 1] = draw->rows->len;
  }
}

static void
find_slots (Draw *draw) {
  RaiTraining *training = draw->training;
  training->n_rows = draw->rows->len;
  draw->slot = g_new (size_t, training->n_rows + 1);

  size_t next[RAI_ORIGINS] = { 0 };
  for (size_t r = 0; r < training->n_rows; r++)
    for (size_t origin = 0; origin <= g_array_index (draw->rows, Row, r).look; origin++)
      training->n_seen[origin]++;

  for (size_t origin = 0; origin + 1 < RAI_ORIGINS; origin++)
    next[origin] = training->n_seen[origin + 1];
  for (size_t r = 0; r < training->n_rows; r++)
    draw->slot[r] = next[g_array_index (draw->rows, Row, r).look]++;
}

static float
write_row (const Draw *draw, const RaiFeatureCursor *cursor, const Row *row, float *values) {
  return draw->options->recursive
             ? rai_features_row_recursive (draw->features, cursor, row->origin, row->ahead, values)
             : rai_features_row (draw->features, cursor, row->origin, row->ahead, values);
}

static void
sample_cb (size_t i, void *data) {
  const Draw *draw = data;
  size_t every = draw->every, begin = (draw->first[i] + every - 1) / every * every;
  if (begin >= draw->first[i + 1])
    return;
  g_autoptr (RaiFeatureCursor) cursor = rai_features_open (draw->features, i);
  for (size_t r = begin; r < draw->first[i + 1]; r += every)
    write_row (draw, cursor, &g_array_index (draw->rows, Row, r),
               draw->sample + r / every * rai_features_count (draw->features));
}

static void
code_cb (size_t i, void *data) {
  const Draw *draw = data;
  RaiTraining *training = draw->training;
  if (draw->first[i] == draw->first[i + 1])
    return;

  size_t n_features = rai_features_count (draw->features);
  g_autofree float *values = g_new (float, n_features);
  g_autoptr (RaiFeatureCursor) cursor = rai_features_open (draw->features, i);

  for (size_t r = draw->first[i]; r < draw->first[i + 1]; r++) {
    const Row *row = &g_array_index (draw->rows, Row, r);
    size_t at = draw->slot[r];
    training->base[at] = write_row (draw, cursor, row, values);
    /* A pause of months in weekly sales is a season. */
    training->idle[at] = draw->history->period > 1 &&
                         cursor->last_sale[row->origin] >= (int32_t) draw->history->recent;
    training->target[at] = (float) rai_history_usual (draw->history, i, row->origin + row->ahead);
    rai_bins_code (training->bins, values, training->codes + at * n_features);
  }
}

static void
code_rows (Draw *draw) {
  RaiTraining *training = draw->training;
  size_t n_series = draw->history->n_series, n_features = rai_features_count (draw->features),
         n = training->n_rows;
  unsigned threads = draw->options->threads;

  draw->every = MAX (1, n / SAMPLE_ROWS);
  size_t taken = (n + draw->every - 1) / draw->every;
  draw->sample = g_new (float, taken *n_features);
  rai_parallel (n_series, threads, sample_cb, draw, NULL, NULL);
  training->bins = rai_bins_new (draw->sample, taken, n_features);
  training->codes = g_malloc (n * n_features);
  training->target = g_new (float, n);
  training->base = g_new (float, n);
  training->idle = g_new (bool, n);
  rai_parallel (n_series, threads, code_cb, draw, NULL, NULL);
}

RaiTraining *
rai_training_new (const RaiPanel *panel, const RaiHistory *history, const RaiFeatures *features,
                  const RaiTrainingOptions *options) {
  if (history->longest >= UINT32_MAX || rai_panel_horizon (panel) >= UINT16_MAX)
    return NULL;
  g_autoptr (RaiTraining) training = g_new0 (RaiTraining, 1);
  Draw draw = { .panel = panel,
                .history = history,
                .features = features,
                .options = options,
                .training = training };
  draw.rows = g_array_new (FALSE, FALSE, sizeof (Row));
  draw_rows (&draw);

  if (draw.rows->len >= RAI_TRAINING_LEAST) {
    find_slots (&draw);
    code_rows (&draw);
  }

  g_array_unref (draw.rows);
  g_free (draw.first);
  g_free (draw.slot);
  g_free (draw.sample);

  return training->codes != NULL ? g_steal_pointer (&training) : NULL;
}

void
rai_training_free (RaiTraining *training) {
  if (training == NULL)
    return;
  rai_bins_free (training->bins);
  g_free (training->codes);
  g_free (training->target);
  g_free (training->base);
  g_free (training->idle);
  g_free (training);
}
