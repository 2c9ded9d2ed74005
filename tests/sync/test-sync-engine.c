/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine against a server on loopback. The numbers are those of the invariants at the head of
 * src/sync/rai-sync-worker.c. */
#include "db/rai-db.h"
#include "db/rai-migration.h"
#include "rai-sync-fixture.h"
#include "util/rai-uuid.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define ON_HAND "SELECT on_hand FROM stock WHERE site_id = 1 AND item_id = "
#define RECEIVE(item, quantity) \
  "{\"site\":1,\"lines\":[{\"item\":" #item ",\"quantity\":" #quantity "}]}"

#define ALERT_1 "{\"alert\":\"00000000-0000-7000-9000-000100000001\"}"
#define OTHER_SITE "{\"site\":2,\"lines\":[{\"item\":1,\"quantity\":1000}]}"

static void
receive (RaiSyncEngine *engine, const char *arguments) {
  g_autoptr (RaiAnswer) answer = rai_sync_fixture_submit (engine, "stock.receive", arguments);
  g_assert_cmpstr (answer->message, ==, NULL);
  g_assert_cmpint (answer->status, ==, RAI_ANSWER_APPLIED);
}

static RaiSyncEngine *
restart (RaiSyncFixture *fixture, RaiSyncEngine *engine, const char *device, const char *login) {
  g_autofree char *data_dir = g_build_filename (rai_sync_fixture_folder (fixture), device, NULL);
  g_autoptr (GError) error = NULL;
  g_object_unref (engine);
  engine = rai_sync_engine_new (data_dir, rai_sync_fixture_url (fixture), login,
                                rai_sync_fixture_tokens ());
  rai_sync_engine_set_pace (engine, 200, 200);
  rai_sync_engine_start (engine, &error);
  g_assert_no_error (error);

  return engine;
}

static bool
has_replica (void *engine) {
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (engine);
  return status->has_replica;
}

static bool
has_no_attention (void *engine) {
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (engine);
  return status->attention == 0;
}

static bool
shows_both (void *engine) {
  return rai_sync_fixture_look (engine, ON_HAND "5") == 13000;
}

static bool
is_narrow (void *engine) {
  g_autoptr (RaiIdentity) identity = rai_sync_engine_get_identity (engine);
  return !identity->all_sites;
}

static bool
is_disabled (void *engine) {
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (engine);
  return status->state == RAI_SYNC_DISABLED;
}

static bool
is_signed_out (void *engine) {
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (engine);
  return status->state == RAI_SYNC_SIGNED_OUT;
}

static bool
has_new_generation (void *engine) {
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (engine);
  return status->generation > 1;
}

static int64_t
count_on_server (RaiSyncFixture *fixture, const char *sql) {
  int64_t n = 0;
  rai_db_get_int (rai_sync_fixture_db (fixture), sql, NULL, 0, 0, &n, NULL);
  return n;
}

/* 3, 5: a new account holds exactly what it may see. */
static void
test_first_sync (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  RaiSyncEngine *boss = rai_sync_fixture_engine (fixture, "two", "boss");

  rai_sync_fixture_compare (fixture, ada);
  rai_sync_fixture_compare (fixture, boss);
  g_assert_cmpint (rai_sync_fixture_look (ada, "SELECT count(*) FROM site"), ==, 1);
  g_assert_cmpint (rai_sync_fixture_look (boss, "SELECT count(*) FROM site"), ==, 2);
  g_object_unref (ada);
  g_object_unref (boss);
  rai_sync_fixture_free (fixture);
}

/* 1, 6: what is done offline is seen at once, survives the end of the program, and arrives once. */
static void
test_offline (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  rai_sync_fixture_set_online (fixture, false);
  receive (ada, RECEIVE (1, 5000));
  receive (ada, RECEIVE (1, 7000));
  g_assert_cmpint (rai_sync_fixture_look (ada, ON_HAND "1"), ==, 22000);
  ada = restart (fixture, ada, "one", "ada");
  rai_sync_fixture_wait (has_replica, ada, "the replica");
  g_assert_cmpint (rai_sync_fixture_look (ada, ON_HAND "1"), ==, 22000);
  g_autoptr (GPtrArray) entries = rai_sync_engine_get_entries (ada);
  g_assert_cmpuint (entries->len, ==, 2);
  rai_sync_fixture_set_online (fixture, true);
  rai_sync_fixture_settle (fixture, ada);
  rai_sync_fixture_compare (fixture, ada);
  g_assert_cmpint (rai_sync_fixture_look (ada, ON_HAND "1"), ==, 22000);
  g_assert_cmpint (
      count_on_server (fixture, "SELECT count(*) FROM movement WHERE kind = 'receive'"), ==, 2);
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

/* 1: an answer that gets lost is asked for again, and the command is not done twice. */
static void
test_lost_answer (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  rai_sync_fixture_lose_answers (fixture, 2);
  receive (ada, RECEIVE (2, 1000));
  rai_sync_fixture_settle (fixture, ada);
  rai_sync_fixture_compare (fixture, ada);
  g_assert_cmpint (rai_sync_fixture_look (ada, ON_HAND "2"), ==, 11000);
  g_assert_cmpint (
      count_on_server (fixture, "SELECT count(*) FROM movement WHERE kind = 'receive'"), ==, 1);
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

/* Two engines, and a third party on the server, end with the same rows. */
static void
test_converge (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  RaiSyncEngine *bob = rai_sync_fixture_engine (fixture, "two", "bob");

  rai_sync_fixture_set_online (fixture, false);
  receive (ada, RECEIVE (3, 1000));
  receive (bob, RECEIVE (3, 2000));
  rai_sync_fixture_run (fixture, "boss", "stock.receive", RECEIVE (3, 4000));
  rai_sync_fixture_set_online (fixture, true);
  rai_sync_fixture_settle (fixture, ada);
  rai_sync_fixture_settle (fixture, bob);
  rai_sync_fixture_settle (fixture, ada);
  g_assert_cmpint (rai_sync_fixture_look (ada, ON_HAND "3"), ==, 17000);
  rai_sync_fixture_compare (fixture, ada);
  rai_sync_fixture_compare (fixture, bob);
  g_object_unref (ada);
  g_object_unref (bob);
  rai_sync_fixture_free (fixture);
}

/* Runs the main context until save or take in has ended. */
static void
counted_cb (GObject *source, GAsyncResult *result, void *data) {
  GAsyncResult **place = data;
  *place = g_object_ref (result);
}

static int
finish (RaiSyncEngine *engine, GAsyncResult **result, GError **error) {
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GAsyncResult) ended = *result;
  *result = NULL;
  return rai_sync_engine_count_finish (engine, ended, error);
}

static int
take_in (RaiSyncEngine *engine, const char *path, GError **error) {
  GAsyncResult *result = NULL;
  rai_sync_engine_take_in_async (engine, path, counted_cb, &result);
  return finish (engine, &result, error);
}

/* 1: work that was saved to a file shows and is sent from another computer, once, although the
 * first sends it too. */
static void
test_saved_work (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  RaiSyncEngine *elsewhere = rai_sync_fixture_engine (fixture, "two", "ada");
  RaiSyncEngine *boss = rai_sync_fixture_engine (fixture, "two", "boss");
  g_autofree char *path = g_build_filename (rai_sync_fixture_folder (fixture), "work.json", NULL);

  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  rai_sync_fixture_set_online (fixture, false);
  receive (ada, RECEIVE (1, 5000));
  receive (ada, RECEIVE (1, 7000));
  rai_sync_engine_save_work_async (ada, path, counted_cb, &result);
  g_assert_cmpint (finish (ada, &result, &error), ==, 2);
  g_assert_cmpint (take_in (elsewhere, path, &error), ==, 2);
  g_assert_cmpint (take_in (elsewhere, path, &error), ==, 0);
  g_assert_no_error (error);
  g_assert_cmpint (rai_sync_fixture_look (elsewhere, ON_HAND "1"), ==, 22000);
  g_assert_cmpint (take_in (boss, path, &error), ==, -1);
  g_assert_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_REFUSED);
  rai_sync_fixture_set_online (fixture, true);
  rai_sync_fixture_settle (fixture, elsewhere);
  rai_sync_fixture_settle (fixture, ada);
  rai_sync_fixture_settle (fixture, elsewhere);
  rai_sync_fixture_compare (fixture, ada);
  rai_sync_fixture_compare (fixture, elsewhere);
  g_assert_cmpint (rai_sync_fixture_look (ada, ON_HAND "1"), ==, 22000);
  g_assert_cmpint (
      count_on_server (fixture, "SELECT count(*) FROM movement WHERE kind = 'receive'"), ==, 2);
  g_object_unref (ada);
  g_object_unref (elsewhere);
  g_object_unref (boss);
  rai_sync_fixture_free (fixture);
}

/* 4: what the server refuses goes to the user's list, with the reason, and the next ones pass. */
static void
test_rejected (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  rai_sync_fixture_set_online (fixture, false);
  g_autoptr (RaiAnswer) answer = rai_sync_fixture_submit (ada, "alert.acknowledge", ALERT_1);
  g_assert_cmpint (answer->status, ==, RAI_ANSWER_APPLIED);
  receive (ada, RECEIVE (4, 3000));
  rai_sync_fixture_run (fixture, "boss", "alert.acknowledge", ALERT_1);
  rai_sync_fixture_set_online (fixture, true);
  rai_sync_fixture_settle (fixture, ada);
  rai_sync_fixture_compare (fixture, ada);
  g_assert_cmpint (rai_sync_fixture_look (ada, ON_HAND "4"), ==, 13000);
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (ada);
  g_assert_cmpuint (status->attention, ==, 1);
  g_autoptr (GPtrArray) entries = rai_sync_engine_get_entries (ada);

  const RaiSyncEntry *first = entries->pdata[0];
  g_assert_cmpint (first->state, ==, RAI_ENTRY_ATTENTION);
  g_assert_nonnull (first->message);
  rai_sync_engine_discard (ada, first->id);
  rai_sync_fixture_wait (has_no_attention, ada, "the entry to go");
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

/* A command that is wrong on its face is answered at once, and queued nowhere. */
static void
test_refused_here (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  g_autoptr (RaiAnswer) answer = rai_sync_fixture_submit (ada, "stock.receive", OTHER_SITE);
  g_assert_cmpint (answer->status, ==, RAI_ANSWER_REJECTED);
  g_assert_nonnull (answer->message);
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (ada);
  g_assert_cmpuint (status->waiting + status->attention, ==, 0);
  rai_sync_fixture_compare (fixture, ada);
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

/* 6: while the answer is lost again and again, what the user did stays on top of what others do. */
static void
test_rebase (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  rai_sync_fixture_set_online (fixture, false);
  receive (ada, RECEIVE (5, 1000));
  rai_sync_fixture_run (fixture, "boss", "stock.receive", RECEIVE (5, 2000));
  rai_sync_fixture_refuse_pushes (fixture, true);
  rai_sync_fixture_set_online (fixture, true);
  rai_sync_fixture_wait (shows_both, ada, "both changes to be seen");
  rai_sync_fixture_refuse_pushes (fixture, false);
  rai_sync_fixture_settle (fixture, ada);
  g_assert_cmpint (rai_sync_fixture_look (ada, ON_HAND "5"), ==, 13000);
  rai_sync_fixture_compare (fixture, ada);
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

static void
test_snapshot_resumes (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  rai_sync_fixture_cut_snapshots (fixture, 2);
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  g_assert_cmpint (rai_sync_fixture_ranges_served (fixture), >=, 1);
  rai_sync_fixture_compare (fixture, ada);
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

static void
scribble (const char *path) {
  g_autofree char *text = NULL;
  size_t size = 0;
  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  memset (text, 'x', size / 2);
  g_assert_true (g_file_set_contents (path, text, (ssize_t) size, NULL));
}

/* 1, 3: a damaged replica costs a download, not what waits. */
static void
test_damaged_replica (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  g_autofree char *url = rai_sync_engine_get_replica_url (ada);

  rai_sync_fixture_set_online (fixture, false);
  receive (ada, RECEIVE (6, 1000));
  rai_sync_engine_stop (ada);
  scribble (url + strlen ("sqlite:"));
  ada = restart (fixture, ada, "one", "ada");
  rai_sync_fixture_set_online (fixture, true);
  rai_sync_fixture_settle (fixture, ada);
  rai_sync_fixture_compare (fixture, ada);
  g_assert_cmpint (rai_sync_fixture_look (ada, ON_HAND "6"), ==, 11000);
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

/* The rows of stock movements become garbage; the file opens, and the rest of it can be read. */
static void
scribble_on_movements (const char *url) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (url, 0, &error);
  g_assert_no_error (error);
  rai_db_exec (db, "PRAGMA wal_checkpoint(TRUNCATE)", &error);
  g_assert_no_error (error);

  int64_t size = 0, number = 0;
  rai_db_get_int (db, "PRAGMA page_size", NULL, 0, 0, &size, &error);
  rai_db_get_int (db, "SELECT rootpage FROM sqlite_schema WHERE name = 'movement'", NULL, 0, 0,
                  &number, &error);
  g_assert_no_error (error);
  g_assert_cmpint (number, >, 1);

  g_autofree char *garbage = g_malloc ((size_t) size);
  memset (garbage, 0xa5, (size_t) size);
  FILE *file = fopen (url + strlen ("sqlite:"), "r+b");
  g_assert_nonnull (file);
  fseek (file, (long) ((number - 1) * size), SEEK_SET);
  g_assert_cmpuint (fwrite (garbage, (size_t) size, 1, file), ==, 1);
  fclose (file);
}

static void
changed_cb (RaiSyncEngine *engine, bool *changed) {
  *changed = true;
}

static bool
is_set (void *flag) {
  return *(bool *) flag;
}

static bool
is_second (void *engine) {
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (engine);
  return status->generation == 2;
}

/* A page thought that the replica was damaged: a sound one stays, and pages hear that they may try
 * again. */
static void
test_check_sound (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  bool changed = false;
  g_signal_connect (ada, "changed", G_CALLBACK (changed_cb), &changed);
  rai_sync_engine_check_replica (ada);
  rai_sync_fixture_wait (is_set, &changed, "the engine to have looked");

  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (ada);
  g_assert_cmpuint (status->generation, ==, 1);
  rai_sync_fixture_compare (fixture, ada);
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

/* 1, 3: one that is damaged stays until there is another; what waits is sent once. */
static void
test_check_damaged (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  g_autofree char *url = rai_sync_engine_get_replica_url (ada);
  rai_sync_fixture_set_online (fixture, false);
  receive (ada, RECEIVE (6, 1000));
  rai_sync_engine_stop (ada);
  scribble_on_movements (url);

  ada = restart (fixture, ada, "one", "ada");
  rai_sync_fixture_wait (has_replica, ada, "the replica");
  rai_sync_engine_check_replica (ada);
  g_autoptr (RaiAnswer) seen = rai_sync_fixture_submit (ada, "alert.acknowledge", ALERT_1);
  g_assert_cmpint (seen->status, ==, RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_sync_fixture_look (ada, ON_HAND "6"), ==, 11000);
  receive (ada, RECEIVE (7, 1000)); /* meets the damage itself, and waits all the same */

  rai_sync_fixture_set_online (fixture, true);
  rai_sync_fixture_wait (is_second, ada, "another replica");
  rai_sync_fixture_settle (fixture, ada);
  rai_sync_fixture_compare (fixture, ada);
  g_assert_cmpint (
      count_on_server (fixture, "SELECT count(*) FROM movement WHERE kind = 'receive'"), ==, 2);
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

static void
make_old (const char *url) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (url, 0, &error);
  g_assert_no_error (error);
  rai_db_exec (
      db,
      "CREATE TABLE person_old (id INTEGER PRIMARY KEY, name TEXT NOT NULL, rev BIGINT NOT NULL); "
      "INSERT OR IGNORE INTO person_old (id, name, rev) SELECT id, name, rev FROM person; "
      "DROP TABLE person; ALTER TABLE person_old RENAME TO person; "
      "DROP TABLE feed_day; ALTER TABLE forecast DROP COLUMN dispersion; "
      "ALTER TABLE forecast_past DROP COLUMN live; DROP TABLE sale_aside; DROP TABLE sale_settled; "
      "DROP INDEX receipt_sold; DROP INDEX movement_ledger; DROP INDEX movement_counted; "
      "DELETE FROM meta WHERE key = 'counts_by_time_since'; "
      "ALTER TABLE receipt DROP COLUMN voided_at; ALTER TABLE site DROP COLUMN plan_verdict; "
      "ALTER TABLE site DROP COLUMN plan_verdict_day; "
      "ALTER TABLE site DROP COLUMN days_missing; ALTER TABLE site DROP COLUMN opens; "
      "ALTER TABLE site DROP COLUMN closes; ALTER TABLE site DROP COLUMN open_since; "
      "ALTER TABLE calendar_day DROP COLUMN opened; ALTER TABLE item_day DROP COLUMN flagged; "
      "ALTER TABLE sales_total DROP COLUMN told_at; "
      "ALTER TABLE stock DROP COLUMN last_return; DROP INDEX receipt_key; "
      "ALTER TABLE receipt DROP COLUMN till; ALTER TABLE receipt DROP COLUMN said_day; "
      "ALTER TABLE plan DROP COLUMN needs; "
      "ALTER TABLE plan DROP COLUMN needs_week; ALTER TABLE plan DROP COLUMN short_days; "
      "ALTER TABLE plan DROP COLUMN short_below; ALTER TABLE plan DROP COLUMN over_from; "
      "ALTER TABLE plan DROP COLUMN supply_day; DROP INDEX order_line_item; DELETE FROM migration "
      "WHERE number > 1; "
      "UPDATE sync_state SET value = 'that of schema 1' WHERE key = 'scope'",
      &error);
  g_assert_no_error (error);
}

/* 1, 3: a new program finds the replica of an old one, with work in its outbox that was never sent:
 * it is shown on the upgraded rows at once, and arrives. */
static void
test_old_replica (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  g_autofree char *url = rai_sync_engine_get_replica_url (ada);

  rai_sync_fixture_set_online (fixture, false);
  receive (ada, RECEIVE (6, 1000));
  rai_sync_engine_stop (ada);
  make_old (url);
  ada = restart (fixture, ada, "one", "ada");
  rai_sync_fixture_wait (has_replica, ada, "the replica");
  g_assert_cmpint (rai_sync_fixture_look (ada, ON_HAND "6"), ==, 11000);
  g_assert_cmpint (rai_sync_fixture_look (ada, "SELECT count(*) FROM migration"), ==,
                   rai_migration_latest ());
  rai_sync_fixture_set_online (fixture, true);
  rai_sync_fixture_settle (fixture, ada);
  rai_sync_fixture_compare (fixture, ada);
  g_assert_cmpint (
      count_on_server (fixture, "SELECT count(*) FROM movement WHERE kind = 'receive'"), ==, 1);
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

/* 1: a damaged outbox is kept, said, and filled again from the replica. */
static void
test_damaged_outbox (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  g_autofree char *url = rai_sync_engine_get_replica_url (ada);

  rai_sync_fixture_set_online (fixture, false);
  receive (ada, RECEIVE (7, 1000));
  rai_sync_engine_stop (ada);

  g_autofree char *folder = g_path_get_dirname (url + strlen ("sqlite:"));
  g_autofree char *outbox = g_build_filename (folder, "outbox.db", NULL);
  scribble (outbox);
  ada = restart (fixture, ada, "one", "ada");
  rai_sync_fixture_set_online (fixture, true);
  rai_sync_fixture_wait (has_replica, ada, "the replica");
  rai_sync_fixture_settle (fixture, ada);
  rai_sync_fixture_compare (fixture, ada);
  g_assert_cmpint (rai_sync_fixture_look (ada, ON_HAND "7"), ==, 11000);
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (ada);
  g_assert_nonnull (strstr (status->message, "damaged"));
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

/* 5: moved to another site, the old site's rows go; what was done there is for the user to see. */
static void
test_scope_changes (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  rai_sync_fixture_set_account (fixture, "ada", RAI_ROLE_STORE_MANAGER, -1);

  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  g_assert_cmpint (rai_sync_fixture_look (ada, "SELECT count(*) FROM site"), ==, 2);
  rai_sync_fixture_set_account (fixture, "ada", RAI_ROLE_ASSOCIATE, 2);
  rai_sync_fixture_run (fixture, "boss", "stock.receive", RECEIVE (8, 2000));
  rai_sync_fixture_wait (is_narrow, ada, "the replica to be trimmed");
  rai_sync_fixture_settle (fixture, ada);
  rai_sync_fixture_compare (fixture, ada);
  g_assert_cmpint (rai_sync_fixture_look (ada, "SELECT count(*) FROM stock WHERE site_id = 1"), ==,
                   0);
  g_assert_cmpint (rai_sync_fixture_look (ada, "SELECT count(*) FROM forecast"), ==, 0);
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

/* 5: a disabled account's replica goes at the next contact. */
static void
signed_in_cb (GObject *engine, GAsyncResult *result, void *place) {
  *(GAsyncResult **) place = g_object_ref (result);
}

static bool
has_result (void *place) {
  return *(GAsyncResult **) place != NULL;
}

/* What libsoup would take for http is not sent anywhere. */
static void
test_unknown_scheme (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  rai_sync_fixture_set_account (fixture, "ada", RAI_ROLE_STORE_MANAGER, 1);
  const char *rest = strstr (rai_sync_fixture_url (fixture), "://");

  for (int i = 0; i < 2; i++) {
    g_autofree char *url = g_strconcat (i == 0 ? "htps" : "ws", rest, NULL);
    g_autoptr (RaiSyncEngine) engine = rai_sync_engine_new (rai_sync_fixture_folder (fixture), url,
                                                            "ada", rai_sync_fixture_tokens ());
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    rai_sync_engine_sign_in_async (engine, "right", NULL, NULL, signed_in_cb, &result);
    rai_sync_fixture_wait (has_result, &result, "the refusal");
    g_assert_false (rai_sync_engine_sign_in_finish (engine, result, &error));
    g_assert_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_ADDRESS);
    g_assert_nonnull (strstr (error->message, url));
    rai_sync_engine_stop (engine);
  }

  rai_sync_fixture_free (fixture);
}

static void
test_disabled (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  g_autofree char *url = rai_sync_engine_get_replica_url (ada);

  rai_sync_fixture_disable (fixture, "ada");
  rai_sync_engine_wake (ada);
  rai_sync_fixture_wait (is_disabled, ada, "the account to be disabled");
  g_assert_false (g_file_test (url + strlen ("sqlite:"), G_FILE_TEST_EXISTS));
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

static void
test_tokens (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  rai_sync_fixture_expire_tokens (fixture);
  receive (ada, RECEIVE (9, 1000));
  rai_sync_fixture_settle (fixture, ada);

  /* Signed out: all stays, and goes on after the next sign-in. */
  rai_sync_engine_sign_out (ada, false);
  rai_sync_fixture_wait (is_signed_out, ada, "the sign-out");
  receive (ada, RECEIVE (9, 1000));
  g_assert_cmpint (rai_sync_fixture_look (ada, ON_HAND "9"), ==, 12000);
  g_object_unref (ada);
  ada = rai_sync_fixture_engine (fixture, "one", "ada");
  g_assert_cmpint (count_on_server (fixture, ON_HAND "9"), ==, 12000);
  rai_sync_fixture_compare (fixture, ada);
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

/* 1: the server was restored from a backup, and gets again what it lost. */
static void
test_restored (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  rai_sync_fixture_backup (fixture);
  receive (ada, RECEIVE (10, 1000));
  rai_sync_fixture_settle (fixture, ada);
  rai_sync_fixture_restore (fixture);
  g_assert_cmpint (count_on_server (fixture, ON_HAND "10"), ==, 10000);
  rai_sync_engine_wake (ada);
  rai_sync_fixture_wait (has_new_generation, ada, "a new replica");
  rai_sync_fixture_settle (fixture, ada);
  g_assert_cmpint (count_on_server (fixture, ON_HAND "10"), ==, 11000);
  rai_sync_fixture_compare (fixture, ada);
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

static bool
shows_news (void *engine) {
  return rai_sync_fixture_look (engine, ON_HAND "11") == 12000;
}

/* What others do comes over the live channel: the poll would take longer than the test waits. */
#define LATE_S 7200

/* Acted offline, in a program that has not heard of the server since it began, on a computer whose
 * clock is two hours ahead: sent later, it happened when it did. */
static void
test_clock (void) {
  g_autofree char *offset = g_strdup_printf ("%d", LATE_S);
  g_setenv ("RETAILAI_CLOCK_OFFSET", offset, TRUE);
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  rai_sync_fixture_set_online (fixture, false);
  ada = restart (fixture, ada, "one", "ada");
  rai_sync_fixture_wait (has_replica, ada, "the replica");
  receive (ada, RECEIVE (1, 5000));

  rai_sync_fixture_set_online (fixture, true);
  rai_sync_engine_wake (ada);
  rai_sync_fixture_settle (fixture, ada);

  int64_t acted_at = 0;
  rai_db_get_int (rai_sync_fixture_db (fixture),
                  "SELECT acted_at FROM command_log WHERE name = 'stock.receive'", NULL, 0, 0,
                  &acted_at, NULL);
  g_assert_cmpint (ABS (acted_at - g_get_real_time () / 1000), <, LATE_S * 1000 / 2);
  rai_sync_fixture_compare (fixture, ada);

  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
  g_unsetenv ("RETAILAI_CLOCK_OFFSET");
}

static void
test_live (void) {
  RaiSyncFixture *fixture = rai_sync_fixture_new ();
  rai_sync_fixture_set_pace (fixture, 120000);
  RaiSyncEngine *ada = rai_sync_fixture_engine (fixture, "one", "ada");
  rai_sync_fixture_wait_live (fixture);
  rai_sync_fixture_run (fixture, "boss", "stock.receive", RECEIVE (11, 2000));
  rai_sync_fixture_wait (shows_news, ada, "the other's change");
  g_object_unref (ada);
  rai_sync_fixture_free (fixture);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/engine/first-sync", test_first_sync);
  g_test_add_func ("/sync/engine/offline", test_offline);
  g_test_add_func ("/sync/engine/lost-answer", test_lost_answer);
  g_test_add_func ("/sync/engine/converge", test_converge);
  g_test_add_func ("/sync/engine/saved-work", test_saved_work);
  g_test_add_func ("/sync/engine/clock", test_clock);
  g_test_add_func ("/sync/engine/rejected", test_rejected);
  g_test_add_func ("/sync/engine/refused-here", test_refused_here);
  g_test_add_func ("/sync/engine/rebase", test_rebase);
  g_test_add_func ("/sync/engine/snapshot-resumes", test_snapshot_resumes);
  g_test_add_func ("/sync/engine/damaged-replica", test_damaged_replica);
  g_test_add_func ("/sync/engine/check-sound", test_check_sound);
  g_test_add_func ("/sync/engine/check-damaged", test_check_damaged);
  g_test_add_func ("/sync/engine/old-replica", test_old_replica);
  g_test_add_func ("/sync/engine/damaged-outbox", test_damaged_outbox);
  g_test_add_func ("/sync/engine/scope-changes", test_scope_changes);
  g_test_add_func ("/sync/engine/disabled", test_disabled);
  g_test_add_func ("/sync/engine/unknown-scheme", test_unknown_scheme);
  g_test_add_func ("/sync/engine/tokens", test_tokens);
  g_test_add_func ("/sync/engine/restored", test_restored);
  g_test_add_func ("/sync/engine/live", test_live);

  return g_test_run ();
}
