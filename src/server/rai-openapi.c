/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-openapi.h"

#include "command/rai-reach.h"
#include "db/rai-query.h"
#include "proto/rai-json.h"
#include "server/rai-problem.h"
#include "server/rai-routes.h"

#include <string.h>

#define QUERIES "/v1/"

static const char *
schema_of (RaiValueType type) {
  switch (type) {
    case RAI_VALUE_BOOL:
      return "{\"type\":\"boolean\"}";
    case RAI_VALUE_DOUBLE:
      return "{\"type\":\"number\"}";
    case RAI_VALUE_TEXT:
      return "{\"type\":\"string\"}";
    case RAI_VALUE_UUID:
      return "{\"type\":\"string\",\"format\":\"uuid\"}";
    case RAI_VALUE_QUANTITY:
      return "{\"type\":\"integer\",\"format\":\"int64\",\"description\":\"Thousandths of the "
             "item's unit\"}";
    case RAI_VALUE_MONEY:
      return "{\"type\":\"integer\",\"format\":\"int64\",\"description\":\"Minor units of the "
             "site's currency\"}";
    case RAI_VALUE_DAY:
      return "{\"type\":\"string\",\"format\":\"date\"}";
    case RAI_VALUE_TIME:
      return "{\"type\":\"integer\",\"format\":\"int64\",\"description\":\"Milliseconds since "
             "1970, UTC\"}";
    case RAI_VALUE_BLOB:
      return "{\"type\":\"string\",\"contentEncoding\":\"base64\"}";
    case RAI_VALUE_SITE:
      return "{\"type\":\"integer\",\"format\":\"int64\",\"description\":\"A site's id\"}";
    case RAI_VALUE_ITEM:
      return "{\"type\":\"integer\",\"format\":\"int64\",\"description\":\"An item's id\"}";
    default:
      return "{\"type\":\"integer\",\"format\":\"int64\"}";
  }
}

static void
append_text (GString *json, const char *name, const char *text) {
  rai_json_append_name (json, name);
  rai_json_append_string (json, text);
}

static void
append_parameter (GString *json, const char *name, const char *where, bool required,
                  const char *schema, const char *help) {
  if (json->str[json->len - 1] != '[')
    g_string_append_c (json, ',');
  g_string_append (json, "{");
  append_text (json, "name", name);
  g_string_append_printf (json, ",\"in\":\"%s\",\"required\":%s,\"schema\":%s", where,
                          required ? "true" : "false", schema);
  if (help != NULL)
    append_text (json, "description", help);

  g_string_append_c (json, '}');
}

static void
append_responses (GString *json, const char *type, const char *schema) {
  g_string_append (json, ",\"responses\":{\"200\":{\"description\":\"Done\"");
  if (type != NULL)
    g_string_append_printf (json, ",\"content\":{\"%s\":{\"schema\":%s}}", type, schema);
  g_string_append (
      json, "},\"default\":{\"description\":\"Refused\",\"content\":{\"application/problem+json\":"
            "{\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}}}}");
}

static void
append_operation_head (GString *json, const char *title, const char *help, const char *permission,
                       const char *id) {
  g_string_append_c (json, '{');
  append_text (json, "summary", title);
  append_text (json, "operationId", id);
  if (help != NULL)
    append_text (json, "description", help);
  if (permission != NULL)
    append_text (json, "x-permission", permission);
  else
    g_string_append (json, ",\"security\":[]");
}

static char *
operation_id (const RaiRoute *route) {
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  g_autofree char *id = g_strconcat (method, route->path, NULL);

  return g_strdelimit (g_steal_pointer (&id), "/{}.", '-');
}

static void
append_route (GString *json, const RaiRoute *route) {
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  g_autofree char *id = operation_id (route);
  bool is_public = route->flags & RAI_ROUTE_PUBLIC;

  rai_json_append_name (json, method);
  append_operation_head (json, route->title, route->help,
                         is_public ? NULL : rai_permission_id (route->permission), id);

  if (strstr (route->path, "{id}") != NULL) {
    g_string_append (json, ",\"parameters\":[");
    append_parameter (json, "id", "path", true, "{\"type\":[\"integer\",\"string\"]}", NULL);
    g_string_append_c (json, ']');
  }

  if (route->body != NULL)
    g_string_append_printf (
        json, ",\"requestBody\":{\"content\":{\"application/json\":{\"schema\":%s}}}", route->body);

  append_responses (json, route->answer != NULL ? "application/json" : NULL, route->answer);
}

static void
append_query_schema (GString *schema, const RaiQuery *query) {
  g_string_append (schema,
                   "{\"type\":\"object\",\"properties\":{\"revision\":{\"type\":\"integer\"},");
  if (query->sorts != NULL)
    g_string_append (schema, "\"total\":{\"type\":\"integer\"},");

  g_string_append (schema,
                   "\"rows\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{");
  for (int i = 0; query->columns[i].name; i++) {
    rai_json_append_name (schema, query->columns[i].name);
    g_string_append (schema, schema_of (query->columns[i].type));
  }

  g_string_append (schema, "}}}}}");
}

static void
append_query (GString *json, const RaiQuery *query) {
  g_autoptr (GString) schema = g_string_new (NULL);

  rai_json_append_name (json, "get");
  append_operation_head (json, query->title, NULL, rai_permission_id (query->permission),
                         query->name);
  g_string_append (json, ",\"parameters\":[");

  for (const RaiQueryParameter *parameter = query->parameters;
       parameter != NULL && parameter->name != NULL; parameter++)
    append_parameter (json, parameter->name, "query", parameter->required,
                      schema_of (parameter->type), parameter->help);

  if (query->sorts != NULL) {
    append_parameter (json, "sort", "query", false, "{\"type\":\"string\"}", query->sorts);
    append_parameter (json, "limit", "query", false,
                      "{\"type\":\"integer\",\"maximum\":1000,\"default\":100}", NULL);
    append_parameter (json, "offset", "query", false, "{\"type\":\"integer\"}", NULL);
    append_parameter (json, "count", "query", false, "{\"type\":\"boolean\"}",
                      "Tell the total number of rows");
  }

  g_string_append_c (json, ']');
  append_query_schema (schema, query);
  append_responses (json, "application/json", schema->str);
}

/* The query that is asked for at a route's path, too: GET /v1/jobs beside POST /v1/jobs. */
static const RaiQuery *
query_at (const char *path) {
  return g_str_has_prefix (path, QUERIES) ? rai_query_find (path + strlen (QUERIES)) : NULL;
}

static bool
has_route (const RaiQuery *query) {
  for (unsigned i = 0; rai_routes[i].method; i++)
    if (query_at (rai_routes[i].path) == query)
      return true;
  return false;
}

static unsigned
first_at (const char *path) {
  unsigned i = 0;

  while (strcmp (rai_routes[i].path, path) != 0)
    i++;
  return i;
}

/* Each method of a path. */
static void
append_routes_at (GString *json, unsigned first) {
  append_route (json, &rai_routes[first]);
  for (unsigned i = first + 1; rai_routes[i].method; i++)
    if (strcmp (rai_routes[i].path, rai_routes[first].path) == 0)
      append_route (json, &rai_routes[i]);
}

static void
append_paths (GString *json) {
  for (unsigned i = 0; rai_routes[i].method; i++) {
    const RaiQuery *query = query_at (rai_routes[i].path);
    if (first_at (rai_routes[i].path) < i)
      continue;
    rai_json_append_name (json, rai_routes[i].path);
    g_string_append_c (json, '{');
    append_routes_at (json, i);
    if (query != NULL)
      append_query (json, query);
    g_string_append_c (json, '}');
  }

  for (const RaiQuery *query = rai_queries; query->name; query++) {
    g_autofree char *path = g_strconcat (QUERIES, query->name, NULL);
    if (has_route (query))
      continue;
    rai_json_append_name (json, path);
    g_string_append_c (json, '{');
    append_query (json, query);
    g_string_append_c (json, '}');
  }
}

static void
append_arguments (GString *json, const RaiArgument *arguments) {
  g_autoptr (GString) required = g_string_new (NULL);

  g_string_append (json, "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{");
  for (const RaiArgument *argument = arguments; argument != NULL && argument->name != NULL;
       argument++) {
    rai_json_append_name (json, argument->name);
    if (argument->type == RAI_VALUE_LIST) {
      g_string_append (json, "{\"type\":\"array\",\"items\":");
      append_arguments (json, argument->fields);
      g_string_append_c (json, '}');
    } else {
      g_string_append (json, schema_of (argument->type));
    }
    if (argument->required) {
      g_string_append (required, required->len > 0 ? "," : "");
      rai_json_append_string (required, argument->name);
    }
  }

  g_string_append_printf (json, "},\"required\":[%s]}", required->str);
}

/* What POST /v1/sales takes is what its command takes. */
static void
append_receipt (GString *json) {
  const RaiCommand *command = rai_command_find ("sales.record");

  g_string_append (json, ",\"Receipt\":");
  append_arguments (json, command != NULL ? command->arguments : NULL);
}

/* Each command is a schema of its own: its name is fixed, its arguments are its table. */
static void
append_commands (GString *json) {
  g_string_append (json, ",\"Command\":{\"oneOf\":[");
  for (int i = 0; rai_commands[i]; i++) {
    const RaiCommand *command = rai_commands[i];
    g_string_append (json, i > 0 ? ",{" : "{");
    append_text (json, "title", command->title);
    append_text (json, "x-permission", rai_permission_id (command->permission));
    append_text (json, "x-reach", rai_reach_id (command->reach));
    if (command->apply == NULL)
      append_text (json, "description", "In the audit log only: the server's own program does it.");
    g_string_append (
        json, ",\"type\":\"object\",\"required\":[\"id\",\"name\",\"arguments\"],\"properties\":{"
              "\"id\":{\"type\":\"string\",\"format\":\"uuid\"},\"name\":{\"const\":");
    rai_json_append_string (json, command->name);
    g_string_append (
        json,
        "},\"acted_at\":{\"type\":\"integer\"},\"device\":{\"type\":\"string\"},\"arguments\":");
    append_arguments (json, command->arguments);
    g_string_append (json, "}}");
  }

  g_string_append (json, "]}");
}

static void
append_problem_codes (GString *json) {
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (unsigned i = 0; rai_problem_at (i)->code; i++) {
    const char *code = rai_problem_at (i)->code;
    if (!g_hash_table_add (seen, (gpointer) code))
      continue;
    if (json->str[json->len - 1] != '[')
      g_string_append_c (json, ',');
    rai_json_append_string (json, code);
  }
}

static void
append_schemas (GString *json) {
  g_string_append (
      json,
      "\"schemas\":{\"Account\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"},"
      "\"login\":{\"type\":"
      "\"string\"},\"name\":{\"type\":\"string\"},\"role\":{\"type\":\"string\"},\"all_sites\":{"
      "\"type\":\"boolean\"},"
      "\"sites\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}}},"
      "\"SignIn\":{\"type\":\"object\",\"properties\":{\"access_token\":{\"type\":\"string\"},"
      "\"token_type\":{"
      "\"const\":"
      "\"Bearer\"},\"expires_in\":{\"type\":\"integer\"},\"refresh_token\":{\"type\":\"string\"},"
      "\"account\":{\"$ref\":"
      "\"#/components/schemas/"
      "Account\"},\"server_id\":{\"type\":\"string\"},\"server_time_ms\":{\"type\":\"integer\"}}},"
      "\"Answer\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"},\"status\":{"
      "\"enum\":[\"applied\","
      "\"rejected\",\"conflict\"]},\"code\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"}"
      ",\"result\":{"
      "\"type\":"
      "\"object\"},\"summary\":{\"type\":\"string\"},\"rev\":{\"type\":\"integer\"},\"repeated\":{"
      "\"type\":\"boolean\"}"
      "}},"
      "\"Problem\":{\"type\":\"object\",\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{"
      "\"type\":\"string\"},"
      "\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},\"code\":{\"enum\":[");
  append_problem_codes (json);
  g_string_append (json, "]}}}");
  append_commands (json);
  append_receipt (json);
  g_string_append_c (json, '}');
}

void
rai_openapi_append (GString *json) {
  g_string_append_printf (
      json,
      "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"RetailAI\",\"version\":\"%s\",\"description\":"
      "\"What is seen is a query, what changes is a command.\",\"license\":{\"name\":"
      "\"GPL-3.0-or-later\",\"identifier\":\"GPL-3.0-or-later\"}},\"security\":[{\"token\":[]}],"
      "\"paths\":{",
      RAI_VERSION);
  append_paths (json);
  g_string_append (
      json,
      "},\"components\":{\"securitySchemes\":{\"token\":{\"type\":\"http\",\"scheme\":\"bearer\","
      "\"bearerFormat\":\"JWT\"}},");
  append_schemas (json);
  g_string_append (json, "}}");
}
