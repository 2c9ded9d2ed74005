/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-aside-dialog.h"

#include "client/rai-application.h"
#include "util/rai-day.h"

/* Saturday 30 March 2024, 09:05 in Berlin, the day before its clocks are changed. */
#define RECEIVED INT64_C (1711785900000)
#define HOUR INT64_C (3600000)

static GtkWidget *
find_save (GtkWidget *root) {
  if (GTK_IS_BUTTON (root) && gtk_widget_has_css_class (root, "suggested-action"))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_save (child);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
find_type (GtkWidget *root, GType type, GPtrArray *found) {
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    g_ptr_array_add (found, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_type (child, type, found);
}

static void
set_time (RaiAsideDialog *dialog, int month, int mday, int hour, int minute) {
  g_autoptr (GPtrArray) spins = g_ptr_array_new (), calendars = g_ptr_array_new ();
  g_autoptr (GDateTime) date = g_date_time_new_utc (2024, month, mday, 0, 0, 0);
  find_type (GTK_WIDGET (dialog), GTK_TYPE_SPIN_BUTTON, spins);
  find_type (GTK_WIDGET (dialog), GTK_TYPE_CALENDAR, calendars);
  g_assert_cmpuint (spins->len, ==, 2);
  g_assert_cmpuint (calendars->len, ==, 1);

  gtk_calendar_select_day (calendars->pdata[0], date);
  gtk_spin_button_set_value (spins->pdata[0], hour);
  gtk_spin_button_set_value (spins->pdata[1], minute);
}

static void
saving_cb (RaiAsideDialog *dialog, const char *arguments, char **saved) {
  *saved = g_strdup (arguments);
}

/* What is sent when the dialog is confirmed as it stands. */
static void
expect_arguments (RaiAsideDialog *dialog, int64_t sold_at) {
  g_autofree char *saved = NULL;
  g_autofree char *expected = g_strdup_printf (
      "{\"site\":1,\"receipt\":\"4711\",\"sold_at\":%" G_GINT64_FORMAT ",\"aside\":\"abc\"}",
      sold_at);
  g_signal_connect (dialog, "saving", G_CALLBACK (saving_cb), &saved);
  g_signal_emit_by_name (find_save (GTK_WIDGET (dialog)), "clicked");
  g_assert_cmpstr (saved, ==, expected);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static RaiAsideDialog *
new_dialog (int64_t proposed, int64_t now) {
  const RaiAsideReceipt receipt = { 1, "4711", "abc", "Europe/Berlin", proposed };
  g_autoptr (RaiSession) session = rai_session_new (g_get_tmp_dir ());
  return rai_aside_dialog_new (NULL, session, &receipt, now);
}

/* It proposes when the receipt was received, and speaks of the store's clock. */
static void
test_proposed (void) {
  expect_arguments (new_dialog (RECEIVED, RECEIVED + 1000), RECEIVED);
}

/* 09:05 in Berlin on the days on which its clocks were set forward and back. */
static void
test_clock_changes (void) {
  static const int64_t proposed[] = { INT64_C (1711868700000), INT64_C (1730016300000) };
  for (size_t i = 0; i < G_N_ELEMENTS (proposed); i++)
    expect_arguments (new_dialog (proposed[i], proposed[i] + 1000), proposed[i]);
}

/* What the server would refuse cannot be sent. */
static void
test_bounds (void) {
  RaiAsideDialog *dialog = new_dialog (RECEIVED, RECEIVED + HOUR);
  GtkWidget *save = find_save (GTK_WIDGET (dialog));
  set_time (dialog, 3, 30, 10, 6);
  g_assert_false (gtk_widget_get_sensitive (save));
  set_time (dialog, 4, 30, 10, 5);
  g_assert_false (gtk_widget_get_sensitive (save));
  set_time (dialog, 3, 30, 10, 5);
  g_assert_true (gtk_widget_get_sensitive (save));
  expect_arguments (dialog, RECEIVED + HOUR);

  dialog = new_dialog (RECEIVED, RECEIVED + HOUR);
  set_time (dialog, 3, 29, 9, 5);
  expect_arguments (dialog, RECEIVED - 24 * HOUR);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  rai_application_register_resources ();
  g_test_add_func ("/client/aside-dialog/proposed", test_proposed);
  g_test_add_func ("/client/aside-dialog/clock-changes", test_clock_changes);
  g_test_add_func ("/client/aside-dialog/bounds", test_bounds);
  return g_test_run ();
}
