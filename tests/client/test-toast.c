/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-toast.h"

/* A widget finds the overlay around it, a window the one in it, and a widget of no window none. */
static void
test_overlay (void) {
  GtkWidget *window = g_object_ref_sink (gtk_window_new ());
  GtkWidget *overlay = adw_toast_overlay_new (), *label = gtk_label_new ("page");
  GtkWidget *alone = g_object_ref_sink (gtk_label_new ("alone"));
  gtk_window_set_child (GTK_WINDOW (window), overlay);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), label);

  g_assert_true (GTK_WIDGET (rai_toast_overlay (label)) == overlay);
  g_assert_true (GTK_WIDGET (rai_toast_overlay (window)) == overlay);
  g_assert_null (rai_toast_overlay (alone));

  rai_toast_show (NULL, rai_toast_new ("nobody sees this"));
  rai_toast_show (rai_toast_overlay (label), rai_toast_new ("bread & milk"));
  g_object_unref (alone);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (window);
}

/* Words are shown as they are. */
static void
test_words (void) {
  g_autoptr (AdwToast) toast = rai_toast_new ("bread & milk");
  g_assert_cmpstr (adw_toast_get_title (toast), ==, "bread &amp; milk");
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/client/toast/overlay", test_overlay);
  g_test_add_func ("/client/toast/words", test_words);
  return g_test_run ();
}
