/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command/rai-refusal.h"
#include "core/rai-identity.h"
#include "core/rai-value.h"
#include "db/rai-db.h"
#include "util/rai-day.h"

/* Everything that changes is a command: one descriptor a change, one write path. The server, the
 * command line and the client's replica run the same functions; a command's id is its idempotency
 * key. */
typedef struct _RaiArguments RaiArguments;
typedef struct _RaiCommandContext RaiCommandContext;
typedef struct _RaiTarget RaiTarget; /* rai-target.h */

/* What a command without apply has done, in as many transactions as it needed. */
typedef struct {
  const char *result;  /* members of the answer's "result" object, JSON */
  const char *summary; /* describe's line */
} RaiCommandWork;

typedef struct _RaiArgument RaiArgument;
struct _RaiArgument {
  const char *name;
  RaiValueType type;
  bool required;
  /* Numbers and days: least and greatest value; texts: lengths. Both 0: no bounds. */
  int64_t minimum;
  int64_t maximum;
  const RaiArgument *fields; /* LIST: what each object holds */
  const char *help;
  bool stripped; /* TEXT: outer spaces are no part of it, as in files */
};

/* The row that a command is about, besides its site. */
typedef enum {
  RAI_TARGET_NONE,
  RAI_TARGET_ORDER, /* named by argument `order` */
  RAI_TARGET_ALERT, /* named by argument `alert` */
} RaiTargetKind;

/* How far a command reaches, beside what its role may: rai-reach.h. */
typedef enum {
  RAI_REACH_SITE,    /* the sites that its arguments or its target name: each the caller's */
  RAI_REACH_COMPANY, /* what all sites share: only for who sees all sites */
  RAI_REACH_RULE,    /* as its arguments `scope` and `scope_id` say: a site, or the company */
  RAI_REACH_PERSONS, /* accounts within the caller's scope, before and after */
} RaiReach;

typedef struct {
  const char *name;  /* "stock.count" */
  const char *title; /* "Count stock"; translatable */
  RaiPermission permission;
  RaiReach reach;
  const RaiArgument *arguments; /* ends with a NULL name */
  RaiTargetKind target;         /* read once, and checked, before validate: context->target */
  int action; /* what it does to its target, for core's state machine: a RaiOrderAction or
                 RaiAlertAction */
  /* Rules that need the database; NULL when the table's checks are enough. */
  bool (*validate) (RaiCommandContext *context, GError **error);
  /* NULL: the work is done by the program that records it (rai_command_record), and nobody can send
   * the command. */
  bool (*apply) (RaiCommandContext *context, GError **error);
  /* One line for the audit log and the outbox ("Count: Oat milk 1 l, 14 pieces"). Called after
   * apply succeeded, or before it for a pending command; names that are not known are given as
   * ids. */
  char *(*describe) (RaiCommandContext *context);
  bool server_only; /* not run optimistically on a replica (people, sales of tills) */
} RaiCommand;

/* Ends with a NULL entry: rai-commands.c. */
extern const RaiCommand *const rai_commands[];
const RaiCommand *rai_command_find (const char *name);

/* What an applied command came to, beside the words of its result: for programs that count. */
typedef enum {
  RAI_OUTCOME_CHANGED,
  RAI_OUTCOME_UNCHANGED, /* it was all there already */
  RAI_OUTCOME_SET_ASIDE, /* kept, and counted nowhere yet: db/rai-aside.h */
} RaiOutcome;

/* What one execution needs. Owned by the caller for the time of the call. */
struct _RaiCommandContext {
  RaiDb *db;
  const RaiIdentity *caller;
  const RaiCommand *command;
  const RaiArguments *arguments;
  const char *id; /* the command's UUID; rows it makes are named after it */
  const char *device;
  int64_t acted_at;    /* ms UTC by the actor's clock */
  int64_t received_at; /* ms UTC by this machine's */
  int64_t rev;         /* revision to stamp rows with */
  int64_t site_id;     /* the site it is about, for the audit row: argument `site`, its target's, or
                      set by validate; 0: none */
  RaiTarget *target;   /* the runner's; NULL when the command names none */
  GString *result;     /* members of the answer's "result" object, JSON, written by apply
                      ("\"added\":3"); may stay empty */
  RaiOutcome outcome;  /* set by apply, unless it CHANGED something */
  const RaiCommandWork *work; /* of commands without apply; NULL: the command was sent */
};

typedef struct {
  char *id;
  char *name;
  char *arguments; /* JSON object */
  int64_t acted_at;
  char *device;
} RaiCommandCall;
void rai_command_call_clear (RaiCommandCall *call);

typedef enum { RAI_ANSWER_APPLIED, RAI_ANSWER_REJECTED, RAI_ANSWER_CONFLICT } RaiAnswerStatus;
typedef struct {
  RaiAnswerStatus status;
  bool repeated;      /* the id was known: this is the first answer again */
  RaiOutcome outcome; /* of a command that was applied now, not repeated */
  char *code;         /* rejected and conflict: "forbidden", ... */
  char *message;      /* rejected and conflict: what, where, what to do */
  char *result;       /* JSON object */
  char *summary;      /* describe's line */
  int64_t rev;
} RaiAnswer;
void rai_answer_clear (RaiAnswer *answer);
void rai_answer_free (RaiAnswer *answer);
/* One whole number of the result ("version"); false when it is not there. */
bool rai_answer_get_int (const RaiAnswer *answer, const char *member, int64_t *value);
const char *rai_answer_status_id (RaiAnswerStatus status);

/* Runs one command inside the caller's open write transaction (so that several may share a commit),
 * within a savepoint of its own: known id -> the stored answer; else parse, permission, scope,
 * validate, apply, audit row. A refusal is an answer, not an error, and is stored too. false +
 * error only when the database failed: the caller rolls back all. */
bool rai_command_run (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *call,
                      RaiAnswer *answer, GError **error);
/* The same in a transaction of its own. */
bool rai_command_run_once (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *call,
                           RaiAnswer *answer, GError **error);
/* describe for a pending command; falls back to the title. Never NULL. */
char *rai_command_describe (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *call);

/* For commands without apply, whose work is longer than a transaction (a file brought in). Both run
 * inside the caller's open write transaction, with the same call.
 *
 * rai_command_admit, before the work: applied and not repeated when it may begin, which writes
 * nothing; the first answer when the id is known; else a refusal, which is stored.
 * rai_command_record, in the transaction that ends the work: checks the same again and writes the
 * one row of command_log. Work that was cut off has no row, and may be done under the same id. */
bool rai_command_admit (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *call,
                        RaiAnswer *answer, GError **error);
bool rai_command_record (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *call,
                         const RaiCommandWork *work, RaiAnswer *answer, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiAnswer, rai_answer_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiAnswer, rai_answer_free)
