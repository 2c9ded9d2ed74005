/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proto/rai-json-read.h"

const char *
rai_json_get_text (JsonObject *object, const char *name) {
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}
