/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-decimal.h"

#include <string.h>

/* One more digit fits behind a number up to this. */
#define DIGITS_MAX ((INT64_MAX / 10 - 9) / 10)

typedef struct {
  const char *at;
  const char *end;
  int64_t value; /* the digits read so far */
  int fraction;  /* how many of them stand behind the mark */
  int digits;
  char separator; /* of thousands, once one was seen */
  bool cut;
} Scan;

/* Takes one digit; digits past the wanted decimals only round. */
static bool
take_digit (Scan *scan, int digit, bool behind_mark) {
  scan->digits++;
  if (scan->cut)
    return true;
  if (scan->value > DIGITS_MAX)
    return false;
  scan->value = scan->value * 10 + digit;
  scan->fraction += behind_mark;
  return true;
}

/* Bytes of a thousands separator at `at`: comma, point, apostrophe (also the curly one), space
 * (also thin, and those that do not break); 0 for none. */
static int
separator_length (const Scan *scan) {
  char c = *scan->at;
  if (c == ',' || c == '.' || c == ' ' || c == '\'')
    return 1;
  static const char *const wide[] = { "\u00a0", "\u202f", "\u2009", "\u2019" };
  for (size_t i = 0; i < G_N_ELEMENTS (wide) && (unsigned char) c >= 0xc2; i++) {
    const size_t length = strlen (wide[i]);
    if ((size_t) (scan->end - scan->at) >= length && memcmp (scan->at, wide[i], length) == 0)
      return (int) length;
  }

  return 0;
}

/* Takes a separator when one to three digits stand before it, three behind it, and it is the one
 * used so far. */
static bool
take_separator (Scan *scan) {
  int length = separator_length (scan);
  if (length == 0 || scan->digits == 0 || (scan->separator == 0 && scan->digits > 3) ||
      (scan->separator != 0 && scan->separator != *scan->at))
    return false;

  const char *group = scan->at + length;
  if (scan->end - group < 3 || !g_ascii_isdigit (group[0]) || !g_ascii_isdigit (group[1]) ||
      !g_ascii_isdigit (group[2]) || (scan->end - group > 3 && g_ascii_isdigit (group[3])))
    return false;

  scan->separator = *scan->at;
  scan->at = group - 1;
  return true;
}

static bool
read_exponent (Scan *scan, int *exponent) {
  *exponent = 0;
  if (scan->at == scan->end)
    return true;
  if (*scan->at != 'e' && *scan->at != 'E')
    return false;

  scan->at++;
  bool negative = false;
  if (scan->at < scan->end && (*scan->at == '-' || *scan->at == '+'))
    negative = *scan->at++ == '-';
  if (scan->at == scan->end || scan->end - scan->at > 2)
    return false;
  for (; scan->at < scan->end; scan->at++) {
    if (!g_ascii_isdigit (*scan->at))
      return false;
    *exponent = *exponent * 10 + (*scan->at - '0');
  }

  if (negative)
    *exponent = -*exponent;
  return true;
}

/* value * 10^shift, half away from zero; false past the range. */
static bool
scale (int64_t *value, int shift) {
  for (; shift > 0; shift--) {
    if (*value > INT64_MAX / 100)
      return false;
    *value *= 10;
  }

  if (shift < 0) {
    int64_t divisor = 1;
    for (; shift < 0; shift++) {
      if (divisor > INT64_MAX / 10) {
        *value = 0;
        return true;
      }
      divisor *= 10;
    }
    *value = *value / divisor + (*value % divisor >= divisor - divisor / 2);
  }

  return true;
}

bool
rai_decimal_parse (const char *text, ssize_t length, int decimals, char mark, int64_t *value) {
  if (length < 0)
    length = (ssize_t) strlen (text);
  Scan scan = { .at = text, .end = text + length };
  while (scan.at < scan.end && g_ascii_isspace (*scan.at))
    scan.at++;
  while (scan.end > scan.at && g_ascii_isspace (scan.end[-1]))
    scan.end--;

  bool negative = false;
  if (scan.at < scan.end && (*scan.at == '-' || *scan.at == '+'))
    negative = *scan.at++ == '-';

  bool behind_mark = false;
  for (; scan.at < scan.end; scan.at++) {
    char c = *scan.at;
    if (g_ascii_isdigit (c)) {
      if (behind_mark && (scan.fraction >= 15 || scan.value > DIGITS_MAX)) {
        scan.cut = true;
        continue;
      }
      if (!take_digit (&scan, c - '0', behind_mark))
        return false;
    } else if (c == mark && !behind_mark) {
      behind_mark = true;
    } else if (behind_mark || !take_separator (&scan)) {
      break;
    }
  }

  int exponent;
  if (scan.digits == 0 || !read_exponent (&scan, &exponent))
    return false;
  if (!scale (&scan.value, decimals - scan.fraction + exponent))
    return false;

  *value = negative ? -scan.value : scan.value;
  return true;
}

char *
rai_decimal_format (int64_t value, int decimals, int min_decimals) {
  uint64_t magnitude = value < 0 ? (uint64_t) 0 - (uint64_t) value : (uint64_t) value;
  uint64_t unit = 1;
  for (int i = 0; i < decimals; i++)
    unit *= 10;

  GString *text = g_string_new (value < 0 ? "-" : "");
  g_string_append_printf (text, "%" G_GUINT64_FORMAT, magnitude / unit);

  uint64_t rest = magnitude % unit;
  int shown = decimals;
  while (shown > min_decimals && rest % 10 == 0) {
    rest /= 10;
    shown--;
  }

  if (shown > 0)
    g_string_append_printf (text, ".%0*" G_GUINT64_FORMAT, shown, rest);
  return g_string_free (text, FALSE);
}

int
rai_currency_decimals (const char *currency) {
  static const char *const none[] = { "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                      "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF" };
  static const char *const three[] = { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" };

  for (size_t i = 0; i < G_N_ELEMENTS (none); i++)
    if (g_strcmp0 (currency, none[i]) == 0)
      return 0;

  for (size_t i = 0; i < G_N_ELEMENTS (three); i++)
    if (g_strcmp0 (currency, three[i]) == 0)
      return 3;

  return 2;
}

int64_t
rai_mul_div (int64_t a, int64_t b, int64_t c) {
  __int128 product = (__int128) a * b;
  __int128 divisor = c;
  if (divisor < 0) {
    product = -product;
    divisor = -divisor;
  }

  __int128 half = divisor / 2;
  __int128 result = product >= 0 ? (product + half) / divisor : (product - half) / divisor;
  return result > INT64_MAX ? INT64_MAX : result < INT64_MIN ? INT64_MIN : (int64_t) result;
}
