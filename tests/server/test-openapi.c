/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-openapi.h"

#include "command/rai-command.h"
#include "db/rai-query.h"
#include "server/rai-problem.h"
#include "server/rai-routes.h"

#include <json-glib/json-glib.h>
#include <string.h>

static JsonObject *document;

static JsonObject *
member (JsonObject *object, const char *name) {
  if (!json_object_has_member (object, name))
    g_error ("%s is missing", name);
  return json_object_get_object_member (object, name);
}

/* Nothing that there is goes without saying. */
static void
test_routes (void) {
  JsonObject *paths = member (document, "paths");

  for (const RaiRoute *route = rai_routes; route->method; route++) {
    g_autofree char *method = g_ascii_strdown (route->method, -1);
    JsonObject *operation = member (member (paths, route->path), method);
    g_assert_cmpstr (json_object_get_string_member (operation, "summary"), ==, route->title);
    g_assert_cmpint (json_object_has_member (operation, "security"), ==,
                     (route->flags & RAI_ROUTE_PUBLIC) != 0);
  }
}

static void
test_queries (void) {
  JsonObject *paths = member (document, "paths");

  for (const RaiQuery *query = rai_queries; query->name; query++) {
    g_autofree char *path = g_strconcat ("/v1/", query->name, NULL);
    JsonObject *operation = member (member (paths, path), "get");
    JsonArray *parameters = json_object_get_array_member (operation, "parameters");
    unsigned n = 0;
    for (const RaiQueryParameter *parameter = query->parameters; parameter && parameter->name;
         parameter++)
      n++;
    g_assert_cmpuint (json_array_get_length (parameters), ==, n + (query->sorts ? 4 : 0));
  }
}

static void
test_commands (void) {
  JsonObject *schemas = member (member (document, "components"), "schemas");
  JsonArray *commands = json_object_get_array_member (member (schemas, "Command"), "oneOf");

  for (unsigned i = 0; rai_commands[i]; i++) {
    JsonObject *properties = member (json_array_get_object_element (commands, i), "properties");
    g_assert_cmpstr (json_object_get_string_member (member (properties, "name"), "const"), ==,
                     rai_commands[i]->name);
    JsonObject *arguments = member (member (properties, "arguments"), "properties");
    for (const RaiArgument *argument = rai_commands[i]->arguments; argument->name; argument++)
      g_assert_true (json_object_has_member (arguments, argument->name));
  }

  g_assert_true (json_object_has_member (schemas, "Receipt"));
}

/* Every reference leads somewhere. */
static void
check_references (JsonNode *node) {
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    for (unsigned i = 0; i < json_array_get_length (array); i++)
      check_references (json_array_get_element (array, i));
    return;
  }

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;

  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value)) {
    if (strcmp (name, "$ref") == 0) {
      const char *target = json_node_get_string (value);
      g_assert_true (g_str_has_prefix (target, "#/components/schemas/"));
      member (member (member (document, "components"), "schemas"), strrchr (target, '/') + 1);
    }
    check_references (value);
  }
}

static void
test_references (void) {
  g_autoptr (JsonNode) node = json_node_alloc ();

  json_node_init_object (node, document);
  check_references (node);
}

static void
test_problems (void) {
  g_autoptr (GError) unknown = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "secret detail");
  g_autoptr (GError) busy = g_error_new_literal (RAI_DB_ERROR, RAI_DB_ERROR_BUSY, "locked");
  g_autoptr (GString) json = g_string_new (NULL);

  for (unsigned i = 0; rai_problem_at (i)->code; i++) {
    g_assert_cmpint (rai_problem_at (i)->status, >=, 400);
    g_assert_cmpint (rai_problem_at (i)->status, <, 600);
  }

  g_assert_cmpint (rai_problem_find (unknown)->status, ==, 500);
  g_assert_false (rai_problem_find (unknown)->told);
  g_assert_cmpint (rai_problem_find (busy)->status, ==, 503);
  rai_problem_append_json (json, rai_problem_find (unknown), NULL);
  g_assert_null (strstr (json->str, "secret"));
}

int
main (int argc, char **argv) {
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  rai_openapi_append (json);
  g_autoptr (JsonNode) node = json_from_string (json->str, &error);
  g_assert_no_error (error);
  document = json_node_get_object (node);
  g_test_add_func ("/openapi/routes", test_routes);
  g_test_add_func ("/openapi/queries", test_queries);
  g_test_add_func ("/openapi/commands", test_commands);
  g_test_add_func ("/openapi/references", test_references);
  g_test_add_func ("/openapi/problems", test_problems);

  return g_test_run ();
}
