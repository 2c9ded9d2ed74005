/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-value.h"
#include "db/rai-db.h"
#include "util/rai-day.h"

/* THE writer of `item` and `department`: used by commands, imports and the demo. What may stand in
 * an item is said here once; whoever builds arguments or reads rows takes the bounds from here. */

/* Texts in characters. */
#define RAI_ITEM_NAME_MAX 200
#define RAI_ITEM_CATEGORY_MAX 200
#define RAI_ITEM_BARCODE_MAX 64
#define RAI_ITEM_UNIT_MAX 20
/* Price and cost of one unit, minor units. */
#define RAI_ITEM_MONEY_MAX RAI_PRICE_MAX
/* Thousandths: a million units in an order pack. */
#define RAI_ITEM_PACK_MAX RAI_QUANTITY_MAX
/* Days: ten years. What keeps longer keeps. */
#define RAI_ITEM_SHELF_LIFE_MAX 3650

/* What is said of an item: a NULL leaves what is stored (or, for a new item, the table's default).
 * Texts and numbers are the caller's. */
typedef struct {
  const char *name; /* at least one character */
  const int64_t *department_id;
  const char *category;
  const char *barcode;
  const char *unit; /* at least one character */
  const int64_t *supplier_id;
  const int64_t *pack;       /* thousandths in one order pack */
  const int64_t *price;      /* minor units for one unit */
  const int64_t *cost;       /* minor units for one unit */
  const int64_t *shelf_life; /* days; 0: it keeps */
  const int64_t *first_day;  /* RaiDay: first day on sale */
  const int64_t *active;     /* 0 or 1 */
} RaiItemValues;

/* Why these values cannot be an item's ("the pack is not above zero"), untranslated and static;
 * NULL: they can. Departments and suppliers are not looked up: see rai_item_find_missing. */
const char *rai_item_fault (const RaiItemValues *values);

/* Why a stored item cannot be given these values ("the item is ..."), untranslated and static, in
 * *fault; NULL: it can. Its unit is what its stock and its sales are told in, and stays as long as
 * there are any. */
bool rai_item_edit_fault (RaiDb *db, int64_t id, const RaiItemValues *values, const char **fault,
                          GError **error);

/* The value that points at a row that is not there ("department", "supplier"), in *what; NULL when
 * all is there. For ids that come from outside; an import has its ids from the tables. */
bool
rai_item_find_missing (RaiDb *db, const RaiItemValues *values, const char **what, GError **error);

/* Adds an item; name and department are needed. RAI_DB_ERROR_ARGUMENT with the fault when there is
 * one; RAI_DB_ERROR_CONSTRAINT when id or sku are taken. In the caller's write transaction, as all
 * that follows. */
bool rai_item_add (RaiDb *db, int64_t id, const char *sku, const RaiItemValues *values, int64_t rev,
                   GError **error);
/* Changes an item, if anything differs; *changed (may be NULL) is whether it did.
 * RAI_DB_ERROR_ARGUMENT with the fault when there is one. */
bool rai_item_edit (RaiDb *db, int64_t id, const RaiItemValues *values, int64_t rev, bool *changed,
                    GError **error);

/* The department of this name, whatever its capitals and blanks; made when there is none. */
bool rai_item_department (RaiDb *db, const char *name, int64_t rev, int64_t *id, GError **error);
/* The name of another item on sale that has the barcode; NULL: there is none. Owned by the
 * caller. */
bool
rai_item_find_barcode (RaiDb *db, const char *barcode, int64_t but, char **name, GError **error);
