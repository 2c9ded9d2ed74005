/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-wire.h"

#include "proto/rai-json-read.h"
#include "proto/rai-json.h"

#include <json-glib/json-glib.h>

GQuark
rai_sync_error_quark (void) {
  return g_quark_from_static_string ("rai-sync-error");
}

GError *
rai_sync_write_error (const char *path, bool no_space, const char *reason) {
  if (no_space)
    return g_error_new_literal (RAI_SYNC_ERROR, RAI_SYNC_ERROR_STORAGE, RAI_SYNC_DISK_FULL);
  return g_error_new (RAI_SYNC_ERROR, RAI_SYNC_ERROR_STORAGE, "Cannot write %s: %s", path, reason);
}

void
rai_sync_append_identity (GString *json, const RaiIdentity *identity) {
  g_string_append_printf (json,
                          "{\"account_id\":%" G_GINT64_FORMAT ",\"login\":", identity->account_id);
  rai_json_append_string (json, identity->login);
  g_string_append_printf (json, ",\"role\":\"%s\",\"all_sites\":%s,\"sites\":[",
                          rai_role_id (identity->role), identity->all_sites ? "true" : "false");
  for (size_t i = 0; i < identity->n_sites; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i ? "," : "", identity->sites[i]);
  g_string_append (json, "]}");
}

void
rai_sync_append_call (GString *json, const RaiCommandCall *call) {
  g_string_append (json, "{\"id\":");
  rai_json_append_string (json, call->id);
  g_string_append (json, ",\"name\":");
  rai_json_append_string (json, call->name);
  g_string_append_printf (json, ",\"acted_at\":%" G_GINT64_FORMAT ",\"device\":", call->acted_at);
  rai_json_append_string (json, call->device != NULL ? call->device : "");
  g_string_append_printf (json, ",\"arguments\":%s}",
                          call->arguments != NULL && *call->arguments ? call->arguments : "{}");
}

char *
rai_sync_write_calls (RaiCommandCall *const *calls, size_t n) {
  GString *json = g_string_new ("[");
  for (size_t i = 0; i < n; i++) {
    if (i > 0)
      g_string_append_c (json, ',');
    rai_sync_append_call (json, calls[i]);
  }

  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

void
rai_sync_append_refusal (GString *json, const char *id, const char *message) {
  g_string_append (json, "{\"id\":");
  rai_json_append_string (json, id);
  g_string_append_printf (json, ",\"status\":\"%s\",\"code\":\"refused\",\"message\":",
                          rai_answer_status_id (RAI_ANSWER_REJECTED));
  rai_json_append_string (json, message);
  g_string_append_c (json, '}');
}

static int64_t
get_int (JsonObject *object, const char *name) {
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
}

static bool
get_bool (JsonObject *object, const char *name) {
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

static JsonNode *
parse (const char *json, ssize_t length, JsonNodeType type, const char *what, GError **error) {
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root = NULL;
  if (json != NULL && json_parser_load_from_data (parser, json, length, NULL))
    root = json_parser_steal_root (parser);
  if (root != NULL && json_node_get_node_type (root) == type)
    return root;

  g_clear_pointer (&root, json_node_unref);
  g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED, "The %s cannot be read", what);
  return NULL;
}

RaiIdentity *
rai_sync_parse_identity (const char *json, GError **error) {
  g_autoptr (JsonNode) root = parse (json, -1, JSON_NODE_OBJECT, "account", error);
  if (root == NULL)
    return NULL;

  JsonObject *object = json_node_get_object (root);
  RaiRole role;
  const char *login = rai_json_get_text (object, "login");
  const char *role_id = rai_json_get_text (object, "role");

  if (login == NULL || role_id == NULL || !rai_role_parse (role_id, &role)) {
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED,
                 "The account has no login or no known role");
    return NULL;
  }

  g_autoptr (GArray) sites = g_array_new (FALSE, FALSE, sizeof (int64_t));
  JsonNode *list = json_object_get_member (object, "sites");
  if (list != NULL && JSON_NODE_HOLDS_ARRAY (list)) {
    JsonArray *array = json_node_get_array (list);
    for (unsigned i = 0; i < json_array_get_length (array); i++) {
      int64_t site = json_array_get_int_element (array, i);
      g_array_append_val (sites, site);
    }
  }

  return rai_identity_new (get_int (object, "account_id"), login, role,
                           get_bool (object, "all_sites"), (const int64_t *) sites->data,
                           sites->len);
}

static void
answer_free (void *data) {
  RaiSyncAnswer *answer = data;
  g_free (answer->id);
  rai_answer_clear (&answer->answer);
  g_free (answer);
}

static bool
parse_status (const char *text, RaiAnswerStatus *status) {
  for (int i = RAI_ANSWER_APPLIED; i <= RAI_ANSWER_CONFLICT; i++)
    if (g_strcmp0 (text, rai_answer_status_id (i)) == 0) {
      *status = i;
      return true;
    }
  return false;
}

static RaiSyncAnswer *
parse_answer (JsonNode *node) {
  RaiAnswerStatus status;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  JsonObject *object = json_node_get_object (node);
  const char *id = rai_json_get_text (object, "id");
  if (id == NULL || !parse_status (rai_json_get_text (object, "status"), &status))
    return NULL;

  RaiSyncAnswer *answer = g_new0 (RaiSyncAnswer, 1);
  JsonNode *result = json_object_get_member (object, "result");
  answer->id = g_strdup (id);
  answer->answer.status = status;
  answer->answer.repeated = get_bool (object, "repeated");
  answer->answer.code = g_strdup (rai_json_get_text (object, "code"));
  answer->answer.message = g_strdup (rai_json_get_text (object, "message"));
  answer->answer.summary = g_strdup (rai_json_get_text (object, "summary"));
  answer->answer.result =
      result != NULL && JSON_NODE_HOLDS_OBJECT (result) ? json_to_string (result, FALSE) : NULL;
  answer->answer.rev = get_int (object, "rev");

  return answer;
}

GPtrArray *
rai_sync_parse_answers (const char *json, size_t length, GError **error) {
  g_autoptr (JsonNode) root =
      parse (json, (ssize_t) length, JSON_NODE_ARRAY, "server's answer", error);
  if (root == NULL)
    return NULL;

  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (answer_free);
  JsonArray *array = json_node_get_array (root);
  for (unsigned i = 0; i < json_array_get_length (array); i++) {
    RaiSyncAnswer *answer = parse_answer (json_array_get_element (array, i));
    if (answer == NULL) {
      g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED,
                   "Answer %u of the server cannot be read", i + 1);
      return NULL;
    }
    g_ptr_array_add (answers, answer);
  }

  return g_steal_pointer (&answers);
}

void
rai_sync_entry_free (RaiSyncEntry *entry) {
  if (entry == NULL)
    return;
  g_free (entry->id);
  g_free (entry->name);
  g_free (entry->summary);
  g_free (entry->arguments);
  g_free (entry->code);
  g_free (entry->message);
  g_free (entry->result);
  g_free (entry->device);
  g_free (entry);
}
