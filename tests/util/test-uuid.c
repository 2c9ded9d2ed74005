/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-uuid.h"

#include <string.h>

#define PER_THREAD 2000
#define THREADS 4

static void
test_form (void) {
  char id[RAI_UUID_SIZE];
  rai_uuid_new (id);
  g_assert_true (rai_uuid_is_valid (id));
  g_assert_cmpint (id[14], ==, '7');
  g_assert_true (id[19] == '8' || id[19] == '9' || id[19] == 'a' || id[19] == 'b');
}

/* More ids in one millisecond than the counter holds: order holds still. */
static void
test_order (void) {
  char before[RAI_UUID_SIZE], id[RAI_UUID_SIZE];
  rai_uuid_new (before);
  for (int i = 0; i < 20000; i++) {
    rai_uuid_new (id);
    g_assert_cmpstr (before, <, id);
    memcpy (before, id, sizeof id);
  }
}

static void *
make_many (void *data) {
  char (*ids)[RAI_UUID_SIZE] = data;
  for (int i = 0; i < PER_THREAD; i++)
    rai_uuid_new (ids[i]);
  return NULL;
}

static void
test_threads (void) {
  g_autofree char *block = g_malloc ((size_t) THREADS * PER_THREAD * RAI_UUID_SIZE);
  GThread *threads[THREADS];
  for (int i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("ids", make_many, block + (size_t) i * PER_THREAD * RAI_UUID_SIZE);
  for (int i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);

  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (int i = 0; i < THREADS * PER_THREAD; i++)
    g_assert_true (g_hash_table_add (seen, block + (size_t) i * RAI_UUID_SIZE));
}

static void
test_make (void) {
  char id[RAI_UUID_SIZE];
  rai_uuid_make (id, INT64_C (0x0123456789ab), 0xabc, G_GUINT64_CONSTANT (0x123456789abcdef));
  g_assert_cmpstr (id, ==, "01234567-89ab-7abc-8123-456789abcdef");
  g_assert_true (rai_uuid_is_valid (id));
}

static void
test_invalid (void) {
  g_assert_false (rai_uuid_is_valid (NULL));
  g_assert_false (rai_uuid_is_valid (""));
  g_assert_false (rai_uuid_is_valid ("01234567-89ab-7abc-8123-456789abcde"));
  g_assert_false (rai_uuid_is_valid ("01234567-89ab-7abc-8123-456789abcdeg"));
  g_assert_false (rai_uuid_is_valid ("0123456789ab-7abc-8123-456789abcdef00"));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/uuid/form", test_form);
  g_test_add_func ("/uuid/order", test_order);
  g_test_add_func ("/uuid/threads", test_threads);
  g_test_add_func ("/uuid/make", test_make);
  g_test_add_func ("/uuid/invalid", test_invalid);
  return g_test_run ();
}
