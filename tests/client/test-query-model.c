/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-query-model.h"

#include "rai-test-db.h"

#define N_ITEMS 20000

typedef struct {
  char *url;
  RaiReader *reader;
  RaiQueryModel *model;
  GError *failure;
} Fixture;

static void
spin_until (bool (*done) (Fixture *fixture), Fixture *fixture) {
  int64_t until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  while (!done (fixture) && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (done (fixture));
}

static bool
is_loaded (Fixture *fixture) {
  return !rai_query_model_get_loading (fixture->model);
}

static gboolean
wake_cb (void *data) {
  return G_SOURCE_CONTINUE;
}

static void
failed_cb (RaiQueryModel *model, GError *error, void *data) {
  Fixture *fixture = data;
  fixture->failure = g_error_copy (error);
}

static void
add_items (RaiDb *db) {
  GError *error = NULL;
  g_assert_true (rai_db_begin_write (db, &error));
  rai_db_exec (
      db,
      "INSERT INTO item (id, sku, name, department_id, rev) WITH RECURSIVE n(i) AS (SELECT 100 "
      "UNION ALL "
      "SELECT i + 1 FROM n WHERE i < 100 + 19999) SELECT i, 'N' || i, 'Item ' || i, 1, 1 FROM n;"
      "INSERT INTO stock (site_id, item_id, on_hand, rev) SELECT 1, id, id * 1000, 1 FROM item "
      "WHERE id >= 100;"
      "DELETE FROM stock WHERE item_id < 100",
      &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (db, &error));
}

static void
set_up (Fixture *fixture, const void *data) {
  RaiDb *db = rai_test_db_new_at (RAI_DB_SQLITE, &fixture->url);
  rai_test_db_fill (db);
  add_items (db);
  rai_db_close (db);
  g_autoptr (RaiIdentity) system = rai_identity_new_system ();
  fixture->reader = rai_reader_new ();
  rai_reader_open (fixture->reader, fixture->url, system);
  fixture->model = rai_query_model_new (fixture->reader, "items");
  g_signal_connect (fixture->model, "failed", G_CALLBACK (failed_cb), fixture);
  rai_query_model_set_arguments (fixture->model, rai_query_arguments ("site", "1", NULL));
  spin_until (is_loaded, fixture);
}

static void
tear_down (Fixture *fixture, const void *data) {
  g_assert_finalize_object (fixture->model);
  /* What still runs keeps the reader until its answer was handed over. */
  RaiReader *reader = fixture->reader;

  g_object_add_weak_pointer (G_OBJECT (reader), (void **) &reader);
  g_object_unref (fixture->reader);

  int64_t until = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  while (reader && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (reader);
  g_clear_error (&fixture->failure);
  g_free (fixture->url);
}

static RaiRow *waited_row;

static bool
row_is_loaded (Fixture *fixture) {
  return rai_row_is_loaded (waited_row);
}

static int64_t
item_at (Fixture *fixture, unsigned position) {
  g_autoptr (RaiRow) row = g_list_model_get_item (G_LIST_MODEL (fixture->model), position);
  waited_row = row;
  spin_until (row_is_loaded, fixture);
  return rai_row_get_int (row, "item_id");
}

static void
test_pages (Fixture *fixture, const void *data) {
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, N_ITEMS);
  /* Far down: a placeholder at first. */
  g_autoptr (RaiRow) far = g_list_model_get_item (G_LIST_MODEL (fixture->model), 15000);
  g_assert_false (rai_row_is_loaded (far));
  g_assert_null (rai_row_get_text (far, "name"));
  g_autoptr (RaiRow) again = g_list_model_get_item (G_LIST_MODEL (fixture->model), 15000);
  g_assert_true (far == again);
  waited_row = far;
  spin_until (row_is_loaded, fixture);
  g_assert_nonnull (rai_row_get_text (far, "name"));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->model), N_ITEMS));
}

static void
test_sort (Fixture *fixture, const void *data) {
  rai_query_model_set_sort (fixture->model, "-on_hand");
  g_assert_true (rai_query_model_get_loading (fixture->model));
  spin_until (is_loaded, fixture);
  g_assert_cmpint (item_at (fixture, 0), ==, 100 + N_ITEMS - 1);
  rai_query_model_set_sort (fixture->model, "on_hand");
  spin_until (is_loaded, fixture);
  g_assert_cmpint (item_at (fixture, 0), ==, 100);
  g_assert_cmpint (item_at (fixture, N_ITEMS - 1), ==, 100 + N_ITEMS - 1);
}

static void
test_search (Fixture *fixture, const void *data) {
  rai_query_model_set_arguments (fixture->model,
                                 rai_query_arguments ("site", "1", "search", "item 1234", NULL));

  /* The old list stays until the new one is there. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, N_ITEMS);
  spin_until (is_loaded, fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, 11);
  rai_query_model_set_arguments (fixture->model,
                                 rai_query_arguments ("site", "1", "search", "nothing such", NULL));
  spin_until (is_loaded, fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, 0);
}

/* Keys typed faster than answers come: only the last counts. */
static void
test_typing (Fixture *fixture, const void *data) {
  for (const char *const *word = (const char *const[]){ "i", "it", "ite", "item 500", NULL }; *word;
       word++)
    rai_query_model_set_arguments (fixture->model,
                                   rai_query_arguments ("site", "1", "search", *word, NULL));
  spin_until (is_loaded, fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, 11);
}

static void
change_item (Fixture *fixture, const char *sql) {
  GError *error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (fixture->url, 0, &error);
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static unsigned changes;

static void
changed_cb (void) {
  changes++;
}

static bool
row_changed (Fixture *fixture) {
  return changes > 0;
}

static bool
is_shorter (Fixture *fixture) {
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->model)) == N_ITEMS - 1;
}

static void
test_refresh (Fixture *fixture, const void *data) {
  rai_query_model_set_sort (fixture->model, "on_hand");
  spin_until (is_loaded, fixture);
  g_autoptr (RaiRow) row = g_list_model_get_item (G_LIST_MODEL (fixture->model), 0);
  changes = 0;
  g_signal_connect (row, "changed", G_CALLBACK (changed_cb), NULL);
  change_item (fixture, "UPDATE stock SET on_hand = 7 WHERE item_id = 100");
  rai_query_model_refresh (fixture->model);
  spin_until (row_changed, fixture);
  g_assert_cmpint (rai_row_get_int (row, "on_hand"), ==, 7);
  change_item (fixture, "DELETE FROM stock WHERE item_id = 20099");
  rai_query_model_refresh (fixture->model);
  spin_until (is_shorter, fixture);
}

static bool
has_failed (Fixture *fixture) {
  return fixture->failure != NULL;
}

static void
test_failure (Fixture *fixture, const void *data) {
  rai_query_model_set_arguments (fixture->model, rai_query_arguments ("site", "no number", NULL));
  spin_until (has_failed, fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, 0);
  g_assert_false (rai_query_model_get_loading (fixture->model));
}

static void
test_nothing_open (void) {
  g_autoptr (RaiReader) reader = rai_reader_new ();
  g_autoptr (RaiQueryModel) model = rai_query_model_new (reader, "items");
  rai_query_model_set_arguments (model, rai_query_arguments ("site", "1", NULL));
  g_assert_true (rai_query_model_get_loading (model));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_timeout_add (20, wake_cb, NULL);
#define ADD(name) \
  g_test_add ("/client/query-model/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (pages);
  ADD (sort);
  ADD (search);
  ADD (typing);
  ADD (refresh);
  ADD (failure);
  g_test_add_func ("/client/query-model/nothing_open", test_nothing_open);

  return rai_test_db_end (g_test_run ());
}
