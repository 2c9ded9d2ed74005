/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-codes.h"

#include "rai-test-db.h"

static int64_t
find (RaiDb *db, RaiCodeKind kind, const char *code, const char *expected) {
  g_autoptr (GError) error = NULL;
  g_autofree char *spelling = NULL;
  int64_t id;
  g_assert_true (rai_codes_find (db, kind, code, &id, &spelling, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (spelling, ==, expected);
  return id;
}

/* A database of before may have both spellings: each is its own, and what is neither is the
 * first. */
static void
finds (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_test_db_fill (db);
  rai_db_exec (db,
               "INSERT INTO item (id, sku, name, department_id, rev) VALUES (90, 'Cup', 'a', 1, 1),"
               " (91, 'CUP ', 'b', 1, 1), (92, 'cup', 'c', 1, 1)",
               &error);
  g_assert_no_error (error);
  g_assert_cmpint (find (db, RAI_CODE_ITEM, "CUP ", "CUP "), ==, 91);
  g_assert_cmpint (find (db, RAI_CODE_ITEM, "cup", "cup"), ==, 92);
  g_assert_cmpint (find (db, RAI_CODE_ITEM, "cUP", "Cup"), ==, 90);
  g_assert_cmpint (find (db, RAI_CODE_ITEM, "saucer", NULL), ==, 0);
  g_assert_cmpint (find (db, RAI_CODE_SITE, "saucer", NULL), ==, 0);
}

static void
makes (RaiDb *db) {
  static const RaiCodeKind kinds[] = { RAI_CODE_SITE, RAI_CODE_ITEM, RAI_CODE_SUPPLIER,
                                       RAI_CODE_DEPARTMENT };
  g_autoptr (GError) error = NULL;
  rai_test_db_fill (db);
  rai_db_exec (db, "INSERT INTO supplier (id, code, name, rev) VALUES (90, 'mill', 'a', 1)",
               &error);
  g_assert_no_error (error);
  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++) {
    int64_t id = 0;
    g_autofree char *code = rai_codes_make (db, kinds[i], "Mill", &error);
    g_assert_cmpstr (code, ==, kinds[i] == RAI_CODE_SUPPLIER ? "MILL-2" : "MILL");
    g_assert_true (rai_codes_next_id (db, kinds[i], &id, &error));
    g_assert_cmpint (id, >, 1);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/codes/finds", finds);
  rai_test_db_add ("/codes/makes", makes);
  return rai_test_db_end (g_test_run ());
}
