/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-forecast-words.h"

#include "client/model/rai-format.h"
#include "core/rai-method.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

typedef struct {
  const char *name, *title;
} Title;

static const char *
one_model_title (const char *name) {
  RaiMethod method;
  return rai_method_find (name, &method) ? _ (rai_method_words (method)) : name;
}

char *
rai_forecast_model_title (const char *model) {
  g_auto (GStrv) names = g_strsplit (model != NULL ? model : "", "+", -1);
  GString *text = g_string_new (NULL);
  for (size_t i = 0; names[i]; i++) {
    if (i > 0)
      g_string_append (text, names[i + 1] != NULL ? ", " : _ (" and "));
    g_string_append (text, one_model_title (g_strstrip (names[i])));
  }

  /* Sentence case: only the first letter. */
  g_autofree char *first = g_utf8_substring (text->str, 0, text->len > 0 ? 1 : 0);
  g_autofree char *upper = g_utf8_strup (first, -1);

  g_string_erase (text, 0, (ssize_t) strlen (first));
  g_string_prepend (text, upper);
  return g_string_free (text, FALSE);
}

char *
rai_forecast_backtest_text (const RaiForecastData *data, RaiForecastLevel level) {
  if (isnan (data->wape))
    return g_strdup (_ ("How good it is will be known when the first days have come."));

  g_autofree char *missed = rai_format_percent (data->wape, 0),
                  *naive = rai_format_percent (data->wape_naive, 0);
  GString *text = g_string_new (NULL);

  g_string_append_printf (
      text, _ ("Tried out on %d days of the past, up to %d days ahead, it missed by %s (%s)."),
      data->backtest_days, (int) data->numbers.horizon, missed,
      _ (rai_forecast_level_measure (level)));
  if (!isnan (data->wape_naive))
    g_string_append_printf (text, _ (" Taking the same day of the week before missed by %s."),
                            naive);

  if (!isnan (data->bias) && fabs (data->bias) >= 0.01) {
    g_autofree char *bias = rai_format_percent (fabs (data->bias), 0);
    g_string_append_printf (
        text, data->bias > 0 ? _ (" In sum it was %s too high.") : _ (" In sum it was %s too low."),
        bias);
  }

  return g_string_free (text, FALSE);
}

char *
rai_forecast_coverage_text (const RaiForecastData *data) {
  if (isnan (data->coverage_80))
    return NULL;
  return g_strdup_printf (_ ("Of 100 such days, %.0f fell inside the band that should hold 80."),
                          data->coverage_80 * 100);
}

char *
rai_forecast_days_text (const RaiForecastData *data, RaiChartDays days, RaiDay today) {
  RaiDay last = data->first_day + (RaiDay) data->numbers.horizon - 1;
  if (days.from <= data->first_day && days.to >= last)
    return g_strdup_printf (
        ngettext ("Next %d day", "Next %d days", (unsigned long) data->numbers.horizon),
        (int) data->numbers.horizon);
  if (days.from == days.to)
    return rai_format_day (days.from, today);
  return rai_chart_scene_days_text (days);
}
