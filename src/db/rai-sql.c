/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sql.h"

#include <string.h>

/* Copies from start up to and with the end mark (or all that is left); returns what follows. */
static const char *
copy_until (GString *out, const char *start, size_t skip, const char *end_mark) {
  const char *end = strstr (start + skip, end_mark);
  const size_t length = end != NULL ? (size_t) (end - start) + strlen (end_mark) : strlen (start);
  g_string_append_len (out, start, (gssize) length);
  return start + length;
}

/* If a dialect comment starts here: the length of its opening, else 0. */
static size_t
dialect_opening (const char *sql, const char *name) {
  const size_t length = strlen (name);
  return strncmp (sql + 2, name, length) == 0 && sql[2 + length] == ' ' ? length + 3 : 0;
}

char *
rai_sql_translate (const char *sql, RaiDbKind kind) {
  const char *name = kind == RAI_DB_SQLITE ? "sqlite" : "postgresql";
  GString *out = g_string_sized_new (strlen (sql) + 16);
  bool uncovered = false;

  while (*sql) {
    if (*sql == '\'' || *sql == '"') {
      const char mark[2] = { *sql, '\0' };
      sql = copy_until (out, sql, 1, mark);
    } else if (sql[0] == '-' && sql[1] == '-') {
      sql = copy_until (out, sql, 2, "\n");
    } else if (sql[0] == '/' && sql[1] == '*') {
      const size_t opening = dialect_opening (sql, name);
      if (opening) {
        uncovered = true;
        sql += opening;
      } else {
        sql = copy_until (out, sql, 2, "*/");
      }
    } else if (uncovered && sql[0] == '*' && sql[1] == '/') {
      uncovered = false;
      sql += 2;
    } else if (kind == RAI_DB_POSTGRESQL && sql[0] == '?' && g_ascii_isdigit (sql[1])) {
      g_string_append_c (out, '$');
      sql++;
    } else {
      g_string_append_c (out, *sql++);
    }
  }

  return g_string_free (out, FALSE);
}
