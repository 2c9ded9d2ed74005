/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Receipts of a till. Idempotent twice over: by the command's id, and by site + receipt number. */
#include "command/rai-commands.h"
#include "command/rai-lookup.h"
#include "db/rai-sales.h"

#include <glib/gi18n-lib.h>

#define AMOUNT_MAX INT64_C (1000000000000)

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
add_lines (RaiCommandContext *context, RaiSales *sales, GError **error) {
  const RaiArguments *arguments = context->arguments;
  const char *receipt = rai_arguments_text (arguments, "receipt");
  int64_t sold_at = rai_arguments_int (arguments, "sold_at");
  RaiDay day = (RaiDay) rai_arguments_int (arguments, "day");

  if (!rai_arguments_has (arguments, "day") &&
      !rai_lookup_site_day (context->db, context->site_id, sold_at, &day, error))
    return false;

  size_t added = 0;
  for (size_t i = 0; i < rai_arguments_list_length (arguments, "lines"); i++) {
    const RaiArguments *fields = rai_arguments_list_at (arguments, "lines", i);
    RaiSalesLine line = { rai_arguments_int (fields, "item"),
                          rai_arguments_int (fields, "quantity"),
                          rai_arguments_int (fields, "amount") };
    switch (rai_sales_add_line (sales, context->site_id, receipt, sold_at, day, &line, error)) {
      case RAI_SALES_FAILED:
        return false;
      case RAI_SALES_DIFFERENT:
        return refuse_different (context, receipt, error);
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

static bool
apply_record (RaiCommandContext *context, GError **error) {
  RaiSales *sales = rai_sales_of (context->db, error);
  if (sales == NULL)
    return false;
  rai_sales_forget (sales); /* what it met before may have been rolled back since */
  bool done = add_lines (context, sales, error) && rai_sales_flush (sales, error);
  rai_sales_forget (sales);
  return done;
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
            .minimum = 1,
            .maximum = INT64_C (253402300799999) },
          { .name = "day",
            .type = RAI_VALUE_DAY,
            .help = "the business day; absent: the store's civil day of sold_at" },
          { .name = "lines",
            .type = RAI_VALUE_LIST,
            .required = true,
            .minimum = 1,
            .maximum = 10000,
            .fields =
                (const RaiArgument[]){
                    { .name = "item", .type = RAI_VALUE_ITEM, .required = true },
                    { .name = "quantity",
                      .type = RAI_VALUE_QUANTITY,
                      .required = true,
                      .help = "negative: returned" },
                    { .name = "amount",
                      .type = RAI_VALUE_MONEY,
                      .required = true,
                      .minimum = -AMOUNT_MAX,
                      .maximum = AMOUNT_MAX },
                    { 0 },
                } },
          { 0 },
      },
  .apply = apply_record,
  .describe = describe_record,
  .server_only = true,
};
