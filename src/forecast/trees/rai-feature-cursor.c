/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/trees/rai-feature-cursor.h"

static void
sums_open (RaiRunningSums *sums, size_t span, size_t period) {
  sums->sum = g_new0 (double, 2 * (span + 1) + 2 * (span + period));
  sums->count = sums->sum + span + 1;
  sums->phase_sum = sums->count + span + 1;
  sums->phase_count = sums->phase_sum + span + period;
}

/* The step t: its value where it counts. */
static void
sums_add (RaiRunningSums *sums, size_t period, size_t t, float value, bool counts) {
  double added = counts ? (double) value : 0;
  sums->sum[t + 1] = sums->sum[t] + added;
  sums->count[t + 1] = sums->count[t] + counts;
  sums->phase_sum[t + period] = sums->phase_sum[t] + added;
  sums->phase_count[t + period] = sums->phase_count[t] + counts;
}

/* The steps since (or, backwards, until) the last one where the value is set. */
static void
count_steps (const float *values, size_t span, int16_t *since, int16_t *until) {
  int16_t away = RAI_FEATURE_EVENT_REACH;
  for (size_t t = 0; t < span; t++) {
    away = values[t] > 0 ? 0 : (int16_t) MIN (away + 1, RAI_FEATURE_EVENT_REACH);
    since[t] = away;
  }

  away = RAI_FEATURE_EVENT_REACH;
  for (size_t t = span; t-- > 0;) {
    away = values[t] > 0 ? 0 : (int16_t) MIN (away + 1, RAI_FEATURE_EVENT_REACH);
    until[t] = away;
  }
}

static void
sum_known (RaiFeatureCursor *cursor, size_t c, size_t span) {
  const float *values = cursor->covariates[c];
  cursor->known_sum[c] = g_new0 (double, 2 * (span + 1));
  cursor->known_count[c] = cursor->known_sum[c] + span + 1;
  for (size_t t = 0; t < span; t++) {
    bool known = !isnan (values[t]);
    cursor->known_sum[c][t + 1] = cursor->known_sum[c][t] + (known ? (double) values[t] : 0);
    cursor->known_count[c][t + 1] = cursor->known_count[c][t] + known;
  }
}

static void
sum_matched (RaiFeatureCursor *cursor, size_t c, size_t span) {
  const float *flags = cursor->covariates[c];
  RaiRunningSums *sums = &cursor->matched[cursor->frame->matched[c]];
  sums_open (sums, span, cursor->frame->period);
  for (size_t t = 0; t < cursor->n; t++)
    sums_add (sums, cursor->frame->period, t, cursor->values[t],
              cursor->states[t] != RAI_DEMAND_FILLED && flags[t] > 0);
}

static void
open_covariates (RaiFeatureCursor *cursor) {
  const RaiFeatureFrame *frame = cursor->frame;
  size_t n_covariates = frame->n_covariates, span = cursor->n + frame->horizon;

  cursor->covariates = g_new0 (const float *, n_covariates + 1);
  cursor->known_sum = g_new0 (double *, n_covariates + 1);
  cursor->known_count = g_new0 (double *, n_covariates + 1);
  cursor->since = g_new0 (int16_t *, n_covariates + 1);
  cursor->until = g_new0 (int16_t *, n_covariates + 1);

  for (size_t c = 0; c < n_covariates; c++) {
    cursor->covariates[c] = rai_panel_covariate (frame->panel, cursor->series, c);
    if (frame->kinds[c] == RAI_KIND_NUMBER) {
      sum_known (cursor, c, span);
    } else if (frame->kinds[c] != RAI_KIND_CONSTANT) {
      cursor->since[c] = g_new (int16_t, 2 * span);
      cursor->until[c] = cursor->since[c] + span;
      count_steps (cursor->covariates[c], span, cursor->since[c], cursor->until[c]);
    }
    if (frame->matched[c] < RAI_FEATURE_MATCHED_MAX)
      sum_matched (cursor, c, span);
  }
}

RaiFeatureCursor *
rai_feature_cursor_new (const RaiFeatureFrame *frame, size_t series) {
  RaiFeatureCursor *cursor = g_new0 (RaiFeatureCursor, 1);
  size_t n = rai_panel_length (frame->panel, series), span = n + frame->horizon;

  cursor->frame = frame;
  cursor->series = series;
  cursor->n = n;
  cursor->shift = frame->longest - n;
  cursor->states = frame->history->states + frame->history->start[series];
  cursor->closed = rai_panel_closed (frame->panel, series);
  cursor->values = g_new0 (float, span);
  for (size_t t = 0; t < n; t++)
    cursor->values[t] = (float) rai_history_usual (frame->history, series, t);

  sums_open (&cursor->all, span, frame->period);
  cursor->square = g_new0 (double, 2 * (n + 1));
  cursor->zeros = cursor->square + n + 1;
  cursor->last_sale = g_new0 (int32_t, n + 1);

  for (size_t t = 0; t < n; t++) {
    bool valid = cursor->states[t] != RAI_DEMAND_FILLED;
    double value = valid ? (double) cursor->values[t] : 0;
    sums_add (&cursor->all, frame->period, t, cursor->values[t], valid);
    cursor->square[t + 1] = cursor->square[t] + value * value;
    cursor->zeros[t + 1] = cursor->zeros[t] + (valid && value <= 0);
    cursor->last_sale[t + 1] = value > 0 ? 0 : cursor->last_sale[t] + 1;
  }

  open_covariates (cursor);
  return cursor;
}

void
rai_feature_cursor_feed (RaiFeatureCursor *cursor, size_t step, float value) {
  const RaiFeatureFrame *frame = cursor->frame;
  bool open = cursor->closed[step] == 0;
  cursor->values[step] = value;
  sums_add (&cursor->all, frame->period, step, value, open);
  for (size_t c = 0; c < frame->n_covariates; c++)
    if (frame->matched[c] < RAI_FEATURE_MATCHED_MAX)
      sums_add (&cursor->matched[frame->matched[c]], frame->period, step, value,
                open && cursor->covariates[c][step] > 0);
}

void
rai_feature_cursor_free (RaiFeatureCursor *cursor) {
  if (cursor == NULL)
    return;
  for (size_t c = 0; c < cursor->frame->n_covariates; c++) {
    g_free (cursor->known_sum[c]);
    g_free (cursor->since[c]);
  }

  for (size_t m = 0; m < RAI_FEATURE_MATCHED_MAX; m++)
    g_free (cursor->matched[m].sum);
  g_free (cursor->all.sum);
  g_free (cursor->square);
  g_free (cursor->known_sum);
  g_free (cursor->known_count);
  g_free (cursor->since);
  g_free (cursor->until);
  g_free (cursor->covariates);
  g_free (cursor->last_sale);
  g_free (cursor->values);
  g_free (cursor);
}
