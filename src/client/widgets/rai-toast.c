/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-toast.h"

#define TOAST_SECONDS 5

AdwToast *
rai_toast_new (const char *text) {
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  return toast;
}

static AdwToastOverlay *
find_below (GtkWidget *widget) {
  if (ADW_IS_TOAST_OVERLAY (widget))
    return ADW_TOAST_OVERLAY (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    AdwToastOverlay *found = find_below (child);
    if (found != NULL)
      return found;
  }

  return NULL;
}

AdwToastOverlay *
rai_toast_overlay (GtkWidget *widget) {
  GtkWidget *around = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  if (around != NULL)
    return ADW_TOAST_OVERLAY (around);
  return GTK_IS_WINDOW (widget) ? find_below (widget) : NULL;
}

void
rai_toast_show (AdwToastOverlay *overlay, AdwToast *toast) {
  if (overlay != NULL)
    adw_toast_overlay_add_toast (overlay, toast);
  else
    g_object_unref (toast);
}
