/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-codes.h"
#include "db/rai-db.h"
#include "util/rai-day.h"

/* What commands read before they write, and the words they share. All within the caller's
 * transaction. */

/* The item's name, or "item 42" when it is not known. */
char *rai_lookup_item_name (RaiDb *db, int64_t item_id);
/* The site's name, or "store 7". */
char *rai_lookup_site_name (RaiDb *db, int64_t site_id);
/* "14 pieces", "2.5 kg" in the item's unit. */
char *rai_lookup_quantity (RaiDb *db, int64_t item_id, int64_t quantity);
/* "12.50 EUR" in the site's currency; site 0: without a currency's name. */
char *rai_lookup_money (RaiDb *db, int64_t site_id, int64_t money);
/* The civil day of an instant at a site. */
bool rai_lookup_site_day (RaiDb *db, int64_t site_id, int64_t at, RaiDay *day, GError **error);
/* A policy's value for a site: the site's, else the company's, else the rule's default. */
bool rai_lookup_policy (RaiDb *db, const char *key, int64_t site_id, double *value, GError **error);
/* The code of a new row: as it is said, unless one like it is there already, which is refused by
 * name; made of the name when nothing is said. NULL on failure; owned by the caller. */
char *rai_lookup_new_code (RaiDb *db, RaiCodeKind kind, const char *said, const char *name,
                           GError **error);
