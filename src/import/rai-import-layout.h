/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-sales.h"
#include "import/rai-import-aside.h"
#include "import/rai-import-keys.h"
#include "import/rai-import-names.h"
#include "import/rai-import-time.h"
#include "import/rai-import.h"
#include "util/rai-csv.h"

/* THE tables of what can be imported. A kind is what the rows mean; a layout is which columns hold
 * it: our own for each kind, and presets for files of others. To add one, add a row in
 * rai-import-layouts.c. */
typedef enum {
  RAI_FIELD_SITE,
  RAI_FIELD_RECEIPT,
  RAI_FIELD_TILL,
  RAI_FIELD_DAY, /* the business day, beside the time */
  RAI_FIELD_TIME,
  RAI_FIELD_ITEM,
  RAI_FIELD_QUANTITY,
  RAI_FIELD_AMOUNT,
  RAI_FIELD_PRICE,
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

typedef enum { RAI_COLUMN_TEXT, RAI_COLUMN_TIME, RAI_COLUMN_DECIMAL } RaiImportColumnType;

typedef struct {
  RaiImportField field;
  const char *names; /* headings that mean it, joined by '|'; the first is ours */
  RaiImportColumnType type;
  bool required;
} RaiImportColumn;

typedef enum {
  RAI_ROW_ADDED,
  RAI_ROW_UNCHANGED,
  RAI_ROW_ASIDE, /* kept, and counted nowhere until its receipt has a time */
  RAI_ROW_REJECTED,
  RAI_ROW_FAILED
} RaiRowResult;

typedef struct _RaiImport RaiImport;
typedef struct _RaiImportCalendar RaiImportCalendar;
/* Reads and writes one row. REJECTED has called rai_import_reject; FAILED has set the error. */
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
} RaiImportLayout;

/* Ends with a NULL kind. */
extern const RaiImportLayout rai_import_layouts[];
/* Sets an error that lists what there is. */
const RaiImportLayout *
rai_import_layout_find (const char *kind, const char *preset, GError **error);

/* One run: what the readers of rows use. Text of a field is "" when the file has no such column;
 * spaces around it are gone. */
struct _RaiImport {
  RaiDb *db;
  const RaiImportOptions *options;
  const RaiImportLayout *layout;
  RaiImportNames *names;
  RaiSales *sales;
  RaiImportAside *aside;
  RaiImportCalendar *calendar; /* what the file says of days, prices and promotions */
  RaiImportKeys *keys;         /* totals and counts that this file has had */
  unsigned n_shelves;          /* rows that were added to an earlier count of the file */
  RaiDateOrder date_order;     /* of the file */
  char decimal;
  const char *period; /* "hour", "day", "week"; NULL: the row's column says */
  RaiDay today;
  int64_t now; /* ms UTC, when the file was begun */
  int64_t rev;
  int columns[RAI_N_FIELDS]; /* position in the file; -1: absent */
  const RaiCsvField *fields;
  size_t n_fields;
  const char *reason; /* why the row is rejected; NULL: it is not */
  const char *value;
  char receipt[64]; /* of the last row, so that commits fall between receipts */
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
/* The row's site; NULL: rejected (reason set) or failed (error set). */
RaiImportSite *rai_import_row_site (RaiImport *import, GError **error);
/* The row's item, made when it is new; NULL as above. */
RaiImportItem *rai_import_row_item (RaiImport *import, const char *department, GError **error);
/* Rejected when the reason is set, else failed. */
RaiRowResult rai_import_no (const RaiImport *import);
