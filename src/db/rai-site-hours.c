/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-site-hours.h"

#include "db/rai-db-run.h"

bool
rai_site_hours (RaiDb *db, int64_t site_id, int *opens, int *closes, GError **error) {
  int64_t from = RAI_SITE_HOURS_GUESSED_OPENS, to = RAI_SITE_HOURS_GUESSED_CLOSES;
  if (rai_db_row (
          db, error,
          "SELECT opens, closes FROM site WHERE id = ?1 AND opens IS NOT NULL AND closes IS "
          "NOT NULL",
          "i>ii", site_id, &from, &to) == RAI_STEP_FAILED)
    return false;

  *opens = (int) from;
  *closes = (int) to;
  return true;
}
