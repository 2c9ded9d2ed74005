/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-readers.h"

#include "db/rai-aside.h"
#include "import/rai-import-calendar.h"
#include "util/rai-decimal.h"

#include <string.h>

#define DEPARTMENT "General"

/* ---- Receipts ---- */

typedef struct {
  const char *receipt;
  const char *till;
  RaiDay said_day; /* 0: none */
  RaiImportTime time;
  int64_t quantity;
  int64_t amount;
} Line;

/* When the line was sold, ms UTC, and the day that it counts under. A day without a time is its
 * noon, or now on the day of the store that it still is. */
static int64_t
sold_at_of (const RaiImport *import, RaiImportSite *site, const Line *line, RaiDay *day) {
  int second = line->time.second >= 0 ? line->time.second : RAI_RECEIPT_NOON;
  *day = line->time.day;

  if (line->time.zoned) {
    int64_t sold_at = ((int64_t) *day * 86400 + second - line->time.offset) * 1000;
    *day = rai_day_from_ms (sold_at, site->zone);
    return sold_at;
  }

  int64_t sold_at = rai_import_site_to_ms (site, *day, second);
  if (line->time.second < 0 && sold_at > import->now &&
      rai_day_from_ms (import->now, site->zone) == *day)
    return import->now;
  return sold_at;
}

static RaiRowResult
record_line (RaiImport *import, RaiImportSite *site, RaiImportItem *item, const RaiReceipt *receipt,
             const RaiSalesLine *line, GError **error) {
  switch (rai_sales_add_line (import->sales, receipt, line, error)) {
    case RAI_SALES_ADDED:
      rai_import_names_note_sale (site, item, receipt->day, line->quantity, line->amount);
      return RAI_ROW_ADDED;
    case RAI_SALES_UNCHANGED:
      /* An import that was cut off did not come to write what it had learnt. */
      rai_import_names_note_sale (site, item, receipt->day, line->quantity, line->amount);
      return RAI_ROW_UNCHANGED;
    case RAI_SALES_DIFFERENT:
      return rai_import_reject (import, "the receipt is stored already, with other lines",
                                receipt->number);
    case RAI_SALES_TOO_MUCH:
      return rai_import_reject (
          import,
          "the receipt would have more than 2,000 lines, a million units or ten thousand million "
          "in money: correct the quantity, the amount or the receipt's number",
          receipt->number);
    default:
      return RAI_ROW_FAILED;
  }
}

/* Whether the receipt's time, and the day that it says, can be meant: as sales.record does. A clock
 * that runs ahead a little stands for now. */
static RaiAsideReason
judge (const RaiImport *import, const RaiImportSite *site, RaiReceipt *receipt) {
  const int64_t told = receipt->sold_at;
  const RaiAsideReason reason = rai_aside_judge (&receipt->sold_at, import->now);
  if (receipt->sold_at != told)
    receipt->day = rai_day_from_ms (receipt->sold_at, site->zone);
  if (reason != RAI_ASIDE_NONE || receipt->said_day == 0)
    return reason;

  const RaiDay clock = receipt->day;
  receipt->day = receipt->said_day;
  return rai_aside_judge_day (receipt->said_day, clock,
                              rai_day_from_ms (rai_aside_last_time (import->now), site->zone));
}

static RaiRowResult
add_line (RaiImport *import, RaiImportSite *site, RaiImportItem *item, const Line *line,
          GError **error) {
  if (!rai_import_in_bounds (import, line->amount) ||
      !rai_import_is_quantity (import, line->quantity))
    return RAI_ROW_REJECTED;

  const RaiSalesLine sold = { item->id, line->quantity, line->amount };
  RaiReceipt told = {
    .site_id = site->id, .number = line->receipt, .till = line->till, .said_day = line->said_day
  };
  told.sold_at = sold_at_of (import, site, line, &told.day);
  RaiReceipt receipt = told;
  const RaiAsideReason reason = judge (import, site, &receipt);

  switch (rai_import_aside_line (import->aside, &told, reason, &sold, error)) {
    case RAI_IMPORT_ASIDE_NOT:
      return record_line (import, site, item, &receipt, &sold, error);
    case RAI_IMPORT_ASIDE_ADDED:
      return RAI_ROW_ASIDE;
    case RAI_IMPORT_ASIDE_TOO_LONG:
      return rai_import_reject (
          import, "the time cannot be meant, and the receipt is too long to be set aside",
          rai_import_text (import, RAI_FIELD_TIME));
    default:
      return RAI_ROW_FAILED;
  }
}

/* Who sold it, as far as the row says. false: rejected. */
static bool
read_till (RaiImport *import, Line *line) {
  RaiImportTime day;
  line->till = rai_import_text (import, RAI_FIELD_TILL);
  line->said_day = 0;
  if (!rai_import_is_till (import, line->till))
    return false;
  if (*rai_import_text (import, RAI_FIELD_DAY) == '\0')
    return true;

  if (!rai_import_time (import, RAI_FIELD_DAY, &day))
    return false;
  line->said_day = day.day;
  return true;
}

/* What receipts of every layout have: number, time, quantity. false: rejected. */
static bool
read_line (RaiImport *import, Line *line) {
  line->receipt = rai_import_text (import, RAI_FIELD_RECEIPT);
  if (*line->receipt == '\0') {
    rai_import_reject (import, "the receipt's number is missing", NULL);
    return false;
  }

  if (!rai_import_is_code (import, line->receipt) || !read_till (import, line) ||
      !rai_import_time (import, RAI_FIELD_TIME, &line->time) ||
      !rai_import_decimal (import, RAI_FIELD_QUANTITY, RAI_QUANTITY_DECIMALS, RAI_QUANTITY_ONE,
                           &line->quantity))
    return false;

  if (line->quantity == 0) {
    rai_import_reject (import, "the quantity is zero",
                       rai_import_text (import, RAI_FIELD_QUANTITY));
    return false;
  }

  return true;
}

/* Prices may be finer than money: 1.599 a litre, 0.001 a cotton pad. */
#define PRICE_DECIMALS 4
#define PRICE_SCALE 10000

static int64_t
money_of (int64_t price, int64_t quantity) {
  return rai_mul_div (price, quantity, (int64_t) RAI_QUANTITY_ONE * PRICE_SCALE);
}

/* The line's money: as given, or price times quantity. */
static bool
read_amount (RaiImport *import, int decimals, int64_t quantity, int64_t *amount) {
  if (*rai_import_text (import, RAI_FIELD_AMOUNT) != '\0')
    return rai_import_decimal (import, RAI_FIELD_AMOUNT, decimals, 0, amount);

  int64_t price;
  if (*rai_import_text (import, RAI_FIELD_PRICE) == '\0') {
    rai_import_reject (import, "neither amount nor price is given", NULL);
    return false;
  }

  if (!rai_import_decimal (import, RAI_FIELD_PRICE, decimals + PRICE_DECIMALS, 0, &price))
    return false;
  *amount = money_of (price, quantity);

  return rai_import_in_bounds (import, *amount);
}

RaiRowResult
rai_import_read_receipt (RaiImport *import, GError **error) {
  Line line;
  if (!read_line (import, &line))
    return RAI_ROW_REJECTED;
  RaiImportSite *site = rai_import_row_site (import, error);
  if (site == NULL || !read_amount (import, site->money_decimals, line.quantity, &line.amount))
    return rai_import_no (import);
  RaiImportItem *item = rai_import_row_item (import, DEPARTMENT, error);
  return item != NULL ? add_line (import, site, item, &line, error) : rai_import_no (import);
}

/* ---- Online Retail ---- */

/* "SET OF 3 COLOURED  FLYING DUCKS" -> "Set of 3 coloured flying ducks" */
static char *
tidy_name (const char *text) {
  GString *name = g_string_new ("");
  for (const char *at = text; *at != '\0'; at++)
    if (*at != ' ' || (name->len > 0 && name->str[name->len - 1] != ' '))
      g_string_append_c (name, name->len > 0 ? g_ascii_tolower (*at) : g_ascii_toupper (*at));
  while (name->len > 0 && name->str[name->len - 1] == ' ')
    g_string_truncate (name, name->len - 1);
  return g_string_free (name, FALSE);
}

/* Codes of goods hold a number of five digits or a gift voucher's; POST, DOT, M, BANK CHARGES are
 * not goods. */
static bool
is_charge (const char *code) {
  int digits = 0;
  for (const char *at = code; *at != '\0'; at++)
    digits += g_ascii_isdigit (*at);
  return digits < 4;
}

static RaiImportItem *
online_retail_item (RaiImport *import, GError **error) {
  char code[32];
  const char *text = rai_import_text (import, RAI_FIELD_ITEM);
  if (*text == '\0' || strlen (text) >= sizeof code) {
    rai_import_reject (import, "the item is missing", text);
    return NULL;
  }

  /* 85123a and 85123A are the same goods. */
  size_t length = 0;
  for (; text[length] != '\0'; length++)
    code[length] = g_ascii_toupper (text[length]);

  code[length] = '\0';
  RaiImportItem *known = rai_import_names_known_item (import->names, code);
  if (known != NULL)
    return known;

  g_autofree char *name = tidy_name (rai_import_text (import, RAI_FIELD_NAME));
  return rai_import_names_item (import->names, code, name,
                                is_charge (code) ? "Charges" : import->layout->department, error);
}

RaiRowResult
rai_import_read_online_retail (RaiImport *import, GError **error) {
  Line line;
  int64_t price;
  if (!read_line (import, &line))
    return RAI_ROW_REJECTED;
  if (!rai_import_decimal (import, RAI_FIELD_PRICE, 2 + PRICE_DECIMALS, 0, &price))
    return RAI_ROW_REJECTED;

  /* Corrections of stock and bad debts are booked as lines without a price. */
  if (price <= 0)
    return rai_import_reject (import, "the price is zero or less: not a sale",
                              rai_import_text (import, RAI_FIELD_PRICE));

  if (line.quantity > 0 && g_ascii_toupper (*line.receipt) == 'C')
    return rai_import_reject (import, "a cancelled invoice with a quantity above zero",
                              line.receipt);

  line.amount = money_of (price, line.quantity);
  if (!rai_import_in_bounds (import, line.amount))
    return RAI_ROW_REJECTED;
  RaiImportSite *site = rai_import_row_site (import, error);
  RaiImportItem *item = site != NULL ? online_retail_item (import, error) : NULL;

  return item != NULL ? add_line (import, site, item, &line, error) : rai_import_no (import);
}

/* ---- Totals of a period ---- */

typedef struct {
  RaiImportTime time;
  const char *period;
  int64_t starts_at; /* civil hours */
  bool to_come;      /* no quantity: only what is known in advance */
  int64_t quantity;
  int64_t amount;
} Total;

static bool
read_period (RaiImport *import, Total *total) {
  const char *own = rai_import_text (import, RAI_FIELD_PERIOD);
  total->period = import->period != NULL ? import->period : *own != '\0' ? own : "day";
  if (strcmp (total->period, "hour") != 0 && strcmp (total->period, "day") != 0 &&
      strcmp (total->period, "week") != 0) {
    rai_import_reject (import, "the period is none of hour, day, week", total->period);
    return false;
  }

  total->starts_at = (int64_t) total->time.day * 24;
  if (strcmp (total->period, "hour") != 0)
    return true;
  if (total->time.second > 0 && total->time.second % 3600 != 0) {
    rai_import_reject (import, "the hour does not begin at minute 0",
                       rai_import_text (import, RAI_FIELD_TIME));
    return false;
  }

  total->starts_at += MAX (total->time.second, 0) / 3600;
  return true;
}

#define AHEAD "the date lies in the future: correct the rejected rows, and import their file"

/* Totals have no receipt that could be set aside: they wait in the file of rejects. */
static bool
can_be_meant (RaiImport *import, RaiDay day) {
  int64_t begins = rai_day_to_ms (day, 0, NULL);
  bool ahead = day > import->today + 1;

  if (!ahead && rai_aside_judge (&begins, import->now) != RAI_ASIDE_PAST)
    return true;
  rai_import_reject (import,
                     ahead ? AHEAD
                           : "the date is before 2000: correct the rejected rows, and import their "
                             "file",
                     rai_import_text (import, RAI_FIELD_TIME));
  return false;
}

/* A day that the store has not begun has sold nothing; nor has a week that has not come to its last
 * day sold what it will. */
static bool
is_over (RaiImport *import, const RaiImportSite *site, const Total *total) {
  const RaiDay last = rai_day_from_ms (rai_aside_last_time (import->now), site->zone);
  const RaiDay day = total->time.day + (strcmp (total->period, "week") == 0 ? 6 : 0);
  if (rai_aside_judge_day (day, day, last) == RAI_ASIDE_NONE)
    return true;
  rai_import_reject (import, AHEAD, rai_import_text (import, RAI_FIELD_TIME));
  return false;
}

static bool
read_total (RaiImport *import, Total *total) {
  if (!rai_import_time (import, RAI_FIELD_TIME, &total->time) || !read_period (import, total) ||
      !rai_import_decimal (import, RAI_FIELD_QUANTITY, RAI_QUANTITY_DECIMALS, 0, &total->quantity))
    return false;

  total->to_come = *rai_import_text (import, RAI_FIELD_QUANTITY) == '\0';
  return total->to_come || can_be_meant (import, total->time.day);
}

static bool
was_in_file (RaiImport *import, const RaiImportSite *site, const RaiImportItem *item,
             int64_t starts_at) {
  bool added;
  uint64_t key = (uint64_t) site->id << 48 | ((uint64_t) item->id & 0xffffff) << 24 |
                 ((uint64_t) starts_at & 0xffffff);
  rai_import_keys_at (import->keys, key, &added);
  return !added;
}

/* Prices, promotions and days that the row tells besides its total. */
static bool
write_known (RaiImport *import, const RaiImportSite *site, const RaiImportItem *item,
             const Total *total, const RaiImportDay *what, bool *changed, GError **error) {
  RaiDay day = total->time.day, last_day = strcmp (total->period, "week") == 0 ? day + 6 : day;
  int64_t price;
  if (!rai_import_calendar_write (import, site->id, day, what, changed, error))
    return false;
  if (rai_import_flag (import, RAI_FIELD_PROMOTION) &&
      !rai_import_calendar_promotion (import, site->id, item->id, day, last_day, changed, error))
    return false;

  if (*rai_import_text (import, RAI_FIELD_PRICE) == '\0')
    return true;
  return rai_import_decimal (import, RAI_FIELD_PRICE, site->money_decimals, 0, &price) &&
         rai_import_calendar_price (import, site->id, item->id, day, price, changed, error);
}

static RaiRowResult
add_total (RaiImport *import, RaiImportSite *site, RaiImportItem *item, const Total *total,
           bool changed, GError **error) {
  bool stockout = rai_import_flag (import, RAI_FIELD_STOCKOUT);
  if (!rai_import_in_bounds (import, total->amount) ||
      !rai_import_is_quantity (import, total->quantity) || !is_over (import, site, total))
    return RAI_ROW_REJECTED;
  switch (rai_sales_add_total (import->sales, site->id, item->id, total->period, total->starts_at,
                               total->quantity, total->amount, stockout, error)) {
    case RAI_SALES_FAILED:
      return RAI_ROW_FAILED;
    case RAI_SALES_UNCHANGED:
      rai_import_names_note_sale (site, item, total->time.day, total->quantity, total->amount);
      return changed ? RAI_ROW_ADDED : RAI_ROW_UNCHANGED;
    default:
      rai_import_names_note_sale (site, item, total->time.day, total->quantity, total->amount);
      return RAI_ROW_ADDED;
  }
}

RaiRowResult
rai_import_read_sales (RaiImport *import, GError **error) {
  Total total;
  RaiImportDay what;
  if (!read_total (import, &total) || !rai_import_calendar_read (import, &what))
    return RAI_ROW_REJECTED;

  RaiImportSite *site = rai_import_row_site (import, error);
  if (site == NULL)
    return rai_import_no (import);

  bool priced = *rai_import_text (import, RAI_FIELD_AMOUNT) != '\0' ||
                *rai_import_text (import, RAI_FIELD_PRICE) != '\0';
  if (priced && !read_amount (import, site->money_decimals, total.quantity, &total.amount))
    return RAI_ROW_REJECTED;

  RaiImportItem *item = rai_import_row_item (import, DEPARTMENT, error);
  if (item == NULL)
    return rai_import_no (import);
  if (!priced)
    total.amount = rai_mul_div (item->price, total.quantity, RAI_QUANTITY_ONE);
  if (!rai_import_in_bounds (import, total.amount))
    return RAI_ROW_REJECTED;
  if (was_in_file (import, site, item, total.starts_at))
    return rai_import_reject (import, "an earlier row is about the same site, item and time", NULL);

  bool changed = false;
  what.to_come = total.to_come;
  if (!write_known (import, site, item, &total, &what, &changed, error))
    return rai_import_no (import);
  if (total.to_come)
    return changed ? RAI_ROW_ADDED : RAI_ROW_UNCHANGED;

  return add_total (import, site, item, &total, changed, error);
}

/* ---- Rossmann ---- */

static const char *
holiday_name (const char *code) {
  switch (*code) {
    case 'a':
      return "Public holiday";
    case 'b':
      return "Easter";
    case 'c':
      return "Christmas";
    default:
      return "";
  }
}

RaiRowResult
rai_import_read_rossmann (RaiImport *import, GError **error) {
  Total total = { .period = "day" };
  RaiImportDay what;
  if (!rai_import_time (import, RAI_FIELD_TIME, &total.time) ||
      !rai_import_decimal (import, RAI_FIELD_AMOUNT, RAI_QUANTITY_DECIMALS, 0, &total.quantity) ||
      !rai_import_decimal (import, RAI_FIELD_AMOUNT, 2, 0, &total.amount) ||
      !rai_import_calendar_read (import, &what))
    return RAI_ROW_REJECTED;

  if (total.quantity < 0)
    return rai_import_reject (import, "the revenue is negative",
                              rai_import_text (import, RAI_FIELD_AMOUNT));
  total.to_come = *rai_import_text (import, RAI_FIELD_AMOUNT) == '\0';
  if (!total.to_come && !can_be_meant (import, total.time.day))
    return RAI_ROW_REJECTED;

  what.holiday = holiday_name (what.holiday);
  what.has_promotion = true;
  what.promotion = rai_import_flag (import, RAI_FIELD_PROMOTION);

  RaiImportSite *site = rai_import_row_site (import, error);
  RaiImportItem *item =
      site != NULL ? rai_import_row_item (import, import->layout->department, error) : NULL;

  if (item == NULL)
    return rai_import_no (import);
  total.starts_at = (int64_t) total.time.day * 24;
  if (was_in_file (import, site, item, total.starts_at))
    return rai_import_reject (import, "an earlier row is about the same store and day", NULL);

  bool changed = false;
  /* A closed day is no day of poor sales, and a day without a figure is still to come. */
  what.to_come = total.to_come;
  if (!rai_import_calendar_write (import, site->id, total.time.day, &what, &changed, error))
    return RAI_ROW_FAILED;
  if (total.to_come || (what.closed && total.quantity == 0))
    return changed ? RAI_ROW_ADDED : RAI_ROW_UNCHANGED;

  return add_total (import, site, item, &total, changed, error);
}

/* ---- Walmart ---- */

/* Weeks are named by the Friday that ends them. */
RaiRowResult
rai_import_read_walmart (RaiImport *import, GError **error) {
  Total total = { .period = "week" };
  if (!rai_import_time (import, RAI_FIELD_TIME, &total.time) ||
      !rai_import_decimal (import, RAI_FIELD_AMOUNT, RAI_QUANTITY_DECIMALS, 0, &total.quantity) ||
      !rai_import_decimal (import, RAI_FIELD_AMOUNT, 2, 0, &total.amount) ||
      !can_be_meant (import, total.time.day))
    return RAI_ROW_REJECTED;

  const char *number = rai_import_text (import, RAI_FIELD_ITEM);
  if (*number == '\0')
    return rai_import_reject (import, "the department is missing", NULL);

  g_autofree char *department = g_strdup_printf ("Department %s", number);
  RaiImportSite *site = rai_import_row_site (import, error);
  RaiImportItem *item = site != NULL ? rai_import_names_known_item (import->names, number) : NULL;

  if (site != NULL && item == NULL)
    item = rai_import_names_item (import->names, number, department, department, error);
  if (item == NULL)
    return rai_import_no (import);

  total.time.day -= 6;
  total.starts_at = (int64_t) total.time.day * 24;
  if (was_in_file (import, site, item, total.starts_at))
    return rai_import_reject (import, "an earlier row is about the same store, department and week",
                              NULL);

  if (*rai_import_text (import, RAI_FIELD_AMOUNT) == '\0')
    return RAI_ROW_UNCHANGED;
  return add_total (import, site, item, &total, false, error);
}
