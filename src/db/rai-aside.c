/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-aside.h"

#include "db/rai-db-run.h"

/* A till's clock that is not set to summer time, and a little. */
#define AHEAD_MS (2 * 60 * 60 * INT64_C (1000))
/* 2000-01-01 00:00 UTC: clocks that lost their battery begin at 1970 or 1980. */
#define FIRST_MS INT64_C (946684800000)

const char *
rai_aside_reason_id (RaiAsideReason reason) {
  static const char *const ids[] = {
    [RAI_ASIDE_NONE] = "none", [RAI_ASIDE_FUTURE] = "future", [RAI_ASIDE_PAST] = "past",
    [RAI_ASIDE_DAY] = "day",   [RAI_ASIDE_AMOUNT] = "amount",
  };
  g_return_val_if_fail (reason < G_N_ELEMENTS (ids), "");
  return ids[reason];
}

RaiAsideReason
rai_aside_judge (int64_t *sold_at, int64_t now) {
  if (*sold_at < FIRST_MS)
    return RAI_ASIDE_PAST;
  if (*sold_at > now + AHEAD_MS)
    return RAI_ASIDE_FUTURE;

  *sold_at = MIN (*sold_at, now);
  return RAI_ASIDE_NONE;
}

bool
rai_aside_add (RaiDb *db, const RaiAside *aside, bool *added, GError **error) {
  int64_t one = 0;
  const RaiStep step =
      rai_db_row (db, error, "SELECT 1 FROM sale_aside WHERE site_id = ?1 AND number = ?2", "it>i",
                  aside->site_id, aside->number, &one);

  *added = step == RAI_STEP_DONE;
  if (!*added)
    return step == RAI_STEP_ROW;

  return rai_db_run (db, error,
                     "INSERT INTO sale_aside"
                     " (site_id, number, reason, sold_at, body, received_at, account_id)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                     "ittitii", aside->site_id, aside->number, rai_aside_reason_id (aside->reason),
                     aside->sold_at, aside->body, aside->received_at, aside->account_id);
}

bool
rai_aside_take (RaiDb *db, int64_t site_id, const char *number, char **body, GError **error) {
  *body = NULL;
  if (rai_db_row (db, error, "SELECT body FROM sale_aside WHERE site_id = ?1 AND number = ?2",
                  "it>t", site_id, number, body) == RAI_STEP_FAILED)
    return false;

  return *body == NULL ||
         rai_db_run (db, error, "DELETE FROM sale_aside WHERE site_id = ?1 AND number = ?2", "it",
                     site_id, number);
}
