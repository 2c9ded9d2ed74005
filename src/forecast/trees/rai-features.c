/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/trees/rai-features.h"

#include "forecast/panel/rai-anchor.h"
#include "forecast/panel/rai-grouping.h"
#include "forecast/panel/rai-part-share.h"

#include <math.h>
#include <string.h>

/* Steps from an event beyond which it is out of mind. */
#define EVENT_REACH 14
#define CLOSED_REACH 8
/* Steps of its own that a young series' look-alikes count for. */
#define LIKE_STEPS 4
#define CALM_SALES 8
#define MATCHED_MAX 4
#define ATTRIBUTE_GROUPINGS_MAX 2
#define GROUPINGS_MAX (3 + ATTRIBUTE_GROUPINGS_MAX)
#define WINDOWS 7
#define YEARS 2

typedef enum { KIND_CONSTANT, KIND_FLAG, KIND_CATEGORY, KIND_NUMBER } CovariateKind;

typedef struct {
  char *name;
  RaiPart part;
} Feature;

struct _RaiFeatures {
  const RaiPanel *panel;
  const RaiHistory *history;
  size_t horizon, longest, period, year;
  size_t windows[WINDOWS];
  GArray *list;     /* Feature */
  GArray *monotone; /* int8_t, the same places */
  RaiGrouping *groupings[GROUPINGS_MAX];
  size_t n_groupings;
  CovariateKind *kinds;
  bool *matched; /* flags whose own effect is averaged per series */
  bool closings; /* some steps are closed */
  /* [longest + horizon], aligned at the origin: */
  float *weekday, *month_day, *month_left, *year_day, *easter, *thanksgiving;
  int16_t *back[YEARS]; /* [longest + horizon] steps to the same part of one and two years before */
  double prior;         /* same-weekday values that the shared profile counts for */
};

/* A step to tell about. Sales of the series itself are known before `own`, `own_ahead` steps before
 * it; all else is as seen from the origin, `ahead` steps before it. */
typedef struct {
  size_t origin, ahead, own, own_ahead;
} Sight;

/* Running sums; element t covers what lies before step t. */
struct _RaiFeatureCursor {
  const RaiFeatures *features;
  size_t series, n, shift; /* shift: from the series' steps to those of the calendar */
  float *values;           /* [n + horizon] */
  const uint8_t *states;
  double *sum, *count, *square, *zeros; /* valid steps */
  double *phase_sum, *phase_count;      /* [t + period]: steps t, t - period, ... */
  double *own_sum[MATCHED_MAX], *own_count[MATCHED_MAX], *own_phase_sum[MATCHED_MAX],
      *own_phase_count[MATCHED_MAX];
  double **known_sum, **known_count; /* per covariate, over history and horizon */
  int16_t **since, **until;
  int32_t *last_sale; /* [n + 1]: steps since the last sale before t */
  double *memory;
};

/* ---- the list of features ---- */

static void
G_GNUC_PRINTF (3, 4) add (RaiFeatures *features, RaiPart part, const char *format, ...) {
  va_list arguments;
  va_start (arguments, format);
  Feature feature = { g_strdup_vprintf (format, arguments), part };
  va_end (arguments);
  int8_t way = 0;
  g_array_append_val (features->list, feature);
  g_array_append_val (features->monotone, way);
}

static void
set_way (RaiFeatures *features, int8_t way) {
  g_array_index (features->monotone, int8_t, features->monotone->len - 1) = way;
}

static void
list_covariates (RaiFeatures *features) {
  for (size_t c = 0; c < rai_panel_n_covariates (features->panel); c++) {
    const char *name = rai_panel_covariate_name (features->panel, c);
    RaiPart part = rai_part_share_of_role (rai_panel_covariate_role (features->panel, c));
    if (features->kinds[c] == KIND_CONSTANT)
      continue;
    add (features, part, "%s", name);
    int8_t way = (int8_t) rai_covariate_way (name);
    if (features->kinds[c] == KIND_FLAG)
      set_way (features, way);
    if (features->kinds[c] == KIND_NUMBER) {
      add (features, part, "%s to its recent mean", name);
      set_way (features, way);
      add (features, part, "%s to its long mean", name);
      set_way (features, way);
      continue;
    }
    add (features, part, "%s a step before", name);
    add (features, part, "%s a step after", name);
    add (features, part, "steps since %s", name);
    add (features, part, "steps until %s", name);
    if (features->matched[c]) {
      add (features, part, "mean with the same %s", name);
      add (features, part, "same weekday with the same %s", name);
    }
  }
}

static void
list_features (RaiFeatures *features) {
  add (features, RAI_PART_LEVEL, "steps ahead");
  add (features, RAI_PART_LEVEL, "level");
  add (features, RAI_PART_LEVEL, "base to level");
  for (size_t w = 0; w < WINDOWS; w++)
    add (features, RAI_PART_TREND, "mean of %zu", features->windows[w]);

  add (features, RAI_PART_LEVEL, "spread");
  add (features, RAI_PART_LEVEL, "share of zeros");
  add (features, RAI_PART_LEVEL, "steps since a sale");
  add (features, RAI_PART_LEVEL, "age");
  for (int lag = 1; lag <= 3; lag++)
    add (features, RAI_PART_TREND, "%d back", lag);

  add (features, RAI_PART_CALENDAR, "day of the month");
  add (features, RAI_PART_CALENDAR, "days left in the month");
  if (features->closings) {
    add (features, RAI_PART_CALENDAR, "steps since closed");
    add (features, RAI_PART_CALENDAR, "steps until closed");
    add (features, RAI_PART_CALENDAR, "steps closed before");
    add (features, RAI_PART_CALENDAR, "steps closed after");
  }

  add (features, RAI_PART_SEASON, "day of the year");
  add (features, RAI_PART_EVENT, "days from Easter");
  add (features, RAI_PART_EVENT, "days from the fourth Thursday of November");

  if (features->period > 1) {
    add (features, RAI_PART_SEASON, "place in the season");
    for (int weeks = 1; weeks <= 26; weeks = weeks == 8 ? 26 : weeks * 2)
      add (features, RAI_PART_SEASON, "mean of %d same weekdays", weeks);
  }

  add (features, RAI_PART_SEASON, "a year ago");
  add (features, RAI_PART_SEASON, "rise since the origin a year ago");
  add (features, RAI_PART_SEASON, "rise since the origin two years ago");
  add (features, RAI_PART_TREND, "growth in a year");

  for (size_t g = 0; g < features->n_groupings; g++) {
    add (features, RAI_PART_TREND, "group %zu short trend", g);
    add (features, RAI_PART_TREND, "group %zu long trend", g);
    add (features, RAI_PART_SEASON, "group %zu weekday", g);
    add (features, RAI_PART_SEASON, "group %zu weekday, long", g);
    add (features, RAI_PART_SEASON, "group %zu rise a year ago", g);
    add (features, RAI_PART_LEVEL, "group %zu", g);
  }

  list_covariates (features);
}

/* ---- making ---- */

static CovariateKind
find_kind (const RaiPanel *panel, size_t c) {
  if (rai_panel_covariate_categorical (panel, c))
    return KIND_CATEGORY;

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
      return KIND_NUMBER;
  }

  return constant ? KIND_CONSTANT : flags ? KIND_FLAG : KIND_NUMBER;
}

static void
find_kinds (RaiFeatures *features) {
  size_t n = rai_panel_n_covariates (features->panel), matched = 0;
  features->kinds = g_new0 (CovariateKind, n + 1);
  features->matched = g_new0 (bool, n + 1);
  for (size_t c = 0; c < n; c++) {
    features->kinds[c] = find_kind (features->panel, c);
    features->matched[c] = features->kinds[c] == KIND_FLAG && matched < MATCHED_MAX;
    matched += features->matched[c];
  }
}

static void
find_closings (RaiFeatures *features) {
  for (size_t i = 0; i < rai_panel_n_series (features->panel) && !features->closings; i++) {
    const uint8_t *closed = rai_panel_closed (features->panel, i);
    features->closings = memchr (closed, 1, rai_panel_length (features->panel, i)) != NULL;
  }
}

/* Days from a yearly date, as far as it is in mind, else NAN. */
static float
days_from (RaiDay day, int year, RaiDay (*date) (int year)) {
  for (int y = year - 1; y <= year + 1; y++) {
    int away = day - date (y);
    if (away >= -35 && away <= 21)
      return (float) away;
  }
  return NAN;
}

static int16_t
steps_back (const RaiFeatures *features, RaiDay day, int years) {
  RaiPanelStep step = rai_panel_step (features->panel);
  int stride = step == RAI_STEP_DAY ? 1 : step == RAI_STEP_WEEK ? 7 : 0;
  return (int16_t) (stride > 0 ? rai_anchor_years_back (day, years) / stride
                               : (int) features->year * years);
}

static void
make_calendar (RaiFeatures *features) {
  size_t span = features->longest + features->horizon;
  float **columns[] = { &features->weekday,  &features->month_day, &features->month_left,
                        &features->year_day, &features->easter,    &features->thanksgiving };

  for (size_t c = 0; c < G_N_ELEMENTS (columns); c++)
    *columns[c] = g_new0 (float, span + 1);
  for (size_t k = 0; k < YEARS; k++)
    features->back[k] = g_new0 (int16_t, span + 1);

  size_t longest_series = 0, n = rai_panel_n_series (features->panel);
  for (size_t i = 0; i < n; i++)
    if (rai_panel_length (features->panel, i) == features->longest)
      longest_series = i;

  for (size_t t = 0; n > 0 && t < span; t++) {
    RaiDay day = rai_panel_day (features->panel, longest_series, t);
    int year, month, mday;
    rai_day_to_ymd (day, &year, &month, &mday);
    bool hours = rai_panel_step (features->panel) == RAI_STEP_HOUR;
    int64_t hour = rai_panel_origin (features->panel) + (int64_t) t - (int64_t) features->longest;
    features->weekday[t] = hours ? (float) (hour % 24) : (float) rai_day_weekday (day);
    features->month_day[t] = hours ? (float) rai_day_weekday (day) : (float) mday;
    features->month_left[t] =
        (float) (rai_day_from_ymd (month < 12 ? year : year + 1, month % 12 + 1, 1) - day - 1);
    features->year_day[t] = (float) rai_day_of_year (day);
    for (int years = 1; years <= YEARS; years++)
      features->back[years - 1][t] = steps_back (features, day, years);
    features->easter[t] = days_from (day, year, rai_day_easter);
    features->thanksgiving[t] = days_from (day, year, rai_anchor_thanksgiving);
  }
}

RaiFeatures *
rai_features_new (const RaiPanel *panel, const RaiHistory *history) {
  static const size_t windows[][WINDOWS] = {
    [RAI_STEP_HOUR] = { 6, 24, 48, 72, 168, 336, 672 },
    [RAI_STEP_DAY] = { 3, 7, 14, 28, 56, 112, 364 },
    [RAI_STEP_WEEK] = { 2, 4, 8, 13, 26, 52, 104 },
    [RAI_STEP_MONTH] = { 2, 3, 6, 12, 18, 24, 36 },
  };
  RaiFeatures *features = g_new0 (RaiFeatures, 1);

  features->panel = panel;
  features->history = history;
  features->horizon = rai_panel_horizon (panel);
  features->longest = history->longest;
  features->period = history->period;
  features->year = history->year;
  features->prior = history->zero_share > 0.3 ? 12 : 3;
  memcpy (features->windows, windows[rai_panel_step (panel)], sizeof features->windows);
  features->list = g_array_new (FALSE, FALSE, sizeof (Feature));
  features->monotone = g_array_new (FALSE, FALSE, sizeof (int8_t));
  find_kinds (features);
  find_closings (features);
  make_calendar (features);

  for (int kind = 0; kind < 3 + (int) MIN (rai_panel_n_attributes (panel), ATTRIBUTE_GROUPINGS_MAX);
       kind++)
    if ((features->groupings[features->n_groupings] = rai_grouping_new (panel, history, kind)) !=
        NULL)
      features->n_groupings++;

  list_features (features);
  return features;
}

void
rai_features_free (RaiFeatures *features) {
  if (features == NULL)
    return;
  for (size_t f = 0; f < features->list->len; f++)
    g_free (g_array_index (features->list, Feature, f).name);

  g_array_unref (features->list);
  g_array_unref (features->monotone);
  for (size_t g = 0; g < features->n_groupings; g++)
    rai_grouping_free (features->groupings[g]);

  g_free (features->kinds);
  g_free (features->matched);
  for (size_t k = 0; k < YEARS; k++)
    g_free (features->back[k]);

  g_free (features->weekday);
  g_free (features->month_day);
  g_free (features->month_left);
  g_free (features->year_day);
  g_free (features->easter);
  g_free (features->thanksgiving);
  g_free (features);
}

size_t
rai_features_count (const RaiFeatures *features) {
  return features->list->len;
}

RaiPart
rai_features_part (const RaiFeatures *features, size_t feature) {
  return g_array_index (features->list, Feature, feature).part;
}

const char *
rai_features_name (const RaiFeatures *features, size_t feature) {
  return g_array_index (features->list, Feature, feature).name;
}

const int8_t *
rai_features_monotone (const RaiFeatures *features) {
  return (const int8_t *) (void *) features->monotone->data;
}

/* ---- running sums ---- */

/* The steps since (or, backwards, until) the last one where the value is set. */
static void
count_steps (const float *values, size_t span, int16_t *since, int16_t *until) {
  int16_t away = EVENT_REACH;
  for (size_t t = 0; t < span; t++) {
    away = values[t] > 0 ? 0 : (int16_t) MIN (away + 1, EVENT_REACH);
    since[t] = away;
  }

  away = EVENT_REACH;
  for (size_t t = span; t-- > 0;) {
    away = values[t] > 0 ? 0 : (int16_t) MIN (away + 1, EVENT_REACH);
    until[t] = away;
  }
}

static void
sum_known (RaiFeatureCursor *cursor, size_t c, size_t span) {
  const float *values = rai_panel_covariate (cursor->features->panel, cursor->series, c);
  cursor->known_sum[c] = g_new0 (double, 2 * (span + 1));
  cursor->known_count[c] = cursor->known_sum[c] + span + 1;
  for (size_t t = 0; t < span; t++) {
    bool known = !isnan (values[t]);
    cursor->known_sum[c][t + 1] = cursor->known_sum[c][t] + (known ? (double) values[t] : 0);
    cursor->known_count[c][t + 1] = cursor->known_count[c][t] + known;
  }
}

static void
add_matched (RaiFeatureCursor *cursor, size_t m, size_t t, bool set) {
  size_t period = cursor->features->period;
  double value = set ? (double) cursor->values[t] : 0;
  cursor->own_sum[m][t + 1] = cursor->own_sum[m][t] + value;
  cursor->own_count[m][t + 1] = cursor->own_count[m][t] + set;
  cursor->own_phase_sum[m][t + period] = cursor->own_phase_sum[m][t] + value;
  cursor->own_phase_count[m][t + period] = cursor->own_phase_count[m][t] + set;
}

/* Sums of the valid steps where the flag is set. */
static void
sum_matched (RaiFeatureCursor *cursor, size_t m, size_t c) {
  size_t n = cursor->n, period = cursor->features->period, span = n + cursor->features->horizon;
  const float *flags = rai_panel_covariate (cursor->features->panel, cursor->series, c);
  cursor->own_sum[m] = g_new0 (double, 2 * (span + 1) + 2 * (span + period));
  cursor->own_count[m] = cursor->own_sum[m] + span + 1;
  cursor->own_phase_sum[m] = cursor->own_count[m] + span + 1;
  cursor->own_phase_count[m] = cursor->own_phase_sum[m] + span + period;
  for (size_t t = 0; t < n; t++)
    add_matched (cursor, m, t, cursor->states[t] != RAI_DEMAND_FILLED && flags[t] > 0);
}

static void
open_covariates (RaiFeatureCursor *cursor) {
  const RaiFeatures *features = cursor->features;
  size_t n_covariates = rai_panel_n_covariates (features->panel),
         span = cursor->n + features->horizon, matched = 0;

  cursor->known_sum = g_new0 (double *, n_covariates + 1);
  cursor->known_count = g_new0 (double *, n_covariates + 1);
  cursor->since = g_new0 (int16_t *, n_covariates + 1);
  cursor->until = g_new0 (int16_t *, n_covariates + 1);

  for (size_t c = 0; c < n_covariates; c++) {
    if (features->kinds[c] == KIND_NUMBER) {
      sum_known (cursor, c, span);
    } else if (features->kinds[c] != KIND_CONSTANT) {
      cursor->since[c] = g_new (int16_t, 2 * span);
      cursor->until[c] = cursor->since[c] + span;
      count_steps (rai_panel_covariate (features->panel, cursor->series, c), span, cursor->since[c],
                   cursor->until[c]);
    }
    if (features->matched[c])
      sum_matched (cursor, matched++, c);
  }
}

static void
add_step (RaiFeatureCursor *cursor, size_t t, bool valid) {
  size_t period = cursor->features->period;
  double value = valid ? (double) cursor->values[t] : 0;
  cursor->sum[t + 1] = cursor->sum[t] + value;
  cursor->count[t + 1] = cursor->count[t] + valid;
  cursor->phase_sum[t + period] = cursor->phase_sum[t] + value;
  cursor->phase_count[t + period] = cursor->phase_count[t] + valid;
}

RaiFeatureCursor *
rai_features_open (const RaiFeatures *features, size_t series) {
  RaiFeatureCursor *cursor = g_new0 (RaiFeatureCursor, 1);
  size_t n = rai_panel_length (features->panel, series), period = features->period,
         span = n + features->horizon;

  cursor->features = features;
  cursor->series = series;
  cursor->n = n;
  cursor->shift = features->longest - n;
  cursor->values = g_new0 (float, span);
  for (size_t t = 0; t < n; t++)
    cursor->values[t] = (float) rai_history_usual (features->history, series, t);

  cursor->states = features->history->states + features->history->start[series];
  cursor->memory = g_new0 (double, 2 * (span + 1) + 2 * (span + period) + 2 * (n + 1));
  cursor->sum = cursor->memory;
  cursor->count = cursor->sum + span + 1;
  cursor->phase_sum = cursor->count + span + 1;
  cursor->phase_count = cursor->phase_sum + span + period;
  cursor->square = cursor->phase_count + span + period;
  cursor->zeros = cursor->square + n + 1;
  cursor->last_sale = g_new0 (int32_t, n + 1);

  for (size_t t = 0; t < n; t++) {
    bool valid = cursor->states[t] != RAI_DEMAND_FILLED;
    double value = valid ? (double) cursor->values[t] : 0;
    add_step (cursor, t, valid);
    cursor->square[t + 1] = cursor->square[t] + value * value;
    cursor->zeros[t + 1] = cursor->zeros[t] + (valid && value <= 0);
    cursor->last_sale[t + 1] = value > 0 ? 0 : cursor->last_sale[t] + 1;
  }

  open_covariates (cursor);
  return cursor;
}

void
rai_features_feed (RaiFeatureCursor *cursor, size_t step, float value) {
  const RaiFeatures *features = cursor->features;
  bool open = rai_panel_closed (features->panel, cursor->series)[step] == 0;
  cursor->values[step] = value;
  add_step (cursor, step, open);
  for (size_t c = 0, m = 0; c < rai_panel_n_covariates (features->panel); c++)
    if (features->matched[c])
      add_matched (cursor, m++, step,
                   open && rai_panel_covariate (features->panel, cursor->series, c)[step] > 0);
}

void
rai_feature_cursor_free (RaiFeatureCursor *cursor) {
  if (cursor == NULL)
    return;
  for (size_t c = 0; c < rai_panel_n_covariates (cursor->features->panel); c++) {
    g_free (cursor->known_sum[c]);
    g_free (cursor->since[c]);
  }

  for (size_t m = 0; m < MATCHED_MAX; m++)
    g_free (cursor->own_sum[m]);
  g_free (cursor->known_sum);
  g_free (cursor->known_count);
  g_free (cursor->since);
  g_free (cursor->until);
  g_free (cursor->last_sale);
  g_free (cursor->values);
  g_free (cursor->memory);
  g_free (cursor);
}

/* ---- rows ---- */

/* Mean of running sums over [first, last), NAN when fewer than `least` steps count. Bounds below 0
 * are cut. */
static inline float
mean_between (const double *sum, const double *count, int64_t first, int64_t last, double least) {
  first = MAX (first, 0);
  if (last <= first)
    return NAN;
  double n = count[last] - count[first];
  return n >= least ? (float) ((sum[last] - sum[first]) / n) : NAN;
}

static float
recent_mean (const RaiFeatureCursor *cursor, int64_t last, size_t steps) {
  return mean_between (cursor->sum, cursor->count, last - (int64_t) steps, last, 1);
}

/* Mean of `seasons` steps a period apart that end at `step`. Sums are shifted by a period. */
static float
phase_mean (const double *sum, const double *count, size_t period, int64_t step, size_t seasons) {
  if (step < 0)
    return NAN;
  int64_t before = step - (int64_t) (period * seasons);
  if (before < 0)
    before = step % (int64_t) period - (int64_t) period;
  double n = count[step + (int64_t) period] - count[before + (int64_t) period];
  return n >= 1 ? (float) ((sum[step + (int64_t) period] - sum[before + (int64_t) period]) / n)
                : NAN;
}

/* Mean around a step a year (or two) before the step to forecast, and before the origin. */
static float
year_ago (const RaiFeatureCursor *cursor, const Sight *sight, int years, int64_t reach) {
  int64_t step = (int64_t) (sight->own + sight->own_ahead);
  int64_t back = cursor->features->back[years - 1][step + (int64_t) cursor->shift];
  while (back <= (int64_t) sight->own_ahead + reach)
    back += (int64_t) cursor->features->year;
  int64_t middle = step - back;
  return middle < 0
             ? NAN
             : mean_between (cursor->sum, cursor->count, middle - reach, middle + reach + 1, 1);
}

/* A recent mean of few sales is mostly chance: it is pulled towards the mean of four times as long,
 * as if that had shown CALM_SALES more (sales counted in units of variance to mean, so that any
 * unit of quantity will do). */
static float
calm (const RaiFeatureCursor *cursor, size_t origin, float level) {
  int64_t last = (int64_t) origin, window = (int64_t) cursor->features->history->window,
          first = MAX (0, last - 4 * window);
  double count = cursor->count[last] - cursor->count[first],
         recent = cursor->count[last] - cursor->count[MAX (0, last - window)];
  double mean = (cursor->sum[last] - cursor->sum[first]) / MAX (count, 1);

  if (!(mean > 0) || !(recent > 0))
    return level;

  double variance = (cursor->square[last] - cursor->square[first]) / count - mean * mean;
  double extra = CALM_SALES * MAX (0, variance) / mean;
  return (float) (((double) level * recent + extra) / (recent + extra / mean));
}

/* What series like this one sell: the same item elsewhere, as much as the site sells more or less
 * than others; else those of the same trait, else the site's; NAN when there is nothing alike. */
static double
look_alikes (const RaiFeatureCursor *cursor, size_t origin) {
  double found[RAI_GROUP_ATTRIBUTE + ATTRIBUTE_GROUPINGS_MAX] = { NAN, NAN, NAN, NAN, NAN };
  for (size_t g = 0; g < cursor->features->n_groupings; g++) {
    const RaiGrouping *grouping = cursor->features->groupings[g];
    found[grouping->kind] = rai_grouping_others (grouping, cursor->series, origin + cursor->shift);
  }

  double size = found[RAI_GROUP_SITE] / found[RAI_GROUP_ALL];
  if (found[RAI_GROUP_ITEM] > 0)
    return found[RAI_GROUP_ITEM] * (isfinite (size) ? CLAMP (size, 0.2, 5) : 1);
  for (int a = ATTRIBUTE_GROUPINGS_MAX; a-- > 0;)
    if (found[RAI_GROUP_ATTRIBUTE + a] > 0)
      return found[RAI_GROUP_ATTRIBUTE + a];

  return found[RAI_GROUP_SITE] > 0 ? found[RAI_GROUP_SITE] : found[RAI_GROUP_ALL];
}

/* Demand of "recently": shorter when nothing is older, older when nothing is recent. */
static float
find_level (const RaiFeatureCursor *cursor, size_t origin) {
  float level = NAN;
  for (size_t window = cursor->features->history->window;
       window < 32 * cursor->features->history->window; window *= 2) {
    level = mean_between (cursor->sum, cursor->count, (int64_t) origin - (int64_t) window,
                          (int64_t) origin, 3);
    if (!isnan (level))
      break;
  }

  if (isnan (level))
    level = mean_between (cursor->sum, cursor->count, 0, (int64_t) origin, 1);
  else
    level = calm (cursor, origin, level);

  float whole = mean_between (cursor->sum, cursor->count, 0, (int64_t) origin, 1);
  float least = 0.05f * (isnan (whole) ? (float) cursor->features->history->level : whole);
  if (isnan (level))
    level = (float) cursor->features->history->level;
  if (origin < cursor->features->history
                   ->window) { /* young: as if it had shown LIKE_STEPS of its look-alikes */
    double alike = look_alikes (cursor, origin), own = cursor->count[origin];
    if (alike > 0)
      level = (float) ((own * (double) level + LIKE_STEPS * alike) / (own + LIKE_STEPS));
  }

  return fmaxf (fmaxf (level, least), 1e-3f * (float) cursor->features->history->level + 1e-9f);
}

static float *
write_covariate (const RaiFeatureCursor *cursor, size_t c, size_t *matched, const Sight *sight,
                 float level, float *at) {
  const RaiFeatures *features = cursor->features;
  const float *values = rai_panel_covariate (features->panel, cursor->series, c);
  size_t step = sight->origin + sight->ahead, end = sight->origin + features->horizon;

  *at++ = values[step];
  if (features->kinds[c] == KIND_NUMBER) {
    int64_t window = 2 * (int64_t) features->history->window, last = (int64_t) sight->origin;
    float recent =
        mean_between (cursor->known_sum[c], cursor->known_count[c], last - window, last, 1);
    float whole =
        mean_between (cursor->known_sum[c], cursor->known_count[c], last - 8 * window, last, 1);
    bool ratio = recent > 0 && whole > 0;
    *at++ = ratio ? values[step] / recent : values[step] - recent;
    *at++ = ratio ? values[step] / whole : values[step] - whole;
    return at;
  }

  *at++ = step > 0 ? values[step - 1] : NAN;
  *at++ = step + 1 < end ? values[step + 1] : NAN;
  *at++ = cursor->since[c][step];
  *at++ = step + (size_t) cursor->until[c][step] < end ? cursor->until[c][step] : EVENT_REACH;
  if (!features->matched[c])
    return at;

  size_t m = (*matched)++, period = features->period;
  int64_t now = (int64_t) sight->own,
          first = MAX (0, now - 4 * (int64_t) features->history->window);
  double sum = cursor->own_sum[m][now] - cursor->own_sum[m][first];
  double count = cursor->own_count[m][now] - cursor->own_count[m][first];
  int64_t place = rai_grouping_same_place (period, sight->own, sight->own_ahead);
  double phase_sum = 0, phase_count = 0;

  if (place >= 0) {
    int64_t before = place - 13 * (int64_t) period;
    before = (before < 0 ? place % (int64_t) period - (int64_t) period : before) + (int64_t) period;
    phase_sum =
        cursor->own_phase_sum[m][place + (int64_t) period] - cursor->own_phase_sum[m][before];
    phase_count =
        cursor->own_phase_count[m][place + (int64_t) period] - cursor->own_phase_count[m][before];
    if (!(values[step] > 0)) {
      phase_sum =
          cursor->phase_sum[place + (int64_t) period] - cursor->phase_sum[before] - phase_sum;
      phase_count =
          cursor->phase_count[place + (int64_t) period] - cursor->phase_count[before] - phase_count;
    }
  }

  if (!(values[step] > 0)) {
    sum = cursor->sum[now] - cursor->sum[first] - sum;
    count = cursor->count[now] - cursor->count[first] - count;
  }

  *at++ = count >= 1 ? (float) (sum / count) / level : NAN;
  *at++ = phase_count >= 1 ? (float) (phase_sum / phase_count) / level : NAN;
  return at;
}

static float *
write_level (const RaiFeatureCursor *cursor, const Sight *sight, float level, float base,
             float *at) {
  const RaiFeatures *features = cursor->features;
  size_t origin = sight->origin, own = sight->own;
  *at++ = (float) sight->ahead;
  *at++ = logf (level);
  *at++ = base / level;
  for (size_t w = 0; w < WINDOWS; w++)
    *at++ = recent_mean (cursor, (int64_t) own, features->windows[w]) / level;

  int64_t first = MAX (0, (int64_t) origin - 2 * (int64_t) features->history->window),
          last = (int64_t) origin;
  double count = cursor->count[last] - cursor->count[first],
         mean = (cursor->sum[last] - cursor->sum[first]) / MAX (count, 1);
  double variance = (cursor->square[last] - cursor->square[first]) / MAX (count, 1) - mean * mean;

  *at++ = count >= 2 ? (float) sqrt (MAX (0, variance)) / level : NAN;
  *at++ = count >= 1 ? (float) ((cursor->zeros[last] - cursor->zeros[first]) / count) : NAN;
  *at++ = (float) cursor->last_sale[origin];
  *at++ = (float) origin;
  for (size_t lag = 1; lag <= 3; lag++)
    *at++ = own >= lag ? cursor->values[own - lag] / level : NAN;

  return at;
}

/* Shoppers come before and after a closed day: how far the next ones are, and how many follow each
 * other. */
static float *
write_closings (const RaiFeatureCursor *cursor, const Sight *sight, float *at) {
  const uint8_t *closed = rai_panel_closed (cursor->features->panel, cursor->series);
  size_t step = sight->origin + sight->ahead, end = sight->origin + cursor->features->horizon;
  size_t since = 1, until = 1, before = 0, after = 0;

  while (since < CLOSED_REACH && since <= step && !closed[step - since])
    since++;
  while (since + before <= step && before < CLOSED_REACH && closed[step - since - before])
    before++;
  while (until < CLOSED_REACH && step + until < end && !closed[step + until])
    until++;
  while (step + until + after < end && after < CLOSED_REACH && closed[step + until + after])
    after++;

  *at++ = (float) since;
  *at++ = (float) until;
  *at++ = (float) before;
  *at++ = (float) after;

  return at;
}

static float *
write_season (const RaiFeatureCursor *cursor, const Sight *sight, float level, float *at) {
  const RaiFeatures *features = cursor->features;
  size_t own = sight->own, today = sight->origin + sight->ahead + cursor->shift,
         period = features->period;

  *at++ = features->month_day[today];
  *at++ = features->month_left[today];
  if (features->closings)
    at = write_closings (cursor, sight, at);

  *at++ = features->year_day[today];
  *at++ = features->easter[today];
  *at++ = features->thanksgiving[today];

  if (period > 1) {
    int64_t place = rai_grouping_same_place (period, own, sight->own_ahead);
    *at++ = features->weekday[today];
    for (size_t weeks = 1; weeks <= 26; weeks = weeks == 8 ? 26 : weeks * 2)
      *at++ = phase_mean (cursor->phase_sum, cursor->phase_count, period, place, weeks) / level;
  }

  int64_t reach = period > 1 ? (int64_t) period / 2 : 1,
          window = (int64_t) features->history->window;
  *at++ = year_ago (cursor, sight, 1, 0) / level;

  for (int years = 1; years <= 2; years++) {
    int64_t then = (int64_t) own - (int64_t) features->year * years;
    *at++ = year_ago (cursor, sight, years, reach) /
            mean_between (cursor->sum, cursor->count, then - window, then, 3);
  }

  int64_t then = (int64_t) own - (int64_t) features->year;
  *at++ = level / mean_between (cursor->sum, cursor->count, then - window, then, 3);
  return at;
}

/* The level at this place in the season: own same weekdays, leaning on what the groups' weekday
 * is. */
static float
find_base (const RaiFeatureCursor *cursor, size_t origin, size_t ahead, float level,
           const RaiGroupView *views) {
  const RaiFeatures *features = cursor->features;
  if (features->period == 1)
    return level;

  double shared = 1;
  for (size_t g = 0; g < features->n_groupings; g++) /* the last one that knows is the narrowest */
    shared = isnan (views[g].weekday_long) ? shared : (double) views[g].weekday_long;

  int64_t place = rai_grouping_same_place (features->period, origin, ahead);
  double own = 0, count = 0;
  if (place >= 0) {
    int64_t before = place - 8 * (int64_t) features->period;
    before =
        (before < 0 ? place % (int64_t) features->period - (int64_t) features->period : before) +
        (int64_t) features->period;
    own = cursor->phase_sum[place + (int64_t) features->period] - cursor->phase_sum[before];
    count = cursor->phase_count[place + (int64_t) features->period] - cursor->phase_count[before];
  }

  double base = (own + features->prior * shared * (double) level) / (count + features->prior);
  return fmaxf ((float) base, 0.05f * level);
}

static inline float
finite_or_nan (float value) {
  return isfinite (value) ? value : NAN;
}

static float
write_row (RaiFeatureCursor *cursor, const Sight *sight, float *row) {
  const RaiFeatures *features = cursor->features;
  size_t origin = sight->origin, ahead = sight->ahead;
  RaiGroupView views[GROUPINGS_MAX];
  size_t now = origin + cursor->shift;
  int64_t back = features->back[0][now + ahead];

  for (size_t g = 0; g < features->n_groupings; g++)
    views[g] = rai_grouping_view (features->groupings[g], cursor->series, now, ahead, back);

  float level = find_level (cursor, origin);
  float base = find_base (cursor, origin, ahead, level, views);
  float *at = write_level (cursor, sight, level, base, row);

  at = write_season (cursor, sight, level, at);
  for (size_t g = 0; g < features->n_groupings; g++) {
    *at++ = views[g].trend;
    *at++ = views[g].trend_long;
    *at++ = views[g].weekday;
    *at++ = views[g].weekday_long;
    *at++ = views[g].rise;
    *at++ = (float) features->groupings[g]->group[cursor->series];
  }

  size_t matched = 0;
  for (size_t c = 0; c < rai_panel_n_covariates (features->panel); c++)
    if (features->kinds[c] != KIND_CONSTANT)
      at = write_covariate (cursor, c, &matched, sight, level, at);

  g_assert ((size_t) (at - row) == features->list->len);
  for (size_t f = 0; f < features->list->len; f++)
    row[f] = finite_or_nan (row[f]);

  return base;
}

float
rai_features_row (RaiFeatureCursor *cursor, size_t origin, size_t ahead, float *row) {
  return write_row (cursor, &(Sight){ origin, ahead, origin, ahead }, row);
}

float
rai_features_row_recursive (RaiFeatureCursor *cursor, size_t origin, size_t ahead, float *row) {
  return write_row (cursor, &(Sight){ origin, ahead, origin + ahead, 0 }, row);
}
