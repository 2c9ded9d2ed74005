/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-panel-reader.h"

#include "planner/rai-missed-sales.h"
#include "planner/rai-site-days.h"

#include <math.h>

typedef enum {
  PRICE,
  PROMOTION,
  HOLIDAY,
  EVENT,
  SCHOOL,
  TEMPERATURE,
  RAIN,
  N_COVARIATES
} Covariate;

/* A covariate is only offered to the models when the database holds any of it. */
static const struct {
  const char *name;
  RaiCovariateRole role;
  bool categorical;
  const char *present; /* SQL that counts */
} covariates[N_COVARIATES] = {
  [PRICE] = { "price", RAI_COVARIATE_PRICE, false, "SELECT COUNT(*) FROM price" },
  [PROMOTION] = { "promotion", RAI_COVARIATE_PROMOTION, false,
                  "SELECT (SELECT COUNT(*) FROM promotion) + (SELECT COUNT(*) FROM calendar_day "
                  "WHERE promotion <> "
                  "0)" },
  [HOLIDAY] = { "holiday", RAI_COVARIATE_EVENT, true,
                "SELECT COUNT(*) FROM calendar_day WHERE holiday <> ''" },
  [EVENT] = { "event", RAI_COVARIATE_EVENT, true,
              "SELECT COUNT(*) FROM calendar_day WHERE event <> ''" },
  [SCHOOL] = { "school_holiday", RAI_COVARIATE_CALENDAR, false,
               "SELECT COUNT(*) FROM calendar_day WHERE school_holiday <> 0" },
  [TEMPERATURE] = { "temperature", RAI_COVARIATE_WEATHER, false,
                    "SELECT COUNT(*) FROM calendar_day WHERE temperature IS NOT NULL" },
  [RAIN] = { "rain", RAI_COVARIATE_WEATHER, false,
             "SELECT COUNT(*) FROM calendar_day WHERE rain IS NOT NULL" },
};

struct _RaiPanelReader {
  RaiDb *db;
  const RaiCatalogue *catalogue;
  RaiDay origin;
  size_t horizon;
  RaiDay first;          /* the oldest day that is read */
  size_t every, counted; /* one in so many items; items met in this call */
  bool present[N_COVARIATES];
  size_t index[N_COVARIATES]; /* in the panel at hand */
};

/* From `day` on the item costs `price`; for promotions until `last`. Sorted by item, then day. */
typedef struct {
  int64_t item_id;
  RaiDay day, last;
  double price; /* NAN: none of its own */
} Tag;

RaiPanelReader *
rai_panel_reader_new (RaiDb *db, const RaiCatalogue *catalogue, RaiDay origin, size_t horizon,
                      size_t history, GError **error) {
  g_autoptr (RaiPanelReader) reader = g_new0 (RaiPanelReader, 1);
  reader->db = db;
  reader->catalogue = catalogue;
  reader->origin = origin;
  reader->horizon = horizon;
  reader->first = origin - (RaiDay) history;
  reader->every = 1;

  for (int c = 0; c < N_COVARIATES; c++) {
    int64_t count;
    if (!rai_db_get_int (db, covariates[c].present, NULL, 0, 0, &count, error))
      return NULL;
    reader->present[c] = count > 0;
  }

  return g_steal_pointer (&reader);
}

void
rai_panel_reader_free (RaiPanelReader *reader) {
  g_free (reader);
}

void
rai_panel_reader_set_every (RaiPanelReader *reader, size_t every) {
  reader->every = MAX (1, every);
}

static RaiPanel *
panel_new (RaiPanelReader *reader) {
  RaiPanel *panel = rai_panel_new (RAI_STEP_DAY, reader->origin, reader->horizon);
  for (int c = 0; c < N_COVARIATES; c++)
    if (reader->present[c])
      reader->index[c] = rai_panel_add_covariate (panel, covariates[c].name, covariates[c].role,
                                                  covariates[c].categorical);
  return panel;
}

static float *
column (const RaiPanelReader *reader, RaiPanel *panel, size_t series, Covariate covariate) {
  return reader->present[covariate] ? rai_panel_covariate (panel, series, reader->index[covariate])
                                    : NULL;
}

static void
fill_texts (const RaiPanelReader *reader, RaiPanel *panel, size_t series, Covariate covariate,
            const char **texts, size_t n) {
  float *values = column (reader, panel, series, covariate);
  for (size_t t = 0; values != NULL && t < n; t++)
    values[t] =
        texts[t][0] == '\0' ? 0 : rai_panel_category (panel, reader->index[covariate], texts[t]);
}

static void
fill_numbers (float *column_values, const float *values, size_t n) {
  if (column_values != NULL)
    memcpy (column_values, values, n * sizeof *values);
}

/* What all series of a site share, for the series' days: the last `past` of the site's past and all
 * to come. */
static void
fill_site_columns (const RaiPanelReader *reader, RaiPanel *panel, size_t series,
                   const RaiSiteDays *days, size_t past) {
  size_t skip = days->n_past - past, n = days->n - skip;
  memcpy (rai_panel_closed (panel, series), days->closed + skip, n);
  fill_texts (reader, panel, series, HOLIDAY, days->holiday + skip, n);
  fill_texts (reader, panel, series, EVENT, days->event + skip, n);

  float *school = column (reader, panel, series, SCHOOL);
  for (size_t t = 0; school != NULL && t < n; t++)
    school[t] = days->school[skip + t];
  fill_numbers (column (reader, panel, series, TEMPERATURE), days->temperature + skip, n);
  fill_numbers (column (reader, panel, series, RAIN), days->rain + skip, n);
}

static bool
read_tags (const RaiPanelReader *reader, const char *sql, int64_t site_id, GArray *tags,
           GError **error) {
  RaiStatement *statement = rai_db_prepare (reader->db, sql, error);
  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, site_id);

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    Tag tag = { rai_statement_int (statement, 0), (RaiDay) rai_statement_int (statement, 1),
                (RaiDay) rai_statement_int (statement, 2),
                rai_statement_is_null (statement, 3) ? NAN
                                                     : (double) rai_statement_int (statement, 3) };
    g_array_append_val (tags, tag);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

/* Where an item's tags begin; *n is their number. The cursor moves on with ascending item ids. */
static const Tag *
tags_of (const GArray *tags, size_t *cursor, int64_t item_id, size_t *n) {
  while (*cursor < tags->len && g_array_index (tags, Tag, *cursor).item_id < item_id)
    ++*cursor;
  const Tag *found = (const Tag *) (void *) tags->data + *cursor;
  *n = 0;
  while (*cursor + *n < tags->len && found[*n].item_id == item_id)
    ++*n;
  return found;
}

typedef struct {
  const RaiCatalogueSite *site;
  RaiSiteDays *days;
  GArray *items;  /* int64_t: carried, by id */
  GArray *prices; /* Tag */
  GArray *promotions;
  size_t price_cursor, promotion_cursor;
} SiteInput;

static void
site_input_clear (SiteInput *input) {
  g_clear_pointer (&input->days, rai_site_days_free);
  g_clear_pointer (&input->items, g_array_unref);
  g_clear_pointer (&input->prices, g_array_unref);
  g_clear_pointer (&input->promotions, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SiteInput, site_input_clear)

static bool
read_carried (RaiPanelReader *reader, SiteInput *input, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      reader->db, "SELECT item_id FROM stock WHERE site_id = ?1 ORDER BY item_id", error);
  if (statement == NULL)
    return false;

  rai_statement_bind_int (statement, 1, input->site->id);
  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    int64_t id = rai_statement_int (statement, 0);
    const RaiCatalogueItem *item = rai_catalogue_item (reader->catalogue, id);
    if (item != NULL && item->active && reader->counted++ % reader->every == 0)
      g_array_append_val (input->items, id);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

static bool
read_site_input (RaiPanelReader *reader, const RaiCatalogueSite *site, SiteInput *input,
                 GError **error) {
  *input = (SiteInput){ .site = site };
  input->items = g_array_new (FALSE, FALSE, sizeof (int64_t));
  input->prices = g_array_new (FALSE, FALSE, sizeof (Tag));
  input->promotions = g_array_new (FALSE, FALSE, sizeof (Tag));
  input->days =
      rai_site_days_new (reader->db, site, reader->first, reader->origin, reader->horizon, error);

  return input->days != NULL && read_carried (reader, input, error) &&
         read_tags (reader,
                    "SELECT item_id, first_day, 0, price FROM price WHERE site_id = ?1 ORDER BY "
                    "item_id, first_day",
                    site->id, input->prices, error) &&
         read_tags (reader,
                    "SELECT item_id, first_day, last_day, price FROM promotion "
                    "WHERE site_id = ?1 AND item_id <> 0 ORDER BY item_id, first_day",
                    site->id, input->promotions, error);
}

static void
fill_price (float *values, const Tag *tags, size_t n_tags, double usual, RaiDay first, size_t n) {
  size_t k = 0;
  double price = n_tags > 0 ? tags[0].price : usual;
  for (size_t t = 0; t < n; t++) {
    for (; k < n_tags && tags[k].day <= first + (RaiDay) t; k++)
      price = tags[k].price;
    values[t] = (float) price;
  }
}

static void
fill_item_columns (const RaiPanelReader *reader, RaiPanel *panel, size_t series, SiteInput *input,
                   const RaiCatalogueItem *item, size_t past) {
  size_t n_prices, n_promotions, n = past + reader->horizon, skip = input->days->n_past - past;
  RaiDay first = reader->origin - (RaiDay) past;
  const Tag *prices = tags_of (input->prices, &input->price_cursor, item->id, &n_prices);
  const Tag *promotions =
      tags_of (input->promotions, &input->promotion_cursor, item->id, &n_promotions);
  float *price = column (reader, panel, series, PRICE),
        *promotion = column (reader, panel, series, PROMOTION);

  if (price != NULL)
    fill_price (price, prices, n_prices, (double) item->price, first, n);
  for (size_t t = 0; promotion != NULL && t < n; t++)
    promotion[t] = input->days->promotion[skip + t] >= 10;
  for (size_t k = 0; promotion != NULL && k < n_promotions; k++)
    for (RaiDay day = MAX (first, promotions[k].day);
         day <= promotions[k].last && day < first + (RaiDay) n; day++) {
      promotion[day - first] = 1;
      if (price != NULL && isfinite (promotions[k].price))
        price[day - first] = (float) promotions[k].price;
    }
}

typedef struct {
  RaiDay day;
  int32_t out_of_stock;
  int64_t quantity;
} Sale;

/* Until the first sale of an item at a site it is not on sale there: nothing is known of those
 * days, whatever other sites sold and however long the item has been known. */
static size_t
first_sale (const GArray *sales) {
  size_t k = 0;
  while (k < sales->len && g_array_index (sales, Sale, k).quantity <= 0)
    k++;
  return k;
}

static void
add_item (RaiPanelReader *reader, RaiPanel *panel, SiteInput *input, int64_t item_id,
          const GArray *sales, GArray *nodes) {
  const RaiCatalogueItem *item = rai_catalogue_item (reader->catalogue, item_id);
  const Sale *sale = (const Sale *) (void *) sales->data;
  size_t begin = first_sale (sales);
  RaiDay first = begin < sales->len ? sale[begin].day : reader->origin;

  size_t past = (size_t) (reader->origin - first);
  size_t series = rai_panel_add_series (panel, input->site->code, item->sku, past);
  g_autofree char *department = g_strdup_printf ("%" G_GINT64_FORMAT, item->department_id);

  rai_panel_set_attribute (panel, series, "department", department);
  if (item->category[0] != '\0')
    rai_panel_set_attribute (panel, series, "category", item->category);
  fill_site_columns (reader, panel, series, input->days, past);
  fill_item_columns (reader, panel, series, input, item, past);

  const RaiSiteDays *days = input->days;
  double *observations = rai_panel_observations (panel, series);
  float *stockout = rai_panel_stockout (panel, series);

  for (size_t t = 0; t < past; t++)
    observations[t] =
        days->gap[days->n_past - past + t] || days->closed[days->n_past - past + t] ? NAN : 0;

  /* A row without either is left from what was taken back: it says no more than none. */
  for (size_t k = begin; k < sales->len; k++) {
    if (sale[k].quantity == 0 && sale[k].out_of_stock == 0)
      continue;
    observations[sale[k].day - first] = MAX (0, (double) sale[k].quantity / 1000.0);
    stockout[sale[k].day - first] = (float) sale[k].out_of_stock / 1000.0f;
  }

  RaiForecastNode node = { RAI_LEVEL_ITEM, input->site->id, item_id };
  g_array_append_val (nodes, node);
}

/* The scan comes by item and day, as do the carried items: they are merged. */
static bool
read_sales (RaiPanelReader *reader, RaiPanel *panel, SiteInput *input, GArray *nodes,
            GError **error) {
  RaiStatement *statement =
      rai_db_prepare (reader->db,
                      "SELECT item_id, day, quantity, out_of_stock FROM item_day "
                      "WHERE site_id = ?1 AND day >= ?2 AND day < ?3 ORDER BY item_id, day",
                      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, input->site->id);
  rai_statement_bind_int (statement, 2, reader->first);
  rai_statement_bind_int (statement, 3, reader->origin);
  g_autoptr (GArray) sales = g_array_new (FALSE, FALSE, sizeof (Sale));

  RaiStep step = rai_statement_step (statement, error);
  for (size_t i = 0; i < input->items->len && step != RAI_STEP_FAILED; i++) {
    int64_t id = g_array_index (input->items, int64_t, i);
    g_array_set_size (sales, 0);
    for (; step == RAI_STEP_ROW && rai_statement_int (statement, 0) <= id;
         step = rai_statement_step (statement, error))
      if (rai_statement_int (statement, 0) == id) {
        Sale sale = { (RaiDay) rai_statement_int (statement, 1),
                      (int32_t) rai_statement_int (statement, 3),
                      rai_statement_int (statement, 2) };
        g_array_append_val (sales, sale);
      }
    if (step != RAI_STEP_FAILED)
      add_item (reader, panel, input, id, sales, nodes);
  }

  rai_statement_reset (statement);
  return step != RAI_STEP_FAILED;
}

RaiPanel *
rai_panel_reader_items (RaiPanelReader *reader, const RaiCatalogueSite *const *sites,
                        size_t n_sites, GArray *nodes, RaiProgress *progress,
                        GCancellable *cancellable, GError **error) {
  g_autoptr (RaiPanel) panel = panel_new (reader);
  reader->counted = 0;
  for (size_t s = 0; s < n_sites; s++) {
    g_auto (SiteInput) input;
    if (!read_site_input (reader, sites[s], &input, error) ||
        !read_sales (reader, panel, &input, nodes, error) ||
        g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    rai_progress_advance (progress, 1);
  }

  return g_steal_pointer (&panel);
}

/* The first day on which something was sold, at most n. */
static size_t
first_sold (const double *revenue, size_t n) {
  size_t t = 0;
  while (t < n && !(revenue[t] > 0))
    t++;
  return t;
}

/* missed: what empty shelves kept it from taking; NULL: nothing. */
static void
add_total (RaiPanelReader *reader, RaiPanel *panel, const RaiSiteDays *days, const char *site,
           const char *item, const double *revenue, const double *missed, RaiForecastNode node,
           GArray *nodes) {
  size_t past = days->n_past - first_sold (revenue, days->n_past), skip = days->n_past - past;
  size_t series = rai_panel_add_series (panel, site, item, past);
  rai_panel_set_attribute (panel, series, "level", rai_forecast_level_id (node.level));
  fill_site_columns (reader, panel, series, days, past);
  fill_numbers (column (reader, panel, series, PROMOTION), days->promotion + skip,
                past + reader->horizon);

  double *observations = rai_panel_observations (panel, series);
  for (size_t t = 0; t < past; t++)
    observations[t] =
        days->gap[skip + t] || days->closed[skip + t] ? NAN : MAX (0, revenue[skip + t]);

  float *stockout = rai_panel_stockout (panel, series);
  for (size_t t = 0; t < past && missed != NULL; t++)
    stockout[t] = (float) rai_missed_sales_share (missed[skip + t], revenue[skip + t]);

  g_array_append_val (nodes, node);
}

static bool
add_departments (RaiPanelReader *reader, RaiPanel *panel, const RaiCatalogueSite *site,
                 const RaiSiteDays *days, const RaiMissedSales *missed, GArray *nodes,
                 GError **error) {
  RaiStatement *statement =
      rai_db_prepare (reader->db,
                      "SELECT department_id, day, revenue FROM department_day WHERE site_id = ?1 "
                      "AND day >= ?2 AND day < ?3 ORDER BY department_id, day",
                      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, site->id);
  rai_statement_bind_int (statement, 2, reader->first);
  rai_statement_bind_int (statement, 3, reader->origin);

  g_autofree double *revenue = g_new0 (double, MAX (1, days->n_past));
  RaiStep step = rai_statement_step (statement, error);
  while (step == RAI_STEP_ROW) {
    int64_t department = rai_statement_int (statement, 0);
    memset (revenue, 0, days->n_past * sizeof *revenue);
    for (; step == RAI_STEP_ROW && rai_statement_int (statement, 0) == department;
         step = rai_statement_step (statement, error))
      revenue[rai_statement_int (statement, 1) - reader->first] =
          (double) rai_statement_int (statement, 2);
    g_autofree char *name = g_strdup_printf ("department %" G_GINT64_FORMAT, department);
    RaiForecastNode node = { RAI_LEVEL_DEPARTMENT, site->id, department };
    if (step != RAI_STEP_FAILED)
      add_total (reader, panel, days, site->code, name, revenue,
                 rai_missed_sales_of (missed, department), node, nodes);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

/* Adds a site's days to the company's: open where one is open, events of the first site that has
 * any. */
static void
merge_days (RaiSiteDays *company, const RaiSiteDays *days, size_t n_sites) {
  for (size_t t = 0; t < company->n; t++) {
    company->closed[t] = company->closed[t] && days->closed[t];
    company->gap[t] = company->gap[t] && days->gap[t];
    company->school[t] = company->school[t] || days->school[t];
    company->promotion[t] += days->promotion[t] / (float) n_sites;
    if (company->holiday[t][0] == '\0' && days->holiday[t][0] != '\0')
      company->holiday[t] = g_string_chunk_insert_const (company->texts, days->holiday[t]);
    if (company->event[t][0] == '\0' && days->event[t][0] != '\0')
      company->event[t] = g_string_chunk_insert_const (company->texts, days->event[t]);
    if (!isfinite (company->temperature[t]))
      company->temperature[t] = days->temperature[t];
    if (!isfinite (company->rain[t]))
      company->rain[t] = days->rain[t];
    if (t < company->n_past)
      company->revenue[t] += days->revenue[t];
  }
}

/* missed: the company's so far, [n_past]. */
static void
merge_missed (double *missed, const RaiMissedSales *of_site, size_t n_past) {
  const double *more = rai_missed_sales_of (of_site, 0);
  for (size_t t = 0; more != NULL && t < n_past; t++)
    missed[t] += more[t];
}

RaiPanel *
rai_panel_reader_totals (RaiPanelReader *reader, const RaiCatalogueSite *const *sites,
                         size_t n_sites, RaiTotalsKind kind, GArray *nodes,
                         GCancellable *cancellable, GError **error) {
  g_autoptr (RaiPanel) panel = panel_new (reader);
  g_autoptr (RaiSiteDays) company = NULL;
  g_autofree double *company_missed = NULL;
  for (size_t s = 0; s < n_sites; s++) {
    g_autoptr (RaiSiteDays) days = rai_site_days_new (reader->db, sites[s], reader->first,
                                                      reader->origin, reader->horizon, error);
    if (days == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    g_autoptr (RaiMissedSales) missed =
        rai_missed_sales_new (reader->db, reader->catalogue, sites[s]->id, days, error);
    if (missed == NULL)
      return NULL;

    if ((kind & RAI_TOTALS_SITES) != 0) {
      RaiForecastNode node = { RAI_LEVEL_SITE, sites[s]->id, 0 };
      add_total (reader, panel, days, sites[s]->code, "", days->revenue,
                 rai_missed_sales_of (missed, 0), node, nodes);
      if (!add_departments (reader, panel, sites[s], days, missed, nodes, error))
        return NULL;
    }

    if (company_missed == NULL)
      company_missed = g_new0 (double, MAX (1, days->n_past));
    merge_missed (company_missed, missed, days->n_past);
    if (company == NULL)
      company = g_steal_pointer (&days);
    else
      merge_days (company, days, n_sites);
  }

  RaiForecastNode node = { RAI_LEVEL_COMPANY, 0, 0 };
  if (company != NULL && (kind & RAI_TOTALS_COMPANY) != 0)
    add_total (reader, panel, company, "", "", company->revenue, company_missed, node, nodes);

  return g_steal_pointer (&panel);
}
