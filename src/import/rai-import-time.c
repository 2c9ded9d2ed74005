/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-time.h"

#include <string.h>

static const char *const ids[] = { "ymd", "dmy", "mdy" };

/* One to `most` digits; -1 when there is none. */
static int
take_number (const char **at, int most, int *n_digits) {
  int value = 0, n = 0;
  for (; n < most && g_ascii_isdigit (**at); n++)
    value = value * 10 + (*(*at)++ - '0');
  if (n_digits != NULL)
    *n_digits = n;
  return n > 0 ? value : -1;
}

static RaiDay
day_of (RaiDateOrder order, const int numbers[3]) {
  switch (order) {
    case RAI_DATE_ORDER_YMD:
      return rai_day_from_ymd (numbers[0], numbers[1], numbers[2]);
    case RAI_DATE_ORDER_DMY:
      return rai_day_from_ymd (numbers[2], numbers[1], numbers[0]);
    default:
      return rai_day_from_ymd (numbers[2], numbers[0], numbers[1]);
  }
}

/* 20240131 */
static bool
take_compact (const char **at, RaiDay *day) {
  for (int i = 0; i < 8; i++)
    if (!g_ascii_isdigit ((*at)[i]))
      return false;

  const char *text = *at;
  int year = take_number (&text, 4, NULL), month = take_number (&text, 2, NULL),
      mday = take_number (&text, 2, NULL);

  *day = rai_day_from_ymd (year, month, mday);
  *at = text;
  return *day != RAI_DAY_NONE;
}

static bool
take_day (const char **at, RaiDateOrder order, RaiDay *day) {
  int numbers[3], digits[3];
  int year_at = order == RAI_DATE_ORDER_YMD ? 0 : 2;
  char separator = '\0';

  if (order == RAI_DATE_ORDER_YMD && take_compact (at, day))
    return true;
  for (int i = 0; i < 3; i++) {
    numbers[i] = take_number (at, i == year_at ? 4 : 2, &digits[i]);
    if (numbers[i] < 0)
      return false;
    if (i == 2)
      break;
    if (i == 0)
      separator = **at;
    if (**at != separator || (separator != '-' && separator != '/' && separator != '.'))
      return false;
    (*at)++;
  }

  if (order == RAI_DATE_ORDER_MDY && separator == '.')
    return false;
  if (order == RAI_DATE_ORDER_YMD ? digits[0] != 4 : digits[2] != 4 && digits[2] != 2)
    return false;
  if (digits[year_at] == 2)
    numbers[year_at] += 2000;

  *day = day_of (order, numbers);
  return *day != RAI_DAY_NONE;
}

static bool
take_half (const char **at, int *hour) {
  while (**at == ' ')
    (*at)++;

  char half = g_ascii_toupper (**at);
  if ((half != 'A' && half != 'P') || g_ascii_toupper ((*at)[1]) != 'M')
    return true;
  if (*hour < 1 || *hour > 12)
    return false;

  *hour = *hour % 12 + (half == 'P' ? 12 : 0);
  *at += 2;
  return true;
}

static bool
take_offset (const char **at, RaiImportTime *time) {
  if (**at == 'Z' || **at == 'z') {
    (*at)++;
    time->zoned = true;
    return true;
  }

  if (**at != '+' && **at != '-')
    return true;

  int sign = *(*at)++ == '-' ? -1 : 1;
  int hours = take_number (at, 2, NULL);
  if (**at == ':')
    (*at)++;

  int minutes = g_ascii_isdigit (**at) ? take_number (at, 2, NULL) : 0;
  if (hours < 0 || hours > 14 || minutes > 59)
    return false;
  time->zoned = true;
  time->offset = sign * (hours * 3600 + minutes * 60);

  return true;
}

static bool
take_clock (const char **at, RaiImportTime *time) {
  int hour = take_number (at, 2, NULL), minute = 0, second = 0;
  if (**at == ':') {
    (*at)++;
    minute = take_number (at, 2, NULL);
    if (**at == ':') {
      (*at)++;
      second = take_number (at, 2, NULL);
      if (**at == '.' || **at == ',')
        for ((*at)++; g_ascii_isdigit (**at);)
          (*at)++;
    }
  }

  if (hour < 0 || minute < 0 || second < 0 || !take_half (at, &hour) || hour > 23 || minute > 59 ||
      second > 60)
    return false;

  time->second = hour * 3600 + minute * 60 + MIN (second, 59);
  return take_offset (at, time);
}

bool
rai_import_time_parse (const char *text, RaiDateOrder order, RaiImportTime *time) {
  const char *at = text;
  *time = (RaiImportTime){ .second = -1 };
  while (*at == ' ')
    at++;
  if (!take_day (&at, order, &time->day))
    return false;
  if (*at == 'T' || *at == 't')
    at++;
  else if (*at != '\0' && *at != ' ' && *at != ',')
    return false;

  while (*at == ' ' || *at == ',')
    at++;
  if (*at != '\0' && !take_clock (&at, time))
    return false;
  while (*at == ' ')
    at++;

  return *at == '\0';
}

int64_t
rai_import_time_instant (const RaiImportTime *time) {
  return ((int64_t) time->day * 86400 + MAX (time->second, 0) - time->offset) * 1000;
}

void
rai_date_order_vote (RaiDateOrderVote *vote, const char *text) {
  RaiImportTime time;
  vote->texts++;
  for (int order = 0; order < RAI_N_DATE_ORDERS; order++)
    vote->readable[order] += rai_import_time_parse (text, (RaiDateOrder) order, &time);
}

bool
rai_date_order_decide (const RaiDateOrderVote *vote, RaiDateOrder *order, bool *ambiguous) {
  int best = 0;
  for (int i = 1; i < RAI_N_DATE_ORDERS; i++)
    if (vote->readable[i] > vote->readable[best])
      best = i;

  *order = (RaiDateOrder) best;
  *ambiguous = false;
  if (vote->readable[best] * 2 < vote->texts || vote->readable[best] == 0)
    return false;
  for (int i = 0; i < RAI_N_DATE_ORDERS; i++)
    if (i != best && vote->readable[i] == vote->readable[best])
      *ambiguous = true;

  return !*ambiguous;
}

const char *
rai_date_order_id (RaiDateOrder order) {
  return ids[order];
}

bool
rai_date_order_from_id (const char *id, RaiDateOrder *order) {
  for (int i = 0; i < RAI_N_DATE_ORDERS; i++)
    if (strcmp (id, ids[i]) == 0) {
      *order = (RaiDateOrder) i;
      return true;
    }
  return false;
}
