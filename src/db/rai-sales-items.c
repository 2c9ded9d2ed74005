/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sales-items.h"

#include "db/rai-db-run.h"

struct _RaiSalesItems {
  RaiDb *db;
  GHashTable *items; /* &RaiSalesItem.id -> RaiSalesItem */
  int64_t rev;
  bool checked; /* in this transaction */
};

RaiSalesItems *
rai_sales_items_new (RaiDb *db) {
  RaiSalesItems *self = g_new0 (RaiSalesItems, 1);
  self->db = db;
  self->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  self->rev = -1;
  return self;
}

void
rai_sales_items_free (RaiSalesItems *self) {
  if (self == NULL)
    return;
  g_hash_table_unref (self->items);
  g_free (self);
}

void
rai_sales_items_doubt (RaiSalesItems *self) {
  self->checked = false;
}

/* A row of id, department, cost and price. */
static bool
take_item (RaiStatement *row, void *data, GError **error) {
  RaiSalesItems *self = data;
  RaiSalesItem *item = g_new (RaiSalesItem, 1);
  item->id = rai_statement_int (row, 0);
  item->department_id = rai_statement_int (row, 1);
  item->cost = rai_statement_int (row, 2);
  item->price = rai_statement_int (row, 3);
  g_hash_table_replace (self->items, &item->id, item);
  return true;
}

static bool
read_items (RaiSalesItems *self, GError **error) {
  g_hash_table_remove_all (self->items);
  return rai_db_each (self->db, take_item, self, error,
                      "SELECT id, department_id, cost, price FROM item", "");
}

/* One that was made since the table was read: an import of receipts makes thousands. */
static bool
read_item (RaiSalesItems *self, int64_t item_id, GError **error) {
  return rai_db_each (self->db, take_item, self, error,
                      "SELECT id, department_id, cost, price FROM item WHERE id = ?1", "i",
                      item_id);
}

bool
rai_sales_items_check (RaiSalesItems *self, GError **error) {
  int64_t rev = 0;
  if (!rai_db_get_int (self->db, "SELECT max(rev) FROM item", NULL, 0, 0, &rev, error))
    return false;
  if (rev != self->rev && !read_items (self, error))
    return false;
  self->rev = rev;
  self->checked = true;
  return true;
}

const RaiSalesItem *
rai_sales_items_find (RaiSalesItems *self, int64_t item_id, GError **error) {
  if (!self->checked && !rai_sales_items_check (self, error))
    return NULL;

  const RaiSalesItem *item = g_hash_table_lookup (self->items, &item_id);
  if (item == NULL && !read_item (self, item_id, error))
    return NULL;
  if (item == NULL)
    item = g_hash_table_lookup (self->items, &item_id);
  if (item == NULL)
    g_set_error (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT, "There is no item %" G_GINT64_FORMAT,
                 item_id);

  return item;
}
