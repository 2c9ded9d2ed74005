/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's end on SQLite and PostgreSQL, and what a replica makes of it. The numbers are those
 * of the invariants at the head of src/sync/rai-sync-worker.c. */
#include "sync/rai-sync-server.h"

#include "rai-sync-compare.h"
#include "rai-test-db.h"
#include "sync/rai-replica.h"
#include "sync/rai-sync-apply.h"
#include "sync/rai-sync-snapshot.h"
#include "sync/rai-sync-wire.h"
#include "util/rai-uuid.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  RaiDb *db;
  char *folder;
  RaiIdentity *manager;
  RaiReplica *replica;
  int files;
} Scene;

static void
take_snapshot (Scene *self) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiSyncSnapshot) snapshot =
      rai_sync_server_snapshot (self->db, self->manager, self->folder, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&self->replica, rai_replica_close);

  g_autofree char *path = g_strdup_printf ("%s/replica%d.db", self->folder, ++self->files);
  g_assert_true (rai_sync_decompress_file (snapshot->path, path, &error));
  g_assert_true (rai_replica_check_file (path, true, &error));
  self->replica = rai_replica_open (path, &error);
  g_assert_no_error (error);
}

static void
scene_open (Scene *self, RaiDb *db) {
  g_autoptr (GError) error = NULL;
  int64_t site = 1;
  self->db = db;
  self->folder = g_dir_make_tmp ("rai-sync-XXXXXX", NULL);
  self->manager = rai_identity_new (2, "manager", RAI_ROLE_STORE_MANAGER, false, &site, 1);
  rai_test_db_fill (db);
  rai_sync_server_prepare (db, &error);
  g_assert_no_error (error);
  take_snapshot (self);
}

static void
scene_close (Scene *self) {
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;
  rai_replica_close (self->replica);

  while ((name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);
    g_unlink (path);
  }

  g_rmdir (self->folder);
  g_free (self->folder);
  rai_identity_free (self->manager);
}

static GBytes *
ask (Scene *self, int64_t since, const char *scope, const char *epoch, RaiSyncHead *head) {
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) packed =
      rai_sync_server_changes (self->db, self->manager, since, scope, epoch, &error);
  g_assert_no_error (error);

  GBytes *page = rai_sync_unpack (packed, &error);
  g_assert_no_error (error);
  rai_sync_read_head (page, head, &error);
  g_assert_no_error (error);

  return page;
}

static GBytes *
ask_as (Scene *self, RaiSyncHead *head) {
  return ask (self, rai_replica_revision (self->replica), rai_replica_get (self->replica, "scope"),
              rai_replica_get (self->replica, "epoch"), head);
}

static void
follow (Scene *self) {
  g_autoptr (GError) error = NULL;
  g_auto (RaiSyncHead) head = { 0 };
  g_autoptr (GBytes) page = ask_as (self, &head);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_assert_cmpstr (head.snapshot, ==, NULL);
  rai_replica_rebase (self->replica, self->manager, page, head.revision, false, none, &error);
  g_assert_no_error (error);

  g_autofree char *difference =
      rai_sync_compare (self->db, rai_replica_db (self->replica), self->manager);
  g_assert_cmpstr (difference, ==, NULL);
}

/* SQL with REV for the revision, in a transaction of its own. */
static void
change (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t revision = 0;
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_db_revision (db, &revision, &error));

  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, revision);
  g_auto (GStrv) parts = g_strsplit (sql, "REV", -1);

  g_autofree char *text = g_strjoinv (number, parts);
  rai_db_exec (db, text, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (db, &error));
}

/* 3, 5: the snapshot holds the scope, and nothing else. */
static void
test_snapshot (RaiDb *db) {
  Scene scene = { 0 };
  scene_open (&scene, db);

  int64_t n = -1;
  g_autofree char *difference =
      rai_sync_compare (db, rai_replica_db (scene.replica), scene.manager);

  g_assert_cmpstr (difference, ==, NULL);
  rai_db_get_int (rai_replica_db (scene.replica), "SELECT count(*) FROM stock WHERE site_id <> 1",
                  NULL, 0, 0, &n, NULL);
  g_assert_cmpint (n, ==, 0);
  rai_db_get_int (rai_replica_db (scene.replica), "SELECT count(*) FROM account", NULL, 0, 0, &n,
                  NULL);
  g_assert_cmpint (n, ==, 0);
  rai_db_get_int (rai_replica_db (scene.replica),
                  "SELECT count(*) FROM sqlite_master WHERE type = 'index'", NULL, 0, 0, &n, NULL);
  g_assert_cmpint (n, >, 10);
  scene_close (&scene);
}

/* 2, 3: rows, deleted rows, numbers with fractions, blobs, nulls, text of any kind. */
static void
test_changes (RaiDb *db) {
  Scene scene = { 0 };
  scene_open (&scene, db);
  follow (&scene);
  change (
      db,
      "UPDATE stock SET on_hand = -9007199254740993, rev = REV WHERE site_id = 1 AND item_id = 2;"
      "UPDATE stock SET on_hand = 5, rev = REV WHERE site_id = 2 AND item_id = 2;"
      "UPDATE supplier SET lead_spread = 0.1, name = 'Ünï \"q\" \\ back', rev = REV;"
      "UPDATE item SET shelf_life = NULL, name = '', rev = REV WHERE id = 5");
  follow (&scene);
  change (
      db,
      "DELETE FROM alert WHERE id = '" RAI_TEST_ALERT "';"
      "INSERT INTO tombstone (table_name, row_key, site_id, rev) VALUES ('alert', '" RAI_TEST_ALERT
      "', 1, REV);"
      "DELETE FROM stock WHERE site_id = 1 AND item_id = 4;"
      "INSERT INTO tombstone (table_name, row_key, site_id, rev) VALUES ('stock', '1/4', 1, REV)");
  follow (&scene);
  change (
      db,
      "INSERT INTO forecast (level, site_id, node_id, first_day, horizon, model, means, quantiles, "
      "wape, rev) "
      "VALUES ('item', 1, 1, 20501, 1, 'naive', /*sqlite x'00ff10' */ /*postgresql '\\x00ff10' */, "
      "/*sqlite x'' */ /*postgresql '' */, 0.30000000000000004, REV)");
  follow (&scene);
  scene_close (&scene);
}

/* Two rows exchange a name that is unique: in whatever order they come. */
static void
test_exchange (RaiDb *db) {
  Scene scene = { 0 };
  scene_open (&scene, db);
  change (db, "UPDATE item SET sku = 'x', rev = REV WHERE id = 1");
  change (db, "UPDATE item SET sku = 'y', rev = REV WHERE id = 2");
  follow (&scene);
  change (
      db,
      "UPDATE item SET sku = 'z' WHERE id = 1; UPDATE item SET sku = 'x', rev = REV WHERE id = 2;"
      "UPDATE item SET sku = 'y', rev = REV WHERE id = 1");
  follow (&scene);
  scene_close (&scene);
}

static void
expect_snapshot (Scene *scene, int64_t since, const char *scope, const char *epoch,
                 const char *why) {
  g_auto (RaiSyncHead) head = { 0 };
  g_autoptr (GBytes) page = ask (scene, since, scope, epoch, &head);
  g_assert_cmpstr (head.snapshot, ==, why);
  g_assert_cmpint (head.identity->role, ==, scene->manager->role);
}

/* 5: what pages cannot tell asks for a snapshot. */
static void
test_snapshot_needed (RaiDb *db) {
  Scene scene = { 0 };
  scene_open (&scene, db);

  g_autofree char *scope = g_strdup (rai_replica_get (scene.replica, "scope"));
  g_autofree char *epoch = g_strdup (rai_replica_get (scene.replica, "epoch"));
  int64_t now = rai_replica_revision (scene.replica), other = 2;

  expect_snapshot (&scene, now, scope, epoch, NULL);
  expect_snapshot (&scene, now, NULL, NULL, "new");
  expect_snapshot (&scene, now, "other", epoch, "scope");
  expect_snapshot (&scene, now, scope, "other", "epoch");
  expect_snapshot (&scene, now + 1, scope, epoch, "epoch");
  rai_identity_free (scene.manager);
  scene.manager = rai_identity_new (2, "manager", RAI_ROLE_STORE_MANAGER, false, &other, 1);
  expect_snapshot (&scene, now, scope, epoch, "scope");
  g_assert_true (rai_sync_server_new_epoch (db, NULL));

  g_autofree char *new_scope = rai_sync_scope (scene.manager);
  expect_snapshot (&scene, now, new_scope, epoch, "epoch");
  scene_close (&scene);
}

static int64_t
count_stock (Scene *scene, int64_t site) {
  int64_t count = -1;
  rai_db_get_int (rai_replica_db (scene->replica), "SELECT COUNT(*) FROM stock WHERE site_id = ?1",
                  &site, 1, 0, &count, NULL);
  return count;
}

/* 5: moved to another store, the rows of the old one go at once, before the new ones come. */
static void
test_trim (RaiDb *db) {
  Scene scene = { 0 };
  int64_t other = 2;
  g_autoptr (GError) error = NULL;
  scene_open (&scene, db);
  g_assert_cmpint (count_stock (&scene, 1), >, 0);
  rai_identity_free (scene.manager);
  scene.manager = rai_identity_new (2, "manager", RAI_ROLE_STORE_MANAGER, false, &other, 1);
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  rai_replica_rebase (scene.replica, scene.manager, NULL, 0, true, nothing, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_stock (&scene, 1), ==, 0);
  scene_close (&scene);
}

static int64_t
count_tombstones (RaiDb *db) {
  int64_t count = -1;
  rai_db_get_int (db, "SELECT COUNT(*) FROM tombstone", NULL, 0, -1, &count, NULL);
  return count;
}

static void
prune (RaiDb *db, RaiDay day) {
  g_autoptr (GError) error = NULL;
  rai_sync_server_prune (db, day, 30, &error);
  g_assert_no_error (error);
}

/* 3: tombstones older than the server keeps are gone; who missed them is told to fetch all, who did
 * not goes on. */
static void
test_prune (RaiDb *db) {
  Scene scene = { 0 };
  scene_open (&scene, db);
  prune (db, 20500);

  g_autofree char *scope = g_strdup (rai_replica_get (scene.replica, "scope"));
  g_autofree char *epoch = g_strdup (rai_replica_get (scene.replica, "epoch"));
  int64_t away = rai_replica_revision (scene.replica);

  change (
      db,
      "DELETE FROM stock WHERE site_id = 1 AND item_id = 4;"
      "INSERT INTO tombstone (table_name, row_key, site_id, rev) VALUES ('stock', '1/4', 1, REV)");
  prune (db, 20501);
  follow (&scene);

  int64_t there = rai_replica_revision (scene.replica), before = count_tombstones (db);
  prune (db, 20530); /* the day before the deletion is 30 days ago */
  g_assert_cmpint (count_tombstones (db), ==, before);
  expect_snapshot (&scene, away, scope, epoch, NULL);
  prune (db, 20531);
  g_assert_cmpint (count_tombstones (db), ==, 0);
  expect_snapshot (&scene, away, scope, epoch, "old");
  expect_snapshot (&scene, there, scope, epoch, NULL);
  follow (&scene);
  scene_close (&scene);
}

/* More rows than a page may carry. */
static void
test_too_many (RaiDb *db) {
  Scene scene = { 0 };
  scene_open (&scene, db);
  g_auto (RaiSyncHead) head = { 0 };
  change (db, "INSERT INTO item_day (site_id, item_id, day, quantity, revenue, rev) WITH RECURSIVE "
              "n (i) AS (SELECT 1 "
              "UNION ALL SELECT i + 1 FROM n WHERE i < 100001) SELECT 1, 1000 + i, 1, 1000, 100, "
              "REV FROM n");
  g_autoptr (GBytes) page = ask_as (&scene, &head);
  g_assert_cmpstr (head.snapshot, ==, "large");
  scene_close (&scene);
}

/* The same file goes on being served to who began with it; another scope never gets it. */
static void
test_resume (RaiDb *db) {
  Scene scene = { 0 };
  g_autoptr (GError) error = NULL;
  scene_open (&scene, db);
  g_autoptr (RaiSyncSnapshot) first =
      rai_sync_server_snapshot (db, scene.manager, scene.folder, NULL, &error);
  change (db, "UPDATE stock SET on_hand = 1, rev = REV WHERE site_id = 1 AND item_id = 2");
  g_autoptr (RaiSyncSnapshot) again =
      rai_sync_server_snapshot (db, scene.manager, scene.folder, first->etag, &error);
  g_assert_cmpstr (again->path, ==, first->path);
  g_autoptr (RaiSyncSnapshot) anew =
      rai_sync_server_snapshot (db, scene.manager, scene.folder, NULL, &error);
  g_assert_cmpstr (anew->path, !=, first->path);

  int64_t other = 2;
  g_autoptr (RaiIdentity) neighbour =
      rai_identity_new (9, "neighbour", RAI_ROLE_STORE_MANAGER, false, &other, 1);
  g_autoptr (RaiSyncSnapshot) theirs =
      rai_sync_server_snapshot (db, neighbour, scene.folder, first->etag, &error);
  g_assert_cmpstr (theirs->path, !=, first->path);
  g_assert_no_error (error);
  scene_close (&scene);
}

/* 2: a revision is seen when it is committed, and never one above it before. */
static void
test_interleaved (void) {
  for (RaiDbKind kind = RAI_DB_SQLITE; kind <= RAI_DB_POSTGRESQL; kind++) {
    g_autofree char *url = NULL;
    g_autoptr (GError) error = NULL;
    Scene scene = { 0 };
    int64_t revision;
    if (kind == RAI_DB_POSTGRESQL && !rai_test_db_have_postgresql ())
      continue;
    RaiDb *reader = rai_test_db_new_at (kind, &url);
    scene_open (&scene, reader);
    g_autoptr (RaiDb) writer = rai_db_open (url, 0, &error);
    g_assert_no_error (error);
    g_assert_true (rai_db_begin_write (writer, &error));
    g_assert_true (rai_db_revision (writer, &revision, &error));
    g_autofree char *sql = g_strdup_printf ("UPDATE stock SET on_hand = 7, rev = %" G_GINT64_FORMAT
                                            " WHERE site_id = 1 AND item_id = 1",
                                            revision);
    g_assert_true (rai_db_exec (writer, sql, &error));
    follow (&scene);
    g_assert_cmpint (rai_replica_revision (scene.replica), <, revision);
    g_assert_true (rai_db_commit (writer, &error));
    follow (&scene);
    g_assert_cmpint (rai_replica_revision (scene.replica), ==, revision);
    scene_close (&scene);
    rai_db_close (reader);
  }
}

/* A page that was cut or altered changes nothing. */
static void
test_damaged (RaiDb *db) {
  Scene scene = { 0 };
  g_autoptr (GError) error = NULL;
  scene_open (&scene, db);
  change (db, "UPDATE stock SET on_hand = 1, rev = REV WHERE site_id = 1");
  g_autoptr (GBytes) packed = rai_sync_server_changes (
      db, scene.manager, rai_replica_revision (scene.replica),
      rai_replica_get (scene.replica, "scope"), rai_replica_get (scene.replica, "epoch"), &error);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) - 9);
  g_assert_null (rai_sync_unpack (cut, &error));
  g_assert_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED);
  g_clear_error (&error);
  g_autoptr (GBytes) page = rai_sync_unpack (packed, &error);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (page, 0, g_bytes_get_size (page) - 30);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_assert_false (rai_replica_rebase (scene.replica, scene.manager, half, 99, false, none, &error));
  g_assert_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED);
  follow (&scene);
  scene_close (&scene);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/sync/server/snapshot", test_snapshot);
  rai_test_db_add ("/sync/server/changes", test_changes);
  rai_test_db_add ("/sync/server/exchange", test_exchange);
  rai_test_db_add ("/sync/server/snapshot-needed", test_snapshot_needed);
  rai_test_db_add ("/sync/server/trim", test_trim);
  rai_test_db_add ("/sync/server/prune", test_prune);
  rai_test_db_add ("/sync/server/too-many", test_too_many);
  rai_test_db_add ("/sync/server/resume", test_resume);
  rai_test_db_add ("/sync/server/damaged", test_damaged);
  g_test_add_func ("/sync/server/interleaved", test_interleaved);

  return rai_test_db_end (g_test_run ());
}
