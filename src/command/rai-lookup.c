/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-lookup.h"

#include "command/rai-refusal.h"
#include "db/rai-policy-values.h"
#include "util/rai-decimal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One text by one id; NULL when there is no row. Errors of the database show at the statement that
 * matters. */
static char *
read_text (RaiDb *db, const char *sql, int64_t id) {
  RaiStatement *statement = rai_db_prepare (db, sql, NULL);
  if (statement == NULL)
    return NULL;
  rai_statement_bind_int (statement, 1, id);

  char *text = NULL;
  if (rai_statement_step (statement, NULL) == RAI_STEP_ROW)
    text = g_strdup (rai_statement_text (statement, 0));
  rai_statement_reset (statement);

  return text;
}

char *
rai_lookup_item_name (RaiDb *db, int64_t item_id) {
  char *name = read_text (db, "SELECT name FROM item WHERE id = ?1", item_id);
  return name != NULL ? name : g_strdup_printf (_ ("item %" G_GINT64_FORMAT), item_id);
}

char *
rai_lookup_site_name (RaiDb *db, int64_t site_id) {
  char *name = read_text (db, "SELECT name FROM site WHERE id = ?1", site_id);
  return name != NULL ? name : g_strdup_printf (_ ("store %" G_GINT64_FORMAT), site_id);
}

char *
rai_lookup_quantity (RaiDb *db, int64_t item_id, int64_t quantity) {
  g_autofree char *unit = read_text (db, "SELECT unit FROM item WHERE id = ?1", item_id);
  g_autofree char *number = rai_decimal_format (quantity, RAI_QUANTITY_DECIMALS, 0);
  if (unit == NULL || strcmp (unit, "piece") == 0)
    return g_strdup_printf (quantity == RAI_QUANTITY_ONE ? _ ("%s piece") : _ ("%s pieces"),
                            number);
  return g_strdup_printf ("%s %s", number, unit);
}

char *
rai_lookup_money (RaiDb *db, int64_t site_id, int64_t money) {
  g_autofree char *currency = read_text (db, "SELECT currency FROM site WHERE id = ?1", site_id);
  int decimals = rai_currency_decimals (currency);
  g_autofree char *number = rai_decimal_format (money, decimals, decimals);
  return currency != NULL ? g_strdup_printf ("%s %s", number, currency) : g_steal_pointer (&number);
}

/* Reading a zone's file costs a millisecond: each is kept for the life of the program. NULL (which
 * is UTC) for a name that there is not. Safe from any thread. */
static GTimeZone *
find_zone (const char *name) {
  static GMutex lock;
  static GHashTable *zones; /* name -> GTimeZone or NULL */
  gpointer zone = NULL;

  g_mutex_lock (&lock);
  if (zones == NULL)
    zones = g_hash_table_new (g_str_hash, g_str_equal);
  if (!g_hash_table_lookup_extended (zones, name, NULL, &zone)) {
    zone = g_time_zone_new_identifier (name);
    g_hash_table_insert (zones, g_strdup (name), zone);
  }

  g_mutex_unlock (&lock);
  return zone;
}

bool
rai_lookup_site_day (RaiDb *db, int64_t site_id, int64_t at, RaiDay *day, GError **error) {
  g_autofree char *zone_name = read_text (db, "SELECT zone FROM site WHERE id = ?1", site_id);
  if (zone_name == NULL)
    return rai_refuse (error, RAI_COMMAND_ERROR_NOT_FOUND, "site %" G_GINT64_FORMAT " is not there",
                       site_id);
  *day = rai_day_from_ms (at, find_zone (zone_name));
  return true;
}

bool
rai_lookup_policy (RaiDb *db, const char *key, int64_t site_id, double *value, GError **error) {
  g_autoptr (RaiPolicyValues) values = rai_policy_values_new (db, key, error);
  if (values == NULL)
    return false;
  *value = rai_policy_values_get (values, key, site_id, 0, 0);
  return true;
}

char *
rai_lookup_new_code (RaiDb *db, RaiCodeKind kind, const char *said, const char *name,
                     GError **error) {
  g_autofree char *spelling = NULL;
  int64_t id;
  if (said == NULL)
    return rai_codes_make (db, kind, name, error);
  /* Stores are told in lists, and by "all". */
  if (kind == RAI_CODE_SITE &&
      (strchr (said, ',') != NULL || g_ascii_strcasecmp (said, "all") == 0)) {
    rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                _ ("A store’s code has no comma, and is not “all”."));
    return NULL;
  }
  if (!rai_codes_find (db, kind, said, &id, &spelling, error))
    return NULL;
  if (spelling == NULL)
    return g_strdup (said);

  rai_refuse (error, RAI_COMMAND_ERROR_STATE,
              _ ("“%s” is there already. Codes that differ only by capitals or blanks are one."),
              spelling);
  return NULL;
}
