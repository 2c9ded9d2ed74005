/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* Runs work (i, data) for each i below n on up to `threads` threads (0: one per core), the calling
 * one included, in no particular order: each i must write its own place only, so that results do
 * not depend on the number of threads. progress (share done, data) is called on the calling thread;
 * both it and cancellable may be NULL. Returns false when cancelled, with some i left out. */
bool rai_parallel (size_t n, unsigned threads, void (*work) (size_t i, void *data), void *data,
                   GCancellable *cancellable, void (*progress) (double share, void *data));
