/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command/rai-command.h"

/* A command's arguments: read from JSON and checked against the descriptor's table once, then typed
 * and immutable. */

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
 * not given is
 * 0/NULL. */
int64_t rai_arguments_int (const RaiArguments *arguments,
                           const char *name); /* any whole number, bool, day, time */
double rai_arguments_double (const RaiArguments *arguments, const char *name);
const char *rai_arguments_text (const RaiArguments *arguments, const char *name);
size_t rai_arguments_list_length (const RaiArguments *arguments, const char *name);
const RaiArguments *
rai_arguments_list_at (const RaiArguments *arguments, const char *name, size_t index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiArguments, rai_arguments_free)
