/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-session.h"

#include <adwaita.h>

/* One item of a store: stock, how long it lasts, sales, the numbers behind orders, movements, and
 * what can be done. Signals: "closed" (), "forecast" () to see the item's forecast. */
#define RAI_TYPE_ITEM_PANE (rai_item_pane_get_type ())
G_DECLARE_FINAL_TYPE (RaiItemPane, rai_item_pane, RAI, ITEM_PANE, AdwBin)

#define RAI_ITEM_PANE_DAYS 91
/* Lines of its ledger, and movements that it asks for. */
#define RAI_ITEM_PANE_LINES 24
#define RAI_ITEM_PANE_WIDTH 350

/* Another item will be shown: what is known of the last one is dropped. */
void rai_item_pane_forget (RaiItemPane *pane);
/* Answers of the queries `item`, `movements` and `item-days` (RAI_ITEM_PANE_DAYS up to
 * last_day). */
void rai_item_pane_set_item (RaiItemPane *pane, RaiRows *rows, RaiSession *session);
void rai_item_pane_set_movements (RaiItemPane *pane, RaiRows *rows);
void rai_item_pane_set_days (RaiItemPane *pane, RaiRows *rows, RaiDay last_day);
/* Whether counting, receiving and waste are offered. */
void rai_item_pane_set_may_change (RaiItemPane *pane, bool may);
