/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-command.h"

#include "util/rai-uuid.h"

static char id[RAI_UUID_SIZE];
static RaiAnswer answer;

static const RaiIdentity *
make (RaiIdentity **kept, int64_t account_id, const char *login, RaiRole role, bool all_sites) {
  const int64_t sites[] = { 1 };
  if (!*kept)
    *kept = rai_identity_new (account_id, login, role, all_sites, sites, all_sites ? 0 : 1);
  return *kept;
}

const RaiIdentity *
rai_test_admin (void) {
  static RaiIdentity *kept;
  return make (&kept, 1, "root", RAI_ROLE_ADMIN, true);
}

const RaiIdentity *
rai_test_manager (void) {
  static RaiIdentity *kept;
  return make (&kept, 2, "mia", RAI_ROLE_STORE_MANAGER, false);
}

const RaiIdentity *
rai_test_associate (void) {
  static RaiIdentity *kept;
  return make (&kept, 3, "sam", RAI_ROLE_ASSOCIATE, false);
}

const RaiIdentity *
rai_test_regional (void) {
  static RaiIdentity *kept;
  return make (&kept, 4, "reg", RAI_ROLE_REGIONAL_MANAGER, true);
}

const RaiAnswer *
rai_test_run_again (RaiDb *db, const RaiIdentity *caller, const char *name, const char *arguments) {
  g_autoptr (GError) error = NULL;
  const RaiCommandCall call = { id, (char *) name, (char *) arguments, 0, "till 1" };
  rai_answer_clear (&answer);
  rai_command_run_once (db, caller, &call, &answer, &error);
  g_assert_no_error (error);
  return &answer;
}

const RaiAnswer *
rai_test_run (RaiDb *db, const RaiIdentity *caller, const char *name, const char *arguments,
              RaiAnswerStatus status) {
  rai_uuid_new (id);
  rai_test_run_again (db, caller, name, arguments);
  if (answer.status != status)
    g_error ("%s %s: %s, %s", name, arguments, rai_answer_status_id (answer.status),
             answer.message);
  g_assert_nonnull (answer.summary);
  return &answer;
}

const RaiAnswer *
rai_test_refused (RaiDb *db, const RaiIdentity *caller, const char *name, const char *arguments,
                  const char *code) {
  const bool conflict = g_str_equal (code, "conflict");
  rai_test_run (db, caller, name, arguments, conflict ? RAI_ANSWER_CONFLICT : RAI_ANSWER_REJECTED);
  g_assert_cmpstr (answer.code, ==, code);
  g_assert_nonnull (answer.message);
  return &answer;
}

const char *
rai_test_last_id (void) {
  return id;
}

int64_t
rai_test_int (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (db, sql, NULL, 0, -999, &value, &error);
  g_assert_no_error (error);
  return value;
}
