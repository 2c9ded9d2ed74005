/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/panel/rai-panel.h"

/* Grouped time series (Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., ch.
 * 11): levels above the series, each of which puts every series into one node: all, site,
 * attributes ("department"), site x attribute, item. A level that would only repeat another one or
 * the series themselves is left out. Read-only once made. */
#define RAI_HIERARCHY_LEVELS 8

typedef struct {
  const char *name; /* static: "all", "site", "attribute", "site x attribute", "item" */
  size_t first;     /* its nodes are [first, first + n_nodes) */
  size_t n_nodes;
  uint32_t *node; /* [n_series] */
  bool by_site, by_item;
  int attribute; /* of the panel; -1: none */
} RaiHierarchyLevel;

typedef struct {
  size_t n_series, n_nodes, n_levels;
  RaiHierarchyLevel levels[RAI_HIERARCHY_LEVELS]; /* from few nodes to many */
} RaiHierarchy;

/* Levels are added as long as there are at most nodes_max nodes in all; "all" is always there.
 * Panels without series have no levels. */
RaiHierarchy *rai_hierarchy_new (const RaiPanel *panel, size_t nodes_max);
void rai_hierarchy_free (RaiHierarchy *hierarchy);
/* Adds the values [n_series] of each node's series to sums [n_nodes]. */
void rai_hierarchy_sum (const RaiHierarchy *hierarchy, const double *values, double *sums);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiHierarchy, rai_hierarchy_free)
