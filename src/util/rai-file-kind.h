/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* What people bring in instead of a table, by its first bytes. Pure, any thread. */

/* NULL for what may be a text, else a sentence that says what the file is and what to do. n: bytes
 * that are at hand; a few hundred tell a workbook from other archives. */
const char *rai_file_kind_fault (const void *bytes, size_t n);
