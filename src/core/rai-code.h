/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* Codes that people and programs write for one thing: an item's number, a store's, a supplier's, a
 * department's name. THE rule of which are the same, for imports and commands alike: one that is
 * spelled exactly so is meant before one that is spelled alike (MUG, mug, "MUG "), for databases of
 * before may hold both. A code is kept as it was first written. Pure functions. */

/* What is the same for codes that are alike: letters' case, blanks around them and how many stand
 * within make no other code; zeros in front do (00123 is not 123). The caller's. */
char *rai_code_fold (const char *code);
/* A number that a spreadsheet has cut: "1.23457E+11" may have been any of a million barcodes. */
bool rai_code_is_cut (const char *text);
