/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-forecast-change-dialog.h"

#include "client/model/rai-format.h"
#include "client/widgets/rai-dialog-save.h"
#include "command/rai-arguments.h"

#include <glib/gi18n.h>
#include <math.h>

struct _RaiForecastChangeDialog {
  AdwWindow parent_instance;
  AdwComboRow *from, *to;
  GtkSpinButton *change;
  GtkEditable *reason;
  GtkLabel *effect, *problem;
  GtkWidget *save;

  RaiSession *session;
  int64_t site, item;
  char *unit;
  RaiDay first_day;
  float *means;
  size_t horizon;
};

G_DEFINE_FINAL_TYPE (RaiForecastChangeDialog, rai_forecast_change_dialog, ADW_TYPE_WINDOW)

static RaiDay
day_of (RaiForecastChangeDialog *self, AdwComboRow *row) {
  return self->first_day + (RaiDay) adw_combo_row_get_selected (row);
}

static char *
amount_text (RaiForecastChangeDialog *self, double amount) {
  return rai_format_quantity_unit ((int64_t) llround (amount) * 1000, self->unit);
}

static void
changed_cb (RaiForecastChangeDialog *self) {
  unsigned from = adw_combo_row_get_selected (self->from),
           to = adw_combo_row_get_selected (self->to);
  double sum = 0, factor = 1 + gtk_spin_button_get_value (self->change) / 100;
  bool valid = from != GTK_INVALID_LIST_POSITION && to != GTK_INVALID_LIST_POSITION && from <= to;

  gtk_widget_set_sensitive (self->save, valid && factor != 1);
  if (!valid) {
    gtk_label_set_label (self->effect, _ ("The last day must not be before the first."));
    return;
  }

  for (unsigned i = from; i <= to && i < self->horizon; i++)
    sum += self->means[i];

  g_autofree char *before = amount_text (self, sum), *after = amount_text (self, sum * factor);
  g_autofree char *text = g_strdup_printf (_ ("%s become %s"), before, after);
  gtk_label_set_label (self->effect, text);
}

char *
rai_forecast_change_dialog_arguments (RaiForecastChangeDialog *self) {
  return RAI_ARGUMENTS (
      "forecast.override", { "site", .number = self->site }, { "item", .number = self->item },
      { "first_day", .number = day_of (self, self->from) },
      { "last_day", .number = day_of (self, self->to) },
      { "percent", .number = 100 + gtk_spin_button_get_value_as_int (self->change) },
      { "reason", .text = gtk_editable_get_text (self->reason) });
}

static void
save_cb (RaiForecastChangeDialog *self) {
  g_autofree char *arguments = rai_forecast_change_dialog_arguments (self);
  const RaiDialogSave save = { self->session, GTK_WINDOW (self), self->save, self->problem };
  rai_dialog_save (&save, "forecast.override", arguments,
                   _ ("Saved. The forecast follows with the next planning."));
}

static void
rai_forecast_change_dialog_finalize (GObject *object) {
  RaiForecastChangeDialog *self = RAI_FORECAST_CHANGE_DIALOG (object);
  g_free (self->means);
  g_free (self->unit);
  G_OBJECT_CLASS (rai_forecast_change_dialog_parent_class)->finalize (object);
}

static void
rai_forecast_change_dialog_dispose (GObject *object) {
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_FORECAST_CHANGE_DIALOG);
  g_clear_object (&RAI_FORECAST_CHANGE_DIALOG (object)->session);
  G_OBJECT_CLASS (rai_forecast_change_dialog_parent_class)->dispose (object);
}

static void
rai_forecast_change_dialog_class_init (RaiForecastChangeDialogClass *class) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->finalize = rai_forecast_change_dialog_finalize;
  G_OBJECT_CLASS (class)->dispose = rai_forecast_change_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/retailai/RetailAI/ui/rai-forecast-change-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiForecastChangeDialog, from);
  gtk_widget_class_bind_template_child (widget_class, RaiForecastChangeDialog, to);
  gtk_widget_class_bind_template_child (widget_class, RaiForecastChangeDialog, change);
  gtk_widget_class_bind_template_child (widget_class, RaiForecastChangeDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, RaiForecastChangeDialog, effect);
  gtk_widget_class_bind_template_child (widget_class, RaiForecastChangeDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RaiForecastChangeDialog, save);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rai_forecast_change_dialog_init (RaiForecastChangeDialog *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rai_forecast_change_dialog_new (RaiSession *session, int64_t site, int64_t item, const char *name,
                                const RaiForecastData *data, RaiDay from, RaiDay to,
                                const char *unit) {
  RaiForecastChangeDialog *self = g_object_new (RAI_TYPE_FORECAST_CHANGE_DIALOG, NULL);
  g_autoptr (GtkStringList) days = gtk_string_list_new (NULL);

  RaiDay today = rai_session_get_today (session);
  self->session = g_object_ref (session);
  self->site = site;
  self->item = item;
  self->unit = g_strdup (unit);
  self->first_day = data->first_day;
  self->horizon = data->numbers.horizon;
  self->means = g_memdup2 (data->numbers.means, data->numbers.horizon * sizeof *self->means);
  for (size_t i = 0; i < data->numbers.horizon; i++)
    gtk_string_list_take (days, rai_format_day (data->first_day + (RaiDay) i, today));

  adw_combo_row_set_model (self->from, G_LIST_MODEL (days));
  adw_combo_row_set_model (self->to, G_LIST_MODEL (days));
  adw_combo_row_set_selected (
      self->from, (unsigned) CLAMP (from - data->first_day, 0, (RaiDay) data->numbers.horizon - 1));
  adw_combo_row_set_selected (
      self->to, (unsigned) CLAMP (to - data->first_day, 0, (RaiDay) data->numbers.horizon - 1));
  gtk_window_set_title (GTK_WINDOW (self), name);
  changed_cb (self);

  return GTK_WIDGET (self);
}
