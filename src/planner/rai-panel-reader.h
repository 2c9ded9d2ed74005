/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-forecast-level.h"
#include "forecast/panel/rai-panel.h"
#include "planner/rai-catalogue.h"
#include "util/rai-progress.h"

#include <gio/gio.h>

/* From the database's roll-ups to the panel that the forecasting core reads: one ordered scan a
 * site. Days that were closed, out of stock or not recorded are marked as such; a series begins
 * with the first sale of the item at the site. Belongs to the connection's thread. */
typedef struct _RaiPanelReader RaiPanelReader;

/* What a series of a panel stands for; the keys of table `forecast`. */
typedef struct {
  RaiForecastLevel level;
  int64_t site_id;
  int64_t node_id;
} RaiForecastNode;

/* origin is the first day to forecast; nothing from it on is read but what is known in advance.
 * history: days to look back at most. */
RaiPanelReader *rai_panel_reader_new (RaiDb *db, const RaiCatalogue *catalogue, RaiDay origin,
                                      size_t horizon, size_t history, GError **error);
void rai_panel_reader_free (RaiPanelReader *reader);

/* Reads only one in `every` items, counted over the sites of a call: a sample for simulations. */
void rai_panel_reader_set_every (RaiPanelReader *reader, size_t every);

/* Item level in units of the item, for every active item that the sites carry. Appends a
 * RaiForecastNode for each series to nodes. Advances the progress by one a site. */
RaiPanel *rai_panel_reader_items (RaiPanelReader *reader, const RaiCatalogueSite *const *sites,
                                  size_t n_sites, GArray *nodes, RaiProgress *progress,
                                  GCancellable *cancellable, GError **error);

typedef enum {
  RAI_TOTALS_SITES = 1,   /* each site and its departments */
  RAI_TOTALS_COMPANY = 2, /* all sites given together */
  RAI_TOTALS_ALL = RAI_TOTALS_SITES | RAI_TOTALS_COMPANY,
} RaiTotalsKind;

/* Revenue in minor units. */
RaiPanel *rai_panel_reader_totals (RaiPanelReader *reader, const RaiCatalogueSite *const *sites,
                                   size_t n_sites, RaiTotalsKind kind, GArray *nodes,
                                   GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiPanelReader, rai_panel_reader_free)
