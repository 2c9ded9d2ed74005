/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Headings as people write them, compared by their letters and digits alone: case, accents, blanks,
 * hyphens, underscores, points do not matter. Pure functions, any thread. */

/* "Receipt-No." -> "receiptno", "Référence" -> "reference", "Größe" -> "grosse". */
char *rai_import_heading_key (const char *text);
/* The keys of names that are joined by '|'; kept for the program's life. A name in front of which
 * '>' stands outranks those without: *ranks gets a number a name, the smallest wins. Any thread. */
const char *const *rai_import_heading_keys (const char *names, const int **ranks);
/* Whether a text is a word for a total, alone or with what it is of: "Total", "Grand total:",
 * "Subtotal S1", "Summe", "Gesamt", "Suma". */
bool rai_import_heading_is_total (const char *text);
