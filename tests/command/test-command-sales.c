/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-db-run.h"
#include "rai-test-command.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"

#include <string.h>

#define RECEIPT(number, quantity, amount) \
  "{\"site\":1,\"receipt\":\"" number \
  "\",\"sold_at\":1771285000000,\"lines\":[{\"item\":1,\"quantity\":" quantity \
  ",\"amount\":" amount "},{\"item\":3,\"quantity\":1000,\"amount\":300}]}"

static void
record (RaiDb *db) {
  rai_test_db_fill (db);
  const RaiAnswer *answer = rai_test_run (db, rai_test_associate (), "sales.record",
                                          RECEIPT ("r1", "2000", "199"), RAI_ANSWER_APPLIED);

  g_assert_cmpstr (answer->result, ==, "{\"added\":2}");
  g_assert_cmpint (
      rai_test_int (db, "SELECT total FROM receipt WHERE number = 'r1' AND day = 20500"), ==, 499);
  g_assert_cmpint (rai_test_int (db, "SELECT revenue FROM site_day WHERE site_id = 1"), ==, 1999);
  g_assert_cmpint (rai_test_int (db, "SELECT receipts FROM site_day WHERE site_id = 1"), ==, 4);
  g_assert_cmpint (rai_test_int (db, "SELECT on_hand FROM stock WHERE site_id = 1 AND item_id = 1"),
                   ==, 8000);
}

/* The same receipt under another id adds nothing; other lines under its number are refused. */
static void
known_receipt (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_associate (), "sales.record", RECEIPT ("r1", "2000", "199"),
                RAI_ANSWER_APPLIED);

  const RaiAnswer *answer = rai_test_run (db, rai_test_associate (), "sales.record",
                                          RECEIPT ("r1", "2000", "199"), RAI_ANSWER_APPLIED);
  g_assert_cmpstr (answer->result, ==, "{\"added\":0}");
  rai_test_refused (db, rai_test_associate (), "sales.record", RECEIPT ("r1", "3000", "199"),
                    "conflict");
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM receipt_line"), ==, 2);
  g_assert_cmpint (rai_test_int (db, "SELECT revenue FROM site_day WHERE site_id = 1"), ==, 1999);
  rai_test_run (db, rai_test_associate (), "sales.record", RECEIPT ("r2", "-1000", "-99"),
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT revenue FROM site_day WHERE site_id = 1"), ==, 2200);
}

/* Many in one commit, one of them wrong: the others stand, and nothing of the wrong one is left in
 * memory. */
static void
many_in_a_commit (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (GError) error = NULL;

  char id[] = "01970000-0000-7000-8000-000000000c00";
  g_assert_true (rai_db_begin_write (db, &error));
  for (int i = 0; i < 9; i++) {
    RaiAnswer answer;
    g_autofree char *arguments =
        g_strdup_printf ("{\"site\":1,\"receipt\":\"r%d\",\"sold_at\":1771285000000,\"lines\":"
                         "[{\"item\":1,\"quantity\":1000,\"amount\":100},"
                         "{\"item\":%d,\"quantity\":1000,\"amount\":100}]}",
                         i, i == 4 ? 99 : 2);
    id[35] = (char) ('0' + i);
    const RaiCommandCall call = { id, (char *) "sales.record", arguments, 0, NULL };
    g_assert_true (rai_command_run (db, rai_test_associate (), &call, &answer, &error));
    g_assert_cmpint (answer.status, ==, i == 4 ? RAI_ANSWER_REJECTED : RAI_ANSWER_APPLIED);
    rai_answer_clear (&answer);
  }

  g_assert_true (rai_db_commit (db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM receipt"), ==, 8);
  g_assert_cmpint (rai_test_int (db, "SELECT on_hand FROM stock WHERE site_id = 1 AND item_id = 1"),
                   ==, 2000);
  g_assert_cmpint (rai_test_int (db, "SELECT revenue FROM site_day WHERE site_id = 1"), ==, 3100);
}

#define AT(number, sold_at, more) \
  "{\"site\":1,\"receipt\":\"" number "\",\"sold_at\":" sold_at more \
  ",\"lines\":[{\"item\":1,\"quantity\":1000,\"amount\":100}]}"

/* A time that cannot be meant: the receipt waits, whole, and counts nowhere. */
static void
set_aside (RaiDb *db) {
  rai_test_db_fill (db);
  int64_t day = rai_test_int (db, "SELECT last_day FROM site WHERE id = 1");

  const RaiAnswer *answer = rai_test_run (db, rai_test_associate (), "sales.record",
                                          AT ("r1", "4070908800000", ""), RAI_ANSWER_APPLIED);
  g_assert_cmpstr (answer->result, ==, "{\"added\":0,\"set_aside\":\"future\"}");
  answer = rai_test_run (db, rai_test_associate (), "sales.record", AT ("r2", "1000", ""),
                         RAI_ANSWER_APPLIED);
  g_assert_cmpstr (answer->result, ==, "{\"added\":0,\"set_aside\":\"past\"}");
  answer = rai_test_run (db, rai_test_associate (), "sales.record",
                         AT ("r3", "1771285000000", ",\"day\":\"2099-01-01\""), RAI_ANSWER_APPLIED);
  g_assert_cmpstr (answer->result, ==, "{\"added\":0,\"set_aside\":\"day\"}");
  rai_test_run (db, rai_test_associate (), "sales.record", AT ("r1", "4070908800000", ""),
                RAI_ANSWER_APPLIED);

  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM receipt"), ==, 0);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM sale_aside"), ==, 3);
  g_assert_cmpint (rai_test_int (db, "SELECT last_day FROM site WHERE id = 1"), ==, day);
}

#define SELLS(number, quantity, amount) \
  "{\"site\":1,\"receipt\":\"" number "\",\"sold_at\":1771285000000,\"lines\":" \
  "[{\"item\":1,\"quantity\":" quantity ",\"amount\":" amount "}]}"

/* A million pieces for a thousand million of an item at a price of one or two: it waits too, until
 * somebody says that it is meant. What is only dear, or much, is not held back. */
static void
absurd (RaiDb *db) {
  rai_test_db_fill (db);
  g_assert_true (rai_db_exec (db, "UPDATE item SET price = 99, rev = rev + 1 WHERE id = 1", NULL));
  static const char *const odd[] = {
    SELLS ("o1", "1000000000", "100000000000"), SELLS ("o2", "200000000", "100"),
    SELLS ("o3", "1000", "2000000000"),         SELLS ("o4", "1000", "100001"),
    SELLS ("o5", "-1000", "-100001"),           SELLS ("o6", "0", "100001")
  };
  static const char *const fair[] = { SELLS ("f1", "1000", "99000"),
                                      SELLS ("f2", "90000000", "8910000"),
                                      SELLS ("f3", "-1000", "-99"), SELLS ("f4", "1000", "0") };

  for (size_t i = 0; i < G_N_ELEMENTS (odd); i++) {
    const RaiAnswer *answer =
        rai_test_run (db, rai_test_associate (), "sales.record", odd[i], RAI_ANSWER_APPLIED);
    g_assert_cmpstr (answer->result, ==, "{\"added\":0,\"set_aside\":\"amount\"}");
    g_assert_cmpint (answer->outcome, ==, RAI_OUTCOME_SET_ASIDE);
  }
  for (size_t i = 0; i < G_N_ELEMENTS (fair); i++) {
    const RaiAnswer *answer =
        rai_test_run (db, rai_test_associate (), "sales.record", fair[i], RAI_ANSWER_APPLIED);
    g_assert_cmpstr (answer->result, ==, "{\"added\":1}");
    g_assert_cmpint (answer->outcome, ==, RAI_OUTCOME_CHANGED);
  }
  g_assert_cmpint (
      rai_test_run (db, rai_test_associate (), "sales.record", fair[0], RAI_ANSWER_APPLIED)
          ->outcome,
      ==, RAI_OUTCOME_UNCHANGED);

  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM sale_aside WHERE reason = 'amount'"), ==,
                   6);
  rai_test_run (db, rai_test_manager (), "sales.correct",
                "{\"site\":1,\"receipt\":\"o4\",\"sold_at\":1771285000000}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (
      rai_test_run (db, rai_test_associate (), "sales.record", odd[3], RAI_ANSWER_APPLIED)->outcome,
      ==, RAI_OUTCOME_UNCHANGED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM sale_aside"), ==, 5);
  g_assert_cmpint (rai_test_int (db, "SELECT total FROM receipt WHERE number = 'o4'"), ==, 100001);
}

static void
corrected (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_associate (), "sales.record", AT ("r1", "4070908800000", ""),
                RAI_ANSWER_APPLIED);
  rai_test_refused (db, rai_test_associate (), "sales.correct",
                    "{\"site\":1,\"receipt\":\"r1\",\"sold_at\":1771285000000}", "forbidden");
  rai_test_refused (db, rai_test_manager (), "sales.correct",
                    "{\"site\":1,\"receipt\":\"r1\",\"sold_at\":4070908800000}", "argument");
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM sale_aside"), ==, 1);

  rai_test_run (db, rai_test_manager (), "sales.correct",
                "{\"site\":1,\"receipt\":\"r1\",\"sold_at\":1771285000000}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM sale_aside"), ==, 0);
  g_assert_cmpint (
      rai_test_int (db, "SELECT total FROM receipt WHERE number = 'r1' AND day = 20500"), ==, 100);
  rai_test_refused (db, rai_test_manager (), "sales.correct",
                    "{\"site\":1,\"receipt\":\"r1\",\"sold_at\":1771285000000}", "not_found");
}

/* Taken back, all sums are what they were, and what was sent again adds nothing. */
static void
voided (RaiDb *db) {
  rai_test_db_fill (db);
  int64_t revenue = rai_test_int (db, "SELECT revenue FROM site_day WHERE site_id = 1"),
          on_hand =
              rai_test_int (db, "SELECT on_hand FROM stock WHERE site_id = 1 AND item_id = 1");

  rai_test_run (db, rai_test_associate (), "sales.record", RECEIPT ("r1", "2000", "199"),
                RAI_ANSWER_APPLIED);
  rai_test_refused (db, rai_test_associate (), "sales.void",
                    "{\"site\":1,\"receipt\":\"r1\",\"reason\":\"typed twice\"}", "forbidden");
  rai_test_run (db, rai_test_manager (), "sales.void",
                "{\"site\":1,\"receipt\":\"r1\",\"reason\":\"typed twice\"}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT revenue FROM site_day WHERE site_id = 1"), ==,
                   revenue);
  g_assert_cmpint (rai_test_int (db, "SELECT on_hand FROM stock WHERE site_id = 1 AND item_id = 1"),
                   ==, on_hand);
  g_assert_cmpint (rai_test_int (db, "SELECT total FROM receipt WHERE number = 'r1'"), ==, 0);

  rai_test_refused (db, rai_test_manager (), "sales.void",
                    "{\"site\":1,\"receipt\":\"r1\",\"reason\":\"again\"}", "not_found");
  const RaiAnswer *answer = rai_test_run (db, rai_test_associate (), "sales.record",
                                          RECEIPT ("r1", "2000", "199"), RAI_ANSWER_APPLIED);
  g_assert_cmpstr (answer->result, ==, "{\"added\":0}");
  g_assert_cmpint (rai_test_int (db, "SELECT revenue FROM site_day WHERE site_id = 1"), ==,
                   revenue);
}

#define Z(sold_at, quantity) \
  "{\"site\":1,\"receipt\":\"Z\",\"sold_at\":" sold_at \
  ",\"lines\":[{\"item\":1,\"quantity\":" quantity ",\"amount\":100}]}"
#define RIGHT "1771285000000"

static const char *
send (RaiDb *db, const char *arguments) {
  return rai_test_run (db, rai_test_associate (), "sales.record", arguments, RAI_ANSWER_APPLIED)
      ->result;
}

static char *
digest_of (RaiDb *db, const char *quantity) {
  g_autoptr (GError) error = NULL;
  g_autofree char *like = g_strdup_printf ("%%\"quantity\":%s,%%", quantity);
  char *digest = NULL;
  rai_db_row (db, &error, "SELECT digest FROM sale_aside WHERE body LIKE ?1", "t>t", like, &digest);
  g_assert_no_error (error);
  return digest;
}

/* Two receipts of one number at odd times, and one at a right time: none is lost. */
static void
none_is_lost (RaiDb *db) {
  rai_test_db_fill (db);
  g_assert_cmpstr (send (db, Z ("1000", "1000")), ==, "{\"added\":0,\"set_aside\":\"past\"}");
  g_assert_cmpstr (send (db, Z ("2000", "5000")), ==, "{\"added\":0,\"set_aside\":\"past\"}");
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM sale_aside"), ==, 2);

  g_assert_cmpstr (send (db, Z (RIGHT, "9000")), ==, "{\"added\":1}");
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM sale_aside"), ==, 2);
  g_assert_cmpstr (send (db, Z ("2000", "5000")), ==, "{\"added\":0,\"set_aside\":\"past\"}");
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM sale_aside"), ==, 2);

  /* Which of them is meant must be said; its number is taken, so that it gets another. */
  g_autofree char *one = digest_of (db, "1000"), *five = digest_of (db, "5000");
  rai_test_refused (db, rai_test_manager (), "sales.correct",
                    "{\"site\":1,\"receipt\":\"Z\",\"sold_at\":" RIGHT "}", "argument");
  g_autofree char *taken = g_strdup_printf (
      "{\"site\":1,\"receipt\":\"Z\",\"sold_at\":" RIGHT ",\"aside\":\"%s\"}", one);
  rai_test_refused (db, rai_test_manager (), "sales.correct", taken, "conflict");
  g_autofree char *other = g_strdup_printf ("{\"site\":1,\"receipt\":\"Z\",\"sold_at\":" RIGHT
                                            ",\"aside\":\"%s\",\"record_as\":\"Z/2\"}",
                                            one);
  rai_test_run (db, rai_test_manager (), "sales.correct", other, RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM receipt"), ==, 2);

  /* Taken back by its name: what is recorded under the number stays. */
  g_autofree char *drop = g_strdup_printf (
      "{\"site\":1,\"receipt\":\"Z\",\"aside\":\"%s\",\"reason\":\"a test\"}", five);
  rai_test_run (db, rai_test_manager (), "sales.void", drop, RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM sale_aside"), ==, 0);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM receipt WHERE voided_at IS NULL"), ==,
                   2);
}

/* The till knows nothing of what was decided: neither its odd time nor a mended clock brings the
 * receipt back. */
static void
decided (RaiDb *db) {
  rai_test_db_fill (db);
  send (db, Z ("1000", "1000"));
  rai_test_run (db, rai_test_manager (), "sales.void",
                "{\"site\":1,\"receipt\":\"Z\",\"reason\":\"a test\"}", RAI_ANSWER_APPLIED);
  g_assert_cmpstr (send (db, Z ("1000", "1000")), ==, "{\"added\":0}");
  g_assert_cmpstr (send (db, Z (RIGHT, "1000")), ==, "{\"added\":0}");
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM sale_aside"), ==, 0);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM receipt"), ==, 0);
  g_assert_cmpstr (send (db, Z (RIGHT, "2000")), ==, "{\"added\":1}");
}

/* A business day that is yet to come, or before 2000, though its time is right. */
static void
odd_days (RaiDb *db) {
  rai_test_db_fill (db);
  const int64_t last_day = rai_test_int (db, "SELECT last_day FROM site WHERE id = 1");
  const int64_t now = rai_now_ms ();
  char day[11];

  for (int ahead = 2; ahead <= 4; ahead++) {
    g_autofree char *arguments = g_strdup_printf (
        "{\"site\":1,\"receipt\":\"ahead\",\"sold_at\":%" G_GINT64_FORMAT
        ",\"day\":\"%s\",\"lines\":[{\"item\":1,\"quantity\":1000,\"amount\":100}]}",
        now, rai_day_format (rai_day_from_ms (now, NULL) + ahead, day));
    g_assert_nonnull (strstr (send (db, arguments), "\"set_aside\":"));
  }

  g_assert_nonnull (strstr (send (db, AT ("old", "946684800000", ",\"day\":\"1999-12-31\"")),
                            "\"set_aside\":\"past\""));
  g_assert_cmpint (rai_test_int (db, "SELECT last_day FROM site WHERE id = 1"), ==, last_day);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM receipt"), ==, 0);
}

#define OF(number, more, sold_at, quantity) \
  "{\"site\":1,\"receipt\":\"" number "\"" more ",\"sold_at\":" sold_at \
  ",\"lines\":[{\"item\":1,\"quantity\":" quantity ",\"amount\":100}]}"
#define ON(till, day) ",\"till\":\"" till "\",\"day\":\"" day "\""
#define NEXT "1771371400000" /* a day after RIGHT, which is 2026-02-16 */

/* A till that begins anew each day loses no receipt; the same again is taken once, as it is when
 * the till begins to say who it is. */
static void
anew_each_day (RaiDb *db) {
  rai_test_db_fill (db);
  g_assert_cmpstr (send (db, OF ("17", "", RIGHT, "1000")), ==, "{\"added\":1}");
  g_assert_cmpstr (send (db, OF ("17", ON ("A", "2026-02-16"), RIGHT, "1000")), ==,
                   "{\"added\":0}");
  g_assert_cmpstr (send (db, OF ("17", ON ("A", "2026-02-17"), NEXT, "1000")), ==, "{\"added\":1}");
  g_assert_cmpstr (send (db, OF ("17", ON ("B", "2026-02-17"), NEXT, "1000")), ==, "{\"added\":1}");
  g_assert_cmpstr (send (db, OF ("17", ON ("B", "2026-02-17"), NEXT, "1000")), ==, "{\"added\":0}");
  g_assert_cmpstr (send (db, OF ("17", "", RIGHT, "1000")), ==, "{\"added\":0}");
  rai_test_refused (db, rai_test_associate (), "sales.record",
                    OF ("17", ON ("B", "2026-02-17"), NEXT, "2000"), "conflict");
  rai_test_refused (db, rai_test_associate (), "sales.record",
                    OF ("17", ON ("\\u0007", "2026-02-17"), NEXT, "2000"), "argument");
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM receipt"), ==, 3);
}

#define VOID(more) "{\"site\":1,\"receipt\":\"17\"" more ",\"reason\":\"a test\"}"

/* Who takes one back says which; another of the number is never taken instead. */
static void
void_says_which (RaiDb *db) {
  rai_test_db_fill (db);
  send (db, OF ("17", ON ("A", "2026-02-16"), RIGHT, "1000"));
  send (db, OF ("17", ON ("A", "2026-02-17"), NEXT, "1000"));
  send (db, OF ("17", ON ("B", "2026-02-17"), NEXT, "2000"));

  const RaiAnswer *answer =
      rai_test_run (db, rai_test_manager (), "sales.void", VOID (""), RAI_ANSWER_REJECTED);
  g_assert_nonnull (strstr (answer->message, "17 of till B, 2026-02-17"));
  g_assert_nonnull (strstr (answer->message, "17 of till A, 2026-02-16"));
  rai_test_refused (db, rai_test_manager (), "sales.void", VOID (",\"day\":\"2026-02-17\""),
                    "argument");
  rai_test_refused (db, rai_test_manager (), "sales.void", VOID (",\"till\":\"C\""), "not_found");

  answer = rai_test_run (db, rai_test_manager (), "sales.void", VOID (",\"till\":\"B\""),
                         RAI_ANSWER_APPLIED);
  g_assert_cmpstr (answer->summary, ==, "Receipt 17 of till B, 2026-02-17 taken back: a test");
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM receipt WHERE voided_at IS NOT NULL"
                                     " AND till = 'B'"),
                   ==, 1);
  rai_test_refused (db, rai_test_manager (), "sales.void", VOID (",\"till\":\"B\""), "not_found");
  rai_test_run (db, rai_test_manager (), "sales.void", VOID (",\"day\":\"2026-02-16\""),
                RAI_ANSWER_APPLIED);
  answer = rai_test_run (db, rai_test_manager (), "sales.void", VOID (""), RAI_ANSWER_REJECTED);
  g_assert_nonnull (strstr (answer->message, "2026-02-16 (taken back)"));
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM receipt WHERE voided_at IS NULL"), ==,
                   1);
}

/* A receipt at an odd time keeps its till, and is known by its right day once that is said. */
static void
corrected_of_till (RaiDb *db) {
  rai_test_db_fill (db);
  send (db, OF ("17", ON ("A", "2026-02-17"), NEXT, "1000"));
  g_assert_nonnull (
      strstr (send (db, OF ("17", ON ("A", "1980-01-01"), "315532800000", "1000")), "set_aside"));
  g_assert_nonnull (
      strstr (send (db, OF ("17", ON ("B", "1980-01-01"), "315532800000", "1000")), "set_aside"));
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM sale_aside"), ==, 2);

  rai_test_refused (db, rai_test_manager (), "sales.correct",
                    "{\"site\":1,\"receipt\":\"17\",\"sold_at\":" RIGHT "}", "argument");
  rai_test_run (db, rai_test_manager (), "sales.correct",
                "{\"site\":1,\"receipt\":\"17\",\"till\":\"A\",\"sold_at\":" RIGHT "}",
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(*) FROM receipt WHERE till = 'A' AND said_day = 20500"), ==,
      1);
  g_assert_cmpstr (send (db, OF ("17", ON ("A", "2026-02-16"), "1771285030000", "1000")), ==,
                   "{\"added\":0}");
  rai_test_run (db, rai_test_manager (), "sales.void", VOID (",\"day\":\"1980-01-01\""),
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM sale_aside"), ==, 0);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM receipt WHERE voided_at IS NULL"), ==,
                   2);
}

/* Spaces around a till's name are no part of it, as in files: neither when it is recorded, nor when
 * it waits, nor where a receipt is named. */
static void
till_in_spaces (RaiDb *db) {
  rai_test_db_fill (db);
  g_assert_cmpstr (send (db, OF ("17", ON ("  A ", "2026-02-17"), NEXT, "1000")), ==,
                   "{\"added\":1}");
  g_assert_cmpstr (send (db, OF ("17", ON ("A", "2026-02-17"), NEXT, "1000")), ==, "{\"added\":0}");
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM receipt WHERE till = 'A'"), ==, 1);
  g_assert_cmpstr (send (db, OF ("18", ",\"till\":\"  \"", NEXT, "1000")), ==, "{\"added\":1}");
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(*) FROM receipt WHERE number = '18' AND till = ''"), ==, 1);

  send (db, OF ("19", ON ("A ", "1980-01-01"), "315532800000", "1000"));
  send (db, OF ("19", ON ("A", "1980-01-01"), "315532800000", "1000"));
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM sale_aside WHERE till = 'A'"), ==, 1);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM sale_aside"), ==, 1);

  rai_test_run (db, rai_test_manager (), "sales.void", VOID (",\"till\":\" A\""),
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, "SELECT count(*) FROM receipt WHERE voided_at IS NOT NULL"),
                   ==, 1);
}

/* Numbers that would not fit into sums. */
static void
bounded (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_refused (db, rai_test_associate (), "sales.record",
                    RECEIPT ("r1", "9223372036854775807", "100"), "argument");
  rai_test_refused (db, rai_test_associate (), "sales.record",
                    RECEIPT ("r1", "1000", "9223372036854775807"), "argument");
  rai_test_refused (db, rai_test_associate (), "sales.record", RECEIPT ("r1", "1000000000", "100"),
                    "argument");
  rai_test_refused (db, rai_test_associate (), "sales.record",
                    RECEIPT ("r1", "1000", "-1000000000000"), "argument");
  rai_test_run (db, rai_test_associate (), "sales.record", RECEIPT ("r1", "999999000", "100"),
                RAI_ANSWER_APPLIED);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/command/sales/record", record);
  rai_test_db_add ("/command/sales/known-receipt", known_receipt);
  rai_test_db_add ("/command/sales/many-in-a-commit", many_in_a_commit);
  rai_test_db_add ("/command/sales/set-aside", set_aside);
  rai_test_db_add ("/command/sales/absurd", absurd);
  rai_test_db_add ("/command/sales/corrected", corrected);
  rai_test_db_add ("/command/sales/voided", voided);
  rai_test_db_add ("/command/sales/none-is-lost", none_is_lost);
  rai_test_db_add ("/command/sales/decided", decided);
  rai_test_db_add ("/command/sales/odd-days", odd_days);
  rai_test_db_add ("/command/sales/anew-each-day", anew_each_day);
  rai_test_db_add ("/command/sales/void-says-which", void_says_which);
  rai_test_db_add ("/command/sales/corrected-of-till", corrected_of_till);
  rai_test_db_add ("/command/sales/till-in-spaces", till_in_spaces);
  rai_test_db_add ("/command/sales/bounded", bounded);
  return rai_test_db_end (g_test_run ());
}
