/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-layouts.h"

#include "import/rai-import-readers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- Words ---- */

/* Headings of English, German, French and Spanish programs. Accents, case and what stands between
 * the letters do not matter. */
#define SITE_NAMES \
  "site|store|shop|branch|location|outlet|warehouse|store name|store code|store id|store no|" \
  "store number|shop name|shop id|site code|site id|branch code|point of sale|" \
  "Filiale|Laden|Markt|Geschäft|Standort|Filialnummer|Filial-Nr|Filialname|Betriebsstätte|Lager|" \
  "magasin|boutique|point de vente|établissement|succursale|dépôt|" \
  "tienda|sucursal|local|comercio|punto de venta|almacén"
#define RECEIPT_NAMES \
  "receipt|receipt no|receipt nr|receipt number|receipt id|invoice|invoice no|invoice number|" \
  "transaction|transaction id|transaction no|transaction number|order|order id|order no|" \
  "order number|order ref|ticket|ticket no|ticket number|bill|bill no|basket|basket id|sale id|" \
  "Beleg|Belegnummer|Beleg-Nr|Bon|Bonnummer|Bon-Nr|Kassenbon|Rechnung|Rechnungsnummer|" \
  "Rechnungs-Nr|Vorgang|Vorgangsnummer|" \
  "reçu|numéro de reçu|numéro de ticket|n° ticket|n° de ticket|facture|numéro de facture|" \
  "n° facture|commande|" \
  "recibo|número de recibo|número de ticket|n° recibo|tique|factura|número de factura|" \
  "n° factura|pedido"
#define TILL_NAMES \
  "till|till id|register|register id|terminal|terminal id|pos|workstation|device|device name|" \
  "Kasse|Kassennummer|Kassen-Nr|Terminal-Nr|caisse|numéro de caisse|caja|número de caja"
#define DAY_NAMES \
  "day|business day|business date|trading day|Geschäftstag|Buchungstag|Kassentag|jour comptable|" \
  "journée|día de negocio|día contable"
/* A date outranks a time: the time of day has a column of its own then. */
#define DATE_NAMES \
  ">datetime|>date time|>date and time|>sold at|>timestamp|>created at|>date|>sale date|" \
  ">receipt date|>transaction date|>order date|>invoice date|>Zeitpunkt|>Zeitstempel|" \
  ">Datum Uhrzeit|>Datum und Uhrzeit|>Datum|>Belegdatum|>Bondatum|>Verkaufsdatum|" \
  ">Rechnungsdatum|>date et heure|>date heure|>horodatage|>date de vente|>fecha y hora|" \
  ">fecha hora|>fecha|>fecha de venta"
#define CLOCK_NAMES "clock|time|time of day|hour|Uhrzeit|Zeit|Stunde|heure|hora"
#define ZONE_NAMES "zone|time zone|Zeitzone|fuseau horaire|zona horaria|huso horario"
/* A code outranks what may be the name of the same thing. */
#define ITEM_NAMES \
  "item|>sku|>item code|>item no|>item nr|>item number|>item id|>article code|>article no|" \
  ">article number|>product code|>product no|>product number|>product id|>internal reference|plu|" \
  ">Artikelnummer|>Artikel-Nr|>Art-Nr|>Artikelcode|>Warennummer|>Produktnummer|" \
  ">code article|>référence article|>référence produit|>code produit|référence|réf|" \
  ">código de artículo|>código artículo|>código de producto|>código producto|código|referencia|" \
  "article|product|goods|Artikel|Produkt|Ware|produit|artículo|producto|" \
  "barcode|EAN|GTIN|UPC|Strichcode|code-barres|code barre|código de barras"
/* After the item has its column: what else may stand for it is its name. */
#define ITEM_NAME_NAMES \
  "name|item name|product name|article name|description|item description|product description|" \
  "title|designation|Bezeichnung|Artikelbezeichnung|Artikelname|Produktname|Beschreibung|" \
  "Benennung|désignation|libellé|nom|nom du produit|nom de l'article|intitulé|" \
  "nombre|descripción|denominación|nombre del producto|nombre del artículo|" \
  "item|article|product|Artikel|Produkt|Ware|produit|artículo|producto"
#define QUANTITY_NAMES \
  "quantity|qty|units|units sold|quantity sold|qty sold|pieces|pcs|count|" \
  "Menge|Anzahl|Stück|Stückzahl|Verkaufsmenge|Absatz|" \
  "quantité|qté|nombre d'articles|unités|quantité vendue|cantidad|cant|unidades|uds|" \
  "cantidad vendida"
#define AMOUNT_NAMES \
  "amount|line total|line amount|line value|net sales|sales amount|total|total amount|revenue|" \
  "turnover|value|subtotal|Betrag|Zeilenbetrag|Positionsbetrag|Umsatz|Gesamtpreis|Gesamtbetrag|" \
  "Gesamt|Summe|Erlös|Bruttobetrag|montant|montant ttc|montant total|prix total|" \
  "chiffre d'affaires|total ttc|importe|importe total|monto|ventas netas|precio total"
#define PRICE_NAMES \
  "price|unit price|price each|retail price|selling price|sales price|list price|rrp|" \
  "Preis|Einzelpreis|Stückpreis|Verkaufspreis|VK|VK-Preis|E-Preis|" \
  "prix|prix unitaire|prix de vente|P.U.|PU TTC|prix TTC|" \
  "precio|precio unitario|precio de venta|PVP"
#define DEPARTMENT_NAMES \
  "department|dept|product group|item group|Abteilung|Warengruppe|Artikelgruppe|Produktgruppe|" \
  "rayon|département|famille|departamento|sección|familia"
#define CATEGORY_NAMES \
  "category|product category|item category|type|Kategorie|Unterwarengruppe|catégorie|" \
  "sous-famille|categoría|subfamilia"
#define SUPPLIER_NAMES \
  "supplier|vendor|supplier code|vendor code|supplier name|vendor name|manufacturer|" \
  "Lieferant|Lieferantennummer|Lieferanten-Nr|Lieferantenname|Kreditor|" \
  "fournisseur|code fournisseur|nom du fournisseur|" \
  "proveedor|código de proveedor|código proveedor|nombre del proveedor"
#define CURRENCY_NAMES "currency|currency code|Währung|devise|monnaie|moneda|divisa"

/* ---- Columns ---- */

#define SALES_CALENDAR \
  { RAI_FIELD_CLOSED, "closed|geschlossen|fermé|cerrado", RAI_COLUMN_TEXT, false, false }, \
      { RAI_FIELD_OPEN, "open|geöffnet|ouvert|abierto", RAI_COLUMN_TEXT, false, false }, \
      { RAI_FIELD_HOLIDAY, "holiday|public holiday|Feiertag|jour férié|festivo|feriado", \
        RAI_COLUMN_TEXT, false, false }, \
      { RAI_FIELD_SCHOOL_HOLIDAY, \
        "school_holiday|Schulferien|Ferien|vacances scolaires|vacaciones escolares", \
        RAI_COLUMN_TEXT, false, false }, \
      { RAI_FIELD_EVENT, "event|Veranstaltung|Ereignis|événement|evento", RAI_COLUMN_TEXT, false, \
        false }, \
      { RAI_FIELD_TEMPERATURE, "temperature|Temperatur|température|temperatura", \
        RAI_COLUMN_DECIMAL, false, false }, \
  { \
    RAI_FIELD_RAIN, "rain|precipitation|Regen|Niederschlag|pluie|précipitations|lluvia", \
        RAI_COLUMN_DECIMAL, false, false \
  }

static const RaiImportColumn receipt_columns[] = {
  { RAI_FIELD_SITE, SITE_NAMES, RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_RECEIPT, RECEIPT_NAMES, RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_TILL, TILL_NAMES, RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_TIME, "time|" DATE_NAMES, RAI_COLUMN_TIME, true, false },
  { RAI_FIELD_CLOCK, CLOCK_NAMES, RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_ZONE, ZONE_NAMES, RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_DAY, DAY_NAMES, RAI_COLUMN_TIME, false, false },
  { RAI_FIELD_ITEM, ITEM_NAMES, RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_QUANTITY, QUANTITY_NAMES, RAI_COLUMN_DECIMAL, false, false },
  { RAI_FIELD_AMOUNT, AMOUNT_NAMES, RAI_COLUMN_MONEY, false, false },
  { RAI_FIELD_PRICE, PRICE_NAMES, RAI_COLUMN_MONEY, false, false },
  { RAI_FIELD_CURRENCY, CURRENCY_NAMES, RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_NAME, ITEM_NAME_NAMES, RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_DEPARTMENT, DEPARTMENT_NAMES, RAI_COLUMN_TEXT, false, false },
  { 0 },
};

static const RaiImportColumn square_columns[] = {
  { RAI_FIELD_TIME, "Date", RAI_COLUMN_TIME, true, false },
  { RAI_FIELD_CLOCK, "Time", RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_ZONE, "Time Zone", RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_SITE, "Location", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_RECEIPT, "Transaction ID", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_TILL, "Device Name", RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_ITEM, "SKU", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_NAME, "Item", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_DEPARTMENT, "Category", RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_QUANTITY, "Qty", RAI_COLUMN_DECIMAL, true, false },
  { RAI_FIELD_AMOUNT, "Net Sales", RAI_COLUMN_MONEY, true, false },
  { 0 },
};

static const RaiImportColumn shopify_columns[] = {
  { RAI_FIELD_RECEIPT, "Name", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_STATE, "Financial Status", RAI_COLUMN_TEXT, true, true },
  { RAI_FIELD_TIME, "Created at", RAI_COLUMN_TIME, true, true },
  { RAI_FIELD_SITE, "Location", RAI_COLUMN_TEXT, false, true },
  { RAI_FIELD_CURRENCY, "Currency", RAI_COLUMN_TEXT, false, true },
  { RAI_FIELD_ITEM, "Lineitem sku", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_NAME, "Lineitem name", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_QUANTITY, "Lineitem quantity", RAI_COLUMN_DECIMAL, true, false },
  { RAI_FIELD_PRICE, "Lineitem price", RAI_COLUMN_MONEY, true, false },
  { RAI_FIELD_DISCOUNT, "Lineitem discount", RAI_COLUMN_MONEY, false, false },
  { 0 },
};

static const RaiImportColumn odoo_columns[] = {
  { RAI_FIELD_RECEIPT, "Order Ref|Receipt Number|Order Reference", RAI_COLUMN_TEXT, true, true },
  { RAI_FIELD_TIME, "Date|Order Date", RAI_COLUMN_TIME, true, true },
  { RAI_FIELD_SITE, "Point of Sale|Session/Point of Sale", RAI_COLUMN_TEXT, true, true },
  { RAI_FIELD_CURRENCY, "Currency", RAI_COLUMN_TEXT, false, true },
  { RAI_FIELD_ITEM,
    "Order Lines/Product/Internal Reference|Order Lines/Product/Barcode|Order Lines/Product/ID",
    RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_NAME,
    "Order Lines/Full Product Name|Order Lines/Product/Display Name|Order Lines/Product/Name|"
    "Order Lines/Product",
    RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_QUANTITY, "Order Lines/Quantity", RAI_COLUMN_DECIMAL, true, false },
  { RAI_FIELD_AMOUNT, "Order Lines/Subtotal w/o Tax|Order Lines/Tax Excl.|Order Lines/Subtotal",
    RAI_COLUMN_MONEY, false, false },
  { RAI_FIELD_PRICE, "Order Lines/Unit Price", RAI_COLUMN_MONEY, false, false },
  { 0 },
};

static const RaiImportColumn lightspeed_columns[] = {
  { RAI_FIELD_TIME, "Date", RAI_COLUMN_TIME, true, false },
  { RAI_FIELD_RECEIPT, "Receipt Number", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_LINE_KIND, "Line Type", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_SITE, "Outlet|Outlet Name", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_TILL, "Register", RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_ITEM, "Sku", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_NAME, "Details", RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_QUANTITY, "Quantity", RAI_COLUMN_DECIMAL, true, false },
  { RAI_FIELD_AMOUNT, "Subtotal", RAI_COLUMN_MONEY, true, false },
  { 0 },
};

static const RaiImportColumn online_retail_columns[] = {
  { RAI_FIELD_RECEIPT, "InvoiceNo|Invoice", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_ITEM, "StockCode", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_NAME, "Description", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_QUANTITY, "Quantity", RAI_COLUMN_DECIMAL, true, false },
  { RAI_FIELD_TIME, "InvoiceDate", RAI_COLUMN_TIME, true, false },
  { RAI_FIELD_PRICE, "UnitPrice|Price", RAI_COLUMN_MONEY, true, false },
  { 0 },
};

static const RaiImportColumn sales_columns[] = {
  { RAI_FIELD_SITE, SITE_NAMES, RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_ITEM, ITEM_NAMES, RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_TIME,
    "date|day|" DATE_NAMES "|time|week|week of|week start|month|hour|Tag|Woche|Monat|Stunde|jour|"
    "semaine|mois|heure|día|semana|mes|hora",
    RAI_COLUMN_TIME, true, false },
  { RAI_FIELD_CLOCK, CLOCK_NAMES, RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_ZONE, ZONE_NAMES, RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_QUANTITY, QUANTITY_NAMES "|sales|Verkäufe|ventes|ventas", RAI_COLUMN_DECIMAL, true,
    false },
  { RAI_FIELD_AMOUNT, AMOUNT_NAMES, RAI_COLUMN_MONEY, false, false },
  { RAI_FIELD_PRICE, PRICE_NAMES, RAI_COLUMN_MONEY, false, false },
  { RAI_FIELD_CURRENCY, CURRENCY_NAMES, RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_PERIOD, "period|Zeitraum|période|periodo", RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_STOCKOUT, "stockout|out_of_stock|ausverkauft|rupture|agotado", RAI_COLUMN_TEXT, false,
    false },
  { RAI_FIELD_PROMOTION, "promotion|promo|on promotion|Aktion|Angebot|promoción|oferta",
    RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_NAME, ITEM_NAME_NAMES, RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_DEPARTMENT, DEPARTMENT_NAMES, RAI_COLUMN_TEXT, false, false },
  SALES_CALENDAR,
  { 0 },
};

static const RaiImportColumn rossmann_columns[] = {
  { RAI_FIELD_SITE, "Store", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_TIME, "Date", RAI_COLUMN_TIME, true, false },
  { RAI_FIELD_AMOUNT, "Sales", RAI_COLUMN_MONEY, true, false },
  { RAI_FIELD_OPEN, "Open", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_PROMOTION, "Promo", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_HOLIDAY, "StateHoliday", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_SCHOOL_HOLIDAY, "SchoolHoliday", RAI_COLUMN_TEXT, true, false },
  { 0 },
};

static const RaiImportColumn store_item_columns[] = {
  { RAI_FIELD_TIME, "date", RAI_COLUMN_TIME, true, false },
  { RAI_FIELD_SITE, "store", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_ITEM, "item", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_QUANTITY, "sales", RAI_COLUMN_DECIMAL, true, false },
  { 0 },
};

static const RaiImportColumn complete_journey_columns[] = {
  { RAI_FIELD_SITE, "store_id", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_RECEIPT, "basket_id", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_TIME, "transaction_timestamp", RAI_COLUMN_TIME, true, false },
  { RAI_FIELD_ITEM, "product_id", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_QUANTITY, "quantity", RAI_COLUMN_DECIMAL, true, false },
  { RAI_FIELD_AMOUNT, "sales_value", RAI_COLUMN_MONEY, true, false },
  { 0 },
};

static const RaiImportColumn walmart_columns[] = {
  { RAI_FIELD_SITE, "Store", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_ITEM, "Dept", RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_TIME, "Date", RAI_COLUMN_TIME, true, false },
  { RAI_FIELD_AMOUNT, "Weekly_Sales", RAI_COLUMN_MONEY, true, false },
  { 0 },
};

static const RaiImportColumn item_columns[] = {
  { RAI_FIELD_ITEM, ITEM_NAMES, RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_NAME, ITEM_NAME_NAMES, RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_DEPARTMENT, DEPARTMENT_NAMES, RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_CATEGORY, CATEGORY_NAMES, RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_BARCODE,
    "barcode|EAN|EAN13|EAN-Code|GTIN|UPC|Strichcode|code-barres|code barre|código de barras",
    RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_UNIT,
    "unit|unit of measure|uom|Einheit|Mengeneinheit|ME|unité|unité de mesure|unidad|"
    "unidad de medida",
    RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_SUPPLIER, SUPPLIER_NAMES, RAI_COLUMN_TEXT, false, false },
  { RAI_FIELD_PACK,
    "pack|pack size|case size|case pack|order unit|units per pack|VPE|Verpackungseinheit|"
    "Gebinde|Packungsgröße|conditionnement|colisage|PCB|unidades por caja|formato",
    RAI_COLUMN_DECIMAL, false, false },
  { RAI_FIELD_PRICE, PRICE_NAMES, RAI_COLUMN_MONEY, false, false },
  { RAI_FIELD_COST,
    "cost|cost price|unit cost|purchase price|supply price|Einkaufspreis|EK|EK-Preis|Kosten|"
    "prix d'achat|coût|coste|costo|precio de compra|precio de coste",
    RAI_COLUMN_MONEY, false, false },
  { RAI_FIELD_SHELF_LIFE,
    "shelf_life|shelf life days|Haltbarkeit|Haltbarkeit Tage|DLC|durée de vie|conservation|"
    "vida útil|caducidad",
    RAI_COLUMN_DECIMAL, false, false },
  { RAI_FIELD_ACTIVE, "active|Aktiv|actif|activo", RAI_COLUMN_TEXT, false, false },
  { 0 },
};

static const RaiImportColumn supplier_columns[] = {
  { RAI_FIELD_SUPPLIER,
    "supplier|>supplier code|>vendor code|>supplier id|>vendor id|>supplier no|vendor|code|id|"
    ">Lieferantennummer|>Lieferanten-Nr|Kreditor|Kürzel|Lieferant|Nummer|"
    ">code fournisseur|fournisseur|>código de proveedor|>código proveedor|proveedor|código",
    RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_NAME,
    "name|supplier name|vendor name|company|Lieferantenname|Firma|Bezeichnung|"
    "nom|nom du fournisseur|raison sociale|nombre|nombre del proveedor|razón social|empresa|"
    "supplier|vendor|Lieferant|fournisseur|proveedor",
    RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_LEAD_DAYS,
    "lead_days|days to deliver|lead_time|lead time days|delivery time|delivery days|Lieferzeit|"
    "Lieferzeit Tage|Liefertage|délai|délai de livraison|plazo|plazo de entrega",
    RAI_COLUMN_DECIMAL, false, false },
  { RAI_FIELD_LEAD_SPREAD, "lead_spread|Streuung|écart|variación", RAI_COLUMN_DECIMAL, false,
    false },
  { RAI_FIELD_ORDER_WEEKDAYS,
    "order_weekdays|order days|Bestelltage|jours de commande|días de pedido", RAI_COLUMN_TEXT,
    false, false },
  { RAI_FIELD_MINIMUM_ORDER,
    "minimum_order|min order|minimum order value|Mindestbestellwert|Mindestbestellung|"
    "minimum de commande|commande minimum|pedido mínimo",
    RAI_COLUMN_MONEY, false, false },
  { 0 },
};

static const RaiImportColumn stock_columns[] = {
  { RAI_FIELD_SITE, SITE_NAMES, RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_ITEM, ITEM_NAMES, RAI_COLUMN_TEXT, true, false },
  { RAI_FIELD_QUANTITY,
    "quantity|counted|on_hand|stock on hand|quantity on hand|qty on hand|in stock|stock|"
    "current stock|inventory|Bestand|Lagerbestand|Istbestand|Ist-Bestand|gezählt|"
    "en stock|stock actuel|quantité en stock|inventaire|existencias|stock "
    "actual|inventario|" QUANTITY_NAMES,
    RAI_COLUMN_DECIMAL, true, false },
  { RAI_FIELD_TIME,
    "date|day|counted at|as of|Zähldatum|Stichtag|Tag|jour|date d'inventaire|día|" DATE_NAMES,
    RAI_COLUMN_TIME, false, false },
  { 0 },
};

/* ---- What rows are ---- */

static const RaiImportRule lightspeed_rules[] = {
  { RAI_FIELD_LINE_KIND, "Sale|Payment", RAI_RULE_SKIP, "payments and summaries of a receipt" },
  { 0 },
};

static const RaiImportRule shopify_rules[] = {
  { RAI_FIELD_STATE, "voided", RAI_RULE_SKIP, "orders that were cancelled" },
  { RAI_FIELD_STATE, "refunded", RAI_RULE_TAKE_OFF, "orders that were refunded" },
  { 0 },
};

/* ---- THE table ---- */

const RaiImportLayout rai_import_layouts[] = {
  { "receipts", NULL,
    N_ ("Lines of receipts: site, receipt, time, item, quantity, amount or price[, till, day, "
        "name, department]"),
    receipt_columns, rai_import_read_receipt },
  { "receipts", "square", N_ ("Square: item details"), square_columns, rai_import_read_receipt,
    .known_by = "Transaction ID|Event Type|Itemization Type|Net Sales", .item_by_name = true },
  { "receipts", "shopify", N_ ("Shopify: orders"), shopify_columns, rai_import_read_receipt,
    .site_code = "Online store", .known_by = "Lineitem quantity|Lineitem name|Financial Status",
    .rules = shopify_rules, .item_by_name = true },
  { "receipts", "odoo", N_ ("Odoo: orders of the point of sale, with their lines"), odoo_columns,
    rai_import_read_receipt, .known_by = "Order Ref|Order Lines/Quantity", .item_by_name = true },
  { "receipts", "lightspeed", N_ ("Lightspeed X-Series: sales history"), lightspeed_columns,
    rai_import_read_receipt, .known_by = "Line Type|Receipt Number|Sku", .rules = lightspeed_rules,
    .item_by_name = true },
  { "receipts", "online-retail", N_ ("Online Retail (UCI): invoices of a web shop"),
    online_retail_columns, rai_import_read_online_retail,
    .site = { "Online shop", "", "GBP", "Europe/London" }, .site_code = "WEB",
    .department = "Gifts and home", .known_by = "StockCode|Description|InvoiceDate" },
  { "receipts", "complete-journey", N_ ("The Complete Journey: baskets of a grocer"),
    complete_journey_columns, rai_import_read_receipt,
    .site = { "Store %s", "", "USD", "America/New_York" },
    .known_by = "basket_id|transaction_timestamp|sales_value" },
  { "sales", NULL,
    N_ ("Totals of an hour, a day or a week: site, item, date, quantity[, amount or price, "
        "promotion, ...]"),
    sales_columns, rai_import_read_sales },
  { "sales", "rossmann", N_ ("Rossmann Store Sales: revenue a day of 1,115 shops"),
    rossmann_columns, rai_import_read_rossmann, .site = { "Store %s", "", "EUR", "Europe/Berlin" },
    .item = "all", .department = "All goods", .known_by = "StateHoliday|SchoolHoliday|Promo|Open" },
  { "sales", "store-item", N_ ("Store Item Demand: units a day"), store_item_columns,
    rai_import_read_sales, .site = { "Store %s", "", "USD", "America/New_York" } },
  { "sales", "walmart", N_ ("Walmart Recruiting: revenue a week by store and department"),
    walmart_columns, rai_import_read_walmart, .site = { "Store %s", "", "USD", "America/Chicago" },
    .known_by = "Dept|Weekly_Sales" },
  { "items", NULL,
    N_ ("Items: item, name[, department, category, barcode, unit, supplier, pack, price, cost, "
        "...]"),
    item_columns, rai_import_read_item },
  { "suppliers", NULL,
    N_ ("Suppliers: supplier, name[, lead_days, lead_spread, order_weekdays, minimum_order]"),
    supplier_columns, rai_import_read_supplier },
  { "stock", NULL, N_ ("Stock as counted: site, item, quantity[, date]"), stock_columns,
    rai_import_read_stock },
  { NULL },
};

/* ---- Fields ---- */

static const struct {
  const char *name;
  const char *title;
} fields[RAI_N_FIELDS] = {
  [RAI_FIELD_SITE] = { "site", N_ ("Store") },
  [RAI_FIELD_RECEIPT] = { "receipt", N_ ("Receipt number") },
  [RAI_FIELD_TILL] = { "till", N_ ("Till") },
  [RAI_FIELD_DAY] = { "day", N_ ("Business day") },
  [RAI_FIELD_TIME] = { "time", N_ ("Date and time") },
  [RAI_FIELD_CLOCK] = { "clock", N_ ("Time of day") },
  [RAI_FIELD_ZONE] = { "zone", N_ ("Time zone") },
  [RAI_FIELD_ITEM] = { "item", N_ ("Item code") },
  [RAI_FIELD_QUANTITY] = { "quantity", N_ ("Quantity") },
  [RAI_FIELD_AMOUNT] = { "amount", N_ ("Amount of the line") },
  [RAI_FIELD_PRICE] = { "price", N_ ("Price of one") },
  [RAI_FIELD_DISCOUNT] = { "discount", N_ ("Discount of the line") },
  [RAI_FIELD_CURRENCY] = { "currency", N_ ("Currency") },
  [RAI_FIELD_LINE_KIND] = { "line_kind", N_ ("Kind of the row") },
  [RAI_FIELD_STATE] = { "state", N_ ("State of the order") },
  [RAI_FIELD_PERIOD] = { "period", N_ ("Period") },
  [RAI_FIELD_STOCKOUT] = { "stockout", N_ ("Out of stock") },
  [RAI_FIELD_NAME] = { "name", N_ ("Name") },
  [RAI_FIELD_DEPARTMENT] = { "department", N_ ("Department") },
  [RAI_FIELD_CATEGORY] = { "category", N_ ("Category") },
  [RAI_FIELD_BARCODE] = { "barcode", N_ ("Barcode") },
  [RAI_FIELD_UNIT] = { "unit", N_ ("Unit") },
  [RAI_FIELD_SUPPLIER] = { "supplier", N_ ("Supplier") },
  [RAI_FIELD_PACK] = { "pack", N_ ("Pieces in a pack") },
  [RAI_FIELD_COST] = { "cost", N_ ("Cost of one") },
  [RAI_FIELD_SHELF_LIFE] = { "shelf_life", N_ ("Days it keeps") },
  [RAI_FIELD_ACTIVE] = { "active", N_ ("Still sold") },
  [RAI_FIELD_LEAD_DAYS] = { "lead_days", N_ ("Days to deliver") },
  [RAI_FIELD_LEAD_SPREAD] = { "lead_spread", N_ ("Spread of the days to deliver") },
  [RAI_FIELD_ORDER_WEEKDAYS] = { "order_weekdays", N_ ("Weekdays for orders") },
  [RAI_FIELD_MINIMUM_ORDER] = { "minimum_order", N_ ("Minimum of an order") },
  [RAI_FIELD_PROMOTION] = { "promotion", N_ ("Promotion") },
  [RAI_FIELD_CLOSED] = { "closed", N_ ("Closed that day") },
  [RAI_FIELD_OPEN] = { "open", N_ ("Open that day") },
  [RAI_FIELD_HOLIDAY] = { "holiday", N_ ("Public holiday") },
  [RAI_FIELD_SCHOOL_HOLIDAY] = { "school_holiday", N_ ("School holiday") },
  [RAI_FIELD_EVENT] = { "event", N_ ("Event") },
  [RAI_FIELD_TEMPERATURE] = { "temperature", N_ ("Temperature") },
  [RAI_FIELD_RAIN] = { "rain", N_ ("Rain") },
};

const char *
rai_import_field_name (RaiImportField field) {
  return fields[field].name;
}

const char *
rai_import_field_title (RaiImportField field) {
  return fields[field].title;
}

/* ---- Finding ---- */

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

const RaiImportColumn *
rai_import_kind_columns (const char *kind) {
  const RaiImportLayout *layout = rai_import_layout_find (kind, NULL, NULL);
  return layout != NULL ? layout->columns : NULL;
}
