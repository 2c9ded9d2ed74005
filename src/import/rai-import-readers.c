/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-readers.h"

#include "db/rai-aside.h"
#include "import/rai-import-calendar.h"
#include "util/rai-decimal.h"

#include <string.h>

#define DEPARTMENT "General"

#define HOUR_MS INT64_C (3600000)

/* ---- Receipts ---- */

/* When the line was sold, ms UTC, and the day that it counts under. A day without a time is its
 * noon, or now on the day of the store that it still is. */
static int64_t
sold_at_of (const RaiImport *import, RaiImportSite *site, RaiImportTime *time) {
  if (time->zoned) {
    const int64_t at = rai_import_time_instant (time);
    rai_import_site_clock (site, time);
    return at;
  }

  const int second = time->second >= 0 ? time->second : RAI_RECEIPT_NOON;
  const int64_t sold_at = rai_import_site_to_ms (site, time->day, second);
  if (time->second < 0 && sold_at > import->now &&
      rai_day_from_ms (import->now, site->zone) == time->day)
    return import->now;
  return sold_at;
}

/* Who sold it, as far as the row says. false: rejected. */
static bool
read_till (RaiImport *import, const RaiImportSite *site, RaiImportLine *line) {
  RaiImportTime day;
  line->till = rai_import_text (import, RAI_FIELD_TILL);
  line->said_day = 0;
  if (!rai_import_is_till (import, line->till))
    return false;
  if (*rai_import_text (import, RAI_FIELD_DAY) == '\0')
    return true;

  if (!rai_import_time (import, RAI_FIELD_DAY, &day))
    return false;
  rai_import_site_clock (site, &day);
  line->said_day = day.day;
  return true;
}

/* What lines of every layout tell but the amount. *site: as it is, or as it would be made. false:
 * rejected. */
static bool
read_line (RaiImport *import, const char *department, RaiImportSite **site) {
  RaiImportLine *line = &import->line;
  RaiImportTime time;
  line->receipt = rai_import_text (import, RAI_FIELD_RECEIPT);
  if (*line->receipt == '\0') {
    rai_import_reject (import, "the receipt's number is missing", NULL);
    return false;
  }

  *site = rai_import_row_site (import, &line->site);
  if (*site == NULL)
    return false;
  if (!rai_import_is_code (import, line->receipt) || !read_till (import, *site, line) ||
      !rai_import_time (import, RAI_FIELD_TIME, &time) ||
      !rai_import_decimal (import, RAI_FIELD_QUANTITY, RAI_QUANTITY_DECIMALS, RAI_QUANTITY_ONE,
                           &line->quantity))
    return false;

  if (line->quantity == 0) {
    rai_import_reject (import, "the quantity is zero",
                       rai_import_text (import, RAI_FIELD_QUANTITY));
    return false;
  }

  line->sold_at = sold_at_of (import, *site, &time);
  line->day = time.day;
  line->item = rai_import_row_item_code (import);
  if (line->item == NULL)
    return false;
  line->name = rai_import_row_item_name (import, line->item);
  line->department = rai_import_row_department (import, department);
  return true;
}

/* A line that its receipt may hold. */
static RaiRowResult
hold (RaiImport *import) {
  return rai_import_in_bounds (import, import->line.amount) &&
                 rai_import_is_quantity (import, import->line.quantity)
             ? RAI_ROW_HELD
             : RAI_ROW_REJECTED;
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
  RaiImportSite *site;
  RaiImportLine *line = &import->line;
  return read_line (import, DEPARTMENT, &site) &&
                 read_amount (import, site->money_decimals, line->quantity, &line->amount)
             ? hold (import)
             : RAI_ROW_REJECTED;
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

RaiRowResult
rai_import_read_online_retail (RaiImport *import, GError **error) {
  RaiImportLine *line = &import->line;
  RaiImportSite *site;
  int64_t price;
  if (!rai_import_decimal (import, RAI_FIELD_PRICE, 2 + PRICE_DECIMALS, 0, &price))
    return RAI_ROW_REJECTED;

  /* Corrections of stock and bad debts are booked as lines without a price: no sales. */
  if (price <= 0)
    return RAI_ROW_SKIPPED;
  if (!read_line (import, import->layout->department, &site))
    return RAI_ROW_REJECTED;
  if (line->quantity > 0 && g_ascii_toupper (*line->receipt) == 'C')
    return rai_import_reject (import, "a cancelled invoice with a quantity above zero",
                              line->receipt);

  line->amount = money_of (price, line->quantity);
  if (rai_import_names_known_item (import->names, line->item) != NULL)
    return hold (import);

  /* The row is the first to name it: 85123a and 85123A are the same goods, of which the letter is
   * written large. */
  g_free (import->tidy_code);
  g_free (import->tidy_name);
  line->item = import->tidy_code = g_ascii_strup (line->item, -1);
  line->name = import->tidy_name = tidy_name (line->name);
  if (is_charge (line->item))
    line->department = "Charges";
  return hold (import);
}

/* ---- Totals of a period ---- */

typedef struct {
  RaiImportTime time; /* by the site's clocks, once the site is known */
  const char *period;
  int64_t starts_at; /* civil hours */
  bool to_come;      /* no quantity: only what is known in advance */
  int64_t quantity;
  int64_t amount;
} Total;

static bool
is_hour (const Total *total) {
  return strcmp (total->period, "week") != 0 && strcmp (total->period, "day") != 0;
}

static bool
read_period (RaiImport *import, Total *total) {
  const char *own = rai_import_text (import, RAI_FIELD_PERIOD);
  total->period = import->period != NULL ? import->period : *own != '\0' ? own : "day";
  if (strcmp (total->period, "hour") == 0 || strcmp (total->period, "day") == 0 ||
      strcmp (total->period, "week") == 0)
    return true;
  rai_import_reject (import, "the period is none of hour, day, week", total->period);
  return false;
}

static bool
is_civil_hour (const RaiImportSite *site, int64_t at, int64_t hour) {
  return rai_day_from_ms (at, site->zone) == hour / 24 &&
         rai_day_second_from_ms (at, site->zone) / 3600 == hour % 24;
}

/* In the night in which clocks are set back one hour comes twice. */
static bool
comes_twice (const RaiImportSite *site, int64_t hour) {
  const int64_t at = rai_day_to_ms ((RaiDay) (hour / 24), (int) (hour % 24) * 3600, site->zone);
  return is_civil_hour (site, at, hour) &&
         (is_civil_hour (site, at + HOUR_MS, hour) || is_civil_hour (site, at - HOUR_MS, hour));
}

/* The civil hours that the total begins with. An offset that is written counts: it tells the second
 * of two hours that clocks show alike, too. */
static bool
find_start (RaiImport *import, const RaiImportSite *site, Total *total) {
  const bool zoned = total->time.zoned;
  rai_import_site_clock (site, &total->time);
  const int second = MAX (total->time.second, 0);
  total->starts_at = (int64_t) total->time.day * 24;
  if (!is_hour (total))
    return true;

  /* Where zones are half an hour apart, an hour of another is that which it begins in. */
  if (second % 3600 != 0 && !zoned) {
    rai_import_reject (import, "the hour does not begin at minute 0",
                       rai_import_text (import, RAI_FIELD_TIME));
    return false;
  }

  total->starts_at += second / 3600;
  if (zoned &&
      is_civil_hour (site, rai_import_time_instant (&total->time) - HOUR_MS, total->starts_at))
    total->period = RAI_SALES_HOUR_AGAIN;
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

/* Where and of what a total is; both are there, or would be made as the codes say. */
typedef struct {
  const char *site_code;
  const char *item_code;
  const char *name;
  const char *department;
  RaiImportSite *site;
  RaiImportItem *item; /* NULL: not there yet */
} Place;

static bool
find_place (RaiImport *import, const char *department, Place *place) {
  *place = (Place){ .item = NULL };
  place->site = rai_import_row_site (import, &place->site_code);
  if (place->site == NULL)
    return false;
  place->item_code = rai_import_row_item_code (import);
  if (place->item_code == NULL)
    return false;
  place->item = rai_import_names_known_item (import->names, place->item_code);
  place->name = rai_import_row_item_name (import, place->item_code);
  place->department = rai_import_row_department (import, department);
  return true;
}

/* Behind the last check that can speak against a row that makes them. */
static bool
make_place (RaiImport *import, Place *place, GError **error) {
  place->site = rai_import_names_site (import->names, place->site_code, error);
  if (place->site != NULL)
    place->item = rai_import_names_item (import->names, place->item_code, place->name,
                                         place->department, error);
  return place->site != NULL && place->item != NULL;
}

/* Rows that were taken: of a site or an item that is new there were none. */
static uint64_t
key_of (const Place *place, const Total *total) {
  const uint64_t again = strcmp (total->period, RAI_SALES_HOUR_AGAIN) == 0;
  return (uint64_t) place->site->id << 48 | ((uint64_t) place->item->id & 0xffffff) << 24 |
         again << 23 | ((uint64_t) total->starts_at & 0x7fffff);
}

/* The second row of an hour that comes twice is of its second time. */
static bool
was_in_file (RaiImport *import, const Place *place, Total *total) {
  int64_t value;
  if (place->site->id == 0 || place->item == NULL ||
      !rai_import_keys_find (import->keys, key_of (place, total), &value))
    return false;
  if (!is_hour (total) || total->time.zoned || !comes_twice (place->site, total->starts_at))
    return true;
  total->period = RAI_SALES_HOUR_AGAIN;
  return rai_import_keys_find (import->keys, key_of (place, total), &value);
}

static bool
refuse_coarser (RaiImport *import, RaiSalesResult result) {
  switch (result) {
    case RAI_SALES_HAS_RECEIPTS:
      rai_import_reject (
          import, "receipts are there for this time already: the total of it is left out", NULL);
      return true;
    case RAI_SALES_HAS_HOURS:
      rai_import_reject (
          import, "hours are there for this time already: the total of it is left out", NULL);
      return true;
    case RAI_SALES_HAS_DAYS:
      rai_import_reject (import,
                         "days are there for this week already: the total of it is left out", NULL);
      return true;
    case RAI_SALES_HAS_WEEK:
      rai_import_reject (
          import, "another week's total holds some of these days: begin all weeks on one weekday",
          NULL);
      return true;
    default:
      return false;
  }
}

/* Puts the total in, which is in bounds, and makes what it names. */
static RaiRowResult
add_total (RaiImport *import, Place *place, const Total *total, GError **error) {
  const bool stockout = rai_import_flag (import, RAI_FIELD_STOCKOUT);
  bool added;
  if (!make_place (import, place, error))
    return RAI_ROW_FAILED;

  const RaiSalesResult result =
      rai_sales_add_total (import->sales, place->site->id, place->item->id, total->period,
                           total->starts_at, total->quantity, total->amount, stockout, error);
  if (refuse_coarser (import, result))
    return RAI_ROW_REJECTED;
  if (result == RAI_SALES_FAILED)
    return RAI_ROW_FAILED;

  rai_import_keys_at (import->keys, key_of (place, total), &added);
  rai_import_names_note_sale (place->site, place->item, total->time.day, total->quantity,
                              total->amount);
  return result == RAI_SALES_UNCHANGED ? RAI_ROW_UNCHANGED : RAI_ROW_ADDED;
}

/* The total, or only what the row knows of a time to come. */
static RaiRowResult
take_total (RaiImport *import, Place *place, const Total *total, GError **error) {
  bool added;
  if (!total->to_come) {
    if (!rai_import_in_bounds (import, total->amount) ||
        !rai_import_is_quantity (import, total->quantity) || !is_over (import, place->site, total))
      return RAI_ROW_REJECTED;
    return add_total (import, place, total, error);
  }

  if (!make_place (import, place, error))
    return RAI_ROW_FAILED;
  rai_import_keys_at (import->keys, key_of (place, total), &added);
  return RAI_ROW_UNCHANGED;
}

/* What the row tells besides its total, once that is in: NULL members are not told. */
typedef struct {
  RaiImportDay day;
  bool promotion;
  bool priced;
  int64_t price;
} Known;

static RaiRowResult
write_known (RaiImport *import, const Place *place, const Total *total, const Known *known,
             RaiRowResult taken, GError **error) {
  const RaiDay day = total->time.day;
  const RaiDay last_day = strcmp (total->period, "week") == 0 ? day + 6 : day;
  bool changed = false;
  if (taken == RAI_ROW_REJECTED || taken == RAI_ROW_FAILED) /* there may be no site */
    return taken;

  const int64_t site = place->site->id;
  if (!rai_import_calendar_write (import, site, day, &known->day, &changed, error) ||
      (known->promotion && !rai_import_calendar_promotion (import, site, place->item->id, day,
                                                           last_day, &changed, error)) ||
      (known->priced && !rai_import_calendar_price (import, site, place->item->id, day,
                                                    known->price, &changed, error)))
    return RAI_ROW_FAILED;
  return changed ? RAI_ROW_ADDED : taken;
}

static bool
read_known (RaiImport *import, const RaiImportSite *site, Known *known) {
  known->promotion = rai_import_flag (import, RAI_FIELD_PROMOTION);
  known->priced = *rai_import_text (import, RAI_FIELD_PRICE) != '\0';
  return rai_import_decimal (import, RAI_FIELD_PRICE, site->money_decimals, 0, &known->price);
}

RaiRowResult
rai_import_read_sales (RaiImport *import, GError **error) {
  Total total;
  Known known;
  Place place;
  if (!read_total (import, &total) || !rai_import_calendar_read (import, &known.day) ||
      !find_place (import, DEPARTMENT, &place) || !find_start (import, place.site, &total) ||
      !read_known (import, place.site, &known))
    return RAI_ROW_REJECTED;

  if (known.priced || *rai_import_text (import, RAI_FIELD_AMOUNT) != '\0') {
    if (!read_amount (import, place.site->money_decimals, total.quantity, &total.amount))
      return RAI_ROW_REJECTED;
  } else {
    const int64_t price = place.item != NULL ? place.item->price : 0;
    total.amount = rai_mul_div (price, total.quantity, RAI_QUANTITY_ONE);
  }

  if (was_in_file (import, &place, &total))
    return rai_import_reject (import, "an earlier row is about the same site, item and time", NULL);
  known.day.to_come = total.to_come;
  const RaiRowResult taken = take_total (import, &place, &total, error);
  return write_known (import, &place, &total, &known, taken, error);
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
  what.to_come = total.to_come;

  Place place;
  if (!find_place (import, import->layout->department, &place))
    return RAI_ROW_REJECTED;
  total.starts_at = (int64_t) total.time.day * 24;
  if (was_in_file (import, &place, &total))
    return rai_import_reject (import, "an earlier row is about the same store and day", NULL);

  /* A closed day is no day of poor sales, and a day without a figure is still to come. */
  total.to_come = total.to_come || (what.closed && total.quantity == 0);
  const Known known = { .day = what };
  const RaiRowResult taken = take_total (import, &place, &total, error);
  return write_known (import, &place, &total, &known, taken, error);
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

  Place place;
  g_autofree char *department = g_strdup_printf ("Department %s", number);
  if (!find_place (import, department, &place))
    return RAI_ROW_REJECTED;
  place.name = department;

  total.time.day -= 6;
  total.starts_at = (int64_t) total.time.day * 24;
  if (was_in_file (import, &place, &total))
    return rai_import_reject (import, "an earlier row is about the same store, department and week",
                              NULL);

  total.to_come = *rai_import_text (import, RAI_FIELD_AMOUNT) == '\0';
  return take_total (import, &place, &total, error);
}
