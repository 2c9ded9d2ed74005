/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* The currencies that people pay with, by the three letters of ISO 4217 (the list of its
 * maintenance agency without funds, metals and what is kept for tests), sorted; ends with NULL.
 * What their minor units are is in util/rai-decimal. */
extern const char *const rai_currencies[];

/* NULL is none. */
bool rai_currency_is_known (const char *code);
/* The currency that shops in a time zone mostly take, for a form to begin with; NULL: not told. */
const char *rai_currency_of_zone (const char *zone);
