/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* Why a receipt is set aside (db/rai-aside.h judges it): column reason of table `sale_aside`. */
typedef enum {
  RAI_ASIDE_NONE,   /* nothing is wrong with it: has no id */
  RAI_ASIDE_FUTURE, /* more than two hours ahead of this machine's clock */
  RAI_ASIDE_PAST,   /* before 2000 */
  RAI_ASIDE_DAY,    /* its business day is not the day of its time, nor near it */
  RAI_ASIDE_AMOUNT, /* a line sells more, or for more, than a till does */
  RAI_N_ASIDE_REASONS,
} RaiAsideReason;

/* "future", "past", "day", "amount"; NULL for NONE. */
const char *rai_aside_reason_id (RaiAsideReason reason);
/* false when the text names no reason. */
bool rai_aside_reason_parse (const char *id, RaiAsideReason *reason);
