/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sql.h"

static void
check (const char *sql, const char *sqlite, const char *postgresql) {
  g_autofree char *for_sqlite = rai_sql_translate (sql, RAI_DB_SQLITE);
  g_autofree char *for_postgresql = rai_sql_translate (sql, RAI_DB_POSTGRESQL);
  g_assert_cmpstr (for_sqlite, ==, sqlite);
  g_assert_cmpstr (for_postgresql, ==, postgresql);
}

static void
parameters (void) {
  check ("SELECT ?1, ?12", "SELECT ?1, ?12", "SELECT $1, $12");
  check ("SELECT '?1', \"?2\", ?3", "SELECT '?1', \"?2\", ?3", "SELECT '?1', \"?2\", $3");
  check ("SELECT 'it''s ?1' || ?1", "SELECT 'it''s ?1' || ?1", "SELECT 'it''s ?1' || $1");
  check ("SELECT 1 -- why ?1\n, ?2", "SELECT 1 -- why ?1\n, ?2", "SELECT 1 -- why ?1\n, $2");
}

static void
dialects (void) {
  check ("x /*sqlite BLOB */ /*postgresql BYTEA */ y", "x BLOB  /*postgresql BYTEA */ y",
         "x /*sqlite BLOB */ BYTEA  y");
  check ("/*postgresql unnest(?1) */", "/*postgresql unnest(?1) */", "unnest($1) ");
  check ("/* plain ?1 */ ?1", "/* plain ?1 */ ?1", "/* plain ?1 */ $1");
  check ("/* not closed ?1", "/* not closed ?1", "/* not closed ?1");
  check ("'not closed ?1", "'not closed ?1", "'not closed ?1");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/sql/parameters", parameters);
  g_test_add_func ("/db/sql/dialects", dialects);
  return g_test_run ();
}
