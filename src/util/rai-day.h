/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Civil days of the proleptic Gregorian calendar, counted from 1970-01-01 (day 0). A day has no
 * time zone: it is fixed once, in the site's zone, when a sale enters. All functions are pure and
 * take any day from year 1 to 9999. */
typedef int32_t RaiDay;

#define RAI_DAY_NONE INT32_MIN
#define RAI_MS_PER_DAY INT64_C (86400000)

/* From year, month 1-12 and day of month 1-31; RAI_DAY_NONE when there is no such day. */
RaiDay rai_day_from_ymd (int year, int month, int mday);
void rai_day_to_ymd (RaiDay day, int *year, int *month, int *mday);

/* 1 = Monday ... 7 = Sunday (ISO 8601). */
int rai_day_weekday (RaiDay day);
/* 1-366 */
int rai_day_of_year (RaiDay day);
/* ISO 8601 week 1-53 */
int rai_day_iso_week (RaiDay day);
/* Western Easter Sunday of a year (Meeus/Jones/Butcher). */
RaiDay rai_day_easter (int year);

/* Reads "YYYY-MM-DD" and nothing else; RAI_DAY_NONE when the text is no such day. length may be
 * -1. */
RaiDay rai_day_parse (const char *text, ssize_t length);
/* Writes "YYYY-MM-DD" and the NUL into buffer[11]; returns buffer. */
char *rai_day_format (RaiDay day, char *buffer);

/* The civil day of an instant (ms since the epoch, UTC) in a zone; NULL is UTC. */
RaiDay rai_day_from_ms (int64_t ms, GTimeZone *zone);
/* What the zone's clocks show then, seconds after midnight (0-86399): not the time that has passed
 * since midnight, which is another on a day on which clocks are changed. NULL is UTC. */
int rai_day_second_from_ms (int64_t ms, GTimeZone *zone);
/* The instant at which a zone's clocks show that second (0-86399) of that day; of two, or of none
 * at all when clocks are changed, the one that GLib takes. NULL is UTC. */
int64_t rai_day_to_ms (RaiDay day, int second, GTimeZone *zone);
