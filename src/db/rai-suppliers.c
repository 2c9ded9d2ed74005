/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-suppliers.h"

#include "db/rai-db-run.h"

static bool
is_outside (const int64_t *number, int64_t least, int64_t most) {
  return number != NULL && (*number < least || *number > most);
}

const char *
rai_supplier_fault (const RaiSupplierValues *values) {
  if (values->name != NULL && *values->name == '\0')
    return "the supplier's name is missing";
  if (values->name != NULL && g_utf8_strlen (values->name, -1) > RAI_SUPPLIER_NAME_MAX)
    return "the supplier's name is longer than 200 characters";
  if (is_outside (values->order_weekdays, 1, RAI_SUPPLIER_ALL_WEEKDAYS))
    return "no weekday is given on which orders are taken";

  /* Not a number is outside too. */
  const bool spread_fits =
      values->lead_spread == NULL ||
      (*values->lead_spread >= 0 && *values->lead_spread <= RAI_SUPPLIER_LEAD_DAYS_MAX);
  if (is_outside (values->lead_days, 0, RAI_SUPPLIER_LEAD_DAYS_MAX) || !spread_fits ||
      is_outside (values->minimum_order, 0, RAI_SUPPLIER_MINIMUM_MAX))
    return "lead time, its spread or the minimum order is out of bounds";

  return NULL;
}

static bool
check (const RaiSupplierValues *values, GError **error) {
  const char *fault = rai_supplier_fault (values);
  if (fault != NULL)
    g_set_error (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT, "supplier: %s", fault);
  return fault == NULL;
}

bool
rai_supplier_add (RaiDb *db, int64_t id, const char *code, const RaiSupplierValues *values,
                  int64_t rev, GError **error) {
  g_return_val_if_fail (values->name != NULL, false);
  if (!check (values, error))
    return false;

  return rai_db_run (db, error,
                     "INSERT INTO supplier (id, code, name, lead_days, lead_spread,"
                     " order_weekdays, minimum_order, rev)"
                     " VALUES (?1, ?2, ?3,"
                     " coalesce(CAST(?4 AS INTEGER), 2),"
                     " coalesce(CAST(?5 AS DOUBLE PRECISION), 0),"
                     " coalesce(CAST(?6 AS INTEGER), 127),"
                     " coalesce(CAST(?7 AS BIGINT), 0),"
                     " ?8)",
                     "ittIDIIi", id, code, values->name, values->lead_days, values->lead_spread,
                     values->order_weekdays, values->minimum_order, rev);
}

/* Rows that are as they should be keep their rev: nobody need pull them. */
static const char edit_supplier[] = "UPDATE supplier"
                                    " SET name = coalesce(?2, name),"
                                    " lead_days = coalesce(?3, lead_days),"
                                    " lead_spread = coalesce(?4, lead_spread),"
                                    " order_weekdays = coalesce(?5, order_weekdays),"
                                    " minimum_order = coalesce(?6, minimum_order),"
                                    " rev = ?7"
                                    " WHERE id = ?1 AND ("
                                    "name <> coalesce(?2, name)"
                                    " OR lead_days <> coalesce(?3, lead_days)"
                                    " OR lead_spread <> coalesce(?4, lead_spread)"
                                    " OR order_weekdays <> coalesce(?5, order_weekdays)"
                                    " OR minimum_order <> coalesce(?6, minimum_order))";

bool
rai_supplier_edit (RaiDb *db, int64_t id, const RaiSupplierValues *values, int64_t rev,
                   bool *changed, GError **error) {
  if (!check (values, error) ||
      !rai_db_run (db, error, edit_supplier, "itIDIIi", id, values->name, values->lead_days,
                   values->lead_spread, values->order_weekdays, values->minimum_order, rev))
    return false;

  if (changed != NULL)
    *changed = rai_db_changes (db) > 0;
  return true;
}
