/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-arguments.h"
#include "command/rai-commands.h"
#include "command/rai-lookup.h"
#include "core/rai-code.h"
#include "db/rai-db-run.h"
#include "db/rai-suppliers.h"

#include <glib/gi18n-lib.h>

/* What may change, as the log says it. */
static const struct {
  const char *argument;
  const char *title;
} changeable[] = {
  { "name", N_ ("name") },
  { "lead_days", N_ ("delivery time") },
  { "lead_spread", N_ ("how much it varies") },
  { "order_weekdays", N_ ("order days") },
  { "minimum_order", N_ ("smallest order") },
};

/* clang-format off */
#define SUPPLIER_ARGUMENTS \
  { .name = "lead_days", .type = RAI_VALUE_INT, .maximum = RAI_SUPPLIER_LEAD_DAYS_MAX, \
    .help = "from the order to the delivery" }, \
  { .name = "lead_spread", .type = RAI_VALUE_DOUBLE, .maximum = RAI_SUPPLIER_LEAD_DAYS_MAX, \
    .help = "standard deviation of that, days" }, \
  { .name = "order_weekdays", .type = RAI_VALUE_INT, .minimum = 1, \
    .maximum = RAI_SUPPLIER_ALL_WEEKDAYS, .help = "when orders are taken; bit 0 is Monday" }, \
  { .name = "minimum_order", .type = RAI_VALUE_MONEY, .maximum = RAI_SUPPLIER_MINIMUM_MAX }
/* clang-format on */

/* The numbers that the arguments give, and the values that point at them. */
typedef struct {
  RaiSupplierValues values;
  int64_t lead_days, weekdays, minimum;
  double spread;
} Edit;

static void
read_edit (const RaiCommandContext *context, Edit *edit) {
  const RaiArguments *arguments = context->arguments;
  edit->spread = rai_arguments_double (arguments, "lead_spread");
  edit->values = (RaiSupplierValues){
    .name = rai_arguments_text (arguments, "name"),
    .lead_days = rai_arguments_int_if_said (arguments, "lead_days", &edit->lead_days),
    .lead_spread = rai_arguments_has (arguments, "lead_spread") ? &edit->spread : NULL,
    .order_weekdays = rai_arguments_int_if_said (arguments, "order_weekdays", &edit->weekdays),
    .minimum_order = rai_arguments_int_if_said (arguments, "minimum_order", &edit->minimum),
  };
}

/* ---- supplier.add ---- */

static bool
apply_add (RaiCommandContext *context, GError **error) {
  int64_t id;
  Edit edit;
  read_edit (context, &edit);
  g_autofree char *code = rai_lookup_new_code (context->db, RAI_CODE_SUPPLIER,
                                               rai_arguments_text (context->arguments, "code"),
                                               edit.values.name, error);
  if (code == NULL || !rai_codes_next_id (context->db, RAI_CODE_SUPPLIER, &id, error))
    return false;

  g_string_append_printf (context->result, "\"supplier\":%" G_GINT64_FORMAT, id);
  return rai_supplier_add (context->db, id, code, &edit.values, context->rev, error);
}

static char *
describe_add (RaiCommandContext *context) {
  return g_strdup_printf (_ ("Add supplier: %s"), rai_arguments_text (context->arguments, "name"));
}

const RaiCommand rai_command_supplier_add = {
  .name = "supplier.add",
  .title = N_ ("Add a supplier"),
  .permission = RAI_PERMISSION_EDIT_ITEMS,
  .reach = RAI_REACH_COMPANY,
  .arguments =
      (const RaiArgument[]){
          { .name = "name",
            .type = RAI_VALUE_TEXT,
            .required = true,
            .minimum = 1,
            .maximum = RAI_SUPPLIER_NAME_MAX,
            .stripped = true },
          { .name = "code",
            .type = RAI_VALUE_TEXT,
            .minimum = 1,
            .maximum = RAI_CODE_MAX,
            .stripped = true,
            .help = "what files call it; made of the name when it is not said" },
          SUPPLIER_ARGUMENTS,
          { 0 },
      },
  .apply = apply_add,
  .describe = describe_add,
  .server_only = true, /* ids are the server's */
};

/* ---- supplier.edit ---- */

static bool
validate_edit (RaiCommandContext *context, GError **error) {
  bool any = false;
  for (size_t i = 0; i < G_N_ELEMENTS (changeable); i++)
    any = any || rai_arguments_has (context->arguments, changeable[i].argument);
  if (!any)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                       _ ("Say what of the supplier is to change."));

  const int64_t id = rai_arguments_int (context->arguments, "supplier");
  const RaiStep step =
      rai_db_row (context->db, error, "SELECT 1 FROM supplier WHERE id = ?1", "i", id);
  if (step == RAI_STEP_DONE)
    return rai_refuse (error, RAI_COMMAND_ERROR_NOT_FOUND,
                       _ ("There is no supplier %" G_GINT64_FORMAT "."), id);
  return step == RAI_STEP_ROW;
}

static bool
apply_edit (RaiCommandContext *context, GError **error) {
  Edit edit;
  read_edit (context, &edit);
  return rai_supplier_edit (context->db, rai_arguments_int (context->arguments, "supplier"),
                            &edit.values, context->rev, NULL, error);
}

static char *
describe_edit (RaiCommandContext *context) {
  const int64_t id = rai_arguments_int (context->arguments, "supplier");
  g_autofree char *name = NULL;
  g_autoptr (GString) what = g_string_new (NULL);
  rai_db_row (context->db, NULL, "SELECT name FROM supplier WHERE id = ?1", "i>t", id, &name);
  if (name == NULL)
    name = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  for (size_t i = 0; i < G_N_ELEMENTS (changeable); i++)
    if (rai_arguments_has (context->arguments, changeable[i].argument))
      g_string_append_printf (what, "%s%s", what->len > 0 ? ", " : "", _ (changeable[i].title));
  return g_strdup_printf (_ ("Edit supplier: %s (%s)"), name, what->str);
}

const RaiCommand rai_command_supplier_edit = {
  .name = "supplier.edit",
  .title = N_ ("Edit a supplier"),
  .permission = RAI_PERMISSION_EDIT_ITEMS,
  .reach = RAI_REACH_COMPANY,
  .arguments =
      (const RaiArgument[]){
          { .name = "supplier", .type = RAI_VALUE_INT, .required = true },
          { .name = "name",
            .type = RAI_VALUE_TEXT,
            .minimum = 1,
            .maximum = RAI_SUPPLIER_NAME_MAX,
            .stripped = true },
          SUPPLIER_ARGUMENTS,
          { 0 },
      },
  .validate = validate_edit,
  .apply = apply_edit,
  .describe = describe_edit,
};
