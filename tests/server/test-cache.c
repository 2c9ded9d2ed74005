/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cache.h"

#include <string.h>

static GBytes *
text (const char *string) {
  return g_bytes_new (string, strlen (string));
}

static void
test_revisions (void) {
  g_autoptr (RaiCache) cache = rai_cache_new (100000);

  rai_cache_entry_unref (rai_cache_add (cache, "a", 1, text ("one")));
  g_autoptr (RaiCacheEntry) entry = rai_cache_find (cache, "a", 1);
  g_assert_nonnull (entry);
  g_assert_null (rai_cache_find (cache, "b", 1));
  g_assert_null (rai_cache_find (cache, "a", 2));
  rai_cache_entry_unref (rai_cache_add (cache, "a", 2, text ("two")));
  g_assert_null (rai_cache_find (cache, "a", 1));

  /* A slow reader of an old snapshot does not bring it back. */
  rai_cache_entry_unref (rai_cache_add (cache, "a", 1, text ("one")));
  g_autoptr (RaiCacheEntry) later = rai_cache_find (cache, "a", 2);
  g_assert_cmpstr (later->etag, !=, entry->etag);
  g_assert_cmpmem (g_bytes_get_data (entry->body, NULL), 3, "one", 3);
}

static void
test_etag (void) {
  g_autoptr (RaiCache) cache = rai_cache_new (100000);
  g_autoptr (RaiCacheEntry) one = rai_cache_add (cache, "a", 1, text ("same"));
  g_autoptr (RaiCacheEntry) two = rai_cache_add (cache, "a", 2, text ("same"));

  g_assert_cmpstr (one->etag, ==, two->etag);
  g_assert_true (one->etag[0] == '"' && one->etag[strlen (one->etag) - 1] == '"');
}

static void
test_bounded (void) {
  g_autoptr (RaiCache) cache = rai_cache_new (10000);
  g_autofree char *large = g_strnfill (5000, 'x');

  rai_cache_entry_unref (rai_cache_add (cache, "large", 1, text (large)));
  g_assert_null (rai_cache_find (cache, "large", 1));
  for (int i = 0; i < 1000; i++) {
    g_autofree char *key = g_strdup_printf ("%d", i);
    rai_cache_entry_unref (rai_cache_add (cache, key, 1, text ("0123456789")));
    g_autoptr (RaiCacheEntry) entry = rai_cache_find (cache, key, 1);
    g_assert_nonnull (entry);
  }

  g_assert_null (rai_cache_find (cache, "0", 1));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cache/revisions", test_revisions);
  g_test_add_func ("/cache/etag", test_etag);
  g_test_add_func ("/cache/bounded", test_bounded);
  return g_test_run ();
}
