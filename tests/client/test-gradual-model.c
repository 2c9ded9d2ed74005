/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-gradual-model.h"

/* A list that follows a model by its signals alone, as a view does. */
typedef struct {
  GPtrArray *seen;
} Mirror;

static void
changed_cb (GListModel *model, unsigned position, unsigned removed, unsigned added,
            Mirror *mirror) {
  g_assert_cmpuint (position + removed, <=, mirror->seen->len);
  g_ptr_array_remove_range (mirror->seen, position, removed);
  for (unsigned i = 0; i < added; i++)
    g_ptr_array_insert (mirror->seen, (int) (position + i),
                        g_list_model_get_item (model, position + i));
}

static void
check (GListModel *model, Mirror *mirror) {
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, mirror->seen->len);
  for (unsigned i = 0; i < mirror->seen->len; i++) {
    g_autoptr (GObject) item = g_list_model_get_item (model, i);
    g_assert_true (item == g_ptr_array_index (mirror->seen, i));
  }
}

static void
splice (GListStore *source, unsigned position, unsigned removed, unsigned added) {
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  for (unsigned i = 0; i < added; i++)
    g_ptr_array_add (items, g_object_new (G_TYPE_OBJECT, NULL));
  g_list_store_splice (source, position, removed, items->pdata, added);
}

static void
settle (GListModel *model, GListStore *source) {
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==,
                    g_list_model_get_n_items (G_LIST_MODEL (source)));
}

static void
test_follows (void) {
  g_autoptr (GListStore) source = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (RaiGradualModel) gradual = rai_gradual_model_new (G_LIST_MODEL (source), 24);

  GListModel *model = G_LIST_MODEL (gradual);
  Mirror mirror = { g_ptr_array_new_with_free_func (g_object_unref) };
  g_signal_connect (model, "items-changed", G_CALLBACK (changed_cb), &mirror);
  splice (source, 0, 0, 1000);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 24);
  check (model, &mirror);
  settle (model, source);
  check (model, &mirror);

  for (int i = 0; i < 300; i++) {
    unsigned n = g_list_model_get_n_items (G_LIST_MODEL (source));
    unsigned position = (unsigned) g_test_rand_int_range (0, (int) n + 1);
    unsigned removed = (unsigned) g_test_rand_int_range (0, (int) MIN (n - position, 200) + 1);
    splice (source, position, removed, (unsigned) g_test_rand_int_range (0, 200));
    check (model, &mirror);
    if (g_test_rand_bit ())
      g_main_context_iteration (NULL, FALSE);
    check (model, &mirror);
  }

  splice (source, 0, g_list_model_get_n_items (G_LIST_MODEL (source)), 500);
  rai_gradual_model_finish (gradual);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 500);
  check (model, &mirror);
  g_ptr_array_unref (mirror.seen);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/gradual-model/follows", test_follows);
  return g_test_run ();
}
