/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-opening.h"

#define IN_A_ROW 3
#define MOST 6

bool
rai_opening_begun (const bool *sold) {
  int row = 0, all = 0;
  for (int k = 0; k < RAI_OPENING_WEEKS; k++) {
    all += sold[k];
    row += sold[k] && row == k;
  }
  return row >= IN_A_ROW || all >= MOST;
}
