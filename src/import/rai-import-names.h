/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "import/rai-import-time.h"

/* Sites, departments, suppliers and items by the codes that files use (which of them are the same:
 * core/rai-code.h): read once, made when a row that is taken names a new one. Readers find; they
 * make only when nothing can speak against their row any more, so that a rejected row leaves none
 * behind. In the caller's write transaction; belongs to the connection's thread. */
typedef struct _RaiImportNames RaiImportNames;

typedef struct {
  int64_t id;
  char *code;
  GTimeZone *zone;
  char currency[4];
  int money_decimals;
  int open_weekdays;
  bool opening_said; /* by a person: sales are not asked */
  /* The zone's offset in the hour that was asked for last. */
  int64_t cached_hour;
  int64_t cached_offset_ms;
  uint8_t *sold_days; /* bits: days with sales seen by this import */
} RaiImportSite;

typedef struct {
  int64_t id;
  char *sku; /* as it was first written */
  int64_t price;
  RaiDay price_day; /* day of the sale that the price was seen in; RAI_DAY_NONE: none seen */
  RaiDay first_day; /* of a sale; RAI_DAY_NONE: none known */
  bool first_day_learnt;
} RaiImportItem;

/* How a site looks that must be made, if it may be. */
typedef struct {
  const char *name; /* printf pattern with one %s for the code, or a plain name */
  const char *region;
  const char *currency;
  const char *zone;
  bool may_be_made; /* false: a code that is not known ends the import */
} RaiImportSiteDefaults;

RaiImportNames *
rai_import_names_new (RaiDb *db, const RaiImportSiteDefaults *defaults, GError **error);
void rai_import_names_free (RaiImportNames *names);
/* Rows made from here on carry this revision. */
void rai_import_names_set_revision (RaiImportNames *names, int64_t rev);

/* The site; one whose id is 0, and that looks as one that is made, when there is none. Valid until
 * the next call. */
RaiImportSite *rai_import_names_find_site (RaiImportNames *names, const char *code);
/* Made when it is new; NULL on failure: RAI_IMPORT_ERROR_SITE when none may be made. */
RaiImportSite *rai_import_names_site (RaiImportNames *names, const char *code, GError **error);
/* name and department are for an item that must be made; empty name: the sku. */
RaiImportItem *rai_import_names_item (RaiImportNames *names, const char *sku, const char *name,
                                      const char *department, GError **error);
/* The item that is there with this number or, where none has it, this barcode; one whose id is 0
 * when several have the barcode. NULL without an error: none. */
RaiImportItem *rai_import_names_known_item (RaiImportNames *names, const char *code);
/* What a row of this file says is found by the rows behind it. */
void rai_import_names_set_barcode (RaiImportNames *names, RaiImportItem *item, const char *barcode);
/* 0 on failure. */
int64_t rai_import_names_department (RaiImportNames *names, const char *name, GError **error);
/* 0 on failure. */
int64_t rai_import_names_supplier (RaiImportNames *names, const char *code, GError **error);
unsigned rai_import_names_n_created_items (const RaiImportNames *names);
unsigned rai_import_names_n_created_sites (const RaiImportNames *names);

/* Notes a sale: what the item cost, from when it was sold, on which days the site was open. */
void rai_import_names_note_sale (RaiImportSite *site, RaiImportItem *item, RaiDay day,
                                 int64_t quantity, int64_t amount);
/* Writes what was learnt: first day and price of items that had none, weekdays on which sites never
 * open. */
bool rai_import_names_finish (RaiImportNames *names, GError **error);

/* Where an offset is written, the day and the second that the site's clocks showed. */
void rai_import_site_clock (const RaiImportSite *site, RaiImportTime *time);
/* Instant of a civil time at the site. */
int64_t rai_import_site_to_ms (RaiImportSite *site, RaiDay day, int second);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiImportNames, rai_import_names_free)
