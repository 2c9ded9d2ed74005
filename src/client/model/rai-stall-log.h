/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A watchdog of the main loop for tests and benches: a thread pings the main context and writes
 * lines into a file:
 *   stall MILLISECONDS AT             the main loop did not answer for longer than 50 ms; AT is ms since the start
 *   filled PAGE MILLISECONDS          from the program's start to a page on screen with all its answers
 *   switch PAGE MILLISECONDS          from asking for another page to its being filled
 * Not for ordinary runs: it wakes the processor. */
typedef struct _RaiStallLog RaiStallLog;

/* Call first thing in main. */
void rai_stall_log_set_start (void);
RaiStallLog *rai_stall_log_new (const char *path);
void rai_stall_log_free (RaiStallLog *log);
/* From the main thread. */
void rai_stall_log_filled (RaiStallLog *log, const char *page, int64_t switch_started_us);
