/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-code.h"

#include <glib.h>

/* Of a code that is made of a name, without what is put behind it: fits on a shelf's label. */
#define MADE_MAX 24

char *
rai_code_fold (const char *code) {
  g_autofree char *composed = g_utf8_normalize (code, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (composed != NULL ? composed : code, -1);
  GString *bare = g_string_sized_new (16);
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)) &&
        g_unichar_type (g_utf8_get_char (at)) != G_UNICODE_FORMAT)
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

char *
rai_code_make (const char *name, const char *otherwise, unsigned number) {
  /* In no locale's way: the same name gives the same code everywhere. */
  g_autofree char *plain = g_str_to_ascii (name, "C");
  GString *code = g_string_sized_new (MADE_MAX);
  bool parted = false;
  for (const char *at = plain; *at != '\0' && code->len < MADE_MAX; at++) {
    if (g_ascii_isalnum (*at)) {
      if (parted && code->len > 0)
        g_string_append_c (code, '-');
      g_string_append_c (code, g_ascii_toupper (*at));
    }
    parted = !g_ascii_isalnum (*at);
  }

  if (code->len == 0)
    g_string_append (code, otherwise);
  if (number > 1)
    g_string_append_printf (code, "-%u", number);
  return g_string_free (code, FALSE);
}
