/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-query.h"

#include "db/rai-stock-words.h"

/* What can be seen, a row a query. Everything reads roll-ups, never receipt lines. PostgreSQL sums
 * to NUMERIC, hence the casts; see rai-query.c for what the templates may hold. */

/* clang-format off */
#define PARAMETERS(...) (const RaiQueryParameter[]) { __VA_ARGS__, { 0 } }
#define COLUMNS(...) (const RaiQueryColumn[]) { __VA_ARGS__, { 0 } }
#define RESULT(name, type) { name, RAI_VALUE_##type, RAI_PERMISSION_SEE_RESULTS }
#define COST(name, type) { name, RAI_VALUE_##type, RAI_PERMISSION_SEE_COSTS }

/* Thousandths times minor units leave 64 bits before their sum is money again: added as doubles, which are exact for
 * any stock that can be meant, and cut where they would not fit. */
#define STOCK_COST "CAST(s.on_hand AS DOUBLE PRECISION) * i.cost"
#define STOCK_VALUE(sum) \
  "CAST(CASE WHEN " sum " > 9e18 THEN 9e18 WHEN " sum " < -9e18 THEN -9e18 ELSE " sum " END AS BIGINT) / 1000"
#define ITEM_SELECT \
  "SELECT s.item_id, i.sku, i.name, coalesce(d.name, '') AS department, i.unit, s.on_hand, s.on_order, " \
  "  " RAI_WORDS_COVER_DAYS " AS cover_days, " RAI_WORDS_STOCKOUT_DAY " AS stockout_day, " \
  "  " RAI_WORDS_NEXT_DELIVERY " AS next_delivery, " \
  "  p.lead_days, s.quantity_7, s.quantity_28, s.revenue_28, p.daily, " \
  "  " RAI_WORDS_STATUS " AS status, coalesce(p.reason, '') AS reason, " \
  "  coalesce((SELECT price FROM price WHERE price.site_id = s.site_id AND price.item_id = s.item_id " \
  "    AND price.first_day <= (SELECT coalesce(last_day, 0) + 1 FROM site WHERE site.id = s.site_id) " \
  "    ORDER BY price.first_day DESC LIMIT 1), i.price) AS price, " \
  "  i.barcode, s.tracked, s.last_sale "
#define ITEM_FROM \
  " FROM stock s JOIN site x ON x.id = s.site_id JOIN item i ON i.id = s.item_id " \
  "  LEFT JOIN department d ON d.id = i.department_id " \
  "  LEFT JOIN plan p ON p.site_id = s.site_id AND p.item_id = s.item_id "
#define ITEM_SEARCH \
  "(lower(i.name) LIKE '%' || lower(:search) || '%' OR " \
  "lower(i.sku) LIKE '%' || lower(:search) || '%' OR " \
  "i.barcode = :search)"
/* THE name of an account in a row of a store: as it was met there, or everywhere. One name, whatever rows there are. */
#define PERSON(account, site) \
  "(SELECT w.name FROM person w WHERE w.id = " account " AND w.site_id IN (0, " site ") " \
  "ORDER BY w.site_id DESC LIMIT 1)"
/* Where stock is kept from a count on, all of what was found came with it: what was sold before is not its matter, and
 * from there on movements and sales make what is on hand. */
#define MOVED \
  "CASE WHEN m.counted IS NOT NULL AND NOT EXISTS (SELECT 1 FROM movement e WHERE e.site_id = m.site_id " \
  "AND e.item_id = m.item_id AND e.at <= m.at AND (e.at < m.at OR e.id < m.id)) THEN m.counted ELSE m.quantity END"
#define ALERT_SELECT \
  "SELECT a.id, a.cause, a.kind, a.site_id, coalesce(x.name, '') AS site_name, a.item_id, " \
  "    coalesce(i.name, '') AS item_name, " \
  "  coalesce(i.sku, '') AS sku, a.severity, a.money, " \
  "  CASE WHEN " RAI_WORDS_ALERT_IS_NOW " AND a.kind = 'stock_out_predicted' " \
  "    THEN coalesce(" RAI_WORDS_STOCKOUT_DAY ", a.day) ELSE a.day END AS day, " \
  "  CASE WHEN " RAI_WORDS_ALERT_IS_NOW " AND a.kind IN " \
  "    ('stock_out', 'stock_out_predicted', 'overstock', 'negative_stock') " \
  "    THEN CAST(s.on_hand AS DOUBLE PRECISION) / 1000 ELSE a.value END AS value, a.expected, " \
  "  CASE WHEN " RAI_WORDS_ALERT_HOLDS " THEN a.state ELSE 'resolved' END AS state, " \
  "    a.snoozed_until, " PERSON ("a.owner_id", "a.site_id") " AS owner, " \
  "  a.opened_at, a.changed_at " \
  "FROM alert a " RAI_WORDS_ALERT_JOINS "LEFT JOIN item i ON i.id = a.item_id "
#define ITEM_COLUMNS \
  { "item_id", RAI_VALUE_INT }, { "sku", RAI_VALUE_TEXT }, { "name", RAI_VALUE_TEXT }, \
  { "department", RAI_VALUE_TEXT }, { "unit", RAI_VALUE_TEXT }, { "on_hand", RAI_VALUE_QUANTITY }, \
  { "on_order", RAI_VALUE_QUANTITY }, { "cover_days", RAI_VALUE_INT }, { "stockout_day", RAI_VALUE_DAY }, \
  { "next_delivery", RAI_VALUE_DAY }, { "lead_days", RAI_VALUE_INT }, { "quantity_7", RAI_VALUE_QUANTITY }, \
  { "quantity_28", RAI_VALUE_QUANTITY }, RESULT ("revenue_28", MONEY), { "daily", RAI_VALUE_DOUBLE }, \
  { "status", RAI_VALUE_TEXT }, { "reason", RAI_VALUE_TEXT }, { "price", RAI_VALUE_MONEY }, \
  { "barcode", RAI_VALUE_TEXT }, { "tracked", RAI_VALUE_BOOL }, { "last_sale", RAI_VALUE_DAY }
#define ALERT_COLUMNS \
  { "id", RAI_VALUE_UUID }, { "cause", RAI_VALUE_TEXT }, { "kind", RAI_VALUE_TEXT }, \
  { "site_id", RAI_VALUE_INT }, { "site_name", RAI_VALUE_TEXT }, { "item_id", RAI_VALUE_INT }, \
  { "item_name", RAI_VALUE_TEXT }, { "sku", RAI_VALUE_TEXT }, { "severity", RAI_VALUE_INT }, \
  RESULT ("money", MONEY), { "day", RAI_VALUE_DAY }, RESULT ("value", DOUBLE), \
  RESULT ("expected", DOUBLE), { "state", RAI_VALUE_TEXT }, { "snoozed_until", RAI_VALUE_DAY }, \
  { "owner", RAI_VALUE_TEXT }, { "opened_at", RAI_VALUE_TIME }, { "changed_at", RAI_VALUE_TIME }

const RaiQuery rai_queries[] = {
  {
    .name = "sites",
    .title = "Stores",
    .permission = RAI_PERMISSION_NONE,
    .columns = COLUMNS (
      { "id", RAI_VALUE_INT }, { "code", RAI_VALUE_TEXT }, { "name", RAI_VALUE_TEXT },
      { "region", RAI_VALUE_TEXT }, { "currency", RAI_VALUE_TEXT }, { "zone", RAI_VALUE_TEXT },
      { "open_weekdays", RAI_VALUE_INT }, { "open_since", RAI_VALUE_DAY },
      { "opens", RAI_VALUE_INT }, { "closes", RAI_VALUE_INT }, { "last_day", RAI_VALUE_DAY },
      { "day_before", RAI_VALUE_DAY }, { "planned_day", RAI_VALUE_DAY },
      { "plan_verdict", RAI_VALUE_TEXT }, { "plan_verdict_day", RAI_VALUE_DAY },
      { "days_missing", RAI_VALUE_INT }),
    .sql =
      "SELECT id, code, name, region, currency, zone, open_weekdays, open_since, opens, closes, last_day, "
      "  (SELECT MAX(d.day) FROM site_day d WHERE d.site_id = site.id AND d.day < site.last_day) "
      "  AS day_before, planned_day, "
      "  plan_verdict, plan_verdict_day, days_missing "
      "FROM site WHERE active = 1 AND {scope id} ORDER BY name, id",
  },
  {
    .name = "departments",
    .title = "Departments",
    .permission = RAI_PERMISSION_NONE,
    .columns = COLUMNS (
      { "id", RAI_VALUE_INT }, { "name", RAI_VALUE_TEXT }),
    .sql =
      "SELECT id, name FROM department ORDER BY name",
  },
  {
    .name = "suppliers",
    .title = "Suppliers",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .columns = COLUMNS (
      { "id", RAI_VALUE_INT }, { "code", RAI_VALUE_TEXT }, { "name", RAI_VALUE_TEXT },
      { "lead_days", RAI_VALUE_INT }, { "lead_spread", RAI_VALUE_DOUBLE }, { "order_weekdays", RAI_VALUE_INT },
      { "minimum_order", RAI_VALUE_MONEY }),
    .sql =
      "SELECT id, code, name, lead_days, lead_spread, order_weekdays, minimum_order FROM supplier ORDER BY "
      "    name",
  },
  {
    .name = "site-days",
    .title = "Sales by day",
    .permission = RAI_PERMISSION_SEE_RESULTS,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, false, NULL, "the store; absent: all of yours together" },
      { "from", RAI_VALUE_DAY, true, NULL, "first day" }, { "to", RAI_VALUE_DAY, true, NULL, "last day" }),
    .columns = COLUMNS (
      { "day", RAI_VALUE_DAY }, { "quantity", RAI_VALUE_QUANTITY }, RESULT ("revenue", MONEY),
      COST ("cost", MONEY), { "receipts", RAI_VALUE_INT }),
    .sql =
      "SELECT day, CAST(sum(quantity) AS BIGINT) AS quantity, CAST(sum(revenue) AS BIGINT) AS revenue, "
      "  CAST(sum(cost) AS BIGINT) AS cost, CAST(sum(receipts) AS BIGINT) AS receipts "
      "FROM site_day WHERE {scope site_id} AND day BETWEEN :from AND :to GROUP BY day ORDER BY day",
  },
  {
    .name = "department-days",
    .title = "Sales by department and day",
    .permission = RAI_PERMISSION_SEE_RESULTS,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, false, NULL, "the store; absent: all of yours together" },
      { "department", RAI_VALUE_INT, false, NULL, "the department" },
      { "from", RAI_VALUE_DAY, true, NULL, "first day" }, { "to", RAI_VALUE_DAY, true, NULL, "last day" }),
    .columns = COLUMNS (
      { "department_id", RAI_VALUE_INT }, { "day", RAI_VALUE_DAY }, { "quantity", RAI_VALUE_QUANTITY },
      RESULT ("revenue", MONEY), COST ("cost", MONEY)),
    .sql =
      "SELECT department_id, day, CAST(sum(quantity) AS BIGINT) AS quantity, "
      "  CAST(sum(revenue) AS BIGINT) AS revenue, CAST(sum(cost) AS BIGINT) AS cost "
      "FROM department_day WHERE {scope site_id} {if department AND department_id = :department} AND day "
      "    BETWEEN :from AND :to "
      "GROUP BY department_id, day ORDER BY department_id, day",
  },
  {
    .name = "item-days",
    .title = "Sales of an item by day",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, true, NULL, "the store" }, { "item", RAI_VALUE_ITEM, true, NULL, "the item" },
      { "from", RAI_VALUE_DAY, true, NULL, "first day" }, { "to", RAI_VALUE_DAY, true, NULL, "last day" }),
    .columns = COLUMNS (
      { "day", RAI_VALUE_DAY }, { "quantity", RAI_VALUE_QUANTITY }, RESULT ("revenue", MONEY),
      { "out_of_stock", RAI_VALUE_INT }),
    .sql =
      "SELECT day, quantity, revenue, out_of_stock "
      "FROM item_day WHERE {scope site_id} AND item_id = :item AND day BETWEEN :from AND :to ORDER BY day",
    .days_of = "item_day",
  },
  {
    .name = "site-months",
    .title = "Sales by month",
    .permission = RAI_PERMISSION_SEE_RESULTS,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, false, NULL, "the store; absent: all of yours together" }),
    .columns = COLUMNS (
      { "month", RAI_VALUE_INT }, RESULT ("revenue", MONEY), COST ("cost", MONEY),
      { "receipts", RAI_VALUE_INT }, { "quantity", RAI_VALUE_QUANTITY }),
    .sql =
      "SELECT month, CAST(sum(revenue) AS BIGINT) AS revenue, CAST(sum(cost) AS BIGINT) AS cost, "
      "  CAST(sum(receipts) AS BIGINT) AS receipts, CAST(sum(quantity) AS BIGINT) AS quantity "
      "FROM site_month WHERE {scope site_id} GROUP BY month ORDER BY month",
  },
  {
    .name = "briefing",
    .title = "The morning briefing",
    .permission = RAI_PERMISSION_SEE_RESULTS,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, false, NULL, "the store; absent: all of yours together" },
      { "day", RAI_VALUE_DAY, true, NULL, "the last business day" }),
    .columns = COLUMNS (
      { "day", RAI_VALUE_DAY }, RESULT ("revenue", MONEY), COST ("cost", MONEY),
      { "receipts", RAI_VALUE_INT }, RESULT ("revenue_last_week", MONEY),
      RESULT ("revenue_28", MONEY), COST ("cost_28", MONEY),
      RESULT ("revenue_28_before", MONEY), RESULT ("revenue_28_last_year", MONEY),
      { "carried", RAI_VALUE_INT }, { "available", RAI_VALUE_INT }, { "runs_out", RAI_VALUE_INT },
      { "out", RAI_VALUE_INT }, { "over", RAI_VALUE_INT }, COST ("stock_value", MONEY),
      { "orders", RAI_VALUE_INT }, COST ("orders_total", MONEY), COST ("orders_protect", MONEY),
      { "alerts", RAI_VALUE_INT }, RESULT ("alerts_money", MONEY)),
    .sql =
      "WITH days AS ( "
      "  SELECT CAST(coalesce(sum(CASE WHEN day = :day THEN revenue END), 0) AS BIGINT) AS revenue, "
      "    CAST(coalesce(sum(CASE WHEN day = :day THEN cost END), 0) AS BIGINT) AS cost, "
      "    CAST(coalesce(sum(CASE WHEN day = :day THEN receipts END), 0) AS BIGINT) AS receipts, "
      "    CAST(coalesce(sum(CASE WHEN day = :day - 7 THEN revenue END), 0) AS BIGINT) AS "
      "    revenue_last_week, "
      "    CAST(coalesce(sum(CASE WHEN day > :day - 28 THEN revenue END), 0) AS BIGINT) AS revenue_28, "
      "    CAST(coalesce(sum(CASE WHEN day > :day - 28 THEN cost END), 0) AS BIGINT) AS cost_28, "
      "    CAST(coalesce(sum(CASE WHEN day > :day - 56 AND day <= :day - 28 THEN revenue END), 0) AS "
      "    BIGINT) AS before, "
      "    CAST(coalesce(sum(CASE WHEN day <= :day - 364 THEN revenue END), 0) AS BIGINT) AS last_year "
      "  FROM site_day WHERE {scope site_id} "
      "    AND (day BETWEEN :day - 55 AND :day OR day BETWEEN :day - 391 AND :day - 364) "
      "), stocks AS ( "
      "  SELECT count(*) AS carried, CAST(coalesce(sum(CASE WHEN s.on_hand > 0 THEN 1 END), 0) AS BIGINT) "
      "    AS available, "
      "    " STOCK_VALUE ("coalesce(sum(CASE WHEN s.on_hand > 0 THEN " STOCK_COST " END), 0)") " AS value "
      "  FROM stock s JOIN item i ON i.id = s.item_id WHERE {scope s.site_id} AND s.tracked = 1 "
      "), plans AS ( "
      "  SELECT CAST(coalesce(sum(CASE WHEN status = 'runs_out' THEN 1 END), 0) AS BIGINT) AS runs_out, "
      "    CAST(coalesce(sum(CASE WHEN status = 'out' THEN 1 END), 0) AS BIGINT) AS gone, "
      "    CAST(coalesce(sum(CASE WHEN status = 'over' THEN 1 END), 0) AS BIGINT) AS too_much "
      "  FROM (SELECT " RAI_WORDS_STATUS " AS status FROM stock s JOIN site x ON x.id = s.site_id "
      "    JOIN plan p ON p.site_id = s.site_id AND p.item_id = s.item_id WHERE {scope s.site_id}) AS q "
      "), orders AS ( "
      "  SELECT count(*) AS n, CAST(coalesce(sum(total), 0) AS BIGINT) AS total, "
      "    CAST(coalesce(sum(protects), 0) AS BIGINT) AS protects "
      "  FROM purchase_order WHERE {scope site_id} AND status = 'proposed' "
      "), alerts AS ( "
      "  SELECT count(*) AS n, CAST(coalesce(sum(a.money), 0) AS BIGINT) AS money "
      "  FROM alert a" RAI_WORDS_ALERT_JOINS
      "  WHERE {scope a.site_id} AND a.state = 'open' AND " RAI_WORDS_ALERT_HOLDS " "
      ") "
      "SELECT :day AS day, days.revenue, days.cost, days.receipts, days.revenue_last_week, days.revenue_28, "
      "    days.cost_28, "
      "  days.before AS revenue_28_before, days.last_year AS revenue_28_last_year, "
      "  stocks.carried, stocks.available, plans.runs_out, plans.gone AS out, plans.too_much AS over, "
      "  stocks.value AS stock_value, orders.n AS orders, orders.total AS orders_total, "
      "  orders.protects AS orders_protect, alerts.n AS alerts, alerts.money AS alerts_money "
      "FROM days, stocks, plans, orders, alerts",
  },
  {
    .name = "ranking",
    .title = "Stores compared",
    .permission = RAI_PERMISSION_SEE_RESULTS,
    .parameters = PARAMETERS (
      { "from", RAI_VALUE_DAY, true, NULL, "first day" }, { "to", RAI_VALUE_DAY, true, NULL, "last day" }),
    .columns = COLUMNS (
      { "site_id", RAI_VALUE_INT }, { "site_name", RAI_VALUE_TEXT }, { "region", RAI_VALUE_TEXT },
      RESULT ("revenue", MONEY), COST ("cost", MONEY), RESULT ("revenue_before", MONEY),
      RESULT ("revenue_last_year", MONEY), { "receipts", RAI_VALUE_INT }, { "wape", RAI_VALUE_DOUBLE },
      { "wape_naive", RAI_VALUE_DOUBLE }, COST ("stock_value", MONEY), { "alerts", RAI_VALUE_INT },
      { "orders", RAI_VALUE_INT }),
    .sql =
      "WITH days AS ( "
      "  SELECT site_id, sum(CASE WHEN day >= :from THEN revenue END) AS revenue, "
      "    sum(CASE WHEN day >= :from THEN cost END) AS cost, sum(CASE WHEN day >= :from THEN receipts "
      "    END) AS receipts, "
      "    sum(CASE WHEN day < :from AND day >= :from - (:to - :from + 1) THEN revenue END) AS before, "
      "    sum(CASE WHEN day BETWEEN :from - 364 AND :to - 364 THEN revenue END) AS last_year "
      "  FROM site_day WHERE {scope site_id} AND day <= :to "
      "    AND (day >= :from - (:to - :from + 1) OR day BETWEEN :from - 364 AND :to - 364) GROUP BY site_id "
      "), stocks AS ( "
      "  SELECT s.site_id, " STOCK_VALUE ("sum(" STOCK_COST ")") " AS value "
      "  FROM stock s JOIN item i ON i.id = s.item_id WHERE {scope s.site_id} AND s.tracked = 1 AND "
      "    s.on_hand > 0 "
      "  GROUP BY s.site_id "
      "), alerts AS ( "
      "  SELECT a.site_id, count(*) AS n FROM alert a" RAI_WORDS_ALERT_JOINS
      "  WHERE {scope a.site_id} AND a.state = 'open' AND " RAI_WORDS_ALERT_HOLDS " GROUP BY a.site_id "
      "), orders AS ( "
      "  SELECT site_id, count(*) AS n FROM purchase_order WHERE {scope site_id} AND status = 'proposed' "
      "    GROUP BY site_id "
      ") "
      "SELECT s.id AS site_id, s.name AS site_name, s.region, "
      "  CAST(coalesce(d.revenue, 0) AS BIGINT) AS revenue, CAST(coalesce(d.cost, 0) AS BIGINT) AS cost, "
      "  CAST(coalesce(d.before, 0) AS BIGINT) AS revenue_before, "
      "  CAST(coalesce(d.last_year, 0) AS BIGINT) AS revenue_last_year, "
      "  CAST(coalesce(d.receipts, 0) AS BIGINT) AS receipts, a.wape, a.wape_naive, "
      "  coalesce(stocks.value, 0) AS stock_value, coalesce(alerts.n, 0) AS alerts, "
      "  coalesce(orders.n, 0) AS orders "
      "FROM site s LEFT JOIN days d ON d.site_id = s.id LEFT JOIN stocks ON stocks.site_id = s.id "
      "  LEFT JOIN alerts ON alerts.site_id = s.id LEFT JOIN orders ON orders.site_id = s.id "
      "  LEFT JOIN accuracy a ON a.level = 'site' AND a.site_id = s.id "
      "WHERE s.active = 1 AND {scope s.id} ORDER BY 4 DESC, s.id",
  },
  {
    .name = "heat",
    .title = "Revenue by store and weekday",
    .permission = RAI_PERMISSION_SEE_RESULTS,
    .parameters = PARAMETERS (
      { "from", RAI_VALUE_DAY, true, NULL, "first day" }, { "to", RAI_VALUE_DAY, true, NULL, "last day" }),
    .columns = COLUMNS (
      { "site_id", RAI_VALUE_INT }, { "site_name", RAI_VALUE_TEXT }, { "weekday", RAI_VALUE_INT },
      RESULT ("revenue", MONEY)),
    .sql =
      "SELECT s.id AS site_id, s.name AS site_name, (d.day + 3) % 7 + 1 AS weekday, "
      "  CAST(sum(d.revenue) AS BIGINT) / count(*) AS revenue "
      "FROM site_day d JOIN site s ON s.id = d.site_id WHERE {scope d.site_id} AND d.day BETWEEN :from AND "
      "    :to "
      "GROUP BY s.id, s.name, (d.day + 3) % 7 ORDER BY s.id, weekday",
  },
  {
    .name = "items",
    .title = "Items of a store",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, true, NULL, "the store" },
      { "search", RAI_VALUE_TEXT, false, NULL, "part of a name, article number or bar code" },
      { "department", RAI_VALUE_INT, false, NULL, "the department" },
      { "status", RAI_VALUE_TEXT, false, NULL, "one status" }),
    .columns = COLUMNS (
      ITEM_COLUMNS),
    .sql =
      ITEM_SELECT
      ITEM_FROM
      "WHERE {scope s.site_id} AND i.active = 1 {if department AND i.department_id = :department} "
      "  {if status AND " RAI_WORDS_STATUS " = :status} "
      "  {if search AND "
      ITEM_SEARCH
      "}",
    .sorts = "name,sku,department,on_hand,on_order,cover_days,stockout_day,next_delivery,quantity_7,quantity_28,"
      "revenue_28,daily,status,price,last_sale",
    .tie_break = "item_id",
  },
  {
    .name = "item",
    .title = "One item of a store",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, true, NULL, "the store" }, { "item", RAI_VALUE_ITEM, true, NULL, "the item" }),
    .columns = COLUMNS (
      ITEM_COLUMNS, { "department_id", RAI_VALUE_INT }, { "category", RAI_VALUE_TEXT },
      { "supplier_id", RAI_VALUE_INT }, { "supplier", RAI_VALUE_TEXT }, { "pack", RAI_VALUE_QUANTITY },
      COST ("cost", MONEY), { "shelf_life", RAI_VALUE_INT }, { "first_day", RAI_VALUE_DAY },
      { "active", RAI_VALUE_BOOL }, { "order_point", RAI_VALUE_QUANTITY },
      { "order_up_to", RAI_VALUE_QUANTITY }, RESULT ("abc", TEXT), { "xyz", RAI_VALUE_TEXT },
      { "quantity_91", RAI_VALUE_QUANTITY }, RESULT ("revenue_365", MONEY)),
    .sql =
      ITEM_SELECT
      ", "
      "  i.department_id, i.category, i.supplier_id, u.name AS supplier, i.pack, i.cost, i.shelf_life, i.first_day, "
      "    i.active, "
      "  p.order_point, p.order_up_to, coalesce(p.abc, '') AS abc, coalesce(p.xyz, '') AS xyz, s.quantity_91, "
      "    s.revenue_365 "
      ITEM_FROM
      "  LEFT JOIN supplier u ON u.id = i.supplier_id "
      "WHERE {scope s.site_id} AND s.item_id = :item",
  },
  {
    .name = "item-sparks",
    .title = "Sales of several items by day",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, true, NULL, "the store" }, { "from", RAI_VALUE_DAY, true, NULL, "first day" },
      { "to", RAI_VALUE_DAY, true, NULL, "last day" },
      { "items", RAI_VALUE_LIST, true, NULL, "item ids, separated by commas" }),
    .columns = COLUMNS (
      { "item_id", RAI_VALUE_INT }, { "day", RAI_VALUE_DAY }, { "quantity", RAI_VALUE_QUANTITY }),
    .sql =
      "SELECT item_id, day, quantity FROM item_day WHERE {scope site_id} AND day BETWEEN :from AND :to "
      "  AND item_id IN ( "
      "    /*sqlite SELECT CAST(value AS INTEGER) FROM json_each('[' || :items || ']') */ "
      "    /*postgresql SELECT CAST(unnest(string_to_array(:items, ',')) AS BIGINT) */) "
      "ORDER BY item_id, day",
  },
  {
    .name = "sales-set-aside",
    .title = "Receipts whose time, day or amount cannot be meant: counted nowhere until sales.correct says when they were sold",
    .permission = RAI_PERMISSION_SEE_RESULTS,
    .parameters = PARAMETERS ({ "site", RAI_VALUE_SITE, false, NULL, "one store; absent: all of the caller's" }),
    .columns = COLUMNS (
      { "site_id", RAI_VALUE_INT }, { "receipt", RAI_VALUE_TEXT }, { "reason", RAI_VALUE_TEXT },
      { "sold_at", RAI_VALUE_TIME }, { "received_at", RAI_VALUE_TIME }, { "body", RAI_VALUE_TEXT },
      { "digest", RAI_VALUE_TEXT }, { "till", RAI_VALUE_TEXT }),
    .sql =
      "SELECT site_id, number AS receipt, reason, sold_at, received_at, body, digest, till FROM sale_aside "
      "WHERE {scope site_id}",
    .sorts = "received_at,receipt",
    .tie_break = "site_id, receipt, digest",
  },
  {
    .name = "movements",
    .title = "Movements of stock",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, true, NULL, "the store" }, { "item", RAI_VALUE_ITEM, false, NULL, "the item" },
      { "kind", RAI_VALUE_TEXT, false, NULL, "one kind" }),
    .columns = COLUMNS (
      { "id", RAI_VALUE_UUID }, { "at", RAI_VALUE_TIME }, { "day", RAI_VALUE_DAY },
      { "item_id", RAI_VALUE_INT }, { "item_name", RAI_VALUE_TEXT }, { "kind", RAI_VALUE_TEXT },
      { "quantity", RAI_VALUE_QUANTITY }, { "counted", RAI_VALUE_QUANTITY }, { "note", RAI_VALUE_TEXT },
      { "account", RAI_VALUE_TEXT }),
    .sql =
      "SELECT m.id, m.at, m.day, m.item_id, i.name AS item_name, m.kind, " MOVED " AS quantity, m.counted, m.note, "
      "  coalesce(" PERSON ("m.account_id", "m.site_id") ", '') AS account "
      "FROM movement m JOIN item i ON i.id = m.item_id "
      "WHERE {scope m.site_id} {if item AND m.item_id = :item} {if kind AND m.kind = :kind}",
    .sorts = "-at,day,item_name,kind,quantity",
    .tie_break = "id DESC",
  },
  {
    .name = "forecast",
    .title = "A forecast",
    .permission = RAI_PERMISSION_SEE_RESULTS,
    .parameters = PARAMETERS (
      { "level", RAI_VALUE_TEXT, true, NULL, "item, department, site or company" },
      { "site", RAI_VALUE_INT, false, "0", "the store; 0: the company" },
      { "node", RAI_VALUE_INT, false, "0", "item or department id; 0 for a site or the company" }),
    .columns = COLUMNS (
      { "level", RAI_VALUE_TEXT }, { "site_id", RAI_VALUE_INT }, { "node_id", RAI_VALUE_INT },
      { "first_day", RAI_VALUE_DAY }, { "horizon", RAI_VALUE_INT }, { "model", RAI_VALUE_TEXT },
      { "reason", RAI_VALUE_TEXT }, { "means", RAI_VALUE_BLOB }, { "quantiles", RAI_VALUE_BLOB },
      { "part_names", RAI_VALUE_TEXT }, { "parts", RAI_VALUE_BLOB }, { "wape", RAI_VALUE_DOUBLE },
      { "wape_naive", RAI_VALUE_DOUBLE }, { "bias", RAI_VALUE_DOUBLE }, { "coverage_80", RAI_VALUE_DOUBLE },
      { "backtest_days", RAI_VALUE_INT }),
    .sql =
      "SELECT level, site_id, node_id, first_day, horizon, model, reason, means, quantiles, part_names, "
      "    parts, wape, "
      "  wape_naive, bias, coverage_80, backtest_days "
      "FROM forecast WHERE level = :level AND site_id = :site AND node_id = :node AND {scope site_id}",
  },
  {
    .name = "forecast-past",
    .title = "What was forecast for days that have come",
    .permission = RAI_PERMISSION_SEE_RESULTS,
    .parameters = PARAMETERS (
      { "level", RAI_VALUE_TEXT, true, NULL, "item, department, site or company" },
      { "site", RAI_VALUE_INT, false, "0", "the store; 0: the company" },
      { "node", RAI_VALUE_INT, false, "0", "item or department id; 0 for a site or the company" },
      { "from", RAI_VALUE_DAY, true, NULL, "first day" }, { "to", RAI_VALUE_DAY, true, NULL, "last day" }),
    .columns = COLUMNS (
      { "day", RAI_VALUE_DAY }, { "mean", RAI_VALUE_DOUBLE }, { "low", RAI_VALUE_DOUBLE },
      { "high", RAI_VALUE_DOUBLE }, { "naive", RAI_VALUE_DOUBLE }),
    .sql =
      "SELECT day, mean, low, high, naive FROM forecast_past "
      "WHERE level = :level AND site_id = :site AND node_id = :node AND {scope site_id} AND day BETWEEN "
      "    :from AND :to "
      "ORDER BY day",
    .days_of = "forecast_past",
  },
  {
    .name = "forecast-nodes",
    .title = "What has a forecast",
    .permission = RAI_PERMISSION_SEE_RESULTS,
    .parameters = PARAMETERS (
      { "search", RAI_VALUE_TEXT, false, NULL, "part of a name, article number or bar code" },
      { "site", RAI_VALUE_SITE, false, NULL, "the store; absent: all of yours together" }),
    .columns = COLUMNS (
      { "level", RAI_VALUE_TEXT }, { "site_id", RAI_VALUE_INT }, { "node_id", RAI_VALUE_INT },
      { "title", RAI_VALUE_TEXT }, { "subtitle", RAI_VALUE_TEXT }, RESULT ("weight", MONEY)),
    .sql =
      "SELECT level, site_id, node_id, title, subtitle, weight FROM ( "
      "  SELECT f.level, f.site_id, f.node_id, i.name AS title, x.name || ' · ' || i.sku AS subtitle, "
      "    coalesce(s.revenue_28, 0) AS weight "
      "  FROM forecast f JOIN item i ON i.id = f.node_id JOIN site x ON x.id = f.site_id "
      "    LEFT JOIN stock s ON s.site_id = f.site_id AND s.item_id = f.node_id "
      "  WHERE f.level = 'item' AND {scope f.site_id} {if search AND "
      ITEM_SEARCH
      "} "
      "  UNION ALL "
      "  SELECT f.level, f.site_id, f.node_id, d.name, x.name, CAST(coalesce((SELECT sum(revenue) FROM "
      "    department_day t "
      "    WHERE t.site_id = f.site_id AND t.department_id = f.node_id AND t.day > x.last_day - 28), 0) AS "
      "    BIGINT) "
      "  FROM forecast f JOIN department d ON d.id = f.node_id JOIN site x ON x.id = f.site_id "
      "  WHERE f.level = 'department' AND {scope f.site_id} {if search AND lower(d.name) LIKE '%' || "
      "    lower(:search) || '%'} "
      "  UNION ALL "
      "  SELECT f.level, f.site_id, f.node_id, x.name, x.region, CAST(coalesce((SELECT sum(revenue) FROM "
      "    site_day t "
      "    WHERE t.site_id = f.site_id AND t.day > x.last_day - 28), 0) AS BIGINT) "
      "  FROM forecast f JOIN site x ON x.id = f.site_id "
      "  WHERE f.level = 'site' AND {scope f.site_id} {if search AND lower(x.name) LIKE '%' || "
      "    lower(:search) || '%'} "
      "  {else search {else site "
      "  UNION ALL "
      "  SELECT f.level, f.site_id, f.node_id, '', '', CAST(coalesce((SELECT sum(revenue) FROM site_day t "
      "    WHERE t.day > (SELECT max(last_day) FROM site) - 28), 0) AS BIGINT) "
      "  FROM forecast f WHERE f.level = 'company' AND {scope f.site_id}}} "
      ") AS nodes",
    .sorts = "-weight,title",
    .tie_break = "level, site_id, node_id",
  },
  {
    .name = "overrides",
    .title = "Overrides of a forecast",
    .permission = RAI_PERMISSION_SEE_RESULTS,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, true, NULL, "the store" }, { "item", RAI_VALUE_ITEM, true, NULL, "the item" }),
    .columns = COLUMNS (
      { "id", RAI_VALUE_UUID }, { "first_day", RAI_VALUE_DAY }, { "last_day", RAI_VALUE_DAY },
      { "percent", RAI_VALUE_INT }, { "reason", RAI_VALUE_TEXT }, { "account", RAI_VALUE_TEXT },
      { "at", RAI_VALUE_TIME }),
    .sql =
      "SELECT o.id, o.first_day, o.last_day, o.percent, o.reason, "
      "  coalesce(" PERSON ("o.account_id", "o.site_id") ", '') AS account, o.at "
      "FROM forecast_override o "
      "WHERE {scope o.site_id} AND o.item_id = :item ORDER BY o.at DESC",
  },
  {
    .name = "orders",
    .title = "Orders",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, false, NULL, "the store; absent: all of yours together" },
      { "status", RAI_VALUE_TEXT, false, NULL, "one status" }),
    .columns = COLUMNS (
      { "id", RAI_VALUE_UUID }, { "site_id", RAI_VALUE_INT }, { "site_name", RAI_VALUE_TEXT },
      { "supplier_id", RAI_VALUE_INT }, { "supplier", RAI_VALUE_TEXT }, { "status", RAI_VALUE_TEXT },
      { "order_day", RAI_VALUE_DAY }, { "delivery_day", RAI_VALUE_DAY }, COST ("total", MONEY),
      COST ("protects", MONEY), { "stockouts", RAI_VALUE_INT }, { "lines", RAI_VALUE_INT },
      { "version", RAI_VALUE_INT }, { "approved_by", RAI_VALUE_TEXT }, { "approved_at", RAI_VALUE_TIME }),
    .sql =
      "SELECT o.id, o.site_id, x.name AS site_name, o.supplier_id, coalesce(u.name, '') AS supplier, o.status, "
      "    o.order_day, "
      "    o.delivery_day, o.total, "
      "  o.protects, o.stockouts, (SELECT count(*) FROM order_line l WHERE l.order_id = o.id) AS lines, o.version, "
      "    " PERSON ("o.approved_by", "o.site_id") " AS approved_by, o.approved_at "
      "FROM purchase_order o JOIN site x ON x.id = o.site_id LEFT JOIN supplier u ON u.id = o.supplier_id "
      "WHERE {scope o.site_id} {if status AND o.status = :status} ORDER BY o.delivery_day, x.name, 5, o.id",
  },
  {
    .name = "order-lines",
    .title = "Lines of an order",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .parameters = PARAMETERS (
      { "order", RAI_VALUE_UUID, true, NULL, "the order's id" }),
    .columns = COLUMNS (
      { "order_id", RAI_VALUE_UUID }, { "item_id", RAI_VALUE_INT }, { "site_id", RAI_VALUE_INT },
      { "sku", RAI_VALUE_TEXT }, { "name", RAI_VALUE_TEXT }, { "unit", RAI_VALUE_TEXT },
      { "pack", RAI_VALUE_QUANTITY }, { "quantity", RAI_VALUE_QUANTITY }, { "proposed", RAI_VALUE_QUANTITY },
      { "received", RAI_VALUE_QUANTITY }, COST ("cost", MONEY), { "part_demand", RAI_VALUE_QUANTITY },
      { "part_safety", RAI_VALUE_QUANTITY }, { "part_on_hand", RAI_VALUE_QUANTITY },
      { "part_on_order", RAI_VALUE_QUANTITY }, { "part_rounding", RAI_VALUE_QUANTITY },
      { "cover_days", RAI_VALUE_INT }, { "stockout_day", RAI_VALUE_DAY }, { "edited_by", RAI_VALUE_INT },
      { "shelf_life", RAI_VALUE_INT }),
    .sql =
      "SELECT l.order_id, l.item_id, l.site_id, i.sku, i.name, i.unit, i.pack, l.quantity, l.proposed, "
      "    l.received, l.cost, "
      "  l.part_demand, l.part_safety, l.part_on_hand, l.part_on_order, l.part_rounding, l.cover_days, "
      "    l.stockout_day, "
      "  l.edited_by, i.shelf_life "
      "FROM order_line l JOIN item i ON i.id = l.item_id WHERE l.order_id = :order AND {scope l.site_id} "
      "    ORDER BY i.name, i.id",
  },
  {
    .name = "not-ordered",
    .title = "Items that are not ordered, and why",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, true, NULL, "the store" },
      { "supplier", RAI_VALUE_INT, false, NULL, "the supplier" }),
    .columns = COLUMNS (
      { "item_id", RAI_VALUE_INT }, { "sku", RAI_VALUE_TEXT }, { "name", RAI_VALUE_TEXT },
      { "supplier_id", RAI_VALUE_INT }, { "reason", RAI_VALUE_TEXT }, { "on_hand", RAI_VALUE_QUANTITY },
      { "on_order", RAI_VALUE_QUANTITY }, { "cover_days", RAI_VALUE_INT }, { "daily", RAI_VALUE_DOUBLE },
      { "order_point", RAI_VALUE_QUANTITY }),
    .sql =
      "SELECT p.item_id, i.sku, i.name, i.supplier_id, p.reason, s.on_hand, s.on_order, "
      "  " RAI_WORDS_COVER_DAYS " AS cover_days, p.daily, p.order_point "
      "FROM plan p JOIN item i ON i.id = p.item_id JOIN stock s ON s.site_id = p.site_id AND s.item_id = "
      "    p.item_id JOIN site x ON x.id = p.site_id "
      "WHERE {scope p.site_id} AND p.reason <> 'ordered' {if supplier AND i.supplier_id = :supplier}",
    .sorts = "cover_days,name,reason,daily,on_hand",
    .tie_break = "item_id",
  },
  {
    .name = "alerts",
    .title = "Alerts",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, false, NULL, "the store; absent: all of yours together" },
      { "state", RAI_VALUE_TEXT, false, NULL,
        "open, acknowledged, snoozed, resolved, or active (open and acknowledged)" },
      { "kind", RAI_VALUE_TEXT, false, NULL, "one kind" }),
    .columns = COLUMNS (
      ALERT_COLUMNS),
    .sql =
      ALERT_SELECT
      "WHERE {scope a.site_id} {if kind AND a.kind = :kind} "
      "  {if state AND CASE WHEN " RAI_WORDS_ALERT_HOLDS " THEN a.state ELSE 'resolved' END "
      "    IN (:state, CASE WHEN :state = 'active' THEN 'open' END, "
      "      CASE WHEN :state = 'active' THEN 'acknowledged' END)}",
    .sorts = "-money,-severity,day,opened_at,changed_at,site_name,item_name,kind,state",
    .tie_break = "id",
  },
  {
    .name = "alert",
    .title = "One alert",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .parameters = PARAMETERS (
      { "id", RAI_VALUE_UUID, true, NULL, "the row" }),
    .columns = COLUMNS (
      ALERT_COLUMNS),
    .sql =
      ALERT_SELECT
      "WHERE a.id = :id AND {scope a.site_id}",
  },
  {
    .name = "accuracy",
    .title = "How good the forecasts were",
    .permission = RAI_PERMISSION_SEE_RESULTS,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, false, NULL, "the store; absent: all of yours together" }),
    .columns = COLUMNS (
      { "level", RAI_VALUE_TEXT }, { "site_id", RAI_VALUE_INT }, { "horizon", RAI_VALUE_INT },
      { "wape", RAI_VALUE_DOUBLE }, { "wape_naive", RAI_VALUE_DOUBLE }, { "bias", RAI_VALUE_DOUBLE },
      { "coverage_80", RAI_VALUE_DOUBLE }, { "series", RAI_VALUE_INT }),
    .sql =
      "SELECT level, site_id, horizon, wape, wape_naive, bias, coverage_80, series "
      "FROM accuracy WHERE site_id = coalesce(:site, 0) AND {scope site_id} ORDER BY level",
  },
  {
    .name = "policies",
    .title = "Rules that are set",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .columns = COLUMNS (
      { "scope", RAI_VALUE_TEXT }, { "scope_id", RAI_VALUE_INT }, { "key", RAI_VALUE_TEXT },
      { "value", RAI_VALUE_DOUBLE }),
    .sql =
      "SELECT scope, scope_id, key, value FROM policy WHERE scope <> 'site' OR {scope scope_id} "
      "ORDER BY scope, scope_id, key",
  },
  {
    .name = "calendar",
    .title = "What is known of days",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, true, NULL, "the store" }, { "from", RAI_VALUE_DAY, true, NULL, "first day" },
      { "to", RAI_VALUE_DAY, true, NULL, "last day" }),
    .columns = COLUMNS (
      { "day", RAI_VALUE_DAY }, { "closed", RAI_VALUE_BOOL }, { "opened", RAI_VALUE_BOOL },
      { "holiday", RAI_VALUE_TEXT }, { "school_holiday", RAI_VALUE_BOOL }, { "event", RAI_VALUE_TEXT }, { "promotion", RAI_VALUE_INT },
      { "temperature", RAI_VALUE_DOUBLE }, { "rain", RAI_VALUE_DOUBLE }),
    .sql =
      "SELECT day, closed, opened, holiday, school_holiday, event, promotion, temperature, rain "
      "FROM calendar_day WHERE {scope site_id} AND day BETWEEN :from AND :to ORDER BY day",
  },
  {
    .name = "promotions",
    .title = "Promotions",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, true, NULL, "the store" }, { "item", RAI_VALUE_ITEM, false, NULL, "the item" },
      { "from", RAI_VALUE_DAY, true, NULL, "first day" }, { "to", RAI_VALUE_DAY, true, NULL, "last day" }),
    .columns = COLUMNS (
      { "item_id", RAI_VALUE_INT }, { "first_day", RAI_VALUE_DAY }, { "last_day", RAI_VALUE_DAY },
      { "name", RAI_VALUE_TEXT }, { "price", RAI_VALUE_MONEY }),
    .sql =
      "SELECT item_id, first_day, last_day, name, price FROM promotion "
      "WHERE {scope site_id} {if item AND item_id IN (0, :item)} AND first_day <= :to AND last_day >= :from "
      "ORDER BY first_day, item_id",
  },
  {
    .name = "prices",
    .title = "Prices of an item",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, true, NULL, "the store" }, { "item", RAI_VALUE_ITEM, true, NULL, "the item" }),
    .columns = COLUMNS (
      { "first_day", RAI_VALUE_DAY }, { "price", RAI_VALUE_MONEY }),
    .sql =
      "SELECT first_day, price FROM price WHERE {scope site_id} AND item_id = :item ORDER BY first_day",
  },
  {
    .name = "counts",
    .title = "What waits for a decision",
    .permission = RAI_PERMISSION_SEE_STOCK,
    .parameters = PARAMETERS (
      { "site", RAI_VALUE_SITE, false, NULL, "the store; absent: all of yours together" }),
    .columns = COLUMNS (
      { "orders", RAI_VALUE_INT }, { "alerts", RAI_VALUE_INT }),
    .sql =
      "SELECT (SELECT count(*) FROM purchase_order WHERE {scope site_id} AND status = 'proposed') "
      "    AS orders, "
      "  (SELECT count(*) FROM alert a" RAI_WORDS_ALERT_JOINS
      "    WHERE {scope a.site_id} AND a.state = 'open' AND " RAI_WORDS_ALERT_HOLDS ") AS alerts",
  },
  {
    .name = "accounts",
    .title = "Accounts",
    .permission = RAI_PERMISSION_ADMINISTER,
    .columns = COLUMNS (
      { "id", RAI_VALUE_INT }, { "login", RAI_VALUE_TEXT }, { "name", RAI_VALUE_TEXT },
      { "role", RAI_VALUE_TEXT }, { "all_sites", RAI_VALUE_BOOL }, { "disabled", RAI_VALUE_BOOL },
      { "sites", RAI_VALUE_TEXT }),
    .sql =
      "SELECT a.id, a.login, a.name, a.role, a.all_sites, a.disabled, coalesce(( "
      "  SELECT /*sqlite group_concat(s.site_id) */ /*postgresql string_agg(CAST(s.site_id AS TEXT), ',' "
      "    ORDER BY s.site_id) */ "
      "  FROM account_site s WHERE s.account_id = a.id), '') AS sites "
      "FROM account a WHERE {scope 0} OR (a.all_sites = 0 "
      "  AND EXISTS (SELECT 1 FROM account_site s WHERE s.account_id = a.id) "
      "  AND NOT EXISTS (SELECT 1 FROM account_site s WHERE s.account_id = a.id AND NOT ({scope s.site_id}))) "
      "ORDER BY a.login",
  },
  {
    .name = "audit",
    .title = "Everything that was done",
    .permission = RAI_PERMISSION_ADMINISTER,
    .columns = COLUMNS (
      { "id", RAI_VALUE_UUID }, { "name", RAI_VALUE_TEXT }, { "account", RAI_VALUE_TEXT },
      { "site_id", RAI_VALUE_INT }, { "status", RAI_VALUE_TEXT }, { "summary", RAI_VALUE_TEXT },
      { "acted_at", RAI_VALUE_TIME }, { "received_at", RAI_VALUE_TIME }, { "device", RAI_VALUE_TEXT }),
    .sql =
      "SELECT c.id, c.name, coalesce(a.login, '') AS account, c.site_id, c.status, c.summary, c.acted_at, "
      "    c.received_at, c.device "
      "FROM command_log c LEFT JOIN account a ON a.id = c.account_id WHERE {scope c.site_id}",
    .sorts = "-received_at,acted_at,name,account,status",
    .tie_break = "id DESC",
  },
  {
    .name = "jobs",
    .title = "Long work",
    .permission = RAI_PERMISSION_ADMINISTER,
    .columns = COLUMNS (
      { "id", RAI_VALUE_UUID }, { "kind", RAI_VALUE_TEXT }, { "state", RAI_VALUE_TEXT },
      { "started_at", RAI_VALUE_TIME }, { "ended_at", RAI_VALUE_TIME }, { "message", RAI_VALUE_TEXT }),
    .sql =
      "SELECT id, kind, state, started_at, ended_at, message FROM job WHERE {scope 0}",
    .sorts = "-started_at,kind,state,ended_at",
    .tie_break = "id DESC",
  },
  { 0 },
};
/* clang-format on */
