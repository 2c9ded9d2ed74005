/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-query-model.h"

#define PAGE_ROWS 128
#define MAX_PAGES 48 /* kept besides those that are on screen */

typedef struct {
  RaiRows *rows; /* NULL until it arrived */
  bool loading;
  bool stale; /* to be read again when it is asked for */
  uint64_t used;
} Page;

struct _RaiQueryModel {
  GObject parent_instance;
  RaiReader *reader;
  char *query;
  GHashTable *arguments;
  char *sort;
  GCancellable *cancellable; /* of all that runs for the current arguments */
  unsigned n_items;
  GHashTable *pages; /* page number -> Page */
  GHashTable *items; /* position -> RaiRow, not owned: those that somebody holds */
  uint64_t clock;
  bool loading; /* another list was asked for; until its count and first page are there the old one
                   stays */
  int64_t new_count; /* while loading: the count, -1 until it arrived */
};

typedef struct {
  RaiQueryModel *model; /* not owned: the cancellable ends the request */
  unsigned page;
} Request;

enum { PROP_LOADING = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];
static unsigned failed_signal;

static void list_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (RaiQueryModel, rai_query_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
page_free (void *data) {
  Page *page = data;
  g_clear_pointer (&page->rows, rai_rows_unref);
  g_free (page);
}

static void
row_gone (void *data, GObject *row) {
  RaiQueryModel *self = data;
  GHashTableIter iter;
  void *key, *value;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    if (value == (void *) row) {
      g_hash_table_iter_remove (&iter);
      return;
    }
  }
}

static void
forget_items (RaiQueryModel *self) {
  GHashTableIter iter;
  void *key, *value;
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    g_object_weak_unref (value, row_gone, self);
    g_hash_table_iter_remove (&iter);
  }
}

static void
set_loading (RaiQueryModel *self, bool loading) {
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
drop_old_pages (RaiQueryModel *self) {
  while (g_hash_table_size (self->pages) > MAX_PAGES) {
    GHashTableIter iter;
    void *key, *value, *oldest = NULL;
    uint64_t least = UINT64_MAX;
    g_hash_table_iter_init (&iter, self->pages);
    while (g_hash_table_iter_next (&iter, &key, &value)) {
      Page *page = value;
      if (page->used < least && !page->loading) {
        least = page->used;
        oldest = key;
      }
    }
    if (least == UINT64_MAX)
      return;
    g_hash_table_remove (self->pages, oldest);
  }
}

/* Gives the rows of a page to the list items that are alive. */
static void
fill_items (RaiQueryModel *self, unsigned page, RaiRows *rows) {
  for (size_t i = 0; i < rai_rows_count (rows); i++) {
    RaiRow *row = g_hash_table_lookup (self->items, GUINT_TO_POINTER (page * PAGE_ROWS + i + 1));
    if (row != NULL) {
      g_object_ref (row);
      rai_row_set (row, rows, i);
      g_object_unref (row);
    }
  }
}

static void
fail (RaiQueryModel *self, GError *error) {
  unsigned removed = self->n_items;
  self->n_items = 0;
  forget_items (self);
  g_hash_table_remove_all (self->pages);
  if (removed > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, 0);
  set_loading (self, false);
  g_signal_emit (self, failed_signal, 0, error);
}

/* Swaps the old list for the new one once there is something to show, so that nothing flashes. */
static void
finish_loading (RaiQueryModel *self) {
  Page *first = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (0));
  if (!self->loading || self->new_count < 0 || first == NULL || first->rows == NULL)
    return;
  unsigned old = self->n_items;
  self->n_items = (unsigned) MIN (self->new_count, INT32_MAX);
  forget_items (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, old, self->n_items);
  set_loading (self, false);
}

static void
page_loaded_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autofree Request *request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiRows) rows = rai_reader_query_finish (RAI_READER (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  RaiQueryModel *self = request->model;
  Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (request->page));
  if (page == NULL)
    return;

  page->loading = false;
  if (rows == NULL) {
    fail (self, error);
    return;
  }

  g_clear_pointer (&page->rows, rai_rows_unref);
  page->rows = rai_rows_ref (rows);
  if (self->loading)
    finish_loading (self);
  else
    fill_items (self, request->page, rows);
}

static GHashTable *
page_arguments (RaiQueryModel *self, unsigned page) {
  GHashTable *arguments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  void *key, *value;

  if (self->arguments != NULL) {
    g_hash_table_iter_init (&iter, self->arguments);
    while (g_hash_table_iter_next (&iter, &key, &value))
      g_hash_table_insert (arguments, g_strdup (key), g_strdup (value));
  }

  if (self->sort != NULL)
    g_hash_table_insert (arguments, g_strdup ("sort"), g_strdup (self->sort));
  g_hash_table_insert (arguments, g_strdup ("limit"), g_strdup_printf ("%d", PAGE_ROWS));
  g_hash_table_insert (arguments, g_strdup ("offset"), g_strdup_printf ("%u", page * PAGE_ROWS));

  return arguments;
}

static Page *
need_page (RaiQueryModel *self, unsigned number) {
  Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));
  if (page == NULL) {
    page = g_new0 (Page, 1);
    page->stale = true;
    g_hash_table_insert (self->pages, GUINT_TO_POINTER (number), page);
  }

  page->used = ++self->clock;
  if (page->stale && !page->loading) {
    page->loading = true;
    page->stale = false;
    Request *request = g_new0 (Request, 1);
    request->model = self;
    request->page = number;
    g_autoptr (GHashTable) arguments = page_arguments (self, number);
    rai_reader_query_async (self->reader, self->query, arguments, self->cancellable, page_loaded_cb,
                            request);
    drop_old_pages (self);
  }

  return page;
}

static void
resize (RaiQueryModel *self, unsigned n_items) {
  unsigned old = self->n_items;
  self->n_items = n_items;
  if (n_items > old)
    g_list_model_items_changed (G_LIST_MODEL (self), old, 0, n_items - old);
  else if (n_items < old)
    g_list_model_items_changed (G_LIST_MODEL (self), n_items, old - n_items, 0);
}

static void
counted_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (GError) error = NULL;
  int64_t count = rai_reader_count_finish (RAI_READER (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  RaiQueryModel *self = data;
  if (count < 0) {
    fail (self, error);
    return;
  }

  self->new_count = count;
  if (self->loading)
    finish_loading (self);
  else
    resize (self, (unsigned) MIN (count, INT32_MAX));
}

static void
start_request (RaiQueryModel *self) {
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  rai_reader_count_async (self->reader, self->query, self->arguments, self->cancellable, counted_cb,
                          self);
}

static void
restart (RaiQueryModel *self) {
  set_loading (self, true);
  self->new_count = -1;
  g_hash_table_remove_all (self->pages);
  forget_items (self);
  if (!rai_reader_is_open (self->reader))
    return;
  start_request (self);
  need_page (self, 0);
}

void
rai_query_model_refresh (RaiQueryModel *self) {
  g_return_if_fail (RAI_IS_QUERY_MODEL (self));
  if (self->arguments == NULL || !rai_reader_is_open (self->reader))
    return;
  if (self->loading) {
    restart (self);
    return;
  }

  start_request (self);
  GHashTableIter iter;
  void *value;

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    ((Page *) value)->stale = true;
    ((Page *) value)->loading = false;
  }

  /* What is on screen is read at once, the rest when it is asked for. */
  g_autoptr (GList) positions = g_hash_table_get_keys (self->items);
  for (GList *at = positions; at; at = at->next)
    need_page (self, (GPOINTER_TO_UINT (at->data) - 1) / PAGE_ROWS);
}

static bool
equal_arguments (GHashTable *a, GHashTable *b) {
  if (a == NULL || b == NULL || g_hash_table_size (a) != g_hash_table_size (b))
    return false;

  GHashTableIter iter;
  void *key, *value;
  g_hash_table_iter_init (&iter, a);

  while (g_hash_table_iter_next (&iter, &key, &value)) {
    if (g_strcmp0 (g_hash_table_lookup (b, key), value) != 0)
      return false;
  }

  return true;
}

void
rai_query_model_set_arguments (RaiQueryModel *self, GHashTable *arguments) {
  g_return_if_fail (RAI_IS_QUERY_MODEL (self));
  bool same = equal_arguments (self->arguments, arguments);
  g_clear_pointer (&self->arguments, g_hash_table_unref);
  self->arguments = arguments;
  if (!same)
    restart (self);
}

void
rai_query_model_set_sort (RaiQueryModel *self, const char *sort) {
  g_return_if_fail (RAI_IS_QUERY_MODEL (self));
  if (g_strcmp0 (sort, self->sort) == 0)
    return;
  g_free (self->sort);
  self->sort = g_strdup (sort);
  if (self->arguments != NULL)
    restart (self);
}

bool
rai_query_model_get_loading (RaiQueryModel *self) {
  return self->loading;
}

static GType
rai_query_model_get_item_type (GListModel *list) {
  return RAI_TYPE_ROW;
}

static unsigned
rai_query_model_get_n_items (GListModel *list) {
  return RAI_QUERY_MODEL (list)->n_items;
}

static void *
rai_query_model_get_item (GListModel *list, unsigned position) {
  RaiQueryModel *self = RAI_QUERY_MODEL (list);
  if (position >= self->n_items)
    return NULL;
  Page *page = need_page (self, position / PAGE_ROWS);

  void *key = GUINT_TO_POINTER (position + 1);
  RaiRow *row = g_hash_table_lookup (self->items, key);
  if (row != NULL)
    return g_object_ref (row);

  size_t index = position % PAGE_ROWS;
  bool there = page->rows != NULL && index < rai_rows_count (page->rows);
  row = rai_row_new (there ? page->rows : NULL, index, position);
  g_hash_table_insert (self->items, key, row);
  g_object_weak_ref (G_OBJECT (row), row_gone, self);

  return row;
}

static void
list_model_init (GListModelInterface *iface) {
  iface->get_item_type = rai_query_model_get_item_type;
  iface->get_n_items = rai_query_model_get_n_items;
  iface->get_item = rai_query_model_get_item;
}

static void
rai_query_model_get_property (GObject *object, unsigned id, GValue *value, GParamSpec *pspec) {
  if (id == PROP_LOADING)
    g_value_set_boolean (value, RAI_QUERY_MODEL (object)->loading);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rai_query_model_init (RaiQueryModel *self) {
  self->cancellable = g_cancellable_new ();
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, page_free);
  self->items = g_hash_table_new (NULL, NULL);
}

static void
rai_query_model_finalize (GObject *object) {
  RaiQueryModel *self = RAI_QUERY_MODEL (object);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  forget_items (self);
  g_hash_table_unref (self->items);
  g_hash_table_unref (self->pages);
  g_clear_pointer (&self->arguments, g_hash_table_unref);
  g_free (self->query);
  g_free (self->sort);
  g_object_unref (self->reader);
  G_OBJECT_CLASS (rai_query_model_parent_class)->finalize (object);
}

static void
rai_query_model_class_init (RaiQueryModelClass *klass) {
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = rai_query_model_get_property;
  object_class->finalize = rai_query_model_finalize;
  properties[PROP_LOADING] =
      g_param_spec_boolean ("loading", NULL, NULL, false,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  failed_signal = g_signal_new ("failed", RAI_TYPE_QUERY_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

RaiQueryModel *
rai_query_model_new (RaiReader *reader, const char *query) {
  RaiQueryModel *self = g_object_new (RAI_TYPE_QUERY_MODEL, NULL);
  self->reader = g_object_ref (reader);
  self->query = g_strdup (query);
  return self;
}
