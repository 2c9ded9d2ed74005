/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-session.h"

#include <adwaita.h>

/* Asks for a quantity of one item: counted, received or thrown away, and saves it
 * (rai-dialog-save). */
#define RAI_TYPE_STOCK_DIALOG (rai_stock_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RaiStockDialog, rai_stock_dialog, RAI, STOCK_DIALOG, AdwWindow)

typedef enum {
  RAI_STOCK_DIALOG_COUNT,
  RAI_STOCK_DIALOG_RECEIVE,
  RAI_STOCK_DIALOG_WASTE
} RaiStockDialogKind;

/* item: a row of `items`. */
RaiStockDialog *rai_stock_dialog_new (GtkWindow *parent, RaiSession *session,
                                      RaiStockDialogKind kind, int64_t site, RaiRow *item);

/* Reads what people type as a quantity: digits, the locale's mark or a point; false when it is
 * none, or negative. */
bool rai_stock_dialog_parse (const char *text, int64_t *quantity);
