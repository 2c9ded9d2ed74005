/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-synced.h"

/* clang-format off */
#define COLUMNS(...) (const RaiSyncedColumn[]) { __VA_ARGS__, { 0 } }
#define KEY(name, type) { name, RAI_VALUE_##type, true }
#define COLUMN(name, type) { name, RAI_VALUE_##type, false }
#define HIDDEN(name, type, permission, instead) \
  { name, RAI_VALUE_##type, false, RAI_PERMISSION_##permission, instead }
/* Columns of money are never null: nothing is 0. */
#define COST(name) HIDDEN (name, MONEY, SEE_COSTS, "CAST(0 AS BIGINT)")
#define RESULT(name) HIDDEN (name, MONEY, SEE_RESULTS, "CAST(0 AS BIGINT)")
#define RESULT_TEXT(name) HIDDEN (name, TEXT, SEE_RESULTS, "''")
#define RESULT_NUMBER(name) HIDDEN (name, DOUBLE, SEE_RESULTS, "CAST(NULL AS DOUBLE PRECISION)")
/* clang-format on */

/* Days of item detail in the replica of an account that sees all sites; its charts of longer ago
 * read roll-ups. */
#define RECENT 91

/* clang-format off */
const RaiSyncedTable rai_synced_tables[] = {
  { .name = "site", .site_column = "id", .permission = RAI_PERMISSION_NONE,
    .columns = COLUMNS (
      KEY ("id", SITE), COLUMN ("code", TEXT), COLUMN ("name", TEXT), COLUMN ("region", TEXT),
      COLUMN ("currency", TEXT), COLUMN ("zone", TEXT), COLUMN ("open_weekdays", INT), COLUMN ("open_since", DAY),
      COLUMN ("opens", INT), COLUMN ("closes", INT), COLUMN ("last_day", DAY), COLUMN ("planned_day", DAY),
      COLUMN ("plan_verdict", TEXT), COLUMN ("plan_verdict_day", DAY), COLUMN ("days_missing", INT), COLUMN ("active", BOOL)) },
  /* A person as met at a store (0: has all stores): who did, owns or approved something there, and who works there. */
  { .name = "person", .site_column = "site_id", .zero = RAI_SYNCED_ZERO_EVERYBODY, .permission = RAI_PERMISSION_NONE,
    .columns = COLUMNS (KEY ("site_id", SITE), KEY ("id", INT), COLUMN ("name", TEXT)) },
  { .name = "department", .permission = RAI_PERMISSION_NONE,
    .columns = COLUMNS (KEY ("id", INT), COLUMN ("name", TEXT)) },
  { .name = "supplier", .permission = RAI_PERMISSION_SEE_STOCK,
    .columns = COLUMNS (
      KEY ("id", INT), COLUMN ("code", TEXT), COLUMN ("name", TEXT), COLUMN ("lead_days", INT),
      COLUMN ("lead_spread", DOUBLE), COLUMN ("order_weekdays", INT), COLUMN ("minimum_order", MONEY)) },
  { .name = "item", .permission = RAI_PERMISSION_SEE_STOCK,
    .columns = COLUMNS (
      KEY ("id", ITEM), COLUMN ("sku", TEXT), COLUMN ("name", TEXT), COLUMN ("department_id", INT),
      COLUMN ("category", TEXT), COLUMN ("barcode", TEXT), COLUMN ("unit", TEXT), COLUMN ("supplier_id", INT),
      COLUMN ("pack", QUANTITY), COLUMN ("price", MONEY), COST ("cost"), COLUMN ("shelf_life", INT),
      COLUMN ("first_day", DAY), COLUMN ("active", BOOL)) },
  { .name = "price", .site_column = "site_id", .permission = RAI_PERMISSION_SEE_STOCK,
    .columns = COLUMNS (
      KEY ("site_id", SITE), KEY ("item_id", ITEM), KEY ("first_day", DAY), COLUMN ("price", MONEY)) },
  { .name = "promotion", .site_column = "site_id", .permission = RAI_PERMISSION_SEE_STOCK,
    .columns = COLUMNS (
      KEY ("site_id", SITE), KEY ("item_id", ITEM), KEY ("first_day", DAY), COLUMN ("last_day", DAY),
      COLUMN ("name", TEXT), COLUMN ("price", MONEY)) },
  { .name = "calendar_day", .site_column = "site_id", .permission = RAI_PERMISSION_SEE_STOCK,
    .columns = COLUMNS (
      KEY ("site_id", SITE), KEY ("day", DAY), COLUMN ("closed", BOOL), COLUMN ("opened", BOOL),
      COLUMN ("holiday", TEXT), COLUMN ("school_holiday", BOOL), COLUMN ("event", TEXT), COLUMN ("promotion", INT),
      COLUMN ("temperature", DOUBLE), COLUMN ("rain", DOUBLE)) },
  { .name = "site_day", .site_column = "site_id", .permission = RAI_PERMISSION_SEE_RESULTS,
    .columns = COLUMNS (
      KEY ("site_id", SITE), KEY ("day", DAY), COLUMN ("quantity", QUANTITY), RESULT ("revenue"),
      COST ("cost"), COLUMN ("receipts", INT)) },
  { .name = "department_day", .site_column = "site_id", .permission = RAI_PERMISSION_SEE_RESULTS,
    .columns = COLUMNS (
      KEY ("site_id", SITE), KEY ("department_id", INT), KEY ("day", DAY), COLUMN ("quantity", QUANTITY),
      RESULT ("revenue"), COST ("cost")) },
  { .name = "item_day", .site_column = "site_id", .permission = RAI_PERMISSION_SEE_STOCK,
    .day_column = "day", .days_all_sites = RECENT,
    .columns = COLUMNS (
      KEY ("site_id", SITE), KEY ("item_id", ITEM), KEY ("day", DAY), COLUMN ("quantity", QUANTITY),
      RESULT ("revenue"), COLUMN ("out_of_stock", INT), COLUMN ("flagged", INT)) },
  { .name = "site_month", .site_column = "site_id", .permission = RAI_PERMISSION_SEE_RESULTS,
    .columns = COLUMNS (
      KEY ("site_id", SITE), KEY ("month", INT), COLUMN ("quantity", QUANTITY), RESULT ("revenue"),
      COST ("cost"), COLUMN ("receipts", INT)) },
  { .name = "movement", .site_column = "site_id", .permission = RAI_PERMISSION_SEE_STOCK,
    .day_column = "day", .days_all_sites = RECENT,
    .columns = COLUMNS (
      KEY ("id", UUID), COLUMN ("site_id", SITE), COLUMN ("item_id", ITEM), COLUMN ("at", TIME), COLUMN ("day", DAY),
      COLUMN ("kind", TEXT), COLUMN ("quantity", QUANTITY), COLUMN ("counted", QUANTITY), COLUMN ("note", TEXT),
      COLUMN ("order_id", UUID), COLUMN ("account_id", INT)) },
  { .name = "stock", .site_column = "site_id", .permission = RAI_PERMISSION_SEE_STOCK,
    .columns = COLUMNS (
      KEY ("site_id", SITE), KEY ("item_id", ITEM), COLUMN ("on_hand", QUANTITY), COLUMN ("on_order", QUANTITY),
      COLUMN ("quantity_7", QUANTITY), COLUMN ("quantity_28", QUANTITY), COLUMN ("quantity_91", QUANTITY),
      RESULT ("revenue_28"), RESULT ("revenue_365"), COLUMN ("last_sale", DAY), COLUMN ("last_return", INT),
      COLUMN ("tracked", BOOL)) },
  { .name = "purchase_order", .site_column = "site_id", .permission = RAI_PERMISSION_SEE_STOCK,
    .columns = COLUMNS (
      KEY ("id", UUID), COLUMN ("site_id", SITE), COLUMN ("supplier_id", INT), COLUMN ("status", TEXT),
      COLUMN ("order_day", DAY), COLUMN ("delivery_day", DAY), COST ("total"), COST ("protects"),
      COLUMN ("stockouts", INT), COLUMN ("approved_by", INT), COLUMN ("approved_at", TIME),
      COLUMN ("version", INT)) },
  { .name = "order_line", .site_column = "site_id", .permission = RAI_PERMISSION_SEE_STOCK,
    .columns = COLUMNS (
      KEY ("order_id", UUID), KEY ("item_id", ITEM), COLUMN ("site_id", SITE), COLUMN ("quantity", QUANTITY),
      COLUMN ("proposed", QUANTITY), COLUMN ("received", QUANTITY), COST ("cost"),
      COLUMN ("part_demand", QUANTITY), COLUMN ("part_safety", QUANTITY), COLUMN ("part_on_hand", QUANTITY),
      COLUMN ("part_on_order", QUANTITY), COLUMN ("part_rounding", QUANTITY), COLUMN ("cover_days", INT),
      COLUMN ("stockout_day", DAY), COLUMN ("edited_by", INT)) },
  { .name = "forecast", .site_column = "site_id", .zero = RAI_SYNCED_ZERO_COMPANY, .permission = RAI_PERMISSION_SEE_RESULTS,
    .columns = COLUMNS (
      KEY ("level", TEXT), KEY ("site_id", SITE), KEY ("node_id", INT), COLUMN ("first_day", DAY),
      COLUMN ("horizon", INT), COLUMN ("model", TEXT), COLUMN ("reason", TEXT), COLUMN ("means", BLOB),
      COLUMN ("quantiles", BLOB), COLUMN ("part_names", TEXT), COLUMN ("parts", BLOB), COLUMN ("wape", DOUBLE),
      COLUMN ("wape_naive", DOUBLE), COLUMN ("bias", DOUBLE), COLUMN ("coverage_80", DOUBLE),
      COLUMN ("backtest_days", INT), COLUMN ("dispersion", BLOB)) },
  { .name = "forecast_past", .site_column = "site_id", .zero = RAI_SYNCED_ZERO_COMPANY,
    .permission = RAI_PERMISSION_SEE_RESULTS, .day_column = "day", .days_all_sites = RECENT,
    .columns = COLUMNS (
      KEY ("level", TEXT), KEY ("site_id", SITE), KEY ("node_id", INT), KEY ("day", DAY), COLUMN ("mean", DOUBLE),
      COLUMN ("low", DOUBLE), COLUMN ("high", DOUBLE), COLUMN ("naive", DOUBLE),
      COLUMN ("live", BOOL)) },
  { .name = "forecast_override", .site_column = "site_id", .permission = RAI_PERMISSION_SEE_RESULTS,
    .columns = COLUMNS (
      KEY ("id", UUID), COLUMN ("site_id", SITE), COLUMN ("item_id", ITEM), COLUMN ("first_day", DAY),
      COLUMN ("last_day", DAY), COLUMN ("percent", INT), COLUMN ("reason", TEXT), COLUMN ("account_id", INT),
      COLUMN ("at", TIME)) },
  { .name = "plan", .site_column = "site_id", .permission = RAI_PERMISSION_SEE_STOCK,
    .columns = COLUMNS (
      KEY ("site_id", SITE), KEY ("item_id", ITEM), COLUMN ("status", TEXT), COLUMN ("reason", TEXT),
      COLUMN ("daily", DOUBLE), COLUMN ("cover_days", INT), COLUMN ("stockout_day", DAY),
      COLUMN ("next_delivery", DAY), COLUMN ("lead_days", INT), COLUMN ("order_point", QUANTITY),
      COLUMN ("order_up_to", QUANTITY), RESULT_TEXT ("abc"), COLUMN ("xyz", TEXT), COLUMN ("needs", TEXT),
      COLUMN ("needs_week", QUANTITY), COLUMN ("short_days", INT), COLUMN ("short_below", QUANTITY),
      COLUMN ("over_from", QUANTITY), COLUMN ("supply_day", DAY)) },
  { .name = "alert", .site_column = "site_id", .permission = RAI_PERMISSION_SEE_STOCK,
    .columns = COLUMNS (
      KEY ("id", UUID), COLUMN ("cause", TEXT), COLUMN ("kind", TEXT), COLUMN ("site_id", SITE),
      COLUMN ("item_id", ITEM), COLUMN ("severity", INT), RESULT ("money"), COLUMN ("day", DAY),
      RESULT_NUMBER ("value"), RESULT_NUMBER ("expected"), COLUMN ("state", TEXT), COLUMN ("snoozed_until", DAY),
      COLUMN ("owner_id", INT), COLUMN ("opened_at", TIME), COLUMN ("changed_at", TIME)) },
  { .name = "accuracy", .site_column = "site_id", .zero = RAI_SYNCED_ZERO_COMPANY, .permission = RAI_PERMISSION_SEE_RESULTS,
    .columns = COLUMNS (
      KEY ("level", TEXT), KEY ("site_id", SITE), COLUMN ("horizon", INT), COLUMN ("wape", DOUBLE),
      COLUMN ("wape_naive", DOUBLE), COLUMN ("bias", DOUBLE), COLUMN ("coverage_80", DOUBLE),
      COLUMN ("series", INT)) },
  { .name = "policy", .site_column = "(CASE WHEN scope = 'site' THEN scope_id ELSE 0 END)",
    .zero = RAI_SYNCED_ZERO_EVERYBODY, .permission = RAI_PERMISSION_NONE,
    .columns = COLUMNS (
      KEY ("scope", TEXT), KEY ("scope_id", INT), KEY ("key", TEXT), COLUMN ("value", DOUBLE)) },
  { 0 },
};
/* clang-format on */

const RaiSyncedTable *
rai_synced_find (const char *name) {
  for (const RaiSyncedTable *table = rai_synced_tables; table->name; table++)
    if (g_str_equal (table->name, name))
      return table;
  return NULL;
}

static void
append_sites (GString *condition, const RaiSyncedTable *table, const RaiIdentity *caller) {
  g_string_append_printf (condition, "%s IN (%s", table->site_column,
                          table->zero == RAI_SYNCED_ZERO_EVERYBODY ? "0" : "-1");
  for (size_t i = 0; i < caller->n_sites; i++)
    g_string_append_printf (condition, ", %" G_GINT64_FORMAT, caller->sites[i]);
  g_string_append_c (condition, ')');
}

int
rai_synced_days (const RaiSyncedTable *table, const RaiIdentity *caller) {
  if (table->day_column == NULL)
    return 0;
  return caller->all_sites ? table->days_all_sites : table->days_site_staff;
}

const char *
rai_synced_expression (const RaiSyncedColumn *column, const RaiIdentity *caller) {
  return rai_identity_may (caller, column->permission) ? column->name : column->instead;
}

char *
rai_synced_condition (const RaiSyncedTable *table, const RaiIdentity *caller) {
  if (!rai_identity_may (caller, table->permission))
    return g_strdup ("FALSE");

  GString *condition = g_string_new (NULL);
  if (table->site_column != NULL && !caller->all_sites)
    append_sites (condition, table, caller);

  const int days = rai_synced_days (table, caller);
  if (days > 0)
    g_string_append_printf (condition,
                            "%s%s > (SELECT coalesce(max(site.last_day), 0) - %d FROM site)",
                            condition->len ? " AND " : "", table->day_column, days);

  if (!condition->len)
    g_string_append (condition, "TRUE");
  return g_string_free (condition, FALSE);
}
