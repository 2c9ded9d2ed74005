/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-older-days.h"

#include "db/rai-rows-builder.h"
#include "proto/rai-rows-json.h"
#include "util/rai-clock.h"

#include <glib/gi18n-lib.h>

typedef struct {
  RaiSyncStore *store;
  const RaiQuery *query;
  char *key;      /* the arguments but for the days */
  RaiDay from;    /* wanted */
  RaiDay first;   /* that the replica holds */
  RaiDay through; /* that is asked for: while the replica's first day moves on, the answer stays of
                     use */
  unsigned scope; /* the store's when it was asked */
  RaiOlderDaysDone done; /* NULL: only to be kept */
  void *data;
} Question;

static void
question_free (Question *question) {
  g_free (question->key);
  g_free (question);
}

static int
compare_names (const void *a, const void *b) {
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/* "item=7&site=1" */
static char *
key_of (GHashTable *arguments) {
  unsigned n;
  g_autofree char **names = (char **) g_hash_table_get_keys_as_array (arguments, &n);
  GString *key = g_string_new (NULL);

  qsort (names, n, sizeof *names, compare_names);
  for (unsigned i = 0; i < n; i++) {
    if (g_str_equal (names[i], "from") || g_str_equal (names[i], "to"))
      continue;
    g_string_append_printf (key, "%s%s=", key->len > 0 ? "&" : "", names[i]);
    g_string_append_uri_escaped (key, g_hash_table_lookup (arguments, names[i]), NULL, TRUE);
  }

  return g_string_free (key, FALSE);
}

static RaiDay
newest_day (RaiReplica *replica) {
  int64_t day = 0;
  return rai_db_get_int (rai_replica_db (replica), "SELECT coalesce(max(last_day), 0) FROM site",
                         NULL, 0, 0, &day, NULL) &&
                 day != 0
             ? (RaiDay) day
             : RAI_DAY_NONE;
}

/* Takes the rows; gives those before the replica's own. */
static RaiRows *
cut (RaiRows *rows, RaiDay first, const RaiQuery *query) {
  int column = rai_rows_column (rows, "day");
  size_t n = rai_rows_count (rows);
  g_autoptr (RaiRows) none = rai_query_new_rows (query);
  g_autoptr (RaiRows) all = rows;
  while (n > 0 && rai_rows_int (all, n - 1, column) >= first)
    n--;
  return rai_rows_concat (all, n, none);
}

static void
answered_cb (void *data, GBytes *body, const GError *error) {
  Question *question = data;
  g_autoptr (GError) local = error != NULL ? g_error_copy (error) : NULL;
  g_autoptr (RaiRows) rows = NULL;

  size_t size = 0;
  const char *json = body != NULL ? g_bytes_get_data (body, &size) : NULL;

  /* What the server told of a wider scope came too late to be trimmed with it. */
  if (json != NULL && question->scope != question->store->scopes)
    g_set_error (&local, RAI_SYNC_ERROR, RAI_SYNC_ERROR_OFFLINE, "Older days are asked for again");
  else if (json != NULL)
    rows = rai_rows_parse_json_columns (json, size, question->query, &local);

  if (rows != NULL) {
    const RaiReplicaAnswer answer = { question->from, question->through, rai_now_ms (), body };
    if (question->store->replica != NULL)
      rai_replica_keep_answer (question->store->replica, question->query->name, question->key,
                               &answer);
    rows = cut (g_steal_pointer (&rows), question->first, question->query);
  }

  if (question->done != NULL)
    question->done (question->data, rows, local);
  question_free (question);
}

static void
ask_server (RaiSyncDirect *direct, Question *question) {
  char from[11], to[11];
  g_autofree char *path = g_strdup_printf (
      "/v1/%s?%s%sfrom=%s&to=%s&format=columns", question->query->name, question->key,
      *question->key ? "&" : "", rai_day_format (question->from, from),
      rai_day_format (question->through, to));
  rai_sync_direct_get (direct, path, answered_cb, question);
}

static RaiRows *
read_kept (const Question *question, bool *old) {
  g_auto (RaiReplicaAnswer) answer = { 0 };
  size_t size;
  if (!rai_replica_find_answer (question->store->replica, question->query->name, question->key,
                                &answer) ||
      answer.from > question->from || answer.to < question->first - 1)
    return NULL;

  int64_t age = rai_now_ms () - answer.at;
  *old = age < 0 || age > RAI_MS_PER_DAY;

  const char *json = g_bytes_get_data (answer.body, &size);
  RaiRows *rows = rai_rows_parse_json_columns (json, size, question->query, NULL);
  return rows != NULL ? cut (rows, question->first, question->query) : NULL;
}

void
rai_older_days_ask (RaiSyncStore *store, RaiSyncDirect *direct, bool online, const RaiQuery *query,
                    GHashTable *arguments, RaiOlderDaysDone done, void *data) {
  RaiDay newest = store->replica != NULL ? newest_day (store->replica) : RAI_DAY_NONE;
  RaiDay first =
      store->replica != NULL ? rai_query_first_day (query, store->identity, newest) : RAI_DAY_NONE;
  const char *text = g_hash_table_lookup (arguments, "from");
  RaiDay from = text != NULL ? rai_day_parse (text, -1) : RAI_DAY_NONE;

  if (first == RAI_DAY_NONE || from == RAI_DAY_NONE || from >= first) {
    g_autoptr (RaiRows) none = rai_query_new_rows (query);
    done (data, none, NULL);
    return;
  }

  Question *question = g_new0 (Question, 1);
  *question = (Question){ store, query, key_of (arguments), from, first, newest, store->scopes,
                          done,  data };

  bool old = false;
  g_autoptr (RaiRows) kept = read_kept (question, &old);
  if (kept != NULL) {
    done (data, kept, NULL);
    question->done = NULL;
  }

  if (online && (kept == NULL || old)) {
    ask_server (direct, question);
    return;
  }

  if (kept == NULL) {
    g_autoptr (GError) error =
        g_error_new (RAI_SYNC_ERROR, RAI_SYNC_ERROR_OFFLINE,
                     _ ("Older days are read when the server can be reached"));
    done (data, NULL, error);
  }

  question_free (question);
}
