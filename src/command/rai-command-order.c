/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders on their way from proposal to delivery; the states are core/rai-order's. */
#include "command/rai-commands.h"
#include "command/rai-lookup.h"
#include "command/rai-target.h"
#include "db/rai-stock.h"
#include "util/rai-decimal.h"

#include <glib/gi18n-lib.h>

/* ---- order.edit ---- */

static bool
validate_edit (RaiCommandContext *context, GError **error) {
  const RaiOrderHead *order = &context->target->order;
  int64_t key[] = { rai_arguments_int (context->arguments, "item"), order->supplier_id };
  int64_t from_supplier;
  if (!rai_db_get_int (context->db, "SELECT 1 FROM item WHERE id = ?1 AND supplier_id = ?2", key, 2,
                       0, &from_supplier, error))
    return false;

  if (from_supplier)
    return true;

  g_autofree char *name = rai_lookup_item_name (context->db, key[0]);
  return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("item: %s does not come from %s"), name,
                     order->supplier);
}

static bool
write_line (RaiCommandContext *context, GError **error) {
  RaiStatement *line =
      rai_db_prepare (context->db,
                      "INSERT INTO order_line (order_id, item_id, site_id, quantity, proposed, "
                      "cost, edited_by, rev) "
                      "SELECT CAST(?1 AS TEXT), id, CAST(?2 AS BIGINT), CAST(?3 AS BIGINT), 0, "
                      "cost, CAST(?4 AS BIGINT), CAST(?5 AS BIGINT) FROM item WHERE id = ?6 "
                      "ON CONFLICT (order_id, item_id) DO UPDATE SET quantity = "
                      "excluded.quantity, edited_by = excluded.edited_by, rev = excluded.rev",
                      error);

  if (line == NULL)
    return false;
  rai_statement_bind_text (line, 1, rai_arguments_text (context->arguments, "order"));
  rai_statement_bind_int (line, 2, context->site_id);
  rai_statement_bind_int (line, 3, rai_arguments_int (context->arguments, "quantity"));
  rai_statement_bind_int (line, 4, context->caller->account_id);
  rai_statement_bind_int (line, 5, context->rev);
  rai_statement_bind_int (line, 6, rai_arguments_int (context->arguments, "item"));

  return rai_statement_run (line, error);
}

/* With such totals every sum over orders stays within 64 bits; this one is added as doubles, which
 * are exact far beyond. */
static bool
sum_lines (RaiCommandContext *context, int64_t *total, GError **error) {
  RaiStatement *sum = rai_db_prepare (
      context->db,
      "SELECT CAST(CASE WHEN total > 9e15 THEN 9e15 ELSE total END AS BIGINT) FROM ("
      "SELECT coalesce(sum(CAST((quantity * cost + 500) / 1000 AS DOUBLE PRECISION)), 0) AS total"
      " FROM order_line WHERE order_id = ?1) AS lines",
      error);

  if (sum == NULL)
    return false;
  rai_statement_bind_text (sum, 1, rai_arguments_text (context->arguments, "order"));

  RaiStep step = rai_statement_step (sum, error);
  *total = step == RAI_STEP_ROW ? rai_statement_int (sum, 0) : 0;
  rai_statement_reset (sum);

  if (step == RAI_STEP_ROW && *total > RAI_MONEY_MAX)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                       _ ("quantity: the order would cost more than can be meant"));
  return step != RAI_STEP_FAILED;
}

static bool
apply_edit (RaiCommandContext *context, GError **error) {
  return write_line (context, error) && sum_lines (context, &context->target->order.total, error) &&
         rai_order_store (context, error);
}

static char *
describe_edit (RaiCommandContext *context) {
  int64_t item_id = rai_arguments_int (context->arguments, "item");
  g_autofree char *name = rai_lookup_item_name (context->db, item_id);
  g_autofree char *quantity = rai_lookup_quantity (
      context->db, item_id, rai_arguments_int (context->arguments, "quantity"));
  return g_strdup_printf (_ ("Order quantity: %s, %s"), name, quantity);
}

#define ORDER_ARGUMENT \
  { .name = "order", .type = RAI_VALUE_UUID, .required = true }
#define VERSION_ARGUMENT \
  { .name = "version", .type = RAI_VALUE_INT, .help = "of the order as it was seen" }

const RaiCommand rai_command_order_edit = {
  .name = "order.edit",
  .title = N_ ("Change an order"),
  .permission = RAI_PERMISSION_ORDER,
  .target = RAI_TARGET_ORDER,
  .action = RAI_ORDER_EDIT,
  .arguments =
      (const RaiArgument[]){
          ORDER_ARGUMENT,
          { .name = "item", .type = RAI_VALUE_ITEM, .required = true },
          { .name = "quantity",
            .type = RAI_VALUE_QUANTITY,
            .required = true,
            .maximum = RAI_QUANTITY_MAX },
          VERSION_ARGUMENT,
          { 0 },
      },
  .validate = validate_edit,
  .apply = apply_edit,
  .describe = describe_edit,
};

/* ---- order.approve ---- */

static bool
validate_approve (RaiCommandContext *context, GError **error) {
  const RaiOrderHead *order = &context->target->order;
  if (order->total <= 0)
    return rai_refuse (error, RAI_COMMAND_ERROR_STATE,
                       _ ("The order to %s is empty: there is nothing to approve."),
                       order->supplier);

  if (context->caller->role != RAI_ROLE_STORE_MANAGER)
    return true;

  double limit;
  if (!rai_lookup_policy (context->db, "order_limit_store_manager", context->site_id, &limit,
                          error))
    return false;
  if ((double) order->total <= limit)
    return true;

  g_autofree char *most = rai_lookup_money (context->db, context->site_id, (int64_t) limit);
  g_autofree char *total = rai_lookup_money (context->db, context->site_id, order->total);
  return rai_refuse (error, RAI_COMMAND_ERROR_FORBIDDEN,
                     _ ("The order to %s comes to %s. Above %s a regional manager approves; ask "
                        "yours, or order less."),
                     order->supplier, total, most);
}

/* Adds (sign 1) or takes back (-1) what is still to come of the order's lines as stock on order. */
static bool
move_on_order (RaiCommandContext *context, int sign, GError **error) {
  return rai_stock_add_order (context->db, rai_arguments_text (context->arguments, "order"), sign,
                              context->rev, error);
}

static bool
apply_approve (RaiCommandContext *context, GError **error) {
  RaiOrderHead *order = &context->target->order;
  order->has_approver = true;
  order->approved_by = context->caller->account_id;
  order->approved_at = context->received_at;
  return move_on_order (context, 1, error) && rai_order_store (context, error);
}

static char *
describe_approve (RaiCommandContext *context) {
  g_autofree char *order = rai_order_words (context);
  return g_strdup_printf (_ ("Approve: %s"), order);
}

const RaiCommand rai_command_order_approve = {
  .name = "order.approve",
  .title = N_ ("Approve an order"),
  .permission = RAI_PERMISSION_ORDER,
  .target = RAI_TARGET_ORDER,
  .action = RAI_ORDER_APPROVE,
  .arguments = (const RaiArgument[]){ ORDER_ARGUMENT, VERSION_ARGUMENT, { 0 } },
  .validate = validate_approve,
  .apply = apply_approve,
  .describe = describe_approve,
};

/* ---- order.cancel ---- */

/* Who approved it stays known; else it is who cancelled it. */
static bool
apply_cancel (RaiCommandContext *context, GError **error) {
  RaiOrderHead *order = &context->target->order;
  if (order->status == RAI_ORDER_APPROVED && !move_on_order (context, -1, error))
    return false;

  if (!order->has_approver)
    order->approved_by = context->caller->account_id;
  order->has_approver = true;
  if (order->approved_at == 0)
    order->approved_at = context->received_at;

  return rai_order_store (context, error);
}

static char *
describe_cancel (RaiCommandContext *context) {
  g_autofree char *order = rai_order_words (context);
  return g_strdup_printf (_ ("Cancel: %s"), order);
}

const RaiCommand rai_command_order_cancel = {
  .name = "order.cancel",
  .title = N_ ("Cancel an order"),
  .permission = RAI_PERMISSION_ORDER,
  .target = RAI_TARGET_ORDER,
  .action = RAI_ORDER_CANCEL,
  .arguments = (const RaiArgument[]){ ORDER_ARGUMENT, VERSION_ARGUMENT, { 0 } },
  .apply = apply_cancel,
  .describe = describe_cancel,
};

/* ---- order.reopen ---- */

static bool
validate_reopen (RaiCommandContext *context, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      context->db, "SELECT 1 FROM order_line WHERE order_id = ?1 AND received > 0 LIMIT 1", error);
  if (statement == NULL)
    return false;

  rai_statement_bind_text (statement, 1, rai_arguments_text (context->arguments, "order"));
  RaiStep step = rai_statement_step (statement, error);
  rai_statement_reset (statement);

  if (step == RAI_STEP_ROW)
    return rai_refuse (error, RAI_COMMAND_ERROR_STATE,
                       _ ("Some of the order to %s has come: the approval cannot be taken back."),
                       context->target->order.supplier);

  return step == RAI_STEP_DONE;
}

static bool
apply_reopen (RaiCommandContext *context, GError **error) {
  RaiOrderHead *order = &context->target->order;
  order->has_approver = false;
  order->approved_at = 0;
  return move_on_order (context, -1, error) && rai_order_store (context, error);
}

static char *
describe_reopen (RaiCommandContext *context) {
  g_autofree char *order = rai_order_words (context);
  return g_strdup_printf (_ ("Take back approval: %s"), order);
}

const RaiCommand rai_command_order_reopen = {
  .name = "order.reopen",
  .title = N_ ("Take an approval back"),
  .permission = RAI_PERMISSION_ORDER,
  .target = RAI_TARGET_ORDER,
  .action = RAI_ORDER_REOPEN,
  .arguments = (const RaiArgument[]){ ORDER_ARGUMENT, VERSION_ARGUMENT, { 0 } },
  .validate = validate_reopen,
  .apply = apply_reopen,
  .describe = describe_reopen,
};
