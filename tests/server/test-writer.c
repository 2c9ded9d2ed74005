/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-writer.h"

#include "rai-test-db.h"
#include "rai-test-server.h"
#include "util/rai-uuid.h"

#include <string.h>

/* Commands over HTTP: applied once, answered after the commit, never lost. */

static char *
count_call (const char *id, int site, int item, int quantity) {
  return g_strdup_printf (
      "{\"id\":\"%s\",\"name\":\"stock.count\",\"arguments\":{\"site\":%d,\"item\":%d,"
      "\"quantity\":%d},\"acted_at\":1771200000000,\"device\":\"test\"}",
      id, site, item, quantity);
}

static RaiTestReply *
push (RaiTestServer *server, const char *token, const char *body) {
  return rai_test_server_send (server, "POST", "/v1/commands", token, body, NULL);
}

static const char *
answer_text (RaiTestReply *reply, unsigned index, const char *member) {
  JsonArray *answers = json_node_get_array (reply->json);
  JsonObject *answer = json_array_get_object_element (answers, index);

  return json_object_get_string_member_with_default (answer, member, "");
}

static bool
answer_repeated (RaiTestReply *reply, unsigned index) {
  return json_object_get_boolean_member (
      json_array_get_object_element (json_node_get_array (reply->json), index), "repeated");
}

static int64_t
number (const char *url, const char *sql) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (url, RAI_DB_OPEN_READ_ONLY, &error);
  int64_t value;

  g_assert_no_error (error);
  rai_db_get_int (db, sql, NULL, 0, -1, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
test_repeated (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "mia");
  char id[RAI_UUID_SIZE];
  g_autofree char *call = count_call (rai_uuid_new (id), 1, 1, 7000);
  g_autofree char *list = g_strdup_printf ("[%s,%s]", call, call);
  int64_t before = number (server->url, "SELECT count(*) FROM movement");

  g_autoptr (RaiTestReply) first = push (server, token, call);
  g_autoptr (RaiTestReply) again = push (server, token, list);

  g_test_message ("%s\n%s", first->body, again->body);
  g_assert_cmpint (first->status, ==, 200);
  g_assert_cmpstr (rai_test_reply_text (first, "status"), ==, "applied");
  g_assert_cmpstr (answer_text (again, 0, "status"), ==, "applied");
  g_assert_true (answer_repeated (again, 0));
  g_assert_true (answer_repeated (again, 1));
  g_assert_cmpstr (answer_text (again, 0, "summary"), ==, rai_test_reply_text (first, "summary"));
  g_assert_cmpint (number (server->url, "SELECT count(*) FROM movement"), ==, before + 1);
  g_assert_cmpint (
      number (server->url, "SELECT on_hand FROM stock WHERE site_id = 1 AND item_id = 1"), ==,
      7000);
}

/* Each is answered for itself, in order. */
static void
test_mixed (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "mia");
  char a[RAI_UUID_SIZE], b[RAI_UUID_SIZE], c[RAI_UUID_SIZE], d[RAI_UUID_SIZE];
  g_autofree char *good = count_call (rai_uuid_new (a), 1, 2, 5000);
  g_autofree char *foreign = count_call (rai_uuid_new (b), 2, 2, 5000);
  g_autofree char *negative = count_call (rai_uuid_new (c), 1, 2, -5000);
  g_autofree char *last = count_call (rai_uuid_new (d), 1, 3, 4000);
  g_autofree char *list =
      g_strdup_printf ("[%s,%s,7,{\"id\":\"no-uuid\",\"name\":\"stock.count\"},%s,{\"id\":\"%s\","
                       "\"name\":\"no.such\",\"arguments\":{}},%s]",
                       good, foreign, negative, "01970000-0000-7000-8000-00000000ffff", last);

  g_autoptr (RaiTestReply) reply = push (server, token, list);

  g_test_message ("%s", reply->body);
  g_assert_cmpint (reply->status, ==, 200);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (reply->json)), ==, 7);
  g_assert_cmpstr (answer_text (reply, 0, "status"), ==, "applied");
  g_assert_cmpstr (answer_text (reply, 1, "code"), ==, "forbidden");
  g_assert_cmpstr (answer_text (reply, 2, "code"), ==, "malformed");
  g_assert_cmpstr (answer_text (reply, 3, "code"), ==, "malformed");
  g_assert_cmpstr (answer_text (reply, 3, "id"), ==, "no-uuid");
  g_assert_cmpstr (answer_text (reply, 4, "code"), ==, "argument");
  g_assert_cmpstr (answer_text (reply, 5, "code"), ==, "unknown");
  g_assert_cmpstr (answer_text (reply, 6, "status"), ==, "applied");
  g_assert_cmpint (
      number (server->url, "SELECT on_hand FROM stock WHERE site_id = 1 AND item_id = 3"), ==,
      4000);
  g_assert_cmpint (
      number (server->url, "SELECT on_hand FROM stock WHERE site_id = 2 AND item_id = 2"), ==,
      20000);
}

typedef struct {
  RaiTestServer *server;
  const char *token;
  const char *id;
  int n_applied;
} Sender;

static void *
send_same (void *data) {
  Sender *sender = data;

  for (int i = 0; i < 10; i++) {
    g_autofree char *call = count_call (sender->id, 1, 1, 9000);
    g_autoptr (RaiTestReply) reply = push (sender->server, sender->token, call);
    g_assert_cmpint (reply->status, ==, 200);
    g_assert_cmpstr (rai_test_reply_text (reply, "status"), ==, "applied");
    JsonObject *answer = json_node_get_object (reply->json);
    sender->n_applied += !json_object_get_boolean_member (answer, "repeated");
  }

  return NULL;
}

/* The same command from eight clients at once: one of eighty answers is the first. */
static void
test_concurrent (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "mia");
  int64_t before = number (server->url, "SELECT count(*) FROM movement");
  char id[RAI_UUID_SIZE];

  Sender senders[8];
  GThread *threads[8];
  int n_applied = 0;

  rai_uuid_new (id);
  for (int i = 0; i < 8; i++) {
    RaiTestServer *own = g_memdup2 (server, sizeof *server);
    own->session = soup_session_new ();
    senders[i] = (Sender){ own, token, id, 0 };
    threads[i] = g_thread_new ("send", send_same, &senders[i]);
  }

  for (int i = 0; i < 8; i++) {
    g_thread_join (threads[i]);
    n_applied += senders[i].n_applied;
    g_object_unref (senders[i].server->session);
    g_free (senders[i].server);
  }

  g_assert_cmpint (n_applied, ==, 1);
  g_assert_cmpint (number (server->url, "SELECT count(*) FROM movement"), ==, before + 1);
}

typedef struct {
  RaiTestServer *server;
  const char *token;
  GPtrArray *acknowledged;
} Victim;

/* Counts until the server is gone, and keeps what was answered. */
static void *
send_until_dead (void *data) {
  Victim *victim = data;
  g_autoptr (SoupSession) session = soup_session_new_with_options ("timeout", 10, NULL);

  g_autofree char *uri = g_strconcat (victim->server->base, "/v1/commands", NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", victim->token, NULL);

  for (;;) {
    char id[RAI_UUID_SIZE];
    g_autofree char *call = count_call (rai_uuid_new (id), 1, 1 + g_random_int_range (0, 5), 1000);
    g_autoptr (SoupMessage) message = soup_message_new ("POST", uri);
    g_autoptr (GBytes) body = g_bytes_new (call, strlen (call));
    soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                                 bearer);
    soup_message_set_request_body_from_bytes (message, "application/json", body);
    g_autoptr (GBytes) answer = soup_session_send_and_read (session, message, NULL, NULL);
    if (answer == NULL)
      return NULL;
    if (soup_message_get_status (message) == 200 &&
        g_strstr_len (g_bytes_get_data (answer, NULL), (ssize_t) g_bytes_get_size (answer),
                      "\"applied\""))
      g_ptr_array_add (victim->acknowledged, g_strdup (id));
  }
}

static void
kill_in_the_middle (RaiDbKind kind) {
  g_autofree char *url = NULL;
  RaiDb *db = rai_test_db_new_at (kind, &url);
  Victim victims[4];

  GThread *threads[4];
  unsigned n = 0;

  rai_test_db_fill (db);
  rai_db_close (db);
  rai_test_server_set_passwords (url);

  RaiTestServer *server = rai_test_server_start (url, "--rate", "0", NULL);
  g_autofree char *token = rai_test_server_login (server, "mia");
  for (int i = 0; i < 4; i++) {
    victims[i] = (Victim){ server, token, g_ptr_array_new_with_free_func (g_free) };
    threads[i] = g_thread_new ("send", send_until_dead, &victims[i]);
  }

  g_usleep (G_USEC_PER_SEC);
  g_subprocess_force_exit (server->process);
  for (int i = 0; i < 4; i++)
    g_thread_join (threads[i]);

  rai_test_server_kill (server);

  for (int i = 0; i < 4; i++) {
    n += victims[i].acknowledged->len;
    for (unsigned k = 0; k < victims[i].acknowledged->len; k++) {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM command_log WHERE id = '%s'",
                                              (char *) victims[i].acknowledged->pdata[k]);
      g_assert_cmpint (number (url, sql), ==, 1);
    }
    g_ptr_array_unref (victims[i].acknowledged);
  }

  g_test_message ("%u acknowledged, none lost", n);
  g_assert_cmpuint (n, >, 4);

  /* And it serves again. */
  server = rai_test_server_start (url, NULL);

  g_autofree char *anew = rai_test_server_login (server, "mia");
  rai_test_server_stop (server);
}

static void
test_killed_sqlite (void) {
  kill_in_the_middle (RAI_DB_SQLITE);
}

static void
test_killed_postgresql (void) {
  if (rai_test_db_have_postgresql ())
    kill_in_the_middle (RAI_DB_POSTGRESQL);
  else
    g_test_skip ("PostgreSQL is not installed");
}

/* Disabled by a command: the very next request is refused. */
static void
test_disabled_at_once (RaiTestServer *server) {
  g_autofree char *root = rai_test_server_login (server, "root");
  g_autofree char *mia = rai_test_server_login (server, "mia");
  char id[RAI_UUID_SIZE];
  g_autofree char *call = g_strdup_printf (
      "{\"id\":\"%s\",\"name\":\"user.disable\",\"arguments\":{\"account\":2}}", rai_uuid_new (id));

  g_autoptr (RaiTestReply) before =
      rai_test_server_send (server, "GET", "/v1/sites", mia, NULL, NULL);
  g_autoptr (RaiTestReply) forbidden = push (server, mia, call);

  g_autofree char *other = g_strdup (call);
  rai_uuid_new (other + strlen ("{\"id\":\""));
  other[strlen ("{\"id\":\"") + RAI_UUID_LENGTH] = '"';
  g_autoptr (RaiTestReply) done = push (server, root, other);
  g_autoptr (RaiTestReply) after =
      rai_test_server_send (server, "GET", "/v1/sites", mia, NULL, NULL);

  g_assert_cmpint (before->status, ==, 200);
  g_assert_cmpstr (rai_test_reply_text (forbidden, "code"), ==, "forbidden");
  g_assert_cmpstr (rai_test_reply_text (done, "status"), ==, "applied");
  g_assert_cmpint (after->status, ==, 401);
  g_assert_cmpstr (rai_test_reply_text (after, "code"), ==, "disabled");
}

/* Receipts that say no till and no day are known by store and number, whatever carries them. */
static void
test_sales (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "sam");
  static const char one[] =
      "{\"site\":1,\"receipt\":\"T-1\",\"sold_at\":1771300000000,\"lines\":[{\"item\":1,"
      "\"quantity\":2000,\"amount\":200},{\"item\":2,\"quantity\":1000,\"amount\":200}]}";
  g_autofree char *two = g_strdup (one);

  *(strstr (two, "T-1") + 2) = '2';
  g_autofree char *other = g_strdup (one);
  *(strstr (other, "2000") + 0) = '3';

  g_autofree char *foreign = g_strdup (one);
  *(strstr (foreign, "site\":1") + 6) = '2';

  g_autofree char *list = g_strdup_printf ("{\"receipts\":[%s,%s,%s,17]}", two, other, foreign);
  g_autofree char *lines = g_strdup_printf ("%s\n\n%s\nnonsense\n", one, two);
  int64_t before =
      number (server->url, "SELECT on_hand FROM stock WHERE site_id = 1 AND item_id = 1");

  g_autoptr (RaiTestReply) first =
      rai_test_server_send (server, "POST", "/v1/sales", token, one, NULL);
  g_assert_cmpint (rai_test_reply_int (first, "added"), ==, 1);
  g_autoptr (RaiTestReply) mixed =
      rai_test_server_send (server, "POST", "/v1/sales", token, list, NULL);
  g_test_message ("%s", mixed->body);
  g_assert_cmpint (rai_test_reply_int (mixed, "read"), ==, 4);
  g_assert_cmpint (rai_test_reply_int (mixed, "added"), ==, 1);
  g_assert_cmpint (rai_test_reply_int (mixed, "rejected"), ==, 3);
  g_autoptr (RaiTestReply) again = rai_test_server_send (
      server, "POST", "/v1/sales", token, lines, "Content-Type", "application/x-ndjson", NULL);
  g_test_message ("%s", again->body);
  g_assert_cmpint (rai_test_reply_int (again, "unchanged"), ==, 2);
  g_assert_cmpint (rai_test_reply_int (again, "rejected"), ==, 1);
  g_assert_cmpint (
      number (server->url, "SELECT on_hand FROM stock WHERE site_id = 1 AND item_id = 1"), ==,
      before - 4000);
  g_assert_cmpint (number (server->url, "SELECT count(*) FROM receipt WHERE number LIKE 'T-%'"), ==,
                   2);
}

#define TILL_RECEIPT(more) \
  "{\"site\":1,\"receipt\":\"17\"" more \
  ",\"lines\":[{\"item\":1,\"quantity\":1000,\"amount\":100}]}\n"
#define TILL_DAY(till, day, sold_at) \
  ",\"till\":\"" till "\",\"sold_at\":" sold_at ",\"day\":\"" day "\""

/* Tills that begin their numbers anew each day, with one that says less of a receipt among them. */
static void
test_tills (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "sam");
  static const char lines[] = TILL_RECEIPT (TILL_DAY ("A", "2026-02-16", "1771285000000"))
      TILL_RECEIPT (TILL_DAY ("A", "2026-02-17", "1771371400000"))
          TILL_RECEIPT (TILL_DAY ("B", "2026-02-17", "1771371400000"))
              TILL_RECEIPT (",\"sold_at\":1771285000000");

  g_autoptr (RaiTestReply) first = rai_test_server_send (
      server, "POST", "/v1/sales", token, lines, "Content-Type", "application/x-ndjson", NULL);
  g_test_message ("%s", first->body);
  g_assert_cmpint (rai_test_reply_int (first, "added"), ==, 3);
  g_assert_cmpint (rai_test_reply_int (first, "unchanged"), ==, 1);
  g_autoptr (RaiTestReply) again = rai_test_server_send (
      server, "POST", "/v1/sales", token, lines, "Content-Type", "application/x-ndjson", NULL);
  g_assert_cmpint (rai_test_reply_int (again, "unchanged"), ==, 4);
  g_assert_cmpint (number (server->url, "SELECT count(*) FROM receipt WHERE number = '17'"), ==, 3);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_server_add ("/writer/repeated", test_repeated);
  rai_test_server_add ("/writer/mixed", test_mixed);
  rai_test_server_add ("/writer/concurrent", test_concurrent);
  rai_test_server_add ("/writer/sales", test_sales);
  rai_test_server_add ("/writer/tills", test_tills);
  rai_test_server_add ("/writer/disabled-at-once", test_disabled_at_once);
  g_test_add_func ("/writer/killed/sqlite", test_killed_sqlite);
  g_test_add_func ("/writer/killed/postgresql", test_killed_postgresql);

  return rai_test_db_end (g_test_run ());
}
