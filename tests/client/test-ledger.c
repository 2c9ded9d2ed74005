/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-ledger.h"

#include "rai-made-rows.h"

#include <string.h>

typedef struct {
  RaiDay day;
  int quantity;
  int counted; /* -1: nothing was */
} Moved;

/* Newest first, as the query answers. */
static RaiRows *
movements (const Moved *moved, size_t n) {
  RaiRows *rows = rai_made_rows_new ("movements", n);
  for (size_t i = 0; i < n; i++) {
    rai_made_rows_set (rows, i, "day", moved[i].day);
    rai_made_rows_set (rows, i, "quantity", moved[i].quantity);
    if (moved[i].counted >= 0)
      rai_made_rows_set (rows, i, "counted", moved[i].counted);
  }
  return rows;
}

/* sold[i]: on the i-th day from `first` on; 0 has no row. */
static RaiRows *
sales (RaiDay first, const int *sold, size_t n) {
  size_t n_rows = 0, row = 0;
  for (size_t i = 0; i < n; i++)
    n_rows += sold[i] != 0;
  RaiRows *rows = rai_made_rows_new ("item-days", n_rows);
  for (size_t i = 0; i < n; i++)
    if (sold[i] != 0) {
      rai_made_rows_set (rows, row, "day", first + (RaiDay) i);
      rai_made_rows_set (rows, row++, "quantity", sold[i]);
    }
  return rows;
}

/* "DAY MOVEMENT QUANTITY BALANCE" a line. */
static char *
told (const Moved *moved, size_t n_moved, RaiDay first, const int *sold, size_t n_sold, int on_hand,
      size_t most) {
  g_autoptr (RaiRows) ledger = movements (moved, n_moved), days = sales (first, sold, n_sold);
  g_autoptr (GArray) lines = rai_ledger_lines (ledger, days, on_hand, most);
  GString *text = g_string_new (NULL);
  for (unsigned i = 0; i < lines->len; i++) {
    const RaiLedgerLine *line = &g_array_index (lines, RaiLedgerLine, i);
    g_string_append_printf (text, "%d %d %d %d\n", line->day, line->movement, (int) line->quantity,
                            (int) line->balance);
  }
  return g_string_free (text, FALSE);
}

/* Stock is kept from an opening on: the lines make what is on hand, and what was sold before is
 * left out. */
static void
test_opening (void) {
  static const Moved moved[] = { { 104, -2, -1 }, { 103, 20, -1 }, { 101, 30, 30 } };
  static const int sold[] = { 7, 8, 5, 6, 4 };
  g_autofree char *text = told (moved, G_N_ELEMENTS (moved), 99, sold, 5, 33, 50);
  g_assert_cmpstr (text, ==,
                   "104 0 -2 33\n"
                   "103 -1 -4 35\n"
                   "103 1 20 39\n"
                   "102 -1 -6 19\n"
                   "101 -1 -5 25\n"
                   "101 2 30 30\n");
}

/* A count in the course of a day: what was sold before it and after it, as the count tells. */
static void
test_count (void) {
  static const Moved moved[] = { { 100, -1, -1 }, { 100, 1, 10 }, { 100, 5, -1 } };
  static const int sold[] = { 3, 6 };
  g_autofree char *text = told (moved, G_N_ELEMENTS (moved), 99, sold, 2, 7, 50);
  g_assert_cmpstr (text, ==,
                   "100 -1 -2 7\n"
                   "100 0 -1 9\n"
                   "100 1 1 10\n"
                   "100 -1 -4 9\n"
                   "100 2 5 13\n"
                   "99 -1 -3 8\n");
}

/* The oldest line that is shown has its balance, whatever came before it; a day that sold nothing
 * has no line. */
static void
test_cut (void) {
  static const int sold[] = { 3, 0, 2 };
  g_autofree char *text = told (NULL, 0, 99, sold, 3, 7, 50);
  g_assert_cmpstr (text, ==, "101 -1 -2 7\n99 -1 -3 9\n");
  g_autofree char *one = told (NULL, 0, 99, sold, 3, 7, 1);
  g_assert_cmpstr (one, ==, "101 -1 -2 7\n");
  g_autofree char *none = told (NULL, 0, 99, sold, 3, 7, 0);
  g_assert_cmpstr (none, ==, "");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/ledger/opening", test_opening);
  g_test_add_func ("/client/ledger/count", test_count);
  g_test_add_func ("/client/ledger/cut", test_cut);
  return g_test_run ();
}
