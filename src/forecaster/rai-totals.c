/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecaster/rai-totals.h"

#include "forecast/panel/rai-hierarchy.h"
#include "forecaster/rai-long.h"
#include "util/rai-csv.h"

/* The first series of each node speaks for it. */
static void
append_node (GString *csv, const RaiPanel *panel, const RaiHierarchyLevel *level, size_t series) {
  g_string_append_printf (csv, "%s,", level->name);
  rai_csv_append (csv, level->by_site ? rai_panel_site (panel, series) : "", ',');
  g_string_append_c (csv, ',');
  rai_csv_append (
      csv,
      level->attribute >= 0 ? rai_panel_attribute (panel, series, (size_t) level->attribute) : "",
      ',');
  g_string_append_c (csv, ',');
  rai_csv_append (csv, level->by_item ? rai_panel_item (panel, series) : "", ',');
}

static void
append_level (GString *csv, const RaiPanel *panel, const RaiForecast *forecast,
              const RaiHierarchyLevel *level) {
  size_t n = rai_panel_n_series (panel), horizon = rai_panel_horizon (panel);
  g_autofree double *sums = g_new0 (double, level->n_nodes *horizon);
  g_autofree size_t *first = g_new (size_t, level->n_nodes);

  for (size_t i = n; i-- > 0;) {
    size_t node = level->node[i] - level->first;
    const double *mean = rai_forecast_series (forecast, i)->mean;
    first[node] = i;
    for (size_t h = 0; h < horizon; h++)
      sums[node * horizon + h] += mean[h];
  }

  for (size_t node = 0; node < level->n_nodes; node++) {
    g_autoptr (GString) front = g_string_new (NULL);
    append_node (front, panel, level, first[node]);
    for (size_t h = 0; h < horizon; h++) {
      g_string_append_printf (csv, "%s,", front->str);
      rai_long_append_step (csv, panel, first[node], h);
      rai_long_append_number (csv, sums[node * horizon + h]);
      g_string_append_c (csv, '\n');
    }
  }
}

char *
rai_totals_csv (const RaiPanel *panel, const RaiForecast *forecast) {
  GString *csv = g_string_new ("level,site,group,item,date,mean\n");
  g_autoptr (RaiHierarchy) hierarchy = rai_hierarchy_new (panel, G_MAXUINT32);
  for (size_t k = 0; k < hierarchy->n_levels; k++)
    append_level (csv, panel, forecast, &hierarchy->levels[k]);
  return g_string_free (csv, FALSE);
}
