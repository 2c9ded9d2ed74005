/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-time-axis.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

typedef struct {
  int days, months; /* one of them is not 0 */
} Step;

static const Step steps[] = { { 1, 0 },  { 7, 0 },  { 14, 0 }, { 0, 1 },   { 0, 3 },
                              { 0, 12 }, { 0, 24 }, { 0, 60 }, { 0, 120 }, { 0, 600 } };

double
rai_time_axis_normalize (const RaiTimeAxis *axis, double day) {
  return (day - axis->from) / (axis->to - axis->from);
}

double
rai_time_axis_denormalize (const RaiTimeAxis *axis, double at) {
  return axis->from + at * (axis->to - axis->from);
}

char *
rai_time_axis_day_text (RaiDay day, const char *pattern) {
  GDate date;
  char buffer[64];
  int year, month, mday;

  rai_day_to_ymd (day, &year, &month, &mday);
  if (!g_date_valid_dmy ((GDateDay) mday, (GDateMonth) month, (GDateYear) year))
    return g_strdup ("");
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) mday, (GDateMonth) month, (GDateYear) year);
  if (g_date_strftime (buffer, sizeof buffer, pattern, &date) == 0)
    return g_strdup ("");

  return g_strdup (buffer);
}

static double
step_days (const Step *step) {
  return step->days > 0 ? step->days : step->months * 30.4;
}

/* The first day of a step at or after `day`. */
static RaiDay
align (const Step *step, RaiDay day) {
  int year, month, mday;
  if (step->days == 1)
    return day;
  if (step->days > 0) {
    /* Day 4 (1970-01-05) is a Monday, and so the origin of the weeks. */
    int past = ((day - 4) % step->days + step->days) % step->days;
    return past == 0 ? day : day + step->days - past;
  }

  rai_day_to_ymd (day, &year, &month, &mday);
  int months = year * 12 + month - 1 + (mday > 1 ? 1 : 0);
  months = (months + step->months - 1) / step->months * step->months;

  return rai_day_from_ymd (months / 12, months % 12 + 1, 1);
}

static void
clear_tick (void *data) {
  RaiTimeTick *tick = data;
  g_free (tick->label);
  g_free (tick->context);
}

static const char *
label_pattern (const Step *step) {
  if (step->days == 1)
    /* Translators: strftime pattern of a day below a chart, like "Mon 23". */
    return _ ("%a %-d");
  if (step->days > 0)
    /* Translators: strftime pattern of a week's Monday below a chart, like "23 Nov". */
    return _ ("%-d %b");
  return step->months < 12 ? "%b" : "%Y";
}

static const char *
context_pattern (const Step *step) {
  if (step->days == 1)
    /* Translators: strftime pattern of a month below a chart, like "November 2026". */
    return _ ("%B %Y");
  return step->months >= 12 ? NULL : "%Y";
}

GArray *
rai_time_axis_ticks (const RaiTimeAxis *axis, double width, double label_width) {
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (RaiTimeTick));
  g_autofree char *before = NULL;
  double day_width = width / (axis->to - axis->from);
  size_t s = 0;

  g_array_set_clear_func (ticks, clear_tick);
  while (s + 1 < G_N_ELEMENTS (steps) && step_days (&steps[s]) * day_width < label_width * 1.3)
    s++;

  const Step *step = &steps[s];
  const char *pattern = context_pattern (step);
  for (RaiDay day = align (step, (RaiDay) ceil (axis->from));
       day != RAI_DAY_NONE && day + 0.5 <= axis->to; day = align (step, day + 1)) {
    RaiTimeTick tick = { .at = day + 0.5,
                         .label = rai_time_axis_day_text (day, label_pattern (step)) };
    g_autofree char *context = pattern != NULL ? rai_time_axis_day_text (day, pattern) : NULL;
    if (g_strcmp0 (context, before) != 0) {
      tick.context = g_strdup (context);
      g_free (before);
      before = g_steal_pointer (&context);
    }
    g_array_append_val (ticks, tick);
  }

  return ticks;
}
