/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command/rai-command.h"

/* The descriptors that rai_commands lists; each is defined in the file of its noun. */
extern const RaiCommand rai_command_sales_record;
extern const RaiCommand rai_command_sales_correct;
extern const RaiCommand rai_command_sales_void;
extern const RaiCommand rai_command_stock_count;
extern const RaiCommand rai_command_stock_receive;
extern const RaiCommand rai_command_stock_waste;
extern const RaiCommand rai_command_order_edit;
extern const RaiCommand rai_command_order_reopen;
extern const RaiCommand rai_command_order_approve;
extern const RaiCommand rai_command_order_cancel;
extern const RaiCommand rai_command_alert_acknowledge;
extern const RaiCommand rai_command_alert_snooze;
extern const RaiCommand rai_command_alert_resolve;
extern const RaiCommand rai_command_forecast_override;
extern const RaiCommand rai_command_item_add;
extern const RaiCommand rai_command_item_edit;
extern const RaiCommand rai_command_supplier_add;
extern const RaiCommand rai_command_supplier_edit;
extern const RaiCommand rai_command_policy_set;
extern const RaiCommand rai_command_site_add;
extern const RaiCommand rai_command_site_edit;
extern const RaiCommand rai_command_site_set_day;
extern const RaiCommand rai_command_user_add;
extern const RaiCommand rai_command_user_disable;
extern const RaiCommand rai_command_user_enable;
extern const RaiCommand rai_command_user_set_role;
extern const RaiCommand rai_command_import_file;
extern const RaiCommand rai_command_demo_generate;
