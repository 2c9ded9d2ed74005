/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-body.h"

#include "server/rai-http-error.h"

#include <string.h>

/* More levels than any body of ours has; the parser calls itself for each. */
#define DEEPEST 32
/* Bytes that are read in about a millisecond. */
#define QUICK (64 * 1024)

static bool
is_shallow (const char *text, size_t size) {
  unsigned depth = 0;
  bool quoted = false;

  for (size_t i = 0; i < size; i++) {
    if (quoted) {
      if (text[i] == '\\')
        i++;
      else if (text[i] == '"')
        quoted = false;
      continue;
    }
    if (text[i] == '"')
      quoted = true;
    else if ((text[i] == '[' || text[i] == '{') && ++depth > DEEPEST)
      return false;
    else if ((text[i] == ']' || text[i] == '}') && depth > 0)
      depth--;
  }

  return true;
}

json_t *
rai_body_parse (const char *text, size_t size, GError **error) {
  json_error_t reason;

  if (size == 0) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                         "it is empty: JSON is needed");
    return NULL;
  }

  if (!is_shallow (text, size)) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                 "it is nested more than %d levels deep", DEEPEST);
    return NULL;
  }

  json_t *root = json_loadb (text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &reason);
  if (root == NULL)
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                 "it is not JSON that can be read in one way only: line %d, column %d: %s",
                 reason.line, reason.column, reason.text);

  return root;
}

bool
rai_body_is (RaiRequest *request, const char *type) {
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *given = soup_message_headers_get_content_type (headers, NULL);

  return given != NULL && g_ascii_strcasecmp (given, type) == 0;
}

json_t *
rai_body_json (RaiRequest *request, GError **error) {
  if (!rai_body_is (request, "application/json")) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MEDIA_TYPE,
                         "the body must be sent with “Content-Type: application/json”");
    return NULL;
  }

  g_autoptr (GBytes) body = rai_request_body (request);
  size_t size;
  const char *text = g_bytes_get_data (body, &size);

  json_t *root = rai_body_parse (text, size, error);
  if (root == NULL)
    g_prefix_error_literal (error, "the body cannot be read: ");

  return root;
}

json_t *
rai_body_object (RaiRequest *request, GError **error) {
  json_t *root = rai_body_json (request, error);

  if (root == NULL || json_is_object (root))
    return root;
  json_decref (root);
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                       "the body must be an object");
  return NULL;
}

bool
rai_body_read (RaiRequest *request, RaiPoolFunc func, void *data, GError **error) {
  SoupMessageBody *body = soup_server_message_get_request_body (request->message);

  if (body->length <= QUICK) {
    rai_request_defer (request);
    func (NULL, data);
    return true;
  }

  /* Its answer comes back to this thread, so it cannot overtake the defer. */
  if (!rai_pool_push (request->server->readers, func, data))
    return rai_request_too_many (request, 1, error);
  rai_request_defer (request);

  return true;
}

static bool
has_control (const char *text) {
  for (; *text != '\0'; text++)
    if ((unsigned char) *text < 0x20 || *text == 0x7f)
      return true;
  return false;
}

const char *
rai_body_text (json_t *object, const char *name, size_t longest, bool required, GError **error) {
  json_t *member = json_object_get (object, name);

  if (member == NULL || json_is_null (member)) {
    if (required)
      g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED, "“%s” is missing", name);
    return NULL;
  }

  if (!json_is_string (member)) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED, "“%s” must be a string", name);
    return NULL;
  }

  if (json_string_length (member) > longest) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                 "“%s” may have %zu bytes, not %zu", name, longest, json_string_length (member));
    return NULL;
  }

  if (longest <= RAI_BODY_NAME && has_control (json_string_value (member))) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                 "“%s” must not hold control characters", name);
    return NULL;
  }

  return json_string_value (member);
}

char *
rai_body_print (json_t *value) {
  char *text = json_dumps (value, JSON_COMPACT | JSON_ENCODE_ANY);
  char *copy = g_strdup (text);

  free (text);
  return copy;
}
