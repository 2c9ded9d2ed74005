/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/handlers/rai-handlers-import.h"

#include "proto/rai-json.h"
#include "server/rai-body.h"
#include "server/rai-http-error.h"

#include <string.h>

/* Columns that may be named (--map): more than fields have. */
#define MOST_COLUMNS 100

/* Where a piece begins, and in each answer about an upload where the next one does. */
#define OFFSET_HEADER "Upload-Offset"

static int64_t
account_of (RaiRequest *request) {
  return request->sign_in->identity->account_id;
}

/* ---- Uploads ---- */

static void
tell_offset (RaiRequest *request, int64_t offset) {
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, offset);

  if (!request->gone)
    soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                  OFFSET_HEADER, text);
}

static void
reply_upload (RaiRequest *request, int status, const RaiUpload *upload) {
  GString *json = g_string_new ("{\"id\":");

  rai_json_append_string (json, upload->id);
  rai_json_append_name (json, "name");
  rai_json_append_string (json, upload->name);
  g_string_append_printf (
      json, ",\"size\":%" G_GINT64_FORMAT ",\"offset\":%" G_GINT64_FORMAT ",\"piece\":%d}",
      upload->size, upload->offset, RAI_UPLOADS_PIECE);
  tell_offset (request, upload->offset);
  rai_request_reply_json (request, status, json);
}

static bool
read_size (json_t *body, int64_t *size, GError **error) {
  json_t *member = json_object_get (body, "size");

  *size = json_integer_value (member);
  if (json_is_integer (member))
    return true;
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                       "“size” must be the file's length in bytes");
  return false;
}

void
rai_handle_upload_begin (RaiRequest *request) {
  GError *error = NULL;
  g_auto (RaiUpload) upload = { 0 };
  json_auto_t *body = rai_body_object (request, &error);
  const char *name =
      body != NULL ? rai_body_text (body, "name", RAI_BODY_NAME, true, &error) : NULL;
  int64_t size;

  if (error == NULL && read_size (body, &size, &error) &&
      rai_uploads_begin (request->server->uploads, account_of (request), name, size, &upload,
                         &error))
    reply_upload (request, 201, &upload);
  else
    rai_request_fail (request, error);
}

typedef struct {
  RaiRequest *request;
  int64_t account_id;
  int64_t offset;
  RaiUpload upload;
  GError *error;
} Piece;

static void
reply_piece (RaiRequest *request, void *data) {
  g_autofree Piece *piece = data;

  if (piece->error == NULL) {
    reply_upload (request, 200, &piece->upload);
  } else {
    if (*piece->upload.id != '\0')
      tell_offset (request, piece->upload.offset);
    rai_request_fail (request, g_steal_pointer (&piece->error));
  }

  rai_upload_clear (&piece->upload);
}

/* On a thread of the readers' pool when it is a long one. */
static void
write_piece (RaiDb *unused, void *data) {
  Piece *piece = data;
  g_autoptr (GBytes) body = rai_request_body (piece->request);

  rai_uploads_append (piece->request->server->uploads, piece->account_id,
                      piece->request->path_argument, piece->offset, body, &piece->upload,
                      &piece->error);
  rai_request_resume (piece->request, reply_piece, piece);
}

static bool
check_piece (RaiRequest *request, int64_t *offset, GError **error) {
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  SoupMessageBody *body = soup_server_message_get_request_body (request->message);
  const char *text = soup_message_headers_get_list (headers, OFFSET_HEADER);
  uint64_t number = 0;

  if (!rai_body_is (request, "application/octet-stream"))
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MEDIA_TYPE,
                         "a piece must be sent with “Content-Type: application/octet-stream”");
  else if (text == NULL || !g_ascii_isdigit (*text) ||
           !g_ascii_string_to_unsigned (text, 10, 0, RAI_UPLOADS_MOST_BYTES, &number, NULL))
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                         OFFSET_HEADER " must say at which byte the piece begins");
  else if (body->length > RAI_UPLOADS_PIECE)
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_LARGE, "a piece may have %d bytes",
                 RAI_UPLOADS_PIECE);
  else
    *offset = (int64_t) number;

  return *error == NULL;
}

void
rai_handle_upload_piece (RaiRequest *request) {
  GError *error = NULL;
  int64_t offset = 0;

  if (!check_piece (request, &offset, &error)) {
    rai_request_fail (request, error);
    return;
  }

  Piece *piece = g_new0 (Piece, 1);
  *piece = (Piece){
    .request = request,
    .account_id = account_of (request),
    .offset = offset,
  };

  if (rai_body_read (request, write_piece, piece, &error))
    return;
  g_free (piece);
  rai_request_fail (request, error);
}

void
rai_handle_upload (RaiRequest *request) {
  GError *error = NULL;
  g_auto (RaiUpload) upload = { 0 };

  if (rai_uploads_find (request->server->uploads, account_of (request), request->path_argument,
                        &upload, &error))
    reply_upload (request, 200, &upload);
  else
    rai_request_fail (request, error);
}

void
rai_handle_upload_remove (RaiRequest *request) {
  RaiServer *server = request->server;
  GError *error = NULL;
  g_auto (RaiUpload) upload = { 0 };

  if (rai_uploads_find (server->uploads, account_of (request), request->path_argument, &upload,
                        &error) &&
      rai_imports_use (server->imports, upload.id))
    g_set_error_literal (&error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_CONFLICT,
                         "the file is being brought in: cancel that first");

  if (error == NULL &&
      rai_uploads_remove (server->uploads, account_of (request), upload.id, &error))
    rai_request_reply (request, 204, NULL, NULL);
  else
    rai_request_fail (request, error);
}

/* ---- Imports ---- */

/* What is passed on to the command line as it is: texts by which it can tell what the file says.
 * The command line says what it does not understand. */
static const char *const option_names[][2] = {
  { "preset", "--preset" },   { "encoding", "--encoding" },   { "dates", "--date-format" },
  { "decimal", "--decimal" }, { "delimiter", "--delimiter" }, { "site", "--site" },
  { "period", "--period" },
};

static bool
add_options (json_t *body, GPtrArray *options, GError **error) {
  for (size_t i = 0; i < G_N_ELEMENTS (option_names); i++) {
    GError *local = NULL;
    const char *text = rai_body_text (body, option_names[i][0], RAI_BODY_NAME, false, &local);
    if (local != NULL) {
      g_propagate_error (error, local);
      return false;
    }
    if (text != NULL && *text != '\0')
      g_ptr_array_add (options, g_strdup_printf ("%s=%s", option_names[i][1], text));
  }

  return true;
}

static bool
add_columns (json_t *body, GPtrArray *options, GError **error) {
  json_t *list = json_object_get (body, "map"), *entry;
  bool good = list == NULL || (json_is_array (list) && json_array_size (list) <= MOST_COLUMNS);
  size_t i;

  json_array_foreach (list, i, entry) {
    good = good && json_is_string (entry) && json_string_length (entry) <= RAI_BODY_NAME;
    if (good)
      g_ptr_array_add (options, g_strdup_printf ("--map=%s", json_string_value (entry)));
  }

  if (!good)
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                 "“map” must be a list of up to %d strings, each FIELD=COLUMN", MOST_COLUMNS);
  return good;
}

static bool
read_flag (json_t *body, const char *name, bool *flag, GError **error) {
  json_t *member = json_object_get (body, name);

  *flag = json_is_true (member);
  if (member == NULL || json_is_boolean (member))
    return true;
  g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED, "“%s” must be true or false", name);
  return false;
}

static bool
find_whole (RaiRequest *request, const char *upload_id, RaiUpload *upload, GError **error) {
  if (!rai_uploads_find (request->server->uploads, account_of (request), upload_id, upload, error))
    return false;
  if (upload->offset == upload->size)
    return true;
  g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_CONFLICT,
               "the file is not whole: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
               " bytes are there",
               upload->offset, upload->size);
  return false;
}

/* An import that ended has used up its file: whoever asks again for it is told how it went. */
static bool
start_import (RaiRequest *request, json_t *body, const char *id, const char *upload_id,
              const char *kind, GError **error) {
  RaiImports *imports = request->server->imports;
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func (g_free);
  g_auto (RaiUpload) upload = { 0 };
  bool dry_run;

  if (rai_imports_know (imports, account_of (request), id))
    return true;
  if (!find_whole (request, upload_id, &upload, error) ||
      !read_flag (body, "dry_run", &dry_run, error) || !add_options (body, options, error) ||
      !add_columns (body, options, error))
    return false;
  g_ptr_array_add (options, NULL);

  const RaiImportsOrder order = {
    .id = id,
    .account_id = account_of (request),
    .upload = &upload,
    .kind = kind,
    .options = (const char *const *) options->pdata,
    .dry_run = dry_run,
  };
  return rai_imports_start (imports, &order, error);
}

static bool
read_import (RaiRequest *request, json_t *body, char **known, GError **error) {
  static const char *const names[] = { "id", "upload", "kind" };
  const char *texts[G_N_ELEMENTS (names)];

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
    texts[i] = rai_body_text (body, names[i], RAI_BODY_NAME, true, error);
    if (texts[i] == NULL)
      return false;
  }

  if (!rai_uuid_is_valid (texts[0])) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED, "“id” must be a UUID, not “%s”",
                 texts[0]);
    return false;
  }

  *known = g_strdup (texts[0]);
  return start_import (request, body, texts[0], texts[1], texts[2], error);
}

static void
reply_import (RaiRequest *request, int status, const char *id) {
  GError *error = NULL;
  GString *json = g_string_new (NULL);

  if (rai_imports_append_json (request->server->imports, account_of (request), id, json, &error)) {
    rai_request_reply_json (request, status, json);
    return;
  }

  g_string_free (json, TRUE);
  rai_request_fail (request, error);
}

void
rai_handle_import_start (RaiRequest *request) {
  GError *error = NULL;
  g_autofree char *id = NULL;
  json_auto_t *body = rai_body_object (request, &error);

  if (body != NULL && read_import (request, body, &id, &error))
    reply_import (request, 202, id);
  else
    rai_request_fail (request, error);
}

void
rai_handle_import (RaiRequest *request) {
  reply_import (request, 200, request->path_argument);
}

void
rai_handle_import_cancel (RaiRequest *request) {
  GError *error = NULL;

  if (rai_imports_cancel (request->server->imports, account_of (request), request->path_argument,
                          &error))
    reply_import (request, 202, request->path_argument);
  else
    rai_request_fail (request, error);
}

void
rai_handle_import_rejects (RaiRequest *request) {
  GError *error = NULL;
  g_autofree char *path = rai_imports_rejects (request->server->imports, account_of (request),
                                               request->path_argument, &error);
  g_autoptr (GMappedFile) file = path != NULL ? g_mapped_file_new (path, FALSE, &error) : NULL;

  if (file != NULL)
    rai_request_reply (request, 200, "text/csv; charset=utf-8", g_mapped_file_get_bytes (file));
  else
    rai_request_fail (request, error);
}
