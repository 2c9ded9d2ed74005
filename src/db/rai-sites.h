/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "util/rai-day.h"

/* THE writer of a site's first row and of what people say of it and of its days: for commands and
 * imports. What is learnt from sales comes from imports; the demo makes sites of its own. */

/* Texts in characters. */
#define RAI_SITE_NAME_MAX 200
#define RAI_SITE_REGION_MAX 200
#define RAI_SITE_HOLIDAY_MAX 100
#define RAI_SITE_ALL_WEEKDAYS 127 /* bit 0 = Monday */

/* What is said of a site: a NULL leaves what is stored. Texts and numbers are the caller's. */
typedef struct {
  const char *name; /* at least one character that is no space */
  const char *region;
  const char *zone;             /* util/rai-zone */
  const char *currency;         /* core/rai-currency */
  const int64_t *open_weekdays; /* bits; at least one */
  RaiDay today;                 /* at the site: from when weekdays and hours hold */
  const int64_t *opens;         /* minutes after midnight; of opens and closes both are given */
  const int64_t *closes;        /* at most RAI_SITE_HOURS_END; both 0: nobody says */
} RaiSiteValues;

/* Why these values cannot be a site's, marked for translation and static; NULL: they can. Reads the
 * zone's file. */
const char *rai_site_fault (const RaiSiteValues *values);

/* Adds a site; name, zone and currency are needed. Without open_weekdays it is open every day, as
 * far as anybody knows, and sales tell; with them they hold from today on. RAI_DB_ERROR_ARGUMENT
 * with the fault when there is one; RAI_DB_ERROR_CONSTRAINT when id or code are taken. In the
 * caller's write transaction, as all below. */
bool rai_site_add (RaiDb *db, int64_t id, const char *code, const RaiSiteValues *values,
                   int64_t rev, GError **error);
/* Changes a site, if anything differs. Weekdays that it begins to open on are taken from days to
 * come that were closed for no reason but their weekday. RAI_DB_ERROR_ARGUMENT with the fault when
 * there is one. */
bool
rai_site_edit (RaiDb *db, int64_t id, const RaiSiteValues *values, int64_t rev, GError **error);

/* What differs from the site's weekdays on one day. A NULL leaves what is stored. */
typedef struct {
  const int64_t *closed; /* 0 or 1 */
  const int64_t *opened; /* 0 or 1; of closed and opened at most one is 1, the other is then 0 */
  const char *holiday;   /* ""; or what the day is called */
} RaiSiteDay;
bool rai_site_set_day (RaiDb *db, int64_t id, RaiDay day, const RaiSiteDay *what, int64_t rev,
                       GError **error);

/* Whether amounts in the site's currency are stored: sales, prices that differ there or are of
 * goods that it keeps, orders. */
bool rai_site_has_money (RaiDb *db, int64_t id, bool *has, GError **error);
