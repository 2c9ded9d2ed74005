/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-alert-kind.h"

#include "core/rai-names.h"

#include <glib/gi18n-lib.h>

/* One measure for all so far: two in a thousand of a day's takings are felt, one in a hundred
 * hurts. */
#define BY_TAKINGS .medium = 0.002, .high = 0.01

/* THE table. The rule alert_minimum speaks of money once; what is lost again every day, or may be a
 * mistake in the books, is worth a look earlier, what is only tied up later. */
const RaiAlertKindRow rai_alert_kinds[RAI_N_ALERT_KINDS] = {
  [RAI_ALERT_KIND_STOCK_OUT_PREDICTED] = {
    .id = "stock_out_predicted",
    .title = N_ ("Runs out before the next delivery"),
    .word = N_ ("Runs out"),
    .help = RAI_ALERT_HELP_ORDER,
    .limit = 8,
    .minimum_factor = 0.2,
    BY_TAKINGS,
  },
  [RAI_ALERT_KIND_STOCK_OUT] = {
    .id = "stock_out",
    .title = N_ ("Out of stock"),
    .word = N_ ("Out of stock"),
    .help = RAI_ALERT_HELP_ORDER,
    .limit = 8,
    .minimum_factor = 0.2,
    BY_TAKINGS,
  },
  [RAI_ALERT_KIND_OVERSTOCK] = {
    .id = "overstock",
    .title = N_ ("Too much in stock"),
    .word = N_ ("Too much"),
    .help = RAI_ALERT_HELP_ITEM,
    .limit = 4,
    .minimum_factor = 4,
    BY_TAKINGS,
  },
  [RAI_ALERT_KIND_SALES_ANOMALY] = {
    .id = "sales_anomaly",
    .title = N_ ("Sales out of the ordinary"),
    .word = N_ ("Sales out of the ordinary"),
    .help = RAI_ALERT_HELP_FORECAST,
    .limit = 4,
    .minimum_factor = 1,
    BY_TAKINGS,
  },
  [RAI_ALERT_KIND_NEGATIVE_STOCK] = {
    .id = "negative_stock",
    .title = N_ ("Stock below zero"),
    .word = N_ ("Stock below zero"),
    .help = RAI_ALERT_HELP_ITEM,
    .limit = 4,
    .minimum_factor = 0.1,
    BY_TAKINGS,
  },
  [RAI_ALERT_KIND_PHANTOM_STOCK] = {
    .id = "phantom_stock",
    .title = N_ ("In stock, but not sold"),
    .word = N_ ("Not sold"),
    .help = RAI_ALERT_HELP_ITEM,
    .limit = 8,
    .minimum_factor = 0.1,
    BY_TAKINGS,
  },
  [RAI_ALERT_KIND_FORECAST_DRIFT] = {
    .id = "forecast_drift",
    .title = N_ ("Forecasts miss more than usual"),
    .word = N_ ("Forecasts miss more than usual"),
    .help = RAI_ALERT_HELP_FORECAST,
    .limit = 1,
    .minimum_factor = 0,
    BY_TAKINGS,
  },
  [RAI_ALERT_KIND_LATE_DELIVERY] = {
    .id = "late_delivery",
    .title = N_ ("Delivery is late"),
    .word = N_ ("Delivery is late"),
    .help = RAI_ALERT_HELP_ORDER,
    .limit = 8,
    BY_TAKINGS,
  },
  [RAI_ALERT_KIND_JOB_FAILED] = {
    .id = "job_failed",
    .title = N_ ("Nightly work failed"),
    .word = N_ ("Nightly work failed"),
    .help = RAI_ALERT_HELP_JOB,
    .limit = 1,
    BY_TAKINGS,
  },
};

bool
rai_alert_kind_parse (const char *id, RaiAlertKind *kind) {
  size_t place;
  if (!RAI_NAMES_FIND (rai_alert_kinds, id, &place))
    return false;
  *kind = (RaiAlertKind) place;
  return true;
}

RaiAlertSeverity
rai_alert_kind_severity (RaiAlertKind kind, int64_t money, int64_t takings) {
  g_return_val_if_fail (kind < RAI_N_ALERT_KINDS, RAI_ALERT_LOW);
  const RaiAlertKindRow *row = &rai_alert_kinds[kind];
  double share = (double) money / (double) MAX (1, takings);
  return share >= row->high     ? RAI_ALERT_HIGH
         : share >= row->medium ? RAI_ALERT_MEDIUM
                                : RAI_ALERT_LOW;
}
