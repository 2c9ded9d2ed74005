/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cache.h"

#include <string.h>

struct _RaiCache {
  GMutex lock;
  GHashTable *entries; /* key -> RaiCacheEntry */
  int64_t revision;
  size_t size;
  size_t most;
  uint64_t hits;
  uint64_t misses;
};

RaiCache *
rai_cache_new (size_t most) {
  RaiCache *cache = g_new0 (RaiCache, 1);

  g_mutex_init (&cache->lock);
  cache->most = most;
  cache->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) rai_cache_entry_unref);
  return cache;
}

void
rai_cache_free (RaiCache *cache) {
  g_hash_table_unref (cache->entries);
  g_mutex_clear (&cache->lock);
  g_free (cache);
}

static void
entry_clear (void *data) {
  RaiCacheEntry *entry = data;

  g_bytes_unref (entry->body);
  g_free (entry->etag);
}

void
rai_cache_entry_unref (RaiCacheEntry *entry) {
  g_atomic_rc_box_release_full (entry, entry_clear);
}

static RaiCacheEntry *
entry_new (GBytes *body) {
  RaiCacheEntry *entry = g_atomic_rc_box_new0 (RaiCacheEntry);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);

  entry->body = body;
  entry->etag = g_strdup_printf ("\"%.24s\"", digest);
  return entry;
}

static void
forget (RaiCache *cache) {
  g_hash_table_remove_all (cache->entries);
  cache->size = 0;
}

RaiCacheEntry *
rai_cache_find (RaiCache *cache, const char *key, int64_t revision) {
  RaiCacheEntry *entry = NULL;

  g_mutex_lock (&cache->lock);
  if (revision == cache->revision)
    entry = g_hash_table_lookup (cache->entries, key);
  if (entry != NULL) {
    g_atomic_rc_box_acquire (entry);
    cache->hits++;
  } else {
    cache->misses++;
  }

  g_mutex_unlock (&cache->lock);
  return entry;
}

RaiCacheEntry *
rai_cache_add (RaiCache *cache, const char *key, int64_t revision, GBytes *body) {
  RaiCacheEntry *entry = entry_new (body);
  size_t size = g_bytes_get_size (body) + strlen (key) + 128;

  g_mutex_lock (&cache->lock);
  if (revision > cache->revision) {
    forget (cache);
    cache->revision = revision;
  }

  if (revision == cache->revision && size <= cache->most / 8) {
    if (cache->size + size > cache->most)
      forget (cache);
    cache->size += size;
    g_hash_table_replace (cache->entries, g_strdup (key), g_atomic_rc_box_acquire (entry));
  }

  g_mutex_unlock (&cache->lock);
  return entry;
}

void
rai_cache_counts (RaiCache *cache, uint64_t *hits, uint64_t *misses) {
  g_mutex_lock (&cache->lock);
  *hits = cache->hits;
  *misses = cache->misses;
  g_mutex_unlock (&cache->lock);
}
