/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/rai-demo-calendar.h"

#include "util/rai-random.h"

#include <math.h>
#include <string.h>

#define FORECAST_DAYS 10
#define MEAN_RAIN 1.5

struct _RaiDemoCalendar {
  RaiDay first_day;
  int n_days;
  RaiDemoDay *days; /* site after site */
};

typedef struct {
  int month, mday;
  const char *name;
} Fixed;

static const Fixed fixed_holidays[] = {
  { 1, 1, "New Year's Day" },
  { 5, 1, "Labour Day" },
  { 10, 3, "Unity Day" },
  { 12, 25, "Christmas Day" },
  { 12, 26, "Second Christmas Day" },
};

typedef struct {
  int from_easter; /* days */
  const char *name;
} Moving;

static const Moving moving_holidays[] = {
  { -2, "Good Friday" },   { 0, "Easter Sunday" }, { 1, "Easter Monday" },
  { 39, "Ascension Day" }, { 50, "Whit Monday" },
};

static const char *
holiday_of (RaiDay day, const char *region) {
  int year, month, mday;
  rai_day_to_ymd (day, &year, &month, &mday);
  for (size_t i = 0; i < G_N_ELEMENTS (fixed_holidays); i++)
    if (month == fixed_holidays[i].month && mday == fixed_holidays[i].mday)
      return fixed_holidays[i].name;

  int from_easter = day - rai_day_easter (year);
  for (size_t i = 0; i < G_N_ELEMENTS (moving_holidays); i++)
    if (from_easter == moving_holidays[i].from_easter)
      return moving_holidays[i].name;

  if (strcmp (region, "Hills") == 0 && from_easter == 60)
    return "Corpus Christi";
  return "";
}

static const char *
event_of (RaiDay day, const char *region) {
  int year, month, mday;
  rai_day_to_ymd (day, &year, &month, &mday);

  int weekday = rai_day_weekday (day);
  bool weekend = weekday >= 5;
  if (strcmp (region, "Coast") == 0 && weekend && month == 8 && mday >= 8 && mday <= 14)
    return "Harbour festival";
  if (strcmp (region, "Lakes") == 0 && weekend && month == 6 && mday >= 15 && mday <= 21)
    return "Lake swim";
  if (strcmp (region, "Hills") == 0 && weekend && month == 9 && mday >= 20 && mday <= 26)
    return "Harvest fair";
  if (strcmp (region, "Hills") == 0 && weekday == 7 && month == 4 && mday >= 22 && mday <= 28)
    return "Marathon";

  return "";
}

static bool
is_school_holiday (RaiDay day) {
  int year, month, mday;
  rai_day_to_ymd (day, &year, &month, &mday);
  int from_easter = day - rai_day_easter (year);
  return (month == 7 && mday >= 10) || (month == 8 && mday <= 21) || (month == 12 && mday >= 22) ||
         (month == 1 && mday <= 5) || (from_easter >= -8 && from_easter <= 7) ||
         (month == 10 && mday >= 12 && mday <= 25);
}

/* 0 ... 1: the weeks before Christmas, the days before Easter. */
static double
festive_of (RaiDay day) {
  int year, month, mday;
  rai_day_to_ymd (day, &year, &month, &mday);

  double before_christmas = rai_day_from_ymd (year, 12, 24) - day;
  if (before_christmas >= 0 && before_christmas < 18)
    return 1 - before_christmas / 18;

  double before_easter = rai_day_easter (year) - day;
  if (before_easter >= 1 && before_easter <= 6)
    return 0.75 - before_easter / 12;

  return month == 12 && mday >= 29 ? 0.55 : 0;
}

static double
season_temperature (RaiDay day) {
  return 10.5 + 9.5 * sin (2 * G_PI * (rai_day_of_year (day) - 110) / 365.25);
}

/* Weather of one region, into the days of its first site. */
static void
make_weather (RaiDemoDay *days, RaiDay first_day, int n_days, RaiDay today, RaiRandom *random) {
  double anomaly = 0;
  for (int i = 0; i < n_days; i++) {
    bool known = first_day + i <= today + FORECAST_DAYS;
    anomaly = 0.78 * anomaly + 1.9 * rai_random_normal (random);
    bool wet = rai_random_chance (random, anomaly < 0 ? 0.42 : 0.28);
    double rain = wet ? -4.3 * log (1 - rai_random_double (random)) : 0;
    double temperature = season_temperature (first_day + i) + (known ? anomaly : 0);
    days[i].temperature = round (temperature * 10) / 10;
    days[i].rain = round ((known ? rain : MEAN_RAIN) * 10) / 10;
  }
}

static double
traffic_of (const RaiDemoDay *day, const RaiDemoDay *yesterday, const RaiDemoDay *tomorrow) {
  double traffic = 1 - MIN (0.12, 0.006 * day->rain);
  if (tomorrow != NULL && *tomorrow->holiday != '\0' && *day->holiday == '\0')
    traffic *= 1.3;
  if (yesterday != NULL && *yesterday->holiday != '\0' && *day->holiday == '\0')
    traffic *= 1.1;
  if (*day->event != '\0')
    traffic *= 1.25;
  return day->school_holiday ? traffic * 0.96 : traffic;
}

static void
make_site (RaiDemoCalendar *calendar, int site) {
  const RaiDemoSite *place = &rai_demo_sites[site];
  RaiDemoDay *days = calendar->days + (size_t) site * (size_t) calendar->n_days;
  for (int i = 0; i < calendar->n_days; i++) {
    RaiDay day = calendar->first_day + i;
    days[i].holiday = holiday_of (day, place->region);
    days[i].event = event_of (day, place->region);
    days[i].school_holiday = is_school_holiday (day);
    days[i].festive = festive_of (day);
    bool open_weekday = (place->open_weekdays >> (rai_day_weekday (day) - 1)) & 1;
    days[i].closed = !open_weekday || *days[i].holiday != '\0';
  }

  for (int i = 0; i < calendar->n_days; i++)
    days[i].traffic = traffic_of (&days[i], i > 0 ? &days[i - 1] : NULL,
                                  i + 1 < calendar->n_days ? &days[i + 1] : NULL);
}

RaiDemoCalendar *
rai_demo_calendar_new (uint64_t seed, RaiDay first_day, int n_days, RaiDay today) {
  RaiDemoCalendar *calendar = g_new0 (RaiDemoCalendar, 1);
  calendar->first_day = first_day;
  calendar->n_days = n_days;
  calendar->days = g_new0 (RaiDemoDay, (size_t) n_days * (size_t) rai_demo_n_sites);

  for (int site = 0; site < rai_demo_n_sites; site++) {
    /* Shops of a region share its weather. */
    int first = 0;
    while (strcmp (rai_demo_sites[first].region, rai_demo_sites[site].region) != 0)
      first++;
    RaiRandom random = rai_random_new (seed, 1000 + (uint64_t) first);
    make_weather (calendar->days + (size_t) site * (size_t) n_days, first_day, n_days, today,
                  &random);
    make_site (calendar, site);
  }

  return calendar;
}

void
rai_demo_calendar_free (RaiDemoCalendar *calendar) {
  if (calendar == NULL)
    return;
  g_free (calendar->days);
  g_free (calendar);
}

const RaiDemoDay *
rai_demo_calendar_day (const RaiDemoCalendar *calendar, int site, RaiDay day) {
  int at = day - calendar->first_day;
  g_return_val_if_fail (at >= 0 && at < calendar->n_days, NULL);
  return &calendar->days[(size_t) site * (size_t) calendar->n_days + (size_t) at];
}
