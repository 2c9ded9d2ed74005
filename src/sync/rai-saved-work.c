/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-saved-work.h"

#include "proto/rai-json-read.h"
#include "proto/rai-json.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"
#include "util/rai-uuid.h"

#include <glib/gi18n-lib.h>

#define FORMAT "retailai-changes"
#define VERSION 1

void
rai_saved_work_free (RaiSavedWork *work) {
  if (work == NULL)
    return;
  g_free (work->server);
  g_free (work->database);
  g_free (work->login);
  g_clear_pointer (&work->entries, g_ptr_array_unref);
  g_free (work);
}

static void
append_text (GString *json, const char *name, const char *value) {
  rai_json_append_name (json, name);
  rai_json_append_string (json, value);
}

static void
append_number (GString *json, const char *name, int64_t value) {
  rai_json_append_name (json, name);
  rai_json_append_int (json, value);
}

/* A line each, so that people find their way in it. */
static void
append_entry (GString *json, const RaiSyncEntry *entry) {
  g_string_append (json, "\n    {");
  append_text (json, "id", entry->id);
  append_text (json, "name", entry->name);
  append_text (json, "summary", entry->summary);
  append_number (json, "acted_at", entry->acted_at);
  append_text (json, "device", entry->device != NULL ? entry->device : "");
  rai_json_append_name (json, "arguments");
  g_string_append (json, entry->arguments != NULL && *entry->arguments ? entry->arguments : "{}");
  g_string_append_c (json, '}');
}

char *
rai_saved_work_write (const RaiSavedWork *work, int64_t now) {
  GString *json = g_string_new ("{");
  append_text (json, "format", FORMAT);
  append_number (json, "version", VERSION);
  append_text (json, "server", work->server);
  append_text (json, "database", work->database);
  append_text (json, "login", work->login);
  append_number (json, "saved_at", now);
  rai_json_append_name (json, "changes");
  g_string_append_c (json, '[');

  for (unsigned i = 0; i < work->entries->len; i++) {
    if (i > 0)
      g_string_append_c (json, ',');
    append_entry (json, work->entries->pdata[i]);
  }

  g_string_append (json, "\n]}\n");
  return g_string_free (json, FALSE);
}

static int64_t
get_number (JsonObject *object, const char *name) {
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node)
                                                                         : 0;
}

static RaiSyncEntry *
read_entry (JsonNode *node) {
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = object != NULL ? rai_json_get_text (object, "id") : NULL;
  const char *name = object != NULL ? rai_json_get_text (object, "name") : NULL;
  JsonNode *arguments = object != NULL ? json_object_get_member (object, "arguments") : NULL;

  if (id == NULL || !rai_uuid_is_valid (id) || name == NULL || !*name || arguments == NULL ||
      !JSON_NODE_HOLDS_OBJECT (arguments))
    return NULL;

  const char *summary = rai_json_get_text (object, "summary");
  RaiSyncEntry *entry = g_new0 (RaiSyncEntry, 1);
  entry->id = g_strdup (id);
  entry->name = g_strdup (name);
  entry->summary = g_strdup (summary != NULL ? summary : name);
  entry->arguments = json_to_string (arguments, FALSE);
  entry->device = g_strdup (rai_json_get_text (object, "device"));
  entry->acted_at = get_number (object, "acted_at");

  return entry;
}

static bool
read_entries (RaiSavedWork *work, JsonNode *list, GError **error) {
  JsonArray *array =
      list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
  for (unsigned i = 0; array != NULL && i < json_array_get_length (array); i++) {
    RaiSyncEntry *entry = read_entry (json_array_get_element (array, i));
    if (entry == NULL) {
      g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED,
                   _ ("Change %u in the file cannot be read. Nothing was taken in"), i + 1);
      return false;
    }
    g_ptr_array_add (work->entries, entry);
  }

  return true;
}

RaiSavedWork *
rai_saved_work_read (const char *json, size_t length, GError **error) {
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root = json_parser_load_from_data (parser, json, (gssize) length, NULL)
                       ? json_parser_get_root (parser)
                       : NULL;
  JsonObject *object =
      root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  if (object == NULL || g_strcmp0 (rai_json_get_text (object, "format"), FORMAT) != 0 ||
      rai_json_get_text (object, "login") == NULL) {
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED,
                 _ ("This is not a file of saved changes"));
    return NULL;
  }

  if (get_number (object, "version") != VERSION) {
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED,
                 _ ("The file was saved by a newer RetailAI. Take it in with that version"));
    return NULL;
  }

  g_autoptr (RaiSavedWork) work = g_new0 (RaiSavedWork, 1);
  work->server = g_strdup (rai_json_get_text (object, "server"));
  work->database = g_strdup (rai_json_get_text (object, "database"));
  work->login = g_strdup (rai_json_get_text (object, "login"));
  work->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rai_sync_entry_free);

  return read_entries (work, json_object_get_member (object, "changes"), error)
             ? g_steal_pointer (&work)
             : NULL;
}

bool
rai_saved_work_save (const RaiSavedWork *work, const char *path, GError **error) {
  g_autofree char *json = rai_saved_work_write (work, rai_now_ms ());
  return g_file_set_contents_full (
      path, json, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

RaiSavedWork *
rai_saved_work_load (const char *path, GError **error) {
  g_autofree char *json = NULL;
  size_t length;
  return g_file_get_contents (path, &json, &length, error)
             ? rai_saved_work_read (json, length, error)
             : NULL;
}
