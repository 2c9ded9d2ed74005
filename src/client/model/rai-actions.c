/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-actions.h"

#include "proto/rai-json.h"

#include <inttypes.h>
#include <json-glib/json-glib.h>

static char *
with_note (GString *json, const char *note) {
  if (note != NULL && *note) {
    g_string_append (json, ",\"note\":");
    rai_json_append_string (json, note);
  }
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

char *
rai_action_stock (int64_t site, int64_t item, int64_t quantity, const char *note) {
  GString *json = g_string_new (NULL);
  g_string_printf (json, "{\"site\":%" PRId64 ",\"item\":%" PRId64 ",\"quantity\":%" PRId64, site,
                   item, quantity);
  return with_note (json, note);
}

char *
rai_action_stock_receive (int64_t site, int64_t item, int64_t quantity, const char *note) {
  GString *json = g_string_new (NULL);
  g_string_printf (
      json, "{\"site\":%" PRId64 ",\"lines\":[{\"item\":%" PRId64 ",\"quantity\":%" PRId64 "}]",
      site, item, quantity);
  return with_note (json, note);
}

char *
rai_action_order_approve (const char *order, int64_t version) {
  return g_strdup_printf ("{\"order\":\"%s\",\"version\":%" PRId64 "}", order, version);
}

char *
rai_action_order_edit (const char *order, int64_t version, int64_t item, int64_t quantity) {
  return g_strdup_printf ("{\"order\":\"%s\",\"version\":%" PRId64 ",\"item\":%" PRId64
                          ",\"quantity\":%" PRId64 "}",
                          order, version, item, quantity);
}

char *
rai_action_alert (const char *alert) {
  return g_strdup_printf ("{\"alert\":\"%s\"}", alert);
}

char *
rai_action_alert_snooze (const char *alert, RaiDay until) {
  char day[11];
  return g_strdup_printf ("{\"alert\":\"%s\",\"until\":\"%s\"}", alert,
                          rai_day_format (until, day));
}

static JsonObject *
parse (JsonParser *parser, const char *text) {
  if (text == NULL || !json_parser_load_from_data (parser, text, -1, NULL))
    return NULL;
  JsonNode *root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

/* The object that holds the quantity: the arguments themselves, or their only line. */
static JsonObject *
quantity_holder (JsonObject *arguments) {
  JsonNode *lines = arguments != NULL ? json_object_get_member (arguments, "lines") : NULL;
  JsonObject *holder = arguments;
  if (lines != NULL && JSON_NODE_HOLDS_ARRAY (lines)) {
    JsonArray *array = json_node_get_array (lines);
    JsonNode *only = json_array_get_length (array) == 1 ? json_array_get_element (array, 0) : NULL;
    holder = only != NULL && JSON_NODE_HOLDS_OBJECT (only) ? json_node_get_object (only) : NULL;
  }

  JsonNode *quantity = holder != NULL ? json_object_get_member (holder, "quantity") : NULL;
  return quantity != NULL && json_node_get_value_type (quantity) == G_TYPE_INT64 ? holder : NULL;
}

bool
rai_action_get_quantity (const char *arguments, int64_t *quantity) {
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *holder = quantity_holder (parse (parser, arguments));
  if (holder != NULL)
    *quantity = json_object_get_int_member (holder, "quantity");
  return holder != NULL;
}

char *
rai_action_get_order (const char *arguments) {
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object = parse (parser, arguments);
  JsonNode *order = object != NULL ? json_object_get_member (object, "order") : NULL;
  return order != NULL && json_node_get_value_type (order) == G_TYPE_STRING
             ? json_node_dup_string (order)
             : NULL;
}

char *
rai_action_again (const char *arguments, int64_t quantity, const char *answer) {
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonParser) answer_parser = json_parser_new ();

  JsonObject *object = parse (parser, arguments), *now = parse (answer_parser, answer);
  if (object == NULL)
    return g_strdup (arguments);

  JsonObject *holder = quantity_holder (object);
  if (holder != NULL)
    json_object_set_int_member (holder, "quantity", quantity);

  JsonNode *version = now != NULL ? json_object_get_member (now, "version") : NULL;
  if (version != NULL && json_object_has_member (object, "version"))
    json_object_set_int_member (object, "version", json_node_get_int (version));

  return json_to_string (json_parser_get_root (parser), FALSE);
}
