/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-site-choices.h"

#include "client/model/rai-format.h"
#include "core/rai-currency.h"
#include "util/rai-zone.h"

#include <glib/gi18n.h>

#define N_WEEKDAYS 7
#define WEEKDAY_KEY "rai-weekday" /* of a button: 1 = Monday */

/* "Europe/Berlin" -> "Berlin (Europe)": what people look for stands first. */
static char *
zone_text (GtkStringObject *zone) {
  g_auto (GStrv) parts = g_strsplit (gtk_string_object_get_string (zone), "/", -1);
  const unsigned n = g_strv_length (parts);
  for (unsigned i = 0; i < n; i++)
    g_strdelimit (parts[i], "_", ' ');
  if (n < 2)
    return g_strdup (gtk_string_object_get_string (zone));

  g_autofree char *place = g_steal_pointer (&parts[n - 1]);
  g_autofree char *area = g_strjoinv (", ", parts);
  /* Translators: a city and the part of the world it lies in */
  return g_strdup_printf (_ ("%s (%s)"), place, area);
}

static int
compare_zones (const void *a, const void *b) {
  g_autoptr (GtkStringObject) one = gtk_string_object_new (*(const char *const *) a);
  g_autoptr (GtkStringObject) other = gtk_string_object_new (*(const char *const *) b);
  g_autofree char *text = zone_text (one), *other_text = zone_text (other);
  return g_utf8_collate (text, other_text);
}

static unsigned
find_choice (GListModel *model, const char *text) {
  for (unsigned i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);
    if (g_strcmp0 (gtk_string_object_get_string (item), text) == 0)
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

/* What is chosen is always among them; nothing is chosen of what is NULL. */
static void
set_choices (GtkDropDown *list, const char *const *choices, const char *present) {
  g_autoptr (GtkStringList) model = gtk_string_list_new (choices);
  if (present != NULL && find_choice (G_LIST_MODEL (model), present) == GTK_INVALID_LIST_POSITION)
    gtk_string_list_append (model, present);
  gtk_drop_down_set_model (list, G_LIST_MODEL (model));
  gtk_drop_down_set_selected (list, find_choice (G_LIST_MODEL (model), present));
}

/* A list that is read later finds the widget gone, or what was chosen meanwhile. */
static void
zones_loaded_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (GtkDropDown) list = data;
  g_autofree char *text = NULL;
  const bool read = g_file_load_contents_finish (G_FILE (source), result, &text, NULL, NULL, NULL);
  if (gtk_widget_get_root (GTK_WIDGET (list)) == NULL)
    return;

  /* Without the list there is the zone that the store has, and UTC. */
  g_autofree char *chosen = g_strdup (rai_site_choices_get (list));
  g_auto (GStrv) zones = rai_zone_list (read ? text : NULL);
  qsort (zones, g_strv_length (zones), sizeof *zones, compare_zones);
  set_choices (list, (const char *const *) zones, chosen);
}

void
rai_site_choices_set_zone (GtkDropDown *list, const char *zone) {
  g_autofree char *path = rai_zone_list_path ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GtkExpression) name = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL,
                                                                G_CALLBACK (zone_text), NULL, NULL);
  const char *const none[] = { NULL };
  gtk_drop_down_set_expression (list, name);
  set_choices (list, none, zone);
  g_file_load_contents_async (file, NULL, zones_loaded_cb, g_object_ref (list));
}

void
rai_site_choices_set_currency (GtkDropDown *list, const char *currency) {
  g_autoptr (GtkExpression) name =
      gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  gtk_drop_down_set_expression (list, name);
  set_choices (list, rai_currencies, currency);
}

const char *
rai_site_choices_get (GtkDropDown *list) {
  GtkStringObject *item = gtk_drop_down_get_selected_item (list);
  return item != NULL ? gtk_string_object_get_string (item) : NULL;
}

void
rai_site_choices_add_weekdays (GtkBox *box, unsigned weekdays, GCallback toggled, void *widget) {
  const int first = rai_format_first_weekday ();
  for (int i = 0; i < N_WEEKDAYS; i++) {
    const int weekday = (first - 1 + i) % N_WEEKDAYS + 1;
    g_autofree char *text = rai_format_weekday (weekday, false);
    g_autofree char *name = rai_format_weekday (weekday, true);
    GtkWidget *toggle = gtk_toggle_button_new_with_label (text);

    gtk_widget_add_css_class (toggle, "weekday");
    gtk_widget_set_tooltip_text (toggle, name);
    gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), weekdays >> (weekday - 1) & 1);
    g_object_set_data (G_OBJECT (toggle), WEEKDAY_KEY, GINT_TO_POINTER (weekday));
    g_signal_connect_object (toggle, "toggled", toggled, widget, G_CONNECT_SWAPPED);
    gtk_box_append (box, toggle);
  }
}

unsigned
rai_site_choices_get_weekdays (GtkBox *box) {
  unsigned weekdays = 0;
  for (GtkWidget *at = gtk_widget_get_first_child (GTK_WIDGET (box)); at != NULL;
       at = gtk_widget_get_next_sibling (at)) {
    const int weekday = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (at), WEEKDAY_KEY));
    weekdays |= (unsigned) gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (at)) << (weekday - 1);
  }
  return weekdays;
}
