/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Receipts of a till. Idempotent twice over: by the command's id, and by site + receipt number. */
#include "command/rai-arguments.h"
#include "command/rai-commands.h"
#include "command/rai-lookup.h"
#include "db/rai-aside.h"
#include "db/rai-sales.h"

#include <glib/gi18n-lib.h>

/* Days by which a business day may lie beside the day of the clock: a night's work, a till that was
 * closed late after a weekend. */
#define DAYS_APART 3

static bool
refuse_different (RaiCommandContext *context, const char *receipt, GError **error) {
  return rai_refuse (error, RAI_COMMAND_ERROR_CONFLICT,
                     _ ("Receipt %s of store %" G_GINT64_FORMAT
                        " is recorded already, with other lines. A receipt is never changed: "
                        "record a return, or use "
                        "another number."),
                     receipt, context->site_id);
}

static bool
refuse_too_much (GError **error) {
  return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                     _ ("lines: the receipt sells more than a million units, or for more than can "
                        "be meant"));
}

/* Sums of a receipt are held to the bounds of one line, so that no sum over many receipts leaves
 * 64 bits. */
static bool
check_sums (RaiCommandContext *context, const RaiArguments *receipt, GError **error) {
  int64_t quantity = 0, amount = 0;

  for (size_t i = 0; i < rai_arguments_list_length (receipt, "lines"); i++) {
    const RaiArguments *line = rai_arguments_list_at (receipt, "lines", i);
    quantity += ABS (rai_arguments_int (line, "quantity"));
    amount += ABS (rai_arguments_int (line, "amount"));
  }

  return (quantity <= RAI_QUANTITY_MAX && amount <= RAI_MONEY_MAX) || refuse_too_much (error);
}

static bool
validate_record (RaiCommandContext *context, GError **error) {
  return check_sums (context, context->arguments, error);
}

/* A receipt as it is recorded: its lines with the time that they are counted under. */
typedef struct {
  const RaiArguments *arguments; /* of sales.record */
  const char *number;
  int64_t sold_at;
  RaiDay day;
} Sold;

static bool
add_lines (RaiCommandContext *context, RaiSales *sales, const Sold *sold, GError **error) {
  size_t added = 0;

  for (size_t i = 0; i < rai_arguments_list_length (sold->arguments, "lines"); i++) {
    const RaiArguments *fields = rai_arguments_list_at (sold->arguments, "lines", i);
    RaiSalesLine line = { rai_arguments_int (fields, "item"),
                          rai_arguments_int (fields, "quantity"),
                          rai_arguments_int (fields, "amount") };
    switch (rai_sales_add_line (sales, context->site_id, sold->number, sold->sold_at, sold->day,
                                &line, error)) {
      case RAI_SALES_FAILED:
        return false;
      case RAI_SALES_DIFFERENT:
        return refuse_different (context, sold->number, error);
      case RAI_SALES_TOO_MUCH:
        return refuse_too_much (error);
      case RAI_SALES_ADDED:
        added++;
        break;
      case RAI_SALES_UNCHANGED:
        break;
    }
  }

  g_string_append_printf (context->result, "\"added\":%zu", added);
  return true;
}

/* Runs work on the connection's sales, which forget what they met: it may have been rolled back
 * since, or may be yet. */
static bool
with_sales (RaiCommandContext *context,
            bool (*work) (RaiCommandContext *context, RaiSales *sales, const Sold *sold,
                          GError **error),
            const Sold *sold, GError **error) {
  RaiSales *sales = rai_sales_of (context->db, error);
  if (sales == NULL)
    return false;

  rai_sales_forget (sales);
  bool done = work (context, sales, sold, error) && rai_sales_flush (sales, error);
  rai_sales_forget (sales);
  return done;
}

static RaiDay
given_day (const RaiArguments *arguments) {
  return rai_arguments_has (arguments, "day") ? (RaiDay) rai_arguments_int (arguments, "day")
                                              : RAI_DAY_NONE;
}

/* The day that a receipt counts under, and whether its time can be meant: when both were given in
 * context->arguments. */
static bool
judge (RaiCommandContext *context, Sold *sold, RaiAsideReason *reason, GError **error) {
  const RaiDay given = given_day (context->arguments);
  RaiDay clock, last;

  sold->sold_at = rai_arguments_int (context->arguments, "sold_at");
  *reason = rai_aside_judge (&sold->sold_at, context->received_at);
  if (*reason != RAI_ASIDE_NONE)
    return true;
  if (!rai_lookup_site_day (context->db, context->site_id, sold->sold_at, &clock, error) ||
      !rai_lookup_site_day (context->db, context->site_id,
                            rai_aside_last_time (context->received_at), &last, error))
    return false;

  sold->day = given != RAI_DAY_NONE ? given : clock;
  *reason = ABS ((int64_t) sold->day - clock) > DAYS_APART ? RAI_ASIDE_DAY
                                                           : rai_aside_judge_day (sold->day, last);
  return true;
}

/* The same again changes nothing, whether it waits or somebody has decided about it. */
static bool
set_aside (RaiCommandContext *context, const Sold *sold, RaiAsideReason reason, GError **error) {
  g_autofree char *body = rai_arguments_to_json (context->arguments);
  const RaiAside aside = {
    .site_id = context->site_id,
    .number = sold->number,
    .reason = reason,
    .sold_at = rai_arguments_int (context->arguments, "sold_at"),
    .body = body,
    .received_at = context->received_at,
    .account_id = context->caller->account_id,
  };

  RaiAsideState state;
  if (!rai_aside_add (context->db, &aside, &state, error))
    return false;
  g_string_append (context->result, "\"added\":0");
  if (state != RAI_ASIDE_SETTLED)
    g_string_append_printf (context->result, ",\"set_aside\":\"%s\"", rai_aside_reason_id (reason));

  return true;
}

/* Times are judged first: of one whose time is wrong nothing else is asked. */
static bool
judge_lines (RaiCommandContext *context, RaiAsideReason *reason, GError **error) {
  RaiSales *sales = rai_sales_of (context->db, error);
  if (sales == NULL)
    return false;

  rai_sales_forget (sales);
  for (size_t i = 0; i < rai_arguments_list_length (context->arguments, "lines"); i++) {
    const RaiArguments *fields = rai_arguments_list_at (context->arguments, "lines", i);
    const RaiSalesLine line = { rai_arguments_int (fields, "item"),
                                rai_arguments_int (fields, "quantity"),
                                rai_arguments_int (fields, "amount") };
    bool absurd;
    if (!rai_sales_is_absurd (sales, &line, &absurd, error))
      return false;
    if (absurd)
      *reason = RAI_ASIDE_AMOUNT;
  }

  /* One that is recorded is only compared. */
  bool recorded = false;
  if (*reason == RAI_ASIDE_AMOUNT &&
      !rai_sales_has_receipt (sales, context->site_id,
                              rai_arguments_text (context->arguments, "receipt"), &recorded, error))
    return false;
  if (recorded)
    *reason = RAI_ASIDE_NONE;
  return true;
}

/* What waited for its time has got it; what somebody took back, or recorded at a time of their own,
 * is not recorded again. */
static bool
is_settled (RaiCommandContext *context, RaiSales *sales, const Sold *sold, bool *settled,
            GError **error) {
  g_autofree char *body = rai_arguments_to_json (context->arguments);
  g_autofree char *lines = rai_aside_lines (body);
  RaiAsideState state;
  bool recorded;

  if (!rai_aside_meet (context->db, context->site_id, sold->number, lines, sold->sold_at, &state,
                       error) ||
      !rai_sales_has_receipt (sales, context->site_id, sold->number, &recorded, error))
    return false;

  *settled = state == RAI_ASIDE_SETTLED && !recorded;
  if (*settled)
    g_string_append (context->result, "\"added\":0");
  return true;
}

static bool
record (RaiCommandContext *context, RaiSales *sales, const Sold *sold, GError **error) {
  bool settled;
  return is_settled (context, sales, sold, &settled, error) &&
         (settled || add_lines (context, sales, sold, error));
}

static bool
apply_record (RaiCommandContext *context, GError **error) {
  Sold sold = { context->arguments, rai_arguments_text (context->arguments, "receipt") };
  RaiAsideReason reason;

  if (!judge (context, &sold, &reason, error) ||
      (reason == RAI_ASIDE_NONE && !judge_lines (context, &reason, error)))
    return false;
  return reason != RAI_ASIDE_NONE ? set_aside (context, &sold, reason, error)
                                  : with_sales (context, record, &sold, error);
}

static char *
describe_record (RaiCommandContext *context) {
  return g_strdup_printf (_ ("Receipt %s: %zu lines"),
                          rai_arguments_text (context->arguments, "receipt"),
                          rai_arguments_list_length (context->arguments, "lines"));
}

const RaiCommand rai_command_sales_record = {
  .name = "sales.record",
  .title = N_ ("Record a receipt"),
  .permission = RAI_PERMISSION_RECORD_SALES,
  .arguments =
      (const RaiArgument[]){
          { .name = "site", .type = RAI_VALUE_SITE, .required = true },
          { .name = "receipt",
            .type = RAI_VALUE_TEXT,
            .required = true,
            .minimum = 1,
            .maximum = 100 },
          { .name = "sold_at",
            .type = RAI_VALUE_TIME,
            .required = true,
            .help =
                "up to two hours ahead counts as now; later, or before 2000, the receipt is set "
                "aside (query sales-set-aside) until sales.correct says when it was" },
          { .name = "day",
            .type = RAI_VALUE_DAY,
            .help = "the business day; absent: the store's civil day of sold_at" },
          { .name = "lines",
            .type = RAI_VALUE_LIST,
            .required = true,
            .minimum = 1,
            .maximum = RAI_RECEIPT_LINES_MAX,
            .fields =
                (const RaiArgument[]){
                    { .name = "item", .type = RAI_VALUE_ITEM, .required = true },
                    { .name = "quantity",
                      .type = RAI_VALUE_QUANTITY,
                      .required = true,
                      .help = "negative: returned" },
                    { .name = "amount", .type = RAI_VALUE_MONEY, .required = true },
                    { 0 },
                } },
          { 0 },
      },
  .validate = validate_record,
  .apply = apply_record,
  .describe = describe_record,
  .server_only = true,
};

/* ---- Which receipt ---- */

/* The one that waits, of those under the number. Several: the caller must say which. */
static bool
find_waiting (RaiCommandContext *context, RaiAsideFound *found, GError **error) {
  const char *number = rai_arguments_text (context->arguments, "receipt");
  if (!rai_aside_find (context->db, context->site_id, number,
                       rai_arguments_text (context->arguments, "aside"), found, error))
    return false;

  return found->n <= 1 ||
         rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                     _ ("aside: more than one receipt %s of store %" G_GINT64_FORMAT
                        " is set aside; say which (query sales-set-aside)"),
                     number, context->site_id);
}

static bool
refuse_no_waiting (RaiCommandContext *context, GError **error) {
  return rai_refuse (error, RAI_COMMAND_ERROR_NOT_FOUND,
                     _ ("Receipt %s of store %" G_GINT64_FORMAT " is not set aside."),
                     rai_arguments_text (context->arguments, "receipt"), context->site_id);
}

#define ARGUMENT_ASIDE \
  { \
    .name = "aside", .type = RAI_VALUE_TEXT, .maximum = 64, \
    .help = "which of those that are set aside under the number: its digest in sales-set-aside" \
  }

/* ---- sales.correct ---- */

static bool
apply_correct (RaiCommandContext *context, GError **error) {
  const char *number = rai_arguments_text (context->arguments, "receipt");
  const char *other = rai_arguments_text (context->arguments, "record_as");
  g_auto (RaiAsideFound) found = { 0 };
  if (!find_waiting (context, &found, error))
    return false;
  if (found.n == 0)
    return refuse_no_waiting (context, error);

  g_autoptr (RaiArguments) receipt =
      rai_arguments_parse (rai_command_sales_record.arguments, found.body, error);
  if (receipt == NULL)
    return false;

  /* Whoever says when it was has seen what it sells. */
  Sold sold = { receipt, other != NULL ? other : number };
  RaiAsideReason reason;
  if (!judge (context, &sold, &reason, error))
    return false;
  if (reason != RAI_ASIDE_NONE)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                       _ ("sold_at: a time between 2000 and now is wanted, and a day beside it"));

  return rai_aside_settle (context->db, context->site_id, number, &found, context->received_at,
                           error) &&
         with_sales (context, add_lines, &sold, error);
}

static char *
describe_correct (RaiCommandContext *context) {
  return g_strdup_printf (_ ("Receipt %s: recorded at its right time"),
                          rai_arguments_text (context->arguments, "receipt"));
}

const RaiCommand rai_command_sales_correct = {
  .name = "sales.correct",
  .title = N_ ("Record a receipt that was set aside"),
  .permission = RAI_PERMISSION_CORRECT_SALES,
  .arguments =
      (const RaiArgument[]){
          { .name = "site", .type = RAI_VALUE_SITE, .required = true },
          { .name = "receipt",
            .type = RAI_VALUE_TEXT,
            .required = true,
            .minimum = 1,
            .maximum = 100 },
          { .name = "sold_at",
            .type = RAI_VALUE_TIME,
            .required = true,
            .help = "when it was sold, ms UTC" },
          { .name = "day",
            .type = RAI_VALUE_DAY,
            .help = "the business day; absent: the store's civil day of sold_at" },
          ARGUMENT_ASIDE,
          { .name = "record_as",
            .type = RAI_VALUE_TEXT,
            .minimum = 1,
            .maximum = 100,
            .help = "another number, when the receipt's own is taken by other lines" },
          { 0 },
      },
  .apply = apply_correct,
  .describe = describe_correct,
  .server_only = true,
};

/* ---- sales.void ---- */

static bool
undo_receipt (RaiCommandContext *context, RaiSales *sales, const Sold *sold, GError **error) {
  switch (rai_sales_void (sales, context->site_id, sold->number, context->received_at, error)) {
    case RAI_SALES_FAILED:
      return false;
    case RAI_SALES_DIFFERENT:
      return rai_refuse (
          error, RAI_COMMAND_ERROR_NOT_FOUND,
          _ ("Store %" G_GINT64_FORMAT " has no receipt %s, or it was taken back already."),
          context->site_id, sold->number);
    default:
      return true;
  }
}

/* A receipt that was recorded, unless one that waits is named, or only such a one is there. */
static bool
apply_void (RaiCommandContext *context, GError **error) {
  const Sold sold = { NULL, rai_arguments_text (context->arguments, "receipt") };
  const bool named = rai_arguments_has (context->arguments, "aside");
  g_auto (RaiAsideFound) found = { 0 };
  bool recorded = false;

  RaiSales *sales = rai_sales_of (context->db, error);
  if (sales == NULL)
    return false;
  rai_sales_forget (sales);
  if (!named && !rai_sales_has_receipt (sales, context->site_id, sold.number, &recorded, error))
    return false;
  if (recorded)
    return with_sales (context, undo_receipt, &sold, error);

  if (!find_waiting (context, &found, error))
    return false;
  if (found.n == 0)
    return named ? refuse_no_waiting (context, error)
                 : with_sales (context, undo_receipt, &sold, error);
  return rai_aside_settle (context->db, context->site_id, sold.number, &found, context->received_at,
                           error);
}

static char *
describe_void (RaiCommandContext *context) {
  return g_strdup_printf (_ ("Receipt %s taken back: %s"),
                          rai_arguments_text (context->arguments, "receipt"),
                          rai_arguments_text (context->arguments, "reason"));
}

const RaiCommand rai_command_sales_void = {
  .name = "sales.void",
  .title = N_ ("Take a receipt back"),
  .permission = RAI_PERMISSION_CORRECT_SALES,
  .arguments =
      (const RaiArgument[]){
          { .name = "site", .type = RAI_VALUE_SITE, .required = true },
          { .name = "receipt",
            .type = RAI_VALUE_TEXT,
            .required = true,
            .minimum = 1,
            .maximum = 100 },
          ARGUMENT_ASIDE,
          { .name = "reason",
            .type = RAI_VALUE_TEXT,
            .required = true,
            .minimum = 1,
            .maximum = 200 },
          { 0 },
      },
  .apply = apply_void,
  .describe = describe_void,
  .server_only = true,
};
