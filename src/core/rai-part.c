/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-part.h"

#include "core/rai-names.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *id, *title;
} parts[RAI_N_PARTS] = {
  [RAI_PART_LEVEL] = { "level", N_ ("Usual level") },
  [RAI_PART_TREND] = { "trend", N_ ("Trend") },
  [RAI_PART_SEASON] = { "season", N_ ("Day of the week, time of the year") },
  [RAI_PART_CALENDAR] = { "calendar", N_ ("Holidays and closed days") },
  [RAI_PART_PRICE] = { "price", N_ ("Price") },
  [RAI_PART_PROMOTION] = { "promotion", N_ ("Promotion") },
  [RAI_PART_WEATHER] = { "weather", N_ ("Weather") },
  [RAI_PART_EVENT] = { "event", N_ ("Events") },
  [RAI_PART_STOCKOUT] = { "stockout", N_ ("Sales missed while out of stock") },
  [RAI_PART_RECONCILIATION] = { "reconciliation", N_ ("To agree with the store's total") },
  [RAI_PART_OVERRIDE] = { "override", N_ ("Changed by hand") },
};

const char *
rai_part_id (RaiPart part) {
  g_return_val_if_fail (part < RAI_N_PARTS, "");
  return parts[part].id;
}

const char *
rai_part_title (RaiPart part) {
  g_return_val_if_fail (part < RAI_N_PARTS, "");
  return parts[part].title;
}

bool
rai_part_find (const char *id, RaiPart *part) {
  size_t place;
  if (!RAI_NAMES_FIND (parts, id, &place))
    return false;
  *part = (RaiPart) place;
  return true;
}
