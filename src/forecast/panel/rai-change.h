/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* Sales that were taken for another demand than they show. */
typedef enum {
  RAI_CHANGE_OUTLIER,  /* far above all before: counted as the most that was believable */
  RAI_CHANGE_STOCKOUT, /* out of stock for a part of the step or all of it: raised to what would
                          have sold */
  RAI_N_CHANGES
} RaiChangeKind;

typedef struct {
  size_t series, step;
  double observed, used;
  RaiChangeKind kind;
} RaiChange;

#define RAI_CHANGES_MAX 200
