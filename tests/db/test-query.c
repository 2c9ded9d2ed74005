/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-query.h"

#include "db/rai-rows-builder.h"
#include "db/rai-verify.h"
#include "rai-test-db.h"

#include <stdarg.h>
#include <string.h>

static RaiRows *
run (RaiDb *db, const char *name, const RaiIdentity *caller, GHashTable *arguments) {
  g_autoptr (GHashTable) owned = arguments;
  g_autoptr (GError) error = NULL;
  RaiRows *rows = rai_query_run (db, rai_query_find (name), caller, owned, &error);
  g_assert_no_error (error);
  return rows;
}

/* A value that a parameter of this type takes. */
static const char *
example (const RaiQueryParameter *parameter) {
  if (g_str_equal (parameter->name, "items"))
    return "1,2,3";
  switch (parameter->type) {
    case RAI_VALUE_DAY:
      return g_str_equal (parameter->name, "from") ? "2026-01-01" : "2026-12-31";
    case RAI_VALUE_TEXT:
    case RAI_VALUE_UUID:
      return "oat";
    default:
      return "1";
  }
}

static GHashTable *
examples (const RaiQuery *query, bool optional) {
  GHashTable *arguments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (const RaiQueryParameter *parameter = query->parameters; parameter && parameter->name;
       parameter++)
    if (parameter->required || optional)
      g_hash_table_insert (arguments, g_strdup (parameter->name), g_strdup (example (parameter)));
  return arguments;
}

static void
run_sorted (RaiDb *db, const RaiQuery *query, const RaiIdentity *caller, GHashTable *arguments) {
  g_auto (GStrv) sorts = g_strsplit (query->sorts, ",", -1);
  for (char **sort = sorts; *sort; sort++) {
    g_autoptr (GError) error = NULL;
    g_hash_table_insert (arguments, g_strdup ("sort"), g_strdup (*sort));
    g_autoptr (RaiRows) rows = rai_query_run (db, query, caller, arguments, &error);
    g_assert_no_error (error);
    g_assert_nonnull (rows);
  }
}

/* Every query, with and without its optional parameters, in every order, for a caller with sites
 * and one with all. */
static void
every_query (RaiDb *db) {
  rai_test_db_fill (db);
  const int64_t sites[] = { 1, 2 };
  g_autoptr (RaiIdentity) some = rai_identity_new (2, "mia", RAI_ROLE_ADMIN, false, sites, 2);
  g_autoptr (RaiIdentity) all = rai_identity_new_system ();

  const RaiIdentity *callers[] = { some, all };
  for (const RaiQuery *query = rai_queries; query->name; query++)
    for (int i = 0; i < 4; i++) {
      g_autoptr (GHashTable) arguments = examples (query, i & 1);
      g_autoptr (GError) error = NULL;
      int64_t count = -1;
      g_autoptr (RaiRows) rows = rai_query_run (db, query, callers[i >> 1], arguments, &error);
      g_assert_no_error (error);
      g_assert_true (rai_query_count (db, query, callers[i >> 1], arguments, &count, &error));
      g_assert_no_error (error);
      g_assert_cmpint (count, ==, rai_rows_count (rows));
      if (query->sorts)
        run_sorted (db, query, callers[i >> 1], arguments);
    }
}

static void
check_named (RaiDb *db, const char *sql, const char *words) {
  const RaiQueryColumn columns[] = { { "id", RAI_VALUE_INT }, { "name", RAI_VALUE_TEXT }, { 0 } };
  const RaiQuery query = { .name = "attic", .columns = columns, .sql = sql };
  g_autoptr (RaiIdentity) all = rai_identity_new_system ();
  g_autoptr (GError) error = NULL;

  g_assert_null (rai_query_run (db, &query, all, NULL, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_FAILED);
  g_assert_cmpstr (error->message, ==, words);
}

/* A SELECT that gives other columns than its descriptor says is named. */
static void
columns (RaiDb *db) {
  rai_test_db_fill (db);
  check_named (db, "SELECT name, id FROM site",
               "query attic: column 1 of its SELECT is name, not id");
  check_named (db, "SELECT id FROM site", "query attic: its SELECT has 1 columns, not 2");
  check_named (db, "SELECT id, name, zone FROM site",
               "query attic: its SELECT has 3 columns, not 2");
}

static void
values (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (RaiIdentity) all = rai_identity_new_system ();
  g_autoptr (RaiRows) briefing =
      run (db, "briefing", all, rai_query_arguments ("site", "1", "day", "2026-02-16", NULL));
  g_assert_cmpuint (rai_rows_count (briefing), ==, 1);
  g_assert_cmpint (rai_rows_get_int (briefing, 0, "day"), ==, RAI_TEST_DAY);
  g_assert_cmpint (rai_rows_get_int (briefing, 0, "revenue"), ==, 1500);
  g_assert_cmpint (rai_rows_get_int (briefing, 0, "carried"), ==, 5);
  g_assert_cmpint (rai_rows_get_int (briefing, 0, "stock_value"), ==, 7500);
  g_assert_cmpint (rai_rows_get_int (briefing, 0, "orders"), ==, 1);
  g_assert_cmpint (rai_rows_get_int (briefing, 0, "alerts_money"), ==, 4500);

  g_autoptr (RaiRows) items =
      run (db, "items", all, rai_query_arguments ("site", "1", "search", "BREAD", NULL));
  g_assert_cmpuint (rai_rows_count (items), ==, 1);
  g_assert_cmpstr (rai_rows_get_text (items, 0, "name"), ==, "Rye bread");
  g_assert_cmpint (rai_rows_get_int (items, 0, "on_hand"), ==, 10000);
  g_assert_true (rai_rows_get_is_null (items, 0, "cover_days"));
  g_assert_cmpfloat (rai_rows_get_double (items, 0, "daily"), ==, 1);

  g_autoptr (RaiRows) sorted =
      run (db, "items", all,
           rai_query_arguments ("site", "1", "sort", "-price", "limit", "2", "offset", "1", NULL));
  g_assert_cmpuint (rai_rows_count (sorted), ==, 2);
  g_assert_cmpint (rai_rows_get_int (sorted, 0, "item_id"), ==, 4);

  g_autoptr (RaiRows) lines =
      run (db, "order-lines", all, rai_query_arguments ("order", RAI_TEST_ORDER, NULL));
  g_assert_cmpuint (rai_rows_count (lines), ==, 2);
  g_autoptr (RaiRows) sparks = run (db, "item-sparks", all,
                                    rai_query_arguments ("site", "1", "from", "2026-01-01", "to",
                                                         "2026-12-31", "items", "3,1", NULL));
  g_assert_cmpuint (rai_rows_count (sparks), ==, 2);
  g_autoptr (RaiRows) heat =
      run (db, "heat", all, rai_query_arguments ("from", "2026-02-01", "to", "2026-02-28", NULL));
  g_assert_cmpint (rai_rows_get_int (heat, 0, "weekday"), ==, 1);
  g_autoptr (RaiRows) ranking = run (
      db, "ranking", all, rai_query_arguments ("from", "2026-02-10", "to", "2026-02-16", NULL));
  g_assert_cmpuint (rai_rows_count (ranking), ==, 2);
  g_assert_cmpstr (rai_rows_get_text (ranking, 0, "site_name"), ==, "Harbour Street");
}

/* Small and capital letters are the same to a search, in every script; so are they to the order of
 * a list. */
static void
letters (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (RaiIdentity) all = rai_identity_new_system ();
  g_autoptr (GError) error = NULL;
  rai_db_exec (
      db,
      "UPDATE item SET name = 'ÄPFEL süß' WHERE id = 1; UPDATE item SET name = 'aal' WHERE id = 2",
      &error);
  g_assert_no_error (error);
  g_autoptr (RaiRows) found =
      run (db, "items", all, rai_query_arguments ("site", "1", "search", "äpfel SÜ", NULL));
  g_assert_cmpuint (rai_rows_count (found), ==, 1);
  g_autoptr (RaiRows) sorted =
      run (db, "items", all, rai_query_arguments ("site", "1", "sort", "name", NULL));
  g_assert_cmpstr (rai_rows_get_text (sorted, 0, "name"), ==, "aal");
}

static void
scope (RaiDb *db) {
  rai_test_db_fill (db);
  const int64_t second[] = { 2 };
  g_autoptr (RaiIdentity) other =
      rai_identity_new (7, "eve", RAI_ROLE_STORE_MANAGER, false, second, 1);
  g_autoptr (RaiIdentity) nobody =
      rai_identity_new (8, "zoe", RAI_ROLE_STORE_MANAGER, false, NULL, 0);
  g_autoptr (RaiRows) sites = run (db, "sites", other, NULL);
  g_assert_cmpuint (rai_rows_count (sites), ==, 1);
  g_autoptr (RaiRows) alerts = run (db, "alerts", other, NULL);
  g_assert_cmpuint (rai_rows_count (alerts), ==, 0);
  g_autoptr (RaiRows) lines =
      run (db, "order-lines", other, rai_query_arguments ("order", RAI_TEST_ORDER, NULL));
  g_assert_cmpuint (rai_rows_count (lines), ==, 0);
  g_autoptr (RaiRows) none = run (db, "sites", nobody, NULL);
  g_assert_cmpuint (rai_rows_count (none), ==, 0);

  g_autoptr (GHashTable) foreign = rai_query_arguments ("site", "1", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_null (rai_query_run (db, rai_query_find ("items"), other, foreign, &error));
  g_assert_error (error, RAI_QUERY_ERROR, RAI_QUERY_ERROR_FORBIDDEN);
}

static void
check_refused (RaiDb *db, const char *name, GHashTable *arguments, const char *word) {
  g_autoptr (GHashTable) owned = arguments;
  g_autoptr (RaiIdentity) all = rai_identity_new_system ();
  g_autoptr (GError) error = NULL;
  g_assert_null (rai_query_run (db, rai_query_find (name), all, owned, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (error->message, word));
}

static void
wrong_arguments (RaiDb *db) {
  check_refused (db, "items", NULL, "site");
  check_refused (db, "items", rai_query_arguments ("site", "one", NULL), "site");
  check_refused (db, "items", rai_query_arguments ("site", "1", "colour", "red", NULL), "colour");
  check_refused (db, "items", rai_query_arguments ("site", "1", "sort", "rev", NULL), "sort");
  check_refused (db, "items", rai_query_arguments ("site", "1", "limit", "100000", NULL), "limit");
  check_refused (db, "site-days",
                 rai_query_arguments ("from", "yesterday", "to", "2026-01-01", NULL), "from");
  check_refused (db, "item-sparks",
                 rai_query_arguments ("site", "1", "from", "2026-01-01", "to", "2026-01-01",
                                      "items", "1,x", NULL),
                 "items");
  check_refused (db, "item-sparks",
                 rai_query_arguments ("site", "1", "from", "2026-01-01", "to", "2026-01-01",
                                      "items", "+1", NULL),
                 "items");
  check_refused (db, "item-sparks",
                 rai_query_arguments ("site", "1", "from", "2026-01-01", "to", "2026-01-01",
                                      "items", "01", NULL),
                 "items");
  check_refused (db, "item-sparks",
                 rai_query_arguments ("site", "1", "from", "2026-01-01", "to", "2026-01-01",
                                      "items", "1,-0", NULL),
                 "items");

  const int64_t first[] = { 1 };
  g_autoptr (RaiIdentity) associate =
      rai_identity_new (3, "sam", RAI_ROLE_ASSOCIATE, false, first, 1);
  g_autoptr (GError) error = NULL;
  g_assert_null (rai_query_run (db, rai_query_find ("accounts"), associate, NULL, &error));
  g_assert_error (error, RAI_QUERY_ERROR, RAI_QUERY_ERROR_FORBIDDEN);
}

/* Which days a replica can answer for. */
static const char extremes_fill[] =
    "UPDATE item SET price = 9000000000, cost = 9000000000;"
    "INSERT INTO item (id, sku, name, department_id, price, cost, rev)"
    "  SELECT a.id * 1000 + b.id * 100 + c.id * 10 + d.id, 'X' || CAST(a.id * 1000 + b.id * 100 + "
    "c.id * 10 + d.id AS TEXT), 'Gold', 1, 9000000000, 9000000000, 1"
    "  FROM item a, item b, item c, item d WHERE a.id <= 5 AND b.id <= 5 AND c.id <= 5 AND d.id "
    "<= 5;"
    "INSERT INTO item (id, sku, name, department_id, price, cost, rev)"
    "  SELECT id + 10000, 'Y' || CAST(id AS TEXT), 'Gold', 1, 9000000000, 9000000000, 1 FROM item;"
    "INSERT INTO stock (site_id, item_id, on_hand, tracked, rev)"
    "  SELECT 1, id, 1000000000, 1, 1 FROM item WHERE id > 5;"
    "INSERT INTO order_line (order_id, item_id, site_id, quantity, proposed, cost, rev)"
    "  SELECT '" RAI_TEST_ORDER "', id, 1, 1000000000, 1000000000, 9000000000, 1 FROM item"
    "  WHERE id > 5;"
    "UPDATE purchase_order SET total = 1000000000000, protects = 1000000000000;"
    "UPDATE alert SET money = 1000000000000;"
    "UPDATE site_day SET revenue = 1000000000000000, cost = 1000000000000000;"
    "UPDATE stock SET revenue_28 = 1000000000000, revenue_365 = 1000000000000;";

static int64_t
read_money (RaiDb *db, const char *name, const char *column) {
  g_autoptr (RaiIdentity) all = rai_identity_new_system ();
  g_autoptr (RaiRows) rows = run (db, name, all, examples (rai_query_find (name), false));
  g_assert_cmpuint (rai_rows_count (rows), >, 0);
  return rai_rows_get_int (rows, 0, column);
}

/* Over a thousand items that are as dear and as many as can be entered: no query fails, and what is
 * added up is money. */
static void
extremes (RaiDb *db) {
  g_autoptr (RaiIdentity) all = rai_identity_new_system ();
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  rai_test_db_fill (db);
  rai_db_begin_write (db, &error);
  rai_db_exec (db, extremes_fill, &error);
  g_assert_no_error (error);
  rai_db_commit (db, &error);
  g_assert_no_error (error);

  for (const RaiQuery *query = rai_queries; query->name; query++) {
    g_test_message ("%s", query->name);
    g_autoptr (RaiRows) rows = run (db, query->name, all, examples (query, false));
  }

  findings = rai_verify_run (db, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (findings);
  g_assert_cmpint (read_money (db, "briefing", "stock_value"), ==, INT64_C (9000000000000000));
  g_assert_cmpint (read_money (db, "ranking", "stock_value"), ==, INT64_C (9000000000000000));
  g_assert_cmpint (read_money (db, "briefing", "revenue_28"), >=, 0);
}

static void
test_first_day (void) {
  const int64_t sites[] = { 1 };
  g_autoptr (RaiIdentity) some =
      rai_identity_new (2, "mia", RAI_ROLE_STORE_MANAGER, false, sites, 1);
  g_autoptr (RaiIdentity) all = rai_identity_new (3, "eve", RAI_ROLE_EXECUTIVE, true, NULL, 0);

  const RaiQuery *items = rai_query_find ("item-days"), *stores = rai_query_find ("site-days");
  g_assert_cmpint (rai_query_first_day (items, some, 20000), ==, RAI_DAY_NONE);
  g_assert_cmpint (rai_query_first_day (items, all, 20000), ==, 20000 - 90);
  g_assert_cmpint (rai_query_first_day (items, all, RAI_DAY_NONE), ==, RAI_DAY_NONE);
  g_assert_cmpint (rai_query_first_day (stores, all, 20000), ==, RAI_DAY_NONE);
}

/* The answer outlives the parts that it was put together from. */
static void
test_concat (void) {
  const RaiQuery query = { .columns = (const RaiQueryColumn[]){
                               { "n", RAI_VALUE_INT }, { "t", RAI_VALUE_TEXT }, { 0 } } };
  RaiRows *first = rai_query_new_rows (&query), *second = rai_query_new_rows (&query);

  rai_rows_append_nulls (first, 2);
  rai_rows_set_int (first, 0, 0, 1);
  rai_rows_set_data (first, 0, 1, "one", 3);
  rai_rows_append_nulls (second, 1);
  rai_rows_set_data (second, 0, 1, "two", 3);
  g_autoptr (RaiRows) both = rai_rows_concat (first, 1, second);
  rai_rows_unref (first);
  rai_rows_unref (second);
  g_assert_cmpuint (rai_rows_count (both), ==, 2);
  g_assert_cmpint (rai_rows_get_int (both, 0, "n"), ==, 1);
  g_assert_cmpstr (rai_rows_get_text (both, 0, "t"), ==, "one");
  g_assert_true (rai_rows_get_is_null (both, 1, "n"));
  g_assert_cmpstr (rai_rows_get_text (both, 1, "t"), ==, "two");
}

/* What the role may not see is null, in nobody's order, and the rest stays. */
static void
hidden_columns (RaiDb *db) {
  rai_test_db_fill (db);
  const int64_t first[] = { 1 };
  g_autoptr (RaiIdentity) associate =
      rai_identity_new (3, "sam", RAI_ROLE_ASSOCIATE, false, first, 1);
  g_autoptr (RaiRows) item =
      run (db, "item", associate, rai_query_arguments ("site", "1", "item", "1", NULL));
  g_autoptr (RaiRows) alerts = run (db, "alerts", associate, NULL);
  g_autoptr (GHashTable) by_money = rai_query_arguments ("sort", "-money", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (rai_rows_get_is_null (item, 0, "cost"));
  g_assert_true (rai_rows_get_is_null (item, 0, "revenue_28"));
  g_assert_cmpint (rai_rows_get_int (item, 0, "price"), ==, 100);
  g_assert_cmpuint (rai_rows_count (alerts), ==, 1);
  g_assert_true (rai_rows_get_is_null (alerts, 0, "money"));
  g_assert_null (rai_query_run (db, rai_query_find ("alerts"), associate, by_money, &error));
  g_assert_error (error, RAI_QUERY_ERROR, RAI_QUERY_ERROR_FORBIDDEN);
}

/* One row and one name, in however many stores somebody was met; none of who was never met
 * there. */
static void
names (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (GError) error = NULL;
  rai_db_exec (db,
               "UPDATE movement SET account_id = 3; INSERT INTO person (site_id, id, name, rev) "
               "VALUES (2, 3, 'Sam of two', 1), (0, 3, 'Sam of all', 1), (2, 7, 'Noa', 1);"
               "UPDATE alert SET owner_id = 7; UPDATE purchase_order SET approved_by = 1",
               &error);
  g_assert_no_error (error);

  g_autoptr (RaiIdentity) all = rai_identity_new_system ();
  g_autoptr (RaiRows) one = run (db, "movements", all, rai_query_arguments ("site", "1", NULL));
  g_autoptr (RaiRows) two = run (db, "movements", all, rai_query_arguments ("site", "2", NULL));
  g_autoptr (RaiRows) alerts = run (db, "alerts", all, NULL);
  g_autoptr (RaiRows) orders = run (db, "orders", all, NULL);

  g_assert_cmpuint (rai_rows_count (one), ==, 5);
  g_assert_cmpstr (rai_rows_get_text (one, 0, "account"), ==, "Sam");
  g_assert_cmpuint (rai_rows_count (two), ==, 5);
  g_assert_cmpstr (rai_rows_get_text (two, 0, "account"), ==, "Sam of two");
  g_assert_true (rai_rows_get_is_null (alerts, 0, "owner"));
  g_assert_cmpstr (rai_rows_get_text (orders, 0, "approved_by"), ==, "Ann");
}

/* ---- Words about stock ---- */

static void change (RaiDb *db, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
change (RaiDb *db, const char *format, ...) {
  g_autoptr (GError) error = NULL;
  va_list list;
  va_start (list, format);
  g_autofree char *sql = g_strdup_vprintf (format, list);
  va_end (list);
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* Item 3 of store 1 sells two a day from 20501 on, what is ordered now comes on 20504. */
static void
sell_two_a_day (RaiDb *db) {
  g_autoptr (GString) needs = g_string_new (NULL);
  for (int day = 1; day <= 28; day++)
    g_string_append_printf (needs, "%s%d", day > 1 ? "," : "", day * 2000);
  rai_test_db_fill (db);
  change (db,
          "UPDATE site SET planned_day = 20501;"
          "INSERT INTO purchase_order (id, site_id, supplier_id, status, order_day, delivery_day, "
          "total, rev) VALUES ('on-the-way', 1, 1, 'approved', 20499, 20502, 0, 1);"
          "INSERT INTO order_line (order_id, item_id, site_id, quantity, proposed, cost, rev) "
          "VALUES ('on-the-way', 3, 1, 0, 0, 100, 1);"
          "INSERT INTO item_day (site_id, item_id, day, quantity, revenue, rev) "
          "VALUES (1, 3, 20501, 0, 0, 1);"
          "UPDATE plan SET needs = '%s', needs_week = 14000, short_days = 3, short_below = 6000, "
          "over_from = 150000, supply_day = 20504 WHERE site_id = 1 AND item_id = 3",
          needs->str);
}

typedef struct {
  int on_hand, coming, coming_day, sold_today, tracked;
  const char *words; /* status, days it lasts, day it runs out, next delivery, open alerts */
} Standing;

static char *
words_of (RaiDb *db) {
  static const char *const columns[] = { "cover_days", "stockout_day", "next_delivery" };
  g_autoptr (RaiIdentity) all = rai_identity_new_system ();
  g_autoptr (RaiRows) item =
      run (db, "item", all, rai_query_arguments ("site", "1", "item", "3", NULL));
  g_autoptr (RaiRows) counts = run (db, "counts", all, rai_query_arguments ("site", "1", NULL));
  GString *text = g_string_new (rai_rows_get_text (item, 0, "status"));
  for (size_t i = 0; i < G_N_ELEMENTS (columns); i++)
    if (rai_rows_get_is_null (item, 0, columns[i]))
      g_string_append (text, " -");
    else
      g_string_append_printf (text, " %d", (int) rai_rows_get_int (item, 0, columns[i]));
  g_string_append_printf (text, " %d", (int) rai_rows_get_int (counts, 0, "alerts"));
  return g_string_free (text, FALSE);
}

/* The state of the alert, and where else it is told. */
static void
check_alert (RaiDb *db, bool open) {
  g_autoptr (RaiIdentity) all = rai_identity_new_system ();
  g_autoptr (RaiRows) one =
      run (db, "alert", all, rai_query_arguments ("id", RAI_TEST_ALERT, NULL));
  g_autoptr (RaiRows) active =
      run (db, "alerts", all, rai_query_arguments ("site", "1", "state", "active", NULL));
  g_autoptr (RaiRows) resolved =
      run (db, "alerts", all, rai_query_arguments ("site", "1", "state", "resolved", NULL));
  g_autoptr (RaiRows) briefing =
      run (db, "briefing", all, rai_query_arguments ("site", "1", "day", "2026-02-16", NULL));
  g_assert_cmpstr (rai_rows_get_text (one, 0, "state"), ==, open ? "open" : "resolved");
  g_assert_cmpuint (rai_rows_count (active), ==, open);
  g_assert_cmpuint (rai_rows_count (resolved), ==, !open);
  g_assert_cmpint (rai_rows_get_int (briefing, 0, "alerts"), ==, open);
  g_assert_cmpint (rai_rows_get_int (briefing, 0, "alerts_money"), ==, open ? 4500 : 0);
}

static void
stock_words (RaiDb *db) {
  static const Standing standings[] = {
    { 10000, 0, 20502, 0, 1, "fine 5 20506 20504 0" },
    { 5000, 0, 20502, 0, 1, "runs_out 2 20503 20504 1" },
    { 6000, 0, 20502, 0, 1, "fine 3 20504 20504 0" },
    { 0, 0, 20502, 0, 1, "out 0 20501 20504 1" },
    { -3000, 0, 20502, 0, 1, "out 0 20501 20504 1" },
    /* What comes in time, too late, or not any more. */
    { 5000, 20000, 20502, 0, 1, "fine 2 20513 20502 0" },
    { 5000, 20000, 20504, 0, 1, "runs_out 2 20503 20504 1" },
    { 5000, 20000, 20480, 0, 1, "runs_out 2 20503 20504 1" },
    /* What was sold today was part of what is needed today. */
    { 1000, 0, 20502, 4000, 1, "runs_out 2 20503 20504 1" },
    { 56000, 0, 20502, 0, 1, "fine 28 20529 20504 0" },
    { 150000, 0, 20502, 0, 1, "over 75 20576 20504 0" },
    { 2000000, 0, 20502, 0, 1, "over - - 20504 0" },
    { 5000, 0, 20502, 0, 0, "no_data - - 20504 0" },
  };

  sell_two_a_day (db);
  for (size_t i = 0; i < G_N_ELEMENTS (standings); i++) {
    const Standing *standing = &standings[i];
    change (db,
            "UPDATE stock SET on_hand = %d, on_order = %d, tracked = %d WHERE site_id = 1 AND "
            "item_id = 3; UPDATE order_line SET quantity = %d WHERE order_id = 'on-the-way'; "
            "UPDATE purchase_order SET delivery_day = %d WHERE id = 'on-the-way'; "
            "UPDATE item_day SET quantity = %d WHERE site_id = 1 AND item_id = 3 AND day = 20501",
            standing->on_hand, standing->coming, standing->tracked, standing->coming,
            standing->coming_day, standing->sold_today);
    g_autofree char *words = words_of (db);
    g_assert_cmpstr (words, ==, standing->words);
    check_alert (db, g_str_has_suffix (words, "1"));
  }
}

/* Alerts of other kinds that a count or a delivery answers. */
static void
answered (RaiDb *db) {
  static const struct {
    const char *kind;
    int on_hand;
    const char *order;
    bool open;
  } cases[] = {
    { "stock_out", 0, "approved", true },          { "stock_out", 1000, "approved", false },
    { "negative_stock", -1000, "approved", true }, { "negative_stock", 0, "approved", false },
    { "overstock", 150000, "approved", true },     { "overstock", 149000, "approved", false },
    { "late_delivery", 10000, "approved", true },  { "late_delivery", 10000, "received", false },
    { "sales_anomaly", 10000, "approved", true },
  };

  sell_two_a_day (db);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    change (db,
            "UPDATE alert SET kind = '%s', day = 20502; UPDATE stock SET on_hand = %d WHERE "
            "site_id = 1 AND item_id = 3; UPDATE purchase_order SET status = '%s', delivery_day = "
            "20490 WHERE id = 'on-the-way'",
            cases[i].kind, cases[i].on_hand, cases[i].order);
    check_alert (db, cases[i].open);
  }
}

/* What is perhaps not there: somebody looks, it sells after all, or nothing is left of it. */
static void
answered_phantom (RaiDb *db) {
  static const char *const answers[] = {
    "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity, counted, account_id, "
    "rev) "
    "VALUES ('01970000-0000-7000-8000-0000000000c1', 1, 3, 1771300000000, 20501, 'count', 0, "
    "10000, "
    "0, 1)",
    "UPDATE stock SET last_sale = 20501 WHERE site_id = 1 AND item_id = 3",
    "UPDATE stock SET on_hand = 0 WHERE site_id = 1 AND item_id = 3",
  };

  sell_two_a_day (db);
  for (size_t i = 0; i < G_N_ELEMENTS (answers); i++) {
    change (db, "DELETE FROM movement WHERE site_id = 1 AND item_id = 3;"
                "UPDATE alert SET kind = 'phantom_stock', day = 20490;"
                "UPDATE stock SET on_hand = 10000, last_sale = 20490 WHERE site_id = 1 AND "
                "item_id = 3");
    check_alert (db, true);
    change (db, "%s", answers[i]);
    check_alert (db, false);
  }
}

/* An alert tells of now as long as it holds; what is over keeps its numbers. */
static void
alert_numbers (RaiDb *db) {
  static const struct {
    const char *state;
    int on_hand;
    int day;
    double value;
  } cases[] = {
    { "open", 5000, 20503, 5 },         { "open", 3000, 20502, 3 },
    { "acknowledged", 3000, 20502, 3 }, { "open", 90000, 20509, 17 },
    { "resolved", 3000, 20509, 17 },
  };
  g_autoptr (RaiIdentity) all = rai_identity_new_system ();

  sell_two_a_day (db);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    change (db,
            "UPDATE alert SET state = '%s', day = 20509, value = 17; UPDATE stock SET on_hand = %d "
            "WHERE site_id = 1 AND item_id = 3",
            cases[i].state, cases[i].on_hand);
    g_autoptr (RaiRows) alert =
        run (db, "alert", all, rai_query_arguments ("id", RAI_TEST_ALERT, NULL));
    g_assert_cmpint (rai_rows_get_int (alert, 0, "day"), ==, cases[i].day);
    g_assert_cmpfloat (rai_rows_get_double (alert, 0, "value"), ==, cases[i].value);
  }
}

/* Hardly any demand, nothing to go by, and a plan from before. */
static void
other_plans (RaiDb *db) {
  sell_two_a_day (db);
  change (db, "UPDATE plan SET needs = '', status = 'over' WHERE site_id = 1 AND item_id = 3");
  g_autofree char *none = words_of (db);
  g_assert_cmpstr (none, ==, "fine - - 20504 0");
  change (db, "UPDATE plan SET needs = NULL, cover_days = 9 WHERE site_id = 1 AND item_id = 3");
  g_autofree char *before = words_of (db);
  g_assert_cmpstr (before, ==, "over 9 - - 1");
  change (db, "DELETE FROM plan");
  g_autofree char *nothing = words_of (db);
  g_assert_cmpstr (nothing, ==, "no_data - - - 1");
}

static int64_t
first_moved (RaiDb *db) {
  g_autoptr (RaiIdentity) all = rai_identity_new_system ();
  g_autoptr (RaiRows) rows =
      run (db, "movements", all, rai_query_arguments ("site", "1", "item", "1", NULL));
  return rai_rows_get_int (rows, 0, "quantity");
}

/* The opening stock is what was there that day, whatever was sold before; a count behind other
 * movements is what it differed by. */
static void
opening (RaiDb *db) {
  rai_test_db_fill (db);
  change (db, "UPDATE movement SET counted = 10000, quantity = 987000 WHERE site_id = 1");
  g_assert_cmpint (first_moved (db), ==, 10000);
  change (db, "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity, account_id, "
              "rev) VALUES ('earlier', 1, 1, -1, 20498, 'receive', 4000, 0, 1)");
  g_assert_cmpint (first_moved (db), ==, 987000);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/query/every", every_query);
  rai_test_db_add ("/db/query/columns", columns);
  rai_test_db_add ("/db/query/extremes", extremes);
  rai_test_db_add ("/db/query/values", values);
  rai_test_db_add ("/db/query/letters", letters);
  rai_test_db_add ("/db/query/scope", scope);
  rai_test_db_add ("/db/query/hidden-columns", hidden_columns);
  rai_test_db_add ("/db/query/names", names);
  rai_test_db_add ("/db/query/wrong-arguments", wrong_arguments);
  g_test_add_func ("/db/query/first-day", test_first_day);
  g_test_add_func ("/db/query/concat", test_concat);

  rai_test_db_add ("/db/query/stock-words", stock_words);
  rai_test_db_add ("/db/query/answered", answered);
  rai_test_db_add ("/db/query/answered-phantom", answered_phantom);
  rai_test_db_add ("/db/query/alert-numbers", alert_numbers);
  rai_test_db_add ("/db/query/other-plans", other_plans);
  rai_test_db_add ("/db/query/opening", opening);
  return rai_test_db_end (g_test_run ());
}
