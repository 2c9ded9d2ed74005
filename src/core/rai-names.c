/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-names.h"

bool
rai_names_find (const void *rows, size_t row_size, size_t n_rows, const char *id, size_t *place) {
  const char *row = rows;

  for (size_t i = 0; id != NULL && i < n_rows; i++, row += row_size) {
    const char *name = *(const char *const *) row;
    if (name != NULL && g_str_equal (name, id)) {
      *place = i;
      return true;
    }
  }

  return false;
}
