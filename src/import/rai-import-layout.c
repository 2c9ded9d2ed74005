/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-layout.h"

#include "command/rai-arguments.h"
#include "core/rai-value.h"
#include "import/rai-import-readers.h"
#include "util/rai-decimal.h"

#include <string.h>

/* Sums of a hundred thousand of these fit: ten thousand million units, a hundred thousand million
 * of money. */
/* What fits into an index of every database. */
#define CODE_MAX 200

#define SALES_CALENDAR \
  { RAI_FIELD_CLOSED, "closed", RAI_COLUMN_TEXT, false }, \
      { RAI_FIELD_OPEN, "open", RAI_COLUMN_TEXT, false }, \
      { RAI_FIELD_HOLIDAY, "holiday", RAI_COLUMN_TEXT, false }, \
      { RAI_FIELD_SCHOOL_HOLIDAY, "school_holiday", RAI_COLUMN_TEXT, false }, \
      { RAI_FIELD_EVENT, "event", RAI_COLUMN_TEXT, false }, \
      { RAI_FIELD_TEMPERATURE, "temperature", RAI_COLUMN_DECIMAL, false }, { \
    RAI_FIELD_RAIN, "rain|precipitation", RAI_COLUMN_DECIMAL, false \
  }

static const RaiImportColumn receipt_columns[] = {
  { RAI_FIELD_SITE, "site|store|shop|branch", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_RECEIPT, "receipt|receipt_no|receipt_number|invoice|transaction", RAI_COLUMN_TEXT,
    true },
  { RAI_FIELD_TILL, "till|till_id|register|register_id|terminal|terminal_id|pos|workstation",
    RAI_COLUMN_TEXT, false },
  { RAI_FIELD_TIME, "time|date|datetime|sold_at|timestamp", RAI_COLUMN_TIME, true },
  { RAI_FIELD_DAY, "day|business_day|business day|business_date|business date", RAI_COLUMN_TIME,
    false },
  { RAI_FIELD_ITEM, "item|sku|article|product", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_QUANTITY, "quantity|qty|units", RAI_COLUMN_DECIMAL, false },
  { RAI_FIELD_AMOUNT, "amount|total|revenue", RAI_COLUMN_DECIMAL, false },
  { RAI_FIELD_PRICE, "price|unit_price|unitprice", RAI_COLUMN_DECIMAL, false },
  { RAI_FIELD_NAME, "name|item_name|description", RAI_COLUMN_TEXT, false },
  { RAI_FIELD_DEPARTMENT, "department", RAI_COLUMN_TEXT, false },
  { 0 },
};

static const RaiImportColumn online_retail_columns[] = {
  { RAI_FIELD_RECEIPT, "InvoiceNo|Invoice", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_ITEM, "StockCode", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_NAME, "Description", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_QUANTITY, "Quantity", RAI_COLUMN_DECIMAL, true },
  { RAI_FIELD_TIME, "InvoiceDate", RAI_COLUMN_TIME, true },
  { RAI_FIELD_PRICE, "UnitPrice|Price", RAI_COLUMN_DECIMAL, true },
  { 0 },
};

static const RaiImportColumn sales_columns[] = {
  { RAI_FIELD_SITE, "site|store|shop|branch", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_ITEM, "item|sku|article|product", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_TIME, "date|day|time|week|hour", RAI_COLUMN_TIME, true },
  { RAI_FIELD_QUANTITY, "quantity|qty|units|sales", RAI_COLUMN_DECIMAL, true },
  { RAI_FIELD_AMOUNT, "amount|revenue", RAI_COLUMN_DECIMAL, false },
  { RAI_FIELD_PRICE, "price|unit_price", RAI_COLUMN_DECIMAL, false },
  { RAI_FIELD_PERIOD, "period", RAI_COLUMN_TEXT, false },
  { RAI_FIELD_STOCKOUT, "stockout|out_of_stock", RAI_COLUMN_TEXT, false },
  { RAI_FIELD_PROMOTION, "promotion|promo", RAI_COLUMN_TEXT, false },
  { RAI_FIELD_NAME, "name|item_name|description", RAI_COLUMN_TEXT, false },
  { RAI_FIELD_DEPARTMENT, "department", RAI_COLUMN_TEXT, false },
  SALES_CALENDAR,
  { 0 },
};

static const RaiImportColumn rossmann_columns[] = {
  { RAI_FIELD_SITE, "Store", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_TIME, "Date", RAI_COLUMN_TIME, true },
  { RAI_FIELD_AMOUNT, "Sales", RAI_COLUMN_DECIMAL, true },
  { RAI_FIELD_OPEN, "Open", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_PROMOTION, "Promo", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_HOLIDAY, "StateHoliday", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_SCHOOL_HOLIDAY, "SchoolHoliday", RAI_COLUMN_TEXT, true },
  { 0 },
};

static const RaiImportColumn store_item_columns[] = {
  { RAI_FIELD_TIME, "date", RAI_COLUMN_TIME, true },
  { RAI_FIELD_SITE, "store", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_ITEM, "item", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_QUANTITY, "sales", RAI_COLUMN_DECIMAL, true },
  { 0 },
};

static const RaiImportColumn complete_journey_columns[] = {
  { RAI_FIELD_SITE, "store_id", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_RECEIPT, "basket_id", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_TIME, "transaction_timestamp", RAI_COLUMN_TIME, true },
  { RAI_FIELD_ITEM, "product_id", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_QUANTITY, "quantity", RAI_COLUMN_DECIMAL, true },
  { RAI_FIELD_AMOUNT, "sales_value", RAI_COLUMN_DECIMAL, true },
  { 0 },
};

static const RaiImportColumn walmart_columns[] = {
  { RAI_FIELD_SITE, "Store", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_ITEM, "Dept", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_TIME, "Date", RAI_COLUMN_TIME, true },
  { RAI_FIELD_AMOUNT, "Weekly_Sales", RAI_COLUMN_DECIMAL, true },
  { 0 },
};

static const RaiImportColumn item_columns[] = {
  { RAI_FIELD_ITEM, "item|sku|article|product", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_NAME, "name|description", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_DEPARTMENT, "department", RAI_COLUMN_TEXT, false },
  { RAI_FIELD_CATEGORY, "category", RAI_COLUMN_TEXT, false },
  { RAI_FIELD_BARCODE, "barcode|ean|gtin", RAI_COLUMN_TEXT, false },
  { RAI_FIELD_UNIT, "unit", RAI_COLUMN_TEXT, false },
  { RAI_FIELD_SUPPLIER, "supplier", RAI_COLUMN_TEXT, false },
  { RAI_FIELD_PACK, "pack", RAI_COLUMN_DECIMAL, false },
  { RAI_FIELD_PRICE, "price", RAI_COLUMN_DECIMAL, false },
  { RAI_FIELD_COST, "cost", RAI_COLUMN_DECIMAL, false },
  { RAI_FIELD_SHELF_LIFE, "shelf_life", RAI_COLUMN_DECIMAL, false },
  { RAI_FIELD_ACTIVE, "active", RAI_COLUMN_TEXT, false },
  { 0 },
};

static const RaiImportColumn supplier_columns[] = {
  { RAI_FIELD_SUPPLIER, "supplier|code", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_NAME, "name", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_LEAD_DAYS, "lead_days|lead_time", RAI_COLUMN_DECIMAL, false },
  { RAI_FIELD_LEAD_SPREAD, "lead_spread", RAI_COLUMN_DECIMAL, false },
  { RAI_FIELD_ORDER_WEEKDAYS, "order_weekdays", RAI_COLUMN_TEXT, false },
  { RAI_FIELD_MINIMUM_ORDER, "minimum_order", RAI_COLUMN_DECIMAL, false },
  { 0 },
};

static const RaiImportColumn stock_columns[] = {
  { RAI_FIELD_SITE, "site|store|shop|branch", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_ITEM, "item|sku|article|product", RAI_COLUMN_TEXT, true },
  { RAI_FIELD_QUANTITY, "quantity|qty|units|counted|on_hand", RAI_COLUMN_DECIMAL, true },
  { RAI_FIELD_TIME, "date|day", RAI_COLUMN_TIME, false },
  { 0 },
};

const RaiImportLayout rai_import_layouts[] = {
  { "receipts", NULL,
    "Lines of receipts: site, receipt, time, item, quantity, amount or price[, till, day, name, "
    "department]",
    receipt_columns, rai_import_read_receipt },
  { "receipts",
    "online-retail",
    "Online Retail (UCI): invoices of a web shop",
    online_retail_columns,
    rai_import_read_online_retail,
    { "Online shop", "", "GBP", "Europe/London" },
    "WEB",
    NULL,
    "Gifts and home" },
  { "receipts",
    "complete-journey",
    "The Complete Journey: baskets of a grocer",
    complete_journey_columns,
    rai_import_read_receipt,
    { "Store %s", "", "USD", "America/New_York" } },
  { "sales", NULL,
    "Totals of an hour, a day or a week: site, item, date, quantity[, amount or price, promotion, "
    "...]",
    sales_columns, rai_import_read_sales },
  { "sales",
    "rossmann",
    "Rossmann Store Sales: revenue a day of 1,115 shops",
    rossmann_columns,
    rai_import_read_rossmann,
    { "Store %s", "", "EUR", "Europe/Berlin" },
    NULL,
    "all",
    "All goods" },
  { "sales",
    "store-item",
    "Store Item Demand: units a day",
    store_item_columns,
    rai_import_read_sales,
    { "Store %s", "", "USD", "America/New_York" } },
  { "sales",
    "walmart",
    "Walmart Recruiting: revenue a week by store and department",
    walmart_columns,
    rai_import_read_walmart,
    { "Store %s", "", "USD", "America/Chicago" } },
  { "items", NULL,
    "Items: item, name[, department, category, barcode, unit, supplier, pack, price, cost, ...]",
    item_columns, rai_import_read_item },
  { "suppliers", NULL,
    "Suppliers: supplier, name[, lead_days, lead_spread, order_weekdays, minimum_order]",
    supplier_columns, rai_import_read_supplier },
  { "stock", NULL, "Stock as counted: site, item, quantity[, date]", stock_columns,
    rai_import_read_stock },
  { NULL },
};

static char *
list_kinds (void) {
  GString *list = g_string_new ("");
  for (const RaiImportLayout *layout = rai_import_layouts; layout->kind != NULL; layout++)
    if (layout->preset == NULL)
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", layout->kind);
  return g_string_free (list, FALSE);
}

static char *
list_presets (void) {
  GString *list = g_string_new ("");
  for (const RaiImportLayout *layout = rai_import_layouts; layout->kind != NULL; layout++)
    if (layout->preset != NULL)
      g_string_append_printf (list, "%s%s (%s)", list->len > 0 ? ", " : "", layout->preset,
                              layout->kind);
  return g_string_free (list, FALSE);
}

const RaiImportLayout *
rai_import_layout_find (const char *kind, const char *preset, GError **error) {
  bool kind_known = false;
  for (const RaiImportLayout *layout = rai_import_layouts; layout->kind != NULL; layout++) {
    if (strcmp (layout->kind, kind) != 0)
      continue;
    kind_known = true;
    if (g_strcmp0 (layout->preset, preset) == 0)
      return layout;
  }

  if (!kind_known) {
    g_autofree char *kinds = list_kinds ();
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_USAGE,
                 "there is no kind “%s”; there are %s", kind, kinds);
  } else {
    g_autofree char *presets = list_presets ();
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_USAGE,
                 "there is no preset “%s” for %s; there are %s", preset, kind, presets);
  }

  return NULL;
}

/* ---- What readers of rows ask ---- */

bool
rai_import_has (const RaiImport *import, RaiImportField field) {
  return import->columns[field] >= 0;
}

const char *
rai_import_text (const RaiImport *import, RaiImportField field) {
  int column = import->columns[field];
  return column >= 0 && (size_t) column < import->n_fields ? import->fields[column].text : "";
}

RaiRowResult
rai_import_reject (RaiImport *import, const char *reason, const char *value) {
  import->reason = reason;
  import->value = value;
  return RAI_ROW_REJECTED;
}

RaiRowResult
rai_import_no (const RaiImport *import) {
  return import->reason != NULL ? RAI_ROW_REJECTED : RAI_ROW_FAILED;
}

static const char *
not_a_number (RaiImportField field) {
  switch (field) {
    case RAI_FIELD_QUANTITY:
      return "the quantity is not a number";
    case RAI_FIELD_AMOUNT:
      return "the amount is not a number";
    case RAI_FIELD_PRICE:
      return "the price is not a number";
    case RAI_FIELD_COST:
      return "the cost is not a number";
    case RAI_FIELD_PACK:
      return "the pack is not a number";
    default:
      return "a number cannot be read";
  }
}

bool
rai_import_decimal (RaiImport *import, RaiImportField field, int decimals, int64_t fallback,
                    int64_t *value) {
  const char *text = rai_import_text (import, field);
  *value = fallback;
  if (*text == '\0')
    return true;

  int64_t read;
  if (!rai_decimal_parse (text, -1, decimals, import->decimal, &read)) {
    rai_import_reject (import, not_a_number (field), text);
    return false;
  }

  if (!rai_import_in_bounds (import, read))
    return false;
  *value = read;

  return true;
}

bool
rai_import_in_bounds (RaiImport *import, int64_t value) {
  if (value >= -RAI_MONEY_MAX && value <= RAI_MONEY_MAX)
    return true;
  rai_import_reject (import, "a number is too large to be meant", NULL);
  return false;
}

bool
rai_import_is_quantity (RaiImport *import, int64_t quantity) {
  if (quantity >= -RAI_QUANTITY_MAX && quantity <= RAI_QUANTITY_MAX)
    return true;
  rai_import_reject (import, "the quantity is more than a million units: correct it",
                     rai_import_text (import, RAI_FIELD_QUANTITY));
  return false;
}

bool
rai_import_is_code (RaiImport *import, const char *text) {
  if (strlen (text) <= CODE_MAX)
    return true;
  rai_import_reject (import, "a code or a department's name is longer than 200 bytes", text);
  return false;
}

bool
rai_import_is_till (RaiImport *import, const char *text) {
  bool fits = g_utf8_strlen (text, -1) <= RAI_TILL_MAX;
  for (const char *at = text; fits && *at != '\0'; at = g_utf8_next_char (at))
    fits = rai_arguments_is_shown (g_utf8_get_char (at));
  if (!fits)
    rai_import_reject (import,
                       "the till's name is longer than 100 characters, or holds control "
                       "characters",
                       text);
  return fits;
}

bool
rai_import_double (RaiImport *import, RaiImportField field, double fallback, double *value) {
  int64_t millionths;
  const char *text = rai_import_text (import, field);
  *value = fallback;
  if (*text == '\0')
    return true;
  if (!rai_import_decimal (import, field, 6, 0, &millionths))
    return false;

  *value = (double) millionths / 1e6;
  return true;
}

bool
rai_import_time (RaiImport *import, RaiImportField field, RaiImportTime *time) {
  const char *text = rai_import_text (import, field);
  if (!rai_import_time_parse (text, import->date_order, time)) {
    rai_import_reject (import, *text == '\0' ? "the date is missing" : "the date cannot be read",
                       text);
    return false;
  }

  if (time->day < 0) {
    rai_import_reject (import, "the date is before 1970", text);
    return false;
  }

  return true;
}

bool
rai_import_flag (const RaiImport *import, RaiImportField field) {
  const char *text = rai_import_text (import, field);
  if (g_ascii_isdigit (*text))
    return g_ascii_strtod (text, NULL) != 0;
  return g_ascii_strcasecmp (text, "true") == 0 || g_ascii_strcasecmp (text, "yes") == 0 ||
         g_ascii_strcasecmp (text, "y") == 0 || g_ascii_strcasecmp (text, "x") == 0;
}

RaiImportSite *
rai_import_row_site (RaiImport *import, GError **error) {
  const char *code = rai_import_text (import, RAI_FIELD_SITE);
  if (*code == '\0')
    code = import->options->site != NULL       ? import->options->site
           : import->layout->site_code != NULL ? import->layout->site_code
                                               : "";

  if (*code == '\0') {
    rai_import_reject (import, "the site is missing", NULL);
    return NULL;
  }

  if (!rai_import_is_code (import, code))
    return NULL;
  return rai_import_names_site (import->names, code, error);
}

RaiImportItem *
rai_import_row_item (RaiImport *import, const char *department, GError **error) {
  const char *sku = rai_import_text (import, RAI_FIELD_ITEM);
  if (*sku == '\0' && import->layout->item != NULL)
    sku = import->layout->item;
  if (*sku == '\0') {
    rai_import_reject (import, "the item is missing", NULL);
    return NULL;
  }

  const char *own = rai_import_text (import, RAI_FIELD_DEPARTMENT);
  if (!rai_import_is_code (import, sku) || !rai_import_is_code (import, own))
    return NULL;

  return rai_import_names_item (import->names, sku, rai_import_text (import, RAI_FIELD_NAME),
                                *own != '\0' ? own : department, error);
}
