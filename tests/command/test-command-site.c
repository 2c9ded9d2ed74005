/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-command.h"

#include <string.h>

#define NOW "2026-02-19T23:30:00Z"

/* Who runs a store says when it opens; the rest is the administrators', within their stores. */
static void
who_may (RaiDb *db) {
  static const char *const administrators[] = {
    "{\"site\":1,\"name\":\"Quay\"}",
    "{\"site\":1,\"region\":\"North\"}",
    "{\"site\":1,\"zone\":\"Europe/Berlin\"}",
    "{\"site\":1,\"currency\":\"EUR\",\"opens\":480,\"closes\":1200}",
  };
  const int64_t second[] = { 2 };
  g_autoptr (RaiIdentity) bound = rai_identity_new (9, "lea", RAI_ROLE_ADMIN, false, second, 1);
  rai_test_db_fill (db);

  for (size_t i = 0; i < G_N_ELEMENTS (administrators); i++) {
    rai_test_refused (db, rai_test_manager (), "site.edit", administrators[i], "forbidden");
    rai_test_refused (db, rai_test_regional (), "site.edit", administrators[i], "forbidden");
    rai_test_refused (db, bound, "site.edit", administrators[i], "forbidden");
    rai_test_run (db, rai_test_admin (), "site.edit", administrators[i], RAI_ANSWER_APPLIED);
  }
  g_assert_cmpint (rai_test_int (db, "SELECT opens FROM site WHERE id = 1 AND name = 'Quay' AND "
                                     "region = 'North' AND zone = 'Europe/Berlin'"),
                   ==, 480);

  rai_test_run (db, rai_test_manager (), "site.edit", "{\"site\":1,\"open_weekdays\":63}",
                RAI_ANSWER_APPLIED);
  rai_test_refused (db, rai_test_manager (), "site.edit", "{\"site\":2,\"open_weekdays\":63}",
                    "forbidden");
  rai_test_refused (db, rai_test_associate (), "site.edit", "{\"site\":1,\"open_weekdays\":63}",
                    "forbidden");
  rai_test_refused (db, rai_test_manager (), "site.set_day",
                    "{\"site\":2,\"day\":\"2026-12-24\",\"closed\":true}", "forbidden");
  rai_test_refused (db, rai_test_associate (), "site.set_day",
                    "{\"site\":1,\"day\":\"2026-12-24\",\"closed\":true}", "forbidden");
}

static void
wrong (RaiDb *db) {
  static const char *const wrong[] = {
    "{\"site\":1}",
    "{\"site\":1,\"name\":\"\"}",
    "{\"site\":1,\"name\":\"   \"}",
    "{\"site\":1,\"zone\":\"Mars/Base\"}",
    "{\"site\":1,\"zone\":\"+02:00\"}",
    "{\"site\":1,\"zone\":\"\"}",
    "{\"site\":1,\"currency\":\"eur\"}",
    "{\"site\":1,\"currency\":\"EURO\"}",
    "{\"site\":1,\"open_weekdays\":0}",
    "{\"site\":1,\"open_weekdays\":128}",
    "{\"site\":1,\"opens\":480}",
    "{\"site\":1,\"closes\":480}",
    "{\"site\":1,\"opens\":480,\"closes\":480}",
    "{\"site\":1,\"opens\":480,\"closes\":1441}",
    "{\"site\":1,\"opens\":-1,\"closes\":1200}",
  };
  static const char *const wrong_days[] = {
    "{\"site\":1,\"day\":\"2026-12-24\"}",
    "{\"site\":1,\"closed\":true}",
    "{\"site\":1,\"day\":\"2026-12-24\",\"closed\":true,\"opened\":true}",
    "{\"site\":1,\"day\":\"1999-12-24\",\"closed\":true}",
    "{\"site\":1,\"day\":\"2026-02-30\",\"closed\":true}",
  };

  rai_test_db_fill (db);
  const int64_t revision = rai_test_int (db, "SELECT max(rev) FROM site");
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    rai_test_refused (db, rai_test_admin (), "site.edit", wrong[i], "argument");
  for (size_t i = 0; i < G_N_ELEMENTS (wrong_days); i++)
    rai_test_refused (db, rai_test_manager (), "site.set_day", wrong_days[i], "argument");
  rai_test_refused (db, rai_test_admin (), "site.edit", "{\"site\":77,\"opens\":1,\"closes\":2}",
                    "not_found");
  g_assert_cmpint (rai_test_int (db, "SELECT max(rev) FROM site"), ==, revision);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM calendar_day"), ==, 0);
}

/* Sales stay in the currency they were made in, and the answer says so. */
static void
currency (RaiDb *db) {
  rai_test_db_fill (db);
  const RaiAnswer *answer = rai_test_refused (db, rai_test_admin (), "site.edit",
                                              "{\"site\":1,\"currency\":\"JPY\"}", "state");
  g_assert_nonnull (strstr (answer->message, "EUR"));
  g_assert_nonnull (strstr (answer->message, "JPY"));
  rai_test_run (db, rai_test_admin (), "site.edit", "{\"site\":1,\"currency\":\"EUR\"}",
                RAI_ANSWER_APPLIED);

  rai_db_exec (db, "INSERT INTO site (id, code, name, rev) VALUES (9, 'NEW', 'New', 1)", NULL);
  rai_test_run (db, rai_test_admin (), "site.edit", "{\"site\":9,\"currency\":\"JPY\"}",
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM site WHERE currency = 'JPY'"), ==, 1);
}

/* Opening days hold from the store's today on: by the zone that comes with them, too. */
static void
since_today (RaiDb *db) {
  rai_test_db_fill (db);
  g_setenv ("RETAILAI_NOW", NOW, TRUE);
  rai_test_run (db, rai_test_admin (), "site.edit",
                "{\"site\":1,\"open_weekdays\":31,\"zone\":\"UTC\"}", RAI_ANSWER_APPLIED);
  const int64_t today = rai_test_int (db, "SELECT open_since FROM site WHERE id = 1");
  rai_test_run (db, rai_test_admin (), "site.edit",
                "{\"site\":1,\"open_weekdays\":63,\"zone\":\"Asia/Tokyo\"}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT open_since FROM site WHERE id = 1"), ==, today + 1);
  g_unsetenv ("RETAILAI_NOW");
}

/* The log's line says what changed of which store. */
static void
lines (RaiDb *db) {
  rai_test_db_fill (db);
  const RaiAnswer *answer = rai_test_run (
      db, rai_test_manager (), "site.edit",
      "{\"site\":1,\"open_weekdays\":63,\"opens\":480,\"closes\":1200}", RAI_ANSWER_APPLIED);
  g_assert_true (g_str_has_suffix (answer->summary, " (opening days, opening hours)"));
  answer = rai_test_run (db, rai_test_manager (), "site.set_day",
                         "{\"site\":1,\"day\":\"2026-12-24\",\"closed\":true,\"holiday\":\"Eve\"}",
                         RAI_ANSWER_APPLIED);
  g_assert_true (g_str_has_prefix (answer->summary, "Closed on 2026-12-24: "));
  answer = rai_test_run (db, rai_test_manager (), "site.set_day",
                         "{\"site\":1,\"day\":\"2026-12-24\",\"closed\":false,\"holiday\":\"\"}",
                         RAI_ANSWER_APPLIED);
  g_assert_true (g_str_has_prefix (answer->summary, "As usual on 2026-12-24: "));
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(*) FROM calendar_day WHERE closed = 0 AND holiday = ''"), ==,
      1);
}

#define BERLIN "\"zone\":\"Europe/Berlin\",\"currency\":\"EUR\",\"open_weekdays\":63"

/* A store is what was said of it, from its own today on. */
static void
add (RaiDb *db) {
  rai_test_db_fill (db);
  g_setenv ("RETAILAI_NOW", NOW, TRUE);
  const RaiAnswer *answer =
      rai_test_run (db, rai_test_admin (), "site.add",
                    "{\"name\":\" Käthe's Laden \",\"region\":\"North\",\"opens\":480,"
                    "\"closes\":1200," BERLIN "}",
                    RAI_ANSWER_APPLIED);
  g_unsetenv ("RETAILAI_NOW");
  int64_t id;
  g_assert_true (rai_answer_get_int (answer, "site", &id));
  g_assert_cmpstr (answer->summary, ==, "Add store: Käthe's Laden");
  g_assert_cmpint (
      rai_test_int (db, "SELECT id FROM site WHERE name = 'Käthe''s Laden' AND region = 'North'"
                        " AND code = 'KATHE-S-LADEN' AND zone = 'Europe/Berlin'"
                        " AND currency = 'EUR' AND open_weekdays = 63 AND opens = 480"
                        " AND closes = 1200 AND active = 1 AND last_day IS NULL"
                        " AND open_since = 20504"), /* 2026-02-20 in Berlin */
      ==, id);
  g_assert_cmpint (rai_test_int (db, "SELECT max(site_id) FROM command_log"), ==, id);

  rai_test_run (db, rai_test_admin (), "site.add", "{\"name\":\"店\",\"code\":\"T1\"," BERLIN "}",
                RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_admin (), "site.add", "{\"name\":\"店\"," BERLIN "}",
                RAI_ANSWER_APPLIED);
  answer = rai_test_refused (db, rai_test_admin (), "site.add",
                             "{\"name\":\"Other\",\"code\":\"t 1\"," BERLIN "}", "state");
  g_assert_nonnull (strstr (answer->message, "“T1”"));
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM site WHERE code = 'STORE'"), ==, 1);
}

static void
wrong_additions (RaiDb *db) {
  static const char *const wrong[] = {
    "{" BERLIN "}",
    "{\"name\":\"  \"," BERLIN "}",
    "{\"name\":\"a\",\"code\":\"\"," BERLIN "}",
    "{\"name\":\"a\",\"currency\":\"EUR\",\"open_weekdays\":63}",
    "{\"name\":\"a\",\"zone\":\"UTC\",\"open_weekdays\":63}",
    "{\"name\":\"a\",\"zone\":\"UTC\",\"currency\":\"EUR\"}",
    "{\"name\":\"a\",\"zone\":\"Mars/Base\",\"currency\":\"EUR\",\"open_weekdays\":63}",
    "{\"name\":\"a\",\"zone\":\"UTC\",\"currency\":\"EURO\",\"open_weekdays\":63}",
    "{\"name\":\"a\",\"zone\":\"UTC\",\"currency\":\"EUR\",\"open_weekdays\":0}",
    "{\"name\":\"a\",\"zone\":\"UTC\",\"currency\":\"EUR\",\"open_weekdays\":128}",
    "{\"name\":\"a\",\"opens\":480," BERLIN "}",
    "{\"name\":\"a\",\"opens\":480,\"closes\":480," BERLIN "}",
    "{\"name\":\"a\",\"opens\":0,\"closes\":9223372036854775807," BERLIN "}",
  };
  rai_test_db_fill (db);
  const int64_t before = rai_test_int (db, "SELECT count(*) FROM site");
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    rai_test_refused (db, rai_test_admin (), "site.add", wrong[i], "argument");
  rai_test_refused (db, rai_test_regional (), "site.add", "{\"name\":\"a\"," BERLIN "}",
                    "forbidden");
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM site"), ==, before);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/command/site/who-may", who_may);
  rai_test_db_add ("/command/site/wrong", wrong);
  rai_test_db_add ("/command/site/currency", currency);
  rai_test_db_add ("/command/site/since-today", since_today);
  rai_test_db_add ("/command/site/lines", lines);
  rai_test_db_add ("/command/site/add", add);
  rai_test_db_add ("/command/site/wrong-additions", wrong_additions);
  return rai_test_db_end (g_test_run ());
}
