/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* THE definition of every word that follows from stock, in the SQL that both databases speak: how
 * an item stands, how long it lasts, when it runs out, when the next delivery comes, whether an
 * alert about it still holds. The planner stores what they depend on beside the stock (columns
 * needs ... supply_day of `plan`); the words are reckoned from what is on hand and on the way when
 * they are asked for. So a count or a delivery is followed at once by every page, also offline, and
 * by what the server tells; taking it back brings them back. The planner's own words of this
 * morning (inventory/rai-cover) are the same by test.
 *
 * Aliases: s is the row of `stock`, p that of `plan` (or nothing), x that of `site`. An item
 * planned by a program before these columns stands as that one said (needs is null); so does one
 * without anything to go by. */

/* clang-format off */

/* The stock as the day of the plan began: what is sold that day was part of the forecast. */
#define RAI_WORDS_LEFT \
  "/*sqlite max */ /*postgresql greatest */ (0, s.on_hand + (SELECT CAST(coalesce(sum(t.quantity), 0) AS BIGINT) " \
  "FROM item_day t WHERE t.site_id = s.site_id AND t.item_id = s.item_id AND t.day >= x.planned_day " \
  "AND t.quantity > 0))"

/* n.value: what lasts through the day n.key, from 0. */
#define RAI_WORDS_NEEDS \
  "/*sqlite json_each('[' || p.needs || ']') AS n */ " \
  "/*postgresql (SELECT CAST(part AS BIGINT), place - 1 FROM unnest(string_to_array(p.needs, ',')) " \
  "WITH ORDINALITY AS parts (part, place)) AS n (value, key) */"

/* Goods on the way that may still come: of approved orders that are not overdue
 * (inventory/rai-delivery). */
#define RAI_WORDS_COMING \
  "FROM order_line l JOIN purchase_order o ON o.id = l.order_id JOIN supplier v ON v.id = o.supplier_id " \
  "WHERE l.site_id = s.site_id AND l.item_id = s.item_id AND l.quantity > l.received AND o.status = 'approved' " \
  "AND x.planned_day - o.delivery_day - 1 < 2 * v.lead_spread"
#define RAI_WORDS_ARRIVED(and_until) \
  "CASE WHEN s.on_order = 0 THEN 0 ELSE (SELECT CAST(coalesce(sum(l.quantity - l.received), 0) AS BIGINT) " \
  RAI_WORDS_COMING and_until ") END"

/* Days from planned_day on until it runs out, when `by_day` has arrived by the day n.key and `total`
 * ever; null: not within RAI_COVER_LIMIT days. */
#define RAI_WORDS_DAYS(by_day, total) \
  "(SELECT CAST(coalesce(min(CASE WHEN n.value > w.there AND n.value > w.there + " by_day " THEN n.key END), " \
  "CASE WHEN (max(w.there) + " total " - max(n.value)) / nullif(p.needs_week, 0) < 100 " \
  "THEN count(*) + (max(w.there) + " total " - max(n.value)) / p.needs_week * 7 " \
  "+ (max(w.there) + " total " - max(n.value)) % p.needs_week * 7 / p.needs_week END) AS BIGINT) " \
  "FROM (SELECT " RAI_WORDS_LEFT " AS there) AS w CROSS JOIN " RAI_WORDS_NEEDS ")"

#define RAI_WORDS_COVER_DAYS \
  "CASE WHEN p.needs IS NULL THEN p.cover_days WHEN s.tracked = 1 THEN " RAI_WORDS_DAYS ("0", "0") " END"

#define RAI_WORDS_STOCKOUT_DAY \
  "CASE WHEN p.needs IS NULL THEN p.stockout_day WHEN s.tracked = 1 THEN x.planned_day + " \
  RAI_WORDS_DAYS (RAI_WORDS_ARRIVED (" AND o.delivery_day <= x.planned_day + n.key"), RAI_WORDS_ARRIVED ("")) \
  " END"

#define RAI_WORDS_NEXT_DELIVERY \
  "CASE WHEN p.needs IS NULL THEN p.next_delivery WHEN s.on_order = 0 THEN p.supply_day ELSE coalesce((SELECT min(" \
  "CASE WHEN o.delivery_day < x.planned_day THEN x.planned_day ELSE o.delivery_day END) " RAI_WORDS_COMING "), " \
  "p.supply_day) END"

#define RAI_WORDS_STATUS \
  "CASE WHEN p.needs IS NULL THEN coalesce(p.status, 'no_data') WHEN s.tracked = 0 THEN 'no_data' " \
  "WHEN p.needs = '' THEN 'fine' WHEN s.on_hand <= 0 THEN 'out' " \
  "WHEN s.on_hand < p.short_below AND EXISTS (SELECT 1 FROM " RAI_WORDS_NEEDS " WHERE n.key < p.short_days " \
  "AND n.value > " RAI_WORDS_LEFT " AND n.value > " RAI_WORDS_LEFT " + " \
  RAI_WORDS_ARRIVED (" AND o.delivery_day <= x.planned_day + n.key") ") THEN 'runs_out' " \
  "WHEN s.on_hand >= p.over_from THEN 'over' ELSE 'fine' END"

/* An alert a still holds: what the planner would find if it ran now. One that was feared holds as
 * well when it has come; what was perhaps not there (its day: when it was last sold) is answered by
 * whatever moved since it was planned. Without a plan to go by it holds. */
#define RAI_WORDS_ALERT_JOINS \
  " LEFT JOIN site x ON x.id = a.site_id LEFT JOIN stock s ON s.site_id = a.site_id AND s.item_id = a.item_id " \
  "LEFT JOIN plan p ON p.site_id = a.site_id AND p.item_id = a.item_id "
#define RAI_WORDS_ALERT_HOLDS \
  "(CASE WHEN a.state = 'resolved' OR p.needs IS NULL THEN 1 " \
  "WHEN a.kind = 'negative_stock' THEN CASE WHEN s.tracked = 1 AND s.on_hand < 0 THEN 1 ELSE 0 END " \
  "WHEN a.kind = 'stock_out' THEN CASE WHEN " RAI_WORDS_STATUS " = 'out' THEN 1 ELSE 0 END " \
  "WHEN a.kind = 'stock_out_predicted' THEN CASE WHEN " RAI_WORDS_STATUS " IN ('out', 'runs_out') THEN 1 ELSE 0 END " \
  "WHEN a.kind = 'overstock' THEN CASE WHEN " RAI_WORDS_STATUS " = 'over' THEN 1 ELSE 0 END " \
  "WHEN a.kind = 'phantom_stock' THEN CASE WHEN s.tracked = 1 AND s.on_hand > 0 AND s.last_sale <= a.day " \
  "AND NOT EXISTS (SELECT 1 FROM movement m WHERE m.site_id = s.site_id AND m.item_id = s.item_id " \
  "AND m.day >= x.planned_day) THEN 1 ELSE 0 END " \
  "WHEN a.kind = 'late_delivery' THEN CASE WHEN EXISTS (SELECT 1 FROM purchase_order o JOIN order_line l " \
  "ON l.order_id = o.id AND l.item_id = a.item_id WHERE o.site_id = a.site_id AND o.status = 'approved' " \
  "AND x.planned_day - o.delivery_day - 1 >= 2 * (SELECT v.lead_spread FROM supplier v WHERE v.id = o.supplier_id)) " \
  "THEN 1 ELSE 0 END ELSE 1 END = 1)"
/* Its numbers are those of now; what is over keeps those it had. */
#define RAI_WORDS_ALERT_IS_NOW "p.needs IS NOT NULL AND a.state <> 'resolved' AND " RAI_WORDS_ALERT_HOLDS

/* clang-format on */
