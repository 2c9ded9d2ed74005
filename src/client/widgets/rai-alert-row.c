/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-alert-row.h"

#include "client/model/rai-format.h"
#include "client/model/rai-words.h"
#include "core/rai-alert-kind.h"
#include "core/rai-alert.h"

#include <glib/gi18n.h>
#include <string.h>

struct _RaiAlertRow {
  AdwBin parent_instance;
  GtkWidget *mark;
  GtkLabel *title;
  GtkLabel *money;
  GtkLabel *sentence;
  GtkLabel *where;
  GtkButton *act;
  GtkMenuButton *more;
  int64_t severity;
  char *id;
  bool acknowledged;
};

G_DEFINE_FINAL_TYPE (RaiAlertRow, rai_alert_row, ADW_TYPE_BIN)

static const char *
severity_class (int64_t severity) {
  return severity >= RAI_ALERT_HIGH ? "loss" : severity == RAI_ALERT_MEDIUM ? "attention" : "low";
}

static const char *
severity_words (int64_t severity) {
  return severity >= RAI_ALERT_HIGH     ? _ ("High")
         : severity == RAI_ALERT_MEDIUM ? _ ("Medium")
                                        : _ ("Low");
}

static GMenuModel *
new_menu (const char *id, bool acknowledged) {
  static const struct {
    const char *label;
    int days;
  } choices[] = {
    { N_ ("Until tomorrow"), 1 },
    { N_ ("For three days"), 3 },
    { N_ ("For a week"), 7 },
  };
  GMenu *menu = g_menu_new ();

  g_autoptr (GMenu) first = g_menu_new (), snooze = g_menu_new (), last = g_menu_new ();
  if (!acknowledged) {
    g_autofree char *action = g_strdup_printf ("alerts.acknowledge('%s')", id);
    g_menu_append (first, _ ("I take care of it"), action);
  }

  for (size_t i = 0; i < G_N_ELEMENTS (choices); i++) {
    g_autofree char *action = g_strdup_printf ("alerts.snooze(('%s',%d))", id, choices[i].days);
    g_menu_append (snooze, _ (choices[i].label), action);
  }

  g_autofree char *resolve = g_strdup_printf ("alerts.resolve('%s')", id);
  g_menu_append (last, _ ("It is settled"), resolve);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, _ ("Put off"), G_MENU_MODEL (snooze));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));

  return G_MENU_MODEL (menu);
}

/* Menus are made when they are opened: a list of them would take long. */
static void
create_menu (GtkMenuButton *button, void *data) {
  RaiAlertRow *self = data;
  g_autoptr (GMenuModel) menu = new_menu (self->id, self->acknowledged);
  g_autoptr (GtkWidget) popover = g_object_ref_sink (gtk_popover_menu_new_from_model (menu));
  gtk_menu_button_set_popover (button, popover);
}

static void
show_severity (RaiAlertRow *self, int64_t severity) {
  if (self->severity)
    gtk_widget_remove_css_class (self->mark, severity_class (self->severity));
  gtk_widget_add_css_class (self->mark, severity_class (severity));
  gtk_widget_set_tooltip_text (self->mark, severity_words (severity));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mark), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  severity_words (severity), -1);
  self->severity = severity;
}

static char *
where_text (RaiRow *row, bool show_site, bool acknowledged) {
  const char *owner = rai_row_get_text (row, "owner");
  g_autoptr (GString) text = g_string_new (rai_words_alert_kind (rai_row_get_text (row, "kind")));
  if (show_site && rai_row_get_int (row, "item_id") != 0 &&
      rai_row_get_text (row, "site_name") != NULL)
    g_string_append_printf (text, " · %s", rai_row_get_text (row, "site_name"));
  if (acknowledged && owner != NULL && *owner) {
    /* Translators: %s is the person who deals with an alert */
    g_autofree char *taken = g_strdup_printf (_ ("%s takes care of it"), owner);
    g_string_append_printf (text, " · %s", taken);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
rai_alert_row_show (RaiAlertRow *self, RaiRow *row, const char *currency, RaiDay today,
                    bool show_site) {
  g_return_if_fail (RAI_IS_ALERT_ROW (self));
  gtk_widget_set_visible (GTK_WIDGET (self->act), rai_row_is_loaded (row));
  gtk_widget_set_visible (GTK_WIDGET (self->more), rai_row_is_loaded (row));

  const char *kind = rai_row_get_text (row, "kind"), *title = rai_words_alert_subject (row);
  gtk_label_set_label (self->title, rai_row_is_loaded (row) ? title : "…");
  if (!rai_row_is_loaded (row))
    return;

  RaiAlertState state = RAI_ALERT_OPEN;
  rai_alert_state_parse (rai_row_get_text (row, "state"), &state);
  bool acknowledged = state == RAI_ALERT_ACKNOWLEDGED;
  show_severity (self, rai_row_get_int (row, "severity"));

  int64_t money = rai_row_get_int (row, "money");
  g_autofree char *amount = money > 0 ? rai_format_money_whole (money, currency) : g_strdup ("");
  gtk_label_set_label (self->money, amount);

  g_autofree char *sentence = rai_words_alert (row, today, currency);
  gtk_label_set_label (self->sentence, sentence);

  g_autofree char *where = where_text (row, show_site, acknowledged);
  gtk_label_set_label (self->where, where);

  const char *id = rai_row_get_text (row, "id");
  gtk_button_set_label (self->act, rai_words_alert_action (kind));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->act), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->act), "alerts.act");
  g_free (self->id);
  self->id = g_strdup (id);
  self->acknowledged = acknowledged;

  /* Translators: %s is an item's name or a kind of alert */
  g_autofree char *spoken = g_strdup_printf (_ ("Put off or settle: %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

static void
rai_alert_row_init (RaiAlertRow *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->more, create_menu, self, NULL);
}

static void
rai_alert_row_dispose (GObject *object) {
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_ALERT_ROW);
  g_clear_pointer (&RAI_ALERT_ROW (object)->id, g_free);
  G_OBJECT_CLASS (rai_alert_row_parent_class)->dispose (object);
}

static void
rai_alert_row_class_init (RaiAlertRowClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_alert_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-alert-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiAlertRow, mark);
  gtk_widget_class_bind_template_child (widget_class, RaiAlertRow, title);
  gtk_widget_class_bind_template_child (widget_class, RaiAlertRow, money);
  gtk_widget_class_bind_template_child (widget_class, RaiAlertRow, sentence);
  gtk_widget_class_bind_template_child (widget_class, RaiAlertRow, where);
  gtk_widget_class_bind_template_child (widget_class, RaiAlertRow, act);
  gtk_widget_class_bind_template_child (widget_class, RaiAlertRow, more);
}

GtkWidget *
rai_alert_row_new (void) {
  return g_object_new (RAI_TYPE_ALERT_ROW, NULL);
}
