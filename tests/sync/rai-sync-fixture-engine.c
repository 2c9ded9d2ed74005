/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fixture's other half: engines against its server, and what they hold. */
#include "rai-sync-fixture.h"

#include "rai-sync-compare.h"

static GMutex token_mutex;
static GHashTable *tokens;

static char *
load_token (const char *kind, const char *server, const char *login, void *data) {
  g_autofree char *key = g_strconcat (kind, " ", server, " ", login, NULL);
  g_mutex_lock (&token_mutex);
  char *token = tokens ? g_strdup (g_hash_table_lookup (tokens, key)) : NULL;
  g_mutex_unlock (&token_mutex);
  return token;
}

static void
save_token (const char *kind, const char *server, const char *login, const char *token,
            void *data) {
  char *key = g_strconcat (kind, " ", server, " ", login, NULL);
  g_mutex_lock (&token_mutex);
  if (!tokens)
    tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (tokens, key, g_strdup (token));
  g_mutex_unlock (&token_mutex);
}

const RaiTokenStore *
rai_sync_fixture_tokens (void) {
  static const RaiTokenStore store = { load_token, save_token, NULL };
  return &store;
}

static int
wake_cb (void *data) {
  return G_SOURCE_CONTINUE;
}

void
rai_sync_fixture_wait (RaiSyncFixtureTest test, void *data, const char *what) {
  int64_t end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  unsigned tick = g_timeout_add (20, wake_cb, NULL);
  while (!test (data)) {
    g_main_context_iteration (NULL, TRUE);
    if (g_get_monotonic_time () > end)
      g_error ("waited too long for: %s", what);
  }
  g_source_remove (tick);
}

static void
signed_in_cb (GObject *object, GAsyncResult *result, void *data) {
  g_autoptr (GError) error = NULL;
  rai_sync_engine_sign_in_finish (RAI_SYNC_ENGINE (object), result, &error);
  g_assert_no_error (error);
  *(bool *) data = true;
}

static bool
is_true (void *data) {
  return *(bool *) data;
}

RaiSyncEngine *
rai_sync_fixture_engine (RaiSyncFixture *self, const char *device, const char *login) {
  g_autofree char *data_dir = g_build_filename (rai_sync_fixture_folder (self), device, NULL);
  RaiSyncEngine *engine = rai_sync_engine_new (data_dir, rai_sync_fixture_url (self), login,
                                               rai_sync_fixture_tokens ());
  bool signed_in = false;

  rai_sync_engine_set_pace (engine, rai_sync_fixture_get_pace (self), 200);
  rai_sync_engine_sign_in_async (engine, "right", NULL, NULL, signed_in_cb, &signed_in);
  rai_sync_fixture_wait (is_true, &signed_in, "sign-in");
  rai_sync_fixture_settle (self, engine);

  return engine;
}

typedef struct {
  RaiSyncFixture *self;
  RaiSyncEngine *engine;
} Pair;

static bool
is_settled (void *data) {
  Pair *pair = data;
  int64_t revision = -1;
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (pair->engine);
  rai_db_last_revision (rai_sync_fixture_db (pair->self), &revision, NULL);
  if (g_getenv ("SYNC_DEBUG"))
    g_printerr ("state %d waiting %u revision %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " %s\n",
                status->state, status->waiting, status->revision, revision, status->message);
  return status->state == RAI_SYNC_ONLINE && status->waiting == 0 && status->revision == revision;
}

void
rai_sync_fixture_settle (RaiSyncFixture *self, RaiSyncEngine *engine) {
  Pair pair = { self, engine };
  rai_sync_fixture_wait (is_settled, &pair, "the engine to be in step");
}

static void
submitted_cb (GObject *object, GAsyncResult *result, void *data) {
  g_autoptr (GError) error = NULL;
  *(RaiAnswer **) data = rai_sync_engine_submit_finish (RAI_SYNC_ENGINE (object), result, &error);
  g_assert_no_error (error);
}

static bool
is_set (void *data) {
  return *(void **) data != NULL;
}

RaiAnswer *
rai_sync_fixture_submit (RaiSyncEngine *engine, const char *name, const char *arguments) {
  RaiAnswer *answer = NULL;
  rai_sync_engine_submit_async (engine, name, arguments, NULL, submitted_cb, &answer);
  rai_sync_fixture_wait (is_set, &answer, "an answer");
  return answer;
}

/* ---- Comparing ---- */

void
rai_sync_fixture_compare (RaiSyncFixture *self, RaiSyncEngine *engine) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiIdentity) identity = rai_sync_engine_get_identity (engine);
  g_autofree char *url = rai_sync_engine_get_replica_url (engine);
  g_autoptr (RaiDb) replica = rai_db_open (url, RAI_DB_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  g_autofree char *difference = rai_sync_compare (rai_sync_fixture_db (self), replica, identity);
  g_assert_cmpstr (difference, ==, NULL);
}

int64_t
rai_sync_fixture_look (RaiSyncEngine *engine, const char *sql) {
  g_autoptr (GError) error = NULL;
  g_autofree char *url = rai_sync_engine_get_replica_url (engine);
  g_autoptr (RaiDb) replica = rai_db_open (url, RAI_DB_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  int64_t value = 0;
  rai_db_get_int (replica, sql, NULL, 0, 0, &value, &error);
  g_assert_no_error (error);
  return value;
}
