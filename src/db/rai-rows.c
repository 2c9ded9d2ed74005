/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-rows.h"

#include "db/rai-rows-builder.h"

#include <string.h>

#define BLOCK 65536

typedef struct {
  union {
    int64_t integer;
    double number;
    const void *data; /* NULL: null */
  };
  uint32_t size;
  bool is_null;
} Cell;

typedef struct {
  char *name;
  RaiValueType type;
  bool hidden;
} Column;

struct _RaiRows {
  gatomicrefcount references;
  int n_columns;
  Column *columns;
  GArray *cells;
  GPtrArray *blocks; /* texts and blobs, 8-byte aligned */
  size_t block_left;
  char *block_next;
  RaiRows *parts[2]; /* own the texts and blobs of cells that came from them */
};

RaiRows *
rai_rows_new (int n_columns) {
  RaiRows *rows = g_new0 (RaiRows, 1);
  g_atomic_ref_count_init (&rows->references);
  rows->n_columns = n_columns;
  rows->columns = g_new0 (Column, n_columns);
  rows->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  rows->blocks = g_ptr_array_new_with_free_func (g_free);
  return rows;
}

void
rai_rows_set_column (RaiRows *rows, int column, const char *name, RaiValueType type) {
  g_free (rows->columns[column].name);
  rows->columns[column].name = g_strdup (name);
  rows->columns[column].type = type;
}

void
rai_rows_hide_column (RaiRows *rows, int column) {
  rows->columns[column].hidden = true;
}

static void *
allocate (RaiRows *rows, size_t size) {
  size = (size + 7) & ~(size_t) 7;
  if (size > rows->block_left) {
    rows->block_left = MAX (size, BLOCK);
    rows->block_next = g_malloc (rows->block_left);
    g_ptr_array_add (rows->blocks, rows->block_next);
  }

  void *memory = rows->block_next;
  rows->block_next += size;
  rows->block_left -= size;

  return memory;
}

/* Texts get a NUL behind them. */
static void
fill_data (RaiRows *rows, Cell *cell, const void *data, size_t size) {
  char *copy = allocate (rows, size + 1);
  if (size > 0)
    memcpy (copy, data, size);
  copy[size] = '\0';
  cell->data = copy;
  cell->size = (uint32_t) size;
}

static void
fill_cell (RaiRows *rows, RaiStatement *statement, int column, Cell *cell) {
  const void *data;
  size_t size;
  switch (rows->columns[column].type) {
    case RAI_VALUE_DOUBLE:
      cell->number = rai_statement_double (statement, column);
      return;
    case RAI_VALUE_TEXT:
    case RAI_VALUE_UUID:
      data = rai_statement_text (statement, column);
      fill_data (rows, cell, data, strlen (data));
      return;
    case RAI_VALUE_BLOB:
      data = rai_statement_blob (statement, column, &size);
      fill_data (rows, cell, data, size);
      return;
    default:
      cell->integer = rai_statement_int (statement, column);
  }
}

void
rai_rows_append (RaiRows *rows, RaiStatement *statement) {
  const unsigned first = rows->cells->len;
  g_array_set_size (rows->cells, first + (unsigned) rows->n_columns);
  for (int column = 0; column < rows->n_columns; column++) {
    Cell *cell = &g_array_index (rows->cells, Cell, first + (unsigned) column);
    memset (cell, 0, sizeof *cell);
    cell->is_null = rows->columns[column].hidden || rai_statement_is_null (statement, column);
    if (!cell->is_null)
      fill_cell (rows, statement, column, cell);
  }
}

size_t
rai_rows_count (const RaiRows *rows) {
  return rows->n_columns ? rows->cells->len / (size_t) rows->n_columns : 0;
}

int
rai_rows_n_columns (const RaiRows *rows) {
  return rows->n_columns;
}

const char *
rai_rows_column_name (const RaiRows *rows, int column) {
  return rows->columns[column].name;
}

RaiValueType
rai_rows_column_type (const RaiRows *rows, int column) {
  return rows->columns[column].type;
}

int
rai_rows_column (const RaiRows *rows, const char *name) {
  for (int column = 0; column < rows->n_columns; column++)
    if (g_str_equal (rows->columns[column].name, name))
      return column;
  return -1;
}

static const Cell *
cell_at (const RaiRows *rows, size_t row, int column) {
  g_assert (column >= 0 && column < rows->n_columns);
  g_assert (row < rai_rows_count (rows));
  return &g_array_index (rows->cells, Cell, row * (size_t) rows->n_columns + (size_t) column);
}

bool
rai_rows_is_null (const RaiRows *rows, size_t row, int column) {
  return cell_at (rows, row, column)->is_null;
}

static bool
is_data (RaiValueType type) {
  return type == RAI_VALUE_TEXT || type == RAI_VALUE_UUID || type == RAI_VALUE_BLOB;
}

void
rai_rows_append_nulls (RaiRows *rows, size_t n_rows) {
  const Cell null = { .is_null = true };
  for (size_t i = 0; i < n_rows * (size_t) rows->n_columns; i++)
    g_array_append_val (rows->cells, null);
}

static Cell *
cell_to_set (RaiRows *rows, size_t row, int column) {
  Cell *cell = (Cell *) cell_at (rows, row, column);
  cell->is_null = false;
  return cell;
}

void
rai_rows_set_int (RaiRows *rows, size_t row, int column, int64_t value) {
  g_return_if_fail (!is_data (rows->columns[column].type) &&
                    rows->columns[column].type != RAI_VALUE_DOUBLE);
  cell_to_set (rows, row, column)->integer = value;
}

void
rai_rows_set_double (RaiRows *rows, size_t row, int column, double value) {
  g_return_if_fail (rows->columns[column].type == RAI_VALUE_DOUBLE);
  cell_to_set (rows, row, column)->number = value;
}

void
rai_rows_set_data (RaiRows *rows, size_t row, int column, const void *data, size_t size) {
  g_return_if_fail (is_data (rows->columns[column].type));
  fill_data (rows, cell_to_set (rows, row, column), data, size);
}

RaiRows *
rai_rows_concat (RaiRows *first, size_t n_first, RaiRows *second) {
  g_return_val_if_fail (first->n_columns == second->n_columns && n_first <= rai_rows_count (first),
                        NULL);

  RaiRows *rows = rai_rows_new (first->n_columns);
  for (int column = 0; column < first->n_columns; column++)
    rai_rows_set_column (rows, column, first->columns[column].name, first->columns[column].type);
  g_array_append_vals (rows->cells, first->cells->data,
                       (unsigned) n_first * (unsigned) first->n_columns);
  g_array_append_vals (rows->cells, second->cells->data, second->cells->len);
  rows->parts[0] = rai_rows_ref (first);
  rows->parts[1] = rai_rows_ref (second);

  return rows;
}

int64_t
rai_rows_int (const RaiRows *rows, size_t row, int column) {
  const Cell *cell = cell_at (rows, row, column);
  const RaiValueType type = rows->columns[column].type;
  g_return_val_if_fail (!is_data (type), 0);
  return type == RAI_VALUE_DOUBLE ? (int64_t) cell->number : cell->integer;
}

double
rai_rows_double (const RaiRows *rows, size_t row, int column) {
  const Cell *cell = cell_at (rows, row, column);
  const RaiValueType type = rows->columns[column].type;
  g_return_val_if_fail (!is_data (type), 0);
  return type == RAI_VALUE_DOUBLE ? cell->number : (double) cell->integer;
}

const char *
rai_rows_text (const RaiRows *rows, size_t row, int column) {
  const RaiValueType type = rows->columns[column].type;
  g_return_val_if_fail (type == RAI_VALUE_TEXT || type == RAI_VALUE_UUID, NULL);
  return cell_at (rows, row, column)->data;
}

const void *
rai_rows_blob (const RaiRows *rows, size_t row, int column, size_t *size) {
  const Cell *cell = cell_at (rows, row, column);
  g_return_val_if_fail (rows->columns[column].type == RAI_VALUE_BLOB, NULL);
  *size = cell->size;
  return cell->data;
}

int64_t
rai_rows_get_int (const RaiRows *rows, size_t row, const char *column) {
  return rai_rows_int (rows, row, rai_rows_column (rows, column));
}

double
rai_rows_get_double (const RaiRows *rows, size_t row, const char *column) {
  return rai_rows_double (rows, row, rai_rows_column (rows, column));
}

const char *
rai_rows_get_text (const RaiRows *rows, size_t row, const char *column) {
  return rai_rows_text (rows, row, rai_rows_column (rows, column));
}

bool
rai_rows_get_is_null (const RaiRows *rows, size_t row, const char *column) {
  return rai_rows_is_null (rows, row, rai_rows_column (rows, column));
}

RaiRows *
rai_rows_ref (RaiRows *rows) {
  g_atomic_ref_count_inc (&rows->references);
  return rows;
}

void
rai_rows_unref (RaiRows *rows) {
  if (rows == NULL || !g_atomic_ref_count_dec (&rows->references))
    return;
  for (int column = 0; column < rows->n_columns; column++)
    g_free (rows->columns[column].name);

  g_free (rows->columns);
  g_array_unref (rows->cells);
  g_ptr_array_unref (rows->blocks);
  g_clear_pointer (&rows->parts[0], rai_rows_unref);
  g_clear_pointer (&rows->parts[1], rai_rows_unref);
  g_free (rows);
}
