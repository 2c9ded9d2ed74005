/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-row.h"
#include "util/rai-day.h"

/* What the database's ids mean, in the words of shop people. Owned by the caller unless const. */

/* How good or bad a state is: names the chip's colour; RAI_TONE_PLAIN has none. */
typedef enum { RAI_TONE_PLAIN, RAI_TONE_FINE, RAI_TONE_ATTENTION, RAI_TONE_LOSS } RaiTone;
/* "", "fine", "attention", "loss": CSS classes. */
const char *rai_tone_class (RaiTone tone);

/* Of a row of `items`: "Runs out Thu", "Over by 41 days", "Fine". */
char *rai_words_stock_status (RaiRow *row, RaiDay today, RaiTone *tone);
/* Of the same, or of `not-ordered`: whole days; -1: not known. What is out lasts none, also through
 * a day on which the store is closed. */
int64_t rai_words_cover_days (RaiRow *row);
/* Of plan.reason: why an item is not ordered, as a sentence without a full stop. */
const char *rai_words_not_ordered (const char *reason);
/* Of movement.kind: "Count", "Delivery", "Waste". */
const char *rai_words_movement (const char *kind);
/* Of purchase_order.status. */
const char *rai_words_order_status (const char *status);
/* Of a row of `orders`: "Approved by Anna, 210.00 EUR". */
char *rai_words_order (RaiRow *row, const char *currency);
/* Of a row of `alerts`: a sentence or two with numbers. */
char *rai_words_alert (RaiRow *row, RaiDay today, const char *currency);
/* What it is about: the item, else the store, else the kind. Owned by the row or static. */
const char *rai_words_alert_subject (RaiRow *row);
/* Its heading by cause: "Runs out before the next delivery". */
const char *rai_words_alert_kind (const char *kind);
/* The page that helps with it: "orders", "forecast", "inventory" or "changes". */
const char *rai_words_alert_page (const char *kind);
/* The button that leads there: "See the order". */
const char *rai_words_alert_action (const char *kind);
/* NULL unless this computer's clock is so wrong that people would notice: "This computer's clock is
 * 3 h 12 min behind the server's". skew: RaiSyncStatus.skew. */
char *rai_words_clock (int64_t skew);
/* For the sync pill: "Clock 3 h 12 min behind"; NULL as above. */
char *rai_words_clock_short (int64_t skew);

/* Why a store of the query `sites` has no order, as its last plan said: "Nothing can be ordered
 * before Friday." NULL when it has one, or was never planned. */
char *rai_words_no_order (RaiRow *site, RaiDay today);
/* "No sales have come in since Friday." NULL when none are missing. */
char *rai_words_sales_missing (RaiRow *site, RaiDay today);
