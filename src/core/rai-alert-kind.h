/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What alerts are about. To add a kind: a value here, its row in rai-alert-kind.c, its finder in
 * planner/rai-alert-finder.c; what answers it in db/rai-stock-words.h, if a count or a delivery
 * does; the compiler asks for its sentence in client/model/rai-words.c. */
typedef enum {
  RAI_ALERT_KIND_STOCK_OUT_PREDICTED,
  RAI_ALERT_KIND_STOCK_OUT,
  RAI_ALERT_KIND_OVERSTOCK,
  RAI_ALERT_KIND_SALES_ANOMALY,
  RAI_ALERT_KIND_NEGATIVE_STOCK,
  RAI_ALERT_KIND_PHANTOM_STOCK, /* on the books, and not sold for an improbable time */
  RAI_ALERT_KIND_FORECAST_DRIFT,
  RAI_ALERT_KIND_LATE_DELIVERY,
  RAI_ALERT_KIND_JOB_FAILED,
  RAI_N_ALERT_KINDS,
} RaiAlertKind;

/* As in table `alert`. */
typedef enum { RAI_ALERT_LOW = 1, RAI_ALERT_MEDIUM, RAI_ALERT_HIGH } RaiAlertSeverity;

/* What a person is shown first when an alert is acted on. */
typedef enum {
  RAI_ALERT_HELP_ITEM,
  RAI_ALERT_HELP_ORDER,
  RAI_ALERT_HELP_FORECAST,
  RAI_ALERT_HELP_JOB,
} RaiAlertHelp;

typedef struct {
  const char *id;    /* "stock_out": as in table `alert` and in an alert's cause */
  const char *title; /* "Runs out before the next delivery"; untranslated, as the next */
  const char *word;  /* "Runs out": in a list of kinds */
  RaiAlertHelp help;
  size_t limit;          /* shown at once at a site, most money first */
  double minimum_factor; /* times the rule alert_minimum; less money is not worth an alert */
  double medium, high;   /* shares of a day's takings from which it is that severe */
} RaiAlertKindRow;

/* By RaiAlertKind. */
extern const RaiAlertKindRow rai_alert_kinds[RAI_N_ALERT_KINDS];

/* false when the text names no kind. */
bool rai_alert_kind_parse (const char *id, RaiAlertKind *kind);
/* money at stake at a site that takes `takings` a day, in minor units both. */
RaiAlertSeverity rai_alert_kind_severity (RaiAlertKind kind, int64_t money, int64_t takings);
