/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* The types of everything that the tables of descriptors name: command arguments, query columns,
 * synced columns. How each travels as JSON, and is stored in the database:
 *   INT       number, 64 bit
 *   BOOL      true/false; 0 or 1 in the database
 *   DOUBLE    number
 *   TEXT      string, UTF-8
 *   UUID      string of 36 characters
 *   QUANTITY  whole number of thousandths of the item's unit
 *   MONEY     whole number of minor units of the site's currency
 *   DAY       "YYYY-MM-DD"; days since 1970-01-01 in the database and on the sync wire
 *   TIME      number, milliseconds since the epoch, UTC
 *   BLOB      base64 in JSON
 *   SITE      a site's id, checked against the caller's scope
 *   ITEM      an item's id
 *   LIST      array of objects, described by the argument's fields (command arguments only) */

/* The largest numbers of one line, one count or one item: more is a mistake, and much more would
 * not fit into sums and products. A million units; ten thousand million of the currency's main unit
 * for a receipt; ninety million for a unit: RAI_QUANTITY_MAX * RAI_PRICE_MAX fits into 64 bits, and
 * nine million such receipts of a store and month do. Everything that enters is held against them,
 * at every way in. */
#define RAI_QUANTITY_MAX INT64_C (1000000000)
#define RAI_MONEY_MAX INT64_C (1000000000000)
#define RAI_PRICE_MAX INT64_C (9000000000)
/* The days that a person can mean: 2000-01-01 to 2099-12-31, in days since 1970. */
#define RAI_DAY_FIRST 10957
#define RAI_DAY_LAST 47481
/* Lines of one receipt. The longest invoice of Online Retail, a wholesaler's, has 1,114. */
#define RAI_RECEIPT_LINES_MAX 2000
/* The longest text of an argument that says nothing else, in characters. */
#define RAI_TEXT_MAX 1000

typedef enum {
  RAI_VALUE_INT,
  RAI_VALUE_BOOL,
  RAI_VALUE_DOUBLE,
  RAI_VALUE_TEXT,
  RAI_VALUE_UUID,
  RAI_VALUE_QUANTITY,
  RAI_VALUE_MONEY,
  RAI_VALUE_DAY,
  RAI_VALUE_TIME,
  RAI_VALUE_BLOB,
  RAI_VALUE_SITE,
  RAI_VALUE_ITEM,
  RAI_VALUE_LIST,
} RaiValueType;
