/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-limits.h"

#include <math.h>
#include <string.h>

#define MOST_BUCKETS 20000

/* A bucket's name is kept as its hash: callers make names of what strangers send, which may be long
 * or a password that was typed into the wrong field. */
typedef struct {
  uint8_t bytes[32]; /* SHA-256 */
} Key;

typedef struct {
  double level;
  double per_second;
  double burst;
  int64_t at;
} Bucket;

struct _RaiLimits {
  GMutex lock;
  GHashTable *buckets; /* Key -> Bucket */
};

static Key
key_of (const char *name) {
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  Key key;
  size_t size = sizeof key.bytes;

  g_checksum_update (checksum, (const unsigned char *) name, -1);
  g_checksum_get_digest (checksum, key.bytes, &size);
  return key;
}

/* Any part of a good hash is one. */
static unsigned
hash_key (const void *key) {
  unsigned hash;

  memcpy (&hash, key, sizeof hash);
  return hash;
}

static gboolean
keys_are_equal (const void *a, const void *b) {
  return memcmp (a, b, sizeof (Key)) == 0;
}

RaiLimits *
rai_limits_new (void) {
  RaiLimits *limits = g_new0 (RaiLimits, 1);

  g_mutex_init (&limits->lock);
  limits->buckets = g_hash_table_new_full (hash_key, keys_are_equal, g_free, g_free);
  return limits;
}

void
rai_limits_free (RaiLimits *limits) {
  g_hash_table_unref (limits->buckets);
  g_mutex_clear (&limits->lock);
  g_free (limits);
}

static void
refill (Bucket *bucket, int64_t now) {
  double seconds = (double) (now - bucket->at) / G_USEC_PER_SEC;

  bucket->level = MIN (bucket->burst, bucket->level + MAX (seconds, 0) * bucket->per_second);
  bucket->at = now;
}

/* Buckets that are full again say nothing. When an attacker keeps that many busy, all are
 * forgotten: memory first. */
static void
prune (RaiLimits *limits, int64_t now) {
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, limits->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    refill (value, now);
    if (((Bucket *) value)->level >= ((Bucket *) value)->burst)
      g_hash_table_iter_remove (&iter);
  }

  if (g_hash_table_size (limits->buckets) >= MOST_BUCKETS)
    g_hash_table_remove_all (limits->buckets);
}

static Bucket *
find_bucket (RaiLimits *limits, const Key *key, double per_second, double burst, int64_t now) {
  Bucket *bucket = g_hash_table_lookup (limits->buckets, key);

  if (bucket != NULL)
    return bucket;
  if (g_hash_table_size (limits->buckets) >= MOST_BUCKETS)
    prune (limits, now);

  bucket = g_new0 (Bucket, 1);
  *bucket = (Bucket){ .level = burst, .per_second = per_second, .burst = burst, .at = now };
  g_hash_table_insert (limits->buckets, g_memdup2 (key, sizeof *key), bucket);

  return bucket;
}

bool
rai_limits_take (RaiLimits *limits, const char *name, double cost, double per_second, double burst,
                 int64_t now, int *wait) {
  double needed = cost > 0 ? cost : 1;
  Key key = key_of (name);

  g_mutex_lock (&limits->lock);
  Bucket *bucket = find_bucket (limits, &key, per_second, burst, now);
  refill (bucket, now);

  bool enough = bucket->level >= needed;
  if (enough)
    bucket->level -= cost;
  else
    *wait = (int) ceil ((needed - bucket->level) / per_second);

  g_mutex_unlock (&limits->lock);
  return enough;
}

void
rai_limits_charge (RaiLimits *limits, const char *name, double cost, int64_t now) {
  Key key = key_of (name);

  g_mutex_lock (&limits->lock);
  Bucket *bucket = g_hash_table_lookup (limits->buckets, &key);
  if (bucket != NULL) {
    refill (bucket, now);
    bucket->level = MAX (bucket->level - cost, -bucket->burst);
  }

  g_mutex_unlock (&limits->lock);
}
