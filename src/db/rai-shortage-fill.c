/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-shortage-fill.h"

#include "db/rai-db-run.h"
#include "db/rai-shortage-ledger.h"

/* Days of one item that are looked at at once: some milliseconds. */
#define DAYS_AT_ONCE 91
#define WANTED "shortages_wanted"

bool
rai_shortage_fill_read (RaiDb *db, RaiShortageFill *fill, GError **error) {
  g_autofree char *value = NULL;
  *fill = (RaiShortageFill){ 0 };
  const RaiStep step =
      rai_db_row (db, error, "SELECT value FROM meta WHERE key = ?1", "t>t", WANTED, &value);
  if (step != RAI_STEP_ROW)
    return step == RAI_STEP_DONE;

  fill->wanted = true;
  g_auto (GStrv) parts = g_strsplit (value, "/", 3);
  if (g_strv_length (parts) == 3) {
    fill->site_id = g_ascii_strtoll (parts[0], NULL, 10);
    fill->item_id = g_ascii_strtoll (parts[1], NULL, 10);
    fill->day = (RaiDay) g_ascii_strtoll (parts[2], NULL, 10);
  }
  return true;
}

static bool
write_fill (RaiDb *db, const RaiShortageFill *fill, GError **error) {
  if (!fill->wanted)
    return rai_db_run (db, error, "DELETE FROM meta WHERE key = ?1", "t", WANTED);

  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%d",
                                            fill->site_id, fill->item_id, fill->day);
  return rai_db_run (db, error, "UPDATE meta SET value = ?2 WHERE key = ?1", "tt", WANTED, value);
}

#define LEFT " FROM stock WHERE tracked = 1 AND (site_id, item_id) > (?1, ?2)"

bool
rai_shortage_fill_count (RaiDb *db, const RaiShortageFill *fill, int64_t *n_items, GError **error) {
  *n_items = 0;
  return rai_db_row (db, error, "SELECT count(*)" LEFT, "ii>i", fill->site_id, fill->item_id,
                     n_items) != RAI_STEP_FAILED;
}

/* The next item whose stock is kept, from the day of its first movement on. */
static bool
find_next (RaiDb *db, RaiShortageFill *fill, GError **error) {
  int64_t first = 0;
  RaiStep step =
      rai_db_row (db, error, "SELECT site_id, item_id" LEFT " ORDER BY site_id, item_id LIMIT 1",
                  "ii>ii", fill->site_id, fill->item_id, &fill->site_id, &fill->item_id);
  fill->wanted = step == RAI_STEP_ROW;
  if (step == RAI_STEP_ROW)
    step =
        rai_db_row (db, error, "SELECT min(day) FROM movement WHERE site_id = ?1 AND item_id = ?2",
                    "ii>i", fill->site_id, fill->item_id, &first);

  fill->day = (RaiDay) MAX (1, first);
  return step != RAI_STEP_FAILED;
}

bool
rai_shortage_fill_next (RaiDb *db, RaiShortageFill *fill, GError **error) {
  if (fill->day == 0 && !find_next (db, fill, error))
    return false;
  if (!fill->wanted)
    return write_fill (db, fill, error);

  RaiShortageLedger *ledger = rai_shortage_ledger_new (db, fill->site_id, error);
  if (ledger == NULL)
    return false;
  const RaiDay last = rai_shortage_ledger_last_day (ledger);
  const RaiDay to = MIN (last, fill->day + DAYS_AT_ONCE - 1);
  const bool good = rai_shortage_ledger_look (ledger, fill->item_id, fill->day, to, error);

  fill->day = to < last ? to + 1 : 0;
  return rai_shortage_ledger_finish (ledger, good, error) && write_fill (db, fill, error);
}
