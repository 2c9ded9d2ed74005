/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <stdbool.h>

/* The real program on loopback, for the tests of server, sync and client. Errors end the test. */
typedef struct {
  char *url;  /* of the database */
  char *base; /* "http://127.0.0.1:40123" */
  char *folder;
  GSubprocess *process;
  SoupSession *session;
} RaiTestServer;

/* Starts `retailai-server --db URL serve` on a free port, with further options up to NULL; the
 * database must have its schema. It ends with the test, whatever happens to that. */
RaiTestServer *rai_test_server_start (const char *url, ...) G_GNUC_NULL_TERMINATED;
/* SIGTERM; checks that it ended well. */
void rai_test_server_stop (RaiTestServer *server);
/* SIGKILL. */
void rai_test_server_kill (RaiTestServer *server);

/* Adds PATH/sqlite and PATH/postgresql: the test gets a server of its own on a database as
 * rai_test_db_fill makes it, all passwords set. End main with rai_test_db_end (g_test_run ()). */
void rai_test_server_add (const char *path, void (*test) (RaiTestServer *server));

/* Every account of the database gets this password. */
#define RAI_TEST_PASSWORD "nine green apples"
void rai_test_server_set_passwords (const char *url);

typedef struct {
  int status;
  char *body;
  JsonNode *json; /* NULL: the body is no JSON */
  SoupMessageHeaders *headers;
} RaiTestReply;
void rai_test_reply_free (RaiTestReply *reply);
/* Text or number (as text) of a member of the answer, "" when absent. Owned by the reply. */
const char *rai_test_reply_text (RaiTestReply *reply, const char *member);
int64_t rai_test_reply_int (RaiTestReply *reply, const char *member);

/* token and body may be NULL; extra are header names and values up to NULL. */
RaiTestReply *
rai_test_server_send (RaiTestServer *server, const char *method, const char *path,
                      const char *token, const char *body, ...) G_GNUC_NULL_TERMINATED;
/* Signs in and returns the access token. */
char *rai_test_server_login (RaiTestServer *server, const char *login);

/* Runs the program with these arguments up to NULL; input (may be NULL) goes to its standard input.
 * Returns its exit status; output and errors (each may be NULL) are owned by the caller. */
int
rai_test_server_run (const char *input, char **output, char **errors, ...) G_GNUC_NULL_TERMINATED;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiTestReply, rai_test_reply_free)
