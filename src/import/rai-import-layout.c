/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-layout.h"

#include "command/rai-arguments.h"
#include "core/rai-code.h"
#include "core/rai-value.h"
#include "import/rai-import-money.h"
#include "import/rai-import-zone.h"
#include "util/rai-decimal.h"

#include <string.h>

/* What fits into an index of every database. */
#define CODE_MAX 200

/* ---- What readers of rows ask ---- */

bool
rai_import_has (const RaiImport *import, RaiImportField field) {
  return import->columns[field] >= 0;
}

const char *
rai_import_text (const RaiImport *import, RaiImportField field) {
  const int column = import->columns[field];
  if (column < 0)
    return "";
  if ((size_t) column < import->n_fields)
    return import->fields[column].text;

  const bool made = import->made_of != NULL && import->made_of == import->fields &&
                    (size_t) column < import->n_fields + import->n_made;
  return made ? import->fields[column].text : "";
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

static bool
is_money (RaiImportField field) {
  return field == RAI_FIELD_AMOUNT || field == RAI_FIELD_PRICE || field == RAI_FIELD_COST ||
         field == RAI_FIELD_DISCOUNT || field == RAI_FIELD_MINIMUM_ORDER;
}

/* A currency that is written beside a number: the store's, or the row is refused by name. */
static bool
is_own_money (RaiImport *import, const char *currency, const char *text) {
  if (import->money == NULL || rai_import_money_is (currency, import->money))
    return true;
  g_autofree char *reason = g_strdup_printf ("the amount is in %s, the store's currency is %s",
                                             rai_import_money_code (currency), import->money);
  /* As few as there are pairs of currencies. */
  rai_import_reject (import, g_intern_string (reason), text);
  return false;
}

bool
rai_import_decimal (RaiImport *import, RaiImportField field, int decimals, int64_t fallback,
                    int64_t *value) {
  const char *text = rai_import_text (import, field);
  *value = fallback;
  if (*text == '\0')
    return true;

  int64_t read;
  char currency[RAI_CURRENCY_SIZE];
  if (!rai_import_money_parse (text, decimals, import->decimal, &read, currency) ||
      (*currency != '\0' && !is_money (field))) {
    rai_import_reject (import, not_a_number (field), text);
    return false;
  }

  if (*currency != '\0' && !is_own_money (import, currency, text))
    return false;
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

void
rai_import_clear_row (RaiImport *import) {
  g_clear_pointer (&import->zone_text, g_free);
  g_clear_pointer (&import->zone, g_time_zone_unref);
}

/* A time without an offset is told in the zone that the row names. */
static bool
apply_zone (RaiImport *import, RaiImportTime *time) {
  const char *text = rai_import_text (import, RAI_FIELD_ZONE);
  if (*text == '\0' || time->zoned || time->second < 0)
    return true;

  if (g_strcmp0 (text, import->zone_text) != 0) {
    rai_import_clear_row (import);
    const char *name = rai_import_zone_name (text);
    import->zone_text = g_strdup (text);
    import->zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  }
  if (import->zone == NULL) {
    rai_import_reject (import, "the time zone is not known: give the store's with --zone", text);
    return false;
  }

  const int64_t at = rai_day_to_ms (time->day, time->second, import->zone);
  time->zoned = true;
  time->offset = (int) ((int64_t) time->day * 86400 + time->second - at / 1000);
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

  return field != RAI_FIELD_TIME || apply_zone (import, time);
}

bool
rai_import_flag (const RaiImport *import, RaiImportField field) {
  const char *text = rai_import_text (import, field);
  if (g_ascii_isdigit (*text))
    return g_ascii_strtod (text, NULL) != 0;
  return g_ascii_strcasecmp (text, "true") == 0 || g_ascii_strcasecmp (text, "yes") == 0 ||
         g_ascii_strcasecmp (text, "y") == 0 || g_ascii_strcasecmp (text, "x") == 0;
}

/* Whether the row's money is the site's; false: rejected. Amounts that are read from here on are
 * held against it. */
static bool
is_site_money (RaiImport *import, const RaiImportSite *site) {
  const char *text = rai_import_text (import, RAI_FIELD_CURRENCY);
  const char *currency = *text != '\0' ? rai_import_money_code (text) : NULL;
  import->money = site->currency;
  return currency == NULL || is_own_money (import, currency, text);
}

const char *
rai_import_row_site_code (RaiImport *import) {
  const char *code = rai_import_text (import, RAI_FIELD_SITE);
  if (*code == '\0')
    code = import->options->site != NULL       ? import->options->site
           : import->layout->site_code != NULL ? import->layout->site_code
                                               : "";

  if (*code == '\0') {
    rai_import_reject (import, "the site is missing", NULL);
    return NULL;
  }

  return rai_import_is_code (import, code) ? code : NULL;
}

RaiImportSite *
rai_import_row_site (RaiImport *import, const char **code) {
  *code = rai_import_row_site_code (import);
  if (*code == NULL)
    return NULL;
  RaiImportSite *site = rai_import_names_find_site (import->names, *code);
  return is_site_money (import, site) ? site : NULL;
}

const char *
rai_import_row_item_code (RaiImport *import) {
  const char *code = rai_import_text (import, RAI_FIELD_ITEM);
  if (*code == '\0' && import->layout->item != NULL)
    code = import->layout->item;
  if (*code == '\0' && import->layout->item_by_name)
    code = rai_import_text (import, RAI_FIELD_NAME);
  if (*code == '\0') {
    rai_import_reject (import, "the item is missing", NULL);
    return NULL;
  }

  if (!rai_import_is_code (import, code) ||
      !rai_import_is_code (import, rai_import_text (import, RAI_FIELD_DEPARTMENT)))
    return NULL;

  const RaiImportItem *known = rai_import_names_known_item (import->names, code);
  if (known != NULL && known->id == 0)
    rai_import_reject (import, "several items have this barcode: write the item's number", code);
  else if (known == NULL && rai_code_is_cut (code))
    rai_import_reject (import, "a spreadsheet has cut the item's number: write all of its digits",
                       code);
  else
    return code;
  return NULL;
}

const char *
rai_import_row_item_name (const RaiImport *import, const char *code) {
  const char *name = rai_import_text (import, RAI_FIELD_NAME);
  const size_t length = strlen (code);
  if (*name != '[' || strncmp (name + 1, code, length) != 0 || name[length + 1] != ']')
    return name;

  const char *rest = name + length + 2;
  while (*rest == ' ')
    rest++;
  return *rest != '\0' ? rest : name;
}

const char *
rai_import_row_department (const RaiImport *import, const char *fallback) {
  const char *own = rai_import_text (import, RAI_FIELD_DEPARTMENT);
  return *own != '\0' ? own : fallback;
}
