/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-alert-writer.h"

#include "core/rai-alert.h"
#include "db/rai-db-run.h"
#include "util/rai-clock.h"
#include "util/rai-uuid.h"

/* What somebody has resolved is not told again for a week, though it is still found. */
#define CLOSED_DAYS 7

typedef struct {
  char *id;
  RaiAlertState state;
  RaiDay snoozed_until; /* RAI_DAY_NONE: not snoozed */
  int64_t money, severity;
  RaiDay day;
  double value, expected;
  bool found;
} Known;

static void
free_known (void *data) {
  Known *known = data;
  g_free (known->id);
  g_free (known);
}

typedef struct {
  const RaiSitePlan *plan;
  RaiDb *db;
  int64_t revision;
  int64_t now;
  GHashTable *known;  /* cause -> Known, not resolved */
  GHashTable *closed; /* causes that a person resolved lately */
  RaiAlertSummary *summary;
} Writer;

static char *
cause_of (const RaiSitePlan *plan, const RaiFoundAlert *alert) {
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                          rai_alert_kinds[alert->kind].id, plan->site->id, alert->item_id);
}

/* Kinds of a newer program are not this one's to resolve. */
static bool
is_ours (const char *id) {
  RaiAlertKind kind;
  return rai_alert_kind_parse (id, &kind);
}

static bool
read_known (Writer *writer, GError **error) {
  RaiStatement *statement = rai_db_prepare (writer->db,
                                            "SELECT cause, id, state, snoozed_until, money, "
                                            "severity, day, value, expected, kind FROM alert "
                                            "WHERE site_id = ?1 AND state <> ?2",
                                            error);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, writer->plan->site->id);
  rai_statement_bind_text (statement, 2, rai_alert_state_id (RAI_ALERT_RESOLVED));

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    if (!is_ours (rai_statement_text (statement, 9)))
      continue;
    Known *known = g_new0 (Known, 1);
    known->id = g_strdup (rai_statement_text (statement, 1));
    rai_alert_state_parse (rai_statement_text (statement, 2), &known->state);
    known->snoozed_until = rai_statement_day (statement, 3);
    known->money = rai_statement_int (statement, 4);
    known->severity = rai_statement_int (statement, 5);
    known->day = rai_statement_day (statement, 6);
    known->value = rai_statement_double (statement, 7);
    known->expected = rai_statement_double (statement, 8);
    g_hash_table_replace (writer->known, g_strdup (rai_statement_text (statement, 0)), known);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

static bool
read_closed (Writer *writer, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      writer->db,
      "SELECT cause FROM alert WHERE site_id = ?1 AND state = ?3 AND owner_id IS NOT NULL "
      "AND changed_at >= ?2",
      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, writer->plan->site->id);
  rai_statement_bind_int (statement, 2, writer->now - CLOSED_DAYS * RAI_MS_PER_DAY);
  rai_statement_bind_text (statement, 3, rai_alert_state_id (RAI_ALERT_RESOLVED));

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW)
    g_hash_table_add (writer->closed, g_strdup (rai_statement_text (statement, 0)));
  rai_statement_reset (statement);

  return step == RAI_STEP_DONE;
}

static bool
insert (Writer *writer, const char *cause, const RaiFoundAlert *alert, GError **error) {
  RaiStatement *statement =
      rai_db_prepare (writer->db,
                      "INSERT INTO alert (id, cause, kind, site_id, item_id, severity, money, day, "
                      "value, expected, state, opened_at, "
                      "changed_at, rev) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, CAST(?8 AS INTEGER), "
                      "?9, ?10, ?11, ?12, ?13, ?14)",
                      error);

  if (statement == NULL)
    return false;

  char id[RAI_UUID_SIZE];
  rai_statement_bind_text (statement, 1, rai_uuid_new (id));
  rai_statement_bind_text (statement, 2, cause);
  rai_statement_bind_text (statement, 3, rai_alert_kinds[alert->kind].id);
  rai_statement_bind_int (statement, 4, writer->plan->site->id);
  rai_statement_bind_int (statement, 5, alert->item_id);
  rai_statement_bind_int (statement, 6, alert->severity);
  rai_statement_bind_int (statement, 7, alert->money);
  rai_statement_bind_day (statement, 8, alert->day);
  rai_statement_bind_double (statement, 9, alert->value);
  rai_statement_bind_double (statement, 10, alert->expected);
  rai_statement_bind_text (statement, 11, rai_alert_state_id (RAI_ALERT_OPEN));
  rai_statement_bind_int (statement, 12, writer->now);
  rai_statement_bind_int (statement, 13, writer->now);
  rai_statement_bind_int (statement, 14, writer->revision);
  writer->summary->opened++;

  return rai_statement_run (statement, error);
}

static bool
update (Writer *writer, Known *known, const RaiFoundAlert *alert, GError **error) {
  RaiAlertState state = known->state;
  if (state == RAI_ALERT_SNOOZED && known->snoozed_until != RAI_DAY_NONE &&
      known->snoozed_until <= writer->plan->today)
    rai_alert_state_after (state, RAI_ALERT_WAKE, &state);

  if (state == known->state && known->money == alert->money && known->severity == alert->severity &&
      known->day == alert->day && known->value == alert->value &&
      known->expected == alert->expected)
    return true;

  RaiStatement *statement =
      rai_db_prepare (writer->db,
                      "UPDATE alert SET state = ?2, severity = ?3, money = ?4, day = CAST(?5 AS "
                      "INTEGER), value = ?6, expected = ?7, "
                      "changed_at = ?8, rev = ?9 WHERE id = ?1",
                      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, known->id);
  rai_statement_bind_text (statement, 2, rai_alert_state_id (state));
  rai_statement_bind_int (statement, 3, alert->severity);
  rai_statement_bind_int (statement, 4, alert->money);
  rai_statement_bind_day (statement, 5, alert->day);
  rai_statement_bind_double (statement, 6, alert->value);
  rai_statement_bind_double (statement, 7, alert->expected);
  rai_statement_bind_int (statement, 8, writer->now);
  rai_statement_bind_int (statement, 9, writer->revision);
  writer->summary->updated++;

  return rai_statement_run (statement, error);
}

static bool
resolve (Writer *writer, const Known *known, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      writer->db, "UPDATE alert SET state = ?4, changed_at = ?2, rev = ?3 WHERE id = ?1", error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, known->id);
  rai_statement_bind_int (statement, 2, writer->now);
  rai_statement_bind_int (statement, 3, writer->revision);
  rai_statement_bind_text (statement, 4, rai_alert_state_id (RAI_ALERT_RESOLVED));
  writer->summary->resolved++;

  return rai_statement_run (statement, error);
}

static bool
match_known (Writer *writer, const GArray *found, GError **error) {
  for (size_t i = 0; i < found->len; i++) {
    const RaiFoundAlert *alert = &g_array_index (found, RaiFoundAlert, i);
    g_autofree char *cause = cause_of (writer->plan, alert);
    Known *known = g_hash_table_lookup (writer->known, cause);
    if (known == NULL)
      continue;
    known->found = true;
    writer->summary->open++;
    if (!update (writer, known, alert, error))
      return false;
  }

  return true;
}

/* `found` is sorted by kind and money, so the first that fit are the ones that matter most; what is
 * open already is never pushed out by a kind's limit. */
static bool
open_new (Writer *writer, const GArray *found, GError **error) {
  size_t begin = 0;
  while (begin < found->len) {
    RaiAlertKind kind = g_array_index (found, RaiFoundAlert, begin).kind;
    size_t end = begin, shown = 0, limit = rai_alert_kinds[kind].limit;
    for (; end < found->len && g_array_index (found, RaiFoundAlert, end).kind == kind; end++) {
      g_autofree char *cause = cause_of (writer->plan, &g_array_index (found, RaiFoundAlert, end));
      shown += g_hash_table_contains (writer->known, cause);
    }
    for (size_t i = begin; i < end && shown < limit; i++) {
      const RaiFoundAlert *alert = &g_array_index (found, RaiFoundAlert, i);
      g_autofree char *cause = cause_of (writer->plan, alert);
      if (g_hash_table_contains (writer->known, cause) ||
          g_hash_table_contains (writer->closed, cause))
        continue;
      if (!insert (writer, cause, alert, error))
        return false;
      shown++;
      writer->summary->open++;
    }
    begin = end;
  }

  return true;
}

static bool
write_all (Writer *writer, const GArray *found, GError **error) {
  if (!rai_db_revision (writer->db, &writer->revision, error) || !read_known (writer, error) ||
      !read_closed (writer, error) || !match_known (writer, found, error) ||
      !open_new (writer, found, error))
    return false;

  GHashTableIter iter;
  void *value;
  g_hash_table_iter_init (&iter, writer->known);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!((Known *) value)->found && !resolve (writer, value, error))
      return false;

  return true;
}

bool
rai_alert_write (const RaiSitePlan *plan, const GArray *found, RaiDb *db, RaiAlertSummary *summary,
                 GError **error) {
  Writer writer = { .plan = plan, .db = db, .now = rai_now_ms (), .summary = summary };
  writer.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_known);
  writer.closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  bool done = write_all (&writer, found, error);
  g_hash_table_unref (writer.known);
  g_hash_table_unref (writer.closed);
  return done;
}

bool
rai_alert_job_failed (RaiDb *db, GError **error) {
  g_autoptr (GArray) sites = g_array_new (FALSE, FALSE, sizeof (int64_t));
  RaiStatement *statement = rai_db_prepare (
      db, "SELECT id FROM site WHERE active = 1 AND last_day IS NOT NULL ORDER BY id", error);
  if (statement == NULL)
    return false;

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    int64_t id = rai_statement_int (statement, 0);
    g_array_append_val (sites, id);
  }
  rai_statement_reset (statement);

  int64_t revision;
  bool good = step == RAI_STEP_DONE && rai_db_revision (db, &revision, error);
  const int64_t now = rai_now_ms ();
  const char *kind = rai_alert_kinds[RAI_ALERT_KIND_JOB_FAILED].id;
  for (size_t i = 0; good && i < sites->len; i++) {
    const int64_t site = g_array_index (sites, int64_t, i);
    char id[RAI_UUID_SIZE];
    g_autofree char *cause = g_strdup_printf ("%s/%" G_GINT64_FORMAT "/0", kind, site);
    good = rai_db_run (db, error,
                       "INSERT INTO alert (id, cause, kind, site_id, item_id, severity, money,"
                       " state, opened_at, changed_at, rev)"
                       " SELECT CAST(?1 AS TEXT), CAST(?2 AS TEXT), CAST(?3 AS TEXT),"
                       " CAST(?4 AS BIGINT), 0, CAST(?5 AS INTEGER), 0, CAST(?6 AS TEXT),"
                       " CAST(?7 AS BIGINT), CAST(?7 AS BIGINT), CAST(?8 AS BIGINT)"
                       " WHERE NOT EXISTS (SELECT 1 FROM alert WHERE cause = CAST(?2 AS TEXT)"
                       " AND state <> ?9)",
                       "tttiitiit", rai_uuid_new (id), cause, kind, site, (int64_t) RAI_ALERT_HIGH,
                       rai_alert_state_id (RAI_ALERT_OPEN), now, revision,
                       rai_alert_state_id (RAI_ALERT_RESOLVED));
  }

  return good;
}
