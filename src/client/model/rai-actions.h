/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/rai-day.h"

#include <stdbool.h>

/* The arguments of the commands that pages run, as JSON objects owned by the caller: the one place
 * that spells them. */

/* For stock.count and stock.waste. note may be NULL or empty. Quantities in thousandths. */
char *rai_action_stock (int64_t site, int64_t item, int64_t quantity, const char *note);
/* For stock.receive of one item without an order. */
char *rai_action_stock_receive (int64_t site, int64_t item, int64_t quantity, const char *note);
/* version: the order's version as it was seen. Also for order.reopen, which counts one more. */
char *rai_action_order_approve (const char *order, int64_t version);
char *rai_action_order_edit (const char *order, int64_t version, int64_t item, int64_t quantity);
/* For alert.acknowledge and alert.resolve. */
char *rai_action_alert (const char *alert);
char *rai_action_alert_snooze (const char *alert, RaiDay until);

/* The one quantity in a command's arguments; false when there is none, or more than one. */
bool rai_action_get_quantity (const char *arguments, int64_t *quantity);
/* The order that they name, owned by the caller; NULL: none. */
char *rai_action_get_order (const char *arguments);
/* The same command with another quantity (where it has one), and on the version that the server's
 * answer names (NULL: as it was): what to do again after a refusal. */
char *rai_action_again (const char *arguments, int64_t quantity, const char *answer);
