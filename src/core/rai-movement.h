/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* What moved stock other than a sale: column `kind` of table `movement`. */
typedef enum {
  RAI_MOVEMENT_OPENING, /* what was there when counting began, or as a file told it */
  RAI_MOVEMENT_COUNT,   /* what was found */
  RAI_MOVEMENT_RECEIVE, /* a delivery */
  RAI_MOVEMENT_WASTE,   /* thrown away */
  RAI_N_MOVEMENTS,
} RaiMovementKind;

/* "opening", "count", "receive", "waste": as in the database. */
const char *rai_movement_kind_id (RaiMovementKind kind);
/* "Opening stock", ...: untranslated; the client passes it through gettext. */
const char *rai_movement_kind_title (RaiMovementKind kind);
/* false when the text names no kind. */
bool rai_movement_kind_parse (const char *id, RaiMovementKind *kind);
