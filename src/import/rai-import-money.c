/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-money.h"

#include "util/rai-decimal.h"

#include <string.h>

/* ISO 4217, those in use. */
static const char codes[][RAI_CURRENCY_SIZE] = {
  "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
  "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD",
  "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD",
  "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ",
  "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
  "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR",
  "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
  "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN",
  "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR",
  "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB",
  "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS",
  "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG"
};

/* Signs by the currencies that use them, the best known first. Longer signs stand before those that
 * they begin with. */
static const struct {
  const char *sign;
  const char *codes;
} signs[] = {
  { "US$", "USD" },
  { "CA$", "CAD" },
  { "C$", "CAD" },
  { "A$", "AUD" },
  { "NZ$", "NZD" },
  { "HK$", "HKD" },
  { "R$", "BRL" },
  { "$",
    "USD CAD AUD NZD MXN SGD HKD ARS CLP COP UYU TWD BBD BMD BSD BZD FJD GYD JMD KYD LRD NAD SRD "
    "TTD XCD" },
  { "€", "EUR" },
  { "£", "GBP EGP FKP GIP LBP SHP SSP SYP" },
  { "¥", "JPY CNY" },
  { "₹", "INR" },
  { "₺", "TRY" },
  { "₽", "RUB" },
  { "₴", "UAH" },
  { "₪", "ILS" },
  { "₩", "KRW KPW" },
  { "₫", "VND" },
  { "฿", "THB" },
  { "₱", "PHP" },
  { "zł", "PLN" },
  { "Kč", "CZK" },
  { "Ft", "HUF" },
  { "lei", "RON MDL" },
  { "kr.", "DKK SEK NOK ISK" },
  { "kr", "SEK NOK DKK ISK" },
  { "Fr.", "CHF" },
  { "SFr.", "CHF" },
};

/* What is left of the text, from both ends. */
typedef struct {
  const char *at;
  const char *end;
  unsigned minuses;
  bool brackets;
  const char *currency; /* a code, or a sign that is shared; static; NULL: none seen */
} Scan;

static const char *const minus_signs[] = { "-", "\u2212", "\u2013", "\ufe63", "\uff0d" };
static const char *const blanks[] = { " ", "\t", "\u00a0", "\u202f", "\u2009" };

static bool
take_front (Scan *scan, const char *word) {
  const size_t length = strlen (word);
  if ((size_t) (scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0)
    return false;
  scan->at += length;
  return true;
}

static bool
take_back (Scan *scan, const char *word) {
  const size_t length = strlen (word);
  if ((size_t) (scan->end - scan->at) < length || memcmp (scan->end - length, word, length) != 0)
    return false;
  scan->end -= length;
  return true;
}

static bool
take_blanks (Scan *scan) {
  for (size_t i = 0; i < G_N_ELEMENTS (blanks); i++)
    if (take_front (scan, blanks[i]) || take_back (scan, blanks[i]))
      return true;
  return false;
}

static bool
take_minus (Scan *scan) {
  for (size_t i = 0; i < G_N_ELEMENTS (minus_signs); i++)
    if (take_front (scan, minus_signs[i]) || take_back (scan, minus_signs[i])) {
      scan->minuses++;
      return true;
    }
  return false;
}

static bool
take_brackets (Scan *scan) {
  if (scan->brackets || scan->end - scan->at < 2 || *scan->at != '(' || scan->end[-1] != ')')
    return false;
  scan->at++;
  scan->end--;
  scan->brackets = true;
  return true;
}

static const char *
find_code (const char *text) {
  for (size_t i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_ascii_strncasecmp (text, codes[i], 3) == 0)
      return codes[i];
  return NULL;
}

static bool
take_currency (Scan *scan) {
  if (scan->currency != NULL || scan->end - scan->at < 3)
    return false;
  if ((scan->currency = find_code (scan->at)) != NULL) {
    scan->at += 3;
    return true;
  }
  if ((scan->currency = find_code (scan->end - 3)) != NULL) {
    scan->end -= 3;
    return true;
  }

  return false;
}

static bool
take_sign (Scan *scan) {
  for (size_t i = 0; i < G_N_ELEMENTS (signs) && scan->currency == NULL; i++)
    if (take_front (scan, signs[i].sign) || take_back (scan, signs[i].sign)) {
      scan->currency = strlen (signs[i].codes) == 3 ? signs[i].codes : signs[i].sign;
      return true;
    }
  return false;
}

/* Digits must begin and end what is left: no second sign passes. */
static bool
is_number (const Scan *scan, char mark) {
  return scan->at < scan->end && (g_ascii_isdigit (*scan->at) || *scan->at == mark) &&
         (g_ascii_isdigit (scan->end[-1]) || scan->end[-1] == mark);
}

static bool
parse_adorned (const char *text, int decimals, char mark, int64_t *value, const char **currency) {
  Scan scan = { .at = text, .end = text + strlen (text) };
  int64_t magnitude;

  while (take_blanks (&scan) || take_brackets (&scan) || take_sign (&scan) ||
         take_currency (&scan) || take_minus (&scan))
    ;
  if (scan.minuses + scan.brackets > 1 || !is_number (&scan, mark) ||
      !rai_decimal_parse (scan.at, scan.end - scan.at, decimals, mark, &magnitude))
    return false;

  *value = scan.minuses + scan.brackets > 0 ? -magnitude : magnitude;
  *currency = scan.currency;
  return true;
}

bool
rai_import_money_parse (const char *text, int decimals, char mark, int64_t *value,
                        char currency[RAI_CURRENCY_SIZE]) {
  currency[0] = '\0';
  if (rai_decimal_parse (text, -1, decimals, mark, value))
    return true;

  const char *code = NULL;
  if (!parse_adorned (text, decimals, mark, value, &code))
    return false;
  if (code != NULL)
    g_strlcpy (currency, code, RAI_CURRENCY_SIZE);
  return true;
}

/* The currencies that a sign is used for; NULL: it is no sign. */
static const char *
codes_of_sign (const char *sign) {
  for (size_t i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strcmp (signs[i].sign, sign) == 0)
      return signs[i].codes;
  return NULL;
}

bool
rai_import_money_is (const char *written, const char *currency) {
  const char *shared = codes_of_sign (written);
  return shared != NULL ? strstr (shared, currency) != NULL : strcmp (written, currency) == 0;
}

const char *
rai_import_money_code (const char *text) {
  const char *shared = codes_of_sign (text);
  if (shared != NULL)
    return find_code (shared);
  return strlen (text) == 3 ? find_code (text) : NULL;
}
