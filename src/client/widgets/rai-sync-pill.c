/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-sync-pill.h"

#include "client/model/rai-format.h"
#include "client/model/rai-words.h"
#include "util/rai-clock.h"

#include <glib/gi18n.h>

struct _RaiSyncPill {
  AdwBin parent_instance;
  RaiSession *session;
  GtkButton *button;
  GtkImage *icon;
  GtkLabel *label;
  bool compact;
  unsigned timer;
};

enum { PROP_COMPACT = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (RaiSyncPill, rai_sync_pill, ADW_TYPE_BIN)

static bool
is_offline (const RaiSyncStatus *status) {
  return status->state == RAI_SYNC_OFFLINE || status->state == RAI_SYNC_STOPPED;
}

/* A trouble of this computer's own, which somebody here has to mend. */
static bool
has_trouble (const RaiSyncStatus *status) {
  return status->state == RAI_SYNC_FAILED || status->state == RAI_SYNC_SIGNED_OUT;
}

char *
rai_sync_pill_text (const RaiSyncStatus *status, int64_t now_ms) {
  if (status->attention > 0)
    /* Translators: changes that the server refused */
    return g_strdup_printf (_ ("Needs attention %u"), status->attention);

  if (status->state == RAI_SYNC_SIGNED_OUT)
    return g_strdup (_ ("Sign in again"));
  if (status->state == RAI_SYNC_FAILED)
    return status->waiting > 0 ? g_strdup_printf (_ ("Not syncing, %u waiting"), status->waiting)
                               : g_strdup (_ ("Not syncing"));

  if (is_offline (status))
    return status->waiting > 0 ? g_strdup_printf (_ ("Offline, %u waiting"), status->waiting)
                               : g_strdup (_ ("Offline"));

  if (status->waiting > 0)
    /* Translators: changes that were not sent yet */
    return g_strdup_printf (_ ("%u waiting"), status->waiting);

  char *clock = rai_words_clock_short (status->skew);
  if (clock != NULL)
    return clock;
  if (status->state == RAI_SYNC_FIRST || status->last_sync == 0)
    return g_strdup (_ ("Fetching data"));

  g_autofree char *ago = rai_format_ago (status->last_sync, now_ms);
  /* Translators: %s is "2 min ago", "just now" or a day */
  return g_strdup_printf (_ ("Synced %s"), ago);
}

static const char *
icon_name (const RaiSyncStatus *status) {
  g_autofree char *clock = rai_words_clock (status->skew);
  if (status->attention > 0 || has_trouble (status))
    return "dialog-warning-symbolic";
  if (is_offline (status))
    return "network-offline-symbolic";
  if (clock != NULL)
    return "preferences-system-time-symbolic";

  return status->waiting > 0 || status->state == RAI_SYNC_BUSY ? "emblem-synchronizing-symbolic"
                                                               : "emblem-ok-symbolic";
}

static void
set_class (GtkWidget *widget, const char *name, bool on) {
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update (RaiSyncPill *self) {
  const RaiSyncStatus *status = rai_session_get_status (self->session);
  g_autofree char *text = rai_sync_pill_text (status, rai_now_ms ());
  unsigned number = status->attention > 0 ? status->attention : status->waiting;
  g_autofree char *digits = g_strdup_printf ("%u", number);

  gtk_label_set_label (self->label, self->compact ? digits : text);
  gtk_widget_set_visible (GTK_WIDGET (self->label), !self->compact || number > 0);
  gtk_image_set_from_icon_name (self->icon, icon_name (status));
  set_class (GTK_WIDGET (self->button), "attention", status->attention > 0 || has_trouble (status));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

static gboolean
tick_cb (void *data) {
  update (data);
  return G_SOURCE_CONTINUE;
}

/* "2 min ago" grows old: but only while somebody can see it. */
static void
rai_sync_pill_map (GtkWidget *widget) {
  RaiSyncPill *self = RAI_SYNC_PILL (widget);
  GTK_WIDGET_CLASS (rai_sync_pill_parent_class)->map (widget);
  if (self->session != NULL)
    update (self);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (30, tick_cb, self);
}

static void
rai_sync_pill_unmap (GtkWidget *widget) {
  g_clear_handle_id (&RAI_SYNC_PILL (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (rai_sync_pill_parent_class)->unmap (widget);
}

void
rai_sync_pill_set_session (RaiSyncPill *self, RaiSession *session) {
  g_set_object (&self->session, session);
  g_signal_connect_object (session, "status", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
rai_sync_pill_set_property (GObject *object, unsigned id, const GValue *value, GParamSpec *pspec) {
  RaiSyncPill *self = RAI_SYNC_PILL (object);
  if (id != PROP_COMPACT) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  self->compact = g_value_get_boolean (value);
  if (self->session != NULL)
    update (self);
}

static void
rai_sync_pill_dispose (GObject *object) {
  RaiSyncPill *self = RAI_SYNC_PILL (object);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rai_sync_pill_parent_class)->dispose (object);
}

static void
rai_sync_pill_init (RaiSyncPill *self) {
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_child (self->button, box);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "sync-pill");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->button), "win.go(('changes',''))");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

static void
rai_sync_pill_class_init (RaiSyncPillClass *klass) {
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->set_property = rai_sync_pill_set_property;
  object_class->dispose = rai_sync_pill_dispose;
  GTK_WIDGET_CLASS (klass)->map = rai_sync_pill_map;
  GTK_WIDGET_CLASS (klass)->unmap = rai_sync_pill_unmap;
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                                                   G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}
