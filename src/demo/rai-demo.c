/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/rai-demo.h"

#include "command/rai-command.h"
#include "core/rai-order.h"
#include "db/rai-audit.h"
#include "db/rai-db-run.h"
#include "db/rai-items.h"
#include "db/rai-sales.h"
#include "db/rai-stock.h"
#include "db/rai-suppliers.h"
#include "demo/rai-demo-shop.h"
#include "util/rai-clock.h"
#include "util/rai-decimal.h"
#include "util/rai-progress.h"
#include "util/rai-random.h"
#include "util/rai-uuid.h"

#include <gio/gio.h>

#define ZONE "Europe/Berlin"
#define DAYS_A_COMMIT 183
#define ORDERS_KEPT_DAYS 28

/* Ids in the database are indices + 1. */
typedef struct {
  int site;
  RaiDay day;
  RaiDemoMovement movement;
} Moved;

typedef struct {
  int site;
  RaiDay day;
  RaiDemoOut out;
} Missing;

typedef struct {
  RaiDb *db;
  RaiDemoWorld *world;
  RaiSales *sales;
  GTimeZone *zone;
  GPtrArray *shops;
  GArray *moved;   /* of the open transaction */
  GArray *missing; /* of the open transaction */
  int64_t rev;
  RaiIdentity *caller; /* the program itself */
  RaiCommandCall call;
  RaiDemoResult result;
} Demo;

static void
demo_clear (Demo *demo) {
  g_clear_pointer (&demo->sales, rai_sales_free);
  g_clear_pointer (&demo->shops, g_ptr_array_unref);
  g_clear_pointer (&demo->moved, g_array_unref);
  g_clear_pointer (&demo->missing, g_array_unref);
  g_clear_pointer (&demo->zone, g_time_zone_unref);
  g_clear_pointer (&demo->world, rai_demo_world_free);
  g_clear_pointer (&demo->caller, rai_identity_free);
  rai_command_call_clear (&demo->call);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Demo, demo_clear)

/* ---- What never changes ---- */

static bool
write_sites (Demo *demo, GError **error) {
  for (int i = 0; i < demo->world->n_sites; i++) {
    const RaiDemoSite *site = &rai_demo_sites[i];
    if (!rai_db_run (demo->db, error,
                     "INSERT INTO site (id, code, name, region, currency, zone, open_weekdays, rev)"
                     " VALUES (?1, ?2, ?3, ?4, 'EUR', '" ZONE "', ?5, ?6)",
                     "itttii", (int64_t) i + 1, site->code, site->name, site->region,
                     (int64_t) site->open_weekdays, demo->rev))
      return false;
  }

  return true;
}

static bool
write_departments (Demo *demo, GError **error) {
  for (int i = 0; i < rai_demo_n_departments; i++)
    if (!rai_db_run (demo->db, error, "INSERT INTO department (id, name, rev) VALUES (?1, ?2, ?3)",
                     "iti", (int64_t) i + 1, rai_demo_departments[i].name, demo->rev))
      return false;
  return true;
}

static bool
write_suppliers (Demo *demo, GError **error) {
  for (int i = 0; i < rai_demo_n_suppliers; i++) {
    const RaiDemoSupplier *supplier = &rai_demo_suppliers[i];
    const int64_t lead_days = supplier->lead_days, order_weekdays = supplier->order_weekdays;
    const RaiSupplierValues values = {
      .name = supplier->name,
      .lead_days = &lead_days,
      .lead_spread = &supplier->lead_spread,
      .order_weekdays = &order_weekdays,
      .minimum_order = &supplier->minimum_order,
    };
    if (!rai_supplier_add (demo->db, (int64_t) i + 1, supplier->code, &values, demo->rev, error))
      return false;
  }

  return true;
}

/* A number of the range kept for use inside a shop (20...), with its check digit. */
static void
make_barcode (int item, char barcode[14]) {
  g_snprintf (barcode, 14, "20%010d", 4711000 + item * 7);
  int sum = 0;
  for (int i = 0; i < 12; i++)
    sum += (barcode[i] - '0') * (i % 2 == 0 ? 1 : 3);
  barcode[12] = (char) ('0' + (10 - sum % 10) % 10);
  barcode[13] = '\0';
}

static bool
write_item (Demo *demo, int index, GError **error) {
  const RaiDemoItem *item = &demo->world->items[index];
  const RaiDemoFamily *family = item->goods->family;
  const int64_t department = family->department + 1, supplier = item->supplier + 1;
  const int64_t price = rai_demo_price (demo->world, 0, index, demo->world->through);
  const int64_t shelf_life = family->shelf_life, first_day = item->first_day;
  const int64_t active = item->last_day == RAI_DAY_NONE || item->last_day > demo->world->through;
  char sku[8], barcode[14];

  g_snprintf (sku, sizeof sku, "%05d", 10001 + index);
  make_barcode (index, barcode);

  const RaiItemValues values = {
    .name = item->goods->name,
    .department_id = &department,
    .category = family->name,
    .barcode = barcode,
    .unit = item->goods->unit,
    .supplier_id = &supplier,
    .pack = &item->pack,
    .price = &price,
    .cost = &item->cost,
    .shelf_life = family->shelf_life > 0 ? &shelf_life : NULL,
    .first_day = item->first_day != RAI_DAY_NONE ? &first_day : NULL,
    .active = &active,
  };
  return rai_item_add (demo->db, (int64_t) index + 1, sku, &values, demo->rev, error);
}

static bool
write_prices (Demo *demo, int site, int index, GError **error) {
  const RaiDemoItem *item = &demo->world->items[index];
  int64_t before = -1;
  for (int i = 0; i < item->n_steps; i++) {
    int64_t price = rai_demo_price (demo->world, site, index, item->steps[i].day);
    if (price != before &&
        !rai_db_run (demo->db, error,
                     "INSERT INTO price (site_id, item_id, first_day, price, rev)"
                     " VALUES (?1, ?2, ?3, ?4, ?5)",
                     "iiiii", (int64_t) site + 1, (int64_t) index + 1, (int64_t) item->steps[i].day,
                     price, demo->rev))
      return false;
    before = price;
  }

  return true;
}

static bool
write_promotion (Demo *demo, int site, const RaiDemoPromotion *promotion, GError **error) {
  int64_t price = rai_demo_price (demo->world, site, promotion->item, promotion->first_day);
  g_autofree char *name =
      g_strdup_printf ("Week %d offer", rai_day_iso_week (promotion->first_day));

  return rai_db_run (
      demo->db, error,
      "INSERT INTO promotion (site_id, item_id, first_day, last_day, name, price, rev)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      "iiiitii", (int64_t) site + 1, (int64_t) promotion->item + 1, (int64_t) promotion->first_day,
      (int64_t) promotion->last_day, name, rai_demo_promotion_price (price, promotion->discount),
      demo->rev);
}

static bool
write_offers (Demo *demo, int site, GError **error) {
  for (int i = 0; i < demo->world->n_items; i++)
    if (rai_demo_carries (demo->world, site, i) && !write_prices (demo, site, i, error))
      return false;

  for (unsigned i = 0; i < demo->world->promotions->len; i++) {
    const RaiDemoPromotion *promotion =
        &g_array_index (demo->world->promotions, RaiDemoPromotion, i);
    if (rai_demo_carries (demo->world, site, promotion->item) &&
        !write_promotion (demo, site, promotion, error))
      return false;
  }

  return true;
}

static bool
write_calendar (Demo *demo, int site, GError **error) {
  for (RaiDay day = demo->world->first_day; day <= demo->world->horizon; day++) {
    const RaiDemoDay *what = rai_demo_calendar_day (demo->world->calendar, site, day);
    if (!rai_db_run (demo->db, error,
                     "INSERT INTO calendar_day (site_id, day, closed, holiday, school_holiday,"
                     " event, temperature, rain, rev)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                     "iiititddi", (int64_t) site + 1, (int64_t) day, (int64_t) what->closed,
                     what->holiday, (int64_t) what->school_holiday, what->event, what->temperature,
                     what->rain, demo->rev))
      return false;
  }

  return true;
}

static bool
write_world (Demo *demo, GError **error) {
  if (!write_sites (demo, error) || !write_departments (demo, error) ||
      !write_suppliers (demo, error))
    return false;

  for (int i = 0; i < demo->world->n_items; i++)
    if (!write_item (demo, i, error))
      return false;

  for (int site = 0; site < demo->world->n_sites; site++)
    if (!write_offers (demo, site, error) || !write_calendar (demo, site, error))
      return false;

  return true;
}

/* ---- Days ---- */

static void
make_receipt_number (int site, RaiDay day, int receipt, char *number, size_t size) {
  int year, month, mday;
  rai_day_to_ymd (day, &year, &month, &mday);
  g_snprintf (number, size, "%s-%04d%02d%02d-%04d", rai_demo_sites[site].code, year, month, mday,
              receipt + 1);
}

static bool
write_sales (Demo *demo, int site, RaiDay day, const GArray *sales, GError **error) {
  char number[32] = "";
  int receipt = -1;
  int64_t midnight = rai_day_to_ms (day, 12 * 3600, demo->zone) - INT64_C (12 * 3600 * 1000);

  for (unsigned i = 0; i < sales->len; i++) {
    const RaiDemoSale *sale = &g_array_index (sales, RaiDemoSale, i);
    if (sale->receipt != receipt) {
      receipt = sale->receipt;
      make_receipt_number (site, day, receipt, number, sizeof number);
      demo->result.receipts++;
    }
    RaiSalesLine line = { sale->item + 1, sale->quantity, sale->amount };
    const RaiReceipt sold = { .site_id = site + 1,
                              .number = number,
                              .sold_at = midnight + sale->second * INT64_C (1000),
                              .day = day };
    if (rai_sales_add_line (demo->sales, &sold, &line, error) == RAI_SALES_FAILED)
      return false;
  }

  demo->result.lines += sales->len;
  return true;
}

static bool
live_day (Demo *demo, RaiDay day, GError **error) {
  for (int site = 0; site < demo->world->n_sites; site++) {
    const RaiDemoShopDay *lived = rai_demo_shop_live (demo->shops->pdata[site], day);
    if (!write_sales (demo, site, day, lived->sales, error))
      return false;
    for (unsigned i = 0; i < lived->movements->len; i++) {
      Moved moved = { site, day, g_array_index (lived->movements, RaiDemoMovement, i) };
      g_array_append_val (demo->moved, moved);
    }
    for (unsigned i = 0; i < lived->outs->len; i++) {
      Missing missing = { site, day, g_array_index (lived->outs, RaiDemoOut, i) };
      g_array_append_val (demo->missing, missing);
    }
  }

  return true;
}

static uint64_t
hash_bits (const Demo *demo, uint64_t kind, int site, uint64_t number) {
  RaiRandom random =
      rai_random_new (demo->world->seed ^ (number * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)),
                      kind * 1000 + (uint64_t) site);
  return rai_random_next64 (&random);
}

static void
make_order_id (const Demo *demo, int site, int number, RaiDay order_day, char *id) {
  int64_t ms = rai_day_to_ms (order_day, 18 * 3600 + number % 600, demo->zone);
  rai_uuid_make (id, ms, (unsigned) number, hash_bits (demo, 7, site, (uint64_t) number));
}

static bool
write_movement (Demo *demo, RaiCopy *copy, const Moved *moved, GError **error) {
  const RaiDemoMovement *movement = &moved->movement;
  int64_t at = rai_day_to_ms (moved->day, movement->second, demo->zone);
  char id[RAI_UUID_SIZE], order[RAI_UUID_SIZE];
  uint64_t number = (uint64_t) demo->result.movements++;

  rai_uuid_make (id, at, (unsigned) number, hash_bits (demo, 8, moved->site, number));
  const bool kept =
      movement->order >= 0 && movement->order_day >= demo->world->through - ORDERS_KEPT_DAYS;
  if (kept)
    make_order_id (demo, moved->site, movement->order, movement->order_day, order);

  rai_statement_bind (rai_copy_statement (copy), "tiiiitiIttii", id, (int64_t) moved->site + 1,
                      (int64_t) movement->item + 1, at, (int64_t) moved->day,
                      rai_movement_kind_id (movement->kind), movement->quantity,
                      movement->kind == RAI_MOVEMENT_OPENING ? &movement->counted : NULL, "",
                      kept ? order : NULL, INT64_C (0), demo->rev);

  return rai_copy_row (copy, error);
}

static bool
write_movements (Demo *demo, GError **error) {
  static const char *const columns[] = { "id",         "site_id",  "item_id", "at",   "day",
                                         "kind",       "quantity", "counted", "note", "order_id",
                                         "account_id", "rev",      NULL };

  if (demo->moved->len == 0)
    return true;

  RaiCopy *copy = rai_db_copy_begin (demo->db, "movement", columns, error);
  if (copy == NULL)
    return false;

  bool written = true;
  for (unsigned i = 0; written && i < demo->moved->len; i++)
    written = write_movement (demo, copy, &g_array_index (demo->moved, Moved, i), error);
  if (!rai_copy_end (copy, written ? error : NULL))
    return false;

  g_array_set_size (demo->moved, 0);
  return written;
}

static bool
write_missing (Demo *demo, GError **error) {
  for (unsigned i = 0; i < demo->missing->len; i++) {
    const Missing *missing = &g_array_index (demo->missing, Missing, i);
    if (!rai_db_run (
            demo->db, error,
            "INSERT INTO item_day (site_id, item_id, day, quantity, revenue, flagged,"
            " out_of_stock, rev) VALUES (?1, ?2, ?3, 0, 0, ?4, ?4, ?5)"
            " ON CONFLICT (site_id, item_id, day) DO UPDATE SET flagged = excluded.flagged,"
            " out_of_stock = excluded.out_of_stock, rev = excluded.rev",
            "iiiii", (int64_t) missing->site + 1, (int64_t) missing->out.item + 1,
            (int64_t) missing->day, (int64_t) missing->out.share, demo->rev))
      return false;
  }

  g_array_set_size (demo->missing, 0);
  return true;
}

static bool
live_days (Demo *demo, RaiProgress *progress, GError **error) {
  for (RaiDay day = demo->world->first_day; day <= demo->world->through;) {
    if (!rai_db_begin_write (demo->db, error) || !rai_db_revision (demo->db, &demo->rev, error))
      return false;
    RaiDay stop = MIN (day + DAYS_A_COMMIT, demo->world->through + 1);
    for (; day < stop; day++) {
      if (!live_day (demo, day, error))
        return false;
      rai_progress_advance (progress, 1);
    }
    if (!rai_sales_flush (demo->sales, error) || !write_missing (demo, error) ||
        !write_movements (demo, error) || !rai_db_commit (demo->db, error))
      return false;
  }

  return true;
}

/* ---- How it stands now ---- */

/* Sales have been taken off already: what was moved is added. */
static bool
write_stock_row (Demo *demo, int site, int index, GError **error) {
  const RaiDemoShop *shop = demo->shops->pdata[site];
  int64_t stored = 0;
  if (rai_db_row (demo->db, error, "SELECT on_hand FROM stock WHERE site_id = ?1 AND item_id = ?2",
                  "ii>i", (int64_t) site + 1, (int64_t) index + 1, &stored) == RAI_STEP_FAILED)
    return false;

  const RaiStockChange change = {
    .site_id = site + 1,
    .item_id = index + 1,
    .on_hand = rai_demo_shop_on_hand (shop, index) - stored,
    .on_order = rai_demo_shop_on_order (shop, index),
  };
  return rai_stock_add (demo->db, &change, demo->rev, error);
}

static bool
write_stock (Demo *demo, int site, GError **error) {
  for (int i = 0; i < demo->world->n_items; i++)
    if (rai_demo_shop_carries (demo->shops->pdata[site], i) &&
        !write_stock_row (demo, site, i, error))
      return false;
  return true;
}

static bool
write_order_line (Demo *demo, int site, const char *order, bool received,
                  const RaiDemoOrderLine *line, GError **error) {
  int64_t rounding =
      line->quantity - (line->demand + line->safety - line->on_hand - line->on_order);
  return rai_db_run (
      demo->db, error,
      "INSERT INTO order_line (order_id, item_id, site_id, quantity, proposed, received, cost,"
      " part_demand, part_safety, part_on_hand, part_on_order, part_rounding, cover_days, rev)"
      " VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
      "tiiiiiiiiiiii", order, (int64_t) line->item + 1, (int64_t) site + 1, line->quantity,
      received ? line->quantity : INT64_C (0), demo->world->items[line->item].cost, line->demand,
      line->safety, line->on_hand, line->on_order, rounding, (int64_t) line->cover_days, demo->rev);
}

static bool
write_order (Demo *demo, int site, const RaiDemoOrder *order, GError **error) {
  char id[RAI_UUID_SIZE];
  make_order_id (demo, site, order->number, order->order_day, id);

  int64_t total = 0;
  for (unsigned i = 0; i < order->lines->len; i++) {
    const RaiDemoOrderLine *line = &g_array_index (order->lines, RaiDemoOrderLine, i);
    total += rai_mul_div (line->quantity, demo->world->items[line->item].cost, RAI_QUANTITY_ONE);
    if (!write_order_line (demo, site, id, order->received, line, error))
      return false;
  }

  demo->result.orders++;
  return rai_db_run (
      demo->db, error,
      "INSERT INTO purchase_order (id, site_id, supplier_id, status, order_day,"
      " delivery_day, total, approved_at, rev)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      "tiitiiiii", id, (int64_t) site + 1, (int64_t) order->supplier + 1,
      rai_order_status_id (order->received ? RAI_ORDER_RECEIVED : RAI_ORDER_APPROVED),
      (int64_t) order->order_day, (int64_t) order->delivery_day, total,
      rai_day_to_ms (order->order_day, 18 * 3600, demo->zone), demo->rev);
}

static void
name_command (Demo *demo, const RaiDemoOptions *options) {
  char id[RAI_UUID_SIZE], through[11];
  const int64_t at = rai_day_to_ms (demo->world->through, 23 * 3600, demo->zone);

  rai_uuid_make (id, at, 0, hash_bits (demo, 9, 0, 0));
  demo->call = (RaiCommandCall){
    .id = g_strdup (id),
    .name = g_strdup ("demo.generate"),
    .arguments =
        g_strdup_printf ("{\"size\":\"%s\",\"seed\":%" G_GINT64_FORMAT ",\"through\":\"%s\"}",
                         options->size == RAI_DEMO_FULL ? "full" : "small", (int64_t) options->seed,
                         rai_day_format (demo->world->through, through)),
    .acted_at = at,
  };
}

/* The database is empty, so that nothing but a wrong use of it can refuse. */
static bool
check_answer (const RaiAnswer *answer, GError **error) {
  if (answer->status == RAI_ANSWER_APPLIED && !answer->repeated)
    return true;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s",
               answer->message != NULL ? answer->message : "these demo data were made before");
  return false;
}

static bool
admit (Demo *demo, GError **error) {
  g_auto (RaiAnswer) answer = { 0 };
  return rai_command_admit (demo->db, demo->caller, &demo->call, &answer, error) &&
         check_answer (&answer, error);
}

static bool
record (Demo *demo, GError **error) {
  g_autofree char *counts = g_strdup_printf (
      "\"sites\":%" G_GINT64_FORMAT ",\"items\":%" G_GINT64_FORMAT ",\"lines\":%" G_GINT64_FORMAT,
      demo->result.sites, demo->result.items, demo->result.lines);
  g_autofree char *summary =
      g_strdup_printf ("Demo data: %" G_GINT64_FORMAT " stores, %" G_GINT64_FORMAT " items",
                       demo->result.sites, demo->result.items);
  const RaiCommandWork work = { counts, summary };
  g_auto (RaiAnswer) answer = { 0 };
  if (!rai_command_record (demo->db, demo->caller, &demo->call, &work, &answer, error) ||
      !check_answer (&answer, error))
    return false;

  const RaiAuditJob job = {
    .id = demo->call.id,
    .kind = "generate",
    .state = RAI_JOB_DONE,
    .started_at = demo->call.acted_at,
    .ended_at = demo->call.acted_at,
    .message = summary,
    .rev = demo->rev,
  };
  return rai_audit_job (demo->db, &job, error);
}

static bool
write_present (Demo *demo, GError **error) {
  if (!rai_db_begin_write (demo->db, error) || !rai_db_revision (demo->db, &demo->rev, error))
    return false;
  for (int site = 0; site < demo->world->n_sites; site++) {
    const GPtrArray *orders = rai_demo_shop_orders (demo->shops->pdata[site]);
    if (!write_stock (demo, site, error))
      return false;
    for (unsigned i = 0; i < orders->len; i++)
      if (!write_order (demo, site, orders->pdata[i], error))
        return false;
  }

  return record (demo, error) && rai_db_commit (demo->db, error);
}

/* ---- The whole ---- */

static bool
check_empty (RaiDb *db, GError **error) {
  int64_t sites;
  if (!rai_db_get_int (db, "SELECT count(*) FROM site", NULL, 0, 0, &sites, error))
    return false;
  if (sites == 0)
    return true;

  g_set_error (
      error, G_IO_ERROR, G_IO_ERROR_EXISTS,
      "the database already holds %" G_GINT64_FORMAT
      " stores; demo data go into an empty one: give another --db, or remove this database first",
      sites);

  return false;
}

static void
set_up (Demo *demo, RaiDb *db, const RaiDemoOptions *options) {
  demo->db = db;
  demo->zone = g_time_zone_new_identifier (ZONE);
  if (demo->zone == NULL)
    demo->zone = g_time_zone_new_utc ();

  RaiDay through = options->through != RAI_DAY_NONE
                       ? options->through
                       : rai_day_from_ms (rai_now_ms (), demo->zone) - 1;
  bool full = options->size == RAI_DEMO_FULL;

  demo->world = rai_demo_world_new (full, options->seed, through);
  demo->shops = g_ptr_array_new_with_free_func ((GDestroyNotify) rai_demo_shop_free);
  demo->moved = g_array_new (FALSE, FALSE, sizeof (Moved));
  demo->missing = g_array_new (FALSE, FALSE, sizeof (Missing));

  for (int site = 0; site < demo->world->n_sites; site++)
    g_ptr_array_add (demo->shops,
                     rai_demo_shop_new (demo->world, site, through - (full ? 181 : 119)));

  demo->result = (RaiDemoResult){ .first_day = demo->world->first_day,
                                  .through = through,
                                  .sites = demo->world->n_sites,
                                  .items = demo->world->n_items };
  demo->caller = rai_identity_new_system ();
  name_command (demo, options);
}

static bool
generate (Demo *demo, GError **error) {
  if (!rai_db_begin_write (demo->db, error) || !rai_db_revision (demo->db, &demo->rev, error) ||
      !admit (demo, error) || !write_world (demo, error) || !rai_db_commit (demo->db, error))
    return false;

  demo->sales = rai_sales_new (demo->db, error);
  if (demo->sales == NULL)
    return false;
  g_autoptr (RaiProgress) progress = rai_progress_new (
      "Generating days", (uint64_t) (demo->world->through - demo->world->first_day + 1));

  return live_days (demo, progress, error) && write_present (demo, error);
}

bool
rai_demo_generate (RaiDb *db, const RaiDemoOptions *options, RaiDemoResult *result,
                   GError **error) {
  if (!check_empty (db, error))
    return false;
  g_auto (Demo) demo = { 0 };
  set_up (&demo, db, options);

  if (!generate (&demo, error)) {
    if (rai_db_in_transaction (db))
      rai_db_rollback (db);
    return false;
  }

  if (result != NULL)
    *result = demo.result;
  return true;
}
