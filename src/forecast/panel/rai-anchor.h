/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/rai-day.h"

/* Days that shops live by. */

/* The fourth Thursday of November (Thanksgiving in the United States; the Friday after it is Black
 * Friday). */
RaiDay rai_anchor_thanksgiving (int year);
/* 25 December, which keeps its date and not its weekday. */
RaiDay rai_anchor_christmas (int year);
/* How many days before `day` lies the day to compare it with, `years` (>= 1) years earlier: a
 * multiple of 7, > 300, so that the weekday is the same.
 * - An ordinary day: 364 x years.
 * - A day near Easter or Thanksgiving: the day that was as far from Easter or Thanksgiving then.
 * - An ordinary day whose 364 x years would meet the Easter or Thanksgiving of then: one or more
 *   weeks more or less, to the nearest week that was ordinary too. */
int rai_anchor_years_back (RaiDay day, int years);
