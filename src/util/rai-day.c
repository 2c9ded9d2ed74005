/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-day.h"

#include <string.h>

/* Days before March 1st of year 0, so that leap days end a year (Howard Hinnant, "chrono-compatible
 * low-level date algorithms", 2013). */
static int64_t
days_from_civil (int64_t year, int month, int mday) {
  year -= month <= 2;
  int64_t era = (year >= 0 ? year : year - 399) / 400;
  int64_t year_of_era = year - era * 400;
  int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

static int
month_length (int year, int month) {
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : lengths[month - 1];
}

RaiDay
rai_day_from_ymd (int year, int month, int mday) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || mday < 1 ||
      mday > month_length (year, month))
    return RAI_DAY_NONE;
  return (RaiDay) days_from_civil (year, month, mday);
}

void
rai_day_to_ymd (RaiDay day, int *year, int *month, int *mday) {
  int64_t z = (int64_t) day + 719468;
  int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  int64_t day_of_era = z - era * 146097;
  int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t shifted = (5 * day_of_year + 2) / 153;
  int m = (int) (shifted < 10 ? shifted + 3 : shifted - 9);

  *mday = (int) (day_of_year - (153 * shifted + 2) / 5 + 1);
  *month = m;
  *year = (int) (year_of_era + era * 400 + (m <= 2));
}

int
rai_day_weekday (RaiDay day) {
  /* Day 0 was a Thursday. */
  int64_t shifted = ((int64_t) day + 3) % 7;
  return (int) (shifted < 0 ? shifted + 7 : shifted) + 1;
}

int
rai_day_of_year (RaiDay day) {
  int year, month, mday;
  rai_day_to_ymd (day, &year, &month, &mday);
  return day - rai_day_from_ymd (year, 1, 1) + 1;
}

int
rai_day_iso_week (RaiDay day) {
  /* The week belongs to the year of its Thursday. */
  RaiDay thursday = day + 4 - rai_day_weekday (day);
  return (rai_day_of_year (thursday) - 1) / 7 + 1;
}

RaiDay
rai_day_easter (int year) {
  int a = year % 19, b = year / 100, c = year % 100;
  int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  int h = (19 * a + b - d - g + 15) % 30;
  int i = c / 4, k = c % 4;
  int l = (32 + 2 * e + 2 * i - h - k) % 7;
  int m = (a + 11 * h + 22 * l) / 451;
  int month = (h + l - 7 * m + 114) / 31;
  int mday = (h + l - 7 * m + 114) % 31 + 1;

  return rai_day_from_ymd (year, month, mday);
}

static int
read_digits (const char *text, int n) {
  int value = 0;
  for (int i = 0; i < n; i++) {
    if (!g_ascii_isdigit (text[i]))
      return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

RaiDay
rai_day_parse (const char *text, ssize_t length) {
  if (length < 0)
    length = (ssize_t) strlen (text);
  if (length != 10 || text[4] != '-' || text[7] != '-')
    return RAI_DAY_NONE;
  return rai_day_from_ymd (read_digits (text, 4), read_digits (text + 5, 2),
                           read_digits (text + 8, 2));
}

char *
rai_day_format (RaiDay day, char *buffer) {
  int year, month, mday;
  rai_day_to_ymd (day, &year, &month, &mday);
  g_snprintf (buffer, 11, "%04d-%02d-%02d", CLAMP (year, 0, 9999), month, mday);
  return buffer;
}

/* Seconds since 1970-01-01 00:00 as the zone's clocks count them. */
static int64_t
civil_seconds (int64_t ms, GTimeZone *zone) {
  const int64_t seconds = ms / 1000 - (ms % 1000 < 0);
  if (zone == NULL)
    return seconds;
  const int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  return seconds + g_time_zone_get_offset (zone, interval);
}

RaiDay
rai_day_from_ms (int64_t ms, GTimeZone *zone) {
  const int64_t seconds = civil_seconds (ms, zone);
  return (RaiDay) (seconds / 86400 - (seconds % 86400 < 0));
}

int
rai_day_second_from_ms (int64_t ms, GTimeZone *zone) {
  const int second = (int) (civil_seconds (ms, zone) % 86400);
  return second < 0 ? second + 86400 : second;
}

int64_t
rai_day_to_ms (RaiDay day, int second, GTimeZone *zone) {
  int64_t civil = (int64_t) day * 86400 + second;
  if (zone == NULL)
    return civil * 1000;
  int64_t adjusted = civil;
  int interval = g_time_zone_adjust_time (zone, G_TIME_TYPE_STANDARD, &adjusted);
  return (adjusted - g_time_zone_get_offset (zone, interval)) * 1000;
}
