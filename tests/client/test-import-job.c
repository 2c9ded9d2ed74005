/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-import-job.h"

#include "client/model/rai-import-words.h"
#include "rai-real-shop.h"

#include <string.h>

#define HEADINGS "site,receipt,time,item,quantity,amount\n"
#define GOOD HEADINGS "S1,R1,2026-03-02 10:00,A1,2,3.00\nS1,R2,2026-03-02 11:00,A1,1,1.50\n"
#define WRONG GOOD "S1,R3,2026-03-02 12:00,A1,many,1.50\n"
#define LINES "SELECT count(*) FROM receipt_line"

static bool
is_read (void *draft) {
  return !rai_import_draft_is_reading (draft);
}

static bool
is_over (void *job) {
  return !rai_import_job_is_under_way (job);
}

static RaiImportDraft *
open_draft (RaiRealShop *shop, const char *name, const char *text) {
  g_autofree char *path = rai_real_shop_write (shop, name, text);
  RaiImportDraft *draft = rai_import_draft_new (path);

  rai_real_shop_wait (is_read, draft, "the file to be looked at");
  return draft;
}

static void
run (RaiImportJob *job, RaiImportDraft *draft, bool dry_run) {
  rai_import_job_start (job, draft, dry_run);
  rai_real_shop_wait (is_over, job, "the end of the import");
  if (rai_import_job_get_problem (job) != NULL)
    g_test_message ("%s", rai_import_job_get_problem (job));
}

static void
test_try_and_bring_in (RaiRealShop *shop) {
  g_autoptr (RaiImportDraft) draft = open_draft (shop, "till.csv", WRONG);
  g_autoptr (RaiImportJob) job = rai_import_job_new (shop->session);
  const RaiImportCounts *counts = rai_import_job_get_counts (job);

  g_assert_true (rai_import_draft_is_ready (draft));
  run (job, draft, true);
  g_assert_cmpint (rai_import_job_get_state (job), ==, RAI_IMPORT_JOB_DONE);
  g_assert_cmpint (counts->added, ==, 2);
  g_assert_cmpint (counts->rejected, ==, 1);
  g_assert_cmpint (rai_real_shop_count (shop, LINES), ==, 0);

  const RaiImportWhy *why = rai_import_job_get_reasons (job)->pdata[0];
  g_autofree char *words = rai_import_words_why (why);
  g_assert_nonnull (strstr (words, "1 row"));
  g_assert_nonnull (strstr (words, "“many”"));

  run (job, draft, false);
  g_assert_cmpint (rai_import_job_get_state (job), ==, RAI_IMPORT_JOB_DONE);
  g_assert_cmpint (counts->added, ==, 2);
  g_assert_cmpint (rai_real_shop_count (shop, LINES), ==, 2);

  /* What was sent is used up: it is sent anew. */
  run (job, draft, false);
  g_assert_cmpint (rai_import_job_get_state (job), ==, RAI_IMPORT_JOB_DONE);
  g_assert_cmpint (counts->unchanged, ==, 2);
}

static void
saved_cb (GObject *job, GAsyncResult *result, void *done) {
  g_autoptr (GError) error = NULL;

  rai_import_job_save_rejects_finish (RAI_IMPORT_JOB (job), result, &error);
  g_assert_no_error (error);
  *(bool *) done = true;
}

static bool
is_true (void *flag) {
  return *(bool *) flag;
}

static void
test_rejects (RaiRealShop *shop) {
  g_autoptr (RaiImportDraft) draft = open_draft (shop, "till.csv", WRONG);
  g_autoptr (RaiImportJob) job = rai_import_job_new (shop->session);
  g_autofree char *path = g_build_filename (shop->folder, "left out.csv", NULL);
  g_autofree char *text = NULL;
  bool done = false;

  run (job, draft, true);
  rai_import_job_save_rejects_async (job, path, saved_cb, &done);
  rai_real_shop_wait (is_true, &done, "the rows that were left out");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "many"));
}

/* Columns that somebody names, and a store for rows that name none. */
static void
test_corrections (RaiRealShop *shop) {
  g_autoptr (RaiImportDraft) draft =
      open_draft (shop, "odd.csv", "no,when,what,how much,paid\nR9,2026-03-02 10:00,A1,2,3.00\n");
  g_autoptr (RaiImportJob) job = rai_import_job_new (shop->session);
  static const int fields[] = { RAI_FIELD_RECEIPT, RAI_FIELD_TIME, RAI_FIELD_ITEM,
                                RAI_FIELD_QUANTITY, RAI_FIELD_AMOUNT };

  g_assert_false (rai_import_draft_is_ready (draft));
  rai_import_draft_choose (draft, RAI_IMPORT_KIND, "receipts");
  rai_real_shop_wait (is_read, draft, "the file to be looked at");
  rai_import_draft_choose (draft, RAI_IMPORT_SITE, "S1");
  rai_real_shop_wait (is_read, draft, "the file to be looked at");
  for (unsigned i = 0; i < G_N_ELEMENTS (fields); i++) {
    rai_import_draft_set_column (draft, i, fields[i]);
    rai_real_shop_wait (is_read, draft, "the file to be looked at");
  }

  g_autofree char *words = rai_import_words_draft (draft);
  g_test_message ("%s", words);
  g_assert_true (rai_import_draft_is_ready (draft));
  run (job, draft, false);
  g_assert_cmpint (rai_import_job_get_counts (job)->added, ==, 1);
  g_assert_cmpint (rai_real_shop_count (shop, LINES), ==, 1);
}

static bool
has_sent_some (void *job) {
  return rai_import_job_get_state (job) == RAI_IMPORT_JOB_SENDING &&
         rai_import_job_get_fraction (job) > 0;
}

/* The server goes away while a file is sent, and comes back: it goes on where it was. */
static void
test_cut (RaiRealShop *shop) {
  g_autoptr (GString) text = g_string_new (HEADINGS);
  for (unsigned i = 0; i < 60000; i++)
    g_string_append_printf (text, "S1,R%u,2026-03-02 10:00,A1,2,3.00\n", i);

  g_autoptr (RaiImportDraft) draft = open_draft (shop, "large.csv", text->str);
  g_autoptr (RaiImportJob) job = rai_import_job_new (shop->session);
  rai_import_job_start (job, draft, true);
  rai_real_shop_wait (has_sent_some, job, "the first pieces");
  rai_real_shop_stop_server (shop);
  for (int i = 0; i < 100; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (5000);
  }

  rai_real_shop_start_server (shop);
  rai_real_shop_wait (is_over, job, "the end of the import");
  g_assert_cmpstr (rai_import_job_get_problem (job), ==, NULL);
  g_assert_cmpint (rai_import_job_get_counts (job)->added, ==, 60000);
  g_assert_cmpint (rai_real_shop_count (shop, LINES), ==, 0);
}

static void
test_cancel (RaiRealShop *shop) {
  g_autoptr (RaiImportDraft) draft = open_draft (shop, "till.csv", GOOD);
  g_autoptr (RaiImportJob) job = rai_import_job_new (shop->session);

  rai_import_job_start (job, draft, false);
  rai_import_job_cancel (job);
  rai_real_shop_wait (is_over, job, "the end of the import");
  g_assert_cmpint (rai_import_job_get_state (job), ==, RAI_IMPORT_JOB_CANCELLED);
  g_assert_cmpint (rai_real_shop_count (shop, LINES), ==, 0);
  run (job, draft, false);
  g_assert_cmpint (rai_real_shop_count (shop, LINES), ==, 2);
}

static void
run_case (const void *data) {
  void (*test) (RaiRealShop *) = data;
  RaiRealShop *shop = rai_real_shop_open ("regional_manager");

  test (shop);
  rai_real_shop_close (shop);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/client/import-job/try-and-bring-in", test_try_and_bring_in, run_case);
  g_test_add_data_func ("/client/import-job/rejects", test_rejects, run_case);
  g_test_add_data_func ("/client/import-job/corrections", test_corrections, run_case);
  g_test_add_data_func ("/client/import-job/cut", test_cut, run_case);
  g_test_add_data_func ("/client/import-job/cancel", test_cancel, run_case);
  return g_test_run ();
}
