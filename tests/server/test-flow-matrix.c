/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may what, walked: every route, command, query and hidden column, for every role, for accounts
 * of one store, of all and of none, about their own store, another one and the whole company. What
 * is expected comes from the tables themselves: core's matrix of roles, and what the descriptors
 * say of permission and reach. A row without an example here ends the test. */
#include "command/rai-command.h"
#include "db/rai-query.h"
#include "db/rai-synced.h"
#include "rai-test-db.h"
#include "rai-test-server.h"
#include "server/rai-routes.h"
#include "sync/rai-sync-snapshot.h"
#include "util/rai-uuid.h"

#include <string.h>

/* What a request is about: the store of the accounts with one, another, or all of them. */
typedef enum { ABOUT_OWN, ABOUT_OTHER, ABOUT_COMPANY, N_ABOUTS } About;

static const struct {
  int site;
  int person; /* an account bound to that store, or one of all */
  const char *order;
  const char *alert;
  const char *rule; /* a rule's scope */
  const char *level;
} abouts[N_ABOUTS] = {
  { 1, 51, RAI_TEST_ORDER, RAI_TEST_ALERT, "site", "site" },
  { 2, 52, "01970000-0000-7000-8000-0000000000a2", "01970000-0000-7000-8000-0000000000b2", "site",
    "site" },
  { 0, 53, NULL, NULL, "company", "company" },
};

/* ---- Who asks ---- */

typedef enum { OF_ONE, OF_ALL, OF_NONE, N_SCOPES } Scope;

typedef struct {
  RaiRole role;
  Scope scope;
  RaiIdentity *identity;
  char *token;
} Caller;

#define N_CALLERS (RAI_N_ROLES * N_SCOPES)
#define FIRST_ACCOUNT 100

static Caller callers[N_CALLERS];
static RaiTestServer *server;
static unsigned walked;

/* What store 2 and the company have, so that a leak would show. */
static const char rows[] =
    "INSERT INTO purchase_order (id, site_id, supplier_id, status, order_day, delivery_day, total, "
    "protects, rev) VALUES ('01970000-0000-7000-8000-0000000000a2', 2, 1, 'proposed', 20501, "
    "20503, "
    "700, 300, 1);"
    "INSERT INTO order_line (order_id, item_id, site_id, quantity, proposed, cost, rev) VALUES "
    "('01970000-0000-7000-8000-0000000000a2', 1, 2, 12000, 12000, 50, 1);"
    "INSERT INTO alert (id, cause, kind, site_id, item_id, severity, money, value, expected, "
    "state, "
    "opened_at, changed_at, rev) VALUES ('01970000-0000-7000-8000-0000000000b2', "
    "'sales_anomaly/2/0', 'sales_anomaly', 2, 0, 2, 4500, 9000, 4500, 'open', 0, 0, 1);"
    "UPDATE alert SET value = 2, expected = 3 WHERE site_id = 1;"
    "INSERT INTO forecast (level, site_id, node_id, first_day, horizon, model, means, quantiles, "
    "rev) "
    "SELECT level, site_id, 0, 20501, 1, 'naive', means, means, 1 FROM (SELECT 'site' AS level, "
    "1 AS site_id, CAST('x' AS /*sqlite BLOB */ /*postgresql BYTEA */) AS means) AS one;"
    "INSERT INTO forecast (level, site_id, node_id, first_day, horizon, model, means, quantiles, "
    "rev) "
    "SELECT 'site', 2, 0, first_day, horizon, model, means, quantiles, 1 FROM forecast "
    "WHERE site_id = 1;"
    "INSERT INTO forecast (level, site_id, node_id, first_day, horizon, model, means, quantiles, "
    "rev) "
    "SELECT 'company', 0, 0, first_day, horizon, model, means, quantiles, 1 FROM forecast "
    "WHERE site_id = 1;"
    "INSERT INTO accuracy (level, site_id, horizon, wape, wape_naive, bias, series, rev) VALUES "
    "('company', 0, 7, 0.1, 0.2, 0, 9, 1), ('site', 1, 7, 0.1, 0.2, 0, 1, 1), "
    "('site', 2, 7, 0.1, 0.2, 0, 1, 1);"
    "INSERT INTO policy (scope, scope_id, key, value, rev) VALUES "
    "('company', 0, 'service_target', 0.95, 1), ('site', 2, 'service_target', 0.9, 1);"
    "INSERT INTO job (id, kind, state, started_at, rev) VALUES "
    "('01970000-0000-7000-8000-0000000000c1', 'plan', 'done', 0, 1);"
    "INSERT INTO account (id, login, name, role, all_sites, created_at, rev) VALUES "
    "(51, 'p1', 'P 1', 'associate', 0, 0, 1), (52, 'p2', 'P 2', 'associate', 0, 0, 1), "
    "(53, 'p3', 'P 3', 'executive', 1, 0, 1);"
    "INSERT INTO account_site (account_id, site_id) VALUES (51, 1), (52, 2);";

static void
make_caller (RaiDb *db, int index) {
  static const int64_t own[] = { 1 };
  g_autoptr (GError) error = NULL;
  Caller *caller = &callers[index];
  int id = FIRST_ACCOUNT + index;

  caller->role = (RaiRole) (index % RAI_N_ROLES);
  caller->scope = (Scope) (index / RAI_N_ROLES);
  caller->identity = rai_identity_new (id, "", caller->role, caller->scope == OF_ALL, own,
                                       caller->scope == OF_ONE ? 1 : 0);

  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO account (id, login, name, role, all_sites, password_hash, created_at, rev) "
      "SELECT %d, 'c%d', 'C', '%s', %d, password_hash, 0, 1 FROM account WHERE id = 1;",
      id, id, rai_role_id (caller->role), caller->scope == OF_ALL);
  g_autofree char *site =
      g_strdup_printf ("INSERT INTO account_site (account_id, site_id) VALUES (%d, 1);", id);

  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
  if (caller->scope == OF_ONE)
    rai_db_exec (db, site, &error);
  g_assert_no_error (error);
}

static void
fill (const char *url) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (url, 0, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_begin_write (db, &error));
  rai_db_exec (db, rows, &error);
  g_assert_no_error (error);
  for (int i = 0; i < N_CALLERS; i++)
    make_caller (db, i);
  g_assert_true (rai_db_commit (db, &error));
}

static void
begin (RaiTestServer *started) {
  server = started;
  walked = 0;
  fill (server->url);
  for (int i = 0; i < N_CALLERS; i++) {
    g_autofree char *login = g_strdup_printf ("c%d", FIRST_ACCOUNT + i);
    callers[i].token = rai_test_server_login (server, login);
  }
}

static void
end (unsigned rows_walked) {
  g_assert_cmpuint (rows_walked, >, 0);
  g_test_message ("%u requests", walked);
  for (int i = 0; i < N_CALLERS; i++) {
    rai_identity_free (callers[i].identity);
    g_free (callers[i].token);
  }
}

/* Waits where the account asked too fast. */
static RaiTestReply *
ask (const Caller *caller, const char *method, const char *path, const char *body) {
  for (;;) {
    RaiTestReply *reply = rai_test_server_send (server, method, path,
                                                caller != NULL ? caller->token : NULL, body, NULL);
    walked++;
    if (reply->status != 429)
      return reply;
    rai_test_reply_free (reply);
    g_usleep (G_USEC_PER_SEC / 5);
  }
}

static bool
covers (const Caller *caller, About about) {
  return about == ABOUT_COMPANY ? caller->identity->all_sites
                                : rai_identity_sees_site (caller->identity, abouts[about].site);
}

/* The verdict, and what is to be said when it is another. */
static void
expect (bool allowed, bool was, const Caller *caller, const char *what, About about,
        const char *answer) {
  static const char *const scopes[] = { "one store", "all", "none" };
  static const char *const words[] = { "own", "other", "company" };
  if (allowed != was)
    g_error ("%s of %s, %s about %s: %s, but was %s (%.300s)", rai_role_id (caller->role),
             scopes[caller->scope], what, words[about], allowed ? "allowed" : "forbidden",
             was ? "allowed" : "forbidden", answer);
}

/* ---- Commands ---- */

/* $site, $person, $order, $alert, $rule, $n (a number of its own). */
static const struct {
  const char *name;
  RaiReach reach; /* as meant: a descriptor that says otherwise is a mistake */
  const char *arguments;
} commands[] = {
  { "sales.record", RAI_REACH_SITE,
    "\"site\":$site,\"receipt\":\"r$n\",\"sold_at\":1771200000000,\"lines\":[{"
    "\"item\":1,\"quantity\":1000,\"amount\":100}]" },
  { "sales.correct", RAI_REACH_SITE,
    "\"site\":$site,\"receipt\":\"none\",\"sold_at\":1771200000000" },
  { "sales.void", RAI_REACH_SITE, "\"site\":$site,\"receipt\":\"none\",\"reason\":\"test\"" },
  { "stock.count", RAI_REACH_SITE, "\"site\":$site,\"item\":1,\"quantity\":1000" },
  { "stock.receive", RAI_REACH_SITE, "\"site\":$site,\"item\":1,\"quantity\":1000" },
  { "stock.waste", RAI_REACH_SITE, "\"site\":$site,\"item\":1,\"quantity\":1000" },
  { "order.edit", RAI_REACH_SITE, "\"order\":\"$order\",\"item\":1,\"quantity\":6000" },
  { "order.approve", RAI_REACH_SITE, "\"order\":\"$order\"" },
  { "order.cancel", RAI_REACH_SITE, "\"order\":\"$order\"" },
  { "order.reopen", RAI_REACH_SITE, "\"order\":\"$order\"" },
  { "alert.acknowledge", RAI_REACH_SITE, "\"alert\":\"$alert\"" },
  { "alert.snooze", RAI_REACH_SITE, "\"alert\":\"$alert\",\"until\":\"2099-01-01\"" },
  { "alert.resolve", RAI_REACH_SITE, "\"alert\":\"$alert\"" },
  { "forecast.override", RAI_REACH_SITE,
    "\"site\":$site,\"item\":1,\"first_day\":\"2099-01-01\",\"last_day\":"
    "\"2099-01-02\",\"percent\":10" },
  { "item.add", RAI_REACH_COMPANY, "\"name\":\"Item $n\"" },
  { "supplier.add", RAI_REACH_COMPANY, "\"name\":\"Supplier $n\"" },
  { "supplier.edit", RAI_REACH_COMPANY, "\"supplier\":1,\"lead_days\":3" },
  { "site.add", RAI_REACH_COMPANY,
    "\"name\":\"Store $n\",\"zone\":\"UTC\",\"currency\":\"EUR\",\"open_weekdays\":63" },
  { "item.edit", RAI_REACH_COMPANY, "\"item\":1,\"price\":100" },
  { "site.edit", RAI_REACH_SITE, "\"site\":$site,\"opens\":480,\"closes\":1200" },
  { "site.set_day", RAI_REACH_SITE, "\"site\":$site,\"day\":\"2026-12-24\",\"closed\":true" },
  { "policy.set", RAI_REACH_RULE,
    "\"scope\":\"$rule\",\"scope_id\":$site,\"key\":\"service_target\",\"value\":0.9" },
  { "user.add", RAI_REACH_PERSONS, "\"login\":\"n$n\",\"role\":\"associate\",$sites" },
  { "user.disable", RAI_REACH_PERSONS, "\"account\":$person" },
  { "user.enable", RAI_REACH_PERSONS, "\"account\":$person" },
  { "user.set_role", RAI_REACH_PERSONS, "\"account\":$person,\"role\":\"associate\",$sites" },
  { "import.file", RAI_REACH_COMPANY, "\"kind\":\"receipts\",\"file\":\"x.csv\"" },
  { "demo.generate", RAI_REACH_COMPANY,
    "\"size\":\"small\",\"seed\":1,\"through\":\"2026-01-01\"" },
};

static const char *
example_of (const RaiCommand *command) {
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, command->name) == 0) {
      g_assert_cmpint (commands[i].reach, ==, command->reach);
      return commands[i].arguments;
    }
  g_error ("command %s has no example here: say how far it reaches, and how", command->name);
}

static void
put (GString *text, const char *name, const char *value) {
  g_string_replace (text, name, value != NULL ? value : "", 0);
}

static char *
fill_in (const char *example, About about) {
  static unsigned n;
  GString *text = g_string_new (example);
  g_autofree char *site = g_strdup_printf ("%d", abouts[about].site);
  g_autofree char *person = g_strdup_printf ("%d", abouts[about].person);
  g_autofree char *number = g_strdup_printf ("%u", ++n);
  g_autofree char *sites = abouts[about].site != 0
                               ? g_strdup_printf ("\"sites\":[{\"site\":%s}]", site)
                               : g_strdup ("\"all_sites\":true");
  put (text, "$sites", sites);
  put (text, "$site", site);
  put (text, "$person", person);
  put (text, "$order", abouts[about].order);
  put (text, "$alert", abouts[about].alert);
  put (text, "$rule", abouts[about].rule);
  put (text, "$n", number);
  return g_string_free (text, FALSE);
}

/* Whether a command can be about the company at all, and may by its descriptor. */
static bool
reaches (const RaiCommand *command, About about) {
  return about != ABOUT_COMPANY || command->reach != RAI_REACH_SITE;
}

static bool
may_run (const RaiCommand *command, const Caller *caller, About about) {
  if (!rai_role_may (caller->role, command->permission))
    return false;
  return covers (caller, command->reach == RAI_REACH_COMPANY ? ABOUT_COMPANY : about);
}

static void
try_command (const RaiCommand *command, const Caller *caller, About about) {
  char id[RAI_UUID_SIZE];
  g_autofree char *arguments = fill_in (example_of (command), about);
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"%s\",\"arguments\":{%s}}",
                                           rai_uuid_new (id), command->name, arguments);
  g_autoptr (RaiTestReply) reply = ask (caller, "POST", "/v1/commands", body);

  if (reply->status != 200 || strcmp (rai_test_reply_text (reply, "code"), "argument") == 0)
    g_error ("%s: %d %s", body, reply->status, reply->body);
  expect (may_run (command, caller, about),
          strcmp (rai_test_reply_text (reply, "code"), "forbidden") != 0, caller, command->name,
          about, reply->body);
}

static void
test_commands (RaiTestServer *started) {
  unsigned n = 0;
  begin (started);
  for (; rai_commands[n] != NULL; n++)
    for (int i = 0; i < N_CALLERS; i++)
      for (About about = ABOUT_OWN; about < N_ABOUTS; about++)
        if (reaches (rai_commands[n], about))
          try_command (rai_commands[n], &callers[i], about);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (commands));
  end (n);
}

/* ---- Routes ---- */

static const struct {
  const char *path;
  const char *body;
} bodies[] = {
  { "/v1/commands", "[]" },
  { "/v1/sales", "[]" },
  { "/v1/jobs", "{\"kind\":\"none\"}" },
  { "/v1/accounts/{id}/secret", "" },
  { "/v1/uploads", "{}" },
  { "/v1/uploads/{id}", "" },
  { "/v1/imports", "{}" },
  { "/v1/imports/{id}/cancel", "" },
};

static const char *
body_of (const RaiRoute *route) {
  for (size_t i = 0; i < G_N_ELEMENTS (bodies); i++)
    if (strcmp (bodies[i].path, route->path) == 0)
      return bodies[i].body;
  if (strcmp (route->method, "GET") != 0)
    g_error ("route %s has no example here: say who may do it, and where", route->path);
  return NULL;
}

static bool
may_ask (const RaiRoute *route, const Caller *caller, About about) {
  if (!rai_role_may (caller->role, route->permission))
    return false;
  if (route->flags & RAI_ROUTE_COMPANY)
    return caller->identity->all_sites;
  return strstr (route->path, "{id}") == NULL || covers (caller, about);
}

static void
try_route (const RaiRoute *route) {
  const char *body = body_of (route);
  for (About about = ABOUT_OWN; about < N_ABOUTS; about++) {
    g_autofree char *person = g_strdup_printf ("%d", abouts[about].person);
    g_autoptr (GString) path = g_string_new (route->path);
    put (path, "{id}", person);
    g_autoptr (RaiTestReply) stranger = ask (NULL, route->method, path->str, body);
    g_assert_cmpint (stranger->status, ==, 401);

    for (int i = 0; i < N_CALLERS; i++) {
      g_autoptr (RaiTestReply) reply = ask (&callers[i], route->method, path->str, body);
      g_assert_cmpint (reply->status, !=, 401);
      expect (may_ask (route, &callers[i], about), reply->status != 403, &callers[i], route->path,
              about, reply->body);
    }
  }
}

static void
test_routes (RaiTestServer *started) {
  unsigned n = 0;
  begin (started);
  for (const RaiRoute *route = rai_routes; route->method != NULL; route++, n++)
    if (!(route->flags & RAI_ROUTE_PUBLIC))
      try_route (route);
  end (n);
}

/* ---- Queries ---- */

static char *
value_for (const RaiQuery *query, const RaiQueryParameter *parameter, About about) {
  if (strcmp (parameter->name, "site") == 0)
    return about == ABOUT_COMPANY && parameter->type == RAI_VALUE_SITE
               ? NULL
               : g_strdup_printf ("%d", abouts[about].site);
  if (strcmp (parameter->name, "level") == 0)
    return g_strdup (abouts[about].level);
  if (!parameter->required)
    return NULL;
  if (parameter->type == RAI_VALUE_DAY)
    return g_strdup (strcmp (parameter->name, "from") == 0 ? "2026-01-01" : "2026-02-16");
  if (parameter->type == RAI_VALUE_ITEM || parameter->type == RAI_VALUE_LIST)
    return g_strdup ("1");
  if (parameter->type == RAI_VALUE_UUID)
    return g_strdup (strcmp (query->name, "alert") == 0 ? abouts[about].alert
                                                        : abouts[about].order);
  g_error ("parameter %s of query %s has no example here", parameter->name, query->name);
}

/* NULL: the query cannot be about that. */
static char *
path_of (const RaiQuery *query, About about, bool *about_site) {
  g_autoptr (GString) path = g_string_new ("/v1/");
  g_string_append (path, query->name);
  *about_site = false;

  for (const RaiQueryParameter *parameter = query->parameters;
       parameter != NULL && parameter->name != NULL; parameter++) {
    g_autofree char *value = value_for (query, parameter, about);
    if (value == NULL && parameter->required)
      return NULL;
    *about_site = *about_site || (value != NULL && parameter->type == RAI_VALUE_SITE);
    if (value != NULL)
      g_string_append_printf (path, "%c%s=%s", strchr (path->str, '?') != NULL ? '&' : '?',
                              parameter->name, value);
  }

  return g_string_free (g_steal_pointer (&path), FALSE);
}

static int64_t
number_of (JsonObject *row, const char *name, int64_t otherwise) {
  return json_object_has_member (row, name) && !json_object_get_null_member (row, name)
             ? json_object_get_int_member (row, name)
             : otherwise;
}

/* Rows of stores, and of the company, that are not the caller's. */
static void
check_row (const RaiQuery *query, const Caller *caller, JsonObject *row, About about) {
  const RaiIdentity *identity = caller->identity;
  int64_t site = number_of (row, strcmp (query->name, "sites") == 0 ? "id" : "site_id", -1);
  if (strcmp (query->name, "policies") == 0)
    site = strcmp (json_object_get_string_member (row, "scope"), "site") == 0
               ? number_of (row, "scope_id", 0)
               : -1;
  if (site >= 0)
    expect (rai_identity_sees_site (identity, site), true, caller, query->name, about, "a row");
  if (strcmp (query->name, "jobs") == 0 ||
      (json_object_has_member (row, "level") && site <= 0 && about == ABOUT_COMPANY &&
       strcmp (json_object_get_string_member (row, "level"), "company") == 0))
    expect (identity->all_sites, true, caller, query->name, about, "the company's row");
  if (strcmp (query->name, "accounts") == 0 && !identity->all_sites) {
    g_assert_false (json_object_get_boolean_member (row, "all_sites"));
    g_assert_cmpstr (json_object_get_string_member (row, "sites"), ==, "1");
  }
}

/* Values seen of each hidden column, by name "query.column". */
static GHashTable *seen;

static void
check_columns (const RaiQuery *query, const Caller *caller, JsonObject *row, About about) {
  for (const RaiQueryColumn *column = query->columns; column->name != NULL; column++) {
    bool told = !json_object_get_null_member (row, column->name);
    if (column->permission == RAI_PERMISSION_NONE || !told)
      continue;
    g_autofree char *name = g_strdup_printf ("%s.%s", query->name, column->name);
    expect (rai_role_may (caller->role, column->permission), true, caller, name, about, "a value");
    g_hash_table_add (seen, g_steal_pointer (&name));
  }
}

static void
check_sorts (const RaiQuery *query, const Caller *caller, const char *path, About about) {
  for (const RaiQueryColumn *column = query->columns; column->name != NULL; column++) {
    if (column->permission == RAI_PERMISSION_NONE || query->sorts == NULL ||
        strstr (query->sorts, column->name) == NULL)
      continue;
    g_autofree char *sorted =
        g_strdup_printf ("%s%csort=%s", path, strchr (path, '?') != NULL ? '&' : '?', column->name);
    g_autoptr (RaiTestReply) reply = ask (caller, "GET", sorted, NULL);
    expect (rai_role_may (caller->role, column->permission), reply->status == 200, caller, sorted,
            about, reply->body);
  }
}

static void
try_query (const RaiQuery *query, const Caller *caller, About about) {
  bool about_site;
  g_autofree char *path = path_of (query, about, &about_site);
  if (path == NULL)
    return;

  bool allowed =
      rai_role_may (caller->role, query->permission) && (!about_site || covers (caller, about));
  g_autoptr (RaiTestReply) reply = ask (caller, "GET", path, NULL);
  if (reply->status != 200 && reply->status != 403)
    g_error ("%s: %d %s", path, reply->status, reply->body);
  expect (allowed, reply->status == 200, caller, path, about, reply->body);
  if (!allowed)
    return;

  JsonArray *array = json_object_get_array_member (json_node_get_object (reply->json), "rows");
  for (unsigned i = 0; i < json_array_get_length (array); i++) {
    JsonObject *row = json_array_get_object_element (array, i);
    check_row (query, caller, row, about);
    check_columns (query, caller, row, about);
  }
  check_sorts (query, caller, path, about);
}

static void
test_queries (RaiTestServer *started) {
  unsigned n = 0;
  begin (started);
  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const RaiQuery *query = rai_queries; query->name != NULL; query++, n++)
    for (int i = 0; i < N_CALLERS; i++)
      for (About about = ABOUT_OWN; about < N_ABOUTS; about++)
        try_query (query, &callers[i], about);

  /* A column that nobody was told would prove nothing. */
  for (const RaiQuery *query = rai_queries; query->name != NULL; query++)
    for (const RaiQueryColumn *column = query->columns; column->name != NULL; column++) {
      g_autofree char *name = g_strdup_printf ("%s.%s", query->name, column->name);
      if (column->permission != RAI_PERMISSION_NONE && !g_hash_table_contains (seen, name))
        g_error ("no row of the test has %s", name);
    }
  g_hash_table_unref (seen);
  end (n);
}

/* ---- Replicas ---- */

static RaiDb *
fetch_replica (const Caller *caller) {
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = g_strconcat (server->base, "/v1/sync/snapshot", NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", caller->token, NULL);
  g_autofree char *packed = g_strdup_printf ("%s/m%" G_GINT64_FORMAT ".zst", server->folder,
                                             caller->identity->account_id);
  g_autofree char *file = g_strconcat (packed, ".db", NULL);
  g_autofree char *url = g_strconcat ("sqlite:", file, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", bearer);
  g_autoptr (GBytes) body = soup_session_send_and_read (server->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (soup_message_get_status (message), ==, 200);

  size_t size;
  const char *data = g_bytes_get_data (body, &size);
  g_file_set_contents (packed, data, (ssize_t) size, &error);
  g_assert_no_error (error);
  rai_sync_decompress_file (packed, file, &error);
  g_assert_no_error (error);

  RaiDb *db = rai_db_open (url, 0, &error);
  g_assert_no_error (error);
  return db;
}

static int64_t
count (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t n = -1;
  rai_db_get_int (db, sql, NULL, 0, -1, &n, &error);
  g_assert_no_error (error);
  return n;
}

/* Rows that the replica may not hold, and values that stand where nothing may. */
static void
check_table (RaiDb *db, const RaiSyncedTable *table, const Caller *caller) {
  g_autofree char *condition = rai_identity_may (caller->identity, table->permission)
                                   ? rai_synced_condition (table, caller->identity)
                                   : g_strdup ("FALSE");
  g_autofree char *others =
      g_strdup_printf ("SELECT count(*) FROM %s WHERE (%s) IS NOT TRUE", table->name, condition);
  expect (count (db, others) == 0, true, caller, table->name, ABOUT_OTHER, "rows");

  for (const RaiSyncedColumn *column = table->columns; column->name != NULL; column++) {
    g_autofree char *told = g_strdup_printf ("SELECT count(*) FROM %s WHERE coalesce(%s, 0) <> 0"
                                             " AND CAST(%s AS TEXT) <> ''",
                                             table->name, column->name, column->name);
    if (column->permission != RAI_PERMISSION_NONE && count (db, told) > 0)
      expect (rai_role_may (caller->role, column->permission), true, caller, column->name,
              ABOUT_OWN, table->name);
  }
}

static void
test_replicas (RaiTestServer *started) {
  begin (started);
  for (int i = 0; i < N_CALLERS; i++) {
    g_autoptr (RaiDb) db = fetch_replica (&callers[i]);
    for (const RaiSyncedTable *table = rai_synced_tables; table->name != NULL; table++)
      check_table (db, table, &callers[i]);

    bool all = callers[i].identity->all_sites;
    bool results = rai_role_may (callers[i].role, RAI_PERMISSION_SEE_RESULTS);
    g_assert_cmpint (count (db, "SELECT count(*) FROM forecast WHERE site_id = 0"), ==,
                     all && results);
    g_assert_cmpint (count (db, "SELECT count(*) FROM item WHERE cost > 0"), ==, results ? 5 : 0);
    g_assert_cmpint (count (db, "SELECT count(*) FROM policy WHERE scope = 'site'"), ==, all);
  }
  end (N_CALLERS);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_server_add ("/server/matrix/commands", test_commands);
  rai_test_server_add ("/server/matrix/routes", test_routes);
  rai_test_server_add ("/server/matrix/queries", test_queries);
  rai_test_server_add ("/server/matrix/replicas", test_replicas);
  return rai_test_db_end (g_test_run ());
}
