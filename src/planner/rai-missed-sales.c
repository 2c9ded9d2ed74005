/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-missed-sales.h"

#include "db/rai-db-run.h"

/* A store of some size always misses a little, and its takings are told and judged with that. Only
 * from this share on a day says too little of what people wanted. Our own choice: above what the
 * made-up retailer's stores miss on usual days (2 to 4 %), below one empty shelf of a shop that
 * lives on five. */
#define SHARE_MIN 0.1

struct _RaiMissedSales {
  RaiDay first;
  size_t n_past;
  GHashTable *usual;       /* item -> double: takings of an open day with stock */
  GHashTable *departments; /* department, 0 for all -> double[n_past] */
};

void
rai_missed_sales_free (RaiMissedSales *missed) {
  g_clear_pointer (&missed->usual, g_hash_table_unref);
  g_clear_pointer (&missed->departments, g_hash_table_unref);
  g_free (missed);
}

typedef struct {
  RaiMissedSales *missed;
  const RaiSiteDays *days;
  const RaiCatalogue *catalogue;
} Reading;

static int64_t *
key_new (int64_t id) {
  int64_t *key = g_new (int64_t, 1);
  *key = id;
  return key;
}

/* Days of [from, to] on which the site sold something. */
static double
count_open (const RaiSiteDays *days, RaiDay from, RaiDay to) {
  double open = 0;
  for (RaiDay day = from; day <= to; day++)
    open += !days->closed[day - days->first] && !days->gap[day - days->first];
  return open;
}

/* A row: item, its first and last day, its takings, its thousandths of days without stock. */
static bool
take_usual (RaiStatement *row, void *data, GError **error) {
  const Reading *reading = data;
  const double open = count_open (reading->days, (RaiDay) rai_statement_int (row, 1),
                                  (RaiDay) rai_statement_int (row, 2));
  const double with_stock = open - (double) rai_statement_int (row, 4) / 1000.0;
  double *usual = g_new (double, 1);

  *usual = MAX (0, (double) rai_statement_int (row, 3)) / MAX (1, with_stock);
  g_hash_table_replace (reading->missed->usual, key_new (rai_statement_int (row, 0)), usual);
  return true;
}

static void
add (RaiMissedSales *missed, int64_t department_id, size_t t, double money) {
  double *sums = g_hash_table_lookup (missed->departments, &department_id);
  if (sums == NULL) {
    sums = g_new0 (double, missed->n_past);
    g_hash_table_replace (missed->departments, key_new (department_id), sums);
  }
  sums[t] += money;
}

/* A row: item, day, thousandths of it without stock. */
static bool
take_missed (RaiStatement *row, void *data, GError **error) {
  const Reading *reading = data;
  const int64_t id = rai_statement_int (row, 0);
  const RaiCatalogueItem *item = rai_catalogue_item (reading->catalogue, id);
  const double *usual = g_hash_table_lookup (reading->missed->usual, &id);
  if (item == NULL || usual == NULL)
    return true;

  const size_t t = (size_t) (rai_statement_int (row, 1) - reading->missed->first);
  const double money = *usual * (double) rai_statement_int (row, 2) / 1000.0;
  add (reading->missed, item->department_id, t, money);
  add (reading->missed, 0, t, money);
  return true;
}

RaiMissedSales *
rai_missed_sales_new (RaiDb *db, const RaiCatalogue *catalogue, int64_t site_id,
                      const RaiSiteDays *days, GError **error) {
  g_autoptr (RaiMissedSales) missed = g_new0 (RaiMissedSales, 1);
  missed->first = days->first;
  missed->n_past = days->n_past;
  missed->usual = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  missed->departments = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  Reading reading = { missed, days, catalogue };
  const int64_t first = missed->first, end = first + (int64_t) missed->n_past;
  if (!rai_db_each (db, take_usual, &reading, error,
                    "SELECT item_id, min(day), max(day), CAST(sum(revenue) AS BIGINT), "
                    "CAST(sum(out_of_stock) AS BIGINT) FROM item_day "
                    "WHERE site_id = ?1 AND day >= ?2 AND day < ?3 GROUP BY item_id "
                    "HAVING sum(out_of_stock) > 0",
                    "iii", site_id, first, end) ||
      !rai_db_each (db, take_missed, &reading, error,
                    "SELECT item_id, day, out_of_stock FROM item_day WHERE site_id = ?1 "
                    "AND day >= ?2 AND day < ?3 AND out_of_stock > 0",
                    "iii", site_id, first, end))
    return NULL;
  return g_steal_pointer (&missed);
}

const double *
rai_missed_sales_of (const RaiMissedSales *missed, int64_t department_id) {
  return g_hash_table_lookup (missed->departments, &department_id);
}

double
rai_missed_sales_share (double missed, double taken) {
  const double share = missed > 0 ? missed / (missed + MAX (0, taken)) : 0;
  return share >= SHARE_MIN ? share : 0;
}
