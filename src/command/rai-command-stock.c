/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stock ledger's commands. Each writes movements and moves the sum that `stock` keeps, in one
 * transaction: on hand = sum of movements - sum of sales = the last count and what came after. */
#include "command/rai-commands.h"
#include "command/rai-lookup.h"
#include "command/rai-target.h"
#include "db/rai-db-run.h"
#include "db/rai-stock.h"
#include "util/rai-decimal.h"
#include "util/rai-uuid.h"

#include <glib/gi18n-lib.h>

typedef struct {
  int64_t item_id;
  RaiMovementKind kind;
  int64_t quantity;
  bool has_counted;
  int64_t counted;
  const char *order_id;
} Movement;

/* Ids of the rows that one command makes: the first is the command's own, the others follow from it
 * and the index, so that client and server give the same. Returns buffer[RAI_UUID_SIZE]. */
static char *
row_id (const RaiCommandContext *context, unsigned index, char *buffer) {
  uint64_t tail = g_ascii_strtoull (context->id + 24, NULL, 16);
  g_strlcpy (buffer, context->id, RAI_UUID_SIZE);
  g_snprintf (buffer + 24, 13, "%012" G_GINT64_MODIFIER "x",
              (tail + index) & UINT64_C (0xffffffffffff));
  return buffer;
}

static bool
write_movement (RaiCommandContext *context, const Movement *movement, unsigned index,
                int64_t on_order, GError **error) {
  RaiDay day;
  if (!rai_lookup_site_day (context->db, context->site_id, context->acted_at, &day, error))
    return false;

  char id[RAI_UUID_SIZE];
  const RaiMovement row = {
    .id = row_id (context, index, id),
    .site_id = context->site_id,
    .item_id = movement->item_id,
    .at = context->acted_at,
    .day = day,
    .kind = movement->kind,
    .quantity = movement->quantity,
    .counted = movement->has_counted ? &movement->counted : NULL,
    .note = rai_arguments_text (context->arguments, "note"),
    .order_id = movement->order_id,
    .account_id = context->caller->account_id,
    .rev = context->rev,
  };

  return rai_stock_move (context->db, &row, on_order, error);
}

/* Adds to on hand and on order; an item that the site did not carry is carried from now on, and its
 * stock is kept. */
static bool
move_stock (RaiCommandContext *context, int64_t item_id, int64_t on_hand, int64_t on_order,
            GError **error) {
  const RaiStockChange change = { context->site_id, item_id, on_hand, on_order };
  return rai_stock_add (context->db, &change, context->rev, error);
}

static char *
describe_one (RaiCommandContext *context, const char *format) {
  int64_t item_id = rai_arguments_int (context->arguments, "item");
  g_autofree char *name = rai_lookup_item_name (context->db, item_id);
  g_autofree char *quantity = rai_lookup_quantity (
      context->db, item_id, rai_arguments_int (context->arguments, "quantity"));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, name, quantity);
#pragma GCC diagnostic pop
}

/* ---- stock.count ---- */

/* Half a piece on a shelf is a slip of the finger. */
static bool
validate_count (RaiCommandContext *context, GError **error) {
  g_autofree char *unit = NULL;
  if (rai_db_row (context->db, error, "SELECT unit FROM item WHERE id = ?1", "i>t",
                  rai_arguments_int (context->arguments, "item"), &unit) == RAI_STEP_FAILED)
    return false;

  return g_strcmp0 (unit, "piece") != 0 ||
         rai_arguments_int (context->arguments, "quantity") % RAI_QUANTITY_ONE == 0 ||
         rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                     _ ("quantity: the item is sold by the piece; count whole pieces"));
}

static bool
apply_count (RaiCommandContext *context, GError **error) {
  int64_t item_id = rai_arguments_int (context->arguments, "item");
  int64_t counted = rai_arguments_int (context->arguments, "quantity");
  int64_t before;
  char id[RAI_UUID_SIZE];

  if (!rai_stock_before (context->db, context->site_id, item_id, context->acted_at,
                         row_id (context, 0, id), &before, error))
    return false;
  Movement movement = { item_id, RAI_MOVEMENT_COUNT, counted - before, true, counted, NULL };
  g_string_append_printf (context->result,
                          "\"on_hand\":%" G_GINT64_FORMAT ",\"difference\":%" G_GINT64_FORMAT,
                          counted, counted - before);

  return write_movement (context, &movement, 0, 0, error);
}

static char *
describe_count (RaiCommandContext *context) {
  return describe_one (context, _ ("Count: %s, %s"));
}

const RaiCommand rai_command_stock_count = {
  .name = "stock.count",
  .title = N_ ("Count stock"),
  .permission = RAI_PERMISSION_CHANGE_STOCK,
  .arguments =
      (const RaiArgument[]){
          { .name = "site", .type = RAI_VALUE_SITE, .required = true },
          { .name = "item", .type = RAI_VALUE_ITEM, .required = true },
          { .name = "quantity",
            .type = RAI_VALUE_QUANTITY,
            .required = true,
            .maximum = RAI_QUANTITY_MAX,
            .help = "what was found" },
          { .name = "note", .type = RAI_VALUE_TEXT, .maximum = 500 },
          { 0 },
      },
  .validate = validate_count,
  .apply = apply_count,
  .describe = describe_count,
};

/* ---- stock.waste ---- */

static bool
apply_waste (RaiCommandContext *context, GError **error) {
  int64_t item_id = rai_arguments_int (context->arguments, "item");
  Movement movement = { .item_id = item_id,
                        .kind = RAI_MOVEMENT_WASTE,
                        .quantity = -rai_arguments_int (context->arguments, "quantity") };
  return write_movement (context, &movement, 0, 0, error);
}

static char *
describe_waste (RaiCommandContext *context) {
  return describe_one (context, _ ("Waste: %s, %s"));
}

const RaiCommand rai_command_stock_waste = {
  .name = "stock.waste",
  .title = N_ ("Record waste"),
  .permission = RAI_PERMISSION_CHANGE_STOCK,
  .arguments =
      (const RaiArgument[]){
          { .name = "site", .type = RAI_VALUE_SITE, .required = true },
          { .name = "item", .type = RAI_VALUE_ITEM, .required = true },
          { .name = "quantity",
            .type = RAI_VALUE_QUANTITY,
            .required = true,
            .minimum = 1,
            .maximum = RAI_QUANTITY_MAX },
          { .name = "note", .type = RAI_VALUE_TEXT, .maximum = 500 },
          { 0 },
      },
  .apply = apply_waste,
  .describe = describe_waste,
};

/* ---- stock.receive ---- */

typedef struct {
  int64_t item_id;
  int64_t quantity; /* arrived now */
} Arrival;

static bool
validate_receive (RaiCommandContext *context, GError **error) {
  const RaiArguments *arguments = context->arguments;
  bool has_order = rai_arguments_has (arguments, "order");
  if (rai_arguments_has (arguments, "item") != rai_arguments_has (arguments, "quantity"))
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                       _ ("quantity: give it together with the item"));

  if (!has_order && !rai_arguments_has (arguments, "item") &&
      rai_arguments_list_length (arguments, "lines") == 0)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                       _ ("lines: say which items arrived, or for which order"));

  return true;
}

/* What is still to come of one line of the order. */
static bool
read_outstanding (RaiCommandContext *context, const char *order_id, int64_t item_id,
                  int64_t *outstanding, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      context->db, "SELECT quantity, received FROM order_line WHERE order_id = ?1 AND item_id = ?2",
      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, order_id);
  rai_statement_bind_int (statement, 2, item_id);

  RaiStep step = rai_statement_step (statement, error);
  *outstanding = step == RAI_STEP_ROW
                     ? rai_order_line_outstanding (rai_statement_int (statement, 0),
                                                   rai_statement_int (statement, 1))
                     : 0;
  rai_statement_reset (statement);

  return step != RAI_STEP_FAILED;
}

static bool
add_received (RaiCommandContext *context, const char *order_id, const Arrival *arrival,
              GError **error) {
  RaiStatement *statement = rai_db_prepare (context->db,
                                            "UPDATE order_line SET received = received + ?1, rev = "
                                            "?2 WHERE order_id = ?3 AND item_id = ?4",
                                            error);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, arrival->quantity);
  rai_statement_bind_int (statement, 2, context->rev);
  rai_statement_bind_text (statement, 3, order_id);
  rai_statement_bind_int (statement, 4, arrival->item_id);

  return rai_statement_run (statement, error);
}

/* index: of the next movement that the command makes. */
static bool
receive_for (RaiCommandContext *context, const char *order_id, const Arrival *arrival,
             unsigned *index, GError **error) {
  int64_t outstanding = 0;
  if (order_id != NULL &&
      (!read_outstanding (context, order_id, arrival->item_id, &outstanding, error) ||
       !add_received (context, order_id, arrival, error)))
    return false;

  Movement movement = { .item_id = arrival->item_id,
                        .kind = RAI_MOVEMENT_RECEIVE,
                        .quantity = arrival->quantity,
                        .order_id = order_id };

  return write_movement (context, &movement, (*index)++, -MIN (outstanding, arrival->quantity),
                         error);
}

/* The oldest order that waits for the item; *order_id stays NULL when none does. */
static bool
find_open_line (RaiCommandContext *context, int64_t item_id, char **order_id, int64_t *outstanding,
                GError **error) {
  return rai_db_row (context->db, error,
                     "SELECT o.id, l.quantity - l.received FROM order_line l"
                     " JOIN purchase_order o ON o.id = l.order_id"
                     " WHERE o.site_id = ?1 AND o.status = ?3 AND l.item_id = ?2"
                     " AND l.quantity > l.received ORDER BY o.order_day, o.id LIMIT 1",
                     "iit>ti", context->site_id, item_id, rai_order_status_id (RAI_ORDER_APPROVED),
                     order_id, outstanding) != RAI_STEP_FAILED;
}

/* Goods that name no order are what the oldest open lines of the item wait for, and what is over
 * belongs to none. */
static bool
receive_unnamed (RaiCommandContext *context, const Arrival *arrival, unsigned *index,
                 GError **error) {
  Arrival rest = *arrival;

  while (rest.quantity > 0) {
    g_autofree char *order_id = NULL;
    int64_t outstanding = 0;
    if (!find_open_line (context, rest.item_id, &order_id, &outstanding, error))
      return false;

    const int64_t part = order_id != NULL ? MIN (outstanding, rest.quantity) : rest.quantity;
    if (!receive_for (context, order_id, &(Arrival){ rest.item_id, part }, index, error) ||
        (order_id != NULL && !rai_order_finish (context, order_id, error)))
      return false;
    rest.quantity -= part;
  }

  return true;
}

/* All that is still to come of the order, in order of item. */
static GArray *
read_open_lines (RaiCommandContext *context, const char *order_id, GError **error) {
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Arrival));
  RaiStatement *statement =
      rai_db_prepare (context->db,
                      "SELECT item_id, quantity - received FROM order_line WHERE order_id = ?1 "
                      "AND quantity > received ORDER BY item_id",
                      error);

  if (statement == NULL)
    return NULL;
  rai_statement_bind_text (statement, 1, order_id);

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    Arrival arrival = { rai_statement_int (statement, 0), rai_statement_int (statement, 1) };
    g_array_append_val (lines, arrival);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE ? g_steal_pointer (&lines) : NULL;
}

/* The order is done: what did not come will not come. */
static bool
finish_order (RaiCommandContext *context, const char *order_id, GError **error) {
  g_autoptr (GArray) open = read_open_lines (context, order_id, error);
  if (open == NULL)
    return false;
  for (unsigned i = 0; i < open->len; i++) {
    const Arrival *line = &g_array_index (open, Arrival, i);
    if (!move_stock (context, line->item_id, 0, -line->quantity, error))
      return false;
  }

  return rai_order_store (context, error);
}

static GArray *
arrivals (RaiCommandContext *context, const char *order_id, GError **error) {
  size_t n = rai_arguments_list_length (context->arguments, "lines");
  bool one = rai_arguments_has (context->arguments, "item");
  if (n == 0 && !one)
    return read_open_lines (context, order_id, error);

  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Arrival));
  if (one) {
    Arrival arrival = { rai_arguments_int (context->arguments, "item"),
                        rai_arguments_int (context->arguments, "quantity") };
    g_array_append_val (lines, arrival);
  }

  for (size_t i = 0; i < n; i++) {
    const RaiArguments *line = rai_arguments_list_at (context->arguments, "lines", i);
    Arrival arrival = { rai_arguments_int (line, "item"), rai_arguments_int (line, "quantity") };
    g_array_append_val (lines, arrival);
  }

  return lines;
}

static bool
apply_receive (RaiCommandContext *context, GError **error) {
  const char *order_id = rai_arguments_text (context->arguments, "order");
  g_autoptr (GArray) lines = arrivals (context, order_id, error);
  if (lines == NULL)
    return false;

  unsigned index = 0;
  for (unsigned i = 0; i < lines->len; i++) {
    const Arrival *line = &g_array_index (lines, Arrival, i);
    if (order_id != NULL ? !receive_for (context, order_id, line, &index, error)
                         : !receive_unnamed (context, line, &index, error))
      return false;
  }

  if (order_id == NULL)
    return true;
  g_autoptr (GArray) open = read_open_lines (context, order_id, error);
  if (open == NULL)
    return false;
  if (open->len == 0 || rai_arguments_int (context->arguments, "complete"))
    return finish_order (context, order_id, error);

  rai_order_answer (context);
  return true;
}

static char *
describe_receive (RaiCommandContext *context) {
  if (rai_arguments_has (context->arguments, "item"))
    return describe_one (context, _ ("Receive: %s, %s"));
  if (rai_arguments_has (context->arguments, "order")) {
    g_autofree char *order = rai_order_words (context);
    return g_strdup_printf (_ ("Receive: %s"), order);
  }

  size_t n = rai_arguments_list_length (context->arguments, "lines");
  if (n != 1)
    return g_strdup_printf (_ ("Receive: %zu items"), n);

  const RaiArguments *line = rai_arguments_list_at (context->arguments, "lines", 0);
  int64_t item_id = rai_arguments_int (line, "item");
  g_autofree char *name = rai_lookup_item_name (context->db, item_id);
  g_autofree char *quantity =
      rai_lookup_quantity (context->db, item_id, rai_arguments_int (line, "quantity"));

  return g_strdup_printf (_ ("Receive: %s, %s"), name, quantity);
}

const RaiCommand rai_command_stock_receive = {
  .name = "stock.receive",
  .title = N_ ("Receive a delivery"),
  .permission = RAI_PERMISSION_CHANGE_STOCK,
  .target = RAI_TARGET_ORDER,
  .action = RAI_ORDER_RECEIVE,
  .arguments =
      (const RaiArgument[]){
          { .name = "site", .type = RAI_VALUE_SITE, .required = true },
          { .name = "item",
            .type = RAI_VALUE_ITEM,
            .help = "the item that arrived, with its quantity" },
          { .name = "quantity",
            .type = RAI_VALUE_QUANTITY,
            .minimum = 1,
            .maximum = RAI_QUANTITY_MAX },
          { .name = "order",
            .type = RAI_VALUE_UUID,
            .help = "the order that arrived; without items: all of it" },
          { .name = "lines",
            .type = RAI_VALUE_LIST,
            .maximum = 10000,
            .fields =
                (const RaiArgument[]){
                    { .name = "item", .type = RAI_VALUE_ITEM, .required = true },
                    { .name = "quantity",
                      .type = RAI_VALUE_QUANTITY,
                      .required = true,
                      .minimum = 1,
                      .maximum = RAI_QUANTITY_MAX },
                    { 0 },
                } },
          { .name = "complete",
            .type = RAI_VALUE_BOOL,
            .help = "nothing more will come of this order" },
          { .name = "note", .type = RAI_VALUE_TEXT, .maximum = 500 },
          { 0 },
      },
  .validate = validate_receive,
  .apply = apply_receive,
  .describe = describe_receive,
};
