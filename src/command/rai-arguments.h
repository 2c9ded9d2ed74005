/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command/rai-command.h"

/* A command's arguments: built from values, or read from JSON and checked against the descriptor's
 * table once; then typed. */

/* A value to build arguments of; the descriptor's type says which member holds it. */
typedef struct _RaiArgumentValue RaiArgumentValue;
struct _RaiArgumentValue {
  const char *name;
  int64_t number;   /* whole numbers, true and false, days, sites, items */
  const char *text; /* texts and UUIDs; NULL: not given */
  double real;
  const RaiArgumentValue *const *list; /* objects, each as `values` below; ends with NULL */
};
/* The arguments of a command as JSON, owned by the caller: what clients send. values ends with a
 * NULL name. A name that the descriptor does not know, or one that it wants and is not there, is a
 * programmer's error: NULL. Bounds are for the command to refuse. */
char *rai_arguments_build (const char *command, const RaiArgumentValue *values);
/* RAI_ARGUMENTS ("alert.snooze", { "alert", .text = id }, { "until", .number = day }) */
#define RAI_ARGUMENTS(command, ...) \
  rai_arguments_build (command, (const RaiArgumentValue[]){ __VA_ARGS__, { 0 } })

/* false: a character that no name may hold, for it would look like something else where it is
 * shown. Notes may have lines and tabs beside. */
bool rai_arguments_is_shown (gunichar c);
/* RAI_COMMAND_ERROR_ARGUMENT says which argument is missing, unknown, of the wrong type or out of
 * bounds. */
RaiArguments *rai_arguments_parse (const RaiArgument *table, const char *json, GError **error);
void rai_arguments_free (RaiArguments *arguments);
/* Canonical JSON: the table's order, no spaces. */
char *rai_arguments_to_json (const RaiArguments *arguments);

/* The command's table has an argument of that name. */
bool rai_arguments_takes (const RaiArguments *arguments, const char *name);
bool rai_arguments_has (const RaiArguments *arguments, const char *name);
/* Asking for a name or type that is not in the table is a programmer's error; an argument that was
 * not given is 0/NULL. */
int64_t rai_arguments_int (const RaiArguments *arguments,
                           const char *name); /* any whole number, bool, day, time */
double rai_arguments_double (const RaiArguments *arguments, const char *name);
/* A number for values in which NULL leaves what is stored: `store`, which takes it, or NULL when it
 * is not said. */
const int64_t *
rai_arguments_int_if_said (const RaiArguments *arguments, const char *name, int64_t *store);
const char *rai_arguments_text (const RaiArguments *arguments, const char *name);
size_t rai_arguments_list_length (const RaiArguments *arguments, const char *name);
const RaiArguments *
rai_arguments_list_at (const RaiArguments *arguments, const char *name, size_t index);

/* The one quantity among them, also in the only object of a list; false when there is none, or more
 * than one. */
bool rai_arguments_get_quantity (const RaiArguments *arguments, int64_t *quantity);
/* The arguments, as JSON, of a command that follows this one: those of the same names that `next`
 * takes. A quantity that is not NULL replaces the only one among them; the version that an answer
 * tells replaces theirs (answer NULL: it stays). With the same command as `next` it is done again
 * after a refusal; with order.reopen, an approval is taken back. */
char *rai_arguments_follow (const RaiArguments *arguments, const RaiCommand *next,
                            const int64_t *quantity, const RaiAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiArguments, rai_arguments_free)
