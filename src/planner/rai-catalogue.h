/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "util/rai-day.h"

/* What the planner knows of items, suppliers, sites and rules, read once a run and immutable from
 * then on. */
typedef struct {
  int64_t id;
  int64_t department_id;
  int64_t supplier_id; /* 0: none */
  int64_t pack;        /* thousandths, 1 or more */
  int64_t price;       /* of one unit, minor units */
  int64_t cost;
  int shelf_life;   /* days; 0: keeps */
  RaiDay first_day; /* RAI_DAY_NONE: not known */
  bool active;
  bool pieces; /* sold in whole pieces */
  char *sku;
  char *category;
} RaiCatalogueItem;

typedef struct {
  int64_t id;
  int lead_days;
  double lead_spread;
  unsigned order_weekdays;
  int64_t minimum_order; /* minor units */
} RaiCatalogueSupplier;

typedef struct {
  int64_t id;
  char *code;
  unsigned open_weekdays; /* bit 0 = Monday */
  RaiDay last_day;        /* newest day with sales, RAI_DAY_NONE: none yet */
} RaiCatalogueSite;

typedef struct _RaiCatalogue RaiCatalogue;

RaiCatalogue *rai_catalogue_new (RaiDb *db, GError **error);
void rai_catalogue_free (RaiCatalogue *catalogue);

/* Active sites by id. */
const RaiCatalogueSite *rai_catalogue_sites (const RaiCatalogue *catalogue, size_t *n);
/* The first day of which nothing is known yet, the same for all sites that sold within two weeks of
 * the newest sales: a site may be closed on its last days. A site that stopped earlier is seen from
 * its own last day on. */
RaiDay rai_catalogue_today (const RaiCatalogue *catalogue, const RaiCatalogueSite *site);
/* NULL when there is none of that id. */
const RaiCatalogueItem *rai_catalogue_item (const RaiCatalogue *catalogue, int64_t id);
const RaiCatalogueSupplier *rai_catalogue_supplier (const RaiCatalogue *catalogue, int64_t id);

/* The value of a rule of core/rai-policy.h where the narrowest scope that sets it decides. item may
 * be NULL. */
double rai_catalogue_policy (const RaiCatalogue *catalogue, const char *key, int64_t site_id,
                             const RaiCatalogueItem *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiCatalogue, rai_catalogue_free)
