/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-direct.h"

#include "proto/rai-rows-json.h"

#include <glib/gi18n-lib.h>

#define TRIES 3

struct _RaiSyncDirect {
  RaiSyncClient *client;
  GPtrArray *requests; /* Request, not answered yet */
};

typedef struct {
  RaiSyncDirect *direct;
  char *method; /* NULL: GET, or POST with json */
  char *path;
  char *json;
  GBytes *bytes;
  int64_t offset;
  unsigned tries;
  RaiSyncClientDone done;
  void *data;
} Request;

static void
request_free (void *data) {
  Request *request = data;
  g_free (request->method);
  g_free (request->path);
  g_free (request->json);
  g_clear_pointer (&request->bytes, g_bytes_unref);
  g_free (request);
}

RaiSyncDirect *
rai_sync_direct_new (RaiSyncClient *client) {
  RaiSyncDirect *self = g_new0 (RaiSyncDirect, 1);
  self->client = client;
  self->requests = g_ptr_array_new_with_free_func (request_free);
  return self;
}

void
rai_sync_direct_free (RaiSyncDirect *self) {
  if (self == NULL)
    return;
  g_autoptr (GError) error =
      g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The program is ending");

  for (unsigned i = 0; i < self->requests->len; i++) {
    Request *request = self->requests->pdata[i];
    request->done (request->data, NULL, error);
  }

  g_ptr_array_unref (self->requests);
  g_free (self);
}

static void send (Request *request);

static void
answered_cb (void *data, GBytes *body, const GError *error) {
  Request *request = data;
  RaiSyncDirect *self = request->direct;
  bool offline = g_error_matches (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_OFFLINE);

  if (offline && ++request->tries < TRIES) {
    send (request);
    return;
  }

  g_autoptr (GError) words = offline ? g_error_new (RAI_SYNC_ERROR, RAI_SYNC_ERROR_OFFLINE,
                                                    _ ("This needs the server, which does not "
                                                       "answer now. Try again when you are online"))
                                     : NULL;

  RaiSyncClientDone done = request->done;
  void *done_data = request->data;
  g_ptr_array_remove_fast (self->requests, request);
  done (done_data, body, words != NULL ? words : error);
}

static void
send (Request *request) {
  const RaiSyncRequest asked = {
    request->method, request->path, request->json, request->bytes, request->offset,
  };

  if (request->method != NULL)
    rai_sync_client_send (request->direct->client, &asked, answered_cb, request);
  else if (request->json != NULL)
    rai_sync_client_post (request->direct->client, request->path, request->json, answered_cb,
                          request);
  else
    rai_sync_client_get (request->direct->client, request->path, answered_cb, request);
}

static void
ask (RaiSyncDirect *self, const char *path, const char *json, RaiSyncClientDone done, void *data) {
  Request *request = g_new0 (Request, 1);
  *request = (Request){
    .direct = self,
    .path = g_strdup (path),
    .json = g_strdup (json),
    .done = done,
    .data = data,
  };
  g_ptr_array_add (self->requests, request);
  send (request);
}

void
rai_sync_direct_get (RaiSyncDirect *self, const char *path, RaiSyncClientDone done, void *data) {
  ask (self, path, NULL, done, data);
}

void
rai_sync_direct_send (RaiSyncDirect *self, const RaiSyncRequest *asked, RaiSyncClientDone done,
                      void *data) {
  Request *request = g_new0 (Request, 1);
  *request = (Request){
    .direct = self,
    .method = g_strdup (asked->method),
    .path = g_strdup (asked->path),
    .json = g_strdup (asked->json),
    .bytes = asked->bytes != NULL ? g_bytes_ref (asked->bytes) : NULL,
    .offset = asked->offset,
    .done = done,
    .data = data,
  };
  g_ptr_array_add (self->requests, request);
  send (request);
}

/* ---- Queries ---- */

typedef struct {
  const RaiQuery *query;
  RaiSyncDirectRows done;
  void *data;
} Question;

static void
rows_cb (void *data, GBytes *body, const GError *error) {
  g_autofree Question *question = data;
  g_autoptr (GError) local = error != NULL ? g_error_copy (error) : NULL;

  size_t size = 0;
  const char *json = body != NULL ? g_bytes_get_data (body, &size) : NULL;
  g_autoptr (RaiRows) rows =
      json != NULL ? rai_rows_parse_json_columns (json, size, question->query, &local) : NULL;

  question->done (question->data, rows, local);
}

void
rai_sync_direct_query (RaiSyncDirect *self, const RaiQuery *query, GHashTable *arguments,
                       RaiSyncDirectRows done, void *data) {
  g_autoptr (GString) path = g_string_new (NULL);
  GHashTableIter iter;
  void *name, *value;

  g_string_printf (path, "/v1/%s?format=columns", query->name);
  g_hash_table_iter_init (&iter, arguments);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    g_string_append_printf (path, "&%s=", (const char *) name);
    g_string_append_uri_escaped (path, value, NULL, TRUE);
  }

  Question *question = g_new0 (Question, 1);
  *question = (Question){ query, done, data };
  rai_sync_direct_get (self, path->str, rows_cb, question);
}

/* ---- Commands ---- */

typedef struct {
  RaiSyncDirectAnswered done;
  void *data;
} Run;

static void
run_cb (void *data, GBytes *body, const GError *error) {
  g_autofree Run *run = data;
  g_autoptr (GError) local = error != NULL ? g_error_copy (error) : NULL;

  size_t size = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &size) : NULL;
  g_autoptr (GPtrArray) answers = text != NULL ? rai_sync_parse_answers (text, size, &local) : NULL;

  if (answers != NULL && answers->len == 1) {
    RaiSyncAnswer *first = answers->pdata[0];
    RaiAnswer *answer = g_memdup2 (&first->answer, sizeof first->answer);
    first->answer = (RaiAnswer){ 0 };
    run->done (run->data, answer, NULL);
    return;
  }

  if (local == NULL)
    local = g_error_new (RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED, "The server's answer is empty");
  run->done (run->data, NULL, g_steal_pointer (&local));
}

void
rai_sync_direct_run (RaiSyncDirect *self, const RaiCommandCall *call, RaiSyncDirectAnswered done,
                     void *data) {
  RaiCommandCall *const calls[] = { (RaiCommandCall *) call };
  g_autofree char *json = rai_sync_write_calls (calls, 1);
  Run *run = g_new0 (Run, 1);
  *run = (Run){ done, data };
  ask (self, "/v1/commands", json, run_cb, run);
}
