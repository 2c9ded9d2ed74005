/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-arguments.h"
#include "command/rai-commands.h"
#include "command/rai-lookup.h"
#include "core/rai-code.h"
#include "db/rai-db-run.h"
#include "db/rai-site-hours.h"
#include "db/rai-sites.h"

#include <glib/gi18n-lib.h>

/* What may change, as the log says it. Who runs a store says when it opens; what it is called, its
 * clock and its money are the administrators'. */
static const struct {
  const char *argument;
  const char *title;
  bool administers;
} changeable[] = {
  { "name", N_ ("name"), true },
  { "region", N_ ("region"), true },
  { "zone", N_ ("time zone"), true },
  { "currency", N_ ("currency"), true },
  { "open_weekdays", N_ ("opening days"), false },
  { "opens", N_ ("opening hours"), false },
  { "closes", NULL, false },
};

/* The numbers that the arguments give, and the values that point at them. */
typedef struct {
  RaiSiteValues values;
  int64_t weekdays, opens, closes;
} Edit;

static void
read_edit (const RaiCommandContext *context, Edit *edit) {
  edit->values = (RaiSiteValues){
    .name = rai_arguments_text (context->arguments, "name"),
    .region = rai_arguments_text (context->arguments, "region"),
    .zone = rai_arguments_text (context->arguments, "zone"),
    .currency = rai_arguments_text (context->arguments, "currency"),
    .open_weekdays =
        rai_arguments_int_if_said (context->arguments, "open_weekdays", &edit->weekdays),
    .opens = rai_arguments_int_if_said (context->arguments, "opens", &edit->opens),
    .closes = rai_arguments_int_if_said (context->arguments, "closes", &edit->closes),
  };
}

/* Day of the act where the store is. */
static RaiDay
today_in (const RaiCommandContext *context, const char *zone_name) {
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  return rai_day_from_ms (context->acted_at, zone);
}

static bool
check_values (const RaiSiteValues *values, GError **error) {
  const char *fault = rai_site_fault (values);
  return fault == NULL || rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, "%s", _ (fault));
}

/* ---- site.add ---- */

static bool
validate_add (RaiCommandContext *context, GError **error) {
  Edit edit;
  read_edit (context, &edit);
  return check_values (&edit.values, error);
}

static bool
apply_add (RaiCommandContext *context, GError **error) {
  int64_t id;
  Edit edit;
  read_edit (context, &edit);
  edit.values.today = today_in (context, edit.values.zone);
  g_autofree char *code = rai_lookup_new_code (context->db, RAI_CODE_SITE,
                                               rai_arguments_text (context->arguments, "code"),
                                               edit.values.name, error);
  if (code == NULL || !rai_codes_next_id (context->db, RAI_CODE_SITE, &id, error))
    return false;

  context->site_id = id;
  g_string_append_printf (context->result, "\"site\":%" G_GINT64_FORMAT, id);
  return rai_site_add (context->db, id, code, &edit.values, context->rev, error);
}

static char *
describe_add (RaiCommandContext *context) {
  return g_strdup_printf (_ ("Add store: %s"), rai_arguments_text (context->arguments, "name"));
}

/* clang-format off */
#define ZONE_HELP "of the IANA's database, \"Europe/Berlin\""
#define CURRENCY_HELP "of ISO 4217, \"EUR\""
#define WEEKDAYS_HELP "bit 0 is Monday"
#define HOURS \
  { .name = "opens", .type = RAI_VALUE_INT, .maximum = RAI_SITE_HOURS_END, \
    .help = "minutes after midnight, with closes; both 0: not known" }, \
  { .name = "closes", .type = RAI_VALUE_INT, .maximum = RAI_SITE_HOURS_END }
/* clang-format on */

const RaiCommand rai_command_site_add = {
  .name = "site.add",
  .title = N_ ("Add a store"),
  .permission = RAI_PERMISSION_ADMINISTER,
  .reach = RAI_REACH_COMPANY,
  .arguments =
      (const RaiArgument[]){
          { .name = "name",
            .type = RAI_VALUE_TEXT,
            .required = true,
            .minimum = 1,
            .maximum = RAI_SITE_NAME_MAX,
            .stripped = true },
          { .name = "code",
            .type = RAI_VALUE_TEXT,
            .minimum = 1,
            .maximum = RAI_CODE_MAX,
            .stripped = true,
            .help = "what files call it; made of the name when it is not said" },
          { .name = "region", .type = RAI_VALUE_TEXT, .maximum = RAI_SITE_REGION_MAX },
          { .name = "zone", .type = RAI_VALUE_TEXT, .required = true, .help = ZONE_HELP },
          { .name = "currency", .type = RAI_VALUE_TEXT, .required = true, .help = CURRENCY_HELP },
          { .name = "open_weekdays",
            .type = RAI_VALUE_INT,
            .required = true,
            .minimum = 1,
            .maximum = RAI_SITE_ALL_WEEKDAYS,
            .help = WEEKDAYS_HELP },
          HOURS,
          { 0 },
      },
  .validate = validate_add,
  .apply = apply_add,
  .describe = describe_add,
  .server_only = true, /* ids are the server's */
};

/* ---- site.edit ---- */

static bool
check_may (const RaiCommandContext *context, GError **error) {
  bool any = false;
  for (size_t i = 0; i < G_N_ELEMENTS (changeable); i++) {
    if (!rai_arguments_has (context->arguments, changeable[i].argument))
      continue;
    any = true;
    if (changeable[i].administers && !rai_identity_may (context->caller, RAI_PERMISSION_ADMINISTER))
      return rai_refuse (error, RAI_COMMAND_ERROR_FORBIDDEN,
                         _ ("Only an administrator changes a store's %s."),
                         _ (changeable[i].title));
  }

  return any ||
         rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("Say what of the store is to change."));
}

/* What was sold in one currency is not another's. */
static bool
check_currency (const RaiCommandContext *context, const char *currency, GError **error) {
  g_autofree char *present = NULL;
  bool has_money;
  if (currency == NULL)
    return true;
  if (rai_db_row (context->db, error, "SELECT currency FROM site WHERE id = ?1", "i>t",
                  context->site_id, &present) == RAI_STEP_FAILED ||
      !rai_site_has_money (context->db, context->site_id, &has_money, error))
    return false;

  return g_strcmp0 (present, currency) == 0 || !has_money ||
         rai_refuse (error, RAI_COMMAND_ERROR_STATE,
                     _ ("The store has sales, prices or orders in %s, which would be read as %s. "
                        "Its currency stays."),
                     present, currency);
}

static bool
validate_edit (RaiCommandContext *context, GError **error) {
  Edit edit;
  read_edit (context, &edit);
  return check_may (context, error) && check_values (&edit.values, error) &&
         check_currency (context, edit.values.currency, error);
}

static bool
apply_edit (RaiCommandContext *context, GError **error) {
  Edit edit;
  read_edit (context, &edit);
  if (edit.values.zone != NULL) {
    edit.values.today = today_in (context, edit.values.zone);
  } else if (!rai_lookup_site_day (context->db, context->site_id, context->acted_at,
                                   &edit.values.today, error)) {
    return false;
  }

  return rai_site_edit (context->db, context->site_id, &edit.values, context->rev, error);
}

static char *
describe_edit (RaiCommandContext *context) {
  g_autofree char *name =
      rai_lookup_site_name (context->db, rai_arguments_int (context->arguments, "site"));
  g_autoptr (GString) what = g_string_new (NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (changeable); i++)
    if (changeable[i].title != NULL &&
        rai_arguments_has (context->arguments, changeable[i].argument))
      g_string_append_printf (what, "%s%s", what->len > 0 ? ", " : "", _ (changeable[i].title));
  return g_strdup_printf (_ ("Edit store: %s (%s)"), name, what->str);
}

const RaiCommand rai_command_site_edit = {
  .name = "site.edit",
  .title = N_ ("Edit a store"),
  .permission = RAI_PERMISSION_EDIT_SITE,
  .arguments =
      (const RaiArgument[]){
          { .name = "site", .type = RAI_VALUE_SITE, .required = true },
          { .name = "name",
            .type = RAI_VALUE_TEXT,
            .minimum = 1,
            .maximum = RAI_SITE_NAME_MAX,
            .help = "of administrators, as region, zone and currency" },
          { .name = "region", .type = RAI_VALUE_TEXT, .maximum = RAI_SITE_REGION_MAX },
          { .name = "zone", .type = RAI_VALUE_TEXT, .help = ZONE_HELP "; days of past sales stay" },
          { .name = "currency",
            .type = RAI_VALUE_TEXT,
            .help = CURRENCY_HELP "; as long as there are no sales, prices or orders" },
          { .name = "open_weekdays",
            .type = RAI_VALUE_INT,
            .minimum = 1,
            .maximum = RAI_SITE_ALL_WEEKDAYS,
            .help = WEEKDAYS_HELP "; holds from today on, whatever was sold before" },
          HOURS,
          { 0 },
      },
  .validate = validate_edit,
  .apply = apply_edit,
  .describe = describe_edit,
};

/* ---- site.set_day ---- */

static bool
validate_set_day (RaiCommandContext *context, GError **error) {
  const RaiArguments *arguments = context->arguments;
  if (!rai_arguments_has (arguments, "closed") && !rai_arguments_has (arguments, "opened") &&
      !rai_arguments_has (arguments, "holiday"))
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("Say what of the day is to change."));

  return !(rai_arguments_int (arguments, "closed") && rai_arguments_int (arguments, "opened")) ||
         rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("A day is either closed or open."));
}

static bool
apply_set_day (RaiCommandContext *context, GError **error) {
  const RaiArguments *arguments = context->arguments;
  int64_t closed, opened;
  const RaiSiteDay what = {
    .closed = rai_arguments_int_if_said (context->arguments, "closed", &closed),
    .opened = rai_arguments_int_if_said (context->arguments, "opened", &opened),
    .holiday = rai_arguments_text (arguments, "holiday"),
  };
  return rai_site_set_day (context->db, context->site_id,
                           (RaiDay) rai_arguments_int (arguments, "day"), &what, context->rev,
                           error);
}

static char *
describe_set_day (RaiCommandContext *context) {
  const RaiArguments *arguments = context->arguments;
  char day[11];
  g_autofree char *name = rai_lookup_site_name (context->db, rai_arguments_int (arguments, "site"));
  rai_day_format ((RaiDay) rai_arguments_int (arguments, "day"), day);
  if (rai_arguments_int (arguments, "closed"))
    return g_strdup_printf (_ ("Closed on %s: %s"), day, name);
  if (rai_arguments_int (arguments, "opened"))
    return g_strdup_printf (_ ("Open on %s: %s"), day, name);
  return g_strdup_printf (_ ("As usual on %s: %s"), day, name);
}

const RaiCommand rai_command_site_set_day = {
  .name = "site.set_day",
  .title = N_ ("Close or open on one day"),
  .permission = RAI_PERMISSION_EDIT_SITE,
  .arguments =
      (const RaiArgument[]){
          { .name = "site", .type = RAI_VALUE_SITE, .required = true },
          { .name = "day",
            .type = RAI_VALUE_DAY,
            .required = true,
            .minimum = RAI_DAY_FIRST,
            .maximum = RAI_DAY_LAST },
          { .name = "closed", .type = RAI_VALUE_BOOL, .help = "although its weekday is open" },
          { .name = "opened", .type = RAI_VALUE_BOOL, .help = "although its weekday is closed" },
          { .name = "holiday",
            .type = RAI_VALUE_TEXT,
            .maximum = RAI_SITE_HOLIDAY_MAX,
            .help = "what the day is called" },
          { 0 },
      },
  .validate = validate_set_day,
  .apply = apply_set_day,
  .describe = describe_set_day,
};
