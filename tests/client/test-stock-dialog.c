/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-stock-dialog.h"

#include "client/rai-application.h"

static void
check (const char *text, bool valid, int64_t expected) {
  int64_t quantity = -1;
  g_assert_cmpint (rai_stock_dialog_parse (text, &quantity), ==, valid);
  if (valid)
    g_assert_cmpint (quantity, ==, expected);
}

static void
test_parse (void) {
  check ("14", true, 14000);
  check (" 2.5 ", true, 2500);
  check ("0", true, 0);
  check ("1,200", true, 1200000);
  check ("", false, 0);
  check ("-3", false, 0);
  check ("a dozen", false, 0);
  check ("1e30", false, 0);
}

static void
test_new_destroy (void) {
  g_autoptr (RaiRow) row = rai_row_new (NULL, 0, 0);
  g_autoptr (RaiSession) session = rai_session_new (g_get_tmp_dir ());
  for (int kind = RAI_STOCK_DIALOG_COUNT; kind <= RAI_STOCK_DIALOG_WASTE; kind++) {
    RaiStockDialog *dialog =
        rai_stock_dialog_new (NULL, session, (RaiStockDialogKind) kind, 1, row);
    g_object_add_weak_pointer (G_OBJECT (dialog), (void **) &dialog);
    gtk_window_destroy (GTK_WINDOW (dialog));
    g_assert_null (dialog);
  }
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  rai_application_register_resources ();
  g_test_add_func ("/client/stock-dialog/parse", test_parse);
  g_test_add_func ("/client/stock-dialog/new-destroy", test_new_destroy);
  return g_test_run ();
}
