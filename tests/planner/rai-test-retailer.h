/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "util/rai-day.h"

/* A tiny retailer in a fresh database: site 1 (code "S1"), department 1, supplier 1 (orders any
 * day, 2 days' lead time), 120 days of sales up to RAI_TEST_LAST_DAY, which a function of item and
 * weekday makes. Prices are twice the cost. item 1  sells 10 a day and 20 on Saturdays, 15 on the
 * shelf, packs of 6      -> is ordered item 2  sells 2 a day, 500 on the shelf, dear -> too much
 * item 3  sells 4 a day, nothing on the shelf
 * -> out item 4  as item 1, but without a supplier item 5  as item 1, but its stock is not tracked
 * item 6  sells 3 a day, -5 on the shelf */
#define RAI_TEST_LAST_DAY 20500
#define RAI_TEST_ITEMS 6

/* The morning after: what the clock is set to. */
#define RAI_TEST_NOW "2026-02-17T06:00:00Z"

/* Also sets the clock. */
void rai_test_retailer_fill (RaiDb *db);
/* Runs statements in a write transaction of their own, ":rev" standing for its revision. */
void rai_test_retailer_change (RaiDb *db, const char *sql);
/* The one number that the query gives. */
int64_t rai_test_retailer_int (RaiDb *db, const char *sql);
/* The one text that the query gives; owned by the caller. */
char *rai_test_retailer_text (RaiDb *db, const char *sql);
