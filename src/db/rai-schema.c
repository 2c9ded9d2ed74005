/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-schema.h"

#include "db/rai-db-run.h"
#include "db/rai-migration.h"

/* What the schema should be is not written down a second time: the migrations are run beside it,
 * on SQLite in memory, on PostgreSQL in a schema of its own that is rolled back. */

#define SCRATCH "retailai_expected"

#define NAMESPACE "(SELECT oid FROM pg_namespace WHERE nspname = current_schema ())"

/* What there is, the table that it belongs to ("": to none), and what it is made of. */
/* clang-format off */
static const char parts_sql[] =
    "/*sqlite SELECT type || ' ' || name, tbl_name, coalesce(sql, '') FROM sqlite_schema "
    "WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY 1 */"
    "/*postgresql SELECT 'table ' || relname, relname, "
    "concat_ws(' ', relkind, relpersistence, relrowsecurity) FROM pg_class "
    "WHERE relnamespace = " NAMESPACE " AND relkind IN ('r', 'p') UNION ALL "
    "SELECT 'column ' || c.relname || '.' || a.attname, c.relname, concat_ws(' ', "
    "format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid), "
    "a.attidentity, a.attgenerated) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
    "LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum "
    "WHERE c.relnamespace = " NAMESPACE " AND c.relkind IN ('r', 'p') AND a.attnum > 0 "
    "AND NOT a.attisdropped UNION ALL "
    "SELECT 'constraint ' || o.conname, c.relname, pg_get_constraintdef(o.oid) "
    "FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid "
    "WHERE c.relnamespace = " NAMESPACE " UNION ALL "
    "SELECT 'index ' || indexname, tablename, replace(indexdef, schemaname || '.', '') "
    "FROM pg_indexes WHERE schemaname = current_schema () UNION ALL "
    "SELECT 'trigger ' || t.tgname, c.relname, pg_get_triggerdef(t.oid) FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE NOT t.tgisinternal AND c.relnamespace = " NAMESPACE " UNION ALL "
    "SELECT 'rule ' || rulename, tablename, definition FROM pg_rules "
    "WHERE schemaname = current_schema () UNION ALL "
    "SELECT 'policy ' || policyname, tablename, 'policy' FROM pg_policies "
    "WHERE schemaname = current_schema () ORDER BY 1 */";
/* clang-format on */

typedef struct {
  char *name;
  char *table;
  char *text;
} Part;

static void
part_free (void *data) {
  Part *part = data;
  g_free (part->name);
  g_free (part->table);
  g_free (part->text);
  g_free (part);
}

/* Line breaks and indents say nothing. */
static char *
fold (const char *text) {
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", -1);
  GString *folded = g_string_new (NULL);
  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_string_append_printf (folded, "%s%s", folded->len > 0 ? " " : "", *word);
  return g_string_free (folded, FALSE);
}

static bool
add_part (RaiStatement *row, void *data, GError **error) {
  Part *part = g_new0 (Part, 1);
  part->name = g_strdup (rai_statement_text (row, 0));
  part->table = g_strdup (rai_statement_text (row, 1));
  part->text = fold (rai_statement_text (row, 2));
  g_hash_table_replace (data, part->name, part);
  return true;
}

static GHashTable *
read_parts (RaiDb *db, GError **error) {
  g_autoptr (GHashTable) parts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, part_free);
  return rai_db_each (db, add_part, parts, error, parts_sql, "") ? g_steal_pointer (&parts) : NULL;
}

static GHashTable *
expected_in_memory (GError **error) {
  g_autoptr (RaiDb) db = rai_db_open ("sqlite::memory:", RAI_DB_OPEN_CREATE, error);
  return db != NULL && rai_migration_run (db, error) ? read_parts (db, error) : NULL;
}

static GHashTable *
expected_beside (RaiDb *db, GError **error) {
  if (!rai_db_begin_write (db, error))
    return NULL;
  GHashTable *parts = NULL;
  if (rai_db_exec (db, "CREATE SCHEMA " SCRATCH "; SET LOCAL search_path TO " SCRATCH, error) &&
      rai_migration_build (db, error))
    parts = read_parts (db, error);
  rai_db_rollback (db);
  return parts;
}

static bool
differs (GError **error, const char *name, const char *how) {
  g_set_error (error, RAI_DB_ERROR, RAI_DB_ERROR_SCHEMA,
               "The database's schema is not this program's: %s %s", name, how);
  return false;
}

/* Of a table that is not there at all its columns need not be told. */
static bool
is_missing (GError **error, GHashTable *there, const Part *part) {
  g_autofree char *table = g_strconcat ("table ", part->table, NULL);
  return differs (error, g_hash_table_contains (there, table) ? part->name : table, "is missing");
}

static bool
compare (GHashTable *ours, GHashTable *there, GError **error) {
  g_autoptr (GHashTable) tables = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter at;
  void *value;

  g_hash_table_iter_init (&at, ours);
  while (g_hash_table_iter_next (&at, NULL, &value)) {
    Part *part = value;
    const Part *same = g_hash_table_lookup (there, part->name);
    g_hash_table_add (tables, part->table);
    if (same == NULL)
      return is_missing (error, there, part);
    if (!g_str_equal (part->table, same->table) || !g_str_equal (part->text, same->text))
      return differs (error, part->name, "is another");
  }

  g_hash_table_iter_init (&at, there);
  while (g_hash_table_iter_next (&at, NULL, &value)) {
    const Part *part = value;
    if (g_hash_table_contains (tables, part->table) && !g_hash_table_contains (ours, part->name))
      return differs (error, part->name, "is none of its own");
  }

  return true;
}

bool
rai_schema_check (RaiDb *db, GError **error) {
  g_autoptr (GHashTable) ours =
      rai_db_kind (db) == RAI_DB_SQLITE ? expected_in_memory (error) : expected_beside (db, error);
  g_autoptr (GHashTable) there = ours != NULL ? read_parts (db, error) : NULL;
  int64_t n;

  if (there == NULL || !compare (ours, there, error) ||
      !rai_db_get_int (db, "SELECT count(*) FROM migration", NULL, 0, 0, &n, error))
    return false;
  return n == rai_migration_latest () ||
         differs (error, "table migration", "does not hold every migration");
}
