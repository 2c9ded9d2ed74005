/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Decimal numbers as scaled integers: money is minor units of a currency (2 decimals for EUR),
 * quantities are thousandths. No floating point comes near either. */

#define RAI_QUANTITY_DECIMALS 3
#define RAI_QUANTITY_ONE 1000

/* Reads "-12.5" as value * 10^decimals, rounding half away from zero. mark is the decimal mark ('.'
 * or ','); the other one and spaces are taken as thousands separators only between groups of three
 * digits. An exponent is accepted. length may be -1. Returns false, leaving *value alone, for
 * anything else and for values beyond +-9.2e18 / 10. */
bool rai_decimal_parse (const char *text, ssize_t length, int decimals, char mark, int64_t *value);

/* "1234.500" without trailing zeros past min_decimals, '.' as the mark: the machine form used in
 * CSV and JSON. */
char *rai_decimal_format (int64_t value, int decimals, int min_decimals);

/* Decimals of an ISO 4217 currency: 0 for JPY, 3 for KWD, 2 for most and for unknown codes. */
int rai_currency_decimals (const char *currency);

/* a * b / c rounded half away from zero through 128 bits; c must not be 0. Saturates at the int64
 * range. */
int64_t rai_mul_div (int64_t a, int64_t b, int64_t c);
