/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "util/rai-day.h"

#include <gio/gio.h>

/* Plans every site from its stock and its stored forecasts: tables plan, purchase_order (proposed),
 * order_line, alert. Only rows that changed are written; one transaction a site. Belongs to the
 * connection's thread. */
typedef struct {
  const int64_t *sites; /* n_sites of them; none: all */
  size_t n_sites;
} RaiPlannerPlanOptions;

typedef struct {
  size_t sites;
  size_t items;
  int64_t changed; /* rows of plan, orders and lines written or deleted */
  size_t orders;
  size_t lines;
  int64_t total; /* minor units */
  size_t alerts; /* not resolved */
  size_t alerts_opened;
  size_t alerts_resolved;
  double seconds;
} RaiPlannerPlanSummary;

/* Fails with G_IO_ERROR_NOT_FOUND when no site has sales, G_IO_ERROR_CANCELLED or RAI_DB_ERROR. */
bool rai_planner_plan (RaiDb *db, const RaiPlannerPlanOptions *options,
                       RaiPlannerPlanSummary *summary, GCancellable *cancellable, GError **error);
