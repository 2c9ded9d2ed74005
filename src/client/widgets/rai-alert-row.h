/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-row.h"
#include "util/rai-day.h"

#include <adwaita.h>

/* An alert in the list: what it is about, one sentence with numbers, what can be done, and a menu
 * to put it off. Actions of the page are activated with the alert's id: alerts.act,
 * alerts.acknowledge, alerts.snooze,
 * alerts.resolve. */
#define RAI_TYPE_ALERT_ROW (rai_alert_row_get_type ())
G_DECLARE_FINAL_TYPE (RaiAlertRow, rai_alert_row, RAI, ALERT_ROW, AdwBin)

GtkWidget *rai_alert_row_new (void);
/* row: of `alerts`. */
void rai_alert_row_show (RaiAlertRow *alert, RaiRow *row, const char *currency, RaiDay today,
                         bool show_site);
