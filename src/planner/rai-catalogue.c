/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-catalogue.h"

#include "db/rai-policy-values.h"
#include "util/rai-clock.h"

#include <gio/gio.h>

/* A shop that is open for a season only comes back after most of a year. */
#define LIVES_DAYS 366

struct _RaiCatalogue {
  GArray *items; /* by id */
  GArray *suppliers;
  GArray *sites;
  RaiPolicyValues *policies;
};

static void
clear_item (void *data) {
  RaiCatalogueItem *item = data;
  g_free (item->sku);
  g_free (item->category);
}

static void
clear_site (void *data) {
  RaiCatalogueSite *site = data;
  g_free (site->code);
}

/* Units in which goods are weighed or poured. */
static bool
is_measured (const char *unit) {
  static const char *const measured[] = { "kg", "g", "l", "ml", "m", "m2", "m3" };
  for (size_t i = 0; unit != NULL && i < G_N_ELEMENTS (measured); i++)
    if (g_ascii_strcasecmp (unit, measured[i]) == 0)
      return true;
  return false;
}

static bool
read_items (RaiCatalogue *catalogue, RaiDb *db, GError **error) {
  RaiStatement *statement =
      rai_db_prepare (db,
                      "SELECT id, department_id, supplier_id, pack, price, cost, shelf_life, "
                      "active, unit, sku, category FROM item ORDER BY id",
                      error);

  if (statement == NULL)
    return false;

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    RaiCatalogueItem item = {
      .id = rai_statement_int (statement, 0),
      .department_id = rai_statement_int (statement, 1),
      .supplier_id = rai_statement_int (statement, 2),
      .pack = MAX (1, rai_statement_int (statement, 3)),
      .price = rai_statement_int (statement, 4),
      .cost = rai_statement_int (statement, 5),
      .shelf_life = (int) rai_statement_int (statement, 6),
      .active = rai_statement_int (statement, 7) != 0,
      .pieces = !is_measured (rai_statement_text (statement, 8)),
      .sku = g_strdup (rai_statement_text (statement, 9)),
      .category = g_strdup (rai_statement_text (statement, 10)),
    };
    g_array_append_val (catalogue->items, item);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

/* In a pass of its own: most items are sold at many sites. */
static bool
read_sold (RaiCatalogue *catalogue, RaiDb *db, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db, "SELECT DISTINCT item_id FROM stock WHERE last_sale IS NOT NULL ORDER BY item_id", error);
  if (statement == NULL)
    return false;

  size_t i = 0;
  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    int64_t id = rai_statement_int (statement, 0);
    while (i < catalogue->items->len &&
           g_array_index (catalogue->items, RaiCatalogueItem, i).id < id)
      i++;
    if (i < catalogue->items->len && g_array_index (catalogue->items, RaiCatalogueItem, i).id == id)
      g_array_index (catalogue->items, RaiCatalogueItem, i).sold = true;
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

static bool
read_suppliers (RaiCatalogue *catalogue, RaiDb *db, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db,
      "SELECT id, lead_days, lead_spread, order_weekdays, minimum_order FROM supplier ORDER BY id",
      error);

  if (statement == NULL)
    return false;

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    RaiCatalogueSupplier supplier = {
      .id = rai_statement_int (statement, 0),
      .lead_days = (int) rai_statement_int (statement, 1),
      .lead_spread = rai_statement_double (statement, 2),
      .order_weekdays = (unsigned) rai_statement_int (statement, 3),
      .minimum_order = rai_statement_int (statement, 4),
    };
    g_array_append_val (catalogue->suppliers, supplier);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

/* A zone that this machine does not know is read as UTC. */
static RaiDay
today_in (const char *zone_name, int64_t now) {
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  return rai_day_from_ms (now, zone);
}

GArray *
rai_catalogue_read_sites (RaiDb *db, RaiDay through, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db,
      "SELECT id, code, open_weekdays, last_day, planned_day, zone, open_since FROM "
      "site WHERE active = 1 ORDER BY id",
      error);
  if (statement == NULL)
    return NULL;

  g_autoptr (GArray) sites = g_array_new (FALSE, FALSE, sizeof (RaiCatalogueSite));
  g_array_set_clear_func (sites, clear_site);
  const int64_t now = rai_now_ms ();
  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    RaiCatalogueSite site = {
      .id = rai_statement_int (statement, 0),
      .code = g_strdup (rai_statement_text (statement, 1)),
      .open_weekdays = (unsigned) rai_statement_int (statement, 2),
      .open_since = rai_statement_day (statement, 6),
      .last_day = rai_statement_day (statement, 3),
      .planned_day = rai_statement_day (statement, 4),
      .today =
          through != RAI_DAY_NONE ? through + 1 : today_in (rai_statement_text (statement, 5), now),
    };
    g_array_append_val (sites, site);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE ? g_steal_pointer (&sites) : NULL;
}

RaiCatalogue *
rai_catalogue_new (RaiDb *db, RaiDay through, GError **error) {
  g_autoptr (RaiCatalogue) catalogue = g_new0 (RaiCatalogue, 1);
  catalogue->items = g_array_new (FALSE, FALSE, sizeof (RaiCatalogueItem));
  catalogue->suppliers = g_array_new (FALSE, FALSE, sizeof (RaiCatalogueSupplier));
  g_array_set_clear_func (catalogue->items, clear_item);

  if (!read_items (catalogue, db, error) || !read_sold (catalogue, db, error) ||
      !read_suppliers (catalogue, db, error))
    return NULL;
  catalogue->policies = rai_policy_values_new (db, NULL, error);
  if (catalogue->policies == NULL)
    return NULL;
  catalogue->sites = rai_catalogue_read_sites (db, through, error);
  if (catalogue->sites == NULL)
    return NULL;

  return g_steal_pointer (&catalogue);
}

void
rai_catalogue_free (RaiCatalogue *catalogue) {
  if (catalogue == NULL)
    return;
  g_array_unref (catalogue->items);
  g_array_unref (catalogue->suppliers);
  g_clear_pointer (&catalogue->sites, g_array_unref);
  g_clear_pointer (&catalogue->policies, rai_policy_values_free);
  g_free (catalogue);
}

/* Every element begins with its id. */
static int
compare_id (const void *a, const void *b) {
  int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;
  return (x > y) - (x < y);
}

static const void *
find (const GArray *array, size_t size, int64_t id) {
  return array->len == 0 ? NULL : bsearch (&id, array->data, array->len, size, compare_id);
}

const RaiCatalogueSite *
rai_catalogue_sites (const RaiCatalogue *catalogue, size_t *n) {
  *n = catalogue->sites->len;
  return (const RaiCatalogueSite *) (void *) catalogue->sites->data;
}

bool
rai_catalogue_site_lives (const RaiCatalogueSite *site) {
  return site->last_day != RAI_DAY_NONE && site->today - site->last_day <= LIVES_DAYS;
}

void
rai_catalogue_set_lifeless (const RaiCatalogue *catalogue, GError **error) {
  RaiDay newest = RAI_DAY_NONE;
  for (size_t i = 0; i < catalogue->sites->len; i++)
    newest = MAX (newest, g_array_index (catalogue->sites, RaiCatalogueSite, i).last_day);

  if (newest == RAI_DAY_NONE) {
    g_set_error_literal (
        error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
        "no store has sales yet: import receipts or sales first, or generate the demo");
    return;
  }

  char day[11];
  rai_day_format (newest, day);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               "no store has sold anything within a year; the newest sales are of %s. To look at "
               "data of the past, say --through %s",
               day, day);
}

const RaiCatalogueItem *
rai_catalogue_item (const RaiCatalogue *catalogue, int64_t id) {
  return find (catalogue->items, sizeof (RaiCatalogueItem), id);
}

const RaiCatalogueSupplier *
rai_catalogue_supplier (const RaiCatalogue *catalogue, int64_t id) {
  return find (catalogue->suppliers, sizeof (RaiCatalogueSupplier), id);
}

double
rai_catalogue_policy (const RaiCatalogue *catalogue, const char *key, int64_t site_id,
                      const RaiCatalogueItem *item) {
  return rai_policy_values_get (catalogue->policies, key, site_id,
                                item != NULL ? item->department_id : 0,
                                item != NULL ? item->id : 0);
}
