/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-sales.h"
#include "import/rai-import-aside.h"
#include "import/rai-import-keys.h"
#include "import/rai-import-names.h"
#include "import/rai-import-time.h"
#include "import/rai-import.h"
#include "util/rai-csv.h"

/* What the table of what can be imported (rai-import-layouts.h) is made of, and what readers of
 * rows ask. A kind is what the rows mean; a layout is which columns hold it: our own for each
 * kind, and presets for files of others. */
typedef enum {
  RAI_FIELD_SITE,
  RAI_FIELD_RECEIPT,
  RAI_FIELD_TILL,
  RAI_FIELD_DAY, /* the business day, beside the time */
  RAI_FIELD_TIME,
  RAI_FIELD_CLOCK, /* of the day, where the date has a column of its own */
  RAI_FIELD_ZONE,  /* that the time is told in */
  RAI_FIELD_ITEM,
  RAI_FIELD_QUANTITY,
  RAI_FIELD_AMOUNT,
  RAI_FIELD_PRICE,
  RAI_FIELD_DISCOUNT, /* that a line's price times quantity is less by */
  RAI_FIELD_CURRENCY,
  RAI_FIELD_LINE_KIND, /* what the row is: a sale, a payment, ... */
  RAI_FIELD_STATE,     /* of the order: paid, refunded, ... */
  RAI_FIELD_PERIOD,
  RAI_FIELD_STOCKOUT,
  RAI_FIELD_NAME,
  RAI_FIELD_DEPARTMENT,
  RAI_FIELD_CATEGORY,
  RAI_FIELD_BARCODE,
  RAI_FIELD_UNIT,
  RAI_FIELD_SUPPLIER,
  RAI_FIELD_PACK,
  RAI_FIELD_COST,
  RAI_FIELD_SHELF_LIFE,
  RAI_FIELD_ACTIVE,
  RAI_FIELD_LEAD_DAYS,
  RAI_FIELD_LEAD_SPREAD,
  RAI_FIELD_ORDER_WEEKDAYS,
  RAI_FIELD_MINIMUM_ORDER,
  RAI_FIELD_PROMOTION,
  RAI_FIELD_CLOSED,
  RAI_FIELD_OPEN,
  RAI_FIELD_HOLIDAY,
  RAI_FIELD_SCHOOL_HOLIDAY,
  RAI_FIELD_EVENT,
  RAI_FIELD_TEMPERATURE,
  RAI_FIELD_RAIN,
  RAI_N_FIELDS,
} RaiImportField;

typedef enum {
  RAI_COLUMN_TEXT,
  RAI_COLUMN_TIME,
  RAI_COLUMN_DECIMAL,
  RAI_COLUMN_MONEY,
} RaiImportColumnType;

typedef struct {
  RaiImportField field;
  /* Headings that mean it, joined by '|', the first is ours; compared by letters and digits alone
   * (rai-import-heading.h). Those in front win, and those that begin with '>' before all. */
  const char *names;
  RaiImportColumnType type;
  bool required;
  bool filled; /* empty means as in the receipt's first line */
} RaiImportColumn;

/* What is done with rows by what a column says. */
typedef enum {
  RAI_RULE_SKIP,     /* they are no sale */
  RAI_RULE_TAKE_OFF, /* what they sold came back: quantity and amount count the other way */
} RaiImportDeed;

typedef struct {
  RaiImportField field;
  const char *values; /* joined by '|', compared as headings are */
  RaiImportDeed deed;
  const char *what; /* such rows, for people */
} RaiImportRule;

typedef enum {
  RAI_ROW_ADDED,
  RAI_ROW_UNCHANGED,
  RAI_ROW_ASIDE,   /* kept, and counted nowhere until its receipt has a time */
  RAI_ROW_SKIPPED, /* no sale: nothing is left out */
  RAI_ROW_HELD,    /* import->line says what it tells; decided when its receipt is whole */
  RAI_ROW_REJECTED,
  RAI_ROW_FAILED
} RaiRowResult;

/* A line of a receipt, as its row tells it. */
typedef struct {
  const char *site, *receipt, *till, *item, *name, *department;
  RaiDay said_day; /* the business day; 0: none */
  int64_t sold_at; /* ms UTC, as it was told */
  RaiDay day;      /* the site's civil day then */
  int64_t quantity, amount;
} RaiImportLine;

typedef struct _RaiImport RaiImport;
typedef struct _RaiImportReceipts RaiImportReceipts;
typedef struct _RaiImportCalendar RaiImportCalendar;
/* Reads and writes one row; a line of a receipt is only read. REJECTED has called
 * rai_import_reject, and has written nothing; FAILED has set the error. */
typedef RaiRowResult (*RaiImportRead) (RaiImport *import, GError **error);

typedef struct {
  const char *kind;
  const char *preset; /* NULL: our own columns */
  const char *title;
  const RaiImportColumn *columns; /* ends with NULL names */
  RaiImportRead read;
  RaiImportSiteDefaults site; /* of sites that must be made; NULL members: see rai-import.c */
  const char *site_code;      /* for files without a site column */
  const char *item;           /* for files without an item column */
  const char *department;     /* of items that must be made */
  const char *known_by;       /* a preset: headings that together tell it, joined by '|'; NULL: is
                               * taken only when asked for */
  const RaiImportRule *rules; /* ends with NULL values; NULL: none */
  bool item_by_name;          /* a row without an item's code is told by its name */
} RaiImportLayout;

/* One run: what the readers of rows use. Text of a field is "" when the file has no such column;
 * spaces around it are gone. */
struct _RaiImport {
  RaiDb *db;
  const RaiImportOptions *options;
  const RaiImportLayout *layout;
  RaiImportNames *names;
  RaiSales *sales;
  RaiImportAside *aside;
  RaiImportReceipts *receipts; /* NULL: rows are no lines of receipts */
  RaiImportCalendar *calendar; /* what the file says of days, prices and promotions */
  RaiImportKeys *keys;         /* totals and counts that this file has had */
  unsigned n_cut;              /* barcodes that a spreadsheet has cut */
  unsigned n_shelves;          /* rows that were added to an earlier count of the file */
  RaiDateOrder date_order;     /* of the file */
  char decimal;
  const char *period; /* "hour", "day", "week"; NULL: the row's column says */
  RaiDay today;
  int64_t now; /* ms UTC, when the file was begun */
  int64_t rev;
  int columns[RAI_N_FIELDS]; /* position in the row; -1: absent */
  const RaiCsvField *fields;
  size_t n_fields;            /* the file's own */
  const RaiCsvField *made_of; /* fields, while some that are made of several stand behind them */
  size_t n_made;
  const char *money;  /* currency of the row's site; NULL: not known */
  char *zone_text;    /* the zone that was written last, */
  GTimeZone *zone;    /* and what it names; NULL: nothing */
  const char *reason; /* why the row is rejected; NULL: it is not */
  const char *value;
  RaiImportLine line; /* of a row that is HELD; texts are the row's, or these */
  char *tidy_code;
  char *tidy_name;
};

bool rai_import_has (const RaiImport *import, RaiImportField field);
const char *rai_import_text (const RaiImport *import, RaiImportField field);
/* false (and the reason is set) when the text is no such number. Absent or empty: fallback. */
bool rai_import_decimal (RaiImport *import, RaiImportField field, int decimals, int64_t fallback,
                         int64_t *value);
/* false (and the reason is set) for texts that are too long to be searched by. */
bool rai_import_is_code (RaiImport *import, const char *text);
/* false (and the reason is set) for a till's name that sales.record would not take. */
bool rai_import_is_till (RaiImport *import, const char *text);
/* false (and the reason is set) for sums that no shop makes. */
bool rai_import_in_bounds (RaiImport *import, int64_t value);
/* false (and the reason is set) for more units than one line, total or count can mean. */
bool rai_import_is_quantity (RaiImport *import, int64_t quantity);
bool rai_import_double (RaiImport *import, RaiImportField field, double fallback, double *value);
bool rai_import_time (RaiImport *import, RaiImportField field, RaiImportTime *time);
/* "1", "true", "yes", "x" and numbers but 0. */
bool rai_import_flag (const RaiImport *import, RaiImportField field);
/* reason: a static text that groups; value: what was wrong, may be NULL. Returns
 * RAI_ROW_REJECTED. */
RaiRowResult rai_import_reject (RaiImport *import, const char *reason, const char *value);
/* Forgets what was kept from row to row. */
void rai_import_clear_row (RaiImport *import);
/* The codes of the row's site and item; NULL: rejected (reason set). Nothing is made of them. */
const char *rai_import_row_site_code (RaiImport *import);
const char *rai_import_row_item_code (RaiImport *import);
/* The row's site, as it is or as it would be made, and its code; NULL: rejected. Amounts that are
 * read behind it are held against its currency. */
RaiImportSite *rai_import_row_site (RaiImport *import, const char **code);
/* The item's name without the code that some programs write in front of it: "[MUG] Red mug". */
const char *rai_import_row_item_name (const RaiImport *import, const char *code);
/* The department of an item that the row is the first to name. */
const char *rai_import_row_department (const RaiImport *import, const char *fallback);
/* Rejected when the reason is set, else failed. */
RaiRowResult rai_import_no (const RaiImport *import);
