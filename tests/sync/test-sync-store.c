/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model of five replicas without a network: random acts, pushes whose answers may get lost,
 * pulls, snapshots, ends of the program and lost commits, in random order; then all drain, and all
 * must hold the server's rows: a hundred such interleavings, ten thousand with -m slow, each run
 * another unless it is given a --seed. The numbers are those of the invariants at the head of
 * src/sync/rai-sync-worker.c. */
#include "sync/rai-sync-store.h"

#include "rai-sync-compare.h"
#include "rai-sync-fixture.h"
#include "sync/rai-sync-account.h"
#include "sync/rai-sync-apply.h"
#include "sync/rai-sync-server.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"
#include "util/rai-uuid.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_REPLICAS 5
#define ROUNDS_OF_A_MODEL 100

typedef struct {
  RaiSyncFixture *fixture;
  RaiDb *server;
  RaiSyncStore *stores[N_REPLICAS];
  char *folders[N_REPLICAS];
  RaiIdentity *identities[N_REPLICAS];
  unsigned acted;
} Model;

static void
open_store (Model *self, int i) {
  g_autoptr (GError) error = NULL;
  self->stores[i] =
      rai_sync_store_new (self->folders[i], "http://model", self->identities[i]->login);
  rai_sync_store_open (self->stores[i], &error);
  g_assert_no_error (error);
}

static Model *
model_new (void) {
  g_autoptr (GError) error = NULL;
  Model *self = g_new0 (Model, 1);

  int64_t site_1 = 1, site_2 = 2;
  self->fixture = rai_sync_fixture_new ();
  self->server = rai_sync_fixture_db (self->fixture);
  self->identities[0] = rai_identity_new (1, "a", RAI_ROLE_STORE_MANAGER, false, &site_1, 1);
  self->identities[1] = rai_identity_new (2, "b", RAI_ROLE_REGIONAL_MANAGER, true, NULL, 0);
  self->identities[2] = rai_identity_new (3, "c", RAI_ROLE_ASSOCIATE, false, &site_1, 1);
  self->identities[3] = rai_identity_new (4, "d", RAI_ROLE_STORE_MANAGER, false, &site_2, 1);
  self->identities[4] = rai_identity_copy (self->identities[0]);

  for (int i = 0; i < N_REPLICAS; i++) {
    self->folders[i] = g_strdup_printf ("%s/replica%d", rai_sync_fixture_folder (self->fixture), i);
    g_mkdir_with_parents (self->folders[i], 0700);
    rai_sync_account_save (self->folders[i], "http://model", self->identities[i]->login,
                           self->identities[i], 1, &error);
    g_assert_no_error (error);
    open_store (self, i);
  }

  return self;
}

static void
model_free (Model *self) {
  for (int i = 0; i < N_REPLICAS; i++) {
    rai_sync_store_free (self->stores[i]);
    rai_identity_free (self->identities[i]);
    g_free (self->folders[i]);
  }
  rai_sync_fixture_free (self->fixture);
  g_free (self);
}

static void
copy_file (const char *from, const char *to) {
  g_autofree char *text = NULL;
  size_t size;
  g_assert_true (g_file_get_contents (from, &text, &size, NULL));
  g_assert_true (g_file_set_contents (to, text, (ssize_t) size, NULL));
}

static void
snapshot (Model *self, int i) {
  g_autoptr (GError) error = NULL;
  g_autofree char *directory =
      g_build_filename (rai_sync_fixture_folder (self->fixture), "snapshots", NULL);
  g_autofree char *part = rai_sync_store_path (self->stores[i], "snapshot.part");

  g_autoptr (RaiSyncSnapshot) made =
      rai_sync_server_snapshot (self->server, self->identities[i], directory, NULL, &error);
  g_assert_no_error (error);
  copy_file (made->path, part);
  rai_sync_store_install (self->stores[i], &error);
  g_assert_no_error (error);
}

static void
act (Model *self, int i) {
  g_autoptr (GError) error = NULL;
  char id[RAI_UUID_SIZE];
  bool alert = g_test_rand_int_range (0, 5) == 0;
  int64_t site =
      self->identities[i]->n_sites ? self->identities[i]->sites[0] : g_test_rand_int_range (1, 3);
  g_autofree char *arguments =
      alert ? g_strdup_printf ("{\"alert\":\"00000000-0000-7000-9000-%04d%08d\"}", (int) site,
                               g_test_rand_int_range (1, 6))
            : g_strdup_printf ("{\"site\":%d,\"item\":%d,\"quantity\":%d}", (int) site,
                               g_test_rand_int_range (1, 41), g_test_rand_int_range (1, 20) * 1000);
  const char *const names[] = { "stock.count", "stock.waste" };
  const char *name = alert ? "alert.acknowledge" : names[g_test_rand_int_range (0, 2)];

  g_autoptr (RaiCommandCall) call =
      rai_command_call_new (rai_uuid_new (id), name, arguments, rai_now_ms (), "model");
  g_autoptr (RaiAnswer) answer = rai_sync_store_run (self->stores[i], call, &error);
  g_assert_no_error (error);
  self->acted += answer->status == RAI_ANSWER_APPLIED && !alert;
}

/* Runs what waits on the server; the answers arrive or not. True when there was something. */
static bool
push (Model *self, int i, unsigned limit, bool lose) {
  g_autoptr (GError) error = NULL;
  RaiSyncStore *store = self->stores[i];
  g_autoptr (GPtrArray) calls = rai_outbox_next (store->outbox, limit, &error);

  for (unsigned k = 0; k < calls->len; k++) {
    RaiCommandCall *call = calls->pdata[k];
    RaiAnswer answer = { 0 };
    rai_command_run_once (self->server, self->identities[i], call, &answer, &error);
    g_assert_no_error (error);
    if (!lose)
      rai_outbox_answer (store->outbox, call->id, &answer, 1, &error);
    g_assert_no_error (error);
    rai_answer_clear (&answer);
  }

  if (store->replica && !lose)
    rai_sync_store_rebase (store, NULL, 0, false, &error);
  g_assert_no_error (error);

  return calls->len > 0;
}

static void
pull (Model *self, int i) {
  g_autoptr (GError) error = NULL;
  RaiSyncStore *store = self->stores[i];
  g_auto (RaiSyncHead) head = { 0 };

  if (!store->replica || store->want_snapshot) {
    snapshot (self, i);
    return;
  }

  g_autoptr (GBytes) packed = rai_sync_server_changes (
      self->server, self->identities[i], rai_replica_revision (store->replica),
      rai_replica_get (store->replica, "scope"), rai_replica_get (store->replica, "epoch"), &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) page = rai_sync_unpack (packed, &error);
  g_assert_no_error (error);
  g_assert_true (rai_sync_read_head (page, &head, &error));
  g_assert_cmpstr (head.snapshot, ==, NULL);
  if (head.revision > head.since)
    rai_sync_store_rebase (store, page, head.revision, false, &error);

  g_assert_no_error (error);
}

/* The program ends; sometimes the replica has lost its last commits, as after a power cut. */
static void
restart (Model *self, int i, bool lose_commits) {
  g_autofree char *url = rai_sync_store_replica_url (self->stores[i]);
  g_autofree char *old = url ? g_strconcat (url + strlen ("sqlite:"), ".old", NULL) : NULL;
  if (url && lose_commits) {
    rai_db_exec (rai_replica_db (self->stores[i]->replica), "PRAGMA wal_checkpoint(TRUNCATE)",
                 NULL);
    copy_file (url + strlen ("sqlite:"), old);
    act (self, i);
    act (self, i);
  }

  rai_sync_store_free (self->stores[i]);
  if (url && lose_commits)
    g_rename (old, url + strlen ("sqlite:"));
  open_store (self, i);
}

static void
step (Model *self) {
  int i = g_test_rand_int_range (0, N_REPLICAS);
  int dice = g_test_rand_int_range (0, 100);
  if (dice < 50)
    act (self, i);
  else if (dice < 65)
    push (self, i, (unsigned) g_test_rand_int_range (1, 6), false);
  else if (dice < 75)
    push (self, i, (unsigned) g_test_rand_int_range (1, 6), true);
  else if (dice < 95)
    pull (self, i);
  else if (dice < 97)
    restart (self, i, false);
  else if (dice < 99)
    restart (self, i, true);
  else
    snapshot (self, i);
}

static void
check (Model *self, int i) {
  unsigned waiting, attention;
  g_autofree char *difference = rai_sync_compare (
      self->server, rai_replica_db (self->stores[i]->replica), self->identities[i]);
  g_assert_cmpstr (difference, ==, NULL);
  g_assert_true (rai_outbox_count (self->stores[i]->outbox, &waiting, &attention, NULL));
  g_assert_cmpuint (waiting, ==, 0);
  g_assert_false (rai_replica_drifted (self->stores[i]->replica));
}

/* An interleaving: some steps of any replica, then all drain, and all hold what the server
 * holds. */
static void
run_round (Model *self) {
  for (int n = g_test_rand_int_range (5, 16); n > 0; n--)
    step (self);
  for (int i = 0; i < N_REPLICAS; i++)
    while (push (self, i, 50, false))
      ;

  for (int i = 0; i < N_REPLICAS; i++)
    pull (self, i);
  for (int i = 0; i < N_REPLICAS; i++)
    check (self, i);
}

/* 1, 3, 4, 6. A new model now and then, so that the last rounds do not compare the rows of all
 * before them. */
static void
test_model (void) {
  int rounds = g_test_slow () ? 10000 : 100;
  for (int first = 0; first < rounds; first += ROUNDS_OF_A_MODEL) {
    Model *self = model_new ();
    int64_t stored = 0;
    for (int n = first; n < MIN (first + ROUNDS_OF_A_MODEL, rounds); n++) {
      g_test_message ("round %d", n);
      run_round (self);
    }
    rai_db_get_int (self->server, "SELECT count(*) FROM movement WHERE kind <> 'opening'", NULL, 0,
                    0, &stored, NULL);
    g_assert_cmpint (stored, ==, self->acted);
    model_free (self);
  }
}

/* One program at a time. */
static void
test_lock (void) {
  Model *self = model_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiSyncStore) second = rai_sync_store_new (self->folders[0], "http://model", "a");
  g_assert_false (rai_sync_store_open (second, &error));
  g_assert_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_STORAGE);
  model_free (self);
}

/* What was meant for another database is not given to this one. */
static void
test_other_server (void) {
  Model *self = model_new ();
  g_autoptr (GError) error = NULL;

  unsigned waiting, attention;
  snapshot (self, 0);
  act (self, 0);
  g_assert_true (rai_sync_store_meet_server (self->stores[0], "another", "epoch", &error));
  g_assert_true (rai_outbox_count (self->stores[0]->outbox, &waiting, &attention, NULL));
  g_assert_cmpuint (waiting, ==, 0);
  g_assert_cmpuint (attention, ==, 1);
  model_free (self);
}

/* A disk that does not answer for a while is no reason to throw the replica away: offline there is
 * no other. */
static void
test_disk_error (void) {
  Model *self = model_new ();
  g_autoptr (GError) error = NULL;
  snapshot (self, 0);

  g_autofree char *url = rai_sync_store_replica_url (self->stores[0]);
  const char *path = url + strlen ("sqlite:");
  g_autofree char *aside = g_strconcat (path, ".aside", NULL);

  rai_sync_store_free (self->stores[0]);
  g_assert_cmpint (g_rename (path, aside), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  self->stores[0] = rai_sync_store_new (self->folders[0], "http://model", "a");
  g_assert_false (rai_sync_store_open (self->stores[0], &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_OPEN);
  g_assert_false (self->stores[0]->want_snapshot);
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_cmpint (g_rename (aside, path), ==, 0);
  g_clear_error (&error);
  g_assert_true (rai_sync_store_open (self->stores[0], &error));
  g_assert_nonnull (self->stores[0]->replica);
  act (self, 0);
  model_free (self);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/store/model", test_model);
  g_test_add_func ("/sync/store/lock", test_lock);
  g_test_add_func ("/sync/store/disk-error", test_disk_error);
  g_test_add_func ("/sync/store/other-server", test_other_server);
  return g_test_run ();
}
