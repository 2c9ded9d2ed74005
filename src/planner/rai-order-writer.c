/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-order-writer.h"

#include "core/rai-order.h"
#include "db/rai-tombstone.h"
#include "util/rai-uuid.h"

#include <math.h>

/* Nothing is ordered further ahead to reach a minimum. */
#define TOP_UP_DAYS 28
#define NOT_WORTH_IT 0.5

static RaiPlannedItem *
item_at (const RaiSitePlan *plan, size_t i) {
  return &g_array_index (plan->items, RaiPlannedItem, i);
}

static bool
is_ordered (const RaiPlannedItem *item) {
  return item->reason == RAI_REASON_ORDERED;
}

/* ---- Minimum orders ---- */

typedef struct {
  int64_t total, protects;
  size_t lines;
} Sum;

static Sum
sum_of (const RaiSitePlan *plan, const RaiCatalogueSupplier *supplier) {
  Sum sum = { 0 };
  for (size_t i = 0; i < plan->items->len; i++) {
    const RaiPlannedItem *item = item_at (plan, i);
    if (item->supplier != supplier || !is_ordered (item))
      continue;
    sum.total += rai_order_line_value (item->proposal.quantity, item->item->cost);
    sum.protects += item->proposal.protects;
    sum.lines++;
  }

  return sum;
}

static double
cover_with (const RaiPlannedItem *item) {
  double position =
      (double) (item->proposal.on_hand + item->proposal.on_order + item->proposal.quantity) /
      1000.0;
  return position / item->mean_daily;
}

/* The item of the supplier that runs out first and can take one more pack, or NULL. */
static RaiPlannedItem *
next_to_top_up (const RaiSitePlan *plan, const RaiCatalogueSupplier *supplier) {
  RaiPlannedItem *best = NULL;
  double best_cover = 0;
  for (size_t i = 0; i < plan->items->len; i++) {
    RaiPlannedItem *item = item_at (plan, i);
    if (item->supplier != supplier || item->item->cost <= 0 ||
        !(is_ordered (item) || item->reason == RAI_REASON_ENOUGH))
      continue;
    double cover = cover_with (item), pack = (double) item->item->pack / 1000.0 / item->mean_daily;
    int limit =
        item->item->shelf_life > 0 ? MIN (TOP_UP_DAYS, item->item->shelf_life / 2) : TOP_UP_DAYS;
    if (cover + pack <= limit && (best == NULL || cover < best_cover)) {
      best = item;
      best_cover = cover;
    }
  }

  return best;
}

static void
postpone (RaiSitePlan *plan, const RaiCatalogueSupplier *supplier) {
  for (size_t i = 0; i < plan->items->len; i++)
    if (item_at (plan, i)->supplier == supplier && is_ordered (item_at (plan, i)))
      item_at (plan, i)->reason = RAI_REASON_MINIMUM_ORDER;
}

static void
meet_minimum (RaiSitePlan *plan, const RaiCatalogueSupplier *supplier) {
  Sum sum = sum_of (plan, supplier);
  if (sum.lines == 0 || sum.total >= supplier->minimum_order)
    return;
  if (sum.protects == 0 && (double) sum.total < NOT_WORTH_IT * (double) supplier->minimum_order) {
    postpone (plan, supplier);
    return;
  }

  RaiPlannedItem *item;
  while (sum.total < supplier->minimum_order && (item = next_to_top_up (plan, supplier)) != NULL) {
    rai_proposal_add_packs (&item->proposal, item->item->pack, 1);
    item->minimum_packs++;
    item->reason = RAI_REASON_ORDERED;
    sum.total += rai_order_line_value (item->item->pack, item->item->cost);
  }
}

void
rai_order_meet_minimum (RaiSitePlan *plan) {
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  for (size_t i = 0; i < plan->items->len; i++) {
    const RaiPlannedItem *item = item_at (plan, i);
    if (is_ordered (item) && g_hash_table_add (done, (void *) item->supplier) &&
        item->supplier->minimum_order > 0)
      meet_minimum (plan, item->supplier);
  }
}

/* ---- Proposals in the database ---- */

typedef struct {
  int64_t item_id;
  int64_t quantity;
  int64_t cost;
  bool edited;
  bool wanted; /* seen again */
} OldLine;

typedef struct {
  char id[RAI_UUID_SIZE];
  int64_t supplier_id;
  bool wanted;
  GArray *lines; /* OldLine by item */
  RaiDay order_day, delivery_day;
  int64_t protects;
  int64_t stockouts;
  int64_t total;
  size_t n_lines;
} Order;

static void
clear_order (void *data) {
  g_array_unref (((Order *) data)->lines);
}

typedef struct {
  const RaiSitePlan *plan;
  RaiDb *db;
  int64_t revision;
  GArray *orders; /* Order */
  RaiOrderSummary *summary;
} Writer;

static bool
read_old (Writer *writer, GError **error) {
  RaiStatement *statement =
      rai_db_prepare (writer->db,
                      "SELECT o.id, o.supplier_id, o.order_day, o.delivery_day, l.item_id, "
                      "l.quantity, l.cost, l.edited_by "
                      "FROM purchase_order o LEFT JOIN order_line l ON l.order_id = o.id "
                      "WHERE o.site_id = ?1 AND o.status = ?2 ORDER BY o.id, l.item_id",
                      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, writer->plan->site->id);
  rai_statement_bind_text (statement, 2, rai_order_status_id (RAI_ORDER_PROPOSED));
  Order *order = NULL;

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    const char *id = rai_statement_text (statement, 0);
    if (order == NULL || !g_str_equal (order->id, id)) {
      Order found = { .supplier_id = rai_statement_int (statement, 1),
                      .order_day = (RaiDay) rai_statement_int (statement, 2),
                      .delivery_day = (RaiDay) rai_statement_int (statement, 3),
                      .lines = g_array_new (FALSE, TRUE, sizeof (OldLine)) };
      g_strlcpy (found.id, id, sizeof found.id);
      g_array_append_val (writer->orders, found);
      order = &g_array_index (writer->orders, Order, writer->orders->len - 1);
    }
    OldLine line = { .item_id = rai_statement_int (statement, 4),
                     .quantity = rai_statement_int (statement, 5),
                     .cost = rai_statement_int (statement, 6),
                     .edited = !rai_statement_is_null (statement, 7) };
    if (!rai_statement_is_null (statement, 4))
      g_array_append_val (order->lines, line);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

static Order *
order_for (Writer *writer, int64_t supplier_id) {
  for (size_t i = 0; i < writer->orders->len; i++)
    if (g_array_index (writer->orders, Order, i).supplier_id == supplier_id)
      return &g_array_index (writer->orders, Order, i);
  Order order = { .supplier_id = supplier_id,
                  .lines = g_array_new (FALSE, TRUE, sizeof (OldLine)) };
  rai_uuid_new (order.id);
  g_array_append_val (writer->orders, order);
  return &g_array_index (writer->orders, Order, writer->orders->len - 1);
}

static OldLine *
old_line (const Order *order, int64_t item_id) {
  for (size_t i = 0; i < order->lines->len; i++)
    if (g_array_index (order->lines, OldLine, i).item_id == item_id)
      return &g_array_index (order->lines, OldLine, i);
  return NULL;
}

static bool
write_line (Writer *writer, const Order *order, const RaiPlannedItem *item, int64_t quantity,
            GError **error) {
  RaiStatement *statement = rai_db_prepare (
      writer->db,
      "INSERT INTO order_line (order_id, item_id, site_id, quantity, proposed, cost, part_demand, "
      "part_safety, "
      "part_on_hand, part_on_order, part_rounding, cover_days, stockout_day, rev) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, CAST(?13 AS INTEGER), ?14) "
      "ON CONFLICT (order_id, item_id) DO UPDATE SET quantity = excluded.quantity, proposed = "
      "excluded.proposed, "
      "cost = excluded.cost, part_demand = excluded.part_demand, part_safety = "
      "excluded.part_safety, "
      "part_on_hand = excluded.part_on_hand, part_on_order = excluded.part_on_order, "
      "part_rounding = excluded.part_rounding, cover_days = excluded.cover_days, "
      "stockout_day = excluded.stockout_day, rev = excluded.rev "
      "WHERE order_line.quantity <> excluded.quantity OR order_line.proposed <> excluded.proposed "
      "OR order_line.cost <> excluded.cost OR order_line.part_demand <> excluded.part_demand "
      "OR order_line.part_safety <> excluded.part_safety OR order_line.part_on_hand <> "
      "excluded.part_on_hand "
      "OR order_line.part_on_order <> excluded.part_on_order OR order_line.part_rounding <> "
      "excluded.part_rounding "
      "OR order_line.cover_days <> excluded.cover_days "
      "OR order_line.stockout_day IS DISTINCT FROM excluded.stockout_day",
      error);

  if (statement == NULL)
    return false;

  const RaiProposal *proposal = &item->proposal;
  rai_statement_bind_text (statement, 1, order->id);

  const int64_t values[] = { item->item_id,
                             writer->plan->site->id,
                             quantity,
                             proposal->quantity,
                             item->item->cost,
                             proposal->demand,
                             proposal->safety,
                             proposal->on_hand,
                             proposal->on_order,
                             proposal->rounding,
                             item->delivery.next_delivery_day - writer->plan->today };

  for (size_t i = 0; i < G_N_ELEMENTS (values); i++)
    rai_statement_bind_int (statement, (int) i + 2, values[i]);
  rai_statement_bind_day (statement, 13, proposal->stockout_day);
  rai_statement_bind_int (statement, 14, writer->revision);
  if (!rai_statement_run (statement, error))
    return false;
  writer->summary->changed += rai_db_changes (writer->db);

  return true;
}

static bool
add_item (Writer *writer, const RaiPlannedItem *item, GError **error) {
  Order *order = order_for (writer, item->supplier->id);
  OldLine *old = old_line (order, item->item_id);

  int64_t quantity = old != NULL && old->edited ? old->quantity : item->proposal.quantity;
  if (old != NULL)
    old->wanted = true;
  order->wanted = true;
  order->order_day = item->delivery.order_day;
  order->delivery_day = item->delivery.delivery_day;
  order->total += rai_order_line_value (quantity, item->item->cost);
  order->protects += item->proposal.protects;
  order->stockouts += item->proposal.avoids_stockout;
  order->n_lines++;

  return write_line (writer, order, item, quantity, error);
}

static bool
remove_line (Writer *writer, const Order *order, int64_t item_id, GError **error) {
  writer->summary->changed++;
  return rai_tombstone_delete (writer->db, NULL, error, "order_line",
                               "order_id = ?1 AND item_id = ?2", "ti", order->id, item_id);
}

/* What is not proposed any more goes, but for what a person edited. */
static bool
settle_old_lines (Writer *writer, Order *order, GError **error) {
  for (size_t i = 0; i < order->lines->len; i++) {
    const OldLine *line = &g_array_index (order->lines, OldLine, i);
    if (line->wanted)
      continue;
    if (!line->edited) {
      if (!remove_line (writer, order, line->item_id, error))
        return false;
      continue;
    }
    order->wanted = true;
    order->total += rai_order_line_value (line->quantity, line->cost);
    order->n_lines++;
  }

  return true;
}

static bool
write_order (Writer *writer, const Order *order, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      writer->db,
      "INSERT INTO purchase_order (id, site_id, supplier_id, status, order_day, delivery_day, "
      "total, protects, "
      "stockouts, rev) VALUES (?1, ?2, ?3, ?10, ?4, ?5, ?6, ?7, ?8, ?9) "
      "ON CONFLICT (id) DO UPDATE SET order_day = excluded.order_day, delivery_day = "
      "excluded.delivery_day, "
      "total = excluded.total, protects = excluded.protects, stockouts = excluded.stockouts, rev = "
      "excluded.rev "
      "WHERE purchase_order.order_day <> excluded.order_day OR purchase_order.delivery_day <> "
      "excluded.delivery_day "
      "OR purchase_order.total <> excluded.total OR purchase_order.protects <> excluded.protects "
      "OR purchase_order.stockouts <> excluded.stockouts",
      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, order->id);

  const int64_t values[] = { writer->plan->site->id, order->supplier_id, order->order_day,
                             order->delivery_day,    order->total,       order->protects,
                             order->stockouts,       writer->revision };

  for (size_t i = 0; i < G_N_ELEMENTS (values); i++)
    rai_statement_bind_int (statement, (int) i + 2, values[i]);
  rai_statement_bind_text (statement, 10, rai_order_status_id (RAI_ORDER_PROPOSED));
  if (!rai_statement_run (statement, error))
    return false;

  writer->summary->changed += rai_db_changes (writer->db);
  writer->summary->orders++;
  writer->summary->lines += order->n_lines;
  writer->summary->total += order->total;

  return true;
}

static bool
remove_order (Writer *writer, const Order *order, GError **error) {
  writer->summary->changed++;
  return rai_tombstone_delete (writer->db, NULL, error, "purchase_order", "id = ?1", "t",
                               order->id);
}

static bool
write_all (Writer *writer, GError **error) {
  if (!rai_db_revision (writer->db, &writer->revision, error) || !read_old (writer, error))
    return false;
  for (size_t i = 0; i < writer->plan->items->len; i++)
    if (is_ordered (item_at (writer->plan, i)) &&
        !add_item (writer, item_at (writer->plan, i), error))
      return false;

  for (size_t i = 0; i < writer->orders->len; i++) {
    Order *order = &g_array_index (writer->orders, Order, i);
    if (!settle_old_lines (writer, order, error))
      return false;
    if (!(order->wanted ? write_order (writer, order, error) : remove_order (writer, order, error)))
      return false;
  }

  return rai_tombstone_forget (writer->db, "order_line", error);
}

bool
rai_order_write (const RaiSitePlan *plan, RaiDb *db, RaiOrderSummary *summary, GError **error) {
  Writer writer = { .plan = plan, .db = db, .summary = summary };
  writer.orders = g_array_new (FALSE, TRUE, sizeof (Order));
  g_array_set_clear_func (writer.orders, clear_order);
  bool done = write_all (&writer, error);
  g_array_unref (writer.orders);
  return done;
}
