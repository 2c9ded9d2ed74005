/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-session.h"

#include <adwaita.h>

/* Asks on which day and at what time a receipt was sold that was set aside, and saves that
 * (rai-dialog-save). Signal "saving" (arguments of sales.correct as JSON). */
#define RAI_TYPE_ASIDE_DIALOG (rai_aside_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RaiAsideDialog, rai_aside_dialog, RAI, ASIDE_DIALOG, AdwWindow)

/* Which receipt; copied. */
typedef struct {
  int64_t site;
  const char *number;
  const char *digest; /* which of those under the number */
  const char *zone;   /* of the store, NULL: UTC */
  int64_t proposed;   /* ms UTC */
} RaiAsideReceipt;

/* now: the server's, ms UTC. */
RaiAsideDialog *rai_aside_dialog_new (GtkWindow *parent, RaiSession *session,
                                      const RaiAsideReceipt *receipt, int64_t now);
