/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Receipts of a till. Idempotent twice over: by the command's id, and by what a receipt is known by
 * (db/rai-receipt.h): site, till, business day and number, till and day optional. */
#include "command/rai-arguments.h"
#include "command/rai-commands.h"
#include "command/rai-lookup.h"
#include "db/rai-aside.h"
#include "db/rai-sales.h"

#include <glib/gi18n-lib.h>

/* "17", "17 of till A", "17 of till A, 2026-03-01" */
static char *
name_of (const char *number, const char *till, RaiDay day) {
  char date[11] = "";
  if (day != 0 && day != RAI_DAY_NONE)
    rai_day_format (day, date);

  if (till != NULL && *till != '\0')
    return *date != '\0' ? g_strdup_printf (_ ("%s of till %s, %s"), number, till, date)
                         : g_strdup_printf (_ ("%s of till %s"), number, till);
  return *date != '\0' ? g_strdup_printf (_ ("%s of %s"), number, date) : g_strdup (number);
}

static bool
refuse_different (const RaiReceipt *receipt, GError **error) {
  const char *till = rai_receipt_till (receipt);
  g_autofree char *name = name_of (receipt->number, till, receipt->said_day);
  return rai_refuse (error, RAI_COMMAND_ERROR_CONFLICT,
                     *till != '\0' && receipt->said_day != 0
                         ? _ ("Receipt %s of store %" G_GINT64_FORMAT
                              " is recorded already, with other lines. A receipt is never changed: "
                              "record a return, or use another number.")
                         : _ ("Receipt %s of store %" G_GINT64_FORMAT
                              " is recorded already, with other lines. A receipt is never changed: "
                              "record a return, or use another number; if its till begins its "
                              "numbers anew each day, say till and day."),
                     name, receipt->site_id);
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
  RaiReceipt receipt;
  int64_t voided; /* id of the receipt that is taken back */
} Sold;

static RaiSalesLine
line_of (const RaiArguments *arguments, size_t i) {
  const RaiArguments *fields = rai_arguments_list_at (arguments, "lines", i);
  return (RaiSalesLine){ rai_arguments_int (fields, "item"), rai_arguments_int (fields, "quantity"),
                         rai_arguments_int (fields, "amount") };
}

static bool
add_lines (RaiCommandContext *context, RaiSales *sales, const Sold *sold, GError **error) {
  uint64_t added = 0, apart = 0;

  for (size_t i = 0; i < rai_arguments_list_length (sold->arguments, "lines"); i++) {
    const RaiSalesLine line = line_of (sold->arguments, i);
    switch (rai_sales_add_line (sales, &sold->receipt, &line, error)) {
      case RAI_SALES_FAILED:
        return false;
      case RAI_SALES_DIFFERENT:
        return refuse_different (&sold->receipt, error);
      case RAI_SALES_TOO_MUCH:
        return refuse_too_much (error);
      case RAI_SALES_ADDED:
        added++;
        break;
      default:
        break;
    }
  }

  if (!rai_sales_settle (sales, &apart, error))
    return false;
  if (added + apart == 0)
    context->outcome = RAI_OUTCOME_UNCHANGED;
  g_string_append_printf (context->result, "\"added\":%" G_GUINT64_FORMAT, added + apart);
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

/* What it is known by, as sales.record says it. */
static RaiReceipt
receipt_of (RaiCommandContext *context, const RaiArguments *arguments) {
  const RaiDay given = given_day (arguments);
  return (RaiReceipt){
    .site_id = context->site_id,
    .number = rai_arguments_text (arguments, "receipt"),
    .till = rai_arguments_text (arguments, "till"),
    .said_day = given != RAI_DAY_NONE ? given : 0,
    .sold_at = rai_arguments_int (arguments, "sold_at"),
    .n_lines = (int) rai_arguments_list_length (arguments, "lines"),
  };
}

/* The day that a receipt counts under, and whether its time can be meant: when both were given in
 * context->arguments. */
static bool
judge (RaiCommandContext *context, RaiReceipt *receipt, RaiAsideReason *reason, GError **error) {
  const RaiDay given = given_day (context->arguments);
  RaiDay clock, last;

  receipt->sold_at = rai_arguments_int (context->arguments, "sold_at");
  *reason = rai_aside_judge (&receipt->sold_at, context->received_at);
  if (*reason != RAI_ASIDE_NONE)
    return true;
  if (!rai_lookup_site_day (context->db, context->site_id, receipt->sold_at, &clock, error) ||
      !rai_lookup_site_day (context->db, context->site_id,
                            rai_aside_last_time (context->received_at), &last, error))
    return false;

  receipt->day = given != RAI_DAY_NONE ? given : clock;
  *reason = rai_aside_judge_day (receipt->day, clock, last);
  return true;
}

/* The same again changes nothing, whether it waits or somebody has decided about it. */
static bool
set_aside (RaiCommandContext *context, RaiAsideReason reason, GError **error) {
  g_autofree char *body = rai_arguments_to_json (context->arguments);
  const RaiReceipt receipt = receipt_of (context, context->arguments);
  const RaiAside aside = {
    .receipt = &receipt,
    .reason = reason,
    .body = body,
    .received_at = context->received_at,
    .account_id = context->caller->account_id,
  };

  RaiAsideState state;
  if (!rai_aside_add (context->db, &aside, &state, error))
    return false;
  context->outcome = state == RAI_ASIDE_SETTLED ? RAI_OUTCOME_UNCHANGED : RAI_OUTCOME_SET_ASIDE;
  g_string_append (context->result, "\"added\":0");
  if (context->outcome == RAI_OUTCOME_SET_ASIDE)
    g_string_append_printf (context->result, ",\"set_aside\":\"%s\"", rai_aside_reason_id (reason));

  return true;
}

/* Whether its amounts can be meant. Times are judged first: of one whose time is wrong nothing else
 * is asked. */
static bool
judge_lines (RaiCommandContext *context, const RaiReceipt *receipt, RaiAsideReason *reason,
             GError **error) {
  RaiSales *sales = rai_sales_of (context->db, error);
  if (sales == NULL)
    return false;

  rai_sales_forget (sales);
  for (size_t i = 0; i < rai_arguments_list_length (context->arguments, "lines"); i++) {
    const RaiSalesLine line = line_of (context->arguments, i);
    bool absurd;
    if (!rai_sales_is_absurd (sales, &line, &absurd, error))
      return false;
    if (absurd)
      *reason = RAI_ASIDE_AMOUNT;
  }

  /* One that is recorded is only compared. */
  const RaiSalesLine first = line_of (context->arguments, 0);
  bool recorded = false;
  if (*reason == RAI_ASIDE_AMOUNT &&
      !rai_sales_has_receipt (sales, receipt, &first, &recorded, error))
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
  const RaiSalesLine first = line_of (context->arguments, 0);
  RaiAsideState state;
  bool recorded = false;

  if (!rai_aside_meet (context->db, &sold->receipt, lines, &state, error) ||
      (state == RAI_ASIDE_SETTLED &&
       !rai_sales_has_receipt (sales, &sold->receipt, &first, &recorded, error)))
    return false;

  *settled = state == RAI_ASIDE_SETTLED && !recorded;
  if (*settled) {
    context->outcome = RAI_OUTCOME_UNCHANGED;
    g_string_append (context->result, "\"added\":0");
  }
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
  Sold sold = { context->arguments, receipt_of (context, context->arguments), 0 };
  RaiAsideReason reason;

  if (!judge (context, &sold.receipt, &reason, error) ||
      (reason == RAI_ASIDE_NONE && !judge_lines (context, &sold.receipt, &reason, error)))
    return false;
  return reason != RAI_ASIDE_NONE ? set_aside (context, reason, error)
                                  : with_sales (context, record, &sold, error);
}

static char *
describe_record (RaiCommandContext *context) {
  const RaiReceipt receipt = receipt_of (context, context->arguments);
  g_autofree char *name = name_of (receipt.number, receipt.till, receipt.said_day);
  return g_strdup_printf (_ ("Receipt %s: %zu lines"), name,
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
            .stripped = true,
            .minimum = 1,
            .maximum = RAI_RECEIPT_NUMBER_MAX,
            .help = "its number; a receipt is known by site, till, day and number, as far as they "
                    "are said: sent again, it is taken once" },
          { .name = "till",
            .type = RAI_VALUE_TEXT,
            .stripped = true,
            .maximum = RAI_TILL_MAX,
            .help = "which till, where each has numbers of its own; absent: none is said" },
          { .name = "sold_at",
            .type = RAI_VALUE_TIME,
            .required = true,
            .help = "up to two hours ahead counts as now; later, before 2000, far from its day, or "
                    "with "
                    "a line of more than can be meant, the receipt is set aside (query "
                    "sales-set-aside) until sales.correct says when it was" },
          { .name = "day",
            .type = RAI_VALUE_DAY,
            .help =
                "the business day; said, a till may begin its numbers anew each day; absent: the "
                "store's civil day of sold_at, and the number is known without a day" },
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
find_waiting (RaiCommandContext *context, RaiDay said_day, RaiAsideFound *found, GError **error) {
  const RaiReceipt named = { .site_id = context->site_id,
                             .number = rai_arguments_text (context->arguments, "receipt"),
                             .till = rai_arguments_text (context->arguments, "till"),
                             .said_day = said_day };
  if (!rai_aside_find (context->db, &named, rai_arguments_text (context->arguments, "aside"), found,
                       error))
    return false;

  return found->n <= 1 ||
         rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                     _ ("aside: more than one receipt %s of store %" G_GINT64_FORMAT
                        " is set aside; say which (query sales-set-aside)"),
                     named.number, context->site_id);
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
#define ARGUMENT_TILL \
  { \
    .name = "till", .type = RAI_VALUE_TEXT, .stripped = true, .maximum = RAI_TILL_MAX, \
    .help = "which till's, where several have the number; empty: the one that says no till" \
  }

/* ---- sales.correct ---- */

/* Whoever says when it was has seen what it sells. Where its till says days, the right one is what
 * it is known by from now on. */
static bool
correct (RaiCommandContext *context, Sold *sold, GError **error) {
  const char *other = rai_arguments_text (context->arguments, "record_as");
  RaiAsideReason reason;
  sold->receipt = receipt_of (context, sold->arguments);
  if (!judge (context, &sold->receipt, &reason, error))
    return false;
  if (reason != RAI_ASIDE_NONE)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                       _ ("sold_at: a time between 2000 and now is wanted, and a day beside it"));

  if (sold->receipt.said_day != 0 || rai_arguments_has (context->arguments, "day"))
    sold->receipt.said_day = sold->receipt.day;
  if (other != NULL)
    sold->receipt.number = other;
  return with_sales (context, add_lines, sold, error);
}

static bool
apply_correct (RaiCommandContext *context, GError **error) {
  const char *number = rai_arguments_text (context->arguments, "receipt");
  g_auto (RaiAsideFound) found = { 0 };
  if (!find_waiting (context, 0, &found, error))
    return false;
  if (found.n == 0)
    return refuse_no_waiting (context, error);

  g_autoptr (RaiArguments) receipt =
      rai_arguments_parse (rai_command_sales_record.arguments, found.body, error);
  if (receipt == NULL)
    return false;

  Sold sold = { .arguments = receipt };
  return rai_aside_settle (context->db, context->site_id, number, &found, context->received_at,
                           error) &&
         correct (context, &sold, error);
}

static char *
describe_correct (RaiCommandContext *context) {
  g_autofree char *name = name_of (rai_arguments_text (context->arguments, "receipt"),
                                   rai_arguments_text (context->arguments, "till"), 0);
  return g_strdup_printf (_ ("Receipt %s: recorded, no longer set aside"), name);
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
            .stripped = true,
            .minimum = 1,
            .maximum = RAI_RECEIPT_NUMBER_MAX },
          ARGUMENT_TILL,
          { .name = "sold_at",
            .type = RAI_VALUE_TIME,
            .required = true,
            .help = "when it was sold, ms UTC; that of the receipt where only an amount was "
                    "doubted" },
          { .name = "day",
            .type = RAI_VALUE_DAY,
            .help = "the business day; absent: the store's civil day of sold_at" },
          ARGUMENT_ASIDE,
          { .name = "record_as",
            .type = RAI_VALUE_TEXT,
            .stripped = true,
            .minimum = 1,
            .maximum = RAI_RECEIPT_NUMBER_MAX,
            .help = "another number, when the receipt's own is taken by other lines" },
          { 0 },
      },
  .apply = apply_correct,
  .describe = describe_correct,
  .server_only = true,
};

/* ---- sales.void ---- */

static bool
refuse_no_receipt (RaiCommandContext *context, GError **error) {
  const RaiArguments *arguments = context->arguments;
  g_autofree char *name = name_of (rai_arguments_text (arguments, "receipt"),
                                   rai_arguments_text (arguments, "till"), given_day (arguments));
  return rai_refuse (
      error, RAI_COMMAND_ERROR_NOT_FOUND,
      _ ("Store %" G_GINT64_FORMAT " has no receipt %s, or it was taken back already."),
      context->site_id, name);
}

static bool
undo_receipt (RaiCommandContext *context, RaiSales *sales, const Sold *sold, GError **error) {
  switch (rai_sales_void (sales, context->site_id, sold->voided, context->received_at, error)) {
    case RAI_SALES_FAILED:
      return false;
    case RAI_SALES_DIFFERENT:
      return refuse_no_receipt (context, error);
    default:
      return true;
  }
}

/* Receipts that are told to somebody who named more than one. */
#define TOLD 5

/* Those that were taken back count too: who takes one back twice means no other. */
static bool
refuse_several (RaiCommandContext *context, const GArray *named, GError **error) {
  const char *number = rai_arguments_text (context->arguments, "receipt");
  g_autoptr (GString) list = g_string_new (NULL);

  for (unsigned i = 0; i < MIN (named->len, TOLD); i++) {
    const RaiReceiptNamed *one = &g_array_index (named, RaiReceiptNamed, i);
    g_autofree char *name = name_of (number, one->till, one->day);
    g_string_append_printf (list, one->voided ? _ ("%s%s (taken back)") : "%s%s", i > 0 ? "; " : "",
                            name);
  }
  if (named->len > TOLD)
    g_string_append_printf (list, _ ("; and %u more"), named->len - TOLD);

  return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                     _ ("receipt: store %" G_GINT64_FORMAT " has more than one: %s. Say till and "
                        "day."),
                     context->site_id, list->str);
}

static bool
undo_waiting (RaiCommandContext *context, GError **error) {
  const RaiDay day = given_day (context->arguments);
  g_auto (RaiAsideFound) found = { 0 };
  if (!find_waiting (context, day != RAI_DAY_NONE ? day : 0, &found, error))
    return false;
  if (found.n == 0)
    return rai_arguments_has (context->arguments, "aside") ? refuse_no_waiting (context, error)
                                                           : refuse_no_receipt (context, error);
  return rai_aside_settle (context->db, context->site_id,
                           rai_arguments_text (context->arguments, "receipt"), &found,
                           context->received_at, error);
}

/* Of RaiReceiptNamed; NULL on failure. */
static GArray *
find_named (RaiCommandContext *context, GError **error) {
  const RaiArguments *arguments = context->arguments;
  return rai_receipt_name (context->db, context->site_id, rai_arguments_text (arguments, "receipt"),
                           rai_arguments_text (arguments, "till"), given_day (arguments), error);
}

/* A receipt that was recorded, unless one that waits is named, or only such a one is there. */
static bool
apply_void (RaiCommandContext *context, GError **error) {
  if (rai_arguments_has (context->arguments, "aside"))
    return undo_waiting (context, error);

  g_autoptr (GArray) named = find_named (context, error);
  if (named == NULL)
    return false;
  if (named->len == 0)
    return undo_waiting (context, error);
  if (named->len > 1)
    return refuse_several (context, named, error);

  const Sold sold = { .voided = g_array_index (named, RaiReceiptNamed, 0).id };
  return with_sales (context, undo_receipt, &sold, error);
}

/* The log names the receipt as far as it is known, not only as far as it was named. */
static char *
describe_void (RaiCommandContext *context) {
  const RaiArguments *arguments = context->arguments;
  const char *till = rai_arguments_text (arguments, "till");
  RaiDay day = given_day (arguments);

  g_autoptr (GArray) named =
      rai_arguments_has (arguments, "aside") ? NULL : find_named (context, NULL);
  if (named != NULL && named->len == 1) {
    till = g_array_index (named, RaiReceiptNamed, 0).till;
    day = g_array_index (named, RaiReceiptNamed, 0).day;
  }

  g_autofree char *name = name_of (rai_arguments_text (arguments, "receipt"), till, day);
  return g_strdup_printf (_ ("Receipt %s taken back: %s"), name,
                          rai_arguments_text (arguments, "reason"));
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
            .stripped = true,
            .minimum = 1,
            .maximum = RAI_RECEIPT_NUMBER_MAX },
          ARGUMENT_TILL,
          { .name = "day",
            .type = RAI_VALUE_DAY,
            .help = "its business day, where the number is there on several" },
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
