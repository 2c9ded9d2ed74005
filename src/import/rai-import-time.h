/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/rai-day.h"

/* Dates and times as files write them. The order of day, month and year is decided once a file,
 * from many rows, and never guessed for a single one. Pure functions. */
typedef enum {
  RAI_DATE_ORDER_YMD,
  RAI_DATE_ORDER_DMY,
  RAI_DATE_ORDER_MDY,
  RAI_N_DATE_ORDERS
} RaiDateOrder;

typedef struct {
  RaiDay day; /* as written */
  int second; /* of the day; -1: no time was given */
  bool zoned; /* an offset or Z was given */
  int offset; /* seconds east of UTC, when zoned */
} RaiImportTime;

/* "2024-01-31", "2024-01-31T18:05:00+01:00", "31.1.2024 18:05", "1/31/24 6:05 PM", "20240131"; a
 * two-digit year is 20xx; points between the numbers mean that the day comes first. */
bool rai_import_time_parse (const char *text, RaiDateOrder order, RaiImportTime *time);

/* ms UTC of a time that is zoned. */
int64_t rai_import_time_instant (const RaiImportTime *time);

/* Counts of a file's texts that each order can read. */
typedef struct {
  unsigned texts;
  unsigned readable[RAI_N_DATE_ORDERS];
} RaiDateOrderVote;

void rai_date_order_vote (RaiDateOrderVote *vote, const char *text);
/* false: nothing can read most of them (ambiguous = false), or two orders can read them equally
 * well. */
bool rai_date_order_decide (const RaiDateOrderVote *vote, RaiDateOrder *order, bool *ambiguous);
/* "ymd", "dmy", "mdy" */
const char *rai_date_order_id (RaiDateOrder order);
bool rai_date_order_from_id (const char *id, RaiDateOrder *order);
