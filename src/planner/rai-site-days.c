/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-site-days.h"

#include "core/rai-opening.h"

#include <math.h>

/* A promotion of the whole site weighs as much as one of so many items. */
#define SITE_WIDE 10
/* A weekday without sales for this long is a closing day. */
#define QUIET_WEEKS 8
/* Share of open days with sales from which on a day without any is a gap in the records. */
#define STEADY_SHARE 0.8
/* A day is in the middle of a week. */
#define WEEK_REACH 3

static RaiSiteDays *
days_new (RaiDay first, RaiDay origin, size_t horizon) {
  RaiSiteDays *days = g_new0 (RaiSiteDays, 1);
  days->first = first;
  days->n_past = (size_t) (origin - first);
  days->n = days->n_past + horizon;
  days->closed = g_new0 (uint8_t, days->n);
  days->opened = g_new0 (uint8_t, days->n);
  days->gap = g_new0 (uint8_t, days->n);
  days->silent = g_new0 (uint8_t, days->n);
  days->school = g_new0 (uint8_t, days->n);
  days->promotion = g_new0 (float, days->n);
  days->temperature = g_new (float, days->n);
  days->rain = g_new (float, days->n);
  days->holiday = g_new (const char *, days->n);
  days->event = g_new (const char *, days->n);
  days->revenue = g_new0 (double, MAX (1, days->n_past));
  days->quantity = g_new0 (double, MAX (1, days->n_past));
  days->texts = g_string_chunk_new (256);

  for (size_t t = 0; t < days->n; t++) {
    days->holiday[t] = days->event[t] = "";
    days->temperature[t] = days->rain[t] = NAN;
  }

  return days;
}

void
rai_site_days_free (RaiSiteDays *days) {
  if (days == NULL)
    return;
  g_free (days->closed);
  g_free (days->opened);
  g_free (days->gap);
  g_free (days->silent);
  g_free (days->school);
  g_free (days->promotion);
  g_free (days->temperature);
  g_free (days->rain);
  g_free (days->holiday);
  g_free (days->event);
  g_free (days->revenue);
  g_free (days->quantity);
  g_string_chunk_free (days->texts);
  g_free (days);
}

static RaiStatement *
prepare_range (RaiDb *db, const char *sql, int64_t site_id, RaiDay first, RaiDay end,
               GError **error) {
  RaiStatement *statement = rai_db_prepare (db, sql, error);
  if (statement == NULL)
    return NULL;
  rai_statement_bind_int (statement, 1, site_id);
  rai_statement_bind_int (statement, 2, first);
  rai_statement_bind_int (statement, 3, end);
  return statement;
}

static bool
read_calendar (RaiSiteDays *days, RaiDb *db, const RaiCatalogueSite *site, GError **error) {
  RaiStatement *statement =
      prepare_range (db,
                     "SELECT day, closed, holiday, school_holiday, event, promotion, temperature, "
                     "rain, opened FROM calendar_day "
                     "WHERE site_id = ?1 AND day >= ?2 AND day < ?3",
                     site->id, days->first, days->first + (RaiDay) days->n, error);

  if (statement == NULL)
    return false;

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    size_t t = (size_t) (rai_statement_int (statement, 0) - days->first);
    days->closed[t] = rai_statement_int (statement, 1) != 0;
    days->holiday[t] = g_string_chunk_insert_const (days->texts, rai_statement_text (statement, 2));
    days->school[t] = rai_statement_int (statement, 3) != 0;
    days->event[t] = g_string_chunk_insert_const (days->texts, rai_statement_text (statement, 4));
    days->promotion[t] = (float) (rai_statement_int (statement, 5) != 0 ? SITE_WIDE : 0);
    if (!rai_statement_is_null (statement, 6))
      days->temperature[t] = (float) rai_statement_double (statement, 6);
    if (!rai_statement_is_null (statement, 7))
      days->rain[t] = (float) rai_statement_double (statement, 7);
    days->opened[t] = rai_statement_int (statement, 8) != 0;
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

static bool
read_promotions (RaiSiteDays *days, RaiDb *db, const RaiCatalogueSite *site, GError **error) {
  RaiDay end = days->first + (RaiDay) days->n;
  RaiStatement *statement =
      prepare_range (db,
                     "SELECT item_id, first_day, last_day FROM promotion "
                     "WHERE site_id = ?1 AND last_day >= ?2 AND first_day < ?3",
                     site->id, days->first, end, error);

  if (statement == NULL)
    return false;

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    float weight = rai_statement_int (statement, 0) == 0 ? SITE_WIDE : 1;
    int64_t from = MAX (days->first, rai_statement_int (statement, 1));
    int64_t last = MIN (end - 1, rai_statement_int (statement, 2));
    for (int64_t day = from; day <= last; day++)
      days->promotion[day - days->first] += weight;
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

/* gap is set for days without a row; closing days are told apart later. */
static bool
read_sales (RaiSiteDays *days, RaiDb *db, const RaiCatalogueSite *site, GError **error) {
  RaiStatement *statement = prepare_range (
      db,
      "SELECT day, revenue, quantity FROM site_day WHERE site_id = ?1 AND day >= ?2 AND day < ?3",
      site->id, days->first, days->first + (RaiDay) days->n_past, error);

  if (statement == NULL)
    return false;
  memset (days->gap, 1, days->n_past);

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    size_t t = (size_t) (rai_statement_int (statement, 0) - days->first);
    days->revenue[t] = (double) rai_statement_int (statement, 1);
    days->quantity[t] = (double) rai_statement_int (statement, 2) / 1000.0;
    days->gap[t] = days->quantity[t] == 0 && days->revenue[t] == 0;
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

/* Between two days with sales that lie more than a week apart. */
static void
find_silence (RaiSiteDays *days) {
  size_t sold = days->n_known;
  for (size_t t = 0; t < days->n_known; t++) {
    if (days->gap[t])
      continue;
    for (size_t k = sold + WEEK_REACH + 1; k + WEEK_REACH < t; k++)
      days->silent[k] = 1;
    sold = t;
  }
}

/* What is known of a weekday: from what is said of the site, and from its sales since then. */
typedef struct {
  size_t first; /* the first one with sales, n_known when there is none */
  size_t since; /* from this day on a person's word holds, and only later sales speak against it */
  bool said;    /* since then: closed without sales */
  bool shut;    /* the same of days of which no sales have come in, and of those to come */
  bool before;  /* before that, by the sales alone */
} Weekday;

/* The last days of a weekday within [from, end) were all without sales. */
static bool
is_quiet (const RaiSiteDays *days, int weekday, size_t from, size_t end) {
  int seen = 0;
  for (size_t t = end; t-- > from && seen < QUIET_WEEKS;) {
    if (rai_day_weekday (days->first + (RaiDay) t) != weekday || days->silent[t])
      continue;
    if (!days->gap[t])
      return false;
    seen++;
  }

  return seen == QUIET_WEEKS;
}

/* Whether the last days of a weekday within [from, end) were sold on, up to the newest sales of the
 * site. */
static bool
is_begun (const RaiSiteDays *days, int weekday, size_t from, size_t end) {
  bool sold[RAI_OPENING_WEEKS] = { false };
  size_t seen = 0;
  while (end > from && days->gap[end - 1])
    end--;
  for (size_t t = end; t-- > from && seen < RAI_OPENING_WEEKS;)
    if (rai_day_weekday (days->first + (RaiDay) t) == weekday && !days->silent[t] &&
        !(days->gap[t] && (days->closed[t] || days->holiday[t][0] != '\0')))
      sold[seen++] = !days->gap[t];

  return rai_opening_begun (sold);
}

static Weekday
find_weekday (const RaiSiteDays *days, const RaiCatalogueSite *site, int weekday) {
  const size_t known = days->n_known;
  Weekday found = { 0 };
  if (site->open_since != RAI_DAY_NONE)
    found.since = (size_t) CLAMP (site->open_since - days->first, 0, (RaiDay) days->n_past);
  while (found.first < known && (days->gap[found.first] ||
                                 rai_day_weekday (days->first + (RaiDay) found.first) != weekday))
    found.first++;

  const bool off = (site->open_weekdays >> (weekday - 1) & 1) == 0;
  const bool quiet = is_quiet (days, weekday, found.since, known);
  found.said = off || quiet;
  found.shut = quiet || (off && !is_begun (days, weekday, found.since, known));
  found.before = !is_begun (days, weekday, 0, MIN (found.since, known));

  return found;
}

/* The weekday alone says that the site is closed on day t, if it does not sell. */
static bool
is_shut (const RaiSiteDays *days, const RaiCatalogueSite *site, const Weekday *weekday, size_t t) {
  if (t < weekday->since)
    return t < weekday->first || weekday->before;
  if (t >= days->n_known)
    return weekday->shut;
  return weekday->said || (site->open_since == RAI_DAY_NONE && t < weekday->first);
}

/* A day with sales was open whatever the calendar says; one without is closed when the calendar or
 * the weekday say so, on a holiday, or before the site first opened on that weekday. */
static void
settle_closed (RaiSiteDays *days, const RaiCatalogueSite *site) {
  Weekday weekdays[8];
  bool begun = false;
  size_t open = 0, sold = 0;
  for (int weekday = 1; weekday <= 7; weekday++)
    weekdays[weekday] = find_weekday (days, site, weekday);
  for (size_t t = 0; t < days->n; t++) {
    const Weekday *weekday = &weekdays[rai_day_weekday (days->first + (RaiDay) t)];
    bool past = t < days->n_past, known = t < days->n_known;
    bool shut = !days->opened[t] && (days->closed[t] || (past && days->holiday[t][0] != '\0') ||
                                     is_shut (days, site, weekday, t));
    days->closed[t] = shut && (!past || days->gap[t]);
    days->gap[t] = past && days->gap[t] && !days->closed[t];
    begun = begun || (past && days->revenue[t] != 0);
    const bool asked = begun && known && !days->closed[t] && !days->silent[t];
    open += asked;
    sold += asked && !days->gap[t];
  }

  /* Where days without a sale are common in weeks with some, they are zeros: but for those of which
   * nothing has come in yet. */
  if ((double) sold < STEADY_SHARE * (double) open)
    memset (days->gap, 0, days->n_known);
}

RaiSiteDays *
rai_site_days_new (RaiDb *db, const RaiCatalogueSite *site, RaiDay first, RaiDay origin,
                   size_t horizon, GError **error) {
  g_return_val_if_fail (origin >= first, NULL);
  g_autoptr (RaiSiteDays) days = days_new (first, origin, horizon);
  if (site->last_day != RAI_DAY_NONE)
    days->n_known = (size_t) CLAMP (site->last_day + 1 - first, 0, origin - first);
  if (!read_calendar (days, db, site, error) || !read_promotions (days, db, site, error) ||
      !read_sales (days, db, site, error))
    return NULL;
  find_silence (days);
  settle_closed (days, site);
  return g_steal_pointer (&days);
}
