/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-currency.h"

#include <glib.h>
#include <string.h>

const char *const rai_currencies[] = {
  "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD",
  "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP",
  "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR",
  "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF",
  "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW",
  "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD",
  "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK",
  "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB",
  "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC",
  "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD",
  "UYU", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR",
  "ZMW", "ZWG", NULL,
};

bool
rai_currency_is_known (const char *code) {
  for (size_t i = 0; code != NULL && rai_currencies[i] != NULL; i++)
    if (strcmp (rai_currencies[i], code) == 0)
      return true;
  return false;
}

/* Places whose shops take one currency, by the IANA's names. */
static const struct {
  const char *zone;
  const char *currency;
} zones[] = {
  { "Africa/Cairo", "EGP" },
  { "Africa/Ceuta", "EUR" },
  { "Africa/Johannesburg", "ZAR" },
  { "America/Anchorage", "USD" },
  { "America/Argentina/Buenos_Aires", "ARS" },
  { "America/Chicago", "USD" },
  { "America/Denver", "USD" },
  { "America/Detroit", "USD" },
  { "America/Edmonton", "CAD" },
  { "America/Halifax", "CAD" },
  { "America/Los_Angeles", "USD" },
  { "America/Mexico_City", "MXN" },
  { "America/New_York", "USD" },
  { "America/Phoenix", "USD" },
  { "America/Sao_Paulo", "BRL" },
  { "America/Toronto", "CAD" },
  { "America/Vancouver", "CAD" },
  { "America/Winnipeg", "CAD" },
  { "Asia/Dubai", "AED" },
  { "Asia/Hong_Kong", "HKD" },
  { "Asia/Jerusalem", "ILS" },
  { "Asia/Kolkata", "INR" },
  { "Asia/Nicosia", "EUR" },
  { "Asia/Seoul", "KRW" },
  { "Asia/Shanghai", "CNY" },
  { "Asia/Singapore", "SGD" },
  { "Asia/Tokyo", "JPY" },
  { "Atlantic/Azores", "EUR" },
  { "Atlantic/Canary", "EUR" },
  { "Atlantic/Madeira", "EUR" },
  { "Atlantic/Reykjavik", "ISK" },
  { "Australia/Adelaide", "AUD" },
  { "Australia/Brisbane", "AUD" },
  { "Australia/Melbourne", "AUD" },
  { "Australia/Perth", "AUD" },
  { "Australia/Sydney", "AUD" },
  { "Europe/Amsterdam", "EUR" },
  { "Europe/Andorra", "EUR" },
  { "Europe/Athens", "EUR" },
  { "Europe/Berlin", "EUR" },
  { "Europe/Bratislava", "EUR" },
  { "Europe/Brussels", "EUR" },
  { "Europe/Bucharest", "RON" },
  { "Europe/Budapest", "HUF" },
  { "Europe/Busingen", "EUR" },
  { "Europe/Copenhagen", "DKK" },
  { "Europe/Dublin", "EUR" },
  { "Europe/Guernsey", "GBP" },
  { "Europe/Helsinki", "EUR" },
  { "Europe/Isle_of_Man", "GBP" },
  { "Europe/Istanbul", "TRY" },
  { "Europe/Jersey", "GBP" },
  { "Europe/Lisbon", "EUR" },
  { "Europe/Ljubljana", "EUR" },
  { "Europe/London", "GBP" },
  { "Europe/Luxembourg", "EUR" },
  { "Europe/Madrid", "EUR" },
  { "Europe/Malta", "EUR" },
  { "Europe/Mariehamn", "EUR" },
  { "Europe/Monaco", "EUR" },
  { "Europe/Oslo", "NOK" },
  { "Europe/Paris", "EUR" },
  { "Europe/Prague", "CZK" },
  { "Europe/Riga", "EUR" },
  { "Europe/Rome", "EUR" },
  { "Europe/San_Marino", "EUR" },
  { "Europe/Stockholm", "SEK" },
  { "Europe/Tallinn", "EUR" },
  { "Europe/Vaduz", "CHF" },
  { "Europe/Vatican", "EUR" },
  { "Europe/Vienna", "EUR" },
  { "Europe/Vilnius", "EUR" },
  { "Europe/Warsaw", "PLN" },
  { "Europe/Zagreb", "EUR" },
  { "Europe/Zurich", "CHF" },
  { "Pacific/Auckland", "NZD" },
  { "Pacific/Honolulu", "USD" },
};

const char *
rai_currency_of_zone (const char *zone) {
  for (size_t i = 0; i < G_N_ELEMENTS (zones); i++)
    if (g_strcmp0 (zones[i].zone, zone) == 0)
      return zones[i].currency;
  return NULL;
}
