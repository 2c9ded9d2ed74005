/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-verify.h"

#include "db/rai-migration.h"

/* Findings of one check that are told; the rest is counted. */
#define TOLD 20

/* A check is a query whose rows are what is wrong: one text a row, ready to be read. */
typedef struct {
  const char *title;
  const char *sql;
} Check;

#define TEXT(expression) "CAST(" expression " AS TEXT)"

/* Of an order whatever it holds: as doubles, for the sum of dear lines may leave 64 bits. */
#define LINES "sum(CAST((quantity * cost + 500) / 1000 AS DOUBLE PRECISION))"

/* clang-format off */
static const Check checks[] = {
  { "Receipts and their lines",
    "SELECT 'receipt ' || r.number || ' of store ' || " TEXT ("r.site_id") " || ': total ' || " TEXT ("r.total")
    " || ', lines ' || " TEXT ("coalesce(l.total, 0)")
    " FROM receipt r LEFT JOIN (SELECT receipt_id, CAST(sum(amount) AS BIGINT) AS total, count(*) AS n "
    "FROM receipt_line GROUP BY receipt_id) AS l ON l.receipt_id = r.id "
    "WHERE r.total <> coalesce(l.total, 0) OR r.n_lines <> coalesce(l.n, 0)" },
  { "Lines without a receipt",
    "SELECT 'receipt id ' || " TEXT ("l.receipt_id") " || ' has lines and is not there' FROM receipt_line l "
    "LEFT JOIN receipt r ON r.id = l.receipt_id WHERE r.id IS NULL GROUP BY l.receipt_id" },
  /* With the same lines at the same moment, where neither till nor day tells them apart. */
  { "Receipts told twice",
    "SELECT 'receipt ' || twice.number || ' of store ' || " TEXT ("twice.site_id") " || ' is there twice: its till or "
    "its day was said only once' FROM (SELECT site_id, number, min(id) AS first, max(id) AS last FROM receipt "
    "WHERE voided_at IS NULL GROUP BY site_id, number, sold_at, n_lines, total HAVING count(*) > 1 "
    "AND (min(till) = '' OR min(till) = max(till)) AND (min(said_day) = 0 OR min(said_day) = max(said_day))) AS twice "
    "WHERE NOT EXISTS (SELECT 1 FROM receipt_line a LEFT JOIN receipt_line b ON b.receipt_id = twice.last "
    "AND b.line = a.line AND b.item_id = a.item_id AND b.quantity = a.quantity AND b.amount = a.amount "
    "WHERE a.receipt_id = twice.first AND b.receipt_id IS NULL)" },
  { "Sales of items by day",
    "SELECT 'item ' || " TEXT ("item_id") " || ' of store ' || " TEXT ("site_id") " || ' on day ' || " TEXT ("day")
    " || ': sold ' || " TEXT ("CAST(sum(quantity) AS BIGINT)") " || ' more than rolled up, for ' || "
    TEXT ("CAST(sum(revenue) AS BIGINT)")
    " FROM (SELECT r.site_id, l.item_id, r.day, l.quantity, l.amount AS revenue FROM receipt_line l "
    "JOIN receipt r ON r.id = l.receipt_id UNION ALL "
    "SELECT site_id, item_id, starts_at / 24, quantity, amount FROM sales_total WHERE period <> 'week' UNION ALL "
    "SELECT site_id, item_id, day, -quantity, -revenue FROM item_day WHERE NOT EXISTS "
    "(SELECT 1 FROM sales_total t WHERE t.period = 'week' AND t.site_id = item_day.site_id "
    "AND t.item_id = item_day.item_id AND t.starts_at BETWEEN (item_day.day - 6) * 24 AND item_day.day * 24 + 23)) AS sums "
    "WHERE NOT EXISTS (SELECT 1 FROM sales_total t WHERE t.period = 'week' AND t.site_id = sums.site_id "
    "AND t.item_id = sums.item_id AND t.starts_at BETWEEN (sums.day - 6) * 24 AND sums.day * 24 + 23) "
    "GROUP BY site_id, item_id, day HAVING sum(quantity) <> 0 OR sum(revenue) <> 0" },
  { "Sales of stores by day",
    "SELECT 'store ' || " TEXT ("site_id") " || ' on day ' || " TEXT ("day") " || ': its items sold ' || "
    TEXT ("CAST(sum(revenue) AS BIGINT)") " || ' more than the store' FROM ("
    "SELECT site_id, day, quantity, revenue FROM item_day UNION ALL "
    "SELECT site_id, day, -quantity, -revenue FROM site_day) AS sums GROUP BY site_id, day "
    "HAVING sum(quantity) <> 0 OR sum(revenue) <> 0" },
  { "Sales of departments by day",
    "SELECT 'store ' || " TEXT ("site_id") " || ' on day ' || " TEXT ("day") " || ': its departments sold ' || "
    TEXT ("CAST(sum(revenue) AS BIGINT)") " || ' more than the store' FROM ("
    "SELECT site_id, day, quantity, revenue, cost FROM department_day UNION ALL "
    "SELECT site_id, day, -quantity, -revenue, -cost FROM site_day) AS sums GROUP BY site_id, day "
    "HAVING sum(quantity) <> 0 OR sum(revenue) <> 0 OR sum(cost) <> 0" },
  { "Receipts of stores by day",
    "SELECT 'store ' || " TEXT ("site_id") " || ' on day ' || " TEXT ("day") " || ': ' || "
    TEXT ("CAST(sum(n) AS BIGINT)") " || ' receipts more than rolled up' FROM ("
    "SELECT site_id, day, count(*) AS n FROM receipt GROUP BY site_id, day UNION ALL "
    "SELECT site_id, day, -receipts FROM site_day) AS sums GROUP BY site_id, day HAVING sum(n) <> 0" },
  { "Sales of stores by month",
    "SELECT 'store ' || " TEXT ("site_id") " || ': its days and its months differ by ' || "
    TEXT ("CAST(sum(revenue) AS BIGINT)") " FROM ("
    "SELECT site_id, quantity, revenue, cost, receipts FROM site_day UNION ALL "
    "SELECT site_id, -quantity, -revenue, -cost, -receipts FROM site_month) AS sums GROUP BY site_id "
    "HAVING sum(quantity) <> 0 OR sum(revenue) <> 0 OR sum(cost) <> 0 OR sum(receipts) <> 0" },
  { "Stock and its ledger",
    "SELECT 'item ' || " TEXT ("item_id") " || ' of store ' || " TEXT ("site_id") " || ': the ledger holds ' || "
    TEXT ("CAST(sum(quantity) AS BIGINT)") " || ' more than the stock' FROM ("
    "SELECT site_id, item_id, quantity FROM movement UNION ALL SELECT site_id, item_id, -quantity FROM item_day "
    "UNION ALL SELECT site_id, item_id, -on_hand FROM stock) AS ledger GROUP BY site_id, item_id "
    "HAVING sum(quantity) <> 0" },
  /* Items with totals near their last count are left out: when a total was sold is not known. */
  { "Stock and its last count",
    "SELECT 'item ' || " TEXT ("item_id") " || ' of store ' || " TEXT ("site_id") " || ': its last count and what came after "
    "make ' || " TEXT ("expected") " || ', the stock is ' || " TEXT ("on_hand") " FROM ("
    "SELECT c.site_id, c.item_id, s.on_hand, c.counted + "
    "coalesce((SELECT CAST(sum(m.quantity) AS BIGINT) FROM movement m WHERE m.site_id = c.site_id AND m.item_id = c.item_id "
    "AND m.at >= c.at AND (m.at > c.at OR m.id > c.id)), 0) - "
    "coalesce((SELECT CAST(sum(d.quantity) AS BIGINT) FROM item_day d WHERE d.site_id = c.site_id "
    "AND d.item_id = c.item_id AND d.day > c.day + 4), 0) - coalesce(a.sold, 0) AS expected "
    "FROM (SELECT site_id, item_id, at, id, day, counted, row_number() OVER "
    "(PARTITION BY site_id, item_id ORDER BY at DESC, id DESC) AS place FROM movement WHERE counted IS NOT NULL) AS c "
    "JOIN stock s ON s.site_id = c.site_id AND s.item_id = c.item_id "
    "LEFT JOIN (SELECT c2.site_id, c2.item_id, CAST(sum(l.quantity) AS BIGINT) AS sold FROM "
    "(SELECT site_id, item_id, max(at) AS at FROM movement WHERE counted IS NOT NULL GROUP BY site_id, item_id) AS c2 "
    "JOIN movement c3 ON c3.site_id = c2.site_id AND c3.item_id = c2.item_id AND c3.at = c2.at AND c3.counted IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM movement c4 WHERE c4.site_id = c3.site_id AND c4.item_id = c3.item_id "
    "AND c4.at = c3.at AND c4.counted IS NOT NULL AND c4.id > c3.id) "
    "JOIN receipt r ON r.site_id = c2.site_id AND r.sold_at > c2.at AND r.day <= c3.day + 4 "
    "AND r.sold_at < (c3.day + 9) * CAST(86400000 AS BIGINT) "
    "JOIN receipt_line l ON l.receipt_id = r.id AND l.item_id = c2.item_id GROUP BY c2.site_id, c2.item_id) AS a "
    "ON a.site_id = c.site_id AND a.item_id = c.item_id WHERE c.place = 1 AND c.at >= "
    "CAST((SELECT value FROM meta WHERE key = 'counts_by_time_since') AS BIGINT) AND NOT EXISTS "
    "(SELECT 1 FROM sales_total t WHERE t.site_id = c.site_id AND t.item_id = c.item_id "
    "AND t.starts_at BETWEEN (c.day - 8) * 24 AND (c.day + 5) * 24)) AS counts WHERE expected <> on_hand" },
  /* As counted before the shop opened, where nothing was kept before. Openings beside which a receipt's business day is
   * not that of the clock are left out, and those with totals near. */
  { "Opening stock and what followed",
    "SELECT 'item ' || " TEXT ("item_id") " || ' of store ' || " TEXT ("site_id") " || ': the opening stock and what followed "
    "make ' || " TEXT ("expected") " || ', the stock is ' || " TEXT ("on_hand") " FROM ("
    "SELECT f.site_id, f.item_id, s.on_hand, f.counted + f.later - coalesce((SELECT CAST(sum(d.quantity) AS BIGINT) "
    "FROM item_day d WHERE d.site_id = f.site_id AND d.item_id = f.item_id AND d.day >= f.day), 0) AS expected "
    "FROM (SELECT site_id, item_id, at, day, kind, counted, CAST(sum(quantity) OVER (PARTITION BY site_id, item_id) AS BIGINT) "
    "- quantity AS later, row_number() OVER (PARTITION BY site_id, item_id ORDER BY at, id) AS place FROM movement) AS f "
    "JOIN stock s ON s.site_id = f.site_id AND s.item_id = f.item_id "
    "LEFT JOIN (SELECT DISTINCT o.site_id, o.at FROM (SELECT DISTINCT site_id, at, day FROM movement "
    "WHERE kind = 'opening' AND counted IS NOT NULL) AS o JOIN receipt r ON r.site_id = o.site_id "
    "AND r.sold_at BETWEEN o.at - CAST(345600000 AS BIGINT) AND o.at + CAST(345600000 AS BIGINT) "
    "WHERE (r.sold_at > o.at AND r.day < o.day) OR (r.sold_at <= o.at AND r.day >= o.day)) AS beside "
    "ON beside.site_id = f.site_id AND beside.at = f.at "
    "WHERE f.place = 1 AND f.kind = 'opening' AND f.counted IS NOT NULL AND beside.at IS NULL AND f.at >= "
    "CAST((SELECT value FROM meta WHERE key = 'counts_by_time_since') AS BIGINT) AND NOT EXISTS "
    "(SELECT 1 FROM sales_total t WHERE t.site_id = f.site_id AND t.item_id = f.item_id "
    "AND t.starts_at BETWEEN (f.day - 8) * 24 AND (f.day + 5) * 24)) AS openings WHERE expected <> on_hand" },
  { "Shares of days without stock",
    "SELECT 'item ' || " TEXT ("d.item_id") " || ' of store ' || " TEXT ("d.site_id") " || ' on day ' || " TEXT ("d.day")
    " || ': without stock for ' || " TEXT ("d.out_of_stock") " || ' thousandths, ' || " TEXT ("d.flagged")
    " || ' were said' FROM item_day d LEFT JOIN stock s ON s.site_id = d.site_id AND s.item_id = d.item_id "
    "WHERE d.out_of_stock < d.flagged OR d.out_of_stock > 1000 OR d.flagged < 0 "
    "OR (d.out_of_stock > d.flagged AND (coalesce(s.tracked, 0) = 0 OR NOT EXISTS (SELECT 1 FROM movement m "
    "WHERE m.site_id = d.site_id AND m.item_id = d.item_id AND m.day <= d.day + 1)))" },
  { "Stock on order",
    "SELECT 'item ' || " TEXT ("item_id") " || ' of store ' || " TEXT ("site_id") " || ': open orders hold ' || "
    TEXT ("CAST(sum(quantity) AS BIGINT)") " || ' more than the stock on order' FROM ("
    "SELECT l.site_id, l.item_id, l.quantity - l.received AS quantity FROM order_line l "
    "JOIN purchase_order o ON o.id = l.order_id WHERE o.status = 'approved' AND l.quantity > l.received UNION ALL "
    "SELECT site_id, item_id, -on_order FROM stock) AS orders GROUP BY site_id, item_id HAVING sum(quantity) <> 0" },
  { "Windows of stock",
    "SELECT 'item ' || " TEXT ("s.item_id") " || ' of store ' || " TEXT ("s.site_id")
    " || ': its sums over the last days are not those of its sales' FROM stock s JOIN site x ON x.id = s.site_id "
    "LEFT JOIN (SELECT d.site_id, d.item_id, sum(CASE WHEN d.day > x.last_day - 7 THEN d.quantity ELSE 0 END) AS q7, "
    "sum(CASE WHEN d.day > x.last_day - 28 THEN d.quantity ELSE 0 END) AS q28, "
    "sum(CASE WHEN d.day > x.last_day - 91 THEN d.quantity ELSE 0 END) AS q91, "
    "sum(CASE WHEN d.day > x.last_day - 28 THEN d.revenue ELSE 0 END) AS r28, sum(d.revenue) AS r365 FROM item_day d "
    "JOIN site x ON x.id = d.site_id WHERE d.day > x.last_day - 365 AND d.day <= x.last_day "
    "GROUP BY d.site_id, d.item_id) AS w ON w.site_id = s.site_id AND w.item_id = s.item_id "
    "WHERE s.quantity_7 <> coalesce(w.q7, 0) OR s.quantity_28 <> coalesce(w.q28, 0) OR "
    "s.quantity_91 <> coalesce(w.q91, 0) OR s.revenue_28 <> coalesce(w.r28, 0) OR "
    "s.revenue_365 <> coalesce(w.r365, 0)" },
  { "Last day of stores",
    "SELECT 'store ' || " TEXT ("x.id") " || ': its last day with sales is ' || " TEXT ("d.day") " || ', not ' || "
    TEXT ("coalesce(x.last_day, 0)") " FROM site x JOIN (SELECT site_id, max(day) AS day FROM site_day GROUP BY site_id) "
    "AS d ON d.site_id = x.id WHERE x.last_day IS NULL OR x.last_day <> d.day" },
  { "Totals of orders",
    "SELECT 'order ' || o.id || ': total ' || " TEXT ("o.total") " || ', lines ' || " TEXT ("coalesce(l.total, 0)")
    " FROM purchase_order o LEFT JOIN (SELECT order_id, CAST(CASE WHEN " LINES " > 9e18 THEN 9e18 ELSE " LINES " END AS BIGINT) "
    "AS total FROM order_line GROUP BY order_id) AS l ON l.order_id = o.id "
    "WHERE o.status IN ('proposed', 'approved') AND o.total <> coalesce(l.total, 0)" },
  { "Parts of order lines",
    "SELECT 'order ' || order_id || ', item ' || " TEXT ("item_id") " || ': its parts do not add up' FROM order_line "
    "WHERE proposed <> part_demand + part_safety - part_on_hand - part_on_order + part_rounding AND part_demand <> 0" },
  { "Whole numbers",
    "/*sqlite SELECT 'table ' || name || ': ' || n || ' rows hold numbers that did not fit' FROM ("
    "SELECT 'item_day' AS name, count(*) AS n FROM item_day "
    "WHERE typeof (quantity) <> 'integer' OR typeof (revenue) <> 'integer' UNION ALL "
    "SELECT 'department_day', count(*) FROM department_day WHERE typeof (quantity) <> 'integer' "
    "OR typeof (revenue) <> 'integer' OR typeof (cost) <> 'integer' UNION ALL "
    "SELECT 'site_day', count(*) FROM site_day WHERE typeof (quantity) <> 'integer' "
    "OR typeof (revenue) <> 'integer' OR typeof (cost) <> 'integer' UNION ALL "
    "SELECT 'site_month', count(*) FROM site_month WHERE typeof (quantity) <> 'integer' "
    "OR typeof (revenue) <> 'integer' OR typeof (cost) <> 'integer' UNION ALL "
    "SELECT 'receipt', count(*) FROM receipt WHERE typeof (total) <> 'integer' UNION ALL "
    "SELECT 'stock', count(*) FROM stock WHERE typeof (on_hand) <> 'integer' "
    "OR typeof (on_order) <> 'integer') WHERE n > 0 */"
    "/*postgresql SELECT CAST(NULL AS TEXT) WHERE FALSE */" },
  { "One open alert a cause",
    "SELECT 'cause ' || cause || ': ' || " TEXT ("count(*)") " || ' alerts are open' FROM alert "
    "WHERE state <> 'resolved' GROUP BY cause HAVING count(*) > 1" },
  { "Revisions",
    "SELECT name || ' has revision ' || " TEXT ("newest") " || ', the feed is at ' || " TEXT ("feed.revision") " FROM ("
    "SELECT 'stock' AS name, max(rev) AS newest FROM stock UNION ALL SELECT 'item_day', max(rev) FROM item_day UNION ALL "
    "SELECT 'movement', max(rev) FROM movement UNION ALL SELECT 'plan', max(rev) FROM plan UNION ALL "
    "SELECT 'alert', max(rev) FROM alert UNION ALL SELECT 'purchase_order', max(rev) FROM purchase_order UNION ALL "
    "SELECT 'command_log', max(rev) FROM command_log UNION ALL SELECT 'tombstone', max(rev) FROM tombstone) AS newest, "
    "feed WHERE newest > feed.revision" },
};
/* clang-format on */

static bool
run_check (RaiDb *db, const Check *check, GPtrArray *findings, size_t *found, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, check->sql, error);
  if (statement == NULL)
    return false;

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW)
    if ((*found)++ < TOLD)
      g_ptr_array_add (findings,
                       g_strdup_printf ("%s: %s", check->title, rai_statement_text (statement, 0)));

  rai_statement_reset (statement);
  if (*found > TOLD)
    g_ptr_array_add (findings, g_strdup_printf ("%s: and %zu more", check->title, *found - TOLD));

  return step == RAI_STEP_DONE;
}

/* A database that does not answer ends it all; one in which a check cannot even be reckoned (sums
 * that do not fit) is a finding like others. */
static bool
ends_all (const GError *error) {
  return g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_LOST) ||
         g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_IO) ||
         g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_BUSY);
}

static bool
try_check (RaiDb *db, const Check *check, GPtrArray *findings, size_t *found, GError **error) {
  g_autoptr (GError) reason = NULL;

  /* PostgreSQL gives a transaction up at the first error in it. */
  if (!rai_db_savepoint (db, "verify", error))
    return false;
  if (run_check (db, check, findings, found, &reason))
    return rai_db_release (db, "verify", error);

  rai_db_rollback_to (db, "verify");
  if (ends_all (reason)) {
    g_propagate_prefixed_error (error, g_steal_pointer (&reason), "%s: ", check->title);
    return false;
  }

  ++*found;
  g_ptr_array_add (findings,
                   g_strdup_printf ("%s: cannot be checked: %s", check->title, reason->message));
  return true;
}

/* What the database itself knows to be broken. */
static bool
check_file (RaiDb *db, GPtrArray *findings, GError **error) {
  if (rai_db_kind (db) != RAI_DB_SQLITE)
    return true;

  RaiStatement *statement = rai_db_prepare (db, "PRAGMA quick_check (20)", error);
  if (statement == NULL)
    return false;

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW)
    if (g_strcmp0 (rai_statement_text (statement, 0), "ok") != 0)
      g_ptr_array_add (findings,
                       g_strdup_printf ("The file: %s", rai_statement_text (statement, 0)));

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

GPtrArray *
rai_verify_run (RaiDb *db, RaiVerifyTell tell, void *data, GError **error) {
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  if (!rai_migration_check (db, error) || !rai_db_begin_read (db, error))
    return NULL;

  bool done = check_file (db, findings, error);
  if (done && tell != NULL && rai_db_kind (db) == RAI_DB_SQLITE)
    tell ("The file", findings->len, data);
  for (size_t i = 0; done && i < G_N_ELEMENTS (checks); i++) {
    size_t found = 0;
    done = try_check (db, &checks[i], findings, &found, error);
    if (done && tell != NULL)
      tell (checks[i].title, found, data);
  }

  rai_db_rollback (db);
  return done ? g_steal_pointer (&findings) : NULL;
}
