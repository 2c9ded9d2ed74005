/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Zstandard over GLib: whole blocks with a bound on what comes out, and streams. Pure functions,
 * any thread. Errors are G_IO_ERROR_INVALID_DATA, or G_IO_ERROR_NO_SPACE when the result would pass
 * the bound. */

/* level: 1 quick ... 19 small; 3 is zstd's own default. */
GBytes *rai_zstd_compress (GBytes *bytes, int level, GError **error);
/* Of one or more frames; never allocates more than maximum bytes for the result, whatever the
 * frame's header says. */
GBytes *rai_zstd_decompress (GBytes *bytes, size_t maximum, GError **error);

/* The text behind a stream, which may be zstd, gzip or plain: told from its first bytes. Takes a
 * reference. */
GInputStream *rai_zstd_open_any (GInputStream *base, GError **error);
