/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How forecasts of series and of their totals are made to agree. */
typedef enum {
  RAI_RECONCILE_AUTO,       /* the one that did best */
  RAI_RECONCILE_BOTTOM_UP,  /* series as they are; totals are their sums */
  RAI_RECONCILE_TOP_DOWN,   /* scaled to the direct forecast of the total, by the shares
                               that are forecast (Athanasopoulos, Ahmed & Hyndman, IJF 25(1),
                               2009) */
  RAI_RECONCILE_MIDDLE_OUT, /* scaled to those of the sites */
  RAI_RECONCILE_MINT,       /* minimum trace, see rai-mint.h */
  RAI_N_RECONCILE
} RaiReconcileMethod;

/* "auto", "bottom-up", "top-down", "middle-out", "mint". */
const char *rai_reconcile_method_name (RaiReconcileMethod method);
/* RAI_N_RECONCILE for a name that there is not. */
RaiReconcileMethod rai_reconcile_method_find (const char *name);
