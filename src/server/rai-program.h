/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Other programs (pg_dump, pg_restore), run to their end. They end with this one. What they say on
 * standard error becomes the error's message, in characters that can be shown. */

/* arguments end with NULL; the first is the program. Its output goes nowhere. */
bool rai_program_run (const char *const *arguments, GError **error);

/* Control characters and bytes that are no UTF-8 become "?" or U+FFFD; line breaks stay. Owned by
 * the caller. */
char *rai_program_printable (const char *text, size_t size);
