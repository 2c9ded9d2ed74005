/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-plan.h"
#include "inventory/rai-proposal.h"
#include "planner/rai-catalogue.h"
#include "planner/rai-forecast-row.h"
#include "planner/rai-override.h"

/* What is planned for one site: every item it carries with its stock, forecast, proposal and
 * reason. Made from the database in one go, in memory, before anything is written. */
typedef struct {
  int64_t item_id;
  const RaiCatalogueItem *item;         /* NULL: not in the catalogue */
  const RaiCatalogueSupplier *supplier; /* NULL: none */
  int64_t on_hand;
  bool counted;       /* so lately that its stock is known, though no sales come in */
  int64_t sold_today; /* of what is on the books for today so far; counted in on_hand already */
  bool tracked;
  bool decided; /* it was sold somewhere, or a person received, counted or forecast it here */
  int64_t quantity_28;
  int64_t revenue_28;
  int64_t revenue_365;
  bool has_forecast;
  RaiForecastRow forecast;
  RaiDailyDemand daily; /* from today on; points into forecast */
  size_t first_arrival, n_arrivals;
  size_t first_batch, n_batches; /* of what expires, where its age is known */
  RaiDelivery delivery;          /* of its supplier */
  bool due;                      /* its supplier takes orders today */
  RaiProposal proposal;
  int64_t minimum_packs; /* packs added to reach the supplier's minimum */
  RaiPlanStatus status;
  RaiPlanReason reason;
  double mean_daily;    /* expected units a day over the next 28 */
  int cover_days;       /* -1: does not run out within RAI_COVER_LIMIT days */
  RaiDay stockout_day;  /* RAI_DAY_NONE: never */
  RaiDay next_delivery; /* RAI_DAY_NONE: none comes */
  RaiDay supply_day;    /* when what is ordered now would come; RAI_DAY_NONE: no supplier */
  /* What status and days follow from beside the stock (db/rai-stock-words.h). */
  bool judged; /* there is something to go by */
  bool asked;  /* there is demand to speak of */
  RaiCover cover;
  int short_days;    /* it runs out when it does within so many days */
  int64_t over_from; /* so much is too much */
  char abc, xyz;
} RaiPlannedItem;

typedef struct {
  const RaiCatalogueSite *site;
  RaiDay today;
  int days_missing;    /* open days before today of which no sales have come in */
  bool closed_ahead;   /* on all days of the outlook */
  GArray *items;       /* RaiPlannedItem by id */
  GArray *arrivals;    /* RaiArrival by item */
  GArray *batches;     /* RaiBatch by item */
  int64_t revenue_day; /* what the site takes on a day, minor units: the measure for what matters */
} RaiSitePlan;

/* The site must have sales. Forecasts whose override changed since they were written are corrected
 * in memory; their indices (size_t) are appended to override_changed, so that the caller writes the
 * rows. NULL on a database error. */
RaiSitePlan *
rai_site_plan_new (RaiDb *db, const RaiCatalogue *catalogue, const RaiCatalogueSite *site,
                   const RaiOverrides *overrides, GArray *override_changed, GError **error);
void rai_site_plan_free (RaiSitePlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiSitePlan, rai_site_plan_free)
