/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-override.h"

typedef struct {
  int64_t site_id, item_id;
  RaiDay first_day, last_day;
  double factor;
} Override;

struct _RaiOverrides {
  GArray *rows; /* Override by site and item, oldest first */
};

RaiOverrides *
rai_overrides_new (RaiDb *db, RaiDay from, GError **error) {
  RaiStatement *statement = rai_db_prepare (db,
                                            "SELECT site_id, item_id, first_day, last_day, percent "
                                            "FROM forecast_override WHERE last_day >= ?1 "
                                            "ORDER BY site_id, item_id, at, id",
                                            error);

  if (statement == NULL)
    return NULL;
  rai_statement_bind_int (statement, 1, from);
  g_autoptr (RaiOverrides) overrides = g_new0 (RaiOverrides, 1);
  overrides->rows = g_array_new (FALSE, FALSE, sizeof (Override));

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    Override row = { rai_statement_int (statement, 0), rai_statement_int (statement, 1),
                     (RaiDay) rai_statement_int (statement, 2),
                     (RaiDay) rai_statement_int (statement, 3),
                     MAX (0, (double) rai_statement_int (statement, 4)) / 100.0 };
    g_array_append_val (overrides->rows, row);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE ? g_steal_pointer (&overrides) : NULL;
}

void
rai_overrides_free (RaiOverrides *overrides) {
  if (overrides == NULL)
    return;
  g_array_unref (overrides->rows);
  g_free (overrides);
}

/* Index of the first row that is not before (site, item). */
static size_t
lower_bound (const GArray *rows, int64_t site_id, int64_t item_id) {
  size_t low = 0, high = rows->len;
  while (low < high) {
    size_t middle = (low + high) / 2;
    const Override *row = &g_array_index (rows, Override, middle);
    if (row->site_id < site_id || (row->site_id == site_id && row->item_id < item_id))
      low = middle + 1;
    else
      high = middle;
  }

  return low;
}

bool
rai_overrides_find (const RaiOverrides *overrides, int64_t site_id, int64_t item_id,
                    RaiDay first_day, size_t horizon, double *factors) {
  size_t k = lower_bound (overrides->rows, site_id, item_id);
  bool found = false;
  for (; k < overrides->rows->len; k++) {
    const Override *row = &g_array_index (overrides->rows, Override, k);
    if (row->site_id != site_id || row->item_id != item_id)
      break;
    for (size_t h = 0; !found && h < horizon; h++)
      factors[h] = 1;
    found = true;
    for (size_t h = 0; h < horizon; h++)
      if (first_day + (RaiDay) h >= row->first_day && first_day + (RaiDay) h <= row->last_day)
        factors[h] = row->factor;
  }

  return found;
}
