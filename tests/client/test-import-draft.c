/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-import-draft.h"

#include <glib/gstdio.h>
#include <string.h>

#define ODD "no,when,what,how much,paid\nR9,2026-03-02 10:00,A1,2,3.00\n"

static char *folder;

static RaiImportDraft *
open_draft (const char *text) {
  g_autofree char *path = g_build_filename (folder, "till.csv", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return rai_import_draft_new (path);
}

static void
wait_for (RaiImportDraft *draft) {
  while (rai_import_draft_is_reading (draft))
    g_main_context_iteration (NULL, TRUE);
}

static int
field_of (RaiImportDraft *draft, unsigned column) {
  const RaiImportLook *look = rai_import_draft_get_look (draft);

  return ((RaiImportLookColumn *) look->columns->pdata[column])->field;
}

/* A field is held by one column: by the one that was named last. */
static void
test_columns (void) {
  g_autoptr (RaiImportDraft) draft = open_draft (ODD);
  g_autoptr (GString) json = g_string_new ("{");

  wait_for (draft);
  g_assert_false (rai_import_draft_is_ready (draft));
  rai_import_draft_choose (draft, RAI_IMPORT_KIND, "receipts");
  wait_for (draft);
  rai_import_draft_set_column (draft, 2, RAI_FIELD_ITEM);
  wait_for (draft);
  g_assert_cmpint (field_of (draft, 2), ==, RAI_FIELD_ITEM);
  rai_import_draft_set_column (draft, 1, RAI_FIELD_ITEM);
  wait_for (draft);
  g_assert_cmpint (field_of (draft, 1), ==, RAI_FIELD_ITEM);
  g_assert_cmpint (field_of (draft, 2), ==, RAI_FIELD_NONE);

  rai_import_draft_append_json (draft, json);
  g_assert_nonnull (strstr (json->str, "\"kind\":\"receipts\""));
  g_assert_nonnull (strstr (json->str, "\"item=2\""));

  /* Of another kind's columns nothing was said. */
  rai_import_draft_choose (draft, RAI_IMPORT_KIND, "stock");
  wait_for (draft);
  g_string_assign (json, "{");
  rai_import_draft_append_json (draft, json);
  g_assert_null (strstr (json->str, "\"map\""));
}

/* Corrections that follow each other at once: the last one counts. */
static void
test_quick (void) {
  g_autoptr (RaiImportDraft) draft = open_draft ("item;name\nA1;Oat milk\n");

  rai_import_draft_choose (draft, RAI_IMPORT_DELIMITER, ",");
  rai_import_draft_choose (draft, RAI_IMPORT_DELIMITER, ";");
  wait_for (draft);
  g_assert_cmpint (rai_import_draft_get_look (draft)->delimiter, ==, ';');
  g_assert_cmpstr (rai_import_draft_get_look (draft)->layout->kind, ==, "items");
  g_assert_true (rai_import_draft_is_ready (draft));
}

static void
test_problems (void) {
  g_autoptr (RaiImportDraft) empty = open_draft ("");
  g_autoptr (RaiImportDraft) nowhere = rai_import_draft_new ("/nowhere/till.csv");

  wait_for (empty);
  wait_for (nowhere);
  g_assert_null (rai_import_draft_get_look (empty));
  g_assert_nonnull (rai_import_draft_get_problem (empty));
  g_assert_nonnull (rai_import_draft_get_problem (nowhere));
  g_assert_false (rai_import_draft_is_ready (nowhere));
}

/* Nobody waits for it any more. */
static void
test_dropped (void) {
  RaiImportDraft *draft = open_draft (ODD);

  g_object_add_weak_pointer (G_OBJECT (draft), (void **) &draft);
  g_object_unref (draft);
  /* The thread may be the last that knows it. */
  while (draft != NULL) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("rai-import-draft-XXXXXX", NULL);
  g_test_add_func ("/client/import-draft/columns", test_columns);
  g_test_add_func ("/client/import-draft/quick", test_quick);
  g_test_add_func ("/client/import-draft/problems", test_problems);
  g_test_add_func ("/client/import-draft/dropped", test_dropped);

  int status = g_test_run ();
  g_autofree char *path = g_build_filename (folder, "till.csv", NULL);
  g_unlink (path);
  g_rmdir (folder);
  g_free (folder);

  return status;
}
