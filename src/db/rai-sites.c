/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sites.h"

#include "core/rai-currency.h"
#include "db/rai-db-run.h"
#include "db/rai-shortage-ledger.h"
#include "db/rai-site-hours.h"
#include "util/rai-zone.h"

#include <glib/gi18n-lib.h>

static bool
is_too_long (const char *text, long characters) {
  return text != NULL && g_utf8_strlen (text, -1) > characters;
}

static bool
is_blank (const char *text) {
  if (text == NULL)
    return false;
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return *text == '\0';
}

static bool
are_hours_halved (const RaiSiteValues *values) {
  return (values->opens == NULL) != (values->closes == NULL);
}

static bool
are_hours_wrong (const RaiSiteValues *values) {
  if (values->opens == NULL || values->closes == NULL ||
      (*values->opens == 0 && *values->closes == 0))
    return false;
  return *values->opens < 0 || *values->closes > RAI_SITE_HOURS_END ||
         *values->opens >= *values->closes;
}

const char *
rai_site_fault (const RaiSiteValues *values) {
  const struct {
    bool fault;
    const char *words;
  } checks[] = {
    { is_blank (values->name), N_ ("A store needs a name.") },
    { is_too_long (values->name, RAI_SITE_NAME_MAX),
      N_ ("The name is longer than 200 characters.") },
    { is_too_long (values->region, RAI_SITE_REGION_MAX),
      N_ ("The region is longer than 200 characters.") },
    { values->zone != NULL && !rai_zone_is_known (values->zone),
      N_ ("There is no such time zone. One is called Europe/Berlin, for example.") },
    { values->currency != NULL && !rai_currency_is_known (values->currency),
      N_ ("There is no such currency. One is called EUR, for example.") },
    { values->open_weekdays != NULL &&
          (*values->open_weekdays < 1 || *values->open_weekdays > RAI_SITE_ALL_WEEKDAYS),
      N_ ("A store opens on one day of the week at least.") },
    { are_hours_halved (values), N_ ("Say both when the store opens and when it closes.") },
    { are_hours_wrong (values),
      N_ ("A store closes after it opens, and at midnight (24:00) at the latest.") },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (checks); i++)
    if (checks[i].fault)
      return checks[i].words;
  return NULL;
}

static bool
check (const RaiSiteValues *values, GError **error) {
  const char *fault = rai_site_fault (values);
  if (fault != NULL)
    g_set_error_literal (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT, fault);
  return fault == NULL;
}

/* The defaults are the schema's. Hours of 0 and 0 are none. */
static const char insert_site[] =
    "INSERT INTO site (id, code, name, region, zone, currency, open_weekdays, open_since, opens,"
    " closes, rev)"
    " VALUES (?1, ?2, ?3, coalesce(?4, ''), ?5, ?6, coalesce(CAST(?7 AS INTEGER), 127),"
    " CASE WHEN CAST(?7 AS INTEGER) IS NOT NULL THEN CAST(?8 AS INTEGER) END,"
    " CASE WHEN CAST(?10 AS INTEGER) > 0 THEN CAST(?9 AS INTEGER) END,"
    " nullif(CAST(?10 AS INTEGER), 0), ?11)";

bool
rai_site_add (RaiDb *db, int64_t id, const char *code, const RaiSiteValues *values, int64_t rev,
              GError **error) {
  g_return_val_if_fail (values->name != NULL && values->zone != NULL && values->currency != NULL,
                        false);
  return check (values, error) &&
         rai_db_run (db, error, insert_site, "itttttIiIIi", id, code, values->name, values->region,
                     values->zone, values->currency, values->open_weekdays, (int64_t) values->today,
                     values->opens, values->closes, rev);
}

/* A calendar's closing days without a name are there for their weekday's sake. Day 0 was a
 * Thursday. */
static const char open_days[] =
    "UPDATE calendar_day SET closed = 0, rev = ?4 WHERE site_id = ?1 AND day >= ?2 AND closed <> 0"
    " AND holiday = '' AND (((CAST(?3 AS INTEGER) & ~(SELECT open_weekdays FROM site WHERE id = "
    "?1))"
    " >> ((day + 3) % 7)) & 1) = 1";

/* What is as it should be keeps its rev: nobody need pull it. Hours of 0 and 0 are none. */
static const char edit_site[] =
    "UPDATE site SET name = coalesce(?2, name), region = coalesce(?3, region),"
    " zone = coalesce(?4, zone), currency = coalesce(?5, currency),"
    " open_since = CASE WHEN CAST(?6 AS INTEGER) IS NULL OR"
    " (open_since IS NOT NULL AND open_weekdays = ?6) THEN open_since ELSE ?7 END,"
    " open_weekdays = coalesce(?6, open_weekdays),"
    " opens = CASE WHEN CAST(?9 AS INTEGER) = 0 THEN NULL ELSE coalesce(?8, opens) END,"
    " closes = nullif(coalesce(?9, closes), 0), rev = ?10"
    " WHERE id = ?1 AND (name <> coalesce(?2, name) OR region <> coalesce(?3, region)"
    " OR zone <> coalesce(?4, zone) OR currency <> coalesce(?5, currency)"
    " OR (CAST(?6 AS INTEGER) IS NOT NULL AND (open_since IS NULL OR open_weekdays <> ?6))"
    " OR coalesce(opens, 0) <> coalesce(?8, opens, 0)"
    " OR coalesce(closes, 0) <> coalesce(?9, closes, 0))";

bool
rai_site_edit (RaiDb *db, int64_t id, const RaiSiteValues *values, int64_t rev, GError **error) {
  if (!check (values, error))
    return false;

  if (values->open_weekdays != NULL &&
      !rai_db_run (db, error, open_days, "iiii", id, (int64_t) values->today,
                   *values->open_weekdays, rev))
    return false;

  if (!rai_db_run (db, error, edit_site, "ittttIiIIi", id, values->name, values->region,
                   values->zone, values->currency, values->open_weekdays, (int64_t) values->today,
                   values->opens, values->closes, rev))
    return false;

  return (values->open_weekdays == NULL && values->opens == NULL) ||
         rai_shortage_after_opening (db, id, values->today, INT32_MAX, error);
}

static const char set_day[] =
    "INSERT INTO calendar_day (site_id, day, closed, opened, holiday, rev)"
    " VALUES (?1, ?2, coalesce(CAST(?3 AS INTEGER), 0), coalesce(CAST(?4 AS INTEGER), 0),"
    " coalesce(?5, ''), ?6)"
    " ON CONFLICT (site_id, day) DO UPDATE SET closed = coalesce(?3, calendar_day.closed),"
    " opened = coalesce(?4, calendar_day.opened), holiday = coalesce(?5, calendar_day.holiday),"
    " rev = ?6";

bool
rai_site_set_day (RaiDb *db, int64_t id, RaiDay day, const RaiSiteDay *what, int64_t rev,
                  GError **error) {
  static const int64_t no = 0;
  const bool closes = what->closed != NULL && *what->closed != 0;
  const bool opens = what->opened != NULL && *what->opened != 0;
  g_return_val_if_fail (!(closes && opens), false);

  return rai_db_run (db, error, set_day, "iiIIti", id, (int64_t) day, opens ? &no : what->closed,
                     closes ? &no : what->opened, what->holiday, rev) &&
         ((what->closed == NULL && what->opened == NULL) ||
          rai_shortage_after_opening (db, id, day, day, error));
}

bool
rai_site_has_money (RaiDb *db, int64_t id, bool *has, GError **error) {
  static const char *const kept[] = {
    "SELECT 1 FROM site_day WHERE site_id = ?1 LIMIT 1",
    "SELECT 1 FROM sale_aside WHERE site_id = ?1 LIMIT 1",
    "SELECT 1 FROM purchase_order WHERE site_id = ?1 LIMIT 1",
    "SELECT 1 FROM price WHERE site_id = ?1 LIMIT 1",
    "SELECT 1 FROM promotion WHERE site_id = ?1 AND price IS NOT NULL LIMIT 1",
    "SELECT 1 FROM stock s JOIN item i ON i.id = s.item_id WHERE s.site_id = ?1"
    " AND (i.price <> 0 OR i.cost <> 0) LIMIT 1",
  };

  *has = false;
  for (size_t i = 0; i < G_N_ELEMENTS (kept) && !*has; i++) {
    const RaiStep step = rai_db_row (db, error, kept[i], "i", id);
    if (step == RAI_STEP_FAILED)
      return false;
    *has = step == RAI_STEP_ROW;
  }

  return true;
}
