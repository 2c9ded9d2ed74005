/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Answers by (query, arguments, scope) of one revision: when a later revision is asked for,
 * everything older goes. Safe from any thread; holds up to `most` bytes and forgets all when they
 * are full. */
typedef struct _RaiCache RaiCache;

typedef struct {
  GBytes *body;
  char *
      etag; /* strong and quoted, made of the body: a commit that changes nothing in it leaves it */
} RaiCacheEntry;

RaiCache *rai_cache_new (size_t most);
void rai_cache_free (RaiCache *cache);

/* NULL when it is not known for that revision. The caller owns a reference. */
RaiCacheEntry *rai_cache_find (RaiCache *cache, const char *key, int64_t revision);
/* Makes an entry and keeps it unless it belongs to an older revision than what is held. Takes the
 * body. */
RaiCacheEntry *rai_cache_add (RaiCache *cache, const char *key, int64_t revision, GBytes *body);
void rai_cache_entry_unref (RaiCacheEntry *entry);

void rai_cache_counts (RaiCache *cache, uint64_t *hits, uint64_t *misses);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiCache, rai_cache_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiCacheEntry, rai_cache_entry_unref)
