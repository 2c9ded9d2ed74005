/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "planner/rai-site-plan.h"

/* Orders of status `proposed` from a site's plan: one for each supplier that takes orders today. */
typedef struct {
  size_t orders;
  size_t lines;
  int64_t total;   /* minor units */
  int64_t changed; /* rows written or deleted */
} RaiOrderSummary;

/* Adds packs until each supplier's minimum order is met, beginning with what runs out first and
 * never more than lasts four weeks; an order that stays far below the minimum and protects nothing
 * waits. Changes the plan only. */
void rai_order_meet_minimum (RaiSitePlan *plan);

/* Replaces the site's proposals, within the caller's write transaction. Lines that a person edited
 * keep their quantity, and stay even when they are not proposed any more. */
bool rai_order_write (const RaiSitePlan *plan, RaiDb *db, RaiOrderSummary *summary, GError **error);
