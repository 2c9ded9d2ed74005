/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-local-server.h"
#include "client/model/rai-session.h"
#include "client/rai-page.h"

#include <adwaita.h>

/* The one window: sign-in, progress of the first sync, or sidebar and pages. Pages are made when
 * they are first shown. Actions: win.go (page, target), win.search, win.sync-now, win.nth-page.
 * Signal "filled" (page id, started): a page is drawn with all its answers; started is when it was
 * asked for, in monotonic microseconds, 0 when it only was refreshed. */
#define RAI_TYPE_WINDOW (rai_window_get_type ())
G_DECLARE_FINAL_TYPE (RaiWindow, rai_window, RAI, WINDOW, AdwApplicationWindow)

RaiWindow *rai_window_new (GtkApplication *application, RaiSession *session, RaiLocalServer *local);
/* Ids of rai_pages; unknown ones and those that the account may not see are ignored (false). */
bool rai_window_go (RaiWindow *window, const char *page_id, const char *target);
/* The page on screen; NULL while signing in. */
RaiPage *rai_window_get_page (RaiWindow *window);
/* What the sign-in starts with; NULL leaves a field alone. */
void rai_window_suggest (RaiWindow *window, const char *server, const char *login);
void rai_window_toast (RaiWindow *window, const char *text);
