/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-reconcile-method.h"

#include <glib.h>
#include <string.h>

static const char *const names[RAI_N_RECONCILE] = { "auto", "bottom-up", "top-down", "middle-out",
                                                    "mint" };

const char *
rai_reconcile_method_name (RaiReconcileMethod method) {
  g_return_val_if_fail (method < RAI_N_RECONCILE, "");
  return names[method];
}

RaiReconcileMethod
rai_reconcile_method_find (const char *name) {
  RaiReconcileMethod method = 0;
  while (method < RAI_N_RECONCILE && strcmp (names[method], name) != 0)
    method++;
  return method;
}
