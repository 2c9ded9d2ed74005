/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-changes-page.h"

#include "client/model/rai-diagnostics.h"
#include "client/model/rai-format.h"
#include "client/model/rai-token-store.h"
#include "client/widgets/rai-sync-pill.h"

#include <glib/gi18n.h>

struct _RaiChangesPage {
  RaiPage parent_instance;
  GtkLabel *state;
  GtkLabel *explanation;
  GtkLabel *keyring;
  AdwPreferencesGroup *attention;
  AdwPreferencesGroup *waiting;
  AdwPreferencesGroup *sent;
  GPtrArray *rows; /* GtkWidget, owned by their groups */
};

G_DEFINE_FINAL_TYPE (RaiChangesPage, rai_changes_page, RAI_TYPE_PAGE)

static RaiSession *
session_of (RaiChangesPage *self) {
  return rai_page_get_session (RAI_PAGE (self));
}

#define ENTRY_KEY "rai-entry"

static const char *
entry_id (GtkWidget *button) {
  return g_object_get_data (G_OBJECT (button), ENTRY_KEY);
}

static void
discard_cb (RaiChangesPage *self, GtkWidget *button) {
  rai_sync_engine_discard (rai_session_get_engine (session_of (self)), entry_id (button));
}

static void
redo_cb (RaiChangesPage *self, GtkWidget *button) {
  rai_sync_engine_retry (rai_session_get_engine (session_of (self)), entry_id (button), NULL);
}

static GtkWidget *
new_button (RaiChangesPage *self, const RaiSyncEntry *entry, const char *label, GCallback callback) {
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), ENTRY_KEY, g_strdup (entry->id), g_free);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_row (RaiChangesPage *self, const RaiSyncEntry *entry) {
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), entry->summary ? entry->summary : entry->name);
  g_autofree char *when = rai_format_ago (entry->acted_at, rai_now_ms ());
  g_autofree char *text = entry->message ? g_strdup_printf ("%s (%s)", entry->message, when) : g_strdup (when);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (entry->state == RAI_ENTRY_ATTENTION)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               new_button (self, entry, _ ("_Do it again"), G_CALLBACK (redo_cb)));
  if (entry->state != RAI_ENTRY_SENT)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_button (self, entry, _ ("D_iscard"), G_CALLBACK (discard_cb)));
  return row;
}

static void
show_entries (RaiChangesPage *self) {
  AdwPreferencesGroup *groups[] = {
    [RAI_ENTRY_WAITING] = self->waiting, [RAI_ENTRY_ATTENTION] = self->attention, [RAI_ENTRY_SENT] = self->sent
  };
  for (unsigned i = 0; i < self->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)),
                                  row);
  }
  g_ptr_array_set_size (self->rows, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (groups); i++)
    gtk_widget_set_visible (GTK_WIDGET (groups[i]), false);
  g_autoptr (GPtrArray) entries = rai_sync_engine_get_entries (rai_session_get_engine (session_of (self)));
  for (unsigned i = 0; i < entries->len; i++) {
    const RaiSyncEntry *entry = g_ptr_array_index (entries, i);
    GtkWidget *row = new_row (self, entry);
    adw_preferences_group_add (groups[entry->state], row);
    gtk_widget_set_visible (GTK_WIDGET (groups[entry->state]), true);
    g_ptr_array_add (self->rows, row);
  }
}

static char *
explain (const RaiSyncStatus *status) {
  if (status->message)
    return g_strdup (status->message);
  switch (status->state) {
    case RAI_SYNC_OFFLINE:
      return g_strdup (_ ("The server cannot be reached. Everything works; what you do is kept on this computer and "
                          "sent when the network is back."));
    case RAI_SYNC_SIGNED_OUT:
      return g_strdup (_ ("The server wants you to sign in again. Nothing is lost: what waits is sent after that."));
    case RAI_SYNC_FAILED:
      return g_strdup (_ ("This computer could not save the last changes. It tries again by itself."));
    default:
      return g_strdup (status->waiting > 0 ? _ ("What you did is on its way to the server.")
                                           : _ ("This computer and the server hold the same."));
  }
}

static void
update (RaiChangesPage *self) {
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || !rai_session_get_engine (session_of (self)))
    return;
  const RaiSyncStatus *status = rai_session_get_status (session_of (self));
  g_autofree char *state = rai_sync_pill_text (status, rai_now_ms ());
  gtk_label_set_label (self->state, state);
  g_autofree char *explanation = explain (status);
  gtk_label_set_label (self->explanation, explanation);
  g_autofree char *keyring = rai_token_store_problem ();
  gtk_label_set_label (self->keyring, keyring ? keyring : "");
  gtk_widget_set_visible (GTK_WIDGET (self->keyring), keyring != NULL);
  show_entries (self);
}

static void
refresh (RaiPage *page) {
  rai_page_show_content (page);
  update (RAI_CHANGES_PAGE (page));
}

static void
attached (RaiPage *page) {
  RaiChangesPage *self = RAI_CHANGES_PAGE (page);
  g_signal_connect_object (session_of (self), "status", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  g_autofree char *text = rai_diagnostics_text (session_of (RAI_CHANGES_PAGE (widget)));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  rai_page_toast (RAI_PAGE (widget), _ ("Copied"));
}

static void
rai_changes_page_map (GtkWidget *widget) {
  GTK_WIDGET_CLASS (rai_changes_page_parent_class)->map (widget);
  if (session_of (RAI_CHANGES_PAGE (widget)))
    update (RAI_CHANGES_PAGE (widget));
}

static void
rai_changes_page_init (RaiChangesPage *self) {
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
rai_changes_page_dispose (GObject *object) {
  g_clear_pointer (&RAI_CHANGES_PAGE (object)->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_CHANGES_PAGE);
  G_OBJECT_CLASS (rai_changes_page_parent_class)->dispose (object);
}

static void
rai_changes_page_class_init (RaiChangesPageClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_changes_page_dispose;
  widget_class->map = rai_changes_page_map;
  RAI_PAGE_CLASS (klass)->refresh = refresh;
  RAI_PAGE_CLASS (klass)->attached = attached;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/retailai/RetailAI/ui/rai-changes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, state);
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, keyring);
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, attention);
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, sent);
  gtk_widget_class_install_action (widget_class, "changes.copy", NULL, copy_action);
}
