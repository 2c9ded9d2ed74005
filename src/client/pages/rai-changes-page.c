/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-changes-page.h"

#include "client/model/rai-diagnostics.h"
#include "client/model/rai-format.h"
#include "client/model/rai-token-store.h"
#include "client/model/rai-words.h"
#include "client/pages/rai-aside-group.h"
#include "client/pages/rai-changes-file.h"
#include "client/widgets/rai-entry-row.h"
#include "client/widgets/rai-sync-pill.h"
#include "util/rai-clock.h"

#include <glib/gi18n.h>

struct _RaiChangesPage {
  RaiPage parent_instance;
  GtkLabel *state;
  GtkLabel *explanation;
  GtkWidget *sign_in; /* seen when the server wants the password again */
  GtkWidget *problems;
  AdwActionRow *clock;
  AdwActionRow *keyring;
  AdwPreferencesGroup *attention;
  RaiAsideGroup *aside;
  AdwPreferencesGroup *waiting;
  AdwPreferencesGroup *sent;
  GPtrArray *rows;     /* GtkWidget, owned by their groups */
  char *shown;         /* which entries the rows are of */
  GHashTable *leaving; /* ids that are discarded unless the user takes that back */
};

G_DEFINE_FINAL_TYPE (RaiChangesPage, rai_changes_page, RAI_TYPE_PAGE)

static RaiSession *
session_of (RaiChangesPage *self) {
  return rai_page_get_session (RAI_PAGE (self));
}

static RaiSyncEngine *
engine_of (RaiChangesPage *self) {
  return rai_session_get_engine (session_of (self));
}

#define ENTRY_KEY "rai-entry"

static void update (RaiChangesPage *self);

/* ---- Discarding: hidden at once, gone when its toast is, so that it can be taken back ---- */

typedef struct {
  RaiChangesPage *page;
  RaiSyncEngine *engine;
  char *id;
} Discard;

static void
discard_free (void *data) {
  Discard *discard = data;
  g_object_unref (discard->page);
  g_object_unref (discard->engine);
  g_free (discard->id);
  g_free (discard);
}

static void
undo_cb (AdwToast *toast, Discard *discard) {
  if (discard->page->leaving != NULL)
    g_hash_table_remove (discard->page->leaving, discard->id);
  update (discard->page);
}

static void
dismissed_cb (AdwToast *toast, Discard *discard) {
  if (discard->page->leaving != NULL && g_hash_table_remove (discard->page->leaving, discard->id))
    rai_sync_engine_discard (discard->engine, discard->id);
}

static void
discard (RaiChangesPage *self, const char *id) {
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  if (overlay == NULL || engine_of (self) == NULL)
    return;
  Discard *one = g_new0 (Discard, 1);
  *one = (Discard){ g_object_ref (self), g_object_ref (engine_of (self)), g_strdup (id) };
  g_hash_table_add (self->leaving, g_strdup (id));

  AdwToast *toast = adw_toast_new (_ ("Discarded"));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect (toast, "button-clicked", G_CALLBACK (undo_cb), one);
  g_signal_connect (toast, "dismissed", G_CALLBACK (dismissed_cb), one);
  g_object_set_data_full (G_OBJECT (toast), "rai-discard", one, discard_free);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  update (self);
}

/* ---- Rows ---- */

static void
again_cb (RaiChangesPage *self, const char *id, const char *arguments) {
  rai_sync_engine_retry (engine_of (self), id, arguments);
}

static void
look_cb (RaiChangesPage *self, const char *page, const char *target) {
  rai_page_go (RAI_PAGE (self), page, target);
}

static void
discard_cb (RaiChangesPage *self, GtkWidget *button) {
  discard (self, g_object_get_data (G_OBJECT (button), ENTRY_KEY));
}

static GtkWidget *
new_attention_row (RaiChangesPage *self, const RaiSyncEntry *entry) {
  GtkWidget *row = rai_entry_row_new (entry, rai_session_get_login (session_of (self)));
  g_signal_connect_object (row, "again", G_CALLBACK (again_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "look", G_CALLBACK (look_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "discard", G_CALLBACK (discard), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
new_plain_row (RaiChangesPage *self, const RaiSyncEntry *entry) {
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 entry->summary != NULL ? entry->summary : entry->name);

  g_autofree char *when = rai_format_ago (entry->acted_at, rai_now_ms ());
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), when);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (entry->state == RAI_ENTRY_SENT)
    return row;

  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("D_iscard"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), ENTRY_KEY, g_strdup (entry->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (discard_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static bool
is_shown (RaiChangesPage *self, const RaiSyncEntry *entry) {
  return !g_hash_table_contains (self->leaving, entry->id);
}

/* Rows that people read, or type in, stay as long as they are of the same entries. */
static bool
same_entries (RaiChangesPage *self, GPtrArray *entries) {
  GString *text = g_string_new (NULL);
  for (unsigned i = 0; i < entries->len; i++) {
    const RaiSyncEntry *entry = g_ptr_array_index (entries, i);
    if (is_shown (self, entry))
      g_string_append_printf (text, "%s %d %s\n", entry->id, entry->state,
                              entry->message != NULL ? entry->message : "");
  }

  bool same = g_strcmp0 (text->str, self->shown) == 0;
  g_free (self->shown);
  self->shown = g_string_free (text, FALSE);

  return same;
}

static void
clear_rows (RaiChangesPage *self) {
  for (unsigned i = 0; i < self->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);
    adw_preferences_group_remove (
        ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)), row);
  }
  g_ptr_array_set_size (self->rows, 0);
}

/* What the server has of the orders that the rows are about. */
static void
orders_loaded (RaiPage *page, RaiRows *rows) {
  RaiChangesPage *self = RAI_CHANGES_PAGE (page);
  for (unsigned i = 0; i < self->rows->len; i++) {
    GtkWidget *widget = g_ptr_array_index (self->rows, i);
    const char *order =
        RAI_IS_ENTRY_ROW (widget) ? rai_entry_row_get_order (RAI_ENTRY_ROW (widget)) : NULL;
    for (unsigned n = 0; order != NULL && n < rai_rows_count (rows); n++) {
      g_autoptr (RaiRow) row = rai_row_new (rows, n, 0);
      if (g_strcmp0 (rai_row_get_text (row, "id"), order) != 0)
        continue;
      g_autofree char *theirs = rai_words_order (row, rai_session_get_currency (session_of (self)));
      rai_entry_row_set_theirs (RAI_ENTRY_ROW (widget), theirs);
    }
  }
}

static void
load_orders (RaiChangesPage *self) {
  bool any = false;
  for (unsigned i = 0; i < self->rows->len && !any; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);
    any = RAI_IS_ENTRY_ROW (row) && rai_entry_row_get_order (RAI_ENTRY_ROW (row)) != NULL;
  }
  if (any && rai_session_is_ready (session_of (self)) &&
      rai_session_may (session_of (self), RAI_PERMISSION_SEE_STOCK))
    rai_page_load (RAI_PAGE (self), "orders", NULL, orders_loaded);
}

static void
show_entries (RaiChangesPage *self) {
  AdwPreferencesGroup *groups[] = { [RAI_ENTRY_WAITING] = self->waiting,
                                    [RAI_ENTRY_ATTENTION] = self->attention,
                                    [RAI_ENTRY_SENT] = self->sent };
  bool used[G_N_ELEMENTS (groups)] = { false };

  g_autoptr (GPtrArray) entries = rai_sync_engine_get_entries (engine_of (self));
  if (same_entries (self, entries))
    return;
  clear_rows (self);

  for (unsigned i = 0; i < entries->len; i++) {
    const RaiSyncEntry *entry = g_ptr_array_index (entries, i);
    if (!is_shown (self, entry))
      continue;
    GtkWidget *row = entry->state == RAI_ENTRY_ATTENTION ? new_attention_row (self, entry)
                                                         : new_plain_row (self, entry);
    adw_preferences_group_add (groups[entry->state], row);
    used[entry->state] = true;
    g_ptr_array_add (self->rows, row);
  }

  for (size_t i = 0; i < G_N_ELEMENTS (groups); i++)
    gtk_widget_set_visible (GTK_WIDGET (groups[i]), used[i]);
  load_orders (self);
}

/* This computer's own troubles: each says what to do. */
static void
show_problems (RaiChangesPage *self) {
  g_autofree char *clock = rai_words_clock (rai_session_get_status (session_of (self))->skew);
  g_autofree char *keyring = rai_token_store_problem ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->clock), clock != NULL ? clock : "");
  gtk_widget_set_visible (GTK_WIDGET (self->clock), clock != NULL);
  g_autofree char *escaped = g_markup_escape_text (keyring != NULL ? keyring : "", -1);
  adw_action_row_set_subtitle (self->keyring, escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->keyring), keyring != NULL);
  gtk_widget_set_visible (self->problems, clock != NULL || keyring != NULL);
}

static char *
explain (const RaiSyncStatus *status) {
  if (status->message != NULL)
    return g_strdup (status->message);
  switch (status->state) {
    case RAI_SYNC_OFFLINE:
      return g_strdup (_ ("The server cannot be reached. Everything works; what you do is kept on "
                          "this computer and "
                          "sent when the network is back."));
    case RAI_SYNC_SIGNED_OUT:
      return g_strdup (_ ("The server wants you to sign in again. Nothing is lost: what waits is "
                          "sent after that."));
    case RAI_SYNC_FAILED:
      return g_strdup (
          _ ("This computer could not save the last changes. It tries again by itself."));
    default:
      if (status->attention > 0)
        return g_strdup (
            _ ("The server did not take everything you did. Decide below what becomes of it."));
      return g_strdup (status->waiting > 0 ? _ ("What you did is on its way to the server.")
                                           : _ ("This computer and the server hold the same."));
  }
}

static void
update (RaiChangesPage *self) {
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || engine_of (self) == NULL)
    return;

  const RaiSyncStatus *status = rai_session_get_status (session_of (self));
  g_autofree char *state = rai_sync_pill_text (status, rai_now_ms ());
  gtk_label_set_label (self->state, state);

  g_autofree char *explanation = explain (status);
  gtk_label_set_label (self->explanation, explanation);
  gtk_widget_set_visible (self->sign_in, status->state == RAI_SYNC_SIGNED_OUT);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "changes.save",
                                 status->waiting + status->attention > 0);
  show_problems (self);
  show_entries (self);
}

static void
rai_changes_page_refresh (RaiPage *page) {
  rai_page_show_content (page);
  update (RAI_CHANGES_PAGE (page));
  load_orders (RAI_CHANGES_PAGE (page));
  rai_aside_group_ask (RAI_CHANGES_PAGE (page)->aside, page);
}

static void
rai_changes_page_attached (RaiPage *page) {
  RaiChangesPage *self = RAI_CHANGES_PAGE (page);
  g_signal_connect_object (session_of (self), "status", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  g_autofree char *text = rai_diagnostics_text (session_of (RAI_CHANGES_PAGE (widget)));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  rai_page_toast (RAI_PAGE (widget), _ ("Copied"));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  rai_changes_file_ask_save (RAI_PAGE (widget), NULL);
}

static void
take_in_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  rai_changes_file_ask_take_in (RAI_PAGE (widget));
}

static void
rai_changes_page_map (GtkWidget *widget) {
  GTK_WIDGET_CLASS (rai_changes_page_parent_class)->map (widget);
  RaiChangesPage *self = RAI_CHANGES_PAGE (widget);
  /* How long ago things were has changed. */
  g_clear_pointer (&self->shown, g_free);
  if (session_of (self) == NULL)
    return;
  update (self);
  if (rai_session_is_ready (session_of (self)))
    rai_aside_group_ask (self->aside, RAI_PAGE (self));
}

static void
rai_changes_page_init (RaiChangesPage *self) {
  self->rows = g_ptr_array_new ();
  self->leaving = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
rai_changes_page_dispose (GObject *object) {
  RaiChangesPage *self = RAI_CHANGES_PAGE (object);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->leaving, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), RAI_TYPE_CHANGES_PAGE);
  G_OBJECT_CLASS (rai_changes_page_parent_class)->dispose (object);
}

static void
rai_changes_page_class_init (RaiChangesPageClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_changes_page_dispose;
  widget_class->map = rai_changes_page_map;
  RAI_PAGE_CLASS (klass)->refresh = rai_changes_page_refresh;
  RAI_PAGE_CLASS (klass)->attached = rai_changes_page_attached;
  g_type_ensure (RAI_TYPE_ASIDE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-changes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, state);
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, problems);
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, clock);
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, keyring);
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, attention);
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, aside);
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, RaiChangesPage, sent);
  gtk_widget_class_install_action (widget_class, "changes.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "changes.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "changes.take-in", NULL, take_in_action);
}
