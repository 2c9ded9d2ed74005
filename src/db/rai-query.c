/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-query.h"

#include "db/rai-db-driver.h"
#include "db/rai-rows-builder.h"
#include "db/rai-synced.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#define LIMIT_MAX 1000
#define LIMIT_DEFAULT 100

GQuark
rai_query_error_quark (void) {
  return g_quark_from_static_string ("rai-query-error-quark");
}

/* One run: the template of a query becomes SQL for this caller and these arguments. What a template
 * may hold:
 *   :name            the argument, cast to its type; numbered in order of appearance
 *   {scope column}   the column is the site that was asked for, else one of the caller's sites. Rows
 *                    of site 0 are the company's, for who sees all sites; {scope 0}: so are all rows
 *   {if name text}   the text, when the argument was given (braces do not nest in it but for scope)
 *   {else name text} the text, when it was not */
typedef struct {
  const RaiQuery *query;
  const RaiIdentity *caller;
  GHashTable *arguments;
  GString *sql;
  const RaiQueryParameter *used[32]; /* parameter n of the SQL is used[n - 1] */
  int n_used;
} Run;

const RaiQuery *
rai_query_find (const char *name) {
  for (const RaiQuery *query = rai_queries; query->name; query++)
    if (g_str_equal (query->name, name))
      return query;
  return NULL;
}

GHashTable *
rai_query_arguments (const char *name, ...) {
  GHashTable *arguments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  va_list list;
  va_start (list, name);

  while (name != NULL) {
    const char *value = va_arg (list, const char *);
    g_hash_table_insert (arguments, g_strdup (name), g_strdup (value));
    name = va_arg (list, const char *);
  }

  va_end (list);
  return arguments;
}

static bool wrong (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static bool
wrong (GError **error, const char *format, ...) {
  va_list list;
  va_start (list, format);
  if (error != NULL)
    *error = g_error_new_valist (RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT, format, list);
  va_end (list);
  return false;
}

/* The text given for an argument; an empty one counts as not given. */
static const char *
given (const Run *run, const char *name) {
  const char *text = run->arguments != NULL ? g_hash_table_lookup (run->arguments, name) : NULL;
  return text != NULL && *text ? text : NULL;
}

static const RaiQueryParameter *
find_parameter (const RaiQuery *query, const char *name, size_t length) {
  for (const RaiQueryParameter *parameter = query->parameters;
       parameter != NULL && parameter->name != NULL; parameter++)
    if (strlen (parameter->name) == length && strncmp (parameter->name, name, length) == 0)
      return parameter;
  return NULL;
}

static const char *
value_of (const Run *run, const RaiQueryParameter *parameter) {
  const char *text = given (run, parameter->name);
  return text != NULL ? text : parameter->fallback;
}

static bool
read_whole (const char *text, int64_t *value) {
  char *end = NULL;
  errno = 0;
  *value = g_ascii_strtoll (text, &end, 10);
  return !errno && end != text && !*end;
}

static bool
read_bool (const char *text, int64_t *value) {
  *value = g_str_equal (text, "true") || g_str_equal (text, "1");
  return *value || g_str_equal (text, "false") || g_str_equal (text, "0");
}

/* Whole numbers of every kind; false with the error set. */
static bool
read_number (const RaiQueryParameter *parameter, const char *text, int64_t *value, GError **error) {
  switch (parameter->type) {
    case RAI_VALUE_DAY:
      *value = rai_day_parse (text, -1);
      return *value != RAI_DAY_NONE ||
             wrong (error, "%s: \"%s\" is not a day of the form 2026-03-31", parameter->name, text);
    case RAI_VALUE_BOOL:
      return read_bool (text, value) ||
             wrong (error, "%s: give true or false, not \"%s\"", parameter->name, text);
    default:
      return read_whole (text, value) ||
             wrong (error, "%s: \"%s\" is not a whole number", parameter->name, text);
  }
}

static bool
is_text (RaiValueType type) {
  return type == RAI_VALUE_TEXT || type == RAI_VALUE_UUID || type == RAI_VALUE_LIST;
}

/* "3,14,15" */
/* Ids in one list: a page of a list asks for those that it shows. */
#define LIST_MAX 1000

static bool
check_list (const RaiQueryParameter *parameter, const char *text, GError **error) {
  g_auto (GStrv) parts = g_strsplit (text, ",", LIST_MAX + 1);
  if (g_strv_length (parts) > LIST_MAX)
    return wrong (error, "%s: give %d ids at most", parameter->name, LIST_MAX);

  for (char **part = parts; *part != NULL; part++) {
    int64_t value = 0;
    bool known = read_whole (*part, &value);
    g_autofree char *plain = g_strdup_printf ("%" G_GINT64_FORMAT, value);
    /* As a number is written in JSON: "+1" and "01" are none there. */
    if (!known || strcmp (plain, *part) != 0)
      return wrong (error, "%s: give ids separated by commas, not \"%s\"", parameter->name, *part);
  }

  return true;
}

static bool
check_parameter (const Run *run, const RaiQueryParameter *parameter, GError **error) {
  const char *text = value_of (run, parameter);
  int64_t value = 0;
  if (text == NULL)
    return !parameter->required ||
           wrong (error, "%s is missing: %s", parameter->name, parameter->help);

  if (parameter->type == RAI_VALUE_LIST)
    return check_list (parameter, text, error);
  if (is_text (parameter->type))
    return g_utf8_validate (text, -1, NULL) || wrong (error, "%s is not UTF-8", parameter->name);
  if (parameter->type == RAI_VALUE_DOUBLE) {
    char *end = NULL;
    g_ascii_strtod (text, &end);
    return !*end || wrong (error, "%s: \"%s\" is not a number", parameter->name, text);
  }

  if (!read_number (parameter, text, &value, error))
    return false;
  if (parameter->type == RAI_VALUE_SITE && !rai_identity_sees_site (run->caller, value)) {
    g_set_error (error, RAI_QUERY_ERROR, RAI_QUERY_ERROR_FORBIDDEN, "Store %s is not one of yours",
                 text);
    return false;
  }

  return true;
}

static bool
is_paging (const RaiQuery *query, const char *name) {
  return query->sorts != NULL && (g_str_equal (name, "sort") || g_str_equal (name, "limit") ||
                                  g_str_equal (name, "offset"));
}

static bool
check_arguments (const Run *run, GError **error) {
  const RaiQuery *query = run->query;
  if (!rai_identity_may (run->caller, query->permission)) {
    g_set_error (error, RAI_QUERY_ERROR, RAI_QUERY_ERROR_FORBIDDEN,
                 "Your role may not see this (%s)", query->name);
    return false;
  }

  for (const RaiQueryParameter *parameter = query->parameters;
       parameter != NULL && parameter->name != NULL; parameter++)
    if (!check_parameter (run, parameter, error))
      return false;

  if (run->arguments == NULL)
    return true;

  GHashTableIter iter;
  void *key;
  g_hash_table_iter_init (&iter, run->arguments);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (find_parameter (query, key, strlen (key)) == NULL && !is_paging (query, key))
      return wrong (error, "%s has no parameter \"%s\"", query->name, (char *) key);

  return true;
}

static const char *
sql_type (RaiValueType type) {
  if (is_text (type))
    return "TEXT";
  return type == RAI_VALUE_DOUBLE ? "DOUBLE PRECISION" : "BIGINT";
}

static void
append_parameter (Run *run, const RaiQueryParameter *parameter) {
  int number = 0;
  while (number < run->n_used && run->used[number] != parameter)
    number++;
  if (number == run->n_used) {
    g_assert (run->n_used < (int) G_N_ELEMENTS (run->used));
    run->used[run->n_used++] = parameter;
  }
  g_string_append_printf (run->sql, "CAST(?%d AS %s)", number + 1, sql_type (parameter->type));
}

static void
append_scope (Run *run, const char *column) {
  const RaiIdentity *caller = run->caller;
  const RaiQueryParameter *site = find_parameter (run->query, "site", 4);
  if (site != NULL && site->type == RAI_VALUE_SITE && value_of (run, site) != NULL) {
    g_string_append_printf (run->sql, "%s = ", column);
    append_parameter (run, site);
    return;
  }

  if (caller->all_sites) {
    g_string_append (run->sql, "1 = 1");
    return;
  }

  g_string_append_printf (run->sql, "%s IN (-1", column);
  for (size_t i = 0; i < caller->n_sites; i++)
    g_string_append_printf (run->sql, ", %" G_GINT64_FORMAT, caller->sites[i]);
  g_string_append_c (run->sql, ')');
}

static void expand (Run *run, const char *text, const char *end);

/* text points behind '{', end at the matching '}'. */
static void
expand_braces (Run *run, const char *text, const char *end) {
  const char *space = memchr (text, ' ', (size_t) (end - text));
  g_assert (space);

  const char *rest = space + 1;
  if (strncmp (text, "scope", 5) == 0) {
    g_autofree char *column = g_strndup (rest, (size_t) (end - rest));
    append_scope (run, column);
    return;
  }

  const bool wanted = strncmp (text, "if ", 3) == 0;
  const char *body = memchr (rest, ' ', (size_t) (end - rest));
  g_assert (body && (wanted || strncmp (text, "else ", 5) == 0));

  const RaiQueryParameter *parameter = find_parameter (run->query, rest, (size_t) (body - rest));
  g_assert (parameter);
  if ((value_of (run, parameter) != NULL) == wanted)
    expand (run, body, end);
}

static const char *
closing_brace (const char *text) {
  int depth = 1;
  for (; depth && *text; text++)
    depth += *text == '{' ? 1 : *text == '}' ? -1 : 0;
  return text - 1;
}

static void
expand (Run *run, const char *text, const char *end) {
  while (text < end) {
    if (*text == '{') {
      const char *close = closing_brace (text + 1);
      expand_braces (run, text + 1, close);
      text = close + 1;
    } else if (*text == ':' && g_ascii_isalpha (text[1])) {
      size_t length = 0;
      while (g_ascii_isalnum (text[1 + length]) || text[1 + length] == '_')
        length++;
      const RaiQueryParameter *parameter = find_parameter (run->query, text + 1, length);
      g_assert (parameter);
      append_parameter (run, parameter);
      text += 1 + length;
    } else {
      g_string_append_c (run->sql, *text++);
    }
  }
}

static const RaiQueryColumn *
find_column (const RaiQuery *query, const char *name) {
  for (const RaiQueryColumn *column = query->columns; column->name; column++)
    if (g_str_equal (column->name, name))
      return column;
  g_assert_not_reached ();
}

static bool
tells (const RaiQueryColumn *column, const RaiIdentity *caller) {
  return rai_identity_may (caller, column->permission);
}

static const char *
bare_name (const char *sort) {
  return *sort == '-' ? sort + 1 : sort;
}

/* Texts are sorted as they are read, rows without a value come last. Times have one, and an index
 * that only helps without these words. */
static void
append_order_by (GString *sql, const char *name, RaiValueType type, bool descending) {
  g_string_append_printf (sql, is_text (type) ? " ORDER BY lower(%s)" : " ORDER BY %s", name);
  g_string_append_printf (sql, "%s%s", descending ? " DESC" : "",
                          type == RAI_VALUE_TIME ? "" : " NULLS LAST");
}

/* The order without `sort`: the first that does not tell what the caller may not see. */
static const char *
default_sort (const Run *run, char **sorts) {
  for (char **s = sorts; *s; s++)
    if (tells (find_column (run->query, bare_name (*s)), run->caller))
      return *s;
  g_assert_not_reached ();
}

/* Appends the order that was asked for. */
static bool
append_order (Run *run, GError **error) {
  g_auto (GStrv) sorts = g_strsplit (run->query->sorts, ",", -1);
  const char *asked = given (run, "sort");
  const char *sort = asked != NULL ? asked : default_sort (run, sorts);
  const char *name = bare_name (sort);
  bool known = false;

  for (char **s = sorts; *s; s++)
    known = known || g_str_equal (bare_name (*s), name);
  if (!known)
    return wrong (error, "sort: \"%s\" is not one of %s", name, run->query->sorts);

  const RaiQueryColumn *column = find_column (run->query, name);
  if (!tells (column, run->caller)) {
    g_set_error (error, RAI_QUERY_ERROR, RAI_QUERY_ERROR_FORBIDDEN,
                 "Your role may not see this (%s.%s)", run->query->name, name);
    return false;
  }

  append_order_by (run->sql, name, column->type, *sort == '-');
  if (run->query->tie_break != NULL)
    g_string_append_printf (run->sql, ", %s", run->query->tie_break);

  return true;
}

static bool
append_page (Run *run, GError **error) {
  int64_t limit = LIMIT_DEFAULT;
  int64_t offset = 0;
  if (given (run, "limit") != NULL &&
      (!read_whole (given (run, "limit"), &limit) || limit < 1 || limit > LIMIT_MAX))
    return wrong (error, "limit: give a number from 1 to %d", LIMIT_MAX);

  if (given (run, "offset") != NULL && (!read_whole (given (run, "offset"), &offset) || offset < 0))
    return wrong (error, "offset: give a number of rows to skip");
  g_string_append_printf (run->sql, " LIMIT ?%d OFFSET ?%d", run->n_used + 1, run->n_used + 2);

  return true;
}

static void
bind_one (RaiStatement *statement, int number, const RaiQueryParameter *parameter,
          const char *text) {
  int64_t value = 0;
  if (text == NULL)
    rai_statement_bind_null (statement, number);
  else if (is_text (parameter->type))
    rai_statement_bind_text (statement, number, text);
  else if (parameter->type == RAI_VALUE_DOUBLE)
    rai_statement_bind_double (statement, number, g_ascii_strtod (text, NULL));
  else if (read_number (parameter, text, &value, NULL))
    rai_statement_bind_int (statement, number, value);
}

static RaiStatement *
prepare (Run *run, RaiDb *db, bool paged, GError **error) {
  RaiStatement *statement = rai_db_prepare_query (db, run->sql->str, error);
  if (statement == NULL)
    return NULL;
  for (int i = 0; i < run->n_used; i++)
    bind_one (statement, i + 1, run->used[i], value_of (run, run->used[i]));
  if (paged) {
    int64_t limit = LIMIT_DEFAULT;
    int64_t offset = 0;
    if (given (run, "limit") != NULL)
      read_whole (given (run, "limit"), &limit);
    if (given (run, "offset") != NULL)
      read_whole (given (run, "offset"), &offset);
    rai_statement_bind_int (statement, run->n_used + 1, limit);
    rai_statement_bind_int (statement, run->n_used + 2, offset);
  }

  return statement;
}

RaiRows *
rai_query_new_rows (const RaiQuery *query) {
  int n = 0;
  while (query->columns[n].name != NULL)
    n++;
  RaiRows *rows = rai_rows_new (n);
  for (int i = 0; i < n; i++)
    rai_rows_set_column (rows, i, query->columns[i].name, query->columns[i].type);
  return rows;
}

RaiDay
rai_query_first_day (const RaiQuery *query, const RaiIdentity *caller, RaiDay last_day) {
  const RaiSyncedTable *table = query->days_of != NULL ? rai_synced_find (query->days_of) : NULL;
  int days = table != NULL ? rai_synced_days (table, caller) : 0;
  return days == 0 || last_day == RAI_DAY_NONE ? RAI_DAY_NONE : last_day - days + 1;
}

static RaiStatement *
make_statement (Run *run, RaiDb *db, GError **error) {
  const RaiQuery *query = run->query;
  if (!check_arguments (run, error))
    return NULL;
  if (query->sorts != NULL)
    g_string_append (run->sql, "SELECT * FROM (");

  expand (run, query->sql, query->sql + strlen (query->sql));
  if (query->sorts != NULL) {
    g_string_append (run->sql, ") AS q");
    if (!append_order (run, error) || !append_page (run, error))
      return NULL;
  }

  return prepare (run, db, query->sorts != NULL, error);
}

/* A SELECT gives what the descriptor says, in its order, or values would stand under other names.
 * Only a mistake in rai-queries.c fails this. */
static bool
check_columns (const RaiQuery *query, RaiStatement *statement, const RaiRows *rows,
               GError **error) {
  int n = rai_statement_n_columns (statement), wanted = rai_rows_n_columns (rows);
  for (int i = 0; i < MIN (n, wanted); i++) {
    const char *name = rai_statement_column_name (statement, i);
    if (g_strcmp0 (query->columns[i].name, name) != 0) {
      g_set_error (error, RAI_DB_ERROR, RAI_DB_ERROR_FAILED,
                   "query %s: column %d of its SELECT is %s, not %s", query->name, i + 1, name,
                   query->columns[i].name);
      return false;
    }
  }

  if (n != wanted)
    g_set_error (error, RAI_DB_ERROR, RAI_DB_ERROR_FAILED,
                 "query %s: its SELECT has %d columns, not %d", query->name, n, wanted);
  return n == wanted;
}

RaiRows *
rai_query_run (RaiDb *db, const RaiQuery *query, const RaiIdentity *caller, GHashTable *arguments,
               GError **error) {
  g_return_val_if_fail (db && query && caller, NULL);
  g_autoptr (GString) sql = g_string_new (NULL);

  Run run = { query, caller, arguments, sql };
  RaiStatement *statement = make_statement (&run, db, error);
  if (statement == NULL)
    return NULL;

  RaiRows *rows = rai_query_new_rows (query);
  if (!check_columns (query, statement, rows, error)) {
    rai_rows_unref (rows);
    return NULL;
  }

  RaiStep step;
  for (int i = 0; query->columns[i].name != NULL; i++)
    if (!tells (&query->columns[i], caller))
      rai_rows_hide_column (rows, i);
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW)
    rai_rows_append (rows, statement);

  rai_statement_reset (statement);
  if (step == RAI_STEP_FAILED)
    g_clear_pointer (&rows, rai_rows_unref);

  return rows;
}

bool
rai_query_count (RaiDb *db, const RaiQuery *query, const RaiIdentity *caller, GHashTable *arguments,
                 int64_t *count, GError **error) {
  g_return_val_if_fail (db && query && caller, false);
  g_autoptr (GString) sql = g_string_new ("SELECT count(*) FROM (");

  Run run = { query, caller, arguments, sql };
  if (!check_arguments (&run, error))
    return false;
  expand (&run, query->sql, query->sql + strlen (query->sql));
  g_string_append (sql, ") AS q");

  RaiStatement *statement = prepare (&run, db, false, error);
  if (statement == NULL)
    return false;

  const RaiStep step = rai_statement_step (statement, error);
  if (step == RAI_STEP_ROW)
    *count = rai_statement_int (statement, 0);
  rai_statement_reset (statement);

  return step == RAI_STEP_ROW;
}
