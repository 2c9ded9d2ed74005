/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-alerts-page.h"

#include "client/model/rai-gradual-model.h"
#include "client/model/rai-words.h"
#include "client/widgets/rai-alert-row.h"
#include "client/widgets/rai-column.h"
#include "command/rai-arguments.h"
#include "core/rai-alert-kind.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

struct _RaiAlertsPage {
  RaiPage parent_instance;
  GtkDropDown *state;
  GtkDropDown *kind; /* "All causes", then the planner's kinds */
  GPtrArray *kinds;  /* their ids */
  GtkListView *view;
  RaiQueryModel *model;
  RaiGradualModel *gradual;
  GtkSingleSelection *selection;
  char *wanted; /* an alert to select once the list is there */
};

G_DEFINE_FINAL_TYPE (RaiAlertsPage, rai_alerts_page, RAI_TYPE_PAGE)

static const char *const states[] = { "active", "snoozed", "resolved" };

static RaiSession *
session_of (RaiAlertsPage *self) {
  return rai_page_get_session (RAI_PAGE (self));
}

static GtkWidget *
make_alert (void *data) {
  return rai_alert_row_new ();
}

static void
show_alert (GtkWidget *cell, RaiRow *row, void *data) {
  RaiSession *session = session_of (data);
  rai_alert_row_show (RAI_ALERT_ROW (cell), row, rai_session_get_currency (session),
                      rai_session_get_today (session), rai_session_get_site_row (session) == NULL);
}

static GHashTable *
list_arguments (RaiAlertsPage *self) {
  GHashTable *arguments = rai_session_site_arguments (session_of (self));
  unsigned state = MIN (gtk_drop_down_get_selected (self->state), G_N_ELEMENTS (states) - 1);
  g_hash_table_insert (arguments, g_strdup ("state"), g_strdup (states[state]));
  unsigned kind = gtk_drop_down_get_selected (self->kind);
  if (kind > 0 && kind <= self->kinds->len)
    g_hash_table_insert (arguments, g_strdup ("kind"),
                         g_strdup (g_ptr_array_index (self->kinds, kind - 1)));
  return arguments;
}

static RaiRow *
selected (RaiAlertsPage *self) {
  RaiRow *row = gtk_single_selection_get_selected_item (self->selection);
  return row != NULL && rai_row_is_loaded (row) ? row : NULL;
}

/* The row of an id among those that are in the list's first pages: enough, as ids come from rows on
 * screen. */
static RaiRow *
find_alert (RaiAlertsPage *self, const char *id) {
  RaiRow *row = selected (self);
  if (row != NULL && g_strcmp0 (rai_row_get_text (row, "id"), id) == 0)
    return g_object_ref (row);

  unsigned n = MIN (g_list_model_get_n_items (G_LIST_MODEL (self->model)), 1000);
  for (unsigned i = 0; i < n; i++) {
    g_autoptr (RaiRow) at = g_list_model_get_item (G_LIST_MODEL (self->model), i);
    if (g_strcmp0 (rai_row_get_text (at, "id"), id) == 0)
      return g_steal_pointer (&at);
  }

  return NULL;
}

/* ---- What can be done ---- */

static void
act_on (RaiAlertsPage *self, RaiRow *row) {
  const char *kind = rai_row_get_text (row, "kind");
  RaiPage *page = RAI_PAGE (self);
  int64_t site = rai_row_get_int (row, "site_id");

  const char *where = rai_words_alert_page (kind);
  if (strcmp (where, "changes") == 0) {
    rai_page_go (page, where, NULL);
    return;
  }

  if (site != 0)
    rai_session_set_site (session_of (self), site);

  /* What did not come is among the orders on the way, not among those to approve. */
  bool late = g_strcmp0 (kind, rai_alert_kinds[RAI_ALERT_KIND_LATE_DELIVERY].id) == 0;
  g_autofree char *target =
      g_strdup_printf ("item=%" PRId64 "%s", rai_row_get_int (row, "item_id"), late ? ",late" : "");

  if (strcmp (where, "orders") == 0 && !rai_session_may (session_of (self), RAI_PERMISSION_ORDER))
    where = "inventory";

  rai_page_go (page, where, target);
}

static void
acknowledge (RaiAlertsPage *self, const char *id) {
  g_autofree char *arguments = RAI_ARGUMENTS ("alert.acknowledge", { "alert", .text = id });
  rai_page_submit (RAI_PAGE (self), "alert.acknowledge", arguments, _ ("You take care of it"));
}

static void
snooze (RaiAlertsPage *self, const char *id, int days) {
  g_autofree char *arguments =
      RAI_ARGUMENTS ("alert.snooze", { "alert", .text = id },
                     { "until", .number = rai_session_get_today (session_of (self)) + days });
  rai_page_submit (RAI_PAGE (self), "alert.snooze", arguments, _ ("Put off"));
}

static void
act_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  RaiAlertsPage *self = RAI_ALERTS_PAGE (widget);
  g_autoptr (RaiRow) row = find_alert (self, g_variant_get_string (parameter, NULL));
  if (row != NULL)
    act_on (self, row);
}

static void
acknowledge_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  acknowledge (RAI_ALERTS_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
snooze_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  const char *id;
  int days;
  g_variant_get (parameter, "(&si)", &id, &days);
  snooze (RAI_ALERTS_PAGE (widget), id, days);
}

static void
resolve_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  g_autofree char *arguments =
      RAI_ARGUMENTS ("alert.resolve", { "alert", .text = g_variant_get_string (parameter, NULL) });
  rai_page_submit (RAI_PAGE (widget), "alert.resolve", arguments, _ ("Settled"));
}

static void
select_at (RaiAlertsPage *self, unsigned position) {
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    return;
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->gradual)))
    rai_gradual_model_finish (self->gradual);
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
}

/* J and K move, E acknowledges, S puts off, Enter acts: as in every mail program. */
static gboolean
key_pressed_cb (RaiAlertsPage *self, unsigned key, unsigned code, GdkModifierType state) {
  RaiRow *row = selected (self);
  unsigned at = gtk_single_selection_get_selected (self->selection);
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  switch (key) {
    case GDK_KEY_j:
      select_at (self, at == GTK_INVALID_LIST_POSITION ? 0 : at + 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_k:
      select_at (self, at == GTK_INVALID_LIST_POSITION || at == 0 ? 0 : at - 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_e:
      if (row != NULL)
        acknowledge (self, rai_row_get_text (row, "id"));
      return GDK_EVENT_STOP;
    case GDK_KEY_s:
      if (row != NULL)
        snooze (self, rai_row_get_text (row, "id"), 1);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
  }
}

static void
activated_cb (RaiAlertsPage *self, unsigned position) {
  g_autoptr (RaiRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  if (row != NULL && rai_row_is_loaded (row))
    act_on (self, row);
}

/* ---- The page ---- */

static void
select_wanted (RaiAlertsPage *self) {
  g_autofree char *wanted = g_steal_pointer (&self->wanted);
  g_autoptr (RaiRow) row = wanted != NULL ? find_alert (self, wanted) : NULL;
  if (row != NULL)
    select_at (self, rai_row_get_position (row));
}

static void
loaded_cb (RaiAlertsPage *self) {
  if (rai_query_model_get_loading (self->model))
    return;

  bool any = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;
  unsigned state = gtk_drop_down_get_selected (self->state);
  if (any || state != 0 || gtk_drop_down_get_selected (self->kind) != 0) {
    rai_page_show_content (RAI_PAGE (self));
    select_wanted (self);
    return;
  }

  rai_page_show_empty (
      RAI_PAGE (self), "emblem-ok-symbolic", _ ("Nothing needs attention"),
      _ ("Alerts appear here when something runs out, lies too long or sells out of the ordinary."),
      _ ("See what was put off"), "alerts.snoozed");
}

static void
filter_changed_cb (RaiAlertsPage *self) {
  if (self->model != NULL)
    rai_query_model_set_arguments (self->model, list_arguments (self));
}

static void
snoozed_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  gtk_drop_down_set_selected (RAI_ALERTS_PAGE (widget)->state, 1);
  rai_page_show_content (RAI_PAGE (widget));
}

static void
rai_alerts_page_refresh (RaiPage *page) {
  RaiAlertsPage *self = RAI_ALERTS_PAGE (page);
  rai_query_model_set_arguments (self->model, list_arguments (self));
  if (!rai_query_model_get_loading (self->model))
    rai_query_model_refresh (self->model);
}

static void
rai_alerts_page_attached (RaiPage *page) {
  RaiAlertsPage *self = RAI_ALERTS_PAGE (page);
  self->model = rai_query_model_new (rai_session_get_reader (session_of (self)), "alerts");
  rai_page_watch_model (page, self->model);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (loaded_cb), self,
                           G_CONNECT_SWAPPED);
  self->gradual = rai_gradual_model_new (G_LIST_MODEL (self->model), 8);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->gradual)));
  g_autoptr (GtkListItemFactory) factory = rai_cell_factory_new (make_alert, show_alert, self);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}

static void
rai_alerts_page_navigate (RaiPage *page, const char *target) {
  RaiAlertsPage *self = RAI_ALERTS_PAGE (page);
  if (!g_str_has_prefix (target, "alert="))
    return;
  g_free (self->wanted);
  self->wanted = g_strdup (target + strlen ("alert="));
  if (!rai_query_model_get_loading (self->model))
    select_wanted (self);
}

static void
rai_alerts_page_init (RaiAlertsPage *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
  self->kinds = g_ptr_array_new ();
  GtkStringList *names = GTK_STRING_LIST (gtk_drop_down_get_model (self->kind));
  for (int kind = 0; kind < RAI_N_ALERT_KINDS; kind++) {
    if (rai_alert_kinds[kind].limit == 0)
      continue;
    g_ptr_array_add (self->kinds, (void *) rai_alert_kinds[kind].id);
    gtk_string_list_append (names, _ (rai_alert_kinds[kind].word));
  }
}

static void
rai_alerts_page_dispose (GObject *object) {
  RaiAlertsPage *self = RAI_ALERTS_PAGE (object);
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_ALERTS_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->gradual);
  g_clear_object (&self->model);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  G_OBJECT_CLASS (rai_alerts_page_parent_class)->dispose (object);
}

static void
rai_alerts_page_class_init (RaiAlertsPageClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_alerts_page_dispose;
  RAI_PAGE_CLASS (klass)->refresh = rai_alerts_page_refresh;
  RAI_PAGE_CLASS (klass)->attached = rai_alerts_page_attached;
  RAI_PAGE_CLASS (klass)->navigate = rai_alerts_page_navigate;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-alerts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiAlertsPage, state);
  gtk_widget_class_bind_template_child (widget_class, RaiAlertsPage, kind);
  gtk_widget_class_bind_template_child (widget_class, RaiAlertsPage, view);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_install_action (widget_class, "alerts.act", "s", act_action);
  gtk_widget_class_install_action (widget_class, "alerts.acknowledge", "s", acknowledge_action);
  gtk_widget_class_install_action (widget_class, "alerts.snooze", "(si)", snooze_action);
  gtk_widget_class_install_action (widget_class, "alerts.resolve", "s", resolve_action);
  gtk_widget_class_install_action (widget_class, "alerts.snoozed", NULL, snoozed_action);
}
