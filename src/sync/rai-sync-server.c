/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-server.h"

#include "db/rai-migration.h"
#include "db/rai-synced.h"
#include "proto/rai-json.h"
#include "sync/rai-sync-page.h"
#include "sync/rai-sync-snapshot.h"
#include "sync/rai-sync-wire.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"
#include "util/rai-uuid.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define KEEP_SECONDS 3600

static bool
get_meta (RaiDb *db, const char *key, char **value, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, "SELECT value FROM meta WHERE key = ?1", error);
  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, key);
  RaiStep step = rai_statement_step (statement, error);
  *value = step == RAI_STEP_ROW ? g_strdup (rai_statement_text (statement, 0)) : NULL;
  rai_statement_reset (statement);
  return step != RAI_STEP_FAILED;
}

static bool
set_meta (RaiDb *db, const char *key, const char *value, bool replace, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db,
      replace ? "INSERT INTO meta (key, value) VALUES (?1, ?2) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
              : "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING",
      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, key);
  rai_statement_bind_text (statement, 2, value);

  return rai_statement_run (statement, error);
}

static bool
commit_or_undo (RaiDb *db, bool ok, GError **error) {
  if (ok && rai_db_commit (db, error))
    return true;
  rai_db_rollback (db);
  return false;
}

bool
rai_sync_server_prepare (RaiDb *db, GError **error) {
  char server[RAI_UUID_SIZE], epoch[RAI_UUID_SIZE];
  if (!rai_db_begin_write (db, error))
    return false;
  bool ok = set_meta (db, "server_id", rai_uuid_new (server), false, error) &&
            set_meta (db, "epoch", rai_uuid_new (epoch), false, error);
  return commit_or_undo (db, ok, error);
}

bool
rai_sync_server_new_epoch (RaiDb *db, GError **error) {
  char epoch[RAI_UUID_SIZE];
  if (!rai_db_begin_write (db, error))
    return false;
  return commit_or_undo (db, set_meta (db, "epoch", rai_uuid_new (epoch), true, error), error);
}

static bool
mark_day (RaiDb *db, RaiDay today, GError **error) {
  int64_t revision;
  RaiStatement *statement =
      rai_db_prepare (db,
                      "INSERT INTO feed_day (day, revision) VALUES (?1, ?2) "
                      "ON CONFLICT (day) DO UPDATE SET revision = excluded.revision",
                      error);

  if (statement == NULL || !rai_db_last_revision (db, &revision, error))
    return false;
  rai_statement_bind_int (statement, 1, today);
  rai_statement_bind_int (statement, 2, revision);

  return rai_statement_run (statement, error);
}

/* Runs a statement with one number. */
static bool
run_with (RaiDb *db, const char *sql, int64_t number, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, sql, error);
  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, number);
  return rai_statement_run (statement, error);
}

static bool
forget_before (RaiDb *db, int64_t day, GError **error) {
  int64_t revision;
  if (!rai_db_get_int (db, "SELECT MAX(revision) FROM feed_day WHERE day <= ?1", &day, 1, 0,
                       &revision, error))
    return false;

  if (revision <= 0)
    return true;

  char text[24];
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, revision);
  return run_with (db, "DELETE FROM tombstone WHERE rev <= ?1", revision, error) &&
         run_with (db, "DELETE FROM feed_day WHERE day < ?1", day, error) &&
         set_meta (db, "oldest_since", text, true, error);
}

bool
rai_sync_server_prune (RaiDb *db, RaiDay today, int keep_days, GError **error) {
  g_return_val_if_fail (keep_days >= 1, false);
  if (!rai_db_begin_write (db, error))
    return false;
  return commit_or_undo (
      db, mark_day (db, today, error) && forget_before (db, today - keep_days, error), error);
}

char *
rai_sync_scope (const RaiIdentity *caller) {
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *schema = g_strdup_printf ("schema %d", rai_migration_latest ());
  g_checksum_update (sum, (const void *) schema, -1);

  for (const RaiSyncedTable *table = rai_synced_tables; table->name; table++) {
    bool may = rai_identity_may (caller, table->permission);
    g_autofree char *condition = may ? rai_synced_condition (table, caller) : g_strdup ("none");
    g_autofree char *line = g_strdup_printf ("\n%s: %s\n", table->name, condition);
    g_checksum_update (sum, (const void *) line, -1);
    for (int i = 0; may && table->columns[i].name != NULL; i++)
      g_checksum_update (sum, (const void *) rai_synced_expression (&table->columns[i], caller),
                         -1);
  }

  return g_strndup (g_checksum_get_string (sum), 32);
}

typedef struct {
  char *server;
  char *epoch;
  char *scope;
  int64_t revision;
} Now;

static void
now_clear (Now *now) {
  g_free (now->server);
  g_free (now->epoch);
  g_free (now->scope);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Now, now_clear)

static bool
read_now (RaiDb *db, const RaiIdentity *caller, Now *now, GError **error) {
  now->scope = rai_sync_scope (caller);
  if (!get_meta (db, "server_id", &now->server, error) ||
      !get_meta (db, "epoch", &now->epoch, error) ||
      !rai_db_last_revision (db, &now->revision, error))
    return false;

  if (now->server != NULL && now->epoch != NULL)
    return true;
  g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_REFUSED,
               "The database has no identity yet; start the server once with `serve`");

  return false;
}

/* ---- Snapshots ---- */

void
rai_sync_snapshot_free (RaiSyncSnapshot *snapshot) {
  if (snapshot == NULL)
    return;
  g_free (snapshot->path);
  g_free (snapshot->etag);
  g_free (snapshot);
}

/* SCOPE-EPOCH-REVISION.zst; the name without its ending, in quotes, is the ETag. */
static RaiSyncSnapshot *
snapshot_new (const char *directory, const char *name, int64_t revision) {
  RaiSyncSnapshot *snapshot = g_new0 (RaiSyncSnapshot, 1);
  snapshot->path = g_strdup_printf ("%s/%s.zst", directory, name);
  snapshot->etag = g_strdup_printf ("\"%s\"", name);
  snapshot->revision = revision;
  return snapshot;
}

static RaiSyncSnapshot *
find_wanted (const char *directory, const char *prefix, const char *etag) {
  size_t length = etag != NULL ? strlen (etag) : 0;
  if (length < 3 || !g_str_has_prefix (etag + 1, prefix) || strchr (etag, '/') != NULL)
    return NULL;
  g_autofree char *name = g_strndup (etag + 1, length - 2);
  g_autoptr (RaiSyncSnapshot) snapshot =
      snapshot_new (directory, name, g_ascii_strtoll (name + strlen (prefix), NULL, 10));
  return g_file_test (snapshot->path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&snapshot) : NULL;
}

static void
remove_old (const char *directory) {
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;
  int64_t now = g_get_real_time () / G_USEC_PER_SEC;

  while (dir != NULL && (name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (directory, name, NULL);
    struct stat info;
    if (strstr (name, ".zst") != NULL && stat (path, &info) == 0 &&
        now - info.st_mtime > KEEP_SECONDS)
      g_unlink (path);
  }
}

static bool
make_snapshot (RaiDb *db, const RaiIdentity *caller, const Now *now, const char *target,
               GError **error) {
  char id[RAI_UUID_SIZE];
  RaiSyncOrigin origin = { now->server, now->epoch, now->scope, now->revision };
  g_autofree char *database = g_strdup_printf ("%s.%s.part", target, rai_uuid_new (id));
  g_autofree char *packed = g_strdup_printf ("%s.zst", database);
  bool ok = rai_sync_snapshot_write (db, caller, &origin, database, error) &&
            rai_sync_compress_file (database, packed, error);

  if (ok && g_rename (packed, target) != 0) {
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_STORAGE, "Cannot write the snapshot %s",
                 target);
    ok = false;
  }

  g_unlink (database);
  if (!ok)
    g_unlink (packed);

  return ok;
}

static RaiSyncSnapshot *
get_snapshot (RaiDb *db, const RaiIdentity *caller, const char *directory, const char *wanted,
              GError **error) {
  g_auto (Now) now = { 0 };
  if (!read_now (db, caller, &now, error))
    return NULL;

  g_autofree char *prefix =
      g_strdup_printf ("%s-%.13s-", now.scope, now.epoch + strlen (now.epoch) - 12);
  RaiSyncSnapshot *going_on = find_wanted (directory, prefix, wanted);

  if (going_on != NULL)
    return going_on;

  g_autofree char *name = g_strdup_printf ("%s%" G_GINT64_FORMAT, prefix, now.revision);
  g_autoptr (RaiSyncSnapshot) snapshot = snapshot_new (directory, name, now.revision);
  if (!g_file_test (snapshot->path, G_FILE_TEST_EXISTS) &&
      !make_snapshot (db, caller, &now, snapshot->path, error))
    return NULL;

  return g_steal_pointer (&snapshot);
}

RaiSyncSnapshot *
rai_sync_server_snapshot (RaiDb *db, const RaiIdentity *caller, const char *directory,
                          const char *wanted_etag, GError **error) {
  if (g_mkdir_with_parents (directory, 0700) != 0) {
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_STORAGE,
                 "Cannot make the folder %s for snapshots", directory);
    return NULL;
  }

  remove_old (directory);
  if (!rai_db_begin_read (db, error))
    return NULL;

  RaiSyncSnapshot *snapshot = get_snapshot (db, caller, directory, wanted_etag, error);
  rai_db_rollback (db);
  return snapshot;
}

/* ---- Changes ---- */

static GString *
begin_answer (const Now *now, const RaiIdentity *caller, int64_t since) {
  GString *json = g_string_new ("{\"server\":");
  rai_json_append_string (json, now->server);
  g_string_append (json, ",\"epoch\":");
  rai_json_append_string (json, now->epoch);
  g_string_append_printf (json,
                          ",\"scope\":\"%s\",\"schema\":%d,\"since\":%" G_GINT64_FORMAT
                          ",\"revision\":%" G_GINT64_FORMAT ",\"time\":%" G_GINT64_FORMAT
                          ",\"identity\":",
                          now->scope, rai_migration_latest (), since, now->revision, rai_now_ms ());
  rai_sync_append_identity (json, caller);

  return json;
}

/* Why pages cannot bring the replica up to date; NULL when they can. */
static const char *
why_snapshot (const Now *now, int64_t since, const char *scope, const char *epoch, int64_t oldest) {
  if (scope == NULL || epoch == NULL)
    return "new";
  if (strcmp (epoch, now->epoch) != 0 || since > now->revision)
    return "epoch";
  if (strcmp (scope, now->scope) != 0)
    return "scope";
  if (since < oldest)
    return "old";

  return NULL;
}

static GBytes *
get_changes (RaiDb *db, const RaiIdentity *caller, int64_t since, const char *scope,
             const char *epoch, GError **error) {
  g_auto (Now) now = { 0 };
  g_autofree char *oldest = NULL;
  if (!read_now (db, caller, &now, error) || !get_meta (db, "oldest_since", &oldest, error))
    return NULL;

  const char *why = why_snapshot (&now, since, scope, epoch,
                                  oldest != NULL ? g_ascii_strtoll (oldest, NULL, 10) : 0);
  g_autoptr (GString) body = g_string_new (NULL);

  if (why == NULL && since < now.revision) {
    int64_t rows;
    if (!rai_sync_page_write (db, caller, since, body, &rows, error))
      return NULL;
    if (rows > RAI_SYNC_PAGE_ROWS)
      why = "large";
  }

  g_autoptr (GString) json = begin_answer (&now, caller, since);
  if (why != NULL)
    g_string_append_printf (json, ",\"snapshot\":\"%s\"", why);
  else
    g_string_append_len (json, body->str, (ssize_t) body->len);

  g_string_append_c (json, '}');
  return rai_sync_compress (json->str, json->len, error);
}

GBytes *
rai_sync_server_changes (RaiDb *db, const RaiIdentity *caller, int64_t since, const char *scope,
                         const char *epoch, GError **error) {
  if (!rai_db_begin_read (db, error))
    return NULL;
  GBytes *bytes = get_changes (db, caller, since, scope, epoch, error);
  rai_db_rollback (db);
  return bytes;
}
