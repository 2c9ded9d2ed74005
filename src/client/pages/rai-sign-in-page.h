/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-local-server.h"
#include "client/model/rai-session.h"

#include <adwaita.h>

/* Where it starts: a shop of one's own on this computer, a server to sign in to, or the demo. Not
 * one of rai_pages: it needs no data. */
#define RAI_TYPE_SIGN_IN_PAGE (rai_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (RaiSignInPage, rai_sign_in_page, RAI, SIGN_IN_PAGE, AdwBin)

/* local: this computer's own backends, started when they are chosen. */
void rai_sign_in_page_set_session (RaiSignInPage *page, RaiSession *session, RaiLocalServer *local);
/* What the fields start with; NULL leaves one empty. With a server it begins there. */
void rai_sign_in_page_suggest (RaiSignInPage *page, const char *server, const char *login);
/* The page is shown: the first choice or the first empty field gets the focus. reason: why somebody
 * who was signed in stands here; NULL: nothing to explain. */
void rai_sign_in_page_begin (RaiSignInPage *page, const char *reason);
