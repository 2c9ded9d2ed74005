/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/rai-day.h"

/* Days that shops live by. */

/* The fourth Thursday of November (Thanksgiving in the United States; the Friday after it is Black
 * Friday). */
RaiDay rai_anchor_thanksgiving (int year);
/* 25 December, which keeps its date and not its weekday. */
RaiDay rai_anchor_christmas (int year);
/* How many days before `day` the day lies that played its part `years` (>= 1) years ago: the same
 * weekday, a multiple of 364 days away, save near a day that moves, where it is the one as far from
 * it as `day` is, and save when that would hit a moved day of then which is none now, where it is
 * the nearest week outside. A multiple of 7, > 300. */
int rai_anchor_years_back (RaiDay day, int years);
