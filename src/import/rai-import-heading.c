/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-heading.h"

#include <string.h>

/* In front of a name that outranks the others of its column. */
#define OUTRANKS '>'
#define RANK_ABOVE (-1000)

typedef struct {
  char **keys;
  int *ranks;
} Keys;

/* Names of the tables, once their keys are made: they are asked for again with each file. */
static GMutex lock;
static GHashTable *known; /* Keys by names */

char *
rai_import_heading_key (const char *text) {
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *apart = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  GString *key = g_string_new (NULL);

  /* Accents are marks of their own now, and marks are no letters. */
  for (const char *at = apart != NULL ? apart : ""; *at != '\0'; at = g_utf8_next_char (at)) {
    const gunichar c = g_utf8_get_char (at);
    if (g_unichar_isalnum (c))
      g_string_append_unichar (key, c);
  }

  return g_string_free (key, FALSE);
}

static Keys *
make_keys (const char *names) {
  Keys *made = g_new (Keys, 1);
  made->keys = g_strsplit (names, "|", -1);
  made->ranks = g_new (int, g_strv_length (made->keys) + 1);

  for (int i = 0; made->keys[i] != NULL; i++) {
    g_autofree char *name = made->keys[i];
    made->ranks[i] = i + (*name == OUTRANKS ? RANK_ABOVE : 0);
    made->keys[i] = rai_import_heading_key (name);
  }

  return made;
}

const char *const *
rai_import_heading_keys (const char *names, const int **ranks) {
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  if (known == NULL)
    known = g_hash_table_new (g_str_hash, g_str_equal);

  Keys *keys = g_hash_table_lookup (known, names);
  if (keys == NULL) {
    keys = make_keys (names);
    g_hash_table_insert (known, g_strdup (names), keys);
  }
  if (ranks != NULL)
    *ranks = keys->ranks;

  return (const char *const *) keys->keys;
}

bool
rai_import_heading_is_total (const char *text) {
  static const char words[] =
      "total|totals|grand total|subtotal|sub total|sum|overall|Summe|Gesamt|Gesamtsumme|insgesamt|"
      "Endsumme|Zwischensumme|Gesamtbetrag|total général|sous-total|somme|totaux|suma|totales|"
      "suma total|totale|totaal";
  const char *const *keys = rai_import_heading_keys (words, NULL);
  g_auto (GStrv) parts = g_strsplit_set (text, " :=\t", 3);

  for (int n = 1; n <= 2 && parts[0] != NULL && (n == 1 || parts[1] != NULL); n++) {
    g_autofree char *start = n == 1 ? g_strdup (parts[0]) : g_strconcat (parts[0], parts[1], NULL);
    g_autofree char *key = rai_import_heading_key (start);
    if (g_strv_contains (keys, key))
      return true;
  }

  return false;
}
