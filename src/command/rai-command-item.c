/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-arguments.h"
#include "command/rai-commands.h"
#include "command/rai-lookup.h"
#include "db/rai-items.h"

#include <glib/gi18n-lib.h>

/* What may change, in the order of the log's line. */
static const char *const changeable[] = {
  "name", "department", "category", "barcode",    "unit",   "supplier",
  "pack", "price",      "cost",     "shelf_life", "active",
};

/* The numbers that the arguments give, and the values that point at them. */
typedef struct {
  RaiItemValues values;
  int64_t numbers[G_N_ELEMENTS (changeable)];
} Edit;

static void
read_edit (const RaiCommandContext *context, Edit *edit) {
  int64_t *store = edit->numbers;
  edit->values = (RaiItemValues){
    .name = rai_arguments_text (context->arguments, "name"),
    .department_id = rai_arguments_int_if_said (context->arguments, "department", store++),
    .category = rai_arguments_text (context->arguments, "category"),
    .barcode = rai_arguments_text (context->arguments, "barcode"),
    .unit = rai_arguments_text (context->arguments, "unit"),
    .supplier_id = rai_arguments_int_if_said (context->arguments, "supplier", store++),
    .pack = rai_arguments_int_if_said (context->arguments, "pack", store++),
    .price = rai_arguments_int_if_said (context->arguments, "price", store++),
    .cost = rai_arguments_int_if_said (context->arguments, "cost", store++),
    .shelf_life = rai_arguments_int_if_said (context->arguments, "shelf_life", store++),
    .active = rai_arguments_int_if_said (context->arguments, "active", store++),
  };
}

/* What the bounds of the arguments do not say. */
static bool
check_faults (RaiCommandContext *context, const Edit *edit, GError **error) {
  const char *fault = rai_item_fault (&edit->values);
  if (fault == NULL &&
      !rai_item_edit_fault (context->db, rai_arguments_int (context->arguments, "item"),
                            &edit->values, &fault, error))
    return false;
  return fault == NULL || rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, "%s", fault);
}

static bool
validate_edit (RaiCommandContext *context, GError **error) {
  bool any = false;
  for (size_t i = 0; i < G_N_ELEMENTS (changeable); i++)
    any = any || rai_arguments_has (context->arguments, changeable[i]);
  if (!any)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("Say what of the item is to change."));

  Edit edit;
  const char *missing;
  read_edit (context, &edit);
  if (!rai_item_find_missing (context->db, &edit.values, &missing, error))
    return false;
  if (missing == NULL)
    return check_faults (context, &edit, error);

  return rai_refuse (error, RAI_COMMAND_ERROR_NOT_FOUND, _ ("%s: there is no %" G_GINT64_FORMAT),
                     missing, rai_arguments_int (context->arguments, missing));
}

static bool
apply_edit (RaiCommandContext *context, GError **error) {
  Edit edit;
  read_edit (context, &edit);
  return rai_item_edit (context->db, rai_arguments_int (context->arguments, "item"), &edit.values,
                        context->rev, NULL, error);
}

static char *
describe_edit (RaiCommandContext *context) {
  g_autofree char *name =
      rai_lookup_item_name (context->db, rai_arguments_int (context->arguments, "item"));
  g_autoptr (GString) what = g_string_new (NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (changeable); i++)
    if (rai_arguments_has (context->arguments, changeable[i]))
      g_string_append_printf (what, "%s%s", what->len > 0 ? ", " : "", changeable[i]);
  return g_strdup_printf (_ ("Edit item: %s (%s)"), name, what->str);
}

const RaiCommand rai_command_item_edit = {
  .name = "item.edit",
  .title = N_ ("Edit an item"),
  .permission = RAI_PERMISSION_EDIT_ITEMS,
  .reach = RAI_REACH_COMPANY,
  .arguments =
      (const RaiArgument[]){
          { .name = "item", .type = RAI_VALUE_ITEM, .required = true },
          { .name = "name",
            .type = RAI_VALUE_TEXT,
            .stripped = true,
            .minimum = 1,
            .maximum = RAI_ITEM_NAME_MAX },
          { .name = "department", .type = RAI_VALUE_INT },
          { .name = "category",
            .type = RAI_VALUE_TEXT,
            .stripped = true,
            .maximum = RAI_ITEM_CATEGORY_MAX },
          { .name = "barcode",
            .type = RAI_VALUE_TEXT,
            .stripped = true,
            .maximum = RAI_ITEM_BARCODE_MAX },
          { .name = "unit",
            .type = RAI_VALUE_TEXT,
            .stripped = true,
            .minimum = 1,
            .maximum = RAI_ITEM_UNIT_MAX },
          { .name = "price", .type = RAI_VALUE_MONEY, .maximum = RAI_ITEM_MONEY_MAX },
          { .name = "cost", .type = RAI_VALUE_MONEY, .maximum = RAI_ITEM_MONEY_MAX },
          { .name = "pack",
            .type = RAI_VALUE_QUANTITY,
            .minimum = 1,
            .maximum = RAI_ITEM_PACK_MAX },
          { .name = "supplier", .type = RAI_VALUE_INT },
          { .name = "shelf_life",
            .type = RAI_VALUE_INT,
            .maximum = RAI_ITEM_SHELF_LIFE_MAX,
            .help = "days; 0: it keeps" },
          { .name = "active", .type = RAI_VALUE_BOOL },
          { 0 },
      },
  .validate = validate_edit,
  .apply = apply_edit,
  .describe = describe_edit,
};
