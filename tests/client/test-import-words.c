/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-import-words.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_kinds (void) {
  g_assert_cmpstr (rai_import_words_kind ("items"), ==, "Items");
  g_assert_cmpstr (rai_import_words_kind ("tickets"), ==, "tickets");
}

static void
test_programs (void) {
  bool square = false;

  for (const RaiImportLayout *layout = rai_import_layouts; layout->kind != NULL; layout++) {
    g_autofree char *program = rai_import_words_program (layout);
    g_assert_null (strchr (program, ':'));
    square |= strcmp (program, "Square") == 0;
    if (layout->preset == NULL)
      g_assert_cmpstr (program, ==, "No program");
  }
  g_assert_true (square);
}

static void
test_why (void) {
  RaiImportWhy why = { .reason = (char *) "the quantity is not a number",
                       .count = 12,
                       .first_line = 4 };
  g_autofree char *plain = rai_import_words_why (&why);
  g_assert_cmpstr (plain, ==, "12 rows: the quantity is not a number (first in line 4)");

  why.count = 1;
  why.example = (char *) "many";
  g_autofree char *example = rai_import_words_why (&why);
  g_assert_cmpstr (example, ==, "1 row: the quantity is not a number (first in line 4: “many”)");
}

static char *
words_of (const char *text) {
  g_autofree char *folder = g_dir_make_tmp ("rai-import-words-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "till.csv", NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  g_autoptr (RaiImportDraft) draft = rai_import_draft_new (path);
  g_assert_null (rai_import_words_draft (draft));
  while (rai_import_draft_is_reading (draft))
    g_main_context_iteration (NULL, TRUE);
  g_unlink (path);
  g_rmdir (folder);

  return rai_import_words_draft (draft);
}

static void
test_drafts (void) {
  g_autofree char *good = words_of ("item,name\nA1,Oat milk\n");
  g_autofree char *missing =
      words_of ("site,receipt,time,thing,quantity,amount\nS1,R1,2026-03-02 10:00,A1,2,3.00\n");
  g_autofree char *problem =
      words_of ("site,receipt,time,item,quantity,amount\nS1,R1,2026-03-02 10:00,A1,many,3.00\n"
                "S1,R2,2026-03-02 10:00,A1,2,3.00\n");

  g_assert_cmpstr (good, ==, "Items");
  g_assert_cmpstr (missing, ==, "Sales, receipt by receipt. Not found: Item code");
  g_assert_cmpstr (problem, ==, "Sales, receipt by receipt. 1 of the first 2 rows cannot be read");
}

static void
test_jobs (void) {
  g_autoptr (RaiSession) session = rai_session_new (g_get_tmp_dir ());
  g_autoptr (RaiImportJob) job = rai_import_job_new (session);

  g_assert_null (rai_import_words_job (job));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/import-words/kinds", test_kinds);
  g_test_add_func ("/client/import-words/programs", test_programs);
  g_test_add_func ("/client/import-words/why", test_why);
  g_test_add_func ("/client/import-words/drafts", test_drafts);
  g_test_add_func ("/client/import-words/jobs", test_jobs);
  return g_test_run ();
}
