/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-target.h"

#include "command/rai-lookup.h"
#include "db/rai-db-run.h"

#include <glib/gi18n-lib.h>

void
rai_target_free (RaiTarget *target) {
  if (target == NULL)
    return;
  g_free (target->order.supplier);
  g_free (target->alert.kind);
  g_free (target);
}

/* ---- Reading ---- */

/* What a newer program has written is nothing that this one can act on: an end state. */
static void
take_order (RaiTarget *target, RaiStatement *row) {
  RaiOrderHead *order = &target->order;
  target->site_id = rai_statement_int (row, 0);
  order->supplier_id = rai_statement_int (row, 1);
  order->supplier = g_strdup (rai_statement_text (row, 2));
  if (!rai_order_status_parse (rai_statement_text (row, 3), &order->status))
    order->status = RAI_ORDER_CANCELLED;

  order->total = rai_statement_int (row, 4);
  order->version = rai_statement_int (row, 5);
  order->has_approver = !rai_statement_is_null (row, 6);
  order->approved_by = rai_statement_int (row, 6);
  order->approved_at = rai_statement_int (row, 7);
}

static void
take_alert (RaiTarget *target, RaiStatement *row) {
  target->site_id = rai_statement_int (row, 0);
  target->alert.item_id = rai_statement_int (row, 1);
  if (!rai_alert_state_parse (rai_statement_text (row, 2), &target->alert.state))
    target->alert.state = RAI_ALERT_RESOLVED;
  target->alert.kind = g_strdup (rai_statement_text (row, 3));
}

typedef struct {
  const char *argument; /* names the row */
  const char *sql;      /* ?1: its id */
  void (*take) (RaiTarget *target, RaiStatement *row);
} Kind;

static const Kind kinds[] = {
  [RAI_TARGET_ORDER] = {
    "order",
    "SELECT o.site_id, o.supplier_id, s.name, o.status, o.total, o.version, o.approved_by, "
    "o.approved_at FROM purchase_order o LEFT JOIN supplier s ON s.id = o.supplier_id "
    "WHERE o.id = ?1",
    take_order,
  },
  [RAI_TARGET_ALERT] = {
    "alert",
    "SELECT site_id, item_id, state, kind FROM alert WHERE id = ?1",
    take_alert,
  },
};

static const char *
target_id (const RaiCommandContext *context) {
  const RaiCommand *command = context->command;
  return command->target == RAI_TARGET_NONE
             ? NULL
             : rai_arguments_text (context->arguments, kinds[command->target].argument);
}

bool
rai_target_read (RaiCommandContext *context, GError **error) {
  const char *id = target_id (context);
  if (id == NULL || context->target != NULL)
    return true;

  const Kind *kind = &kinds[context->command->target];
  RaiStatement *statement = rai_db_prepare (context->db, kind->sql, error);
  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, id);

  g_autoptr (RaiTarget) target = g_new0 (RaiTarget, 1);
  RaiStep step = rai_statement_step (statement, error);
  target->found = step == RAI_STEP_ROW;
  if (target->found)
    kind->take (target, statement);

  rai_statement_reset (statement);
  if (step == RAI_STEP_FAILED)
    return false;

  context->target = g_steal_pointer (&target);
  return true;
}

bool
rai_target_is_told (const RaiCommandContext *context) {
  return context->target != NULL && context->target->found &&
         rai_identity_sees_site (context->caller, context->target->site_id);
}

/* ---- Refusing ---- */

static bool
refuse_missing (RaiTargetKind kind, GError **error) {
  if (kind == RAI_TARGET_ALERT)
    return rai_refuse (error, RAI_COMMAND_ERROR_NOT_FOUND, _ ("The alert is not there any more."));
  return rai_refuse (error, RAI_COMMAND_ERROR_NOT_FOUND,
                     _ ("The order is not there any more: a newer proposal has replaced it. "
                        "Look at the current "
                        "proposal and decide again."));
}

static bool
check_site (RaiCommandContext *context, GError **error) {
  bool alert = context->command->target == RAI_TARGET_ALERT;
  int64_t site_id = context->target->site_id;
  if (!rai_identity_sees_site (context->caller, site_id))
    return rai_refuse (error, RAI_COMMAND_ERROR_FORBIDDEN, "%s",
                       alert ? _ ("The alert belongs to a store that is not yours.")
                             : _ ("The order belongs to a store that is not yours."));

  if (context->site_id != 0 && context->site_id != site_id)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("order: it is another store's"));

  context->site_id = site_id;
  return true;
}

static bool
check_alert (RaiCommandContext *context, GError **error) {
  RaiAlertHead *alert = &context->target->alert;
  if (rai_alert_state_after (alert->state, (RaiAlertAction) context->command->action, &alert->next))
    return true;
  return rai_refuse (error, RAI_COMMAND_ERROR_STATE, _ ("The alert is %s already."),
                     rai_alert_state_id (alert->state));
}

static bool
check_version (RaiCommandContext *context, GError **error) {
  const RaiOrderHead *order = &context->target->order;
  int64_t seen = rai_arguments_int (context->arguments, "version");
  if (seen == order->version)
    return true;

  g_string_append_printf (context->result,
                          "\"seen_version\":%" G_GINT64_FORMAT ",\"version\":%" G_GINT64_FORMAT
                          ",\"total\":%" G_GINT64_FORMAT,
                          seen, order->version, order->total);

  g_autofree char *total = rai_lookup_money (context->db, context->site_id, order->total);
  return rai_refuse (error, RAI_COMMAND_ERROR_CONFLICT,
                     _ ("The order to %s was changed since you saw it; it now comes to %s. Look at "
                        "it and decide again."),
                     order->supplier, total);
}

static bool
check_order (RaiCommandContext *context, GError **error) {
  RaiOrderHead *order = &context->target->order;
  RaiOrderAction action = (RaiOrderAction) context->command->action;
  if (!rai_order_status_after (order->status, action, &order->next)) {
    const char *status = rai_order_status_id (order->status);
    if (action == RAI_ORDER_RECEIVE)
      return rai_refuse (error, RAI_COMMAND_ERROR_STATE,
                         _ ("The order to %s is %s; only an approved one can arrive."),
                         order->supplier, status);
    return rai_refuse (error, RAI_COMMAND_ERROR_STATE, _ ("The order to %s is %s already."),
                       order->supplier, status);
  }

  return !rai_arguments_takes (context->arguments, "version") ||
         !rai_arguments_has (context->arguments, "version") || check_version (context, error);
}

bool
rai_target_check (RaiCommandContext *context, GError **error) {
  if (!rai_target_read (context, error))
    return false;
  if (context->target == NULL)
    return true;

  RaiTargetKind kind = context->command->target;
  if (!context->target->found)
    return refuse_missing (kind, error);

  return check_site (context, error) &&
         (kind == RAI_TARGET_ALERT ? check_alert (context, error) : check_order (context, error));
}

/* ---- Orders ---- */

/* The total is made of costs. */
static bool
tells_total (const RaiCommandContext *context) {
  return rai_identity_may (context->caller, RAI_PERMISSION_SEE_COSTS);
}

void
rai_order_answer (RaiCommandContext *context) {
  const RaiOrderHead *order = &context->target->order;
  g_string_append_printf (context->result, "\"status\":\"%s\",\"version\":%" G_GINT64_FORMAT,
                          rai_order_status_id (order->status), order->version);
  if (tells_total (context))
    g_string_append_printf (context->result, ",\"total\":%" G_GINT64_FORMAT, order->total);
}

static void
bind_or_null (RaiStatement *statement, int position, bool there, int64_t value) {
  if (there)
    rai_statement_bind_int (statement, position, value);
  else
    rai_statement_bind_null (statement, position);
}

bool
rai_order_store (RaiCommandContext *context, GError **error) {
  RaiOrderHead *order = &context->target->order;
  RaiStatement *statement =
      rai_db_prepare (context->db,
                      "UPDATE purchase_order SET status = ?2, total = ?3, "
                      "approved_by = CAST(?4 AS BIGINT), approved_at = CAST(?5 AS BIGINT), "
                      "version = ?6, rev = ?7 WHERE id = ?1",
                      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, target_id (context));
  rai_statement_bind_text (statement, 2, rai_order_status_id (order->next));
  rai_statement_bind_int (statement, 3, order->total);
  bind_or_null (statement, 4, order->has_approver, order->approved_by);
  bind_or_null (statement, 5, order->approved_at != 0, order->approved_at);
  rai_statement_bind_int (statement, 6, order->version + 1);
  rai_statement_bind_int (statement, 7, context->rev);
  if (!rai_statement_run (statement, error))
    return false;

  order->status = order->next;
  order->version++;
  rai_order_answer (context);
  return true;
}

bool
rai_order_finish (RaiCommandContext *context, const char *order_id, GError **error) {
  return rai_db_run (context->db, error,
                     "UPDATE purchase_order SET status = ?3, version = version + 1,"
                     " rev = ?2 WHERE id = ?1 AND status = ?4 AND NOT EXISTS"
                     " (SELECT 1 FROM order_line WHERE order_id = ?1 AND quantity > received)",
                     "titt", order_id, context->rev, rai_order_status_id (RAI_ORDER_RECEIVED),
                     rai_order_status_id (RAI_ORDER_APPROVED));
}

char *
rai_order_words (const RaiCommandContext *context) {
  if (!rai_target_is_told (context))
    return g_strdup (_ ("an order"));

  const RaiOrderHead *order = &context->target->order;
  const char *supplier = order->supplier != NULL ? order->supplier : "?";
  if (!tells_total (context))
    return g_strdup_printf (_ ("order to %s"), supplier);

  g_autofree char *total = rai_lookup_money (context->db, context->target->site_id, order->total);
  return g_strdup_printf (_ ("order to %s, %s"), supplier, total);
}
