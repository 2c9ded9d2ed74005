/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* Codes that people and programs write for one thing: an item's number, a store's, a supplier's, a
 * department's name. THE rule of which are the same, for imports and commands alike: one that is
 * spelled exactly so is meant before one that is spelled alike (MUG, mug, "MUG "), for databases of
 * before may hold both. A code is kept as it was first written. Pure functions. */

/* Characters of a code that people type. */
#define RAI_CODE_MAX 64

/* What is the same for codes that are alike: letters' case and width, blanks, and what nobody sees
 * (a byte order mark, a soft hyphen) make no other code; zeros in front do (00123 is not 123). The
 * caller's. */
char *rai_code_fold (const char *code);
/* A number that a spreadsheet has cut: "1.23457E+11" may have been any of a million barcodes. */
bool rai_code_is_cut (const char *text);
/* A code made of a name: "Käthe's Laden" -> "KATHE-S-LADEN"; number: 1, or what is put behind it
 * because it is taken ("KATHE-S-LADEN-2"). A name without Latin letters and digits gives
 * otherwise. The caller's. */
char *rai_code_make (const char *name, const char *otherwise, unsigned number);
