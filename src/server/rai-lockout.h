/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-limits.h"

/* Who may try a password, after how many that were wrong. A login's own limit is for strangers
 * only: it would let one of them keep its owner out. Who signed in from this address before, or on
 * this device, has a limit of its own that no stranger uses up. Safe from any thread; memory is
 * bounded. Times are microseconds of the monotonic clock. */
typedef struct _RaiLockout RaiLockout;

typedef struct {
  const char *login;
  const char *address; /* as limits name it */
  const char *device;  /* of a device that proved itself (rai-device.h); NULL: none */
} RaiTry;

RaiLockout *rai_lockout_new (RaiLimits *limits);
void rai_lockout_free (RaiLockout *lockout);

/* The address or the device signed in before. */
bool rai_lockout_is_known (RaiLockout *lockout, const RaiTry *attempt);
/* false: after *wait seconds. */
bool rai_lockout_may (RaiLockout *lockout, const RaiTry *attempt, int64_t now, int *wait);
void rai_lockout_was_wrong (RaiLockout *lockout, const RaiTry *attempt, int64_t now);
void rai_lockout_was_right (RaiLockout *lockout, const RaiTry *attempt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiLockout, rai_lockout_free)
