/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-plan.h"
#include "db/rai-db.h"
#include "util/rai-day.h"

#include <gio/gio.h>

/* Plans every site from its stock and its stored forecasts: tables plan, purchase_order (proposed),
 * order_line, alert, and what site says of its plan. Only rows that changed are written; one
 * transaction a site. Belongs to the connection's thread. */
typedef struct {
  const int64_t *sites; /* n_sites of them; none: all */
  size_t n_sites;
  RaiDay through; /* last day that is history; RAI_DAY_NONE: yesterday at each site */
} RaiPlannerPlanOptions;

/* What came of one site. */
typedef struct {
  char *code;
  size_t orders;
  RaiPlanVerdict verdict;
  RaiDay day;       /* that the verdict speaks of, or RAI_DAY_NONE */
  int days_missing; /* open days before today of which no sales have come in */
} RaiPlannedSite;

typedef struct {
  GArray
      *planned; /* RaiPlannedSite, in the order of their ids; freed by the clear function below */
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

void rai_planner_plan_summary_clear (RaiPlannerPlanSummary *summary);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiPlannerPlanSummary, rai_planner_plan_summary_clear)

/* Why a site has no order, for the log and the command line: "nothing is due before 2026-12-04".
 * NULL when it has one. */
char *rai_planned_site_explain (const RaiPlannedSite *site);

/* Fails with G_IO_ERROR_NOT_FOUND when no site has sales, G_IO_ERROR_CANCELLED or RAI_DB_ERROR. */
bool rai_planner_plan (RaiDb *db, const RaiPlannerPlanOptions *options,
                       RaiPlannerPlanSummary *summary, GCancellable *cancellable, GError **error);
