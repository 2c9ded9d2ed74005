/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-pace.h"

#include <glib.h>
#include <stdint.h>

#define POLL_MS 5000
#define POLL_LIVE_MS 60000
#define BACKOFF_MS 500
#define BACKOFF_LONGEST_MS 30000
/* Doublings of the first pause; the longest one is reached before. */
#define DOUBLINGS_MAX 10u

struct _RaiSyncPace {
  void (*due) (void *data);
  void *data;
  GSource *timer;
  bool pausing;
  unsigned failures; /* in a row */
  unsigned poll_ms, longest_ms;
};

static int
timer_cb (void *data) {
  RaiSyncPace *self = data;
  g_clear_pointer (&self->timer, g_source_unref);
  self->pausing = false;
  self->due (self->data);
  return G_SOURCE_REMOVE;
}

void
rai_sync_pace_cancel (RaiSyncPace *self) {
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  self->pausing = false;
}

static void
arm (RaiSyncPace *self, unsigned ms) {
  rai_sync_pace_cancel (self);
  self->timer =
      g_timeout_source_new (ms / 2 + (unsigned) g_random_int_range (0, (int) MAX (ms / 2, 1) + 1));
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

void
rai_sync_pace_wait (RaiSyncPace *self, bool live) {
  arm (self, live ? POLL_LIVE_MS : self->poll_ms);
}

void
rai_sync_pace_back_off (RaiSyncPace *self, unsigned failures) {
  uint64_t ms = (uint64_t) BACKOFF_MS << MIN (MAX (self->failures, failures), DOUBLINGS_MAX);
  self->failures++;
  arm (self, (unsigned) MIN (ms, self->longest_ms));
  self->pausing = true;
}

void
rai_sync_pace_succeed (RaiSyncPace *self) {
  self->failures = 0;
}

bool
rai_sync_pace_is_pausing (RaiSyncPace *self) {
  return self->pausing;
}

void
rai_sync_pace_set (RaiSyncPace *self, unsigned poll, unsigned longest) {
  self->poll_ms = poll;
  self->longest_ms = longest;
}

RaiSyncPace *
rai_sync_pace_new (void (*due) (void *data), void *data) {
  RaiSyncPace *self = g_new0 (RaiSyncPace, 1);
  self->due = due;
  self->data = data;
  rai_sync_pace_set (self, POLL_MS, BACKOFF_LONGEST_MS);
  return self;
}

void
rai_sync_pace_free (RaiSyncPace *self) {
  if (self == NULL)
    return;
  rai_sync_pace_cancel (self);
  g_free (self);
}
