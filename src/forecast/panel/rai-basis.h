/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/panel/rai-panel.h"

/* What the forecast of a series rests on, the surest first. */
typedef enum {
  RAI_BASIS_OWN,     /* its own sales */
  RAI_BASIS_ITEM,    /* those of the same item at other sites: it never sold at this one */
  RAI_BASIS_TRAIT,   /* those of other items with the same trait (category, department, ...) */
  RAI_BASIS_NOTHING, /* nothing like it was ever sold: the forecast is a guess */
} RaiBasis;

/* Returns [n_series]. */
RaiBasis *rai_basis_find (const RaiPanel *panel);
