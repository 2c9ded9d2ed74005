/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/rai-window.h"

#include "client/model/rai-format.h"
#include "client/pages/rai-import-dialog.h"
#include "client/pages/rai-password-dialog.h"
#include "client/pages/rai-sign-in-page.h"
#include "client/rai-pages.h"
#include "client/widgets/rai-sidebar-row.h"
#include "client/widgets/rai-site-switcher.h"
#include "client/widgets/rai-sync-pill.h"
#include "client/widgets/rai-toast.h"
#include "client/widgets/rai-width-bin.h"

#include <glib/gi18n.h>

struct _RaiWindow {
  AdwApplicationWindow parent_instance;
  RaiSession *session;
  GtkStack *root;
  AdwToastOverlay *toasts;
  GtkWidget
      *leaflet; /* only known by name in the .ui: see the widget's successor in newer versions */
  GtkWidget *side, *content;
  AdwHeaderBar *content_header;
  AdwHeaderBar *sidebar_header;
  GtkListBox *sidebar;
  GtkStack *pages;
  GtkLabel *title;
  GtkButton *back;
  RaiSiteSwitcher *site_switcher;
  RaiSyncPill *sync_pill;
  GtkWidget *demo; /* says that nothing here is real */
  GtkProgressBar *first_sync_bar;
  GtkWidget *first_sync_ways; /* what to do when it does not get on */
  GtkWidget *first_sync_retry;
  GtkWidget *first_sync_sign_in;
  AdwStatusPage *first_sync;
  RaiSignInPage *sign_in;
  RaiLocalServer *local;
  RaiIdentity *shown;     /* whose pages these are; NULL: nobody's */
  unsigned building;      /* the idle source that makes pages before they are asked for */
  int64_t switch_started; /* monotonic us; 0: nothing to report */
  bool tabbing;           /* Tab moves the focus */
};

static unsigned filled_signal;

G_DEFINE_FINAL_TYPE (RaiWindow, rai_window, ADW_TYPE_APPLICATION_WINDOW)

static bool
is_folded (RaiWindow *self) {
  gboolean folded = FALSE;
  g_object_get (self->leaflet, "folded", &folded, NULL);
  return folded;
}

static void
show_content (RaiWindow *self) {
  g_object_set (self->leaflet, "visible-child", self->content, NULL);
}

static bool
may_see (RaiWindow *self, const RaiPageInfo *info) {
  return rai_session_may (self->session, info->permission);
}

static RaiPage *get_page (RaiWindow *self, const RaiPageInfo *info);

/* One page at each turn of an idle main loop, so that going there takes no time later. */
static gboolean
build_cb (void *data) {
  RaiWindow *self = data;
  for (const RaiPageInfo *info = rai_pages; info->id; info++) {
    if (may_see (self, info) && gtk_stack_get_child_by_name (self->pages, info->id) == NULL) {
      get_page (self, info);
      return G_SOURCE_CONTINUE;
    }
  }

  self->building = 0;
  return G_SOURCE_REMOVE;
}

static const char *
page_id (RaiWindow *self) {
  return rai_window_get_page (self) != NULL ? gtk_stack_get_visible_child_name (self->pages) : NULL;
}

static void
painted_cb (GdkFrameClock *clock, RaiWindow *self) {
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  const char *id = page_id (self);
  if (id != NULL)
    g_signal_emit (self, filled_signal, 0, id, self->switch_started);
  self->switch_started = 0;
  if (id != NULL && self->building == 0)
    self->building = g_timeout_add_full (G_PRIORITY_LOW, 60, build_cb, self, NULL);
}

static void
page_filled_cb (RaiWindow *self, RaiPage *page) {
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  if (page != rai_window_get_page (self) || clock == NULL)
    return;
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (painted_cb), self, 0);
  gtk_widget_queue_draw (GTK_WIDGET (page));
}

static RaiPage *
get_page (RaiWindow *self, const RaiPageInfo *info) {
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, info->id);
  if (page != NULL)
    return RAI_PAGE (page);
  page = g_object_new (info->get_type (), NULL);
  gtk_stack_add_named (self->pages, page, info->id);
  g_signal_connect_object (page, "filled", G_CALLBACK (page_filled_cb), self, G_CONNECT_SWAPPED);
  rai_page_set_session (RAI_PAGE (page), self->session);
  return RAI_PAGE (page);
}

static void
select_row (RaiWindow *self, const RaiPageInfo *info) {
  gtk_list_box_unselect_all (self->sidebar);
  for (int i = 0;; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sidebar, i);
    if (row == NULL)
      return;
    if (rai_sidebar_row_get_info (RAI_SIDEBAR_ROW (row)) == info) {
      gtk_list_box_select_row (self->sidebar, row);
      return;
    }
  }
}

bool
rai_window_go (RaiWindow *self, const char *page_id, const char *target) {
  g_return_val_if_fail (RAI_IS_WINDOW (self), false);
  const RaiPageInfo *info = rai_page_info_find (page_id);
  if (info == NULL || !may_see (self, info))
    return false;

  self->switch_started = g_get_monotonic_time ();
  RaiPage *page = get_page (self, info);
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
  gtk_label_set_label (self->title, _ (info->title));
  select_row (self, info);
  show_content (self);
  rai_page_navigate (page, target);
  if (rai_page_is_filled (page))
    page_filled_cb (self, page);

  return true;
}

RaiPage *
rai_window_get_page (RaiWindow *self) {
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->root), "main") != 0)
    return NULL;
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);
  return page != NULL ? RAI_PAGE (page) : NULL;
}

void
rai_window_suggest (RaiWindow *self, const char *server, const char *login) {
  if (self->sign_in == NULL)
    return;
  rai_sign_in_page_suggest (self->sign_in, server, login);
  rai_sign_in_page_begin (self->sign_in, NULL);
}

void
rai_window_toast (RaiWindow *self, const char *text) {
  rai_toast_show (self->toasts, rai_toast_new (text));
}

static void
row_activated_cb (RaiWindow *self, GtkListBoxRow *row) {
  rai_window_go (self, rai_sidebar_row_get_info (RAI_SIDEBAR_ROW (row))->id, NULL);
}

/* Assistive technology selects rows instead of activating them. What Tab only passes is selected by
 * the list too, and is no wish to go there. */
static void
row_selected_cb (RaiWindow *self, GtkListBoxRow *row) {
  const char *id = row != NULL ? rai_sidebar_row_get_info (RAI_SIDEBAR_ROW (row))->id : NULL;
  if (self->tabbing) {
    const RaiPageInfo *at = page_id (self) != NULL ? rai_page_info_find (page_id (self)) : NULL;
    self->tabbing = false; /* selecting comes back here */
    select_row (self, at);
    return;
  }

  if (id != NULL && !is_folded (self) && g_strcmp0 (id, page_id (self)) != 0)
    rai_window_go (self, id, NULL);
}

static void
back_clicked_cb (RaiWindow *self) {
  g_object_set (self->leaflet, "visible-child", self->side, NULL);
}

static bool
has_focus_in (RaiWindow *self, GtkWidget *part) {
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  return focus != NULL && gtk_widget_is_ancestor (focus, part);
}

/* The list of pages is one stop of Tab's way: arrows move in it. */
static void
rai_window_move_focus (GtkWidget *widget, GtkDirectionType direction) {
  RaiWindow *self = RAI_WINDOW (widget);
  bool forward = direction == GTK_DIR_TAB_FORWARD, backward = direction == GTK_DIR_TAB_BACKWARD;
  bool leaves = !is_folded (self) && has_focus_in (self, GTK_WIDGET (self->sidebar));
  if (leaves && forward && gtk_widget_child_focus (self->content, direction))
    return;
  if (leaves && backward && gtk_widget_child_focus (GTK_WIDGET (self->sidebar_header), direction))
    return;

  self->tabbing = forward || backward;
  GTK_WIDGET_CLASS (rai_window_parent_class)->move_focus (widget, direction);
  self->tabbing = false;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, void *data) {
  const RaiPageInfo *info = rai_sidebar_row_get_info (RAI_SIDEBAR_ROW (row));
  const RaiPageInfo *above =
      before != NULL ? rai_sidebar_row_get_info (RAI_SIDEBAR_ROW (before)) : NULL;
  if (info->group != RAI_PAGE_GROUP_ADMINISTRATION ||
      (above != NULL && above->group == info->group)) {
    gtk_list_box_row_set_header (row, NULL);
    return;
  }

  GtkWidget *label = gtk_label_new (_ ("Administration"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
update_badges (RaiWindow *self) {
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sidebar, i)); i++) {
    const RaiPageInfo *info = rai_sidebar_row_get_info (RAI_SIDEBAR_ROW (row));
    rai_sidebar_row_set_count (
        RAI_SIDEBAR_ROW (row),
        info->badge != NULL ? rai_session_get_count (self->session, info->badge) : 0);
  }
}

/* Pages that the account may not see any more go; all of them when it is another account. */
static void
drop_pages (RaiWindow *self, bool same_account) {
  g_clear_handle_id (&self->building, g_source_remove);
  for (const RaiPageInfo *info = rai_pages; info->id; info++) {
    GtkWidget *page = gtk_stack_get_child_by_name (self->pages, info->id);
    if (page != NULL && !(same_account && may_see (self, info)))
      gtk_stack_remove (self->pages, page);
  }
}

static void
fill_sidebar (RaiWindow *self) {
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sidebar))) &&
         GTK_IS_LIST_BOX_ROW (child))
    gtk_list_box_remove (self->sidebar, child);

  for (const RaiPageInfo *info = rai_pages; info->id; info++) {
    if (info->group != RAI_PAGE_GROUP_HIDDEN && may_see (self, info))
      gtk_list_box_append (self->sidebar, rai_sidebar_row_new (info));
  }
}

static const char *
start_page (RaiWindow *self) {
  for (const RaiPageInfo *info = rai_pages; info->id; info++) {
    if (info->group != RAI_PAGE_GROUP_HIDDEN && may_see (self, info))
      return info->id;
  }
  return "settings";
}

/* Somebody gave the account another role or other stores while its person works. */
static void
tell_new_rights (RaiWindow *self, const RaiIdentity *before, const RaiIdentity *now) {
  g_autofree char *text = NULL;
  if (before->role != now->role)
    /* Translators: %s is a role, such as "Store manager" */
    text = g_strdup_printf (_ ("Your role is now %s"), _ (rai_role_title (now->role)));
  else if (now->all_sites)
    text = g_strdup (_ ("You now see all stores"));
  else
    text = g_strdup_printf (
        ngettext ("You now see %d store", "You now see %d stores", (unsigned long) now->n_sites),
        (int) now->n_sites);
  rai_window_toast (self, text);
}

static bool
is_demo (RaiWindow *self) {
  RaiLocalKind kind;
  return rai_local_server_find (rai_session_get_data_dir (self->session),
                                rai_session_get_server (self->session), &kind) &&
         kind == RAI_LOCAL_DEMO;
}

/* Another account, or the same with another role or other stores: that one stays on its page, with
 * what stands there, as long as it may see it. */
static void
session_opened_cb (RaiWindow *self) {
  const RaiIdentity *now = rai_session_get_identity (self->session);
  g_autoptr (RaiIdentity) before = g_steal_pointer (&self->shown);
  bool same = before != NULL && now != NULL && before->account_id == now->account_id;
  const RaiPageInfo *at =
      same && page_id (self) != NULL ? rai_page_info_find (page_id (self)) : NULL;
  drop_pages (self, same);
  fill_sidebar (self);
  gtk_widget_set_visible (self->demo, is_demo (self));
  if (now == NULL)
    return;

  self->shown = rai_identity_copy (now);
  if (at != NULL && may_see (self, at))
    select_row (self, at);
  else if (at != NULL)
    rai_window_go (self, start_page (self), NULL);
  if (same)
    tell_new_rights (self, before, now);
}

static void
show_first_sync (RaiWindow *self, const RaiSyncStatus *status) {
  bool failed = status->state == RAI_SYNC_FAILED, waits = status->state == RAI_SYNC_OFFLINE,
       signed_out = status->state == RAI_SYNC_SIGNED_OUT;
  adw_status_page_set_title (self->first_sync, failed       ? _ ("Your data cannot be shown")
                                               : waits      ? _ ("Waiting for the server")
                                               : signed_out ? _ ("Sign in again")
                                                            : _ ("Fetching your data"));
  adw_status_page_set_icon_name (self->first_sync, failed       ? "dialog-warning-symbolic"
                                                   : waits      ? "network-offline-symbolic"
                                                   : signed_out ? "dialog-password-symbolic"
                                                                : "rai-inventory-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->first_sync_bar), !failed && !waits && !signed_out);
  gtk_widget_set_visible (self->first_sync_ways, failed || waits || signed_out);
  gtk_widget_set_visible (self->first_sync_retry, !signed_out);
  gtk_widget_set_visible (self->first_sync_sign_in, signed_out);

  if (status->total > 0)
    gtk_progress_bar_set_fraction (self->first_sync_bar,
                                   (double) status->done / (double) status->total);
  else
    gtk_progress_bar_pulse (self->first_sync_bar);

  const char *text =
      status->message != NULL
          ? status->message
          : _ ("Your stores' data is being copied to this computer, so that it also works "
               "without a network. This happens once.");
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_description (self->first_sync, escaped);
}

/* The sign-in is there only while it is needed. */
static void
need_sign_in (RaiWindow *self, bool needed) {
  if (needed && self->sign_in == NULL) {
    self->sign_in = g_object_new (RAI_TYPE_SIGN_IN_PAGE, NULL);
    gtk_stack_add_named (self->root, GTK_WIDGET (self->sign_in), "sign-in");
    rai_sign_in_page_set_session (self->sign_in, self->session, self->local);
  } else if (!needed && self->sign_in != NULL) {
    gtk_stack_remove (self->root, GTK_WIDGET (self->sign_in));
    self->sign_in = NULL;
  }
}

/* Whose account was disabled hears of that where the pages were. */
static void
begin_sign_in (RaiWindow *self, const RaiSyncStatus *status) {
  bool begun = self->sign_in != NULL, disabled = status->state == RAI_SYNC_DISABLED;
  need_sign_in (self, true);
  gtk_stack_set_visible_child_name (self->root, "sign-in");
  if (begun)
    return;

  g_autofree char *reason =
      /* Translators: %s is the name of a person's account */
      disabled
          ? g_strdup_printf (_ ("The account “%s” was disabled. Ask an administrator. What you "
                                "did and was not sent is kept on this computer."),
                             rai_session_get_login (self->session))
          : NULL;
  rai_sign_in_page_begin (self->sign_in, reason);
}

/* Sign-in, first sync or pages: whatever the session can show. */
static void
update_root (RaiWindow *self) {
  const RaiSyncStatus *status = rai_session_get_status (self->session);
  const char *now = gtk_stack_get_visible_child_name (self->root);
  if (rai_session_get_identity (self->session) == NULL || status->state == RAI_SYNC_DISABLED) {
    begin_sign_in (self, status);
    return;
  }

  if (!status->has_replica) {
    show_first_sync (self, status);
    gtk_stack_set_visible_child_name (self->root, "first-sync");
    return;
  }

  gtk_stack_set_visible_child_name (self->root, "main");
  need_sign_in (self, false);
  if (g_strcmp0 (now, "main") != 0 || gtk_stack_get_visible_child (self->pages) == NULL)
    rai_window_go (self, start_page (self), NULL);
}

static void
session_status_cb (RaiWindow *self) {
  update_root (self);
}

static void
session_changed_cb (RaiWindow *self) {
  update_root (self);
  update_badges (self);
}

static void
go_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  const char *page, *target;
  g_variant_get (parameter, "(&s&s)", &page, &target);
  rai_window_go (RAI_WINDOW (widget), page, target);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  RaiWindow *self = RAI_WINDOW (widget);
  RaiPage *page = rai_window_get_page (self);
  if (page != NULL && !rai_page_start_search (page)) {
    if (rai_window_go (self, "inventory", NULL))
      rai_page_start_search (rai_window_get_page (self));
  }
}

static void
sync_now_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  RaiSyncEngine *engine = rai_session_get_engine (RAI_WINDOW (widget)->session);
  if (engine != NULL)
    rai_sync_engine_wake (engine);
}

/* The server wants the password again: nothing else is asked, and nothing that waits is touched. */
static void
sign_in_again_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  RaiWindow *self = RAI_WINDOW (widget);
  if (rai_session_get_engine (self->session) != NULL)
    gtk_window_present (GTK_WINDOW (rai_password_dialog_new (GTK_WINDOW (self), self->session)));
}

/* Leaves the account as it is on this computer, with all that waits in it. */
static void
other_account_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  RaiWindow *self = RAI_WINDOW (widget);
  RaiSyncEngine *current = rai_session_get_engine (self->session);
  g_autoptr (RaiSyncEngine) engine = current != NULL ? g_object_ref (current) : NULL;
  rai_session_open (self->session, NULL, NULL, NULL);
  if (engine != NULL)
    rai_sync_engine_stop (engine);
}

static RaiImportDialog *
open_import (RaiWindow *self) {
  RaiImportDialog *dialog = rai_import_dialog_new (GTK_WINDOW (self), self->session);

  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

static void
bring_in_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  RaiWindow *self = RAI_WINDOW (widget);
  if (rai_import_dialog_is_allowed (self->session))
    open_import (self);
}

/* Files that are dropped on the window are to be brought in. */
static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, void *data) {
  RaiWindow *self = data;
  g_auto (GStrv) paths = rai_import_dialog_paths (value);
  if (paths[0] == NULL || !rai_import_dialog_is_allowed (self->session))
    return FALSE;

  RaiImportDialog *dialog = open_import (self);
  for (int i = 0; paths[i] != NULL; i++)
    rai_import_dialog_add (dialog, paths[i]);
  return TRUE;
}

static void
demo_removed_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (RaiWindow) self = data;
  g_autoptr (GError) error = NULL;
  if (rai_local_server_remove_finish (RAI_LOCAL_SERVER (source), result, &error))
    rai_window_toast (self, _ ("The demo was removed"));
  else
    rai_window_toast (self, error->message);
}

static void
remove_demo_cb (RaiWindow *self, const char *response) {
  if (!g_str_equal (response, "remove") || !is_demo (self))
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.other-account", NULL);
  rai_local_server_remove_async (self->local, RAI_LOCAL_DEMO, demo_removed_cb, g_object_ref (self));
}

/* The only question of it: nothing in the demo is anybody's. */
static void
remove_demo_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  RaiWindow *self = RAI_WINDOW (widget);
  if (!is_demo (self))
    return;
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Remove the demo?"),
      _ ("The made-up shop goes, with all that was counted, ordered or brought in there. It can be "
         "made again.")));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_demo_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
nth_page_action (GtkWidget *widget, const char *name, GVariant *parameter) {
  RaiWindow *self = RAI_WINDOW (widget);
  GtkListBoxRow *row =
      gtk_list_box_get_row_at_index (self->sidebar, g_variant_get_int32 (parameter));
  if (row != NULL)
    row_activated_cb (self, row);
}

static void
active_cb (RaiWindow *self) {
  if (gtk_window_is_active (GTK_WINDOW (self)) && rai_session_get_engine (self->session) != NULL)
    rai_sync_engine_wake (rai_session_get_engine (self->session));
}

/* On a telephone the header has no room for more window buttons than the one that closes. */
static void
folded_cb (RaiWindow *self) {
  const char *layout = is_folded (self) ? ":close" : NULL;
  adw_header_bar_set_decoration_layout (self->content_header, layout);
  adw_header_bar_set_decoration_layout (self->sidebar_header, layout);
}

static void
rai_window_init (RaiWindow *self) {
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_set_header_func (self->sidebar, header_cb, NULL, NULL);

  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
}

static void
rai_window_dispose (GObject *object) {
  RaiWindow *self = RAI_WINDOW (object);
  g_clear_handle_id (&self->building, g_source_remove);
  g_clear_object (&self->local);
  g_clear_pointer (&self->shown, rai_identity_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), RAI_TYPE_WINDOW);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rai_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class) {
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/retailai/RetailAI/ui/rai-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, root);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, side);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, content);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, content_header);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, sidebar_header);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, back);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, site_switcher);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, sync_pill);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, demo);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, first_sync);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, first_sync_bar);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, first_sync_ways);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, first_sync_retry);
  gtk_widget_class_bind_template_child (widget_class, RaiWindow, first_sync_sign_in);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
}

static void
rai_window_class_init (RaiWindowClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = rai_window_dispose;
  widget_class->move_focus = rai_window_move_focus;
  g_type_ensure (RAI_TYPE_SITE_SWITCHER);
  g_type_ensure (RAI_TYPE_SYNC_PILL);
  g_type_ensure (RAI_TYPE_WIDTH_BIN);
  bind_template (widget_class);
  filled_signal = g_signal_new ("filled", RAI_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
  gtk_widget_class_install_action (widget_class, "win.go", "(ss)", go_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.sync-now", NULL, sync_now_action);
  gtk_widget_class_install_action (widget_class, "win.sign-in-again", NULL, sign_in_again_action);
  gtk_widget_class_install_action (widget_class, "win.other-account", NULL, other_account_action);
  gtk_widget_class_install_action (widget_class, "win.remove-demo", NULL, remove_demo_action);
  gtk_widget_class_install_action (widget_class, "win.nth-page", "i", nth_page_action);
  gtk_widget_class_install_action (widget_class, "win.bring-in", NULL, bring_in_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "win.sync-now", NULL);

  for (int i = 0; i < 9; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + (unsigned) i, GDK_ALT_MASK,
                                         "win.nth-page", "i", i);
}

RaiWindow *
rai_window_new (GtkApplication *application, RaiSession *session, RaiLocalServer *local) {
  RaiWindow *self = g_object_new (RAI_TYPE_WINDOW, "application", application, NULL);
  self->session = g_object_ref (session);
  self->local = g_object_ref (local);
  rai_site_switcher_set_session (self->site_switcher, session);
  rai_sync_pill_set_session (self->sync_pill, session);
  g_signal_connect_object (session, "opened", G_CALLBACK (session_opened_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "status", G_CALLBACK (session_status_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  session_opened_cb (self);
  session_changed_cb (self);

  return self;
}
