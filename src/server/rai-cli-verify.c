/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-verify.h"

#include <string.h>

#include "db/rai-synced.h"
#include "server/rai-cli-database.h"
#include "util/rai-progress.h"

/* What must hold in every database, as queries that count the rows for which it does not. */
static const struct {
  const char *name;
  const char *title;
  const char *sql;
} checks[] = {
  { "ledger", "stock on hand is the sum of its movements less its sales",
    "SELECT count(*) FROM stock s WHERE on_hand <>"
    " coalesce((SELECT sum(quantity) FROM movement m WHERE m.site_id = s.site_id AND m.item_id = s.item_id), 0)"
    " - coalesce((SELECT sum(quantity) FROM item_day d WHERE d.site_id = s.site_id AND d.item_id = s.item_id), 0)" },
  { "site-days", "a store's day is the sum of its items' day",
    "SELECT count(*) FROM site_day s WHERE s.revenue <> coalesce((SELECT sum(revenue) FROM item_day d"
    " WHERE d.site_id = s.site_id AND d.day = s.day), 0) OR s.quantity <> coalesce((SELECT sum(quantity) FROM item_day "
    "d"
    " WHERE d.site_id = s.site_id AND d.day = s.day), 0)" },
  { "department-days", "a store's day is the sum of its departments' day",
    "SELECT count(*) FROM site_day s WHERE s.revenue <> coalesce((SELECT sum(revenue) FROM department_day d"
    " WHERE d.site_id = s.site_id AND d.day = s.day), 0)" },
  { "site-months", "a store's months add up to its days",
    "SELECT count(*) FROM site s WHERE"
    " coalesce((SELECT sum(revenue) FROM site_month m WHERE m.site_id = s.id), 0) <>"
    " coalesce((SELECT sum(revenue) FROM site_day d WHERE d.site_id = s.id), 0)" },
  { "receipts", "a receipt's total is the sum of its lines",
    "SELECT count(*) FROM receipt r WHERE r.total <> coalesce((SELECT sum(amount) FROM receipt_line l"
    " WHERE l.receipt_id = r.id), 0) OR r.n_lines <> (SELECT count(*) FROM receipt_line l WHERE l.receipt_id = r.id)" },
  { "orders", "a line's parts add up to what was proposed",
    "SELECT count(*) FROM order_line WHERE part_demand + part_safety - part_on_hand - part_on_order + part_rounding"
    " <> proposed" },
  { "alerts", "a cause has one alert that is not resolved",
    "SELECT count(*) FROM (SELECT cause FROM alert WHERE state <> 'resolved' GROUP BY cause HAVING count(*) > 1) x" },
};

static bool
check_rules (RaiDb *db, unsigned *bad, GError **error) {
  for (size_t i = 0; i < G_N_ELEMENTS (checks); i++) {
    int64_t n;
    if (!rai_db_get_int (db, checks[i].sql, NULL, 0, 0, &n, error)) {
      g_prefix_error (error, "%s: ", checks[i].name);
      return false;
    }
    if (n == 0)
      g_print ("ok      %-16s %s\n", checks[i].name, checks[i].title);
    else
      g_print ("BROKEN  %-16s %s: not so for %" G_GINT64_FORMAT " rows\n", checks[i].name, checks[i].title, n);
    *bad += n != 0;
  }
  return true;
}

/* No row of a replica's tables is newer than the feed says. */
static bool
check_revisions (RaiDb *db, unsigned *bad, GError **error) {
  int64_t last, newest = 0;

  if (!rai_db_last_revision (db, &last, error))
    return false;
  for (const RaiSyncedTable *table = rai_synced_tables; table->name; table++) {
    g_autofree char *sql = g_strdup_printf ("SELECT max(rev) FROM %s", table->name);
    int64_t revision;
    if (!rai_db_get_int (db, sql, NULL, 0, 0, &revision, error))
      return false;
    newest = MAX (newest, revision);
  }
  bool good = newest <= last;
  g_print ("%s %-16s no row is newer than revision %" G_GINT64_FORMAT "\n", good ? "ok     " : "BROKEN ", "revisions",
           last);
  *bad += !good;
  return true;
}

/* SQLite's own look at its file. PostgreSQL looks after its pages itself. */
static bool
check_file (RaiDb *db, unsigned *bad, GError **error) {
  if (rai_db_kind (db) != RAI_DB_SQLITE)
    return true;
  RaiStatement *statement = rai_db_prepare (db, "PRAGMA integrity_check(1)", error);
  if (!statement)
    return false;
  RaiStep step = rai_statement_step (statement, error);
  const char *said = step == RAI_STEP_ROW ? rai_statement_text (statement, 0) : NULL;
  bool good = said && strcmp (said, "ok") == 0;
  g_print ("%s %-16s the file is whole%s%s\n", good ? "ok     " : "BROKEN ", "file", good || !said ? "" : ": ",
           good || !said ? "" : said);
  rai_statement_reset (statement);
  *bad += !good;
  return step != RAI_STEP_FAILED;
}

static bool
run_verify (RaiCli *cli, char **arguments, GError **error) {
  unsigned bad = 0;
  g_autoptr (RaiDb) db = rai_cli_open (cli, RAI_DB_OPEN_READ_ONLY, error);

  if (!db || !rai_db_begin_read (db, error))
    return false;
  bool done = check_file (db, &bad, error) && check_rules (db, &bad, error) && check_revisions (db, &bad, error);
  rai_db_rollback (db);
  if (done && bad > 0)
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED,
                 "%u checks failed: keep a copy of this database, and restore the last good backup", bad);
  return done && bad == 0;
}

const RaiCliCommand rai_cli_verify = {
  .name = "verify",
  .title = "Check that the database is whole and that its sums agree",
  .help = "Reads everything, changes nothing; a service may run meanwhile.",
  .run = run_verify,
};
