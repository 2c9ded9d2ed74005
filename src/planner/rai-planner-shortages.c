/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-planner-shortages.h"

#include "db/rai-shortage-fill.h"
#include "planner/rai-planner-job.h"
#include "util/rai-progress.h"

/* A transaction goes on for so long: others wait no longer than twice that. */
#define TRANSACTION_US (100 * 1000)

/* Some steps in one transaction; *n_items: begun with in them. */
static bool
fill_some (RaiDb *db, RaiShortageFill *fill, uint64_t *n_items, GError **error) {
  const int64_t begun_us = g_get_monotonic_time ();
  if (!rai_db_begin_write (db, error))
    return false;

  bool done = true;
  while (done && fill->wanted && g_get_monotonic_time () - begun_us < TRANSACTION_US) {
    const int64_t site_id = fill->site_id, item_id = fill->item_id;
    done = rai_shortage_fill_next (db, fill, error);
    *n_items += fill->wanted && (fill->site_id != site_id || fill->item_id != item_id);
  }

  if (done && rai_db_commit (db, error))
    return true;
  if (rai_db_in_transaction (db))
    rai_db_rollback (db);
  return false;
}

static bool
fill_all (RaiDb *db, uint64_t *n_items, GCancellable *cancellable, GError **error) {
  RaiShortageFill fill;
  int64_t left = 0;
  if (!rai_shortage_fill_read (db, &fill, error) ||
      !rai_shortage_fill_count (db, &fill, &left, error))
    return false;

  g_autoptr (RaiProgress) progress =
      rai_progress_new ("Looking for empty shelves", (uint64_t) left);
  while (fill.wanted) {
    const uint64_t before = *n_items;
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !fill_some (db, &fill, n_items, error))
      return false;
    rai_progress_advance (progress, *n_items - before);
  }

  return true;
}

bool
rai_planner_shortages (RaiDb *db, GCancellable *cancellable, GError **error) {
  g_autoptr (GError) failure = NULL;
  RaiShortageFill fill;
  RaiPlannerJob job;
  uint64_t n_items = 0;
  if (!rai_shortage_fill_read (db, &fill, error))
    return false;
  if (!fill.wanted)
    return true;
  if (!rai_planner_job_begin (&job, db, RAI_JOB_SHORTAGES, error))
    return false;

  const bool done = fill_all (db, &n_items, cancellable, &failure);
  g_autofree char *arguments = g_strdup_printf ("{\"items\":%" G_GUINT64_FORMAT "}", n_items);
  if (!done) {
    rai_planner_job_failed (&job, db, arguments, failure);
    g_propagate_error (error, g_steal_pointer (&failure));
    return false;
  }

  g_autofree char *text = g_strdup_printf (
      "Looked for empty shelves in the past of %" G_GUINT64_FORMAT " items", n_items);
  return rai_planner_job_done (&job, db, arguments, text, error);
}
