/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-command.h"
#include "util/rai-uuid.h"

#define NAME "import.file"
#define RECEIPTS "{\"kind\":\"receipts\",\"file\":\"till.csv\"}"
#define ITEMS "{\"kind\":\"items\",\"file\":\"items.csv\"}"
#define STOCK "{\"kind\":\"stock\",\"file\":\"stock.csv\"}"

typedef bool (*Ask) (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *call,
                     RaiAnswer *answer, GError **error);

static bool
record (RaiDb *db, const RaiIdentity *caller, const RaiCommandCall *call, RaiAnswer *answer,
        GError **error) {
  const RaiCommandWork work = { "\"added\":3", "Import of receipts: 3 added" };
  return rai_command_record (db, caller, call, &work, answer, error);
}

/* Asks in a transaction of its own; returns the answer's code, "" when it is applied. */
static char *
ask (RaiDb *db, Ask how, const RaiIdentity *caller, const char *id, const char *arguments,
     RaiAnswer *answer) {
  const RaiCommandCall call = { (char *) id, (char *) NAME, (char *) arguments, 1000, NULL };
  g_autoptr (GError) error = NULL;
  rai_db_begin_write (db, &error);
  g_assert_no_error (error);
  rai_answer_clear (answer);
  how (db, caller, &call, answer, &error);
  g_assert_no_error (error);
  rai_db_commit (db, &error);
  g_assert_no_error (error);
  return g_strdup (answer->code != NULL ? answer->code : "");
}

static void
recorded_once (RaiDb *db) {
  rai_test_db_fill (db);
  char id[RAI_UUID_SIZE];
  g_auto (RaiAnswer) answer = { 0 };
  rai_uuid_new (id);

  g_autofree char *admitted = ask (db, rai_command_admit, rai_test_admin (), id, RECEIPTS, &answer);
  g_assert_cmpstr (admitted, ==, "");
  g_assert_false (answer.repeated);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM command_log"), ==, 0);

  g_autofree char *recorded = ask (db, record, rai_test_admin (), id, RECEIPTS, &answer);
  g_assert_cmpstr (recorded, ==, "");
  g_assert_cmpstr (answer.result, ==, "{\"added\":3}");
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(*) FROM command_log"
                        " WHERE name = 'import.file' AND account_id = 1 AND status = 'applied'"
                        " AND summary = 'Import of receipts: 3 added' AND acted_at = 1000"),
      ==, 1);

  /* Whoever asks again gets the first answer, before and after the work. */
  const Ask again[] = { rai_command_admit, record };
  for (size_t i = 0; i < G_N_ELEMENTS (again); i++) {
    g_autofree char *repeated = ask (db, again[i], rai_test_admin (), id, RECEIPTS, &answer);
    g_assert_cmpstr (repeated, ==, "");
    g_assert_true (answer.repeated);
    g_assert_cmpstr (answer.result, ==, "{\"added\":3}");
  }

  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM command_log"), ==, 1);
}

static void
who_may (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (RaiIdentity) program = rai_identity_new_system ();
  g_autoptr (RaiIdentity) executive =
      rai_identity_new (9, "eva", RAI_ROLE_EXECUTIVE, true, NULL, 0);
  g_autoptr (RaiIdentity) till = rai_identity_new (8, "tom", RAI_ROLE_ASSOCIATE, true, NULL, 0);
  const struct {
    const RaiIdentity *caller;
    const char *arguments;
    const char *code;
  } cases[] = {
    { program, ITEMS, "" },
    { rai_test_regional (), ITEMS, "" },
    { rai_test_regional (), STOCK, "" },
    { till, RECEIPTS, "" },
    { till, STOCK, "" },
    { till, ITEMS, "forbidden" },
    { rai_test_admin (), STOCK, "forbidden" },
    { executive, RECEIPTS, "forbidden" },
    { rai_test_manager (), RECEIPTS, "forbidden" }, /* of one store */
    { rai_test_admin (), "{\"kind\":\"weather\",\"file\":\"w.csv\"}", "argument" },
    { rai_test_admin (), "{\"kind\":\"receipts\"}", "argument" },
  };

  int refused = 0;
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    char id[RAI_UUID_SIZE];
    g_auto (RaiAnswer) answer = { 0 };
    g_autofree char *code = ask (db, rai_command_admit, cases[i].caller, rai_uuid_new (id),
                                 cases[i].arguments, &answer);
    g_assert_cmpstr (code, ==, cases[i].code);
    refused += *cases[i].code != '\0';
  }

  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM command_log WHERE status = 'rejected'"),
                   ==, refused);
}

/* There is nothing to run for who sends it. */
static void
cannot_be_sent (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_refused (db, rai_test_admin (), NAME, RECEIPTS, "state");
  rai_test_refused (db, rai_test_admin (), "demo.generate",
                    "{\"size\":\"small\",\"seed\":1,\"through\":\"2026-06-30\"}", "state");
  rai_test_refused (db, rai_test_regional (), "demo.generate",
                    "{\"size\":\"small\",\"seed\":1,\"through\":\"2026-06-30\"}", "forbidden");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/command/import/recorded-once", recorded_once);
  rai_test_db_add ("/command/import/who-may", who_may);
  rai_test_db_add ("/command/import/cannot-be-sent", cannot_be_sent);
  return rai_test_db_end (g_test_run ());
}
