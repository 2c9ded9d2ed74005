/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proto/rai-json.h"

#include "util/rai-day.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void
append_escaped (GString *json, unsigned char c) {
  switch (c) {
    case '"':
      g_string_append (json, "\\\"");
      break;
    case '\\':
      g_string_append (json, "\\\\");
      break;
    case '\n':
      g_string_append (json, "\\n");
      break;
    case '\r':
      g_string_append (json, "\\r");
      break;
    case '\t':
      g_string_append (json, "\\t");
      break;
    default:
      g_string_append_printf (json, "\\u%04x", c);
  }
}

void
rai_json_append_string (GString *json, const char *text) {
  if (text == NULL) {
    g_string_append (json, "null");
    return;
  }

  g_autofree char *valid = NULL;
  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  g_string_append_c (json, '"');

  const char *from = text;
  for (const char *at = text;; at++) {
    unsigned char c = (unsigned char) *at;
    if (c >= 0x20 && c != '"' && c != '\\')
      continue;
    g_string_append_len (json, from, at - from);
    if (c == '\0')
      break;
    append_escaped (json, c);
    from = at + 1;
  }

  g_string_append_c (json, '"');
}

void
rai_json_append_int (GString *json, int64_t value) {
  char digits[24];
  char *at = digits + sizeof digits;
  uint64_t magnitude = value < 0 ? (uint64_t) 0 - (uint64_t) value : (uint64_t) value;

  do
    *--at = (char) ('0' + magnitude % 10);
  while ((magnitude /= 10) > 0);
  if (value < 0)
    *--at = '-';

  g_string_append_len (json, at, digits + sizeof digits - at);
}

void
rai_json_append_double (GString *json, double value) {
  if (!isfinite (value)) {
    g_string_append (json, "null");
    return;
  }

  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  for (int precision = 15; precision <= 17; precision++) {
    char format[8];
    g_snprintf (format, sizeof format, "%%.%dg", precision);
    g_ascii_formatd (digits, sizeof digits, format, value);
    if (g_ascii_strtod (digits, NULL) == value)
      break;
  }

  g_string_append (json, digits);
}

void
rai_json_append_day (GString *json, int32_t day) {
  char text[11];
  g_string_append_c (json, '"');
  g_string_append (json, rai_day_format (day, text));
  g_string_append_c (json, '"');
}

void
rai_json_append_blob (GString *json, const void *data, size_t size) {
  g_autofree char *text = g_base64_encode (data, size);
  g_string_append_c (json, '"');
  g_string_append (json, text);
  g_string_append_c (json, '"');
}

void
rai_json_append_name (GString *json, const char *name) {
  if (json->len > 0 && strchr ("{[:,", json->str[json->len - 1]) == NULL)
    g_string_append_c (json, ',');
  rai_json_append_string (json, name);
  g_string_append_c (json, ':');
}
