/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Numbers as shops' programs write them: with a currency before or behind, in brackets or with the
 * minus behind when they are negative ("$16.00", "-$8.00", "($8.00)", "8.00-", "16,00 €",
 * "1299.00 USD"). Pure functions, any thread. */

/* An ISO code or a sign, and the NUL. */
#define RAI_CURRENCY_SIZE 4

/* As rai_decimal_parse, which is asked first: a plain number costs nothing more. currency: the one
 * that is written beside the number, "" for none; of a sign that several currencies share ("$") the
 * sign. */
bool rai_import_money_parse (const char *text, int decimals, char mark, int64_t *value,
                             char currency[RAI_CURRENCY_SIZE]);
/* Whether what was written may be meant as the currency: its code, or a sign of it. */
bool rai_import_money_is (const char *written, const char *currency);
/* "usd" -> "USD", "$" -> "USD", the best known of those that share a sign; NULL for what is no
 * currency. Static. */
const char *rai_import_money_code (const char *text);
