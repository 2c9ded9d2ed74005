/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-commands.h"
#include "command/rai-lookup.h"
#include "util/rai-decimal.h"

#include <glib/gi18n-lib.h>

#define MONEY_MAX INT64_C (100000000000)

/* What may change, in the order of the log's line. */
static const struct {
  const char *argument;
  const char *sql; /* ?1 the value, ?2 the revision, ?3 the item */
} columns[] = {
  { "name", "UPDATE item SET name = ?1, rev = ?2 WHERE id = ?3" },
  { "department", "UPDATE item SET department_id = ?1, rev = ?2 WHERE id = ?3" },
  { "category", "UPDATE item SET category = ?1, rev = ?2 WHERE id = ?3" },
  { "barcode", "UPDATE item SET barcode = ?1, rev = ?2 WHERE id = ?3" },
  { "unit", "UPDATE item SET unit = ?1, rev = ?2 WHERE id = ?3" },
  { "supplier", "UPDATE item SET supplier_id = ?1, rev = ?2 WHERE id = ?3" },
  { "pack", "UPDATE item SET pack = ?1, rev = ?2 WHERE id = ?3" },
  { "price", "UPDATE item SET price = ?1, rev = ?2 WHERE id = ?3" },
  { "cost", "UPDATE item SET cost = ?1, rev = ?2 WHERE id = ?3" },
  { "shelf_life",
    "UPDATE item SET shelf_life = NULLIF(CAST(?1 AS INTEGER), 0), rev = ?2 WHERE id = ?3" },
  { "active", "UPDATE item SET active = ?1, rev = ?2 WHERE id = ?3" },
};

/* The row that an argument points at must be there. */
static bool
check_row (RaiCommandContext *context, const char *argument, const char *sql, GError **error) {
  int64_t id = rai_arguments_int (context->arguments, argument);
  int64_t found;
  if (!rai_arguments_has (context->arguments, argument))
    return true;
  if (!rai_db_get_int (context->db, sql, &id, 1, 0, &found, error))
    return false;
  return found || rai_refuse (error, RAI_COMMAND_ERROR_NOT_FOUND,
                              _ ("%s: there is no %" G_GINT64_FORMAT), argument, id);
}

static bool
validate_edit (RaiCommandContext *context, GError **error) {
  bool any = false;
  for (size_t i = 0; i < G_N_ELEMENTS (columns); i++)
    any = any || rai_arguments_has (context->arguments, columns[i].argument);
  if (!any)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("Say what of the item is to change."));
  return check_row (context, "department", "SELECT 1 FROM department WHERE id = ?1", error) &&
         check_row (context, "supplier", "SELECT 1 FROM supplier WHERE id = ?1", error);
}

static bool
apply_edit (RaiCommandContext *context, GError **error) {
  for (size_t i = 0; i < G_N_ELEMENTS (columns); i++) {
    const char *argument = columns[i].argument;
    if (!rai_arguments_has (context->arguments, argument))
      continue;
    RaiStatement *statement = rai_db_prepare (context->db, columns[i].sql, error);
    if (statement == NULL)
      return false;
    const char *text = rai_arguments_text (context->arguments, argument);
    if (text != NULL)
      rai_statement_bind_text (statement, 1, text);
    else
      rai_statement_bind_int (statement, 1, rai_arguments_int (context->arguments, argument));
    rai_statement_bind_int (statement, 2, context->rev);
    rai_statement_bind_int (statement, 3, rai_arguments_int (context->arguments, "item"));
    if (!rai_statement_run (statement, error))
      return false;
  }

  return true;
}

static char *
describe_edit (RaiCommandContext *context) {
  g_autofree char *name =
      rai_lookup_item_name (context->db, rai_arguments_int (context->arguments, "item"));
  g_autoptr (GString) what = g_string_new (NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (columns); i++)
    if (rai_arguments_has (context->arguments, columns[i].argument))
      g_string_append_printf (what, "%s%s", what->len > 0 ? ", " : "", columns[i].argument);
  return g_strdup_printf (_ ("Edit item: %s (%s)"), name, what->str);
}

const RaiCommand rai_command_item_edit = {
  .name = "item.edit",
  .title = N_ ("Edit an item"),
  .permission = RAI_PERMISSION_EDIT_ITEMS,
  .arguments =
      (const RaiArgument[]){
          { .name = "item", .type = RAI_VALUE_ITEM, .required = true },
          { .name = "name", .type = RAI_VALUE_TEXT, .minimum = 1, .maximum = 200 },
          { .name = "department", .type = RAI_VALUE_INT },
          { .name = "category", .type = RAI_VALUE_TEXT, .maximum = 200 },
          { .name = "barcode", .type = RAI_VALUE_TEXT, .maximum = 64 },
          { .name = "unit", .type = RAI_VALUE_TEXT, .minimum = 1, .maximum = 20 },
          { .name = "price", .type = RAI_VALUE_MONEY, .maximum = MONEY_MAX },
          { .name = "cost", .type = RAI_VALUE_MONEY, .maximum = MONEY_MAX },
          { .name = "pack",
            .type = RAI_VALUE_QUANTITY,
            .minimum = 1,
            .maximum = 1000000 * RAI_QUANTITY_ONE },
          { .name = "supplier", .type = RAI_VALUE_INT },
          { .name = "shelf_life",
            .type = RAI_VALUE_INT,
            .maximum = 3650,
            .help = "days; 0: it keeps" },
          { .name = "active", .type = RAI_VALUE_BOOL },
          { 0 },
      },
  .validate = validate_edit,
  .apply = apply_edit,
  .describe = describe_edit,
};
