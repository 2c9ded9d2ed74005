/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-code.h"

#include <glib.h>

char *
rai_code_fold (const char *code) {
  g_autofree char *composed = g_utf8_normalize (code, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (composed != NULL ? composed : code, -1);
  GString *bare = g_string_sized_new (16);
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      g_string_append_unichar (bare, g_utf8_get_char (at));

  return g_string_free (bare, FALSE);
}

bool
rai_code_is_cut (const char *text) {
  const char *at = text;
  if (!g_ascii_isdigit (*at++))
    return false;
  if (*at == '.' || *at == ',')
    for (at++; g_ascii_isdigit (*at);)
      at++;
  if (g_ascii_toupper (*at) != 'E' || at[1] != '+' || !g_ascii_isdigit (at[2]))
    return false;
  for (at += 2; g_ascii_isdigit (*at);)
    at++;
  return *at == '\0';
}
