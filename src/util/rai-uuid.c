/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-uuid.h"

#include "util/rai-clock.h"

#include <string.h>
#include <sys/random.h>

static GMutex clock_lock;
static int64_t last_ms;
static unsigned last_counter;

char *
rai_uuid_make (char *buffer, int64_t ms, unsigned counter, uint64_t bits) {
  uint64_t time = (uint64_t) ms & G_GUINT64_CONSTANT (0xffffffffffff);
  uint64_t low =
      (bits & G_GUINT64_CONSTANT (0x3fffffffffffffff)) | G_GUINT64_CONSTANT (0x8000000000000000);
  g_snprintf (buffer, RAI_UUID_SIZE, "%08x-%04x-7%03x-%04x-%012" G_GINT64_MODIFIER "x",
              (unsigned) (time >> 16), (unsigned) (time & 0xffff), counter & 0xfff,
              (unsigned) (low >> 48), low & G_GUINT64_CONSTANT (0xffffffffffff));
  return buffer;
}

static uint64_t
random_bits (void) {
  uint64_t bits;
  if (getrandom (&bits, sizeof bits, 0) != (ssize_t) sizeof bits)
    bits = ((uint64_t) g_random_int () << 32) | g_random_int ();
  return bits;
}

char *
rai_uuid_new (char *buffer) {
  uint64_t bits = random_bits ();
  g_mutex_lock (&clock_lock);

  int64_t now = rai_now_ms ();
  if (now > last_ms) {
    last_ms = now;
    last_counter = (unsigned) (bits & 0xff);
  } else if (++last_counter > 0xfff) {
    /* The counter is spent, or the clock went back: borrow from the future, so that order holds. */
    last_ms++;
    last_counter = 0;
  }

  int64_t ms = last_ms;
  unsigned counter = last_counter;
  g_mutex_unlock (&clock_lock);

  return rai_uuid_make (buffer, ms, counter, random_bits ());
}

bool
rai_uuid_is_valid (const char *text) {
  if (text == NULL || strlen (text) != RAI_UUID_LENGTH)
    return false;
  return g_uuid_string_is_valid (text);
}
