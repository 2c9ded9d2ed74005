/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-session.h"
#include "client/pages/rai-forecast-data.h"

#include <adwaita.h>

/* Asks by how much the forecast of an item is to be changed, for which days and why, and saves that
 * (rai-dialog-save) as forecast.override. */
#define RAI_TYPE_FORECAST_CHANGE_DIALOG (rai_forecast_change_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RaiForecastChangeDialog, rai_forecast_change_dialog, RAI,
                      FORECAST_CHANGE_DIALOG, AdwWindow)

/* Copies what it needs. from..to are preset; they must lie within the forecast. unit: of the item,
 * may be NULL. */
GtkWidget *rai_forecast_change_dialog_new (RaiSession *session, int64_t site, int64_t item,
                                           const char *name, const RaiForecastData *data,
                                           RaiDay from, RaiDay to, const char *unit);
/* The command's arguments as they stand, JSON. */
char *rai_forecast_change_dialog_arguments (RaiForecastChangeDialog *dialog);
