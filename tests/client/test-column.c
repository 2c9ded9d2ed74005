/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-column.h"

static char *
text_of (RaiRow *row, void *data) {
  return g_strdup ("text");
}

static char *
sort_after (GtkColumnView *view, GtkColumnViewColumn *column, GtkSortType order) {
  gtk_column_view_sort_by_column (view, column, order);
  return rai_column_view_get_sort (view);
}

static void
test_sort (void) {
  GtkWidget *widget = g_object_ref_sink (gtk_column_view_new (NULL));
  GtkColumnView *view = GTK_COLUMN_VIEW (widget);
  GtkColumnViewColumn *name = rai_column_append_text (view, "Name", "name", false, text_of, NULL);
  GtkColumnViewColumn *stock =
      rai_column_append_text (view, "Stock", "on_hand", true, text_of, NULL);

  rai_column_append_text (view, "Chip", NULL, false, text_of, NULL);
  g_assert_null (rai_column_view_get_sort (view));

  g_autofree char *up = sort_after (view, name, GTK_SORT_ASCENDING);
  g_assert_cmpstr (up, ==, "name");

  g_autofree char *down = sort_after (view, stock, GTK_SORT_DESCENDING);
  g_assert_cmpstr (down, ==, "-on_hand");

  g_autofree char *none = sort_after (view, NULL, GTK_SORT_ASCENDING);
  g_assert_null (none);
  g_assert_finalize_object (widget);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/column/sort", test_sort);
  return g_test_run ();
}
