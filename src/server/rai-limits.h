/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Token buckets by name ("account/7", "address/10.0.0.3", "login/ada"). Safe from any thread;
 * memory is bounded: full buckets are forgotten. Times are microseconds of the monotonic clock. */
typedef struct _RaiLimits RaiLimits;

RaiLimits *rai_limits_new (void);
void rai_limits_free (RaiLimits *limits);

/* Takes `cost` out of a bucket that holds `burst` and refills by `per_second`. false when it does
 * not hold that much: nothing is taken, and *wait is the number of whole seconds until it will.
 * cost 0 only asks whether it holds one. */
bool rai_limits_take (RaiLimits *limits, const char *name, double cost, double per_second,
                      double burst, int64_t now, int *wait);

/* Takes `cost` afterwards, when it is known: down to a debt of one burst. Only a bucket that was
 * taken from before is charged. */
void rai_limits_charge (RaiLimits *limits, const char *name, double cost, int64_t now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiLimits, rai_limits_free)
