/* SPDX-License-Identifier: GPL-3.0-or-later */
/* THE write path. What holds, whoever calls:
 *  1. A command id is applied at most once; asked again, the first answer comes back.
 *  2. A refusal leaves no trace but its own row in command_log.
 *  3. Permission and site scope are checked here, by the descriptor's table, before any function of
 *     the command runs; so is the row that it is about (an order, an alert), by rai-target, and how
 *     far it reaches beyond that, by rai-reach.
 *  4. Every command that there is and that was received has exactly one row in command_log; what is
 *     no command leaves none.
 *  5. An id belongs to one command of one person with one set of arguments: sent with others it is
 *     a conflict, and nothing of the first is told. */
#include "command/rai-arguments.h"
#include "command/rai-reach.h"
#include "command/rai-target.h"
#include "core/rai-names.h"
#include "db/rai-audit.h"
#include "util/rai-clock.h"
#include "util/rai-uuid.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define SAVEPOINT "command"

/* Of a command that asks whether it may begin. */
static const RaiCommandWork work_to_come = { "", NULL };

static const char *const answers[] = {
  [RAI_ANSWER_APPLIED] = RAI_AUDIT_APPLIED,
  [RAI_ANSWER_REJECTED] = RAI_AUDIT_REJECTED,
  [RAI_ANSWER_CONFLICT] = RAI_AUDIT_CONFLICT,
};

const char *
rai_answer_status_id (RaiAnswerStatus status) {
  return answers[status];
}

void
rai_command_call_clear (RaiCommandCall *call) {
  g_free (call->id);
  g_free (call->name);
  g_free (call->arguments);
  g_free (call->device);
  *call = (RaiCommandCall){ 0 };
}

void
rai_answer_clear (RaiAnswer *answer) {
  g_free (answer->code);
  g_free (answer->message);
  g_free (answer->result);
  g_free (answer->summary);
  *answer = (RaiAnswer){ 0 };
}

void
rai_answer_free (RaiAnswer *answer) {
  if (answer == NULL)
    return;
  rai_answer_clear (answer);
  g_free (answer);
}

bool
rai_answer_get_int (const RaiAnswer *answer, const char *member, int64_t *value) {
  g_autoptr (JsonNode) root =
      answer->result != NULL ? json_from_string (answer->result, NULL) : NULL;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return false;

  JsonNode *node = json_object_get_member (json_node_get_object (root), member);
  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return false;

  *value = json_node_get_int (node);
  return true;
}

/* What the caller can be told, as opposed to a database that does not work. */
static bool
is_refusal (const GError *failure) {
  return failure->domain == RAI_COMMAND_ERROR ||
         g_error_matches (failure, RAI_DB_ERROR, RAI_DB_ERROR_CONSTRAINT) ||
         g_error_matches (failure, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT);
}

static void
fill_refusal (RaiAnswer *answer, const GError *reason) {
  bool ours = reason->domain == RAI_COMMAND_ERROR;
  bool conflict = g_error_matches (reason, RAI_COMMAND_ERROR, RAI_COMMAND_ERROR_CONFLICT);
  answer->status = conflict ? RAI_ANSWER_CONFLICT : RAI_ANSWER_REJECTED;
  answer->code = g_strdup (rai_command_error_id (ours ? reason->code : RAI_COMMAND_ERROR_STATE));
  answer->message = g_strdup (reason->message);
}

/* {"code":...,"message":...,"result":{...}} as kept in command_log. */
static char *
stored_form (const RaiAnswer *answer) {
  g_autoptr (JsonObject) object = json_object_new ();
  if (answer->code != NULL)
    json_object_set_string_member (object, "code", answer->code);
  if (answer->message != NULL)
    json_object_set_string_member (object, "message", answer->message);

  g_autoptr (JsonNode) result =
      answer->result != NULL ? json_from_string (answer->result, NULL) : NULL;
  if (result != NULL)
    json_object_set_member (object, "result", g_steal_pointer (&result));

  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (root, object);
  return json_to_string (root, FALSE);
}

static void
read_stored_form (const char *json, RaiAnswer *answer) {
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  JsonObject *object = json_node_get_object (root);
  answer->code = g_strdup (json_object_get_string_member_with_default (object, "code", NULL));
  answer->message = g_strdup (json_object_get_string_member_with_default (object, "message", NULL));
  if (json_object_has_member (object, "result"))
    answer->result = json_to_string (json_object_get_member (object, "result"), FALSE);
}

static RaiAnswerStatus
parse_status (const char *id) {
  size_t place;
  return RAI_NAMES_FIND (answers, id, &place) ? (RaiAnswerStatus) place : RAI_ANSWER_REJECTED;
}

/* The arguments as they would be stored. */
static char *
stored_arguments (const RaiCommandCall *call) {
  const RaiCommand *command = rai_command_find (call->name);
  g_autoptr (RaiArguments) arguments =
      command != NULL ? rai_arguments_parse (command->arguments,
                                             call->arguments != NULL ? call->arguments : "{}", NULL)
                      : NULL;

  return arguments != NULL ? rai_arguments_to_json (arguments) : g_strdup ("{}");
}

/* Invariant 1. Returns ROW when the id is known, with the answer filled: the first answer to the
 * same command of the same person, else a conflict. */
static RaiStep
find_stored (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *call, RaiAnswer *answer,
             GError **error) {
  RaiStatement *statement =
      rai_db_prepare (db,
                      "SELECT status, answer, summary, rev, name, account_id, arguments "
                      "FROM command_log WHERE id = ?1",
                      error);

  if (statement == NULL)
    return RAI_STEP_FAILED;
  rai_statement_bind_text (statement, 1, call->id);

  RaiStep step = rai_statement_step (statement, error);
  if (step == RAI_STEP_ROW) {
    g_autofree char *arguments = stored_arguments (call);
    bool same = g_strcmp0 (rai_statement_text (statement, 4), call->name) == 0 &&
                rai_statement_int (statement, 5) == caller->account_id &&
                g_strcmp0 (rai_statement_text (statement, 6), arguments) == 0;
    if (same) {
      answer->status = parse_status (rai_statement_text (statement, 0));
      read_stored_form (rai_statement_text (statement, 1), answer);
      answer->summary = g_strdup (rai_statement_text (statement, 2));
      answer->rev = rai_statement_int (statement, 3);
      answer->repeated = true;
    } else {
      answer->status = RAI_ANSWER_CONFLICT;
      answer->code = g_strdup (rai_command_error_id (RAI_COMMAND_ERROR_CONFLICT));
      answer->message = g_strdup_printf (
          _ ("id %s was used for another command: send this one with an id of its own"), call->id);
    }
  }

  rai_statement_reset (statement);
  return step;
}

static bool
check_exists (RaiDb *db, const char *sql, int64_t id, bool *exists, GError **error) {
  int64_t found = 0;
  if (!rai_db_get_int (db, sql, &id, 1, 0, &found, error))
    return false;
  *exists = found != 0;
  return true;
}

/* Invariant 3: sites and items that the arguments name, also inside lists. */
static bool
check_references (RaiCommandContext *context, const RaiArgument *table,
                  const RaiArguments *arguments, GError **error) {
  for (const RaiArgument *argument = table; argument->name != NULL; argument++) {
    if (!rai_arguments_has (arguments, argument->name))
      continue;
    bool exists = true;
    if (argument->type == RAI_VALUE_SITE) {
      int64_t site_id = rai_arguments_int (arguments, argument->name);
      if (!check_exists (context->db, "SELECT 1 FROM site WHERE id = ?1", site_id, &exists, error))
        return false;
      if (!exists || !rai_identity_sees_site (context->caller, site_id))
        return rai_refuse (error,
                           exists ? RAI_COMMAND_ERROR_FORBIDDEN : RAI_COMMAND_ERROR_NOT_FOUND,
                           exists ? _ ("Store %" G_GINT64_FORMAT " is not one of yours.")
                                  : _ ("There is no store %" G_GINT64_FORMAT "."),
                           site_id);
      if (context->site_id == 0)
        context->site_id = site_id;
    } else if (argument->type == RAI_VALUE_ITEM) {
      int64_t item_id = rai_arguments_int (arguments, argument->name);
      if (!check_exists (context->db, "SELECT 1 FROM item WHERE id = ?1", item_id, &exists, error))
        return false;
      if (!exists)
        return rai_refuse (error, RAI_COMMAND_ERROR_NOT_FOUND,
                           _ ("There is no item %" G_GINT64_FORMAT "."), item_id);
    } else if (argument->type == RAI_VALUE_LIST) {
      for (size_t i = 0; i < rai_arguments_list_length (arguments, argument->name); i++)
        if (!check_references (context, argument->fields,
                               rai_arguments_list_at (arguments, argument->name, i), error))
          return false;
    }
  }

  return true;
}

/* Everything that may refuse, then apply. */
static bool
execute (RaiCommandContext *context, GError **error) {
  const RaiCommand *command = context->command;
  if (!rai_identity_may (context->caller, command->permission))
    return rai_refuse (error, RAI_COMMAND_ERROR_FORBIDDEN,
                       _ ("%s: your role (%s) may not do this."), _ (command->title),
                       _ (rai_role_title (context->caller->role)));

  if (!check_references (context, command->arguments, context->arguments, error) ||
      !rai_target_check (context, error) || !rai_reach_check (context, error))
    return false;
  if (command->validate != NULL && !command->validate (context, error))
    return false;

  if (context->work != NULL) {
    g_string_append (context->result, context->work->result);
    return true;
  }
  if (command->apply == NULL)
    return rai_refuse (error, RAI_COMMAND_ERROR_STATE,
                       _ ("%s: the server's own program does this; it cannot be sent."),
                       _ (command->title));

  return command->apply (context, error);
}

static char *
describe (RaiCommandContext *context) {
  if (context->work != NULL && context->work->summary != NULL)
    return g_strdup (context->work->summary);

  rai_target_read (context, NULL); /* of a command that did not come so far */
  char *line = context->command->describe != NULL ? context->command->describe (context) : NULL;
  return line != NULL ? line : g_strdup (_ (context->command->title));
}

static bool
write_log (const RaiCommandContext *context, const RaiCommandCall *call, const char *arguments,
           const RaiAnswer *answer, GError **error) {
  g_autofree char *stored = stored_form (answer);
  const RaiAuditEntry entry = {
    .id = call->id,
    .name = call->name,
    .account_id = context->caller->account_id,
    .site_id = context->site_id,
    .arguments = arguments,
    .status = rai_answer_status_id (answer->status),
    .answer = stored,
    .summary = answer->summary,
    .acted_at = context->acted_at,
    .received_at = context->received_at,
    .device = call->device,
    .rev = context->rev,
  };

  return rai_audit_command (context->db, &entry, error);
}

static RaiCommandContext
make_context (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *call) {
  int64_t now = rai_now_ms ();
  return (RaiCommandContext){
    .db = db,
    .caller = caller,
    .command = rai_command_find (call->name),
    .id = call->id,
    .device = call->device,
    /* A clock that runs ahead must not date anything into the future. */
    .acted_at = call->acted_at > 0 && call->acted_at < now ? call->acted_at : now,
    .received_at = now,
  };
}

/* Runs within the savepoint. A refusal is put into *reason; the return value is false only when the
 * database failed. */
static bool
attempt (RaiCommandContext *context, const RaiCommandCall *call, RaiArguments **arguments,
         GError **reason, GError **error) {
  g_autoptr (GError) failure = NULL;

  *arguments = rai_arguments_parse (context->command->arguments,
                                    call->arguments != NULL ? call->arguments : "{}", &failure);
  context->arguments = *arguments;
  if (*arguments != NULL && execute (context, &failure))
    return true;
  if (is_refusal (failure)) {
    g_propagate_error (reason, g_steal_pointer (&failure));
    return true;
  }

  g_propagate_error (error, g_steal_pointer (&failure));
  return false;
}

static bool
run_in_savepoint (RaiCommandContext *context, const RaiCommandCall *call, RaiAnswer *answer,
                  GError **error) {
  g_autoptr (RaiArguments) arguments = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GString) result = g_string_new ("");
  context->result = result;

  if (!attempt (context, call, &arguments, &reason, error))
    return false;
  if (reason != NULL) {
    rai_db_rollback_to (context->db, SAVEPOINT);
    fill_refusal (answer, reason);
  } else {
    answer->status = RAI_ANSWER_APPLIED;
    answer->outcome = context->outcome;
  }

  if (reason == NULL && context->work == &work_to_come)
    return true;
  if (result->len > 0)
    answer->result = g_strdup_printf ("{%s}", result->str);
  answer->rev = context->rev;
  answer->summary = arguments != NULL ? describe (context) : g_strdup (_ (context->command->title));

  g_autofree char *json = arguments != NULL ? rai_arguments_to_json (arguments) : g_strdup ("{}");
  return write_log (context, call, json, answer, error);
}

/* Refused before it is anything that could be kept. */
static bool
refuse_unkept (RaiAnswer *answer, RaiCommandError code, char *message) {
  answer->status = RAI_ANSWER_REJECTED;
  answer->code = g_strdup (rai_command_error_id (code));
  answer->message = message;
  answer->summary = g_strdup ("");
  return true;
}

static bool
run (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *sent, const RaiCommandWork *work,
     RaiAnswer *answer, GError **error) {
  *answer = (RaiAnswer){ 0 };
  if (!rai_uuid_is_valid (sent->id))
    return refuse_unkept (answer, RAI_COMMAND_ERROR_ARGUMENT,
                          g_strdup (_ ("id: a UUID of 36 characters is wanted")));

  /* Invariant 4 speaks of commands that there are: strangers' words do not fill the log. */
  if (rai_command_find (sent->name) == NULL)
    return refuse_unkept (answer, RAI_COMMAND_ERROR_UNKNOWN,
                          g_strdup_printf (_ ("There is no command “%s”."), sent->name));

  /* One id, in whatever letters it is written. */
  g_autofree char *id = g_ascii_strdown (sent->id, -1);
  RaiCommandCall own = *sent;
  const RaiCommandCall *call = &own;
  own.id = id;

  switch (find_stored (db, caller, call, answer, error)) {
    case RAI_STEP_ROW:
      return true;
    case RAI_STEP_FAILED:
      return false;
    case RAI_STEP_DONE:
      break;
  }

  RaiCommandContext context = make_context (db, caller, call);
  context.work = work;
  if (!rai_db_revision (db, &context.rev, error) || !rai_db_savepoint (db, SAVEPOINT, error))
    return false;
  bool ran = run_in_savepoint (&context, call, answer, error);
  rai_target_free (context.target);
  if (!ran) {
    rai_db_rollback_to (db, SAVEPOINT);
    rai_answer_clear (answer);
    return false;
  }

  return rai_db_release (db, SAVEPOINT, error);
}

bool
rai_command_run (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *call,
                 RaiAnswer *answer, GError **error) {
  return run (db, caller, call, NULL, answer, error);
}

bool
rai_command_admit (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *call,
                   RaiAnswer *answer, GError **error) {
  return run (db, caller, call, &work_to_come, answer, error);
}

bool
rai_command_record (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *call,
                    const RaiCommandWork *work, RaiAnswer *answer, GError **error) {
  return run (db, caller, call, work, answer, error);
}

bool
rai_command_run_once (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *call,
                      RaiAnswer *answer, GError **error) {
  *answer = (RaiAnswer){ 0 };
  if (!rai_db_begin_write (db, error))
    return false;
  if (rai_command_run (db, caller, call, answer, error) && rai_db_commit (db, error))
    return true;
  rai_db_rollback (db);
  rai_answer_clear (answer);
  return false;
}

char *
rai_command_describe (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *call) {
  RaiCommandContext context = make_context (db, caller, call);
  if (context.command == NULL)
    return g_strdup (call->name);
  g_autoptr (RaiArguments) arguments = rai_arguments_parse (
      context.command->arguments, call->arguments != NULL ? call->arguments : "{}", NULL);
  if (arguments == NULL)
    return g_strdup (_ (context.command->title));

  context.arguments = arguments;
  char *line = describe (&context);
  rai_target_free (context.target);
  return line;
}
