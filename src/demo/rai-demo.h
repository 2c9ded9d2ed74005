/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "util/rai-day.h"

/* The demo retailer, written into an empty database: shops, goods, two years of receipts, prices
 * and promotions (past and planned), weather, stock with its ledger, orders on their way. The same
 * size, seed and last day give the same rows, but for when the audit log received them: the whole
 * is the command "demo.generate". Runs on the connection's thread; shows progress on a terminal. */
typedef enum { RAI_DEMO_SMALL, RAI_DEMO_FULL } RaiDemoSize;

typedef struct {
  RaiDemoSize size; /* small: 2 shops x 120 items x 400 days; full: 10 x 1,150 x 730 */
  uint64_t seed;
  RaiDay through; /* the last day with sales; RAI_DAY_NONE: yesterday */
} RaiDemoOptions;

typedef struct {
  RaiDay first_day;
  RaiDay through;
  int64_t sites;
  int64_t items;
  int64_t receipts;
  int64_t lines;
  int64_t movements;
  int64_t orders;
} RaiDemoResult;

/* Fails with G_IO_ERROR_EXISTS when there are shops already. result may be NULL. */
bool
rai_demo_generate (RaiDb *db, const RaiDemoOptions *options, RaiDemoResult *result, GError **error);
