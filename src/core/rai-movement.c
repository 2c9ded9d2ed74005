/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-movement.h"

#include "core/rai-names.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *id, *title;
} kinds[RAI_N_MOVEMENTS] = {
  [RAI_MOVEMENT_OPENING] = { "opening", N_ ("Opening stock") },
  [RAI_MOVEMENT_COUNT] = { "count", N_ ("Count") },
  [RAI_MOVEMENT_RECEIVE] = { "receive", N_ ("Delivery") },
  [RAI_MOVEMENT_WASTE] = { "waste", N_ ("Waste") },
};

const char *
rai_movement_kind_id (RaiMovementKind kind) {
  g_return_val_if_fail (kind < RAI_N_MOVEMENTS, NULL);
  return kinds[kind].id;
}

const char *
rai_movement_kind_title (RaiMovementKind kind) {
  g_return_val_if_fail (kind < RAI_N_MOVEMENTS, NULL);
  return kinds[kind].title;
}

bool
rai_movement_kind_parse (const char *id, RaiMovementKind *kind) {
  size_t place;
  if (!RAI_NAMES_FIND (kinds, id, &place))
    return false;
  *kind = (RaiMovementKind) place;
  return true;
}
