/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-commands.h"
#include "command/rai-lookup.h"
#include "util/rai-decimal.h"

#include <glib/gi18n-lib.h>

#define MONEY_MAX INT64_C (100000000000)

static bool
validate_edit (RaiCommandContext *context, GError **error) {
  if (!rai_arguments_has (context->arguments, "supplier"))
    return true;
  int64_t supplier_id = rai_arguments_int (context->arguments, "supplier");
  int64_t found;
  if (!rai_db_get_int (context->db, "SELECT 1 FROM supplier WHERE id = ?1", &supplier_id, 1, 0, &found, error))
    return false;
  return found ||
         rai_refuse (error, RAI_COMMAND_ERROR_NOT_FOUND, _ ("There is no supplier %" G_GINT64_FORMAT "."), supplier_id);
}

static bool
set_int (RaiCommandContext *context, const char *argument, const char *sql, GError **error) {
  if (!rai_arguments_has (context->arguments, argument))
    return true;
  RaiStatement *statement = rai_db_prepare (context->db, sql, error);
  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, rai_arguments_int (context->arguments, argument));
  rai_statement_bind_int (statement, 2, context->rev);
  rai_statement_bind_int (statement, 3, rai_arguments_int (context->arguments, "item"));
  return rai_statement_run (statement, error);
}

static bool
set_text (RaiCommandContext *context, const char *argument, const char *sql, GError **error) {
  if (!rai_arguments_has (context->arguments, argument))
    return true;
  RaiStatement *statement = rai_db_prepare (context->db, sql, error);
  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, rai_arguments_text (context->arguments, argument));
  rai_statement_bind_int (statement, 2, context->rev);
  rai_statement_bind_int (statement, 3, rai_arguments_int (context->arguments, "item"));
  return rai_statement_run (statement, error);
}

static bool
apply_edit (RaiCommandContext *context, GError **error) {
  static const struct {
    const char *argument;
    const char *sql;
  } numbers[] = {
    { "price", "UPDATE item SET price = ?1, rev = ?2 WHERE id = ?3" },
    { "cost", "UPDATE item SET cost = ?1, rev = ?2 WHERE id = ?3" },
    { "pack", "UPDATE item SET pack = ?1, rev = ?2 WHERE id = ?3" },
    { "supplier", "UPDATE item SET supplier_id = ?1, rev = ?2 WHERE id = ?3" },
    { "shelf_life", "UPDATE item SET shelf_life = NULLIF(CAST(?1 AS INTEGER), 0), rev = ?2 WHERE id = ?3" },
    { "active", "UPDATE item SET active = ?1, rev = ?2 WHERE id = ?3" },
  };
  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!set_int (context, numbers[i].argument, numbers[i].sql, error))
      return false;
  return set_text (context, "name", "UPDATE item SET name = ?1, rev = ?2 WHERE id = ?3", error) &&
         set_text (context, "barcode", "UPDATE item SET barcode = ?1, rev = ?2 WHERE id = ?3", error);
}

static char *
describe_edit (RaiCommandContext *context) {
  g_autofree char *name = rai_lookup_item_name (context->db, rai_arguments_int (context->arguments, "item"));
  return g_strdup_printf (_ ("Edit item: %s"), name);
}

const RaiCommand rai_command_item_edit = {
  .name = "item.edit",
  .title = N_ ("Edit an item"),
  .permission = RAI_PERMISSION_EDIT_ITEMS,
  .arguments =
      (const RaiArgument[]){
          { .name = "item", .type = RAI_VALUE_ITEM, .required = true },
          { .name = "name", .type = RAI_VALUE_TEXT, .minimum = 1, .maximum = 200 },
          { .name = "barcode", .type = RAI_VALUE_TEXT, .maximum = 64 },
          { .name = "price", .type = RAI_VALUE_MONEY, .maximum = MONEY_MAX },
          { .name = "cost", .type = RAI_VALUE_MONEY, .maximum = MONEY_MAX },
          { .name = "pack", .type = RAI_VALUE_QUANTITY, .minimum = 1, .maximum = 1000000 * RAI_QUANTITY_ONE },
          { .name = "supplier", .type = RAI_VALUE_INT },
          { .name = "shelf_life", .type = RAI_VALUE_INT, .maximum = 3650, .help = "days; 0: it keeps" },
          { .name = "active", .type = RAI_VALUE_BOOL },
          { 0 },
      },
  .validate = validate_edit,
  .apply = apply_edit,
  .describe = describe_edit,
};
