/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* A toast with plain words; it stays for five seconds. */
AdwToast *rai_toast_new (const char *text);
/* Where toasts of a widget are shown: around it, or in it when it is a window; NULL: nowhere. */
AdwToastOverlay *rai_toast_overlay (GtkWidget *widget);
/* Takes the toast. overlay may be NULL: nobody could see it. */
void rai_toast_show (AdwToastOverlay *overlay, AdwToast *toast);
