/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-aside-reason.h"

#include "core/rai-names.h"

static const char *const reasons[RAI_N_ASIDE_REASONS] = {
  [RAI_ASIDE_FUTURE] = "future",
  [RAI_ASIDE_PAST] = "past",
  [RAI_ASIDE_DAY] = "day",
  [RAI_ASIDE_AMOUNT] = "amount",
};

const char *
rai_aside_reason_id (RaiAsideReason reason) {
  g_return_val_if_fail (reason < RAI_N_ASIDE_REASONS, NULL);
  return reasons[reason];
}

bool
rai_aside_reason_parse (const char *id, RaiAsideReason *reason) {
  size_t place;
  if (!RAI_NAMES_FIND (reasons, id, &place))
    return false;
  *reason = (RaiAsideReason) place;
  return true;
}
