/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-aside-dialog.h"

#include "client/model/rai-format.h"
#include "client/widgets/rai-dialog-save.h"
#include "command/rai-arguments.h"
#include "util/rai-day.h"

#include <glib/gi18n.h>

struct _RaiAsideDialog {
  AdwWindow parent_instance;
  AdwWindowTitle *title;
  GtkCalendar *calendar;
  GtkSpinButton *hour, *minute;
  GtkLabel *hint, *problem;
  GtkWidget *save;

  RaiSession *session;
  int64_t site;
  char *number;
  char *digest;
  GTimeZone *zone;
  int64_t now;
};

G_DEFINE_FINAL_TYPE (RaiAsideDialog, rai_aside_dialog, ADW_TYPE_WINDOW)

static unsigned saving_signal;

static RaiDay
get_day (RaiAsideDialog *self) {
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  return rai_day_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date),
                           g_date_time_get_day_of_month (date));
}

/* Minutes after midnight. */
static int
get_minutes (RaiAsideDialog *self) {
  return gtk_spin_button_get_value_as_int (self->hour) * 60 +
         gtk_spin_button_get_value_as_int (self->minute);
}

/* The time as it stands, ms UTC. */
static int64_t
get_time (RaiAsideDialog *self) {
  return rai_day_to_ms (get_day (self), get_minutes (self) * 60, self->zone);
}

/* What sales.correct would refuse is not offered. */
static void
changed_cb (RaiAsideDialog *self) {
  const int64_t time = get_time (self);
  const bool valid =
      time <= self->now && rai_day_from_ms (time, NULL) > rai_day_from_ymd (2000, 1, 1);
  g_autofree char *day = rai_format_day_long (get_day (self));
  g_autofree char *minutes = rai_format_minutes (get_minutes (self));
  /* Translators: a long date, a time of day */
  g_autofree char *text = g_strdup_printf (_ ("%s, %s by the store’s clock"), day, minutes);

  gtk_widget_set_sensitive (self->save, valid);
  gtk_label_set_label (self->hint, valid ? text : _ ("A time between the year 2000 and now"));
}

/* 09:05, not 9:5. */
static gboolean
two_digits_cb (GtkSpinButton *button) {
  char text[12];
  g_snprintf (text, sizeof text, "%02d", gtk_spin_button_get_value_as_int (button));
  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (button))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (button), text);
  return TRUE;
}

static void
save_cb (RaiAsideDialog *self) {
  if (!gtk_widget_get_sensitive (self->save))
    return;
  g_autofree char *arguments = RAI_ARGUMENTS (
      "sales.correct", { "site", .number = self->site }, { "receipt", .text = self->number },
      { "aside", .text = self->digest }, { "sold_at", .number = get_time (self) });
  g_signal_emit (self, saving_signal, 0, arguments);
  /* Translators: %s is a receipt's number */
  g_autofree char *done = g_strdup_printf (_ ("Receipt %s recorded"), self->number);
  const RaiDialogSave save = { self->session, GTK_WINDOW (self), self->save, self->problem };
  rai_dialog_save (&save, "sales.correct", arguments, done);
}

static void
rai_aside_dialog_init (RaiAsideDialog *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
rai_aside_dialog_dispose (GObject *object) {
  RaiAsideDialog *self = RAI_ASIDE_DIALOG (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), RAI_TYPE_ASIDE_DIALOG);
  g_clear_object (&self->session);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (rai_aside_dialog_parent_class)->dispose (object);
}

static void
rai_aside_dialog_class_init (RaiAsideDialogClass *class) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = rai_aside_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-aside-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiAsideDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RaiAsideDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, RaiAsideDialog, hour);
  gtk_widget_class_bind_template_child (widget_class, RaiAsideDialog, minute);
  gtk_widget_class_bind_template_child (widget_class, RaiAsideDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, RaiAsideDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RaiAsideDialog, save);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, two_digits_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  saving_signal = g_signal_new ("saving", RAI_TYPE_ASIDE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

RaiAsideDialog *
rai_aside_dialog_new (GtkWindow *parent, RaiSession *session, const RaiAsideReceipt *receipt,
                      int64_t now) {
  RaiAsideDialog *self = g_object_new (RAI_TYPE_ASIDE_DIALOG, "transient-for", parent, NULL);
  int year, month, mday;

  self->session = g_object_ref (session);
  self->site = receipt->site;
  self->number = g_strdup (receipt->number);
  self->digest = g_strdup (receipt->digest);
  self->zone = receipt->zone != NULL ? g_time_zone_new_identifier (receipt->zone) : NULL;
  self->now = now;

  const RaiDay day = rai_day_from_ms (receipt->proposed, self->zone);
  const int minutes = rai_day_second_from_ms (receipt->proposed, self->zone) / 60;
  rai_day_to_ymd (day, &year, &month, &mday);
  g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, mday, 0, 0, 0);

  gtk_calendar_select_day (self->calendar, date);
  gtk_spin_button_set_value (self->hour, minutes / 60);
  gtk_spin_button_set_value (self->minute, minutes % 60);
  adw_window_title_set_subtitle (self->title, receipt->number);
  changed_cb (self);

  return self;
}
