/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-calendar.h"

#include "db/rai-db-run.h"

/* Days whose calendar was written last, so that a file with many items a day does not write it for
 * each. */
#define RECENT 4096

struct _RaiImportCalendar {
  uint64_t recent_keys[RECENT];
  uint64_t recent_values[RECENT];
  RaiImportKeys *prices; /* by site and item: the last price */
  RaiImportKeys *sites;  /* 1: had days before this import, 2: had none */
};

RaiImportCalendar *
rai_import_calendar_new (void) {
  RaiImportCalendar *calendar = g_new0 (RaiImportCalendar, 1);
  calendar->prices = rai_import_keys_new ();
  calendar->sites = rai_import_keys_new ();
  return calendar;
}

void
rai_import_calendar_free (RaiImportCalendar *calendar) {
  if (calendar == NULL)
    return;
  rai_import_keys_free (calendar->prices);
  rai_import_keys_free (calendar->sites);
  g_free (calendar);
}

bool
rai_import_calendar_read (RaiImport *import, RaiImportDay *day) {
  *day = (RaiImportDay){ 0 };
  if (rai_import_has (import, RAI_FIELD_CLOSED) || rai_import_has (import, RAI_FIELD_OPEN)) {
    day->has_closed = true;
    day->closed = rai_import_flag (import, RAI_FIELD_CLOSED) ||
                  (*rai_import_text (import, RAI_FIELD_OPEN) != '\0' &&
                   !rai_import_flag (import, RAI_FIELD_OPEN));
  }

  if (rai_import_has (import, RAI_FIELD_SCHOOL_HOLIDAY)) {
    day->has_school_holiday = true;
    day->school_holiday = rai_import_flag (import, RAI_FIELD_SCHOOL_HOLIDAY);
  }

  if (rai_import_has (import, RAI_FIELD_HOLIDAY))
    day->holiday = rai_import_text (import, RAI_FIELD_HOLIDAY);
  if (rai_import_has (import, RAI_FIELD_EVENT))
    day->event = rai_import_text (import, RAI_FIELD_EVENT);

  day->has_temperature = *rai_import_text (import, RAI_FIELD_TEMPERATURE) != '\0';
  day->has_rain = *rai_import_text (import, RAI_FIELD_RAIN) != '\0';
  return rai_import_double (import, RAI_FIELD_TEMPERATURE, 0, &day->temperature) &&
         rai_import_double (import, RAI_FIELD_RAIN, 0, &day->rain);
}

static uint64_t
hash_day (const RaiImportDay *what) {
  uint64_t hash = what->closed | what->school_holiday << 1 | what->promotion << 2 | 8;
  hash = hash * 31 + (what->holiday != NULL ? g_str_hash (what->holiday) : 0);
  hash = hash * 31 + (what->event != NULL ? g_str_hash (what->event) : 0);
  return hash * 31 + (uint64_t) (int64_t) (what->temperature * 1000 + what->rain * 7919000);
}

/* Nothing that a day without a row would not say too. */
static bool
is_plain (const RaiImportDay *what) {
  return !what->to_come && !what->closed && !what->school_holiday && !what->promotion &&
         !what->has_temperature && !what->has_rain &&
         (what->holiday == NULL || *what->holiday == '\0') &&
         (what->event == NULL || *what->event == '\0');
}

/* A null says nothing of its column. */
#define SET_DAY \
  " SET closed = coalesce(?3, calendar_day.closed)," \
  " holiday = coalesce(?4, calendar_day.holiday)," \
  " school_holiday = coalesce(?5, calendar_day.school_holiday)," \
  " event = coalesce(?6, calendar_day.event)," \
  " promotion = coalesce(?7, calendar_day.promotion)," \
  " temperature = coalesce(?8, calendar_day.temperature)," \
  " rain = coalesce(?9, calendar_day.rain)," \
  " rev = ?10"
#define DAY_DIFFERS \
  "(calendar_day.closed <> coalesce(?3, calendar_day.closed)" \
  " OR calendar_day.holiday <> coalesce(?4, calendar_day.holiday)" \
  " OR calendar_day.school_holiday <> coalesce(?5, calendar_day.school_holiday)" \
  " OR calendar_day.event <> coalesce(?6, calendar_day.event)" \
  " OR calendar_day.promotion <> coalesce(?7, calendar_day.promotion)" \
  " OR coalesce(calendar_day.temperature, -9999) <>" \
  " coalesce(?8, calendar_day.temperature, -9999)" \
  " OR coalesce(calendar_day.rain, -9999) <> coalesce(?9, calendar_day.rain, -9999))"

static const char update_day[] =
    "UPDATE calendar_day" SET_DAY " WHERE site_id = ?1 AND day = ?2 AND " DAY_DIFFERS;
static const char insert_day[] =
    "INSERT INTO calendar_day (site_id, day, closed, holiday, school_holiday, event, promotion,"
    " temperature, rain, rev)"
    " VALUES (?1, ?2, coalesce(?3, 0), coalesce(?4, ''), coalesce(?5, 0), coalesce(?6, ''),"
    " coalesce(?7, 0), ?8, ?9, ?10)"
    " ON CONFLICT (site_id, day) DO UPDATE" SET_DAY " WHERE " DAY_DIFFERS;

static bool
write_day (const RaiImport *import, int64_t site_id, RaiDay day, const RaiImportDay *what,
           GError **error) {
  const int64_t closed = what->closed, school_holiday = what->school_holiday;
  const int64_t promotion = what->promotion;
  return rai_db_run (import->db, error, is_plain (what) ? update_day : insert_day, "iiItItIDDi",
                     site_id, (int64_t) day, what->has_closed ? &closed : NULL, what->holiday,
                     what->has_school_holiday ? &school_holiday : NULL, what->event,
                     what->has_promotion ? &promotion : NULL,
                     what->has_temperature ? &what->temperature : NULL,
                     what->has_rain ? &what->rain : NULL, import->rev);
}

/* Plain days need a look only where there were days before. */
static bool
had_days (RaiImport *import, int64_t site_id, bool *had, GError **error) {
  bool added;
  int64_t *known = rai_import_keys_at (import->calendar->sites, (uint64_t) site_id, &added);
  if (added) {
    int64_t days;
    if (!rai_db_get_int (import->db, "SELECT count(*) FROM calendar_day WHERE site_id = ?1",
                         &site_id, 1, 0, &days, error))
      return false;
    *known = days > 0 ? 1 : 2;
  }

  *had = *known == 1;
  return true;
}

bool
rai_import_calendar_write (RaiImport *import, int64_t site_id, RaiDay day, const RaiImportDay *what,
                           bool *changed, GError **error) {
  uint64_t key = (uint64_t) site_id << 32 | (uint32_t) day, value = hash_day (what);
  size_t slot = (size_t) ((uint64_t) site_id * 977 + (uint32_t) day) % RECENT;
  RaiImportCalendar *calendar = import->calendar;

  if (calendar->recent_keys[slot] == key && calendar->recent_values[slot] == value)
    return true;

  bool had;
  if (!had_days (import, site_id, &had, error))
    return false;
  if (!had && is_plain (what))
    return true;

  if (!write_day (import, site_id, day, what, error))
    return false;
  *changed = *changed || rai_db_changes (import->db) > 0;
  calendar->recent_keys[slot] = key;
  calendar->recent_values[slot] = value;

  return true;
}

bool
rai_import_calendar_price (RaiImport *import, int64_t site_id, int64_t item_id, RaiDay day,
                           int64_t price, bool *changed, GError **error) {
  bool added;
  int64_t *last = rai_import_keys_at (import->calendar->prices,
                                      (uint64_t) site_id << 32 | (uint32_t) item_id, &added);

  if (!added && *last == price)
    return true;
  *last = price;

  if (!rai_db_run (import->db, error,
                   "INSERT INTO price (site_id, item_id, first_day, price, rev)"
                   " VALUES (?1, ?2, ?3, ?4, ?5)"
                   " ON CONFLICT (site_id, item_id, first_day) DO UPDATE"
                   " SET price = excluded.price, rev = excluded.rev"
                   " WHERE price.price <> excluded.price",
                   "iiiii", site_id, item_id, (int64_t) day, price, import->rev))
    return false;

  *changed = *changed || rai_db_changes (import->db) > 0;
  return true;
}

bool
rai_import_calendar_promotion (RaiImport *import, int64_t site_id, int64_t item_id, RaiDay day,
                               RaiDay last_day, bool *changed, GError **error) {
  /* Known already, or the day after one that is known: rows grow at their end. */
  if (!rai_db_run (import->db, error,
                   "UPDATE promotion"
                   " SET last_day = ?4, rev = ?5"
                   " WHERE site_id = ?1 AND item_id = ?2"
                   " AND first_day < ?3 AND last_day >= ?3 - 1 AND last_day < ?4",
                   "iiiii", site_id, item_id, (int64_t) day, (int64_t) last_day, import->rev))
    return false;

  if (rai_db_changes (import->db) > 0) {
    *changed = true;
    return true;
  }

  if (!rai_db_run (import->db, error,
                   "INSERT INTO promotion (site_id, item_id, first_day, last_day, rev)"
                   " SELECT ?1, ?2, ?3, ?4, ?5"
                   " WHERE NOT EXISTS (SELECT 1 FROM promotion"
                   " WHERE site_id = ?1 AND item_id = ?2 AND first_day <= ?3 AND last_day >= ?3)"
                   " ON CONFLICT (site_id, item_id, first_day) DO NOTHING",
                   "iiiii", site_id, item_id, (int64_t) day, (int64_t) last_day, import->rev))
    return false;

  *changed = *changed || rai_db_changes (import->db) > 0;
  return true;
}
