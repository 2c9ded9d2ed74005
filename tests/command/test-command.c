/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-command.h"

#include <string.h>

#define COUNT "{\"site\":1,\"item\":1,\"quantity\":7000}"

/* Each command once by somebody who may: a known id does nothing again and answers the same. */
static const struct {
  const char *name;
  const char *arguments;
  bool admin;
} good[] = {
  { "sales.record", "{\"site\":1,\"receipt\":\"r1\",\"sold_at\":1771200000000,\"lines\":[{\"item\":"
                    "1,\"quantity\":1000,"
                    "\"amount\":99}]}" },
  { "sales.record", "{\"site\":1,\"receipt\":\"late\",\"sold_at\":4070908800000,"
                    "\"lines\":[{\"item\":1,\"quantity\":1000,\"amount\":99}]}" },
  { "sales.correct", "{\"site\":1,\"receipt\":\"late\",\"sold_at\":1771200000000}" },
  { "sales.void", "{\"site\":1,\"receipt\":\"late\",\"reason\":\"typed twice\"}" },
  { "stock.count", COUNT },
  { "stock.receive", "{\"site\":1,\"lines\":[{\"item\":1,\"quantity\":5000}]}" },
  { "stock.waste", "{\"site\":1,\"item\":2,\"quantity\":1000,\"note\":\"fell down\"}" },
  { "order.edit",
    "{\"order\":\"" RAI_TEST_ORDER "\",\"item\":1,\"quantity\":18000,\"version\":1}" },
  { "order.approve", "{\"order\":\"" RAI_TEST_ORDER "\",\"version\":2}" },
  { "order.reopen", "{\"order\":\"" RAI_TEST_ORDER "\",\"version\":3}" },
  { "order.cancel", "{\"order\":\"" RAI_TEST_ORDER "\"}" },
  { "alert.snooze", "{\"alert\":\"" RAI_TEST_ALERT "\",\"until\":\"2099-01-01\"}" },
  { "alert.acknowledge", "{\"alert\":\"" RAI_TEST_ALERT "\"}" },
  { "alert.resolve", "{\"alert\":\"" RAI_TEST_ALERT "\"}" },
  { "forecast.override",
    "{\"site\":1,\"item\":1,\"first_day\":\"2026-03-01\",\"last_day\":\"2026-03-02\",\"percent\":"
    "150,\"reason\":\"fair\"}" },
  { "item.add", "{\"name\":\"Rye roll\",\"price\":45,\"site\":1}", true },
  { "supplier.add", "{\"name\":\"Mill\",\"lead_days\":3}", true },
  { "supplier.edit", "{\"supplier\":1,\"order_weekdays\":31}", true },
  { "site.add",
    "{\"name\":\"Quay\",\"zone\":\"Europe/Berlin\",\"currency\":\"EUR\",\"open_weekdays\":63}",
    true },
  { "item.edit", "{\"item\":1,\"name\":\"Oat drink 1 l\",\"price\":129}", true },
  { "site.edit", "{\"site\":1,\"open_weekdays\":63,\"opens\":480,\"closes\":1200}" },
  { "site.set_day", "{\"site\":1,\"day\":\"2026-12-24\",\"closed\":true,\"holiday\":\"Eve\"}" },
  { "policy.set", "{\"scope\":\"company\",\"key\":\"service_target\",\"value\":0.97}", true },
  { "user.add", "{\"login\":\"leo\",\"role\":\"associate\",\"sites\":[{\"site\":1}]}", true },
  { "user.set_role", "{\"account\":3,\"role\":\"store_manager\",\"sites\":[{\"site\":1}]}", true },
  { "user.disable", "{\"account\":3}", true },
  { "user.enable", "{\"account\":3}", true },
};

static void
every_command (RaiDb *db) {
  rai_test_db_fill (db);
  for (size_t i = 0; i < G_N_ELEMENTS (good); i++) {
    const RaiIdentity *caller = good[i].admin ? rai_test_admin () : rai_test_manager ();
    const RaiAnswer *answer =
        rai_test_run (db, caller, good[i].name, good[i].arguments, RAI_ANSWER_APPLIED);
    g_assert_false (answer->repeated);
    g_autofree char *result = g_strdup (answer->result);
    g_autofree char *summary = g_strdup (answer->summary);
    const int64_t rev = answer->rev;
    g_assert_cmpint (rev, ==, rai_test_int (db, "SELECT revision FROM feed"));

    answer = rai_test_run_again (db, caller, good[i].name, good[i].arguments);
    g_assert_true (answer->repeated);
    g_assert_cmpint (answer->status, ==, RAI_ANSWER_APPLIED);
    g_assert_cmpstr (answer->result, ==, result);
    g_assert_cmpstr (answer->summary, ==, summary);
    g_assert_cmpint (answer->rev, ==, rev);
    g_assert_cmpint (rai_test_int (db, "SELECT revision FROM feed"), ==, rev);
  }

  for (int i = 0; rai_commands[i]; i++) {        /* none forgotten above */
    bool there = rai_commands[i]->apply == NULL; /* see test-command-import */
    for (size_t j = 0; j < G_N_ELEMENTS (good); j++)
      there = there || g_str_equal (good[j].name, rai_commands[i]->name);
    if (!there)
      g_error ("%s has no row in `good`", rai_commands[i]->name);
  }

  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM command_log"), ==,
                   (int64_t) G_N_ELEMENTS (good));
}

/* Each command by somebody whose role does not allow it, and by somebody of another store. */
static void
permission_and_scope (RaiDb *db) {
  rai_test_db_fill (db);
  const int64_t second[] = { 2 };
  g_autoptr (RaiIdentity) executive =
      rai_identity_new (9, "eva", RAI_ROLE_EXECUTIVE, true, NULL, 0);
  g_autoptr (RaiIdentity) elsewhere =
      rai_identity_new (8, "tom", RAI_ROLE_STORE_MANAGER, false, second, 1);

  const int64_t revision = rai_test_int (db, "SELECT max(rev) FROM stock");
  for (size_t i = 0; i < G_N_ELEMENTS (good); i++) {
    rai_test_refused (db, executive, good[i].name, good[i].arguments, "forbidden");
    rai_test_refused (db, elsewhere, good[i].name, good[i].arguments, "forbidden");
  }

  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM command_log WHERE status = 'rejected'"),
                   ==, 2 * (int64_t) G_N_ELEMENTS (good));
  g_assert_cmpint (rai_test_int (db, "SELECT max(rev) FROM stock"), ==, revision);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM receipt"), ==, 0);
}

static void
refusals_are_stored (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_refused (db, rai_test_manager (), "stock.count",
                    "{\"site\":1,\"item\":99,\"quantity\":1}", "not_found");

  const RaiAnswer *answer = rai_test_run_again (db, rai_test_manager (), "stock.count",
                                                "{\"site\":1,\"item\":99,\"quantity\":1}");
  g_assert_true (answer->repeated);
  g_assert_cmpint (answer->status, ==, RAI_ANSWER_REJECTED);
  g_assert_cmpstr (answer->code, ==, "not_found");
  g_assert_nonnull (strstr (answer->message, "99"));

  /* The same id for something else, or by somebody else, answers nothing of the first. */
  answer = rai_test_run_again (db, rai_test_manager (), "stock.waste", COUNT);
  g_assert_cmpint (answer->status, !=, RAI_ANSWER_APPLIED);
  answer = rai_test_run_again (db, rai_test_associate (), "stock.count", COUNT);
  g_assert_cmpint (answer->status, !=, RAI_ANSWER_APPLIED);
  g_assert_false (answer->repeated);
}

static void
wrong_arguments (RaiDb *db) {
  rai_test_db_fill (db);
  static const char *const wrong[] = {
    "",
    "[]",
    "{",
    "{\"site\":1}",
    "{\"site\":1,\"item\":1,\"quantity\":\"7\"}",
    "{\"site\":1,\"item\":1,\"quantity\":7.5}",
    "{\"site\":1,\"item\":1,\"quantity\":-1}",
    "{\"site\":1,\"item\":1,\"quantity\":true}",
    "{\"site\":1,\"item\":1,\"quantity\":[7]}",
    "{\"site\":1,\"item\":1,\"quantity\":7,\"colour\":\"red\"}",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    rai_test_refused (db, rai_test_manager (), "stock.count", wrong[i], "argument");
  rai_test_refused (db, rai_test_manager (), "stock.dance", "{}", "unknown");
  rai_test_refused (db, rai_test_manager (), "alert.snooze",
                    "{\"alert\":\"" RAI_TEST_ALERT "\",\"until\":\"tomorrow\"}", "argument");
  rai_test_refused (db, rai_test_manager (), "alert.snooze",
                    "{\"alert\":\"" RAI_TEST_ALERT "\",\"until\":\"9999-12-31\"}", "argument");
  rai_test_refused (
      db, rai_test_manager (), "forecast.override",
      "{\"site\":1,\"item\":1,\"first_day\":\"0001-01-01\",\"last_day\":\"0001-01-01\","
      "\"percent\":110}",
      "argument");
  rai_test_refused (db, rai_test_manager (), "alert.resolve", "{\"alert\":\"b1\"}", "argument");

  const RaiCommandCall call = { (char *) "7", (char *) "stock.count", (char *) COUNT, 0, NULL };
  RaiAnswer answer = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_true (rai_command_run_once (db, rai_test_manager (), &call, &answer, &error));
  g_assert_cmpstr (answer.code, ==, "argument");
  rai_answer_clear (&answer);
}

/* Several commands share a commit; a refusal among them takes nothing of the others along. */
static void
shared_commit (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (GError) error = NULL;

  const char *ids[] = { "01970000-0000-7000-8000-0000000000c1",
                        "01970000-0000-7000-8000-0000000000c2",
                        "01970000-0000-7000-8000-0000000000c3" };
  const char *items[] = { "1", "77", "2" };

  g_assert_true (rai_db_begin_write (db, &error));
  for (int i = 0; i < 3; i++) {
    g_autofree char *arguments =
        g_strdup_printf ("{\"site\":1,\"item\":%s,\"quantity\":3000}", items[i]);
    const RaiCommandCall call = { (char *) ids[i], (char *) "stock.count", arguments, 0, NULL };
    RaiAnswer answer = { 0 };
    rai_command_run (db, rai_test_manager (), &call, &answer, &error);
    g_assert_no_error (error);
    g_assert_cmpint (answer.status, ==, i == 1 ? RAI_ANSWER_REJECTED : RAI_ANSWER_APPLIED);
    rai_answer_clear (&answer);
  }

  g_assert_true (rai_db_commit (db, &error));
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(*) FROM stock WHERE site_id = 1 AND on_hand = 3000"), ==, 2);
  g_assert_cmpint (rai_test_int (db, "SELECT count(DISTINCT rev) FROM command_log"), ==, 1);
}

static void
describes_pending (RaiDb *db) {
  rai_test_db_fill (db);
  const RaiCommandCall count = { NULL, (char *) "stock.count",
                                 (char *) "{\"site\":1,\"item\":1,\"quantity\":14000}" };
  g_autofree char *known = rai_command_describe (db, rai_test_manager (), &count);

  g_assert_cmpstr (known, ==, "Count: Oat milk 1 l, 14 pieces");
  const RaiCommandCall strange = { NULL, (char *) "stock.count",
                                   (char *) "{\"site\":1,\"item\":88,\"quantity\":1}" };
  g_autofree char *unknown = rai_command_describe (db, rai_test_manager (), &strange);

  g_assert_nonnull (strstr (unknown, "88"));
  const RaiCommandCall broken = { NULL, (char *) "stock.count", (char *) "no JSON" };
  g_autofree char *title = rai_command_describe (db, rai_test_manager (), &broken);

  g_assert_cmpstr (title, ==, "Count stock");
}

static void
on_a_replica (RaiDb *db) {
  if (rai_db_kind (db) != RAI_DB_SQLITE)
    return;
  rai_test_db_fill (db);
  rai_db_set_replica (db, true);

  for (size_t i = 0; i < G_N_ELEMENTS (good); i++)
    if (!rai_command_find (good[i].name)->server_only)
      rai_test_run (db, good[i].admin ? rai_test_admin () : rai_test_manager (), good[i].name,
                    good[i].arguments, RAI_ANSWER_APPLIED);

  g_assert_cmpint (rai_test_int (db, "SELECT revision FROM feed"), ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/command/every", every_command);
  rai_test_db_add ("/command/permission-and-scope", permission_and_scope);
  rai_test_db_add ("/command/refusals-are-stored", refusals_are_stored);
  rai_test_db_add ("/command/wrong-arguments", wrong_arguments);
  rai_test_db_add ("/command/shared-commit", shared_commit);
  rai_test_db_add ("/command/describes-pending", describes_pending);
  rai_test_db_add ("/command/on-a-replica", on_a_replica);

  return rai_test_db_end (g_test_run ());
}
