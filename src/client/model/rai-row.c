/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-row.h"

struct _RaiRow {
  GObject parent_instance;
  RaiRows *rows; /* NULL: a placeholder */
  size_t index;
  unsigned position;
};

G_DEFINE_FINAL_TYPE (RaiRow, rai_row, G_TYPE_OBJECT)

static unsigned changed_signal;

static void
rai_row_init (RaiRow *self) {
}

static void
rai_row_finalize (GObject *object) {
  g_clear_pointer (&RAI_ROW (object)->rows, rai_rows_unref);
  G_OBJECT_CLASS (rai_row_parent_class)->finalize (object);
}

static void
rai_row_class_init (RaiRowClass *klass) {
  G_OBJECT_CLASS (klass)->finalize = rai_row_finalize;
  changed_signal = g_signal_new ("changed", RAI_TYPE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

RaiRow *
rai_row_new (RaiRows *rows, size_t index, unsigned position) {
  RaiRow *self = g_object_new (RAI_TYPE_ROW, NULL);
  self->rows = rows != NULL ? rai_rows_ref (rows) : NULL;
  self->index = index;
  self->position = position;
  return self;
}

void
rai_row_set (RaiRow *self, RaiRows *rows, size_t index) {
  g_return_if_fail (RAI_IS_ROW (self));
  RaiRows *old = self->rows;
  self->rows = rows != NULL ? rai_rows_ref (rows) : NULL;
  self->index = index;
  g_clear_pointer (&old, rai_rows_unref);
  g_signal_emit (self, changed_signal, 0);
}

bool
rai_row_is_loaded (RaiRow *self) {
  return self->rows != NULL;
}

unsigned
rai_row_get_position (RaiRow *self) {
  return self->position;
}

static int
find (RaiRow *self, const char *column) {
  return self->rows != NULL ? rai_rows_column (self->rows, column) : -1;
}

int64_t
rai_row_get_int (RaiRow *self, const char *column) {
  int at = find (self, column);
  return at < 0 ? 0 : rai_rows_int (self->rows, self->index, at);
}

double
rai_row_get_double (RaiRow *self, const char *column) {
  int at = find (self, column);
  return at < 0 ? 0 : rai_rows_double (self->rows, self->index, at);
}

const char *
rai_row_get_text (RaiRow *self, const char *column) {
  int at = find (self, column);
  return at < 0 ? NULL : rai_rows_text (self->rows, self->index, at);
}

bool
rai_row_is_null (RaiRow *self, const char *column) {
  int at = find (self, column);
  return at < 0 || rai_rows_is_null (self->rows, self->index, at);
}

GListModel *
rai_row_list (RaiRows *rows) {
  GListStore *list = g_list_store_new (RAI_TYPE_ROW);
  for (size_t i = 0; i < rai_rows_count (rows); i++) {
    g_autoptr (RaiRow) row = rai_row_new (rows, i, (unsigned) i);
    g_list_store_append (list, row);
  }
  return G_LIST_MODEL (list);
}
