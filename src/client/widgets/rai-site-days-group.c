/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-site-days-group.h"

#include "client/model/rai-format.h"
#include "client/widgets/rai-dialog-save.h"
#include "command/rai-arguments.h"

#include <glib/gi18n.h>

/* Of a day: what is stored, or what it is to be. */
typedef struct {
  RaiDay day;
  bool closed, opened;
  char *name;
} Day;

struct _RaiSiteDaysGroup {
  AdwPreferencesGroup parent_instance;
  GtkMenuButton *add;
  GtkPopover *popover;
  GtkCalendar *calendar;
  GtkEditable *name;
  GtkLabel *effect;
  GtkWidget *confirm;
  GtkWidget *none;

  RaiDay today;
  unsigned weekdays;
  GTree *stored; /* RaiDay -> Day */
  GTree *wanted; /* the same of those that were changed */
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (RaiSiteDaysGroup, rai_site_days_group, ADW_TYPE_PREFERENCES_GROUP)

static unsigned changed_signal;

#define DAY_KEY "rai-day"

static void
day_free (void *data) {
  Day *day = data;
  g_free (day->name);
  g_free (day);
}

static int
compare_days (const void *a, const void *b, void *data) {
  return GPOINTER_TO_INT (a) - GPOINTER_TO_INT (b);
}

static GTree *
new_days (void) {
  return g_tree_new_full (compare_days, NULL, NULL, day_free);
}

static void
put (GTree *days, RaiDay at, bool closed, bool opened, const char *name) {
  Day *day = g_new0 (Day, 1);
  *day = (Day){ at, closed, opened, g_strdup (name != NULL ? name : "") };
  g_tree_insert (days, GINT_TO_POINTER (at), day);
}

/* ---- What is known of a day ---- */

static const Day plain = { .name = (char *) "" };

static const Day *
stored_day (RaiSiteDaysGroup *self, RaiDay day) {
  const Day *found = g_tree_lookup (self->stored, GINT_TO_POINTER (day));
  return found != NULL ? found : &plain;
}

static const Day *
wanted_day (RaiSiteDaysGroup *self, RaiDay day) {
  const Day *found = g_tree_lookup (self->wanted, GINT_TO_POINTER (day));
  return found != NULL ? found : stored_day (self, day);
}

static bool
is_weekday_open (RaiSiteDaysGroup *self, RaiDay day) {
  return (self->weekdays >> (rai_day_weekday (day) - 1) & 1) != 0;
}

static bool
is_open (RaiSiteDaysGroup *self, RaiDay day) {
  const Day *what = wanted_day (self, day);
  return what->opened || (!what->closed && is_weekday_open (self, day));
}

static bool
is_same (const Day *a, const Day *b) {
  return a->closed == b->closed && a->opened == b->opened && g_strcmp0 (a->name, b->name) == 0;
}

/* ---- Rows ---- */

static void
removed_cb (RaiSiteDaysGroup *self, GtkWidget *button) {
  const RaiDay day = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), DAY_KEY));
  /* The button goes with its row: the keyboard goes on where the list is added to. */
  gtk_widget_grab_focus (GTK_WIDGET (self->add));
  rai_site_days_group_clear_day (self, day);
}

static GtkWidget *
new_row (RaiSiteDaysGroup *self, RaiDay day) {
  const Day *what = wanted_day (self, day);
  g_autofree char *title = rai_format_day (day, self->today);
  const char *state = is_open (self, day) ? _ ("Open") : _ ("Closed");
  /* Translators: whether a store is open on a day, and what the day is called */
  g_autofree char *subtitle =
      *what->name != '\0' ? g_strdup_printf (_ ("%s: %s"), state, what->name) : g_strdup (state);
  /* Translators: %s is a day */
  g_autofree char *label = g_strdup_printf (_ ("Remove %s"), title);

  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title,
                                 "subtitle", subtitle, "subtitle-lines", 0, NULL);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data (G_OBJECT (remove), DAY_KEY, GINT_TO_POINTER (day));
  g_signal_connect_object (remove, "clicked", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);

  return row;
}

/* Days that are not as their weekday says, and what was closed here whatever it says. */
static void
show_day (RaiSiteDaysGroup *self, RaiDay day) {
  const Day *what = wanted_day (self, day);
  const bool here = g_tree_lookup (self->wanted, GINT_TO_POINTER (day)) != NULL;
  const bool closed = what->closed && (here || is_weekday_open (self, day));
  if (day < self->today || !(what->opened || closed))
    return;

  GtkWidget *row = new_row (self, day);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static gboolean
show_stored (void *key, void *value, void *data) {
  show_day (data, GPOINTER_TO_INT (key));
  return FALSE;
}

static gboolean
note_day (void *key, void *value, void *data) {
  g_tree_insert (data, key, NULL);
  return FALSE;
}

static void
show (RaiSiteDaysGroup *self) {
  g_autoptr (GTree) all = g_tree_new_full (compare_days, NULL, NULL, NULL);
  g_tree_foreach (self->stored, note_day, all);
  g_tree_foreach (self->wanted, note_day, all);

  for (unsigned i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_tree_foreach (all, show_stored, self);
  gtk_widget_set_visible (self->none, self->rows->len == 0);
}

/* ---- Adding ---- */

static RaiDay
chosen_day (RaiSiteDaysGroup *self) {
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  return rai_day_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date),
                           g_date_time_get_day_of_month (date));
}

/* What the button will do, in words; a day that is over cannot be chosen. */
static void
chosen_cb (RaiSiteDaysGroup *self) {
  const RaiDay day = chosen_day (self);
  const bool past = day < self->today, open = is_open (self, day);
  g_autofree char *date = rai_format_day_long (day);
  /* Translators: %s is a long date */
  g_autofree char *text = past   ? g_strdup (_ ("This day is over."))
                          : open ? g_strdup_printf (_ ("Closed on %s"), date)
                                 : g_strdup_printf (_ ("Open on %s"), date);

  gtk_widget_set_sensitive (self->confirm, !past);
  gtk_label_set_label (self->effect, text);
  gtk_button_set_label (GTK_BUTTON (self->confirm),
                        open || past ? _ ("_Close on this day") : _ ("_Open on this day"));
}

static void
opening_cb (RaiSiteDaysGroup *self) {
  int year, month, mday;
  rai_day_to_ymd (self->today + 1, &year, &month, &mday);
  g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, mday, 0, 0, 0);
  gtk_calendar_select_day (self->calendar, date);
  gtk_editable_set_text (self->name, "");
  chosen_cb (self);
}

static void
confirmed_cb (RaiSiteDaysGroup *self) {
  if (!gtk_widget_get_sensitive (self->confirm))
    return;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  gtk_popover_popdown (self->popover);
  rai_site_days_group_turn (self, chosen_day (self), *name != '\0' ? name : NULL);
}

/* ---- The whole ---- */

static void
want (RaiSiteDaysGroup *self, RaiDay day, bool closed, bool opened, const char *name) {
  g_autofree char *kept = g_strdup (name); /* may be of the day that is replaced */
  put (self->wanted, day, closed, opened, kept);
  if (is_same (wanted_day (self, day), stored_day (self, day)))
    g_tree_remove (self->wanted, GINT_TO_POINTER (day));
  show (self);
  g_signal_emit (self, changed_signal, 0);
}

void
rai_site_days_group_turn (RaiSiteDaysGroup *self, RaiDay day, const char *name) {
  const bool open = is_open (self, day);
  /* What was closed in this form alone needs no exception to be open again. */
  const bool opened = !open && !(is_weekday_open (self, day) && !stored_day (self, day)->closed);
  want (self, day, open, opened, name != NULL ? name : wanted_day (self, day)->name);
}

void
rai_site_days_group_clear_day (RaiSiteDaysGroup *self, RaiDay day) {
  want (self, day, false, false, "");
}

void
rai_site_days_group_set_calendar (RaiSiteDaysGroup *self, RaiRows *calendar, RaiDay today) {
  g_return_if_fail (RAI_IS_SITE_DAYS_GROUP (self));
  g_tree_remove_all (self->stored);
  self->today = today;
  for (size_t i = 0; calendar != NULL && i < rai_rows_count (calendar); i++)
    put (self->stored, (RaiDay) rai_rows_get_int (calendar, i, "day"),
         rai_rows_get_int (calendar, i, "closed") != 0,
         rai_rows_get_int (calendar, i, "opened") != 0, rai_rows_get_text (calendar, i, "holiday"));
  show (self);
}

void
rai_site_days_group_set_weekdays (RaiSiteDaysGroup *self, unsigned weekdays) {
  g_return_if_fail (RAI_IS_SITE_DAYS_GROUP (self));
  self->weekdays = weekdays;
  show (self);
}

bool
rai_site_days_group_is_changed (RaiSiteDaysGroup *self) {
  return g_tree_nnodes (self->wanted) > 0;
}

typedef struct {
  RaiSiteDaysGroup *group;
  int64_t site;
  GPtrArray *deeds, *undo;
} Adding;

static char *
arguments_of (int64_t site, RaiDay day, const Day *what) {
  return RAI_ARGUMENTS ("site.set_day", { "site", .number = site }, { "day", .number = day },
                        { "closed", .number = what->closed }, { "opened", .number = what->opened },
                        { "holiday", .text = what->name });
}

static gboolean
add_deed (void *key, void *value, void *data) {
  const Adding *adding = data;
  const RaiDay day = GPOINTER_TO_INT (key);
  rai_dialog_deeds_add (adding->deeds, "site.set_day", arguments_of (adding->site, day, value));
  rai_dialog_deeds_add (adding->undo, "site.set_day",
                        arguments_of (adding->site, day, stored_day (adding->group, day)));
  return FALSE;
}

void
rai_site_days_group_add_deeds (RaiSiteDaysGroup *self, int64_t site, GPtrArray *deeds,
                               GPtrArray *undo) {
  Adding adding = { self, site, deeds, undo };
  g_tree_foreach (self->wanted, add_deed, &adding);
}

static void
rai_site_days_group_dispose (GObject *object) {
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_SITE_DAYS_GROUP);
  G_OBJECT_CLASS (rai_site_days_group_parent_class)->dispose (object);
}

static void
rai_site_days_group_finalize (GObject *object) {
  RaiSiteDaysGroup *self = RAI_SITE_DAYS_GROUP (object);
  g_tree_unref (self->stored);
  g_tree_unref (self->wanted);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (rai_site_days_group_parent_class)->finalize (object);
}

static void
rai_site_days_group_class_init (RaiSiteDaysGroupClass *class) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = rai_site_days_group_dispose;
  G_OBJECT_CLASS (class)->finalize = rai_site_days_group_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-site-days-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDaysGroup, add);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDaysGroup, popover);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDaysGroup, calendar);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDaysGroup, name);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDaysGroup, effect);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDaysGroup, confirm);
  gtk_widget_class_bind_template_child (widget_class, RaiSiteDaysGroup, none);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, opening_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirmed_cb);
  changed_signal = g_signal_new ("changed", RAI_TYPE_SITE_DAYS_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
rai_site_days_group_init (RaiSiteDaysGroup *self) {
  self->stored = new_days ();
  self->wanted = new_days ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
