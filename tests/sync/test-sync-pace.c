/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-pace.h"

#include <glib.h>

#define LONGEST_MS 40
#define POLL_MS 20
/* A machine that is busy wakes up late. */
#define LATE_MS 4000

typedef struct {
  RaiSyncPace *pace;
  unsigned due;
} Scene;

static void
due_cb (void *data) {
  Scene *scene = data;
  scene->due++;
}

static int
give_up_cb (void *data) {
  g_error ("waited too long");
  return G_SOURCE_REMOVE;
}

static int64_t
wait_until_due (Scene *scene) {
  unsigned before = scene->due;
  int64_t start = g_get_monotonic_time ();
  unsigned patience = g_timeout_add (LATE_MS, give_up_cb, NULL);
  while (scene->due == before)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
  return (g_get_monotonic_time () - start) / 1000;
}

static void
set_up (Scene *scene, const void *data) {
  g_main_context_push_thread_default (g_main_context_default ());
  scene->pace = rai_sync_pace_new (due_cb, scene);
  rai_sync_pace_set (scene->pace, POLL_MS, LONGEST_MS);
}

static void
tear_down (Scene *scene, const void *data) {
  rai_sync_pace_free (scene->pace);
  g_main_context_pop_thread_default (g_main_context_default ());
}

/* In step: it is due after half of the poll at least, and nothing is held back until then. */
static void
test_wait (Scene *scene, const void *data) {
  rai_sync_pace_wait (scene->pace, false);
  g_assert_false (rai_sync_pace_is_pausing (scene->pace));
  g_assert_cmpint (wait_until_due (scene), >=, POLL_MS / 2 - 1);
}

/* After a failure nothing is tried until it is due, and the longest pause holds however often it
 * failed. */
static void
test_back_off (Scene *scene, const void *data) {
  for (unsigned failures = 0; failures < 40; failures += 13) {
    rai_sync_pace_back_off (scene->pace, failures);
    g_assert_true (rai_sync_pace_is_pausing (scene->pace));
    g_assert_cmpint (wait_until_due (scene), >=, LONGEST_MS / 2 - 1);
    g_assert_false (rai_sync_pace_is_pausing (scene->pace));
  }
}

static void
test_cancel (Scene *scene, const void *data) {
  rai_sync_pace_back_off (scene->pace, 0);
  rai_sync_pace_cancel (scene->pace);
  g_assert_false (rai_sync_pace_is_pausing (scene->pace));
  g_usleep (2 * LONGEST_MS * 1000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (scene->due, ==, 0);
}

#define ADD(name, function) \
  g_test_add ("/sync/pace/" name, Scene, NULL, set_up, function, tear_down)

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  ADD ("wait", test_wait);
  ADD ("back-off", test_back_off);
  ADD ("cancel", test_cancel);
  return g_test_run ();
}
