/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-names.h"

#include "core/rai-code.h"
#include "core/rai-opening.h"
#include "db/rai-codes.h"
#include "db/rai-db-run.h"
#include "db/rai-items.h"
#include "db/rai-sites.h"
#include "db/rai-suppliers.h"
#include "import/rai-import.h"
#include "util/rai-decimal.h"

#include <string.h>

/* Days 1970-01-01 ... 2149: bits of sold_days. */
#define DAY_BITS 65536
/* Weekdays are judged from at least eight weeks. */
#define JUDGED_WEEKS 8

/* Things by their codes: as they are spelled, and by rai_code_fold. */
typedef struct {
  GHashTable *exact;
  GHashTable *folded;
} Index;

struct _RaiImportNames {
  RaiDb *db;
  RaiImportSiteDefaults defaults;
  int64_t rev;
  GPtrArray *site_list; /* owns RaiImportSite */
  GPtrArray *item_list; /* owns RaiImportItem */
  GPtrArray *ids;       /* owns int64_t: of departments and suppliers */
  Index sites;          /* of RaiImportSite */
  Index items;          /* of RaiImportItem, by sku */
  GHashTable *barcodes; /* of RaiImportItem */
  Index departments;    /* of int64_t, by name */
  Index suppliers;      /* of int64_t */
  RaiImportSite *last_site;
  RaiImportSite *stranger; /* how a site looks that must be made */
  unsigned created_items;
  unsigned created_sites;
};

/* Stands for the items that share a barcode. */
static RaiImportItem several = { .id = 0 };

/* ---- Codes ---- */

static void
index_init (Index *index) {
  index->exact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  index->folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
index_clear (Index *index) {
  g_hash_table_unref (index->exact);
  g_hash_table_unref (index->folded);
}

/* Of several that are spelled alike, in databases of before, the oldest is meant by a third. */
static void
index_add (Index *index, const char *code, void *thing) {
  char *fold = rai_code_fold (code);
  g_hash_table_replace (index->exact, g_strdup (code), thing);
  if (g_hash_table_contains (index->folded, fold))
    g_free (fold);
  else
    g_hash_table_insert (index->folded, fold, thing);
}

/* A spelling that was met is found at once the next time. */
static void *
index_find (Index *index, const char *code) {
  void *thing = g_hash_table_lookup (index->exact, code);
  if (thing != NULL)
    return thing;

  g_autofree char *fold = rai_code_fold (code);
  thing = g_hash_table_lookup (index->folded, fold);
  if (thing != NULL)
    g_hash_table_insert (index->exact, g_strdup (code), thing);
  return thing;
}

static void
free_site (void *data) {
  RaiImportSite *site = data;
  g_free (site->code);
  g_clear_pointer (&site->zone, g_time_zone_unref);
  g_free (site->sold_days);
  g_free (site);
}

static void
free_item (void *data) {
  RaiImportItem *item = data;
  g_free (item->sku);
  g_free (item);
}

static RaiImportSite *
new_site (const char *code, const char *zone, const char *currency, int weekdays) {
  RaiImportSite *site = g_new0 (RaiImportSite, 1);
  site->code = g_strdup (code);
  site->zone = g_time_zone_new_identifier (zone);
  if (site->zone == NULL)
    site->zone = g_time_zone_new_utc ();

  g_strlcpy (site->currency, currency, sizeof site->currency);
  site->money_decimals = rai_currency_decimals (currency);
  site->open_weekdays = weekdays;
  site->cached_hour = INT64_MIN;
  return site;
}

static RaiImportSite *
add_site (RaiImportNames *names, int64_t id, const char *code, const char *zone,
          const char *currency, int weekdays) {
  RaiImportSite *site = new_site (code, zone, currency, weekdays);
  site->id = id;
  g_ptr_array_add (names->site_list, site);
  index_add (&names->sites, code, site);
  return site;
}

static RaiImportItem *
add_item (RaiImportNames *names, int64_t id, const char *sku, int64_t price) {
  RaiImportItem *item = g_new0 (RaiImportItem, 1);
  item->id = id;
  item->sku = g_strdup (sku);
  item->price = price;
  item->price_day = item->first_day = RAI_DAY_NONE;
  g_ptr_array_add (names->item_list, item);
  index_add (&names->items, sku, item);
  return item;
}

void
rai_import_names_set_barcode (RaiImportNames *names, RaiImportItem *item, const char *barcode) {
  RaiImportItem *other = g_hash_table_lookup (names->barcodes, barcode);
  if (*barcode != '\0' && other != item)
    g_hash_table_replace (names->barcodes, g_strdup (barcode), other == NULL ? item : &several);
}

static bool
load_site (RaiStatement *row, void *data, GError **error) {
  RaiImportSite *site = add_site (data, rai_statement_int (row, 0), rai_statement_text (row, 1),
                                  rai_statement_text (row, 2), rai_statement_text (row, 3),
                                  (int) rai_statement_int (row, 4));
  site->opening_said = !rai_statement_is_null (row, 5);
  return true;
}

/* Programs write a store's name where we ask for its code: it is meant where only one is called so,
 * and none has that code. */
static bool
load_site_name (RaiStatement *row, void *data, GError **error) {
  RaiImportNames *names = data;
  const int64_t id = rai_statement_int (row, 0);
  for (unsigned i = 0; i < names->site_list->len; i++) {
    RaiImportSite *site = names->site_list->pdata[i];
    if (site->id == id && index_find (&names->sites, rai_statement_text (row, 1)) == NULL)
      index_add (&names->sites, rai_statement_text (row, 1), site);
  }
  return true;
}

static bool
load_item (RaiStatement *row, void *data, GError **error) {
  RaiImportItem *item = add_item (data, rai_statement_int (row, 0), rai_statement_text (row, 1),
                                  rai_statement_int (row, 2));
  item->first_day = rai_statement_day (row, 3);
  rai_import_names_set_barcode (data, item, rai_statement_text (row, 4));
  return true;
}

static void
remember (RaiImportNames *names, Index *index, const char *code, int64_t id) {
  int64_t *value = g_memdup2 (&id, sizeof id);
  g_ptr_array_add (names->ids, value);
  index_add (index, code, value);
}

static bool
load_department (RaiStatement *row, void *data, GError **error) {
  RaiImportNames *names = data;
  remember (names, &names->departments, rai_statement_text (row, 1), rai_statement_int (row, 0));
  return true;
}

static bool
load_supplier (RaiStatement *row, void *data, GError **error) {
  RaiImportNames *names = data;
  remember (names, &names->suppliers, rai_statement_text (row, 1), rai_statement_int (row, 0));
  return true;
}

static bool
load_all (RaiImportNames *names, GError **error) {
  return rai_db_each (names->db, load_site, names, error,
                      "SELECT id, code, zone, currency, open_weekdays, open_since FROM site"
                      " ORDER BY id",
                      "") &&
         rai_db_each (names->db, load_site_name, names, error,
                      "SELECT max(id), name FROM site GROUP BY name HAVING count(*) = 1", "") &&
         rai_db_each (names->db, load_item, names, error,
                      "SELECT id, sku, price, first_day, barcode FROM item ORDER BY id", "") &&
         rai_db_each (names->db, load_department, names, error,
                      "SELECT id, name FROM department ORDER BY id", "") &&
         rai_db_each (names->db, load_supplier, names, error,
                      "SELECT id, code FROM supplier ORDER BY id", "");
}

RaiImportNames *
rai_import_names_new (RaiDb *db, const RaiImportSiteDefaults *defaults, GError **error) {
  g_autoptr (RaiImportNames) names = g_new0 (RaiImportNames, 1);
  names->db = db;
  names->defaults = *defaults;
  names->site_list = g_ptr_array_new_with_free_func (free_site);
  names->item_list = g_ptr_array_new_with_free_func (free_item);
  names->ids = g_ptr_array_new_with_free_func (g_free);
  index_init (&names->sites);
  index_init (&names->items);
  index_init (&names->departments);
  index_init (&names->suppliers);
  names->barcodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  /* Of one that may not be made nobody says where it is, or what it takes. */
  names->stranger = new_site ("", defaults->zone != NULL ? defaults->zone : "UTC",
                              defaults->currency != NULL ? defaults->currency : "", 127);

  return load_all (names, error) ? g_steal_pointer (&names) : NULL;
}

void
rai_import_names_free (RaiImportNames *names) {
  if (names == NULL)
    return;
  index_clear (&names->sites);
  index_clear (&names->items);
  index_clear (&names->departments);
  index_clear (&names->suppliers);
  g_hash_table_unref (names->barcodes);
  g_ptr_array_unref (names->site_list);
  g_ptr_array_unref (names->item_list);
  g_ptr_array_unref (names->ids);
  free_site (names->stranger);
  g_free (names);
}

void
rai_import_names_set_revision (RaiImportNames *names, int64_t rev) {
  names->rev = rev;
}

/* One more than the largest id of a table. */
static bool
next_id (RaiImportNames *names, const char *sql, int64_t *id, GError **error) {
  return rai_db_get_int (names->db, sql, NULL, 0, 1, id, error);
}

RaiImportSite *
rai_import_names_find_site (RaiImportNames *names, const char *code) {
  if (names->last_site != NULL && strcmp (names->last_site->code, code) == 0)
    return names->last_site;

  RaiImportSite *site = index_find (&names->sites, code);
  if (site == NULL)
    return names->stranger;
  names->last_site = site;
  return site;
}

/* A store's clock and money are asked, not assumed. */
static RaiImportSite *
refuse_site (const char *code, GError **error) {
  g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_SITE,
               "there is no store “%s”: add it first (retailai-server site add NAME --code CODE "
               "--zone ZONE --currency CODE --open DAYS), or say --new-sites with --zone and "
               "--currency, and the stores that the file names are made",
               code);
  return NULL;
}

RaiImportSite *
rai_import_names_site (RaiImportNames *names, const char *code, GError **error) {
  RaiImportSite *known = rai_import_names_find_site (names, code);
  if (known != names->stranger)
    return known;

  const RaiImportSiteDefaults *defaults = &names->defaults;
  if (!defaults->may_be_made)
    return refuse_site (code, error);

  g_auto (GStrv) parts = g_strsplit (defaults->name != NULL ? defaults->name : "%s", "%s", 2);
  g_autofree char *name = g_strjoinv (code, parts);
  const RaiSiteValues values = {
    .name = name, .region = defaults->region, .zone = defaults->zone, .currency = defaults->currency
  };
  int64_t id;
  if (!rai_codes_next_id (names->db, RAI_CODE_SITE, &id, error) ||
      !rai_site_add (names->db, id, code, &values, names->rev, error))
    return NULL;

  names->created_sites++;
  names->last_site = add_site (names, id, code, defaults->zone, defaults->currency, 127);
  return names->last_site;
}

int64_t
rai_import_names_department (RaiImportNames *names, const char *name, GError **error) {
  const int64_t *known = index_find (&names->departments, name);
  if (known != NULL)
    return *known;

  int64_t id;
  if (!next_id (names, "SELECT max(id) + 1 FROM department", &id, error) ||
      !rai_db_run (names->db, error, "INSERT INTO department (id, name, rev) VALUES (?1, ?2, ?3)",
                   "iti", id, name, names->rev))
    return 0;

  remember (names, &names->departments, name, id);
  return id;
}

int64_t
rai_import_names_supplier (RaiImportNames *names, const char *code, GError **error) {
  const int64_t *known = index_find (&names->suppliers, code);
  if (known != NULL)
    return *known;

  int64_t id;
  const RaiSupplierValues values = { .name = code };
  if (!next_id (names, "SELECT max(id) + 1 FROM supplier", &id, error) ||
      !rai_supplier_add (names->db, id, code, &values, names->rev, error))
    return 0;

  remember (names, &names->suppliers, code, id);
  return id;
}

RaiImportItem *
rai_import_names_known_item (RaiImportNames *names, const char *code) {
  RaiImportItem *item = index_find (&names->items, code);
  return item != NULL ? item : g_hash_table_lookup (names->barcodes, code);
}

/* A sale is not turned away for the length of a name that it tells by the way. */
static char *
shorten (const char *name) {
  return g_utf8_strlen (name, -1) > RAI_ITEM_NAME_MAX
             ? g_utf8_substring (name, 0, RAI_ITEM_NAME_MAX)
             : g_strdup (name);
}

RaiImportItem *
rai_import_names_item (RaiImportNames *names, const char *sku, const char *name,
                       const char *department, GError **error) {
  RaiImportItem *item = rai_import_names_known_item (names, sku);
  if (item != NULL)
    return item;

  int64_t department_id = rai_import_names_department (names, department, error);
  if (department_id == 0)
    return NULL;

  int64_t id;
  g_autofree char *short_name = shorten (*name != '\0' ? name : sku);
  const RaiItemValues values = { .name = short_name, .department_id = &department_id };
  if (!next_id (names, "SELECT max(id) + 1 FROM item", &id, error) ||
      !rai_item_add (names->db, id, sku, &values, names->rev, error))
    return NULL;

  names->created_items++;
  return add_item (names, id, sku, 0);
}

unsigned
rai_import_names_n_created_items (const RaiImportNames *names) {
  return names->created_items;
}

unsigned
rai_import_names_n_created_sites (const RaiImportNames *names) {
  return names->created_sites;
}

static void
note_sold_day (RaiImportSite *site, RaiDay day) {
  if (day < 0 || day >= DAY_BITS)
    return;
  if (site->sold_days == NULL)
    site->sold_days = g_malloc0 (DAY_BITS / 8);
  site->sold_days[day / 8] |= (uint8_t) (1 << (day % 8));
}

static bool
is_sold_day (const RaiImportSite *site, RaiDay day) {
  return day >= 0 && (site->sold_days[day / 8] & (1 << (day % 8))) != 0;
}

void
rai_import_names_note_sale (RaiImportSite *site, RaiImportItem *item, RaiDay day, int64_t quantity,
                            int64_t amount) {
  if (item->first_day == RAI_DAY_NONE || day < item->first_day) {
    item->first_day = day;
    item->first_day_learnt = true;
  }
  if ((item->price == 0 || item->price_day != RAI_DAY_NONE) && day >= item->price_day &&
      quantity > 0 && amount > 0) {
    const int64_t price = rai_mul_div (amount, RAI_QUANTITY_ONE, quantity);
    if (price <= RAI_ITEM_MONEY_MAX) {
      item->price = price;
      item->price_day = day;
    }
  }

  if (quantity > 0)
    note_sold_day (site, day);
}

/* Weekdays that have sales in at least a tenth of the weeks of the busiest one. */
static int
judge_weekdays (const RaiImportSite *site) {
  int counts[7] = { 0 }, most = 0, weekdays = 0;
  for (RaiDay day = 0; day < DAY_BITS; day++)
    if (is_sold_day (site, day))
      counts[rai_day_weekday (day) - 1]++;

  for (int i = 0; i < 7; i++)
    most = MAX (most, counts[i]);
  for (int i = 0; i < 7; i++)
    weekdays |= (counts[i] * 10 >= most) << i;

  return most >= JUDGED_WEEKS ? weekdays : 127;
}

/* Weekdays that the site has begun to open on, by its newest sales. */
static int
begun_weekdays (const RaiImportSite *site) {
  RaiDay last = DAY_BITS - 1;
  int weekdays = 0;
  while (last > 0 && !is_sold_day (site, last))
    last--;
  for (RaiDay day = last; day > last - 7; day--) {
    bool sold[RAI_OPENING_WEEKS];
    for (int k = 0; k < RAI_OPENING_WEEKS; k++)
      sold[k] = is_sold_day (site, day - 7 * k);
    weekdays |= rai_opening_begun (sold) << (rai_day_weekday (day) - 1);
  }
  return weekdays;
}

/* Adds the days that earlier files brought, so that it makes no difference which came first. */
static bool
read_sold_days (RaiImportNames *names, RaiImportSite *site, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      names->db, "SELECT day FROM site_day WHERE site_id = ?1 AND quantity > 0", error);
  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, site->id);
  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW)
    note_sold_day (site, (RaiDay) rai_statement_int (statement, 0));
  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

/* Closing days are learnt once, and not where a person said them. A site that begins to open on one
 * is believed. */
static bool
learn_weekdays (RaiImportNames *names, RaiImportSite *site, GError **error) {
  if (site->sold_days == NULL || site->opening_said)
    return true;
  if (!read_sold_days (names, site, error))
    return false;
  int weekdays = site->open_weekdays == 127 ? judge_weekdays (site) : site->open_weekdays;
  weekdays |= begun_weekdays (site);
  return weekdays == site->open_weekdays ||
         rai_db_run (names->db, error, "UPDATE site SET open_weekdays = ?2, rev = ?3 WHERE id = ?1",
                     "iii", site->id, (int64_t) weekdays, names->rev);
}

bool
rai_import_names_finish (RaiImportNames *names, GError **error) {
  for (unsigned i = 0; i < names->site_list->len; i++)
    if (!learn_weekdays (names, names->site_list->pdata[i], error))
      return false;

  for (unsigned i = 0; i < names->item_list->len; i++) {
    const RaiImportItem *item = names->item_list->pdata[i];
    const int64_t first_day = item->first_day;
    const RaiItemValues learnt = {
      .first_day = item->first_day_learnt ? &first_day : NULL,
      .price = item->price_day != RAI_DAY_NONE ? &item->price : NULL,
    };
    if ((learnt.first_day != NULL || learnt.price != NULL) &&
        !rai_item_edit (names->db, item->id, &learnt, names->rev, NULL, error))
      return false;
  }

  return true;
}

void
rai_import_site_clock (const RaiImportSite *site, RaiImportTime *time) {
  if (!time->zoned)
    return;
  const int64_t at = rai_import_time_instant (time);
  time->day = rai_day_from_ms (at, site->zone);
  time->second = rai_day_second_from_ms (at, site->zone);
  time->offset = (int) ((int64_t) time->day * 86400 + time->second - at / 1000);
}

int64_t
rai_import_site_to_ms (RaiImportSite *site, RaiDay day, int second) {
  int64_t hour = (int64_t) day * 24 + second / 3600;
  if (hour != site->cached_hour) {
    site->cached_hour = hour;
    site->cached_offset_ms =
        hour * INT64_C (3600000) - rai_day_to_ms (day, second / 3600 * 3600, site->zone);
  }
  return ((int64_t) day * 86400 + second) * 1000 - site->cached_offset_ms;
}
