/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/trees/rai-features.h"

#include "forecast/panel/rai-part-share.h"

#include <math.h>
#include <string.h>

/* Steps from a closed one beyond which it is out of mind. */
#define CLOSED_REACH 8
/* Steps of its own that a young series' look-alikes count for. */
#define LIKE_STEPS 4
#define CALM_SALES 8
/* Single steps before that are told. */
#define LAGS 3
/* Same weekdays that a base is the mean of, and those that a flag's own effect is. */
#define BASE_WEEKS 8
#define MATCHED_WEEKS 13

/* The numbers of same weekdays that are averaged. */
static const size_t weeks[] = { 1, 2, 4, 8, 26 };

/* A step to tell about, with what several features ask of it. The series' own sales are known
 * before `own`, `own_ahead` steps before it; all else is as seen from the origin, `ahead` steps
 * before it. */
typedef struct {
  const RaiFeatureCursor *cursor;
  const RaiFeatureFrame *frame;
  size_t origin, ahead, own, own_ahead;
  size_t step, end; /* origin + ahead, and the first step that nothing is known of */
  size_t today;     /* the step in the calendar */
  int64_t place;    /* newest step before `own` at the same place in the season; may be < 0 */
  float level, base;
  RaiGroupView views[RAI_FEATURE_GROUPINGS_MAX];
  float closed_since, closed_until, closed_before, closed_after;
} Sight;

/* The number that a feature tells, or NAN; k says which of those that its row is repeated for. */
typedef float (*Value) (const Sight *sight, size_t k);

/* ---- the level ---- */

/* A recent mean of few sales is mostly chance: it is pulled towards the mean of four times as long,
 * as if that had shown CALM_SALES more (sales counted in units of variance to mean, so that any
 * unit of quantity will do). */
static float
calm (const RaiFeatureCursor *cursor, size_t origin, float level) {
  const double *counts = cursor->all.count, *sums = cursor->all.sum;
  int64_t last = (int64_t) origin, window = (int64_t) cursor->frame->history->recent,
          first = MAX (0, last - 4 * window);
  double count = counts[last] - counts[first],
         recent = counts[last] - counts[MAX (0, last - window)];
  double mean = (sums[last] - sums[first]) / MAX (count, 1);

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
  double found[RAI_FEATURE_GROUPINGS_MAX];
  for (size_t kind = 0; kind < RAI_FEATURE_GROUPINGS_MAX; kind++)
    found[kind] = NAN;
  for (size_t g = 0; g < cursor->frame->n_groupings; g++) {
    const RaiGrouping *grouping = cursor->frame->groupings[g];
    found[grouping->kind] = rai_grouping_others (grouping, cursor->series, origin + cursor->shift);
  }

  double size = found[RAI_GROUP_SITE] / found[RAI_GROUP_ALL];
  if (found[RAI_GROUP_ITEM] > 0)
    return found[RAI_GROUP_ITEM] * (isfinite (size) ? CLAMP (size, 0.2, 5) : 1);
  for (int a = RAI_FEATURE_ATTRIBUTES_MAX; a-- > 0;)
    if (found[RAI_GROUP_ATTRIBUTE + a] > 0)
      return found[RAI_GROUP_ATTRIBUTE + a];

  return found[RAI_GROUP_SITE] > 0 ? found[RAI_GROUP_SITE] : found[RAI_GROUP_ALL];
}

static float
mean_between (const RaiFeatureCursor *cursor, int64_t first, int64_t last, double least) {
  return rai_running_mean (cursor->all.sum, cursor->all.count, first, last, least);
}

/* Demand of "recently": shorter when nothing is older, older when nothing is recent. */
static float
find_level (const RaiFeatureCursor *cursor, size_t origin) {
  const RaiHistory *history = cursor->frame->history;
  int64_t now = (int64_t) origin;
  float level = NAN;

  for (size_t window = history->recent; window < 32 * history->recent; window *= 2) {
    level = mean_between (cursor, now - (int64_t) window, now, 3);
    if (!isnan (level))
      break;
  }

  float whole = mean_between (cursor, 0, now, 1);
  level = isnan (level) ? whole : calm (cursor, origin, level);
  float least = 0.05f * (isnan (whole) ? (float) history->level : whole);
  if (isnan (level))
    level = (float) history->level;

  if (origin < history->recent) { /* young: as if it had shown LIKE_STEPS of its look-alikes */
    double alike = look_alikes (cursor, origin), own = cursor->all.count[origin];
    if (alike > 0)
      level = (float) ((own * (double) level + LIKE_STEPS * alike) / (own + LIKE_STEPS));
  }

  return fmaxf (fmaxf (level, least), 1e-3f * (float) history->level + 1e-9f);
}

/* The level at this place in the season: own same weekdays, leaning on what the groups' weekday
 * is. */
static float
find_base (const Sight *sight) {
  const RaiFeatureFrame *frame = sight->frame;
  const RaiRunningSums *all = &sight->cursor->all;
  int64_t period = (int64_t) frame->period;
  if (period == 1)
    return sight->level;

  double shared = 1;
  for (size_t g = 0; g < frame->n_groupings; g++) { /* the last one that knows is the narrowest */
    float weekday = sight->views[g].weekday_long;
    shared = isnan (weekday) ? shared : (double) weekday;
  }

  int64_t place = rai_grouping_same_place (frame->period, sight->origin, sight->ahead);
  double own = 0, count = 0;
  if (place >= 0) {
    int64_t first = rai_running_phase_first (place, period, BASE_WEEKS);
    own = all->phase_sum[place + period] - all->phase_sum[first];
    count = all->phase_count[place + period] - all->phase_count[first];
  }

  double base = (own + frame->prior * shared * (double) sight->level) / (count + frame->prior);
  return fmaxf ((float) base, 0.05f * sight->level);
}

static float
level_log (const Sight *sight, size_t k) {
  return logf (sight->level);
}

static float
base_to_level (const Sight *sight, size_t k) {
  return sight->base / sight->level;
}

static float
steps_ahead (const Sight *sight, size_t k) {
  return (float) sight->ahead;
}

/* ---- what was sold of late ---- */

static float
window_mean (const Sight *sight, size_t k) {
  int64_t last = (int64_t) sight->own;
  return mean_between (sight->cursor, last - (int64_t) sight->frame->windows[k], last, 1) /
         sight->level;
}

/* Where the steps begin that spread and zeros are counted over. */
static int64_t
spread_first (const Sight *sight) {
  return MAX (0, (int64_t) sight->origin - 2 * (int64_t) sight->frame->history->recent);
}

static float
spread (const Sight *sight, size_t k) {
  const RaiFeatureCursor *cursor = sight->cursor;
  int64_t first = spread_first (sight), last = (int64_t) sight->origin;
  double count = cursor->all.count[last] - cursor->all.count[first],
         mean = (cursor->all.sum[last] - cursor->all.sum[first]) / MAX (count, 1);
  double variance = (cursor->square[last] - cursor->square[first]) / MAX (count, 1) - mean * mean;
  return count >= 2 ? (float) sqrt (MAX (0, variance)) / sight->level : NAN;
}

static float
zero_share (const Sight *sight, size_t k) {
  const RaiFeatureCursor *cursor = sight->cursor;
  int64_t first = spread_first (sight), last = (int64_t) sight->origin;
  double count = cursor->all.count[last] - cursor->all.count[first];
  return count >= 1 ? (float) ((cursor->zeros[last] - cursor->zeros[first]) / count) : NAN;
}

static float
since_sale (const Sight *sight, size_t k) {
  return (float) sight->cursor->last_sale[sight->origin];
}

static float
age (const Sight *sight, size_t k) {
  return (float) sight->origin;
}

static float
lag (const Sight *sight, size_t k) {
  size_t back = k + 1;
  return sight->own >= back ? sight->cursor->values[sight->own - back] / sight->level : NAN;
}

/* ---- the calendar ---- */

static float
month_day (const Sight *sight, size_t k) {
  return sight->frame->month_day[sight->today];
}

static float
month_left (const Sight *sight, size_t k) {
  return sight->frame->month_left[sight->today];
}

static float
year_day (const Sight *sight, size_t k) {
  return sight->frame->year_day[sight->today];
}

static float
easter (const Sight *sight, size_t k) {
  return sight->frame->easter[sight->today];
}

static float
thanksgiving (const Sight *sight, size_t k) {
  return sight->frame->thanksgiving[sight->today];
}

static float
weekday (const Sight *sight, size_t k) {
  return sight->frame->weekday[sight->today];
}

/* Shoppers come before and after a closed day: how far the next ones are, and how many follow each
 * other. */
static void
find_closings (Sight *sight) {
  const uint8_t *closed = sight->cursor->closed;
  size_t step = sight->step, end = sight->end;
  size_t since = 1, until = 1, before = 0, after = 0;

  while (since < CLOSED_REACH && since <= step && !closed[step - since])
    since++;
  while (since + before <= step && before < CLOSED_REACH && closed[step - since - before])
    before++;
  while (until < CLOSED_REACH && step + until < end && !closed[step + until])
    until++;
  while (step + until + after < end && after < CLOSED_REACH && closed[step + until + after])
    after++;

  sight->closed_since = (float) since;
  sight->closed_until = (float) until;
  sight->closed_before = (float) before;
  sight->closed_after = (float) after;
}

static float
closed_since (const Sight *sight, size_t k) {
  return sight->closed_since;
}

static float
closed_until (const Sight *sight, size_t k) {
  return sight->closed_until;
}

static float
closed_before (const Sight *sight, size_t k) {
  return sight->closed_before;
}

static float
closed_after (const Sight *sight, size_t k) {
  return sight->closed_after;
}

/* ---- the season and the year ---- */

static float
same_weekdays (const Sight *sight, size_t k) {
  const RaiRunningSums *all = &sight->cursor->all;
  int64_t place = sight->place, period = (int64_t) sight->frame->period;
  if (place < 0)
    return NAN;
  int64_t first = rai_running_phase_first (place, period, (int64_t) weeks[k]);
  double n = all->phase_count[place + period] - all->phase_count[first];
  double sold = all->phase_sum[place + period] - all->phase_sum[first];
  return (n >= 1 ? (float) (sold / n) : NAN) / sight->level;
}

/* Mean around the step that lies a year (or two) before the step to tell about, and before the
 * origin. */
static float
years_ago (const Sight *sight, int years, int64_t reach) {
  int64_t step = (int64_t) (sight->own + sight->own_ahead);
  int64_t back = sight->frame->back[years - 1][step + (int64_t) sight->cursor->shift];
  while (back <= (int64_t) sight->own_ahead + reach)
    back += (int64_t) sight->frame->year;
  int64_t middle = step - back;
  return middle < 0 ? NAN : mean_between (sight->cursor, middle - reach, middle + reach + 1, 1);
}

/* The level that the series had these years before `own`. */
static float
level_years_ago (const Sight *sight, int years) {
  int64_t then = (int64_t) sight->own - (int64_t) sight->frame->year * years;
  return mean_between (sight->cursor, then - (int64_t) sight->frame->history->recent, then, 3);
}

static float
year_ago (const Sight *sight, size_t k) {
  return years_ago (sight, 1, 0) / sight->level;
}

static float
rise (const Sight *sight, size_t k) {
  int64_t reach = sight->frame->period > 1 ? (int64_t) sight->frame->period / 2 : 1;
  int years = (int) k + 1;
  return years_ago (sight, years, reach) / level_years_ago (sight, years);
}

static float
rise_two_years_ago (const Sight *sight, size_t k) {
  return rise (sight, 1);
}

static float
growth (const Sight *sight, size_t k) {
  return sight->level / level_years_ago (sight, 1);
}

/* ---- groups ---- */

static float
group_trend (const Sight *sight, size_t k) {
  return sight->views[k].trend;
}

static float
group_trend_long (const Sight *sight, size_t k) {
  return sight->views[k].trend_long;
}

static float
group_weekday (const Sight *sight, size_t k) {
  return sight->views[k].weekday;
}

static float
group_weekday_long (const Sight *sight, size_t k) {
  return sight->views[k].weekday_long;
}

static float
group_rise (const Sight *sight, size_t k) {
  return sight->views[k].rise;
}

static float
group_number (const Sight *sight, size_t k) {
  return (float) sight->frame->groupings[k]->group[sight->cursor->series];
}

/* ---- covariates ---- */

static float
covariate (const Sight *sight, size_t k) {
  return sight->cursor->covariates[k][sight->step];
}

/* A number's mean over so many windows before the origin. */
static float
known_mean (const Sight *sight, size_t k, int64_t windows) {
  int64_t last = (int64_t) sight->origin,
          first = last - windows * (int64_t) sight->frame->history->recent;
  return rai_running_mean (sight->cursor->known_sum[k], sight->cursor->known_count[k], first, last,
                           1);
}

/* To the recent mean or the long one: their ratio when both are positive, else the difference. */
static float
to_mean (const Sight *sight, size_t k, bool to_recent) {
  float recent = known_mean (sight, k, 2), whole = known_mean (sight, k, 16);
  float value = covariate (sight, k), mean = to_recent ? recent : whole;
  return recent > 0 && whole > 0 ? value / mean : value - mean;
}

static float
to_recent_mean (const Sight *sight, size_t k) {
  return to_mean (sight, k, true);
}

static float
to_long_mean (const Sight *sight, size_t k) {
  return to_mean (sight, k, false);
}

static float
step_before (const Sight *sight, size_t k) {
  return sight->step > 0 ? sight->cursor->covariates[k][sight->step - 1] : NAN;
}

static float
step_after (const Sight *sight, size_t k) {
  return sight->step + 1 < sight->end ? sight->cursor->covariates[k][sight->step + 1] : NAN;
}

static float
steps_since (const Sight *sight, size_t k) {
  return sight->cursor->since[k][sight->step];
}

static float
steps_until (const Sight *sight, size_t k) {
  int16_t until = sight->cursor->until[k][sight->step];
  return sight->step + (size_t) until < sight->end ? until : RAI_FEATURE_EVENT_REACH;
}

/* Mean of the steps from first to last, as elements of running sums, on which a flag was what it is
 * now: those on which it was set, or all others. */
static float
mean_alike (const Sight *sight, size_t k, const double *set_sum, const double *set_count,
            const double *all_sum, const double *all_count, int64_t first, int64_t last) {
  double sum = set_sum[last] - set_sum[first], count = set_count[last] - set_count[first];
  if (!(covariate (sight, k) > 0)) {
    sum = all_sum[last] - all_sum[first] - sum;
    count = all_count[last] - all_count[first] - count;
  }
  return count >= 1 ? (float) (sum / count) / sight->level : NAN;
}

static float
matched_mean (const Sight *sight, size_t k) {
  const RaiRunningSums *all = &sight->cursor->all,
                       *set = &sight->cursor->matched[sight->frame->matched[k]];
  int64_t now = (int64_t) sight->own,
          first = MAX (0, now - 4 * (int64_t) sight->frame->history->recent);
  return mean_alike (sight, k, set->sum, set->count, all->sum, all->count, first, now);
}

static float
matched_weekday (const Sight *sight, size_t k) {
  const RaiRunningSums *all = &sight->cursor->all,
                       *set = &sight->cursor->matched[sight->frame->matched[k]];
  int64_t place = sight->place, period = (int64_t) sight->frame->period;
  if (place < 0)
    return NAN;
  return mean_alike (sight, k, set->phase_sum, set->phase_count, all->phase_sum, all->phase_count,
                     rai_running_phase_first (place, period, MATCHED_WEEKS), place + period);
}

/* ---- THE table ---- */

/* What rows that follow each other are repeated for, together. */
typedef enum { ONCE, EACH_WINDOW, EACH_LAG, EACH_WEEKS, EACH_GROUP, EACH_COVARIATE } Repeat;

/* What a feature needs to be there, any of these; of a covariate its kind. */
enum {
  CLOSINGS = 1 << 0, /* closed steps */
  SEASON = 1 << 1,   /* a short season */
  FLAG = 1 << 2,
  CATEGORY = 1 << 3,
  NUMBER = 1 << 4,
  MATCHED = 1 << 5, /* a flag whose own effect is averaged for each series */
};

/* The part of the covariate's role. */
#define OF_ROLE RAI_N_PARTS

/* Whether demand may go with a feature either way, or only the way it goes with the covariate. */
typedef enum { FREE, WITH_COVARIATE } Sign;

/* To add a feature: a row, and the function that tells its value. The order is part of what trees
 * learn, so that a row put in between changes every forecast of theirs. */
static const struct {
  const char *name; /* # stands for the number or the covariate that it is repeated for */
  RaiPart part;
  Repeat repeat;
  unsigned needs; /* 0: nothing */
  Sign sign;
  Value value;
} table[] = {
  { "steps ahead", RAI_PART_LEVEL, ONCE, 0, FREE, steps_ahead },
  { "level", RAI_PART_LEVEL, ONCE, 0, FREE, level_log }, /* RAI_FEATURE_LEVEL */
  { "base to level", RAI_PART_LEVEL, ONCE, 0, FREE, base_to_level },
  { "mean of #", RAI_PART_TREND, EACH_WINDOW, 0, FREE, window_mean },
  { "spread", RAI_PART_LEVEL, ONCE, 0, FREE, spread },
  { "share of zeros", RAI_PART_LEVEL, ONCE, 0, FREE, zero_share },
  { "steps since a sale", RAI_PART_LEVEL, ONCE, 0, FREE, since_sale },
  { "age", RAI_PART_LEVEL, ONCE, 0, FREE, age },
  { "# back", RAI_PART_TREND, EACH_LAG, 0, FREE, lag },
  { "day of the month", RAI_PART_CALENDAR, ONCE, 0, FREE, month_day },
  { "days left in the month", RAI_PART_CALENDAR, ONCE, 0, FREE, month_left },
  { "steps since closed", RAI_PART_CALENDAR, ONCE, CLOSINGS, FREE, closed_since },
  { "steps until closed", RAI_PART_CALENDAR, ONCE, CLOSINGS, FREE, closed_until },
  { "steps closed before", RAI_PART_CALENDAR, ONCE, CLOSINGS, FREE, closed_before },
  { "steps closed after", RAI_PART_CALENDAR, ONCE, CLOSINGS, FREE, closed_after },
  { "day of the year", RAI_PART_SEASON, ONCE, 0, FREE, year_day },
  { "days from Easter", RAI_PART_EVENT, ONCE, 0, FREE, easter },
  { "days from the fourth Thursday of November", RAI_PART_EVENT, ONCE, 0, FREE, thanksgiving },
  { "place in the season", RAI_PART_SEASON, ONCE, SEASON, FREE, weekday },
  { "mean of # same weekdays", RAI_PART_SEASON, EACH_WEEKS, SEASON, FREE, same_weekdays },
  { "a year ago", RAI_PART_SEASON, ONCE, 0, FREE, year_ago },
  { "rise since the origin a year ago", RAI_PART_SEASON, ONCE, 0, FREE, rise },
  { "rise since the origin two years ago", RAI_PART_SEASON, ONCE, 0, FREE, rise_two_years_ago },
  { "growth in a year", RAI_PART_TREND, ONCE, 0, FREE, growth },
  { "group # short trend", RAI_PART_TREND, EACH_GROUP, 0, FREE, group_trend },
  { "group # long trend", RAI_PART_TREND, EACH_GROUP, 0, FREE, group_trend_long },
  { "group # weekday", RAI_PART_SEASON, EACH_GROUP, 0, FREE, group_weekday },
  { "group # weekday, long", RAI_PART_SEASON, EACH_GROUP, 0, FREE, group_weekday_long },
  { "group # rise a year ago", RAI_PART_SEASON, EACH_GROUP, 0, FREE, group_rise },
  { "group #", RAI_PART_LEVEL, EACH_GROUP, 0, FREE, group_number },
  { "#", OF_ROLE, EACH_COVARIATE, FLAG, WITH_COVARIATE, covariate },
  { "#", OF_ROLE, EACH_COVARIATE, CATEGORY | NUMBER, FREE, covariate },
  { "# to its recent mean", OF_ROLE, EACH_COVARIATE, NUMBER, WITH_COVARIATE, to_recent_mean },
  { "# to its long mean", OF_ROLE, EACH_COVARIATE, NUMBER, WITH_COVARIATE, to_long_mean },
  { "# a step before", OF_ROLE, EACH_COVARIATE, FLAG | CATEGORY, FREE, step_before },
  { "# a step after", OF_ROLE, EACH_COVARIATE, FLAG | CATEGORY, FREE, step_after },
  { "steps since #", OF_ROLE, EACH_COVARIATE, FLAG | CATEGORY, FREE, steps_since },
  { "steps until #", OF_ROLE, EACH_COVARIATE, FLAG | CATEGORY, FREE, steps_until },
  { "mean with the same #", OF_ROLE, EACH_COVARIATE, MATCHED, FREE, matched_mean },
  { "same weekday with the same #", OF_ROLE, EACH_COVARIATE, MATCHED, FREE, matched_weekday },
};

/* ---- the features of a panel ---- */

typedef struct {
  char *name;
  RaiPart part;
  Value value;
  size_t k;
} Feature;

struct _RaiFeatures {
  RaiFeatureFrame *frame;
  GArray *list;     /* Feature */
  GArray *monotone; /* int8_t, the same places: as rai_boost_train takes them */
};

static size_t
count_repeats (const RaiFeatureFrame *frame, Repeat repeat) {
  const size_t counts[] = {
    [ONCE] = 1,
    [EACH_WINDOW] = RAI_FEATURE_WINDOWS,
    [EACH_LAG] = LAGS,
    [EACH_WEEKS] = G_N_ELEMENTS (weeks),
    [EACH_GROUP] = frame->n_groupings,
    [EACH_COVARIATE] = frame->n_covariates,
  };
  return counts[repeat];
}

/* What there is, as needs have it. */
static unsigned
find_there (const RaiFeatureFrame *frame, Repeat repeat, size_t k) {
  static const unsigned kinds[] = { [RAI_KIND_CONSTANT] = 0,
                                    [RAI_KIND_FLAG] = FLAG,
                                    [RAI_KIND_CATEGORY] = CATEGORY,
                                    [RAI_KIND_NUMBER] = NUMBER };
  unsigned there = (frame->closings ? CLOSINGS : 0) | (frame->period > 1 ? SEASON : 0);
  if (repeat == EACH_COVARIATE)
    there |= kinds[frame->kinds[k]] | (frame->matched[k] < RAI_FEATURE_MATCHED_MAX ? MATCHED : 0);
  return there;
}

/* What a row is repeated for, in its name. */
static char *
repeat_name (const RaiFeatureFrame *frame, Repeat repeat, size_t k) {
  size_t number = repeat == EACH_WINDOW  ? frame->windows[k]
                  : repeat == EACH_LAG   ? k + 1
                  : repeat == EACH_WEEKS ? weeks[k]
                                         : k;
  return repeat == EACH_COVARIATE ? g_strdup (rai_panel_covariate_name (frame->panel, k))
                                  : g_strdup_printf ("%zu", number);
}

static void
add_feature (RaiFeatures *features, size_t row, size_t k) {
  const RaiFeatureFrame *frame = features->frame;
  g_auto (GStrv) around = g_strsplit (table[row].name, "#", 2);
  g_autofree char *repeated = repeat_name (frame, table[row].repeat, k);
  Feature feature = {
    .name = g_strjoinv (repeated, around),
    .part = table[row].part,
    .value = table[row].value,
    .k = k,
  };
  int8_t way = 0;

  if (table[row].part == OF_ROLE)
    feature.part = rai_part_share_of_role (rai_panel_covariate_role (frame->panel, k));
  if (table[row].sign == WITH_COVARIATE)
    way = (int8_t) rai_covariate_way (rai_panel_covariate_name (frame->panel, k));

  g_array_append_val (features->list, feature);
  g_array_append_val (features->monotone, way);
}

static void
list_features (RaiFeatures *features) {
  for (size_t first = 0, end; first < G_N_ELEMENTS (table); first = end) {
    Repeat repeat = table[first].repeat;
    for (end = first + 1; end < G_N_ELEMENTS (table) && table[end].repeat == repeat;)
      end++;

    for (size_t k = 0; k < count_repeats (features->frame, repeat); k++) {
      unsigned there = find_there (features->frame, repeat, k);
      for (size_t row = first; row < end; row++)
        if (table[row].needs == 0 || (table[row].needs & there) != 0)
          add_feature (features, row, k);
    }
  }
}

RaiFeatures *
rai_features_new (const RaiPanel *panel, const RaiHistory *history) {
  RaiFeatures *features = g_new0 (RaiFeatures, 1);
  features->frame = rai_feature_frame_new (panel, history);
  features->list = g_array_new (FALSE, FALSE, sizeof (Feature));
  features->monotone = g_array_new (FALSE, FALSE, sizeof (int8_t));
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
  rai_feature_frame_free (features->frame);
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

RaiFeatureCursor *
rai_features_open (const RaiFeatures *features, size_t series) {
  return rai_feature_cursor_new (features->frame, series);
}

/* ---- rows ---- */

static float
write_row (const RaiFeatures *features, Sight *sight, float *row) {
  const RaiFeatureFrame *frame = sight->frame = features->frame;
  const RaiFeatureCursor *cursor = sight->cursor;
  size_t now = sight->origin + cursor->shift;

  sight->step = sight->origin + sight->ahead;
  sight->end = sight->origin + frame->horizon;
  sight->today = now + sight->ahead;
  sight->place = rai_grouping_same_place (frame->period, sight->own, sight->own_ahead);

  int64_t back = frame->back[0][sight->today];
  for (size_t g = 0; g < frame->n_groupings; g++)
    sight->views[g] =
        rai_grouping_view (frame->groupings[g], cursor->series, now, sight->ahead, back);
  if (frame->closings)
    find_closings (sight);
  sight->level = find_level (cursor, sight->origin);
  sight->base = find_base (sight);

  const Feature *list = (const Feature *) (void *) features->list->data;
  for (size_t f = 0; f < features->list->len; f++) {
    float value = list[f].value (sight, list[f].k);
    row[f] = isfinite (value) ? value : NAN;
  }

  return sight->base;
}

float
rai_features_row (const RaiFeatures *features, const RaiFeatureCursor *cursor, size_t origin,
                  size_t ahead, float *row) {
  Sight sight = { .cursor = cursor, .origin = origin, .ahead = ahead };
  sight.own = origin;
  sight.own_ahead = ahead;
  return write_row (features, &sight, row);
}

float
rai_features_row_recursive (const RaiFeatures *features, const RaiFeatureCursor *cursor,
                            size_t origin, size_t ahead, float *row) {
  Sight sight = { .cursor = cursor, .origin = origin, .ahead = ahead };
  sight.own = origin + ahead;
  return write_row (features, &sight, row);
}
