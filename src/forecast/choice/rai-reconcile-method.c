/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-reconcile-method.h"

#include "core/rai-names.h"

#include <glib.h>

static const char *const names[RAI_N_RECONCILE] = {
  [RAI_RECONCILE_AUTO] = "auto",         [RAI_RECONCILE_BOTTOM_UP] = "bottom-up",
  [RAI_RECONCILE_TOP_DOWN] = "top-down", [RAI_RECONCILE_MIDDLE_OUT] = "middle-out",
  [RAI_RECONCILE_MINT] = "mint",
};

const char *
rai_reconcile_method_name (RaiReconcileMethod method) {
  g_return_val_if_fail (method < RAI_N_RECONCILE, "");
  return names[method];
}

RaiReconcileMethod
rai_reconcile_method_find (const char *name) {
  size_t place;
  return RAI_NAMES_FIND (names, name, &place) ? (RaiReconcileMethod) place : RAI_N_RECONCILE;
}
