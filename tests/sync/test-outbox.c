/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-outbox.h"

#include "sync/rai-replica.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"
#include "util/rai-uuid.h"

#include <glib/gstdio.h>

typedef struct {
  char *folder;
  char *path;
  RaiOutbox *outbox;
} Scene;

static void
reopen (Scene *self) {
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  g_clear_pointer (&self->outbox, rai_outbox_close);
  self->outbox = rai_outbox_open (self->path, &aside, &error);
  g_assert_no_error (error);
  g_assert_null (aside);
}

static void
set_up (Scene *self, const void *data) {
  self->folder = g_dir_make_tmp ("rai-outbox-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "outbox.db", NULL);
  reopen (self);
}

static void
tear_down (Scene *self, const void *data) {
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;
  rai_outbox_close (self->outbox);

  while ((name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);
    g_unlink (path);
  }

  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static char *
add (Scene *self, const char *name) {
  g_autoptr (GError) error = NULL;
  char id[RAI_UUID_SIZE];
  g_autoptr (RaiCommandCall) call = rai_command_call_new (rai_uuid_new (id), name, "{}", 5, "till");
  g_assert_true (rai_outbox_add (self->outbox, call, "in words", &error));
  g_assert_no_error (error);
  return g_strdup (id);
}

static void
check_time (Scene *self, const char *id, int64_t expected) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiCommandCall) call = rai_outbox_get (self->outbox, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (call->acted_at, ==, expected);
}

/* Only times that are in doubt move, once, and also in another run of the program. */
static void
test_times (Scene *self, const void *data) {
  g_autoptr (GError) error = NULL;
  g_autofree char *sure = add (self, "stock.count");
  g_autofree char *unsure = add (self, "stock.count");
  g_assert_true (rai_outbox_doubt_time (self->outbox, unsure, &error));
  reopen (self);

  for (int i = 0; i < 2; i++) {
    g_assert_true (rai_outbox_correct_times (self->outbox, 3000, &error));
    g_assert_no_error (error);
    check_time (self, sure, 5);
    check_time (self, unsure, 3005);
  }
}

static void
answer (Scene *self, const char *id, RaiAnswerStatus status, int64_t rev) {
  RaiAnswer given = {
    .status = status, .code = (char *) "state", .message = (char *) "why", .rev = rev
  };
  g_assert_true (rai_outbox_answer (self->outbox, id, &given, rai_now_ms (), NULL));
}

static void
expect (Scene *self, unsigned waiting, unsigned attention) {
  unsigned n_waiting, n_attention;
  g_assert_true (rai_outbox_count (self->outbox, &n_waiting, &n_attention, NULL));
  g_assert_cmpuint (n_waiting, ==, waiting);
  g_assert_cmpuint (n_attention, ==, attention);
}

static unsigned
shown (Scene *self, int64_t revision) {
  g_autoptr (GPtrArray) calls = rai_outbox_shown (self->outbox, revision, NULL);
  return calls->len;
}

/* Order, durability, and what the replica must show until the revision of the answer has come. */
static void
test_life (Scene *self, const void *data) {
  g_autofree char *first = add (self, "one"), *second = add (self, "two");
  expect (self, 2, 0);
  reopen (self);
  g_autoptr (GPtrArray) calls = rai_outbox_next (self->outbox, 10, NULL);
  g_assert_cmpuint (calls->len, ==, 2);
  g_assert_cmpstr (((RaiCommandCall *) calls->pdata[0])->id, ==, first);
  answer (self, first, RAI_ANSWER_APPLIED, 7);
  expect (self, 1, 0);
  g_assert_cmpuint (shown (self, 6), ==, 2);
  g_assert_cmpuint (shown (self, 7), ==, 1);
  answer (self, second, RAI_ANSWER_REJECTED, 8);
  expect (self, 0, 1);
  g_assert_cmpuint (shown (self, 6), ==, 1);

  /* The answer to a command that was done is not taken back by a late one. */
  answer (self, first, RAI_ANSWER_REJECTED, 9);
  expect (self, 0, 1);
  g_autoptr (GPtrArray) entries = rai_outbox_entries (self->outbox, NULL);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (((RaiSyncEntry *) entries->pdata[0])->message, ==, "why");
}

/* Only what the server cannot have may be dropped. */
static void
test_discard (Scene *self, const void *data) {
  g_autofree char *first = add (self, "one");
  g_assert_true (rai_outbox_discard (self->outbox, first, NULL));
  expect (self, 0, 0);

  g_autofree char *second = add (self, "two");
  g_autoptr (GPtrArray) calls = rai_outbox_next (self->outbox, 10, NULL);
  g_assert_false (rai_outbox_discard (self->outbox, second, NULL));
  expect (self, 1, 0);
  answer (self, second, RAI_ANSWER_CONFLICT, 3);
  g_assert_true (rai_outbox_discard (self->outbox, second, NULL));
  expect (self, 0, 0);
}

static void
test_resend (Scene *self, const void *data) {
  g_autofree char *first = add (self, "one");
  answer (self, first, RAI_ANSWER_APPLIED, 7);
  g_assert_true (rai_outbox_resend (self->outbox, NULL));
  expect (self, 1, 0);
  g_assert_true (rai_outbox_refuse_all (self->outbox, "other_server", "elsewhere", NULL));
  expect (self, 0, 1);
}

/* Another computer's work waits here after its own; what is known already, answered or not, stays
 * as it is. */
static void
test_take_in (Scene *self, const void *data) {
  g_autofree char *first = add (self, "one"), *second = add (self, "two"),
                  *third = add (self, "three");
  answer (self, first, RAI_ANSWER_APPLIED, 7);
  answer (self, second, RAI_ANSWER_REJECTED, 8);
  g_autoptr (GPtrArray) entries = rai_outbox_unanswered (self->outbox, NULL);

  unsigned added;
  char id[RAI_UUID_SIZE];
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (((RaiSyncEntry *) entries->pdata[0])->id, ==, second);
  g_assert_cmpstr (((RaiSyncEntry *) entries->pdata[1])->id, ==, third);
  g_assert_cmpstr (((RaiSyncEntry *) entries->pdata[1])->device, ==, "till");
  g_assert_true (rai_outbox_take_in (self->outbox, entries, &added, NULL));
  g_assert_cmpuint (added, ==, 0);
  expect (self, 1, 1);
  g_free (((RaiSyncEntry *) entries->pdata[0])->id);
  ((RaiSyncEntry *) entries->pdata[0])->id = g_strdup (rai_uuid_new (id));
  g_assert_true (rai_outbox_take_in (self->outbox, entries, &added, NULL));
  g_assert_cmpuint (added, ==, 1);
  expect (self, 2, 1);
}

static void
test_prune (Scene *self, const void *data) {
  g_autofree char *first = add (self, "one"), *second = add (self, "two");
  answer (self, first, RAI_ANSWER_APPLIED, 7);
  g_assert_true (rai_outbox_prune (self->outbox, rai_now_ms () + 31 * RAI_MS_PER_DAY, NULL));
  g_autoptr (GPtrArray) entries = rai_outbox_entries (self->outbox, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  expect (self, 1, 0);
}

static void
test_notes (Scene *self, const void *data) {
  g_assert_null (rai_outbox_get_note (self->outbox, "epoch"));
  g_assert_true (rai_outbox_set_note (self->outbox, "epoch", "a", NULL));
  g_assert_true (rai_outbox_set_note (self->outbox, "epoch", "b", NULL));
  g_autofree char *value = rai_outbox_get_note (self->outbox, "epoch");
  g_assert_cmpstr (value, ==, "b");
  g_assert_true (rai_outbox_set_note (self->outbox, "epoch", NULL, NULL));
  g_assert_null (rai_outbox_get_note (self->outbox, "epoch"));
}

static void
test_damaged (Scene *self, const void *data) {
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  g_clear_pointer (&self->outbox, rai_outbox_close);
  g_assert_true (
      g_file_set_contents (self->path, "this is not a database, whatever its name says", -1, NULL));
  self->outbox = rai_outbox_open (self->path, &aside, &error);
  g_assert_no_error (error);
  g_assert_nonnull (aside);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  expect (self, 0, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/sync/outbox/" name, Scene, NULL, set_up, test, tear_down)
  ADD ("life", test_life);
  ADD ("discard", test_discard);
  ADD ("resend", test_resend);
  ADD ("take-in", test_take_in);
  ADD ("times", test_times);
  ADD ("prune", test_prune);
  ADD ("notes", test_notes);
  ADD ("damaged", test_damaged);

  return g_test_run ();
}
