/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders on their way from proposal to delivery; the states are core/rai-order's. */
#include "command/rai-commands.h"
#include "command/rai-lookup.h"
#include "core/rai-order.h"
#include "db/rai-stock.h"
#include "util/rai-decimal.h"

#include <glib/gi18n-lib.h>

#define QUANTITY_MAX (INT64_C (1000000000) * RAI_QUANTITY_ONE)

/* Reads the order, checks that the action is possible and that nobody changed the order since it
 * was seen. */
static bool
check_order (RaiCommandContext *context, RaiOrderAction action, RaiOrderRow *order,
             GError **error) {
  if (!rai_lookup_order (context, order, error))
    return false;

  RaiOrderStatus status, next;
  if (!rai_order_status_parse (order->status, &status) ||
      !rai_order_status_after (status, action, &next))
    return rai_refuse (error, RAI_COMMAND_ERROR_STATE, _ ("The order to %s is %s already."),
                       order->supplier, order->status);

  if (!rai_arguments_has (context->arguments, "version"))
    return true;

  int64_t seen = rai_arguments_int (context->arguments, "version");
  if (seen == order->version)
    return true;
  g_string_append_printf (context->result,
                          "\"seen_version\":%" G_GINT64_FORMAT ",\"version\":%" G_GINT64_FORMAT
                          ",\"total\":%" G_GINT64_FORMAT,
                          seen, order->version, order->total);

  g_autofree char *total = rai_lookup_money (context->db, order->site_id, order->total);
  return rai_refuse (error, RAI_COMMAND_ERROR_CONFLICT,
                     _ ("The order to %s was changed since you saw it; it now comes to %s. Look at "
                        "it and decide again."),
                     order->supplier, total);
}

static bool
set_status (RaiCommandContext *context, const char *sql, GError **error) {
  RaiStatement *statement = rai_db_prepare (context->db, sql, error);
  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, rai_arguments_text (context->arguments, "order"));
  rai_statement_bind_int (statement, 2, context->rev);
  rai_statement_bind_int (statement, 3, context->caller->account_id);
  rai_statement_bind_int (statement, 4, context->received_at);
  return rai_statement_run (statement, error);
}

/* ---- order.edit ---- */

static bool
validate_edit (RaiCommandContext *context, GError **error) {
  g_auto (RaiOrderRow) order = { 0 };
  if (!check_order (context, RAI_ORDER_EDIT, &order, error))
    return false;

  int64_t key[] = { rai_arguments_int (context->arguments, "item"), order.supplier_id };
  int64_t from_supplier;
  if (!rai_db_get_int (context->db, "SELECT 1 FROM item WHERE id = ?1 AND supplier_id = ?2", key, 2,
                       0, &from_supplier, error))
    return false;

  if (from_supplier)
    return true;

  g_autofree char *name = rai_lookup_item_name (context->db, key[0]);
  return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("item: %s does not come from %s"), name,
                     order.supplier);
}

static bool
apply_edit (RaiCommandContext *context, GError **error) {
  const char *order_id = rai_arguments_text (context->arguments, "order");
  RaiStatement *line = rai_db_prepare (context->db,
                                       "INSERT INTO order_line (order_id, item_id, site_id, "
                                       "quantity, proposed, cost, edited_by, rev) "
                                       "SELECT CAST(?1 AS TEXT), id, CAST(?2 AS BIGINT), CAST(?3 "
                                       "AS BIGINT), 0, cost, CAST(?4 AS BIGINT), "
                                       "CAST(?5 AS BIGINT) FROM item WHERE id = ?6 "
                                       "ON CONFLICT (order_id, item_id) DO UPDATE SET quantity = "
                                       "excluded.quantity, edited_by = excluded.edited_by, "
                                       "rev = excluded.rev",
                                       error);

  if (line == NULL)
    return false;
  rai_statement_bind_text (line, 1, order_id);
  rai_statement_bind_int (line, 2, context->site_id);
  rai_statement_bind_int (line, 3, rai_arguments_int (context->arguments, "quantity"));
  rai_statement_bind_int (line, 4, context->caller->account_id);
  rai_statement_bind_int (line, 5, context->rev);
  rai_statement_bind_int (line, 6, rai_arguments_int (context->arguments, "item"));
  if (!rai_statement_run (line, error))
    return false;

  RaiStatement *order =
      rai_db_prepare (context->db,
                      "UPDATE purchase_order SET version = version + 1, rev = ?2, total = (SELECT "
                      "coalesce(sum((quantity * cost + 500) "
                      "/ 1000), 0) FROM order_line WHERE order_id = ?1) WHERE id = ?1",
                      error);

  if (order == NULL)
    return false;
  rai_statement_bind_text (order, 1, order_id);
  rai_statement_bind_int (order, 2, context->rev);

  return rai_statement_run (order, error);
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
  .arguments =
      (const RaiArgument[]){
          ORDER_ARGUMENT,
          { .name = "item", .type = RAI_VALUE_ITEM, .required = true },
          { .name = "quantity",
            .type = RAI_VALUE_QUANTITY,
            .required = true,
            .maximum = QUANTITY_MAX },
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
  g_auto (RaiOrderRow) order = { 0 };
  if (!check_order (context, RAI_ORDER_APPROVE, &order, error))
    return false;
  if (order.total <= 0)
    return rai_refuse (error, RAI_COMMAND_ERROR_STATE,
                       _ ("The order to %s is empty: there is nothing to approve."),
                       order.supplier);

  if (context->caller->role != RAI_ROLE_STORE_MANAGER)
    return true;

  double limit;
  if (!rai_lookup_policy (context->db, "order_limit_store_manager", order.site_id, &limit, error))
    return false;
  if ((double) order.total <= limit)
    return true;

  g_autofree char *most = rai_lookup_money (context->db, order.site_id, (int64_t) limit);
  g_autofree char *total = rai_lookup_money (context->db, order.site_id, order.total);
  return rai_refuse (error, RAI_COMMAND_ERROR_FORBIDDEN,
                     _ ("The order to %s comes to %s. Above %s a regional manager approves; ask "
                        "yours, or order less."),
                     order.supplier, total, most);
}

/* Adds (sign 1) or takes back (-1) what is still to come of the order's lines as stock on order. */
static bool
move_on_order (RaiCommandContext *context, int sign, GError **error) {
  return rai_stock_add_order (context->db, rai_arguments_text (context->arguments, "order"), sign,
                              context->rev, error);
}

static bool
apply_approve (RaiCommandContext *context, GError **error) {
  return move_on_order (context, 1, error) &&
         set_status (
             context,
             "UPDATE purchase_order SET status = 'approved', approved_by = ?3, approved_at = ?4, "
             "version = version + 1, rev = ?2 WHERE id = ?1",
             error);
}

static char *
describe_approve (RaiCommandContext *context) {
  g_autofree char *order = rai_lookup_order_words (context);
  return g_strdup_printf (_ ("Approve: %s"), order);
}

const RaiCommand rai_command_order_approve = {
  .name = "order.approve",
  .title = N_ ("Approve an order"),
  .permission = RAI_PERMISSION_ORDER,
  .arguments = (const RaiArgument[]){ ORDER_ARGUMENT, VERSION_ARGUMENT, { 0 } },
  .validate = validate_approve,
  .apply = apply_approve,
  .describe = describe_approve,
};

/* ---- order.cancel ---- */

static bool
validate_cancel (RaiCommandContext *context, GError **error) {
  g_auto (RaiOrderRow) order = { 0 };
  return check_order (context, RAI_ORDER_CANCEL, &order, error);
}

static bool
apply_cancel (RaiCommandContext *context, GError **error) {
  g_auto (RaiOrderRow) order = { 0 };
  if (!rai_lookup_order (context, &order, error))
    return false;

  bool open = g_strcmp0 (order.status, rai_order_status_id (RAI_ORDER_APPROVED)) == 0;
  if (open && !move_on_order (context, -1, error))
    return false;

  return set_status (
      context,
      "UPDATE purchase_order SET status = 'cancelled', approved_by = coalesce(approved_by, ?3), "
      "approved_at = coalesce(approved_at, ?4), version = version + 1, rev = ?2 WHERE id = ?1",
      error);
}

static char *
describe_cancel (RaiCommandContext *context) {
  g_autofree char *order = rai_lookup_order_words (context);
  return g_strdup_printf (_ ("Cancel: %s"), order);
}

const RaiCommand rai_command_order_cancel = {
  .name = "order.cancel",
  .title = N_ ("Cancel an order"),
  .permission = RAI_PERMISSION_ORDER,
  .arguments = (const RaiArgument[]){ ORDER_ARGUMENT, VERSION_ARGUMENT, { 0 } },
  .validate = validate_cancel,
  .apply = apply_cancel,
  .describe = describe_cancel,
};

/* ---- order.reopen ---- */

static bool
validate_reopen (RaiCommandContext *context, GError **error) {
  g_auto (RaiOrderRow) order = { 0 };
  if (!check_order (context, RAI_ORDER_REOPEN, &order, error))
    return false;

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
                       order.supplier);

  return step == RAI_STEP_DONE;
}

static bool
apply_reopen (RaiCommandContext *context, GError **error) {
  return move_on_order (context, -1, error) &&
         set_status (context,
                     "UPDATE purchase_order SET status = 'proposed', approved_by = NULL, "
                     "approved_at = NULL, "
                     "version = version + 1, rev = ?2 WHERE id = ?1",
                     error);
}

static char *
describe_reopen (RaiCommandContext *context) {
  g_autofree char *order = rai_lookup_order_words (context);
  return g_strdup_printf (_ ("Take back approval: %s"), order);
}

const RaiCommand rai_command_order_reopen = {
  .name = "order.reopen",
  .title = N_ ("Take an approval back"),
  .permission = RAI_PERMISSION_ORDER,
  .arguments = (const RaiArgument[]){ ORDER_ARGUMENT, VERSION_ARGUMENT, { 0 } },
  .validate = validate_reopen,
  .apply = apply_reopen,
  .describe = describe_reopen,
};
