/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-live.h"

#include "rai-test-db.h"
#include "rai-test-server.h"
#include "util/rai-uuid.h"

#include <string.h>

/* The live channel, over a real WebSocket. */

typedef struct {
  SoupWebsocketConnection *connection;
  int64_t revision;
  unsigned n_messages;
  bool closed;
  GError *error;
} Ear;

static void
message_cb (SoupWebsocketConnection *connection, int type, GBytes *message, Ear *ear) {
  g_autofree char *text = g_strndup (g_bytes_get_data (message, NULL), g_bytes_get_size (message));
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  ear->revision = json_object_get_int_member (json_node_get_object (node), "revision");
  ear->n_messages++;
}

static void
closed_cb (SoupWebsocketConnection *connection, Ear *ear) {
  ear->closed = true;
}

static void
connected_cb (GObject *session, GAsyncResult *result, void *data) {
  Ear *ear = data;

  ear->connection =
      soup_session_websocket_connect_finish (SOUP_SESSION (session), result, &ear->error);
  if (!ear->connection)
    return;
  g_signal_connect (ear->connection, "message", G_CALLBACK (message_cb), ear);
  g_signal_connect (ear->connection, "closed", G_CALLBACK (closed_cb), ear);
}

/* Runs the main loop until a condition holds; five seconds at most. */
#define WAIT_FOR(condition) \
  for (int64_t end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC; \
       !(condition) && g_get_monotonic_time () < end;) \
    g_main_context_iteration (NULL, FALSE); \
  g_assert_true (condition)

static void
listen_to (RaiTestServer *server, SoupSession *session, const char *token, Ear *ear) {
  g_autofree char *uri = g_strdup_printf ("ws%s/v1/live", server->base + strlen ("http"));
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autofree char *bearer = g_strdup_printf ("Bearer %s", token);

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", bearer);
  soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                                        connected_cb, ear);
  WAIT_FOR (ear->connection || ear->error);
}

static void
ear_clear (Ear *ear) {
  if (ear->connection)
    g_signal_handlers_disconnect_by_data (ear->connection, ear);
  g_clear_object (&ear->connection);
  g_clear_error (&ear->error);
}

static void
command (RaiTestServer *server, const char *token, const char *name, const char *arguments) {
  char id[RAI_UUID_SIZE];
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"%s\",\"arguments\":%s}",
                                           rai_uuid_new (id), name, arguments);
  g_autoptr (RaiTestReply) reply =
      rai_test_server_send (server, "POST", "/v1/commands", token, body, NULL);

  g_assert_cmpstr (rai_test_reply_text (reply, "status"), ==, "applied");
}

static void
test_revisions (RaiTestServer *server) {
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *token = rai_test_server_login (server, "mia");
  Ear ears[20] = { { NULL } };

  for (size_t i = 0; i < G_N_ELEMENTS (ears); i++) {
    listen_to (server, session, token, &ears[i]);
    g_assert_no_error (ears[i].error);
    WAIT_FOR (ears[i].n_messages > 0);
  }

  int64_t before = ears[0].revision;
  command (server, token, "stock.count", "{\"site\":1,\"item\":1,\"quantity\":1000}");
  for (size_t i = 0; i < G_N_ELEMENTS (ears); i++) {
    WAIT_FOR (ears[i].revision > before);
    ear_clear (&ears[i]);
  }
}

/* Commits of another process are told too. */
static void
test_external (RaiTestServer *server) {
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *token = rai_test_server_login (server, "mia");
  g_autoptr (GError) error = NULL;
  Ear ear = { NULL };

  int64_t revision;

  listen_to (server, session, token, &ear);
  WAIT_FOR (ear.n_messages > 0);

  RaiDb *db = rai_db_open (server->url, 0, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_begin_write (db, NULL));
  g_assert_true (rai_db_revision (db, &revision, NULL));
  g_assert_true (rai_db_commit (db, NULL));
  rai_db_close (db);
  WAIT_FOR (ear.revision == revision);
  ear_clear (&ear);
}

static void
test_refused (RaiTestServer *server) {
  g_autoptr (SoupSession) session = soup_session_new ();
  Ear ear = { NULL };

  listen_to (server, session, "no-such-token", &ear);
  g_assert_nonnull (ear.error);
  g_assert_null (ear.connection);
  ear_clear (&ear);

  g_autofree char *token = rai_test_server_login (server, "mia");
  g_autoptr (RaiTestReply) plain =
      rai_test_server_send (server, "GET", "/v1/live", token, NULL, NULL);
  g_assert_cmpint (plain->status, ==, 400);
}

/* Whoever may no longer use the account is shown the door. */
static void
test_disabled (RaiTestServer *server) {
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *mia = rai_test_server_login (server, "mia");
  g_autofree char *root = rai_test_server_login (server, "root");

  Ear ear = { NULL }, other = { NULL };

  listen_to (server, session, mia, &ear);
  listen_to (server, session, root, &other);
  WAIT_FOR (ear.n_messages > 0 && other.n_messages > 0);

  int64_t before = other.revision;
  command (server, root, "user.disable", "{\"account\":2}");
  WAIT_FOR (ear.closed);
  WAIT_FOR (other.revision > before);
  g_assert_false (other.closed);
  ear_clear (&ear);
  ear_clear (&other);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_server_add ("/live/revisions", test_revisions);
  rai_test_server_add ("/live/external", test_external);
  rai_test_server_add ("/live/refused", test_refused);
  rai_test_server_add ("/live/disabled", test_disabled);
  return rai_test_db_end (g_test_run ());
}
