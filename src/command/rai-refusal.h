/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Reasons to refuse a command. A client shows the message, and branches on the code. */
#define RAI_COMMAND_ERROR rai_command_error_quark ()
typedef enum {
  RAI_COMMAND_ERROR_UNKNOWN,   /* no such command */
  RAI_COMMAND_ERROR_ARGUMENT,  /* missing, of the wrong type, out of bounds */
  RAI_COMMAND_ERROR_FORBIDDEN, /* role or site */
  RAI_COMMAND_ERROR_NOT_FOUND, /* the row it is about is not there */
  RAI_COMMAND_ERROR_STATE,     /* not possible in the row's state: already approved */
  RAI_COMMAND_ERROR_CONFLICT,  /* somebody changed the row since it was seen */
} RaiCommandError;
GQuark rai_command_error_quark (void);
/* "argument", "forbidden", ...: the code on the wire. */
const char *rai_command_error_id (int code);

/* A refusal; always returns false. */
bool
rai_refuse (GError **error, RaiCommandError code, const char *format, ...) G_GNUC_PRINTF (3, 4);
