/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-problem.h"

#include "command/rai-command.h"
#include "db/rai-query.h"
#include "proto/rai-json.h"
#include "server/rai-http-error.h"

typedef struct {
  GQuark (*domain) (void);
  int code;
  RaiProblem problem;
} Row;

static const Row rows[] = {
  { rai_http_error_quark,
    RAI_HTTP_ERROR_MALFORMED,
    { 400, "malformed", "The request cannot be read", true } },
  { rai_db_error_quark,
    RAI_DB_ERROR_ARGUMENT,
    { 400, "argument", "A parameter is missing or wrong", true } },
  { rai_command_error_quark,
    RAI_COMMAND_ERROR_ARGUMENT,
    { 400, "argument", "An argument is missing or wrong", true } },
  { rai_http_error_quark,
    RAI_HTTP_ERROR_UNAUTHENTICATED,
    { 401, "unauthenticated", "Sign in first", true } },
  { rai_http_error_quark,
    RAI_HTTP_ERROR_CREDENTIALS,
    { 401, "credentials", "Login or password is wrong", true } },
  { rai_http_error_quark,
    RAI_HTTP_ERROR_DISABLED,
    { 401, "disabled", "The account is disabled", true } },
  { rai_http_error_quark,
    RAI_HTTP_ERROR_NEW_PASSWORD,
    { 403, "new_password", "A new password is needed", true } },
  { rai_http_error_quark, RAI_HTTP_ERROR_FORBIDDEN, { 403, "forbidden", "Not allowed", true } },
  { rai_query_error_quark, RAI_QUERY_ERROR_FORBIDDEN, { 403, "forbidden", "Not allowed", true } },
  { rai_command_error_quark,
    RAI_COMMAND_ERROR_FORBIDDEN,
    { 403, "forbidden", "Not allowed", true } },
  { rai_http_error_quark, RAI_HTTP_ERROR_NOT_FOUND, { 404, "not_found", "Not found", true } },
  { rai_command_error_quark, RAI_COMMAND_ERROR_NOT_FOUND, { 404, "not_found", "Not found", true } },
  { rai_command_error_quark,
    RAI_COMMAND_ERROR_UNKNOWN,
    { 404, "unknown", "No such command", true } },
  { rai_http_error_quark,
    RAI_HTTP_ERROR_METHOD,
    { 405, "method", "The method does not apply here", true } },
  { rai_http_error_quark,
    RAI_HTTP_ERROR_CONFLICT,
    { 409, "conflict", "In conflict with what is there", true } },
  { rai_command_error_quark,
    RAI_COMMAND_ERROR_CONFLICT,
    { 409, "conflict", "In conflict with what is there", true } },
  { rai_command_error_quark,
    RAI_COMMAND_ERROR_STATE,
    { 409, "state", "Not possible in this state", true } },
  { rai_http_error_quark,
    RAI_HTTP_ERROR_TOO_LARGE,
    { 413, "too_large", "The request is too large", true } },
  { rai_http_error_quark,
    RAI_HTTP_ERROR_MEDIA_TYPE,
    { 415, "media_type", "Another content type is needed", true } },
  { rai_http_error_quark, RAI_HTTP_ERROR_RANGE, { 416, "range", "The range cannot be had", true } },
  { rai_http_error_quark,
    RAI_HTTP_ERROR_WEAK_PASSWORD,
    { 422, "weak_password", "Choose another password", true } },
  { rai_http_error_quark,
    RAI_HTTP_ERROR_LOCKED_OUT,
    { 429, "locked_out", "Too many wrong passwords", true, 1 } },
  { rai_http_error_quark,
    RAI_HTTP_ERROR_TOO_MANY,
    { 429, "too_many", "Too many requests", true, 1 } },
  { rai_http_error_quark,
    RAI_HTTP_ERROR_UNAVAILABLE,
    { 503, "unavailable", "Try again later", true, 1 } },
  { rai_db_error_quark, RAI_DB_ERROR_BUSY, { 503, "busy", "The database is busy", false, 2 } },
  { rai_db_error_quark,
    RAI_DB_ERROR_LOST,
    { 503, "lost", "The database cannot be reached", false, 2 } },
  { rai_db_error_quark,
    RAI_DB_ERROR_OPEN,
    { 503, "lost", "The database cannot be reached", false, 2 } },
  { rai_db_error_quark,
    RAI_DB_ERROR_IO,
    { 503, "disk", "The server's disk does not work as it should", false, 60 } },
  { rai_db_error_quark,
    RAI_DB_ERROR_FULL,
    { 507, "full", "The server's disk is full", false, 60 } },
};

static const RaiProblem unexpected = { 500, "internal", "Something went wrong in the server",
                                       false };

const RaiProblem *
rai_problem_find (const GError *error) {
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    if (error->domain == rows[i].domain () && error->code == rows[i].code)
      return &rows[i].problem;
  return &unexpected;
}

const RaiProblem *
rai_problem_at (unsigned index) {
  static const RaiProblem end;

  if (index < G_N_ELEMENTS (rows))
    return &rows[index].problem;
  return index == G_N_ELEMENTS (rows) ? &unexpected : &end;
}

void
rai_problem_append_json (GString *json, const RaiProblem *problem, const char *detail) {
  g_string_append_printf (json, "{\"type\":\"urn:retailai:problem:%s\",\"title\":", problem->code);
  rai_json_append_string (json, problem->title);
  g_string_append_printf (json, ",\"status\":%d,\"code\":", problem->status);
  rai_json_append_string (json, problem->code);

  if (detail != NULL) {
    g_string_append (json, ",\"detail\":");
    rai_json_append_string (json, detail);
  }

  g_string_append_c (json, '}');
}
