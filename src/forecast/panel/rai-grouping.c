/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-grouping.h"

#include <math.h>

/* Sums the members' demand, aligned at the origin. */
static void
sum_groups (const RaiPanel *panel, RaiGrouping *grouping) {
  size_t longest = grouping->history->longest, period = grouping->history->period;
  grouping->sums = g_new0 (double, grouping->n_groups *(longest + 1));
  grouping->alive = g_new0 (double, grouping->n_groups *(longest + 1));
  grouping->phases = g_new0 (double, grouping->n_groups *(longest + period));

  for (size_t i = 0; i < rai_panel_n_series (panel); i++) {
    size_t n = rai_panel_length (panel, i);
    size_t at = grouping->group[i] * (longest + 1) + 1 + longest - n;
    for (size_t t = 0; t < n; t++) {
      grouping->sums[at + t] += rai_history_usual (grouping->history, i, t);
      grouping->alive[at + t]++;
    }
  }

  for (size_t g = 0; g < grouping->n_groups; g++) {
    double *sums = grouping->sums + g * (longest + 1),
           *phases = grouping->phases + g * (longest + period);
    for (size_t t = 0; t < longest; t++)
      phases[t + period] = phases[t] + sums[t + 1];
    double *alive = grouping->alive + g * (longest + 1);
    for (size_t t = 0; t < longest; t++) {
      sums[t + 1] += sums[t];
      alive[t + 1] += alive[t];
    }
  }
}

static const char *
group_name (const RaiPanel *panel, size_t i, int kind) {
  if (kind == RAI_GROUP_ALL)
    return "";
  return kind == RAI_GROUP_SITE ? rai_panel_site (panel, i)
         : kind == RAI_GROUP_ITEM
             ? rai_panel_item (panel, i)
             : rai_panel_attribute (panel, i, (size_t) (kind - RAI_GROUP_ATTRIBUTE));
}

RaiGrouping *
rai_grouping_new (const RaiPanel *panel, const RaiHistory *history, int kind) {
  size_t n = rai_panel_n_series (panel);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_autofree uint32_t *group = g_new0 (uint32_t, n + 1);
  for (size_t i = 0; i < n; i++) {
    const char *name = group_name (panel, i, kind);
    void *found;
    if (!g_hash_table_lookup_extended (seen, name, NULL, &found)) {
      found = GUINT_TO_POINTER (g_hash_table_size (seen));
      g_hash_table_insert (seen, (char *) name, found);
    }
    group[i] = GPOINTER_TO_UINT (found);
  }

  size_t n_groups = g_hash_table_size (seen);
  if (n_groups == n || (kind != RAI_GROUP_ALL && n_groups == 1))
    return NULL;

  RaiGrouping *grouping = g_new0 (RaiGrouping, 1);
  grouping->kind = kind;
  grouping->history = history;
  grouping->n_groups = n_groups;
  grouping->group = g_steal_pointer (&group);
  sum_groups (panel, grouping);

  return grouping;
}

void
rai_grouping_free (RaiGrouping *grouping) {
  if (grouping == NULL)
    return;
  g_free (grouping->group);
  g_free (grouping->sums);
  g_free (grouping->alive);
  g_free (grouping->phases);
  g_free (grouping);
}

int64_t
rai_grouping_same_place (size_t period, size_t origin, size_t ahead) {
  return (int64_t) (origin + ahead) - (int64_t) (period * (ahead / period + 1));
}

RaiGroupView
rai_grouping_view (const RaiGrouping *grouping, size_t series, size_t step, size_t ahead,
                   int64_t back) {
  const RaiHistory *history = grouping->history;
  size_t group = grouping->group[series], period = history->period;
  const double *sums = grouping->sums + group * (history->longest + 1);
  const double *phases = grouping->phases + group * (history->longest + period);
  int64_t now = (int64_t) step, window = (int64_t) history->recent, year = (int64_t) history->year;
  RaiGroupView view = { NAN, NAN, NAN, NAN, NAN };

  if (now < window)
    return view;

  double recent = (sums[now] - sums[now - window]) / (double) window;
  if (!(recent > 0))
    return view;

  int64_t shorter = MAX (1, window / 4);
  view.trend = (float) ((sums[now] - sums[now - shorter]) / (double) shorter / recent);
  if (now >= 3 * window)
    view.trend_long =
        (float) ((sums[now] - sums[now - 3 * window]) / (double) (3 * window) / recent);

  int64_t place = rai_grouping_same_place (period, step, ahead);
  int64_t far = place - (int64_t) period * 4, farther = place - (int64_t) period * 12;
  if (period > 1 && far >= -(int64_t) period)
    view.weekday =
        (float) ((phases[place + (int64_t) period] - phases[far + (int64_t) period]) / 4 / recent);

  if (period > 1 && farther >= -(int64_t) period)
    view.weekday_long =
        (float) ((phases[place + (int64_t) period] - phases[farther + (int64_t) period]) / 12 /
                 ((sums[now] - sums[MAX (0, now - 3 * window)]) / (double) MIN (now, 3 * window)));

  int64_t reach = period > 1 ? (int64_t) period / 2 : 1, ago = year;
  for (; back <= (int64_t) ahead + reach; back += year)
    ago += year;

  int64_t middle = now + (int64_t) ahead - back;
  if (middle - reach >= 0 && now - ago - window >= 0) {
    double then = (sums[now - ago] - sums[now - ago - window]) / (double) window;
    if (then > 0)
      view.rise = (float) ((sums[middle + reach + 1] - sums[middle - reach]) /
                           (double) (2 * reach + 1) / then);
  }

  return view;
}

double
rai_grouping_others (const RaiGrouping *grouping, size_t series, size_t now) {
  const RaiHistory *history = grouping->history;
  size_t first = now - MIN (now, history->recent),
         at = grouping->group[series] * (history->longest + 1);
  double sum = grouping->sums[at + now] - grouping->sums[at + first];
  double count = grouping->alive[at + now] - grouping->alive[at + first];
  size_t shift = history->longest - (history->start[series + 1] - history->start[series]);

  for (size_t t = MAX (first, shift); t < now; t++, count--)
    sum -= rai_history_usual (history, series, t - shift);
  return count >= 1 ? MAX (0, sum) / count : NAN;
}
