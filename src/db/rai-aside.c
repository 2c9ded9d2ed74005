/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-aside.h"

#include "db/rai-db-run.h"
#include "util/rai-clock.h"

#include <string.h>

/* A till's clock that is not set to summer time, and a little. */
#define AHEAD_MS (2 * 60 * 60 * INT64_C (1000))
/* 2000-01-01 00:00 UTC: clocks that lost their battery begin at 1970 or 1980. */
#define FIRST_MS INT64_C (946684800000)
#define FIRST_DAY (FIRST_MS / RAI_MS_PER_DAY)
/* Before the list of lines in a body. Quotation marks in a receipt's number are escaped there. */
#define LINES ",\"lines\":"

RaiAsideReason
rai_aside_judge (int64_t *sold_at, int64_t now) {
  if (*sold_at < FIRST_MS)
    return RAI_ASIDE_PAST;
  if (*sold_at > rai_aside_last_time (now))
    return RAI_ASIDE_FUTURE;

  *sold_at = MIN (*sold_at, now);
  return RAI_ASIDE_NONE;
}

int64_t
rai_aside_last_time (int64_t now) {
  return now + AHEAD_MS;
}

RaiAsideReason
rai_aside_judge_day (RaiDay day, RaiDay clock, RaiDay last_day) {
  if (ABS ((int64_t) day - clock) > RAI_ASIDE_DAYS_APART)
    return RAI_ASIDE_DAY;
  return day > last_day ? RAI_ASIDE_FUTURE : day < FIRST_DAY ? RAI_ASIDE_PAST : RAI_ASIDE_NONE;
}

/* ---- What a receipt is known by ---- */

char *
rai_aside_digest (const char *body) {
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, body, -1);
}

char *
rai_aside_lines (const char *body) {
  const char *lines = strstr (body, LINES);
  return rai_aside_digest (lines != NULL ? lines + strlen (LINES) : "");
}

/* A body without one of its texts, as by a till that does not say it. */
static char *
without (const char *body, const char *member) {
  g_autofree char *begin = g_strdup_printf (",\"%s\":\"", member);
  const char *at = strstr (body, begin);
  if (at == NULL)
    return g_strdup (body);

  const char *end = at + strlen (begin);
  while (*end != '\0' && *end != '"')
    end += *end == '\\' && end[1] != '\0' ? 2 : 1;
  return g_strdup_printf ("%.*s%s", (int) (at - body), body, *end != '\0' ? end + 1 : end);
}

/* A row that waited before digests were kept gets its own. One query, for nearly always there is
 * none. */
static bool
complete_old (RaiDb *db, int64_t site_id, const char *number, GError **error) {
  g_autofree char *body = NULL;
  const RaiStep step = rai_db_row (db, error,
                                   "SELECT body FROM sale_aside"
                                   " WHERE site_id = ?1 AND number = ?2 AND digest = ''",
                                   "it>t", site_id, number, &body);
  if (step != RAI_STEP_ROW)
    return step == RAI_STEP_DONE;

  g_autofree char *digest = rai_aside_digest (body);
  g_autofree char *lines = rai_aside_lines (body);
  return rai_db_run (db, error,
                     "UPDATE sale_aside SET digest = ?3, lines = ?4"
                     " WHERE site_id = ?1 AND number = ?2 AND digest = ''",
                     "ittt", site_id, number, digest, lines);
}

/* ---- Waiting ---- */

/* Of the same till, or one of the two says none. */
#define SAME_TILL(till) "(till = " till " OR till = '' OR CAST(" till " AS TEXT) = '')"
#define SAME_DAY(day) "(said_day = " day " OR said_day = 0 OR CAST(" day " AS INTEGER) = 0)"
/* ?3 digest, ?4 lines, ?5 sold_at, ?6 till, ?7 day */
#define SAME_BODY \
  " WHERE site_id = ?1 AND number = ?2 AND (digest = ?3 OR (lines = ?4 AND sold_at = ?5 " \
  "AND " SAME_TILL ("?6") " AND " SAME_DAY ("?7") "))"

/* What was decided before tills were known has no time: it is known by its body, which said none.
 * ?8, ?9: digests of the body without till, and without day beside. */
#define DECIDED_BEFORE \
  " OR (site_id = ?1 AND number = ?2 AND sold_at IS NULL AND digest IN (?8, ?9))"

/* Where a receipt stands of which all is known. */
static bool
find_state (RaiDb *db, const RaiAside *aside, const char *digest, const char *lines,
            RaiAsideState *state, GError **error) {
  const RaiReceipt *receipt = aside->receipt;
  int64_t waits = 0, settled = 0;
  g_autofree char *no_till = without (aside->body, "till");
  g_autofree char *no_day = without (no_till, "day");
  g_autofree char *till_less = rai_aside_digest (no_till);
  g_autofree char *bare = rai_aside_digest (no_day);

  const RaiStep step = rai_db_row (
      db, error,
      "SELECT (SELECT count(*) FROM sale_aside" SAME_BODY "),"
      " (SELECT count(*) FROM sale_settled" SAME_BODY DECIDED_BEFORE ")",
      "itttititt>ii", receipt->site_id, receipt->number, digest, lines, receipt->sold_at,
      rai_receipt_till (receipt), (int64_t) receipt->said_day, till_less, bare, &waits, &settled);

  *state = waits > 0 ? RAI_ASIDE_WAITING : settled > 0 ? RAI_ASIDE_SETTLED : RAI_ASIDE_ADDED;
  return step == RAI_STEP_ROW;
}

bool
rai_aside_add (RaiDb *db, const RaiAside *aside, RaiAsideState *state, GError **error) {
  g_autofree char *digest = rai_aside_digest (aside->body);
  g_autofree char *lines = rai_aside_lines (aside->body);
  const RaiReceipt *receipt = aside->receipt;

  if (!complete_old (db, receipt->site_id, receipt->number, error) ||
      !find_state (db, aside, digest, lines, state, error))
    return false;
  if (*state != RAI_ASIDE_ADDED)
    return true;

  return rai_db_run (db, error,
                     "INSERT INTO sale_aside"
                     " (site_id, number, digest, lines, reason, sold_at, body, received_at,"
                     " account_id, till, said_day)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                     "ittttitiiti", receipt->site_id, receipt->number, digest, lines,
                     rai_aside_reason_id (aside->reason), receipt->sold_at, aside->body,
                     aside->received_at, aside->account_id, rai_receipt_till (receipt),
                     (int64_t) receipt->said_day);
}

void
rai_aside_found_clear (RaiAsideFound *found) {
  g_clear_pointer (&found->digest, g_free);
  g_clear_pointer (&found->body, g_free);
  found->n = 0;
}

static bool
take_found (RaiStatement *row, void *data, GError **error) {
  RaiAsideFound *found = data;
  if (found->n++ == 0) {
    found->digest = g_strdup (rai_statement_text (row, 0));
    found->body = g_strdup (rai_statement_text (row, 1));
  }
  return true;
}

bool
rai_aside_find (RaiDb *db, const RaiReceipt *receipt, const char *digest, RaiAsideFound *found,
                GError **error) {
  rai_aside_found_clear (found);
  if (!complete_old (db, receipt->site_id, receipt->number, error))
    return false;
  if (digest != NULL && *digest != '\0')
    return rai_db_each (db, take_found, found, error,
                        "SELECT digest, body FROM sale_aside"
                        " WHERE site_id = ?1 AND number = ?2 AND digest = ?3",
                        "itt", receipt->site_id, receipt->number, digest);

  return rai_db_each (db, take_found, found, error,
                      "SELECT digest, body FROM sale_aside"
                      " WHERE site_id = ?1 AND number = ?2 AND " SAME_TILL ("?3") " AND " SAME_DAY (
                          "?4") " ORDER BY received_at, digest LIMIT 2",
                      "itti", receipt->site_id, receipt->number, rai_receipt_till (receipt),
                      (int64_t) receipt->said_day);
}

/* ---- Settled ---- */

static bool
drop (RaiDb *db, int64_t site_id, const char *number, const char *digest, GError **error) {
  return rai_db_run (db, error,
                     "DELETE FROM sale_aside WHERE site_id = ?1 AND number = ?2 AND digest = ?3",
                     "itt", site_id, number, digest);
}

/* decided: by somebody, so that its lines at another time are known, too; else it came again at its
 * right time, and only the very same is known. */
static bool
settle (RaiDb *db, int64_t site_id, const char *number, const char *digest, bool decided,
        int64_t at, GError **error) {
  return rai_db_run (db, error,
                     "INSERT INTO sale_settled"
                     " (site_id, number, digest, lines, received_at, settled_at, till, said_day,"
                     " sold_at)"
                     " SELECT site_id, number, digest, CASE WHEN CAST(?4 AS BIGINT) = 1"
                     " THEN lines ELSE '' END, received_at, CAST(?5 AS BIGINT), till, said_day,"
                     " sold_at"
                     " FROM sale_aside WHERE site_id = ?1 AND number = ?2 AND digest = ?3"
                     " ON CONFLICT DO NOTHING",
                     "ittii", site_id, number, digest, (int64_t) decided, at) &&
         drop (db, site_id, number, digest, error);
}

bool
rai_aside_settle (RaiDb *db, int64_t site_id, const char *number, const RaiAsideFound *found,
                  int64_t settled_at, GError **error) {
  return settle (db, site_id, number, found->digest, true, settled_at, error);
}

/* The day that was said came from the same clock as the time: it says nothing here. */
bool
rai_aside_meet (RaiDb *db, const RaiReceipt *receipt, const char *lines, RaiAsideState *state,
                GError **error) {
  g_autofree char *digest = NULL;
  int64_t settled = 0;
  const int64_t before = receipt->sold_at - AHEAD_MS;

  *state = RAI_ASIDE_ADDED;
  if (!complete_old (db, receipt->site_id, receipt->number, error))
    return false;

  RaiStep step = rai_db_row (
      db, error,
      "SELECT digest FROM sale_aside"
      " WHERE site_id = ?1 AND number = ?2 AND lines = ?3"
      " AND received_at >= ?4 AND " SAME_TILL ("?5") " ORDER BY received_at, digest LIMIT 1",
      "ittit>t", receipt->site_id, receipt->number, lines, before, rai_receipt_till (receipt),
      &digest);
  if (step == RAI_STEP_ROW) {
    *state = RAI_ASIDE_WAITING;
    return settle (db, receipt->site_id, receipt->number, digest, false, rai_now_ms (), error);
  }

  if (step == RAI_STEP_FAILED ||
      rai_db_row (db, error,
                  "SELECT 1 FROM sale_settled"
                  " WHERE site_id = ?1 AND number = ?2 AND lines = ?3 AND received_at >= ?4"
                  " AND " SAME_TILL ("?5") " LIMIT 1",
                  "ittit>i", receipt->site_id, receipt->number, lines, before,
                  rai_receipt_till (receipt), &settled) == RAI_STEP_FAILED)
    return false;
  if (settled != 0)
    *state = RAI_ASIDE_SETTLED;
  return true;
}

bool
rai_aside_take (RaiDb *db, int64_t site_id, const char *number, const char *digest, char **body,
                GError **error) {
  *body = NULL;
  if (rai_db_row (db, error,
                  "SELECT body FROM sale_aside"
                  " WHERE site_id = ?1 AND number = ?2 AND digest = ?3",
                  "itt>t", site_id, number, digest, body) == RAI_STEP_FAILED)
    return false;

  return *body == NULL || drop (db, site_id, number, digest, error);
}
