/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-format.h"

#include "util/rai-decimal.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#define MINUS "\xe2\x88\x92"
#define NO_BREAK_SPACE "\xc2\xa0"
/* 1 January 2024: any Monday will do. */
#define A_MONDAY 19723

static const char *
separator (const char *text, const char *fallback) {
  return text != NULL && *text && g_utf8_validate (text, -1, NULL) ? text : fallback;
}

/* digits: ASCII, "1234" or "1234.50". */
static char *
localise (bool negative, const char *digits) {
  const struct lconv *conventions = localeconv ();
  const char *mark = separator (conventions->decimal_point, ".");

  /* The C locale groups nothing; people do. */
  const char *group =
      separator (conventions->thousands_sep, strcmp (mark, ".") == 0 ? "," : NO_BREAK_SPACE);
  const char *point = strchr (digits, '.');
  size_t whole = point != NULL ? (size_t) (point - digits) : strlen (digits);
  GString *out = g_string_new (negative ? MINUS : NULL);

  for (size_t i = 0; i < whole; i++) {
    if (i > 0 && (whole - i) % 3 == 0)
      g_string_append (out, group);
    g_string_append_c (out, digits[i]);
  }

  if (point != NULL) {
    g_string_append (out, mark);
    g_string_append (out, point + 1);
  }

  return g_string_free (out, FALSE);
}

static bool
is_zero (const char *digits) {
  return strspn (digits, "0.") == strlen (digits);
}

char *
rai_format_number (double value, int decimals) {
  if (!isfinite (value))
    return g_strdup ("–");
  char format[16], digits[400];
  g_snprintf (format, sizeof format, "%%.%df", CLAMP (decimals, 0, 9));
  g_ascii_formatd (digits, sizeof digits, format, fabs (value));
  return localise (value < 0 && !is_zero (digits), digits);
}

/* A number and its unit stay on one line. Takes and answers `text`. */
static char *
keep_together (char *text) {
  GString *out = g_string_new (NULL);
  for (const char *at = text; *at; at++) {
    bool after_digit = at > text && g_ascii_isdigit (at[-1]);
    if (*at == ' ' && (after_digit || at[1] == '%'))
      g_string_append (out, NO_BREAK_SPACE);
    else
      g_string_append_c (out, *at);
  }

  g_free (text);
  return g_string_free (out, FALSE);
}

/* value / 10^scale with `decimals` digits, exactly rounded. */
static char *
format_scaled (int64_t value, int scale, int decimals) {
  int64_t divisor = 1;
  for (int i = decimals; i < scale; i++)
    divisor *= 10;
  int64_t rounded = rai_mul_div (value, 1, divisor);
  g_autofree char *digits =
      rai_decimal_format (rounded, MIN (decimals, scale), MIN (decimals, scale));
  bool negative = digits[0] == '-';
  return localise (negative, digits + negative);
}

char *
rai_format_money (int64_t minor, const char *currency) {
  int decimals = rai_currency_decimals (currency);
  g_autofree char *amount = format_scaled (minor, decimals, decimals);
  return currency != NULL && *currency ? g_strconcat (amount, NO_BREAK_SPACE, currency, NULL)
                                       : g_steal_pointer (&amount);
}

char *
rai_format_money_whole (int64_t minor, const char *currency) {
  g_autofree char *amount = format_scaled (minor, rai_currency_decimals (currency), 0);
  return currency != NULL && *currency ? g_strconcat (amount, NO_BREAK_SPACE, currency, NULL)
                                       : g_steal_pointer (&amount);
}

char *
rai_format_quantity (int64_t quantity) {
  g_autofree char *digits = rai_decimal_format (quantity, RAI_QUANTITY_DECIMALS, 0);
  bool negative = digits[0] == '-';
  return localise (negative, digits + negative);
}

char *
rai_format_quantity_unit (int64_t quantity, const char *unit) {
  g_autofree char *number = rai_format_quantity (quantity);
  unsigned long n =
      quantity == RAI_QUANTITY_ONE ? 1 : (unsigned long) MAX (2, ABS (quantity / RAI_QUANTITY_ONE));

  if (unit == NULL || !*unit || strcmp (unit, "piece") == 0)
    /* Translators: %s is a number, the plural form is chosen by it */
    return keep_together (g_strdup_printf (ngettext ("%s piece", "%s pieces", n), number));

  if (strcmp (unit, "pack") == 0)
    return keep_together (g_strdup_printf (ngettext ("%s pack", "%s packs", n), number));
  if (strcmp (unit, "bottle") == 0)
    return keep_together (g_strdup_printf (ngettext ("%s bottle", "%s bottles", n), number));

  return g_strconcat (number, NO_BREAK_SPACE, unit, NULL);
}

char *
rai_format_percent (double share, int decimals) {
  g_autofree char *number = rai_format_number (share * 100, decimals);
  /* Translators: a share in per cent; %s is the number */
  return keep_together (g_strdup_printf (_ ("%s %%"), number));
}

char *
rai_format_percent_signed (double share, int decimals) {
  g_autofree char *text = rai_format_percent (share, decimals);
  bool signless = !g_str_has_prefix (text, MINUS) && share > 0;
  return signless ? g_strconcat ("+", text, NULL) : g_steal_pointer (&text);
}

static char *
format_date (RaiDay day, const char *format) {
  int year, month, mday;
  rai_day_to_ymd (day, &year, &month, &mday);
  g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, mday, 12, 0, 0);
  char *text = date != NULL ? g_date_time_format (date, format) : NULL;
  return text != NULL ? text : g_strdup ("–");
}

static bool
same_year (RaiDay a, RaiDay b) {
  int year_a, year_b, month, mday;
  rai_day_to_ymd (a, &year_a, &month, &mday);
  rai_day_to_ymd (b, &year_b, &month, &mday);
  return year_a == year_b;
}

/* Translators: in these formats %a and %A are the weekday, %-e the day, %b and %B the month, %Y the
 * year. */
char *
rai_format_day (RaiDay day, RaiDay today) {
  if (day == RAI_DAY_NONE)
    return g_strdup ("–");
  if (day == today)
    return g_strdup (_ ("Today"));
  if (day == today + 1)
    return g_strdup (_ ("Tomorrow"));
  if (day == today - 1)
    return g_strdup (_ ("Yesterday"));

  return format_date (day, same_year (day, today) ? _ ("%a %-e %b") : _ ("%a %-e %b %Y"));
}

char *
rai_format_day_inline (RaiDay day, RaiDay today) {
  if (day == RAI_DAY_NONE)
    return g_strdup ("–");
  if (day == today)
    return g_strdup (_ ("today"));
  if (day == today + 1)
    return g_strdup (_ ("tomorrow"));
  if (day == today - 1)
    return g_strdup (_ ("yesterday"));
  if (day > today && day <= today + 6)
    return format_date (day, "%a");

  return format_date (day, same_year (day, today) ? _ ("%-e %b") : _ ("%-e %b %Y"));
}

char *
rai_format_day_long (RaiDay day) {
  return day == RAI_DAY_NONE ? g_strdup ("–") : format_date (day, _ ("%A, %-e %B %Y"));
}

char *
rai_format_weekday (int weekday, bool full) {
  return format_date (A_MONDAY + weekday - 1, full ? "%A" : "%a");
}

/* The C library counts from a day of its own, 30 November 1997 (a Sunday) or 1 December. */
int
rai_format_first_weekday (void) {
#ifdef __GLIBC__
  union {
    const char *text;
    unsigned number;
  } origin = { nl_langinfo (_NL_TIME_WEEK_1STDAY) };
  const int first = nl_langinfo (_NL_TIME_FIRST_WEEKDAY)[0];
  const int sunday = origin.number == 19971201 ? 1 : 0;
  return (first + sunday + 5) % 7 + 1;
#else
  return 1;
#endif
}

char *
rai_format_weekdays (unsigned weekdays) {
  g_autoptr (GString) text = g_string_new (NULL);
  if ((weekdays & 127) == 127)
    return g_strdup (_ ("Every day"));

  for (int from = 1; from <= 7; from++) {
    int to = from;
    if ((weekdays >> (from - 1) & 1) == 0)
      continue;
    while (to < 7 && (weekdays >> to & 1) != 0)
      to++;

    /* Two days in a row are no range. */
    g_autofree char *first = rai_format_weekday (from, false);
    g_autofree char *last = rai_format_weekday (to, false);
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", first);
    if (to > from)
      g_string_append_printf (text, "%s%s", to > from + 1 ? "–" : ", ", last);
    from = to;
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
rai_format_minutes (int minutes) {
  return g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);
}

char *
rai_format_days (int64_t days) {
  g_autofree char *number = rai_format_number ((double) days, 0);
  /* Translators: %s is a number of days */
  return keep_together (
      g_strdup_printf (ngettext ("%s day", "%s days", (unsigned long) ABS (days)), number));
}

static RaiDay
local_day (int64_t ms) {
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  return rai_day_from_ms (ms, zone);
}

char *
rai_format_ago (int64_t then_ms, int64_t now_ms) {
  int64_t minutes = (now_ms - then_ms) / 60000;
  if (minutes < 1)
    return g_strdup (_ ("just now"));
  if (minutes < 60)
    return g_strdup_printf (_ ("%d min ago"), (int) minutes);
  if (minutes < 12 * 60)
    return g_strdup_printf (_ ("%d h ago"), (int) (minutes / 60));
  return rai_format_day_inline (local_day (then_ms), local_day (now_ms));
}

char *
rai_format_span (int64_t ms) {
  int64_t minutes = ABS (ms) / 60000, hours = minutes / 60;
  if (hours >= 48)
    return rai_format_days (hours / 24);
  if (hours == 0)
    return keep_together (g_strdup_printf (_ ("%d min"), (int) minutes));
  if (minutes % 60 == 0)
    return keep_together (g_strdup_printf (_ ("%d h"), (int) hours));
  return keep_together (g_strdup_printf (_ ("%d h %d min"), (int) hours, (int) (minutes % 60)));
}
