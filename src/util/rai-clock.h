/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* The one clock of every program: nothing else in src/ asks the system for the time of day, but
 * what compares itself with times that the system wrote (a file's, a header's). For tests and the
 * demo the environment can set it:
 *
 *   RETAILAI_NOW=2026-11-30T07:00:00Z   stands still at that time (ISO 8601)
 *   RETAILAI_NOW=@FILE                  is what the file holds, read anew each time, so that a
 *                                       running service can live through weeks
 *   RETAILAI_CLOCK_OFFSET=SECONDS       the system's clock, so many seconds later
 *
 * Now, in ms since the epoch, UTC. What the environment says and cannot be understood is warned of
 * once and left alone: the last time that could be read from the file goes on, or the system's.
 * Any thread. */
int64_t rai_now_ms (void);
/* The same in whole seconds. */
int64_t rai_now_seconds (void);
