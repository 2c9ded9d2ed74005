/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-words.h"

#include "client/model/rai-format.h"
#include "core/rai-alert-kind.h"
#include "core/rai-movement.h"
#include "core/rai-order.h"
#include "core/rai-plan.h"
#include "util/rai-decimal.h"

#include <glib/gi18n.h>
#include <math.h>

/* A status, a kind of alert or a way of help without its words does not compile. */
#pragma GCC diagnostic error "-Wswitch"

/* A clock that is off by less does not change what anybody sees. */
#define CLOCK_OFF_MS (2 * 60000)

const char *
rai_tone_class (RaiTone tone) {
  switch (tone) {
    case RAI_TONE_FINE:
      return "fine";
    case RAI_TONE_ATTENTION:
      return "attention";
    case RAI_TONE_LOSS:
      return "loss";
    case RAI_TONE_PLAIN:
      break;
  }

  return "";
}

static char *
runs_out (RaiRow *row, RaiDay today) {
  if (rai_row_is_null (row, "stockout_day"))
    return g_strdup (_ ("Runs out soon"));
  g_autofree char *day =
      rai_format_day_inline ((RaiDay) rai_row_get_int (row, "stockout_day"), today);
  /* Translators: %s is "today", "Thu" or "3 Mar" */
  return g_strdup_printf (_ ("Runs out %s"), day);
}

static char *
lasts (RaiRow *row) {
  g_autofree char *days = rai_format_days (rai_row_get_int (row, "cover_days"));
  /* Translators: far more stock than is needed; %s is "41 days" */
  return g_strdup_printf (_ ("Lasts %s"), days);
}

int64_t
rai_words_cover_days (RaiRow *row) {
  if (rai_row_is_null (row, "cover_days"))
    return -1;
  return rai_row_get_int (row, "on_hand") > 0 ? rai_row_get_int (row, "cover_days") : 0;
}

char *
rai_words_stock_status (RaiRow *row, RaiDay today, RaiTone *tone) {
  RaiPlanStatus status = RAI_PLAN_NO_DATA;
  rai_plan_status_parse (rai_row_get_text (row, "status"), &status);

  *tone = RAI_TONE_PLAIN;
  switch (status) {
    case RAI_PLAN_OUT:
      *tone = RAI_TONE_LOSS;
      break;
    case RAI_PLAN_RUNS_OUT:
      *tone = RAI_TONE_ATTENTION;
      return runs_out (row, today);
    case RAI_PLAN_OVER:
      if (!rai_row_is_null (row, "cover_days"))
        return lasts (row);
      break;
    case RAI_PLAN_FINE:
      *tone = RAI_TONE_FINE;
      break;
    case RAI_PLAN_NO_DATA:
      if (!rai_row_get_int (row, "tracked"))
        return g_strdup (_ ("Not counted yet"));
      break;
    case RAI_N_PLAN_STATUSES:
      break;
  }

  return g_strdup (_ (rai_plan_status_title (status)));
}

const char *
rai_words_not_ordered (const char *id) {
  RaiPlanReason reason;
  if (rai_plan_reason_parse (id, &reason))
    return _ (rai_plan_reason_title (reason));
  return id != NULL ? id : "";
}

const char *
rai_words_movement (const char *id) {
  RaiMovementKind kind;
  if (rai_movement_kind_parse (id, &kind))
    return _ (rai_movement_kind_title (kind));
  return id != NULL ? id : "";
}

const char *
rai_words_order_status (const char *id) {
  RaiOrderStatus status;
  if (rai_order_status_parse (id, &status))
    return _ (rai_order_status_title (status));
  return id != NULL ? id : "";
}

char *
rai_words_order (RaiRow *row, const char *currency) {
  const char *status = rai_words_order_status (rai_row_get_text (row, "status"));
  const char *person = rai_row_get_text (row, "approved_by");
  g_autofree char *total = rai_format_money (rai_row_get_int (row, "total"), currency);

  if (person != NULL && *person)
    /* Translators: what became of an order, who did that, what it costs: "Approved by Anna, 210.00
     * EUR" */
    return g_strdup_printf (_ ("%s by %s, %s"), status, person, total);

  /* Translators: an order's state and what it costs */
  return g_strdup_printf (_ ("%s, %s"), status, total);
}

const char *
rai_words_alert_kind (const char *id) {
  RaiAlertKind kind;
  if (rai_alert_kind_parse (id, &kind))
    return _ (rai_alert_kinds[kind].title);
  return id != NULL ? id : "";
}

/* A number of units as people say it: whole when it is nearly so. */
static char *
units (RaiRow *row, const char *column) {
  double value = rai_row_get_double (row, column);
  return rai_format_number (value,
                            fabs (value) < 10 && fabs (value - round (value)) > 0.05 ? 1 : 0);
}

/* A whole store's day: its numbers are money. */
static char *
takings (RaiRow *row, const char *day, const char *currency) {
  g_autofree char *taken =
      rai_format_money_whole ((int64_t) rai_row_get_double (row, "value"), currency);
  g_autofree char *expected =
      rai_format_money_whole ((int64_t) rai_row_get_double (row, "expected"), currency);
  /* Translators: what a store took on a day ("yesterday", "Thu"), and what was expected */
  return g_strdup_printf (_ ("Took %s %s, expected were %s."), taken, day, expected);
}

static RaiAlertHelp
help_of (const char *id) {
  RaiAlertKind kind;
  return rai_alert_kind_parse (id, &kind) ? rai_alert_kinds[kind].help : RAI_ALERT_HELP_ITEM;
}

const char *
rai_words_alert_page (const char *kind) {
  switch (help_of (kind)) {
    case RAI_ALERT_HELP_ORDER:
      return "orders";
    case RAI_ALERT_HELP_FORECAST:
      return "forecast";
    case RAI_ALERT_HELP_JOB:
      return "changes";
    case RAI_ALERT_HELP_ITEM:
      break;
  }

  return "inventory";
}

const char *
rai_words_alert_action (const char *kind) {
  switch (help_of (kind)) {
    case RAI_ALERT_HELP_ORDER:
      return _ ("See the order");
    case RAI_ALERT_HELP_FORECAST:
      return _ ("See the forecast");
    case RAI_ALERT_HELP_JOB:
      return _ ("See the details");
    case RAI_ALERT_HELP_ITEM:
      break;
  }

  return _ ("See the item");
}

/* What looking back promised against what came. */
static char *
drift (RaiRow *row) {
  g_autofree char *live = rai_format_percent (rai_row_get_double (row, "value"), 0);
  g_autofree char *usual = rai_format_percent (rai_row_get_double (row, "expected"), 0);
  /* Translators: both are percentages of a store's takings a day */
  return g_strdup_printf (_ ("A day’s takings were missed by %s over four weeks, %s is usual. See "
                             "what changed; the next "
                             "forecast learns from it."),
                          live, usual);
}

static char *
late_delivery (RaiRow *row, const char *day) {
  int n = (int) rai_row_get_double (row, "value");
  /* Translators: %s is "yesterday" or "on 2 October" */
  return g_strdup_printf (ngettext ("Its delivery was due %s and has not come: %d item is missing. "
                                    "It is not counted on any more.",
                                    "Its delivery was due %s and has not come: %d items are "
                                    "missing. They are not counted on any more.",
                                    (unsigned long) MAX (n, 0)),
                          day, n);
}

const char *
rai_words_alert_subject (RaiRow *row) {
  const char *item = rai_row_get_text (row, "item_name"),
             *site = rai_row_get_text (row, "site_name");
  if (item != NULL && *item)
    return item;
  return site != NULL && *site ? site : rai_words_alert_kind (rai_row_get_text (row, "kind"));
}

char *
rai_words_alert (RaiRow *row, RaiDay today, const char *currency) {
  const char *id = rai_row_get_text (row, "kind");
  RaiAlertKind kind;
  if (!rai_alert_kind_parse (id, &kind))
    return g_strdup (rai_words_alert_kind (id));

  g_autofree char *value = units (row, "value");
  g_autofree char *expected = units (row, "expected");
  bool dated = !rai_row_is_null (row, "day");
  g_autofree char *day =
      rai_format_day_inline (dated ? (RaiDay) rai_row_get_int (row, "day") : today, today);

  switch (kind) {
    case RAI_ALERT_KIND_STOCK_OUT_PREDICTED:
      return g_strdup_printf (_ ("Runs out %s: %s in stock, it usually sells %s a day."), day,
                              value, expected);
    case RAI_ALERT_KIND_STOCK_OUT:
      return g_strdup_printf (_ ("Nothing left. It usually sells %s a day."), expected);
    case RAI_ALERT_KIND_OVERSTOCK:
      return g_strdup_printf (_ ("%s in stock, %s would do."), value, expected);
    case RAI_ALERT_KIND_SALES_ANOMALY:
      if (rai_row_get_int (row, "item_id") == 0)
        return takings (row, day, currency);
      return g_strdup_printf (_ ("Sold %s %s, expected were %s."), value, day, expected);
    case RAI_ALERT_KIND_NEGATIVE_STOCK:
      return g_strdup_printf (
          _ ("The books say %s. Something was sold that was never received or counted."), value);
    case RAI_ALERT_KIND_PHANTOM_STOCK:
      return g_strdup_printf (
          _ ("%s by the books, last sold %s, and %s more were expected since. Count it."), value,
          day, expected);
    case RAI_ALERT_KIND_FORECAST_DRIFT:
      return drift (row);
    case RAI_ALERT_KIND_JOB_FAILED:
      return g_strdup_printf (_ ("Forecasts and orders were not renewed %s."), day);
    case RAI_ALERT_KIND_LATE_DELIVERY:
      return late_delivery (row, day);
    case RAI_N_ALERT_KINDS:
      break;
  }

  return g_strdup (rai_words_alert_kind (id));
}

char *
rai_words_clock (int64_t skew) {
  if (ABS (skew) < CLOCK_OFF_MS)
    return NULL;
  g_autofree char *span = rai_format_span (skew);
  /* Translators: %s is "3 h 12 min" */
  return g_strdup_printf (skew > 0 ? _ ("This computer’s clock is %s behind the server’s")
                                   : _ ("This computer’s clock is %s ahead of the server’s"),
                          span);
}

char *
rai_words_clock_short (int64_t skew) {
  if (ABS (skew) < CLOCK_OFF_MS)
    return NULL;
  g_autofree char *span = rai_format_span (skew);
  /* Translators: this computer's clock; %s is "3 h 12 min" */
  return g_strdup_printf (skew > 0 ? _ ("Clock %s behind") : _ ("Clock %s ahead"), span);
}

char *
rai_words_no_order (RaiRow *site, RaiDay today) {
  RaiPlanVerdict verdict;
  if (!rai_plan_verdict_parse (rai_row_get_text (site, "plan_verdict"), &verdict))
    return NULL;

  bool dated = !rai_row_is_null (site, "plan_verdict_day");
  g_autofree char *day = rai_format_day_inline (
      dated ? (RaiDay) rai_row_get_int (site, "plan_verdict_day") : today, today);

  switch (verdict) {
    case RAI_VERDICT_NO_SALES_IN:
      return g_strdup_printf (_ ("No sales have come in since %s, so what is left is not known."),
                              day);
    case RAI_VERDICT_NOT_COUNTED:
      return g_strdup (_ ("No stock is known yet: count it or receive goods."));
    case RAI_VERDICT_NOT_DUE:
      /* Translators: %s is "tomorrow", "Thu" or "3 Mar": the supplier's next order day */
      return g_strdup_printf (_ ("Nothing can be ordered before %s."), day);
    case RAI_VERDICT_MINIMUM_ORDER:
      return g_strdup (_ ("What is short can wait until it reaches the supplier’s minimum order."));
    case RAI_VERDICT_NO_SUPPLIER:
      return g_strdup (_ ("What sells has no supplier."));
    case RAI_VERDICT_CLOSED:
      return g_strdup (_ ("The store is closed for the weeks ahead."));
    case RAI_VERDICT_NEW:
      return g_strdup (_ ("Everything is too new to know how it sells."));
    case RAI_VERDICT_NO_DEMAND:
      return g_strdup (_ ("What is kept hardly sells any more."));
    case RAI_VERDICT_ENOUGH:
      return g_strdup (_ ("Nothing is short."));
    case RAI_VERDICT_ORDERS:
    case RAI_N_PLAN_VERDICTS:
      break;
  }

  return NULL;
}

char *
rai_words_sales_missing (RaiRow *site, RaiDay today) {
  if (rai_row_get_int (site, "days_missing") == 0 || rai_row_is_null (site, "last_day"))
    return NULL;
  RaiDay last = (RaiDay) rai_row_get_int (site, "last_day");
  if (last >= today - 1)
    return NULL; /* they have come since it was planned */

  g_autofree char *day = rai_format_day_inline (last, today);
  return g_strdup_printf (_ ("No sales have come in since %s."), day);
}
