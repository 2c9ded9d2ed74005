/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-value.h"
#include "db/rai-db.h"

/* THE writer of `supplier`: used by commands, imports and the demo. */

#define RAI_SUPPLIER_NAME_MAX 200 /* characters */
#define RAI_SUPPLIER_LEAD_DAYS_MAX 365
#define RAI_SUPPLIER_ALL_WEEKDAYS 127 /* bit 0 = Monday */
#define RAI_SUPPLIER_MINIMUM_MAX RAI_MONEY_MAX

/* What is said of a supplier: a NULL leaves what is stored (or, for a new one, the table's
 * default). Texts and numbers are the caller's. */
typedef struct {
  const char *name; /* at least one character */
  const int64_t *lead_days;
  const double *lead_spread;     /* standard deviation of the lead time, days */
  const int64_t *order_weekdays; /* bits; at least one */
  const int64_t *minimum_order;  /* money */
} RaiSupplierValues;

/* Why these values cannot be a supplier's, untranslated and static; NULL: they can. */
const char *rai_supplier_fault (const RaiSupplierValues *values);

/* Adds a supplier; a name is needed. RAI_DB_ERROR_ARGUMENT with the fault when there is one;
 * RAI_DB_ERROR_CONSTRAINT when id or code are taken. In the caller's transaction, as below. */
bool rai_supplier_add (RaiDb *db, int64_t id, const char *code, const RaiSupplierValues *values,
                       int64_t rev, GError **error);
/* Changes a supplier, if anything differs; *changed (may be NULL) is whether it did. */
bool rai_supplier_edit (RaiDb *db, int64_t id, const RaiSupplierValues *values, int64_t rev,
                        bool *changed, GError **error);
