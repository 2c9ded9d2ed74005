/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-hierarchy.h"

/* Attributes beyond the first ones make no levels: they are mostly traits, not departments. */
#define ATTRIBUTES_MAX 2

/* The series' own name for its node of a level. */
static char *
node_name (const RaiPanel *panel, size_t series, bool site, bool item, int attribute) {
  return g_strconcat (
      site ? rai_panel_site (panel, series) : "", "\n", item ? rai_panel_item (panel, series) : "",
      "\n", attribute >= 0 ? rai_panel_attribute (panel, series, (size_t) attribute) : "", NULL);
}

/* Whether the last level groups the series as an earlier one does. */
static bool
repeats (const RaiHierarchy *hierarchy, const RaiHierarchyLevel *level) {
  for (size_t k = 0; k < hierarchy->n_levels; k++) {
    bool same = hierarchy->levels[k].n_nodes == level->n_nodes;
    for (size_t i = 0; i < hierarchy->n_series && same;
         i++) /* both are numbered in order of appearance */
      same = hierarchy->levels[k].node[i] - hierarchy->levels[k].first == level->node[i];
    if (same)
      return true;
  }

  return false;
}

static void
add_level (RaiHierarchy *hierarchy, const RaiPanel *panel, const char *name, bool site, bool item,
           int attribute, size_t nodes_max) {
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  RaiHierarchyLevel level = {
    name, hierarchy->n_nodes, 0, g_new (uint32_t, hierarchy->n_series + 1), site, item, attribute
  };

  for (size_t i = 0; i < hierarchy->n_series; i++) {
    g_autofree char *own = node_name (panel, i, site, item, attribute);
    void *found;
    if (!g_hash_table_lookup_extended (seen, own, NULL, &found)) {
      found = GUINT_TO_POINTER (g_hash_table_size (seen));
      g_hash_table_insert (seen, g_steal_pointer (&own), found);
    }
    level.node[i] = GPOINTER_TO_UINT (found);
  }

  level.n_nodes = g_hash_table_size (seen);
  bool first = hierarchy->n_levels == 0;
  if (hierarchy->n_levels == RAI_HIERARCHY_LEVELS || level.n_nodes == 0 ||
      (!first && (level.n_nodes == hierarchy->n_series ||
                  hierarchy->n_nodes + level.n_nodes > nodes_max || repeats (hierarchy, &level)))) {
    g_free (level.node);
    return;
  }

  for (size_t i = 0; i < hierarchy->n_series; i++)
    level.node[i] += (uint32_t) level.first;
  hierarchy->levels[hierarchy->n_levels++] = level;
  hierarchy->n_nodes += level.n_nodes;
}

RaiHierarchy *
rai_hierarchy_new (const RaiPanel *panel, size_t nodes_max) {
  RaiHierarchy *hierarchy = g_new0 (RaiHierarchy, 1);
  int n_attributes = (int) MIN (rai_panel_n_attributes (panel), ATTRIBUTES_MAX);
  hierarchy->n_series = rai_panel_n_series (panel);
  add_level (hierarchy, panel, "all", false, false, -1, nodes_max);
  add_level (hierarchy, panel, "site", true, false, -1, nodes_max);
  for (int a = 0; a < n_attributes; a++)
    add_level (hierarchy, panel, "attribute", false, false, a, nodes_max);
  for (int a = 0; a < n_attributes; a++)
    add_level (hierarchy, panel, "site x attribute", true, false, a, nodes_max);

  add_level (hierarchy, panel, "item", false, true, -1, nodes_max);
  return hierarchy;
}

void
rai_hierarchy_free (RaiHierarchy *hierarchy) {
  if (hierarchy == NULL)
    return;
  for (size_t k = 0; k < hierarchy->n_levels; k++)
    g_free (hierarchy->levels[k].node);
  g_free (hierarchy);
}

void
rai_hierarchy_sum (const RaiHierarchy *hierarchy, const double *values, double *sums) {
  for (size_t k = 0; k < hierarchy->n_levels; k++)
    for (size_t i = 0; i < hierarchy->n_series; i++)
      sums[hierarchy->levels[k].node[i]] += values[i];
}
