/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-arguments.h"
#include "command/rai-commands.h"
#include "command/rai-lookup.h"
#include "core/rai-code.h"
#include "db/rai-items.h"
#include "db/rai-stock.h"

#include <glib/gi18n-lib.h>

/* Of a new item that nobody gave one. */
#define DEPARTMENT "General"

/* What may change, in the order of the log's line. */
static const char *const changeable[] = {
  "name",     "department", "department_name", "category", "barcode",    "unit",
  "supplier", "pack",       "price",           "cost",     "shelf_life", "active",
};

/* The arguments of both commands; `active` is not a new item's. */
/* clang-format off */
#define TEXT(which, ...) { .name = which, .type = RAI_VALUE_TEXT, .stripped = true, __VA_ARGS__ }
#define ITEM_ARGUMENTS \
  { .name = "department", .type = RAI_VALUE_INT }, \
  TEXT ("category", .maximum = RAI_ITEM_CATEGORY_MAX), \
  TEXT ("barcode", .maximum = RAI_ITEM_BARCODE_MAX), \
  TEXT ("unit", .minimum = 1, .maximum = RAI_ITEM_UNIT_MAX), \
  { .name = "price", .type = RAI_VALUE_MONEY, .maximum = RAI_ITEM_MONEY_MAX }, \
  { .name = "cost", .type = RAI_VALUE_MONEY, .maximum = RAI_ITEM_MONEY_MAX }, \
  { .name = "pack", .type = RAI_VALUE_QUANTITY, .minimum = 1, .maximum = RAI_ITEM_PACK_MAX }, \
  { .name = "supplier", .type = RAI_VALUE_INT }, \
  { .name = "shelf_life", .type = RAI_VALUE_INT, .maximum = RAI_ITEM_SHELF_LIFE_MAX, \
    .help = "days; 0: it keeps" }
#define DEPARTMENT_NAME \
  TEXT ("department_name", .minimum = 1, .maximum = RAI_ITEM_CATEGORY_MAX, \
        .help = "instead of department: made when there is none of that name")
/* clang-format on */

/* The numbers that the arguments give, and the values that point at them. */
typedef struct {
  RaiItemValues values;
  int64_t numbers[G_N_ELEMENTS (changeable)]; /* the last: of a department by its name */
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
  };
  if (rai_arguments_takes (context->arguments, "active"))
    edit->values.active = rai_arguments_int_if_said (context->arguments, "active", store++);
}

/* What the bounds of the arguments do not say. */
static bool
check_faults (RaiCommandContext *context, const Edit *edit, int64_t item_id, GError **error) {
  const char *fault = rai_item_fault (&edit->values);
  if (fault == NULL && item_id != 0 &&
      !rai_item_edit_fault (context->db, item_id, &edit->values, &fault, error))
    return false;
  return fault == NULL || rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, "%s", fault);
}

/* A department by its name has its id from here. */
static bool
find_department (RaiCommandContext *context, Edit *edit, GError **error) {
  int64_t *id = &edit->numbers[G_N_ELEMENTS (edit->numbers) - 1];
  const char *name = rai_arguments_text (context->arguments, "department_name");
  if (name == NULL)
    return true;
  edit->values.department_id = id;
  return rai_item_department (context->db, name, context->rev, id, error);
}

/* What both commands look at. item_id 0: a new one. */
static bool
check_values (RaiCommandContext *context, int64_t item_id, GError **error) {
  Edit edit;
  const char *missing;
  g_autofree char *other = NULL;
  read_edit (context, &edit);
  if (edit.values.department_id != NULL &&
      rai_arguments_has (context->arguments, "department_name"))
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                       _ ("Say the department by its number or by its name, not both."));
  if (!rai_item_find_missing (context->db, &edit.values, &missing, error))
    return false;
  if (missing != NULL)
    return rai_refuse (error, RAI_COMMAND_ERROR_NOT_FOUND, _ ("%s: there is no %" G_GINT64_FORMAT),
                       missing, rai_arguments_int (context->arguments, missing));

  if (!check_faults (context, &edit, item_id, error))
    return false;

  /* A scan means one item. */
  if (edit.values.barcode == NULL || *edit.values.barcode == '\0')
    return true;
  return rai_item_find_barcode (context->db, edit.values.barcode, item_id, &other, error) &&
         (other == NULL ||
          rai_refuse (error, RAI_COMMAND_ERROR_STATE, _ ("The barcode is that of “%s”."), other));
}

/* ---- item.add ---- */

static bool
validate_add (RaiCommandContext *context, GError **error) {
  return check_values (context, 0, error);
}

static bool
apply_add (RaiCommandContext *context, GError **error) {
  const RaiArguments *arguments = context->arguments;
  const int64_t site_id = rai_arguments_int (arguments, "site");
  int64_t id, general;
  Edit edit;
  read_edit (context, &edit);
  g_autofree char *sku = rai_lookup_new_code (
      context->db, RAI_CODE_ITEM, rai_arguments_text (arguments, "sku"), edit.values.name, error);
  if (sku == NULL || !find_department (context, &edit, error) ||
      !rai_codes_next_id (context->db, RAI_CODE_ITEM, &id, error))
    return false;

  if (edit.values.department_id == NULL) {
    if (!rai_item_department (context->db, DEPARTMENT, context->rev, &general, error))
      return false;
    edit.values.department_id = &general;
  }

  g_string_append_printf (context->result, "\"item\":%" G_GINT64_FORMAT, id);
  return rai_item_add (context->db, id, sku, &edit.values, context->rev, error) &&
         (site_id == 0 || rai_stock_carry (context->db, site_id, id, context->rev, error));
}

static char *
describe_add (RaiCommandContext *context) {
  return g_strdup_printf (_ ("Add item: %s"), rai_arguments_text (context->arguments, "name"));
}

const RaiCommand rai_command_item_add = {
  .name = "item.add",
  .title = N_ ("Add an item"),
  .permission = RAI_PERMISSION_EDIT_ITEMS,
  .reach = RAI_REACH_COMPANY,
  .arguments =
      (const RaiArgument[]){
          TEXT ("name", .required = true, .minimum = 1, .maximum = RAI_ITEM_NAME_MAX),
          TEXT ("sku", .minimum = 1, .maximum = RAI_CODE_MAX,
                .help = "article number; made of the name when it is not said"),
          ITEM_ARGUMENTS,
          DEPARTMENT_NAME,
          { .name = "site",
            .type = RAI_VALUE_SITE,
            .help = "a store that carries it, its stock not known yet" },
          { 0 },
      },
  .validate = validate_add,
  .apply = apply_add,
  .describe = describe_add,
  .server_only = true, /* ids are the server's */
};

/* ---- item.edit ---- */

static bool
validate_edit (RaiCommandContext *context, GError **error) {
  bool any = false;
  for (size_t i = 0; i < G_N_ELEMENTS (changeable); i++)
    any = any || rai_arguments_has (context->arguments, changeable[i]);
  if (!any)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("Say what of the item is to change."));

  return check_values (context, rai_arguments_int (context->arguments, "item"), error);
}

static bool
apply_edit (RaiCommandContext *context, GError **error) {
  Edit edit;
  read_edit (context, &edit);
  return find_department (context, &edit, error) &&
         rai_item_edit (context->db, rai_arguments_int (context->arguments, "item"), &edit.values,
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
          TEXT ("name", .minimum = 1, .maximum = RAI_ITEM_NAME_MAX),
          ITEM_ARGUMENTS,
          { .name = "active", .type = RAI_VALUE_BOOL, .help = "false: it is not sold any more" },
          DEPARTMENT_NAME,
          { 0 },
      },
  .validate = validate_edit,
  .apply = apply_edit,
  .describe = describe_edit,
};
