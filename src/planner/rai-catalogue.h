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
  int shelf_life; /* days; 0: keeps */
  bool active;
  bool pieces; /* sold in whole pieces */
  bool sold;   /* at any site, ever */
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
  RaiDay open_since;      /* a person says them, from then on; RAI_DAY_NONE: nobody did */
  RaiDay last_day;        /* newest day with sales, RAI_DAY_NONE: none yet */
  RaiDay today;           /* the first day that is not over there */
  RaiDay planned_day;     /* the today of its newest plan, RAI_DAY_NONE: never planned */
} RaiCatalogueSite;

typedef struct _RaiCatalogue RaiCatalogue;

/* through: the last day that is history; RAI_DAY_NONE: the one that ended last by the clock, in the
 * zone of each site. */
RaiCatalogue *rai_catalogue_new (RaiDb *db, RaiDay through, GError **error);
void rai_catalogue_free (RaiCatalogue *catalogue);

/* An array of RaiCatalogueSite: those of a catalogue, when nothing else is asked. */
GArray *rai_catalogue_read_sites (RaiDb *db, RaiDay through, GError **error);

/* Active sites by id. */
const RaiCatalogueSite *rai_catalogue_sites (const RaiCatalogue *catalogue, size_t *n);
/* Whether the site has sales within a year of its today. Others are of the past: they are looked at
 * by saying `through`. */
bool rai_catalogue_site_lives (const RaiCatalogueSite *site);
/* Why there is nothing to forecast or to plan, where none of the sites asked for lives: sets error
 * to G_IO_ERROR_NOT_FOUND. */
void rai_catalogue_set_lifeless (const RaiCatalogue *catalogue, GError **error);
/* NULL when there is none of that id. */
const RaiCatalogueItem *rai_catalogue_item (const RaiCatalogue *catalogue, int64_t id);
const RaiCatalogueSupplier *rai_catalogue_supplier (const RaiCatalogue *catalogue, int64_t id);

/* The value of a rule of core/rai-policy.h where the narrowest scope that sets it decides. item may
 * be NULL. */
double rai_catalogue_policy (const RaiCatalogue *catalogue, const char *key, int64_t site_id,
                             const RaiCatalogueItem *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiCatalogue, rai_catalogue_free)
