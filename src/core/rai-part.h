/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* What a forecast's mean is made of. The parts of a step add up to its mean. THE table is in
 * rai-part.c; to add a part: a value here, a row there. */
typedef enum {
  RAI_PART_LEVEL,
  RAI_PART_TREND,
  RAI_PART_SEASON,
  RAI_PART_CALENDAR,
  RAI_PART_PRICE,
  RAI_PART_PROMOTION,
  RAI_PART_WEATHER,
  RAI_PART_EVENT,
  RAI_PART_STOCKOUT,
  RAI_PART_RECONCILIATION,
  RAI_PART_OVERRIDE, /* always 0 in what forecast/ returns; the planner adds what a person changed
                      */
  RAI_N_PARTS
} RaiPart;

/* "level", "trend", ... as stored and sent. */
const char *rai_part_id (RaiPart part);
/* "Usual level", untranslated; the client passes it through gettext. */
const char *rai_part_title (RaiPart part);
/* false when the text names no part; NULL names none. */
bool rai_part_find (const char *id, RaiPart *part);
