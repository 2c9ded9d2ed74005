/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-commands.h"

#include <string.h>

/* clang-format off */
const RaiCommand *const rai_commands[] = {
  &rai_command_sales_record,
  &rai_command_sales_correct,
  &rai_command_sales_void,
  &rai_command_stock_count,
  &rai_command_stock_receive,
  &rai_command_stock_waste,
  &rai_command_order_edit,
  &rai_command_order_approve,
  &rai_command_order_cancel,
  &rai_command_order_reopen,
  &rai_command_alert_acknowledge,
  &rai_command_alert_snooze,
  &rai_command_alert_resolve,
  &rai_command_forecast_override,
  &rai_command_item_add,
  &rai_command_item_edit,
  &rai_command_supplier_add,
  &rai_command_supplier_edit,
  &rai_command_policy_set,
  &rai_command_site_add,
  &rai_command_site_edit,
  &rai_command_site_set_day,
  &rai_command_user_add,
  &rai_command_user_disable,
  &rai_command_user_enable,
  &rai_command_user_set_role,
  &rai_command_import_file,
  &rai_command_demo_generate,
  NULL,
};
/* clang-format on */

const RaiCommand *
rai_command_find (const char *name) {
  for (const RaiCommand *const *command = rai_commands; name != NULL && *command != NULL; command++)
    if (strcmp ((*command)->name, name) == 0)
      return *command;
  return NULL;
}
