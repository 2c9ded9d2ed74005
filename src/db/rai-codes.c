/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-codes.h"

#include "core/rai-code.h"
#include "db/rai-db-run.h"

#include <string.h>

static const struct {
  const char *all;
  const char *next;
  const char *otherwise; /* what a code is made of where a name gives none */
} kinds[] = {
  [RAI_CODE_SITE] = { "SELECT id, code FROM site ORDER BY id", "SELECT max(id) + 1 FROM site",
                      "STORE" },
  [RAI_CODE_ITEM] = { "SELECT id, sku FROM item ORDER BY id", "SELECT max(id) + 1 FROM item",
                      "ITEM" },
  [RAI_CODE_SUPPLIER] = { "SELECT id, code FROM supplier ORDER BY id",
                          "SELECT max(id) + 1 FROM supplier", "SUPPLIER" },
  [RAI_CODE_DEPARTMENT] = { "SELECT id, name FROM department ORDER BY id",
                            "SELECT max(id) + 1 FROM department", "DEPARTMENT" },
};

typedef struct {
  const char *code; /* as it is written: an exact match wins */
  const char *folded;
  int64_t id;
  char *spelling;
} Search;

static bool
look_at (RaiStatement *row, void *data, GError **error) {
  Search *search = data;
  const char *code = rai_statement_text (row, 1);
  const bool exact = strcmp (code, search->code) == 0;
  if (search->spelling != NULL && !exact)
    return true;

  g_autofree char *folded = exact ? NULL : rai_code_fold (code);
  if (exact || strcmp (folded, search->folded) == 0) {
    g_free (search->spelling);
    search->spelling = g_strdup (code);
    search->id = rai_statement_int (row, 0);
  }
  return true;
}

bool
rai_codes_find (RaiDb *db, RaiCodeKind kind, const char *code, int64_t *id, char **spelling,
                GError **error) {
  g_autofree char *folded = rai_code_fold (code);
  Search search = { .code = code, .folded = folded };
  const bool found = rai_db_each (db, look_at, &search, error, kinds[kind].all, "");

  *id = search.id;
  if (found && spelling != NULL)
    *spelling = g_steal_pointer (&search.spelling);
  g_free (search.spelling);
  return found;
}

static bool
take_note (RaiStatement *row, void *data, GError **error) {
  g_hash_table_add (data, rai_code_fold (rai_statement_text (row, 1)));
  return true;
}

char *
rai_codes_make (RaiDb *db, RaiCodeKind kind, const char *name, GError **error) {
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!rai_db_each (db, take_note, taken, error, kinds[kind].all, ""))
    return NULL;

  for (unsigned number = 1;; number++) {
    g_autofree char *code = rai_code_make (name, kinds[kind].otherwise, number);
    g_autofree char *folded = rai_code_fold (code);
    if (!g_hash_table_contains (taken, folded))
      return g_steal_pointer (&code);
  }
}

bool
rai_codes_next_id (RaiDb *db, RaiCodeKind kind, int64_t *id, GError **error) {
  return rai_db_get_int (db, kinds[kind].next, NULL, 0, 1, id, error);
}
