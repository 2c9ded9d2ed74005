/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-refusal.h"

GQuark
rai_command_error_quark (void) {
  return g_quark_from_static_string ("rai-command-error");
}

const char *
rai_command_error_id (int code) {
  static const char *const ids[] = {
    [RAI_COMMAND_ERROR_UNKNOWN] = "unknown",     [RAI_COMMAND_ERROR_ARGUMENT] = "argument",
    [RAI_COMMAND_ERROR_FORBIDDEN] = "forbidden", [RAI_COMMAND_ERROR_NOT_FOUND] = "not_found",
    [RAI_COMMAND_ERROR_STATE] = "state",         [RAI_COMMAND_ERROR_CONFLICT] = "conflict",
  };
  return code >= 0 && code < (int) G_N_ELEMENTS (ids) ? ids[code] : ids[RAI_COMMAND_ERROR_UNKNOWN];
}

bool
rai_refuse (GError **error, RaiCommandError code, const char *format, ...) {
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, RAI_COMMAND_ERROR, code, message);
  return false;
}
