/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-site-dialog.h"

#include "client/model/rai-format.h"
#include "client/widgets/rai-dialog-save.h"
#include "client/widgets/rai-site-choices.h"
#include "client/widgets/rai-site-days-group.h"
#include "command/rai-arguments.h"
#include "db/rai-site-hours.h"
#include "db/rai-sites.h"

#include <glib/gi18n.h>
#include <math.h>

/* Exceptional days that are looked at ahead: a year and a month. */
#define DAYS_AHEAD 396

struct _RaiSiteDialog {
  AdwWindow parent_instance;
  AdwWindowTitle *title;
  GtkWidget *save;
  GtkWidget *about; /* what only administrators change */
  GtkEditable *name, *region;
  GtkLabel *name_hint, *days_hint, *hours_hint, *problem;
  GtkBox *weekdays;
  AdwExpanderRow *hours;
  GtkSpinButton *opens, *closes;
  GtkDropDown *zone, *currency;
  RaiSiteDaysGroup *days;

  RaiSession *session;
  RaiRow *site;
  bool filled;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (RaiSiteDialog, rai_site_dialog, ADW_TYPE_WINDOW)

/* ---- What the form says ---- */

static unsigned
get_weekdays (RaiSiteDialog *self) {
  return rai_site_choices_get_weekdays (self->weekdays);
}

static int
minutes_of (RaiSiteDialog *self, GtkSpinButton *button) {
  return adw_expander_row_get_enable_expansion (self->hours)
             ? gtk_spin_button_get_value_as_int (button)
             : 0;
}

/* Texts are compared and sent without the blanks around them. Valid until the field changes. */
static char *
text_of (GtkEditable *field) {
  return g_strstrip (g_strdup (gtk_editable_get_text (field)));
}

/* NULL when it is as stored. */
static char *
changed_text (RaiSiteDialog *self, GtkEditable *field, const char *column) {
  char *text = text_of (field);
  if (g_strcmp0 (text, rai_row_get_text (self->site, column)) == 0)
    g_clear_pointer (&text, g_free);
  return text;
}

static const char *
changed_choice (RaiSiteDialog *self, GtkDropDown *list, const char *column) {
  const char *text = rai_site_choices_get (list);
  return g_strcmp0 (text, rai_row_get_text (self->site, column)) != 0 ? text : NULL;
}

static bool
are_hours_changed (RaiSiteDialog *self) {
  return minutes_of (self, self->opens) != rai_row_get_int (self->site, "opens") ||
         minutes_of (self, self->closes) != rai_row_get_int (self->site, "closes");
}

/* What somebody saw and left is no word about opening days. */
static bool
are_weekdays_changed (RaiSiteDialog *self) {
  return get_weekdays (self) != (unsigned) rai_row_get_int (self->site, "open_weekdays");
}

/* The command that sets what was changed, and the one that takes it back; NULL: nothing was. */
static char *
edit_arguments (RaiSiteDialog *self, bool back) {
  RaiArgumentValue values[9] = { { .name = "site", .number = rai_row_get_int (self->site, "id") } };
  size_t n = 1;
  g_autofree char *name = changed_text (self, self->name, "name");
  g_autofree char *region = changed_text (self, self->region, "region");
  const struct {
    const char *name, *text;
  } texts[] = {
    { "name", name },
    { "region", region },
    { "zone", changed_choice (self, self->zone, "zone") },
    { "currency", changed_choice (self, self->currency, "currency") },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].text != NULL)
      values[n++] = (RaiArgumentValue){
        .name = texts[i].name,
        .text = back ? rai_row_get_text (self->site, texts[i].name) : texts[i].text,
      };

  if (are_weekdays_changed (self))
    values[n++] = (RaiArgumentValue){
      .name = "open_weekdays",
      .number = back ? rai_row_get_int (self->site, "open_weekdays") : get_weekdays (self),
    };
  if (are_hours_changed (self)) {
    values[n++] = (RaiArgumentValue){
      .name = "opens",
      .number = back ? rai_row_get_int (self->site, "opens") : minutes_of (self, self->opens),
    };
    values[n++] = (RaiArgumentValue){
      .name = "closes",
      .number = back ? rai_row_get_int (self->site, "closes") : minutes_of (self, self->closes),
    };
  }

  return n > 1 ? rai_arguments_build ("site.edit", values) : NULL;
}

/* ---- What is wrong stands beside its field ---- */

static void
set_hint (GtkLabel *label, const char *wrong, const char *usual) {
  gtk_label_set_label (label, wrong != NULL ? wrong : usual);
  if (wrong != NULL) {
    gtk_widget_add_css_class (GTK_WIDGET (label), "error");
    gtk_widget_remove_css_class (GTK_WIDGET (label), "dim-label");
  } else {
    gtk_widget_remove_css_class (GTK_WIDGET (label), "error");
    gtk_widget_add_css_class (GTK_WIDGET (label), "dim-label");
  }
}

/* Why a value cannot be a store's, as the command would say it; NULL: it can. */
static const char *
fault_of (const RaiSiteValues *values) {
  const char *fault = rai_site_fault (values);
  return fault != NULL ? _ (fault) : NULL;
}

static void
changed_cb (RaiSiteDialog *self) {
  if (!self->filled)
    return;

  const int64_t weekdays = get_weekdays (self);
  const int64_t opens = minutes_of (self, self->opens), closes = minutes_of (self, self->closes);
  const bool known = adw_expander_row_get_enable_expansion (self->hours);
  g_autofree char *name = text_of (self->name);
  g_autofree char *words = rai_format_weekdays ((unsigned) weekdays);
  const char *name_fault = fault_of (&(RaiSiteValues){ .name = name });
  const char *days_fault = fault_of (&(RaiSiteValues){ .open_weekdays = &weekdays });
  const char *hours_fault = known && opens >= closes ? _ ("A store closes after it opens.") : NULL;

  set_hint (self->name_hint, name_fault, "");
  set_hint (self->days_hint, days_fault, words);
  set_hint (self->hours_hint, hours_fault, _ ("Midnight is 24:00"));
  rai_site_days_group_set_weekdays (self->days, (unsigned) weekdays);

  g_autofree char *edit = edit_arguments (self, false);
  const bool changed = edit != NULL || rai_site_days_group_is_changed (self->days);
  gtk_widget_set_sensitive (self->save, changed && name_fault == NULL && days_fault == NULL &&
                                            hours_fault == NULL);
}

static void
days_changed_cb (RaiSiteDialog *self) {
  changed_cb (self);
}

static void
save_cb (RaiSiteDialog *self) {
  if (!gtk_widget_get_sensitive (self->save))
    return;

  const int64_t site = rai_row_get_int (self->site, "id");
  GPtrArray *deeds = rai_dialog_deeds_new (), *undo = rai_dialog_deeds_new ();
  char *edit = edit_arguments (self, false);
  if (edit != NULL) {
    rai_dialog_deeds_add (deeds, "site.edit", edit);
    rai_dialog_deeds_add (undo, "site.edit", edit_arguments (self, true));
  }
  rai_site_days_group_add_deeds (self->days, site, deeds, undo);

  const RaiDialogSave save = { self->session, GTK_WINDOW (self), self->save, self->problem };
  rai_dialog_save_all (&save, deeds, undo,
                       _ ("Saved. Forecast and orders follow with the next planning."));
}

/* ---- Times of day ---- */

static gboolean
show_time_cb (GtkSpinButton *button) {
  g_autofree char *text = rai_format_minutes (gtk_spin_button_get_value_as_int (button));
  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (button))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (button), text);
  return TRUE;
}

/* "8", "8:30", "8.30"; what is no time leaves the one before. */
static int
read_time_cb (GtkSpinButton *button, double *value) {
  int hours = 0, minutes = 0;
  char mark = ':';
  const int n =
      sscanf (gtk_editable_get_text (GTK_EDITABLE (button)), "%d%c%d", &hours, &mark, &minutes);
  const bool valid = (n == 1 || n == 3) && (mark == ':' || mark == '.') && hours >= 0 &&
                     minutes >= 0 && minutes <= 59;
  *value = valid ? hours * 60.0 + minutes : gtk_spin_button_get_value (button);
  return TRUE;
}

/* ---- Filling ---- */

/* Enter saves from here, too. */
static void
activate_default (GtkSpinButton *button) {
  gtk_text_set_activates_default (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (button))),
                                  TRUE);
}

static void
fill_hours (RaiSiteDialog *self) {
  const bool known = !rai_row_is_null (self->site, "closes");
  adw_expander_row_set_enable_expansion (self->hours, known);
  adw_expander_row_set_expanded (self->hours, known);
  activate_default (self->opens);
  activate_default (self->closes);
  gtk_spin_button_set_value (self->opens, known ? (double) rai_row_get_int (self->site, "opens")
                                                : RAI_SITE_HOURS_GUESSED_OPENS);
  gtk_spin_button_set_value (self->closes, known ? (double) rai_row_get_int (self->site, "closes")
                                                 : RAI_SITE_HOURS_GUESSED_CLOSES);
}

static void
calendar_loaded_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiRows) rows = rai_reader_query_finish (RAI_READER (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  RaiSiteDialog *self = data;
  rai_site_days_group_set_calendar (self->days, rows, rai_session_get_today (self->session));
}

static void
load_calendar (RaiSiteDialog *self) {
  const RaiDay today = rai_session_get_today (self->session);
  char from[11], to[11];
  g_autofree char *site = g_strdup_printf ("%" G_GINT64_FORMAT, rai_row_get_int (self->site, "id"));
  g_autoptr (GHashTable) arguments =
      rai_query_arguments ("site", site, "from", rai_day_format (today, from), "to",
                           rai_day_format (today + DAYS_AHEAD, to), NULL);

  rai_site_days_group_set_calendar (self->days, NULL, today);
  rai_reader_query_async (rai_session_get_reader (self->session), "calendar", arguments,
                          self->cancellable, calendar_loaded_cb, self);
}

static void
rai_site_dialog_dispose (GObject *object) {
  RaiSiteDialog *self = RAI_SITE_DIALOG (object);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->filled = false;
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_SITE_DIALOG);
  g_clear_object (&self->session);
  g_clear_object (&self->site);
  G_OBJECT_CLASS (rai_site_dialog_parent_class)->dispose (object);
}

static void
rai_site_dialog_class_init (RaiSiteDialogClass *class) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = rai_site_dialog_dispose;
  g_type_ensure (RAI_TYPE_SITE_DAYS_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-site-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, save);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, about);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, region);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, name_hint);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, days_hint);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, hours_hint);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, weekdays);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, hours);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, opens);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, closes);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, zone);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, currency);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDialog, days);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, days_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_time_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_time_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rai_site_dialog_init (RaiSiteDialog *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

RaiSiteDialog *
rai_site_dialog_new (GtkWindow *parent, RaiSession *session, RaiRow *site) {
  RaiSiteDialog *self = g_object_new (RAI_TYPE_SITE_DIALOG, "transient-for", parent, NULL);
  const bool administers = rai_session_may (session, RAI_PERMISSION_ADMINISTER);
  self->session = g_object_ref (session);
  self->site = g_object_ref (site);

  adw_window_title_set_subtitle (self->title, rai_row_get_text (site, "name"));
  gtk_editable_set_text (self->name, rai_row_get_text (site, "name"));
  gtk_editable_set_text (self->region, rai_row_get_text (site, "region"));
  gtk_widget_set_visible (self->about, administers);
  rai_site_choices_add_weekdays (self->weekdays,
                                 (unsigned) rai_row_get_int (self->site, "open_weekdays"),
                                 G_CALLBACK (changed_cb), self);
  fill_hours (self);
  rai_site_choices_set_zone (self->zone, rai_row_get_text (self->site, "zone"));
  rai_site_choices_set_currency (self->currency, rai_row_get_text (self->site, "currency"));
  load_calendar (self);
  self->filled = true;
  changed_cb (self);
  gtk_widget_grab_focus (administers ? GTK_WIDGET (self->name)
                                     : gtk_widget_get_first_child (GTK_WIDGET (self->weekdays)));

  return self;
}
