/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-wire.h"

#include "sync/rai-replica.h"

#include <string.h>

static void
test_identity (void) {
  int64_t sites[] = { 3, 9 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiIdentity) before =
      rai_identity_new (7, "ada \"q\"", RAI_ROLE_ASSOCIATE, false, sites, 2);
  g_autoptr (GString) json = g_string_new (NULL);
  rai_sync_append_identity (json, before);
  g_autoptr (RaiIdentity) after = rai_sync_parse_identity (json->str, &error);
  g_assert_no_error (error);
  g_assert_cmpint (after->account_id, ==, 7);
  g_assert_cmpstr (after->login, ==, before->login);
  g_assert_cmpint (after->role, ==, RAI_ROLE_ASSOCIATE);
  g_assert_false (after->all_sites);
  g_assert_cmpuint (after->n_sites, ==, 2);
  g_assert_cmpint (after->sites[1], ==, 9);
}

/* Whatever stands in the file or comes from the other end: a message, never an abort. */
static void
test_bad_identity (void) {
  const char *const bad[] = {
    "",
    "[]",
    "{",
    "{}",
    "{\"login\":7,\"role\":[]}",
    "{\"login\":\"a\",\"role\":\"king\"}",
    "{\"login\":\"a\",\"role\":\"admin\",\"sites\":\"x\",\"account_id\":{}"
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (rai_sync_parse_identity (bad[i], &error));
    g_assert_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED);
  }
}

static void
test_answers (void) {
  g_autoptr (GError) error = NULL;
  const char *json = "[{\"id\":\"a\",\"status\":\"applied\",\"repeated\":true,\"rev\":12,"
                     "\"result\":{\"on_hand\":5},"
                     "\"code\":null,\"message\":null,\"summary\":\"Count\"},"
                     "{\"id\":\"b\",\"status\":\"conflict\",\"code\":\"conflict\",\"message\":"
                     "\"changed\",\"rev\":13}]";

  g_autoptr (GPtrArray) answers = rai_sync_parse_answers (json, strlen (json), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answers->len, ==, 2);

  const RaiSyncAnswer *first = answers->pdata[0], *second = answers->pdata[1];
  g_assert_true (first->answer.repeated);
  g_assert_cmpint (first->answer.rev, ==, 12);
  g_assert_cmpstr (first->answer.result, ==, "{\"on_hand\":5}");
  g_assert_cmpint (second->answer.status, ==, RAI_ANSWER_CONFLICT);
  g_assert_cmpstr (second->answer.message, ==, "changed");
}

static void
test_bad_answers (void) {
  const char *const bad[] = {
    "", "{}", "[7]", "[{}]", "[{\"id\":\"a\",\"status\":\"perhaps\"}]", "<html>"
  };
  for (unsigned i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (rai_sync_parse_answers (bad[i], strlen (bad[i]), &error));
    g_assert_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED);
  }
}

static void
test_refusal (void) {
  g_autoptr (GString) json = g_string_new ("[");
  rai_sync_append_refusal (json, "id", "no \"such\" thing");
  g_string_append_c (json, ']');
  g_autoptr (GPtrArray) answers = rai_sync_parse_answers (json->str, json->len, NULL);
  const RaiSyncAnswer *answer = answers->pdata[0];
  g_assert_cmpint (answer->answer.status, ==, RAI_ANSWER_REJECTED);
  g_assert_cmpstr (answer->answer.message, ==, "no \"such\" thing");
}

static void
test_call (void) {
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (RaiCommandCall) call =
      rai_command_call_new ("i", "stock.count", "{\"site\":1}", 12, NULL);
  rai_sync_append_call (json, call);
  g_assert_cmpstr (json->str, ==,
                   "{\"id\":\"i\",\"name\":\"stock.count\",\"acted_at\":12,\"device\":\"\","
                   "\"arguments\":{\"site\":1}}");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/wire/identity", test_identity);
  g_test_add_func ("/sync/wire/bad-identity", test_bad_identity);
  g_test_add_func ("/sync/wire/answers", test_answers);
  g_test_add_func ("/sync/wire/bad-answers", test_bad_answers);
  g_test_add_func ("/sync/wire/refusal", test_refusal);
  g_test_add_func ("/sync/wire/call", test_call);
  return g_test_run ();
}
