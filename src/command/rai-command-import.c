/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server's program brings in as a whole: files, and the demo's retailer. Their rows take
 * many transactions, written by import/ and demo/ through the writers of db/; here is who may, and
 * what the audit log says of them. */
#include "command/rai-arguments.h"
#include "command/rai-commands.h"
#include "core/rai-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a file of each kind asks for besides the command's own permission. */
static const struct {
  const char *kind;
  RaiPermission permission;
} kinds[] = {
  { "receipts", RAI_PERMISSION_RECORD_SALES }, { "sales", RAI_PERMISSION_RECORD_SALES },
  { "items", RAI_PERMISSION_EDIT_ITEMS },      { "suppliers", RAI_PERMISSION_EDIT_ITEMS },
  { "stock", RAI_PERMISSION_CHANGE_STOCK },
};

static bool
validate_file (RaiCommandContext *context, GError **error) {
  const RaiCommand *command = context->command;
  const char *kind = rai_arguments_text (context->arguments, "kind");
  size_t i;

  if (!RAI_NAMES_FIND (kinds, kind, &i))
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("kind: there are no files of “%s”"),
                       kind);
  return rai_identity_may (context->caller, kinds[i].permission) ||
         rai_refuse (error, RAI_COMMAND_ERROR_FORBIDDEN, _ ("%s: your role (%s) may not do this."),
                     _ (command->title), _ (rai_role_title (context->caller->role)));
}

/* A file may hold rows of any store, and makes those that are new. */

const RaiCommand rai_command_import_file = {
  .name = "import.file",
  .title = N_ ("Bring in a file"),
  .permission = RAI_PERMISSION_RECORD_SALES,
  .reach = RAI_REACH_COMPANY,
  .arguments =
      (const RaiArgument[]){
          { .name = "kind",
            .type = RAI_VALUE_TEXT,
            .required = true,
            .help = "receipts, sales, items, suppliers or stock" },
          { .name = "preset", .type = RAI_VALUE_TEXT, .maximum = 100 },
          { .name = "file",
            .type = RAI_VALUE_TEXT,
            .required = true,
            .minimum = 1,
            .maximum = 1000,
            .help = "its name, without the folder" },
          { 0 },
      },
  .validate = validate_file,
  .server_only = true,
};

const RaiCommand rai_command_demo_generate = {
  .name = "demo.generate",
  .title = N_ ("Make up a retailer"),
  .permission = RAI_PERMISSION_ADMINISTER,
  .reach = RAI_REACH_COMPANY,
  .arguments =
      (const RaiArgument[]){
          { .name = "size", .type = RAI_VALUE_TEXT, .required = true, .help = "small or full" },
          { .name = "seed", .type = RAI_VALUE_INT, .required = true },
          { .name = "through",
            .type = RAI_VALUE_DAY,
            .required = true,
            .help = "the last day with sales" },
          { 0 },
      },
  .server_only = true,
};
