/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/trees/rai-feature-frame.h"

#include "forecast/panel/rai-anchor.h"

#include <math.h>
#include <string.h>

/* Days before and after a yearly date in which it is in mind: shops prepare for longer than they
 * remember. */
#define DATE_BEFORE 35
#define DATE_AFTER 21
/* Rare sales need more of what the group's weekdays show than frequent ones: above this share of
 * steps without a sale. */
#define RARE_ZEROS 0.3
#define RARE_PRIOR 12
#define FREQUENT_PRIOR 3

static RaiCovariateKind
find_kind (const RaiPanel *panel, size_t c) {
  if (rai_panel_covariate_categorical (panel, c))
    return RAI_KIND_CATEGORY;

  bool flags = true, constant = true;
  float first = NAN;
  for (size_t i = 0; i < rai_panel_n_series (panel); i++) {
    size_t span = rai_panel_length (panel, i) + rai_panel_horizon (panel);
    const float *values = rai_panel_covariate (panel, i, c);
    for (size_t t = 0; t < span; t++) {
      if (isnan (values[t]))
        continue;
      first = isnan (first) ? values[t] : first;
      constant = constant && values[t] == first;
      flags = flags && (values[t] == 0 || values[t] == 1);
    }
    if (!flags && !constant)
      return RAI_KIND_NUMBER;
  }

  return constant ? RAI_KIND_CONSTANT : flags ? RAI_KIND_FLAG : RAI_KIND_NUMBER;
}

static void
find_kinds (RaiFeatureFrame *frame) {
  size_t n = frame->n_covariates = rai_panel_n_covariates (frame->panel), matched = 0;
  frame->kinds = g_new0 (RaiCovariateKind, n + 1);
  frame->matched = g_new0 (size_t, n + 1);
  for (size_t c = 0; c < n; c++) {
    frame->kinds[c] = find_kind (frame->panel, c);
    bool one = frame->kinds[c] == RAI_KIND_FLAG && matched < RAI_FEATURE_MATCHED_MAX;
    frame->matched[c] = one ? matched++ : RAI_FEATURE_MATCHED_MAX;
  }
}

static void
find_closings (RaiFeatureFrame *frame) {
  for (size_t i = 0; i < rai_panel_n_series (frame->panel) && !frame->closings; i++) {
    const uint8_t *closed = rai_panel_closed (frame->panel, i);
    frame->closings = memchr (closed, 1, rai_panel_length (frame->panel, i)) != NULL;
  }
}

/* Days from a yearly date, as far as it is in mind, else NAN. */
static float
days_from (RaiDay day, int year, RaiDay (*date) (int year)) {
  for (int y = year - 1; y <= year + 1; y++) {
    int away = day - date (y);
    if (away >= -DATE_BEFORE && away <= DATE_AFTER)
      return (float) away;
  }
  return NAN;
}

static int16_t
steps_back (const RaiFeatureFrame *frame, RaiDay day, int years) {
  RaiPanelStep step = rai_panel_step (frame->panel);
  int stride = step == RAI_STEP_DAY ? 1 : step == RAI_STEP_WEEK ? 7 : 0;
  return (int16_t) (stride > 0 ? rai_anchor_years_back (day, years) / stride
                               : (int) frame->year * years);
}

static void
make_calendar (RaiFeatureFrame *frame) {
  size_t span = frame->longest + frame->horizon;
  float **columns[] = { &frame->weekday,  &frame->month_day, &frame->month_left,
                        &frame->year_day, &frame->easter,    &frame->thanksgiving };

  for (size_t c = 0; c < G_N_ELEMENTS (columns); c++)
    *columns[c] = g_new0 (float, span + 1);
  for (size_t k = 0; k < RAI_FEATURE_YEARS; k++)
    frame->back[k] = g_new0 (int16_t, span + 1);

  size_t longest_series = 0, n = rai_panel_n_series (frame->panel);
  for (size_t i = 0; i < n; i++)
    if (rai_panel_length (frame->panel, i) == frame->longest)
      longest_series = i;

  bool hours = rai_panel_step (frame->panel) == RAI_STEP_HOUR;
  for (size_t t = 0; n > 0 && t < span; t++) {
    RaiDay day = rai_panel_day (frame->panel, longest_series, t);
    int year, month, mday;
    rai_day_to_ymd (day, &year, &month, &mday);
    int64_t hour = rai_panel_origin (frame->panel) + (int64_t) t - (int64_t) frame->longest;
    frame->weekday[t] = hours ? (float) (hour % 24) : (float) rai_day_weekday (day);
    frame->month_day[t] = hours ? (float) rai_day_weekday (day) : (float) mday;
    frame->month_left[t] =
        (float) (rai_day_from_ymd (month < 12 ? year : year + 1, month % 12 + 1, 1) - day - 1);
    frame->year_day[t] = (float) rai_day_of_year (day);
    for (int years = 1; years <= RAI_FEATURE_YEARS; years++)
      frame->back[years - 1][t] = steps_back (frame, day, years);
    frame->easter[t] = days_from (day, year, rai_day_easter);
    frame->thanksgiving[t] = days_from (day, year, rai_anchor_thanksgiving);
  }
}

static void
make_groupings (RaiFeatureFrame *frame) {
  size_t attributes = MIN (rai_panel_n_attributes (frame->panel), RAI_FEATURE_ATTRIBUTES_MAX);
  for (int kind = 0; kind < RAI_GROUP_ATTRIBUTE + (int) attributes; kind++) {
    RaiGrouping *grouping = rai_grouping_new (frame->panel, frame->history, kind);
    if (grouping != NULL)
      frame->groupings[frame->n_groupings++] = grouping;
  }
}

RaiFeatureFrame *
rai_feature_frame_new (const RaiPanel *panel, const RaiHistory *history) {
  static const size_t windows[][RAI_FEATURE_WINDOWS] = {
    [RAI_STEP_HOUR] = { 6, 24, 48, 72, 168, 336, 672 },
    [RAI_STEP_DAY] = { 3, 7, 14, 28, 56, 112, 364 },
    [RAI_STEP_WEEK] = { 2, 4, 8, 13, 26, 52, 104 },
    [RAI_STEP_MONTH] = { 2, 3, 6, 12, 18, 24, 36 },
    [RAI_STEP_QUARTER] = { 2, 3, 4, 6, 8, 12, 16 },
  };
  RaiFeatureFrame *frame = g_new0 (RaiFeatureFrame, 1);

  frame->panel = panel;
  frame->history = history;
  frame->horizon = rai_panel_horizon (panel);
  frame->longest = history->longest;
  frame->period = history->period;
  frame->year = history->year;
  frame->prior = history->zero_share > RARE_ZEROS ? RARE_PRIOR : FREQUENT_PRIOR;
  memcpy (frame->windows, windows[rai_panel_step (panel)], sizeof frame->windows);

  find_kinds (frame);
  find_closings (frame);
  make_calendar (frame);
  make_groupings (frame);

  return frame;
}

void
rai_feature_frame_free (RaiFeatureFrame *frame) {
  if (frame == NULL)
    return;
  for (size_t g = 0; g < frame->n_groupings; g++)
    rai_grouping_free (frame->groupings[g]);
  for (size_t k = 0; k < RAI_FEATURE_YEARS; k++)
    g_free (frame->back[k]);

  g_free (frame->kinds);
  g_free (frame->matched);
  g_free (frame->weekday);
  g_free (frame->month_day);
  g_free (frame->month_left);
  g_free (frame->year_day);
  g_free (frame->easter);
  g_free (frame->thanksgiving);
  g_free (frame);
}
