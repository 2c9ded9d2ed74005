/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-lockout.h"

/* Wrong passwords in a row, and seconds until another try is allowed: some 3,000 a day at most,
 * where a password of the least length that is taken has some 2^30 likely values. */
#define FAILURES 10
#define FAILURE_SECONDS 30
/* Pairs of login and address that are remembered; beyond them all are forgotten. */
#define MOST_KNOWN 20000

struct _RaiLockout {
  RaiLimits *limits;
  GMutex lock;
  GHashTable *known; /* the set of SHA-256 of "address/login" */
};

RaiLockout *
rai_lockout_new (RaiLimits *limits) {
  RaiLockout *lockout = g_new0 (RaiLockout, 1);

  lockout->limits = limits;
  g_mutex_init (&lockout->lock);
  lockout->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return lockout;
}

void
rai_lockout_free (RaiLockout *lockout) {
  g_hash_table_unref (lockout->known);
  g_mutex_clear (&lockout->lock);
  g_free (lockout);
}

static char *
pair_of (const RaiTry *attempt) {
  g_autofree char *pair = g_strconcat (attempt->address, "/", attempt->login, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, pair, -1);
}

bool
rai_lockout_is_known (RaiLockout *lockout, const RaiTry *attempt) {
  g_autofree char *pair = pair_of (attempt);

  g_mutex_lock (&lockout->lock);
  bool known = attempt->device != NULL || g_hash_table_contains (lockout->known, pair);
  g_mutex_unlock (&lockout->lock);

  return known;
}

static char *
bucket_of (RaiLockout *lockout, const RaiTry *attempt) {
  if (attempt->device != NULL)
    return g_strconcat ("device/", attempt->device, NULL);
  if (rai_lockout_is_known (lockout, attempt))
    return g_strconcat ("known/", attempt->address, "/", attempt->login, NULL);
  return g_strconcat ("login/", attempt->login, NULL);
}

bool
rai_lockout_may (RaiLockout *lockout, const RaiTry *attempt, int64_t now, int *wait) {
  g_autofree char *bucket = bucket_of (lockout, attempt);

  return rai_limits_take (lockout->limits, bucket, 0, 1.0 / FAILURE_SECONDS, FAILURES, now, wait);
}

void
rai_lockout_was_wrong (RaiLockout *lockout, const RaiTry *attempt, int64_t now) {
  g_autofree char *bucket = bucket_of (lockout, attempt);
  int wait;

  rai_limits_take (lockout->limits, bucket, 1, 1.0 / FAILURE_SECONDS, FAILURES, now, &wait);
}

void
rai_lockout_was_right (RaiLockout *lockout, const RaiTry *attempt) {
  char *pair = pair_of (attempt);

  g_mutex_lock (&lockout->lock);
  if (g_hash_table_size (lockout->known) >= MOST_KNOWN)
    g_hash_table_remove_all (lockout->known);
  g_hash_table_add (lockout->known, pair);
  g_mutex_unlock (&lockout->lock);
}
